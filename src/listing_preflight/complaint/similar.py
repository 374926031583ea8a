"""Every other listing of the catalogue: must (carries the complained element), look (is like a cited one), clear (with its reason)."""

import csv
import datetime
import io
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.complaint.case import DERIVED, Case
from listing_preflight.complaint.catalogue import Offer, read_catalogue
from listing_preflight.complaint.elements import Carried, look
from listing_preflight.complaint.likeness import Alike, Titles
from listing_preflight.complaint.pictures import like_pictures
from listing_preflight.complaint.records import holders, restored
from listing_preflight.complaint.sales import of_mark, of_work
from listing_preflight.errors import UsageError
from listing_preflight.judging.seller import Seller, read_seller
from listing_preflight.model.mark import Mark, Work

TIERS = ("must", "look", "clear")
LIKE = frozenset({"compatible"})
"""Uses that name a mark to say what the goods fit: a person looks, nothing is taken down for it."""


class Row(NamedTuple):
    """One listing of similar.jsonl."""

    listing: str
    tier: str
    element: str | None
    field: str | None
    span: tuple[int, int] | None
    box: tuple[int, int, int, int] | None
    method: str
    score: float
    reason: str
    offer: Offer


class Compared(NamedTuple):
    """All rows, counts of must per field and marketplace, and what could not be looked at."""

    rows: tuple[Row, ...]
    counts: dict[str, dict[str, int]]
    gaps: tuple[str, ...]


def compare(folder: Path, catalog: Path, *, images: bool, day: datetime.date, workers: int = 1) -> Compared:
    """Write similar.jsonl and takedown.csv."""
    case = Case(folder)
    head, assessed = case.head(), case.maybe("assess.json")
    if not assessed:
        raise UsageError(
            "the case is not assessed",
            where=str(folder),
            remedy="Run preflight complaint assess first: it tells what to look for",
        )
    held = read_catalogue(catalog)
    marks, works, rights = restored(case.rows("records.jsonl"), case.folder)
    cited = {
        id(o) for some in held.cited(head["listing_ids"], head.get("x_stock_numbers") or {}).values() for o in some
    }
    real = head["family"] != "not a notice"
    seller, notes = _seller(case, assessed)
    listings = [o.listing for o in held.offers]
    seen = list(look(listings, marks, works, day, images=images, workers=workers))
    at = [n for n, o in enumerate(held.offers) if id(o) in cited]
    alike = {a.at: a for a in Titles(listings, [m.name for m in marks]).like(at)} if real else {}
    shown = like_pictures(listings, at, day) if images and real and at else {}
    terms = _Terms(
        marks,
        works,
        rights,
        head["marketplace"],
        seller,
        day,
        bool(marks or works),
        not marks and _is_of_pictures(head),
    )
    rows = tuple(
        _row(offer, seen[n].places, alike.get(n), shown.get(n), terms)
        for n, offer in enumerate(held.offers) if id(offer) not in cited
    )  # fmt: skip
    gaps = [f"{s.listing.id}: {g.detail}" for s in seen for g in s.gaps]
    gaps += [f"catalogue: {g.detail}" for g in held.gaps]
    if real and not marks and not works:
        gaps.append("nothing tells what to look for: no mark of the notice, and no picture of the work in the lists")
    elif real and {"copyright", "design"} & set(head["kinds"]) and not works:
        gaps.append("no picture of the work or design is in the lists: whether listings show it was not looked at")
    found = Compared(rows, _counts(rows), (*gaps, *notes))
    _write(case, found, day)
    return found


class _Terms(NamedTuple):
    """What is looked for, the rights that hold its names, and what decides whether a sale is covered."""

    marks: Sequence[Mark]
    works: Sequence[Work]
    rights: Sequence[Mark]
    site: str | None
    seller: Seller | None
    day: datetime.date
    looked: bool
    pictured: bool
    """Whether the notice is about pictures or designs alone: then those of the cited listings are what it complains of."""


def _is_of_pictures(head: dict[str, Any]) -> bool:
    return bool(head["kinds"]) and set(head["kinds"]) <= {"copyright", "design"}


def _seller(case: Case, assessed: dict[str, Any]) -> tuple[Seller | None, tuple[str, ...]]:
    """The seller file that the case was assessed with."""
    name = assessed.get("seller")
    if not name:
        return None, ()
    path = case.folder / name
    if not path.is_file():
        return None, (f"the seller file is not there any more: {name}",)
    return read_seller(path), ()


