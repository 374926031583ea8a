"""Whether a seller may use a mark in exactly this sale: own marks, documents and their limits, claims of the listing."""

import datetime
import fnmatch
from collections.abc import Sequence
from typing import NamedTuple

from listing_preflight.judging import force, territory
from listing_preflight.judging.goods import Goods
from listing_preflight.judging.rights import Standing, bound_offices
from listing_preflight.judging.seller import Authorisation, Seller
from listing_preflight.model.finding import Reason
from listing_preflight.model.listing import Listing, SellerClaim
from listing_preflight.model.mark import Mark, Registration, Work
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import Marketplace, spelled
from listing_preflight.text.fold import folded_key

SOON = datetime.timedelta(days=30)
"""A document that ends within this time is announced."""
NOT_RESALE = frozenset({"imitation", "comparison"})
"""Uses that no invoice for genuine goods covers: they are not an offer of those goods."""


class Sale(NamedTuple):
    """What is sold, where and when, and how the mark is used in it."""

    listing: Listing
    goods: Goods
    site: Marketplace
    day: datetime.date
    uses: frozenset[str]


class Authority(NamedTuple):
    """Whether a sale is covered; `reason` says by what, or which limit failed; None where nothing was said."""

    covered: bool
    reason: Reason | None = None


def of(mark: Mark, sale: Sale, standings: Sequence[Standing], *, seller: Seller | None, trust: bool) -> Authority:
    """Whether the seller may use the mark in this sale."""
    if trust and (claimed := _claimed(mark, sale.listing.seller)):
        return Authority(True, Reason("authority-asserted", {"as": claimed}))
    if seller is None:
        return Authority(False)
    own = _own(mark, sale, standings, seller)
    if own is not None and own.covered:
        return own
    needed = bound_offices(standings) & sale.site.offices or sale.site.offices
    return _on_file([a for a in seller.authorisations if names(a, mark)], sale, needed, own.reason if own else None)


def of_work(work: Work, sale: Sale, needed: frozenset[str], *, seller: Seller | None, trust: bool) -> Authority:
    """Whether the seller may show a protected picture or sell after a design; `needed` are the offices that bind it."""
    if trust and any(_is_work(str(name), work) for name in sale.listing.seller.authorised):
        return Authority(True, Reason("authority-asserted", {"as": "authorised"}))
    if seller is None:
        return Authority(False)
    return _on_file([a for a in seller.authorisations if names_work(a, work)], sale, needed, None)


def _on_file(entries: Sequence[Authorisation], sale: Sale, needed: frozenset[str], failed: Reason | None) -> Authority:
    """What the entries about one mark or work say of a sale: the first that covers it, or why the first one does not."""
    for one in entries:
        limit = failed_limit(one, sale, needed)
        if limit is None:
            params: dict[str, str | int] = {"kind": one.kind, "document": one.document or ""}
            if one.ends is not None and one.ends - sale.day <= SOON:
                return Authority(True, Reason("authority-ends-soon", {**params, "ends": str(one.ends)}))
            return Authority(True, Reason("authority-covered", params))
        failed = failed or Reason("authority-not-covered", {"limit": limit, "kind": one.kind})
    return Authority(False, failed)


def _keys(mark: Mark) -> frozenset[str]:
    return frozenset({folded_key(mark.name), *(folded_key(a.name) for a in mark.aliases)})


def _claimed(mark: Mark, claim: SellerClaim) -> str | None:
    if not claim.own_brands and not claim.authorised:
        return None
    keys = _keys(mark)
    if any(folded_key(b) in keys for b in claim.own_brands):
        return "own brand"
    return "authorised" if any(folded_key(b) in keys for b in claim.authorised) else None


