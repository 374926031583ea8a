"""JSON Lines of native listings as columns, by the compiled core: texts that can be sifted before a line is read in earnest."""

from types import ModuleType
from typing import NamedTuple

import numpy as np

from listing_preflight.text.hashing import Ints
from listing_preflight.text.sift import Texts
from listing_preflight.text.stream import taken

BLANK, NATIVE, LEFT = 0, 1, 2
"""What a line is: nothing, surely a plain native listing, or for who reads in earnest."""
_COLUMNS = 8
_SEED = hash("paragraph") & ((1 << 64) - 1)
"""Another one in every process, so that nobody can write two paragraphs of one number."""


class Some(NamedTuple):
    """Texts of one width, and the line of each."""

    texts: Texts
    line: Ints


class Lines(NamedTuple):
    """Lines as columns: start, end, what each is, span of id and of marketplace, and twice the number of its title, odd for a wider one.

    `paragraphs` are line and number of those of ASCII texts, `unnumbered` the wider texts that hold paragraphs.
    """

    columns: Ints
    plain: Some
    wide: Some
    paragraphs: Ints
    unnumbered: Ints

    def title(self, number: int) -> str:
        """A title by its number in `columns`; empty for -1."""
        some = self.wide if number & 1 else self.plain
        return some.texts.text(number >> 1) if number >= 0 else ""


def read_lines(module: ModuleType, data: bytes, shortest: int) -> Lines:
    """Whole lines of UTF-8; paragraphs of at least `shortest` characters are numbered."""
    columns, plain, plain_texts, wide, wide_texts, paragraphs, unnumbered = module.lines(data, _SEED, shortest)
    return Lines(
        taken(columns, np.int64).reshape(-1, _COLUMNS),
        _some(plain, 1, plain_texts),
        _some(wide, 4, wide_texts),
        taken(paragraphs, np.int64).reshape(-1, 2),
        taken(unnumbered, np.int64),
    )


def number_of(module: ModuleType, paragraph: str) -> int:
    """The number of a paragraph of ASCII: the same for the same words, whatever the blanks between and the case."""
    found: int = module.key(paragraph, _SEED)
    return found


def _some(raw: bytes, width: int, told: bytes) -> Some:
    line, starts = taken(told, np.int64).reshape(-1, 2).T
    return Some(Texts(raw, width, np.append(starts, len(raw) // width)), line)


__all__ = ["BLANK", "LEFT", "NATIVE", "Lines", "Some", "number_of", "read_lines"]
