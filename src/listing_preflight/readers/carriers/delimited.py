"""Delimited text: CSV and TSV, quoted or not, with what is wrong in a row told with it."""

import csv
import itertools
from collections.abc import Iterable, Iterator
from typing import IO, Self

from listing_preflight.readers.encodings import foreign_bytes, is_other
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.rows import Row, Sheet
from listing_preflight.readers.source import OverLimitError, Source

DELIMITERS = "\t,;|"
csv.field_size_limit(1 << 26)


def delimiter_of(source: Source, options: ReadOptions) -> str:
    """The delimiter that the user names, or the one that cuts the first lines most evenly."""
    if options.delimiter:
        return options.delimiter
    lines = [line for line in source.sample.splitlines()[:20] if line.strip()][:10]
    if not lines:
        return ","
    return max(DELIMITERS, key=lambda d: (_evenness(lines, d), lines[0].count(d), -DELIMITERS.index(d)))


def _evenness(lines: list[str], delimiter: str) -> int:
    """How many columns the delimiter makes of the first line, or of the line with most where that is a preface."""
    first = _cells(lines[0], delimiter)
    return first if first > 1 else max(_cells(line, delimiter) for line in lines) // 2


def _cells(line: str, delimiter: str) -> int:
    return len(next(csv.reader([line], delimiter=delimiter), []))


def is_unquoted(source: Source, delimiter: str) -> bool:
    """Whether quotes are ordinary characters: Amazon's reports are cut by tabs and quote nothing."""
    first = source.sample.partition("\n")[0].lower()
    return delimiter == "\t" and ("item-name" in first or "出品者sku" in first or "templatetype=" in first)


def sheets(source: Source, options: ReadOptions) -> Iterator[Sheet]:
    """The one table of a delimited file."""
    delimiter = delimiter_of(source, options)
    with source.open() as text:
        yield Sheet(None, _rows(text, delimiter, source.table, quoted=not is_unquoted(source, delimiter)))


def _rows(text: IO[str], delimiter: str, table: str, *, quoted: bool) -> Iterator[Row]:
    lines = _without_mark(text)
    return _quoted(lines, delimiter, table) if quoted else _unquoted(lines, delimiter, table)


def _unquoted(lines: Iterable[str], delimiter: str, table: str) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        yield Row(number, line.rstrip("\r\n").split(delimiter), _faults(line, number, table))


def _quoted(lines: Iterable[str], delimiter: str, table: str) -> Iterator[Row]:
    seen = _Lines(lines, table)
    rows = csv.reader(seen, delimiter=delimiter, strict=False)
    start = 1
    try:
        for cells in rows:
            yield Row(start, cells, seen.faults()) if seen.odd else Row(start, cells)
            start = rows.line_num + 1
    except csv.Error as e:
        raise OverLimitError(
            f"line {start}: {e}", remedy="A quote may be open; the rows after it were not read"
        ) from None


def _faults(line: str, number: int, table: str) -> tuple[str, ...]:
    found = ("nul",) if "\0" in line else ()
    foreign = foreign_bytes(line, f"line {number}") or is_other(line, f"line {number}", table)
    return (*found, foreign) if foreign else found


class _Lines:
    """Lines as they come; those with quotes or anything that may be damage are looked at."""

    def __init__(self, lines: Iterable[str], table: str) -> None:
        self._lines, self.odd, self._quotes, self._found = iter(lines), False, 0, set[str]()
        self._number, self._table = 0, table

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._number += 1
        if '"' in line:
            self.odd = True
            self._quotes += line.count('"')
        if "\0" in line or not line.isascii():
            found = _faults(line, self._number, self._table)
            if found:
                self.odd = True
                self._found.update(found)
        return line

    def faults(self) -> tuple[str, ...]:
        """What is wrong in the lines since the last call: an odd number of quotes is a quote that is never closed."""
        found = {*self._found, "quote"} if self._quotes % 2 else self._found
        self._quotes, self._found, self.odd = 0, set(), False
        return tuple(sorted(found))


def _without_mark(text: IO[str]) -> Iterator[str]:
    first = next(text, "")
    return itertools.chain([first.removeprefix("\ufeff")] if first else [], text)
