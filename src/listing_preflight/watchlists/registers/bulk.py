"""Compile an imported register column by column: no record is made an object of."""

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from listing_preflight.errors import ListError
from listing_preflight.model.mark import KINDS, WatchList, Work
from listing_preflight.storage.mapped import Array, Writer
from listing_preflight.storage.strings import NONE, Strings
from listing_preflight.text.entries import SEVERAL, Masks
from listing_preflight.text.hashing import Bools
from listing_preflight.text.layer import ALL, Names
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists import compile as compiling
from listing_preflight.watchlists.columns import ANY_CLASS, NO_DAY, Codes, day_number
from listing_preflight.watchlists.compile import NO_END, Source, office_bits, territory_mask
from listing_preflight.watchlists.registers.load import day_of, digest, metadata, work
from listing_preflight.watchlists.registers.schema import COLUMNS, records

_GROUPS = 8
"""Row groups that are read at a time."""
_NAMES = 1 << 16
"""Names that are folded at a time."""
_DAYS = ("filed", "registered", "expires")
_FAULTS = (OSError, pa.ArrowException, KeyError)


def source(path: Path, number: int) -> Source | None:
    """A register to compile; None where it holds no more marks than a list that is looked for in every disguise."""
    noted = metadata(path)
    if noted["taken"] <= compiling.LARGE:
        return None
    try:
        table = _Table(path)
        if table.count <= compiling.LARGE:
            return None
        one = WatchList(
            name=path.stem, digest=digest(noted), version=noted["date"], date=noted["date"], rights="official",
            offices=frozenset(noted["offices"]), licence=noted["licence"], source=noted["source"],
            folder=str(path.parent), works=tuple(table.works(path.stem, noted["date"])),
        )  # fmt: skip
    except _FAULTS as e:
        raise _damaged(path, e) from None
    return Source(one, number, functools.partial(_write, path, table, noted))


def _damaged(path: Path, fault: Exception) -> ListError:
    return ListError(f"is damaged ({str(fault).splitlines()[0]})", where=str(path), remedy="Import it again")


def _write(path: Path, table: "_Table", noted: dict[str, Any], writer: Writer, place: str) -> dict[str, Any]:
    try:
        return _Register(table, writer, place, noted["source"], noted["date"]).write()
    except _FAULTS as e:
        raise _damaged(path, e) from None


