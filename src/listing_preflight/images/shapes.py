"""The outline of goods on a plain ground as a hash: what a drawing and a photograph of one design have in common."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from listing_preflight.images.looked import Box

SIDE = 16
NEAR = 10
"""Bits of 256 in which two outlines of one design may differ."""
_PLAINEST = 22
"""Bits that an outline has to differ from a full rectangle, and from the ellipse in it: all bottles and boxes are alike."""
_LONG_SIDE = 320
_GROUND = 24
_BORDER = 0.9
"""Share of the edge that has to be of one colour."""
_SPECK = 0.02
Mask = npt.NDArray[Any]


class Outline(NamedTuple):
    """The hash of an outline as it is and mirrored, and the box that it fills in pixels as displayed."""

    bits: int
    mirrored: int
    box: Box


def outline(picture: Image.Image) -> Outline | None:
    """The outline of what stands on a plain ground; None without a plain ground, or where it is one of many alike."""
    small = picture.copy()
    small.thumbnail((_LONG_SIDE, _LONG_SIDE))
    mask = _silhouette(np.asarray(small.convert("RGB"), np.int16))
    if mask is None:
        return None
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    left, top, right, low = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    cells = _cells(mask[top:low, left:right])
    if _is_plain(cells, right - left, low - top):
        return None
    zoom = picture.width / small.width
    box = (round(left * zoom), round(top * zoom), round((right - left) * zoom), round((low - top) * zoom))
    return Outline(_packed(cells), _packed(cells[:, ::-1]), box)


def has_plain_ground(picture: Image.Image) -> bool:
    """Whether a picture's edge is of one colour."""
    small = picture.copy()
    small.thumbnail((_LONG_SIDE, _LONG_SIDE))
    return _ground(np.asarray(small.convert("RGB"), np.int16)) is not None


def _ground(pixels: Mask) -> Mask | None:
    """The colour of nearly all of the edge, or None."""
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    ground = np.median(edge, 0)
    return ground if (np.abs(edge - ground).max(1) < _GROUND).mean() >= _BORDER else None


def _silhouette(pixels: Mask) -> Mask | None:
    import cv2

    ground = _ground(pixels)
    if ground is None:
        return None
    shown = (np.abs(pixels - ground).max(2) > _GROUND).astype(np.uint8)
    closed = cv2.morphologyEx(shown, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    around, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    kept = [c for c in around if cv2.contourArea(c) > _SPECK * shown.size]
    if not kept:
        return None
    mask = np.zeros_like(shown)
    cv2.drawContours(mask, kept, -1, 1, cv2.FILLED)
    return mask


def _cells(mask: Mask) -> Mask:
    """A mask in the middle of a square, 16 × 16."""
    import cv2

    height, width = mask.shape
    side = max(height, width)
    square = np.zeros((side, side), np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = mask
    return cv2.resize(square, (SIDE, SIDE), interpolation=cv2.INTER_AREA) > 0.5


def _is_plain(cells: Mask, width: int, height: int) -> bool:
    box = _cells(np.ones((height, width), np.float32))
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    a, b = (SIDE * v / max(width, height) / 2 for v in (width, height))
    middle = (SIDE - 1) / 2
    ellipse = ((x - middle) / max(a, 0.5)) ** 2 + ((y - middle) / max(b, 0.5)) ** 2 <= 1
    return min(int((cells != box).sum()), int((cells != ellipse).sum())) < _PLAINEST


def _packed(cells: Mask) -> int:
    return int.from_bytes(np.packbits(cells.flatten()).tobytes(), "big")
