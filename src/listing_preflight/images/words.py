"""Which known pictures share many local features with a seen one: visual words, and signatures within them."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from listing_preflight.images.features import Bytes, Floats

BITS = 64
NEAR = 20
"""Bits of a signature's 64 that two features of one place may differ; of two places 32 do on average."""
KEPT = 6
"""Known features kept of those like a seen one, the most alike first: of stripes and grids there are thousands."""
FULL = 600
"""Features a word is meant to hold."""
_MOST_WORDS = 8192
_SAMPLE = 24
_ROUNDS = 2
_ASKED = 2
"""Words that are asked for a seen feature: the nearest, and one more for what lies between two."""
_BLOCK = 1 << 16
"""Signatures compared at once."""
Ints = npt.NDArray[np.uint32]


class Lot(NamedTuple):
    """Features in the order of their words: `starts` [w + 1] into `places` (numbers of features) and `signs`; `middles` [w, 64]."""

    words: Bytes
    starts: Ints
    places: Ints
    signs: npt.NDArray[np.uint64]
    middles: npt.NDArray[np.int32]


class Shared(NamedTuple):
    """Pairs of features alike: number of the seen one, number of the known one, bits that differ."""

    seen: npt.NDArray[np.int64]
    known: npt.NDArray[np.int64]
    bits: npt.NDArray[np.uint8]


def _axes() -> Floats:
    """64 directions at right angles to each other: fixed, for signatures of different files have to agree."""
    made = np.random.Generator(np.random.PCG64(20261129)).standard_normal((128, BITS))
    return np.linalg.qr(made)[0].astype(np.float32)


_AXES = _axes()


def _nearest(features: Floats, words: Floats, count: int) -> npt.NDArray[np.intp]:
    """The numbers [n, count] of the words most alike."""
    far = features @ words.T
    far -= 0.5 * (words * words).sum(1)
    if count == 1:
        return far.argmax(1)[:, None]
    if count >= far.shape[1]:
        return np.argsort(-far, 1, kind="stable")[:, :count]
    return np.argpartition(-far, count - 1, 1)[:, :count]


def build(descriptors: Bytes) -> Lot:
    """Sort features [n, 128] into words."""
    if not len(descriptors):
        nothing = np.zeros(0, np.uint32)
        return Lot(descriptors, np.zeros(1, np.uint32), nothing, np.zeros(0, np.uint64), np.zeros((0, BITS), np.int32))
    count = max(1, min(_MOST_WORDS, len(descriptors) // FULL))
    words = _vocabulary(descriptors, count)
    word, projected = _assigned(descriptors, words.astype(np.float32))
    places = np.argsort(word, kind="stable").astype(np.uint32)
    starts = np.searchsorted(word[places], np.arange(count + 1)).astype(np.uint32)
    middles = np.zeros((count, BITS), np.int32)
    for n in range(count):
        mine = projected[places[starts[n] : starts[n + 1]]]
        middles[n] = np.rint(np.median(mine, 0)) if len(mine) else 0
    signs = _packed(projected[places] > middles[word[places]])
    return Lot(words, starts, places, signs, middles)


def _vocabulary(descriptors: Bytes, count: int) -> Bytes:
    """Words: features taken at even distances, then moved to the middle of those that are nearest to them."""
    step = max(1, len(descriptors) // (count * _SAMPLE))
    sample = descriptors[::step].astype(np.float32)
    words = sample[:: max(1, len(sample) // count)][:count].copy()
    for _ in range(_ROUNDS):
        nearest = np.concatenate(
            [_nearest(part, words, 1)[:, 0] for part in np.array_split(sample, len(sample) // 8192 + 1)]
        )
        sums = np.zeros_like(words)
        np.add.at(sums, nearest, sample)
        sizes = np.bincount(nearest, minlength=len(words))
        words = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], words).astype(np.float32)
    return np.rint(words).astype(np.uint8)


def _assigned(descriptors: Bytes, words: Floats) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
    word, projected = [], []
    for part in np.array_split(descriptors, len(descriptors) // 8192 + 1):
        plain = part.astype(np.float32)
        word.append(_nearest(plain, words, 1)[:, 0])
        projected.append(plain @ _AXES)
    return np.concatenate(word), np.concatenate(projected)


def _packed(bits: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)[:, 0]


def share(lot: Lot, descriptors: Bytes, *, near: int = NEAR, kept: int = KEPT) -> Shared:
    """Known features alike to seen ones [n, 128]: at most `near` bits apart, and of each seen one the `kept` most alike."""
    if not len(descriptors) or not len(lot.places):
        return Shared(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint8))
    plain = descriptors.astype(np.float32)
    asked = _nearest(plain, lot.words.astype(np.float32), _ASKED)
    by_word = np.argsort(asked.ravel(), kind="stable")
    word, seen = asked.ravel()[by_word], np.repeat(np.arange(len(plain)), asked.shape[1])[by_word]
    signs = _packed((plain @ _AXES)[seen] > lot.middles[word])
    parts = [_alike(lot, seen[rows], word[rows], signs[rows], near) for rows in _blocks(lot, word)]
    found, at, bits = (np.concatenate(one) for one in zip(*parts, strict=True))
    places = lot.places[at].astype(np.int64)
    order = np.lexsort((places, bits, found))
    found = found[order]
    rank = np.arange(len(found)) - np.searchsorted(found, found)
    best = order[rank < kept]
    return Shared(found[rank < kept], places[best], bits[best])


def _blocks(lot: Lot, word: npt.NDArray[np.intp]) -> Iterator[slice]:
    """Rows of asked words that together hold about _BLOCK features, so that what is compared stays in the processor's cache."""
    total = np.cumsum(np.diff(lot.starts)[word].astype(np.int64))
    cuts = np.unique(np.searchsorted(total, np.arange(_BLOCK, total[-1], _BLOCK), "right"))
    for first, last in itertools.pairwise([0, *cuts[cuts > 0].tolist(), len(word)]):
        if first < last:
            yield slice(first, last)


def _alike(
    lot: Lot, seen: npt.NDArray[np.intp], word: npt.NDArray[np.intp], signs: npt.NDArray[np.uint64], near: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """The features of asked words [n] that differ in at most `near` bits: number of what is seen, place in the lot, bits."""
    first, sizes = lot.starts[word].astype(np.int64), np.diff(lot.starts)[word].astype(np.int64)
    ends = np.cumsum(sizes)
    at = np.repeat(first - ends + sizes, sizes) + np.arange(ends[-1])
    bits = np.bitwise_count(lot.signs[at] ^ np.repeat(signs, sizes))
    ok = np.flatnonzero(bits <= near)
    return seen[np.searchsorted(ends, ok, "right")], at[ok], bits[ok]


def share_naive(lot: Lot, descriptors: Bytes) -> Sequence[tuple[int, int, int]]:
    """The same one feature after another: what `share` is held to."""
    out = []
    words = lot.words.astype(np.float32)
    for n, one in enumerate(descriptors.astype(np.float32)):
        values = one @ _AXES
        alike = []
        for word in _nearest(one[None], words, _ASKED)[0]:
            sign = int(_packed((values > lot.middles[word])[None])[0])
            for at in range(int(lot.starts[word]), int(lot.starts[word + 1])):
                bits = (int(lot.signs[at]) ^ sign).bit_count()
                if bits <= NEAR:
                    alike.append((bits, int(lot.places[at])))
        out += [(n, place, bits) for bits, place in sorted(alike)[:KEPT]]
    return out
