"""Which other names stand with a name: its family, its house, other brands, a row of things."""

import functools
import itertools
import re
from collections.abc import Iterable, Sequence

from listing_preflight.judging import fits
from listing_preflight.judging.grammar import words
from listing_preflight.judging.mention import Mentioned, of_name
from listing_preflight.model.finding import Reason
from listing_preflight.model.hit import Hit
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key
from listing_preflight.text.vocabulary import vocabulary

_SEPARATOR = re.compile(r"[,、，/·]|\b(?:and|or|und|oder|et|ou|y|e|o|en|och|og|ja|i)\b|&")
ROW, IN_A_ROW = 40, 2
"""Characters on each side of a name in its sentence, and the commas and joining words among them that make a row of things."""


@of_name
def beside_family(m: Mentioned) -> bool:
    """Whether it stands beside a name of its own family: a character beside its film, a line beside its house."""
    return m.named.key in m.scene.company.kin


@of_name
def beside_line(m: Mentioned) -> bool:
    """Whether a house and one of its lines stand side by side in the title: "Kingston HyperX"."""
    others = m.named.family - {m.named.key}
    return any(t.hit.place.field == "title" and adjoins_family(t.hit, others) for t in m.named.told)


@of_name
def house_present(m: Mentioned) -> Reason | None:
    """Whether its house is meant somewhere in the listing."""
    if m.mark.parent and m.mark.parent in m.scene.company.families:
        return Reason("sense-house-mark", {"house": m.mark.parent})
    return None


@of_name
def named_in_full(m: Mentioned) -> bool:
    """Whether another mention of the mark in the listing is no ordinary word."""
    return not m.has("measure") and any(not t.hit.common for t in m.named.told)


@of_name
def beside_mark(m: Mentioned) -> bool:
    """Whether it stands side by side with another name that is no ordinary word, or is glued to words."""
    others = m.scene.company.distinct - m.named.family - {m.named.key}
    return any(t.hit.kind == "glued" or adjoins(t.hit, others) for t in m.named.told)


@of_name
def family_in_title(m: Mentioned) -> bool:
    """Whether another name of its family or a mark of its owner is meant in the listing."""
    return bool((m.named.family & m.scene.company.distinct) - {m.named.key})


@of_name
def with_its_line(m: Mentioned) -> bool:
    """Whether the title names a house and one of its lines that is a name on its own: "Eco-Drive Watch | Citizen"."""
    lines = m.named.family & m.scene.company.distinct & m.scene.titled
    return m.mark.parent is None and bool(lines - {m.named.key})


def owner_named(m: Mentioned) -> bool:
    """Whether the first word of its owner's name, another than its own, stands in the clause."""
    first = next((w for w in words(m.mark.owner or "") if len(w) > 3), "")
    return bool(first) and first not in words(m.mark.name) and first in m.hit.around.clause


def in_a_row(m: Mentioned) -> bool:
    """Whether it stands in a row of things set off by commas, in running text: apps, devices, what it goes with."""
    if m.hit.place.field not in ("bullets", "description"):
        return False
    before, after = _SENTENCE.split(m.hit.before[-ROW:])[-1], _SENTENCE.split(m.hit.after[:ROW])[0]
    return len(_SEPARATOR.findall(before)) + len(_SEPARATOR.findall(after)) >= IN_A_ROW


_SENTENCE = re.compile(r"[.!?;:\n。！？]")


def behind_device(m: Mentioned) -> bool:
    """Whether another house's name stands before it in the title, as a device before what its accessory shows: "for NAME 15 with OTHER"."""
    if not m.has("in-title"):
        return False
    return _names_another(m, words(m.hit.before))


def _names_another(m: Mentioned, told: Sequence[str]) -> bool:
    """Whether words hold the name of another house in the title."""
    others = m.scene.titled - m.named.family - {m.named.key}
    return any("".join(told[i : i + n]) in others for i in range(len(told)) for n in (1, 2, 3))


def printed_on_accessory(m: Mentioned) -> bool:
    """Whether a house of clothes or bags stands beside another's device, in no list of devices and with no model of its own.

    "Case for NAME 15 Pro OTHER flowers", "OTHER NAME 15 case": no such case fits that house, so it is what the case bears; "strap for NAME 5,
    OTHER Gen 6" fits both.
    """
    if WORN.isdisjoint(m.classes) or not m.has("in-title") or not m.has("accessory-named"):
        return False
    if WATCHES in m.classes and m.scene.goods.first() == WATCHES:
        return False  # who makes watches too is fitted by a strap
    before, after = (words(t) for t in (_SEPARATOR.split(m.hit.before)[-1], _SEPARATOR.split(m.hit.after)[0]))
    if m.has("leads-title"):
        return _names_another(m, after)
    model = m.scene.names.isdisjoint((*before[-1:], *after[:1]))  # side by side, names are a row of devices
    return model and _names_another(m, before) and not _OWN_MODEL.match(m.hit.after)