def _row(offer: Offer, places: Sequence[Carried], alike: Alike | None, pictured: Carried | None, terms: _Terms) -> Row:
    strong = [p for p in places if p.use not in LIKE]
    first = next(iter(strong or places), None)
    covered = _covered(offer, places, terms)
    shown = {w.title or w.id for w in terms.works} & {p.element for p in places}
    if first and covered and not shown:
        return _made(offer, "clear", first, f"carries {first.element}; {covered}")
    if first and strong:  # a picture stays one even where a document allows it: what to do is for a person to say
        return _made(offer, "must", first, f"carries {first.element}" + (f"; {covered}" if covered else ""))
    if first:
        return _made(offer, "look", first, f"names {first.element} to say what it fits")
    if pictured is not None:
        return _pictured(offer, pictured, terms)
    if alike is not None:
        return _without(offer, "look", "title", "words", alike.score, "like a cited listing; the element is not in it")
    why = "neither the element nor" if terms.looked else "no element is known to look for, and it is not"
    return _without(offer, "clear", None, "none", 0.0, f"{why} like a cited listing")


def _pictured(offer: Offer, place: Carried, terms: _Terms) -> Row:
    """A listing that shows a picture of a cited one, whole or altered: `method` and box say how and where that was proven."""
    why = "; the notice is about pictures or designs" if terms.pictured else "; what is complained of is not in it"
    return Row(
        offer.listing.id, "must" if terms.pictured else "look", None, place.field, None, place.box, place.method, place.score,
        f"shows a picture of a cited listing{why}", offer,
    )  # fmt: skip


def _without(offer: Offer, tier: str, field: str | None, method: str, score: float, reason: str) -> Row:
    """A listing in which the element was not seen."""
    return Row(offer.listing.id, tier, None, field, None, None, method, score, reason, offer)


def _made(offer: Offer, tier: str, place: Carried, reason: str) -> Row:
    at = (place.element, place.field, place.span, place.box, place.method, place.score)
    return Row(offer.listing.id, tier, *at, reason, offer)


def _covered(offer: Offer, places: Sequence[Carried], terms: _Terms) -> str | None:
    """By what document the sale is covered, for every mark that it carries."""
    if terms.seller is None or not places:
        return None
    uses = frozenset(p.use for p in places)
    named = {p.element for p in places}
    carried = [right for m in terms.marks if m.name in named for right in holders(m.name, terms.rights) or [m]]
    said = [of_mark(m, offer, terms.site, terms.seller, terms.day, uses) for m in carried]
    shown = [w for w in terms.works if (w.title or w.id) in named]
    said += [of_work(w, offer, terms.site, terms.seller, terms.day) for w in shown]
    if not said or not all(a.covered for a in said):
        return None
    reason = said[0].reason
    return f"covered by {reason.params.get('document') or reason.code}" if reason else "covered"


def _counts(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    must = [r for r in rows if r.tier == "must"]
    return {
        "tier": {t: sum(r.tier == t for r in rows) for t in TIERS},
        "field": dict(sorted(Counter(r.field or "" for r in must).items())),
        "marketplace": dict(sorted(Counter(r.offer.listing.marketplace or "not said" for r in must).items())),
    }


def _write(case: Case, found: Compared, day: datetime.date) -> None:
    rows = [{k: v for k, v in r._asdict().items() if k != "offer"} for r in found.rows]
    case.write_rows("similar.jsonl", rows)
    if (case.folder / "takedown.csv").exists() and not case.is_ours("takedown.csv"):
        os.replace(case.folder / "takedown.csv", case.folder / "takedown.edited.csv")  # noqa: PTH105
    case.put("takedown.csv", takedown(found.rows))
    case.write("similar.json", {"counts": found.counts, "gaps": list(found.gaps)})
    facts = case.facts().without("S")
    for group, counts in found.counts.items():
        for name, number in counts.items():
            facts.add(
                f"similar:{group}:{name}", number, {"file": "similar.jsonl", "start": 0, "end": len(rows)}, prefix="S"
            )
    facts.add("similar:scanned", len(rows), {"file": "similar.jsonl", "start": 0, "end": len(rows)}, prefix="S")
    case.keep(facts)
    case.write("case.json", {**case.head(), "state": "compared"})
    case.log(
        "similar",
        {"counts": found.counts["tier"], "files": {k: v for n in DERIVED for k, v in case.digest(n).items()}},
        day,
    )


def takedown(rows: Sequence[Row]) -> str:
    """The list to work through in the marketplace: must first, then look; no cell can become a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(
        ["tier", "listing", "marketplace", "asin", "url", "element", "field", "seen by", "reason", "source row"]
    )
    for tier in TIERS[:2]:
        for r in rows:
            if r.tier == tier:
                told = r.offer.told
                cells = [
                    tier, r.listing, r.offer.listing.marketplace or "", told.get("asin", ""), told.get("url", ""), r.element or "",
                    r.field or "", r.method, r.reason, str(r.offer.listing.origin.row or ""),
                ]  # fmt: skip
                table.writerow([_plain(c) for c in cells])
    return out.getvalue()


def _plain(cell: str) -> str:
    from listing_preflight.reports.plain import visible

    shown = visible(cell)
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@") else shown
