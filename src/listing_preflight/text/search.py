"""Look up one name among millions of folded ones: the same, or within a few edits of it."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

_BITS = np.uint32(1) << (np.arange(256, dtype=np.uint32) * np.uint32(2654435761) >> np.uint32(27))
"""One of 32 bits for each byte: names within k edits differ in few of the bits that their bytes set."""
_CHUNK = 1 << 18
_BYTES = 4
"""Most bytes of one character in UTF-8: one edit changes at most twice so many bits."""


class Near(NamedTuple):
    """A folded name by its place, and how many edits (insert, delete, change, swap) it is away."""

    at: int
    edits: int


def edits_for(key: str) -> int:
    """Edits that a name of this length bears: none up to 3 characters, 1 up to 6, 2 up to 12, then 3."""
    size = len(key)
    return 0 if size <= 3 else 1 if size <= 6 else 2 if size <= 12 else 3


def signatures(offsets: "np.ndarray[Any, np.dtype[np.int64]]", data: "np.ndarray[Any, np.dtype[np.uint8]]") -> Any:
    """The bits (uint32) of each string that an Arrow column holds as offsets (n + 1) into UTF-8 bytes."""
    out = np.zeros(len(offsets) - 1, dtype=np.uint32)
    for start in range(0, len(out), _CHUNK):
        ends = offsets[start : start + _CHUNK + 1]
        filled = np.flatnonzero(ends[1:] > ends[:-1])
        if len(filled):
            bits = _BITS[data[ends[0] : ends[-1]]]
            out[start + filled] = np.bitwise_or.reduceat(bits, ends[:-1][filled] - ends[0])
    return out


def candidates(key: str, bits: Any, sizes: Any) -> Any:
    """Places whose bits and size in bytes do not rule out that they are within the edits of the key."""
    raw = np.frombuffer(key.encode(), dtype=np.uint8)
    own, limit = np.bitwise_or.reduce(_BITS[raw]), edits_for(key)
    wide = 1 if key.isascii() else _BYTES
    fits = (sizes >= len(raw) - wide * limit) & (sizes <= len(raw) + _BYTES * limit)
    places = np.flatnonzero(fits)
    apart = np.bitwise_count(bits[places] ^ own)
    return places[apart <= (1 + _BYTES) * limit] if wide > 1 else places[_few(bits[places], own, apart, limit)]


def _few(bits: Any, own: Any, apart: Any, limit: int) -> Any:
    """For a key in ASCII: each edit takes away at most one of its bits; what it adds may be a wider character."""
    return (np.bitwise_count(own & ~bits) <= limit) & (apart <= (1 + _BYTES) * limit)


def nearest(key: str, places: Iterable[int], names: Sequence[str], most: int) -> list[Near]:
    """The closest of the candidates, at most `most`, those of fewer edits first."""
    from rapidfuzz.distance import OSA  # loaded by who compares

    limit = edits_for(key)
    found = [
        Near(at, d)
        for at, name in zip(places, names, strict=True)
        if (d := OSA.distance(key, name, score_cutoff=limit)) <= limit
    ]
    return sorted(found, key=lambda n: (n.edits, n.at))[:most]
