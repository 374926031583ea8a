"""Open a case: read its notices, keep their bytes, write every value with the place that it stands in."""

import datetime
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.complaint.case import DERIVED, SCHEMA, Case, Facts
from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.letter import Letter, read_letter, unread
from listing_preflight.complaint.reading.computed import computed, runs_from_notice
from listing_preflight.complaint.reading.notice import Notice, read
from listing_preflight.errors import UnreadableError, UsageError

MOST_ODD = 0.02
"""Share of controls, unassigned characters and broken bytes in a text: notices have none, a wrong charset leaves some letters,
random bytes have a fifth."""
_NO_LETTERS = frozenset({"Cc", "Cn", "Co", "Cs"})


class Opened(NamedTuple):
    """case.json as written, and what could not be read of the notices."""

    head: dict[str, Any]
    notes: tuple[str, ...]


class _Told(NamedTuple):
    file: str
    notice: Notice


def open_case(
    folder: Path, notices: Sequence[tuple[str, bytes]], *, marketplace: str | None, received: datetime.date | None,
    day: datetime.date,
) -> Opened:  # fmt: skip
    """Read notices into a case folder; those that are there already stay and are read again."""
    case = Case(folder)
    before = case.head() if case.exists else {}
    letters = _kept(case) if before else []
    known = {one.sha256 for one in letters}
    letters += [one for one in (read_letter(n, d) for n, d in notices) if one.sha256 not in known]
    for one in letters:
        _refuse_bytes(one)
    if not any(one.text.strip() for one in letters):
        notes = "; ".join(note for one in letters for note in one.notes) or "no text"
        where = ", ".join(one.name for one in letters)
        raise UnreadableError(f"no text of a notice can be read ({notes})", where=where)
    _refuse_foreign(letters)
    told = [_keep(case, n, letter) for n, letter in enumerate(letters, 1)]
    facts = Facts([r for r in case.facts().rows if "human" in r["source"]]) if before else Facts()
    head = _head(told, facts, marketplace or before.get("x_marketplace"), received, before)
    case.drop(*DERIVED)
    for name in ("assess.json", "records.jsonl"):  # they speak of the notices as they were read before
        (case.folder / name).unlink(missing_ok=True)
    case.write("case.json", head)
    case.keep(facts)
    case.log("open", {"notices": [{"file": t.file, "sha256": t.notice.letter.sha256} for t in told]}, day)
    return Opened(head, tuple(f"{t.file}: {note}" for t in told for note in t.notice.letter.notes))


def _refuse_bytes(letter: Letter) -> None:
    """Refuse what is of no format that is read: its bytes as letters would be a case about nothing."""
    odd = sum((unicodedata.category(c) in _NO_LETTERS and c not in "\t\n\r\f") or c == "\ufffd" for c in letter.text)
    if odd > MOST_ODD * len(letter.text):
        remedy = "Save the mail as .eml, or its words as text, page or PDF, and open that. No case was made"
        raise UnreadableError("holds no notice that can be read: it is no text", where=letter.name, remedy=remedy)


class _Signs(NamedTuple):
    """What tells one case from another; the platform is empty where none sent the notice."""

    platform: str
    ids: frozenset[str]
    owner: str
    listings: frozenset[str]


def _refuse_foreign(letters: Sequence[Letter]) -> None:
    """Refuse notices of which one shares nothing with the others: another complaint of somebody else is a case of its own."""
    read_ones = [(one.name, _signs_of(read(one))) for one in letters] if len(letters) > 1 else []
    for n, (name, signs) in reversed(list(enumerate(read_ones))):
        others = [told for m, (_name, told) in enumerate(read_ones) if m != n]
        if not all(_are_foreign(signs, other) for other in others):
            continue
        told = [f"on {signs.platform}"] if any(_on_others(signs, other) for other in others) else []
        told += sorted(signs.ids) + ([f"by {signs.owner}"] if signs.owner else [])
        about = " about other listings" if signs.listings else ""
        remedy = "Open it into a folder of its own (--case). Nothing was changed"
        raise UsageError(f"is of another complaint ({', '.join(told)}){about}", where=name, remedy=remedy)


