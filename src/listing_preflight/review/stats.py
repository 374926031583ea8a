"""What decisions say of the rules: how often a finding was right, with an interval, and which marks cost most work."""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from listing_preflight.decisions.suppressions import Suppression
from listing_preflight.reports.table import safe

RIGHT = frozenset({"must be changed", "accepted risk"})
"""Statuses that say that the finding was worth its look."""
WRONG = frozenset({"false match", "descriptive", "compatible use"})
Z = 1.959963984540054
"""Of a two-sided interval of 95 %."""
HEAD = ("kind", "name", "decisions", "right", "wrong", "open", "findings", "precision", "low", "high")


@dataclass(slots=True)
class Tally:
    """Decisions about one rule or mark; `findings` is how many the report holds for them, where there is one."""

    kind: Literal["rule", "mark"]
    name: str
    right: int = 0
    wrong: int = 0
    open: int = 0
    findings: int = 0

    @property
    def decisions(self) -> int:
        """All of them."""
        return self.right + self.wrong + self.open

    @property
    def precision(self) -> float | None:
        """The share of right ones among those that were decided; None without any."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval of 95 % for the precision."""
        return wilson(self.right, self.right + self.wrong)


def wilson(hits: int, of: int) -> tuple[float, float] | None:
    """Wilson's score interval of 95 % for `hits` among `of`; None where `of` is 0."""
    if not of:
        return None
    share, square = hits / of, Z * Z
    middle = share + square / (2 * of)
    half = Z * math.sqrt((share * (1 - share) + square / (4 * of)) / of)
    low, high = (middle - half) / (1 + square / of), (middle + half) / (1 + square / of)
    return max(0.0, low), min(1.0, high)


def tallies(told: Iterable[tuple[Suppression, int]]) -> list[Tally]:
    """A tally for each rule and each mark, those that cost most decisions first; beside each decision the findings that it covers."""
    found: dict[tuple[Literal["rule", "mark"], str], Tally] = {}
    marks: defaultdict[str, int] = defaultdict(int)
    for one, findings in told:
        for kind, name in _names(one):
            tally = found.setdefault((kind, name), Tally(kind, name))
            tally.right += one.status in RIGHT
            tally.wrong += one.status in WRONG
            tally.open += one.status not in RIGHT | WRONG
            tally.findings += findings
            marks[name] += 1
    return sorted(found.values(), key=lambda t: (t.kind != "rule", -t.decisions, -t.findings, t.name))


def _names(one: Suppression) -> list[tuple[Literal["rule", "mark"], str]]:
    out: list[tuple[Literal["rule", "mark"], str]] = [("rule", one.rule)] if one.rule else []
    return [*out, ("mark", one.subject)] if one.subject != one.rule else out


def rows(found: Sequence[Tally]) -> list[list[str]]:
    """The tallies as a table, without its head."""
    return [
        [t.kind, t.name, str(t.decisions), str(t.right), str(t.wrong), str(t.open), str(t.findings), _share(t.precision),
         *map(_share, t.interval or (None, None))]
        for t in found
    ]  # fmt: skip


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def as_csv(found: Sequence[Tally]) -> str:
    """The same as CSV; a mark's name can start no formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows([[safe(cell) for cell in row] for row in rows(found)])
    return out.getvalue()
