"""Whether a name that is also an ordinary word means the mark here: yes, open, or no, each with its reason."""

import functools
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, Self

from listing_preflight.judging import cover, use
from listing_preflight.judging.goods import Goods
from listing_preflight.judging.grammar import words
from listing_preflight.model.finding import Reason
from listing_preflight.model.hit import DISGUISES, Hit, Step
from listing_preflight.model.listing import Listing
from listing_preflight.model.mark import Mark
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import Marketplace
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key
from listing_preflight.text.vocabulary import vocabulary

_ODD_SPELLINGS = frozenset({"edit", "split", "glued", "joined"})
_NAMING = frozenset({"title", "brand", "manufacturer", "search_terms"})
"""Fields that name the goods: two ordinary words that spell a name ("in style", InStyle) are told there alone."""
LEADING = 45
"""Ten times the Zipf frequency below which an unflagged ordinary word that leads a title is told as information:
26 in 1,000 clean titles; at 50 it were 60, most of them kinds of goods."""


class Sense(NamedTuple):
    """`mark`: it is the mark. `open`: it may be. `near`: an odd spelling of a word. `ordinary`: it is the word."""

    kind: Literal["mark", "open", "near", "ordinary"]
    reason: Reason


class Company(NamedTuple):
    """The names in one listing: `distinct` are no ordinary words, `kin` stand beside one of their own family.

    `present` are the ids of all marks whose names stand there, `families` of those that are meant as marks.
    """

    distinct: frozenset[str]
    families: frozenset[str]
    present: frozenset[str]
    kin: frozenset[str]

    def with_house(self, ids: Iterable[str]) -> Self:
        """The same company once more marks are known to be meant."""
        return self._replace(families=self.families | frozenset(ids))


def of(
    mark: Mark, key: str, hits: Sequence[Hit], readings: Sequence[use.Reading], listing: Listing, goods: Goods, company: Company,
) -> Sense:  # fmt: skip
    """The sense of a common word in one listing; only `hits` of that word are looked at."""
    equal = _goods_equal(mark, goods)
    if mark.never_near and any(words(near) in _all_words(listing) for near in mark.never_near):
        return Sense("ordinary", Reason(code="never-near"))
    if any(is_disguised(h) for h in hits):
        return Sense("mark", Reason(code="sense-disguised"))
    if any(h.after[:1] in ("™", "®") for h in hits):
        return Sense("mark", Reason(code="sense-sign"))
    if folded_key(listing.first("brand")) == key:
        return Sense("mark", Reason(code="sense-brand-field"))
    uses = {r.use for r in readings}
    if key in company.kin and equal is not Tri.NO:
        return Sense("mark", Reason(code="sense-family"))
    if mark.parent and mark.parent in company.families:
        strong = bool(uses & {"imitation", "comparison"}) and equal is not Tri.NO
        return Sense("mark" if strong else "open", Reason(code="sense-house-mark", params={"house": mark.parent}))
    if (neighbour := _near_word(mark, listing)) is not None:
        return Sense("open", Reason(code="sense-near", params={"word": neighbour}))
    if "case" in mark.requires and not any(h.seen == mark.name for h in hits):
        return Sense("ordinary", Reason(code="requires-case"))
    if uses & {"imitation", "comparison"} and equal is Tri.YES:
        return Sense("mark", Reason(code="sense-imitation"))
    if uses & {"imitation", "comparison"} and equal is Tri.UNKNOWN and mark.common_word:
        return Sense("open", Reason(code="sense-imitation"))
    if "imitation" in uses and mark.famous:
        return Sense("open", Reason(code="sense-imitation"))
    if "compatible" in uses and equal is Tri.YES:
        return Sense("mark", Reason(code="sense-compatible"))
    if "keyword" in uses and company.distinct - {key}:
        return Sense("mark", Reason(code="sense-among-marks"))
    told = equal is Tri.YES or (equal is not Tri.NO and vocabulary().frequency(key) < LEADING)
    if told and _adjoins(hits, company.distinct - {key}):
        return Sense("mark" if equal is Tri.YES else "open", Reason(code="sense-among-marks"))
    if equal is Tri.YES and _leads_title(hits) and not any(in_compound(key, h) for h in hits):
        return Sense("mark" if mark.famous else "open", Reason(code="sense-leads-title"))
    if any(h.kind in _ODD_SPELLINGS or _tagged(h) or (h.kind == "respaced" and h.place.field in _NAMING) for h in hits):
        return Sense("near", Reason(code="sense-unusual-spelling"))
    if _may_lead(mark, key) and _leads_title(hits) and not any(in_compound(key, h) for h in hits):
        return Sense("near", Reason(code="sense-word-leads-title"))
    return Sense("ordinary", Reason(code="ordinary-word"))


