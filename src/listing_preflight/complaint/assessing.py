"""Assess a case against lists, the catalogue and the seller file; what was used is kept in the case."""

import dataclasses
import datetime
import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight import documents
from listing_preflight.complaint.archive import archive
from listing_preflight.complaint.case import DERIVED, Case, days_of
from listing_preflight.complaint.catalogue import Catalogue, read_catalogue
from listing_preflight.complaint.completeness import completeness
from listing_preflight.complaint.elements import asserted, look
from listing_preflight.complaint.grounds import checks
from listing_preflight.complaint.matter import Check, Matter, is_bundled, key
from listing_preflight.complaint.owners import same_owner
from listing_preflight.complaint.records import Found, Head, Lists, entry, holders, placed, work_entry
from listing_preflight.errors import ListError
from listing_preflight.judging.seller import read_seller
from listing_preflight.model.mark import Mark, WatchList, Work
from listing_preflight.model.tri import Tri
from listing_preflight.text.fold import folded_key


class Assessed(NamedTuple):
    """The checks, and what could not be checked."""

    checks: tuple[Check, ...]
    gaps: tuple[str, ...]
    route: str
    is_open: bool
    """Whether a check of a notice came out unknown; a text that is none is tested for nothing."""


def assess(
    folder: Path, lists: Sequence[Path], catalog: Path, *, seller: Path | None, day: datetime.date | None, today: datetime.date,
    images: bool, sales: Path | None = None,
) -> Assessed:  # fmt: skip
    """Write assess.json, records.jsonl and the facts that the checks rest on."""
    case = Case(folder)
    head, facts = case.head(), case.facts().without("A", "S")
    known, held, who = Lists(lists), read_catalogue(catalog), read_seller(seller) if seller else None
    on = day or days_of(head["received"]) or today
    cited = held.cited(head["listing_ids"], head.get("x_stock_numbers") or {})
    focus, by_number, numbered = _focus(head, known)
    marks, rights, works = _elements(head, known, focus, cited, on, images=images)
    offers = list({id(o): o for some in cited.values() for o in some}.values())
    seen = look([o.listing for o in offers], marks, [w for w, _ in works], on, images=images)
    matter = Matter(
        head=head, facts=facts, focus=focus, by_number=by_number, numbered=numbered, heads=known.heads, cited=cited,
        seen={key(o): s for o, s in zip(offers, seen, strict=True)}, marks=marks, rights=rights,
        works=tuple(w for w, _ in works), seller=who, day=on, images=images, texts=case.texts(head),
    )  # fmt: skip
    made = tuple(checks(matter))
    gaps = _gaps(matter, held)
    _write(case, matter, made, gaps, works, seller, sales)
    is_open = head["family"] != "not a notice" and any(c.result == "unknown" for c in made)
    return Assessed(made, gaps, route(head, made, matter), is_open)


def _focus(head: Mapping[str, Any], known: Lists) -> tuple[tuple[Found, ...], bool, dict[str, tuple[str, ...]]]:
    """The entries of the right: those of its numbers; without any the only entry of its name. And where each number was found."""
    numbered: dict[str, tuple[str, ...]] = {}
    focus: list[Found] = []
    for n in head["numbers"]:
        found = known.by_number(n["value"], n["office"]) if str(n["type"]).startswith("trademark") else []
        focus += found
        works = known.works_by_number(n["value"], n["office"])
        numbered[n["value"]] = tuple(
            f"{r.office or '?'} {r.number}" for r in (*(r for f in found for r in f.rows), *works)
        )
    if focus:
        return tuple(focus), True, numbered
    named = {id(f.mark): f for m in head["marks"] for f in known.by_name(m)}
    return (tuple(named.values()) if len(named) == 1 and not head["numbers"] else ()), False, numbered


def _elements(
    head: Mapping[str, Any],
    known: Lists,
    focus: tuple[Found, ...],
    cited: Mapping[str, Any],
    day: datetime.date,
    *,
    images: bool,
) -> tuple[tuple[Mark, ...], tuple[Found, ...], list[tuple[Work, WatchList]]]:
    """What to look for: the named marks, else those of the numbers, else marks of the lists that stand in a cited listing.

    Beside them the entries that hold these names with their rights, on which it depends whether a sale is covered.
    """
    if head["family"] == "not a notice":
        return (), (), []
    marks: dict[str, Mark] = {}
    for name in head["marks"]:
        found = [f.mark for f in known.by_name(name)]
        marks.setdefault(
            folded_key(name), found[0] if found else Mark(id=f"notice-{len(marks) + 1}", list="complaint", name=name)
        )
    if not marks and set(head["kinds"]) - {"copyright", "design", "patent"}:
        marks = {folded_key(f.mark.name): f.mark for f in focus}
    if not marks and head["family"] == "platform finding":
        marks = _in_cited(known, cited, day, images=images)
    works = [(placed(work, Path(one.folder)), one) for work, one in known.works() if _is_meant(work, head)]
    rights = _rights(head, known, focus, marks.values())
    return tuple(asserted(m) for m in marks.values()), rights, works


