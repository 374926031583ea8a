"""Decisions of people about findings: each answers a scope until it ends, and says so when it does."""

import datetime
import fnmatch
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from listing_preflight.decisions.state import changed_fields, changed_mark, target
from listing_preflight.decisions.verdicts import Marker, decided
from listing_preflight.model.finding import RANK, Finding, Severity, Verdict
from listing_preflight.model.listing import Listing
from listing_preflight.model.rules import RULES
from listing_preflight.policy.marketplaces import spelled
from listing_preflight.text.fold import folded_key

ANSWERS = ("compatible use", "descriptive", "false match", "accepted risk")
ORDERS = ("must be changed", "ask a lawyer")
"""Decisions that answer nothing: what they cover stays open, whatever else answers it."""
STATUSES = (*ANSWERS, *ORDERS)
UNTIL = ("mark changes", "listing changes")
MOST_NAMED = 3
"""Listings that a notice names; it counts the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a decision was made on: marks as LIST:ID with what was registered, listings with a digest of each field."""

    marks: Mapping[str, str] = field(default_factory=dict)
    listings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """One decision: its scope, what was decided, why, by whom, and what ends it."""

    id: str
    file: Path
    line: int
    listings: tuple[str, ...]
    subject: str
    """A mark's name or LIST:ID, a work's LIST:ID, or a rule."""
    status: str
    reason: str
    author: str
    date: datetime.date
    marketplace: str | None = None
    uses: frozenset[str] = frozenset()
    rule: str | None = None
    severity: Severity = "high"
    """The highest that was accepted."""
    expires: datetime.date | None = None
    until: frozenset[str] = frozenset()
    state: State = field(default_factory=State)

    @property
    def why(self) -> str:
        """What a report says of a finding that it answers."""
        return f"{self.id}: {self.status}"

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"

    @property
    def over_broad(self) -> str | None:
        """What to say where it answers every use on every listing, also of those that nobody has seen yet."""
        if self.uses or not any(not pattern.strip("*?") for pattern in self.listings):
            return None
        return f"over-broad: it answers every use of {self.subject} on every listing, also of those still to come"

    def speaks_of(self, finding: Finding) -> bool:
        """Whether it is about the mark, work or rule of a finding."""
        names = set(subjects(finding))
        return self.subject in names or (":" not in self.subject and folded_key(self.subject) in names)

    def covers(self, finding: Finding, listing: Listing) -> bool:
        """Whether the finding lies in its scope, whatever has ended."""
        return (
            any(fnmatch.fnmatchcase(listing.id, pattern) for pattern in self.listings)
            and (not self.uses or finding.use in self.uses)
            and (self.rule is None or self.rule == finding.rule)
            and (self.marketplace is None or self.marketplace == spelled(finding.site or ""))
        )

    def ended(self, finding: Finding, listing: Listing, today: datetime.date) -> str | None:
        """Why it no longer answers the finding; None while it does."""
        if self.expires is not None and today > self.expires:
            return f"expired on {self.expires}"
        if RANK[finding.severity] > RANK[self.severity]:
            return f"severity rose from {self.severity} to {finding.severity}"
        if "mark changes" in self.until and (told := changed_mark(finding, self.state.marks)):
            return told
        if "listing changes" in self.until and (told := changed_fields(listing, self.state.listings)):
            return told
        return None


class Notice(NamedTuple):
    """Something to say of a decision: where it stands and what is the matter."""

    where: str
    text: str


def subjects(finding: Finding) -> Iterator[str]:
    """The names under which a decision may speak of a finding."""
    held = target(finding)
    if held:
        yield held
    if finding.mark is not None:
        yield folded_key(finding.mark.name)
    yield finding.key
    if not held:  # a rule alone speaks of wording; of a mark or work it would silence every other one as well
        yield finding.rule
        yield RULES[finding.rule]


class Deciding:
    """The filter: findings that a decision answers are accepted; keeps account of what each decision did."""

    def __init__(self, decisions: Sequence[Suppression], today: datetime.date, *, strict: bool) -> None:
        self._decisions, self._today, self._strict = decisions, today, strict
        self._marker = Marker()
        self._by_subject: defaultdict[str, list[Suppression]] = defaultdict(list)
        for one in decisions:
            self._by_subject[one.subject].append(one)
            if ":" not in one.subject and (folded := folded_key(one.subject)) != one.subject:
                self._by_subject[folded].append(one)
        self._used: set[str] = set()
        self._ended: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def apply(self, verdict: Verdict) -> Verdict:
        """The verdict with what decisions answer."""
        return decided(verdict, [self._one(f, verdict.listing) for f in verdict.findings], strict=self._strict)

    def _one(self, finding: Finding, listing: Listing) -> Finding:
        found = {s.id: s for key in set(subjects(finding)) for s in self._by_subject.get(key, ())}
        answer = None
        for one in sorted(found.values(), key=lambda s: s.id):
            if not one.covers(finding, listing):
                continue
            self._used.add(one.id)
            ended = one.ended(finding, listing, self._today)
            if ended is not None:
                self._ended[one.id][ended].append(listing.id)
            elif one.status in ORDERS:
                return finding
            elif answer is None:
                answer = one
        return self._marker.marked(finding, answer.why) if answer else finding

    def notices(self, *, whole: bool) -> Iterator[Notice]:
        """What is to be said of the decisions; `whole`: all that was asked for was checked, so that unused ones are known."""
        for one in self._decisions:
            for why, listings in self._ended[one.id].items():
                kind = "" if why.startswith("expired") else "reopened: "
                yield Notice(one.where, f"{kind}{why}; open again: {_named(listings)}")
            if one.id not in self._used:
                if one.expires is not None and self._today > one.expires:
                    yield Notice(one.where, f"expired on {one.expires} and answers nothing; delete it")
                elif whole:
                    yield Notice(one.where, "unused: it answers no finding of this run; delete it, or check its scope")
            if told := one.over_broad:
                yield Notice(one.where, told)


def _named(listings: Iterable[str]) -> str:
    ids = list(dict.fromkeys(listings))
    more = len(ids) - MOST_NAMED
    return ", ".join(ids[:MOST_NAMED]) + (f" and {more} more listings" if more > 0 else "")
