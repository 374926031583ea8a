"""Judge listings: what the detectors see in a batch, what it means, what would clear it."""

import dataclasses
import datetime
import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from listing_preflight.detectors import known_images
from listing_preflight.detectors.known_images import KnownPictures
from listing_preflight.detectors.marks_in_registers import Bound, Passed
from listing_preflight.detectors.marks_in_text import Matcher
from listing_preflight.detectors.protocol import Seen, Sight, Tools
from listing_preflight.detectors.registry import Detectors
from listing_preflight.images.looked import Looked
from listing_preflight.judging import controls, policy, rewording, rewrite, stamps
from listing_preflight.judging import pictures as judged_pictures
from listing_preflight.judging.authority import Sale
from listing_preflight.judging.goods import of_listing
from listing_preflight.judging.judge import Judge, Outcome, Terms, drop
from listing_preflight.judging.overlay import Overlay
from listing_preflight.judging.reading import Asked
from listing_preflight.judging.scene import Told
from listing_preflight.judging.seller import Seller
from listing_preflight.judging.yielding import Yielded, freed, left
from listing_preflight.lookup import BoundMatcher, ReachedBook, bound, lookup
from listing_preflight.model.finding import (
    RANK,
    Decision,
    Dropped,
    Finding,
    Reason,
    Rewrite,
    Shared,
    Unread,
    Verdict,
    decide,
)
from listing_preflight.model.hit import PictureMatch
from listing_preflight.model.listing import Gap, Listing, Origin, Picture, Text
from listing_preflight.model.mark import WatchList
from listing_preflight.passages import Passages
from listing_preflight.policy.marketplaces import Marketplace, marketplace
from listing_preflight.policy.pack_reader import Rule
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.index import Index