WORN = frozenset({18, 25})
"""Classes of houses whose names accessories bear as a print."""
WATCHES = 14
_OWN_MODEL = re.compile(r"[ -]?(?:Gen|Series|Serie|Mk|MK|[A-Z]{0,3}-?\d{1,3}\b)")


def two_brands(m: Mentioned) -> Reason | None:
    """Whether the title names another brand beside this one: the own one of the brand field, or another house's."""
    if m.hit.place.field != "title":
        return None
    title = m.scene.listing.first("title")
    if others := m.scene.titled - m.named.family:
        return Reason("two-brands-in-title", {"other": _written(title, others)})
    own = m.named.family | _spellings(m)
    if m.scene.brand and m.scene.brands.isdisjoint(own) and _says_brand(m):
        return Reason("two-brands-in-title", {"other": m.scene.listing.first("brand")})
    return None


def _written(title: str, keys: frozenset[str]) -> str:
    """The first of some folded names as the title writes it; a name that is hidden there as it is folded."""
    return next((shown for key, shown in _runs(title) if key in keys), min(keys))


@functools.lru_cache(maxsize=64)
def _runs(title: str) -> Sequence[tuple[str, str]]:
    """Every run of a few words of a title, folded and as it is written."""
    parts = title.split()
    runs = [" ".join(parts[i : i + n]) for i in range(len(parts)) for n in range(1, LONGEST_NAME + 1)]
    return [(folded_key(run), run.strip(EDGES)) for run in runs]


LONGEST_NAME = 4
"""Words of a name that is looked for as the title writes it."""
EDGES = ',;:|()[]"“”-–— '


def _says_brand(m: Mentioned) -> bool:
    """Whether the title says the name of the brand field."""
    brand, title = words(m.scene.listing.first("brand")), m.scene.title
    return any(title[i : i + len(brand)] == brand for i in range(len(title) - len(brand) + 1))


@of_name
def brand_is_own(m: Mentioned) -> bool:
    """Whether the brand field is this very name, alone or beside words that are no other's name."""
    names = _spellings(m)
    if m.scene.brand in names:
        return True
    others = m.scene.brands - names - m.named.family
    return not names.isdisjoint(m.scene.brands) and others.isdisjoint(m.scene.names)


def _spellings(m: Mentioned) -> frozenset[str]:
    """The folded name and aliases of the mark."""
    return frozenset((m.named.key, *(folded_key(a.name) for a in m.mark.aliases)))


@of_name
def another_maker(m: Mentioned) -> bool:
    """Whether the brand field tells a maker that is not of its house, and no word for the goods or for none."""
    brand = words(m.scene.listing.first("brand"))
    if not brand or m.named.brand_state != "other" or brand in _no_brand():
        return False
    goods = frozenset(m.scene.categories).union(*(words(n) for n in m.scene.goods.nouns))
    return not goods.issuperset(brand)


@functools.cache
def _no_brand() -> frozenset[tuple[str, ...]]:
    return frozenset(words(str(n)) for n in load("ordinary.yaml")["no_brand"])


@of_name
def brand_resale(m: Mentioned) -> bool:
    """Whether the brand field is of its house and all else fits the genuine article."""
    return m.named.brand_state == "resale"


@of_name
def brand_contradicted(m: Mentioned) -> bool:
    """Whether the brand field is of its house and the text offers another maker's goods."""
    return m.named.brand_state == "contradicted"


@of_name
def fits_in_title(m: Mentioned) -> bool:
    """Whether the title names it in a compatible form and in no other way."""
    uses = [t.reading.use for t in m.named.told if t.hit.place.field == "title"]
    return bool(uses) and all(u == "compatible" for u in uses)


def too_many_names(m: Mentioned) -> Reason | None:
    """Whether the title holds more names than it can bear."""
    count = max(len(m.scene.titled), _row_of_makers(m) if m.has("in-title") else 0)
    return Reason("too-many-names", {"names": count}) if m.has("in-title") and count > MOST_IN_TITLE else None


def _row_of_makers(m: Mentioned) -> int:
    """The makers in the row of single words, set off by commas, in which a name stands, listed or not: "for NAME, Other, Third"."""
    before, after = _items(m.hit.before), _items(m.hit.after)
    if spaced := _spaced_makers(m):
        return spaced
    if len(before) + len(after) <= MOST_IN_TITLE:
        return 0
    if after[0]:
        return _row_of_models(m, before, after)
    ahead = list(itertools.takewhile(_is_single, before[-2::-1]))
    row = ahead + list(itertools.takewhile(_is_single, after[1:]))
    opens = len(before) - len(ahead) - 2
    if opens >= 0:  # the first of the row stands behind the words that open it: "band for FIRST, NAME"
        row += before[opens].split()[-1:]
    return _makers(m, map(folded_key, row))


