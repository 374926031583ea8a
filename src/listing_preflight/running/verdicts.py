"""Verdicts on their way from where they were made to the listing that they are about."""

import dataclasses
from collections.abc import Iterable, Sequence

from listing_preflight.images.looked import Fault
from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap, Listing, Origin

NOBODY = Listing(id="", origin=Origin(file=""))
"""Stands for the listing where only what was found in it travels."""


def light(verdicts: Iterable[Verdict], *, explain: bool) -> tuple[Verdict, ...]:
    """Verdicts without their listing; of what was dropped only the number, where nobody asks for more."""
    if explain:
        return tuple(dataclasses.replace(v, listing=NOBODY) for v in verdicts)
    return tuple(
        dataclasses.replace(v, listing=NOBODY, dropped=(), passed_over=v.passed_over + len(v.dropped)) for v in verdicts
    )


def whole(verdicts: Iterable[Verdict], listing: Listing) -> tuple[Verdict, ...]:
    """The verdicts with the listing that they are about, wherever it stands now."""
    return tuple(dataclasses.replace(v, listing=listing, gaps=_here(v.gaps, listing)) for v in verdicts)


def _here(gaps: tuple[Gap, ...], listing: Listing) -> tuple[Gap, ...]:
    if not gaps or listing.gaps:
        return gaps
    return tuple(dataclasses.replace(gap, origin=listing.origin) for gap in gaps)


def not_judged(
    listing: Listing, sites: Sequence[str | None], fault: Fault, gaps: Sequence[Gap], not_requested: int
) -> tuple[Verdict, ...]:
    """The verdicts of a listing that could not be judged: incomplete on every marketplace. `gaps` are those known before."""
    gap = Gap(kind=fault.kind, detail=fault.detail, origin=listing.origin)
    return tuple(
        Verdict(
            listing=listing, marketplace=site, decision="incomplete", gaps=(*gaps, gap), not_requested=not_requested
        )
        for site in sites
    )
