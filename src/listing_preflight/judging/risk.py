"""Two answers to every mention, what the law may say and what the marketplace may do, and the severity that follows."""

import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

from listing_preflight.errors import ListError
from listing_preflight.judging import table
from listing_preflight.judging.rights import Standing
from listing_preflight.judging.table import Row
from listing_preflight.model.finding import RANK, Reason, Severity, Use, at_most
from listing_preflight.model.hit import DISGUISES, Hit, Step
from listing_preflight.model.listing import Field
from listing_preflight.model.mark import Mark
from listing_preflight.model.tri import Tri
from listing_preflight.policy.pack_reader import Rule


@functools.cache
def rows() -> Mapping[str, Row]:
    """Construct → its row: those of the table that raise something, and what is judged beside it."""
    beside = {"stamp-in-main-picture": _STAMP}
    return {r.id: r for r in table.table().rows if not r.drop} | beside


_STAMP = Row(
    id="stamp-in-main-picture", priority=0, all=(), any=(), none=(), drop=False, legal="medium", platform="low",
    any_goods=False, doubt=False, reason=None, says="an address, handle or notice of others in the first picture (PW002)",
    why="whose picture is it",
)  # fmt: skip


SEVERITY: Mapping[Severity, Mapping[Severity, Severity]] = {
    "none": {"none": "none", "low": "low", "medium": "medium", "high": "high"},
    "low": {"none": "low", "low": "low", "medium": "medium", "high": "high"},
    "medium": {"none": "medium", "low": "medium", "medium": "medium", "high": "high"},
    "high": {"none": "high", "low": "high", "medium": "high", "high": "high"},
}
"""Legal risk → platform risk → severity: a seller is stopped by whichever comes first, so it is the greater one."""


class Caps(NamedTuple):
    """What the answers about the rights leave of the two risks, each limit with its reason; `goods` stands apart."""

    told: tuple[Reason, ...] = ()
    rights: tuple[tuple[Severity, str], ...] = ()
    goods: tuple[tuple[Severity, str], ...] = ()

    def without(self, code: str) -> Self:
        """The same limits without one of them."""
        return self._replace(
            rights=tuple(x for x in self.rights if x[1] != code), goods=tuple(x for x in self.goods if x[1] != code)
        )


_NO_RIGHTS = Caps((Reason(code="no-rights-data"),))
_ASSUMED = (Reason(code="rights-assumed"),)


class Risk(NamedTuple):
    """Both answers for one mention, and the marketplace's rules that it falls under."""

    legal: Severity
    platform: Severity
    rules: tuple[Rule, ...]

    @property
    def severity(self) -> Severity:
        """What the table makes of both."""
        return SEVERITY[self.legal][self.platform]


def caps(mark: Mark, standing: Standing | None) -> Caps:
    """The limits that the rights set; a list without rights sets none.

    Assumed classes are no more than that: goods plainly of another class cap at medium, and nothing else lowers.
    """
    if standing is None:
        return _NO_RIGHTS
    if mark.rights == "assumed":
        if standing.goods == "unrelated" and not mark.famous:
            return Caps(_ASSUMED, (), (("medium", "cap-goods-assumed"),))
        return Caps(_ASSUMED)
    rights: list[tuple[Severity, str]] = []
    told = (Reason("force-unstated"),) if standing.force == "unstated" else ()
    if standing.force == "pending":
        rights.append(("low", "cap-pending"))
    if standing.force in ("contested", "weak", "unknown"):
        rights.append(("medium", f"cap-{standing.force}"))
    if standing.territory is Tri.UNKNOWN:
        rights.append(("medium", "cap-territory-unknown"))
    goods: tuple[tuple[Severity, str], ...] = ()
    if not mark.famous and standing.goods != "equal":
        goods = (("low" if standing.goods == "unrelated" else "medium", f"cap-goods-{standing.goods}"),)
    return Caps(told, tuple(rights), goods)


