"""What there is to say of a seller file before anything is scanned: it silences, so that a slip in it must not go unseen."""

import datetime
from collections.abc import Sequence

from listing_preflight.cli.language import warn
from listing_preflight.judging.authority import SOON
from listing_preflight.judging.seller import Authorisation, Seller, ending
from listing_preflight.model.mark import WatchList
from listing_preflight.reports.proof import LIMITS
from listing_preflight.text.fold import folded_key

MOST_ASKED = 50_000
"""Marks of a list up to which it is asked whether it knows a name of the seller file."""


def announce(seller: Seller, today: datetime.date) -> None:
    """Say which documents end soon, for what they silence today is told again then, which cover nothing, and which may be none."""
    for one, ends in ending(seller, today, SOON):
        warn(f"{_named(one)} ends on {ends}, in {(ends - today).days} days")
    for one in seller.authorisations:
        fault = one.fault or (None if one.document else "document")
        if fault:
            warn(f"{_named(one)} covers nothing: {LIMITS[fault]}")
        elif one.doubt:
            warn(f"{_named(one)}: {one.document} {one.doubt}: look whether it is the document")


def announce_strangers(seller: Seller, lists: Sequence[WatchList]) -> None:
    """Say which marks no list knows: a slip there silences nothing. Registers are too large to be asked for that."""
    named = {one.mark for one in seller.authorisations if one.mark}
    if not named or any(len(one.marks) > MOST_ASKED for one in lists):
        return
    known: set[str] = set()
    for mark in (mark for one in lists for mark in one.marks):
        known |= {f"{mark.list}:{mark.id}", folded_key(mark.name), *(folded_key(a.name) for a in mark.aliases)}
    for name in sorted(n for n in named if n not in known and folded_key(n) not in known):
        warn(f"the seller file names {name!r}, which no list knows")


def _named(one: Authorisation) -> str:
    return f"the {one.kind} for {one.mark or one.owner or one.work}"
