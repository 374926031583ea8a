"""What kind of mark it is, by what its list says."""

import functools
from collections.abc import Callable

from listing_preflight.judging.grammar import words
from listing_preflight.judging.mention import Mentioned, not_for, of_name
from listing_preflight.model.finding import Reason
from listing_preflight.model.mark import CREATIONS
from listing_preflight.policy.marketplaces import Marketplace
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key


def _is(*kinds: str) -> Callable[[Mentioned], bool]:
    return lambda m: m.mark.kind in kinds


@of_name
def famous(m: Mentioned) -> bool:
    """Whether the list calls it famous."""
    return m.mark.famous


@of_name
def flagged(m: Mentioned) -> bool:
    """Whether the list itself calls it an ordinary word or phrase."""
    return bool(m.mark.common_word)


@of_name
def asks_brand_field(m: Mentioned) -> bool:
    """Whether its list counts it in the brand field alone: a word that many a shop may bear."""
    return "brand-field" in m.mark.requires


@of_name
def creation_shown(m: Mentioned) -> bool:
    """Whether it is a character or the title of a work, which goods of every kind are made to show; its owner holds more than its classes."""
    return m.mark.kind in ("character", "title")


@of_name
def line(m: Mentioned) -> bool:
    """Whether it is a product line or character of another mark."""
    return m.mark.parent is not None


def permitted(m: Mentioned) -> Reason | None:
    """Whether the owner lets everybody name it in a form that the list tells, and it stands behind the words that open it."""
    form, name = words(m.mark.permitted_use or ""), words(m.mark.name)
    if not name or name[0] not in form:
        return None
    before = form[: form.index(name[0])]
    stands = not before or m.hit.around.before[-len(before) :] == before
    return Reason("permitted-use", {"form": m.mark.permitted_use or ""}) if stands else None


@of_name
def permits(m: Mentioned) -> bool:
    """Whether the owner publishes a form in which all may name it."""
    return bool(m.mark.permitted_use)


@of_name
def everyday_phrase(m: Mentioned) -> bool:
    """Whether it is a slogan that the list calls an everyday one."""
    return bool(m.mark.common_word) and m.mark.kind in ("slogan", "phrase")


@of_name
def claims_platform(m: Mentioned) -> bool:
    """Whether a marketplace's own name stands beside the words that make a claim of it (its badge, its delivery)."""
    site = m.scene.site
    if not is_platform_name(m.named.key, site):
        return False
    claims = [words(str(c)) for c in load("badges.yaml")[site.platform or ""].get("claims", ())]
    around = [(t.hit.around.before, t.hit.around.after) for t in m.named.told]
    return any(after[: len(c)] == c or before[-len(c) :] == c for before, after in around for c in claims)


@not_for("claims-platform")
def _is_no_platform(key: str) -> bool:
    return not platforms_of(key)


def is_platform_name(key: str, site: Marketplace) -> bool:
    """Whether the name is one of the marketplace's own."""
    return key in _platform_names(site.platform or "")


@functools.cache
def _platform_names(platform: str) -> frozenset[str]:
    return frozenset(folded_key(str(n)) for n in load("badges.yaml").get(platform, {}).get("names", ()))


def platforms_of(key: str) -> frozenset[str]:
    """The platforms one of whose own names this is."""
    return frozenset(p for p in load("badges.yaml") if key in _platform_names(p))


@of_name
def creation(m: Mentioned) -> bool:
    """Whether it is a work, a character, a person or a saying: what goods show, no part of them and no device."""
    return m.mark.kind in CREATIONS


@of_name
def overlaid(m: Mentioned) -> bool:
    """Whether the user's overlay raises it."""
    return m.named.raised is not None


@of_name
def of_goods(m: Mentioned) -> bool:
    """Whether its list says that it stands for goods, not for services alone."""
    return any(c <= LAST_OF_GOODS for c in m.classes)


LAST_OF_GOODS = 34
"""The classes behind it are those of services."""


SIGNALS = {
    "of-goods": of_goods,
    "badge": _is("badge"), "standard": _is("standard"), "slogan": _is("slogan", "phrase"),
    "famous": famous, "asks-brand-field": asks_brand_field, "flagged": flagged, "line": line, "permitted-form": permitted, "permits": permits,
    "everyday-phrase": everyday_phrase, "claims-platform": claims_platform,
    "overlaid": overlaid, "creation": creation, "creation-shown": creation_shown,
}  # fmt: skip
