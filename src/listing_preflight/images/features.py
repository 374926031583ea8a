"""Local features of a picture: points that are found again after it was turned, cut, scaled or laid into another one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

if TYPE_CHECKING:
    import cv2

Floats = npt.NDArray[Any]
Bytes = npt.NDArray[np.uint8]
KNOWN_SIDE, KNOWN_POINTS = 448, 500
"""Pixels of a known picture's longer side and points kept of it: 500 × 128 bytes are 64 KB a picture."""
SEEN_SIDE, SEEN_POINTS = 800, 1200
"""The same for a seller's picture: a known one may fill a ninth of it."""
SMALL_SIDE = 400
"""Pixels to which smaller pictures are scaled up: a thumbnail has too few of its own for any point."""
FEWEST = 8
"""Points below which a picture has too little structure to say anything of it."""
NARROWEST = 48
"""Pixels of the shorter side at which points are looked for, below which next to nothing of a long strip is seen."""
PAD = 24
"""Pixels of its own edge laid around a picture, for shapes that touch it."""
_CONTRAST, _EDGE = 0.015, 14.0
_CELLS = 8
"""Parts of a picture's longer side among which points are spread."""
_UNIT = 255.0
"""Length of a descriptor: roots of shares, so that all have the same."""


class Features(NamedTuple):
    """Points of one picture: `points` [n, 4] of x, y, size (pixels as displayed) and angle (radians), `descriptors` [n, 128]."""

    points: Floats
    descriptors: Bytes
    size: tuple[int, int]


def of_known(picture: Image.Image) -> Features:
    """Features of a known picture."""
    return extract(picture, KNOWN_SIDE, KNOWN_POINTS)


def of_seen(picture: Image.Image) -> Features:
    """Features of a seller's picture."""
    return extract(picture, SEEN_SIDE, SEEN_POINTS)


def none(picture: Image.Image) -> Features:
    """A picture without points."""
    return Features(np.zeros((0, 4), np.float32), np.zeros((0, 128), np.uint8), picture.size)


def extract(picture: Image.Image, side: int, most: int) -> Features:
    """At most `most` points of a picture scaled to a longer side between SMALL_SIDE and `side`."""
    import cv2

    cv2.setNumThreads(1)
    grey = np.asarray(scaled(picture.convert("L"), side))
    factor = max(picture.size) / max(grey.shape)
    padded = cv2.copyMakeBorder(grey, PAD, PAD, PAD, PAD, cv2.BORDER_REPLICATE)
    finder = cv2.SIFT.create(3 * most, 3, _CONTRAST, _EDGE, 1.6)
    chosen = _even(finder.detect(padded, None), max(padded.shape), most)
    found, raw = finder.compute(padded, chosen)
    if not len(found):
        return none(picture)
    rows = [((k.pt[0] - PAD) * factor, (k.pt[1] - PAD) * factor, k.size * factor, np.deg2rad(k.angle)) for k in found]
    return Features(np.array(rows, np.float32), rooted(raw), picture.size)


def too_little(features: Features) -> bool:
    """Whether a seller's picture has too few points to say anything of it, or is so long that what it shows is lost as it is shrunk."""
    return len(features.points) < FEWEST or min(features.size) * SEEN_SIDE < NARROWEST * max(features.size)


def scaled(grey: Image.Image, side: int) -> Image.Image:
    """A picture whose longer side lies between SMALL_SIDE and `side`."""
    longest = max(grey.size)
    wanted = min(max(longest, SMALL_SIDE), side)
    if wanted == longest:
        return grey
    size = (max(1, round(grey.width * wanted / longest)), max(1, round(grey.height * wanted / longest)))
    return grey.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _even(found: Sequence["cv2.KeyPoint"], side: int, most: int) -> list["cv2.KeyPoint"]:
    """The strongest points of every part of a picture, so that stripes do not crowd out all else."""
    if len(found) <= most:
        return list(found)
    cells = np.array([(int(_CELLS * k.pt[0] / side), int(_CELLS * k.pt[1] / side)) for k in found]) @ (1, 1000)
    strength = np.array([k.response for k in found])
    order = np.lexsort((-strength, cells))
    first = np.searchsorted(cells[order], cells[order])
    rank = np.arange(len(order)) - first
    return [found[n] for n in order[np.lexsort((-strength[order], rank))][:most]]


def rooted(raw: Floats) -> Bytes:
    """RootSIFT: Euclidean distance of these is the Hellinger distance of the histograms."""
    total = np.maximum(raw.sum(1, keepdims=True), 1e-6)
    return np.minimum(np.rint(np.sqrt(raw / total) * _UNIT), 255).astype(np.uint8)


def _order(*, mirrored: bool, inverted: bool) -> npt.NDArray[np.intp]:
    """Where each of 4 × 4 × 8 bins goes when the picture is mirrored, or its light and dark are swapped."""
    bins = np.arange(128).reshape(4, 4, 8)
    if mirrored:
        bins = bins[::-1][:, :, -np.arange(8) % 8]
    if inverted:
        bins = bins[::-1, ::-1]
    return bins.reshape(-1)


WAYS = ("none", "mirrored", "inverted", "inverted, mirrored")
"""What a descriptor does not bear, and what is undone by putting its bins in another order."""
_ORDERS = tuple(_order(mirrored=bool(w & 1), inverted=bool(w & 2)) for w in range(len(WAYS)))


def other_way(features: Features, way: int) -> Features:
    """The features that the picture would have if it were mirrored or inverted (a number of WAYS)."""
    if not way:
        return features
    points = features.points.copy()
    if way & 1:
        points[:, 0] = features.size[0] - points[:, 0]
        points[:, 3] = np.pi - points[:, 3]
    if way & 2:
        points[:, 3] += np.pi
    return Features(points, features.descriptors[:, _ORDERS[way]], features.size)
