"""Known pictures made ready to be compared: digests, hashes, local features and small copies, in arrays that are mapped."""

import functools
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from listing_preflight.images import words
from listing_preflight.images.features import Features
from listing_preflight.images.hashes import BITS, KINDS, Kind
from listing_preflight.images.words import Lot

Array = npt.NDArray[Any]
DIGEST = 32
METHOD = 1
"""Changes whenever the same picture would be kept otherwise; a gallery of another method is refused."""
_WORDS_OF_HASH = BITS // 64
_BLOCK = 32_768
"""Hashes that are compared at once: few enough that what comes between stays in a processor's cache."""
_FIXED = 4096
"""Steps of a point's place to its picture's longer side, which lies between 1/4 outside and as much beyond."""
_OUTSIDE = 0.25
_TURN = 65535 / (2 * np.pi)
_SIZES = 4000.0
"""Steps of the natural logarithm of a point's size in pixels."""


class Entry(NamedTuple):
    """One known picture: what file it was, its hashes, and where there was a file its features and a small JPEG."""

    digest: bytes
    hashes: tuple[tuple[Kind, int], ...]
    features: Features | None = None
    small: bytes = b""


class Gallery:
    """Known pictures by number, over arrays as `packed` made them."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._a = arrays
        starts = arrays["starts"]
        self.size = len(starts) - 1
        self.kinds: tuple[Kind, ...] = tuple(k for n, k in enumerate(KINDS) if (arrays["hash_kind"] == n).any())
        self.sizes = arrays["sides"].reshape(-1, 2)
        self.lot = Lot(
            arrays["words"].reshape(-1, 128), arrays["word_starts"], arrays["places"], arrays["signs"],
            arrays["middles"].reshape(-1, words.BITS),
        )  # fmt: skip

    @functools.cached_property
    def digests(self) -> dict[bytes, list[int]]:
        """Numbers of the pictures by their files' SHA-256."""
        raw = self._a["digests"].tobytes()
        out: dict[bytes, list[int]] = {}
        for n in range(self.size):
            one = raw[n * DIGEST : (n + 1) * DIGEST]
            if any(one):
                out.setdefault(one, []).append(n)
        return out

    def digest(self, number: int) -> bytes:
        """The SHA-256 of a picture's file; zeros where only its hash is known."""
        return self._a["digests"][number * DIGEST : (number + 1) * DIGEST].tobytes()

    def near(self, kind: Kind, seen: Sequence[int], most: int) -> list[tuple[int, int, int]]:
        """Pictures whose hash is at most so many bits from one of the seen: place in `seen`, number, distance."""
        mine = np.flatnonzero(self._a["hash_kind"] == KINDS.index(kind)) if len(self.kinds) > 1 else None
        table = self._a["hash_bits"].reshape(_WORDS_OF_HASH, -1)
        owner = self._a["hash_of"]
        if mine is not None:
            table, owner = table[:, mine], owner[mine]
        return [
            (place, int(owner[row]), far) for place, bits in enumerate(seen) for row, far in within(table, bits, most)
        ]

    def has_features(self, number: int) -> bool:
        """Whether a picture can be looked for as a part of another."""
        return bool(self._a["starts"][number + 1] > self._a["starts"][number])

    @property
    def points(self) -> int:
        """Points of all pictures."""
        return int(self._a["starts"][-1])

    def owners(self, features: Array) -> Array:
        """The pictures that features belong to."""
        return np.searchsorted(self._a["starts"], features, "right") - 1

    def places(self, features: Array) -> Array:
        """Points [n, 4] of features by their numbers."""
        return self._unpacked(features, self.owners(features))

    def features(self, number: int) -> Features:
        """The features of one picture."""
        first, last = (int(v) for v in self._a["starts"][number : number + 2])
        rows = np.arange(first, last)
        points = self._unpacked(rows, np.full(len(rows), number))
        descriptors = self._a["descriptors"].reshape(-1, 128)[first:last]
        width, height = map(int, self.sizes[number])
        return Features(points, descriptors, (width, height))

    def small(self, number: int) -> bytes:
        """A small JPEG of a picture; empty where only its hash is known."""
        first, last = (int(v) for v in self._a["small_starts"][number : number + 2])
        return self._a["small"][first:last].tobytes()

    @functools.lru_cache(maxsize=64)  # noqa: B019 - one gallery lives as long as its worker
    def grey(self, number: int) -> "npt.NDArray[np.float32] | None":
        """The picture as it is compared."""
        from PIL import Image

        raw = self.small(number)
        if not raw:
            return None
        with Image.open(io.BytesIO(raw)) as picture:
            return np.asarray(picture.convert("L"), np.float32)

    def entry(self, number: int) -> Entry:
        """A picture as it was put in."""
        rows = np.flatnonzero(self._a["hash_of"] == number)
        table = self._a["hash_bits"].reshape(_WORDS_OF_HASH, -1)
        hashes = tuple((KINDS[self._a["hash_kind"][r]], _whole(table[:, r])) for r in rows)
        digest = self.digest(number)
        known = self.has_features(number) or bool(self.sizes[number].any())
        return Entry(
            digest if any(digest) else b"", hashes, self.features(number) if known else None, self.small(number)
        )

    def _unpacked(self, rows: Array, owners: Array) -> npt.NDArray[np.float32]:
        raw = self._a["points"].reshape(-1, 4)[rows].astype(np.float32)
        side = self.sizes[owners].max(1).astype(np.float32) if len(rows) else np.zeros(0, np.float32)
        x, y = ((raw[:, n] / _FIXED - _OUTSIDE) * side for n in (0, 1))
        return np.stack([x, y, np.exp(raw[:, 2] / _SIZES), raw[:, 3] / _TURN], 1)


