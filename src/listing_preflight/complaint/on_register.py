"""What lists and registers say of the right that a notice names."""

from collections.abc import Mapping, Sequence
from typing import Any

from listing_preflight.complaint.matter import REGISTERED, Check, Matter, unknown
from listing_preflight.complaint.owners import same_owner
from listing_preflight.complaint.records import names_of
from listing_preflight.judging import cover, force, territory
from listing_preflight.judging.goods import MODEL_SURE, of_listing
from listing_preflight.model.mark import Registration
from listing_preflight.model.tri import Tri
from listing_preflight.text.fold import folded_key


def number_found(matter: Matter) -> Check:
    """Whether lists hold the numbers; a list that does not is no contradiction unless it holds the number's whole office."""
    ground, numbers = "number_found", matter.head["numbers"]
    if not numbers:
        return unknown(ground, "the notice gives no number of a right")
    facts = (*matter.of("number"), *(matter.record(f) for f in matter.focus if matter.by_number))
    found = sorted({one for n in numbers for one in matter.numbered.get(n["value"], ())})
    absent = [n["as_written"] for n in numbers if _is_absent(n, matter)]
    open_ = [n["as_written"] for n in matter.unfound if n["as_written"] not in absent]
    told = [f"found: {', '.join(found)}"] if found else []
    told += [f"{', '.join(absent)}: not in the lists, which hold these offices completely"] if absent else []
    why = "not in the lists at hand, which do not cover the office; this says nothing of the right"
    told += [f"{', '.join(open_)}: {why}"] if open_ else []
    result = "contradicts" if absent else "unknown" if open_ else "supports"
    return Check(ground, result, facts, f"{'; '.join(told)} ({matter.dates})")


def _is_absent(number: Mapping[str, Any], matter: Matter) -> bool:
    """Whether a number of a mark is in no list although its office, or each that could have issued it, is held completely."""
    if number in matter.unfound and str(number["type"]).startswith("trademark"):
        offices = {number["office"]} if number["office"] else set(number["candidates"])
        return bool(offices) and offices <= matter.whole
    return False


def _against(matter: Matter, ground: str, facts: Sequence[str], message: str) -> Check:
    """A contradiction, unless nobody knows of which office the number is: then another office's right may be meant."""
    if matter.sure:
        return Check(ground, "contradicts", tuple(facts), message)
    return unknown(
        ground, f"{message}; the notice does not say the number's office, so another right may be meant", facts
    )


def _no_right(matter: Matter, ground: str) -> Check | None:
    if not set(matter.head["kinds"]) & REGISTERED:
        return unknown(ground, "copyright needs no register; there is nothing to look up")
    if not matter.focus:
        return unknown(ground, f"no entry of the right that the notice names is in the lists ({matter.dates})")
    return None


_SAID = {"registered": "in force", "contested": "contested, in force", "weak": "weak, in force"}
"""How a right that is in force is called where a day follows: "registered on" would be the day of its registration."""


def in_force(matter: Matter) -> Check:
    """Whether the right is in force on the day of the notice."""
    ground = "in_force"
    if nothing := _no_right(matter, ground):
        return nothing
    said = [(f, r, force.of(r, matter.day)) for f in matter.focus for r in f.rows]
    facts = [matter.record(f) for f in matter.focus]
    kinds = {s.kind for _, _, s in said}
    told = ", ".join(
        sorted(
            {
                f"{r.office or 'everywhere'} {r.number or ''}: {_SAID.get(s.kind, s.kind)}".replace("  ", " ")
                for _, r, s in said
            }
        )
    )
    message = f"{told} on {matter.day} ({matter.dates})"
    if kinds & {"registered", "contested", "weak"}:
        weak = "; on the supplemental register" if any(r.supplemental for _, r, _ in said) else ""
        return Check(ground, "supports", tuple(facts), message + weak)
    if kinds and kinds <= {"pending", "dead", "generic"}:
        return _against(matter, ground, facts, message)
    return unknown(ground, message, facts)


