"""The same picture in several listings: one file, or nearly the same pixels, told as each listing comes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from listing_preflight.images.hamming import WORDS, table_of, within
from listing_preflight.images.looked import Looked
from listing_preflight.model.finding import Shared, SharedWay

NEAR = 12
"""Bits of 256 in which the pHash of two pictures that look the same may differ: recompression and scaling reach 10."""
MOST = 200_000
"""Pictures that later ones are compared with: about 60 MB."""
_FIRST = 1_024


class Leader(NamedTuple):
    """The first picture of a cluster: its listing and what it is called there."""

    listing: str
    picture: str


class Clusters:
    """Groups pictures in the order of the input: each belongs to the first that it is the same as."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._files: dict[bytes, Leader] = {}
        self._leaders: list[Leader] = []
        self._hashes = np.zeros((WORDS, _FIRST), np.uint64)

    def place(self, listing: str, index: int, name: str, looked: Looked) -> Shared | None:
        """Where the picture was shown before; None of a new one, which leads a cluster from now on."""
        way: SharedWay = "file"
        leader = self._files.get(looked.digest) if looked.digest else None
        bits = looked.frames[0].hash if looked.frames else None
        if leader is None and bits is not None:
            way, leader = "near", self._nearest(bits)
        first = leader or Leader(listing, name)
        if looked.digest and len(self._files) < self._most:
            self._files.setdefault(looked.digest, first)
        if leader is None:
            self._lead(first, bits)
            return None
        return Shared(index, leader.picture, leader.listing, way)

    def _nearest(self, bits: int) -> Leader | None:
        near = within(self._hashes[:, : len(self._leaders)], bits, NEAR)
        return self._leaders[min(near, key=lambda one: (one[1], one[0]))[0]] if near else None

    def _lead(self, leader: Leader, bits: int | None) -> None:
        count = len(self._leaders)
        if bits is None or count >= self._most:
            return
        if count == self._hashes.shape[1]:
            self._hashes = np.concatenate([self._hashes, np.zeros_like(self._hashes)], 1)
        self._hashes[:, count] = table_of([bits])[:, 0]
        self._leaders.append(leader)


def naive(hashes: Sequence[int]) -> list[int]:
    """The leader of each hash, one after another: what `Clusters` is held to."""
    leaders: list[int] = []
    out = []
    for n, bits in enumerate(hashes):
        near = [(d, m) for m in leaders if (d := (hashes[m] ^ bits).bit_count()) <= NEAR]
        out.append(min(near)[1] if near else n)
        leaders += [] if near else [n]
    return out
