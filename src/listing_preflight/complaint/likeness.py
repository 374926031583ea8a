"""How alike two listings are in their words: rare words of the title weigh most; the complained name itself weighs nothing."""

import functools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from listing_preflight.judging.nice import stem
from listing_preflight.model.listing import Listing
from listing_preflight.text.fold import plain_words

NEAR = 0.3
"""From which another title counts as alike: between the least like of the listings that the cases for measuring call look-alikes (0.317)
and the most like of those that they call other goods (0.274)."""
INSIDE = 0.8
"""What counts for a title that lies within the cited one: with it 993 of 1,000 titles cut to half their words are among the ten most
like the original, without it 965 (benchmarks/complaint.py)."""
MISSPELT = 0.9
"""What a word counts that is a letter away from one of the cited title; SHORTEST: letters from which that is a misspelling and no
other word. With them 398 of 400 misspelt titles are among the ten most like the original, without 368
(benchmarks/complaint_look.py)."""
SHORTEST = 5
SAME_PLACE = 0.08
"""What the same category adds: a hint, never enough alone."""


class Alike(NamedTuple):
    """A listing with the cited one that it is most like, from 0 to 1."""

    at: int
    cited: int
    score: float


class Titles:
    """Titles of a catalogue by their words."""

    def __init__(self, listings: Sequence[Listing], without: Iterable[str] = ()) -> None:
        self._without = {w for name in without for w in plain_words(name)} | {"".join(plain_words(n)) for n in without}
        self._words = [self._of(one) for one in listings]
        self._places = [one.category or "" for one in listings]
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for n, words in enumerate(self._words):
            for word in words:
                holders[word].append(n)
        self._holders = dict(holders)
        count = max(1, len(listings))
        self._weight = {w: math.log(1 + count / (1 + len(at))) for w, at in self._holders.items()}
        self._length = [math.sqrt(sum(self._weight[w] ** 2 for w in words)) or 1.0 for words in self._words]

    def _of(self, listing: Listing) -> frozenset[str]:
        title = listing.first("title") or listing.first("description")[:200]
        words = [stem(w) for w in plain_words(title)]
        return frozenset(w for w in words if w not in self._without and (len(w) > 1 or w.isdigit()))

    def like(self, cited: Sequence[int], least: float = NEAR) -> list[Alike]:
        """Listings like one of the cited ones, the most alike first."""
        best: dict[int, Alike] = {}
        for one in cited:
            for n, score in self._scores(one):
                if n not in cited and score >= least and (n not in best or best[n].score < score):
                    best[n] = Alike(n, one, round(score, 3))
        return sorted(best.values(), key=lambda a: (-a.score, a.at))

    def _scores(self, one: int) -> Iterator[tuple[int, float]]:
        dots: defaultdict[int, float] = defaultdict(float)
        squares: defaultdict[int, float] = defaultdict(float)
        for word in self._words[one]:
            own = self._weight[word] ** 2
            for n in self._holders[word]:
                dots[n] += own
            for near in self._near(word):
                for n in self._holders[near]:
                    if word not in self._words[n]:
                        dots[n] += MISSPELT * own
                        squares[n] += own - self._weight[near] ** 2  # a word that is misspelt is rare for that alone
        for n, dot in dots.items():
            place = SAME_PLACE if self._places[n] and self._places[n] == self._places[one] else 0.0
            square = max(dot, self._length[n] ** 2 + squares[n])
            alike = dot / (self._length[one] * math.sqrt(square))
            yield n, min(1.0, max(alike, INSIDE * dot / square) + place)

    def _near(self, word: str) -> set[str]:
        """Words of the catalogue that are this one with a letter left out, put in, changed or swapped with its neighbour."""
        return {near for key in _keys(word) for near in self._spelt.get(key, ()) if near != word}

    @functools.cached_property
    def _spelt(self) -> dict[str, list[str]]:
        """Words by themselves and by what is left of them without one letter."""
        out: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._holders:
            for key in _keys(word):
                out[key].append(word)
        return dict(out)


def _keys(word: str) -> set[str]:
    """A word and what is left without one of its letters; a short word or a number is only itself."""
    if len(word) < SHORTEST or not word.isalpha():
        return set()
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
