"""The words around a place in a text, folded once per text: what judging reads to tell how a name is used."""

import bisect
import functools
import re

from listing_preflight.model.hit import Around
from listing_preflight.text.fold import ASCII_WORD, fold

_CLAUSE = re.compile(r"[.!?;|\n•·—–]\s|[。！？；｜\n]|\s[|–—-]\s")
BEFORE, AFTER = 24, 12
"""Words on each side that are kept: a list of devices may be long before a name, a use stands close after it."""


class Words:
    """The folded words of one text with their places, and where its clauses begin."""

    def __init__(self, text: str) -> None:
        if text.isascii():
            spans = [m.span() for m in ASCII_WORD.finditer(text)]
            self._texts = ASCII_WORD.findall(text.lower())
        else:
            tokens = fold(text).plain.tokens
            spans = [(t.start, t.end) for t in tokens]
            self._texts = [t.text for t in tokens]
        self._starts = [s for s, _ in spans]
        self._ends = [e for _, e in spans]
        marks = list(_CLAUSE.finditer(text))
        self._opens, self._closes = [m.end() for m in marks], [m.start() for m in marks]

    def around(self, start: int, end: int) -> Around:
        """The words before and after a half-open span, and how many of them are of its own clause."""
        first, last = bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end)
        back, ahead = max(0, first - BEFORE), last + AFTER
        texts = self._texts
        if not self._opens:
            return Around(tuple(texts[back:first]), tuple(texts[last:ahead]))
        opened, closed = bisect.bisect_right(self._opens, start), bisect.bisect_left(self._closes, end)
        low = bisect.bisect_left(self._starts, self._opens[opened - 1]) if opened else 0
        high = bisect.bisect_left(self._starts, self._closes[closed]) if closed < len(self._closes) else len(texts)
        return Around(
            tuple(texts[back:first]), tuple(texts[last:ahead]), max(0, first - max(back, low)), max(0, min(ahead, high) - last),
        )  # fmt: skip


@functools.lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """The words of a text; a few texts are remembered, as their names are asked for one after the other."""
    return Words(text)
