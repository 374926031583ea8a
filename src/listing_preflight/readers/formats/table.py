"""Any table: its header row is the one with most known columns; columns are read by what they are called or hold."""

import re

from listing_preflight.readers.columns import Column, Layout, target_of
from listing_preflight.readers.draft import FACTS, IGNORE, UNREAD
from listing_preflight.readers.rows import Head, Row
from listing_preflight.readers.tables import TableFormat

PICTURE = re.compile(r"(?:https?:)?//\S+\.(?:jpe?g|png|webp|gif|avif|bmp|tiff?)(?:[?#,;|\s]\S*)?", re.IGNORECASE)
"""An address that ends as those of pictures do."""
_NO_TEXT = (None, IGNORE, "id", "marketplace", "category", *FACTS)
LOOKED_THROUGH = 12
"""First rows among which the header may stand below a preface."""
_WORDS_OF_A_HEADER = 4
"""Words of a column's name where only one of a row is known; more are a sentence."""


def _known(row: Row) -> int:
    """How many columns of a row, taken for a header, are known; 0 where none of them holds text."""
    targets = [target_of(h) for h in row.cells]
    return sum(1 for t in targets if t is not None) if any(t not in _NO_TEXT for t in targets) else 0


def _layout(head: Head) -> Layout | None:
    best = max(head.rows[:LOOKED_THROUGH], key=_known, default=None)
    if best is None or not _known(best) or not _heads(best, head):
        return None
    return layout_at(head, best, f"row {best.number} is a header with {_known(best)} known columns")


def _heads(row: Row, head: Head) -> bool:
    """Whether a row with known columns is a header, and no line of a letter in which a comma stands before "description".

    What stands above a header is read by nobody: below it there have to be rows, and in it two columns that are known. One is
    enough in the first row, where none of the others is a sentence.
    """
    if row is not head.rows[0]:
        return row is not head.rows[-1] and _known(row) > 1
    return _known(row) > 1 or all(len(cell.split()) <= _WORDS_OF_A_HEADER for cell in row.cells)


def layout_at(head: Head, row: Row, reason: str) -> Layout:
    """The layout of a table whose header stands in a row."""
    header = [h.strip() for h in row.cells]
    columns = tuple(_column(name, at, head, row.number) for at, name in enumerate(header))
    return Layout(reason, columns, row.number + 1)


def _column(name: str, at: int, head: Head, header: int) -> Column:
    target = target_of(name) or (UNREAD if not _pictures(at, head, header) else "image")
    return Column(name, target, name if target == "attributes" else None)


def _pictures(at: int, head: Head, header: int) -> bool:
    """Whether a column of an unknown name holds addresses of pictures."""
    cells = [row.cells[at].strip() for row in head.rows if row.number > header and at < len(row.cells)]
    filled = [c for c in cells if c]
    return bool(filled) and all(PICTURE.match(c) for c in filled)


def _first_row(head: Head) -> Layout | None:
    return layout_at(head, head.rows[0], "a table whose columns the mapping tells") if head.rows else None


FORMAT = TableFormat(name="table", title="delimited table or sheet with a header", layout=_layout)
MAPPED = TableFormat(name="table", title="table read by a mapping", layout=_first_row)
"""The same where only the user's mapping tells what the columns are."""
