"""Four-cornered parts of a picture that stand out from what surrounds them: a screen, a print, a picture laid on a photograph.

Simple logos have too few points for local features, but what they were copied with is a panel of its own ground: laid flat it is
the whole picture again, and a hash tells it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from listing_preflight.images import hashes
from listing_preflight.images.hashes import Kind

MOST = 4
"""Panels of a picture that are looked at, the largest first."""
FLAT = 128
"""Pixels of both sides of a panel as it is laid flat."""
TURNS = (0, 1, 5, 6)
"""Numbers of `hashes.TURNS` in which a panel is looked at: corners say how it is turned, but for a quarter."""
_SIDE = 320
_LEVELS = 8, 5, 5
"""Thresholds of light and of two colours."""
_FAINTEST = 12
"""Grey levels between the lightest and the darkest of a plane, below which it shows no panel."""
_LEAST, _LARGEST = 0.012, 0.95
"""Share of the picture that a panel fills."""
_SHORTEST = 18
_FULL = 0.9
"""Share of its hull that a panel fills, and the least share of a quadrangle's area and its hull's."""
_BENT = 0.04
"""How far a side may run beside its line, as a share of the panel's girth."""
_SAME = 6.0
"""Pixels that the corners of one panel differ from one threshold to the next."""
Quad = npt.NDArray[np.float64]
Grey = npt.NDArray[Any]


class Panel(NamedTuple):
    """`matrix` [3, 3] maps pixels of the picture as displayed to a unit square; `bits` are of the panel laid flat, by `TURNS`."""

    matrix: npt.NDArray[np.float64]
    kind: Kind
    bits: tuple[int, ...]


def panels(picture: Image.Image, kinds: tuple[Kind, ...]) -> list[Panel]:
    """The panels of a picture with their hashes; those that show next to nothing left out."""
    import cv2

    grey = np.asarray(hashes.reduced(picture))
    zoom = np.diag([grey.shape[1] / picture.width, grey.shape[0] / picture.height, 1.0])
    unit = np.diag([1 / FLAT, 1 / FLAT, 1.0])
    out: list[Panel] = []
    for quad in quads(picture):
        seen = (quad * np.diag(zoom)[:2]).astype(np.float32)
        corners = np.array([[0, 0], [FLAT, 0], [FLAT, FLAT], [0, FLAT]], np.float32)
        onto = cv2.getPerspectiveTransform(seen, corners)
        flat = Image.fromarray(cv2.warpPerspective(_softened(grey, seen), onto, (FLAT, FLAT), flags=cv2.INTER_LINEAR))
        if hashes.is_flat(flat):
            continue
        for kind in (k for k in kinds if k != "shape"):
            turned = hashes.turned(flat, kind)
            out.append(Panel((unit @ onto @ zoom).astype(np.float64), kind, tuple(turned[n] for n in TURNS)))
    return out


def _softened(grey: Grey, quad: Grey) -> Grey:
    """A picture blurred as far as it is shrunk."""
    import cv2

    zoom = FLAT / float(np.sqrt(max(1.0, cv2.contourArea(quad))))
    return cv2.GaussianBlur(grey, (0, 0), 0.45 / zoom) if zoom < 0.7 else grey


def quads(picture: Image.Image) -> list[Quad]:
    """Corners [4, 2] of the panels in pixels as displayed, clockwise from the one that is nearest to the upper left, the largest panel first."""
    import cv2

    factor = _SIDE / max(picture.size)
    size = max(8, round(picture.width * factor)), max(8, round(picture.height * factor))
    small = np.asarray(picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0).convert("RGB"))
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (3, 3), 0), cv2.COLOR_RGB2LAB)
    found = [quad for n, many in enumerate(_LEVELS) for quad in _of_plane(lab[:, :, n], many)]
    found.sort(key=lambda quad: -cv2.contourArea(quad.astype(np.float32)))
    kept: list[Quad] = []
    for quad in found:
        if all(np.abs(quad - other).max() > _SAME for other in kept):
            kept.append(quad)
        if len(kept) == MOST:
            break
    return [quad * (np.array(picture.size) / size) for quad in kept]


def _of_plane(plane: Grey, many: int) -> Iterator[Quad]:
    import cv2

    low, high = (float(v) for v in np.percentile(plane, (1, 99)))
    if high - low < _FAINTEST:
        return
    for level in np.linspace(low, high, many + 2)[1:-1]:
        mask = np.asarray(plane > level, np.uint8)
        lines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for line in lines:
            quad = _quad(line, plane.size) if len(line) >= 4 else None
            if quad is not None:
                yield quad


def _quad(line: Grey, whole: int) -> Quad | None:
    """The four corners of a contour that is a quadrangle, or None."""
    import cv2

    box = cv2.boundingRect(line)
    if box[2] * box[3] < _LEAST * whole or min(box[2:]) < _SHORTEST:
        return None
    hull = cv2.convexHull(line)
    area = cv2.contourArea(hull)
    if not _LEAST * whole <= area <= _LARGEST * whole or cv2.contourArea(line) < _FULL * area:
        return None
    corners = cv2.approxPolyDP(hull, _BENT * cv2.arcLength(hull, closed=True), closed=True)[:, 0].astype(np.float64)
    if len(corners) != 4 or not _FULL <= cv2.contourArea(corners.astype(np.float32)) / area <= 1 / _FULL:
        return None
    if min(np.hypot(*(corners - np.roll(corners, 1, 0)).T)) < _SHORTEST:
        return None
    return _ordered(corners)


def _ordered(corners: Quad) -> Quad:
    """Clockwise as displayed, from the corner nearest to the upper left."""
    off = corners - corners.mean(0)
    clockwise = corners[np.argsort(np.arctan2(off[:, 1], off[:, 0]))]
    return np.roll(clockwise, -int(clockwise.sum(1).argmin()), 0)
