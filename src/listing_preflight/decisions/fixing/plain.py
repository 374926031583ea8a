"""Text of a file in which every byte can be put back: bytes as characters, or the decoded text of a wide encoding."""

from collections.abc import Iterator
from dataclasses import dataclass

from listing_preflight.errors import UnreadableError
from listing_preflight.readers.encodings import MARKED
from listing_preflight.readers.source import Source

MAX_BYTES = 1 << 30
"""Bytes of a file that is corrected as a whole; larger exports come as tables, which are corrected row by row."""


@dataclass(frozen=True, slots=True)
class Plain:
    """How the text of a file is held: `wide` encodings (UTF-16, UTF-32) decoded, all others one character a byte."""

    encoding: str

    @property
    def wide(self) -> bool:
        """Whether ASCII characters take more than one byte."""
        return self.encoding.startswith(("utf-16", "utf-32"))

    @property
    def held(self) -> str:
        """The encoding that the file is opened in."""
        return self.encoding if self.wide else "latin-1"

    @property
    def errors(self) -> str:
        """How halves of characters are held."""
        return "surrogatepass" if self.wide else "strict"

    def shown(self, held: str) -> str:
        """What a piece of held text says."""
        if self.wide:
            return held
        encoding = "utf-8" if self.encoding == "utf-8-sig" else self.encoding
        return held.encode("latin-1").decode(encoding, MARKED)

    def hold(self, text: str, where: str) -> str:
        """A text as it is held; UnreadableError where the file's encoding cannot write it."""
        if self.wide:
            return text
        encoding = "utf-8" if self.encoding == "utf-8-sig" else self.encoding
        try:
            return text.encode(encoding).decode("latin-1")
        except UnicodeEncodeError as e:
            bad = text[e.start : e.start + 1]
            raise UnreadableError(
                f"{bad!r} cannot be written in {encoding}", where=where, remedy="Accept other rewrites"
            ) from None


def whole(source: Source, plain: Plain) -> str:
    """All of a file as held text."""
    if (source.length or 0) > MAX_BYTES:
        raise UnreadableError(f"is larger than {MAX_BYTES >> 20} MB", where=source.shown, remedy="Split it")
    with source.binary() as raw:
        data = raw.read(MAX_BYTES)
    try:
        text = data.decode(plain.held, plain.errors)
    except UnicodeDecodeError as e:
        raise UnreadableError(
            f"is damaged at byte {e.start}", where=source.shown, remedy="Save it again as UTF-8"
        ) from None
    return text


def line_starts(text: str) -> Iterator[int]:
    """The offset of every line."""
    at = 0
    while at >= 0:
        yield at
        end = text.find("\n", at)
        at = end + 1 if end >= 0 else -1


def cannot_place(where: str, column: str) -> UnreadableError:
    """The error for a cell that is not where it was read."""
    return UnreadableError(
        f"the text of {column!r} is not one cell of the file",
        where=where,
        remedy="Correct it by hand; accept the others by id",
    )
