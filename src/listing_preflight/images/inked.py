"""Whether a figure of one ink lies where its form says: the picture seen along the one colour that tells ink from ground."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

Grey = npt.NDArray[Any]
Matrix = npt.NDArray[np.float64]
SIDE = 128
"""Pixels of a logo's longer side as it is compared."""
PAD = 14
"""Pixels of ground around it that have to be ground."""
CELL = 8
_STRUCTURE = 0.12
"""Standard deviation of ink (0 to 1) from which a cell shows an edge."""
_SHARP = 0.8
_ONE_COLOUR, _OTHER = 0.3, 0.5
"""How far the ink may be from its own colour, and how far the ground has to be from it, as shares of how far the ground is on the whole."""
_RIM = 9
"""Pixels across what is looked at of the ground around ink."""
_TONE, _PLAIN = 0.15, 0.85
"""How far from ground or ink a pixel may be, and the share of a logo that has to be near to one of them."""


class Fit(NamedTuple):
    """How well a figure fits: the share of its cells that show an edge and agree closely, and how many cells show one.

    `even` is the share of its ink that is of one colour, `bare` that of the ground close to it that is of another: ink of a larger figure goes on
    beyond the form, a busy ground is all but one colour, and what covers a part leaves the rest as it is.
    """

    sharp: float
    cells: int
    even: float
    bare: float


def ink(picture: Image.Image) -> Grey:
    """A logo as ink, 0 to 1, with PAD pixels of ground around it: how far each pixel is from the colour of its edge."""
    small = picture.convert("RGB")
    factor = SIDE / max(small.size)
    small = small.resize(
        (max(8, round(small.width * factor)), max(8, round(small.height * factor))),
        Image.Resampling.BICUBIC,
        reducing_gap=2.0,
    )
    pixels = np.asarray(small, np.float32)
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    far = np.abs(pixels - np.median(edge, 0)).max(2)
    top = float(np.percentile(far, 98))
    return np.pad(np.clip(far / max(top, 1.0), 0, 1), PAD)


def is_two_toned(picture: Image.Image) -> bool:
    """Whether a logo is of one ink alone: its form says all, and points would only be found in others like it."""
    found = ink(picture)
    return bool(((found < _TONE) | (found > 1 - _TONE)).mean() > _PLAIN)


def framed(known: tuple[int, int]) -> Matrix:
    """Pixels of a known picture of this size to those of its `ink`."""
    zoom = SIDE / max(known)
    return np.array([[zoom, 0, PAD], [0, zoom, PAD], [0, 0, 1.0]])


def fit(seen: Grey, figure: Grey, matrix: Matrix) -> Fit | None:
    """How well ink [h, w] fits RGB pixels [H, W, 3], of which `matrix` maps places to its own; None where it lies outside of them."""
    patch, inside = _laid(seen, figure.shape, matrix)
    if inside.mean() < 0.7:
        return None
    plain = _along(patch, figure, inside)
    return None if plain is None else Fit(*_cells(plain, figure, inside), *_printed(patch, figure, inside))


def _laid(seen: Grey, shape: tuple[int, ...], matrix: Matrix) -> tuple[Grey, Grey]:
    """The part of a picture that a figure would cover, in the figure's pixels, and where the picture has any."""
    import cv2

    size = shape[1], shape[0]
    zoom = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    corners = (
        np.array([[0, 0, 1], [shape[1], 0, 1], [shape[1], shape[0], 1], [0, shape[0], 1.0]]) @ np.linalg.inv(matrix).T
    )
    corners = corners[:, :2] / corners[:, 2:]
    left, top = np.maximum(np.floor(corners.min(0)).astype(int) - 2, 0)
    right, low = np.minimum(np.ceil(corners.max(0)).astype(int) + 3, (seen.shape[1], seen.shape[0]))
    if right - left < 3 or low - top < 3:
        return np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32)
    part = seen[top:low, left:right]
    onto = matrix @ np.array([[1, 0, left], [0, 1, top], [0, 0, 1.0]])
    if zoom < 0.7:
        part = cv2.GaussianBlur(part, (0, 0), 0.45 / zoom)
    patch = cv2.warpPerspective(part, onto, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpPerspective(np.ones(part.shape[:2], np.uint8), onto, size, flags=cv2.INTER_NEAREST)
    return patch.astype(np.float32), inside.astype(np.float32)


def _along(patch: Grey, figure: Grey, inside: Grey) -> Grey | None:
    """A patch [h, w, 3] as one grey: along the colour that tells what lies under the ink from what lies beside it."""
    within, beside = (figure > 0.75) & (inside > 0), (figure < 0.25) & (inside > 0)
    if within.sum() < 20 or beside.sum() < 20:
        return None
    a, b = patch[within], patch[beside]
    way = np.median(a, 0) - np.median(b, 0)
    way = way / (a.var(0) + b.var(0) + 60)
    length = float(np.linalg.norm(way))
    return None if length < 1e-4 else np.asarray(patch @ (way / length), np.float32)


def _cells(plain: Grey, figure: Grey, inside: Grey) -> tuple[float, int]:
    import cv2

    box = (CELL, CELL)

    def mean(x: Grey) -> Grey:
        return np.asarray(cv2.boxFilter(x, -1, box)[CELL // 2 :: CELL, CELL // 2 :: CELL], np.float32)

    a: Grey = cv2.GaussianBlur(plain, (0, 0), 0.8)
    b: Grey = cv2.GaussianBlur(figure, (0, 0), 0.8)
    a = a / max(1e-3, float(a.std()))
    ma, mb = mean(a), mean(b)
    va, vb = np.maximum(mean(a * a) - ma * ma, 0), np.maximum(mean(b * b) - mb * mb, 0)
    shown = (mean(inside) > 0.9) & (vb > _STRUCTURE**2)
    if not shown.any():
        return 0.0, 0
    r = ((mean(a * b) - ma * mb) / np.sqrt((va + 0.01) * (vb + 1e-4)))[shown]
    weight = np.sqrt(vb[shown])
    return float(((r > _SHARP) * weight).sum() / weight.sum()), int(shown.sum())


def _printed(patch: Grey, figure: Grey, inside: Grey) -> tuple[float, float]:
    """The shares of ink of one colour, and of ground close to it of another."""
    import cv2

    soft = cv2.GaussianBlur(patch, (0, 0), 0.8)
    rim = cv2.dilate(np.asarray(figure > 0.5, np.uint8), np.ones((_RIM, _RIM), np.uint8)) > 0
    within, beside = (figure > 0.75) & (inside > 0), (figure < 0.25) & (inside > 0) & rim
    if not (beside.any() and within.any()):
        return 0.0, 0.0
    far = np.linalg.norm(soft - np.median(soft[within], 0), axis=2)
    usual = max(1.0, float(np.median(far[beside])))
    return float((far[within] < _ONE_COLOUR * usual).mean()), float((far[beside] > _OTHER * usual).mean())
