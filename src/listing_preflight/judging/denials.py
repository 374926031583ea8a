"""What the words around a name say against it: that the goods are not its, not by its maker, or free of it."""

from listing_preflight.judging import fits
from listing_preflight.judging.grammar import Phrase, Spoken, ends_with, grammar, starts_with


def around(before: Phrase, after: Phrase, spoken: Spoken, *, joined: bool) -> Phrase | None:
    """The words before or behind a name that say that the goods are not its; `joined`: a hyphen ties the next word to it."""
    phrase = _denying(before, spoken)
    if phrase is None and before and starts_with(before[-1:], "claims", spoken):
        phrase = _denying(before[:-1], spoken)
    maker = ends_with(before, "made_by", spoken) or ends_with(before, "made_of", spoken)
    if phrase is None and maker:
        phrase = ends_with(before[: -len(maker)], "denial_before", spoken)
    phrase = phrase or _denied_together(before, spoken) or _denied_in_words(before, spoken)
    phrase = phrase or starts_with(after, "denial_after", spoken) or _denied_behind(after, spoken)
    return phrase or (starts_with(after, "denial_joined", spoken) if joined else None)  # "NAME-free"


def _denied_together(before: Phrase, spoken: Spoken) -> Phrase | None:
    """The denial of several things by whom the goods are not: "not made or endorsed by NAME", "no fabricado ni avalado por NAME"."""
    known = grammar(spoken)
    if not any(word in known[kind].by_last for kind in ("made_by", "supplied_by") for word in before[-1:]):
        return None
    near = before[-TOGETHER:]
    joins = [i for i, w in enumerate(near) if w in fits.JOINING or starts_with((w,), "denial_before", spoken)]
    found = (ends_with(near[:k], "denial_before", spoken) for k in range(1, max(joins, default=0)))
    return next((phrase for phrase in found if phrase), None)


TOGETHER = 8
"""Words before a name in which things are denied together."""


def _denied_in_words(before: Phrase, spoken: Spoken) -> Phrase | None:
    """A denial in several words before one or two more: "no connection to the Robert NAME company", "no es un producto original de NAME"."""
    found = (ends_with(before[:-n], "denial_before", spoken) for n in (1, 2) if len(before) > n)
    return next((phrase for phrase in found if phrase and len(phrase) >= SEVERAL), None)


SEVERAL = 3
"""Words from which a denial is one whatever stands between it and the name."""


def _denied_behind(after: Phrase, spoken: Spoken) -> Phrase | None:
    """The denial that ends a clause of a language whose verb stands last, behind the noun of the goods: Turkish "NAME banada değil"."""
    told = _VERB_LAST if spoken is None else _VERB_LAST.intersection(spoken)
    return starts_with(after[1:], "denial_after", tuple(sorted(told))) if told else None


_VERB_LAST = frozenset({"tr", "hi"})
"""Languages, of words set apart, whose verb ends the clause."""


def _denying(before: Phrase, spoken: Spoken) -> Phrase | None:
    """The denying words at the end, but for one that the text's own language says for "of" or "with": Latvian "no"."""
    phrase = ends_with(before, "denial_before", spoken)
    if phrase is None or len(phrase) > 1:
        return phrase
    if len(ends_with(before, "made_of", spoken) or ()) > 1:
        return None  # "izgatavota no NAME"
    if spoken is None or len(spoken) > TOLD:
        return phrase
    own = [grammar((lang,)) for lang in spoken if lang != "en"]
    other = any(phrase in g["with"].phrases and phrase not in g["denial_before"].phrases for g in own)
    return None if other else phrase


TOLD = 3
"""Languages, English among them, up to which those of a text are told."""


def next_to(before: Phrase, spoken: Spoken) -> Phrase | None:
    """A denial next to the name, where a list of what fits ends: "fits NAME 3, no NAME original"."""
    phrase = _denying(before, spoken)
    if phrase is None and before and fits.is_thing(before[-1], spoken):
        said = _denying(before[:-1], spoken)
        phrase = said if said and len(said) > 1 else None  # "these are no bricks NAME", but "without wire, NAME"
    opens = phrase is not None and ends_with(before, "compatible_before", spoken) is None
    return phrase if opens else None
