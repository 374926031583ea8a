"""Product nouns of many languages as folded tokens → Nice classes: exact, in compounds, and with other endings."""

import functools
from collections.abc import Iterator, Mapping

from listing_preflight.judging.grammar import Phrase, words
from listing_preflight.policy.store import load, names
from listing_preflight.text.vocabulary import vocabulary

Votes = tuple[tuple[int, float], ...]
"""Classes with the weight that a noun gives each."""
DEPARTMENT, AMBIGUOUS, SOFT = 0.6, 0.6, 0.4
"""Weights of a department, of a noun that two languages use for different goods, and of one that mostly tells the material."""
COMPOUNDING = ("de", "nl")
INFLECTED = {"pl": 3, "ru": 3, "tr": 4}
"""Languages whose words are read by their stem, and how many letters may follow it."""
SHORTEST_PART = 4
"""Letters of the last part of a compound and of a stem: shorter ones ("hut", "rok") end too many other words."""
_VOWELS = "аяыиеоуюьaeiouyąęóıöü"


@functools.cache
def table() -> Mapping[Phrase, Votes]:
    """Every noun with its votes; the hand-kept table of goods.yaml is stronger than the languages' lists."""
    own = load("goods.yaml")
    out: dict[Phrase, Votes] = {}
    for phrase, found in _languages().items():
        classes = sorted(set(found))
        weight = AMBIGUOUS if len({lang for lang, _ in found.values()}) > 1 and len(classes) > 1 else 1.0
        out[phrase] = tuple((c, weight) for c in classes)
    for number, listed in own["nouns"].items():
        out |= {words(str(n)): ((int(number), 1.0),) for n in listed}
    soft = {form for n in own["soft"] for form in _forms(words(n), "en")}
    out |= {p: tuple((c, SOFT) for c, _ in out[p]) for p in soft & out.keys()}
    for phrase, classes_of in departments().items():
        out.setdefault(phrase, tuple((c, DEPARTMENT) for c in sorted(classes_of)))
    return out


@functools.cache
def departments() -> Mapping[Phrase, frozenset[int]]:
    """Names of departments that hold goods of several classes."""
    out: dict[Phrase, set[int]] = {}
    for number, listed in load("goods.yaml")["departments"].items():
        for name in listed:
            out.setdefault(words(str(name)), set()).add(int(number))
    return {k: frozenset(v) for k, v in out.items()}


@functools.cache
def longest() -> int:
    """Tokens of the longest noun."""
    return max(map(len, table()))


def _listed(lang: str) -> Iterator[tuple[int, Phrase]]:
    for number, text in load(f"nouns/{lang}.yaml").items():
        for noun in str(text).split(", "):
            if phrase := words(noun.strip()):
                yield int(number), phrase


def _languages() -> dict[Phrase, dict[int, tuple[str, int]]]:
    """Noun → class → the language that says so; foreign words that English uses for something else are left out."""
    out: dict[Phrase, dict[int, tuple[str, int]]] = {}
    for file in names("nouns"):
        lang = file.removeprefix("nouns/").removesuffix(".yaml")
        for number, phrase in _listed(lang):
            if lang != "en" and _is_english(phrase):
                continue
            for form in _forms(phrase, lang):
                out.setdefault(form, {}).setdefault(number, (lang, number))
    return out


def _is_english(phrase: Phrase) -> bool:
    return len(phrase) == 1 and phrase[0].isascii() and (len(phrase[0]) < 3 or vocabulary().is_english(phrase[0]))


def _forms(phrase: Phrase, lang: str) -> Iterator[Phrase]:
    yield phrase
    if lang == "en":
        last = phrase[-1]
        if last.endswith(("s", "x", "ch", "sh")):
            yield (*phrase[:-1], last + "es")
        elif last.endswith("y") and last[-2:-1] not in "aeiou":
            yield (*phrase[:-1], last[:-1] + "ies")
        else:
            yield (*phrase[:-1], last + "s")


@functools.cache
def _parts() -> Mapping[str, Votes]:
    """Nouns that compounds end with."""
    out: dict[str, Votes] = {}
    for lang in COMPOUNDING:
        for number, phrase in _listed(lang):
            if len(phrase) == 1 and len(phrase[0]) >= SHORTEST_PART:
                out.setdefault(phrase[0], ((number, 1.0),))
    return out


@functools.cache
def _stems() -> Mapping[str, tuple[Votes, int]]:
    """Stem of a noun → its votes and how many letters may follow."""
    out: dict[str, tuple[Votes, int]] = {}
    for lang, most in INFLECTED.items():
        for number, phrase in _listed(lang):
            stem = phrase[0].rstrip(_VOWELS)
            if len(phrase) == 1 and len(stem) >= SHORTEST_PART and not _is_english((stem,)):
                out.setdefault(stem, (((number, 1.0),), most))
    return out


@functools.lru_cache(maxsize=1 << 14)
def inflected(token: str) -> Votes:
    """The votes of a single token that stands in no list as it is: by its stem, or as a compound by its last part."""
    if len(token) < SHORTEST_PART or vocabulary().is_english(token):
        return ()
    if token[:2] == "ال" and (found := table().get((token[2:],))):
        return found
    if token[:2] == "لل" and (found := table().get((token[2:],))):
        return found
    for n in range(len(token), SHORTEST_PART - 1, -1):
        stem = _stems().get(token[:n])
        if stem is not None and len(token) - n <= stem[1]:
            return stem[0]
    for n in range(2, len(token) - SHORTEST_PART + 1):
        tail = (
            _parts().get(token[n:])
            or _parts().get(token[n:].removesuffix("n"))
            or _parts().get(token[n:].removesuffix("en"))
        )
        if tail and len(token) - n >= SHORTEST_PART:
            return tail
    return ()
