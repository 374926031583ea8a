"""Find logos in a picture: regions alike in form propose a place, the ink decides."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from listing_preflight.images import corners, edges, figures, inked, place
from listing_preflight.images import likeness as curve
from listing_preflight.images.edges import Slopes, Snug
from listing_preflight.images.features import Features
from listing_preflight.images.figures import COMMONEST, RAYS, RINGS, Figures, Whole
from listing_preflight.images.gallery import Gallery
from listing_preflight.images.inked import Fit, Matrix
from listing_preflight.images.looked import Box, Copy

SIDE = 800
"""Pixels of a picture's longer side at which ink is compared."""
ALIKE, REGIONS = 16, 400
"""Figures of logos that are looked at for each region of a picture, and proposals that all regions make."""
MOVED, CLOSER, LAID = 800, 120, 40
"""Proposals that are moved towards the edges of a picture by some of their points, those of them that are moved onto them by all, and those whose ink is laid over it."""
_SOME = 3
"""One in so many points moves a proposal at first."""
_BESIDE = 0.5
"""What counts of a share that is met beside a place too, where places are ranked."""
_REPEATED = 0.6
"""Share of what a logo meets that it may meet beside its place: those that were there met up to 0.55, bars on stripes 0.5 to 1 (`tuned` grounds); below, it tells in the likeness."""
_RAREST, _MOST_VARIED = 0.12, 2.6
"""Half of all logos are rarer and more varied: beyond that it says nothing more."""
_LEAST, _MOST = 0.06, 0.95
"""Longer side of a logo as a share of the picture's."""
_MIDDLE_OF_INK = np.array([inked.PAD + inked.SIDE / 2, inked.PAD + inked.SIDE / 2, 1.0])
_FARTHEST = 2.0
"""Distance of a region to a figure over the figure's rarity, beyond which it says nothing."""
TOLD = 0.6
"""Likeness from which a logo is told: of what is told on the `tuned` grounds of benchmarks/logos.py 97 in 100 is right, 95 on the others."""
_FLATTEST = 0.5
"""The lesser over the greater stretch of a logo as it is seen."""


class Seen(NamedTuple):
    """What is looked at in a picture for logos: its regions, its points, its slopes."""

    figures: Figures
    corners: Features
    slopes: tuple[Slopes, ...]


class Proposals(NamedTuple):
    """Logos by `number` [n] and where they would lie: `matrix` [n, 2, 3] of the pixels of their ink to those as displayed."""

    number: npt.NDArray[np.intp]
    matrix: npt.NDArray[np.float64]


class Moved(NamedTuple):
    """A logo moved onto edges: its number, the share of its edges that is met, how much of that beside it too, and the map of its ink to pixels as displayed."""

    number: int
    met: float
    again: float
    matrix: Matrix


class Laid(NamedTuple):
    """A logo laid over a picture: what share of its edges is met, and how much of that beside it too, how its ink fits; `matrix` [3, 3] maps pixels of its ink to those as displayed."""

    number: int
    met: float
    again: float
    fit: Fit
    whole: Whole
    matrix: Matrix


def see(picture: Image.Image) -> Seen:
    """What is looked at in a picture for logos."""
    return Seen(figures.of_seen(picture), corners.of_seen(picture), edges.slopes(picture))


def find(gallery: Gallery, picture: Image.Image, seen: Seen) -> list[Copy]:
    """The logos in a picture, the best of those that claim one place."""
    return told(gallery, lay(gallery, picture, moved(gallery, seen, proposed(gallery, seen))), picture.size)


def told(gallery: Gallery, laid: Iterable[Laid], size: tuple[int, int]) -> list[Copy]:
    """What is a logo of what was laid over a picture of a size: each once, and of those that claim one place the likeliest."""
    best: dict[int, Laid] = {}
    for one in laid:
        if one.number not in best or likeness(one) > likeness(best[one.number]):
            best[one.number] = one
    ranked = sorted(filter(is_logo, best.values()), key=lambda one: (-likeness(one), one.number))
    return list(_apart([_copy(gallery, one, size) for one in ranked]))


def proposed(gallery: Gallery, seen: Seen) -> Proposals:
    """Logos of which a region or a point is alike, of a size that can be seen."""
    parts = (corners.proposed(gallery.corners, seen.corners), _by_regions(gallery, seen.figures))
    number, matrix = (np.concatenate(one) for one in zip(*parts, strict=True))
    side = max(seen.corners.size)
    size = np.sqrt(np.abs(np.linalg.det(matrix[:, :, :2]))) * inked.SIDE / side
    ok = (size > _LEAST) & (size < _MOST) & gallery.telling[number]
    return Proposals(number[ok], matrix[ok])


