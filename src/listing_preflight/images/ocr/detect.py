"""Find where text stands: a map of text on a small copy, its blobs in the full picture's pixels."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from listing_preflight.images.ocr import models
from listing_preflight.images.ocr.models import Array

LONGEST = 960
"""Long side at which text is looked for: at 640 recall falls by 4 points, at 2,000 it costs three times as much."""
SHORTEST = 640
"""Short side that smaller pictures are brought up to: at 480 recall of small print falls by 5 points, 736 adds none."""
FLAT = 10
"""Steps of 255 within which all pixels are one colour to the eye."""
_FEW = 16
GLANCE = 320
"""Long side of the glance that tells where to look closely, and whether at all."""
TRACE = 0.01
"""What a glance must give for a place to be looked at: small print is a trace at this size, not yet text."""
MARGIN = 10
"""Pixels of the glance around a trace that are looked at with it."""
_WORTH = 0.8
"""A glance at more than this share of the close look's scale saves nothing."""
_MOSTLY = 0.6
"""Share of the picture from which it is looked at whole."""
_LITTLE = 1.1
_STEP = 32
"""Sides that the network takes are multiples of this."""
TILED_FROM = 1600
"""Long side from which a picture is looked at in tiles as well."""
OVERVIEW = 640
"""Long side at which such a picture is seen as a whole, for letters too large for its tiles. A trace there tells nothing about
small print: tiles chosen by it lost 12 of 42 words on rough grounds."""
TILED_AT = 1600
_OVERLAP = 96
_CELL = 50
_EDGE = 24
_EDGES = 0.08
_THRESHOLD = 0.3
_BLOB = 0.5
_BENT_BLOB = 0.6
_BENT = 0.72
"""Share of its rectangle that a straight line's outline fills at the least."""
_GROWTH = 1.6
_MOST = 400
"""Blobs of one picture that are read: more is a pattern, not text."""


Window = tuple[int, int, int, int]
"""A rectangle of a picture: x, y, width, height."""


class Blob(NamedTuple):
    """A piece of text in full-picture pixels: corners from the top left clockwise, outline, how sure, is it bent."""

    quad: Array
    outline: Array
    score: float
    bent: bool


def find(picture: Array) -> list[Blob]:
    """Blobs of a (height, width, 3) picture."""
    height, width = picture.shape[:2]
    if _is_flat(picture):
        return []
    scale = _scale(height, width)
    if max(height, width) > TILED_FROM:
        return merged([*_tiles(picture), *_look(picture, 0, 0, OVERVIEW / max(height, width))])[:_MOST]
    windows = _windows(picture, scale)
    if windows is None:
        return list(_look(picture, 0, 0, scale))[:_MOST]
    blobs = [b for x, y, w, h in windows for b in _look(picture[y : y + h, x : x + w], x, y, scale)]
    return (merged(blobs) if len(windows) > 1 else blobs)[:_MOST]


def _is_flat(picture: Array) -> bool:
    """Whether all pixels are of one colour: nothing can be read, and no network need be asked."""
    # A few pixels in many tell most pictures that are not; only what they leave open is looked at in full.
    return all(
        int(np.ptp(seen[:, :, colour])) < FLAT for seen in (picture[::_FEW, ::_FEW], picture) for colour in range(3)
    )


def _scale(height: int, width: int) -> float:
    scale = max(1.0, SHORTEST / min(height, width))
    return min(scale, LONGEST / max(height, width))


def _windows(picture: Array, scale: float) -> list[Window] | None:
    """Where a glance sees a trace of text, as rectangles to look at closely; None where that is most of the picture."""
    import cv2

    height, width = picture.shape[:2]
    glance = GLANCE / max(height, width)
    if glance > _WORTH * scale:
        return None
    found = _map(picture, glance)
    near = np.ones((2 * MARGIN + 1, 2 * MARGIN + 1), np.uint8)
    traces = cv2.dilate((found > TRACE).astype(np.uint8), near)
    _, _, stats, _ = cv2.connectedComponentsWithStats(traces)
    back = np.array([width / found.shape[1], height / found.shape[0]] * 2)
    windows = joined([_whole_cells(row[:4] * back, (width, height), scale) for row in stats[1:]])
    return windows if sum(w * h for _, _, w, h in windows) < _MOSTLY * width * height else None


def _whole_cells(box: Array, size: tuple[int, int], scale: float) -> Window:
    """The window grown to what the network takes without stretching it, kept inside the picture."""
    out = []
    for at, length, limit in zip(box[:2], box[2:], size, strict=True):
        whole = min(limit, round(math.ceil(length * scale / _STEP) * _STEP / scale))
        first = min(max(0, round(at - (whole - length) / 2)), limit - whole)
        out.append((first, whole))
    (x, w), (y, h) = out
    return x, y, w, h


def joined(windows: list[Window]) -> list[Window]:
    """Windows made one where that costs little: those that overlap are not looked at twice."""
    out: list[Window] = []
    for window in windows:
        while (other := next((o for o in out if _costs_little(window, o)), None)) is not None:
            out.remove(other)
            window = _both(window, other)
        out.append(window)
    return sorted(out)


def _costs_little(a: Window, b: Window) -> bool:
    _, _, w, h = _both(a, b)
    return w * h <= _LITTLE * (a[2] * a[3] + b[2] * b[3])


def _both(a: Window, b: Window) -> Window:
    x, y = min(a[0], b[0]), min(a[1], b[1])
    return x, y, max(a[0] + a[2], b[0] + b[2]) - x, max(a[1] + a[3], b[1] + b[3]) - y


