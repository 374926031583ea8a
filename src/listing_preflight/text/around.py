"""The words around a place in a text, folded once per text: what judging reads to tell how a name is used."""

import bisect
import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from listing_preflight.model.hit import Around, Near
from listing_preflight.text.stream import read

_CLAUSE = re.compile(r"[.!?;|•·—–]\s|[。！？；｜]|\s[|–—-]\s|\n(?![^\S\n]*[a-zß-öø-ÿа-яё])")
"""Where a clause ends; a line that goes on in a small letter goes on."""
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile("([a-z0-9]+)")
BEFORE, AFTER = 24, 12
"""Words on each side that are kept: a list of devices may be long before a name, a use stands close after it."""


class Words:
    """The folded words of one text with their places, and where its clauses begin."""

    def __init__(self, text: str, words: tuple[str, ...], starts: Sequence[int], ends: Sequence[int]) -> None:
        self._text, self._texts, self._starts, self._ends = text, words, starts, ends
        self._clauses: _Edges | None = None
        self._paragraphs: _Edges | None = None

    def near(self, start: int, end: int, count: int) -> Near:
        """At most so many words before and after a half-open span, and how many stand before it in all."""
        first, last = bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end)
        return Near(first, self._texts[max(0, first - count) : first], self._texts[last : last + count])

    def around(self, start: int, end: int) -> Around:
        """The words before and after a half-open span, and how many of them are of its own clause and paragraph."""
        if self._clauses is None or self._paragraphs is None:
            self._clauses, self._paragraphs = _edges(_CLAUSE, self._text), _edges(_PARAGRAPH, self._text)
        first, last = bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end)
        low, high = self._within(self._clauses, start, end)
        begins, ends = self._within(self._paragraphs, start, end)
        return Around(self._texts, max(0, first - BEFORE), first, last, last + AFTER, low, high, begins, ends)

    def _within(self, edges: "_Edges", start: int, end: int) -> tuple[int, int]:
        """The words between the edges next to a span."""
        if not edges.opens:
            return 0, len(self._texts)
        opened, closed = bisect.bisect_right(edges.opens, start), bisect.bisect_left(edges.closes, end)
        low = bisect.bisect_left(self._starts, edges.opens[opened - 1]) if opened else 0
        high = (
            bisect.bisect_left(self._starts, edges.closes[closed]) if closed < len(edges.closes) else len(self._texts)
        )
        return low, high


class _Edges(NamedTuple):
    """Where stretches of a text open, and where those before them close."""

    opens: list[int]
    closes: list[int]


def _edges(pattern: re.Pattern[str], text: str) -> _Edges:
    marks = list(pattern.finditer(text))
    return _Edges([m.end() for m in marks], [m.start() for m in marks])


def words_of_all(texts: Sequence[str]) -> list[Words]:
    """The words of each of many texts."""
    odd = iter(_read([t for t in texts if not t.isascii()]))
    return [_plain(t) if t.isascii() else next(odd) for t in texts]


@functools.lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """The words of a text; a few texts are remembered, as their names are asked for one after the other."""
    return words_of_all([text])[0]


def _plain(text: str) -> Words:
    parts = _WORD.split(text.lower())
    at = list(itertools.accumulate(map(len, parts)))
    return Words(text, tuple(parts[1::2]), at[:-1:2], at[1::2])


def _read(texts: Sequence[str]) -> Iterator[Words]:
    """Words of texts that fold by more than their case, read at once."""
    found = read("\n".join(texts)).plain
    letters = found.letters(0, len(found.start))
    first = found.first.tolist()
    words = [letters[a:b] for a, b in itertools.pairwise(first)]
    offsets = list(itertools.accumulate((len(t) + 1 for t in texts), initial=0))
    edges = np.searchsorted(found.start, offsets).tolist()
    for text, offset, (a, b) in zip(texts, offsets, itertools.pairwise(edges), strict=False):
        yield Words(text, tuple(words[a:b]), (found.start[a:b] - offset).tolist(), (found.end[a:b] - offset).tolist())
