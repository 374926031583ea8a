"""Assess a case against lists, the catalogue and the seller file; what was used is kept in the case."""

import datetime
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight import documents
from listing_preflight.complaint.case import Case
from listing_preflight.complaint.catalogue import Catalogue, read_catalogue
from listing_preflight.complaint.elements import Seen, look
from listing_preflight.complaint.grounds import Check, Matter, checks
from listing_preflight.complaint.owners import same_owner
from listing_preflight.complaint.records import Found, Lists, entry, work_entry
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


def assess(
    folder: Path, lists: Sequence[Path], catalog: Path, *, seller: Path | None, day: datetime.date | None, today: datetime.date,
    images: bool, sales: Path | None = None,
) -> Assessed:  # fmt: skip
    """Write assess.json, records.jsonl and the facts that the checks rest on."""
    case = Case(folder)
    head, facts = case.head(), case.facts().without("A")
    known, held, who = Lists(lists), read_catalogue(catalog), read_seller(seller) if seller else None
    on = day or _received(head) or today
    cited = held.cited(head["listing_ids"])
    focus, by_number = _focus(head, known)
    marks, works = _elements(head, known, focus, cited, on, images=images)
    offers = list({id(o): o for some in cited.values() for o in some}.values())
    seen = look([o.listing for o in offers], marks, [w for w, _ in works], on, images=images)
    matter = Matter(
        head=head, facts=facts, focus=focus, by_number=by_number, heads=known.heads, cited=cited,
        seen={_key(s): s for s in seen}, marks=marks, works=tuple(w for w, _ in works), seller=who, day=on, images=images,
    )  # fmt: skip
    made = tuple(checks(matter))
    gaps = _gaps(head, held, cited, by_number=by_number)
    _write(case, head, matter, made, gaps, works, seller, sales, on)
    return Assessed(made, gaps, route(head, made, matter))


def _key(seen: Seen) -> str:
    return f"{seen.listing.origin.file}#{seen.listing.origin.row}#{seen.listing.id}"


def _received(head: Mapping[str, Any]) -> datetime.date | None:
    return datetime.date.fromisoformat(head["received"]) if head.get("received") else None


def _focus(head: Mapping[str, Any], known: Lists) -> tuple[tuple[Found, ...], bool]:
    """The entries of the right: those of its numbers; without any the only entry of its name."""
    numbered = [
        f
        for n in head["numbers"]
        if str(n["type"]).startswith("trademark")
        for f in known.by_number(n["value"], n["office"])
    ]
    if numbered:
        return tuple(numbered), True
    named = {id(f.mark): f for m in head["marks"] for f in known.by_name(m)}
    return (tuple(named.values()) if len(named) == 1 and not head["numbers"] else ()), False


def _elements(
    head: Mapping[str, Any],
    known: Lists,
    focus: tuple[Found, ...],
    cited: Mapping[str, Any],
    day: datetime.date,
    *,
    images: bool,
) -> tuple[tuple[Mark, ...], list[tuple[Work, WatchList]]]:
    """What to look for: the named marks, else those of the numbers, else marks of the lists that stand in a cited listing."""
    if head["family"] == "not a notice":
        return (), []
    marks: dict[str, Mark] = {}
    for name in head["marks"]:
        found = [f.mark for f in known.by_name(name)] or [
            Mark(id=f"notice-{len(marks) + 1}", list="complaint", name=name)
        ]
        marks.setdefault(folded_key(name), found[0])
    if not marks and set(head["kinds"]) - {"copyright", "design", "patent"}:
        marks = {folded_key(f.mark.name): f.mark for f in focus}
    if not marks and head["family"] == "platform finding":
        marks = _in_cited(known, cited, day, images=images)
    works = [(_placed(w, one), one) for w, one in known.works() if _is_meant(w, head)]
    return tuple(_bare(m) for m in marks.values()), works


def _placed(work: Work, one: WatchList) -> Work:
    """A work with its picture files where they lie, so that it can be looked for away from its list."""
    import dataclasses

    images = tuple(n if ":" in n else str(Path(one.folder, n).resolve()) for n in work.images)
    return dataclasses.replace(work, images=images)


