"""Write the corrected copy in the format of its original."""

from collections.abc import Callable, Mapping, Sequence
from typing import IO

from listing_preflight.decisions.fixing import delimited, json_text, workbook, xml_text
from listing_preflight.decisions.fixing.changes import Change
from listing_preflight.errors import UsageError
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import Choice
from listing_preflight.readers.source import Source
from listing_preflight.readers.tables import TableFormat

Write = Callable[[Source, ReadOptions, Mapping[str | None, Sequence[str]], Sequence[Change], IO[bytes]], None]
_WRITERS: Mapping[str, Write] = {
    "text": delimited.write, "workbook": workbook.write, "json": json_text.write, "xml": xml_text.write,
}  # fmt: skip


def check(choice: Choice, source: Source) -> None:
    """UsageError where no copy can be written of what the file comes in."""
    if choice.seen.carrier not in _WRITERS:
        what = f"a copy of {choice.format.title} in {choice.seen.carrier} cannot be written"
        raise UsageError(what, where=source.shown, remedy="Export it as CSV, XLSX, JSON or XML")


def write(source: Source, choice: Choice, options: ReadOptions, changes: Sequence[Change], out: IO[bytes]) -> None:
    """Copy a file with its changes; UnreadableError where a cell cannot be placed."""
    headers: Mapping[str | None, Sequence[str]] = {}
    if isinstance(choice.format, TableFormat):
        headers = choice.format.headers(choice.seen)
    _WRITERS[choice.seen.carrier](source, options, headers, changes, out)
