"""The questions about a right: in force, these goods, this marketplace; each yes, no or unknown with its reason."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from listing_preflight.judging import cover, force, strength, territory
from listing_preflight.judging.goods import Goods
from listing_preflight.model.finding import Reason, RightAnswer
from listing_preflight.model.mark import Mark, Registration
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import Marketplace

MOST_RIGHTS = 20
"""Registrations that one finding lists."""


class Standing(NamedTuple):
    """One registration against one listing; `force` is registered, unstated, pending, contested,
    weak, dead, generic, unknown.
    """

    registration: Registration
    force: str
    goods: str
    territory: Tri
    through: frozenset[str]
    answer: RightAnswer
    weak: tuple[Reason, ...] = ()

    @property
    def binds(self) -> bool:
        """Whether the right may be alive and bind the listing."""
        return self.answer.in_force is not Tri.NO and self.territory is not Tri.NO


class _Fixed(NamedTuple):
    """What of a registration hangs on the site and the day alone."""

    row: Registration
    force: force.Force
    bond: territory.Bond
    proof: tuple[Reason, Reason]


class Rights:
    """Answers about marks on one day, each part asked once: what does not hang on the goods, and goods by themselves."""

    def __init__(self, day: datetime.date, crowds: strength.Crowds) -> None:
        self._day = day
        self._crowds = crowds
        self._fixed: dict[tuple[str, str, str], tuple[_Fixed, ...]] = {}

    def standings(self, mark: Mark, goods: Goods, site: Marketplace) -> list[Standing]:
        """Every registration of a mark against a listing, the one that binds it most first."""
        key = (mark.list, mark.id, site.name)
        fixed = self._fixed.get(key)
        if fixed is None:
            fixed = self._fixed[key] = tuple(_fixed(mark, row, site, self._day) for row in mark.registrations)
        found = [self._standing(mark, one, goods) for one in fixed]
        return found if len(found) < 2 else sorted(found, key=lambda s: _order(s, famous=mark.famous))

    def _standing(self, mark: Mark, one: _Fixed, goods: Goods) -> Standing:
        row = one.row
        covered = cover.of(row, goods)
        if (
            mark.rights == "assumed"
            and covered.relation == "unrelated"
            and (row.classes or frozenset()) & goods.touched
        ):
            covered = covered.left_open()
        weak = strength.of(mark, row, goods, self._crowds) if one.force.kind in ("registered", "weak") else ()
        kind = "weak" if any(r.code in strength.LOWERING for r in weak) else one.force.kind
        answer = RightAnswer(
            office=row.office, number=row.number, classes=tuple(sorted(row.classes or ())), in_force=one.force.live,
            covers_goods=covered.covers, covers_territory=one.bond.binds, authorised=Tri.NO, basis=mark.rights,
            because=(*one.proof, covered.reason, one.bond.reason),
        )  # fmt: skip
        return Standing(row, kind, covered.relation, one.bond.binds, one.bond.through, answer, weak)


def _fixed(mark: Mark, row: Registration, site: Marketplace, day: datetime.date) -> _Fixed:
    alive = force.of(row, day)
    dated = mark.seen or ""
    named = Reason("proof-mark", {"name": mark.name, "number": row.number or "", "owner": mark.owner or ""})
    told = Reason(alive.reason.code, {**alive.reason.params, "office": row.office or "", "seen": dated})
    return _Fixed(row, alive, territory.of(row, site, mark.registrations), (named, told))


def answers(
    mark: Mark, standings: Sequence[Standing], site: Marketplace, goods: Goods, told: tuple[Reason, ...]
) -> tuple[RightAnswer, ...]:
    """What a finding lists: its rights, the strongest first, each with five lines of proof; the last tells the authority on file."""
    authority = told or (_NOTHING_ON_FILE,)
    found = [s.answer for s in standings[:MOST_RIGHTS]] or [_untold(mark, site, goods)]
    return tuple([a._replace(because=a.because + authority) for a in found])


_NOTHING_ON_FILE = Reason("authority-none")


def _untold(mark: Mark, site: Marketplace, goods: Goods) -> RightAnswer:
    """The answer about a mark of which the list tells no right at all: unknown in every point."""
    because = (
        Reason("proof-mark", {"name": mark.name, "number": "", "owner": mark.owner or ""}),
        Reason("force-untold", {"seen": mark.seen or ""}),
        Reason("goods-untold", {"goods": goods.told()}),
        Reason("territory-untold", {"marketplace": site.name}),
    )
    return RightAnswer(
        office=None, number=None, classes=(), in_force=Tri.UNKNOWN, covers_goods=Tri.UNKNOWN,
        covers_territory=Tri.UNKNOWN, authorised=Tri.NO, basis=mark.rights, because=because,
    )  # fmt: skip


_LEAVES = {
    "registered": 3,
    "unstated": 3,
    "contested": 2,
    "weak": 2,
    "unknown": 2,
    "pending": 1,
    "dead": 0,
    "generic": 0,
}
"""What each state leaves of a risk: high, medium, low, nothing."""
_COVERS = {"equal": 3, "related": 2, "unknown": 2, "unrelated": 1}
_LIVE = {"registered": 5, "unstated": 4, "contested": 4, "weak": 4, "unknown": 3, "pending": 2, "dead": 0, "generic": 0}
_PLACE = {Tri.YES: 2, Tri.UNKNOWN: 1, Tri.NO: 0}


def _order(s: Standing, *, famous: bool) -> tuple[object, ...]:
    """The right that leaves most of a risk first; among equals the stronger, then by office and number."""
    binding = s.binds and _LIVE[s.force] > 0
    left = min(_LEAVES[s.force], 3 if famous else _COVERS[s.goods], 3 if s.territory is Tri.YES else 2)
    place = _PLACE[s.territory]
    return (
        not binding, -left if binding else 0, -place, -_LIVE[s.force], -_COVERS[s.goods],
        s.registration.office or "", s.registration.number or "",
    )  # fmt: skip


def bound_offices(standings: Sequence[Standing]) -> frozenset[str]:
    """The offices of the site through which a live right binds the listing."""
    return frozenset().union(*(s.through for s in standings if s.binds))
