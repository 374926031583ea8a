"""Decisions beside the findings that they cover, for the statistics."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from listing_preflight.decisions.suppression_files import read_suppressions
from listing_preflight.decisions.suppressions import Suppression
from listing_preflight.review.folder import Decision
from listing_preflight.review.report import Report
from listing_preflight.text.fold import folded_key


def counted(folder: Path, report: Report | None) -> Iterator[tuple[Suppression, int]]:
    """Every decision of a folder with how many findings of the report lie in its scope; 0 without a report."""
    told = read_suppressions(folder)
    covers: Counter[str] = Counter()
    for group in report.groups.values() if report else ():
        for one in told:
            if one.subject in group.subjects or folded_key(one.subject) in group.subjects:
                ready = Decision(one, (0, 0))
                covers[one.id] += sum(ready.covers(group, item) for item in group.items)
    for one in told:
        yield one, covers[one.id]
