"""From hits to findings: group by name, ask use and rights, decide; every drop keeps its reason."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from listing_preflight.judging import authority, conclude, rights, risk, sense, severity, speech, strength, use
from listing_preflight.judging import goods as goods_of
from listing_preflight.judging.conclude import Read
from listing_preflight.judging.grammar import words
from listing_preflight.judging.overlay import Overlay
from listing_preflight.judging.seller import Seller
from listing_preflight.model.finding import RANK, Dropped, Finding, Mention, Reason
from listing_preflight.model.hit import Hit
from listing_preflight.model.listing import Listing
from listing_preflight.model.mark import Mark
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import Marketplace, marketplace
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


class Outcome(NamedTuple):
    """Findings and drops of one listing on one marketplace."""

    findings: tuple[Finding, ...]
    dropped: tuple[Dropped, ...]


class _Facts(NamedTuple):
    """What of the marks behind one name does not hang on a listing: `asks` means that context words or a badge do."""

    asks: bool
    houses: frozenset[str]
    classed: bool


def _facts(marks: Sequence[Mark]) -> _Facts:
    return _Facts(
        any(m.near or m.kind == "badge" for m in marks), frozenset(m.parent for m in marks if m.parent),
        any(r.classes for m in marks for r in m.registrations),
    )  # fmt: skip


class Judge:
    """Knows the marks behind every folded name and the terms of the run."""

    def __init__(self, book: Book, terms: Terms) -> None:
        self._terms, self._book = terms, book
        self._rules = bundled() if terms.rules is None else terms.rules
        risk.known_constructs(self._rules)
        self._families = book.families
        self._rights = rights.Rights(terms.day, strength.Crowds(book.marks))
        self._facts: dict[str, _Facts] = {}

    def over(self, book: Book) -> "Judge":
        """The same judge with other marks behind the names."""
        return Judge(book, self._terms)

    def _known(self, key: str) -> _Facts:
        found = self._facts.get(key)
        if found is None:
            found = self._facts[key] = _facts(self._book.marks(key))
        return found

    def _describes(self, key: str) -> bool:
        """Whether a name that nobody has said anything of is a word for what goods are like."""
        return key in sense.descriptive() and all(m.common_word is None for m in self._book.marks(key))

    def first(self, key: str) -> Mark:
        """The first mark that holds a name."""
        return self._book.marks(key)[0]

    def judge(self, listing: Listing, site_name: str | None, hits: Sequence[Hit]) -> Outcome:
        """All findings of one listing, sorted as the report has them, and what was dropped."""
        if not hits:
            return Outcome((), ())
        site = marketplace(site_name)
        goods = goods_of.of_listing(listing)
        by_key: defaultdict[str, list[Hit]] = defaultdict(list)
        for hit in hits:
            by_key[hit.key].append(hit._replace(common=True) if self._describes(hit.key) else hit)
        company = self._company(by_key)
        heard = speech.of_listing(listing)
        names = frozenset(w for seen in {h.seen for h in hits} for w in words(seen))
        plain = {k for k, v in by_key.items() if self._plainly_ordinary(k, v, company, site)}
        read = {
            k: [Read(h, use.read(h, names, _text(listing, h), heard.languages)) for h in v]
            for k, v in by_key.items()
            if k not in plain
        }
        titled = company.distinct & {h.key for h in hits if h.place.field == "title"}
        rules = tuple(r for r in on_marks(self._rules, site.platform) if r.holds(site.home, goods.likely))
        brand, branded = folded_key(listing.first("brand")), _branded(listing, hits)
        scene = severity.Scene(
            listing, goods, site, titled, "other", names, rules, brand, company.distinct, unread=heard.unread
        )
        results: list[Finding | Dropped] = []
        for key in self._houses_first(read):
            state = self._brand_state(key, branded, read)
            here = scene._replace(brand_state=state, family=self._families.get(key, frozenset((key,))))
            found = self._name(key, read[key], here, company)
            results += found
            if key in self._families and isinstance(found[0], Finding):
                company = company.with_house(m.id for m in self._book.marks(key))
        findings = sorted((r for r in results if isinstance(r, Finding)), key=_order)
        results += [drop(self.first(k), by_key[k][0], Reason(code="ordinary-word")) for k in sorted(plain)]
        dropped = sorted(
            (r for r in results if isinstance(r, Dropped)), key=lambda d: (d.list, d.mark, d.field, d.text)
        )
        return Outcome(tuple(findings), tuple(dropped))

    def _plainly_ordinary(self, key: str, hits: Sequence[Hit], company: sense.Company, site: Marketplace) -> bool:
        """Whether an ordinary word stands where no sign of a mark is: sifted before any grammar is asked."""
        known = self._known(key)
        if known.asks or self._terms.overlay.entries or sense.is_platform_name(key, site):
            return False
        if known.houses and not known.houses.isdisjoint(company.present):
            return False
        return all(h.common and not sense.may_be_mark(h, company, classed=known.classed) for h in hits)

    def _houses_first(self, keys: Iterable[str]) -> list[str]:
        """The names with every house before its lines, which lean on it, wherever they stand in the listing."""
        left, out = list(keys), [k for k in keys if not self._known(k).houses]
        left = [k for k in left if self._known(k).houses]
        while left:
            waiting = {m.id for k in left for m in self._book.marks(k)}
            ready = [k for k in left if waiting.isdisjoint(self._known(k).houses)] or left
            out += ready
            left = [k for k in left if k not in ready]
        return out

    def _company(self, by_key: Mapping[str, Sequence[Hit]]) -> sense.Company:
        distinct = frozenset(k for k, hits in by_key.items() if not all(h.common for h in hits))
        families = frozenset(m.id for k in distinct for m in self._book.marks(k))
        present = frozenset(m.id for k in by_key for m in self._book.marks(k))
        return sense.Company(distinct, families, present, self._kin(by_key))

    def _kin(self, by_key: Mapping[str, Sequence[Hit]]) -> frozenset[str]:
        """Names of one family that stand side by side: a film beside its character, though both are ordinary words."""
        out: set[str] = set()
        for key in self._families.keys() & by_key.keys():
            family, hits = (self._families[key] & by_key.keys()) - {key}, by_key[key]
            if family and any(sense.adjoins(h, family) for h in hits):
                out |= {key}
        return frozenset(out)

    def _of_house(self, brand: str, key: str, family: frozenset[str]) -> bool:
        """Whether the name of a brand field is of this name's house: its family, or a mark of the same owner."""
        if brand in family:
            return True
        owners = {folded_key(m.owner) for m in self._book.marks(key) if m.owner}
        return any(folded_key(m.owner) in owners for m in self._book.marks(brand) if m.owner)

    def _brand_state(self, key: str, branded: frozenset[str], read: Mapping[str, Sequence[Read]]) -> str:
        """What the brand field says of this name: nothing, the genuine article, or another maker's goods under it."""
        family = self._families.get(key, frozenset((key,)))
        if not branded or not all(self._of_house(brand, key, family) for brand in branded):
            return "other"
        mentions = [r for k in sorted(family) for r in read.get(k, ())]
        titled = [r.reading for r in mentions if r.hit.place.field == "title"]
        fitting = [r for r in titled if r.use == "compatible"]
        leads = any(r.use == "identity" for r in titled)
        if any(r.reading.use == "imitation" for r in mentions) or (fitting and not leads):
            return "contradicted"
        # a maker says "tape for our printers"; "compatible with" is what others say of his things
        return "contradicted" if any(r.adjective or r.spoken > 1 for r in fitting) else "resale"

    def _name(
        self, key: str, read: Sequence[Read], scene: severity.Scene, company: sense.Company
    ) -> Sequence[Finding | Dropped]:
        """The finding of the mark that fits best among all that hold the name, or the drops of all of them."""
        marks = self._book.marks(key)
        results = [self._mark(mark, key, read, scene, company) for mark in marks]
        found = [r for r in results if isinstance(r, Finding)]
        if not found:
            return results
        best = max(found, key=lambda f: (RANK[f.severity], len(f.rights)))
        others = self._book.count(key) - 1
        return (dataclasses.replace(best, others=others) if others else best,)

    def _ordinary(
        self, mark: Mark, key: str, read: Sequence[Read], scene: severity.Scene, reason: Reason
    ) -> Finding | Dropped:
        """An ordinary word is dropped; where a marketplace's robot is known to take it down, the seller is told."""
        if not sense.robot_knows(key, scene.site):
            return drop(mark, read[0].hit, reason)
        rule = conclude.rule_of(mark, [r.hit for r in read])
        mentions = tuple(Mention(hit=r.hit, use="descriptive", reason=reason) for r in read)
        return Finding(
            rule=rule, kind="trademark", severity="low", confidence="low", legal_risk="none", platform_risk="low",
            use="descriptive", mark=mark, mentions=mentions, reasons=(reason, Reason(code="known-robot")),
            advice=(Reason(code="advice-write-otherwise", params={"name": mark.name}),),
            rights=rights.answers(mark, self._rights.standings(mark, scene.goods, scene.site), scene.site, scene.goods, ()),
            key=key, site=scene.site.name,
        )  # fmt: skip

    def _mark(
        self, mark: Mark, key: str, read: Sequence[Read], scene: severity.Scene, company: sense.Company
    ) -> Finding | Dropped:
        hits, readings = [r.hit for r in read], [r.reading for r in read]
        kind = "mark"
        reasons: list[Reason] = []
        told = self._terms.overlay.way(key, scene.goods, scene.site) if self._terms.overlay.entries else None
        if told == "ordinary":
            return drop(mark, hits[0], Reason(code="overlay-ordinary"))
        if told is None and all(sense.beside_figure(h) for h in hits):
            return drop(mark, hits[0], Reason(code="number-beside-word"))
        if told == "raise":
            reasons.append(Reason(code="overlay-raise"))
        elif homonym := sense.homonym(key, scene.listing):
            return self._ordinary(mark, key, read, scene, homonym)
        if told is None and sense.is_platform_claim(key, hits, scene.site):
            kind = "claim"
            reasons.append(Reason(code="sense-platform-claim"))
        elif told is None and (all(h.common for h in hits) or sense.is_unit(key, hits)):
            meant = sense.of(mark, key, hits, readings, scene.listing, scene.goods, company)
            if meant.kind == "ordinary":
                return self._ordinary(mark, key, read, scene, meant.reason)
            kind = meant.kind
            reasons.append(meant.reason)
        standings = self._rights.standings(mark, scene.goods, scene.site)
        if reason := _void(mark, standings, hits):
            return drop(mark, hits[0], reason)
        uses = frozenset(r.use for r in readings)
        sale = authority.Sale(scene.listing, scene.goods, scene.site, self._terms.day, uses)
        allowed = authority.of(mark, sale, standings, seller=self._terms.seller, trust=self._terms.trust_claims)
        if allowed.covered and allowed.reason:
            return drop(mark, hits[0], allowed.reason)
        more = (allowed.reason,) if allowed.reason else ()
        if standings:
            reasons += [w for w in standings[0].weak if w.code in strength.LOWERING or not reasons]
        answers = rights.answers(mark, standings, scene.site, scene.goods, more)
        return conclude.finding(mark, key, read, scene, kind, reasons, standings, answers, more)


def _branded(listing: Listing, hits: Sequence[Hit]) -> frozenset[str]:
    """The folded names that the brand field consists of: "nike | 耐克" is one name in two spellings; else what it says."""
    text = listing.first("brand")
    plain = (h for h in hits if h.place.field == "brand" and h.kind == "exact" and not sense.is_disguised(h))
    here = [h for h in plain if _text(listing, h) == text]
    left = list(text)
    for hit in here:
        left[hit.place.start : hit.place.end] = " " * (hit.place.end - hit.place.start)
    if here and not any(c.isalnum() for c in left):
        return frozenset(h.key for h in here)
    return frozenset((folded_key(text),)) - {""}


def _text(listing: Listing, hit: Hit) -> str:
    """The text that a hit stands in; of a picture what is around it."""
    if hit.place.field == "image":
        return f"{hit.before} {hit.seen} {hit.after}"
    return listing.texts[hit.place.text].value


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
    seen = {w for h in hits for w in words(h.seen)}
    if best.registration.disclaimed and strength.given_up(tuple(sorted(seen)), best.registration):
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
