"""The words around a place in a text, folded once per text: what judging reads to tell how a name is used."""

import bisect
import functools
import itertools
import re

from listing_preflight.model.hit import NEAR, Around
from listing_preflight.text.fold import fold

_CLAUSE = re.compile(r"[.!?;|\n•·—–]\s|[。！？；｜\n]|\s[|–—-]\s")
_WORD = re.compile("([a-z0-9]+)")
BEFORE, AFTER = 24, 12
"""Words on each side that are kept: a list of devices may be long before a name, a use stands close after it."""


class Words:
    """The folded words of one text with their places, and where its clauses begin."""

    def __init__(self, text: str) -> None:
        if text.isascii():
            parts = _WORD.split(text.lower())
            at = list(itertools.accumulate(map(len, parts)))
            self._texts, self._starts, self._ends = parts[1::2], at[:-1:2], at[1::2]
        else:
            tokens = fold(text).plain.tokens
            self._texts = [t.text for t in tokens]
            self._starts, self._ends = [t.start for t in tokens], [t.end for t in tokens]
        marks = list(_CLAUSE.finditer(text))
        self._opens, self._closes = [m.end() for m in marks], [m.start() for m in marks]

    def near(self, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The few words next to a half-open span."""
        first, last = bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end)
        return tuple(self._texts[max(0, first - NEAR) : first]), tuple(self._texts[last : last + NEAR])

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
