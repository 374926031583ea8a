"""Tables over code points: what folding makes of a character that stands alone, worked out block by block when met."""

import functools
import unicodedata

import numpy as np
import numpy.typing as npt

from listing_preflight.text import fold
from listing_preflight.text.hashing import U64, letter_values

SEPARATOR, LETTER, WIDE, SYMBOL, INVOLVED, SPACE = range(6)
"""Classes of characters. An involved one folds by its neighbours, to several letters or otherwise by its looks."""
_BLOCK = 256


class Charset:
    """Class, folded code point and hash value of every code point met so far."""

    def __init__(self) -> None:
        self.kind = np.zeros(0x110000, np.uint8)
        self.letter = np.zeros(0x110000, np.uint32)
        self.value: U64 = np.zeros(0x110000, np.uint64)
        self.ready = np.zeros(0x110000 // _BLOCK, np.bool_)

    def meet(self, codes: npt.NDArray[np.unsignedinteger]) -> None:
        """Make the tables hold for all these code points."""
        if not self.ready[0]:
            self.fill(0)
        high = codes[codes >= _BLOCK] if codes.dtype != np.uint8 else codes[:0]
        for block in np.flatnonzero(np.bincount(high >> 8)) if len(high) else ():
            if not self.ready[block]:
                self.fill(int(block))

    def fill(self, block: int) -> None:
        """Work out a block of characters."""
        for code in range(block * _BLOCK, (block + 1) * _BLOCK):
            self.kind[code], self.letter[code] = _classed(chr(code))
        codes = np.arange(block * _BLOCK, (block + 1) * _BLOCK)
        for some in (codes, self.letter[codes]):
            self.value[some] = letter_values(some)
        self.ready[block] = True


def _classed(char: str) -> tuple[int, int]:
    if char.isspace():
        return SPACE, 0
    if char in fold.SYMBOLS:
        return SYMBOL, 0
    joins = char in fold.VOICED or "\u1161" <= char <= "\u11ff" or fold.is_dropped_mark(char)
    folded = fold.fold_cluster(char)
    if joins or folded == "" or fold.looks_like(char, folded) is not None:
        return INVOLVED, 0
    if folded is None:
        return SEPARATOR, 0
    if len(folded) > 1 or unicodedata.category(char) == "Cs":
        return INVOLVED, 0
    return (WIDE if fold.is_wide(char) else LETTER), ord(folded)


@functools.cache
def charset() -> Charset:
    """The tables of this process."""
    return Charset()
