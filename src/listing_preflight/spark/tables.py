"""Tables of listings: where each row stands, which columns partition them, and whether their columns are what a listing has."""

import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from listing_preflight.errors import UsageError

SOURCE_FILE = "_source_file"
SOURCE_ROW = "_source_row"
"""Columns that tell where a row stands, as `read` adds them: the address of its file, and its number in it from 1."""
_TEXT = frozenset(
    {"string", "char", "varchar", "int", "bigint", "smallint", "tinyint", "double", "float", "decimal", "void"}
)
KINDS: Mapping[str, frozenset[str]] = {
    "id": frozenset({"string", "char", "varchar", "int", "bigint", "smallint", "tinyint"}),
    "marketplace": _TEXT, "category": _TEXT, "title": _TEXT, "description": _TEXT, "brand": _TEXT, "manufacturer": _TEXT,
    "search_terms": _TEXT, "bullets": _TEXT | {"array"}, "attributes": frozenset({"struct", "map", "array", "void"}),
    "images": frozenset({"array", "void"}), "seller": frozenset({"struct", "void"}),
}  # fmt: skip
"""What each column of a listing may be."""


def read(spark: Any, path: str) -> Any:
    """A Parquet file, a folder of them or a Delta-style folder of Parquet, every row with its place."""
    from pyspark.sql import functions as f

    frame = spark.read.parquet(path)
    taken = {SOURCE_FILE, SOURCE_ROW} & set(frame.columns)
    if taken:
        raise UsageError(f"has a column {min(taken)}, which tells the place of rows", where=path, remedy="Rename it")
    place = f.col("_metadata.file_path").alias(SOURCE_FILE), (f.col("_metadata.row_index") + 1).alias(SOURCE_ROW)
    return frame.select("*", *place)


def partition_columns(frame: Any) -> tuple[str, ...]:
    """The columns that the folders of a table are named by (`name=value`), in the order of the folders."""
    files = frame.inputFiles()
    parts = PurePosixPath(urllib.parse.unquote(urllib.parse.urlparse(files[0]).path)).parts if files else ()
    return tuple(name for name in (p.partition("=")[0] for p in parts if "=" in p) if name in frame.columns)


def check_columns(frame: Any, mapping: Mapping[str, str]) -> None:
    """Refuse, before a job is started, a table whose columns cannot be read as listings."""
    kinds = {f.name: f.dataType.typeName().partition("(")[0] for f in frame.schema.fields}
    kinds = {
        k: {"integer": "int", "long": "bigint", "short": "smallint", "byte": "tinyint"}.get(v, v)
        for k, v in kinds.items()
    }
    missing = [name for name in mapping if name not in kinds]
    if missing:
        raise UsageError(f"the table has no such column; it has {', '.join(kinds)}", where=f"mapping {missing[0]}")
    if mapping:
        return
    for name, allowed in KINDS.items():
        if name in kinds and kinds[name] not in allowed:
            remedy = f"Cast it to {'string' if 'string' in allowed else min(allowed - {'void'})}, or name columns with a mapping"
            raise UsageError(f"is of type {kinds[name]}", where=f"column {name}", remedy=remedy)
    if not {"title", "description", "bullets", "images"} & set(kinds):
        remedy = "Name them as a listing has them, or give mapping={column: field}"
        raise UsageError(f"no column of a listing among {', '.join(kinds)}", where="table", remedy=remedy)


class Place(NamedTuple):
    """A file of the input: as a report shows it, how many rows stand before it, the folder where its pictures may lie."""

    shown: str
    before: int
    folder: str


def places(counts: Mapping[str, int], root: str) -> dict[str, Place]:
    """The files of a table in the order in which a scan of the same path reads them; `counts` has the rows of each by its address."""
    paths = {address: urllib.parse.unquote(urllib.parse.urlparse(address).path) for address in counts}
    top = PurePosixPath(urllib.parse.unquote(urllib.parse.urlparse(root).path) if root else "/")
    shown_root = (
        PurePosixPath(root).as_posix()
        if root and not PurePosixPath(root).is_absolute() and "://" not in root
        else top.name
    )
    out, before = {}, 0
    for address in sorted(counts, key=lambda a: _order(_parts(paths[a], top))):
        inner = _parts(paths[address], top)
        shown = "/".join((shown_root, *inner)) if inner else shown_root
        out[address] = Place(shown, before, str(PurePosixPath(paths[address]).parent))
        before += counts[address]
    return out


def _parts(path: str, top: PurePosixPath) -> Sequence[str]:
    full = PurePosixPath(path)
    for one in (top, PurePosixPath(Path(str(top)).resolve().as_posix())):
        if full.is_relative_to(one):
            return full.relative_to(one).parts
    return full.parts[1:]


def _order(parts: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Files of a folder before its folders, each by name, as a scan walks them."""
    return tuple((0 if n == len(parts) - 1 else 1, part) for n, part in enumerate(parts))
