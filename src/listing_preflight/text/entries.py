"""The entries of a register's keys: read from the file when a key is first met, kept in arrays from then on."""

from typing import NamedTuple, Self

import numpy as np

from listing_preflight.storage.mapped import Array, Packed, Part
from listing_preflight.text.hashing import U64, Ints, firsts, letter_values, ranges
from listing_preflight.text.tokens import LIMIT, Numbers, whole

ALIAS, COMMON = 1, 2
"""Flags of an entry: an alias of its mark; an ordinary word, short, or made of ordinary words alone."""
SEVERAL = 0xFFFF
"""Status of an entry whose mark has several registrations: asked of the mark itself."""
_WORDS = 4
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


class Masks(NamedTuple):
    """What each mark covers: Nice classes (bit 0: not known), offices as bits, number of its status, last day of its term."""

    classes: U64
    territory: U64
    status: Array
    expires: Array


class Columns(NamedTuple):
    """Entries, one row each: their number, their mark, its masks, the inner borders of the name as bits, and flags."""

    entry: Ints
    mark: Ints
    classes: U64
    territory: U64
    status: Array
    expires: Array
    bounds: Array
    flags: Array


def packed(starts: Ints, mark: Array, bounds: Array, flags: Array, masks: Masks) -> Packed:
    """The arrays to write: where the entries of each key begin, and entries of four words, so that one read brings all of one."""
    rows = np.empty((len(mark), _WORDS), np.uint64)
    rows[:, 0], rows[:, 1] = masks.territory[mark], masks.classes[mark]
    rows[:, 2] = mark.astype(np.uint64) | bounds.astype(np.uint64) << _HALF
    rows[:, 3] = masks.expires[mark].astype(np.int64).view(np.uint64) & _LOW
    rows[:, 3] |= masks.status[mark].astype(np.uint64) << _HALF | flags.astype(np.uint64) << np.uint64(48)
    yield "starts", starts.astype(np.uint32)
    yield "rows", rows.ravel()


def _columns(first: int, rows: U64) -> Columns:
    """Rows as columns; `first` is the number of the first of them."""
    third, last = rows[:, 2], rows[:, 3]
    return Columns(
        np.arange(first, first + len(rows)), (third & _LOW).astype(np.int64), rows[:, 1], rows[:, 0],
        (last >> _HALF & np.uint64(0xFFFF)).astype(np.uint32), (last & _LOW).astype(np.uint32).view(np.int32),
        (third >> _HALF).astype(np.uint32), (last >> np.uint64(48)).astype(np.uint8),
    )  # fmt: skip


class Entries:
    """A bounded memo of the keys that texts have named so far: a few thousand of millions."""

    def __init__(self, part: Part) -> None:
        self._part, self._starts, self._rows = part, part.far("starts"), part.far("rows")
        self.size = len(self._rows) // _WORDS
        if not len(self._starts) or int(self._starts[len(self._starts) - 1]) != self.size:
            raise part.fault("is damaged (entries)")
        self.forget()

    def forget(self) -> Self:
        """Begin anew."""
        self._numbers = Numbers()
        self._start = self._count = np.zeros(0, np.int64)
        self._known = _columns(0, np.zeros((0, _WORDS), np.uint64))
        return self

    def of(self, keys: Ints) -> tuple[Columns, Ints]:
        """The entries of keys, and which of the keys each belongs to."""
        if self._numbers.count > LIMIT or len(self._known.entry) > LIMIT * _WORDS:
            self.forget()
        hashes = letter_values(keys)
        number = self._numbers.find(hashes)
        missing = np.flatnonzero(number < 0)
        if len(missing):
            new, at = firsts(hashes[missing])
            with whole(self.forget):
                self._read(keys[missing[at]].tolist())
                self._numbers.add(new)
            number[missing] = self._numbers.find(hashes[missing])
        count = self._count[number]
        rows = ranges(self._start[number], count)
        return Columns(*(column[rows] for column in self._known)), np.repeat(np.arange(len(keys)), count)

    def _read(self, keys: list[int]) -> None:
        found = [self._of(key) for key in keys]
        counts = np.array([len(columns.entry) for columns in found], np.int64)
        self._start = np.append(self._start, len(self._known.entry) + np.cumsum(counts) - counts)
        self._count = np.append(self._count, counts)
        self._known = Columns(*(np.concatenate(column) for column in zip(self._known, *found, strict=True)))

    def _of(self, key: int) -> Columns:
        first, last = self._starts[key : key + 2].tolist()
        if not first < last <= self.size:
            raise self._part.fault("is damaged (entries)")
        return _columns(first, self._rows[first * _WORDS : last * _WORDS].reshape(-1, _WORDS))