def _tiles(picture: Array) -> Iterator[Blob]:
    """Blobs at a larger scale of what has the edges of letters in each tile; plain ground costs nothing."""
    height, width = picture.shape[:2]
    scale = min(1.0, TILED_AT / max(height, width))
    step, room = round((TILED_AT // 2) / scale), round(_OVERLAP / scale)
    busy = _busy(picture)
    for top in range(0, height, step):
        for left in range(0, width, step):
            part = busy[top // _CELL : (top + step) // _CELL, left // _CELL : (left + step) // _CELL]
            rows, columns = np.nonzero(part)
            if len(rows):
                y, x = max(0, top + int(rows.min()) * _CELL - room), max(0, left + int(columns.min()) * _CELL - room)
                below, right = top + int(rows.max() + 1) * _CELL + room, left + int(columns.max() + 1) * _CELL + room
                yield from _look(picture[y:below, x:right], x, y, scale)


def _busy(picture: Array) -> Array:
    """Which cells hold as many steps of brightness as letters do and the outline of a thing does not."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    if grey.shape[1] < 3:
        return np.zeros((1, 1), bool)
    steps = cv2.absdiff(grey[:, 2:], grey[:, :-2]) > _EDGE
    rows, columns = -(-grey.shape[0] // _CELL), -(-grey.shape[1] // _CELL)
    whole = np.zeros((rows * _CELL, columns * _CELL), np.uint8)
    whole[: steps.shape[0], : steps.shape[1]] = steps
    shares: Array = whole.reshape(rows, _CELL, columns, _CELL).mean((1, 3))
    return shares > _EDGES


def _map(part: Array, scale: float) -> Array:
    """How sure the network is of text at each pixel of a scaled copy."""
    import cv2

    height, width = part.shape[:2]
    size = max(_STEP, round(width * scale / _STEP) * _STEP), max(_STEP, round(height * scale / _STEP) * _STEP)
    if 4 * max(size) <= max(height, width):  # halving first gives much the same copy in half the time
        part = cv2.resize(
            part[: height // 2 * 2, : width // 2 * 2], (width // 2, height // 2), interpolation=cv2.INTER_AREA
        )
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    # The networks were trained on BGR pictures.
    out: Array = models.run(models.DETECTOR, models.normal(small[:, :, ::-1])[None])[0, 0]
    return out


def _look(part: Array, left: int, top: int, scale: float) -> Iterator[Blob]:
    """Blobs of a part of the picture, in the whole picture's pixels."""
    import cv2

    height, width = part.shape[:2]
    found = _map(part, scale)
    back = np.array([width / found.shape[1], height / found.shape[0]], np.float32)
    origin = np.array([left, top], np.float32)
    for rect, outline, score, bent in _blobs(found):
        yield Blob(_ordered(cv2.boxPoints(rect) * back) + origin, outline * back + origin, score, bent)


def _blobs(found: Array) -> Iterator[tuple[Any, Array, float, bool]]:
    import cv2

    mask = cv2.dilate((found > _THRESHOLD).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines[:1000]:
        centre, (w, h), angle = cv2.minAreaRect(outline)
        if min(w, h) < 3:
            continue
        bent = cv2.contourArea(outline) < _BENT * w * h and max(w, h) > 2 * min(w, h) and min(w, h) > 8
        # The rectangle of a bent line is mostly ground: what counts is inside its outline.
        shape = outline.reshape(-1, 2) if bent else cv2.boxPoints((centre, (w, h), angle)).astype(np.int32)
        score = _inside(found, shape)
        if score < (_BENT_BLOB if bent else _BLOB):
            continue
        grow = w * h * _GROWTH / (w + h)
        yield (centre, (w + grow, h + grow), angle), outline.reshape(-1, 2), score, bent


def _inside(found: Array, shape: Array) -> float:
    import cv2

    x, y, w, h = cv2.boundingRect(shape)
    x, y = max(0, x), max(0, y)
    mask = np.zeros((min(h, found.shape[0] - y), min(w, found.shape[1] - x)), np.uint8)
    cv2.fillPoly(mask, [shape - (x, y)], 1)
    return float(cv2.mean(found[y : y + h, x : x + w], mask)[0])


def _ordered(corners: Array) -> Array:
    """Corners from the top left clockwise."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    (tl, bl), (tr, br) = (sorted(pair, key=lambda p: p[1]) for pair in (by_x[:2], by_x[2:]))
    return np.array([tl, tr, br, bl], np.float32)


def merged(blobs: list[Blob]) -> list[Blob]:
    """Blobs without those that mostly lie in a larger one of like thickness: what tiles and overview both saw."""
    kept: list[tuple[Blob, Array]] = []
    for blob in sorted(blobs, key=lambda b: -_area(_bounds(b.quad))):
        box = _bounds(blob.quad)
        if not any(_shared(box, other) > 0.6 * _area(box) and _thick(blob) > 0.5 * _thick(b) for b, other in kept):
            kept.append((blob, box))
    return [b for b, _ in kept]


def _thick(blob: Blob) -> float:
    return float(min(np.linalg.norm(blob.quad[0] - blob.quad[n]) for n in (1, 3)))


def _bounds(quad: Array) -> Array:
    return np.concatenate([quad.min(0), quad.max(0)])


def _area(box: Array) -> float:
    return float(max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1]))


def _shared(a: Array, b: Array) -> float:
    return _area(np.concatenate([np.maximum(a[:2], b[:2]), np.minimum(a[2:], b[2:])]))
