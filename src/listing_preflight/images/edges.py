"""Where a logo has edges and which way they face, and whether a picture has the same: what cover and a busy ground leave of a logo."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

Floats = npt.NDArray[Any]
COUNT = 96
"""Points kept of the outlines of a logo, at even distances along them."""
SIDES = 320, 640
"""Pixels of a picture's longer side at which its edges are looked at: to choose among proposals, and to move them."""
_BLUR = 1.6, 1.0
_NOISE = 6.0, 8.0
"""Slope in grey levels a pixel that counts half."""
_COLOUR = 2.0
"""What a step of colour counts for, beside one of light: the planes of Lab are narrower."""
FAR, CLOSE = (0.07, 0.045), (0.05, 0.035, 0.025, 0.018)
"""How far an edge is sought along the way it faces, as a share of the logo's longer side: one round each, of a proposal and of what lies nearly right."""
_TAPS = 9
_AROUND, _BESIDE = 16, (0.15, 0.22, 0.3)
"""Directions in which a logo is looked for beside its place, and how far, as a share of its longer side."""
_BLOCK = 2048
_FEW, _LOOKED_AT = 8, 5000
"""Of many proposals one point of so many is looked at first, and more of so many proposals."""


class Edges(NamedTuple):
    """`points` [n, COUNT, 2] in pixels of the logo's `ink`, `ways` [n, COUNT, 2] of length 1: towards the ink."""

    points: Floats
    ways: Floats


class Slopes(NamedTuple):
    """Slopes of a picture: `field` [h, w, 3, 2] of light and two colours, each at most 1 long; `zoom` of pixels as displayed to its own."""

    field: Floats
    zoom: float


class Snug(NamedTuple):
    """Logos moved onto edges: `matrix` [n, 2, 3] of `ink` pixels to those as displayed, `score` [n] of their edges that are there, 0 to 1.

    `again` [n] is what share of it there is beside that place too: on stripes and checks a logo of bars fits everywhere.
    """

    matrix: Floats
    score: Floats
    again: Floats


def of_known(ink: Floats) -> tuple[Floats, Floats]:
    """Points [COUNT, 2] and ways [COUNT, 2] of a logo's ink [h, w], 0 to 1."""
    import cv2

    inked = np.asarray(ink > 0.5, np.uint8)
    found, _ = cv2.findContours(inked, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    line = np.concatenate([np.zeros((0, 2), np.int32), *(c.reshape(-1, 2) for c in found)])
    if not len(line):
        return np.zeros((COUNT, 2), np.float32), np.zeros((COUNT, 2), np.float32)
    points = line[(np.arange(COUNT) * len(line)) // COUNT]
    soft = cv2.GaussianBlur(np.asarray(ink, np.float32), (0, 0), 1.0)
    x, y = points.T
    ways = np.stack([cv2.Scharr(soft, cv2.CV_32F, 1, 0)[y, x], cv2.Scharr(soft, cv2.CV_32F, 0, 1)[y, x]], 1)
    return points.astype(np.float32), ways / np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-6)


def packed(kept: Sequence[tuple[Floats, Floats]]) -> Iterator[tuple[str, Floats]]:
    """Edges as arrays of one dimension."""
    points = np.array([p for p, _ in kept]).reshape(-1)
    ways = np.array([w for _, w in kept]).reshape(-1)
    yield "edge_points", np.rint(points).astype(np.uint8)
    yield "edge_ways", np.rint(ways * 100 + 128).astype(np.uint8)


def unpacked(points: Floats, ways: Floats) -> Edges:
    """Edges as they were packed."""
    faced = (ways.reshape(-1, COUNT, 2).astype(np.float32) - 128) / 100
    return Edges(points.reshape(-1, COUNT, 2).astype(np.float32), faced)


def slopes(picture: Image.Image) -> tuple[Slopes, ...]:
    """The slopes of a picture at each of SIDES."""
    return tuple(_slopes(picture, *how) for how in zip(SIDES, _BLUR, _NOISE, strict=True))


def _slopes(picture: Image.Image, side: int, blur: float, noise: float) -> Slopes:
    import cv2

    zoom = side / max(picture.size)
    size = max(8, round(picture.width * zoom)), max(8, round(picture.height * zoom))
    small = np.asarray(picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0).convert("RGB"))
    lab = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32), (0, 0), blur)
    lab *= np.array([1, _COLOUR, _COLOUR], np.float32)
    way = np.stack(
        [cv2.Scharr(lab, cv2.CV_32F, 1, 0, scale=1 / 32), cv2.Scharr(lab, cv2.CV_32F, 0, 1, scale=1 / 32)], 3
    )
    way = way / (np.linalg.norm(way, axis=3, keepdims=True) + noise)
    return Slopes(way, zoom)


