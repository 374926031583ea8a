"""Whether a registration binds a listing on a marketplace, and through which office."""

import datetime
import functools
from collections.abc import Sequence
from typing import NamedTuple

from listing_preflight.model.finding import Reason
from listing_preflight.model.mark import Registration
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import Marketplace, benelux, members

BREXIT = datetime.date(2020, 12, 31)
"""Last day on which the registration of an EU mark gave rise to a comparable mark in GB."""


class Bond(NamedTuple):
    """Whether the right binds the site, the countries or unions through which it does, and why."""

    binds: Tri
    through: frozenset[str]
    reason: Reason


def of(row: Registration, site: Marketplace, others: Sequence[Registration]) -> Bond:
    """Whether a registration binds a listing on a marketplace; `others` are all rows of the mark."""
    if row.office is None:
        return Bond(Tri.YES, site.offices, _reason("everywhere", row, site, ""))
    if not site.known:
        return Bond(Tri.UNKNOWN, frozenset(), _reason("unknown", row, site, ""))
    national = frozenset(o.office for o in others if o.office not in (None, "WO"))
    reached = _bound(row, national)
    if hit := reached & site.offices:
        return Bond(Tri.YES, hit, _reason("yes", row, site, _shown(row.office, hit)))
    if _comparable(row, national) and "GB" in site.offices:
        return Bond(Tri.YES, frozenset({"GB"}), _reason("comparable", row, site, "GB"))
    if "EM" in site.offices and reached & members():
        return Bond(Tri.UNKNOWN, frozenset({"EM"}), _reason("part", row, site, row.office))
    return Bond(Tri.NO, frozenset(), _reason("no", row, site, ""))


def _reason(code: str, row: Registration, site: Marketplace, through: str) -> Reason:
    params = {"office": row.office or "", "marketplace": site.name, "through": through}
    return Reason(code=f"territory-{code}", params=params)


def _shown(office: str, hit: frozenset[str]) -> str:
    """The office itself, or through which country its right binds."""
    return office if office in hit else f"{office} ({', '.join(sorted(hit))})"


def _bound(row: Registration, national: frozenset[str | None]) -> frozenset[str]:
    """The countries and unions that a registration binds; an office's own row overrides its designation."""
    if row.office == "WO":
        return spread(row.designated - national)
    return spread(frozenset({row.office or ""}))


def _comparable(row: Registration, national: frozenset[str | None]) -> bool:
    """Whether an EU mark, or an EU designation, gave rise to a comparable mark in GB; a GB row tells it better."""
    european = row.office == "EM" or (row.office == "WO" and "EM" in row.designated - national)
    return european and "GB" not in national and row.registered is not None and row.registered <= BREXIT


@functools.lru_cache(maxsize=4096)
def spread(offices: frozenset[str]) -> frozenset[str]:
    """Offices with the countries that their unions bind."""
    out = set(offices)
    out |= members() if "EM" in offices else set()
    out |= benelux() if "BX" in offices else set()
    return frozenset(out)
