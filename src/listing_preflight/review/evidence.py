"""A finding as the page shows it: plain values, every text as the seller wrote it, to be set as text and nothing else."""

from typing import Any

from listing_preflight.model.finding import RightAnswer
from listing_preflight.model.tri import Tri
from listing_preflight.reports.plain import visible
from listing_preflight.reports.registers import record_address
from listing_preflight.review.queue import Row
from listing_preflight.review.report import Group, Item, Record, Report
from listing_preflight.review.sources import Sources

Shown = dict[str, Any]
FEW = 20
"""Findings of a cause that are shown at a time."""


def head(row: Row) -> Shown:
    """A group in the queue."""
    group, standing = row
    return {
        "cause": group.cause, "rule": group.rule, "name": visible(group.name), "owner": visible(group.owner or ""), "use": group.use,
        "severity": group.severity, "listings": len(group.listings), "findings": len(group.items), "open": standing.open,
        "decisions": sorted(standing.by_decision),
    }  # fmt: skip


def findings(report: Report, sources: Sources, group: Group, start: int) -> list[Shown]:
    """Some findings of a group, from the `start`-th on."""
    return [_finding(report, sources, item) for item in group.items[start : start + FEW]]


def _finding(report: Report, sources: Sources, item: Item) -> Shown:
    listing, found = report.record(item)
    return {
        "listing": visible(item.listing), "id": item.listing, "site": visible(item.site or ""), "severity": item.severity,
        "file": visible(item.file or ""), "row": item.row, "places": [_place(listing, e, n, item, sources) for n, e in enumerate(found["evidence"])],
        "rewrites": [{"id": w["id"], "field": w["field"], "before": visible(w["before"]), "after": visible(w["after"])} for w in found["rewrites"]],
    }  # fmt: skip


def _place(listing: Record, told: Record, number: int, item: Item, sources: Sources) -> Shown:
    around = sources.sentence(listing, told) if told["field"] != "image" else None
    out: Shown = {
        "field": told["field"], "index": told["index"], "name": visible(told.get("name") or ""), "use": told.get("use"),
        "steps": told.get("steps", []), "text": visible(told.get("text") or ""), "before": "", "after": "", "whole": around is not None,
    }  # fmt: skip
    if around is not None:
        out |= {"before": visible(around.before), "text": visible(around.text), "after": visible(around.after)}
    if told["field"] == "image":
        at = f"{item.offset}/{item.number}/{number}"
        out |= {
            "path": visible(told.get("path") or ""), "box": told.get("box"), "known": visible(told.get("known") or ""),
            "score": told.get("score"), "alteration": told.get("alteration"), "picture": f"picture/{at}",
            "beside": f"known/{at}" if told.get("known") else None,
        }  # fmt: skip
    return out


def about(report: Report, group: Group) -> Shown:
    """What is the same in every finding of a group: message, reasons, rights with their registers, advice."""
    _, found = report.record(group.items[0])
    return {
        "message": visible(found["message"]), "advice": [visible(a) for a in found["advice"]], "kind": found["kind"],
        "confidence": found["confidence"], "legal": found["legal_risk"], "platform": found["platform_risk"], "others": found["others"],
        "rights": [_right(r) for r in found["rights"]],
    }  # fmt: skip


def _right(told: Record) -> Shown:
    unknown = Tri.UNKNOWN
    answer = RightAnswer(told["office"], told["number"], (), unknown, unknown, unknown, unknown, "stated", ())
    return {
        "office": visible(told["office"] or ""), "number": visible(told["number"] or ""), "classes": told["classes"],
        "answers": {k: told[k] for k in ("in_force", "covers_goods", "covers_territory", "authorised")}, "basis": told["basis"],
        "because": [visible(b) for b in told["because"]], "address": record_address(answer),
    }  # fmt: skip
