"""Perceptual hashes of pictures as integers: a pHash of 256 bits and PDQ, in the eight ways that a picture is turned."""

import functools
import string
from typing import Literal, NamedTuple, cast

import numpy as np
import numpy.typing as npt
from PIL import Image

from listing_preflight.images import shapes
from listing_preflight.images.hamming import BITS
from listing_preflight.images.looked import Box

LONG_SIDE = 512
"""Pixels of the longer side that hashes are made at; PDQ of larger pictures differs by 10 to 18 bits, so lists and listings share it."""
Kind = Literal["phash256", "pdq", "shape"]
KINDS: tuple[Kind, ...] = ("phash256", "pdq", "shape")
"""`shape` is the outline of goods on a plain ground (see `shapes`); the others are of all pixels."""
NEAR: dict[Kind, int] = {"phash256": 56, "pdq": 48, "shape": shapes.NEAR}
"""Bits of 256 that a copy may differ where nothing else vouches for it: below 63 (pHash) and 61 (PDQ), at which 3,039 unrelated
and 12,100 altered pictures raise no match, by a margin for the ways a picture is turned and cut before it is compared."""
_FLAT = 6
_SIDE = 64
_KEPT = 16
_LANCZOS = 3
_LEAST = 32
_GROUND = 12
TURNS = ("none", "mirrored", "upside down", "turned 180", "transposed", "turned 90", "turned 270", "transversed")
"""What was done to a picture that is undone by: nothing, mirror, flip, both; then the same after swapping rows and columns."""
Grey = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


class Variant(NamedTuple):
    """One way to look at a picture: a number of TURNS, the box of the picture that was looked at, its hash, and whether light and dark were swapped."""

    kind: Kind
    turn: int
    box: Box
    bits: int


def variants(picture: Image.Image, kinds: tuple[Kind, ...] = ("phash256",)) -> tuple[Variant, ...]:
    """Hashes of a decoded picture as it is, then without its plain border, each mirrored and turned; none of a flat one."""
    small = reduced(picture)
    if is_flat(small):
        return ()
    out: list[Variant] = []
    for part, box in parts(small, picture.size):
        for kind in (k for k in kinds if k != "shape"):
            out += [Variant(kind, turn, box, bits) for turn, bits in enumerate(turned(part, kind))]
    return tuple(out)


def reduced(picture: Image.Image) -> Image.Image:
    """A picture as hashes are made of it: grey, its longer side at most LONG_SIDE."""
    import cv2

    pixels = np.asarray(picture)
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if picture.mode == "RGB" else np.asarray(picture.convert("L"))
    longest = max(picture.size)
    if longest > LONG_SIDE:
        size = max(1, round(picture.width * LONG_SIDE / longest)), max(1, round(picture.height * LONG_SIDE / longest))
        way = (
            cv2.INTER_AREA if longest >= 2 * LONG_SIDE else cv2.INTER_LINEAR
        )  # nine times as fast, and enough below a half
        grey = cv2.resize(grey, size, interpolation=way)
    return Image.fromarray(grey)


def parts(small: Image.Image, size: tuple[int, int]) -> list[tuple[Image.Image, Box]]:
    """The picture and the same without a plain border, each with its box in pixels of the picture as displayed."""
    out = [(small, (0, 0, *size))]
    surrounded = inner(np.asarray(small))
    if surrounded is not None:
        zoom = size[0] / small.width, size[1] / small.height
        x, y, right, low = surrounded
        box = (round(x * zoom[0]), round(y * zoom[1]), round((right - x) * zoom[0]), round((low - y) * zoom[1]))
        out.append((small.crop(surrounded), box))
    return out


def is_flat(small: Image.Image) -> bool:
    """Whether a picture shows next to nothing."""
    import cv2

    return float(cv2.meanStdDev(np.asarray(small))[1][0, 0]) < _FLAT


def inner(grey: Grey | npt.NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """What a plain border surrounds (left, upper, right, lower), or None where there is none worth taking off."""
    pixels = np.asarray(grey, np.int16)
    shown = np.abs(pixels - pixels[0, 0]) > _GROUND
    rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
    if not len(rows):
        return None
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) < _LEAST or width * height >= 0.96 * pixels.size:
        return None
    return box


def turned(part: Image.Image, kind: Kind) -> list[int]:
    """The hash of a picture in the order of TURNS; a turn only swaps signs and axes of the frequencies that it is made of."""
    low = _frequencies(part) if kind == "phash256" else _pdq_frequencies(part)
    odd = np.where(np.arange(_KEPT) % 2, -1.0, 1.0) if kind == "phash256" else np.where(np.arange(_KEPT) % 2, 1.0, -1.0)
    out: list[int] = []
    for base in (low, low.T):
        for rows, columns in ((1, odd), (odd[:, None], 1), (odd[:, None], odd)):
            if rows is not odd and len(out) % 4 == 0:
                out.append(_packed(base, kind))
            out.append(_packed(base * rows * columns, kind))
    return out