def _makers(m: Mentioned, others: Iterable[str]) -> int:
    """A name and those of others beside it that are listed or no words of the text's languages."""
    known, spoken = vocabulary(), tuple(m.spoken or ())
    return 1 + sum(key in m.scene.names or not (known.is_english(key) or known.speaks(key, spoken)) for key in others)


def _row_of_models(m: Mentioned, before: Sequence[str], after: Sequence[str]) -> int:
    """The makers in a row of names with their models: "for NAME Neo, Other X40, Third Spin"; a bare model of the one before is none."""
    if not _are_models(after[0].split()):
        return 0
    row = itertools.chain(
        itertools.takewhile(_is_with_model, before[-2::-1]), itertools.takewhile(_is_with_model, after[1:])
    )
    return _makers(m, {folded_key(item.split()[0]) for item in row} - m.named.family - {m.named.key})


def _is_with_model(item: str) -> bool:
    name, *model = item.split() or [""]
    return name.isalpha() and not name.islower() and _are_models(model)


def _are_models(told: Sequence[str]) -> bool:
    """Whether one or two words are written as models are: with a capital or a figure."""
    return 0 < len(told) <= MODEL and all(not w.islower() or any(map(str.isdigit, w)) for w in told)


MODEL = 2
"""Words of a model's name."""


def _spaced_makers(m: Mentioned) -> int:
    """The makers side by side with a name with nothing but blanks between, 0 if they are fewer than a row: "for NAME Other Third Fourth".

    A maker whose name is a word may stand among them; words may not be half of the row.
    """
    known, spoken = vocabulary(), tuple(m.spoken or ())

    def is_maker(word: str) -> bool:
        key = folded_key(word)
        told = known.is_english(key) or known.speaks(key, spoken) or fits.is_noun(key, m.spoken)
        return key in m.scene.names or not told

    def side(text: Iterable[str]) -> list[str]:
        told = list(itertools.takewhile(_is_capital, itertools.islice(text, LONGEST_ROW)))
        last = max((i for i, word in enumerate(told) if is_maker(word)), default=-1)
        return told[: last + 1]

    row = side(reversed(m.hit.before.split())) + side(m.hit.after.split())
    makers = sum(map(is_maker, row))
    listed = any(folded_key(word) in m.scene.names for word in row)  # nonsense words are no makers
    return 1 + makers if listed and makers >= MOST_IN_TITLE and 2 * makers > len(row) else 0


LONGEST_ROW = 40
"""Words on each side of a name that are looked at: a title of thousands is asked of each of its names."""


def _is_capital(word: str) -> bool:
    return word[0].isupper() and word.replace("-", "").isalpha()


_ITEMS = re.compile(r"[,、，/&]")


def _items(text: str) -> list[str]:
    return [item.strip() for item in _ITEMS.split(text)]


def _is_single(item: str) -> bool:
    return item.isalpha() and item[0].isupper()


MOST_IN_TITLE = 4
"""Names of others that a title can bear in the permitted form; Newegg's rule 7221 (compatibility text below half of the title) is the
only published figure, this one is the program's."""


BESIDE = 1
"""Words that may stand between two names of one family."""


def adjoins_family(hit: Hit, names: frozenset[str]) -> bool:
    """Whether a name of the family stands beside a hit, a few words between them at most."""
    before, after = hit.around.clause_before, hit.around.clause_after
    return any(adjoins_words(before[: len(before) - n], after[n:], names) for n in range(BESIDE + 1))


def adjoins(hit: Hit, names: frozenset[str]) -> bool:
    """Whether one of the names stands directly before or after a hit, or behind the "x" of a work in common: "NAME x OTHER"."""
    before, after = hit.around.before, hit.around.after
    joint = (before[:-1] if before[-1:] == _TOGETHER else before), (after[1:] if after[:1] == _TOGETHER else after)
    return adjoins_words(*joint, names)


_TOGETHER = ("x",)


def adjoins_words(before: Sequence[str], after: Sequence[str], distinct: frozenset[str]) -> bool:
    """Whether up to three words next to a place, put together, are one of the names."""
    seen = ""
    for word in before[:-4:-1]:
        seen = word + seen
        if seen in distinct:
            return True
    seen = ""
    for word in after[:3]:
        seen += word
        if seen in distinct:
            return True
    return False


SIGNALS = {
    "beside-family": beside_family, "beside-line": beside_line, "house-present": house_present, "named-in-full": named_in_full,
    "beside-mark": beside_mark, "family-meant": family_in_title, "with-its-line": with_its_line, "owner-named": owner_named,
    "in-a-row": in_a_row, "two-brands": two_brands, "brand-is-own": brand_is_own, "brand-resale": brand_resale,
    "brand-contradicted": brand_contradicted, "another-maker": another_maker, "behind-device": behind_device, "printed-on-accessory": printed_on_accessory,
    "too-many-names": too_many_names,
    "fits-in-title": fits_in_title,
}  # fmt: skip
