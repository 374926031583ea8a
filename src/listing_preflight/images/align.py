"""How one picture lies in another: point pairs that agree on one place, scale and turn, then an affine or projective map."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from listing_preflight.images.features import Features, Floats

Pairs = npt.NDArray[np.intp]
RATIO = 0.86
"""Distance to the nearest point of a known picture over that to its second nearest."""
LOOSE, TIGHT, EXACT = 0.05, 0.025, 0.007
"""Pixels of a known picture's longer side that a point may be off: for a first guess, and at last."""
_TURN, _SCALE = 0.6, 0.6
"""Radians and natural logarithm of scale by which two pairs may differ and still agree."""
_MOST = 400
FEWEST = 3
"""Pairs that have to agree before a known picture is looked at more closely."""
_FLATTEST = 0.35
"""The lesser over the greater stretch of an affine map: a picture seen at a steeper angle is not followed."""


class Aligned(NamedTuple):
    """`matrix` [3, 3] maps pixels of the seen picture to those of the known one.

    `inliers` pairs agree on it, `exact` of them to a pixel or two; `exact_places` are those in the known picture, and
    `spread` is how far the inliers lie apart there.
    """

    matrix: npt.NDArray[np.float64]
    inliers: int
    exact: int
    spread: float
    exact_places: Floats


def pairs(seen: Features, known: Features) -> Pairs:
    """Pairs [n, 2] of points whose nearest by far is the other."""
    if len(seen.points) == 0 or len(known.points) < 2:
        return np.zeros((0, 2), np.intp)
    alike = seen.descriptors.astype(np.float32) @ known.descriptors.astype(np.float32).T / 65025
    rows = np.arange(len(alike))
    first = alike.argmax(1)
    best = alike[rows, first].copy()
    alike[rows, first] = -1
    second = alike.max(1)
    ok = (1 - best) < RATIO**2 * (1 - second)
    order = np.argsort(-best[ok], kind="stable")[:_MOST]
    return np.stack([rows[ok][order], first[ok][order]], 1)


def align(seen: Floats, known: Floats, known_side: int) -> Aligned | None:
    """The map that most of the paired points [n, 4] agree on; None where fewer than three do."""
    if len(seen) < 3:
        return None
    scale, turn = np.log(known[:, 2] / seen[:, 2]), known[:, 3] - seen[:, 3]
    z, w = seen[:, 0] + 1j * seen[:, 1], known[:, 0] + 1j * known[:, 1]
    factor = np.exp(scale + 1j * turn)
    off = np.abs(factor[:, None] * (z[None, :] - z[:, None]) + w[:, None] - w[None, :])
    turned = np.abs((turn[:, None] - turn[None, :] + np.pi) % (2 * np.pi) - np.pi)
    near = np.abs(scale[:, None] - scale[None, :]) < _SCALE
    agree = (off < LOOSE * known_side) & (turned < _TURN) & near
    best = int(agree.sum(1).argmax())
    return _refined(seen[:, :2], known[:, :2], agree[best], known_side)


def _refined(a: Floats, b: Floats, inside: npt.NDArray[np.bool_], side: int) -> Aligned | None:
    matrix = None
    for tolerance in (LOOSE, LOOSE, TIGHT, TIGHT):
        if _distinct(a, b, inside) < 3:
            return None
        fitted = _affine(a[inside], b[inside])
        if fitted is None:
            return None
        matrix = fitted
        inside = _off(matrix, a, b) < tolerance * side
    count = _distinct(a, b, inside)
    if count < 3 or matrix is None:
        return None
    if count >= 10:
        bent, among = _projective(a, b, matrix, side)
        more = _distinct(a, b, among)
        if bent is not None and more > 1.05 * count:
            matrix, inside, count = bent, among, more
    if count < 3:
        return None
    exact, among = _sharpened(matrix, a, b, side)
    return Aligned(exact, count, _distinct(a, b, among), _spread(b[inside], side), b[among])


