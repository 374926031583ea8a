"""Words in one mapped file: sorted hashes in buckets by their uppermost bits, and a byte or two of traits beside each."""

import functools
import operator
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import numpy as np

from listing_preflight.storage.mapped import Packed, Part, Sections
from listing_preflight.text.hashing import U64, hash_texts, letter_values, powers, slots
from listing_preflight.text.vocabulary import Traits

_BUCKET = 2
"""Words of a bucket as a power of two: a look-up compares four hashes on average."""
_ENGLISH = 0x80
_LONGEST = 128
"""Letters up to which a string may be a word."""
_MASK = (1 << 64) - 1


class _Values(dict[str, int]):
    """The hash value of each letter that was met."""

    def __missing__(self, letter: str) -> int:
        value = int(letter_values(np.array([ord(letter)], np.uint32))[0])
        self[letter] = value
        return value


_value = _Values().__getitem__


@functools.cache
def _powers() -> list[int]:
    return powers(_LONGEST)[:_LONGEST].tolist()


def hash_word(word: str) -> int:
    """The hash of one string, the same as `hash_texts` gives: without the cost of arrays of one."""
    return sum(map(operator.mul, map(_value, word), _powers())) & _MASK


def packed(words: Mapping[str, Traits]) -> Packed:
    """The arrays to write."""
    hashes = hash_texts(list(words))
    order = np.argsort(hashes)
    keys = hashes[order]
    if len(np.unique(keys)) != len(keys):
        raise ValueError("two words share a hash")
    bits = max(4, len(keys).bit_length() - _BUCKET)
    counts = np.bincount(slots(keys, bits), minlength=1 << bits)
    traits = list(words.values())
    yield "keys", keys
    yield "buckets", np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
    yield "zipf", np.array([t.zipf | _ENGLISH * t.english for t in traits], np.uint8)[order]
    yield "foreign", np.array([t.foreign for t in traits], np.uint8)[order]
    for kind in ("usual", "common"):
        yield kind, np.sort(hashes[np.array([getattr(t, kind) for t in traits], np.bool_)])


class WordTable:
    """The words of an open file; nothing is read before a word is asked for."""

    def __init__(self, part: Part) -> None:
        self._part = part
        keys, buckets = part["keys"], part["buckets"]
        self._shift = 64 - (len(buckets).bit_length() - 1)
        if len(buckets) != (1 << (64 - self._shift)) + 1 or int(buckets[-1]) != len(keys):
            raise part.fault("is damaged (words)")
        self._keys, self._buckets = keys.data, buckets.data
        self._zipf, self._foreign = part["zipf"].data, part["foreign"].data

    @classmethod
    def open(cls, path: Path) -> Self:
        """The words of a file."""
        return cls(Sections(path).at("words"))

    def get(self, word: str) -> Traits | None:
        """What is known of a word."""
        if len(word) > _LONGEST:
            return None
        wanted = hash_word(word)
        bucket = wanted >> self._shift
        for at in range(self._buckets[bucket], self._buckets[bucket + 1]):
            if self._keys[at] == wanted:
                zipf = self._zipf[at]
                return Traits(zipf & ~_ENGLISH, self._foreign[at], zipf >= _ENGLISH)
        return None

    def hashes(self, kind: str) -> U64:
        """The sorted hashes of words of a kind."""
        return self._part["keys" if kind == "any" else kind]
