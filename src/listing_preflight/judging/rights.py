"""The questions about a right: in force, these goods, this marketplace; each yes, no or unknown with its reason."""

import datetime
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from listing_preflight.judging.goods import Goods, covers
from listing_preflight.model.finding import Reason, RightAnswer
from listing_preflight.model.mark import Mark, Registration
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import Marketplace, benelux, members
from listing_preflight.policy.store import load

BREXIT = datetime.date(2020, 12, 31)
"""Last day on which the registration of an EU mark gave rise to a comparable mark in GB."""
GRACE = datetime.timedelta(days=183)
"""Renewal may be late by six months at most offices: past its expiry a right is unknown that long, then dead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One registration against one listing; `force` is registered, pending, contested, weak, dead, generic, unknown."""

    registration: Registration
    force: str
    goods: str
    territory: Tri
    answer: RightAnswer


@functools.cache
def _codes() -> dict[str, dict[str, str]]:
    return {o: {str(c): force for force, cs in t.items() for c in cs} for o, t in load("statuses.yaml").items()}


def force_of(row: Registration, day: datetime.date) -> tuple[str, Tri]:
    """What a registration's status and dates say on a day."""
    office, colon, code = row.status.partition(":")
    force = _codes().get(office, {}).get(code.casefold(), "unknown") if colon else row.status
    if force == "registered" and row.expires is not None and row.expires < day:
        force = "unknown" if day <= row.expires + GRACE else "dead"
    if force == "registered" and row.supplemental:
        force = "weak"
    live = {
        "registered": Tri.YES,
        "contested": Tri.YES,
        "weak": Tri.YES,
        "unknown": Tri.UNKNOWN,
        "pending": Tri.UNKNOWN,
    }
    return force, live.get(force, Tri.NO)


def binds(row: Registration, site: Marketplace, others: Sequence[Registration]) -> tuple[Tri, str]:
    """Whether a registration binds a listing on a marketplace, and through which office."""
    if row.office is None:
        return Tri.YES, "everywhere"
    if not site.known:
        return Tri.UNKNOWN, "marketplace-unknown"
    for office in sorted(_bound(row, others)):
        if office in site.offices:
            return Tri.YES, office
    if row.office == "EM" and "EM" in site.offices:
        return Tri.YES, "EM"
    return Tri.NO, "elsewhere"


def _bound(row: Registration, others: Sequence[Registration]) -> frozenset[str]:
    """The countries and unions that a registration binds."""
    national = frozenset(o.office for o in others if o.office not in (None, "WO"))
    if row.office == "WO":
        designated = row.designated - national
        return _spread(designated)
    out = _spread(frozenset({row.office or ""}))
    if row.office == "EM" and "GB" not in national and row.registered is not None and row.registered <= BREXIT:
        out |= {"GB"}
    return out


def _spread(offices: frozenset[str]) -> frozenset[str]:
    out = set(offices)
    out |= members() if "EM" in offices else set()
    out |= benelux() if "BX" in offices else set()
    return frozenset(out)


def standings(mark: Mark, goods: Goods, site: Marketplace, day: datetime.date) -> list[Standing]:
    """Every registration of a mark against a listing, the strongest first."""
    rows = mark.registrations
    found = [_standing(mark, row, goods, site, day, rows) for row in rows]
    return sorted(found, key=lambda s: (-_strength(s), s.registration.office or "", s.registration.number or ""))


def _standing(
    mark: Mark, row: Registration, goods: Goods, site: Marketplace, day: datetime.date, rows: Sequence[Registration]
) -> Standing:
    force, live = force_of(row, day)
    covered, relation = covers(row.classes, goods)
    territory, through = binds(row, site, rows)
    because = (
        Reason(code=f"force-{force}", params={"status": row.status}),
        Reason(code=f"goods-{relation}", params={"goods": ", ".join(goods.nouns[:4]), "class": goods.first() or 0}),
        Reason(code=f"territory-{territory.value}", params={"through": through, "marketplace": site.name}),
    )
    answer = RightAnswer(
        office=row.office, number=row.number, classes=tuple(sorted(row.classes or ())), in_force=live,
        covers_goods=covered, covers_territory=territory, authorised=Tri.NO, basis=mark.rights, because=because,
    )  # fmt: skip
    return Standing(registration=row, force=force, goods=relation, territory=territory, answer=answer)


_FORCE = {"registered": 5, "contested": 4, "weak": 4, "unknown": 3, "pending": 2, "dead": 0, "generic": 0}
_GOODS = {"equal": 3, "related": 2, "unknown": 2, "unrelated": 1}
_TERRITORY = {Tri.YES: 2, Tri.UNKNOWN: 1, Tri.NO: 0}


def _strength(s: Standing) -> int:
    live, place = _FORCE[s.force], _TERRITORY[s.territory]
    return (place > 0) * (live > 0) * 1000 + place * 100 + live * 10 + _GOODS[s.goods]