def packed(entries: Iterable[Entry]) -> Iterator[tuple[str, Array]]:
    """The arrays of a gallery, each of one dimension."""
    rows = list(entries)
    kept = [r.features for r in rows]
    counts = [0 if f is None else len(f.points) for f in kept]
    yield "starts", np.cumsum([0, *counts]).astype(np.uint32)
    yield "sides", np.array([f.size if f else (0, 0) for f in kept], np.uint32).reshape(-1)
    yield "points", np.concatenate([np.zeros((0, 4), np.uint16), *(_packed_points(f) for f in kept if f)]).reshape(-1)
    descriptors = np.concatenate([np.zeros((0, 128), np.uint8), *(f.descriptors for f in kept if f)])
    yield "descriptors", descriptors.reshape(-1)
    lot = words.build(descriptors)
    yield "words", lot.words.reshape(-1)
    yield "word_starts", lot.starts
    yield "places", lot.places
    yield "signs", lot.signs
    yield "middles", lot.middles.reshape(-1)
    yield "digests", np.frombuffer(b"".join(r.digest or bytes(DIGEST) for r in rows), np.uint8)
    hashes = [(n, kind, bits) for n, r in enumerate(rows) for kind, bits in r.hashes]
    yield "hash_of", np.array([n for n, _, _ in hashes], np.uint32)
    yield "hash_kind", np.array([KINDS.index(kind) for _, kind, _ in hashes], np.uint8)
    yield "hash_bits", table_of([bits for _, _, bits in hashes]).reshape(-1)
    yield "small_starts", np.cumsum([0, *(len(r.small) for r in rows)]).astype(np.uint64)
    yield "small", np.frombuffer(b"".join(r.small for r in rows), np.uint8)


def _packed_points(features: Features) -> npt.NDArray[np.uint16]:
    p, side = features.points.astype(np.float64), max(features.size)
    place = (p[:, :2] / side + _OUTSIDE) * _FIXED
    size, turn = np.log(np.maximum(p[:, 2:3], 1)) * _SIZES, (p[:, 3:] % (2 * np.pi)) * _TURN
    return np.clip(np.rint(np.concatenate([place, size, turn], 1)), 0, 65535).astype(np.uint16)


def table_of(hashes: Sequence[int]) -> npt.NDArray[np.uint64]:
    """Hashes as columns of four words, the lowest first: a search reads whole rows of words, and seldom more than two."""
    raw = b"".join(h.to_bytes(BITS // 8, "little") for h in hashes)
    return np.ascontiguousarray(np.frombuffer(raw, np.uint64).reshape(-1, _WORDS_OF_HASH).T)


def _whole(row: Array) -> int:
    return int.from_bytes(np.ascontiguousarray(row).tobytes(), "little")


def within(table: Array, bits: int, most: int) -> list[tuple[int, int]]:
    """Columns of a table of hashes at most so many bits from one, with their distance.

    Two of four words are compared everywhere, the others only where those leave a chance.
    """
    seen = table_of([bits])[:, 0]
    found: list[tuple[int, int]] = []
    for start in range(0, table.shape[1], _BLOCK):
        block = table[:, start : start + _BLOCK]
        far = np.bitwise_count(block[0] ^ seen[0])
        far += np.bitwise_count(block[1] ^ seen[1])
        rows = np.flatnonzero(far <= most)
        whole = far[rows].astype(np.int64)
        for n in (2, 3):
            whole += np.bitwise_count(block[n, rows] ^ seen[n])
        near = whole <= most
        found += zip((rows[near] + start).tolist(), whole[near].tolist(), strict=True)
    return found


def within_naive(hashes: Sequence[int], bits: int, most: int) -> list[tuple[int, int]]:
    """The same one hash after another: what `within` is held to."""
    return [(n, d) for n, one in enumerate(hashes) if (d := (one ^ bits).bit_count()) <= most]


__all__ = ["Entry", "Gallery", "packed", "table_of", "within", "within_naive"]
