"""What a listing can be bound by at all, as register layers ask before any right is looked at: never wrong about no."""

import datetime

from listing_preflight.judging import force as forces
from listing_preflight.judging.goods import Goods, coordinated
from listing_preflight.model.mark import Registration
from listing_preflight.policy.marketplaces import Marketplace, benelux, members
from listing_preflight.policy.store import load


def classes(goods: Goods) -> frozenset[int] | None:
    """Classes in which a right covers the goods or related ones; None where the goods are not known."""
    likely = goods.likely
    return likely.union(*(coordinated().get(c, frozenset()) for c in likely)) if likely else None


def offices(site: Marketplace) -> frozenset[str] | None:
    """Offices whose rights may bind a listing on a marketplace; None where nobody knows the marketplace."""
    if not site.known:
        return None
    found = set(site.offices)
    if "EM" in found:  # a right in a part of the Union may bind there
        found |= members() | {"BX"}
    if found & (members() | {"GB"}):  # an EU mark of before 2021 has a comparable mark in GB
        found.add("EM")
    if found & benelux():
        found.add("BX")
    return frozenset(found)


def grace() -> datetime.timedelta:
    """The longest time for which some office still renews a registration whose term has ended."""
    terms = load("terms.yaml")
    return datetime.timedelta(days=31 * max(terms["grace_elsewhere"], *terms["grace_months"].values()))


def force(state: str, day: datetime.date) -> str:
    """What a state of a registration means, terms aside."""
    return forces.of(Registration(office=None, status=state), day).kind
