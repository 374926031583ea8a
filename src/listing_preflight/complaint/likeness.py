"""How alike two listings are in their words: rare words of the title weigh most; the complained name itself weighs nothing."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from listing_preflight.judging.nice import stem
from listing_preflight.model.listing import Listing
from listing_preflight.text.fold import plain_words

NEAR = 0.34
"""Share of a title's weight from which another counts as alike: lowest at which the invented cases' look-alikes are found
and their other listings are not; half the words of a real title leave a share of 0.5."""
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
        return frozenset(w for w in words if w not in self._without and not w.isdigit() and len(w) > 1)

    def like(self, cited: Sequence[int], least: float = NEAR) -> list[Alike]:
        """Listings like one of the cited ones, the most alike first."""
        best: dict[int, Alike] = {}
        for one in cited:
            for n, score in self._scores(one):
                if n not in cited and score >= least and (n not in best or best[n].score < score):
                    best[n] = Alike(n, one, round(score, 3))
        return sorted(best.values(), key=lambda a: (-a.score, a.at))

    def _scores(self, one: int) -> Iterator[tuple[int, float]]:
        dots: Counter[int] = Counter()
        for word in self._words[one]:
            weight = self._weight[word] ** 2
            for n in self._holders[word]:
                dots[n] += weight  # type: ignore[assignment]  # a counter of floats
        for n, dot in dots.items():
            near = SAME_PLACE if self._places[n] and self._places[n] == self._places[one] else 0.0
            yield n, min(1.0, dot / (self._length[one] * self._length[n]) + near)
