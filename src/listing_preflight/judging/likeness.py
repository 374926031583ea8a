"""How near two names of goods are, by shared words and by what the learnt model makes of them."""

import functools
import re
from collections.abc import Sequence

from listing_preflight.judging import nice

NEAR = 0.35
"""Likeness from which goods are told as related: on the even half of the graded pairs 57 % reach it, and 3.5 % of pairs drawn anew;
benchmarks/results/rights.json has the figures of the other half."""
MODEL_SHARE = 0.5
"""What the model's word counts beside shared words; chosen on the same half."""
MOST_PHRASES = 80
"""Phrases of a registration's goods that are looked at: longer lists name whole trades."""
_PHRASE = re.compile(r"[^;,\n]+")


@functools.lru_cache(maxsize=1 << 12)
def of(one: str, other: str) -> float:
    """Likeness of two names of goods, nought to one."""
    profiles = float(nice.profile(one) @ nice.profile(other)) / nice.CLASSES
    return (1 - MODEL_SHARE) * _shared(one, other) + MODEL_SHARE * max(0.0, profiles)


def _shared(one: str, other: str) -> float:
    """Cosine of the words of both, rarer words counting more and the noun double."""
    a, b = _weights(one), _weights(other)
    product = sum(v * b[w] for w, v in a.items() if w in b)
    return product / ((_square(a) * _square(b)) ** 0.5 or 1.0)


@functools.lru_cache(maxsize=1 << 12)
def _weights(text: str) -> dict[str, float]:
    parts, rarity = nice.parse(text), nice.model().rarity
    found = {w: rarity.get(w, 1.0) * role for w, role in nice.weighed(parts)}
    for word in parts.head[-1:]:
        found[word] *= 2
    return found


def _square(weights: dict[str, float]) -> float:
    return sum(v * v for v in weights.values())


@functools.lru_cache(maxsize=1 << 12)
def nearest(goods: str, nouns: tuple[str, ...]) -> str | None:
    """The phrase of a registration's goods that is near to one of the listing's nouns, or None."""
    known = [n for n in nouns if _readable(n)]
    best = max(((of(n, p), p) for n in known for p in phrases(goods)), default=(0.0, ""), key=lambda sp: sp[0])
    return best[1] if best[0] >= NEAR else None


@functools.lru_cache(maxsize=1 << 12)
def phrases(goods: str) -> tuple[str, ...]:
    """The single names of a registration's goods, as many as are looked at."""
    found = (p.strip(" .:").removeprefix("and ") for p in _PHRASE.findall(goods))
    return tuple(p for p in found if p)[:MOST_PHRASES]


def names(goods: str, nouns: Sequence[str]) -> str | None:
    """The phrase that names one of the nouns itself, its words being among the phrase's words and its noun the phrase's."""
    for phrase in phrases(goods):
        parts = nice.parse(phrase)
        for noun in nouns:
            head = nice.parse(noun).head
            if head and parts.head[-1:] == head[-1:] and set(head) <= {*parts.head}:
                return phrase
    return None


def _readable(noun: str) -> bool:
    return any(w in nice.model().words for w in nice.parse(noun).head[-1:])
