"""The objects of schema preflight.report/1: what the machine formats write, as plain dictionaries in fixed order."""

import weakref
from collections.abc import Mapping
from typing import Any

from listing_preflight.model.finding import Finding, Mention, Reason, RightAnswer, Verdict
from listing_preflight.model.hit import PictureMatch, Place
from listing_preflight.model.listing import Gap, Listing, Origin
from listing_preflight.model.rules import RULES
from listing_preflight.policy.marketplaces import marketplace, not_applied
from listing_preflight.reports import proof
from listing_preflight.reports.catalog import Catalog
from listing_preflight.reports.messages import ENGLISH, advice, message, sentence
from listing_preflight.reports.run import RunInfo, Summary

SCHEMA = "preflight.report/1"
Record = dict[str, Any]


def run_record(run: RunInfo) -> Record:
    """The first line of a report."""
    core = {"core": run.core} if run.core else {}
    return {"type": "run", "schema": SCHEMA, "tool": {"name": run.tool, "version": run.version, **core},
            "lists": [dict(one) for one in run.lists], "options": dict(run.options)}  # fmt: skip


def gap_record(gap: Gap) -> Record:
    """A gap of a file, outside of any listing."""
    return {"type": "gap", "source": _source(gap.origin), "kind": gap.kind, "detail": gap.detail}


def listing_record(verdict: Verdict, *, explain: bool, words: Catalog = ENGLISH) -> Record:
    """One listing on one marketplace."""
    listing = verdict.listing
    out: Record = {
        "type": "listing", "id": listing.id, "marketplace": verdict.marketplace, "source": _source(listing.origin),
        "decision": verdict.decision, "findings": [_finding(f, listing, words) for f in verdict.findings],
        "gaps": [_listing_gap(g) for g in verdict.gaps],
        "unread": [{"field": "image", "index": u.index, "box": list(u.box), "detail": u.detail} for u in verdict.unread],
    }  # fmt: skip
    if verdict.marketplace and not marketplace(verdict.marketplace).known:
        out["notes"] = [not_applied(verdict.marketplace, "marketplace")]
    if verdict.shared:
        out["shared"] = [
            {"index": s.index, "picture": s.picture, "listing": s.listing, "way": s.way} for s in verdict.shared
        ]
    if explain:
        out["dropped"] = [
            {"mark": d.mark, "list": d.list, "field": d.field, "text": d.text, "reason": d.reason.code,
             "detail": sentence(d.reason, words)}
            for d in verdict.dropped
        ]  # fmt: skip
    return out


def summary_record(summary: Summary) -> Record:
    """The last line of a report."""
    out: Record = {
        "type": "summary", "complete": summary.complete, "interrupted": summary.interrupted, "listings": summary.listings,
        "by_decision": dict(summary.by_decision), "findings": dict(summary.findings), "gaps": summary.gaps,
        "unread": summary.unread, "not_requested": summary.not_requested, "suppressed": summary.suppressed,
        "dropped": summary.dropped, "causes": len(summary.causes), "set_aside": summary.set_aside,
    }  # fmt: skip
    if summary.shared:
        out["shared"] = summary.shared
    if summary.not_rechecked:
        out["not_rechecked"] = summary.not_rechecked
    notes = [{"source": _source(n.origin), "detail": n.detail, "columns": list(n.columns)} for n in summary.notes]
    return out | {"notes": notes} if notes else out


def _source(origin: Origin | None) -> Record | None:
    if origin is None:
        return None
    return {"file": origin.file, "row": origin.row, "sheet": origin.sheet}


def _listing_gap(gap: Gap) -> Record:
    out: Record = {"kind": gap.kind, "field": gap.field, "index": gap.index, "detail": gap.detail}
    return {k: v for k, v in out.items() if v is not None}


def _finding(f: Finding, listing: Listing, words: Catalog) -> Record:
    """The record of a finding in one listing: what depends on where the listing stands is put into a copy."""
    out = _anywhere(f, words).copy()
    seen: list[Mention | PictureMatch] = [*f.mentions, *f.pictures]
    out["evidence"] = [_sourced(m, e, listing) for m, e in zip(seen, out["evidence"], strict=True)]
    out["fingerprint"] = f.fingerprint(listing.id)
    return out


