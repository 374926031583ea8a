"""What a listing sells: Nice classes from its category and title, and what kind of goods they are."""

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from listing_preflight.judging import editions, headnoun, nice, nouns
from listing_preflight.judging.grammar import Phrase, grammar, own_words, starts_with, words
from listing_preflight.model.listing import Listing
from listing_preflight.policy.store import load, names

ENOUGH = 1.0
"""Weight from which a class counts as found: one clear noun."""
LAST_PART, SHORT_PART, BROAD_PART, EARLIER_PART, TITLE, TITLE_LATER, BESIDE = 1.5, 1.05, 1.0, 1.0, 1.1, 1.0, 0.3
"""What nouns weigh: in the last part of a path most, but a short path names a department, be it one of a single kind of goods
("Barbecues", where charcoal is sold, too): it yields to a noun at the beginning of the title, and one of a whole department ("Toys")
yields the more; in an earlier part; as the head of the title, further behind in it, and beside the head."""
SHORT_STEPS, SHORT_WORDS = 2, 2
"""Steps of a short path, and words of its last one: a path with more of either tells what is sold better than a title does."""
WEAK = 0.5
"""What a material or a department of several classes weighs: never enough alone."""
LATER = 0.92
"""Share that the less likely class of a noun has of the likelier one."""
MODEL_SURE = 0.8
"""Probability from which the model alone names a class where no noun is known: it speaks on every second term then and is right on
88 of 100 (cross-validation among the even terms)."""
RETAIL = 35
"""The class of what shops do: words of price and sale in a title say nothing of the goods."""
TELLING = 120
"""Characters of a description that tell the language of a title beside its own words, which may be few: "Tostapane due fette"."""
DESCRIPTION = 200
"""Characters of a description that are read where path and title tell nothing: it begins with what is sold."""
_STEP = re.compile(r"[>/|»›→]|::|--")
_ALSO = re.compile(r"[&,;+]|\s(?:and|und|et|e|y|och|og|ja|és|en|i|a|și|ve|και|и|și)\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """Classes with their weight, most likely first, and the nouns that they come from."""

    classes: tuple[tuple[int, float], ...]
    nouns: tuple[str, ...]
    nontechnical: bool
    emblem: bool
    accessory: bool
    moved: tuple[editions.Move, ...] = ()
    touched: frozenset[int] = frozenset()
    """Classes of every noun of the path and the title, also of those that do not name the goods."""

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
    return frozenset(own_words(str(n)) for n in kept)


class _Kind(NamedTuple):
    """The phrases of a kind, their first words and sizes; those of scripts that set no words apart, which stand inside a run
    ("สติ๊กเกอร์ติดรถ"), and their lengths. A letter of Chinese or Japanese is a word.
    """

    phrases: frozenset[Phrase]
    firsts: frozenset[str]
    sizes: tuple[int, ...]
    inside: frozenset[str]
    lengths: tuple[int, ...]


@functools.cache
def _named(kind: str, *, wide: bool = True) -> _Kind:
    """A kind of goods.yaml, with what the languages' own files add to it unless `wide` is off."""
    files = [load(name).get(kind, ()) for name in names("accessories")] if wide else []
    phrases = frozenset(own_words(str(n)) for found in (load("goods.yaml")[kind], *files) for n in found)
    inside = frozenset(p[0] for p in phrases if len(p) == 1 and p[0][0] > headnoun.UNSPACED and len(p[0]) > 1)
    return _Kind(
        phrases, frozenset(p[0] for p in phrases if p), tuple(sorted({len(p) for p in phrases})), inside,
        tuple(sorted({len(w) for w in inside})),
    )  # fmt: skip


@functools.cache
def coordinated() -> dict[int, frozenset[int]]:
    """Class → classes whose goods buyers expect from the same source, both ways."""
    out: dict[int, set[int]] = {}
    for number, others in load("goods.yaml")["coordinated"].items():
        for other in others:
            out.setdefault(number, set()).add(other)
            out.setdefault(other, set()).add(number)
    return {k: frozenset(v) for k, v in out.items()}


class _Path(NamedTuple):
    """What the steps of a path say: classes with their weight, nouns, and the last clear class of the earlier steps."""

    weights: Mapping[int, float]
    nouns: tuple[str, ...]
    clear: int | None


_NO_PATH = _Path({}, (), None)


@functools.lru_cache(maxsize=4096)
def of_texts(category: str, title: str, description: str = "", whole: str = "") -> Goods:
    """The goods of a category path and a title; the description is asked where these tell nothing.

    `whole` is the title with the names that were left out of it, which tell its language, too.
    """
    tells = description[:TELLING]
    codes = headnoun.spoken(whole or title, f"{category} {tells}")
    path = _path(category, headnoun.spoken(category, f"{whole or title} {tells}")) if category else _NO_PATH
    weights, found = dict(path.weights), list(path.nouns)
    named = headnoun.head(title, codes)
    if named:
        _count(named.noun, TITLE if named.opens else TITLE_LATER, TITLE_LATER, weights, found)
        for noun in named.beside:
            _count(noun, BESIDE, BESIDE, weights, found)
    if path.clear and max(weights.values()) < ENOUGH:
        weights[path.clear] = ENOUGH
    if max(weights.values(), default=0.0) < ENOUGH and (data := _technical_data(title)):
        weights[data.number] = weights.get(data.number, 0.0) + ENOUGH
        found.append(data.shown)
    if codes[0] == "en" and max(weights.values(), default=0.0) < ENOUGH:
        _ask_model(category, title, weights)
    if max(weights.values(), default=0.0) < ENOUGH and description:
        told = headnoun.head(description[:DESCRIPTION], headnoun.spoken(description[:DESCRIPTION], title))
        if told and not told.noun.weak and words(told.noun.shown) not in _named("pictures_of_goods").phrases:
            _count(told.noun, TITLE, TITLE, weights, found)
    moved = [m for n in found if (m := editions.move_of(n))]
    words_of_head = words(before_cut(title))
    return Goods(
        classes=tuple(sorted(weights.items(), key=lambda cw: (-cw[1], cw[0]))), nouns=tuple(dict.fromkeys(found)),
        nontechnical=has_kind(words_of_head, "nontechnical"), emblem=has_kind(words(title), "emblems"),
        accessory=_is_accessory(title, words_of_head, codes), moved=tuple(dict.fromkeys(moved)),
        touched=_touched((*words(category), "", *words(title))),
    )  # fmt: skip


def _touched(told: Phrase) -> frozenset[int]:
    known, several = nouns.votes(), nouns.opening()
    found = [known.get((word,), ()) for word in dict.fromkeys(told)]
    found += [known.get(told[i : i + n], ()) for i, word in enumerate(told) if word in several for n in (2, 3)]
    return frozenset(itertools.chain(*found))


@functools.lru_cache(maxsize=1 << 13)
def _path(category: str, codes: tuple[str, ...]) -> _Path:
    """Count the steps of a path: the last one most, of the others each class once."""
    steps = [s for s in _STEP.split(category) if s.strip()]
    weights: dict[int, float] = {}
    found: list[str] = []
    clear: int | None = None
    for step in steps[:-1]:
        if named := headnoun.head(step, codes):
            one: dict[int, float] = {}
            _count(named.noun, EARLIER_PART, EARLIER_PART, one, found)
            weights |= {c: max(w, weights.get(c, 0.0)) for c, w in one.items()}
            clear = clear if named.noun.weak else named.noun.classes[0]
    for number, weight in _last(steps, codes, found).items():
        weights[number] = weights.get(number, 0.0) + weight
    return _Path(weights, tuple(found), clear)


def _last(steps: Sequence[str], codes: tuple[str, ...], found: list[str]) -> dict[int, float]:
    """What the last step says; of the things that it joins ("Sauna & Fireplace") each class counts once."""
    weights: dict[int, float] = {}
    for part in _ALSO.split(steps[-1]) if steps else ():
        if (named := headnoun.head(part, codes)) and not named.noun.faint:
            short = len(steps) <= SHORT_STEPS and len(part.split()) <= SHORT_WORDS
            clear = SHORT_PART if short else LAST_PART
            one: dict[int, float] = {}
            _count(named.noun, clear if named.noun.sure and named.opens else BROAD_PART, BROAD_PART, one, found)
            weights |= {c: max(w, weights.get(c, 0.0)) for c, w in one.items()}
    return weights


def _count(noun: headnoun.Named, strong: float, broad: float, weights: dict[int, float], found: list[str]) -> None:
    weight = WEAK if noun.weak else broad if noun.broad else strong
    if noun.weak and strong < 1:
        weight *= strong
    for number in editions.newest_first(noun.classes, noun.shown):
        weights[number] = weights.get(number, 0.0) + weight
        weight *= LATER
    found.append(noun.shown)


class _Data(NamedTuple):
    """Technical data of a title as they are written, and the class of the goods that have such data."""

    number: int
    shown: str


def _technical_data(title: str) -> _Data | None:
    """What figures with their units say where no noun names a class: what has 40 GB or runs at 3.33 GHz stores or computes."""
    found = ((number, pattern.search(title)) for number, pattern in _data_patterns())
    return next((_Data(number, at[0]) for number, at in found if at), None)


@functools.cache
def _data_patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    def one(units: Sequence[str], terms: Sequence[str]) -> re.Pattern[str]:
        told = "|".join(map(re.escape, units)), "|".join(map(re.escape, terms))
        return re.compile(rf"(?i)(?<![^\W_])(?:\d[\d.,]*[ -]?(?:{told[0]})|(?:{told[1]}))(?![^\W_])")

    kinds = load("goods.yaml")["technical_data"].items()
    return tuple((int(number), one(told["units"], told["terms"])) for number, told in kinds)


def _ask_model(category: str, title: str, weights: dict[int, float]) -> None:
    """Let the model, which has learnt English, speak where no noun names a class: on a path's last part, else on a title, if it is sure."""
    part = [s for s in _STEP.split(category) if s.strip()][-1:]
    for text, enough in ((part[0] if part else "", MODEL_SURE), (before_cut(title), MODEL_SURE)):
        if text.isascii() and (known := nice.known(text)):
            number, p = next(iter(nice.ranked(known)), (0, 0.0))
            if p >= enough and number != RETAIL:
                weights[number] = weights.get(number, 0.0) + ENOUGH
                return


def of_listing(listing: Listing, names: Iterable[tuple[int, int]] = ()) -> Goods:
    """The goods of a listing; names at these half-open spans of its title are no nouns, unless nothing else tells."""
    category, description = listing.category or "", listing.first("description")[:DESCRIPTION]
    rest = title = listing.first("title")
    for start, end in names:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    found = of_texts(category, rest, description, title)
    return found if found.likely or rest == title else of_texts(category, title, description)


def before_cut(title: str) -> str:
    """The part of a title that names the goods: what stands before "for", "compatible with" and the like."""
    tokens = title.split()
    folded = [words(t) for t in tokens]
    opening = grammar()["compatible_before"].by_first
    for i in range(1, len(tokens)):
        told = next((f for f in folded[i : i + 3] if f), ("",))
        if told[0] in opening and starts_with(tuple(itertools.chain(*folded[i : i + 3])), "compatible_before"):
            return " ".join(tokens[:i])
    return title


def _is_accessory(title: str, head: Phrase, codes: tuple[str, ...]) -> bool:
    """Whether what the title names before any comma or "with" is an accessory: no "battery" of "battery-powered", no case in the box."""
    named = words(MODIFIER.sub("", _COMMA.split(title)[0]))
    cut = next((i for i, t in enumerate(named) if i and starts_with((t,), "with", codes)), len(named))
    tokens = tuple(t for t in named[:cut] if t in head)
    if has_kind(tokens, "accessories", wide=False) or any(_is_accessory_compound(t) for t in tokens):
        return True
    return has_kind(tokens, "accessories") and _names_accessory(" ".join(tokens), codes)


def _names_accessory(text: str, codes: tuple[str, ...]) -> bool:
    """Whether the noun that names the goods, if there is one, is the accessory or stands directly beside it: a stove with "4 burners" is a stove."""
    named = headnoun.head(text, codes)
    if named is None or named.noun.weak:
        return True
    noun, tokens = words(named.noun.shown), words(text)
    at = next((i for i in range(len(tokens)) if tokens[i : i + len(noun)] == noun), None)
    return at is None or has_kind(tokens[max(0, at - 1) : at + len(noun) + 1], "accessories")


_COMMA = re.compile(r"[,;|、，]")
MODIFIER = re.compile(r"\b[^\W\d_]{2,}-(?=[^\W\d_]{2})")
"""A word that a hyphen makes the modifier of the next one."""


@functools.lru_cache(maxsize=1 << 14)
def _is_accessory_compound(token: str) -> bool:
    """Whether a compound word ends in the noun for an accessory or begins as a spare part: "Hochdruckschlauch", "Ersatzrost"."""
    if not token.isalpha():
        return False
    ends, openings = _named("accessory_compounds").phrases, _named("accessory_openings").phrases
    return any(len(token) > len(e[0]) + 2 and token.endswith(e[0]) for e in ends) or any(
        len(token) > len(o[0]) + 2 and token.startswith(o[0]) for o in openings
    )


def has_kind(tokens: Phrase, kind: str, *, wide: bool = True) -> bool:
    """Whether tokens hold a phrase of a kind that goods.yaml lists (nontechnical, emblems, accessories …)."""
    known = _named(kind, wide=wide)
    if any(tokens[i : i + n] in known.phrases for i, t in enumerate(tokens) if t in known.firsts for n in known.sizes):
        return True
    runs = (t for t in tokens if t[:1] > headnoun.UNSPACED)
    return any(t[i : i + n] in known.inside for t in runs for i in range(len(t)) for n in known.lengths)


def is_kind(tokens: Phrase, kind: str) -> bool:
    """Whether tokens are one phrase of such a kind."""
    return tokens in _named(kind).phrases


def is_goods_word(tokens: Phrase) -> bool:
    """Whether the tokens begin with a product noun."""
    return any(tokens[:n] in _nouns() for n in range(1, min(4, len(tokens)) + 1))


def is_noun_of(name: Phrase, goods: Goods) -> bool:
    """Whether a name is itself a noun for goods of the listing's classes."""
    return bool(name) and not goods.likely.isdisjoint(nouns.votes().get(name, ()))
