"""The queue: causes with what is still open of them, most listings first."""

import datetime
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from listing_preflight.model.finding import RANK
from listing_preflight.review.folder import Decision, Folder
from listing_preflight.review.report import Group, Item, Report
from listing_preflight.text.fold import folded_key


@dataclass(slots=True)
class Standing:
    """How a group stands: listings that wait, and decisions with how many findings each of them covers."""

    open: int = 0
    by_decision: dict[str, int] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    """Decisions that no longer hold, and why."""


class Row(NamedTuple):
    """A group in the queue."""

    group: Group
    standing: Standing


class Filter(NamedTuple):
    """What of the queue is shown: `show` is open, decided or all; `words` are looked for in name, owner, rule and listing ids."""

    show: str = "open"
    severity: str = ""
    rule: str = ""
    words: str = ""


class Queue:
    """The groups of a report beside the decisions of a folder. `states` are the marks as their lists hold them now."""

    def __init__(self, report: Report, folder: Folder, today: datetime.date, states: Mapping[str, str]) -> None:
        self.report, self.folder, self.today, self.states = report, folder, today, states
        self._lock = threading.Lock()
        self._version = -1
        self._standing: dict[str, Standing] = {}
        self._order: list[Group] = []

    def refresh(self) -> int:
        """Take in what the folder holds now; its version."""
        version = self.folder.refresh()
        with self._lock:
            if version != self._version:
                by_subject: defaultdict[str, list[Decision]] = defaultdict(list)
                for one in self.folder.decisions:
                    by_subject[one.told.subject].append(one)
                    if ":" not in one.told.subject and (folded := folded_key(one.told.subject)) != one.told.subject:
                        by_subject[folded].append(one)
                self._standing = {g.cause: self._stand(g, by_subject) for g in self.report.groups.values()}
                self._version = version
                self._order = sorted(
                    self.report.groups.values(),
                    key=lambda g: (-(self._standing[g.cause].open or len(g.items)), -RANK[g.severity], g.name, g.cause),
                )
        return version

    def _stand(self, group: Group, by_subject: Mapping[str, list[Decision]]) -> Standing:
        found = {d.told.id: d for s in group.subjects for d in by_subject.get(s, ())}
        out = Standing()
        if not found:
            out.open = len(group.items)
            return out
        for item in group.items:
            if not self._answered(group, item, found.values(), out):
                out.open += 1
        return out

    def _answered(self, group: Group, item: Item, decisions: Iterable[Decision], out: Standing) -> bool:
        answered = False
        for one in decisions:
            if not one.covers(group, item):
                continue
            why = one.ended(group, item, self.today, self.states)
            if why is not None:
                out.ended[one.told.id] = why
                continue
            out.by_decision[one.told.id] = out.by_decision.get(one.told.id, 0) + 1
            answered = True
        return answered

    def rows(self, wanted: Filter) -> list[Row]:
        """What a filter leaves, most listings first."""
        words = wanted.words.casefold().split()
        return [
            Row(g, s) for g in self._order
            if (s := self._standing[g.cause]) and _shown(g, s, wanted) and all(_holds(g, w) for w in words)
        ]  # fmt: skip

    def row(self, cause: str) -> Row | None:
        """One group."""
        group = self.report.groups.get(cause)
        return Row(group, self._standing[cause]) if group else None

    @property
    def open(self) -> int:
        """Findings that wait for a decision."""
        return sum(s.open for s in self._standing.values())


def _shown(group: Group, standing: Standing, wanted: Filter) -> bool:
    return (
        (wanted.show == "all" or (wanted.show == "open") == bool(standing.open))
        and (not wanted.severity or group.severity == wanted.severity)
        and (not wanted.rule or group.rule == wanted.rule)
    )


def _holds(group: Group, word: str) -> bool:
    heads = (group.name, group.owner or "", group.rule, group.use)
    return any(word in h.casefold() for h in heads) or any(word in i.listing.casefold() for i in group.items)
