"""JSON Lines of native listings as columns, by the compiled core: texts that can be sifted before a line is read in earnest."""

import functools
import re
from types import ModuleType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from listing_preflight.text.hashing import Ints
from listing_preflight.text.sift import Texts
from listing_preflight.text.stream import taken

BLANK, NATIVE, LEFT = 0, 1, 2
"""What a line is: nothing, surely a plain native listing, or for who reads in earnest."""
_COLUMNS = 8
_FOLDED = 0x10000
"""Characters whose case is folded by a table; nothing beyond is white space."""
_BLOCK = 256
_SEED = hash("paragraph") & ((1 << 64) - 1)
"""Another one in every process, so that nobody can write two paragraphs of one number."""


class Some(NamedTuple):
    """Texts of one width, and the line of each."""

    texts: Texts
    line: Ints


class Lines(NamedTuple):
    """Lines as columns: start, end, what each is, span of id and of marketplace, and twice the number of its title, odd for a wider one.

    `paragraphs` are line and number of each; the numbers of those of texts that are `unnumbered` (as titles are told) are told elsewhere.
    """

    columns: Ints
    plain: Some
    wide: Some
    paragraphs: Ints
    unnumbered: Ints

    def of(self, number: int) -> tuple[int, str]:
        """The line of a text, and the text, by twice its number, odd for a wider one."""
        some = self.wide if number & 1 else self.plain
        return int(some.line[number >> 1]), some.texts.text(number >> 1)


def read_lines(module: ModuleType, data: bytes, shortest: int) -> Lines:
    """Whole lines of UTF-8; paragraphs of at least `shortest` characters are numbered."""
    columns, plain, plain_texts, wide, wide_texts, paragraphs, unnumbered = module.lines(data, _SEED, shortest, _fold())
    return Lines(
        taken(columns, np.int64).reshape(-1, _COLUMNS),
        _some(plain, 1, plain_texts),
        _some(wide, 4, wide_texts),
        taken(paragraphs, np.int64).reshape(-1, 2),
        taken(unnumbered, np.int64),
    )


def number_of(module: ModuleType, plain: str) -> int:
    """The number of what a paragraph says without case; any blanks between the words are one."""
    if plain.isascii():
        return int(module.key(plain.encode(), 1, _SEED, _fold()))
    written = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), np.uint32)
    return int(module.key(written, 4, _SEED, _fold()))


@functools.cache
def _fold() -> npt.NDArray[np.uint32]:
    """What characters are without case: 0 where that is several, a blank for all white space."""
    text = "".join(map(chr, range(_FOLDED)))
    folded = "".join([_folded(text[n : n + _BLOCK]) for n in range(0, _FOLDED, _BLOCK)])
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    codes[[ord(blank) for blank in re.findall(r"\s", text)]] = ord(" ")
    return codes


def _folded(block: str) -> str:
    """A block without case, one character for each."""
    folded = block.casefold()
    return folded if len(folded) == len(block) else "".join([f if len(f := c.casefold()) == 1 else "\0" for c in block])


def _some(raw: bytes, width: int, told: bytes) -> Some:
    line, starts = taken(told, np.int64).reshape(-1, 2).T
    return Some(Texts(raw, width, np.append(starts, len(raw) // width)), line)


__all__ = ["BLANK", "LEFT", "NATIVE", "Lines", "Some", "number_of", "read_lines"]