def _sourced(m: Mention | PictureMatch, evidence: Record, listing: Listing) -> Record:
    if isinstance(m, PictureMatch):
        return evidence
    text = listing.texts[m.hit.place.text] if m.hit.place.field != "image" else None
    source = {"row": text.row, "column": text.column} if text else {"row": None, "column": None}
    return evidence | {"source": source}


_known: "weakref.WeakKeyDictionary[Finding, dict[str, Record]]" = weakref.WeakKeyDictionary()


def _anywhere(f: Finding, words: Catalog) -> Record:
    """What a finding says in whatever listing it is met; listings of one content share their findings."""
    told = _known.setdefault(f, {})
    if words.tag not in told:
        told[words.tag] = _made(f, words)
    return told[words.tag]


def _made(f: Finding, words: Catalog) -> Record:
    out: Record = {
        "rule": f.rule, "rule_name": rule_name(f.rule), "kind": f.kind, "severity": f.severity, "confidence": f.confidence,
        "legal_risk": f.legal_risk, "platform_risk": f.platform_risk,
    }  # fmt: skip
    if f.mark is not None:
        out["mark"] = {"id": f.mark.id, "name": f.mark.name, "owner": f.mark.owner, "list": f.mark.list}
    if f.work is not None:
        number = next((r.number for r in f.work.registrations if r.number), None)
        out["work"] = {
            "id": f.work.id,
            "kind": f.work.kind,
            "owner": f.work.owner,
            "number": number,
            "list": f.work.list,
        }
    return out | {
        "others": f.others, "use": f.use, "cause": f.cause,
        "evidence": [*map(_evidence, f.mentions), *map(_picture_evidence, f.pictures)],
        "rights": [_right(r, words) for r in f.rights], "message": message(f, words), "reasons": [_reason(r) for r in f.reasons],
        "advice": [advice(r, words) for r in f.advice],
        "rewrites": [{"id": w.id, "field": w.field, "index": w.index, "before": w.before, "after": w.after} for w in f.rewrites],
        "fingerprint": None, "suppressed": f.suppressed,
    }  # fmt: skip


def rule_name(rule: str) -> str:
    """The name of a rule."""
    return RULES[rule]


def _evidence(m: Mention) -> Record:
    place, hit = m.hit.place, m.hit
    role = {"role": m.role} if m.role else {}
    return _where(place) | role | {
        "text": hit.seen, "use": m.use, "steps": sorted(hit.steps), "score": hit.score, "source": None,
    }  # fmt: skip


def _where(place: Place) -> Record:
    out: Record = {"field": place.field, "index": place.index}
    if place.field == "image":
        if place.path is not None:
            out |= {"path": place.path, "frame": place.frame, "box": list(place.box) if place.box else None}
        if place.print is not None:
            out |= {"height": place.height, "print": place.print}
        if place.crop is not None:
            out["crop"] = place.crop
        return out
    if place.name is not None:
        out["name"] = place.name
    return out | {"start": place.start, "end": place.end}


def _picture_evidence(m: PictureMatch) -> Record:
    return _where(m.place) | {
        "known": m.known, "method": m.method, "steps": ["features" if m.method in ("features", "figure") else "hash"], "score": m.score, "alteration": m.alteration,
    }  # fmt: skip


def _right(r: RightAnswer, words: Catalog) -> Record:
    return {
        "office": r.office, "number": r.number, "classes": list(r.classes), "in_force": r.in_force.value,
        "covers_goods": r.covers_goods.value, "covers_territory": r.covers_territory.value,
        "authorised": r.authorised.value, "basis": r.basis, "because": [proof.line(b, words) or sentence(b, words) for b in r.because],
    }  # fmt: skip


def _reason(reason: Reason) -> Record:
    params: Mapping[str, Any] = {k: list(v) if isinstance(v, tuple) else v for k, v in reason.params.items()}
    return {"code": reason.code, **params}