def is_disguised(hit: Hit) -> bool:
    """Whether a word is spelt in a way that hides it; letters of a style that the whole text is set in hide nothing."""
    if hit.steps & _STYLES and not (hit.steps & DISGUISES) - _STYLES:
        return not (_is_styled(hit.before[::-1]) or _is_styled(hit.after))
    return hit.kind == "visual" or bool(hit.steps & DISGUISES)


_STYLES: frozenset[Step] = frozenset({"compat", "width"})


def _is_styled(text: str) -> bool:
    """Whether the letter nearest to a hit is set in a style of its own as well (bold, full width)."""
    letter = next((c for c in text if c.isalnum()), "a")
    return unicodedata.normalize("NFKC", letter) != letter


def beside_figure(hit: Hit) -> bool:
    """Whether a leet reading rests on a figure that stands apart before or behind a word: "f/1.8 OSS" is no name."""
    if "leet" not in hit.steps or "split" not in hit.steps:
        return False
    parts = hit.seen.replace(".", " ").replace("-", " ").split()
    return any(p.isdigit() for p in parts) and any(len(p) > 1 and p.isalpha() for p in parts)


def may_be_mark(hit: Hit, company: Company, *, classed: bool) -> bool:
    """Whether anything beside an ordinary word is a sign that the mark is meant; cheap, and never wrong about no.

    `classed` says that a class of the mark is known, without which a compatible form proves nothing.
    """
    place, around = hit.place, hit.around
    if (
        hit.kind != "exact"
        or hit.after[:1] in _SIGNS
        or hit.before[-1:] in _TAGS
        or place.field not in _RUNNING
        or (place.field == "title" and around.first < 4)
        or (hit.steps and hit.steps & DISGUISES)
    ):
        return True
    before, after = around.near(6)
    distinct = company.distinct
    if distinct and not (distinct.isdisjoint(before) and distinct.isdisjoint(after)):
        return True
    if distinct and _adjoins_words(before, after, distinct):
        return True
    return use.has_sign(before, after, compatible=classed)


_SIGNS = frozenset("™®.")
_TAGS = frozenset("#@")
_RUNNING = frozenset({"title", "bullets", "description", "attributes"})
"""Fields of running text, where a word may be just a word."""


def _goods_equal(mark: Mark, goods: Goods) -> Tri:
    if not mark.registrations:
        return Tri.UNKNOWN
    classes = frozenset(c for r in mark.registrations for c in r.classes or ())
    return cover.of_classes(classes, goods)


def _all_words(listing: Listing) -> frozenset[tuple[str, ...]]:
    return frozenset((w,) for t in listing.texts for w in words(t.value[:4000]))


def _near_word(mark: Mark, listing: Listing) -> str | None:
    if not mark.near:
        return None
    text = " " + " ".join(w for t in listing.texts for w in words(t.value[:4000])) + " "
    return next((n for n in mark.near if f" {' '.join(words(n))} " in text), None)


def _leads_title(hits: Sequence[Hit]) -> bool:
    """Whether the word stands first in the title, as a brand does."""
    return any(h.place.field == "title" and all(w.isdigit() for w in h.around.before) for h in hits)


def _may_lead(mark: Mark, key: str) -> bool:
    """Whether a word that nobody called common, of goods that nobody named, is told where it leads a title."""
    if mark.common_word is not None or any(r.classes for r in mark.registrations):
        return False
    known = vocabulary()
    return len(words(mark.name)) > 1 or known.frequency(key) < LEADING or not known.is_english(key)


