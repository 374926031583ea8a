"""Product nouns of many languages → Nice classes: as they stand, by their stem, and in compounds; the tables are prepared."""

import functools
import importlib.resources
import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from listing_preflight.judging.grammar import Phrase, words
from listing_preflight.storage.prepared import cells
from listing_preflight.text.fold import is_wide
from listing_preflight.text.vocabulary import vocabulary

LONGEST = 4
"""Words of the longest noun that is looked for."""
LONGEST_ENDING = 8
"""Letters of the longest ending that a language takes off."""
SHORTEST_STEM = 3
SHORTEST_PART = 4
"""Letters of a stem, and of the last part of a compound: shorter ones ("hut", "rok") end too many other words."""
BY_STEM = 0.9
"""How sure a noun is that is read by its stem."""
COMPOUND, BY_COMPOUND = 0.7, 0.3
"""How sure a noun is that is only the end of a word, and what it says for its language: coined names end like some noun, too."""
SIGN = 0.8
"""What a function word says for its language, beside one known noun."""
ENGLISH = 0.5
"""What a word of the English dictionary says for English, beside one known noun."""

TELLING = 4
"""Letters of a stem from which it tells its language: "tas" is a bag in Indonesian and the stem of a cup in three others."""
_KIN = frozenset({"id", "ms"})
"""Languages that share so many words that one takes nothing from what a word says for the other."""

Classes = tuple[int, ...]
"""Classes of a noun, the likeliest first; 0 alone: a phrase that says nothing."""


class Rules(NamedTuple):
    """How a language builds names of goods; what the fields mean stands in policy/data/noun_phrases.yaml."""

    script: str
    last: bool
    joins: bool
    endings: Mapping[str, str]
    prefixes: Sequence[str]
    oblique: Sequence[str]
    cut: frozenset[str]
    before: frozenset[str]
    signs: frozenset[str]
    broad: frozenset[str]
    weak: frozenset[str]
    apart: frozenset[str]
    toned: bool
    ruling: Mapping[str, int]
    diminutives: Mapping[str, Sequence[str]] = {}
    lexical: frozenset[str] = frozenset()


Table = Mapping[str, str]
"""A table as it is prepared: classes, the likeliest first → the nouns that name them, each on a line of its own."""


