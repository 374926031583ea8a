"""The one door through which bytes become pixels: limits first, then decoding, then pixels as displayed."""

import io
import os
import stat
import warnings
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from listing_preflight.images.looked import Fault
from listing_preflight.model.listing import GapKind

MAX_BYTES = 64 << 20
MAX_PIXELS = 80_000_000
MAX_FRAMES = 8
"""Distinct frames of an animation that are looked at; more are a gap."""
MAX_DECLARED_FRAMES = 2_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")


class PictureError(Exception):
    """A picture that cannot be looked at in full."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.detail)


class Decoded(NamedTuple):
    """Frames (number, RGB picture as displayed) and what was left out of them."""

    frames: list[tuple[int, Image.Image]]
    faults: list[Fault]


def read_under(path: str, roots: tuple[str, ...]) -> bytes:
    """The bytes of a picture that lies under one of the roots."""
    inside = False
    for root in roots or (".",):
        full = os.path.join(root, path)  # noqa: PTH118
        if not os.path.realpath(full).startswith(os.path.join(os.path.realpath(root), "")):  # noqa: PTH118
            continue
        inside = True
        if os.path.lexists(full):
            return _read(full)
    if not inside:
        raise PictureError(Fault(kind="outside-root", detail=f"{path} leads out of the folder of its listing"))
    raise PictureError(Fault(kind="missing", detail=f"{path} does not exist"))


def _read(full: str) -> bytes:
    try:
        handle = os.open(full, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as e:
        kind: GapKind = "missing" if isinstance(e, FileNotFoundError) else "unreadable"
        raise PictureError(Fault(kind=kind, detail=f"cannot be opened ({e.strerror})")) from None
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise PictureError(Fault(kind="unreadable", detail="is not a regular file"))
        if before.st_size > MAX_BYTES:
            raise PictureError(Fault(kind="over-limit", detail=f"{before.st_size} bytes, more than {MAX_BYTES}"))
        data = file.read(MAX_BYTES + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise PictureError(Fault(kind="changed", detail="changed while it was read"))
    return data


def decode(data: bytes) -> Decoded:
    """The distinct frames of a picture; PictureError where none can be decoded in full."""
    if not data:
        raise PictureError(Fault(kind="unreadable", detail="is empty"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                _check_size(picture)
                return _frames(picture)
        except PictureError:
            raise
        except UnidentifiedImageError:
            detail = f"is no picture that can be read ({', '.join(FORMATS)})"
            raise PictureError(Fault(kind="unsupported", detail=detail)) from None
        except Image.DecompressionBombError as e:
            raise PictureError(Fault(kind="over-limit", detail=str(e))) from None
        except MemoryError:
            raise PictureError(Fault(kind="over-limit", detail="needs more memory than there is")) from None
        except Exception as e:
            raise PictureError(Fault(kind="unreadable", detail=f"is damaged: {e}")) from None


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        detail = f"{width} × {height} pixels, more than {MAX_PIXELS}"
        raise PictureError(Fault(kind="over-limit", detail=detail))


def _frames(picture: Image.Image) -> Decoded:
    count = getattr(picture, "n_frames", 1)
    faults = []
    if count > MAX_DECLARED_FRAMES:
        faults.append(Fault(kind="over-limit", detail=f"{count} frames, more than {MAX_DECLARED_FRAMES}"))
    wanted = _spread(min(count, MAX_DECLARED_FRAMES))
    frames: list[tuple[int, Image.Image]] = []
    seen: set[bytes] = set()
    for number in wanted:
        picture.seek(number)
        _check_size(picture)
        picture.load()
        shown = as_displayed(picture)
        small = shown.resize((16, 16)).tobytes()
        if small not in seen:
            seen.add(small)
            frames.append((number, shown))
    return Decoded(frames, faults)


def _spread(count: int) -> list[int]:
    """Up to MAX_FRAMES frame numbers, first and last among them."""
    if count <= MAX_FRAMES:
        return list(range(count))
    return sorted({round(i * (count - 1) / (MAX_FRAMES - 1)) for i in range(MAX_FRAMES)})


def as_displayed(picture: Image.Image) -> Image.Image:
    """Pixels as a shopper sees them: turned as EXIF says, on white, in RGB."""
    turned = ImageOps.exif_transpose(picture)
    if turned.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        turned = _eight_bit(turned)
    if turned.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in turned.info:
        rgba = turned.convert("RGBA")
        white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, rgba).convert("RGB")
    return turned.convert("RGB")


def _eight_bit(picture: Image.Image) -> Image.Image:
    wide = picture.convert("F") if picture.mode != "F" else picture
    top = 65535.0 if picture.mode.startswith("I") else 255.0
    return wide.point(lambda v: v * (255.0 / top)).convert("L")
