"""Figures of a picture: regions of one tone, told by their form whatever their size, turn, colour or slant."""

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

Floats = npt.NDArray[Any]
Frame = npt.NDArray[np.float64]
Bytes = npt.NDArray[Any]
KNOWN_SIDE, SEEN_SIDE = 256, 640
"""Pixels of the longer side at which regions are taken from a logo, and from a seller's picture."""
KNOWN_REGIONS, SEEN_REGIONS = 12, 400
"""Regions kept of each, the largest first."""
RINGS, RAYS, WAVES = 12, 32, 8
"""A region is read on rings around its middle; of the values on a ring the sizes of the first waves are kept, which no turn changes."""
WIDTH = RINGS * WAVES
_REACH = 3.4
"""Radius of the outermost ring where the region's standard deviations are 1; a full disc would reach 2."""
_LEAST_AREA = 110
_LARGEST = 0.4
_THINNEST = 0.12
"""The lesser over the greater standard deviation of a region: below, it is a line."""
_THINNEST_WHOLE = 0.02
"""The same of all ink of a logo: a word is long."""
_MARGIN = 0.12
"""Room laid around a logo, as a share of its longer side."""
_STEP, _STEP_OF_COLOUR, _MOST_STEPS = 12.0, 8.0, 16
"""Grey levels between two thresholds, and at most so many of them."""
_STABLE = 0.75
"""Share of a region that the next threshold has to leave."""
_NEIGHBOURS = 8
_BLOCK = 256
_SAME = 0.03
"""Distance of two forms below which they are one: a disc drawn at another size and blurred differs by 0.02."""
COMMONEST = 0.01
"""Rarity below which a form is a shape that is everywhere, or shared by many logos, and proposes nothing."""
_TURNS = 18
_ROUND = np.arange(RAYS) * (2 * np.pi / RAYS)
_RADII = (np.arange(RINGS) + 0.5) * (_REACH / RINGS)
_GRID = (np.stack([np.cos(_ROUND), np.sin(_ROUND)])[:, None] * _RADII[None, :, None]).reshape(2, -1)
_WEIGHT = np.sqrt(_RADII / _RADII.sum()).astype(np.float32)


class Figures(NamedTuple):
    """Regions of one picture.

    `frames` [n, 2, 3] map pixels as displayed to a frame in which the region is centred and its standard deviations are 1; `polar` [n, RINGS, RAYS]
    is what share of it lies there, 0 to 1.
    """

    frames: npt.NDArray[np.float64]
    polar: Floats

    @property
    def forms(self) -> Floats:
        """What no turn changes of each region: [n, WIDTH], comparable by Euclidean distance."""
        return forms(self.polar)


def forms(polar: Floats) -> Floats:
    """The sizes of the first waves around each ring, outer rings weighing more."""
    waves = np.abs(np.fft.rfft(polar, axis=2))[:, :, :WAVES] / RAYS
    waves[:, :, 1:] *= np.sqrt(2)
    return np.asarray((waves * _WEIGHT[None, :, None]).reshape(len(polar), WIDTH), np.float32)


def of_known(picture: Image.Image) -> Figures:
    """Regions of a logo."""
    return extract(picture, KNOWN_SIDE, KNOWN_REGIONS, margin=_MARGIN)


def of_seen(picture: Image.Image) -> Figures:
    """Regions of a seller's picture."""
    return extract(picture, SEEN_SIDE, SEEN_REGIONS)


