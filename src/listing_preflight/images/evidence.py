"""A small crop of a picture with the place of a finding drawn into it."""

import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from listing_preflight.images.looked import Box

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST = 640
SMALL = 360
"""Pixels of a copy that a page carries itself: about 10 KB."""
_MARGIN = 0.4
_LEAST_MARGIN = 24
_COLOUR = (214, 0, 38)
_GAP = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """What to cut: a box of a frame of the picture at a path under roots, or all of it, and the file that it goes to.

    `known` is a small JPEG of the known picture, set beside it.
    """

    path: str
    roots: tuple[str, ...]
    frame: int
    box: Box | None
    file: str
    longest: int = LONGEST
    known: bytes = b""


def name(listing: str, picture: str, frame: int, box: Box | None, kind: str = "png") -> str:
    """The crop's file name, the same in every run, whatever characters an id or a path holds."""
    return hashlib.sha256(repr((listing, picture, frame, box)).encode()).hexdigest()[:16] + f".{kind}"


def _beside(part: "Image", known: bytes) -> "Image":
    """A crop with the known picture at its right."""
    from PIL import Image as Pictures

    with Pictures.open(io.BytesIO(known), formats=("JPEG",)) as picture:
        other = picture.convert("RGB")
    out = Pictures.new("RGB", (part.width + _GAP + other.width, max(part.height, other.height)), "white")
    out.paste(part, (0, 0))
    out.paste(other, (part.width + _GAP, 0))
    return out


def write(crop: Crop) -> bool:
    """Write the crop; False where the picture cannot be read any more."""
    from listing_preflight.images.decode import decode
    from listing_preflight.images.source import PictureError, read_under

    try:
        frames = dict(decode(read_under(crop.path, crop.roots)).frames)
    except PictureError:
        return False
    if crop.frame not in frames:
        return False
    picture = frames[crop.frame]
    part = picture.copy() if crop.box is None else _marked(picture, crop.box)
    part.thumbnail((crop.longest, crop.longest))
    part = _beside(part, crop.known) if crop.known else part
    unfinished = Path(f"{crop.file}.{os.getpid()}.part")
    part.save(unfinished, "PNG" if crop.file.endswith(".png") else "WEBP")
    unfinished.replace(crop.file)
    return True


def _marked(picture: "Image", box: Box) -> "Image":
    """The box with some room around it, and its outline drawn."""
    from PIL import ImageDraw

    x, y, w, h = box
    room = max(_LEAST_MARGIN, round(_MARGIN * max(w, h)))
    left, top = max(0, x - room), max(0, y - room)
    part = picture.crop((left, top, min(picture.width, x + w + room), min(picture.height, y + h + room)))
    line = max(2, max(part.size) // 200)
    ImageDraw.Draw(part).rectangle((x - left, y - top, x - left + w, y - top + h), outline=_COLOUR, width=line)
    return part
