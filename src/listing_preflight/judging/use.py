"""How a name is used: read from the words around it, never from the name itself."""

import functools
import itertools
import re
from typing import NamedTuple

from listing_preflight.judging import denials, fits
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
    languages,
    openers,
    shown,
    starts_with,
    words,
)
from listing_preflight.model.finding import Reason, Use
from listing_preflight.model.hit import Hit
from listing_preflight.policy.store import load

TITLE = 250
"""Characters of a text that is read as a whole; in a longer one a word at its other end is about something else."""
REACH = 8
"""Words around a name in a longer text among which "dupe" or "replica" is about it."""


HYPHENS = frozenset("-‐‑–")


class Reading(NamedTuple):
    """The use of one mention and the words that say so; `joined` tells "X-compatible" from "X compatible".

    `behind`: they stand behind the name. `spoken` is how many words say it: "for" is one, "compatible with" two.
    """

    use: Use
    reason: Reason
    joined: bool = False
    adjective: bool = False
    bare: bool = False
    spoken: int = 1
    behind: bool = False


_IDENTITY = Reading("identity", Reason(code="use-identity"))
_KEYWORD = Reading("keyword", Reason(code="use-search-terms"))


_USES = ("imitation", "comparison", "graded", "compatible", "denial")


def read(hit: Hit, names: frozenset[str], text: str, spoken: Spoken = None) -> Reading:
    """The use of one hit in a text; `names` are the folded words of all names seen in it, which a list may hold."""
    if hit.place.field == "search_terms":
        return _KEYWORD
    before, after = hit.around.clause_before + fits.written_together(hit, spoken), hit.around.clause_after
    known = openers(_USES, spoken)
    plain = known.before.isdisjoint(before) and known.after.isdisjoint(after)
    plain = plain and not (hit.after[:1] in HYPHENS and starts_with(after, "denial_joined", spoken))
    if plain and not fits.inflects(spoken) and fits.told_fit(hit, before, names, spoken) is None:
        phrase = _apart(hit, names, text, spoken)
        return Reading("imitation", _reason("use-imitation", phrase)) if phrase else _IDENTITY
    if _is_simile(before, words(hit.seen), after, spoken):
        return _IDENTITY
    found = _said(hit, before, after, names, text, spoken)
    if found is _IDENTITY and (brand := ends_with(before, "brand_words", spoken)):
        found = _said(hit, before[: -len(brand)], after, names, text, spoken)
    return found


def _said(hit: Hit, before: Phrase, after: Phrase, names: frozenset[str], text: str, spoken: Spoken) -> Reading:
    """The use that the words before and behind a name say, the strongest first."""
    near_before, near_after = _skip(before, names, from_end=True), _skip(after, names, from_end=False)
    if hit.after[:1] in HYPHENS:
        near_after = after  # what a hyphen ties to the name is no other name: "a NAME-ready look"
    if _LIKE_BEHIND.match(hit.after):
        after = near_after = after[2:]
    if _LIKE_BEFORE.search(hit.before):
        near_before = before
    found = _imitation(before, near_before, after, near_after, spoken, joined=hit.after[:1] in HYPHENS)
    if found is None and (phrase := _apart(hit, names, text, spoken)):
        found = Reading("imitation", _reason("use-imitation", phrase))
    return (
        found
        or _comparison(before, near_before, after, near_after, spoken)
        or _denial(denials.next_to(before, spoken))
        or _compatible(hit, before, names, near_after, after, spoken)
        or _denial(denials.around(before, after, spoken, joined=hit.after[:1] in HYPHENS))
        or _IDENTITY
    )


_LIKE_BEHIND = re.compile(r" Like \d{2,3}(?=[ ,;.)]|$)(?! ?(?:[mck]?m|k|kt|cm|ml|g|%)\b)")
_LIKE_BEFORE = re.compile(r" Like \d{2,3}, ?$")
"""A model that is called so, "NAME Like 50, NAME People": it likens nothing."""


