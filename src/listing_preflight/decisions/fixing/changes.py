"""The changes that were accepted: one a cell, told in a list for people and programs."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from listing_preflight.errors import UsageError
from listing_preflight.model.finding import Rewrite, Verdict
from listing_preflight.model.listing import Listing

SAFE = "safe"
_COLUMNS = ("listing", "file", "sheet", "row", "column", "field", "before", "after", "rewrite", "rule", "mark")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell with its value before and after, and why."""

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

    `safe` accepts every rewrite of which a cell has only one: each was judged before it was offered.
    """
    known = {c.rewrite for c in changes}
    unknown = [a for a in accept if a != SAFE and a not in known]
    if unknown:
        offers = ", ".join(sorted(known)) or "none"
        remedy = f"Rewrites offered now: {offers}"
        raise UsageError(f"no rewrite {', '.join(unknown)} is offered for this file", where="--accept", remedy=remedy)
    wanted = [c for c in changes if SAFE in accept or c.rewrite in accept]
    cells: dict[tuple[str | None, int, str, str], dict[str, Change]] = {}
    for change in wanted:
        cells.setdefault(change.cell, {}).setdefault(change.after, change)
    kept: list[Change] = []
    left: list[Change] = []
    for each in cells.values():
        several = [c for c in each.values() if c.rewrite in accept] or list(each.values())
        (kept if len(several) == 1 else left).extend(several)
    return kept, left


def write_json(changes: Iterable[Change], out: IO[str]) -> None:
    """The list as a JSON document."""
    rows = [{name: getattr(change, name) for name in _COLUMNS} for change in changes]
    json.dump({"schema": "preflight.changes/1", "changes": rows}, out, ensure_ascii=True, indent=1)
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