class Language:
    """One language: its rules, its nouns as written and by stem, each made of what is prepared when it is first asked for."""

    def __init__(self, code: str, script: str) -> None:
        self.code, self.script = code, script

    @functools.cached_property
    def _cells(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = _cell(self.code)
        return found

    @functools.cached_property
    def rules(self) -> Rules:
        """How it builds names of goods."""
        kept: dict[str, Any] = {k: frozenset(v) if k in _SETS else v for k, v in self._cells["rules"].items()}
        return Rules(**kept)

    @functools.cached_property
    def nouns(self) -> Mapping[str, Classes]:
        """Noun as written → its classes."""
        return _unpacked(self._cells["nouns"])

    @functools.cached_property
    def stems(self) -> Mapping[str, Classes]:
        """Stem → its classes."""
        return _unpacked(self._cells["stems"])


def _unpacked(table: Table) -> dict[str, Classes]:
    out: dict[str, Classes] = {}
    for classes, found in table.items():
        out |= dict.fromkeys(found.split("\n"), tuple(map(int, classes.split())))
    return out


class Noun(NamedTuple):
    """A noun as a language reads it; `sure` says how near to what the table holds, 1.0 being as written."""

    classes: Classes
    sure: float
    key: str
    oblique: bool = False


@functools.cache
def _prepared() -> Mapping[str, bytes]:
    return cells(importlib.resources.files(__package__).joinpath("data", "nouns.jsonl").read_bytes())


def _cell(name: str) -> Any:
    return orjson.loads(_prepared()[name])


@functools.cache
def languages() -> Mapping[str, Language]:
    """Code → language, read once from the prepared file."""
    return {code: Language(code, script) for code, script in _cell("scripts").items()}


_SETS = ("cut", "before", "signs", "broad", "weak", "apart", "lexical")


@functools.cache
def of_script(script: str) -> tuple[str, ...]:
    """The languages that are written in a script."""
    return tuple(code for code, lang in languages().items() if lang.script == script)


@functools.cache
def lengths(code: str) -> Mapping[str, tuple[int, ...]]:
    """First character → characters of the nouns, cuts and such that begin with it, the longest first: for runs without spaces."""
    lang = languages()[code]
    found: dict[str, set[int]] = {}
    for word in (*lang.nouns, *lang.rules.cut, *lang.rules.before):
        found.setdefault(word[0], set()).add(len(word))
    return {k: tuple(sorted(v, reverse=True)) for k, v in found.items()}


_WORD = re.compile(r"\w+")


def toned(text: str) -> Phrase:
    """The words of a text with their accents, for languages in which a syllable without its tone is another word."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


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


def stem(word: str, rules: Rules, lengths: Mapping[str, Sequence[int]] | None = None) -> str:
    """A word without its ending and without what is written together before it, a doubled last letter being one.

    `lengths`: last letter → letters of the endings with it, the longest first, where somebody has counted them.
    """
    for prefix in rules.prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_STEM:
            word = word[len(prefix) :]
            break
    tried = range(LONGEST_ENDING, 0, -1) if lengths is None else lengths.get(word[-1:], ())
    for n in tried:
        instead = rules.endings.get(word[-n:]) if n <= len(word) else None
        if instead is not None and len(word) - n + len(instead) >= SHORTEST_STEM:
            word = word[:-n] + instead
            break
    doubled = rules.joins and len(word) > SHORTEST_STEM and word[-1] == word[-2]
    return word[:-1] if doubled else word


@functools.lru_cache(maxsize=1 << 16)
def _stem(word: str, code: str) -> str:
    return stem(word, languages()[code].rules, _endings(code))


@functools.cache
def _endings(code: str) -> Mapping[str, Sequence[int]]:
    found: dict[str, set[int]] = {}
    for ending in languages()[code].rules.endings:
        if 0 < len(ending) <= LONGEST_ENDING:
            found.setdefault(ending[-1], set()).add(len(ending))
    return {letter: sorted(of, reverse=True) for letter, of in found.items()}


@functools.lru_cache(maxsize=1 << 16)
def single(word: str, code: str) -> Noun | None:
    """One word as a noun of a language: as written, by its stem, or as a compound by its last part."""
    lang = languages()[code]
    if found := lang.nouns.get(word):
        return Noun(found, 1.0, word)
    if code != "en" and lang.rules.script == "latin" and vocabulary().is_english(word):
        return None  # "sockets" is no Swedish word with an ending
    if lang.rules.script == "latin" and not word.isalpha():
        return None  # a model's number
    return _by_stem(word, lang) or _diminished(word, lang) or _compounded(word, lang)


def _as_written(word: str, lang: Language) -> Noun | None:
    found = lang.nouns.get(word)
    return Noun(found, 1.0, word) if found else _by_stem(word, lang)


def _by_stem(word: str, lang: Language) -> Noun | None:
    bare = _stem(word, lang.code)
    found = lang.stems.get(bare)
    return Noun(found, BY_STEM, bare, _is_oblique(word, lang.rules)) if found else None


def _compounded(word: str, lang: Language) -> Noun | None:
    """A word as a compound by its last part."""
    bare = _stem(word, lang.code)
    if not lang.rules.joins or len(word) < 2 * SHORTEST_STEM or not word.isalpha():
        return None
    for i in range(SHORTEST_STEM, len(bare) - SHORTEST_STEM + 1):
        if len(word) - i < SHORTEST_PART or bare[i:] in lang.rules.apart:
            break
        key = word[i:] if word[i:] in lang.nouns else bare[i:]
        if found := lang.nouns.get(key) or lang.stems.get(key):
            ruled = next((n for r, n in lang.rules.ruling.items() if len(r) > 3 and word.startswith(r)), 0)
            return Noun((ruled,) if ruled else found, COMPOUND, key, _is_oblique(word, lang.rules))
    return None


def _diminished(word: str, lang: Language) -> Noun | None:
    """A word as the diminutive of a noun: "jurkje", "Täschchen", "bolsinha", "bolsito"; not those that are another thing."""
    if word in lang.rules.lexical:
        return None
    for ending, instead in lang.rules.diminutives.items():
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            bases = [base for end in instead if len(base := word[: -len(ending)] + end) >= SHORTEST_STEM]
            found = next((n for base in bases if (n := _as_written(base, lang) or _compounded(base, lang))), None)
            if found:
                return found._replace(sure=min(found.sure, BY_STEM))
    return None


def _is_oblique(word: str, rules: Rules) -> bool:
    """Whether a word ends as one that says what something is for or of."""
    return any(word.endswith(e) and len(word) - len(e) >= SHORTEST_STEM for e in rules.oblique)


@functools.cache
def _firsts(code: str) -> frozenset[str]:
    lang = languages()[code]
    return frozenset(k.split(" ", 1)[0] for table in (lang.nouns, lang.stems) for k in table if " " in k)


@functools.lru_cache(maxsize=1 << 15)
def begins(word: str, code: str) -> bool:
    """Whether any noun of several words begins with a word or its stem."""
    return word in _firsts(code) or _stem(word, code) in _firsts(code)


@functools.lru_cache(maxsize=1 << 15)
def phrase(tokens: Phrase, code: str) -> Noun | None:
    """Several words as a noun of a language."""
    lang = languages()[code]
    key = " ".join(tokens)
    if found := lang.nouns.get(key):
        return Noun(found, 1.0, key)
    key = " ".join([_stem(t, code) for t in tokens])
    return Noun(found, BY_STEM, key) if (found := lang.stems.get(key)) else None


def _written(word: str, script: str) -> Iterable[tuple[str, float]]:
    """The languages of a script that know a word as written as a noun or function word, with what it says for each."""
    for code, little, known in _said(script):
        if word in little:
            yield code, SIGN
        elif word in known:
            yield code, 1.0


@functools.cache
def _said(script: str) -> Sequence[tuple[str, frozenset[str], Mapping[str, Classes]]]:
    """The languages of a script with their function words and nouns."""
    spoken = [languages()[code] for code in of_script(script)]
    return [(lang.code, lang.rules.signs | lang.rules.cut, lang.nouns) for lang in spoken]


@functools.lru_cache(maxsize=1 << 15)
def speakers(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """The languages that know a word as a noun or function word, with what it says for each."""
    out = dict(_written(word, script))
    english = script == "latin" and vocabulary().is_english(word)
    for code in ("en",) if english else () if script == "latin" and not word.isalpha() else of_script(script):
        if code not in out and (found := single(word, code)):
            out[code] = found.sure if found.sure > COMPOUND and len(found.key) >= TELLING else BY_COMPOUND
    if english and len(word) > 1:
        out["en"] = max(out.get("en", 0.0), ENGLISH)
    several = len(out) - (len(_KIN) - 1 if out.keys() >= _KIN else 0)
    return tuple((c, v / several**0.5) for c, v in out.items())


class Votes:
    """Every noun as written in any language, as words → its classes over all of them; those of plain letters by themselves."""

    @functools.cached_property
    def _plain(self) -> Mapping[str, Classes]:
        return _unpacked(_cell("votes"))

    @functools.cached_property
    def _other(self) -> Mapping[str, Classes]:
        return _unpacked(_cell("other votes"))

    def get(self, phrase: Phrase, unknown: Classes = ()) -> Classes:
        """The classes that some words name as a noun."""
        noun = " ".join(phrase)
        return (self._plain if noun.isascii() else self._other).get(noun, unknown)

    def __contains__(self, phrase: Phrase) -> bool:
        return bool(self.get(phrase))

    def values(self) -> Iterable[Classes]:
        """The classes of each noun."""
        return itertools.chain(self._plain.values(), self._other.values())


@functools.cache
def votes() -> Votes:
    """What nouns say in any language."""
    return Votes()


@functools.cache
def opening() -> frozenset[str]:
    """The words that nouns of several words begin with."""
    return frozenset(_cell("opening").split("\n"))
