"""Tokens that were met, and windows over them, as columns that the fast matcher works on."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from listing_preflight.text import tokens as rows
from listing_preflight.text.hashing import U64, Bools, Ints
from listing_preflight.text.stream import Stream


class Spans(NamedTuple):
    """Windows from token i to before token j, their hash, letters, and after how many letters tokens end, as bits."""

    i: Ints
    j: Ints
    hash: U64
    letters: Ints
    bounds: U64

    def chosen(self, at: Ints | Bools) -> "Spans":
        """Some of the windows."""
        return Spans(*(column[at] for column in self))


class Met(NamedTuple):
    """A stream's tokens with their numbers, hashes and lengths."""

    stream: Stream
    number: Ints
    flags: npt.NDArray[np.uint16]
    hash: U64


def edges(tokens: Met, size: int) -> tuple[Ints, Ints, Bools]:
    """For every window of so many tokens: the flags of its first and of its last one, and whether it lies in one line."""
    flags, stream = tokens.flags, tokens.stream
    if len(flags) < size:
        return flags[:0], flags[:0], np.zeros(0, np.bool_)
    last = size - 1
    wide = np.concatenate([[0], np.cumsum(flags & rows.WIDE != 0)])
    inside = (stream.line[: len(flags) - last] == stream.line[last:]) & (wide[size:] == wide[:-size])
    return flags[: len(flags) - last], flags[last:], inside
