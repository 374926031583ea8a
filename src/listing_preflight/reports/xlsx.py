"""XLSX for sellers: a sheet of findings with the seller's columns first and one with the counts; every cell is text."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable
from typing import IO, Any

from lxml.etree import SerialisationError
from openpyxl import Workbook as Book
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill

from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.table import OURS, Table
from listing_preflight.reports.text import summary_lines

MOST_ROWS = 1_000_000
"""A sheet holds 1,048,576 rows."""
_LONGEST = 32_000
"""A cell holds 32,767 characters."""
_FILL = {"high": "F8D0D4", "medium": "FCE8B8", "low": "DCEBF7"}
_WIDTH = 22


class Workbook:
    """Writes at the end, when the columns are known."""

    def __init__(self, out: IO[bytes], telling: Telling) -> None:
        self._out, self._telling, self._table = out, telling, Table(telling.words)

    def begin(self, run: RunInfo) -> None:
        """Nothing stands before the rows."""

    def add(self, result: Result) -> None:
        """Rows of a listing, or of a gap."""
        self._table.add(result)

    def end(self, summary: Summary) -> None:
        """Both sheets."""
        book = Book(write_only=True)
        try:
            self._fill(book, summary)
        except SerialisationError as e:
            _let_go(book)
            raise _no_room(e) from None
        with tempfile.TemporaryFile() as whole:  # a disk that is full must not break off inside the archive
            book.save(whole)
            whole.seek(0)
            shutil.copyfileobj(whole, self._out)

    def _fill(self, book: Book, summary: Summary) -> None:
        header = self._table.header()
        sheet = book.create_sheet(self._telling.words.say("sheet-findings"))
        sheet.freeze_panes = "B2"
        for n in range(1, len(header) + 1):
            sheet.column_dimensions[_letters(n)].width = _WIDTH
        sheet.append(_cells(sheet, header, font=Font(bold=True)))
        left = self._rows(sheet, len(header))
        lines = [told for told, _ in summary_lines(summary, self._telling)]
        if left:
            lines.append(self._telling.words.say("left-out", shown=MOST_ROWS, left=left))
        about = book.create_sheet(self._telling.words.say("sheet-summary"))
        for told in lines:
            about.append(_cells(about, [told]))

    def _rows(self, sheet: Any, width: int) -> int:
        """Write the rows with their severity coloured; how many did not fit."""
        at = width - len(OURS) + OURS.index("severity")
        fills = {self._telling.words.word("values", k): PatternFill("solid", fgColor=v) for k, v in _FILL.items()}
        left = 0
        for n, row in enumerate(self._table.rows()):
            if n >= MOST_ROWS:
                left += 1
                continue
            cells = _cells(sheet, row)
            if fill := fills.get(row[at]):
                cells[at].fill = fill
            sheet.append(cells)
        return left


def _no_room(fault: SerialisationError) -> OSError:
    """What the writer of the sheets says of a disk ("IO_ENOSPC"), as the system says it."""
    number = getattr(errno, str(fault).removeprefix("IO_"), errno.EIO)
    return OSError(number, os.strerror(number))


def _let_go(book: Book) -> None:
    """Close the sheets that were begun: left to the collector they would fail once more, where nobody listens."""
    for sheet in book.worksheets:
        for close in (sheet.close, sheet._writer.close):  # noqa: SLF001 - a sheet whose rows fail does not close the rest
            with contextlib.suppress(Exception):
                close()


def _cells(sheet: Any, values: Iterable[str], font: Font | None = None) -> list[Any]:
    """Cells of text: never formulas, never numbers that lose their zeros."""
    out = []
    for value in values:
        cell = WriteOnlyCell(sheet)
        shown = "\n".join(map(visible, value.replace("\r\n", "\n").split("\n")))[:_LONGEST]
        cell._value, cell.data_type = shown.replace("\ufffe", "").replace("\uffff", ""), "s"  # noqa: SLF001 - `value` guesses formulas
        cell.quotePrefix = True
        if font:
            cell.font = font
        out.append(cell)
    return out


def _letters(n: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(n))