class _Table:
    """The rows of a register that are marks with words, read column by column."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: list[Array] = []
        self._designs: list[Array] = []
        with pq.ParquetFile(path) as file:
            if not file.schema_arrow.equals(COLUMNS):
                raise ListError("has other columns than an imported register", where=str(path))
        for rows in self._groups(["work", "name"]):
            design = _numpy(pc.fill_null(rows.column("work"), pa.scalar(value=False)))
            named = _numpy(pc.greater(pc.binary_length(pc.fill_null(rows.column("name"), "")), 0))
            self._kept.append(np.flatnonzero(named & ~design))
            self._designs.append(np.flatnonzero(design))
        self.count = sum(map(len, self._kept))

    def _groups(self, columns: list[str]) -> Iterator[pa.Table]:
        with pq.ParquetFile(self._path) as file:
            groups = range(file.num_row_groups)
            for at in range(0, len(groups), _GROUPS):
                yield file.read_row_groups(list(groups[at : at + _GROUPS]), columns=columns, use_threads=False)

    def column(self, name: str) -> Iterator[pa.Array]:
        """A column of the marks, some thousands at a time."""
        for rows, kept in zip(self._groups([name]), self._kept, strict=True):
            column = rows.column(0)
            yield _one(column if len(kept) == len(column) else column.take(pa.array(kept)))

    def works(self, list_name: str, seen: str | None) -> Iterator[Work]:
        """Designs whose views were there when they were imported."""
        if not any(map(len, self._designs)):
            return
        for rows, designs in zip(self._groups(COLUMNS.names), self._designs, strict=True):
            if len(designs):
                found = rows.take(pa.array(designs)).combine_chunks()
                yield from (work(record, list_name, seen) for record in records(found) if record.images)


def _one(column: Any) -> pa.Array:
    found = column.combine_chunks()
    if isinstance(found, pa.ChunkedArray):
        return found.chunk(0) if found.num_chunks else pa.array([], found.type)
    return found


def _numpy(array: Any) -> Array:
    out: Array = array.to_numpy(zero_copy_only=False) if isinstance(array, pa.Array) else array.to_numpy()
    return out


def _pieces(array: pa.Array) -> tuple[Array, Array]:
    """The lengths of strings in bytes, and the bytes; a missing one is NONE."""
    filled = pc.fill_null(array, NONE).cast(pa.large_string())
    _, offsets, data = filled.buffers()
    ends = np.frombuffer(offsets, np.int64)[filled.offset : filled.offset + len(filled) + 1]
    raw = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    return np.diff(ends), raw[ends[0] : ends[-1]] if len(ends) else raw[:0]


def _lists(column: pa.Array) -> tuple[pa.Array, Array]:
    """The values of a column of lists in a row, and how many each list has."""
    return column.flatten(), _numpy(pc.fill_null(pc.list_value_length(column), 0)).astype(np.int64)


class _Register:
    """One register being written."""

    def __init__(self, table: _Table, writer: Writer, place: str, source: str, seen: str | None) -> None:
        self._table, self._writer, self._place = table, writer, place
        self._source, self._seen = source, seen
        self._letters: set[str] = set()
        self._offices, self._states = Codes([""]), Codes()
        self._bits = Codes()

    def write(self) -> dict[str, Any]:
        """Write all columns; what the head of the list says of them."""
        writer, place, marks = self._writer, self._place, f"{self._place}/marks"
        names = Names(vocabulary())
        self._strings("id", self._table.column("id"))
        self._strings("name", self._named(names))
        self._strings("owner", self._table.column("owner"))
        writer.add(f"{marks}/flags", np.zeros(self._table.count, np.uint8))
        writer.add_parts(f"{marks}/kind", "|u1", map(_kinds, self._table.column("kind")))
        self._more(names)
        masks = self._registrations()
        writer.add_all(f"{place}/index", names.packed(masks))
        return {
            "register": place, "offices_by_bit": list(self._bits), "marks": self._table.count,
            "letters": "".join(sorted(self._letters)), "told": [self._source, self._seen],
        }  # fmt: skip

    def _strings(self, name: str, arrays: Iterator[pa.Array]) -> None:
        lengths: list[Array] = []

        def data() -> Iterator[Array]:
            for array in arrays:
                sizes, raw = _pieces(array)
                lengths.append(sizes)
                yield raw

        self._writer.add_parts(f"{self._place}/marks/{name}/data", "|u1", data())
        starts = np.zeros(sum(map(len, lengths)) + 1, np.uint64)
        np.cumsum(np.concatenate(lengths) if lengths else starts[1:], out=starts[1:])
        self._writer.add(f"{self._place}/marks/{name}/starts", starts)

    def _named(self, names: Names) -> Iterator[pa.Array]:
        at = 0
        for array in self._table.column("name"):
            for first in range(0, len(array), _NAMES):
                some = array.slice(first, _NAMES)
                lines = pc.binary_join(_together(pc.replace_substring(some, "\n", " ")), "\n")[0].as_py()
                names.add_lines(lines, np.arange(at, at + len(some)))
                self._meet(lines)
                at += len(some)
            yield array

    def _meet(self, text: str) -> None:
        if not text.isascii():
            self._letters.update(c for c in set(text) if not c.isascii())

    def _more(self, names: Names) -> None:
        """Aliases and pictures, which few marks have."""
        out: dict[int, str] = {}
        at = 0
        for aliases, images in zip(self._table.column("aliases"), self._table.column("images"), strict=True):
            there = np.flatnonzero((_lists(aliases)[1] > 0) | (_lists(images)[1] > 0))
            rows = zip(
                there.tolist(),
                aliases.take(pa.array(there)).to_pylist(),
                images.take(pa.array(there)).to_pylist(),
                strict=True,
            )
            for n, called, shown in rows:
                out[at + n] = json.dumps({k: v for k, v in (("images", shown), ("aliases", called)) if v})
                if called:
                    names.add(called, np.full(len(called), at + n), alias=True)
                    self._meet("".join(called))
            at += len(aliases)
        self._writer.add_all(f"{self._place}/marks/more", Strings.sparse(at, out).packed())

    def _registrations(self) -> Masks:
        """The columns of registrations, and what each mark covers."""
        counts, office = self._codes("office", self._offices, "")
        starts = np.concatenate([np.zeros(1, np.uint64), np.cumsum(counts).astype(np.uint64)])
        self._add("rows", starts)
        self._add("office", office)
        _, status = self._codes("status", self._states, "unknown")
        self._add("status", status)
        classes = np.concatenate([np.zeros(0, np.uint64), *map(_class_masks, self._rows("classes"))])
        self._add("classes", classes)
        days = {name: self._days(name) for name in _DAYS}
        for name, column in days.items():
            self._add(name, column)
        for name in ("number", "goods"):
            self._strings(name, (values for values, _ in map(_lists, self._rows(name))))
        designated = self._rest()
        for name, texts in (("offices", self._offices), ("states", self._states)):
            self._writer.add_all(f"{self._place}/marks/{name}", Strings.of(texts).packed())
        territory = self._territory(office, designated)
        first, there = starts[:-1].astype(np.int64), np.flatnonzero(counts)
        masks = Masks(
            *(
                np.full(len(counts), v, k)
                for v, k in ((ALL, np.uint64), (ALL, np.uint64), (SEVERAL, np.uint32), (NO_END, np.int32))
            )
        )
        if len(there):
            masks.classes[there] = _or(classes, first[there])
            masks.territory[there] = _or(territory, first[there])
            one = np.flatnonzero(counts == 1)
            masks.status[one] = status[first[one]]
            ends = np.where(days["expires"] == NO_DAY, NO_END, days["expires"])
            masks.expires[there] = np.maximum.reduceat(ends, first[there])
        return masks

    def _add(self, name: str, column: Array) -> None:
        self._writer.add(f"{self._place}/marks/{name}", column)

    def _rows(self, field: str) -> Iterator[pa.Array]:
        """One field of the registrations, a list for each mark."""
        for column in self._table.column(f"registrations.list.element.{field}"):
            struct = column.flatten()
            yield pa.LargeListArray.from_arrays(_offsets(column), struct.flatten()[0])

    def _codes(self, field: str, codes: Codes, missing: str) -> tuple[Array, Array]:
        counts, numbers = [np.zeros(0, np.int64)], [np.zeros(0, np.uint32)]
        for column in self._rows(field):
            values, sizes = _lists(column)
            packed = pc.dictionary_encode(pc.fill_null(values, missing))
            table = np.array([codes(text) for text in packed.dictionary.to_pylist()], np.uint32)
            counts.append(sizes)
            numbers.append(table[_numpy(packed.indices)] if len(table) else np.zeros(0, np.uint32))
        return np.concatenate(counts), np.concatenate(numbers)

    def _days(self, field: str) -> Array:
        out = [np.zeros(0, np.int32)]
        for column in self._rows(field):
            values, _ = _lists(column)
            out.append(_numpy(pc.fill_null(values.cast(pa.int32()), NO_DAY)).astype(np.int32))
        found = np.concatenate(out)
        if field == "expires" and self._seen:
            found[found >= day_number(day_of(self._seen))] = NO_DAY
        return found

    def _rest(self) -> dict[int, list[str]]:
        """What few registrations have; the designations of those that have some come back by their number."""
        out: dict[int, str] = {}
        at = 0
        designated: dict[int, list[str]] = {}
        fields = ("excluded_goods", "disclaimed", "supplemental", "designated")
        for columns in zip(*map(self._rows, fields), strict=True):
            excluded, disclaimed, supplemental, places = (_lists(c)[0] for c in columns)
            has: Bools = (
                _numpy(excluded.is_valid()) | (_lists(disclaimed)[1] > 0) | _numpy(pc.fill_null(supplemental, fill_value=False))
                | (_lists(places)[1] > 0)
            )  # fmt: skip
            there = np.flatnonzero(has)
            rows = (c.take(pa.array(there)).to_pylist() for c in (excluded, disclaimed, supplemental, places))
            for n, *values in zip(there.tolist(), *rows, strict=True):
                out[at + n] = json.dumps({k: v for k, v in zip(fields, values, strict=True) if v})
                if values[3]:
                    designated[at + n] = values[3]
            at += len(has)
        self._writer.add_all(f"{self._place}/marks/rest", Strings.sparse(at, out).packed())
        return designated

    def _territory(self, office: Array, designated: dict[int, list[str]]) -> Array:
        self._bits = office_bits([o or None for o in self._offices] + [o for some in designated.values() for o in some])
        table = [territory_mask(name or None, (), self._bits) for name in self._offices]
        out = np.array(table, np.uint64)[office] if len(office) else np.zeros(0, np.uint64)
        for at, places in designated.items():
            if int(office[at]) == self._offices.number.get("WO"):
                out[at] = territory_mask("WO", places, self._bits)
        return out


def _together(array: pa.Array) -> pa.Array:
    """All strings as one list."""
    return pa.LargeListArray.from_arrays(pa.array([0, len(array)], pa.int64()), array)


def _kinds(column: pa.Array) -> Array:
    packed = pc.dictionary_encode(column)
    table = np.array([KINDS.index(k) for k in packed.dictionary.to_pylist()], np.uint8)
    return table[_numpy(packed.indices)] if len(table) else table


def _offsets(column: pa.Array) -> pa.Array:
    counts = _numpy(pc.fill_null(pc.list_value_length(column), 0)).astype(np.int64)
    return pa.array(np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]), pa.int64())


def _class_masks(column: pa.Array) -> Array:
    values, _ = _lists(column)
    numbers, counts = _lists(values)
    bits = np.left_shift(np.uint64(1), _numpy(numbers).astype(np.uint64))
    out = np.where(_numpy(values.is_null()), np.uint64(ANY_CLASS), np.uint64(0))
    there = np.flatnonzero(counts)
    if len(there):
        out[there] = np.bitwise_or.reduceat(bits, (np.cumsum(counts) - counts)[there])
    return out


def _or(masks: Array, first: Array) -> Array:
    found: Array = np.bitwise_or.reduceat(masks, first)
    return np.where(found == 0, ALL, found)