def _rights(head: Mapping[str, Any], known: Lists, focus: Sequence[Found], marks: Iterable[Mark]) -> tuple[Found, ...]:
    """The entries that hold a looked-for name: of the numbers where they hold it, else of the complainant, else all of them."""
    out: dict[tuple[str, str], Found] = {}
    for mark in marks:
        held = known.by_name(mark.name)
        numbered = [f for f in focus if holders(mark.name, [f.mark])]
        owned = [
            f for f in held if head["complainant"] and same_owner(head["complainant"], f.mark.owner or "") is Tri.YES
        ]
        for f in numbered or owned or held:
            out.setdefault((f.head.name, f.mark.id), f)
    return tuple(out.values())


def _in_cited(known: Lists, cited: Mapping[str, Any], day: datetime.date, *, images: bool) -> dict[str, Mark]:
    """Marks of the lists that stand in a cited listing: the term of a finding that does not name it."""
    listings = [o.listing for offers in cited.values() for o in offers]
    marks = [m for one in known.lists for m in one.marks]
    seen = look(listings, marks, (), day, images=images)
    names = {p.element for s in seen for p in s.places}
    return {folded_key(m.name): m for m in marks if m.name in names}


def _is_meant(work: Work, head: Mapping[str, Any]) -> bool:
    """Whether a known picture or design is what the notice speaks of: its number, or its owner under a notice of its kind."""
    wanted = {"image": "copyright", "design": "design"}[work.kind]
    if wanted not in head["kinds"]:
        return False
    numbers = {n["value"].lstrip("0") for n in head["numbers"]}
    if any((r.number or "").replace("-", "").lstrip("0") in numbers for r in work.registrations if r.number):
        return True
    return bool(head["complainant"] and work.owner and same_owner(head["complainant"], work.owner) is Tri.YES)


def _gaps(matter: Matter, held: Catalogue) -> tuple[str, ...]:
    """What was asked and could not be looked at: each makes the answer incomplete."""
    head = matter.head
    out = [f"catalogue: {g.detail} ({g.origin.file if g.origin else ''})" for g in held.gaps]
    if head["family"] == "not a notice":
        return tuple(out)
    out += [f"{one}: not in the catalogue" for one, offers in matter.cited.items() if not offers]
    out += [f"{o.listing.id}: {g.detail}" for o in matter.offers for g in matter.seen[key(o)].gaps]
    out += [f"{n['as_written']}: in no list" for n in matter.unfound]
    if matter.by_number and not matter.sure:
        out.append("the notice does not say the office of each number: what the lists hold may be another right")
    held_names = [folded_key(m.name) for m in matter.marks if holders(m.name, [f.mark for f in matter.rights])]
    out += [f"{m.name}: in no list" for m in matter.marks if folded_key(m.name) not in held_names and not matter.focus]
    if set(head["kinds"]) & {"copyright", "design"} and not matter.works:
        out.append("no picture of the work or design is in the lists: whether listings show it was not looked at")
    return tuple(out)


def _write(
    case: Case, matter: Matter, made: Sequence[Check], gaps: Sequence[str], works: Sequence[tuple[Work, WatchList]],
    seller: Path | None, sales: Path | None,
) -> None:  # fmt: skip
    _told(case, matter, made, seller)
    case.drop(*DERIVED)
    case.write("assess.json", {
        "date": matter.day.isoformat(), "checks": [{**c._asdict(), "facts": list(dict.fromkeys(c.facts))} for c in made], "gaps": list(gaps),
        "completeness": [e._asdict() for e in completeness(matter)],
        "next_route": route(matter.head, made, matter), "elements": [m.name for m in matter.marks] + [w.title or w.id for w, _ in works],
        "cited": {one: [o.listing.id for o in offers] for one, offers in matter.cited.items()},
        "seller": _beside(case.folder, seller), "sales": _beside(case.folder, sales),
    })  # fmt: skip
    case.write_rows("records.jsonl", [*_records(matter), *(_kept(case, w, one) for w, one in works)])
    archive(case, matter.offers)
    case.keep(matter.facts)
    lists = [{"name": h.name, "digest": h.digest, "date": h.date} for h in matter.heads]
    case.write("case.json", {**matter.head, "state": "assessed", "lists": lists})
    case.log("assess", {"date": matter.day.isoformat(), "lists": [h.digest for h in matter.heads]}, matter.day)


