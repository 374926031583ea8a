"""Known pictures made ready to be compared: digests, hashes, local features and small copies, in arrays that are mapped."""

import functools
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from listing_preflight.images import corners, edges, figures, words
from listing_preflight.images.corners import Corners
from listing_preflight.images.edges import Edges
from listing_preflight.images.features import Features
from listing_preflight.images.figures import RAYS, RINGS, Figures, Whole
from listing_preflight.images.hamming import WORDS, table_of, within
from listing_preflight.images.hashes import KINDS, Kind
from listing_preflight.images.words import Lot

if TYPE_CHECKING:
    from PIL.Image import Image

Array = npt.NDArray[Any]
DIGEST = 32
METHOD = 4
"""Changes whenever the same picture would be kept otherwise; a gallery of another method is refused."""
_RAREST, _VARIED = 0.045, 1.9
"""Below these (see `figures.Whole`) a logo is a ring, a star, a letter, a row of bars: on the `tuned` grounds of benchmarks/logos.py half of what was wrong was
one of these few, 3 in 100 of a list of 3,470."""
_FIXED = 4096
"""Steps of a point's place to its picture's longer side, which lies between 1/4 outside and as much beyond."""
_OUTSIDE = 0.25
_TURN = 65535 / (2 * np.pi)
_SIZES = 4000.0
"""Steps of the natural logarithm of a point's size in pixels."""


