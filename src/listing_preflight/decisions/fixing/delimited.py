"""Correct cells of delimited text: the bytes of every other cell, line end and quote stay."""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, NamedTuple

from listing_preflight.decisions.fixing.changes import Change
from listing_preflight.decisions.fixing.plain import Plain, cannot_place
from listing_preflight.readers.carriers.delimited import delimiter_of, is_unquoted
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Source


class _Span(NamedTuple):
    """One cell of a record: where it stands, and what it says."""

    start: int
    end: int
    quoted: bool
    value: str


class _Writer:
    """Copies lines; a record with changes is taken apart and put together again."""

    def __init__(self, plain: Plain, delimiter: str, header: Sequence[str], *, quoted: bool) -> None:
        self._plain, self._delimiter, self._header, self._quoted = plain, delimiter, header, quoted

    def record(self, lines: Iterator[str], first: str) -> str:
        """A record as it stands: as many lines as its quotes ask for."""
        record = first
        while self._quoted and self._is_open(record):
            line = next(lines, None)
            if line is None:
                break
            record += line
        return record

    def _is_open(self, record: str) -> bool:
        return self._spans(record)[1]

    def _spans(self, record: str) -> tuple[list[_Span], bool]:
        """The cells of a record, cut as the csv module cuts them, and whether a quote is open at its end."""
        out: list[_Span] = []
        at, end = 0, len(record.rstrip("\r\n"))
        while True:
            if self._quoted and record[at : at + 1] == '"':
                close, is_open = _closing(record, at + 1)
                if is_open:
                    return out, True
                stop = record.find(self._delimiter, close + 1)
                stop = end if stop < 0 else stop
                value = record[at + 1 : close].replace('""', '"') + record[close + 1 : max(stop, close + 1)].rstrip(
                    "\r\n"
                )
                out.append(_Span(at, stop, True, value))
            else:
                stop = record.find(self._delimiter, at)
                stop = end if stop < 0 else stop
                out.append(_Span(at, stop, False, record[at:stop]))
            if stop >= end:
                return out, False
            at = stop + 1

    def corrected(self, record: str, changes: Sequence[Change], where: str) -> str:
        """The record with its changes."""
        spans, _ = self._spans(record)
        found = [(self._span(spans, change, where), change) for change in changes]
        for span, change in sorted(found, key=lambda pair: pair[0].start, reverse=True):
            record = record[: span.start] + self._cell(span, change, where) + record[span.end :]
        return record

    def _span(self, spans: Sequence[_Span], change: Change, where: str) -> _Span:
        for name, span in zip(self._header, spans, strict=False):
            if name == change.column and change.before in self._plain.shown(span.value).replace("\0", ""):
                return span
        raise cannot_place(f"{where}:{change.row}", change.column)

    def _cell(self, span: _Span, change: Change, where: str) -> str:
        shown = self._plain.shown(span.value)
        if shown.count(change.before) != 1:
            raise cannot_place(f"{where}:{change.row}", change.column)
        after = self._plain.hold(shown.replace(change.before, change.after), f"{where}:{change.row}")
        if not self._quoted:
            return " ".join(after.replace(self._delimiter, " ").splitlines())
        needs = span.quoted or any(c in after for c in (self._delimiter, '"', "\n", "\r"))
        return '"' + after.replace('"', '""') + '"' if needs else after


def _closing(record: str, at: int) -> tuple[int, bool]:
    """Where the quote that was opened before an offset is closed, and whether it never is."""
    while True:
        close = record.find('"', at)
        if close < 0:
            return len(record), True
        if record[close + 1 : close + 2] != '"':
            return close, False
        at = close + 2


def write(
    source: Source, options: ReadOptions, headers: Mapping[str | None, Sequence[str]], changes: Sequence[Change], out: IO[bytes]
) -> None:  # fmt: skip
    """Copy a delimited file with its changes, record by record."""
    plain = Plain(source.encoding)
    delimiter = delimiter_of(source, options)
    writer = _Writer(plain, delimiter, headers[None], quoted=not is_unquoted(source, delimiter))
    rows: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        rows[change.row].append(change)
    with io.TextIOWrapper(source.bounded(), encoding=plain.held, errors=plain.errors, newline="") as text:
        lines, number = _Counted(text), 0
        for line in lines:
            number = lines.number
            wanted = rows.pop(number, None)
            if wanted:
                line = writer.corrected(writer.record(lines, line), wanted, source.shown)
            out.write(line.encode(plain.held, plain.errors))
    if rows:
        row, (change, *_) = next(iter(rows.items()))
        raise cannot_place(f"{source.shown}:{row}", change.column)


class _Counted:
    """Lines with their number."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self.number = lines, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line