def _apart(hit: Hit, names: frozenset[str], text: str, spoken: Spoken) -> Phrase | None:
    """An imitating word that need not stand beside the name: anywhere in a title, close by in a longer text.

    There an ordinary word is not meant by another sentence that says it of a name of its own ("phone ring. fake NAME. case for OTHER"), and one
    that is written small by none but its own: "buy only here. Beware of fakes".
    """
    around = hit.around
    small = hit.common and hit.seen.islower() and hit.place.field != "title" and not text.islower()
    if len(text) > TITLE or small:
        told: Phrase = (*around.before[-REACH:], "", *around.after[:REACH])
        if grammar(spoken)["imitation_anywhere"].by_first.keys().isdisjoint(told):
            return None
        before, after = _SENTENCES.split(hit.before), _SENTENCES.split(hit.after)
        if hit.common and (len(before) > 1 or len(after) > 1):
            own = (*words(before[-1]), "", *words(after[0]))
            others = [] if small else [words(s) for s in (*before[:-1], *after[1:])]
            known = frozenset().union(own, *(o for o in others if not _imitates_another(o, names, spoken)))
            told = tuple(w for w in told if not w or w in known)
        return among(_of_goods(told), "imitation_anywhere", spoken)
    return _in_title(text, spoken)


def _imitates_another(told: Phrase, names: frozenset[str], spoken: Spoken) -> bool:
    """Whether an imitating word of a sentence stands directly at a name in it."""
    known = grammar(spoken)["imitation_anywhere"].by_first
    return any(w in known and not names.isdisjoint(told[max(0, i - 1) : i + 2]) for i, w in enumerate(told))


_SENTENCES = re.compile(r"[.!?;\n。！？；]\s*")


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
    phrase = phrase or _likened(before, spoken) or _likened(near_before, spoken) or _likened_goods(before, spoken)
    return Reading("imitation", _reason("use-imitation", phrase)) if phrase else None


def _likened(before: Phrase, spoken: Spoken) -> Phrase | None:
    """The imitating words before a name; "machines like NAME" names an example, "for type NAME 3" a device."""
    phrase = ends_with(before, "imitation_before", spoken)
    if phrase == ("like",) and frozenset(before[-2:-1]) & _who_like():
        return None  # "I like NAME"
    if phrase is None or (len(phrase) == 1 and len(phrase[0]) <= LITTLE and _many(spoken)):
        return None
    if phrase in grammar(spoken)["designations"].phrases and ends_with(
        before[: -len(phrase)], "compatible_before", spoken
    ):
        return None
    example = ends_with(before, "tools", spoken) or ends_with(before, "sources", spoken)
    return None if example and len(example) > len(phrase) else phrase


def _likened_goods(before: Phrase, spoken: Spoken) -> Phrase | None:
    """The same before the noun of the name's goods: "smells like crème de NAME", "tastes like a bar of NAME"."""
    told = before
    for _ in range(GOODS):
        told = told[:-1]
        phrase = ends_with(told, "imitation_before", spoken)
        if phrase and len(phrase) > 1:
            return _likened(told, spoken) if is_goods_word(before[len(told) :]) else None
    return None


GOODS = 2
"""Words of goods that may stand between what likens and a name."""


@functools.cache
def _who_like() -> frozenset[str]:
    """Words behind which "like" is what somebody does."""
    return frozenset(map(str, load("ordinary.yaml")["who_like"]))


def _many(spoken: Spoken) -> bool:
    """Whether a text is read in so many languages that a little word of one may be another word of the next."""
    return spoken is None or len(frozenset(spoken) - {"en"}) > 2


LITTLE = 3
"""Letters of a word that means something else in the next language: Swedish "som" is like, Portuguese "som" is sound."""


def _after(tokens: Phrase, spoken: Spoken) -> Phrase | None:
    """The imitating phrase behind a name, unless it names a standard, "Type C", or the paper of a copier."""
    phrase = starts_with(tokens, "imitation_after", spoken)
    if tokens[:2] == _COPY_PAPER and tokens[2:3] not in (("bag",), ("bags",)):
        return None
    if phrase and starts_with(tokens, "designations", spoken):
        following = tokens[len(phrase) : len(phrase) + 1]
        if following and (len(following[0]) == 1 or following[0][0].isdigit()):
            return None
    return phrase


_COPY_PAPER = ("copy", "paper")


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
    phrase = phrase or _graded(before, spoken)
    return Reading("comparison", _reason("use-comparison", phrase)) if phrase else None


