"""The embedded engine first; lines that it cannot read go to Tesseract where that has a language for them."""

import re
from dataclasses import replace

from PIL import Image

from listing_preflight.images.looked import Line
from listing_preflight.images.ocr import rapid, tesseract
from listing_preflight.images.ocr.doubt import READ, is_unread
from listing_preflight.images.ocr.languages import BEYOND
from listing_preflight.images.ocr.order import in_order

NAME = "rapidocr"
_MOST = 12
"""Lines of one picture that are handed over: each is a process."""
_MARGIN = 0.15
_DOUBTFUL = 0.8
"""Confidence below which a line may be letters of another script, read as the nearest Latin ones."""


def absent() -> str | None:
    """Why the engine cannot be used, or None; Tesseract is only ever a help."""
    return rapid.absent()


def version(languages: str) -> str:
    """As the embedded engine's, with Tesseract's where it would be asked."""
    strange = strangers(languages)
    return rapid.version(languages) + (f" {tesseract.version('+'.join(strange))}" if strange else "")


def read(picture: Image.Image, languages: str) -> list[Line]:
    """Lines of a picture in reading order, boxes in its pixels."""
    lines = rapid.read(picture, languages)
    strange = strangers(languages)
    doubts = [line for line in lines if is_unread(line, picture.size, _DOUBTFUL)][:_MOST] if strange else []
    again = {line: found for line in doubts if (found := _second(picture, line, strange))}
    return in_order([again.get(line, line) for line in lines]) if again else lines


def strangers(languages: str) -> tuple[str, ...]:
    """Those of the languages that only Tesseract can read, where it is installed with their files."""
    wanted = [x for x in languages.split("+") if x in BEYOND]
    if not wanted or tesseract.absent() is not None:
        return ()
    return tuple(x for x in wanted if x in tesseract.installed())


def _second(picture: Image.Image, line: Line, languages: tuple[str, ...]) -> Line | None:
    """The line as Tesseract reads it, where that is sure and in one of the languages' letters."""
    x, y, w, h = line.box
    room = max(4, round(_MARGIN * line.height))
    part = picture.crop(
        (max(0, x - room), max(0, y - room), min(picture.width, x + w + room), min(picture.height, y + h + room))
    )
    best = max((tesseract.read_line(part, language) for language in languages), key=lambda one: one[1])
    letters = "".join(BEYOND[x] for x in languages)
    if best[1] < max(READ, line.score) or not re.search(f"[{letters}]{{2}}", best[0]):
        return None
    return replace(line, text=best[0], score=best[1])
