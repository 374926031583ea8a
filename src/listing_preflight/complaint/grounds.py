"""One check per ground: what the facts say of a complaint: supports, contradicts, or unknown; never a verdict."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from listing_preflight.complaint.case import Facts
from listing_preflight.complaint.catalogue import Offer
from listing_preflight.complaint.elements import Seen
from listing_preflight.complaint.owners import same_owner
from listing_preflight.complaint.records import Found, Head, names_of
from listing_preflight.complaint.sales import of_mark, of_work
from listing_preflight.judging import authority, cover, force, territory
from listing_preflight.judging.authority import Authority
from listing_preflight.judging.goods import MODEL_SURE, of_listing
from listing_preflight.judging.seller import Seller
from listing_preflight.model.mark import Mark, Registration, Work
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import Marketplace, marketplace
from listing_preflight.text.fold import folded_key

GROUNDS = (
    "number_found", "in_force", "owner_matches", "mark_matches", "class_covers", "territory_covers", "in_listing", "authorised",
    "registered_before_listing", "notice_complete",
)  # fmt: skip
REGISTERED = frozenset({"trademark", "counterfeit", "design", "patent", "parallel import", "policy"})
"""Kinds that rest on a right of a register; copyright needs none."""


class Check(NamedTuple):
    """One ground: its result, the facts that it rests on, and a sentence that says them."""

    ground: str
    result: str
    facts: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """All that the checks look at; `focus` are the entries of the right that the notice names."""

    head: Mapping[str, Any]
    facts: Facts
    focus: tuple[Found, ...]
    by_number: bool
    heads: tuple[Head, ...]
    cited: Mapping[str, tuple[Offer, ...]]
    seen: Mapping[str, Seen]
    marks: tuple[Mark, ...]
    works: tuple[Work, ...]
    seller: Seller | None
    day: datetime.date
    images: bool
    notes: list[str] = field(default_factory=list)

    @property
    def offers(self) -> list[Offer]:
        """The cited offers that the catalogue holds, each once."""
        found = {o.listing.id + str(o.listing.origin.row): o for some in self.cited.values() for o in some}
        return list(found.values())

    def sites(self) -> list[Marketplace]:
        """The marketplaces of the cited offers, or that of the notice."""
        names = [o.listing.marketplace or self.head["marketplace"] for o in self.offers] or [self.head["marketplace"]]
        return [marketplace(n) for n in dict.fromkeys(names)]

    def record(self, found: Found) -> str:
        """The fact of an entry that was looked up."""
        rows = [f"{r.office or 'everywhere'} {r.number or ''}: {r.status}".strip() for r in found.rows]
        value = {"name": found.mark.name, "owner": found.mark.owner, "registrations": rows}
        source = {"list": found.head.name, "record": found.mark.id, "digest": found.head.digest}
        return self.facts.add("record", value, source, prefix="A")

    def of(self, *names: str) -> tuple[str, ...]:
        """Ids of the notice's own facts of some fields."""
        return tuple(str(row["id"]) for name in names for row in self.facts.of(name))


def checks(matter: Matter) -> list[Check]:
    """All checks, in the order of GROUNDS."""
    if matter.head["family"] == "not a notice":
        why = "the text is no notice of the platform, an owner or a court: nothing in it is tested"
        return [Check(ground, "unknown", (), why) for ground in GROUNDS]
    return [_TESTS[ground](matter) for ground in GROUNDS]


def _dates(matter: Matter) -> str:
    return "; ".join(f"{h.name} of {h.date or 'no stated day'}" for h in matter.heads) or "no list"


def _unknown(ground: str, why: str, facts: Sequence[str] = ()) -> Check:
    return Check(ground, "unknown", tuple(facts), why)


def number_found(matter: Matter) -> Check:
    """Whether a list holds the number; a list that does not is no contradiction unless it holds its whole office."""
    ground = "number_found"
    numbers = matter.head["numbers"]
    if not numbers:
        return _unknown(ground, "the notice gives no number of a right")
    if matter.by_number:
        facts = [matter.record(f) for f in matter.focus]
        where = ", ".join(sorted({f"{r.office or '?'} {r.number}" for f in matter.focus for r in f.rows}))
        return Check(ground, "supports", (*matter.of("number"), *facts), f"found: {where} ({_dates(matter)})")
    offices = {n["office"] for n in numbers}
    whole = frozenset().union(*(h.offices for h in matter.heads)) if matter.heads else frozenset()
    shown = ", ".join(n["as_written"] for n in numbers)
    if None not in offices and offices <= whole:
        return Check(
            ground,
            "contradicts",
            matter.of("number"),
            f"{shown}: not in the lists, which hold these offices completely ({_dates(matter)})",
        )
    return _unknown(
        ground,
        f"{shown}: not in the lists at hand, which do not cover the office; this says nothing of the right ({_dates(matter)})",
        matter.of("number"),
    )