def _are_foreign(one: _Signs, other: _Signs) -> bool:
    """Whether two notices share nothing and differ in enough: in platform and id or owner, or in id, owner and listings."""
    owners = bool(one.owner and other.owner)
    if one.ids & other.ids or one.listings & other.listings or (owners and _alike(one.owner, other.owner)):
        return False
    ids, listings = bool(one.ids and other.ids), bool(one.listings and other.listings)
    return (_on_others(one, other) and (ids or owners)) or (ids and owners and listings)


def _on_others(one: _Signs, other: _Signs) -> bool:
    return bool(one.platform and other.platform) and one.platform != other.platform


def _signs_of(notice: Notice) -> _Signs:
    return _Signs(
        "" if notice.platform in _NO_PLATFORM else notice.platform,
        frozenset(s.value for s in notice.complaint_ids),
        notice.people.complainant.value if notice.people.complainant else "",
        frozenset(s.value for s in notice.listings),
    )


_NO_PLATFORM = ("letter", "unknown")


def _alike(one: str, other: str) -> bool:
    return one.split(maxsplit=1)[0].casefold().strip(",.") == other.split(maxsplit=1)[0].casefold().strip(",.")


def _kept(case: Case) -> list[Letter]:
    """The notices of an earlier run in their order: the files that have a text of their own beside them."""
    there = {p.name: p for p in (case.folder / "notice").glob("*") if p.is_file()}
    kept = [n for n in there if f"{n}.text.txt" in there and n.partition("-")[0].isdigit()]
    kept.sort(key=lambda n: int(n.partition("-")[0]))
    return [read_letter(n.partition("-")[2], there[n].read_bytes()) for n in kept]


def _keep(case: Case, number: int, letter: Letter) -> _Told:
    """The bytes as received, and the text that spans count in."""
    safe = "".join(c if c.isalnum() or c in "._" else "_" for c in Path(letter.name).name)[-60:] or "notice"
    name = f"notice/{number}-{safe}"
    case.put(name, letter.data)
    case.put(f"{name}.text.txt", letter.folded.raw)
    return _Told(f"{name}.text.txt", read(letter))


def _source(file: str, span: Span) -> dict[str, Any]:
    return {"file": file, "start": span.start, "end": span.end}


def _best(told: Sequence[_Told]) -> _Told:
    """The letter that says most: a real notice before a mail around it."""
    ranks = ("not a notice", "unknown", "refusal of an appeal")
    return max(
        told,
        key=lambda t: (
            t.notice.family not in ranks, len(t.notice.listings) + len(t.notice.numbers), bool(t.notice.people.complainant)
        ),
    )  # fmt: skip


def _head(
    told: Sequence[_Told], facts: Facts, marketplace: str | None, received: datetime.date | None, before: dict[str, Any]
) -> dict[str, Any]:
    best = _best(told).notice
    one = {name: _single(told, facts, name) for name in ("complainant", "agent", "contact")}
    numbers = _numbers(told, facts)
    day = received.isoformat() if received else before.get("received") if before.get("x_received") else None
    deadlines = _deadlines(told, facts, day)
    many = {
        "marks": _many(told, facts, "marks", lambda n: n.marks),
        "listing_ids": _many(told, facts, "listing_ids", lambda n: n.listings),
        "complaint_ids": _many(told, facts, "complaint_ids", lambda n: n.complaint_ids),
    }
    _many(told, facts, "own_page", lambda n: n.own_pages)
    head: dict[str, Any] = {
        "schema": SCHEMA, "platform": best.platform, "marketplace": marketplace or best.marketplace,
        "language": best.language, "family": _family(best.family, told), "kinds": _kinds(told, facts), "level": _level(told, facts),
        **one, "marks": many["marks"], "numbers": numbers, "listing_ids": many["listing_ids"],
        "complaint_ids": many["complaint_ids"], "deadlines": deadlines, "reason": _reason(told, facts),
    }  # fmt: skip
    head["x_stock_numbers"] = _stock_numbers(told, facts)
    head["missing"] = missing(head)
    head["ambiguous"] = [*_ambiguous(told), *_masked(told), *_undated(deadlines)]
    head["state"] = "open"
    head["received"] = received.isoformat() if received else before.get("received") or best.letter.sent
    head["lists"] = []
    head["signals"] = [
        {"code": s.code, "words": s.span.value, "fact": facts.add(f"signal:{s.code}", s.span.value, _source(t.file, s.span))}
        for t in told for s in t.notice.signals
    ]  # fmt: skip
    head["notices"] = [_about(t) for t in told]
    head["x_marketplace"] = marketplace
    head["x_received"] = day is not None
    return head


