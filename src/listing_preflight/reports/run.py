"""What a report says of the run as a whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from listing_preflight.model.finding import RANK, Verdict
from listing_preflight.model.listing import Aside, Gap, Note
from listing_preflight.reports.catalog import Catalog, catalog

MOST_NOTES = 1_000
"""Notes that the summary tells."""
Result = Verdict | Gap | Aside | Note
"""What a scan hands to its reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """The run line: tool, lists and options that shape the result; no time and no absolute path.

    `core` is what names were looked for with, the compiled core or numpy: it shapes the time alone.
    """

    tool: str
    version: str
    core: str = ""
    lists: tuple[Mapping[str, object], ...]
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Summary:
    """Counts of a run, kept while it goes on."""

    listings: int = 0
    gaps: int = 0
    unread: int = 0
    not_requested: int = 0
    dropped: int = 0
    set_aside: int = 0
    suppressed: int = 0
    shared: int = 0
    notes: list[Note] = field(default_factory=list)
    interrupted: bool = False
    strict: bool = False
    by_decision: Counter[str] = field(
        default_factory=lambda: Counter({"pass": 0, "review": 0, "block": 0, "incomplete": 0})
    )
    findings: Counter[str] = field(default_factory=lambda: Counter({"high": 0, "medium": 0, "low": 0}))
    causes: set[str] = field(default_factory=set)

    @property
    def not_rechecked(self) -> int:
        """Listings that nobody looked at, as no mark that changed can touch them (--only-changed-since)."""
        return self.by_decision["not-rechecked"]

    @property
    def complete(self) -> bool:
        """Whether all that was asked for was checked."""
        return not self.gaps and not self.interrupted and not (self.strict and self.unread)

    def count(self, result: Result) -> None:
        """Add one result."""
        if isinstance(result, Gap):
            self.gaps += 1
        elif isinstance(result, Aside):
            self.set_aside += 1
        elif isinstance(result, Note):
            self.notes += [result] if len(self.notes) < MOST_NOTES else []
        else:
            self.listings += 1
            self.gaps += len(result.gaps)
            self.unread += len(result.unread)
            self.not_requested += result.not_requested
            self.shared += len(result.shared)
            self.dropped += len(result.dropped) + result.passed_over
            self.by_decision[result.decision] += 1
            if not result.findings:
                return
            self.suppressed += sum(f.suppressed is not None for f in result.findings)
            self.findings.update(f.severity for f in result.findings if f.suppressed is None)
            self.causes.update(f.cause for f in result.findings if f.suppressed is None)

    def reaches(self, level: str) -> bool:
        """Whether a finding is at or above a severity; `never` is never reached."""
        return level != "never" and any(n and RANK[s] >= RANK[level] for s, n in self.findings.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a report tells: dropped hits too, proof and low findings too, the summary alone, and in which language.

    `crops` is the folder with the pictures that places name, for reports that show pictures.
    """

    explain: bool = False
    verbose: bool = False
    brief: bool = False
    crops: Path | None = None
    words: Catalog = field(default_factory=lambda: catalog("en"))


class Report(Protocol):
    """What a module of this room offers: it writes a run as it goes."""

    def begin(self, run: RunInfo) -> None:
        """Write what stands before the first result."""
        ...

    def add(self, result: Result) -> None:
        """Write one result."""
        ...

    def end(self, summary: Summary) -> None:
        """Write what stands after the last result."""
        ...
