"""Where each case stands: its days, what was done, what is left."""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.complaint.case import Case
from listing_preflight.complaint.opening import asked_for
from listing_preflight.complaint.reading.computed import runs_from_receipt
from listing_preflight.reports.plain import number_of


class Status(NamedTuple):
    """One case: its family, step, deadlines with the days that are left, answers written, steps done and what is left."""

    folder: str
    family: str
    state: str
    route: str | None
    deadlines: tuple[str, ...]
    answers: tuple[str, ...]
    missing: tuple[str, ...]
    done: tuple[str, ...]
    left: tuple[str, ...]


def status(folder: Path, today: datetime.date) -> Status:
    """One case; ListError where the folder is none."""
    case = Case(folder)
    head, assessed = case.head(), case.maybe("assess.json")
    answers = sorted(p.name for p in (case.folder / "answers").glob("*.md"))
    facts = {r["field"] for r in case.facts().rows}
    state = (
        "answered" if "answered" in facts else "sent" if "sent" in facts else "drafted" if answers else head["state"]
    )
    said = tuple(_deadline(d, today) for d in head["deadlines"]) or ("no deadline in the text",)
    return Status(
        str(case.folder),
        head["family"],
        state,
        assessed.get("next_route"),
        said,
        tuple(answers),
        tuple(asked_for(head)),
        tuple(dict.fromkeys(str(row.get("step")) for row in case.rows("log.jsonl"))),
        tuple(_left(case, state, assessed, answers)),
    )


def _left(case: Case, state: str, assessed: dict[str, Any], answers: Sequence[str]) -> Iterator[str]:
    """What nobody has done yet: steps not run, things not checked, listings to change, elements to fill or sign."""
    if state == "answered":
        return
    if not assessed:
        yield "assess"
        return
    yield from (f"not checked: {gap}" for gap in assessed.get("gaps", ()))
    if not (case.folder / "similar.jsonl").is_file():
        yield "similar"
    elif must := case.maybe("similar.json").get("counts", {}).get("tier", {}).get("must"):
        by_hand = case.maybe("corrected.json").get("by_hand")
        yield f"{must} other listings carry the element" + (f"; by hand: {', '.join(by_hand)}" if by_hand else "")
    if not answers and assessed.get("next_route") not in (None, "nothing"):
        yield f"answer --route {assessed['next_route']}"
    for name in answers:
        slots = case.list_of(f"answers/{name.removesuffix('.md')}.slots.json")
        open_ = [str(s["element"]) for s in slots if s.get("state") in ("asked", "missing")]
        if open_:
            yield f"{name}: {', '.join(open_)}"


_RECEIVED = "; `open --received YYYY-MM-DD` counts it from the day on which the notice came"


def _deadline(row: dict[str, Any], today: datetime.date) -> str:
    if not row["date"]:
        return f"{row['for']}: “{row['words']}”, and the notice names no day{_RECEIVED if runs_from_receipt(row['words']) else ''}"
    left = (datetime.date.fromisoformat(row["date"]) - today).days
    when = f"{number_of(left, 'day')} left" if left >= 0 else f"{number_of(-left, 'day')} ago"
    said = row.get("x_computed")
    counted = f", counted by the program from {said['from']} ({said['basis']}) in {said['counting']}" if said else ""
    return f"{row['for']}: “{row['words']}” ({row['date']}, {when}{counted})"