def _no_right(matter: Matter, ground: str) -> Check | None:
    if not set(matter.head["kinds"]) & REGISTERED:
        return _unknown(ground, "copyright needs no register; there is nothing to look up")
    if not matter.focus:
        return _unknown(ground, f"no entry of the right that the notice names is in the lists ({_dates(matter)})")
    return None


def in_force(matter: Matter) -> Check:
    """Whether the right is in force on the day of the notice."""
    ground = "in_force"
    if nothing := _no_right(matter, ground):
        return nothing
    said = [(f, r, force.of(r, matter.day)) for f in matter.focus for r in f.rows]
    facts = [matter.record(f) for f in matter.focus]
    kinds = {s.kind for _, _, s in said}
    told = ", ".join(
        sorted({f"{r.office or 'everywhere'} {r.number or ''}: {s.kind}".replace("  ", " ") for _, r, s in said})
    )
    message = f"{told} on {matter.day} ({_dates(matter)})"
    if kinds & {"registered", "contested", "weak"}:
        weak = "; on the supplemental register" if any(r.supplemental for _, r, _ in said) else ""
        return Check(ground, "supports", tuple(facts), message + weak)
    if kinds and kinds <= {"pending", "dead", "generic"}:
        return Check(ground, "contradicts", tuple(facts), message)
    return Check(ground, "unknown", tuple(facts), message)


def owner_matches(matter: Matter) -> Check:
    """Whether the entry names the complainant as its owner."""
    ground = "owner_matches"
    if nothing := _no_right(matter, ground):
        return nothing
    name = matter.head["complainant"]
    owners = sorted({f.mark.owner for f in matter.focus if f.mark.owner})
    facts = (*matter.of("complainant"), *(matter.record(f) for f in matter.focus))
    if not name or not owners:
        return _unknown(ground, "the notice names no complainant" if not name else "the entry names no owner", facts)
    answer = [same_owner(name, owner) for owner in owners]
    message = f"notice: {name}; list: {', '.join(owners)} ({_dates(matter)})"
    if Tri.YES in answer:
        return Check(ground, "supports", facts, message)
    if matter.by_number and Tri.UNKNOWN not in answer:
        return Check(ground, "contradicts", facts, message)
    return Check(ground, "unknown", facts, f"{message}; they may belong together")


def mark_matches(matter: Matter) -> Check:
    """Whether the entry is of the mark that the notice names."""
    ground = "mark_matches"
    if not matter.head["marks"]:
        return _unknown(ground, "the notice names no mark")
    if nothing := _no_right(matter, ground):
        return nothing
    asked = {folded_key(m) for m in matter.head["marks"]}
    facts = (*matter.of("marks"), *(matter.record(f) for f in matter.focus))
    message = (
        f"notice: {', '.join(matter.head['marks'])}; list: {', '.join(sorted({f.mark.name for f in matter.focus}))}"
    )
    if any(asked & names_of(f.mark) for f in matter.focus):
        return Check(ground, "supports", facts, message)
    return Check(ground, "contradicts", facts, message)


def class_covers(matter: Matter) -> Check:
    """Whether classes and goods of the right cover the cited goods; another class lowers a claim, it does not clear it."""
    ground = "class_covers"
    if nothing := _no_right(matter, ground):
        return nothing
    if not matter.offers:
        return _unknown(ground, "no cited listing is in the catalogue")
    rows = [r for f in matter.focus for r in f.rows]
    answers = [_covered(rows, of_listing(o.listing)) for o in matter.offers]
    facts = (*(matter.record(f) for f in matter.focus), *_offers(matter, "category"))
    classes = sorted({c for r in rows for c in r.classes or ()})
    message = f"classes {', '.join(map(str, classes)) or 'not said'}; goods: {_goods(matter)}"
    if Tri.YES in answers:
        return Check(ground, "supports", facts, message)
    if answers and all(a is Tri.NO for a in answers):
        famous = any(f.mark.famous for f in matter.focus)
        return Check(
            ground,
            "unknown" if famous else "contradicts",
            facts,
            message + ("; the list calls the mark famous" if famous else ""),
        )
    return Check(ground, "unknown", facts, message)


