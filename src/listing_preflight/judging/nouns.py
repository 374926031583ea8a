"""Product nouns of many languages → Nice classes: as they stand, by their stem, and in compounds; the tables are prepared."""

import functools
import gzip
import importlib.resources
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import orjson

from listing_preflight.judging.grammar import Phrase, words
from listing_preflight.text.fold import is_wide
from listing_preflight.text.vocabulary import vocabulary

LONGEST = 4
"""Words of the longest noun that is looked for."""
LONGEST_RUN = 12
"""Characters of the longest noun in a script without spaces."""
SHORTEST_STEM = 3
SHORTEST_PART = 4
"""Letters of a stem, and of the last part of a compound: shorter ones ("hut", "rok") end too many other words."""
COMPOUND, BY_COMPOUND = 0.7, 0.3
"""How sure a noun is that is only the end of a word, and what it says for its language: coined names end like some noun, too."""
ENGLISH = 0.5
"""What a word of the English dictionary says for English, beside one known noun."""

Classes = tuple[int, ...]
"""Classes of a noun, the likeliest first; 0 alone: a phrase that says nothing."""


class Rules(NamedTuple):
    """How a language builds names of goods; what the fields mean stands in policy/data/noun_phrases.yaml."""

    script: str
    last: bool
    joins: bool
    endings: Sequence[Sequence[str]]
    prefixes: Sequence[str]
    oblique: Sequence[str]
    cut: frozenset[str]
    before: frozenset[str]
    signs: frozenset[str]
    broad: frozenset[str]
    weak: frozenset[str]
    ruling: Mapping[str, int]


class Language(NamedTuple):
    """One language: its rules, its nouns as written and by stem."""

    code: str
    rules: Rules
    nouns: Mapping[str, Classes]
    stems: Mapping[str, Classes]


class Noun(NamedTuple):
    """A noun as a language reads it; `sure` says how near to what the table holds, 1.0 being as written."""

    classes: Classes
    sure: float
    key: str
    oblique: bool = False


@functools.cache
def languages() -> Mapping[str, Language]:
    """Code → language, read once from the prepared file."""
    packed = importlib.resources.files(__package__).joinpath("data", "nouns.json.gz").read_bytes()
    found = orjson.loads(gzip.decompress(packed))
    return {
        code: Language(code, _rules(cells["rules"]), cells["nouns"], cells["stems"]) for code, cells in found.items()
    }


def _rules(cells: dict[str, object]) -> Rules:
    kept = {k: frozenset(v) if k in _SETS and isinstance(v, list) else v for k, v in cells.items()}
    return Rules(**kept)  # type: ignore[arg-type]


_SETS = ("cut", "before", "signs", "broad", "weak")


@functools.cache
def of_script(script: str) -> tuple[str, ...]:
    """The languages that are written in a script."""
    return tuple(code for code, lang in languages().items() if lang.rules.script == script)


@functools.lru_cache(maxsize=1 << 15)
def units(text: str) -> Phrase:
    """Folded words; a run of a script without spaces is one unit."""
    out: list[str] = []
    for chunk in text.split():
        glued = False
        for token in words(chunk):
            wide = is_wide(token[0])
            if wide and glued:
                out[-1] += token
            else:
                out.append(token)
            glued = wide
    return tuple(out)


def stem(word: str, rules: Rules) -> str:
    """A word without its ending and without what is written together before it, a doubled last letter being one."""
    for prefix in rules.prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_STEM:
            word = word[len(prefix) :]
            break
    for ending, instead in rules.endings:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= SHORTEST_STEM:
            word = word[: len(word) - len(ending)] + instead
            break
    doubled = rules.joins and len(word) > SHORTEST_STEM and word[-1] == word[-2]
    return word[:-1] if doubled else word


@functools.lru_cache(maxsize=1 << 16)
def _stem(word: str, code: str) -> str:
    return stem(word, languages()[code].rules)


@functools.lru_cache(maxsize=1 << 16)
def single(word: str, code: str) -> Noun | None:
    """One word as a noun of a language: as written, by its stem, or as a compound by its last part."""
    lang = languages()[code]
    if found := lang.nouns.get(word):
        return Noun(found, 1.0, word)
    if code != "en" and lang.rules.script == "latin" and vocabulary().is_english(word):
        return None  # "sockets" is no Swedish word with an ending
    bare = _stem(word, code)
    far = any(word.endswith(e) and len(word) - len(e) >= SHORTEST_STEM for e in lang.rules.oblique)
    if found := lang.stems.get(bare):
        return Noun(found, 0.9, bare, far)
    if not lang.rules.joins or len(word) < 2 * SHORTEST_STEM or not word.isalpha():
        return None
    for i in range(SHORTEST_STEM, len(bare) - SHORTEST_STEM + 1):
        if len(word) - i < SHORTEST_PART:
            break
        if found := lang.nouns.get(word[i:]) or lang.stems.get(bare[i:]):
            ruled = next((n for r, n in lang.rules.ruling.items() if len(r) > 3 and word.startswith(r)), 0)
            return Noun((ruled,) if ruled else found, COMPOUND, bare[i:], far)
    return None


@functools.lru_cache(maxsize=1 << 15)
def phrase(tokens: Phrase, code: str) -> Noun | None:
    """Several words as a noun of a language."""
    lang = languages()[code]
    key = " ".join(tokens)
    if found := lang.nouns.get(key):
        return Noun(found, 1.0, key)
    key = " ".join([_stem(t, code) for t in tokens])
    return Noun(found, 0.9, key) if (found := lang.stems.get(key)) else None


@functools.lru_cache(maxsize=1 << 15)
def speakers(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """The languages that know a word as a noun or function word, with what it says for each."""
    out = {}
    for code in of_script(script):
        rules = languages()[code].rules
        if word in rules.signs or word in rules.cut:
            out[code] = 0.8
        elif found := single(word, code):
            out[code] = found.sure if found.sure > COMPOUND else BY_COMPOUND
    if script == "latin" and len(word) > 1 and vocabulary().is_english(word):
        out["en"] = max(out.get("en", 0.0), ENGLISH)
    return tuple((c, v / len(out) ** 0.5) for c, v in out.items())


@functools.cache
def votes() -> Mapping[Phrase, Classes]:
    """Every noun as written in any language, as words → its classes over all of them."""
    out: dict[Phrase, Classes] = {}
    for lang in languages().values():
        for key, classes in lang.nouns.items():
            found = written(key)
            out[found] = (*out[found], *classes) if found in out else classes
    told = ((found, tuple(sorted({*classes} - {0}))) for found, classes in out.items())
    return {found: classes for found, classes in told if classes}


def written(key: str) -> Phrase:
    """The words of a noun as the table keeps it: folded units, of which one without spaces is letters. Folding it anew says the same."""
    parts = key.split(" ")
    if key.isascii():
        return tuple(parts)
    return tuple([token for unit in parts for token in (unit if is_wide(unit[0]) else (unit,))])
