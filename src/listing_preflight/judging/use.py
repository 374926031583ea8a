"""How a name is used: read from the words around it, never from the name itself."""

import functools
import itertools
import re
from typing import NamedTuple

from listing_preflight.judging import nouns
from listing_preflight.judging.goods import is_goods_word
from listing_preflight.judging.grammar import (
    Openers,
    Phrase,
    Spoken,
    among,
    anywhere,
    ends_with,
    grammar,
    is_filler,
    openers,
    shown,
    starts_with,
    words,
)
from listing_preflight.model.finding import Reason, Use
from listing_preflight.model.hit import Hit
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key, is_wide
from listing_preflight.text.vocabulary import vocabulary

LIST_REACH = 24
"""Tokens over which a connecting word reaches: "for iPhone 15, 14 Pro, iPad Air and …"."""


TITLE = 250
"""Characters of a text that is read as a whole; in a longer one a word at its other end is about something else."""
REACH = 8
"""Words around a name in a longer text among which "dupe" or "replica" is about it."""


HYPHENS = frozenset("-‐‑–")
UNLISTED = 5
"""Names that no list has and that may stand side by side in such a list."""


class Reading(NamedTuple):
    """The use of one mention and the words that say so; `joined` tells "X-compatible" from "X compatible".

    `spoken` is how many words say it: "for" is one, "compatible with" two.
    """

    use: Use
    reason: Reason
    joined: bool = False
    adjective: bool = False
    bare: bool = False
    spoken: int = 1


_IDENTITY = Reading("identity", Reason(code="use-identity"))
_KEYWORD = Reading("keyword", Reason(code="use-search-terms"))


_USES = ("imitation", "comparison", "compatible", "denial")


def read(hit: Hit, names: frozenset[str], text: str, spoken: Spoken = None) -> Reading:
    """The use of one hit in a text; `names` are the folded words of all names seen in it, which a list may hold."""
    if hit.place.field == "search_terms":
        return _KEYWORD
    before, after = hit.around.clause_before, hit.around.clause_after
    known = openers(_USES, spoken)
    plain = known.before.isdisjoint(before) and known.after.isdisjoint(after)
    if plain and not _inflects(spoken) and _told_fit(hit, before, names, spoken) is None:
        phrase = _apart(hit, text, spoken)
        return Reading("imitation", _reason("use-imitation", phrase)) if phrase else _IDENTITY
    near_before, near_after = _skip(before, names, from_end=True), _skip(after, names, from_end=False)
    found = _imitation(before, near_before, after, near_after, spoken, joined=hit.after[:1] in HYPHENS)
    if found is None and (phrase := _apart(hit, text, spoken)):
        found = Reading("imitation", _reason("use-imitation", phrase))
    return (
        found
        or _comparison(before, near_before, after, near_after, spoken)
        or _denied(before, spoken)
        or _compatible(hit, before, names, near_after, after, spoken)
        or _denial(before, after, spoken)
        or _IDENTITY
    )


def _apart(hit: Hit, text: str, spoken: Spoken) -> Phrase | None:
    """An imitating word that need not stand beside the name: anywhere in a title, close by in a longer text."""
    around = hit.around
    if len(text) > TITLE:
        told: Phrase = (*around.before[-REACH:], "", *around.after[:REACH])
        if grammar(spoken)["imitation_anywhere"].by_first.keys().isdisjoint(told):
            return None
        return among(_of_goods(told), "imitation_anywhere", spoken)
    return _in_title(text, spoken)


@functools.lru_cache(maxsize=256)
def _in_title(text: str, spoken: Spoken) -> Phrase | None:
    """The same of a text that is read as a whole, whatever name stands in it."""
    told = words(text)
    bare = _of_goods(told)
    return anywhere(text, "imitation_anywhere", spoken) if bare == told else among(bare, "imitation_anywhere", spoken)


def _of_goods(told: Phrase) -> Phrase:
    """Words without those that say of a thing, not of a maker, that it is imitated: "fake fur", "imitation pearl"."""
    made, things = _imitated()
    pairs = itertools.zip_longest(told, told[1:], fillvalue="")
    return tuple(w for w, behind in pairs if not (w in made and behind in things))


@functools.cache
def _imitated() -> tuple[frozenset[str], frozenset[str]]:
    data = load("ordinary.yaml")
    return frozenset(map(str, data["imitating"])), frozenset(map(str, data["imitated"]))