def _family(read_as: str, told: Sequence[_Told]) -> str:
    """The family; nobody knows that it is no notice of which a part was not read."""
    gaps = any(unread(t.notice.letter.notes) for t in told)
    return "unknown" if read_as == "not a notice" and gaps else read_as


SIGNS = ("complainant", "agent", "marks", "numbers", "listing_ids", "complaint_ids", "deadlines")
"""Fields of which a text that was sent because of a right holds at least one."""


def is_blank(head: dict[str, Any]) -> bool:
    """Whether a text that is no notice holds nothing that one would hold either."""
    return head["family"] == "not a notice" and not any(head[name] for name in SIGNS)


def missing(head: dict[str, Any]) -> list[str]:
    """The fields that the notice does not hold."""
    held = {
        "complainant": head["complainant"], "contact": head["contact"], "marks": head["marks"], "numbers": head["numbers"],
        "listing_ids": head["listing_ids"], "complaint_id": head["complaint_ids"], "deadline": head["deadlines"],
    }  # fmt: skip
    return [name for name, value in held.items() if not value]


def asked_for(head: dict[str, Any]) -> list[str]:
    """What is missing and such a complaint would hold: only claims about marks lack marks."""
    of_marks = not head["kinds"] or bool({"trademark", "counterfeit", "parallel import", "policy"} & set(head["kinds"]))
    return [name for name in head["missing"] if name != "marks" or of_marks]


def _about(told: _Told) -> dict[str, Any]:
    letter = told.notice.letter
    return {
        "file": told.file.removesuffix(".text.txt"), "text": told.file, "sha256": letter.sha256, "sent": letter.sent,
        "family": told.notice.family, "complaint_ids": [s.value for s in told.notice.complaint_ids],
        "attachments": [a._asdict() for a in letter.attachments], "notes": list(letter.notes),
    }  # fmt: skip


def _single(told: Sequence[_Told], facts: Facts, name: str) -> str | None:
    for t in sorted(told, key=lambda t: t.notice is not _best(told).notice):
        span: Span | None = getattr(t.notice.people, name)
        if span is not None:
            facts.add(name, span.value, _source(t.file, span))
            return span.value
    return None


def _many(told: Sequence[_Told], facts: Facts, name: str, of: Any) -> list[str]:
    out: dict[str, None] = {}
    for t in told:
        for span in of(t.notice):
            facts.add(name, span.value, _source(t.file, span))
            out.setdefault(span.value)
    return list(out)


def _stock_numbers(told: Sequence[_Told], facts: Facts) -> dict[str, str]:
    """Listing id → the seller's own number that the notice gives beside it."""
    out: dict[str, str] = {}
    for t in told:
        for listing, span in t.notice.stock_numbers:
            facts.add("stock_number", span.value, _source(t.file, span))
            out.setdefault(listing, span.value)
    return out