def _covered(rows: Sequence[Registration], goods: Any) -> Tri:
    found = [cover.of(r, goods) for r in rows]
    if any(c.covers is Tri.YES or c.reason.code == "goods-text-related" for c in found):
        return Tri.YES
    top = goods.classes[0] if goods.classes and not goods.likely else (0, 0.0)
    if top[1] >= MODEL_SURE and any(top[0] in (r.classes or ()) for r in rows):
        return Tri.YES  # the learnt model is sure of the class, and only says yes here
    return Tri.NO if found and all(c.covers is Tri.NO for c in found) else Tri.UNKNOWN


def _goods(matter: Matter) -> str:
    return "; ".join(dict.fromkeys(o.listing.category or o.listing.first("title")[:40] for o in matter.offers))


def _offers(matter: Matter, name: str) -> list[str]:
    return [
        matter.facts.add(
            f"listing:{name}",
            getattr(o.listing, name, None) or o.told.get(name) or o.listing.id,
            {**o.where, "field": name},
            prefix="A",
        )
        for o in matter.offers
    ]


def territory_covers(matter: Matter) -> Check:
    """Whether the right reaches the shop; only lists that hold the shop's offices can say that it does not."""
    ground = "territory_covers"
    if nothing := _no_right(matter, ground):
        return nothing
    bonds = [
        territory.of(r, site, f.mark.registrations)
        for site in matter.sites()
        for f in matter.focus
        for r in f.mark.registrations
    ]
    facts = tuple(matter.record(f) for f in matter.focus)
    sites = ", ".join(s.name or "site not said" for s in matter.sites())
    offices = ", ".join(sorted({r.office or "everywhere" for f in matter.focus for r in f.mark.registrations}))
    message = f"right at {offices}; shop {sites} ({_dates(matter)})"
    if any(b.binds is Tri.YES for b in bonds):
        return Check(ground, "supports", facts, message)
    whole = frozenset().union(*(f.head.offices for f in matter.focus)) | frozenset().union(
        *(h.offices for h in matter.heads)
    )
    needed = frozenset().union(*(s.offices for s in matter.sites()))
    if bonds and needed and all(b.binds is Tri.NO for b in bonds) and needed <= territory.spread(whole):
        return Check(ground, "contradicts", facts, f"{message}; the lists hold {', '.join(sorted(whole))} completely")
    return Check(
        ground, "unknown", facts, f"{message}; the lists do not say that they hold the shop's offices completely"
    )


def in_listing(matter: Matter) -> Check:
    """Whether a cited listing carries the element in text or picture."""
    ground = "in_listing"
    if not matter.head["listing_ids"]:
        return _unknown(ground, "the notice names no listing")
    if not matter.offers:
        return _unknown(ground, "no listing that the notice names is in the catalogue", matter.of("listing_ids"))
    if not matter.marks and not matter.works:
        return _unknown(ground, "the notice names no word or picture that can be looked for")
    places = [(o, p) for o in matter.offers for p in matter.seen[_key(o)].places]
    facts = [
        matter.facts.add(
            f"element:{p.element}", {"listing": o.listing.id, "field": p.field, "text": p.text},
            {**o.where, "field": p.field, "span": p.span}, prefix="A",
        )
        for o, p in places
    ]  # fmt: skip
    if places:
        shown = "; ".join(dict.fromkeys(f"{o.listing.id} {p.field}: {p.text}" for o, p in places))
        return Check(ground, "supports", tuple(facts), shown)
    gaps = [g.detail for o in matter.offers for g in matter.seen[_key(o)].gaps]
    pictures = any(o.listing.pictures for o in matter.offers)
    absent = [one for one, found in matter.cited.items() if not found]
    if gaps or absent or (pictures and not matter.images):
        why = "; ".join([*gaps, *(f"{a}: not in the catalogue" for a in absent)]) or "pictures were not looked at"
        return _unknown(ground, f"not seen, and not everything was looked at: {why}")
    if "copyright" in matter.head["kinds"] and not matter.works and not matter.marks:
        return _unknown(ground, "no picture of the work is at hand")
    cited = _offers(matter, "title")
    return Check(
        ground, "contradicts", tuple(cited), "none of the cited listings carries the element in any field of the export"
    )


def _key(offer: Offer) -> str:
    return f"{offer.listing.origin.file}#{offer.listing.origin.row}#{offer.listing.id}"


