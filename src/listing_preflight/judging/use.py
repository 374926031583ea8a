"""How a name is used: read from the words around it, never from the name itself."""

from typing import NamedTuple

from listing_preflight.judging.goods import is_goods_word
from listing_preflight.judging.grammar import (
    Openers,
    Phrase,
    anywhere,
    ends_with,
    is_filler,
    openers,
    shown,
    starts_with,
)
from listing_preflight.model.finding import Reason, Use
from listing_preflight.model.hit import Hit

LIST_REACH = 24
"""Tokens over which a connecting word reaches: "for iPhone 15, 14 Pro, iPad Air and …"."""


UNLISTED = 5
"""Names that no list has and that may stand side by side in such a list."""


class Reading(NamedTuple):
    """The use of one mention and the words that say so; `joined` tells "X-compatible" from "X compatible"."""

    use: Use
    reason: Reason
    joined: bool = False
    adjective: bool = False
    bare: bool = False


_IDENTITY = Reading("identity", Reason(code="use-identity"))
_KEYWORD = Reading("keyword", Reason(code="use-search-terms"))


def read(hit: Hit, names: frozenset[str], text: str) -> Reading:
    """The use of one hit in a text; `names` are the folded words of all names seen in it, which a list may hold."""
    if hit.place.field == "search_terms":
        return _KEYWORD
    before, after = hit.around.clause_before, hit.around.clause_after
    known = openers(("imitation", "comparison", "compatible", "denial"))
    if known.before.isdisjoint(before) and known.after.isdisjoint(after):
        phrase = anywhere(text, "imitation_anywhere")
        return Reading("imitation", _reason("use-imitation", phrase)) if phrase else _IDENTITY
    near_before, near_after = _skip(before, names, from_end=True), _skip(after, names, from_end=False)
    for found in (
        _imitation(text, before, after, near_after),
        _comparison(before, near_before, after, near_after),
        _compatible(hit, before, names, near_after, after),
        _denial(before),
    ):
        if found is not None:
            return found
    return _IDENTITY


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


def _imitation(text: str, before: Phrase, after: Phrase, near_after: Phrase) -> Reading | None:
    phrase = starts_with(near_after, "imitation_after") or starts_with(after, "imitation_after")
    phrase = phrase or (starts_with(near_after[1:], "imitation_after") if _one_word_between(near_after) else None)
    phrase = phrase or ends_with(before, "imitation_before")
    if phrase is None:
        phrase = anywhere(text, "imitation_anywhere")
    return Reading("imitation", _reason("use-imitation", phrase)) if phrase else None


def _one_word_between(after: Phrase) -> bool:
    """Whether one ordinary word may stand before the imitating one ("Low style"), and not a connecting one."""
    return (
        len(after) > 1
        and not starts_with(after, "compatible_before")
        and bool(starts_with(after[1:], "imitation_apart"))
    )


def _comparison(before: Phrase, near_before: Phrase, after: Phrase, near_after: Phrase) -> Reading | None:
    phrase = ends_with(before, "comparison_before") or ends_with(near_before, "comparison_before")
    phrase = phrase if phrase and phrase != ("original",) else None
    phrase = phrase or starts_with(after, "comparison_after") or starts_with(near_after, "comparison_after")
    return Reading("comparison", _reason("use-comparison", phrase)) if phrase else None


def _denial(before: Phrase) -> Reading | None:
    phrase = ends_with(before, "denial_before")
    if phrase is None and before and starts_with(before[-1:], "claims"):
        phrase = ends_with(before[:-1], "denial_before")
    return Reading("denial", _reason("use-denial", phrase)) if phrase else None


def _compatible(hit: Hit, before: Phrase, names: frozenset[str], near_after: Phrase, after: Phrase) -> Reading | None:
    phrase = starts_with(near_after, "compatible_after")
    if phrase:
        joined = hit.after[:1] in "-‐‑–" and bool(starts_with(after, "compatible_after"))
        return Reading("compatible", _reason("use-compatible", phrase), joined=joined, adjective=True)
    phrase = _list_head(before, names)
    if phrase is None:
        return None
    bare = not after or starts_with(after, "fillers") is not None
    return Reading("compatible", _reason("use-compatible", phrase), bare=bare)


def _list_head(before: Phrase, names: frozenset[str]) -> Phrase | None:
    """The connecting words that open the list in which the name stands."""
    items, strange, listed = before, 0, False
    if openers(("compatible",)).before.isdisjoint(before):
        return None
    for _ in range(LIST_REACH):
        phrase = ends_with(items, "compatible_before")
        if phrase is not None:
            return phrase if listed or not strange else None
        if not items or is_goods_word(items[-1:]):
            return None
        listed = listed or items[-1] in names
        strange = 0 if is_filler(items[-1]) or items[-1] in names else strange + 1
        if strange > UNLISTED:
            return None
        items = items[:-1]
    return None


def has_sign(before: Phrase, after: Phrase, *, compatible: bool) -> bool:
    """Whether the words next to a name could make `read` say anything but identity or denial."""
    kinds = ("imitation", "comparison", "compatible") if compatible else ("imitation", "comparison")
    known = openers(kinds)
    if known.before.isdisjoint(before) and known.after.isdisjoint(after):
        return False
    if _opened(before, after, known):
        return True
    near_before = _skip(before, _NO_NAMES, from_end=True)
    near_after = _skip(after, _NO_NAMES, from_end=False)
    return _opened(near_before, near_after, known) or _opened((), near_after[1:], known)


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