def _kept(case: Case, work: Work, one: WatchList) -> dict[str, Any]:
    """A work of the snapshot; its pictures are copied into the case, named by their bytes."""
    images = []
    for name in work.images:
        if ":" in name:
            images.append(name)
        elif (path := Path(name)).is_file():
            data = path.read_bytes()
            images.append(f"records/{hashlib.sha256(data).hexdigest()[:16]}{path.suffix.lower()}")
            case.put(images[-1], data)
    entry = work_entry(dataclasses.replace(work, images=tuple(images)))
    return _snapshot(
        "work", entry, Head(one.name, one.digest, one.date or one.version, one.offices), work.rights, element=True
    )


def _snapshot(of: str, told: Mapping[str, Any], head: Head, rights: str, *, element: bool) -> dict[str, Any]:
    return {
        "of": of, "element": element, "list": head.name, "digest": head.digest, "date": head.date, "rights": rights,
        "entry": dict(told),
    }  # fmt: skip


def _told(case: Case, matter: Matter, made: Sequence[Check], seller: Path | None) -> None:
    """Facts that answers rest on: each contradiction with what it rests on, the lists, and who the seller is."""
    for check in made:
        if check.result == "contradicts":
            source = {"check": check.ground, "facts": list(dict.fromkeys(check.facts))}
            matter.facts.add(f"ground:{check.ground}", check.message, source, prefix="A")
    used = {f.head.name for f in (*matter.focus, *matter.rights)}
    for h in matter.heads:
        if is_bundled(h) and h.name not in used:
            continue  # dozens of lists that say nothing of the right
        said = f"{h.name} ({h.date or 'no stated day'}, {h.digest[:19]})"
        matter.facts.add("list", said, {"list": h.name, "record": None, "digest": h.digest}, prefix="A")
    for name, value in seller_told(seller).items():
        matter.facts.add(
            f"seller:{name}", value, {"seller": _beside(case.folder, seller), "path": f"seller.{name}"}, prefix="A"
        )


def seller_told(seller: Path | None) -> dict[str, str]:
    """Name, address and the like of the seller file's head; only the name is needed for anything but answers."""
    if seller is None:
        return {}
    data = documents.read(seller)
    head = data.get("seller") if isinstance(data, Mapping) else None
    if not isinstance(head := head or {}, Mapping):
        raise ListError("seller: must be a mapping with a name", where=str(seller))
    return {k: str(v) for k, v in head.items() if k != documents.LINE and v not in (None, "")}


def _records(matter: Matter) -> list[dict[str, Any]]:
    """The entries that were used: those of the right, those that hold the names, and the words that are looked for."""
    used = {(f.head.name, f.mark.id): f for f in (*matter.focus, *matter.rights)}
    rows = [_snapshot("mark", entry(f.mark), f.head, f.mark.rights, element=False) for f in used.values()]
    asserted = Head("complaint", "", None, frozenset())
    return rows + [_snapshot("mark", entry(m), asserted, m.rights, element=True) for m in matter.marks]


def _beside(folder: Path, file: Path | None) -> str | None:
    """A file's way from the case folder, so that the two can be moved together."""
    return Path(os.path.relpath(file, folder)).as_posix() if file else None


def route(head: Mapping[str, Any], made: Sequence[Check], matter: Matter) -> str:
    """The next step to prepare, the first that applies; never a verdict."""
    result = {c.ground: c.result for c in made}
    text = " ".join(str(r["value"]) for r in matter.facts.rows if r["field"] == "reason")
    if head["family"] in ("not a notice", "seller letter"):
        return "nothing"
    if head["family"] == "court order" or head["platform"] == "letter" or set(head["kinds"]) == {"patent"}:
        return "lawyer"
    if _is_account(head, text):
        return "plan"
    if head["family"] == "platform finding":
        return "acknowledge"
    if result["authorised"] == "contradicts":
        return "counter" if "copyright" in head["kinds"] and matter.works else "proof"
    if "contradicts" in {
        result[g]
        for g in (
            "number_found",
            "in_force",
            "owner_matches",
            "mark_matches",
            "class_covers",
            "territory_covers",
            "registered_before_listing",
        )
    }:
        return "dispute"
    return "retraction" if result["in_listing"] == "contradicts" else "edit"


def _is_account(head: Mapping[str, Any], reason: str) -> bool:
    return len(head["complaint_ids"]) > 1 or "account" in reason.casefold()