def weigh(row: str, limits: Caps, rules: tuple[Rule, ...]) -> Risk:
    """Both answers for a construct: its row, the marketplace's rules about it, and what the rights leave of them."""
    one = rows()[row]
    legal, platform = one.legal, one.platform
    for rule in rules:
        platform = max(platform, rule.effect, key=RANK.__getitem__)
    for limit, _ in limits.rights + limits.goods:
        legal = at_most(legal, limit)
    for limit, _ in limits.rights if one.any_goods else limits.rights + limits.goods:
        platform = at_most(platform, limit)
    return Risk(legal, platform, rules)


def told(limits: Caps, row: str) -> tuple[Reason, ...]:
    """The limits that bear on a construct, as reasons."""
    bearing = limits.rights if rows()[row].any_goods else limits.rights + limits.goods
    return limits.told + tuple([Reason(code) for _, code in bearing])


def known_constructs(rules: Sequence[Rule]) -> None:
    """ListError where a rule names a construct that there is none of: such a rule could never be met."""
    for rule in rules:
        if unknown := sorted((rule.reasons | rule.spared) - rows().keys()):
            raise ListError(
                f"{rule.id}: construct: {unknown[0]!r} is no construct",
                where=rule.where, remedy=f"Constructs are {', '.join(rows())}",
            )  # fmt: skip


def rules_on(rules: tuple[Rule, ...], row: str, hit: Hit, use: Use, brand: str) -> tuple[Rule, ...]:
    """The rules of a marketplace that a mention falls under: all that a rule's construct says must hold.

    What may well be just a word is not used as a mark in any way that a rule is about.
    """
    use = "unknown" if rows()[row].doubt else use
    if brand not in _brands(rules):
        brand = ""
    return _fitting(rules, row, hit.place.field, use, hit.steps, brand)


@functools.lru_cache(maxsize=64)
def _brands(rules: tuple[Rule, ...]) -> frozenset[str]:
    return frozenset().union(*(r.brands for r in rules))


@functools.lru_cache(maxsize=4096)
def _fitting(
    rules: tuple[Rule, ...], row: str, field: Field, use: Use, steps: frozenset[Step], brand: str
) -> tuple[Rule, ...]:
    return tuple(r for r in rules if field in r.fields and r.fits(row, use, steps, brand))


def greatest(levels: Sequence[Severity]) -> Severity:
    """The greatest of some levels."""
    return levels[0] if len(levels) == 1 else max(levels, key=RANK.__getitem__)


def likeness(hits: Sequence[Hit]) -> str:
    """How like the name its closest mention is: as listed, disguised, a letter apart, or glued to other words."""
    kinds = {h.kind for h in hits}
    if len(hits) == 1 and hits[0].kind == "exact":
        return "disguised" if hits[0].steps & DISGUISES else "same"
    if kinds & {"exact", "joined", "plural", "split"}:
        return "disguised" if all(h.steps & DISGUISES for h in hits) else "same"
    return "disguised" if "visual" in kinds else "close"


def strength(mark: Mark, hits: Sequence[Hit]) -> str:
    """How strong the mark is: famous, distinctive, or an ordinary word."""
    if mark.famous:
        return "famous"
    return "word" if all(h.common for h in hits) else "distinctive"


def legal_reason(
    risk: Severity, row: str, standing: Standing | None, authority: tuple[Reason, ...], mark: Mark, hits: Sequence[Hit]
) -> Reason:
    """The legal answer with all it was multiplied from."""
    params: dict[str, str | int | tuple[str, ...]] = {
        "risk": risk, "use": row, "likeness": likeness(hits), "goods": standing.goods if standing else "unknown",
        "territory": standing.territory.value if standing else "unknown", "force": standing.force if standing else "unknown",
        "authority": "not-covered" if authority else "none", "strength": strength(mark, hits),
    }  # fmt: skip
    return Reason("legal-risk", params)


def platform_reason(risk: Severity, row: str, rules: Sequence[Rule]) -> Reason:
    """The marketplace's answer: what is done everywhere, and the ids of its own rules that say more or the same."""
    params: dict[str, str | int | tuple[str, ...]] = {
        "risk": risk, "practice": rows()[row].platform, "rules": tuple(r.id for r in rules),
    }  # fmt: skip
    return Reason("platform-risk", params)