def _bare(mark: Mark) -> Mark:
    """A mark as the complaint asserts it: whatever its rights, its words are looked for."""
    import dataclasses

    return dataclasses.replace(mark, registrations=(), rights="stated", parent=None, list="complaint")


def _in_cited(known: Lists, cited: Mapping[str, Any], day: datetime.date, *, images: bool) -> dict[str, Mark]:
    """Marks of the lists that stand in a cited listing: the term of a finding that does not name it."""
    listings = [o.listing for offers in cited.values() for o in offers]
    marks = [_bare(m) for one in known.lists for m in one.marks]
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


def _gaps(head: Mapping[str, Any], held: Catalogue, cited: Mapping[str, Any], *, by_number: bool) -> tuple[str, ...]:
    out = [f"catalogue: {g.detail} ({g.origin.file if g.origin else ''})" for g in held.gaps]
    if head["family"] == "not a notice":
        return tuple(out)
    out += [f"{one}: not in the catalogue" for one, offers in cited.items() if not offers]
    if head["numbers"] and not by_number:
        out.append("no number of the notice is in the lists")
    return tuple(out)


def _write(
    case: Case, head: dict[str, Any], matter: Matter, made: Sequence[Check], gaps: Sequence[str],
    works: Sequence[tuple[Work, WatchList]], seller: Path | None, sales: Path | None, day: datetime.date,
) -> None:  # fmt: skip
    _told(case, matter, made, seller)
    document = {
        "date": day.isoformat(), "checks": [{**c._asdict(), "facts": list(dict.fromkeys(c.facts))} for c in made], "gaps": list(gaps),
        "next_route": route(head, made, matter), "elements": [m.name for m in matter.marks] + [w.title or w.id for w, _ in works],
        "cited": {one: [o.listing.id for o in offers] for one, offers in matter.cited.items()},
        "seller": _beside(case.folder, seller), "sales": _beside(case.folder, sales),
    }  # fmt: skip
    case.write("assess.json", document)
    case.write_rows(
        "records.jsonl",
        [
            *_records(matter),
            *(
                {
                    "of": "work",
                    "element": True,
                    "list": one.name,
                    "digest": one.digest,
                    "date": one.date or one.version,
                    "entry": work_entry(w),
                }
                for w, one in works
            ),
        ],
    )
    case.write_rows("cited.jsonl", [_archived(o) for o in matter.offers])
    case.write_rows("facts.jsonl", matter.facts.rows)
    case.write(
        "case.json",
        {
            **head,
            "state": "assessed",
            "lists": [{"name": h.name, "digest": h.digest, "date": h.date} for h in matter.heads],
        },
    )
    case.log("assess", {"date": day.isoformat(), "lists": [h.digest for h in matter.heads]}, day)


def _told(case: Case, matter: Matter, made: Sequence[Check], seller: Path | None) -> None:
    """Facts that answers rest on: each contradiction with what it rests on, the lists, and who the seller is."""
    for check in made:
        if check.result == "contradicts":
            source = {"check": check.ground, "facts": list(dict.fromkeys(check.facts))}
            matter.facts.add(f"ground:{check.ground}", check.message, source, prefix="A")
    for h in matter.heads:
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
    """The entries that were used: those of the right, and the words that are looked for."""
    rows = [
        {"of": "mark", "element": False, "list": f.head.name, "digest": f.head.digest, "date": f.head.date, "entry": entry(f.mark)}
        for f in matter.focus
    ]  # fmt: skip
    rows += [
        {"of": "mark", "element": True, "list": "complaint", "digest": "", "date": None, "entry": entry(m)}
        for m in matter.marks
    ]
    return [r for n, r in enumerate(rows) if r not in rows[:n]]


def _archived(offer: Any) -> dict[str, Any]:
    """A cited listing as it stands today, before anything is changed."""
    one = offer.listing
    return {
        "id": one.id, "marketplace": one.marketplace, "category": one.category, **offer.where,
        "texts": [{"field": t.field, "index": t.index, "name": t.name, "value": t.value} for t in one.texts],
        "pictures": [{"path": p.path, "url": p.url, "text": p.text} for p in one.pictures], "told": dict(offer.told),
    }  # fmt: skip


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
