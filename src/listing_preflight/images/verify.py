"""Whether the pixels agree where points say that a known picture lies: correlation of small cells, brightness and contrast apart."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

SIDE = 192
"""Pixels of a known picture's longer side as it is kept for comparing."""
CELL = 12
_STRUCTURE = 5.0
"""Standard deviation of grey values below which a cell shows nothing to compare."""
Grey = npt.NDArray[Any]


class Agreement(NamedTuple):
    """Mean correlation of the cells that show something, the share of them that agree, how many they are, and the share of the known picture in view."""

    mean: float
    good: float
    cells: int
    covered: float


def small(picture: Image.Image) -> Image.Image:
    """A picture as it is kept for comparing."""
    factor = SIDE / max(picture.size)
    size = (max(CELL, round(picture.width * factor)), max(CELL, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.BOX if factor < 1 else Image.Resampling.BICUBIC)


def thumb(picture: Image.Image) -> Grey:
    """A picture as it is compared, grey."""
    return np.asarray(small(picture).convert("L"), np.float32)


def compare(
    seen: Grey, known: Grey, matrix: npt.NDArray[np.float64], around: Grey | None = None, *, inverted: bool = False
) -> Agreement:
    """Agreement of the known picture with the seen one, of which `matrix` [3, 3] maps pixels to those of the known."""
    import cv2

    h, w = known.shape
    zoom = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    source = seen
    if zoom < 0.7:
        source = cv2.GaussianBlur(seen, (0, 0), 0.45 / zoom)
    laid = cv2.warpPerspective(source, matrix, (w, h), flags=cv2.INTER_LINEAR)
    inside = cv2.warpPerspective(np.ones_like(seen), matrix, (w, h), flags=cv2.INTER_NEAREST)
    if inverted:
        laid = 255 - laid
    a, b = cv2.GaussianBlur(laid, (0, 0), 1.2), cv2.GaussianBlur(known, (0, 0), 1.2)
    if around is not None and len(around) >= 3:
        hull = np.zeros((h, w), np.uint8)
        cv2.fillConvexPoly(hull, cv2.convexHull(np.rint(around).astype(np.int32)), 1)
        inside = inside * cv2.dilate(hull, np.ones((5, 5), np.uint8))
    return _cells(a, b, inside)


def _cells(a: Grey, b: Grey, inside: Grey) -> Agreement:
    import cv2

    box = (CELL, CELL)

    def mean(x: Grey) -> Grey:
        return cv2.boxFilter(x, -1, box)[CELL // 2 :: CELL, CELL // 2 :: CELL]

    seen = mean(inside) > 0.9
    ma, mb = mean(a), mean(b)
    va, vb = np.maximum(mean(a * a) - ma * ma, 0), np.maximum(mean(b * b) - mb * mb, 0)
    cov = mean(a * b) - ma * mb
    shown = seen & (vb > _STRUCTURE**2)
    count = int(shown.sum())
    covered = float(inside.mean())
    if count == 0:
        return Agreement(0.0, 0.0, 0, covered)
    r = cov / np.sqrt((va + 4) * (vb + 4))
    weight = np.sqrt(vb[shown])
    return Agreement(
        float((r[shown] * weight).sum() / weight.sum()),
        float(((r[shown] > 0.5) * weight).sum() / weight.sum()),
        count,
        covered,
    )
