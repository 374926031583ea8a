"""Find known pictures in a seen one, cheap to dear: the file itself, its hashes, then its local features; pixels have the last word."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from listing_preflight.images import align, features, hashes, logos, panels, shapes, verify, words
from listing_preflight.images.align import Aligned, Proposals
from listing_preflight.images.alteration import named, turn_matrix
from listing_preflight.images.features import WAYS, Features, other_way
from listing_preflight.images.gallery import Gallery
from listing_preflight.images.hashes import NEAR, Variant
from listing_preflight.images.likeness import likeness
from listing_preflight.images.looked import Box, Copy
from listing_preflight.images.panels import Panel
from listing_preflight.images.place import overlap
from listing_preflight.images.verify import Agreement, Grey

VOUCHED = 74
"""Bits of 256 at which a hash only proposes, and the pixels have to agree."""
PIXELS = 0.8
"""Correlation from which a whole picture that a hash proposes is the known one."""
_PANEL = 0.68
"""The same of a part with four corners, which are found to a pixel or two only: of 723 unrelated pictures and 3,258 altered ones none reaches 0.5."""
_MIRRORED = 0.02
"""Correlation by which a mirrored copy has to be better than one that is not: many logos are nearly their own mirror image."""
_VOTED, _CHECKED = 12, 4
"""Known pictures whose pairs of features are laid over each other, and those that are compared in full."""
Matrix = npt.NDArray[np.float64]


class Laid(NamedTuple):
    """A known picture laid over the seen one: how many features and pixels agree.

    `matrix` [3, 3] maps pixels of the seen picture, mirrored and inverted as `way` says, to those of the known one.
    """

    number: int
    way: int
    aligned: Aligned
    whole: Agreement
    core: Agreement


class Seen(NamedTuple):
    """What a frame shows: known pictures, whether it has too little structure to tell more, and its pHash."""

    copies: tuple[Copy, ...]
    plain: bool
    hash: int | None


def see(galleries: Sequence[Gallery], picture: Image.Image, digest: bytes) -> Seen:
    """Known pictures in a frame of a file with a SHA-256; features only where its hashes say nothing, logos in any case."""
    kinds = tuple(dict.fromkeys(("phash256", *(k for g in galleries for k in g.kinds))))
    variants = hashes.variants(picture, kinds)
    found = [replace(c, gallery=n) for n, g in enumerate(galleries) for c in _whole(g, picture, digest, variants)]
    found = _with_twins(galleries, found)
    own = variants[0].bits if variants else None
    if found:
        return Seen((*found, *_marked(galleries, picture, found)), plain=False, hash=own)
    seen = features.of_seen(picture) if any(g.points for g in galleries) else None
    plain = seen is not None and features.too_little(seen)
    flat = panels.panels(picture, kinds) if any(g.shows for g in galleries) else []
    parts = [
        replace(c, gallery=n)
        for n, g in enumerate(galleries)
        for c in (of_features(g, picture, seen) if seen and g.points and len(seen.points) >= features.FEWEST else [])
        or of_panels(g, picture, flat)
        or of_shape(g, picture)
    ]
    parts = _with_twins(galleries, parts)
    parts += _marked(galleries, picture, parts)
    return Seen(tuple(parts), plain=plain and not parts, hash=own)


def _marked(galleries: Sequence[Gallery], picture: Image.Image, others: Collection[Copy]) -> list[Copy]:
    """Logos in a picture, those left out that are told already."""
    if not any(g.has_figures for g in galleries):
        return []
    told = {(c.gallery, c.known) for c in others}
    seen = logos.see(picture)
    found = [replace(c, gallery=n) for n, g in enumerate(galleries) for c in logos.find(g, picture, seen)]
    return [c for c in found if (c.gallery, c.known) not in told]


def _with_twins(galleries: Sequence[Gallery], found: Sequence[Copy]) -> list[Copy]:
    """Copies with the same of every other known picture that is the same file: two works may hold one picture."""
    out = {(c.gallery, c.known): c for c in found}
    for copy in found:
        for n, gallery in enumerate(galleries):
            for twin in gallery.digests.get(galleries[copy.gallery].digest(copy.known), ()):
                out.setdefault((n, twin), replace(copy, gallery=n, known=twin))
    return list(out.values())


def _whole(gallery: Gallery, picture: Image.Image, digest: bytes, variants: tuple[Variant, ...]) -> list[Copy]:
    return of_file(gallery, digest, picture.size) or of_hashes(gallery, picture, variants)


def of_file(gallery: Gallery, digest: bytes, size: tuple[int, int]) -> list[Copy]:
    """Known pictures that are the very file."""
    return [
        Copy(known=n, method="exact", score=1.0, box=(0, 0, *size), alteration="none")
        for n in gallery.digests.get(digest, ())
    ]


def of_hashes(gallery: Gallery, picture: Image.Image, seen: tuple[Variant, ...]) -> list[Copy]:
    """Known pictures that the whole of a picture, or what its border surrounds, is a copy of; the best way of each."""
    best: dict[int, Copy] = {}
    grey = None
    for kind in (k for k in gallery.kinds if k != "shape"):
        mine = [v for v in seen if v.kind == kind]
        for place, number, far in gallery.near(kind, [v.bits for v in mine], VOUCHED):
            known = gallery.grey(number)
            if known is None and far > NEAR[kind]:
                continue
            if known is None:
                score = likeness("hash", bits=far)
            else:
                grey = _grey(picture) if grey is None else grey
                agree = agreement(grey, known, mine[place])
                if agree < PIXELS:
                    continue
                score = likeness("pixels", bits=far, agree=agree)
            if number not in best or best[number].score < score:
                best[number] = _hashed(number, mine[place], score, picture.size)
    return list(best.values())


def _hashed(number: int, seen: Variant, score: float, size: tuple[int, int]) -> Copy:
    told = [hashes.TURNS[seen.turn]] if seen.turn else []
    told += ["border"] if seen.box[2:] != size else []
    return Copy(known=number, method=seen.kind, score=score, box=seen.box, alteration=", ".join(told) or "none")


def of_panels(gallery: Gallery, picture: Image.Image, seen: Sequence[Panel]) -> list[Copy]:
    """Known pictures that a four-cornered part of a picture is, laid flat; the best place of each."""
    best: dict[int, tuple[float, Copy]] = {}
    grey = _grey(picture) if seen and gallery.shows else None
    for panel in (p for p in seen if p.kind in gallery.kinds and grey is not None):
        for place, number, far in gallery.near(panel.kind, panel.bits, VOUCHED):
            known = gallery.grey(number)
            if known is None or grey is None:
                continue
            height, width = known.shape
            flat = turn_matrix(panels.TURNS[place], (0, 0, 1, 1), (width, height)) @ panel.matrix
            agree, matrix = _best_part(grey, known, flat)
            rank = agree - (_MIRRORED if np.linalg.det(matrix) < 0 else 0)
            if agree >= _PANEL and (number not in best or best[number][0] < rank):
                score = likeness("pixels", bits=far, agree=agree)
                copy = _of_panel(gallery, number, np.diag([1 / width, 1 / height, 1]) @ matrix, picture.size)
                if copy is not None:
                    best[number] = rank, replace(copy, method=panel.kind, score=score)
    return [copy for _, copy in best.values()]


def _of_panel(gallery: Gallery, number: int, matrix: Matrix, size: tuple[int, int]) -> Copy | None:
    """A known picture that lies in the seen one by `matrix` [3, 3], of pixels as displayed to a unit square."""
    known = gallery.size_of(number)
    onto = np.diag([*known, 1.0]) @ matrix
    way = int(np.linalg.det(onto) < 0)
    box = _box(onto, known, size)
    if box is None:
        return None
    told = named(onto @ way_matrix(way, size), way, size, known, box)
    return Copy(known=number, method="", score=0.0, box=box, alteration=told)


def _best_part(grey: Grey, known: Grey, matrix: Matrix) -> tuple[float, Matrix]:
    """How far pixels agree where `matrix` lays a picture over a known one, or over what its plain border surrounds; and by which map."""
    tried = []
    for part in _parts(known):
        found = verify.compare(grey, known, part @ matrix)
        tried.append((abs(found.mean) if found.cells else 0.0, part @ matrix))
    return max(tried, key=lambda one: one[0])


def _parts(known: Grey) -> list[Matrix]:
    """Maps of a known picture onto itself, and onto what its plain border surrounds."""
    height, width = known.shape
    inner = hashes.inner(known)
    if inner is None:
        return [np.eye(3)]
    left, top, right, low = inner
    return [np.eye(3), np.array([[(right - left) / width, 0, left], [0, (low - top) / height, top], [0, 0, 1.0]])]


def _grey(picture: Image.Image) -> Grey:
    return np.asarray(picture.convert("L"), np.float32)


def agreement(grey: Grey, known: Grey, seen: Variant) -> float:
    """How far the pixels are those of the known picture once it is turned back and stretched to its form, 0 to 1; light and dark may be swapped."""
    height, width = known.shape
    return _best_part(grey, known, turn_matrix(seen.turn, seen.box, (width, height)))[0]


def of_shape(gallery: Gallery, picture: Image.Image) -> list[Copy]:
    """Designs of which what stands on a plain ground has the outline."""
    seen = shapes.outline(picture) if "shape" in gallery.kinds else None
    if seen is None:
        return []
    best: dict[int, Copy] = {}
    for place, number, far in gallery.near("shape", (seen.bits, seen.mirrored), NEAR["shape"]):
        score = likeness("outline", bits=far)
        if number not in best or best[number].score < score:
            way = "same outline, mirrored" if place else "same outline"
            best[number] = Copy(known=number, method="shape", score=score, box=seen.box, alteration=way)
    return list(best.values())


def of_features(gallery: Gallery, picture: Image.Image, seen: Features) -> list[Copy]:
    """Known pictures that a part of a picture is a copy of, or that were changed too much for any hash."""
    found = [laid for laid in lay(gallery, picture, seen) if is_copy(laid)]
    found.sort(key=lambda one: -strength(one))
    return [_copy(gallery, one, picture.size) for one in _apart(gallery, found, picture.size)]


def lay(gallery: Gallery, picture: Image.Image, seen: Features) -> Iterator[Laid]:
    """The known pictures that most of the features would lie in, each laid over the picture."""
    grey = None
    for number, way in proposed(gallery, seen):
        known = gallery.grey(number)
        if known is None:
            continue
        grey = _grey(picture) if grey is None else grey
        laid = _laid(gallery, grey, other_way(seen, way), number, way, known)
        if laid is not None:
            yield laid


def _laid(gallery: Gallery, grey: Grey, seen: Features, number: int, way: int, small: Grey) -> Laid | None:
    known = gallery.features(number)
    pairs = align.pairs(seen, known)
    found = align.align(seen.points[pairs[:, 0]], known.points[pairs[:, 1]], max(known.size))
    if found is None:
        return None
    zoom = max(small.shape) / max(known.size)
    onto = np.diag([zoom, zoom, 1.0]) @ found.matrix @ way_matrix(way, seen.size)
    inverted = bool(way & 2)
    whole = verify.compare(grey, small, onto, inverted=inverted)
    core = verify.compare(grey, small, onto, found.exact_places * zoom, inverted=inverted)
    return Laid(number, way, found, whole, core)


def way_matrix(way: int, size: tuple[int, int]) -> Matrix:
    """Pixels of a picture to those of the same mirrored, where the way says so."""
    return np.array([[-1.0, 0, size[0]], [0, 1, 0], [0, 0, 1]]) if way & 1 else np.eye(3)


def proposed(gallery: Gallery, seen: Features) -> list[tuple[int, int]]:
    """Known pictures and ways (a number of WAYS) whose features lie alike, the best first."""
    pairs = _pairs(gallery, seen)
    ranked = []
    for one, many in align.votes(pairs)[:_VOTED]:
        rows = np.flatnonzero(pairs.owner == one)
        found = align.align(pairs.seen[rows], pairs.known[rows], int(pairs.sides[rows[0]]))
        ranked.append((-(found.inliers if found else 0), -many, one))
    return [(one // len(WAYS), one % len(WAYS)) for _, _, one in sorted(ranked)[:_CHECKED]]


def _pairs(gallery: Gallery, seen: Features) -> Proposals:
    """Features alike; the owner of each is the number of a known picture times the number of WAYS, plus the way."""
    ways = [other_way(seen, way) for way in range(len(WAYS))]
    shared = [words.share(gallery.lot, one.descriptors) for one in ways]
    numbers = np.concatenate([s.known for s in shared])
    owner = gallery.owners(numbers)
    sizes = gallery.sizes[owner].astype(np.float32)
    way = np.repeat(np.arange(len(WAYS)), [len(s.known) for s in shared])
    return Proposals(
        seen=np.concatenate([one.points[s.seen] for one, s in zip(ways, shared, strict=True)]),
        known=gallery.places(numbers), seen_number=np.concatenate([s.seen for s in shared]), known_number=numbers,
        owner=owner * len(WAYS) + way, middles=sizes / 2, sides=sizes.max(1, initial=0),
    )  # fmt: skip


def is_copy(laid: Laid) -> bool:
    """Whether features and pixels agree so far that it is the same picture and not the same kind of thing.

    Measured on 679 copies and 723 others against 100 known pictures: back views and other colours of one product reach 34
    agreeing features with a correlation of 0.69, or 6 with 0.78; copies cut out of their ground only agree where they were kept.
    """
    found, whole, core = laid.aligned, laid.whole, laid.core
    if whole.cells < 4 or found.spread < 0.02:
        return False
    differs = core.cells >= 9 and core.mean < 0.6
    if found.exact >= 3 and not differs:
        for least, agree in ((5, 0.88), (7, 0.78), (10, 0.65)):
            if found.inliers >= least and whole.mean >= agree and (least > 5 or whole.cells >= 12):
                return True
    return found.exact >= 16 and core.cells >= 9 and core.mean >= 0.78


def strength(laid: Laid) -> float:
    """How well a known picture fits: what the better of two that claim one place has more of."""
    return max(laid.whole.mean, laid.core.mean) * float(np.log1p(laid.aligned.exact))


def _apart(gallery: Gallery, found: list[Laid], size: tuple[int, int]) -> Iterator[Laid]:
    """Of known pictures that claim one place the best."""
    taken: list[Box] = []
    for one in found:
        box = region(gallery, one, size)
        if box is None or any(overlap(box, other) > 0.5 for other in taken):
            continue
        taken.append(box)
        yield one


def _copy(gallery: Gallery, laid: Laid, size: tuple[int, int]) -> Copy:
    box = region(gallery, laid, size)
    assert box is not None
    return Copy(
        known=laid.number, method="features", score=likeness("features", **measures(laid)), box=box,
        alteration=named(laid.aligned.matrix, laid.way, size, tuple(map(int, gallery.sizes[laid.number])), box),
        inliers=laid.aligned.inliers, correlation=round(max(laid.whole.mean, laid.core.mean), 2),
    )  # fmt: skip


def measures(laid: Laid) -> dict[str, float]:
    """What the likeness of a picture found by its features is told by: how well pixels agree, how many pairs of points do, and to a pixel or two."""
    found = laid.aligned
    agree = max(laid.whole.mean, laid.core.mean)
    return {"agree": agree, "exact": float(np.log1p(found.exact)), "pairs": float(np.log1p(found.inliers))}


def region(gallery: Gallery, laid: Laid, size: tuple[int, int]) -> Box | None:
    """The upright box around the place of the known picture, in pixels of the seen one as displayed, cut at its edges."""
    return _box(laid.aligned.matrix @ way_matrix(laid.way, size), gallery.size_of(laid.number), size)


def _box(matrix: Matrix, known: tuple[int, int], size: tuple[int, int]) -> Box | None:
    """The same of a known picture of a size, where `matrix` maps pixels as displayed to its own."""
    import cv2

    width, height = map(float, known)
    back = np.linalg.inv(matrix)
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]]) @ back.T
    if (corners[:, 2] <= 0).any():
        return None
    quad = (corners[:, :2] / corners[:, 2:]).astype(np.float32)
    frame = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    area, common = cv2.intersectConvexConvex(cv2.convexHull(quad), frame)
    if area <= 0:
        return None
    left, top = np.floor(common.reshape(-1, 2).min(0) + 0.5).astype(int)
    right, low = np.ceil(common.reshape(-1, 2).max(0) - 0.5).astype(int)
    return int(left), int(top), max(1, int(right - left)), max(1, int(low - top))
