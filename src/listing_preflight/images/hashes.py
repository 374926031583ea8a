"""Perceptual hashes of pictures as integers, and how far two of them are apart."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

BITS = 256
NEAR = 56
"""Bits of 256 that a copy may differ: below 63, at which 3,039 unrelated and 12,100 altered pictures raise no match,
by a margin for the eight ways a picture is turned before it is compared."""
LONG_SIDE = 512
PREFIX = "phash256:"


class Known(NamedTuple):
    """One known picture: its place in the list of works and its hash."""

    work: int
    name: str
    bits: int


class Near(NamedTuple):
    """A known picture close to a seen one, the alteration undone, and the distance in bits."""

    known: Known
    alteration: str
    distance: int


def variants(picture: object) -> tuple[tuple[str, int], ...]:
    """Hashes of a decoded picture: as it is, and mirrored and turned, borders trimmed; none of a flat one."""
    from PIL import Image

    assert isinstance(picture, Image.Image)
    small = picture.convert("L")
    small.thumbnail((LONG_SIDE, LONG_SIDE))
    if _is_flat(small):
        return ()
    out = {name: phash(turned) for name, turned in _turned(small)}
    trimmed = _trimmed(small)
    if trimmed is not None:
        out |= {f"border, {name}" if name != "none" else "border": phash(t) for name, t in _turned(trimmed)}
    return tuple(out.items())


def phash(picture: object) -> int:
    """The 256-bit perceptual hash as an integer."""
    import imagehash
    from PIL import Image

    assert isinstance(picture, Image.Image)
    bits = imagehash.phash(picture, hash_size=16).hash.flatten()
    return int("".join("1" if b else "0" for b in bits), 2)


def _turned(picture: object) -> list[tuple[str, object]]:
    from PIL import Image

    assert isinstance(picture, Image.Image)
    way = Image.Transpose
    mirrored = picture.transpose(way.FLIP_LEFT_RIGHT)
    return [
        ("none", picture), ("mirrored", mirrored), ("turned 90", picture.transpose(way.ROTATE_90)),
        ("turned 180", picture.transpose(way.ROTATE_180)), ("turned 270", picture.transpose(way.ROTATE_270)),
        ("upside down", picture.transpose(way.FLIP_TOP_BOTTOM)), ("transposed", picture.transpose(way.TRANSPOSE)),
        ("transversed", picture.transpose(way.TRANSVERSE)),
    ]  # fmt: skip


def _is_flat(picture: object) -> bool:
    from PIL import Image, ImageStat

    assert isinstance(picture, Image.Image)
    return bool(ImageStat.Stat(picture).stddev[0] < 6)


def _trimmed(picture: object) -> object | None:
    """The picture without a plain border, or None where there is none worth taking off."""
    from PIL import Image, ImageChops

    assert isinstance(picture, Image.Image)
    border = Image.new("L", picture.size, picture.getpixel((0, 0)))
    box = ImageChops.difference(picture, border).point(lambda v: 255 if v > 12 else 0).getbbox()
    if box is None or (box[2] - box[0]) < 32 or (box[3] - box[1]) < 32:
        return None
    share = (box[2] - box[0]) * (box[3] - box[1]) / (picture.width * picture.height)
    return picture.crop(box) if share < 0.96 else None


def hash_file(path: Path) -> int:
    """The hash of a list's picture file; PictureError where it cannot be decoded."""
    from listing_preflight.images.decode import decode
    from listing_preflight.images.source import MAX_BYTES

    with path.open("rb") as file:
        frames = decode(file.read(MAX_BYTES)).frames
    small = frames[0][1].convert("L")
    small.thumbnail((LONG_SIDE, LONG_SIDE))
    return phash(small)


def parse(text: str) -> int | None:
    """The bits of a written hash (`phash256:…` in hexadecimal), or None where the text is a file name."""
    if not text.startswith(PREFIX):
        return None
    return int(text.removeprefix(PREFIX), 16)


def written(bits: int) -> str:
    """A hash as lists write it."""
    return f"{PREFIX}{bits:064x}"


def nearest(seen: Sequence[tuple[str, int]], known: Iterable[Known]) -> list[Near]:
    """The closest variant per known picture that is near enough, closest first."""
    out = []
    for one in known:
        best = min(((bits ^ one.bits).bit_count(), name) for name, bits in seen) if seen else (BITS, "")
        if best[0] <= NEAR:
            out.append(Near(one, best[1], best[0]))
    return sorted(out, key=lambda n: (n.distance, n.known.work, n.known.name))
