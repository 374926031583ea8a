"""Where each case stands: its days, what was done, what is left."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.complaint.case import Case


class Status(NamedTuple):
    """One case: its family, step, deadlines with the days that are left, and answers written."""

    folder: str
    family: str
    state: str
    route: str | None
    deadlines: tuple[str, ...]
    answers: tuple[str, ...]
    missing: tuple[str, ...]


def statuses(folders: Sequence[Path], today: datetime.date) -> list[Status]:
    """The cases, in the order given."""
    return [_one(Case(folder), today) for folder in folders]


def _one(case: Case, today: datetime.date) -> Status:
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
        tuple(head["missing"]),
    )


def _deadline(row: dict[str, Any], today: datetime.date) -> str:
    if not row["date"]:
        return f"{row['for']}: {row['words']}"
    left = (datetime.date.fromisoformat(row["date"]) - today).days
    return f"{row['for']}: {row['words']} ({row['date']}, {f'{left} days left' if left >= 0 else f'{-left} days ago'})"
