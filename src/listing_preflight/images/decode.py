"""The one door through which bytes become pixels: limits first, then decoding, then pixels as displayed."""

import io
import warnings
from contextlib import suppress
from typing import NamedTuple

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError

from listing_preflight.images import png
from listing_preflight.images.looked import Fault
from listing_preflight.images.source import PictureError

MAX_PIXELS = 50_000_000
"""Pixels of one frame, and of all distinct ones of an animation: a worker stays under a gigabyte with them."""
MAX_FRAMES = 8
"""Distinct frames of an animation that are looked at; more are a gap."""
MAX_DECLARED_FRAMES = 2_000
MAX_ANIMATED_PIXELS = 400_000_000
"""Pixels of all frames up to the last that is looked at: each has to be drawn to reach the next."""
_FLAT = 6
_ORIENTATION = 0x0112
_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM")
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF")


class Decoded(NamedTuple):
    """Frames (number, RGB picture as displayed), what was left out of them, and how many pixels each of theirs stands for, lengthwise."""

    frames: list[tuple[int, Image.Image]]
    faults: list[Fault]
    reduced: float = 1.0


def decode(data: bytes, *, least: int | None = None, grey: bool = False) -> Decoded:
    """The distinct frames of a picture; PictureError where none can be decoded in full.

    A JPEG whose longer side is at least twice `least` pixels is decoded at a half, quarter or eighth of its size; where `grey`
    will do, its colours are not decoded at all.
    """
    if not data:
        raise PictureError(Fault(kind="unreadable", detail="is empty"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(png.mended(data)), formats=_formats(data)) as picture:
                _check_size(picture)
                full = max(picture.size)
                if least is not None and picture.format == "JPEG":
                    share = min(1.0, least / full)
                    picture.draft("L" if grey else None, (round(picture.width * share), round(picture.height * share)))
                found = _frames(picture, grey=grey)
                return found._replace(reduced=full / max(found.frames[0][1].size))
        except PictureError:
            raise
        except UnidentifiedImageError:
            raise PictureError(_unknown(data)) from None
        except Image.DecompressionBombError as e:
            raise PictureError(Fault(kind="over-limit", detail=str(e))) from None
        except MemoryError:
            raise PictureError(Fault(kind="over-limit", detail="needs more memory than there is")) from None
        except Exception as e:
            raise PictureError(Fault(kind="unreadable", detail=f"is damaged: {e}")) from None


def _formats(data: bytes) -> tuple[str, ...]:
    """What may be opened; HEIC where its library is installed."""
    if _is_heic(data):
        with suppress(ImportError):
            from pillow_heif import register_heif_opener

            register_heif_opener(thumbnails=False)
            return FORMATS
    return FORMATS[:-1]


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")


def _unknown(data: bytes) -> Fault:
    if _is_heic(data):
        return Fault(kind="unsupported", detail='is HEIC; pip install "listing-preflight[heic]"')
    if data.startswith(_HEADS):
        return Fault(kind="unreadable", detail="is damaged from its start")
    return Fault(kind="unsupported", detail=f"is no picture that can be read ({', '.join(FORMATS)})")


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        detail = f"{width} × {height} pixels, more than {MAX_PIXELS}"
        raise PictureError(Fault(kind="over-limit", detail=detail))


def _frames(picture: Image.Image, *, grey: bool) -> Decoded:
    count = getattr(picture, "n_frames", 1)
    faults = []
    if count > MAX_DECLARED_FRAMES:
        faults.append(Fault(kind="over-limit", detail=f"{count} frames, more than {MAX_DECLARED_FRAMES}"))
    reached = max(1, MAX_ANIMATED_PIXELS // (picture.width * picture.height))
    if reached < min(count, MAX_DECLARED_FRAMES):
        faults.append(Fault(kind="over-limit", detail=f"{count} frames of {picture.width} × {picture.height} pixels"))
    wanted = _spread(min(count, MAX_DECLARED_FRAMES, reached))
    frames: list[tuple[int, Image.Image]] = []
    seen: set[bytes] = set()
    for number in wanted:
        picture.seek(number)
        _check_size(picture)
        picture.load()
        shown = as_displayed(picture, grey=grey)
        if len(wanted) == 1:
            return Decoded([(number, shown)], faults)
        shown = shown.copy() if shown is picture else shown
        small = shown.resize((16, 16)).tobytes()
        if small in seen:
            continue
        if frames and shown.width * shown.height * (len(frames) + 1) > MAX_PIXELS:
            detail = f"{len(frames)} frames of {shown.width} × {shown.height} pixels are looked at, and no more"
            faults.append(Fault(kind="over-limit", detail=detail))
            break
        seen.add(small)
        frames.append((number, shown))
    return Decoded(frames, faults)


def _spread(count: int) -> list[int]:
    """Up to MAX_FRAMES frame numbers, first and last among them."""
    if count <= MAX_FRAMES:
        return list(range(count))
    return sorted({round(i * (count - 1) / (MAX_FRAMES - 1)) for i in range(MAX_FRAMES)})


def as_displayed(picture: Image.Image, *, grey: bool = False) -> Image.Image:
    """Pixels as a shopper sees them: turned as EXIF says, on their ground, in RGB, or as they are where they are grey and that will do."""
    # A copy of a large picture is hundreds of megabytes: none is made where nothing changes.
    turned = picture if picture.getexif().get(_ORIENTATION, 1) == 1 else ImageOps.exif_transpose(picture)
    if turned.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        turned = _eight_bit(turned)
    if turned.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in turned.info:
        return _on_ground(turned if turned.mode == "RGBA" else turned.convert("RGBA"))
    return turned if turned.mode == "RGB" or (grey and turned.mode == "L") else turned.convert("RGB")


def _on_ground(picture: Image.Image) -> Image.Image:
    """A transparent picture on white; on black where white leaves nothing of it to see."""
    shown = _laid(picture, "white")
    if not _is_blank(shown):
        return shown
    other = _laid(picture, "black")
    return shown if _is_blank(other) else other


def _is_blank(picture: Image.Image) -> bool:
    return bool(ImageStat.Stat(picture.convert("L")).stddev[0] < _FLAT)


def _laid(picture: Image.Image, ground: str) -> Image.Image:
    out = Image.new("RGB", picture.size, ground)
    out.paste(picture, mask=picture.getchannel("A"))
    return out


def _eight_bit(picture: Image.Image) -> Image.Image:
    wide = picture.convert("F") if picture.mode != "F" else picture
    top = 65535.0 if picture.mode.startswith("I") else 255.0
    return wide.point(lambda v: v * (255.0 / top)).convert("L")