def _numbers(told: Sequence[_Told], facts: Facts) -> list[dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for t in told:
        for n in t.notice.numbers:
            facts.add("number", n.value, _source(t.file, n.written))
            row = {
                "type": n.type,
                "office": n.office,
                "value": n.value,
                "as_written": n.written.value,
                "candidates": list(n.candidates),
            }
            if out.setdefault(n.value, row)["office"] is None and n.office:
                out[n.value] = row
    return list(out.values())


def _deadlines(told: Sequence[_Told], facts: Facts, received: str | None) -> list[dict[str, Any]]:
    """The periods and days, each once; a period that runs from the notice gets its last day, with how it was counted."""
    out: dict[tuple[str, str], dict[str, Any]] = {}
    for t in told:
        for d in t.notice.deadlines:
            facts.add(f"deadline:{d.purpose}", d.words.value, _source(t.file, d.words))
            row: dict[str, Any] = {"words": d.words.value, "date": d.date, "for": d.purpose}
            asked = d.date is None and d.purpose != "unknown"
            if asked and (end := computed(d.words.value, received=received, sent=t.notice.letter.sent)):
                row |= {
                    "date": end.date,
                    "x_computed": {"from": end.counted_from, "basis": end.basis, "counting": end.counting},
                }
            out.setdefault((d.words.value, d.purpose), row)
    return list(out.values())


def _kinds(told: Sequence[_Told], facts: Facts) -> list[str]:
    found: dict[str, None] = {}
    for t in told:
        for kind, span in t.notice.kinds.items():
            facts.add(f"kind:{kind}", span.value, _source(t.file, span))
            found.setdefault(kind)
    return sorted(found)


def _level(told: Sequence[_Told], facts: Facts) -> str | None:
    for t in sorted(told, key=lambda t: t.notice is not _best(told).notice):
        if t.notice.level:
            facts.add("level", t.notice.level[1].value, _source(t.file, t.notice.level[1]))
            return t.notice.level[0]
    return None


def _reason(told: Sequence[_Told], facts: Facts) -> str | None:
    best = _best(told)
    if best.notice.reason is None:
        return None
    facts.add("reason", best.notice.reason.value, _source(best.file, best.notice.reason))
    return best.notice.reason.value


def _ambiguous(told: Sequence[_Told]) -> list[str]:
    """Where the notices contradict each other, and numbers that several offices could have issued."""
    out: list[str] = []
    for name in ("complainant", "contact"):
        values = _distinct(getattr(t.notice.people, name) for t in told)
        out += [f"{name}: the notices differ: {' / '.join(values)}"] if len(values) > 1 else []
    platforms = sorted({t.notice.platform for t in told} - set(_NO_PLATFORM))
    out += (
        [f"platform: the notices are of {' and '.join(platforms)}; they may be several cases"]
        if len(platforms) > 1
        else []
    )
    ids = [frozenset(s.value for s in t.notice.complaint_ids) for t in told if t.notice.complaint_ids]
    if len(ids) > 1 and not frozenset.intersection(*ids):
        out.append("complaint_ids: the notices have none in common; they may be several cases")
    open_numbers = [n for t in told for n in t.notice.numbers if n.office is None]
    for n in {n.value: n for n in open_numbers}.values():
        offices = ", ".join(n.candidates) or "no office known here"
        out.append(f"numbers: {n.value}: no office is said; its form fits {offices}")
    return out


def _undated(deadlines: Sequence[dict[str, Any]]) -> list[str]:
    """The periods that bind the seller and have no last day, with what is missing to count it."""
    out = []
    for d in deadlines:
        if d["date"] is None and d["for"] != "unknown":
            why = (
                "the day of the notice is not known: give --received"
                if runs_from_notice(d["words"])
                else "it does not say from which day it runs"
            )
            out.append(f"deadlines: {d['words']}: no last day was counted: {why}")
    return out


def _masked(told: Sequence[_Told]) -> list[str]:
    names = sorted(frozenset().union(*(t.notice.masked for t in told)))
    return [f"{name}: masked in the notice" for name in names]


def _distinct(spans: Iterable[Span | None]) -> list[str]:
    return list(dict.fromkeys(s.value for s in spans if s))
