"""Write records to Parquet parts, and merge parts into one file in which the latest record of each id stands."""

import contextlib
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from listing_preflight.errors import ListError
from listing_preflight.storage.replacing import drafted
from listing_preflight.watchlists.registers.record import Record
from listing_preflight.watchlists.registers.schema import COLUMNS, METADATA, table

ROWS = 8192
"""Rows of a group: small enough that fetching one hit of a search is a few milliseconds."""
CHARACTERS = 24_000_000
"""Characters of goods after which a group is closed early: records reach 11 MB."""
_OPTIONS = {
    "compression": "zstd",
    "compression_level": 1,
    "use_dictionary": ["kind", "owner"],
    "write_statistics": False,
}


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A draft beside its place, moved there when whole; on any fault the old file stays as it was, and ListError says so."""
    try:
        with drafted(path) as draft:
            yield draft
    except OSError as e:
        remedy = "A file that was there before is as it was; make room and run the same command again"
        raise ListError(f"cannot be written ({e.strerror or e})", where=str(path), remedy=remedy) from None


class Part:
    """A Parquet file under way; a context manager."""

    def __init__(self, path: Path) -> None:
        self._writer = pq.ParquetWriter(path, COLUMNS, **_OPTIONS)
        self._rows: list[Record] = []
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._flush()
        with contextlib.suppress(OSError) if kind else contextlib.nullcontext():
            self._writer.close()

    def add(self, record: Record) -> None:
        """Take one record; written in groups."""
        self._rows.append(record)
        self._size += sum(len(r.goods) for r in record.registrations if r.goods)
        if len(self._rows) >= ROWS or self._size >= CHARACTERS:
            self._flush()

    def note(self, metadata: Mapping[str, object]) -> None:
        """Write the metadata of the file."""
        self._writer.add_key_value_metadata({METADATA: json.dumps(metadata, ensure_ascii=False).encode()})

    def group(self, rows: pa.Table) -> None:
        """Take rows that are columns already, as one group."""
        self._writer.write_table(rows)

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(table(self._rows))
            self._rows, self._size = [], 0


def losers(parts: Sequence[Path]) -> frozenset[int]:
    """Rows, counted through all parts, that a later record of the same id replaces.

    Of two records the one with the later stamp wins, of equal stamps the one read last. Ids are compared by a hash of
    64 bits first, so that a million of them take 8 MB; those that meet are compared in full.
    """
    hashes = array("q")
    for ids, _ in _keys(parts):
        hashes.extend(hash(i) for i in ids)
    found = np.frombuffer(hashes, dtype=np.int64) if hashes else np.zeros(0, np.int64)
    ordered = np.sort(found)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(twice):
        return frozenset()
    suspects = np.isin(found, np.unique(twice))
    return _resolve(parts, suspects)


def _resolve(parts: Sequence[Path], suspects: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> frozenset[int]:
    best: dict[str, tuple[str, int]] = {}
    out = set()
    row = 0
    for ids, stamps in _keys(parts):
        for name, stamp in zip(ids, stamps, strict=True):
            if suspects[row]:
                old = best.get(name)
                if old is None or old[0] <= stamp:
                    best[name] = (stamp, row)
                    loser = old[1] if old else None
                else:
                    loser = row
                out |= {loser} if loser is not None else set()
            row += 1
    return frozenset(out)


def _keys(parts: Sequence[Path]) -> Iterator[tuple[list[str], list[str]]]:
    for part in parts:
        with pq.ParquetFile(part) as file:
            for batch in file.iter_batches(ROWS, columns=["id", "stamp"], use_threads=False):
                yield batch.column("id").to_pylist(), batch.column("stamp").to_pylist()


def merge(parts: Sequence[Path], lost: frozenset[int], into: Part) -> int:
    """Copy the rows of the parts that are not lost; their number."""
    row = kept = 0
    gone = np.array(sorted(lost), dtype=np.int64)
    for part in parts:
        with pq.ParquetFile(part) as file:
            for group in range(file.num_row_groups):
                rows = file.read_row_group(group, use_threads=False)
                size = rows.num_rows
                here = gone[np.searchsorted(gone, row) : np.searchsorted(gone, row + size)] - row
                if len(here):
                    mask = np.ones(size, dtype=np.bool_)
                    mask[here] = False
                    rows = rows.filter(pa.array(mask))
                into.group(rows)
                kept += rows.num_rows
                row += size
    return kept
