"""What a listing sells: Nice classes from its category and title, and what kind of goods they are."""

import functools
from dataclasses import dataclass

from listing_preflight.judging import nice, nouns
from listing_preflight.judging.grammar import Phrase, shown, starts_with, words
from listing_preflight.model.listing import Listing
from listing_preflight.policy.store import load

ENOUGH = 1.0
"""Weight from which a class counts as found: one noun, or two departments."""
LAST_PART, EARLIER_PART, TITLE = 1.5, 0.75, 1.0
"""What the parts of a category path and a title weigh: the last part of a path names the goods best."""
MODEL = 0.9
"""What the learnt model's word weighs beside the nouns of a path's last part."""
MODEL_SURE = 0.75
"""Probability from which the model alone names a class where no noun is known: at this one nine of ten answers are right
(cross-validated on the even terms, benchmarks/results/rights.json)."""


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

    def told(self) -> str:
        """The nouns that say what the goods are, as a reader writes them."""
        return ", ".join(self.nouns[:4])


@functools.cache
def _nouns() -> frozenset[Phrase]:
    """The nouns of the hand-kept table, which the grammar of use leans on."""
    data = load("goods.yaml")
    kept = [n for kind in ("nouns", "departments") for names in data[kind].values() for n in names]
    return frozenset(words(str(n)) for n in kept)


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
    found: list[str] = []
    parts = [p.strip() for p in category.replace("/", ">").split(">") if p.strip()]
    for part in parts[:-1]:
        _count(words(part), EARLIER_PART, weights, found)
    head = _head(title)
    for text, weight in ((parts[-1] if parts else "", LAST_PART), (head, TITLE)):
        _count(words(text), weight, weights, found)
    _ask_model(parts[-1] if parts else "", head, weights)
    ranked_classes = tuple(sorted(weights.items(), key=lambda cw: (-cw[1], cw[0])))
    named = words(head)
    return Goods(
        classes=ranked_classes, nouns=tuple(dict.fromkeys(found)), nontechnical=_has(named, "nontechnical"),
        emblem=_has(words(title), "emblems"), accessory=_has(named, "accessories"),
    )  # fmt: skip


def _ask_model(part: str, head: str, weights: dict[int, float]) -> None:
    """Let the model speak on a path's last part; on a title only where nothing else has been said, and it is sure."""
    if part:
        for number, p in nice.ranked(nice.known(part)):
            weights[number] = weights.get(number, 0.0) + MODEL * p
    elif not weights and head:
        number, p = next(iter(nice.ranked(nice.known(head))), (0, 0.0))
        if p >= MODEL_SURE:
            weights[number] = ENOUGH


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


def _count(tokens: Phrase, weight: float, weights: dict[int, float], found: list[str]) -> None:
    table, longest, i = nouns.table(), nouns.longest(), 0
    while i < len(tokens):
        n = next((n for n in range(min(longest, len(tokens) - i), 0, -1) if tokens[i : i + n] in table), 0)
        phrase = tokens[i : i + max(n, 1)]
        votes = table[phrase] if n else nouns.inflected(tokens[i])
        for number, strength in votes:
            weights[number] = weights.get(number, 0.0) + weight * strength
        if votes:
            found.append(shown(phrase))
        i += n or 1


def _has(tokens: Phrase, kind: str) -> bool:
    known = _named(kind)
    return any(tokens[i : i + n] in known for n in (1, 2, 3, 4) for i in range(len(tokens) - n + 1))


def is_goods_word(tokens: Phrase) -> bool:
    """Whether the tokens begin with a product noun."""
    return any(tokens[:n] in _nouns() for n in range(1, min(4, len(tokens)) + 1))


def is_noun_of(name: Phrase, goods: Goods) -> bool:
    """Whether a name is itself a noun for goods of the listing's classes."""
    votes = nouns.table().get(name, ()) if name else ()
    return any(c in goods.likely and weight >= ENOUGH for c, weight in votes)