def _nothing_new(results: Sequence[Finding], before: Sequence[Finding]) -> bool:
    """Whether no mark is named that was not, none is worse than it was, and none calls the goods its own that did not."""
    worst = {(f.rule, f.key): RANK[f.severity] for f in before}
    marks = {(f.mark.id, f.use == "identity") for f in before if f.mark}
    named = {mark for mark, _ in marks}
    return all(
        f.mark.id in named
        and (f.use != "identity" or (f.mark.id, True) in marks)
        and RANK[f.severity] <= worst.get((f.rule, f.key), RANK["low"])
        for f in results
        if f.mark
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a scan is told; a plain value, so that every worker can have it.

    Without an `index` the lists are made ready in memory. `supervised`: one worker, too, is a process of its own, which a listing
    cannot take down with it. `single`: one listing comes, so that nothing is loaded before it that it may not need.
    `remembered`: bytes of verdicts that are kept for listings of the same content.
    """

    lists: tuple[WatchList, ...]
    day: datetime.date
    index: Index | None = None
    marketplaces: tuple[str, ...] = ()
    seller: Seller | None = None
    trust_claims: bool = True
    images: bool = True
    ocr: str = "auto"
    strict_images: bool = False
    fetch: bool = False
    cache: bool = True
    explain: bool = False
    rules: tuple[Rule, ...] = ()
    overlay: Overlay = Overlay()
    workers: int = 1
    supervised: bool = False
    single: bool = False
    remembered: int = 168 << 20
    known: KnownPictures | None = None


_WARM = Listing(
    id="", origin=Origin(file=""), texts=(Text("title", "Running shoes for women"), Text("description", "<p>Soft.</p>"))
)


class Beforehand(NamedTuple):
    """What is known of one listing before its texts are looked at: what came of its pictures, what its texts share with others."""

    looked: tuple[tuple[Picture, Looked], ...]
    not_requested: int
    gaps: tuple[Gap, ...]
    passages: Passages = ()
    shared: tuple[Shared, ...] = ()


def known_pictures(settings: Settings) -> KnownPictures:
    """The pictures that are looked for."""
    if settings.known is not None:
        return settings.known
    return known_images.load(settings.lists, keep=settings.cache) if settings.images else KnownPictures()


class Engine:
    """Lists made ready: names to find, known pictures, and the judge of both."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lookup = lookup(settings.lists, settings.index, settings.day)
        self._registers = self._lookup.registers
        terms = Terms(
            settings.day, settings.seller, settings.trust_claims, settings.overlay, settings.rules, settings.explain
        )  # fmt: skip
        self._judge = Judge(self._lookup.book, terms)
        self.known = known_pictures(settings)
        self._detectors = Detectors(
            Tools(
                self._lookup.matcher, self._in_picture, self._lookup.forms, vocabulary(), self.known, self._registers,
                named=settings.explain,
            )
        )  # fmt: skip

    def begin(self, batch: Sequence[tuple[Listing, Beforehand]]) -> list[Callable[[], tuple[Verdict, ...]]]:
        """Look at the texts of a batch; for each listing what gives its verdicts, one for each marketplace."""
        found = self._detectors.see([self._sight(*one) for one in batch])
        return [
            functools.partial(self._judged, listing, seen, here)
            for (listing, seen), here in zip(batch, found, strict=True)
        ]

    def check(self, batch: Sequence[tuple[Listing, Beforehand]]) -> list[Verdict]:
        """The verdicts of a batch."""
        return [verdict for judged in self.begin(batch) for verdict in judged()]

    def warm(self) -> None:
        """Judge a listing that is nobody's: patterns, tables and grammars are loaded on first use, those of its goods without any name."""
        self.check([(_WARM, Beforehand((), 0, ()))])
        of_listing(_WARM)

    def _judged(self, listing: Listing, seen: Beforehand, found: Seen) -> tuple[Verdict, ...]:
        return tuple(self._verdict(listing, site, found, seen) for site in self.sites(listing))

    def _sight(self, listing: Listing, seen: Beforehand | None = None) -> Sight:
        """What is looked at of a listing; of its texts alone where nothing was seen of its pictures."""
        to = bound(listing, self.sites(listing)) if self._registers else None
        return Sight(listing, listing.pictures, seen.looked, to) if seen else Sight(listing, bound=to)

    def _in_picture(self, to: Bound | None) -> Matcher:
        return self._lookup.matcher if to is None else BoundMatcher(self._lookup, to)

    def sites(self, listing: Listing) -> Sequence[str | None]:
        """The marketplaces that a listing is judged for."""
        return (listing.marketplace,) if listing.marketplace else self._settings.marketplaces or (None,)

    def _verdict(self, listing: Listing, site: str | None, found: Seen, seen: Beforehand) -> Verdict:
        judge = self._judge_of(listing, site)
        outcome, yielded = self._of_names(judge, listing, site, found, seen.passages)
        place = marketplace(site)
        shown = self._copied(listing, place, found.copies) if found.copies else []
        named = [self._finished(f, listing, site, outcome.findings) for f in outcome.findings]
        shown += stamps.judge(
            found.stamps, listing, place, self._settings.rules, named=[h.form for h in found.hits if not h.common],
            seller=self._settings.seller, trust=self._settings.trust_claims,
        )  # fmt: skip
        broken = [
            *policy.wording(self._settings.rules, listing, place, named),
            *controls.judge(listing, place),
        ]
        findings = (*named, *(f for f in shown if isinstance(f, Finding)), *broken)
        dropped = [
            *outcome.dropped,
            *(d for d in shown if isinstance(d, Dropped)),
            *self._covered(yielded, judge),
        ]
        dropped += self._passed(listing, found.passed)
        dropped += (d for _, one in seen.looked for d in self.known.aside(one))
        gaps = (*listing.gaps, *seen.gaps)
        return Verdict(
            listing=listing, marketplace=site, decision=self._decide(findings, gaps, found.unread), findings=findings,
            gaps=gaps, unread=found.unread, dropped=tuple(dropped), not_requested=seen.not_requested,
            passed_over=0 if self._settings.explain else found.passed_over + outcome.passed_over, shared=seen.shared,
        )  # fmt: skip

    def _copied(self, listing: Listing, place: Marketplace, copies: Sequence[PictureMatch]) -> list[Finding | Dropped]:
        sale = Sale(listing, of_listing(listing), place, self._settings.day, frozenset())
        return judged_pictures.judge(
            self.known.works, copies, sale, seller=self._settings.seller, trust=self._settings.trust_claims
        )

    def _of_names(
        self, judge: Judge, listing: Listing, site: str | None, found: Seen, passages: Passages
    ) -> tuple[Outcome, Sequence[Yielded]]:
        """What the names of its texts come to, and the names that yielded to a longer one."""
        known: dict[Asked, Told] = {}
        outcome = judge.judge(listing, site, found.hits, passages, known)
        free = freed(found.yielded, found.hits, outcome.findings)
        if not free:
            return outcome, found.yielded
        return judge.judge(listing, site, (*found.hits, *free), passages, known), tuple(left(found.yielded, free))

    def _finished(self, found: Finding, listing: Listing, site: str | None, beside: Sequence[Finding]) -> Finding:
        """A finding with a rewrite where one stands the test."""
        if found.severity == "low":
            return found
        made = rewording.proposals(found, listing, self._settings.day, beside)
        held = next((m for m in made if self._holds(m, found, listing, site, beside)), None)
        return dataclasses.replace(found, rewrites=(held,)) if held else found

    def _holds(
        self, made: Rewrite, found: Finding, listing: Listing, site: str | None, before: Sequence[Finding]
    ) -> bool:
        """Whether the listing with the rewrite raises nothing above low about this name, and nothing new or worse about others."""
        other = rewrite.applied(listing, made)
        (seen,) = self._detectors.see([self._sight(other)])
        results = self._judge_of(other, site).judge(other, site, seen.hits).findings
        mine = [f for f in results if f.mark and found.mark and f.mark.id == found.mark.id]
        return all(RANK[f.severity] <= RANK["low"] for f in mine) and _nothing_new(results, before)

    def _decide(self, findings: tuple[Finding, ...], gaps: tuple[Gap, ...], unread: tuple[Unread, ...]) -> Decision:
        decision = decide(findings, gaps)
        return "incomplete" if decision == "pass" and unread and self._settings.strict_images else decision

    def _judge_of(self, listing: Listing, site: str | None) -> Judge:
        """The judge with the marks of registers that can bind the listing on a marketplace."""
        if self._registers is None:
            return self._judge
        return self._judge.over(ReachedBook(self._lookup.book, self._registers, bound(listing, [site])))

    def _covered(self, yielded: Sequence[Yielded], judge: Judge) -> Iterator[Dropped]:
        for hit, name in yielded:
            yield drop(judge.first(hit.key), hit, Reason(code="inside-longer-name", params={"name": name}))

    def _passed(self, listing: Listing, names: Sequence[tuple[Passed, str]]) -> Iterator[Dropped]:
        """What the masks of registers did not let through."""
        layers = self._registers.layers if self._registers else ()
        for name, written in names:
            mark = layers[name.layer].mark(name.mark)
            field = listing.texts[name.text].field
            yield Dropped(mark=mark.id, list=mark.list, field=field, text=written, reason=Reason(code=name.reason))