def _skip(tokens: Phrase, names: frozenset[str], *, from_end: bool) -> Phrase:
    """The tokens without the models, numbers and other names that stand next to the name."""
    first, last = 0, len(tokens)
    if from_end:
        while last and (tokens[last - 1] in names or is_filler(tokens[last - 1])):
            last -= 1
    else:
        while first < last and (tokens[first] in names or is_filler(tokens[first])):
            first += 1
    return tokens[first:last]


def _reason(code: str, phrase: Phrase) -> Reason:
    return Reason(code=code, params={"words": shown(phrase)})


def _imitation(
    before: Phrase, near_before: Phrase, after: Phrase, near_after: Phrase, spoken: Spoken, *, joined: bool
) -> Reading | None:
    """`joined`: a hyphen ties the next word to the name, which then speaks of itself: "a NAME-ready look"."""
    phrase = _after(near_after, spoken) or _after(after, spoken)
    between = not joined and _one_word_between(near_after, spoken)
    phrase = phrase or (_after(near_after[1:], spoken) if between else None)
    phrase = phrase or _likened(before, spoken) or _likened(near_before, spoken)
    return Reading("imitation", _reason("use-imitation", phrase)) if phrase else None


def _likened(before: Phrase, spoken: Spoken) -> Phrase | None:
    """The imitating words before a name; "machines like NAME" names an example."""
    phrase = ends_with(before, "imitation_before", spoken)
    if phrase is None:
        return None
    example = ends_with(before, "tools", spoken) or ends_with(before, "sources", spoken)
    return None if example and len(example) > len(phrase) else phrase


def _after(tokens: Phrase, spoken: Spoken) -> Phrase | None:
    """The imitating phrase behind a name, unless it names a standard: "Type C", "Type 2"."""
    phrase = starts_with(tokens, "imitation_after", spoken)
    if phrase and starts_with(tokens, "designations", spoken):
        following = tokens[len(phrase) : len(phrase) + 1]
        if following and (len(following[0]) == 1 or following[0][0].isdigit()):
            return None
    return phrase


def _one_word_between(after: Phrase, spoken: Spoken) -> bool:
    """Whether one ordinary word may stand before the imitating one ("Low style"), and not a connecting one."""
    return (
        len(after) > 1
        and not starts_with(after, "compatible_before", spoken)
        and bool(starts_with(after[1:], "imitation_apart", spoken))
    )


def _comparison(
    before: Phrase, near_before: Phrase, after: Phrase, near_after: Phrase, spoken: Spoken
) -> Reading | None:
    phrase = ends_with(before, "comparison_before", spoken) or ends_with(near_before, "comparison_before", spoken)
    phrase = phrase if phrase and phrase != ("original",) else None
    phrase = (
        phrase or starts_with(after, "comparison_after", spoken) or starts_with(near_after, "comparison_after", spoken)
    )
    return Reading("comparison", _reason("use-comparison", phrase)) if phrase else None


def _denial(before: Phrase, after: Phrase, spoken: Spoken) -> Reading | None:
    phrase = ends_with(before, "denial_before", spoken)
    if phrase is None and before and starts_with(before[-1:], "claims", spoken):
        phrase = ends_with(before[:-1], "denial_before", spoken)
    phrase = phrase or starts_with(after, "denial_after", spoken)
    return Reading("denial", _reason("use-denial", phrase)) if phrase else None


def _denied(before: Phrase, spoken: Spoken) -> Reading | None:
    """A denial next to the name, where a list of what fits ends: "fits NAME 3, no NAME original"."""
    phrase = ends_with(before, "denial_before", spoken)
    if phrase is None and before and _is_thing(before[-1], spoken):
        said = ends_with(before[:-1], "denial_before", spoken)
        phrase = said if said and len(said) > 1 else None  # "these are no bricks NAME", but "without wire, NAME"
    opens = phrase is not None and ends_with(before, "compatible_before", spoken) is None
    return Reading("denial", _reason("use-denial", phrase)) if phrase and opens else None


def _compatible(
    hit: Hit, before: Phrase, names: frozenset[str], near_after: Phrase, after: Phrase, spoken: Spoken
) -> Reading | None:
    phrase = starts_with(near_after, "compatible_after", spoken) or _behind_model(hit, after, names, spoken)
    if phrase:
        joined = hit.after[:1] in HYPHENS and bool(starts_with(after, "compatible_after", spoken))
        return Reading("compatible", _reason("use-compatible", phrase), joined=joined, adjective=True)
    phrase = list_head(before, names, spoken, "compatible_before") or _told_fit(hit, before, names, spoken)
    phrase = phrase or _clitic(before, spoken) or _prefixed(hit, spoken) or _spelled_before(hit, before, spoken)
    if phrase is None:
        return None
    bare = not after or starts_with(after, "fillers", spoken) is not None
    return Reading("compatible", _reason("use-compatible", phrase), bare=bare, spoken=len(phrase))


