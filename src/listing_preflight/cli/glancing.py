"""Rule out lines of JSON in which no changed name can stand, before anything is made of them."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from listing_preflight.cli.sieving import Sieve, Words, among
from listing_preflight.detectors.marks_over_fields import EDGE
from listing_preflight.images.looked import Fault
from listing_preflight.passages import MOST, SHORTEST, numbers_of
from listing_preflight.readers.options import Looking, Looks, Seen
from listing_preflight.running.judges import Answers, Judges
from listing_preflight.text.core import core
from listing_preflight.text.hashing import Bools, Ints
from listing_preflight.text.lines import NATIVE, Lines, Some, read_lines
from listing_preflight.text.sift import Sifted


class Question(NamedTuple):
    """Lines with a text that is suspected, and the answers of who looks at such texts."""

    lines: Sequence[int]
    answers: Answers


class Glance:
    """Looks at lines as they are; of texts that cannot be ruled out here workers are asked. Never wrong about no."""

    def __init__(self, sieve: Sieve, judges: Judges) -> None:
        self._sieve, self._judges = sieve, judges

    def __call__(self, data: bytes) -> Looking:
        """Whole lines, of which most are plain native listings; what it gives waits for the workers."""
        module = core().module
        if self._sieve.failed or module is None:
            return tuple
        try:
            lines = read_lines(module, data, SHORTEST)
            left, asked = self._sifted(lines)
        except Exception as e:  # whatever fails here, the lines are read
            self._sieve.fail(e)
            return tuple

        def looking() -> Sequence[Seen | None]:
            left[_touched(asked)] = True
            return _seen(data, lines, left)

        return looking

    def _sifted(self, lines: Lines) -> tuple[Bools, Question | None]:
        """The lines that have to be read, and what is asked of others."""
        left = lines.columns[:, 2] != NATIVE
        ends, goes_on = np.zeros((2, len(left)), np.bool_)
        suspects: dict[int, list[str]] = {}
        for some in (lines.plain, lines.wide):
            found = self._sieve.sift.sift_laid(some.texts)
            self._edges(some, found, ends, goes_on)
            for text in np.flatnonzero(found.suspect).tolist():
                suspects.setdefault(int(some.line[text]), []).append(some.texts.text(text))
        left |= ends & goes_on
        words: list[tuple[int, Words]] = [(n, ((), tuple(texts))) for n, texts in suspects.items() if not left[n]]
        if not words:
            return left, None
        return left, Question([n for n, _ in words], self._judges.submit([[one for _, one in words]]))

    def _edges(self, some: Some, found: Sifted, ends: Bools, goes_on: Bools) -> None:
        """Mark the lines in which a text ends as a name can begin that stands over two fields, or begins as it can go on."""
        ends[some.line[self._sieve.first.has(found.last)]] = True
        goes_on[some.line[self._sieve.last.has(found.first)]] = True
        odd = np.flatnonzero(~found.read)
        if len(odd):
            texts = some.texts.some(odd)
            ends[some.line[odd[among(self._sieve.first, [text[-EDGE:] for text in texts], "right")]]] = True
            goes_on[some.line[odd[among(self._sieve.last, [text[:EDGE] for text in texts], "left")]]] = True


def _touched(asked: Question | None) -> Sequence[int]:
    """The lines of which workers say that they can be touched; all of them where a worker failed."""
    if asked is None:
        return []
    (answer,) = asked.answers.result()
    return asked.lines if isinstance(answer, Fault) else [asked.lines[n] for n in answer]


def _seen(data: bytes, lines: Lines, left: Bools) -> list[Seen | None]:
    _, _, _, ids, id_ends, sites, site_ends, titles = lines.columns.T.tolist()
    numbers, title = _numbers(lines, left), (lines.plain.texts.cut(), lines.wide.texts.cut())
    out: list[Seen | None] = [None] * len(left)
    for n in np.flatnonzero(~left).tolist():
        if len(numbers[n]) <= MOST:  # of others the order counts
            shop = data[sites[n] : site_ends[n]].decode() or None
            at = titles[n]
            out[n] = Seen(
                data[ids[n] : id_ends[n]].decode(), shop, title[at & 1](at >> 1) if at >= 0 else "", numbers[n]
            )
    return out


def _numbers(lines: Lines, left: Bools) -> list[tuple[int, ...]]:
    """The numbers of the paragraphs of each line."""
    places: Ints = np.searchsorted(lines.paragraphs[:, 0], np.arange(len(left) + 1))
    every, at = lines.paragraphs[:, 1].tolist(), places.tolist()
    out = [tuple(every[start:end]) for start, end in itertools.pairwise(at)]
    for line, text in map(lines.of, lines.unnumbered.tolist()):
        if not left[line]:
            out[line] += tuple(numbers_of(text))
    return out


def glances(sieve: Sieve | None, judges: Judges | None) -> Looks | None:
    """What looks at lines; None where nothing is looked for in texts, or there is no compiled core."""
    return Glance(sieve, judges) if sieve is not None and judges is not None else None
