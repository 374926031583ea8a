"""Cut text out of the full picture as a flat strip: turned upright, stacks laid side by side, arcs unbent."""

import numpy as np

from listing_preflight.images.ocr.detect import Blob
from listing_preflight.images.ocr.models import Array

_ROOM = 1.35
"""Half a strip's height in thicknesses of the outline, which the detector draws well inside the letters."""
TALL = 1.5
"""Height over width from which a blob stands on its side or is a stack of letters."""
_ENOUGH = 192
"""Thickness that a strip needs at the most: it is read at a quarter of that. A shirt taken for a letter, cut in full, cost
a third of a picture of 3,000 pixels."""


def cut(picture: Array, quad: Array) -> Array:
    """The rectangle of a blob, laid flat."""
    import cv2

    across, down = max(_length(quad, 0, 1), _length(quad, 3, 2)), max(_length(quad, 0, 3), _length(quad, 1, 2))
    if (times := int(min(across, down) / _ENOUGH)) > 1:
        picture, quad = _smaller(picture, quad, times)
        across, down = across / times, down / times
    width, height = max(1, round(across)), max(1, round(down))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), flat)
    out: Array = cv2.warpPerspective(
        picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
    )
    return out


def _smaller(picture: Array, quad: Array, times: int) -> tuple[Array, Array]:
    """The part of a picture that holds a blob, and the blob in it, so many times smaller."""
    import cv2

    left, top = np.maximum(0, np.floor(quad.min(0))).astype(int)
    right, bottom = np.ceil(quad.max(0)).astype(int) + 1
    part = picture[top:bottom, left:right]
    size = max(1, part.shape[1] // times), max(1, part.shape[0] // times)
    back = np.array([size[0] / part.shape[1], size[1] / part.shape[0]], np.float32)
    small: Array = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return small, (quad - np.array([left, top], np.float32)) * back


def _length(quad: Array, a: int, b: int) -> float:
    return float(np.linalg.norm(quad[a] - quad[b]))


def upright(strip: Array) -> Array:
    """A strip that lies; one that stands is turned counter-clockwise."""
    return np.rot90(strip) if strip.shape[0] >= TALL * strip.shape[1] else strip


def others(picture: Array, blob: Blob) -> list[Array]:
    """Other ways of reading a blob whose first reading is doubtful."""
    strip = cut(picture, blob.quad)
    lying = upright(strip)
    out = [np.rot90(lying, 2)]
    if lying is not strip:
        stacked = unstacked(strip)
        out += [stacked] if stacked is not None else []
    bent = unbent(picture, blob) if blob.bent else None
    return out + ([bent] if bent is not None else [])


def unstacked(strip: Array) -> Array | None:
    """Letters that stand one below the other, side by side; None where rows do not part into letters."""
    import cv2

    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY)
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if ink.mean() > 0.5:
        ink = 1 - ink
    rows = ink.mean(1) > 0.02
    edges = np.flatnonzero(np.diff(np.concatenate([[0], rows.astype(np.int8), [0]])))
    runs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 0.15 * strip.shape[1]]
    if not 2 <= len(runs) <= 24:
        return None
    height = max(b - a for a, b in runs)
    ground = np.median(strip.reshape(-1, 3), axis=0).astype(np.uint8)
    return np.concatenate([c for a, b in runs for c in _cell(strip[a:b], ink[a:b], height, ground)], axis=1)


def _cell(letter: Array, ink: Array, height: int, ground: Array) -> tuple[Array, Array]:
    """A letter trimmed at its sides, on the stack's common height, and the gap before the next."""
    columns = np.flatnonzero(ink.any(0))
    letter = letter[:, columns[0] : columns[-1] + 1] if len(columns) else letter
    room = max(2, height // 6)
    out = np.empty((height + 2 * room, letter.shape[1], 3), np.uint8)
    out[:] = ground
    top = room + (height - letter.shape[0]) // 2
    out[top : top + letter.shape[0]] = letter
    gap = np.empty((height + 2 * room, room, 3), np.uint8)
    gap[:] = ground
    return gap, out


def unbent(picture: Array, blob: Blob) -> Array | None:
    """A line set on an arc, straightened along the middle of its outline."""
    ridge = _ridge(blob)
    return None if ridge is None else _along(picture, *ridge)


def _ridge(blob: Blob) -> tuple[Array, float] | None:
    """Points along the middle of a bent outline, left to right, and the line's thickness."""
    import cv2

    low = blob.outline.min(0)
    size = np.ceil(blob.outline.max(0) - low).astype(int) + 1
    mask = np.zeros((size[1], size[0]), np.uint8)
    cv2.fillPoly(mask, [np.round(blob.outline - low).astype(np.int32)], 1)
    xs = np.flatnonzero(mask.any(0))
    if len(xs) < 16:
        return None
    rows = np.arange(mask.shape[0])[:, None]
    count = mask.sum(0)[xs]
    ys = (mask * rows).sum(0)[xs] / count
    curve = np.polyfit(xs, ys, 4)
    points = np.stack([xs, np.polyval(curve, xs)], 1) + low
    steps = np.hypot(*np.diff(points, axis=0).T)
    return points, float(mask.sum() / max(1.0, steps.sum()))


def _along(picture: Array, middle: Array, thick: float) -> Array:
    """Pixels across a path, side by side: the path runs on straight for a letter's width at both ends."""
    import cv2

    room = _ROOM * thick
    first, last = _unit(middle[min(8, len(middle) - 1)] - middle[0]), _unit(middle[-1] - middle[-min(9, len(middle))])
    path = np.concatenate([[middle[0] - room * first], middle, [middle[-1] + room * last]])
    steps = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    at = np.linspace(0, steps[-1], max(8, round(float(steps[-1]))))
    x, y = (np.interp(at, steps, path[:, i]) for i in (0, 1))
    dx, dy = np.gradient(x), np.gradient(y)
    norm = np.maximum(1e-6, np.hypot(dx, dy))
    rows = np.arange(-room, room)[:, None]
    across = (x - rows * dy / norm).astype(np.float32), (y + rows * dx / norm).astype(np.float32)
    out: Array = cv2.remap(picture, *across, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return out


def _unit(step: Array) -> Array:
    return step / max(1e-6, float(np.hypot(*step)))