class Entry(NamedTuple):
    """One known picture: what file it was, its hashes, and where there was a file its features and a small JPEG; of a logo its figures."""

    digest: bytes
    hashes: tuple[tuple[Kind, int], ...]
    features: Features | None = None
    small: bytes = b""
    figures: Figures | None = None


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
        table = self._a["hash_bits"].reshape(WORDS, -1)
        owner = self._a["hash_of"]
        if mine is not None:
            table, owner = table[:, mine], owner[mine]
        return [
            (place, int(owner[row]), far) for place, bits in enumerate(seen) for row, far in within(table, bits, most)
        ]

    def size_of(self, number: int) -> tuple[int, int]:
        """Width and height of a picture as it was put in."""
        width, height = map(int, self.sizes[number])
        return width, height

    def has_features(self, number: int) -> bool:
        """Whether a picture can be looked for as a part of another."""
        return self.count(number) > 0

    def is_of_file(self, number: int) -> bool:
        """Whether a picture was a file, and not just a hash."""
        return any(self.digest(number))

    def count(self, number: int) -> int:
        """Points of one picture."""
        return int(self._a["starts"][number + 1]) - int(self._a["starts"][number])

    def is_figure(self, number: int) -> bool:
        """Whether a picture is looked for as a logo."""
        return bool((self.figure_of == number).any())

    def hashes(self, number: int) -> tuple[tuple[Kind, int], ...]:
        """The hashes of one picture."""
        table = self._a["hash_bits"].reshape(WORDS, -1)
        return tuple((KINDS[self._a["hash_kind"][r]], _whole(table[:, r])) for r in self._hashes_of.get(number, ()))

    @functools.cached_property
    def _hashes_of(self) -> dict[int, list[int]]:
        out: dict[int, list[int]] = {}
        for row, owner in enumerate(self._a["hash_of"].tolist()):
            out.setdefault(owner, []).append(row)
        return out

    @property
    def shows(self) -> bool:
        """Whether there are small copies to compare with, and not just hashes."""
        return len(self._a["small"]) > 0

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

    def picture(self, number: int) -> "Image | None":
        """A small copy of a picture; None where only its hash is known."""
        from PIL import Image

        raw = self.small(number)
        if not raw:
            return None
        with Image.open(io.BytesIO(raw)) as picture:
            return picture.convert("RGB")

    @functools.lru_cache(maxsize=64)  # noqa: B019 - one gallery lives as long as its worker
    def grey(self, number: int) -> "npt.NDArray[np.float32] | None":
        """The picture as it is compared."""
        small = self.picture(number)
        return None if small is None else np.asarray(small.convert("L"), np.float32)

    @functools.cached_property
    def figure_of(self) -> Array:
        """The pictures that figures belong to."""
        return self._a["figure_of"]

    @property
    def has_figures(self) -> bool:
        """Whether any picture is a logo."""
        return len(self._a["figure_of"]) > 0

    @property
    def needs_colour(self) -> bool:
        """Whether grey is not enough to look for its pictures: figures and outlines are told from their ground by colour."""
        return self.has_figures or "shape" in self.kinds

    @functools.cached_property
    def figures(self) -> Figures:
        """The figures of all logos."""
        return Figures(
            self._a["figure_frames"].view(np.float32).reshape(-1, 2, 3).astype(np.float64),
            self._a["figure_rings"].reshape(-1, RINGS, RAYS).astype(np.float32) / 255,
        )

    @functools.cached_property
    def forms(self) -> Array:
        """The forms of all figures."""
        return self.figures.forms

    @property
    def rarity(self) -> Array:
        """What a find of each figure is worth (see `figures.rarity`)."""
        return self._a["figure_rarity"].view(np.float32)

    @functools.cached_property
    def telling(self) -> npt.NDArray[np.bool_]:
        """Which pictures are logos whose form is not everywhere."""
        return (self.wholes[:, 0] >= _RAREST) & (self.wholes[:, 1] >= _VARIED)

    def whole(self, number: int) -> Whole:
        """What the form of a logo is worth."""
        return Whole(*map(float, self.wholes[number]))

    @functools.cached_property
    def wholes(self) -> Array:
        """Rarity and variety [n, 2] of the logos among the pictures (see `figures.Whole`); 0 of others."""
        out = np.zeros((self.size, 2), np.float32)
        out[self._a["edges_of"]] = self._a["edge_whole"].view(np.float32).reshape(-1, 2)
        return out

    @functools.cached_property
    def corners(self) -> Corners:
        """The points of all logos."""
        lot = Lot(
            self._a["mark_words"].reshape(-1, 128), self._a["mark_word_starts"], self._a["mark_places"], self._a["mark_signs"],
            self._a["mark_middles"].reshape(-1, words.BITS),
        )  # fmt: skip
        return Corners(corners.unpacked(self._a["mark_points"].reshape(-1, 4)), self._a["mark_of"], lot)

    def edges(self, numbers: Array) -> Edges:
        """The edges of logos by their numbers."""
        return Edges(*(one[np.searchsorted(self._a["edges_of"], numbers)] for one in self._edges))

    @functools.cached_property
    def _edges(self) -> Edges:
        return edges.unpacked(self._a["edge_points"], self._a["edge_ways"])

    @functools.lru_cache(maxsize=512)  # noqa: B019 - one gallery lives as long as its worker
    def ink(self, number: int) -> "npt.NDArray[np.float32] | None":
        """A logo as it is compared."""
        from listing_preflight.images import inked

        small = self.picture(number)
        return None if small is None else inked.ink(small)

    def entry(self, number: int) -> Entry:
        """A picture as it was put in."""
        digest = self.digest(number)
        known = self.has_features(number) or bool(self.sizes[number].any())
        mine = np.flatnonzero(self.figure_of == number)
        own = Figures(self.figures.frames[mine], self.figures.polar[mine]) if len(mine) else None
        return Entry(
            digest if any(digest) else b"",
            self.hashes(number),
            self.features(number) if known else None,
            self.small(number),
            own,
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
    yield from _packed_figures([r.figures for r in rows])
    yield from _packed_marks([(n, r.small) for n, r in enumerate(rows) if r.figures is not None])


def _packed_figures(kept: Sequence[Figures | None]) -> Iterator[tuple[str, Array]]:
    """Figures of logos; fractions as the bits of 32-bit ones, for sections hold whole numbers."""
    some = [f for f in kept if f]
    owner = np.array([n for n, f in enumerate(kept) if f for _ in f.frames], np.uint32)
    frames = np.concatenate([np.zeros((0, 2, 3)), *(f.frames for f in some)])
    rings = np.concatenate([np.zeros((0, RINGS, RAYS)), *(f.polar for f in some)])
    kept_rings = np.rint(rings * 255).astype(np.uint8)
    yield "figure_of", owner
    yield "figure_frames", frames.astype(np.float32).reshape(-1).view(np.uint32)
    yield "figure_rings", kept_rings.reshape(-1)
    yield "figure_rarity", figures.rarity(figures.forms(kept_rings / np.float32(255)), owner).view(np.uint32)


def _packed_marks(kept: Sequence[tuple[int, bytes]]) -> Iterator[tuple[str, Array]]:
    """Points and edges of logos, taken from the small copies that are kept of them."""
    from PIL import Image

    from listing_preflight.images import inked

    pictures = [Image.open(io.BytesIO(raw)) for _, raw in kept]
    made = [corners.of_known(one) for one in pictures]
    points = np.concatenate([np.zeros((0, 4), np.float32), *(p for p, _ in made)])
    lot = words.build(np.concatenate([np.zeros((0, 128), np.uint8), *(d for _, d in made)]))
    yield "mark_of", np.repeat(np.array([n for n, _ in kept], np.uint32), [len(p) for p, _ in made])
    yield "mark_points", corners.packed(points).reshape(-1)
    yield "mark_words", lot.words.reshape(-1)
    yield "mark_word_starts", lot.starts
    yield "mark_places", lot.places
    yield "mark_signs", lot.signs
    yield "mark_middles", lot.middles.reshape(-1)
    yield "edges_of", np.array([n for n, _ in kept], np.uint32)
    inks = [inked.ink(one) for one in pictures]
    found = [edges.of_known(one) for one in inks]
    wholes = [figures.whole(one, ways) for one, (_, ways) in zip(inks, found, strict=True)]
    yield "edge_whole", np.array(wholes, np.float32).reshape(-1).view(np.uint32)
    yield from edges.packed(found)


def _packed_points(features: Features) -> npt.NDArray[np.uint16]:
    p, side = features.points.astype(np.float64), max(features.size)
    place = (p[:, :2] / side + _OUTSIDE) * _FIXED
    size, turn = np.log(np.maximum(p[:, 2:3], 1)) * _SIZES, (p[:, 3:] % (2 * np.pi)) * _TURN
    return np.clip(np.rint(np.concatenate([place, size, turn], 1)), 0, 65535).astype(np.uint16)


def _whole(row: Array) -> int:
    return int.from_bytes(np.ascontiguousarray(row).tobytes(), "little")
