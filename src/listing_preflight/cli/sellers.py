"""What there is to say of a seller file before anything is scanned: it silences, so that a slip in it must not go unseen."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from listing_preflight.cli.language import warn
from listing_preflight.errors import ListError
from listing_preflight.judging.authority import SOON
from listing_preflight.judging.seller import Authorisation, Seller, ending, read_seller
from listing_preflight.model.mark import WatchList
from listing_preflight.reports.proof import LIMITS
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.examples import ENTRIES, SAID, shown

MOST_ASKED = 50_000
"""Marks of a list up to which it is asked whether it knows a name of the seller file."""


def read(path: Path) -> Seller:
    """The seller file that the user names; an error in it has an example of the right form."""
    try:
        return read_seller(path)
    except ListError as e:
        if e.remedy or SAID in e.what:
            raise
        key = next((k for k in ENTRIES if e.what.startswith(k)), None)
        remedy = next((r for words, r in _REMEDIES.items() if words in e.what), None) or shown(key or "authorisations")
        raise ListError(e.what, where=e.where, remedy=remedy) from None


_REMEDIES = {
    " is before ": "For example `from: 2026-01-01, until: 2027-01-01`",
    "another digest": 'Each document has one digest: for example `document: docs/a.pdf, sha256: "9f86d081…"` in both entries, or two names',
    "in two ways": 'Write a registration once: for example `registrations: [{office: US, number: "1234567", classes: [25]}]`',
}
"""What to do, by the words of an error that no field's example answers."""


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