def _packed(low: Floats, kind: Kind) -> int:
    values = low.flatten()
    middle = np.partition(values, (len(values) // 2 - 1, len(values) // 2))[len(values) // 2 - 1 : len(values) // 2 + 1]
    bits = values > middle.mean()
    order = "big" if kind == "phash256" else "little"
    raw = np.packbits(bits, bitorder=cast("Literal['big', 'little']", order)).tobytes()
    return int.from_bytes(raw, cast("Literal['big', 'little']", order))


@functools.cache
def _cosines(first: int) -> Floats:
    """Rows of the discrete cosine transform of 64 values: 16 frequencies from `first` on."""
    k, n = np.arange(first, first + _KEPT)[:, None], np.arange(_SIDE)[None]
    return np.cos(np.pi / (2 * _SIDE) * k * (2 * n + 1))


@functools.lru_cache(maxsize=512)
def _waves(length: int) -> Grey:
    """The lowest frequencies [16, length] of a line of pixels that is first reduced to 64 by Lanczos' filter: both are sums, so one product does."""
    scale = max(1.0, length / _SIDE)
    middles = (np.arange(_SIDE) + 0.5) * length / _SIDE - 0.5
    off = (np.arange(length)[None] - middles[:, None]) / scale
    weights = np.where(np.abs(off) < _LANCZOS, np.sinc(off) * np.sinc(off / _LANCZOS), 0)
    found: Floats = _cosines(0) @ (weights / weights.sum(1, keepdims=True))
    return found.astype(np.float32)


def _frequencies(part: Image.Image) -> Floats:
    """The 16 × 16 lowest frequencies, as imagehash's `phash` takes them but for the rounding between its two steps."""
    pixels = np.asarray(part, np.float32)
    return np.asarray(_waves(pixels.shape[0]) @ pixels @ _waves(pixels.shape[1]).T, np.float64)


def _pdq_frequencies(part: Image.Image) -> Floats:
    """PDQ's 16 × 16 frequencies: two passes of box filters, 64 × 64 samples, the transform without its constant row."""
    pixels = np.asarray(part, np.float64)
    for _ in range(2):
        pixels = _boxed(_boxed(pixels, 0), 1)
    rows = ((np.arange(_SIDE) + 0.5) * pixels.shape[0] / _SIDE).astype(int)
    columns = ((np.arange(_SIDE) + 0.5) * pixels.shape[1] / _SIDE).astype(int)
    cosines = _cosines(1)
    found: Floats = cosines @ pixels[np.ix_(rows, columns)] @ cosines.T
    return found


def _boxed(pixels: Floats, axis: int) -> Floats:
    """Means over a window of a 128th of the picture, rounded up, cut off at its edges."""
    length = pixels.shape[axis]
    window = (length + 2 * _SIDE - 1) // (2 * _SIDE)
    half = (window + 2) // 2
    sums = np.concatenate([np.zeros_like(pixels.take([0], axis)), pixels.cumsum(axis)], axis)
    at = np.arange(length)
    right, left = np.minimum(at + half, length), np.maximum(at + half - window, 0)
    counts = (right - left).reshape((-1, 1) if axis == 0 else (1, -1))
    return (sums.take(right, axis) - sums.take(left, axis)) / counts


def parse(text: str) -> tuple[Kind, int] | None:
    """The kind and bits of a written hash (`phash256:…`, `pdq:…`, `shape:…` in hexadecimal); None of a file's name; ValueError of a wrong one."""
    kind, colon, digits = text.partition(":")
    if not colon or kind not in KINDS:
        return None
    if len(digits) != BITS // 4:
        raise ValueError(f"{kind} has {BITS // 4} hexadecimal digits, not {len(digits)}")
    if not set(digits) <= set(string.hexdigits):
        raise ValueError(f"{kind} has hexadecimal digits only")
    return kind, int(digits, 16)


def written(kind: Kind, bits: int) -> str:
    """A hash as lists write it."""
    return f"{kind}:{bits:064x}"


def known(picture: Image.Image) -> list[tuple[Kind, int]]:
    """The hashes that a known picture is found by: of it as it is, and of what its plain border surrounds; none of a flat one."""
    small = reduced(picture)
    if is_flat(small):
        return []
    return [("phash256", turned(part, "phash256")[0]) for part, _ in parts(small, picture.size)]


def plain(picture: Image.Image) -> int | None:
    """The pHash of a picture as it is; None of a flat one."""
    small = reduced(picture)
    return None if is_flat(small) else turned(small, "phash256")[0]


def of(picture: Image.Image, kind: Kind) -> int:
    """The hash of a picture as it is."""
    return turned(reduced(picture), kind)[0]
