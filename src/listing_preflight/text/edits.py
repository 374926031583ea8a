"""Find names that a window of text may misspell: names and windows that are equal after letters are taken out."""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from listing_preflight.storage.mapped import Packed, Part
from listing_preflight.text import gates
from listing_preflight.text.hashing import U64, Bools, Groups, Ints, distinct, letter_values, powers
from listing_preflight.text.names import Form

PREFIX = 7
"""Letters at the start of a name whose deletions are kept: enough to meet every name within two edits."""
FEW = 6
"""Letters of a window up to which only names within one edit are long enough."""
_PAIRS = [(a, b) for a, b in itertools.combinations(range(PREFIX), 2)]
_A = np.array([PREFIX, *range(PREFIX), *(a for a, _ in _PAIRS)])
_B = np.array([PREFIX, *(PREFIX for _ in range(PREFIX)), *(b for _, b in _PAIRS)])
_CODES = 201
"""Codes of up to two digits, and a last place that stays empty for more of them."""
_ONE_CUT = 1 + PREFIX


class Windows(NamedTuple):
    """Windows of letters: their first letters' values (rows of PREFIX, zero after the end), length, letters and digits."""

    values: U64
    length: Ints
    letters: U64


class EditTable:
    """Names that windows of so many tokens may misspell, filed under what deletions leave of their first letters."""

    def __init__(self, forms: Sequence[Form], tokens: int) -> None:
        mine = [f for f in forms if gates.edit_limit(f) and (tokens == 1 or len(f.lengths) == tokens)]
        self.form = np.array([f.id for f in mine], np.int64)
        self.length = np.array([len(f.key) for f in mine], np.int64)
        self.limit = np.array([gates.edit_limit(f) for f in mine], np.int64)
        self.letters = letter_sets([f.key for f in mine])
        self.digits = digit_codes([f.key for f in mine])
        cuts = cut_hashes(first_values([f.key for f in mine]))
        row, column = np.divmod(np.arange(cuts.size), len(_A))
        exists = _valid(self.length[row], self.limit[row] == 2, column)
        row, column = row[exists], column[exists]
        self.groups = Groups(cuts[row, column], row)
        self.meet_digits()

    def meet_digits(self) -> None:
        """Note which digits names have."""
        self._digits_met = np.zeros(_CODES, np.bool_)
        self._digits_met[self.digits[self.digits < _CODES]] = True

    def packed(self) -> Packed:
        """The arrays to write."""
        yield from (("form", self.form), ("length", self.length), ("limit", self.limit))
        yield from (("letters", self.letters), ("digits", self.digits))
        yield from ((f"groups/{name}", array) for name, array in self.groups.packed())

    @classmethod
    def over(cls, part: Part) -> Self:
        """A table of an open file."""
        found = cls.__new__(cls)
        found.form, found.length, found.limit = part["form"], part["length"], part["limit"]
        found.letters, found.digits, found.groups = part["letters"], part["digits"], Groups.over(part.at("groups"))
        found.meet_digits()
        return found

    def candidates(self, windows: Windows, digits: Ints) -> tuple[Ints, Ints]:
        """Pairs of (window, row of this table) that may be within the row's edit limit."""
        rows = np.flatnonzero(self._digits_met[digits])
        if not len(rows) or not len(self.form):
            return rows[:0], rows[:0]
        cuts = cut_hashes(windows.values[rows])
        at = np.flatnonzero(self.groups.sieve(cuts.ravel()))
        row, column = at // len(_A), at % len(_A)
        exists = _valid(windows.length[rows][row], windows.length[rows][row] > FEW, column)
        row, column = row[exists], column[exists]
        asked, form = self.groups.find(cuts[row, column])
        window = rows[row[asked]]
        apart = np.abs(windows.length[window] - self.length[form])
        differ = bit_counts(windows.letters[window] ^ self.letters[form])
        limit = self.limit[form]
        near = (apart <= limit) & (differ <= 2 * limit) & (digits[window] == self.digits[form])
        pairs = distinct(window[near] * len(self.form) + form[near])
        return pairs // len(self.form), pairs % len(self.form)


def _valid(length: Ints, two: Bools, column: Ints) -> Bools:
    """Whether a cut exists: cut letters lie in the word, two of them only where two edits are allowed."""
    known = np.minimum(length, PREFIX)
    inside = ((_A[column] < known) | (_A[column] == PREFIX)) & ((_B[column] < known) | (_B[column] == PREFIX))
    return inside & (two | (column < _ONE_CUT))


def cut_hashes(values: U64) -> U64:
    """Hashes of what is left of rows of PREFIX letters after none, one or two of them are taken out."""
    inverse = np.uint64(pow(int(powers(2)[1]), -1, 1 << 64))
    run = np.zeros((len(values), PREFIX + 2), np.uint64)
    np.cumsum(values * powers(PREFIX)[:PREFIX], axis=1, out=run[:, 1 : PREFIX + 1])
    run[:, PREFIX + 1] = run[:, PREFIX]
    middle, rest = run[:, _B] - run[:, _A + 1], run[:, [PREFIX]] - run[:, _B + 1]
    # where nothing is cut the three parts are the whole, an empty middle and an empty rest
    return run[:, _A] + (middle + rest * inverse) * inverse


def first_values(words: Sequence[str]) -> U64:
    """Values of the first letters of words, rows of PREFIX."""
    starts = [w[:PREFIX] for w in words]
    codes = np.frombuffer(
        "".join(s.ljust(PREFIX, "\0") for s in starts).encode("utf-32-le", "surrogatepass"), np.uint32
    )
    out = letter_values(codes)
    out[codes == 0] = 0
    return out.reshape(-1, PREFIX)


def letter_sets(words: Sequence[str]) -> U64:
    """The letters of each word as bits; letters that share a bit only make words look more alike."""
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))
    out = np.zeros(len(words), np.uint64)
    some = np.flatnonzero(np.diff(ends, prepend=0))
    if len(some):
        bits = np.left_shift(np.uint64(1), codes.astype(np.uint64) & np.uint64(63))
        out[some] = np.bitwise_or.reduceat(bits, np.concatenate([[0], ends[some[:-1]]]))
    return out


def digit_codes(words: Sequence[str]) -> Ints:
    """The ASCII digits of each word as a number with a leading one; 1 when there are none."""
    return np.array([int("1" + "".join(_DIGIT.findall(w))[:9]) for w in words], np.int64)


_DIGIT = re.compile("[0-9]")


def bit_counts(x: U64) -> npt.NDArray[np.uint64]:
    """How many bits are set."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)
