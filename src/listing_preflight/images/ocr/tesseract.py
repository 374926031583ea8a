"""Tesseract through pytesseract: used when its program is installed, for scripts that it has language files for."""

import functools
import importlib.util
import os
import shutil
from typing import Any

from PIL import Image, ImageOps

from listing_preflight.images.looked import Line

NAME = "tesseract"
_LONG_SIDE = 1200
_SECONDS = 45
_ROOM = 12


def absent() -> str | None:
    """Why the engine cannot be used, or None."""
    if importlib.util.find_spec("pytesseract") is None:
        return 'pytesseract is not installed; pip install "listing-preflight[images]"'
    if shutil.which("tesseract") is None:
        return "the program tesseract is not installed (Debian: apt-get install tesseract-ocr)"
    return None


@functools.cache
def version(languages: str) -> str:
    """The program's version and those of the languages that it has files for."""
    import pytesseract

    known = sorted(set(languages.split("+")) & installed())
    return f"tesseract {pytesseract.get_tesseract_version()} {'+'.join(known)}"


@functools.cache
def installed() -> frozenset[str]:
    """Languages that the program has files for."""
    import pytesseract

    return frozenset(pytesseract.get_languages())


def read(picture: Image.Image, languages: str) -> list[Line]:
    """Lines of a picture in reading order, boxes in its pixels."""
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"
    grey = picture.convert("L")
    scale = _LONG_SIDE / max(grey.size)
    grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
    known = "+".join(x for x in languages.split("+") if x in installed()) or "eng"
    data: dict[str, list[Any]] = pytesseract.image_to_data(
        grey, lang=known, config="--psm 11", output_type=pytesseract.Output.DICT, timeout=_SECONDS
    )
    lines: dict[tuple[int, int, int], list[int]] = {}
    for i, word in enumerate(data["text"]):
        if word.strip():
            lines.setdefault((data["block_num"][i], data["par_num"][i], data["line_num"][i]), []).append(i)
    return [_line(data, at, scale) for at in lines.values()]


def read_line(strip: Image.Image, language: str) -> tuple[str, float]:
    """A picture of one line in one language: its text and how sure that is."""
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"
    grey = ImageOps.expand(ImageOps.autocontrast(strip.convert("L")), border=_ROOM, fill=_ground(strip))
    data: dict[str, list[Any]] = pytesseract.image_to_data(
        grey, lang=language, config="--psm 7", output_type=pytesseract.Output.DICT, timeout=_SECONDS
    )
    words = [(str(w), float(c)) for w, c in zip(data["text"], data["conf"], strict=True) if str(w).strip()]
    if not words:
        return "", 0.0
    return " ".join(w for w, _ in words), max(0.0, sum(c for _, c in words) / len(words) / 100)


def _ground(strip: Image.Image) -> int:
    """The grey of a line's upper left corner, as contrast leaves it: its margin goes on in that."""
    return int(ImageOps.autocontrast(strip.convert("L")).getpixel((0, 0)))  # type: ignore[arg-type]


def _line(data: dict[str, list[Any]], at: list[int], scale: float) -> Line:
    left, top = min(data["left"][i] for i in at), min(data["top"][i] for i in at)
    right = max(data["left"][i] + data["width"][i] for i in at)
    bottom = max(data["top"][i] + data["height"][i] for i in at)
    x, y, w, h = (round(v / scale) for v in (left, top, right - left, bottom - top))
    score = sum(float(data["conf"][i]) for i in at) / len(at) / 100
    return Line(text=" ".join(data["text"][i] for i in at), score=max(0.0, score), box=(x, y, w, h))
