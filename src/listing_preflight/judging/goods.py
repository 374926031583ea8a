"""What a listing sells: Nice classes from its category and title, and what kind of goods they are."""

import functools
from dataclasses import dataclass

from listing_preflight.judging.grammar import Phrase, shown, starts_with, words
from listing_preflight.model.listing import Listing
from listing_preflight.model.tri import Tri
from listing_preflight.policy.store import load

ENOUGH = 1.0
"""Weight from which a class counts as found: one noun, or two departments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """Classes with their weight, most likely first, and the nouns that they come from."""

    classes: tuple[tuple[int, float], ...]
    nouns: tuple[str, ...]
    nontechnical: bool
    emblem: bool
    accessory: bool

    @property
    def likely(self) -> frozenset[int]:
        """The classes that the listing may well be in; empty where its goods are not known."""
        top = self.classes[0][1] if self.classes else 0.0
        return frozenset(c for c, w in self.classes if w >= ENOUGH and w >= top / 3)

    def first(self) -> int | None:
        """The most likely class."""
        return self.classes[0][0] if self.likely else None


@functools.cache
def _nouns() -> dict[Phrase, tuple[int, float]]:
    data = load("goods.yaml")
    out: dict[Phrase, tuple[int, float]] = {}
    for weight, table in ((0.6, data["departments"]), (1.0, data["nouns"])):
        for number, names in table.items():
            for name in names:
                out[words(str(name))] = (int(number), weight)
    return out


@functools.cache
def _departments() -> dict[Phrase, frozenset[int]]:
    out: dict[Phrase, set[int]] = {}
    for number, names in load("goods.yaml")["departments"].items():
        for name in names:
            out.setdefault(words(str(name)), set()).add(int(number))
    return {k: frozenset(v) for k, v in out.items()}


@functools.cache
def _named(kind: str) -> frozenset[Phrase]:
    return frozenset(words(str(n)) for n in load("goods.yaml")[kind])


@functools.cache
def coordinated() -> dict[int, frozenset[int]]:
    """Class → classes whose goods buyers expect from the same source, both ways."""
    out: dict[int, set[int]] = {}
    for number, others in load("goods.yaml")["coordinated"].items():
        for other in others:
            out.setdefault(number, set()).add(other)
            out.setdefault(other, set()).add(number)
    return {k: frozenset(v) for k, v in out.items()}


@functools.lru_cache(maxsize=4096)
def of_texts(category: str, title: str) -> Goods:
    """The goods of a category path and a title."""
    weights: dict[int, float] = {}
    nouns: list[str] = []
    parts = [p for p in category.replace("/", ">").split(">") if p.strip()]
    for i, part in enumerate(parts):
        _count(words(part), 1.5 if i == len(parts) - 1 else 0.75, weights, nouns)
    _count(words(_head(title)), 1.0, weights, nouns)
    ranked = tuple(sorted(weights.items(), key=lambda cw: (-cw[1], cw[0])))
    return Goods(
        classes=ranked, nouns=tuple(dict.fromkeys(nouns)), nontechnical=_has(words(_head(title)), "nontechnical"),
        emblem=_has(words(title), "emblems"), accessory=_has(words(_head(title)), "accessories"),
    )  # fmt: skip


def of_listing(listing: Listing) -> Goods:
    """The goods of a listing."""
    return of_texts(listing.category or "", listing.first("title"))


def _head(title: str) -> str:
    """The part of a title that names the goods: what stands before "for", "compatible with" and the like."""
    tokens = title.split()
    for i in range(1, len(tokens)):
        if starts_with(words(" ".join(tokens[i : i + 3])), "compatible_before"):
            return " ".join(tokens[:i])
    return title


def _count(tokens: Phrase, weight: float, weights: dict[int, float], nouns: list[str]) -> None:
    i = 0
    while i < len(tokens):
        n = next((n for n in range(min(6, len(tokens) - i), 0, -1) if tokens[i : i + n] in _nouns()), 0)
        if n:
            phrase = tokens[i : i + n]
            number, strength = _nouns()[phrase]
            classes = _departments().get(phrase, frozenset({number})) if strength < 1 else frozenset({number})
            for c in classes:
                weights[c] = weights.get(c, 0.0) + weight * strength
            nouns.append(shown(phrase))
        i += n or 1


def _has(tokens: Phrase, kind: str) -> bool:
    known = _named(kind)
    return any(tokens[i : i + n] in known for n in (1, 2, 3, 4) for i in range(len(tokens) - n + 1))


def is_goods_word(tokens: Phrase) -> bool:
    """Whether the tokens begin with a product noun."""
    return any(tokens[:n] in _nouns() for n in range(1, min(4, len(tokens)) + 1))


def covers(classes: frozenset[int] | None, goods: Goods) -> tuple[Tri, str]:
    """Whether classes of a right cover the goods: the answer and "equal", "related", "unrelated" or "unknown"."""
    if not classes or not goods.likely:
        return Tri.UNKNOWN, "unknown"
    if classes & goods.likely:
        return Tri.YES, "equal"
    if any(coordinated().get(c, frozenset()) & classes for c in goods.likely):
        return Tri.UNKNOWN, "related"
    return Tri.NO, "unrelated"
