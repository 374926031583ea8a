"""The changes that were accepted: one a cell, told in a list for people and programs."""

import csv
import datetime
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import IO, NamedTuple

from listing_preflight.errors import UsageError
from listing_preflight.judging.rewording import SAID, Why, why_none
from listing_preflight.model.finding import Rewrite, Verdict
from listing_preflight.model.listing import Listing

SAFE = "safe"
_COLUMNS = ("listing", "file", "sheet", "row", "column", "field", "before", "after", "rewrite", "rule", "mark")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell with its value before and after, and why; `rewrite`, `rule` and `mark` name several where several were accepted."""

    listing: str
    file: str
    sheet: str | None
    row: int
    column: str
    field: str
    before: str
    after: str
    rewrite: str
    rule: str
    mark: str | None

    @property
    def cell(self) -> tuple[str | None, int, str, str]:
        """Where it is: sheet, row, column and the value there."""
        return self.sheet, self.row, self.column, self.before

    @property
    def rewrites(self) -> list[str]:
        """The ids of what was accepted."""
        return self.rewrite.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmended:
    """A finding of medium or high severity for which no rewrite is offered, and why."""

    listing: str
    row: int | None
    marketplace: str | None
    rule: str
    mark: str | None
    severity: str
    why: Why
    reason: str


def unmended(verdict: Verdict, day: datetime.date) -> Iterable[Unmended]:
    """The findings of a verdict that get no rewrite, each with the reason in a short sentence."""
    listing = verdict.listing
    for finding in verdict.findings:
        if finding.suppressed is None and finding.severity != "low" and not finding.rewrites:
            why = why_none(finding, listing, day, verdict.findings)
            yield Unmended(
                listing=listing.id, row=listing.origin.row, marketplace=verdict.marketplace, rule=finding.rule,
                mark=finding.mark.name if finding.mark else None, severity=finding.severity, why=why, reason=SAID[why],
            )  # fmt: skip


def offered(verdict: Verdict) -> Iterable[Change]:
    """What the rewrites of a verdict would change."""
    listing = verdict.listing
    for finding in (f for f in verdict.findings if f.suppressed is None):
        for rewrite in finding.rewrites:
            for row, column in _cells(listing, rewrite):
                yield Change(
                    listing=listing.id, file=listing.origin.file, sheet=listing.origin.sheet, row=row, column=column,
                    field=rewrite.field, before=rewrite.before, after=rewrite.after, rewrite=rewrite.id, rule=finding.rule,
                    mark=finding.mark.name if finding.mark else None,
                )  # fmt: skip


def _cells(listing: Listing, rewrite: Rewrite) -> Iterable[tuple[int, str]]:
    """The cells that hold the text of a rewrite: the one that it was read from and those that repeat it."""
    for number, text in enumerate(listing.texts):
        if _is_meant(rewrite, text.field, text.index, text.value) and text.row and text.column:
            yield text.row, text.column
            yield from ((row, column) for at, row, column in listing.repeats if at == number)


def _is_meant(rewrite: Rewrite, field: str, index: int, value: str) -> bool:
    return (rewrite.field, rewrite.index, rewrite.before) == (field, index, value)


def accepted(changes: Sequence[Change], accept: Sequence[str]) -> tuple[list[Change], list[Change]]:
    """The changes that the user accepts, one a cell, and those left out because a cell has two; UsageError for an unknown id.

    `safe` accepts every rewrite of which a cell has only one: each was judged before it was offered. Several of one cell that are
    accepted by id are made together where each changes words of its own: the copy is judged again before it counts.
    """
    known = {c.rewrite for c in changes}
    unknown = [a for a in accept if a != SAFE and a not in known]
    if unknown:
        offers = ", ".join(sorted(known)) or "none"
        remedy = f"Rewrites offered now: {offers}"
        raise UsageError(f"no rewrite {', '.join(unknown)} is offered for this file", where="--accept", remedy=remedy)
    cells: defaultdict[tuple[str | None, int, str, str], list[Change]] = defaultdict(list)
    for change in changes:
        if SAFE in accept or change.rewrite in accept:
            cells[change.cell].append(change)
    kept: list[Change] = []
    left: list[Change] = []
    for each in cells.values():
        named = [c for c in each if c.rewrite in accept]
        if one := _one(named or each, joined=bool(named)):
            kept.append(one)
        else:
            left.extend({c.after: c for c in reversed(named or each)}.values())
    return kept, left


def _one(changes: Sequence[Change], *, joined: bool) -> Change | None:
    """What changes of one cell come to: the same text, or, `joined`, each its own words; None where they do not fit together."""
    first, afters = changes[0], {c.after for c in changes}
    after = first.after if len(afters) == 1 else _joined(first.before, afters) if joined else None
    if after is None:
        return None
    return replace(
        first, after=after, rewrite=_several((c.rewrite for c in changes), " "), rule=_several((c.rule for c in changes), " "),
        mark=_several((c.mark for c in changes if c.mark), ", ") or None,
    )  # fmt: skip


def _several(names: Iterable[str], between: str) -> str:
    return between.join(dict.fromkeys(names))


def _joined(before: str, afters: Iterable[str]) -> str | None:
    """A text with several changes made to it, the last place first; None where two of them may touch the same characters.

    Where a change can stand at several places ("reda redb" without one of its words), all of them are asked.
    """
    found = list(afters)
    spans = sorted((_changed(before, after) for after in found), reverse=True)
    reaches = sorted((_reach(before, after) for after in found), reverse=True)
    meet = any(earlier[1] > later[0] or earlier == later for later, earlier in itertools.pairwise(reaches))
    if meet or any(earlier[:2] == later[:2] for later, earlier in itertools.pairwise(spans)):
        return None
    for start, stop, new in spans:
        before = before[:start] + new + before[stop:]
    return before


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


class _Span(NamedTuple):
    """Characters of a text and what stands in their place."""

    start: int
    stop: int
    new: str


def _changed(before: str, after: str) -> _Span:
    """The characters in which two texts differ: what is left without their common beginning and end."""
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    return _Span(start, len(before) - end, after[start : len(after) - end])


def _reach(before: str, after: str) -> tuple[int, int]:
    """From the first to the last place at which a change may stand: its span, and the same found from the end."""
    left = _changed(before, after)
    right = _changed(before[::-1], after[::-1])
    return min(left.start, len(before) - right.stop), max(left.stop, len(before) - right.start)


def write_json(changes: Iterable[Change], left: Iterable[Unmended], out: IO[str]) -> None:
    """The list as a JSON document, and beside it the findings without a rewrite."""
    rows = [{name: getattr(change, name) for name in _COLUMNS} for change in changes]
    json.dump(
        {"schema": "preflight.changes/1", "changes": rows, "without_rewrite": [asdict(one) for one in left]},
        out,
        ensure_ascii=True,
        indent=1,
    )
    out.write("\n")


def write_csv(changes: Iterable[Change], out: IO[str]) -> None:
    """The list as CSV; no cell of it is a formula to a spreadsheet."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for change in changes:
        rows.writerow([_harmless(getattr(change, name)) for name in _COLUMNS])


def _harmless(value: object) -> str:
    text = "" if value is None else str(value)
    shown = "".join(c if c >= " " or c in "\n\t" else " " for c in text).encode("utf-8", "backslashreplace").decode()
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
