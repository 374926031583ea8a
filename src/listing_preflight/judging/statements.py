"""What the statement that holds a name speaks of: the goods, their parts, what they fit, or the shop itself."""

import functools
import re
from typing import NamedTuple

from listing_preflight.judging import headnoun, nouns
from listing_preflight.judging.goods import is_goods_word
from listing_preflight.judging.grammar import (
    Phrase,
    Spoken,
    among,
    ends_with,
    grammar,
    languages,
    shown,
    starts_with,
    words,
)
from listing_preflight.judging.speech import MOST_TOLD, latin
from listing_preflight.judging.use import Reading
from listing_preflight.model.finding import Role
from listing_preflight.model.hit import Hit
from listing_preflight.text.fold import is_wide

BETWEEN = 2
"""Words that may stand between "made with" and the supplier's name, or between that name and the part: "made with soft NAME knit fabric"."""
_RUNNING = frozenset({"bullets", "description"})
_PERCENT_BEFORE = re.compile(r"(?<!\d)(?!100)\d{1,2}(?:[.,]\d+)?\s*[%٪％]\s*$")
_PERCENT_AFTER = re.compile(r"^[\s®™:(-]*(?!100)\d{1,2}(?:[.,]\d+)?\s*[%٪％]\s*(?:$|[,;/+)\n])")
_ADDRESS_AFTER = re.compile(r"^\W{0,3}\s*(?:@\w|https?:|www\.|\w[\w.-]*/\w)")
"""A name that stands before a handle or an address tells where the shop is found: "NAME: @ourshop"."""


_BREAKS = re.compile(r"[,;()\[\]|\n、，；]|\.\s|\s[–—-]\s")


class Statement(NamedTuple):
    """The role of a statement, the words that tell it, and the digest of its paragraph where listings of the input share it."""

    role: Role
    words: str = ""
    passage: str = ""


def of(hit: Hit, reading: Reading, spoken: Spoken, *, passage: str = "") -> Statement:
    """What the statement that holds a hit speaks of."""
    field = hit.place.field
    if field == "search_terms":
        return Statement("keywords")
    if field in ("brand", "manufacturer", "image"):
        return Statement("goods")
    if field == "attributes":
        return _attribute(hit)
    if reading.use == "comparison":
        return Statement("comparison", passage=passage)
    if reading.use != "denial" and (found := composition(hit, spoken)):
        return Statement("composition", found, passage)
    if reading.use == "compatible":
        return Statement("fit", passage=passage)
    if field == "title":
        return Statement("goods")
    told = _shop(hit, spoken)
    if told is None and not passage:
        return Statement("description")
    return Statement("shop", shown(told or ()), passage)


def _attribute(hit: Hit) -> Statement:
    name = words(hit.place.name or "")
    if among(name, "tag_names"):
        return Statement("keywords")
    found = among(name, "material_names")
    return Statement("composition", shown(found)) if found else Statement("description")


def is_style_attribute(hit: Hit) -> bool:
    """Whether a hit stands in an attribute that tells a colour, pattern, style or size."""
    return hit.place.field == "attributes" and among(words(hit.place.name or ""), "style_names") is not None


def composition(hit: Hit, spoken: Spoken) -> str | None:
    """The words that say that the name is a material or part of the goods, or None."""
    if _is_share(hit.before[-24:], hit.after[:16]):
        return "%"
    if label := _label(hit, spoken):
        return label
    around, hints = hit.around, _hints(spoken)
    if hints.isdisjoint(around.clause_before) and hints.isdisjoint(around.clause_after):
        return None
    before, after = _stretch(hit)
    if found := _fitted(hit, before, after, spoken) or _supplied(before, spoken):
        return shown(found)
    part = _part_behind(after, spoken) or ends_with(before, "components", spoken)
    linked = _linked(before, "made_of", spoken)
    if linked and not is_goods_word(after[:1]):
        return shown(linked)
    weak = _linked(before, "with", spoken) if part else None
    if part and weak and (weak != ("s",) or _is_told(spoken) or _says_with_s(part)):
        return shown(weak + part)
    if part and hit.place.field in _RUNNING and _opens(hit, before, part):
        return shown(part)
    return None


def _fitted(hit: Hit, before: Phrase, after: Phrase, spoken: Spoken) -> Phrase | None:
    """The words that say themselves that a part is on the goods, beside its supplier's name: "Reppu NAME-vetoketjulla".

    In a title other goods stand before them: "metal zip NAME" sells the part.
    """
    supplied = ends_with(before, "supplied_by", spoken)
    found = ends_with(before, "parts_with", spoken)
    found = found or (ends_with(before[: -len(supplied)], "parts_with", spoken) if supplied else None)
    head = hit.around.before[: len(hit.around.before) - len(found or ())]
    found = found or next((p for n in range(BETWEEN + 1) if (p := starts_with(after[n:], "parts_with", spoken))), None)
    return found if found and (hit.place.field != "title" or _holds_goods(head, spoken)) else None


def _holds_goods(head: Phrase, spoken: Spoken) -> bool:
    """Whether words hold a noun for goods, as it stands in any language or as the text's own inflects and compounds it."""
    known = nouns.votes()
    if any(head[i : i + n] in known for i in range(len(head)) for n in range(1, NOUN + 1)):
        return True
    told = spoken if spoken is not None and len(spoken) <= MOST_TOLD else headnoun.spoken(" ".join(head))[:1]
    return any(nouns.single(word, code) for code in told if code in nouns.languages() for word in head)


