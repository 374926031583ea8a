"""Read an imported register as a watch-list, or record by record."""

import dataclasses
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from listing_preflight.errors import ListError
from listing_preflight.model.mark import Alias, Mark, Registration, WatchList, Work
from listing_preflight.watchlists.registers.record import Record
from listing_preflight.watchlists.registers.schema import COLUMNS, METADATA, SCHEMA, records

_FAULTS = (
    OSError,
    pa.ArrowException,
    KeyError,
    ValueError,
    OverflowError,
    RecursionError,
)  # a day that no calendar holds overflows


def metadata(path: Path) -> dict[str, Any]:
    """What an import noted in its file; ListError for a file that no import of this version has written."""
    try:
        found: Any = json.loads((pq.read_metadata(path).metadata or {})[METADATA])
    except _FAULTS as e:
        what = "is not an imported register" if not isinstance(e, OSError) or path.exists() else "cannot be read"
        raise ListError(what, where=str(path), remedy="Make it with: preflight watchlist import") from None
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != SCHEMA:
        remedy = "Import the register again with this version"
        raise ListError(f"has the schema {schema!r}, not {SCHEMA}", where=str(path), remedy=remedy)
    if not _is_whole(found):
        raise ListError("is damaged (what it was made of)", where=str(path), remedy="Import the register again")
    return dict(found)


def _is_whole(noted: dict[str, Any]) -> bool:
    """Whether all that is asked of the notes of an import is there, in its form."""
    try:
        digest(noted)
        day_of(noted["date"])
        texts = [*noted["offices"], *(noted[k] or "" for k in ("source", "licence", "date"))]
        return isinstance(noted["taken"], int) and all(isinstance(text, str) for text in texts)
    except (KeyError, TypeError, ValueError):
        return False


def iterate(path: Path) -> Iterator[Record]:
    """Every record, in flat memory; ListError where the file is damaged."""
    metadata(path)
    try:
        with pq.ParquetFile(path) as file:
            if not file.schema_arrow.equals(COLUMNS):
                raise ListError("has other columns than an imported register", where=str(path))
            for batch in file.iter_batches(4096):
                yield from records(batch)
    except _FAULTS as e:
        raise ListError(f"is damaged ({str(e).splitlines()[0]})", where=str(path), remedy="Import it again") from None


def day_of(seen: str | None) -> datetime.date | None:
    """The day of the data of a register."""
    return datetime.date.fromisoformat(seen) if seen else None


def judged(rows: tuple[Registration, ...], seen: str | None) -> tuple[Registration, ...]:
    """Registrations as they can be judged on data of a day.

    A term that ends after that day may have been renewed since: the office's last word stands, the term does not count.
    """
    day = day_of(seen)
    if day is None or all(r.expires is None or r.expires < day for r in rows):
        return rows
    return tuple(r if r.expires is None or r.expires < day else dataclasses.replace(r, expires=None) for r in rows)


def mark(record: Record, list_name: str, source: str | None, seen: str | None) -> Mark:
    """A record with words as a mark."""
    return Mark(
        id=record.id,
        list=list_name,
        name=record.name,
        kind=record.kind,
        owner=record.owner,
        aliases=tuple(Alias(name=a) for a in record.aliases),
        registrations=judged(record.registrations, seen),
        images=record.images,
        rights="official",
        source=source,
        seen=seen,
    )


def work(record: Record, list_name: str, seen: str | None) -> Work:
    """A design as a protected work."""
    return Work(
        id=record.id,
        list=list_name,
        kind="design",
        owner=record.owner,
        title=record.name or None,
        images=record.images,
        registrations=judged(record.registrations, seen),
        locarno=record.locarno,
        rights="official",
    )


def watch_list(path: Path) -> WatchList:
    """The whole register as a list: marks with words, and designs whose views were there when it was imported."""
    noted = metadata(path)
    name, source, seen = path.stem, noted["source"], noted["date"]
    marks: list[Mark] = []
    works: list[Work] = []
    for record in iterate(path):
        if record.work and record.images:
            works.append(work(record, name, seen))
        elif record.name and not record.work:
            marks.append(mark(record, name, source, seen))
    return WatchList(
        name=name,
        digest=digest(noted),
        version=noted["date"],
        date=seen,
        rights="official",
        offices=frozenset(noted["offices"]),
        licence=noted["licence"],
        source=source,
        folder=str(path.parent),
        marks=tuple(marks),
        works=tuple(works),
    )


def digest(noted: dict[str, Any]) -> str:
    """The digest of a register: of what it was made from and by, so that it need not be read to be known."""
    import hashlib

    made = [noted[k] for k in ("schema", "format", "tool", "mapping", "offices")] + [
        f["sha256"] for f in noted["files"]
    ]
    return "sha256:" + hashlib.sha256(json.dumps(made).encode()).hexdigest()
