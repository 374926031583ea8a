"""Import register files into one Parquet list: part by part, so that a run that was stopped goes on where it was."""

import contextlib
import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from listing_preflight import __version__
from listing_preflight.errors import ListError, UsageError
from listing_preflight.watchlists.registers.record import DataDate, Importer, Origin, Record, Skipped, Told
from listing_preflight.watchlists.registers.registry import importer
from listing_preflight.watchlists.registers.schema import METADATA, SCHEMA
from listing_preflight.watchlists.registers.write import Part, losers, merge, replacing

EXAMPLES = 5
"""Records of each reason that are named."""


class Imported(NamedTuple):
    """What came of an import: the metadata of the file written."""

    path: Path
    metadata: dict[str, Any]


def run(kind: str, files: Sequence[Path], out: Path, told: Told, offices: frozenset[str] = frozenset()) -> Imported:
    """Import files of one format; ListError for the first that is not what it should be, and `out` is as it was.

    Each file is read into a part beside `out`, named by the content of the file; the parts of a run that failed are
    used by the next. `offices` are those that the files cover completely, by the user's word.
    """
    with_format = importer(kind)
    if not files:
        raise UsageError("names no file to import", where="watchlist import")
    folder = out.parent / f".{out.name}.parts"
    _make(folder, out)
    try:
        kept = [_part(with_format, file, told, folder) for file in files]
    except BaseException:
        with contextlib.suppress(OSError):
            folder.rmdir()  # only where no part is worth keeping
        raise
    metadata = _joined(with_format, kept, told, offices)
    with replacing(out) as temporary, Part(temporary) as final:
        paths = [path for path, _ in kept]
        lost = losers(paths)
        metadata["taken"] = merge(paths, lost, final)
        metadata["replaced"] = len(lost)
        final.note(metadata)
    for part in folder.iterdir():
        part.unlink()
    folder.rmdir()
    return Imported(out, metadata)


def _make(folder: Path, out: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as e:
        raise ListError(f"cannot be written ({e.strerror})", where=str(out)) from None


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as e:
        raise ListError(f"cannot be read ({e.strerror})", where=str(file)) from None


def _part(with_format: Importer, file: Path, told: Told, folder: Path) -> tuple[Path, dict[str, Any]]:
    """The part of one file: of an earlier run where there is one, else made now."""
    digest = _digest(file)
    told_text = json.dumps([SCHEMA, __version__, with_format.FORMAT, _told_digest(told)])
    path = folder / f"{digest[:32]}-{hashlib.sha256(told_text.encode()).hexdigest()[:8]}.parquet"
    if not path.exists():
        with replacing(path) as temporary, Part(temporary) as part, _no_collector():
            part.note(_read(with_format, file, told, part) | {"name": file.name, "sha256": digest})
    return path, _noted(path)


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of records that form no cycles: the collector would walk them for nothing, a twentieth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _told_digest(told: Told) -> list[str | None]:
    return [_digest(Path(told.mapping)) if told.mapping and Path(told.mapping).is_file() else told.mapping, told.views]


def _noted(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((pq.read_metadata(path).metadata or {})[METADATA])
    except (OSError, KeyError, ValueError, RecursionError, pa.ArrowInvalid):
        raise ListError("is damaged; delete it and run the import again", where=str(path)) from None
    return found


def _read(with_format: Importer, file: Path, told: Told, part: Part) -> dict[str, Any]:
    reasons: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    taken, date, origin = 0, "", Origin(with_format.SOURCE, with_format.LICENCE)
    for item in with_format.read(file, told):
        if isinstance(item, Record):
            part.add(item)
            taken += 1
        elif isinstance(item, Skipped):
            reasons[item.reason] += 1
            if reasons[item.reason] <= EXAMPLES:
                examples.setdefault(item.reason, []).append(item.what)
        elif isinstance(item, DataDate):
            date = max(date, item.day)
        else:
            origin = item
    return {
        "source": origin.source, "licence": origin.licence,
        "read": taken, "skipped": dict(sorted(reasons.items())), "examples": examples, "date": date or None,
    }  # fmt: skip


def _joined(
    with_format: Importer, kept: Sequence[tuple[Path, dict[str, Any]]], told: Told, offices: frozenset[str]
) -> dict[str, Any]:
    skipped: Counter[str] = Counter()
    for _, noted in kept:
        skipped.update(noted["skipped"])
    return {
        "schema": SCHEMA, "format": with_format.FORMAT, **_origins([n for _, n in kept]),
        "mapping": told.mapping, "date": max((n["date"] or "" for _, n in kept), default="") or None,
        "offices": sorted(offices), "files": [n for _, n in kept], "skipped": dict(sorted(skipped.items())),
        "tool": f"listing-preflight {__version__}",
    }  # fmt: skip


def _origins(noted: Sequence[dict[str, Any]]) -> dict[str, str]:
    return {key: "; ".join(dict.fromkeys(n[key] for n in noted)) for key in ("source", "licence")}
