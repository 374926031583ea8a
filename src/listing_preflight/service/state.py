"""One state of the lists: an engine made ready, the decisions beside it, and what its answers say of it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from listing_preflight.decisions.suppressions import Deciding, Suppression
from listing_preflight.images.crew import looked
from listing_preflight.images.looked import Looked
from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap, GapKind, Listing, Origin
from listing_preflight.readers.formats.native import make_listing
from listing_preflight.reports.catalog import Catalog
from listing_preflight.reports.jsonl import line
from listing_preflight.reports.records import listing_record
from listing_preflight.scan import Scanner, Settings

LONG = 50_000
"""Characters of a listing from which it is judged in a process of its own: so many take about 0.3 s, a million 14 s."""
_RENEWED_AFTER = 5_000
"""Verdicts after which the account of what decisions did is let go: it grows with every listing."""
_FIRST = {"id": "first", "title": "A plain cotton shirt for every day", "description": "It comes in four colours."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a state is made of, read anew at each load; `stale` names the lists that are too old today."""

    settings: Settings
    words: Catalog
    decisions: tuple[Suppression, ...] = ()
    roots: tuple[str, ...] = ()
    stale: Callable[[], tuple[Gap, ...]] = tuple


class Judged(NamedTuple):
    """What an answer is made of: the verdicts of one listing, and their lines."""

    verdicts: Sequence[Verdict]
    lines: Sequence[str]


class State:
    """Lists and engine of one load. Verdicts are made by one thread at a time; pictures are looked at in processes beside it."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.lists = tuple(
            {"name": one.name, "version": one.version, "date": one.date, "digest": one.digest,
             "marks": len(one.marks), "works": len(one.works)}
            for one in told.settings.lists
        )  # fmt: skip
        self.head = line([{k: one[k] for k in ("name", "digest", "date")} for one in self.lists])  # type: ignore[arg-type]
        self._scanner = Scanner(told.settings)
        self._deciding, self._decided = self._fresh(), 0
        self.judge(
            make_listing(_FIRST, Origin(file="-"), ()), ()
        )  # what is made on first use is made before a request waits

    def _fresh(self) -> Deciding:
        told = self.told.settings
        return Deciding(self.told.decisions, told.day, strict=told.strict_images)

    def look(self, listing: Listing, until: float) -> list[Looked]:
        """What comes of the pictures of a listing; those that are not done at `until` (monotonic seconds) are ended."""
        asked = self._scanner.ask(listing)
        return [looked(one, max(0.0, until - time.monotonic())) for one in asked]

    def judge(self, listing: Listing, found: Sequence[Looked]) -> Judged:
        """The verdicts of a listing, one for each marketplace."""
        return self.tell(self._scanner.alone(listing, found))

    def apart(self, listing: Listing, found: Sequence[Looked], until: float) -> Sequence[Verdict]:
        """The verdicts from another process, which is ended at `until`: then TimeoutError. `tell` makes lines of them."""
        seconds = max(0.01, until - time.monotonic())
        verdicts: Sequence[Verdict] = self._scanner.apart(listing, found, seconds).result()
        return verdicts

    def unchecked(self, listing: Listing, kind: GapKind, detail: str) -> Judged:
        """Verdicts that say that nothing was checked, and why."""
        gap = Gap(kind=kind, detail=detail, origin=listing.origin)
        sites = (listing.marketplace,) if listing.marketplace else self.told.settings.marketplaces or (None,)
        gaps = (*listing.gaps, gap)
        verdicts = [Verdict(listing=listing, marketplace=site, decision="incomplete", gaps=gaps) for site in sites]
        return Judged(verdicts, self._lines(verdicts))

    def tell(self, verdicts: Sequence[Verdict]) -> Judged:
        """Verdicts with what people have decided, and their lines; like `judge` by one thread at a time."""
        self._decided += 1
        if self._decided > _RENEWED_AFTER:
            self._deciding, self._decided = self._fresh(), 0
        answered = [self._deciding.apply(v) for v in verdicts] if self.told.decisions else verdicts
        return Judged(answered, self._lines(answered))

    def _lines(self, verdicts: Sequence[Verdict]) -> list[str]:
        told = self.told
        return [line(listing_record(v, explain=told.settings.explain, words=told.words)) for v in verdicts]

    def close(self) -> None:
        """End what runs beside the process."""
        self._scanner.__exit__()


def is_long(listing: Listing) -> bool:
    """Whether a listing would keep the judging thread from others for long."""
    return sum(len(text.value) for text in listing.texts) > LONG
