"""The baseline: findings that were there on the day it was made are accepted, at the severity that they had then."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from listing_preflight.decisions.verdicts import Marker, decided
from listing_preflight.model.finding import RANK, Finding, Verdict, fingerprint

WHY = "baseline"
SEVERITIES = ("low", "medium", "high")


class Parts(NamedTuple):
    """What a fingerprint is made of; kept, so that people can read a baseline and later versions can follow it."""

    rule: str
    marketplace: str
    listing: str
    name: str
    use: str

    @property
    def fingerprint(self) -> str:
        """The fingerprint by the present version."""
        return fingerprint(*self)


def parts_of(finding: Finding, listing: str) -> Parts:
    """The parts of a finding of a listing."""
    return Parts(finding.rule, finding.site, listing, finding.key, finding.use)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One accepted finding: how many of each severity, since rows that repeat an id share a fingerprint."""

    parts: Parts
    accepted: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many findings it accepts."""
        return sum(self.accepted.values())


@dataclass(frozen=True, slots=True)
class Baseline:
    """Entries by fingerprint."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def findings(self) -> int:
        """How many findings it holds back at most."""
        return sum(e.count for e in self.entries.values())


class Collected:
    """Counts the findings of a run, for a baseline to be made of them."""

    def __init__(self) -> None:
        self._seen: dict[Parts, Counter[str]] = {}
        self.without_id = 0
        """Findings of listings that have no id of their own and are known by file and row."""

    def add(self, verdict: Verdict) -> None:
        """Count the findings of a verdict that no decision answers."""
        listing, origin = verdict.listing.id, verdict.listing.origin
        for finding in verdict.findings:
            if finding.suppressed not in (None, WHY):
                continue
            self._seen.setdefault(parts_of(finding, listing), Counter())[finding.severity] += 1
            self.without_id += listing.endswith(f"#{origin.row}")

    def baseline(self) -> Baseline:
        """The baseline that accepts all of them."""
        return made(Entry(parts=parts, accepted=dict(n)) for parts, n in self._seen.items())


def made(entries: Iterable[Entry]) -> Baseline:
    """A baseline of entries."""
    return Baseline({e.parts.fingerprint: e for e in entries})


class Accepting:
    """The filter: of each fingerprint as many findings are accepted as the baseline holds, none of a higher severity."""

    def __init__(self, baseline: Baseline, *, strict: bool) -> None:
        self._left = {key: Counter(entry.accepted) for key, entry in baseline.entries.items()}
        self._strict, self._marker = strict, Marker()

    def apply(self, verdict: Verdict) -> Verdict:
        """The verdict with what the baseline accepts."""
        return decided(verdict, [self._one(f, verdict.listing.id) for f in verdict.findings], strict=self._strict)

    def _one(self, finding: Finding, listing: str) -> Finding:
        if finding.suppressed is not None:
            return finding
        left = self._left.get(finding.fingerprint(listing))
        fitting = [s for s in SEVERITIES if left and left[s] > 0 and RANK[s] >= RANK[finding.severity]]
        if left is None or not fitting:
            return finding
        left[fitting[0]] -= 1
        return self._marker.marked(finding, WHY)


class Change(NamedTuple):
    """One difference between a baseline and a run: `kind` is new, risen or gone; how many `times`, the worst severity now (or then)."""

    kind: str
    parts: Parts
    times: int
    severity: str


def changes(before: Baseline, now: Baseline) -> list[Change]:
    """What a run has that the baseline does not accept, and what the baseline holds that the run has not."""
    out = []
    for key in sorted(before.entries.keys() | now.entries.keys()):
        was, found = before.entries.get(key), now.entries.get(key)
        if found is not None and (fresh := _unaccepted(was, found)):
            kind = "risen" if was is not None and found.count <= was.count else "new"
            out.append(Change(kind, found.parts, sum(fresh.values()), _worst(fresh)))
        if was is not None and (lost := was.count - (found.count if found else 0)) > 0:
            out.append(Change("gone", was.parts, lost, _worst(was.accepted)))
    return sorted(out, key=lambda c: (c.kind, c.parts))


def _unaccepted(was: Entry | None, found: Entry) -> Counter[str]:
    """What is left of a run's findings when each took the smallest acceptance that suffices."""
    free = Counter(was.accepted if was else {})
    left: Counter[str] = Counter()
    for severity in SEVERITIES:
        for _ in range(found.accepted.get(severity, 0)):
            fitting = [s for s in SEVERITIES if free[s] > 0 and RANK[s] >= RANK[severity]]
            if fitting:
                free[fitting[0]] -= 1
            else:
                left[severity] += 1
    return left


def _worst(counts: Mapping[str, int]) -> str:
    return max((s for s, n in counts.items() if n), key=RANK.__getitem__)


def pruned(before: Baseline, now: Baseline) -> Baseline:
    """The baseline without what is not found any more; never an acceptance more or higher than it had."""
    out = []
    for key, was in before.entries.items():
        found = now.entries.get(key)
        if found is None:
            continue
        new = _unaccepted(was, found)
        kept = {s: n - new[s] for s, n in found.accepted.items() if n - new[s] > 0}
        if kept:
            out.append(Entry(parts=was.parts, accepted=kept))
    return made(out)