def _own(mark: Mark, sale: Sale, standings: Sequence[Standing], seller: Seller) -> Authority | None:
    """An own mark silences its own classes and territories, never an earlier mark of somebody else in force there."""
    named = [m for m in seller.own if folded_key(m.name) in _keys(mark)]
    if not named:
        return None
    registrations = tuple(r for m in named for r in m.registrations)
    if _same_right(mark, registrations, seller):
        return Authority(True, Reason("authority-own", {"document": _number(registrations)}))
    if not registrations:
        others = any(_first_day([s.registration]) for s in standings if s.binds)
        return Authority(not others, Reason("own-mark-undated" if others else "authority-own", {"document": ""}))
    rows = [r for r in registrations if force.of(r, sale.day).kind in ("registered", "contested", "weak", "unstated")]
    if not rows:
        return Authority(False, Reason("own-mark-not-in-force", {"status": registrations[0].status}))
    rows = [r for r in rows if not r.classes or not sale.goods.likely or sale.goods.first() in r.classes]
    if not rows:
        return Authority(False, Reason("own-mark-other-goods"))
    bonds = [(r, territory.spread(territory.of(r, sale.site, registrations).through)) for r in rows]
    needed = bound_offices(standings) & sale.site.offices or sale.site.offices
    if not needed <= frozenset().union(*(reached for _, reached in bonds)):
        return Authority(False, Reason("own-mark-other-territory"))
    if reason := _later(standings, bonds):
        return Authority(False, reason)
    return Authority(True, Reason("authority-own", {"document": _number(rows)}))


def _same_right(mark: Mark, own: Sequence[Registration], seller: Seller) -> bool:
    """Whether the listed mark is the seller's own: one owner by name, or one registration by office and number."""
    if mark.owner and seller.name and folded_key(mark.owner) == folded_key(seller.name):
        return True
    theirs = {(r.office, r.number) for r in mark.registrations if r.number}
    return any((r.office, r.number) in theirs for r in own)


def _later(standings: Sequence[Standing], own: Sequence[tuple[Registration, frozenset[str]]]) -> Reason | None:
    """Why the own mark does not come first, at each office by itself.

    Where the list's right has a date and the own one has none there, nobody can tell, and the list's right stands.
    A marketplace that nobody knows is one place.
    """
    alive = [s for s in standings if s.binds and s.answer.in_force is Tri.YES]
    offices: list[str | None] = [*sorted(frozenset().union(*(s.through for s in alive)))]
    for office in offices or [None]:
        theirs = _first_day([s.registration for s in alive if office is None or office in s.through])
        ours = _first_day([row for row, reached in own if office is None or office in reached])
        if theirs is not None and ours is None:
            return Reason("own-mark-undated")
        if theirs is not None and ours is not None and theirs < ours:
            return Reason("own-mark-later", {"theirs": str(theirs), "ours": str(ours)})
    return None


def _first_day(rows: Sequence[Registration]) -> datetime.date | None:
    return min((d for r in rows if (d := r.filed or r.registered)), default=None)


def _number(rows: Sequence[Registration]) -> str:
    return next((r.number for r in rows if r.number), "")


def names(one: Authorisation, mark: Mark) -> bool:
    """Whether an authorisation speaks of a mark: by name, LIST:ID or owner."""
    if one.owner is not None and folded_key(mark.owner or "") != folded_key(str(one.owner)):
        return False
    if one.mark is None:
        return one.owner is not None
    return str(one.mark) == f"{mark.list}:{mark.id}" or folded_key(str(one.mark)) in _keys(mark)


def names_work(one: Authorisation, work: Work) -> bool:
    """Whether an authorisation speaks of a picture or design: by title, id or LIST:ID, and its owner where one is named."""
    if one.work is None or (one.owner is not None and folded_key(work.owner or "") != folded_key(str(one.owner))):
        return False
    return _is_work(str(one.work), work)


def _is_work(name: str, work: Work) -> bool:
    return name in (work.id, f"{work.list}:{work.id}") or (
        bool(work.title) and folded_key(name) == folded_key(work.title or "")
    )


def failed_limit(one: Authorisation, sale: Sale, needed: frozenset[str]) -> str | None:
    """The first limit that does not cover the sale, or None; `needed` are the offices whose rights bind it."""
    if one.fault:
        return one.fault
    if one.starts and sale.day < one.starts:
        return "from"
    if one.ends and sale.day > one.ends:
        return "until"
    if one.classes is not None and sale.goods.first() not in one.classes:
        return "classes" if sale.goods.likely else "classes-unknown"
    if one.territories is not None and not (needed and needed <= territory.spread(one.territories)):
        return "territories"
    if one.marketplaces is not None and sale.site.name not in {spelled(m) for m in one.marketplaces}:
        return "marketplaces"
    if one.skus and not any(fnmatch.fnmatchcase(sale.listing.id, pattern) for pattern in one.skus):
        return "skus"
    if one.invoiced is not None and sale.listing.id not in one.invoiced:
        return "invoice-lines"
    if (one.kind == "invoice" and sale.uses & NOT_RESALE) or (one.kind == "letter" and "imitation" in sale.uses):
        return "use"
    return None if one.document else "document"
