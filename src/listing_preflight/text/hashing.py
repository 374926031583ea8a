"""Hash runs of letters so that every window of a text costs one subtraction: a polynomial prefix hash mod 2**64."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt

from listing_preflight.storage.mapped import Packed, Part

U64 = npt.NDArray[Any]
Ints = npt.NDArray[Any]
Bools = npt.NDArray[Any]
"""Arrays of hashes (uint64), of places and numbers (int64 or smaller), of truth: names for readers; numpy widens as it goes."""

VERSION = 1
"""Changes whenever the hash of a string changes: index files of another version are refused."""
_BASE = 0x9E3779B97F4A7C15 | 1
_INVERSE = pow(_BASE, -1, 1 << 64)


class _Powers:
    """Powers of the base and of its inverse, as many as the longest batch so far needed."""

    def __init__(self) -> None:
        self.up = self.down = np.ones(1, np.uint64)

    def reach(self, count: int) -> None:
        if len(self.up) < count:
            size = max(1 << 12, 1 << count.bit_length())
            self.up, self.down = _geometric(_BASE, size), _geometric(_INVERSE, size)


def _geometric(base: int, size: int) -> U64:
    out = np.full(size, base, np.uint64)
    out[0] = 1
    return np.cumprod(out, dtype=np.uint64)


_powers = _Powers()


def powers(count: int) -> U64:
    """At least `count` powers of the base, from the zeroth on."""
    _powers.reach(count)
    return _powers.up


def inverse_powers(count: int) -> U64:
    """At least `count` powers of the base's inverse, from the zeroth on."""
    _powers.reach(count)
    return _powers.down


def letter_values(codes: npt.NDArray[Any]) -> U64:
    """One 64-bit value for each code point (splitmix64)."""
    x = codes.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def prefixes(values: U64) -> U64:
    """Running hash before each letter and after the last, of letters given by their values."""
    _powers.reach(len(values) + 1)
    out = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * _powers.up[: len(values)], out=out[1:])
    return out


def spans(running: U64, first: Ints, last: Ints) -> U64:
    """Hashes of the half-open spans of letters, wherever they stand."""
    return (running[last] - running[first]) * _powers.down[first]


def hash_texts(texts: list[str]) -> U64:
    """Hashes of whole strings."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    first = np.concatenate([np.zeros(1, np.int64), ends[:-1]]) if len(texts) else ends
    return spans(prefixes(letter_values(codes)), first, ends)


def slots(hashes: U64, bits: int) -> Ints:
    """Where hashes fall in a table of 2**bits places: their uppermost bits, which every letter has a part in."""
    return (hashes >> np.uint64(64 - bits)).astype(np.int64)


_BIT = np.left_shift(1, np.arange(8)).astype(np.uint8)


class Sieve:
    """A bitmap that says of a hash "certainly not" or "perhaps"."""

    def __init__(self, hashes: U64, bits_each: int = 16) -> None:
        self.bits = min(36, max(10, int(len(hashes) * bits_each).bit_length()))
        met = np.zeros(1 << self.bits, np.bool_)
        met[slots(hashes, self.bits)] = True
        self.table = np.packbits(met, bitorder="little")

    def packed(self) -> Packed:
        """The arrays to write."""
        yield "table", self.table

    @classmethod
    def over(cls, part: Part) -> Self:
        """A sieve of an open file."""
        found = cls.__new__(cls)
        found.table = part["table"]
        found.bits = len(found.table).bit_length() + 2
        if len(found.table) != 1 << (found.bits - 3):
            raise part.fault("is damaged (sieve)")
        return found

    def __call__(self, hashes: U64) -> Bools:
        """Which hashes may be among the keys; never wrong about no."""
        at: Any = (hashes >> np.uint64(64 - self.bits)).astype(np.uint32 if self.bits <= 32 else np.int64)
        return (self.table[at >> 3] & _BIT[at & 7]) != 0


class Groups:
    """From a hash to the numbers filed under it: sorted hashes, in buckets by their uppermost bits, and their numbers."""

    def __init__(self, hashes: U64, numbers: npt.NDArray[np.integer]) -> None:
        order = np.argsort(hashes, kind="stable")
        self.keys, starts = np.unique(hashes[order], return_index=True)
        self.numbers = numbers[order].astype(np.int32)
        self.starts = np.concatenate([starts, [len(hashes)]]).astype(np.int32)
        self.sieve = Sieve(self.keys)
        self.bits = max(4, len(self.keys).bit_length())
        counts = np.bincount(slots(self.keys, self.bits), minlength=1 << self.bits)
        self.longest = int(counts.max())
        self.buckets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def packed(self) -> Packed:
        """The arrays to write."""
        yield from (("keys", self.keys), ("numbers", self.numbers), ("starts", self.starts), ("buckets", self.buckets))
        yield "longest", np.array([self.longest], np.int32)
        yield from ((f"sieve/{name}", array) for name, array in self.sieve.packed())

    @classmethod
    def over(cls, part: Part) -> Self:
        """Groups of an open file."""
        found = cls.__new__(cls)
        found.keys, found.numbers, found.starts = part["keys"], part["numbers"], part["starts"]
        found.sieve, found.buckets = Sieve.over(part.at("sieve")), part["buckets"]
        found.longest, found.bits = int(part["longest"][0]), len(found.buckets).bit_length() - 1
        if len(found.buckets) != (1 << found.bits) + 1 or len(found.starts) != len(found.keys) + 1:
            raise part.fault("is damaged (groups)")
        return found

    def _locate(self, hashes: U64) -> tuple[Ints, Ints]:
        """Which of the hashes are known, and where."""
        asked = np.flatnonzero(self.sieve(hashes))
        if not len(asked) or not len(self.keys):
            return asked[:0], asked[:0]
        hashes = hashes[asked]
        bucket = slots(hashes, self.bits)
        at = self.buckets[bucket]
        last = np.minimum(self.buckets[bucket + 1], len(self.keys) - 1)
        for _ in range(self.longest):
            below = (self.keys[at] < hashes) & (at < last)
            if not below.any():
                break
            at = at + below
        good = np.flatnonzero(self.keys[at] == hashes)
        return asked[good], at[good]

    def find(self, hashes: U64) -> tuple[Ints, Ints]:
        """Pairs of (which hash asked, number filed under it)."""
        asked, at = self._locate(hashes)
        starts = self.starts[at]
        counts = self.starts[at + 1] - starts
        most = int(counts.max(initial=1))
        if most == 1:
            return asked, self.numbers[starts]
        if most > len(self.numbers):
            raise IndexError("more numbers than there are")
        return np.repeat(asked, counts), self.numbers[ranges(starts, counts)]

    def has(self, hashes: U64) -> Bools:
        """Whether anything is filed under each hash."""
        out = np.zeros(len(hashes), np.bool_)
        out[self._locate(hashes)[0]] = True
        return out


def distinct(values: Ints) -> Ints:
    """Integers in order, each once: without the masked arrays that `np.unique` loads, a tenth of a start."""
    return firsts(values)[0]


def firsts(values: Ints) -> tuple[Ints, Ints]:
    """The same with the place of the first of each among the values."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    new = np.concatenate([np.ones(min(1, len(ordered)), np.bool_), ordered[1:] != ordered[:-1]])
    return ordered[new], order[new]


def ranges(starts: Ints, counts: Ints) -> Ints:
    """The numbers of several ranges, one range after the other."""
    total = int(counts.sum())
    if not total:
        return np.zeros(0, np.int64)
    ends = np.cumsum(counts)
    return np.arange(total) - np.repeat(ends - counts - starts, counts)
