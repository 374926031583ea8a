"""From hits to findings: group by name, read each mention, ask the table and the rights; every drop keeps its reason."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from listing_preflight.judging import (
    authority,
    brandfield,
    conclude,
    holders,
    reading,
    rights,
    risk,
    sifting,
    speech,
    strength,
)
from listing_preflight.judging.conclude import Answered, Judged
from listing_preflight.judging.grammar import words
from listing_preflight.judging.holders import Alike, Held, Read
from listing_preflight.judging.mention import Mentioned
from listing_preflight.judging.overlay import Overlay
from listing_preflight.judging.reading import Asked, Passages
from listing_preflight.judging.scene import Company, Named, Scene, Told
from listing_preflight.judging.seller import Seller
from listing_preflight.judging.table import signals, table
from listing_preflight.model.finding import Dropped, Finding, Reason
from listing_preflight.model.hit import Hit
from listing_preflight.model.listing import Listing
from listing_preflight.model.mark import Mark
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import marketplace
from listing_preflight.policy.pack_reader import Rule, bundled, on_marks
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.book import Book


class Terms(NamedTuple):
    """What a run is judged by."""

    day: datetime.date
    seller: Seller | None = None
    trust_claims: bool = True
    overlay: Overlay = Overlay()
    rules: tuple[Rule, ...] | None = None
    """Policy rules; None: those that travel with the program."""
    explain: bool = True
    """Whether ordinary words are told one by one, not counted alone."""


class Outcome(NamedTuple):
    """Findings and drops of one listing on one marketplace; `passed_over` counts ordinary words where nobody asks which."""

    findings: tuple[Finding, ...]
    dropped: tuple[Dropped, ...]
    passed_over: int = 0


_PLAIN = {False: "ordinary-word", True: "requires-brand-field"}
"""Why a name is sifted out, by whether its list asks for the brand field."""


class Judge:
    """Knows the marks behind every folded name and the terms of the run."""

    def __init__(self, book: Book, terms: Terms) -> None:
        self._terms, self._book = terms, book
        self._rules = bundled() if terms.rules is None else terms.rules
        risk.known_constructs(self._rules)
        self._families = book.families
        self._rights = rights.Rights(terms.day, strength.Crowds(book.marks))
        self._facts: dict[str, sifting.Facts] = {}
        self._table, self._signals = table(), signals()

    def over(self, book: Book) -> "Judge":
        """The same judge with other marks behind the names."""
        return Judge(book, self._terms)

    def first(self, key: str) -> Mark:
        """The first mark that holds a name."""
        return self._book.marks(key)[0]

    def judge(
        self, listing: Listing, site_name: str | None, hits: Sequence[Hit], passages: Passages = (),
        known: dict[Asked, Told] | None = None,
    ) -> Outcome:  # fmt: skip
        """All findings of one listing, sorted as the report has them, and what was dropped.

        `passages` are the paragraphs that many listings of the input share; `known` keeps how hits were read, for who judges the
        listing again with others.
        """
        if not hits:
            return Outcome((), ())
        site = marketplace(site_name)
        spoken = speech.told(listing)
        named: defaultdict[str, list[Hit]] = defaultdict(list)
        for hit in hits:
            named[hit.key].append(hit)
        about = {k: self._known(k) for k in named}
        by_key = {k: sifting.known(v, about[k], spoken) for k, v in named.items()}
        company = self._company(by_key, about)
        plain = self._plain(by_key, about, company, folded_key(listing.first("brand")))
        scene = reading.scene(listing, site, hits, company, self._on_marks(site.platform))
        told = {
            k: reading.told(v, scene, passages, {} if known is None else known)
            for k, v in by_key.items()
            if k not in plain
        }
        results = self._all(told, scene, brandfield.named(scene, hits))
        findings = sorted((r for r in results if isinstance(r, Finding)), key=_order)
        drops = [r for r in results if isinstance(r, Dropped)]
        if self._terms.explain:
            drops += [drop(self.first(k), by_key[k][0], Reason(code=_PLAIN[about[k].branded])) for k in plain]
            plain = set()
        return Outcome(
            tuple(findings), tuple(sorted(drops, key=lambda d: (d.list, d.mark, d.field, d.text))), len(plain)
        )

    def _on_marks(self, platform: str | None) -> tuple[Rule, ...]:
        return on_marks(self._rules, platform)

    def _known(self, key: str) -> sifting.Facts:
        found = self._facts.get(key)
        if found is None:
            found = self._facts[key] = sifting.facts(key, self._book.marks(key), self._families.get(key, frozenset()))
        return found

    def _plain(
        self,
        by_key: Mapping[str, Sequence[Hit]],
        about: Mapping[str, sifting.Facts],
        company: Company,
        brand: str,
    ) -> set[str]:
        """The ordinary words that stand where no sign of a mark is: sifted before any grammar is asked."""
        if self._terms.overlay.entries:
            return set()
        sieve = sifting.Sieve(by_key.keys(), company, brand)
        return {k for k, hits in by_key.items() if sieve.is_plain(about[k], hits)}

    def _all(
        self, told: Mapping[str, tuple[Told, ...]], scene: Scene, branded: frozenset[str]
    ) -> list[Finding | Dropped]:
        """Results of every name, houses before the lines that lean on them."""
        results: list[Finding | Dropped] = []
        for key in self._houses_first(told):
            state = brandfield.state(key, branded, told, scene, self._families, self._book)
            found = self._name(key, told[key], scene, state)
            results += found
            if key in self._families and isinstance(found[0], Finding):
                house = scene.company.with_house(m.id for m in self._book.marks(key))
                scene = dataclasses.replace(scene, company=house)
        return results

    def _houses_first(self, keys: Iterable[str]) -> list[str]:
        """The names with every house before its lines, which lean on it, wherever they stand in the listing."""
        left, out = list(keys), [k for k in keys if not self._known(k).houses]
        left = [k for k in left if self._known(k).houses]
        while left:
            waiting = frozenset[str]().union(*(self._known(k).ids for k in left))
            ready = [k for k in left if waiting.isdisjoint(self._known(k).houses)] or left
            out += ready
            left = [k for k in left if k not in ready]
        return out

    def _company(self, by_key: Mapping[str, Sequence[Hit]], about: Mapping[str, sifting.Facts]) -> Company:
        distinct = frozenset(k for k, hits in by_key.items() if not all(h.common for h in hits))
        families = frozenset[str]().union(*(about[k].ids for k in distinct))
        present = frozenset[str]().union(*(a.ids for a in about.values()))
        return Company(distinct, families, present, reading.kin(by_key, self._families, self._leans))

    def _leans(self, line: str, house: str) -> bool:
        """Whether a name is a product line of the house behind another name; works and characters stand for themselves."""
        mine = self._known(line)
        return mine.line and not mine.houses.isdisjoint(self._known(house).ids)

    def _name(self, key: str, told: tuple[Told, ...], scene: Scene, brand_state: str) -> Sequence[Finding | Dropped]:
        """The finding of the mark that fits best among all that hold the name, or the drops of all of them."""
        overlaid = self._terms.overlay.way(key, scene.goods, scene.site) if self._terms.overlay.entries else None
        if overlaid == "ordinary":
            return [drop(m, told[0].hit, Reason("overlay-ordinary")) for m in self._book.marks(key)]
        family = self._families.get(key, frozenset((key,)))
        raised = Reason("overlay-raise") if overlaid == "raise" else None
        marks = self._book.marks(key)
        alike = holders.Alike(told) if len(marks) > 1 else None
        results = [self._mark(Named(mark, key, family, brand_state, told, raised), scene, alike) for mark in marks]
        found = [r for r in results if isinstance(r, Held)]
        if not found:
            return [r for r in results if isinstance(r, Dropped)]
        best = self._finding(holders.best(found, scene), scene)
        others = self._book.count(key) - 1
        return (dataclasses.replace(best, others=others) if others else best,)

    def _mark(self, named: Named, scene: Scene, alike: Alike | None) -> Held | Dropped:
        mark = named.mark
        read = alike.of(named, lambda one: self._read(one, scene)) if alike else self._read(named, scene)
        if not read.raised:
            return drop(mark, read.judged[0].mention.hit, read.judged[0].reason)
        standings = self._rights.standings(mark, scene.goods, scene.site)
        if reason := _void(mark, standings, read.hits):
            return drop(mark, read.hits[0], reason)
        sale = authority.Sale(scene.listing, scene.goods, scene.site, self._terms.day, read.uses)
        allowed = authority.of(mark, sale, standings, seller=self._terms.seller, trust=self._terms.trust_claims)
        if allowed.covered and allowed.reason:
            return drop(mark, read.hits[0], allowed.reason)
        told = (allowed.reason,) if allowed.reason else ()
        reasons = [named.raised] if named.raised else []
        if standings:
            reasons += [w for w in standings[0].weak if w.code in strength.LOWERING or not reasons]
        answers = rights.answers(mark, standings, scene.site, scene.goods, told)
        return Held(named, read, reasons, Answered(standings, answers, told))

    def _finding(self, held: Held, scene: Scene) -> Finding:
        """The finding of a mark that was kept: its mentions are read as its own where they were read for another that is alike."""
        raised = held.read.raised
        if raised[0].mention.mark is not held.named.mark:
            raised = self._read(held.named, scene).raised
        return conclude.finding(raised, held.reasons, held.rights, scene)

    def _read(self, named: Named, scene: Scene) -> Read:
        shared: dict[str, Reason | bool] = {}
        return holders.read([self._judged(Mentioned(t, named, scene, self._signals, shared)) for t in named.told])

    def _judged(self, mention: Mentioned) -> Judged:
        row = self._table.decide(mention)
        return Judged(mention, row, (mention.evidence(row.reason) if row.reason else None) or Reason(row.id))


def _void(mark: Mark, standings: Sequence[rights.Standing], hits: Sequence[Hit]) -> Reason | None:
    """Why no right of the mark binds this listing, or None."""
    if not standings or mark.rights == "assumed":
        return None
    best = standings[0]
    if best.territory is Tri.NO:
        offices = tuple(sorted({s.registration.office or "" for s in standings}))
        return Reason(code="no-right-in-territory", params={"offices": offices})
    if best.force in ("dead", "generic"):
        return Reason(code=f"right-{best.force}", params=best.answer.because[1].params)
    if not best.registration.disclaimed:
        return None
    seen = {w for h in hits for w in words(h.seen)}
    if strength.given_up(tuple(sorted(seen)), best.registration):
        return Reason(code="right-disclaimed", params={"words": ", ".join(best.registration.disclaimed)})
    return None


def drop(mark: Mark, hit: Hit, reason: Reason) -> Dropped:
    """A candidate that is not raised."""
    return Dropped(mark=mark.id, list=mark.list, field=hit.place.field, text=hit.seen, reason=reason)


def _order(finding: Finding) -> tuple[object, ...]:
    first = min((m.hit.place for m in finding.mentions), key=lambda p: (p.field, p.index, p.start), default=None)
    name = finding.mark.id if finding.mark else finding.work.id if finding.work else ""
    where = (first.field, first.index, first.start, first.end) if first else ("", 0, 0, 0)
    return (finding.rule, *where, name)
