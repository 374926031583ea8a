"""What every decision does to a verdict: its findings marked as accepted, the decision drawn again from the rest."""

import dataclasses
import weakref
from collections.abc import Sequence

from listing_preflight.model.finding import Finding, Verdict, decide


class Marker:
    """Marks findings as accepted; listings of one content share their findings, and their marked copies as well."""

    def __init__(self) -> None:
        self._known: weakref.WeakKeyDictionary[Finding, dict[str, Finding]] = weakref.WeakKeyDictionary()

    def marked(self, finding: Finding, why: str) -> Finding:
        """The finding as accepted, with the reason that reports show."""
        copies = self._known.setdefault(finding, {})
        if why not in copies:
            copies[why] = dataclasses.replace(finding, suppressed=why)
        return copies[why]


def decided(verdict: Verdict, findings: Sequence[Finding], *, strict: bool) -> Verdict:
    """The verdict with these findings; `strict` as for --strict-images."""
    if all(one is other for one, other in zip(findings, verdict.findings, strict=True)):
        return verdict
    decision = decide(tuple(findings), verdict.gaps)
    if decision == "pass" and strict and verdict.unread:
        decision = "incomplete"
    return dataclasses.replace(verdict, findings=tuple(findings), decision=decision)
