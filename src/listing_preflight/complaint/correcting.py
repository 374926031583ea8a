"""What a corrected export of a case may change: the complained element, in the cited listings and those that carry it."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from listing_preflight.complaint.archive import archive
from listing_preflight.complaint.case import Case
from listing_preflight.complaint.catalogue import read_catalogue
from listing_preflight.complaint.elements import asserted
from listing_preflight.complaint.records import restored
from listing_preflight.decisions.fixing.changes import Change
from listing_preflight.errors import UsageError
from listing_preflight.model.mark import WatchList
from listing_preflight.scan import Settings


class Plan(NamedTuple):
    """With which marks the export is judged, and which listings and names a change may touch."""

    settings: Settings
    listings: frozenset[str]
    names: frozenset[str]

    def wanted(self, change: Change) -> bool:
        """Whether a change is about the complained element in a listing of the case."""
        return change.listing in self.listings and change.mark in self.names


def plan(folder: Path, catalog: Path, day: datetime.date) -> Plan:
    """Archive the listings that may change, then say what may; UsageError where the catalogue was not compared yet."""
    case = Case(folder)
    head, compared = case.head(), case.rows("similar.jsonl")
    if not compared:
        remedy = "Run preflight complaint similar first: it tells which listings carry the element"
        raise UsageError("the catalogue was not compared", where=str(folder), remedy=remedy)
    held = read_catalogue(catalog)
    cited = {
        o.listing.id
        for some in held.cited(head["listing_ids"], head.get("x_stock_numbers") or {}).values()
        for o in some
    }
    meant = frozenset(cited | {r["listing"] for r in compared if r["tier"] == "must"})
    archive(case, (o for o in held.offers if o.listing.id in meant))
    marks = tuple(asserted(m) for m in restored(case.rows("records.jsonl"), folder).marks)
    told = WatchList(name="complaint", digest="", marks=marks)
    settings = Settings(lists=(told,), day=day, trust_claims=False, images=False)
    return Plan(settings, meant, frozenset(m.name for m in marks))


def write_down(folder: Path, plan: Plan, taken: Iterable[Change], copy: Path, day: datetime.date) -> tuple[str, ...]:
    """Write corrected.json: the changed cells, and the listings that a person has to change by hand, which it returns."""
    case, taken = Case(folder), list(taken)
    by_hand = tuple(sorted(plan.listings - {c.listing for c in taken}))
    changed = [
        {"listing": c.listing, "row": c.row, "column": c.column, "field": c.field, "before": c.before, "after": c.after}
        for c in taken
    ]  # fmt: skip
    case.write("corrected.json", {"file": copy.name, "changed": changed, "by_hand": list(by_hand)})
    facts = case.facts().without("C")
    for row in changed:
        source = {"file": "corrected.json", "start": 0, "end": len(changed)}
        facts.add("corrected", {k: row[k] for k in ("listing", "field")}, source, prefix="C")
    case.keep(facts)
    case.log("correct", {"file": copy.name, "changed": len(taken)}, day)
    return by_hand