COMPARED = 6
"""Words before "than" among which the word in its comparative stands: "lighter and much stronger than NAME"."""


def _graded(before: Phrase, spoken: Spoken) -> Phrase | None:
    """The "than" before a name behind a comparative: "lighter than", "as warm as", "plus léger que les".

    Asked of each language apart: the "end" of one is no "than" behind the comparative of another.
    """
    if between := ends_with(before, "graded_between", spoken):
        before = before[: -len(between)]
    if not before or before[-1] not in grammar(spoken)["graded_before"].by_last:
        return None
    for lang in languages() if spoken is None else spoken:
        own = (lang,)
        than = ends_with(before, "graded_before", own)
        head = before[: len(before) - len(than or ())][-COMPARED:]
        endings = tuple(e[0] for e in grammar(own)["graded_endings"].phrases)
        if than and (among(head, "graded_words", own) or any(w.endswith(endings) and len(w) >= GRADED for w in head)):
            return than
    return None


GRADED = 5
"""Letters of a word from which its ending tells a comparative."""


def _is_simile(before: Phrase, seen: Phrase, after: Phrase, spoken: Spoken) -> bool:
    """Whether the name is the word of a set comparison: "as good as new", "sleep like a dream"."""
    known = grammar(spoken)["similes"]
    if known.by_first.keys().isdisjoint({*before[-SIMILE:], *seen}):
        return False
    told, start = (*before[-SIMILE:], *seen, *after[:SIMILE]), min(SIMILE, len(before))
    end = start + len(seen)
    return any(
        i < end and start < i + len(phrase) and told[i : i + len(phrase)] == phrase
        for i, word in enumerate(told[:end])
        for phrase in known.by_first.get(word, ())
    )


SIMILE = 12
"""Words around a name that may belong to a set comparison; of a script without spaces its letters."""


def _denial(phrase: Phrase | None) -> Reading | None:
    return Reading("denial", _reason("use-denial", phrase)) if phrase else None


def _compatible(
    hit: Hit, before: Phrase, names: frozenset[str], near_after: Phrase, after: Phrase, spoken: Spoken
) -> Reading | None:
    phrase = starts_with(near_after, "compatible_after", spoken) or fits.behind_model(hit, after, names, spoken)
    ending = None if phrase else fits.suffixed(hit, spoken)
    phrase = phrase or ending
    if phrase and phrase in grammar(spoken)["postpositions"].phrases and not fits.for_people().isdisjoint(after):
        phrase = None  # "a watch of NAME for men"
    if phrase:
        joined = hit.after[:1] in HYPHENS and bool(starts_with(after, "compatible_after", spoken))
        bare = not fits.names_model(after) if ending else fits.tells_no_model(after, phrase, spoken)
        says_for = phrase in grammar(spoken)["postpositions"].phrases  # there the name comes first by grammar
        return Reading(
            "compatible",
            _reason("use-compatible", phrase),
            joined=joined,
            adjective=not says_for,
            bare=bare,
            behind=True,
        )
    phrase = fits.list_head(before, names, spoken, "compatible_before") or fits.told_fit(hit, before, names, spoken)
    phrase = (
        phrase
        or fits.clitic(before, spoken)
        or fits.prefixed(hit, spoken)
        or fits.spelled_before(hit, before, spoken)
        or fits.behind_house(hit, before, spoken)
    )
    if phrase is None:
        return None
    bare = not after or starts_with(after, "fillers", spoken) is not None or fits.is_told_device(after[0], spoken)
    bare = bare or starts_with(after, "devices", spoken) is not None
    return Reading("compatible", _reason("use-compatible", phrase), bare=bare, spoken=len(phrase))


def has_sign(before: Phrase, after: Phrase) -> bool:
    """Whether the words next to a name could make `read` say an imitation or a comparison."""
    known = openers(_LIKENESS)
    if known.before.isdisjoint(before) and known.after.isdisjoint(after):
        return False
    if _opened(before, after, known):
        return True
    near_before = _skip(before, _NO_NAMES, from_end=True)
    near_after = _skip(after, _NO_NAMES, from_end=False)
    return _opened(near_before, near_after, known) or _opened((), near_after[1:], known)


_LIKENESS = ("imitation", "comparison", "graded")
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