def laid(points: Floats, ways: Floats, matrix: Floats) -> tuple[Floats, Floats]:
    """Points and ways [n, m, 2] of logos as they lie in a picture by `matrix` [n, 2, 3]."""
    part = matrix[:, :, :2]
    at = np.einsum("nij,nmj->nmi", part, points) + matrix[:, None, :, 2]
    # ways stand upright on edges: they go by the inverse, turned over
    upright = np.stack([np.stack([part[:, 1, 1], -part[:, 1, 0]], 1), np.stack([-part[:, 0, 1], part[:, 0, 0]], 1)], 1)
    faced = np.einsum("nij,nmj->nmi", upright, ways)
    return at, faced / np.maximum(np.linalg.norm(faced, axis=2, keepdims=True), 1e-9)


def _met(seen: Slopes, at: Floats, ways: Floats) -> Floats:
    """How far the slopes of each plane at places [..., 2] run along ways [..., 2], -1 to 1: [..., 3]; 0 outside."""
    h, w = seen.field.shape[:2]
    x, y = np.rint(at[..., 0]).astype(np.int32), np.rint(at[..., 1]).astype(np.int32)
    inside = (x >= 0) & (y >= 0) & (x < w) & (y < h)
    found = seen.field.reshape(-1, 3, 2)[np.where(inside, y * w + x, 0)]
    met = found[..., 0] * ways[..., None, 0] + found[..., 1] * ways[..., None, 1]
    return np.where(inside[..., None], met, 0)


def fewer(edges: Edges, step: int) -> Edges:
    """One in so many of the points of logos."""
    return Edges(edges.points[:, ::step], edges.ways[:, ::step])


def chosen(seen: Slopes, edges: Edges, matrix: Floats) -> tuple[Floats, Floats]:
    """How many of their edges logos [n] that lie by `matrix` meet as they are (0 to 1), and by which plane: its number plus 1, negative where ink is lighter.

    Of many only the best by a few of their points are looked at by more; the others have 0.
    """
    scaled = (matrix * seen.zoom).astype(np.float32)
    score, plane = _mean(seen, fewer(edges, _FEW), scaled)
    best = np.argsort(-score, kind="stable")[:_LOOKED_AT]
    score = np.zeros_like(score)
    score[best], plane[best] = _mean(seen, Edges(edges.points[best, ::2], edges.ways[best, ::2]), scaled[best])
    return score, plane


def _mean(seen: Slopes, edges: Edges, scaled: Floats) -> tuple[Floats, Floats]:
    score, plane = np.zeros(len(scaled), np.float32), np.zeros(len(scaled), np.int64)
    for first in range(0, len(scaled), _BLOCK):
        rows = slice(first, first + _BLOCK)
        at, ways = laid(edges.points[rows], edges.ways[rows], scaled[rows])
        sums = _met(seen, at, ways).mean(1)
        best = np.abs(sums).argmax(1)
        value = sums[np.arange(len(sums)), best]
        score[rows], plane[rows] = np.abs(value), np.where(value < 0, -1, 1) * (best + 1)
    return score, plane


