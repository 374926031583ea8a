"""Find logos in a picture: regions alike in form propose a place, the ink decides."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from listing_preflight.images import figures, inked, place
from listing_preflight.images.figures import RAYS, RINGS, Figures
from listing_preflight.images.gallery import Gallery
from listing_preflight.images.inked import Fit, Matrix
from listing_preflight.images.looked import Box, Copy

SIDE = 800
"""Pixels of a picture's longer side at which ink is compared."""
ALIKE = 8
"""Figures of logos that are looked at for each region of a picture."""
LAID, REFINED = 60, 16
"""Proposals that are laid over the picture, and those of them that are moved until they fit best."""
_COMMONEST = 0.01
"""Rarity below which a figure is a shape that is everywhere, or shared by many logos, and proposes nothing."""
_FARTHEST = 1.5
"""Distance of a region to a figure over the figure's rarity, beyond which it says nothing."""
_MIDDLE, _STEEP = 1.43, 12.0
_FLATTEST = 0.5
"""The lesser over the greater stretch of a logo as it is seen."""


class Proposal(NamedTuple):
    """A logo and a map of the picture's pixels as displayed to its own."""

    number: int
    matrix: Matrix


class Laid(NamedTuple):
    """A logo laid over a picture; `matrix` maps pixels as displayed to the logo's own."""

    number: int
    fit: Fit
    matrix: Matrix


def find(gallery: Gallery, picture: Image.Image, seen: Figures) -> list[Copy]:
    """The logos in a picture whose regions are given, the best of those that claim one place."""
    return told(gallery, lay(gallery, picture, proposed(gallery, seen)), picture.size)


def told(gallery: Gallery, laid: Iterable[Laid], size: tuple[int, int]) -> list[Copy]:
    """What is a logo of what was laid over a picture of a size: each once, and of those that claim one place the likeliest."""
    best: dict[int, Laid] = {}
    for one in laid:
        if one.number not in best or likeness(one.fit) > likeness(best[one.number].fit):
            best[one.number] = one
    ranked = sorted(best.values(), key=lambda one: (-likeness(one.fit), one.number))
    return list(_apart([_copy(gallery, one, size) for one in ranked if is_logo(one.fit)]))


def proposed(gallery: Gallery, seen: Figures) -> list[Proposal]:
    """Logos of which a region has the form of one of their figures, the most telling first."""
    if not len(seen.frames) or not len(gallery.forms):
        return []
    worth = figures.distances(seen.forms, gallery.forms) / np.maximum(gallery.rarity, _COMMONEST)
    worth[:, gallery.rarity < _COMMONEST] = np.inf
    count = min(ALIKE, worth.shape[1])
    near = np.argpartition(worth, count - 1, 1)[:, :count]
    rows, numbers = np.repeat(np.arange(len(worth)), count), near.ravel()
    values = worth[rows, numbers]
    order = [n for n in np.argsort(values, kind="stable")[:LAID] if values[n] < _FARTHEST]
    return [
        Proposal(int(gallery.figure_of[numbers[n]]), _onto(gallery.figures, int(numbers[n]), seen, int(rows[n])))
        for n in order
    ]


def _onto(known: Figures, number: int, seen: Figures, row: int) -> Matrix:
    """The map that lays a region of a picture onto a figure: into the common frame, turned as their rings agree best, and out of it."""
    waves = (np.fft.rfft(a[n], axis=1) for a, n in ((seen.polar, row), (known.polar, number)))
    mine, its = waves
    weight = (np.arange(RINGS) + 0.5)[:, None]
    shift = int(np.fft.irfft((mine * np.conj(its) * weight).sum(0), RAYS).argmax())
    turn = -shift * 2 * np.pi / RAYS
    back = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    return np.asarray(np.linalg.inv(_whole(known.frames[number])) @ back @ _whole(seen.frames[row]))


def _whole(frame: npt.NDArray[np.float64]) -> Matrix:
    return np.vstack([frame, [0, 0, 1]])


def lay(gallery: Gallery, picture: Image.Image, proposals: Sequence[Proposal]) -> Iterator[Laid]:
    """Proposals laid over the picture, then the best of them moved until they fit best."""
    small = picture.copy()
    small.thumbnail((SIDE, SIDE))
    pixels, zoom = np.asarray(small.convert("RGB")), picture.width / small.width
    up = np.diag([zoom, zoom, 1.0])
    first = []
    for one in proposals:
        figure = gallery.ink(one.number)
        if figure is None or not _is_square(one.matrix):
            continue
        onto = inked.framed(gallery.size_of(one.number)) @ one.matrix @ up
        found = inked.fit(pixels, figure, onto, refine=False)
        if found is not None:
            first.append((found.mean + found.whole, one.number, figure, onto))
    first.sort(key=lambda one: (-one[0], one[1]))
    for _, number, figure, onto in first[:REFINED]:
        found = inked.fit(pixels, figure, onto, refine=True)
        if found is not None:
            back = np.linalg.inv(inked.framed(gallery.size_of(number)))
            yield Laid(number, found, back @ found.matrix @ np.linalg.inv(up))


def _is_square(matrix: Matrix) -> bool:
    """Whether a map keeps a logo about as wide as it is high, and does not mirror it."""
    part = matrix[:2, :2] / matrix[2, 2]
    stretch = np.linalg.svd(part, compute_uv=False)
    return bool(np.linalg.det(part) > 0 and stretch[1] > _FLATTEST * stretch[0])


def likeness(fit: Fit) -> float:
    """How sure it is that a figure is there, 0 to 1; from 0.5 on it is told.

    The middle lies between the worst fit of a logo that is there and the best of one that is not, on the `tuned` grounds of
    benchmarks/logos.py (seed 3): mean 0.85 with 0.73 of the edges sharp, and 0.68 with 0.61.
    """
    return float(1 / (1 + np.exp(-_STEEP * (fit.mean + fit.sharp - _MIDDLE))))


def is_logo(fit: Fit) -> bool:
    """Whether the ink lies where it has to."""
    return likeness(fit) >= 0.5


def _copy(gallery: Gallery, laid: Laid, size: tuple[int, int]) -> Copy:
    box = box_of(gallery, laid, size)
    return Copy(known=laid.number, method="figure", score=round(likeness(laid.fit), 3), box=box, alteration="none")


def box_of(gallery: Gallery, laid: Laid, size: tuple[int, int]) -> Box:
    """The upright box around a logo, in pixels of the picture as displayed, cut at its edges."""
    width, height = gallery.size_of(laid.number)
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]]) @ np.linalg.inv(laid.matrix).T
    corners = corners[:, :2] / corners[:, 2:]
    left, top = np.clip(np.floor(corners.min(0)), 0, np.array(size) - 1).astype(int)
    right, low = np.clip(np.ceil(corners.max(0)), 1, size).astype(int)
    return int(left), int(top), max(1, int(right - left)), max(1, int(low - top))


def _apart(found: Sequence[Copy]) -> Iterator[Copy]:
    taken: list[Box] = []
    for one in found:
        if not any(place.overlap(one.box, other) > 0.5 for other in taken):
            taken.append(one.box)
            yield one
