"""A finding in words, as the reports for people show it: what is wrong, where, why, what to do, and the proof."""

import weakref
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from listing_preflight.model.finding import Finding, Mention, Reason, RightAnswer, Verdict
from listing_preflight.model.hit import PictureMatch, Place
from listing_preflight.model.listing import FIELDS
from listing_preflight.reports import proof
from listing_preflight.reports.catalog import Catalog
from listing_preflight.reports.causes import subject_key
from listing_preflight.reports.messages import advice, clauses, message, rule_text, sentence
from listing_preflight.reports.registers import record_address
from listing_preflight.text import markup

Card = dict[str, Any]
"""Plain JSON, so that it can wait on disk: strings, numbers, lists and dictionaries."""
AROUND = 44
"""Characters of the seller's text on either side of a match."""


class Cards:
    """Makes the cards of one run in one language; findings that listings share are put into words once."""

    def __init__(self, words: Catalog) -> None:
        self._words = words
        self._known: weakref.WeakKeyDictionary[Finding, Card] = weakref.WeakKeyDictionary()

    def of(self, verdict: Verdict) -> list[Card]:
        """The findings of a listing, each with where it stands."""
        listing = verdict.listing
        here: Card = {
            "listing": listing.id, "site": verdict.marketplace, "file": listing.origin.file, "uri": address(listing.origin.file), "row": listing.origin.row,
            "sheet": listing.origin.sheet, "decision": verdict.decision,
        }  # fmt: skip
        groups = {s.index: f"{s.picture} ({s.listing})" for s in verdict.shared}
        return [
            self._anywhere(f)
            | here
            | {"picture": _group(f, groups, listing.id)}
            | {"fingerprint": f.fingerprint(listing.id), "suppressed": f.suppressed}
            for f in verdict.findings
        ]

    def _anywhere(self, f: Finding) -> Card:
        if (found := self._known.get(f)) is None:
            found = self._known[f] = made(f, self._words)
        return found


def _group(f: Finding, groups: Mapping[int, str], listing: str) -> str:
    """The picture that a finding is grouped under: the first that is the same as its own, named with its listing; "" without one."""
    places = [m.hit.place for m in f.mentions] + [m.place for m in f.pictures]
    first = next((p for p in places if p.path), None)
    return "" if first is None else groups.get(first.index, f"{first.path} ({listing})")


def address(file: str) -> str:
    """A file as a relative address; bytes of its name that are no UTF-8 stay what they are."""
    try:
        name = file.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        name = file.encode("utf-8", "backslashreplace")
    return quote(name, safe="/")


def made(f: Finding, words: Catalog) -> Card:
    """What a finding says in whatever listing it is met."""
    first, *more = clauses(f) or (None,)
    return {
        "rule": f.rule, "kind": f.kind, "severity": f.severity, "confidence": f.confidence, "legal": f.legal_risk,
        "platform": f.platform_risk, "use": f.use, "subject": subject(f), "subject_key": subject_key(f), "owner": owner(f),
        "cause": f.cause,
        "what": sentence(first, words) if first else "", "why": [sentence(r, words) for r in more[:2]],
        "policy": [_policy(r, words) for r in f.reasons if r.code == "policy-rule"],
        "ifs": [sentence(r, words) for r in f.reasons if r.code.startswith("if-")],
        "basis": [sentence(r, words) for r in f.reasons if r.code in ("legal-risk", "platform-risk")],
        "message": message(f, words), "advice": [advice(r, words) for r in f.advice],
        "rewrites": [{"id": w.id, "field": w.field, "index": w.index, "before": w.before, "after": w.after} for w in f.rewrites],
        "places": [*map(_mention, sorted(f.mentions, key=lambda m: _telling(m, f))), *map(_picture, f.pictures)],
        "proof": proof.right_lines(f.rights[0], words) if f.rights else [],
        "rights": [_right(r, words) for r in f.rights[1:]],
        "registers": [{"name": f"{r.office} {r.number}", "address": a} for r in f.rights if (a := record_address(r))],
    }  # fmt: skip


def subject(f: Finding) -> str:
    """What the finding is about, as people call it: the mark, the work, or the wording itself."""
    if f.mark is not None:
        return f.mark.name
    if f.work is not None:
        return f.work.title or f.work.id
    return f.mentions[0].hit.seen


def owner(f: Finding) -> str | None:
    """Who holds it, where the list tells."""
    held = f.mark or f.work
    return held.owner if held else None


def _policy(reason: Reason, words: Catalog) -> dict[str, str]:
    told = {k: str(reason.params.get(k, "")) for k in ("rule", "source", "seen")}
    return told | {"text": rule_text(reason, words)}


def _telling(m: Mention, f: Finding) -> tuple[bool, int, int, int]:
    """Where a mention stands among those of its finding: the use that the finding is about first, then as a page is read."""
    place = m.hit.place
    return m.use != f.use, FIELDS.index(place.field), place.index, place.start or 0


def _mention(m: Mention) -> Card:
    hit = m.hit
    before, after = (markup.as_written(t) for t in (hit.before[-AROUND:], hit.after[:AROUND]))
    return _place(hit.place) | {
        "before": ("…" if len(hit.before) > AROUND else "") + before, "text": hit.seen,
        "after": after + ("…" if len(hit.after) > AROUND else ""), "steps": sorted(hit.steps), "use": m.use,
    }  # fmt: skip


def _picture(m: PictureMatch) -> Card:
    return _place(m.place) | {
        "before": "", "text": "", "after": "", "steps": ["hash"], "use": "identity", "known": m.known, "known_crop": m.known_crop,
        "score": m.score, "alteration": None if m.alteration == "none" else m.alteration,
    }  # fmt: skip


def _place(place: Place) -> Card:
    return {
        "field": place.field, "index": place.index, "name": place.name, "start": place.start, "end": place.end,
        "path": place.path, "frame": place.frame, "box": list(place.box) if place.box else None, "crop": place.crop,
    }  # fmt: skip


def _right(r: RightAnswer, words: Catalog) -> str:
    where = " ".join(filter(None, (r.office or words.say("everywhere"), r.number)))
    answers = {"force": r.in_force.value, "goods": r.covers_goods.value, "territory": r.covers_territory.value}
    return words.say("also-right", where=where, **{k: words.word("values", v) for k, v in answers.items()})


def field_name(place: Card, words: Catalog) -> str:
    """A field as people name it, with its number or attribute where it has several values."""
    name = words.word("fields", place["field"])
    if place["field"] == "attributes" and place["name"]:
        return f"{name} {place['name']}"
    return f"{name} {place['index'] + 1}" if place["field"] in ("bullets", "image") else name