def _tagged(hit: Hit) -> bool:
    """Whether the word is used as a name on the net: a hashtag, a handle, a domain."""
    return hit.before[-1:] in ("#", "@") or hit.after[:4].casefold() in (".com", ".net", ".shop")


def in_compound(key: str, hit: Hit) -> bool:
    """Whether the word and the next one are an ordinary expression: a colour, a size, an animal's face, a subway tile."""
    data = load("ordinary.yaml")
    following = (*hit.around.after[:1], "")[0]
    if key in data["colours"] or (following in data["colours"] and key in data["colour_modifiers"]):
        return True
    if key in data["sizes"] and following.isalpha():
        return True
    if key in data["animals"] and following in data["animal_words"]:
        return True
    return following in data["compounds"].get(key, ())


def homonym(key: str, listing: Listing) -> Reason | None:
    """Why the name is something else here: a goddess, an animal, a unit; data with the words that show it."""
    for meant, near in _homonyms().get(key, ()):
        text = _all_words(listing)
        word = next((n for n in near if words(n) in text), None)
        if word is not None:
            return Reason(code="homonym", params={"sense": meant, "word": word})
    return None


@functools.cache
def _homonyms() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    out: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in load("ordinary.yaml")["homonyms"]:
        out.setdefault(folded_key(str(row["name"])), []).append((str(row["sense"]), tuple(map(str, row["near"]))))
    return out


@functools.cache
def descriptive() -> Mapping[str, str]:
    """Folded word → the kind of thing that it names: colour, material, food, scent, festival, month."""
    return {folded_key(str(w)): kind for kind, found in load("ordinary.yaml")["descriptive"].items() for w in found}


def is_unit(key: str, hits: Sequence[Hit]) -> bool:
    """Whether a name is a number with a unit of measure and is written as one."""
    if key[0] not in "0123456789":
        return False
    units = frozenset(map(str, load("ordinary.yaml")["units"]))
    number = key.rstrip("abcdefghijklmnopqrstuvwxyz")
    return bool(number) and key[len(number) :] in units and all(h.seen == h.seen.lower() for h in hits)


def robot_knows(key: str, site: Marketplace) -> bool:
    """Whether a robot of the marketplace is known to take the word down in its ordinary sense."""
    rows = load("ordinary.yaml")["robots"]
    return any(folded_key(str(r["name"])) == key and r["platform"] in (site.platform, "any") for r in rows)


def _adjoins(hits: Sequence[Hit], distinct: frozenset[str]) -> bool:
    """Whether the word stands side by side with a name that is no ordinary word, or is glued to one."""
    return any(hit.kind == "glued" or adjoins(hit, distinct) for hit in hits)


def adjoins(hit: Hit, names: frozenset[str]) -> bool:
    """Whether one of the names stands directly before or after a hit."""
    return _adjoins_words(hit.around.before, hit.around.after, names)


def _adjoins_words(before: Sequence[str], after: Sequence[str], distinct: frozenset[str]) -> bool:
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


def is_platform_name(key: str, site: Marketplace) -> bool:
    """Whether the name is one of the marketplace's own."""
    return key in _platform_names(site.platform or "")


@functools.cache
def _platform_names(platform: str) -> frozenset[str]:
    return frozenset(folded_key(str(n)) for n in load("badges.yaml").get(platform, {}).get("names", ()))


def is_platform_claim(key: str, hits: Sequence[Hit], site: Marketplace) -> bool:
    """Whether a marketplace's own name stands beside the words that make a claim of it (its badge, its delivery)."""
    if not is_platform_name(key, site):
        return False
    table = load("badges.yaml")[site.platform or ""]
    claims = [words(str(c)) for c in table.get("claims", ())]
    for hit in hits:
        before, after = hit.around.before, hit.around.after
        if any(after[: len(c)] == c or before[-len(c) :] == c for c in claims):
            return True
    return False