def owner_matches(matter: Matter) -> Check:
    """Whether the entry names the complainant as its owner."""
    ground = "owner_matches"
    if nothing := _no_right(matter, ground):
        return nothing
    name = matter.head["complainant"]
    owners = sorted({f.mark.owner for f in matter.focus if f.mark.owner})
    facts = (*matter.of("complainant"), *(matter.record(f) for f in matter.focus))
    if not name or not owners:
        return unknown(ground, "the notice names no complainant" if not name else "the entry names no owner", facts)
    answer = [same_owner(name, owner) for owner in owners]
    message = f"notice: {name}; list: {', '.join(owners)} ({matter.dates})"
    if Tri.YES in answer:
        return Check(ground, "supports", facts, message)
    if matter.by_number and Tri.UNKNOWN not in answer:
        return _against(matter, ground, facts, message)
    return unknown(ground, f"{message}; they may belong together", facts)


def mark_matches(matter: Matter) -> Check:
    """Whether the entry is of the mark that the notice names."""
    ground = "mark_matches"
    if not matter.head["marks"]:
        return unknown(ground, "the notice names no mark")
    if nothing := _no_right(matter, ground):
        return nothing
    asked = {folded_key(m) for m in matter.head["marks"]}
    facts = (*matter.of("marks"), *(matter.record(f) for f in matter.focus))
    message = (
        f"notice: {', '.join(matter.head['marks'])}; list: {', '.join(sorted({f.mark.name for f in matter.focus}))}"
    )
    if any(asked & names_of(f.mark) for f in matter.focus):
        return Check(ground, "supports", facts, message)
    return _against(matter, ground, facts, message)


def class_covers(matter: Matter) -> Check:
    """Whether classes and goods of the right cover the cited goods; another class lowers a claim, it does not clear it."""
    ground = "class_covers"
    if nothing := _no_right(matter, ground):
        return nothing
    if not matter.offers:
        return unknown(ground, "no cited listing is in the catalogue")
    rows = [r for f in matter.focus for r in f.rows]
    answers = [_covered(rows, of_listing(o.listing)) for o in matter.offers]
    facts = (*(matter.record(f) for f in matter.focus), *matter.cite("category"))
    classes = sorted({c for r in rows for c in r.classes or ()})
    message = f"classes {', '.join(map(str, classes)) or 'not said'}; goods: {_goods(matter)}"
    if Tri.YES in answers:
        return Check(ground, "supports", facts, message)
    if answers and all(a is Tri.NO for a in answers):
        if any(f.mark.famous for f in matter.focus):
            return unknown(ground, f"{message}; the list calls the mark famous", facts)
        return _against(matter, ground, facts, message)
    return unknown(ground, message, facts)


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
    message = f"right at {offices}; shop {sites} ({matter.dates})"
    if any(b.binds is Tri.YES for b in bonds):
        return Check(ground, "supports", facts, message)
    whole = matter.whole
    needed = frozenset().union(*(s.offices for s in matter.sites()))
    if bonds and needed and all(b.binds is Tri.NO for b in bonds) and needed <= territory.spread(whole):
        return Check(ground, "contradicts", facts, f"{message}; the lists hold {', '.join(sorted(whole))} completely")
    return Check(
        ground, "unknown", facts, f"{message}; the lists do not say that they hold the shop's offices completely"
    )


def registered_before_listing(matter: Matter) -> Check:
    """Whether the right was asked for before the cited listings went on sale."""
    ground = "registered_before_listing"
    if nothing := _no_right(matter, ground):
        return nothing
    days = [d for f in matter.focus for r in f.rows if (d := r.filed)]
    listed = [(o, d) for o in matter.offers if (d := o.first_listed)]
    facts = (*(matter.record(f) for f in matter.focus), *matter.cite("first_listed"))
    if not days or not listed:
        why = "no day of filing is known" if not days else "no cited listing with its first day is in the catalogue"
        return unknown(ground, why, facts)
    first = min(days)
    earlier = [o.listing.id for o, d in listed if d < first]
    message = f"filed {first}; listed {', '.join(sorted({str(d) for _, d in listed}))}"
    if not earlier:
        return Check(ground, "supports", facts, message)
    message += f"; listed before: {', '.join(earlier)}"
    return (
        _against(matter, ground, facts, message)
        if len(earlier) == len(matter.offers)
        else unknown(ground, message, facts)
    )
