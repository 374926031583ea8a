"""RapidOCR's networks on onnxruntime: the embedded engine; its models travel in its wheel."""

import importlib.util
from importlib import metadata
from typing import TYPE_CHECKING

from PIL import Image

from listing_preflight.images.looked import Line
from listing_preflight.images.ocr.doubt import LEAST_LENGTH
from listing_preflight.images.ocr.order import in_order

if TYPE_CHECKING:
    from listing_preflight.images.ocr.detect import Blob
    from listing_preflight.images.ocr.recognise import Reading

NAME = "rapidocr"
REMEDY = 'pip install "listing-preflight[images]"'
PIPELINE = 4
"""Raised with every change to what this pipeline reads: results kept from before are then read anew."""
DOUBTFUL = 0.85
"""Confidence below which a line is also read upside down, as a stack and along its arc."""
_THIN = 10
"""Pixels of thickness below which a doubtful line is not read again: of 26 such, other ways of reading mended none."""
_FAINT = 0.6
"""How sure the detector must be of a doubtful line for it to be read again: below, 53 gave three texts, none a word."""
_LONG_LETTER = 1.5
"""Width over height of the widest letters, spaced out."""
_ONE_SIGN = 1.35
"""Width over height of one Chinese sign with the room around it."""
_BETTER = 0.04
"""How much surer another way of reading must be: on texture all ways are alike and all are wrong."""


def absent() -> str | None:
    """Why the engine cannot be used, or None."""
    for module in ("rapidocr", "onnxruntime", "cv2"):
        if importlib.util.find_spec(module) is None:
            return f"{module} is not installed; {REMEDY}"
    from listing_preflight.images.ocr import models

    name = models.missing()
    return f"the installed rapidocr lacks {name}; {REMEDY}" if name else None


def version(languages: str) -> str:  # noqa: ARG001 - the model reads all its scripts at once
    """The pipeline's own number and the versions of what it runs on."""
    return f"{PIPELINE} rapidocr {metadata.version('rapidocr')} onnxruntime {metadata.version('onnxruntime')}"


def read(picture: Image.Image, languages: str) -> list[Line]:  # noqa: ARG001 - the model reads all its scripts at once
    """Lines of a picture in reading order, boxes in its pixels."""
    import numpy as np

    from listing_preflight.images.ocr import detect, recognise, strips

    pixels = np.asarray(picture)
    blobs = detect.find(pixels)
    found = recognise.read([strips.upright(strips.cut(pixels, b.quad)) for b in blobs])
    doubts = [i for i, r in enumerate(found) if blobs[i].bent or (r.score < DOUBTFUL and _is_worth_more(blobs[i]))]
    doubtful = [(i, strip) for i in doubts for strip in strips.others(pixels, blobs[i])]
    for (i, _), again in zip(doubtful, recognise.read([s for _, s in doubtful]), strict=True):
        if len(again.text) > 1 and again.score > found[i].score + _BETTER:
            found[i] = again
    return in_order([_line(b, r) for b, r in zip(blobs, found, strict=True)])


def _sides(blob: "Blob") -> tuple[float, float]:
    """Thickness and length of a blob in pixels."""
    import numpy as np

    thin, long = sorted(float(np.linalg.norm(blob.quad[a] - blob.quad[b])) for a, b in ((0, 1), (0, 3)))
    return thin, long


def _is_worth_more(blob: "Blob") -> bool:
    """Whether a doubtful line may be a word that stands otherwise: not one sign, hair-thin or hardly text at all."""
    thin, long = _sides(blob)
    return thin >= _THIN and long >= LEAST_LENGTH * thin and blob.score >= _FAINT


def _line(blob: "Blob", reading: "Reading") -> Line:
    import numpy as np

    left, top = np.maximum(0, np.round(blob.quad.min(0))).astype(int).tolist()
    right, bottom = np.round(blob.quad.max(0)).astype(int).tolist()
    thin, long = _sides(blob)
    box = (left, top, max(1, right - left), max(1, bottom - top))
    score = reading.score * plausible(reading.text, long / max(1.0, thin))
    tl, tr, br, bl = ((round(x), round(y)) for x, y in blob.quad.tolist())
    return Line(
        text=reading.text, score=round(score, 4), box=box, height=round(thin), seen=round(blob.score, 4), quad=(tl, tr, br, bl)
    )  # fmt: skip


def plausible(text: str, shape: float) -> float:
    """Half where the letters are too few for a line of that length over height: an alphabet that the model lacks."""
    if len(text) == 1 and not text.isascii():
        return 1.0 if shape < _ONE_SIGN else 0.5
    return 1.0 if shape < _LONG_LETTER * len(text) + 0.3 else 0.5
