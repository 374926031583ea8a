"""What is told once a file: columns and keys with words that were not read, damage that was mended without loss."""

from collections.abc import Iterator, Mapping, Sequence

from listing_preflight.model.listing import Note, Origin
from listing_preflight.readers.rows import holds_words

MOST = 200
"""Names that are told of one file."""


class Unread:
    """Columns that no field is read from, watched for words until some are met."""

    def __init__(self, columns: Mapping[int, str]) -> None:
        self._watched = dict(columns)
        self._found: dict[int, str] = {}

    def see(self, cells: Sequence[str]) -> None:
        """Look at one row; a column is watched until it has shown words."""
        if not self._watched:
            return
        width = len(cells)
        for at in [at for at in self._watched if at < width and cells[at] and holds_words(cells[at])]:
            self._found[at] = self._watched.pop(at)

    def beyond(self, cells: Sequence[str], width: int) -> None:
        """Look at the cells right of the last column that has a header."""
        for at in range(width, min(len(cells), width + MOST)):
            if at not in self._found and holds_words(cells[at]):
                self._found[at] = nameless(at)

    def notes(self, file: str, sheet: str | None) -> Iterator[Note]:
        """One note, where columns hold words."""
        if self._found:
            yield not_read([self._found[at] for at in sorted(self._found)], file, sheet)


def nameless(at: int) -> str:
    """What a column without a header is called; `at` counts from 0."""
    return f"column {at + 1} (no header)"


def not_read(names: Sequence[str], file: str, sheet: str | None = None) -> Note:
    """The note on columns or keys with words that were not read."""
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return Note(
        origin=Origin(file=file, sheet=sheet), detail=f"columns with text that were not read{more}; read them with --mapping",
        columns=tuple(names[:MOST]),
    )  # fmt: skip