def extract(picture: Image.Image, side: int, most: int, *, margin: float = 0.0) -> Figures:
    """At most `most` regions of a picture scaled to a longer side of `side`, the largest first."""
    import cv2

    cv2.setNumThreads(1)
    factor = side / max(picture.size)
    size = max(8, round(picture.width * factor)), max(8, round(picture.height * factor))
    small = np.asarray(picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0))
    pad = round(margin * side)
    if pad:
        small = cv2.copyMakeBorder(small, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    frames: list[Frame] = []
    polar: list[Floats] = []
    for region in sorted(_regions(small), key=lambda one: -one.area):
        if len(frames) == most:
            break
        one = _figure(region)
        if one is not None and not _known(one, frames, polar):
            frames.append(one[0])
            polar.append(one[1])
    if not frames:
        return Figures(np.zeros((0, 2, 3)), np.zeros((0, RINGS, RAYS), np.float32))
    onto = np.array([[factor, 0, pad], [0, factor, pad], [0, 0, 1.0]])
    return Figures(np.array(frames) @ onto, np.array(polar, np.float32))


class _Region(NamedTuple):
    """The mask of a region [h, w], 0 or 1, where its corner lies, and its pixels."""

    mask: Bytes
    left: int
    top: int
    area: int


def _regions(small: Bytes) -> Iterator[_Region]:
    """Regions that stand out from what surrounds them, by light or by colour, over more than one threshold."""
    import cv2

    lab = cv2.cvtColor(cv2.GaussianBlur(small, (3, 3), 0), cv2.COLOR_RGB2LAB)
    for n in range(3):
        plane = lab[:, :, n]
        low, high = np.percentile(plane, (0.5, 99.5))
        step = max(_STEP if n == 0 else _STEP_OF_COLOUR, (high - low) / _MOST_STEPS)
        levels = np.arange(low + step / 2, high, step)
        yield from _stable([plane > level for level in levels])
        yield from _stable([plane <= level for level in levels[::-1]])


def _stable(masks: Sequence[npt.NDArray[np.bool_]]) -> Iterator[_Region]:
    """Connected parts of masks that shrink one into the next, where a part keeps most of itself in the next."""
    import cv2

    before: tuple[npt.NDArray[Any], npt.NDArray[Any]] | None = None
    for mask in masks:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
        if before is not None:
            yield from _kept(*before, labels)
        before = labels, stats


def _kept(labels: npt.NDArray[Any], stats: npt.NDArray[Any], later: npt.NDArray[Any]) -> Iterator[_Region]:
    """The parts of one mask of which the greatest part of the next is at least STABLE of it."""
    area = stats[:, 4]
    wanted = np.flatnonzero((area >= _LEAST_AREA) & (area <= _LARGEST * labels.size))
    for n in wanted[wanted > 0]:
        left, top, width, height, size = (int(v) for v in stats[n])
        mask = labels[top : top + height, left : left + width] == n
        inside = later[top : top + height, left : left + width][mask]
        counts = np.bincount(inside)
        if len(counts) > 1 and counts[1:].max() >= _STABLE * size:
            yield _Region(mask.view(np.uint8), left, top, size)


def _figure(region: _Region, thinnest: float = _THINNEST) -> tuple[Frame, Floats] | None:
    """The frame and rings of one region; None of a line."""
    import cv2

    m = cv2.moments(region.mask, binaryImage=True)
    local = np.array([m["m10"], m["m01"]]) / m["m00"]
    spread = np.array([[m["mu20"], m["mu11"]], [m["mu11"], m["mu02"]]]) / m["m00"]
    values, axes = np.linalg.eigh(spread)
    if values[0] <= 0 or values[0] < thinnest**2 * values[1]:
        return None
    whiten = axes @ np.diag(values**-0.5) @ axes.T
    soft = cv2.copyMakeBorder(region.mask * np.uint8(255), 4, 4, 4, 4, cv2.BORDER_CONSTANT)
    soft = cv2.GaussianBlur(soft, (0, 0), max(0.6, 0.18 * float(np.sqrt(values[0]))))
    at = (np.linalg.inv(whiten) @ _GRID).T + local + 4
    grid = at.astype(np.float32).reshape(RINGS, RAYS, 2)
    polar = cv2.remap(soft, grid[:, :, 0], grid[:, :, 1], cv2.INTER_LINEAR)
    middle = local + np.array([region.left, region.top])
    return np.c_[whiten, -whiten @ middle], polar.astype(np.float32) / 255


def _known(one: tuple[Frame, Floats], frames: Sequence[Frame], polar: Sequence[Floats]) -> bool:
    """Whether nearly the same region was taken before: from another threshold or colour."""
    frame, rings = one
    return any(
        np.abs(frame - its).max() < 0.12 * np.abs(its).max() and float(np.abs(rings - other).mean()) < 0.03
        for other, its in zip(polar[-40:], frames[-40:], strict=True)
    )


def rarity(forms_: Floats, owners: npt.NDArray[Any]) -> Floats:
    """How far each form [n, WIDTH] lies from those of other pictures and from shapes that are everywhere: what a find of it is worth; nothing if it is one."""
    out = np.empty(len(forms_), np.float32)
    common = commonplace()
    for first in range(0, len(forms_), _BLOCK):
        part = forms_[first : first + _BLOCK]
        far = distances(part, forms_)
        far[owners[first : first + _BLOCK, None] == owners[None]] = np.inf
        crowd = np.partition(far, _NEIGHBOURS - 1, 1)[:, _NEIGHBOURS - 1] if far.shape[1] >= _NEIGHBOURS else np.inf
        usual = distances(part, common).min(1)
        out[first : first + _BLOCK] = np.where(usual < _SAME, 0, np.minimum(crowd, usual))
    return out


def distances(a: Floats, b: Floats) -> Floats:
    """Euclidean distances [n, m] of forms."""
    square = (a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T
    return np.sqrt(np.maximum(square, 0))


@functools.cache
def commonplace() -> Floats:
    """Forms of discs, polygons, rings, crosses, stars, halves and bars: nobody's figure by themselves."""
    return forms(np.array([_figure(_Region(mask, 0, 0, int(mask.sum())))[1] for mask in _shapes()]))  # type: ignore[index]


class Whole(NamedTuple):
    """The ink of a logo as one region: `rarity`, how far its form lies from shapes and patterns that are everywhere, and `variety` of the ways its edges run."""

    rarity: float
    variety: float


def whole(ink: Floats, ways: Floats) -> Whole:
    """What tells the ink [h, w] of a logo, 0 to 1, with edges facing `ways` [n, 2], from anything; a line is nothing."""
    mask = np.asarray(ink > 0.5, np.uint8)
    found = _figure(_Region(mask, 0, 0, int(mask.sum())), _THINNEST_WHOLE) if mask.any() else None
    if found is None:
        return Whole(0.0, 0.0)
    # as the edges run where the region's standard deviations are 1: a slanted square is a square
    faced = ways @ np.linalg.inv(found[0][:, :2])
    turn = np.arctan2(faced[:, 1], faced[:, 0]) % np.pi
    share = np.bincount((turn / np.pi * _TURNS).astype(int) % _TURNS, minlength=_TURNS) / len(turn)
    share = (share + np.roll(share, 1) + np.roll(share, -1)) / 3
    share = share[share > 0]
    return Whole(float(distances(forms(found[1][None]), _everywhere()).min()), float(-(share * np.log(share)).sum()))


@functools.cache
def _everywhere() -> Floats:
    """Forms of common shapes and of what stripes, checks, dots and dials are made of."""
    masks = itertools.chain(_patterns(), _pointed(), _letters())
    kept = [one[1] for one in (_figure(_Region(m, 0, 0, int(m.sum()))) for m in masks) if one is not None]
    return np.concatenate([commonplace(), forms(np.array(kept))])


def _patterns() -> Iterator[Bytes]:
    """Two to five bars, level or rising, in a square, a disc, or cut out of one; rows of discs and squares; dials."""
    y, x = np.mgrid[-1.2:1.2:240j, -1.2:1.2:240j]
    square, far, turn = np.maximum(abs(x), abs(y)) < 1, np.hypot(x, y), np.arctan2(y, x)
    for many in (2, 3, 4, 5):
        for filled in (0.3, 0.5, 0.7):
            along = (x + 1) / 2 * (many - 1 + filled)
            bars = along % 1 < filled
            rising = y > 1 - 2 * (np.floor(along) + 1) / many
            for mask in (square & bars, square & bars & rising, (far < 1) & bars, (far < 1) & ~(square & bars)):
                yield mask.astype(np.uint8)
            yield ((far < 1) & (far > filled) & ((turn / (2 * np.pi) * many) % 1 < 0.8)).astype(np.uint8)
        for rows, filled in itertools.product(range(1, many + 1), (0.35, 0.5, 0.65, 0.85)):
            across, down = (((at + 1) / 2 * (n - 1 + filled)) % 1 / filled * 2 - 1 for at, n in ((x, many), (y, rows)))
            yield (square & (np.hypot(across, down) < 1)).astype(np.uint8)
            yield (square & (np.maximum(abs(across), abs(down)) < 1)).astype(np.uint8)


def _pointed() -> Iterator[Bytes]:
    """Stars, chevrons and arrows."""
    import cv2

    def filled(points: Floats) -> Bytes:
        around = np.rint(points * 95 + 120).astype(np.int32)
        return np.asarray(cv2.fillPoly(np.zeros((240, 240), np.uint8), [around], 1))

    for corners, inner in itertools.product((4, 5, 6, 8, 12), (0.38, 0.5, 0.65, 0.8)):
        turn = np.arange(2 * corners) * np.pi / corners
        yield filled(
            np.stack([np.cos(turn), np.sin(turn)], 1) * np.where(np.arange(2 * corners) % 2, inner, 1)[:, None]
        )
    for wide, thick in itertools.product((0.4, 0.6, 0.8, 1.0), (0.25, 0.45, 0.7)):
        chevron = np.array([(-wide, -1), (0, 1 - thick), (wide, -1), (wide, thick - 1), (0, 1), (-wide, thick - 1)])
        flat = np.array(
            [(-wide, -1), (-wide + thick * 0.6, -1), (0, 0.5), (wide - thick * 0.6, -1), (wide, -1), (0, 1)]
        )
        yield filled(chevron)
        yield filled(flat)
    for head in (0.4, 0.6):
        yield filled(
            np.array(
                [(-1, -0.2), (1 - head, -0.2), (1 - head, -0.6), (1, 0), (1 - head, 0.6), (1 - head, 0.2), (-1, 0.2)]
            )
        )


def _letters() -> Iterator[Bytes]:
    """Letters and digits of a plain typeface, light to bold: they are in every word."""
    from PIL import ImageDraw, ImageFont

    font = ImageFont.load_default(150)
    for letter, weight in itertools.product(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", (0, 5, 10)
    ):
        picture = Image.new("L", (260, 260))
        ImageDraw.Draw(picture).text((60, 30), letter, 255, font, stroke_width=weight)
        yield (np.asarray(picture) > 127).astype(np.uint8)


def _shapes() -> Iterator[Bytes]:
    import cv2

    y, x = np.mgrid[-1.2:1.2:240j, -1.2:1.2:240j]
    far, turn = np.hypot(x, y), np.arctan2(y, x)
    for corners in (3, 4, 5, 6, 8, 64):
        around = np.cos(np.pi / corners) / np.cos((turn % (2 * np.pi / corners)) - np.pi / corners)
        yield (far < around).astype(np.uint8)
    for inner in (0.35, 0.5, 0.65, 0.8, 0.9):
        yield ((far < 1) & (far > inner)).astype(np.uint8)
        yield ((np.maximum(abs(x), abs(y)) < 1) & (np.maximum(abs(x), abs(y)) > inner)).astype(np.uint8)
        yield ((far < 1) & (far > inner) & (x > 0)).astype(np.uint8)
        yield ((far < 1) & (np.hypot(x - inner / 2, y) > inner)).astype(np.uint8)
    for points in (4, 5, 6, 8):
        yield (far < 0.7 + 0.3 * np.cos(points * turn)).astype(np.uint8)
        yield (far < 0.45 + 0.55 * abs(np.cos(points * turn / 2)) ** 3).astype(np.uint8)
    for width in (0.15, 0.3, 0.45):
        yield ((np.maximum(abs(x), abs(y)) < 1) & (np.minimum(abs(x), abs(y)) < width)).astype(np.uint8)
        yield ((np.maximum(abs(x), abs(y)) < 1) & ((x < -1 + 2 * width) | (y > 1 - 2 * width))).astype(np.uint8)
        yield ((np.maximum(abs(x), abs(y)) < 1) & ((abs(x) < width) | (y < -1 + 2 * width))).astype(np.uint8)
    yield ((far < 1) & (x > 0)).astype(np.uint8)
    yield ((far < 1) & (x > 0) & (y > 0)).astype(np.uint8)
    yield ((x**2 + (1.2 * y - 0.6 * np.sqrt(abs(x))) ** 2) < 0.8).astype(np.uint8)
    for radius in (0.3, 0.6):
        yield cv2.dilate(
            (np.maximum(abs(x), abs(y)) < 1 - radius).astype(np.uint8),
            cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (int(200 * radius),) * 2),
        )