NOUN = 6
"""Words of a noun; of a script without spaces its letters."""


def _supplied(before: Phrase, spoken: Spoken) -> Phrase | None:
    """The part before the word that says whose it is, all in one language: "with lining by NAME"."""
    if not before or before[-1] not in grammar(spoken)["supplied_by"].by_last:
        return None
    for lang in languages() if spoken is None else spoken:
        own = (lang,)
        supplied = ends_with(before, "supplied_by", own)
        part = ends_with(before[: len(before) - len(supplied or ())], "components", own)
        if supplied and part:
            said = before[: len(before) - len(supplied)]
            if _linked(said, "made_of", own) or _linked(said, "with", own):
                return part + supplied
    return None


def _says_with_s(part: Phrase) -> bool:
    """Whether a part is named in a language whose "s" means "with", and in no other Latin one."""
    known = [lang for lang in latin() if part in grammar((lang,))["components"].phrases]
    return bool(known) and all(("s",) in grammar((lang,))["with"].phrases for lang in known)


def _is_told(spoken: Spoken) -> bool:
    """Whether the languages of a text are told: "s" means "with" in Czech, and is what "men's" leaves elsewhere."""
    return spoken is not None and len(spoken) <= MOST_TOLD


def _is_share(before: str, after: str) -> bool:
    """Whether a share of less than the whole stands before a name or behind it."""
    first, behind = (any(sign in text for sign in "%٪％") for text in (before, after))
    return bool((first and _PERCENT_BEFORE.search(before)) or (behind and _PERCENT_AFTER.match(after)))


def _label(hit: Hit, spoken: Spoken) -> str | None:
    """The label before a colon that names a material or part, where its statement goes on to the name: "Closure: buckle by NAME"."""
    if hit.place.field not in _RUNNING or ":" not in hit.before:
        return None
    label, colon, told = re.split(r"[\n;|•]|[.!?。]\s", hit.before)[-1].rpartition(":")
    if not colon or len(told) > LABELLED:
        return None
    name = words(label)
    if not 0 < len(name) <= LABEL:
        return None
    found = ends_with(name, "material_names", spoken) or ends_with(name, "components", spoken)
    return shown(found) if found else None


LABEL, LABELLED = 3, 60
"""Words of such a label, and characters between its colon and the name."""


@functools.lru_cache(maxsize=1024)
def _hints(spoken: Spoken) -> frozenset[str]:
    """Words without one of which nothing is said of materials or parts."""
    known = grammar(spoken)
    parts = known["components"]
    fitted = known["parts_with"]
    return frozenset({*known["made_of"].by_last, *parts.by_first, *parts.by_last, *fitted.by_first, *fitted.by_last})


def _stretch(hit: Hit) -> tuple[Phrase, Phrase]:
    """The words before and behind a name up to the next comma, bracket or the edge of its clause."""
    before, after = words(_BREAKS.split(hit.before)[-1]), words(_BREAKS.split(hit.after)[0])
    around = hit.around
    return (
        around.clause_before[len(around.clause_before) - min(len(before), len(around.clause_before)) :],
        around.clause_after[: len(after)],
    )


def _opens(hit: Hit, before: Phrase, part: Phrase) -> bool:
    """Whether name and part open their clause, or stand behind a colon that names the part: "zip: NAME", "NAME zip, two-way"."""
    return before in ((), part) or hit.before.rstrip()[-1:] in (":", "：")


def _part_behind(after: Phrase, spoken: Spoken) -> Phrase | None:
    """The part that is named behind the supplier's name."""
    return next((p for n in range(BETWEEN + 1) if (p := starts_with(after[n:], "components", spoken))), None)


def _linked(before: Phrase, kind: str, spoken: Spoken) -> Phrase | None:
    """The linking words that stand before a name, a word or two between them, or the part that is named first."""
    part = ends_with(before, "components", spoken)
    head = before[: -len(part)] if part else before
    for n in range(min(BETWEEN, len(head) - 1) + 1):
        if n and is_goods_word(head[len(head) - n :]):
            return None
        phrase = ends_with(head[: len(head) - n], kind, spoken)
        if phrase and (n == 0 or len("".join(phrase)) > LITTLE or is_wide(phrase[0][0])):
            return phrase
    return None


LITTLE = 2
"""Letters of a linking word that links what stands next to it alone: in "borsa a spalla donna NAME pelle" "a" links the shoulder."""


def _shop(hit: Hit, spoken: Spoken) -> Phrase | None:
    """The words that tell that a statement of running text speaks of the shop: its own, or several of its paragraph."""
    if found := among(hit.around.clause, "shop", spoken):
        return found
    if _ADDRESS_AFTER.match(hit.after):
        return ()
    around = hit.around
    if any(is_goods_word(around.clause_after[n:]) for n in range(BETWEEN + 1)):
        return None  # what the clause says of goods no other sentence takes back
    return among(around.paragraph, "shop", spoken) if around.ends - around.begins <= LONG else None


LONG = 80
"""Words of a paragraph up to which words about the shop colour all of it."""
