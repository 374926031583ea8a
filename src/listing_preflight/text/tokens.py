"""Number the distinct tokens of a process's texts, with all that matching asks of a token; a bounded memo in arrays."""

import contextlib
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from listing_preflight.text.core import core
from listing_preflight.text.hashing import U64, Bools, Ints, slots

BEGINS, LOOKS, WORD, GLUE, STRANGE, MEETS, NEAR, WIDE, MIRRORS, ODD = (1 << n for n in range(10))
"""A name may begin so; by its looks; an ordinary word; a name that may stand glued; neither word nor name; a name or its
plural; something is misspelt or glued in it; of a script without spaces; looks like a name; neither a usual word nor a name."""
FIRST, LAST = {2: 1 << 10, 3: 1 << 11, 4: 1 << 12}, {2: 1 << 13, 3: 1 << 14, 4: 1 << 15}
"""The first or the last token of a name of so many tokens."""
LIMIT = 1 << 20
"""Tokens that are remembered before the memo starts anew."""


@contextlib.contextmanager
def whole(forget: Callable[[], object]) -> Iterator[None]:
    """A memo learns all of something or forgets everything: what ran out of memory half-way would answer for other tokens."""
    try:
        yield
    except BaseException:
        forget()
        raise


class Numbers:
    """Distinct hashes in the order in which they were met: an open-addressed table that grows."""

    def __init__(self) -> None:
        self.count = 0
        self.hash: U64 = np.zeros(1 << 12, np.uint64)
        self._bits = 14
        self._slots = np.full(1 << self._bits, -1, np.int32)

    def find(self, hashes: U64) -> Ints:
        """The number of each hash, -1 where it was never met."""
        module = core().module
        if module is not None:
            raw = module.find(np.ascontiguousarray(hashes), self.hash, self._slots, self._bits)
            return np.frombuffer(raw, np.int64).copy()
        at = slots(hashes, self._bits)
        out = self._slots[at]
        open_ = np.flatnonzero((out >= 0) & (self.hash[out] != hashes))
        while len(open_):
            at[open_] = (at[open_] + 1) & (len(self._slots) - 1)
            out[open_] = self._slots[at[open_]]
            found = out[open_]
            open_ = open_[(found >= 0) & (self.hash[found] != hashes[open_])]
        return out

    def table(self) -> tuple[U64, npt.NDArray[np.int32], int]:
        """The hash of each number, and the table from hashes to numbers with the bits of its size."""
        return self.hash, self._slots, self._bits

    def add(self, hashes: U64) -> None:
        """Number new, distinct hashes."""
        last = self.count + len(hashes)
        if last > len(self.hash):
            self.hash = np.concatenate([self.hash[: self.count], hashes, np.zeros(last, np.uint64)])
        self.hash[self.count : last] = hashes
        if last * 3 > len(self._slots):
            self._bits = int(last * 6).bit_length()
            self._slots = np.full(1 << self._bits, -1, np.int32)
            self._place(np.arange(last))
        else:
            self._place(np.arange(self.count, last))
        self.count = last

    def _place(self, numbers: Ints) -> None:
        at = slots(self.hash[numbers], self._bits)
        while len(numbers):
            free = self._slots[at] < 0
            self._slots[at[free]] = numbers[free]
            lost = self._slots[at] != numbers
            numbers, at = numbers[lost], (at[lost] + 1) & (len(self._slots) - 1)


class Traits:
    """One row for each numbered token, and room for more: columns grow to twice their size."""

    def __init__(self) -> None:
        self.count = 0
        self.length = np.zeros(0, np.int64)
        self.flags = np.zeros(0, np.uint16)
        self.shape: U64 = np.zeros(0, np.uint64)
        self.shape_length = np.zeros(0, np.int64)
        self.letters: U64 = np.zeros(0, np.uint64)
        self.digits = np.zeros(0, np.int64)
        self.tail = np.zeros(0, np.int64)
        self.key = np.zeros(0, np.int64)

    def extend(self, **columns: npt.NDArray[np.generic]) -> None:
        """Add rows, one column after the other."""
        more = len(columns["length"])
        for name, values in columns.items():
            column = getattr(self, name)
            if self.count + more > len(column):
                column = np.concatenate([column, np.zeros(max(len(column), more), column.dtype)])
                setattr(self, name, column)
            column[self.count : self.count + more] = values
        self.count += more


def mark(condition: Bools, flag: int) -> npt.NDArray[np.uint16]:
    """A flag where a condition holds."""
    return condition.astype(np.uint16) * np.uint16(flag)