def snug(seen: Slopes, edges: Edges, matrix: Floats, plane: Floats, side: float, spans: Sequence[float]) -> Snug:
    """Logos moved, turned and slanted until most of their edges are met; `side` is the longer one of their ink."""
    matrix = matrix * seen.zoom
    spread = np.zeros(edges.points.shape[:2], np.float32)
    for span in spans:
        at, ways = laid(edges.points, edges.ways, matrix)
        reach = span * side * _size(matrix)
        steps = np.linspace(-1, 1, _TAPS, dtype=np.float32)
        off = reach[:, None, None] * steps
        spread, shift = _sought(seen, at, ways, off, plane)
        matrix = _moved(matrix, at, ways, spread, shift)
    at, ways = laid(edges.points, edges.ways, matrix)
    met, _ = _sought(seen, at, ways, np.array([-1.0, 0, 1.0], np.float32)[None, None], plane)
    return Snug(matrix / seen.zoom, np.clip(met, 0, 1).mean(1), _again(seen, at, ways, plane, side * _size(matrix)))


def _size(matrix: Floats) -> Floats:
    """Pixels [n] of one of a logo's."""
    return np.sqrt(np.abs(np.linalg.det(matrix[:, :, :2])))


def _again(seen: Slopes, at: Floats, ways: Floats, plane: Floats, side: Floats) -> Floats:
    """The most [n] that logos meet a little beside their places, over what they meet there."""
    turn = np.arange(_AROUND) * (2 * np.pi / _AROUND)
    off = np.concatenate([far * np.stack([np.cos(turn), np.sin(turn)], 1) for far in _BESIDE])
    off = np.concatenate([np.zeros((1, 2)), off]).astype(np.float32)
    met = np.empty((len(at), len(off)), np.float32)
    for n, one in enumerate(plane):
        places = at[n] + (off * side[n])[:, None]
        met[n] = np.sign(one) * _met(seen, places, ways[n])[..., abs(one) - 1].mean(1)
    return met[:, 1:].max(1) / np.maximum(met[:, 0], 0.05)


def _sought(seen: Slopes, at: Floats, ways: Floats, off: Floats, plane: Floats) -> tuple[Floats, Floats]:
    """The best that is met along the way of each point, and how far off it is: both [n, m]."""
    met = np.empty((*at.shape[:2], off.shape[2]), np.float32)
    for one in np.unique(plane):
        rows = np.flatnonzero(plane == one)
        mine = off[rows] if len(off) == len(at) else off
        places = at[rows][:, :, None] + ways[rows][:, :, None] * mine[..., None]
        met[rows] = np.sign(one) * _met(seen, places, ways[rows][:, :, None])[..., abs(one) - 1]
    near = met - 0.15 * np.abs(off) / max(1e-6, float(np.abs(off).max()))
    best = near.argmax(2)
    n, m = np.indices(best.shape)
    return met[n, m, best], np.broadcast_to(off, met.shape)[n, m, best]


def _moved(matrix: Floats, at: Floats, ways: Floats, met: Floats, shift: Floats) -> Floats:
    """`matrix` moved by the affine map that brings each point best onto the edge that it found."""
    weight = np.clip(met, 0, 1) ** 2
    total = np.maximum(weight.sum(1), 1e-6)
    middle = at.mean(1)
    q = at - middle[:, None]
    size = np.maximum(np.sqrt((q**2).sum(2).mean(1)), 1e-6)
    q = q / size[:, None, None]
    rows = np.concatenate([ways, ways[:, :, :1] * q, ways[:, :, 1:] * q], 2)
    left = np.einsum("nmi,nm,nmj->nij", rows, weight, rows) / total[:, None, None]
    right = np.einsum("nmi,nm,nm->ni", rows, weight, shift) / total[:, None]
    left = left + np.diag([0.02, 0.02, *(0.02,) * 4])
    found = np.linalg.solve(left, right[..., None])[..., 0]
    out = matrix.copy()
    bend = found[:, 2:].reshape(-1, 2, 2) / size[:, None, None]
    step = np.eye(2) + bend
    out[:, :, :2] = step @ matrix[:, :, :2]
    out[:, :, 2] = (step @ (matrix[:, :, 2] - middle)[..., None])[..., 0] + middle + found[:, :2]
    return out