def _told_fit(hit: Hit, before: Phrase, names: frozenset[str], spoken: Spoken) -> Phrase | None:
    """The "for" of a language in which product names hold it, too ("Pro"): in a text told to be in it, and written small."""
    if spoken is None or len(spoken) > FEW:
        return None
    phrase = list_head(before, names, spoken, "compatible_told")
    return phrase if phrase and f" {' '.join(phrase)} " in f" {hit.before}" else None


def _spelled_before(hit: Hit, before: Phrase, spoken: Spoken) -> Phrase | None:
    """The compatible form before a name that stands in the text's own script first, in a spelling no list has: "适用于京瓷 Kyocera"."""
    if not hit.seen.isascii() or not before or before[-1].isascii():
        return None
    for n in range(1, SPELLED if is_wide(before[-1][0]) else 2):
        if phrase := ends_with(before[:-n], "compatible_before", spoken):
            return None if vocabulary().is_word("".join(before[-n:])) else phrase
    return None


SPELLED = 6
"""Characters of a script without spaces in which a foreign name may be spelled."""
MODEL = 4
"""Words of a model that may stand between a device's name and the word that says that something fits it: "NAME Venu 3S uyumlu"."""
_COMMA = re.compile(r"[,;:()\[\]|\n、，；]")


def _behind_model(hit: Hit, after: Phrase, names: frozenset[str], spoken: Spoken) -> Phrase | None:
    """The compatible form behind a model that no list holds, before any comma."""
    known = grammar(spoken)
    if (
        known["compatible_after"].by_first.keys().isdisjoint(after[: MODEL + KANA])
        and not known["case_endings"].phrases
    ):
        return None
    stretch = after[: len(words(_COMMA.split(hit.after)[0]))]
    kana = next((i for i, w in enumerate(stretch) if not _is_katakana(w)), len(stretch))
    if 1 < kana <= KANA:  # a model's name in katakana, each of whose letters is a word here
        stretch = (stretch[0], *stretch[kana:])
    for n, word in enumerate(stretch[: MODEL + 1]):
        if phrase := (n and starts_with(stretch[n:], "compatible_after", spoken)) or _case(word, spoken):
            return phrase
        if (is_wide(word[0]) and not _spaced(word)) or (is_noun(word, spoken) and word not in names):
            return None
    return None


@functools.lru_cache(maxsize=1024)
def _inflects(spoken: Spoken) -> bool:
    """Whether one of the languages says "for" with an ending or a letter in front."""
    known = grammar(spoken)
    return bool(known["case_endings"].phrases or known["clitics"].phrases)


def _spaced(word: str) -> bool:
    """Whether a word is Korean, which unlike other wide scripts sets words apart, or a foreign name in katakana."""
    return "가" <= word[0] <= "힣" or _is_katakana(word)


def _is_katakana(word: str) -> bool:
    return all("\u30a0" <= c <= "\u30ff" for c in word)


KANA = 12
"""Letters of a model's name in katakana."""


@functools.lru_cache(maxsize=1024)
def _sorted(kind: str, spoken: Spoken) -> tuple[Phrase, ...]:
    """Letters that are written together with words, the longest first."""
    return tuple(sorted(grammar(spoken)[kind].phrases, key=lambda p: (-len(p[0]), p)))


def _case(word: str, spoken: Spoken) -> Phrase | None:
    """The ending that makes "for" of a device's noun, as in Hungarian: "NAME WD3 porszívóhoz"."""
    return next(
        (e for e in _sorted("case_endings", spoken) if word.endswith(e[0]) and _is_device(word[: -len(e[0])], spoken)),
        None,
    )


def _clitic(before: Phrase, spoken: Spoken) -> Phrase | None:
    """The letter that makes "for" of a device's noun in front of a name, as in Arabic and Hebrew."""
    if not before:
        return None
    return next(
        (
            c
            for c in _sorted("clitics", spoken)
            if before[-1].startswith(c[0]) and _is_device(before[-1][len(c[0]) :], spoken)
        ),
        None,
    )