def _by_regions(gallery: Gallery, seen: Figures) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Logos of which a region has the form of one of their figures, the most telling first."""
    if not len(seen.frames) or not len(gallery.forms):
        return np.zeros(0, np.intp), np.zeros((0, 2, 3))
    worth = figures.distances(seen.forms, gallery.forms) / np.maximum(gallery.rarity, COMMONEST)
    worth[:, gallery.rarity < COMMONEST] = np.inf
    count = min(ALIKE, worth.shape[1])
    near = np.argpartition(worth, count - 1, 1)[:, :count]
    rows, numbers = np.repeat(np.arange(len(worth)), count), near.ravel()
    values = worth[rows, numbers]
    order = [n for n in np.argsort(values, kind="stable")[:REGIONS] if values[n] < _FARTHEST]
    owners = gallery.figure_of[numbers[order]].astype(np.intp)
    back = [
        (
            np.linalg.inv(
                inked.framed(gallery.size_of(owner)) @ _onto(gallery.figures, int(numbers[n]), seen, int(rows[n]))
            )
        )[:2]
        for n, owner in zip(order, owners.tolist(), strict=True)
    ]
    return owners, np.array(back).reshape(-1, 2, 3)


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


def moved(gallery: Gallery, seen: Seen, proposals: Proposals) -> list[Moved]:
    """The logos whose edges a picture has, the best first, each moved onto them."""
    if not len(proposals.number):
        return []
    numbers, found = _snug(gallery, seen, proposals)
    out: list[Moved] = []
    taken: list[tuple[int, npt.NDArray[np.float64]]] = []
    for n in np.argsort(-_alone(found), kind="stable").tolist():
        number, matrix = int(numbers[n]), _whole(found.matrix[n])
        middle = (matrix @ _MIDDLE_OF_INK)[:2]
        near = 0.2 * inked.SIDE * float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
        if (
            found.again[n] > _REPEATED
            or not _is_square(matrix)
            or any(o == number and np.hypot(*(middle - m)) < near for o, m in taken)
        ):
            continue
        taken.append((number, middle))
        out.append(Moved(number, float(found.score[n]), float(found.again[n]), matrix))
        if len(out) == LAID:
            break
    return out


def _snug(gallery: Gallery, seen: Seen, proposals: Proposals) -> tuple[npt.NDArray[np.intp], Snug]:
    """Numbers of the proposals whose edges a picture seems to have, and where they lie once moved: many roughly, the best of them closely."""
    coarse, fine = seen.slopes
    score, plane = edges.chosen(coarse, gallery.edges(proposals.number), proposals.matrix)
    top = np.argsort(-score, kind="stable")[:MOVED]
    some = edges.fewer(gallery.edges(proposals.number[top]), _SOME)
    rough = edges.snug(fine, some, proposals.matrix[top], plane[top], inked.SIDE, edges.FAR)
    best = np.argsort(-_alone(rough), kind="stable")[:CLOSER]
    numbers = proposals.number[top][best]
    return numbers, edges.snug(
        fine, gallery.edges(numbers), rough.matrix[best], plane[top][best], inked.SIDE, edges.CLOSE
    )


def _alone(found: Snug) -> npt.NDArray[np.float64]:
    """How much of their edges logos meet at their places and not beside them."""
    return np.asarray(found.score * (1 - _BESIDE * np.clip(found.again, 0, 1)), np.float64)


def lay(gallery: Gallery, picture: Image.Image, proposals: Sequence[Moved]) -> Iterator[Laid]:
    """How the ink of logos fits where their edges do."""
    small = picture.copy()
    small.thumbnail((SIDE, SIDE))
    pixels, zoom = np.asarray(small.convert("RGB")), picture.width / small.width
    down = np.diag([1 / zoom, 1 / zoom, 1.0])
    for number, met, again, matrix in proposals:
        figure = gallery.ink(number)
        found = (
            None if figure is None else inked.fit(pixels, figure, np.asarray(np.linalg.inv(down @ matrix), np.float64))
        )
        if found is not None:
            yield Laid(number, met, again, found, gallery.whole(number), matrix)


def _is_square(matrix: Matrix) -> bool:
    """Whether a map keeps a logo about as wide as it is high, and does not mirror it."""
    part = matrix[:2, :2] / matrix[2, 2]
    stretch = np.linalg.svd(part, compute_uv=False)
    return bool(np.linalg.det(part) > 0 and stretch[1] > _FLATTEST * stretch[0])


def measures(laid: Laid) -> dict[str, float]:
    """What the likeness of a logo is told by.

    Edges that are met times cells of ink that agree closely, how many cells there are, how rare its form is, how far ink and ground are told apart
    by colour, and how much of the edges is met beside the place too.
    """
    return {
        "agree": laid.met * laid.fit.sharp, "cells": float(np.log(max(1, laid.fit.cells))),
        "rarity": min(laid.whole.rarity, _RAREST), "variety": min(laid.whole.variety, _MOST_VARIED),
        "even": laid.fit.even, "bare": laid.fit.bare, "again": laid.again,
    }  # fmt: skip


def likeness(laid: Laid) -> float:
    """How likely it is that a logo is there, 0 to 1."""
    return curve.likeness("logo", **measures(laid))


def is_logo(laid: Laid) -> bool:
    """Whether edges and ink lie where they have to."""
    return likeness(laid) >= TOLD


def _copy(gallery: Gallery, laid: Laid, size: tuple[int, int]) -> Copy:
    box = box_of(gallery, laid, size)
    return Copy(known=laid.number, method="figure", score=likeness(laid), box=box, alteration="none")


def box_of(gallery: Gallery, laid: Laid, size: tuple[int, int]) -> Box:
    """The upright box around a logo, in pixels of the picture as displayed, cut at its edges."""
    points = gallery.edges(np.array([laid.number])).points[0]
    ends = np.c_[points, np.ones(len(points))] @ laid.matrix[:2].T
    left, top = np.clip(np.floor(ends.min(0)), 0, np.array(size) - 1).astype(int)
    right, low = np.clip(np.ceil(ends.max(0)), 1, size).astype(int)
    return int(left), int(top), max(1, int(right - left)), max(1, int(low - top))


def _apart(found: Sequence[Copy]) -> Iterator[Copy]:
    taken: list[Box] = []
    for one in found:
        if not any(place.overlap(one.box, other) > 0.5 for other in taken):
            taken.append(one.box)
            yield one