def authorised(matter: Matter) -> Check:
    """Whether a document on file covers the cited sales: then it contradicts the complaint."""
    ground = "authorised"
    if matter.seller is None:
        return _unknown(ground, "no seller file was given")
    said = list(_authorities(matter))
    facts = [
        matter.facts.add("authority", dict(a.reason.params) if a.reason else "nothing on file", {"seller": "authorisations", "path": name}, prefix="A")
        for name, _, a in said
    ]  # fmt: skip
    covered = [(name, o) for name, o, a in said if a.covered]
    if covered and len({_key(o) for _, o in covered}) == len({_key(o) for _, o, _ in said}):
        return Check(
            ground,
            "contradicts",
            tuple(facts),
            "on file for " + "; ".join(dict.fromkeys(f"{o.listing.id} ({name})" for name, o in covered)),
        )
    if covered:
        some = ", ".join(dict.fromkeys(o.listing.id for _, o in covered))
        return Check(ground, "unknown", tuple(facts), f"a document covers only {some}")
    if not matter.offers and any(authority.names(a, m) for a in matter.seller.authorisations for m in matter.marks):
        return _unknown(ground, "documents name the mark; the notice names no listing to hold them against")
    limits = "; ".join(dict.fromkeys(f"{name}: {_limit(a)}" for name, _, a in said if a.reason))
    return Check(ground, "supports", tuple(facts), limits or "no document for it is on file")


def _limit(said: Authority) -> str:
    assert said.reason is not None
    limit = said.reason.params.get("limit")
    return (
        f"the {said.reason.params.get('kind', 'document')} does not cover the sale ({limit})"
        if limit
        else said.reason.code
    )


def _authorities(matter: Matter) -> Iterator[tuple[str, Offer, Authority]]:
    for offer in matter.offers:
        uses = frozenset(p.use for p in matter.seen[_key(offer)].places)
        for mark in [f.mark for f in matter.focus] or list(matter.marks):
            yield mark.name, offer, of_mark(mark, offer, matter.head["marketplace"], matter.seller, matter.day, uses)
        shown = {p.element for p in matter.seen[_key(offer)].places}
        for work in matter.works:
            if (work.title or work.id) in shown:
                yield (
                    work.title or work.id,
                    offer,
                    of_work(work, offer, matter.head["marketplace"], matter.seller, matter.day),
                )


def registered_before_listing(matter: Matter) -> Check:
    """Whether the right was asked for before the cited listings went on sale."""
    ground = "registered_before_listing"
    if nothing := _no_right(matter, ground):
        return nothing
    days = [d for f in matter.focus for r in f.rows if (d := r.filed)]
    listed = [(o, d) for o in matter.offers if (d := o.first_listed)]
    facts = (*(matter.record(f) for f in matter.focus), *_offers(matter, "first_listed"))
    if not days or not listed:
        return _unknown(
            ground,
            "no day of filing is known" if not days else "no cited listing with its first day is in the catalogue",
            facts,
        )
    first = min(days)
    earlier = [o.listing.id for o, d in listed if d < first]
    message = f"filed {first}; listed {', '.join(sorted({str(d) for _, d in listed}))}"
    return Check(
        ground,
        "supports" if not earlier else "contradicts" if len(earlier) == len(matter.offers) else "unknown",
        facts,
        message + (f"; listed before: {', '.join(earlier)}" if earlier else ""),
    )


def notice_complete(matter: Matter) -> Check:
    """Whether the complaint names who complains, which right and which listing."""
    ground, head = "notice_complete", matter.head
    if head["family"] not in ("owner complaint", "seller letter"):
        return _unknown(ground, "no complaint of an owner to judge")
    right = head["marks"] or head["numbers"] or matter.facts.of("work") or matter.facts.of("own_page")
    lacking = [
        *([] if head["complainant"] or head["contact"] else ["complainant and contact"]), *([] if right else ["the right: mark, number or work"]),
        *([] if head["listing_ids"] else ["the listing"]),
    ]  # fmt: skip
    held = matter.of("complainant", "contact", "marks", "number", "listing_ids")
    if lacking:
        return Check(ground, "contradicts", held, f"missing: {', '.join(lacking)}")
    return Check(ground, "supports", held, "who complains, the right and the listing are named")


_TESTS = {
    "number_found": number_found, "in_force": in_force, "owner_matches": owner_matches, "mark_matches": mark_matches,
    "class_covers": class_covers, "territory_covers": territory_covers, "in_listing": in_listing, "authorised": authorised,
    "registered_before_listing": registered_before_listing, "notice_complete": notice_complete,
}  # fmt: skip