def _sharpened(
    matrix: npt.NDArray[np.float64], a: Floats, b: Floats, side: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """The map fitted to the pairs that agree to a pixel or two, where enough do."""
    bent = abs(matrix[2, :2]).max() > 0
    for _ in range(3):
        among = _off(matrix, a, b) < EXACT * side
        if among.sum() < 8 or _distinct(a, b, among) < 6:
            break
        fitted = matrix if bent else _affine(a[among], b[among])
        if fitted is None:
            break
        matrix = fitted
    return matrix, _off(matrix, a, b) < EXACT * side


def _distinct(a: Floats, b: Floats, inside: npt.NDArray[np.bool_]) -> int:
    """Pairs counted once a place: a point found at two angles is one point."""
    if not inside.any():
        return 0
    return min(len(np.unique(np.rint(a[inside]), axis=0)), len(np.unique(np.rint(b[inside]), axis=0)))


def _off(matrix: npt.NDArray[np.float64], a: Floats, b: Floats) -> npt.NDArray[np.float64]:
    p = np.c_[a, np.ones(len(a))] @ matrix.T
    w = np.where(np.abs(p[:, 2:]) < 1e-9, 1e-9, p[:, 2:])
    return np.hypot(*(p[:, :2] / w - b).T)


def _affine(a: Floats, b: Floats) -> npt.NDArray[np.float64] | None:
    """Least squares; held to a similarity where the points are few or lie on a line."""
    n = len(a)
    mean = a.mean(0)
    if n >= 6:
        left, *_ = np.linalg.lstsq(np.c_[a - mean, np.ones(n)], b, rcond=None)
        part = left[:2].T
        stretch = np.linalg.svd(part, compute_uv=False)
        if np.linalg.det(part) > 0 and stretch[1] > _FLATTEST * stretch[0]:
            return np.vstack([np.c_[part, left[2] - part @ mean], [0, 0, 1]])
    z, w = (a - mean) @ [1, 1j], b @ [1, 1j]
    power = (np.abs(z) ** 2).sum()
    if power < 1e-6:
        return None
    m = (np.conj(z) * (w - w.mean())).sum() / power
    part = np.array([[m.real, -m.imag], [m.imag, m.real]])
    return np.vstack([np.c_[part, b.mean(0) - part @ mean], [0, 0, 1]])


def _projective(
    a: Floats, b: Floats, start: npt.NDArray[np.float64], side: int
) -> tuple[npt.NDArray[np.float64] | None, npt.NDArray[np.bool_]]:
    import cv2

    inside = _off(start, a, b) < 2 * LOOSE * side
    none = np.zeros(len(a), bool)
    if inside.sum() < 10:
        return None, none
    cv2.setRNGSeed(1)
    found: Any = cv2.findHomography(a[inside], b[inside], cv2.RANSAC, TIGHT * side)[0]
    if found is None or not np.isfinite(found).all():
        return None, none
    return found.astype(np.float64), _off(found, a, b) < TIGHT * side


def _spread(points: Floats, side: int) -> float:
    """How far the points are apart as a share of the known picture's side: the lesser of two standard deviations."""
    if len(points) < 3:
        return 0.0
    return float(np.sqrt(max(0.0, np.linalg.eigvalsh(np.cov(points.T))[0])) / side)


_TURNS = 8
_CELL = 0.25
"""Side of a cell in which middles of a known picture are counted, as a share of its own longer side as it would be seen."""
_BITS = 20


class Proposals(NamedTuple):
    """Pairs of features alike, [n, 4] points of the seen and the known picture, their numbers, and whose the known one is.

    `middles` [n, 2] and `sides` [n] are of the known picture of each pair, in its own pixels.
    """

    seen: Floats
    known: Floats
    seen_number: Pairs
    known_number: Pairs
    owner: Pairs
    middles: Floats
    sides: Floats


def votes(pairs: Proposals) -> list[tuple[int, int]]:
    """Owners of whom many pairs lie alike, and how many do, most first.

    A pair says where the middle of the known picture lies, how large and how turned; places are counted in coarse
    cells, two a measure, so that a cluster on a border is not cut in two. A feature counts once a cell.
    """
    best: dict[int, int] = {}
    for key in _cells(pairs):
        _, cell, size = np.unique(key, return_inverse=True, return_counts=True)
        rows = np.flatnonzero(size[cell] >= FEWEST)
        count = np.minimum(
            _distinct_in(cell[rows], pairs.seen_number[rows]), _distinct_in(cell[rows], pairs.known_number[rows])
        )
        for owner, many in zip(pairs.owner[rows].tolist(), count.tolist(), strict=True):
            best[owner] = max(best.get(owner, 0), many)
    return sorted(((o, n) for o, n in best.items() if n >= FEWEST), key=lambda one: (-one[1], one[0]))


def _distinct_in(cell: Pairs, number: Pairs) -> Pairs:
    """How many different numbers there are in the cell of each row."""
    if not len(cell):
        return cell
    different = np.unique(cell.astype(np.int64) << 32 | number.astype(np.int64)) >> 32
    return np.bincount(different, minlength=int(cell.max()) + 1)[cell]


def _cells(pairs: Proposals) -> Iterator[Pairs]:
    """The cell of every pair, in each of eight grids."""
    scale = np.log2(pairs.seen[:, 2] / pairs.known[:, 2])
    turn = (pairs.seen[:, 3] - pairs.known[:, 3]) % (2 * np.pi)
    off = (pairs.middles - pairs.known[:, :2]) @ np.array([1, 1j])
    middle = pairs.seen[:, :2] @ np.array([1, 1j]) + np.exp2(scale) * np.exp(1j * turn) * off
    for half in (0.0, 0.5):
        size = np.floor(scale + half)
        side = _CELL * pairs.sides * np.exp2(size - half + 0.5)
        around = np.floor(turn * _TURNS / (2 * np.pi) + half) % _TURNS
        kind = (pairs.owner * 64 + np.clip(size, -16, 15).astype(np.int64) + 16) * _TURNS + around.astype(np.int64)
        for right in (0.0, 0.5):
            for low in (0.0, 0.5):
                x, y = (np.clip(np.floor(v / side + o), -500, 500).astype(np.int64) + 512
                        for v, o in ((middle.real, right), (middle.imag, low)))  # fmt: skip
                yield (kind << _BITS) + x * 1024 + y