def _prefixed(hit: Hit, spoken: Spoken) -> Phrase | None:
    """The letter that makes "for" of the name itself, as in Arabic and Hebrew: "a cover for-NAME" in one word."""
    if hit.kind != "edit":
        return None
    seen, form = folded_key(hit.seen), folded_key(hit.form)
    return next((c for c in _sorted("clitics", spoken) if seen == c[0] + form), None)


def is_noun(token: str, spoken: Spoken) -> bool:
    """Whether a word is a noun for goods in one of a few languages that are told, or as it stands in any."""
    return bool(_classes(token, spoken))


def _is_thing(token: str, spoken: Spoken) -> bool:
    """Whether a word is a noun for goods other than clothes: "for men NAME" fits nothing, and the words for people count as clothes."""
    return bool(_classes(token, spoken) - {25})


def _is_device(token: str, spoken: Spoken) -> bool:
    """Whether a word is a noun for a device: what parts and accessories are made for."""
    return not DEVICES.isdisjoint(_classes(token, spoken))


DEVICES = frozenset({7, 8, 9, 10, 11, 12, 14})
"""Classes of machines, tools, electronics, medical and household appliances, vehicles, watches."""


def _classes(token: str, spoken: Spoken) -> frozenset[int]:
    """Classes of a noun as it stands in any language, or as one of a few that are told inflects it."""
    if found := nouns.votes().get((token,)):
        return frozenset(found)
    told = spoken if spoken and len(spoken) <= FEW else ()
    inflected = (nouns.single(token, code) for code in told if code in nouns.languages())
    return next((frozenset(n.classes) for n in inflected if n is not None), frozenset())


FEW = 4
"""Languages of a text up to which its words are read as each of them inflects."""


def list_head(before: Phrase, names: frozenset[str], spoken: Spoken, kind: str) -> Phrase | None:
    """The words of a kind that open the list in which the name stands."""
    items, strange, listed = before, 0, False
    last = grammar(spoken)[kind].by_last
    if last.keys().isdisjoint(before):
        return None
    if phrase := _behind_devices(before, spoken, kind):
        return phrase
    for _ in range(LIST_REACH):
        phrase = ends_with(items, kind, spoken)
        if phrase is not None:
            return phrase if listed or not strange else None
        if not items:
            return None
        if items == before and _is_thing(items[-1], spoken) and (phrase := ends_with(items[:-1], kind, spoken)):
            return phrase  # "for NOUN NAME": the device's own noun before its name
        if is_goods_word(items[-1:]):
            return None
        listed = listed or items[-1] in names
        strange = 0 if is_filler(items[-1]) or items[-1] in names else strange + 1
        if strange > UNLISTED:
            return None
        items = items[:-1]
    return None


def _behind_devices(before: Phrase, spoken: Spoken, kind: str) -> Phrase | None:
    """The words of a kind before a list that begins with devices by their nouns: "for laptop, tablet and NAME"."""
    items, device = before, False
    while items and (items[-1] in JOINING or _is_device(items[-1], spoken)):
        device = device or items[-1] not in JOINING
        items = items[:-1]
        if device and (phrase := ends_with(items, kind, spoken)):
            return phrase
    return None


JOINING = frozenset("and or und oder et ou y e o en och og ja i a и та або".split())
"""Words that join things of one kind."""


def has_sign(before: Phrase, after: Phrase, *, compatible: bool) -> bool:
    """Whether the words next to a name could make `read` say anything but identity; `compatible`: fit and denial too."""
    known = openers(_USES if compatible else _LIKENESS)
    if known.before.isdisjoint(before) and known.after.isdisjoint(after):
        return False
    if _opened(before, after, known):
        return True
    near_before = _skip(before, _NO_NAMES, from_end=True)
    near_after = _skip(after, _NO_NAMES, from_end=False)
    return _opened(near_before, near_after, known) or _opened((), near_after[1:], known)


_LIKENESS = ("imitation", "comparison")
_NO_NAMES: frozenset[str] = frozenset()


def _opened(before: Phrase, after: Phrase, known: Openers) -> bool:
    """Whether a phrase ends directly before, or begins directly behind."""
    if before:
        for phrase in known.before_phrases.get(before[-1], ()):
            if before[-len(phrase) :] == phrase:
                return True
    if after:
        for phrase in known.after_phrases.get(after[0], ()):
            if after[: len(phrase)] == phrase:
                return True
    return False
