"""Corners and spots of logos, found again one by one: each pair alike says where a logo would lie, and its edges are asked."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from listing_preflight.images import features, inked, words
from listing_preflight.images.features import Bytes, Features, Floats
from listing_preflight.images.words import Lot

KNOWN_SIDE, KNOWN_POINTS = 192, 160
"""Pixels of a logo's longer side at which its points are taken, and the strongest that are kept."""
SEEN_SIDES, SEEN_POINTS = (640, 400), 1500
"""The same of a seller's picture, which is looked at twice: what is drawn on a busy ground stands out from it once the ground is blurred."""
NEAR, KEPT = 24, 12
"""Bits of a signature that two points alike may differ, and known ones kept of each seen: more than of photographs, for edges tell right from wrong."""
WAYS = 0, 2
"""Ways of `features.WAYS` that ink may be seen: darker or lighter than its ground; a mirrored logo is another one."""
_PAD = 48
_CONTRAST, _EDGE = 0.02, 14.0
_FIXED = 128
"""Steps of a pixel in which places are kept."""
_TURN = 65535 / (2 * np.pi)
_SIZES = 8000.0


class Corners(NamedTuple):
    """Points of many logos: `points` [n, 4] of x, y, size (pixels of `inked.ink`) and angle, `owner` [n] numbers of pictures, and what they look like."""

    points: Floats
    owner: npt.NDArray[np.uint32]
    lot: Lot


def of_known(picture: Image.Image) -> tuple[Floats, Bytes]:
    """Points [n, 4] in pixels of a logo's `inked.ink`, and descriptors [n, 128]."""
    import cv2

    cv2.setNumThreads(1)
    zoom = KNOWN_SIDE / max(picture.size)
    size = max(8, round(picture.width * zoom)), max(8, round(picture.height * zoom))
    grey = np.asarray(picture.convert("L").resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0))
    found = _points(cv2.copyMakeBorder(grey, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_REPLICATE), KNOWN_POINTS)
    points = found.points.copy()
    points[:, :3] *= inked.SIDE / KNOWN_SIDE
    points[:, :2] += inked.PAD - _PAD * inked.SIDE / KNOWN_SIDE
    return points, found.descriptors


def of_seen(picture: Image.Image) -> Features:
    """Points of a seller's picture, in pixels as displayed."""
    import cv2

    cv2.setNumThreads(1)
    parts, pad = [], features.PAD
    for side in SEEN_SIDES:
        grey = np.asarray(features.scaled(picture.convert("L"), side))
        found = _points(cv2.copyMakeBorder(grey, pad, pad, pad, pad, cv2.BORDER_REPLICATE), SEEN_POINTS)
        found.points[:, :2] -= pad
        found.points[:, :3] *= max(picture.size) / max(grey.shape)
        parts.append(found)
    points, described = (np.concatenate(one) for one in ([p.points for p in parts], [p.descriptors for p in parts]))
    return Features(points, described, picture.size)


def _points(grey: Floats, most: int) -> Features:
    """The strongest points of a grey picture, in its own pixels."""
    import cv2

    finder = cv2.SIFT.create(0, 3, _CONTRAST, _EDGE, 1.6)
    strongest = sorted(finder.detect(grey, None), key=lambda k: (-k.response, k.pt, k.angle))[:most]
    found, raw = finder.compute(grey, strongest)
    size = grey.shape[1], grey.shape[0]
    if not len(found):
        return Features(np.zeros((0, 4), np.float32), np.zeros((0, 128), np.uint8), size)
    rows = [(*k.pt, k.size, np.deg2rad(k.angle)) for k in found]
    return Features(np.array(rows, np.float32), features.rooted(raw), size)


def packed(points: Floats) -> npt.NDArray[np.uint16]:
    """Points [n, 4] as whole numbers."""
    p = points.astype(np.float64)
    sizes = np.log(np.maximum(p[:, 2:3], 1)) * _SIZES
    whole = np.concatenate([p[:, :2] * _FIXED + 8192, sizes, (p[:, 3:] % (2 * np.pi)) * _TURN], 1)
    return np.clip(np.rint(whole), 0, 65535).astype(np.uint16)


def unpacked(raw: npt.NDArray[np.uint16]) -> Floats:
    """Points [n, 4] as they were packed."""
    p = raw.astype(np.float32)
    return np.concatenate([(p[:, :2] - 8192) / _FIXED, np.exp(p[:, 2:3] / _SIZES), p[:, 3:] / _TURN], 1)


def proposed(known: Corners, seen: Features) -> tuple[npt.NDArray[np.intp], Floats]:
    """Numbers of pictures [n] and maps [n, 2, 3] of their ink to the seen picture: one of each pair of points alike."""
    ways = [features.other_way(seen, way) for way in WAYS]
    shared = [words.share(known.lot, one.descriptors, near=NEAR, kept=KEPT) for one in ways]
    mine = np.concatenate([one.points[s.seen] for one, s in zip(ways, shared, strict=True)]).astype(np.float64)
    numbers = np.concatenate([s.known for s in shared])
    its = known.points[numbers].astype(np.float64)
    onto = mine[:, 2] / its[:, 2] * np.exp(1j * (mine[:, 3] - its[:, 3]))
    at = mine[:, 0] + 1j * mine[:, 1] - onto * (its[:, 0] + 1j * its[:, 1])
    rows = np.stack([onto.real, -onto.imag, at.real, onto.imag, onto.real, at.imag], 1)
    return known.owner[numbers].astype(np.intp), rows.reshape(-1, 2, 3)
