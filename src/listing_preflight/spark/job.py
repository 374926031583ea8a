"""Scan a DataFrame: check what can be checked, make the lists ready for the workers, count what listings share, and plan the job."""

import datetime
import functools
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa

from listing_preflight.errors import UsageError
from listing_preflight.judging.overlay import Overlay, read_overlay
from listing_preflight.judging.seller import read_seller
from listing_preflight.policy.pack_reader import read_packs
from listing_preflight.spark import sharing, task, trial
from listing_preflight.spark.asked import Asked
from listing_preflight.spark.rows import SCHEMA
from listing_preflight.spark.tables import SOURCE_FILE, SOURCE_ROW, check_columns, places
from listing_preflight.storage.mapped import is_compiled
from listing_preflight.watchlists.bundled import bundled
from listing_preflight.watchlists.compiled import Compiled
from listing_preflight.watchlists.index import compile_lists

Named = str | PathLike[str]


def scan(
    frame: Any, *, lists: Sequence[Named] = (), with_bundled: bool = False, shared_lists: bool = False, marketplaces: Sequence[str] = (),
    seller: Named | None = None, day: datetime.date | None = None, policy: Sequence[Named] = (), overlay: Named | None = None,
    images: bool = True, ocr: str = "auto", explain: bool = False, mapping: Mapping[str, str] | None = None,
    image_roots: Sequence[Named] = (), keep: Sequence[str] = (), root: str = "", name: str = "table",
) -> Any:  # fmt: skip
    """The verdicts of a table of listings: a DataFrame of SCHEMA and the columns of `keep`, in the partitions of the input.

    `lists`: files or folders on the driver; they are compiled into one file that Spark brings to every worker. With `shared_lists` it
    is one compiled file on a path that all workers share. `mapping`: the field of each column of a flat table. `root`: the path that
    the table was read from, so that files are named as `preflight scan` of that path names them; `name` stands for the file where rows
    have no place. `image_roots` are folders on the workers. Raises PreflightError before the job where it would fail.
    """
    spark = frame.sparkSession
    check_columns(frame, mapping or {})
    counts = _counts(frame)
    file, spread = _lists(spark, lists, with_bundled=with_bundled, shared=shared_lists)
    asked = Asked(
        lists=file.name if spread else str(file), digest=Compiled(file).digest, spread=spread, marketplaces=tuple(marketplaces),
        day=day or datetime.datetime.now().astimezone().date(), seller=read_seller(Path(seller)) if seller else None,
        overlay=read_overlay(Path(overlay)) if overlay else Overlay(), rules=read_packs([Path(p) for p in policy]), images=images, ocr=ocr,
        explain=explain, mapping=dict(mapping or {}), image_roots=tuple(map(str, image_roots)), keep=tuple(keep), name=name,
        places=places(counts, root),
    )  # fmt: skip
    trial.check_workers(spark, asked)
    count = functools.partial(task.count, asked=asked, total=sum(counts.values()) if counts else None)
    found = sharing.known(_mapped(frame, count, sharing.COUNTED))
    schema = _with_kept(frame, asked.keep)
    return _mapped(frame, functools.partial(task.scan, asked=asked, known=found, schema=schema), schema)


def _mapped(frame: Any, work: Any, schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    def each(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return work(batches)  # type: ignore[no-any-return]

    return frame.mapInArrow(each, from_arrow_schema(schema))


def _lists(spark: Any, lists: Sequence[Named], *, with_bundled: bool, shared: bool) -> tuple[Path, bool]:
    named = [Path(p) for p in lists]
    if shared:
        if len(named) != 1 or with_bundled or not is_compiled(named[0]):
            remedy = "preflight watchlist compile LIST… -o FILE"
            raise UsageError("must be one compiled file", where="shared_lists", remedy=remedy)
        return named[0].resolve(), False
    if with_bundled or not named:
        named.append(bundled() / "marks")
    folder = Path(tempfile.mkdtemp(prefix="listing-preflight-"))
    made = compile_lists(named, folder / "lists.lcx")
    file = folder / f"{made.digest[:16]}.lcx"
    (folder / "lists.lcx").rename(file)
    spark.sparkContext.addFile(str(file))
    return file, True


def _counts(frame: Any) -> dict[str, int]:
    """The rows of each file, by its address; none where rows have no place."""
    if SOURCE_FILE not in frame.columns or SOURCE_ROW not in frame.columns:
        return {}
    return {row[SOURCE_FILE]: row["count"] for row in frame.groupBy(SOURCE_FILE).count().collect()}


def _with_kept(frame: Any, keep: Sequence[str]) -> pa.Schema:
    from pyspark.sql.pandas.types import to_arrow_schema

    absent = [name for name in keep if name not in frame.columns]
    clash = [name for name in keep if name in SCHEMA.names]
    if absent or clash:
        what = "the table has no such column" if absent else "verdicts have a column of that name"
        raise UsageError(what, where=f"keep {(absent or clash)[0]}", remedy="Rename it in the table")
    kept = to_arrow_schema(frame.select(*keep).schema) if keep else pa.schema([])
    return pa.schema([*kept, *SCHEMA])
