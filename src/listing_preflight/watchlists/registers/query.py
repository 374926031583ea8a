"""Search an imported register by name or number."""

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from listing_preflight.text import search
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.registers.load import metadata
from listing_preflight.watchlists.registers.number import is_number, plain_number
from listing_preflight.watchlists.registers.record import Record
from listing_preflight.watchlists.registers.schema import records

LIMIT = 50


class Found(NamedTuple):
    """A record and how it was found: number, exact (letter for letter), folded, or fuzzy with its edits."""

    record: Record
    how: str
    edits: int = 0


class _Column(NamedTuple):
    """All strings of a list column in a row, and the row that each belongs to."""

    values: pa.Array
    rows: Any


class Register:
    """An imported register with its names and numbers in memory: 4 million marks take about 300 MB."""

    def __init__(self, path: Path) -> None:
        self.metadata = metadata(path)
        self._file = pq.ParquetFile(path, memory_map=True)
        columns = self._file.read(columns=["keys", "plain_numbers"])
        self.names, self._numbers = _column(columns, "keys"), _column(columns, "plain_numbers")
        self._bits: Any = None
        self._sizes: Any = None
        groups = [self._file.metadata.row_group(i).num_rows for i in range(self._file.num_row_groups)]
        self._starts = np.array([0, *itertools.accumulate(groups)])

    def find(self, query: str, *, fuzzy: bool = True, limit: int = LIMIT) -> list[Found]:
        """Records by number where the query is one, and by name: exact, then folded, then fuzzy."""
        out = list(self.by_number(query, limit)) if is_number(query) else []
        named = list(self.by_name(query, limit))
        out += sorted(named, key=lambda f: f.how)
        if fuzzy and not out:
            out += self.near(query, limit)
        return out[:limit]

    def by_number(self, number: str, limit: int = LIMIT) -> Iterator[Found]:
        """Records that are known by the number, however it is written."""
        for record in self._fetch(self._same(self._numbers, plain_number(number))[:limit]):
            yield Found(record, "number")

    def by_name(self, name: str, limit: int = LIMIT) -> Iterator[Found]:
        """Records whose name or alias folds to what the name folds to."""
        for record in self._fetch(self._same(self.names, folded_key(name))[:limit]):
            yield Found(record, "exact" if name in (record.name, *record.aliases) else "folded")

    def near(self, name: str, limit: int = LIMIT) -> Iterator[Found]:
        """Records whose name or alias is within the edits that the name's length bears."""
        key = folded_key(name)
        if not search.edits_for(key):
            return
        self._prepare()
        places = search.candidates(key, self._bits, self._sizes)
        near = search.nearest(key, places.tolist(), self.names.values.take(pa.array(places)).to_pylist(), limit)
        edits: dict[int, int] = {}
        for one in near:
            edits.setdefault(int(self.names.rows[one.at]), one.edits)
        for record, distance in zip(self._fetch(list(edits)), edits.values(), strict=True):
            yield Found(record, "fuzzy", distance)

    def _prepare(self) -> None:
        """Signatures of the names, made at the first fuzzy search."""
        if self._bits is None:
            _, raw, data = self.names.values.buffers()
            start, count = self.names.values.offset, len(self.names.values)
            offsets = np.frombuffer(raw, dtype=np.int64)[start : start + count + 1]
            letters = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, np.uint8)
            self._bits, self._sizes = search.signatures(offsets, letters), np.diff(offsets).astype(np.int32)

    @staticmethod
    def _same(column: _Column, key: str) -> list[int]:
        if not key:
            return []
        hits = np.flatnonzero(pc.equal(column.values, pa.scalar(key, pa.large_string())).to_numpy(zero_copy_only=False))
        return list(dict.fromkeys(column.rows[hits].tolist()))

    def _fetch(self, rows: Iterable[int]) -> Iterator[Record]:
        """Records by row, in the order asked for; the groups that hold them are read once each."""
        asked = list(rows)
        group_of = {row: int(np.searchsorted(self._starts, row, "right")) - 1 for row in asked}
        found: dict[int, Record] = {}
        for group in sorted(set(group_of.values())):
            here = [row for row in asked if group_of[row] == group]
            table = self._file.read_row_group(group, columns=list(Record._fields))
            picked = table.take(pa.array([row - int(self._starts[group]) for row in here]))
            found |= dict(zip(here, records(picked), strict=True))
        return (found[row] for row in asked)


def _column(table: pa.Table, name: str) -> _Column:
    lists = table.column(name).combine_chunks()
    if isinstance(lists, pa.ChunkedArray):
        lists = lists.chunk(0) if lists.num_chunks else pa.array([], lists.type)
    return _Column(lists.flatten().cast(pa.large_string()), np.asarray(pc.list_parent_indices(lists)))
