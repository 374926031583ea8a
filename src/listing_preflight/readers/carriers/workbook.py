"""Excel workbooks (xlsx, xlsm): rows of every sheet as they come, formulas by their stored value, merged cells filled."""

import contextlib
import datetime
import itertools
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from listing_preflight.errors import PreflightError, UnreadableError
from listing_preflight.readers.carriers.zips import MAX_PART, open_zip
from listing_preflight.readers.missing import missing
from listing_preflight.readers.rows import Row, Sheet
from listing_preflight.readers.source import OverLimitError, Source

if TYPE_CHECKING:
    import zipfile

MAX_COLUMNS = 16_384
MAX_STRINGS = 512 << 20
"""Bytes of the table of shared texts, which is held in memory."""
MAX_MERGED = 10_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


_Merged = dict[int, list[tuple[int, int]]]
"""For each row, the columns that hold what a merged cell above holds, with the row of that cell."""


class _Extras(NamedTuple):
    """What a sheet holds that rows alone do not tell."""

    formulas: bool
    merged: "_Merged"


def sheets(source: Source) -> Iterator[Sheet]:
    """Every visible or hidden sheet with its rows; reading stops with an error where the workbook is damaged."""
    with contextlib.ExitStack() as stack:
        packed = stack.enter_context(open_zip(source))
        _check(packed)
        with _translated():
            book = _load(stack.enter_context(source.binary()), data_only=True)
            formulas: Any = None
            for sheet in book.worksheets:
                extras = _extras(packed, sheet._worksheet_path)  # noqa: SLF001 - the only way to the part of a sheet
                if extras.formulas and formulas is None:
                    formulas = _load(stack.enter_context(source.binary()), data_only=False)
                beside = formulas[sheet.title] if extras.formulas else None
                yield Sheet(sheet.title, _rows(sheet, beside, extras.merged))


def _check(packed: "zipfile.ZipFile") -> None:
    for entry in packed.infolist():
        strings = entry.filename.endswith("sharedStrings.xml")
        limit = MAX_STRINGS if strings else MAX_PART
        if entry.file_size > limit and entry.filename.endswith(".xml"):
            raise OverLimitError(f"a part of {entry.file_size >> 20} MB", remedy="Save the sheet as CSV")


def _load(handle: IO[bytes], *, data_only: bool) -> Any:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise missing("openpyxl", "Excel workbooks") from None
    with _translated(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(handle, read_only=True, data_only=data_only, keep_links=False)


class _translated:  # noqa: N801 - reads as a phrase: with _translated()
    """Whatever the library raises over a damaged workbook is one kind of error."""

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, PreflightError):
            said = f"{type(error).__name__}: {str(error)[:120]}"
            raise UnreadableError(f"the workbook is damaged ({said})", remedy="Open and save it again") from None


def _extras(packed: "zipfile.ZipFile", part: str) -> _Extras:
    merged: _Merged = {}
    formulas, tail = False, b""
    with packed.open(part) as xml:
        while chunk := xml.read(1 << 20):
            text = tail + chunk
            formulas = formulas or _FORMULA.search(text) is not None
            for left, top, right, bottom in _MERGED.findall(text):
                _cover(merged, _index(left), int(top), _index(right), int(bottom))
            tail = text[-200:]
    return _Extras(formulas, merged)


def _cover(merged: _Merged, left: int, top: int, right: int, bottom: int) -> None:
    """Cells of one column that are merged down hold what the first holds; titles over several columns fill nothing."""
    if left != right or bottom - top > MAX_MERGED or len(merged) > MAX_MERGED:
        return
    for row in range(top + 1, bottom + 1):
        merged.setdefault(row, []).append((left, top))


def _index(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _rows(sheet: Any, formulas: Any, merged: _Merged) -> Iterator[Row]:
    sheet.reset_dimensions()
    values = sheet.iter_rows(values_only=True, max_col=None)
    if formulas is not None:
        formulas.reset_dimensions()
        written: Iterable[Sequence[Any]] = formulas.iter_rows(values_only=True)
    else:
        written = itertools.repeat(())
    tops = {(top, column) for found in merged.values() for column, top in found}
    kept: dict[tuple[int, int], str] = {}
    with _translated(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, (cells, formula) in enumerate(zip(values, written, strict=False), 1):
            row = _row(number, cells[:MAX_COLUMNS], formula)
            yield _filled(row, merged, tops, kept) if merged else row


def _row(number: int, cells: Sequence[Any], written: Sequence[Any]) -> Row:
    faults: set[str] = set()
    texts = [(_plain(c) if "_x" in c else c) if type(c) is str else _text(c, faults) for c in cells]
    for value, formula in zip(cells, written, strict=False):
        if value is None and type(formula) is str and formula.startswith("="):
            faults.add("formula")
    return Row(number, texts, tuple(sorted(faults))) if faults else Row(number, texts)


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _plain(value: str) -> str:
    """A text without the escapes of the format: _x005A_ stands for Z, _x000D_ for a line's end."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


def _text(value: object, faults: set[str]) -> str:
    """A value as its cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        faults.add("date")
    return str(value)


def _filled(row: Row, merged: _Merged, tops: set[tuple[int, int]], kept: dict[tuple[int, int], str]) -> Row:
    """The row with what merged cells above it hold."""
    cells = row.cells
    kept.update({(row.number, at): cells[at] for at in range(len(cells)) if (row.number, at) in tops})
    for column, top in merged.get(row.number, ()):
        cells += [""] * (column + 1 - len(cells))
        cells[column] = cells[column] or kept.get((top, column), "")
    return row
