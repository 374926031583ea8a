"""Read strips: upright pictures of one line each, in batches of like width, to text and confidence."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from listing_preflight.images.ocr import models
from listing_preflight.images.ocr.models import Array

HEIGHT = 48
_LEAST = 48
_WIDEST = 48 * 40
_BATCH = 8
_BATCH_WIDTH = 4096
"""Pixels of width of one batch, padding included: eight lines of the widest kind took 500 MB."""
_SLACK = 1.35
"""A batch holds widths up to this many times its narrowest: padding is paid for like text."""


class Reading(NamedTuple):
    """What a strip says and how sure that is (0 to 1)."""

    text: str
    score: float


def read(strips: Sequence[Array]) -> list[Reading]:
    """A reading per strip, in their order."""
    out = [Reading("", 0.0)] * len(strips)
    for batch in _batches([_width(s) for s in strips]):
        for i, reading in zip(batch, _batch([strips[i] for i in batch]), strict=True):
            out[i] = reading
    return out


def _width(strip: Array) -> int:
    height, width = strip.shape[:2]
    return int(min(_WIDEST, max(_LEAST, round(width * HEIGHT / height))))


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in sorted(range(len(widths)), key=widths.__getitem__):
        full = len(batch) == _BATCH or widths[i] * (len(batch) + 1) > _BATCH_WIDTH
        if batch and (full or widths[i] > _SLACK * widths[batch[0]]):
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _batch(strips: Sequence[Array]) -> Iterator[Reading]:
    import cv2

    widths = [_width(s) for s in strips]
    # A little room behind the text: the last letter is lost where the strip ends with it.
    block = np.zeros((len(strips), 3, HEIGHT, max(widths) + HEIGHT // 2), np.float32)
    for row, strip, width in zip(block, strips, widths, strict=True):
        row[:, :, :width] = models.normal(cv2.resize(strip[:, :, ::-1], (width, HEIGHT)))
    for classes in models.run(models.RECOGNISER, block):
        yield _decoded(classes)


def _decoded(classes: Array) -> Reading:
    """Repeated classes are one letter, blanks none; the score is the mean of the letters'."""
    best, sure = classes.argmax(1), classes.max(1)
    keep = best != 0
    keep[1:] &= best[1:] != best[:-1]
    if not keep.any():
        return Reading("", 0.0)
    known = models.letters()
    return Reading("".join(known[i] for i in best[keep]), float(sure[keep].mean()))
