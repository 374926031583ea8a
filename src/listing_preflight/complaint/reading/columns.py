"""Columns of ids in tables of any language: told by what their rows hold, where no head that is known names them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.label_words import fields_by_words
from listing_preflight.complaint.labels import known_fields
from listing_preflight.complaint.reading.page import HIDDEN, Page

Cell = tuple[int, int]
_BARS = re.compile(r"[^|\s](?:[^|\n]*[^|\s])?")
_TABS = re.compile(r"[^\t\s](?:[^\t\n]*[^\t\s])?")
_PRINTED = re.compile(r"\S+(?:[ ]\S+)*")
_ID = re.compile(
    r"(?=(?:[A-Za-z_.-]*[0-9]){4})(?:[A-Za-z]{0,12}[-_]?[0-9][A-Za-z0-9]{3,24}|[A-Za-z0-9]{2,12}(?:[-_.][A-Za-z0-9]{1,14}){1,4}|[0-9]{3}(?: [0-9]{3}){2,3}|[0-9]{4}(?: [0-9]{4}){2}|[A-Z][A-Z0-9]{7,24})"
)
_NO_ID = re.compile(
    r"(?:19|20)[0-9]{2}([./-]?)[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([./-])[0-9]{1,2}\2(?:[0-9]{2}){1,2}|[0-9]+\.[0-9]{2}"
)
"""A day or a price."""
_LEAST_ROWS = 2


class _Row(NamedTuple):
    line: int
    cells: list[Cell]


def find(page: Page, found: Sequence[Span]) -> Iterator[Span]:
    """The ids of each table's column of ids, with what was found of it before."""
    known = sorted({s.start for s in found})
    for head, rows in _tables(page):
        column = _column(page, head, rows, known)
        if column is None:
            continue
        for row in rows:
            start, end = row.cells[column]
            if not HIDDEN.search(page.text[start:end]):
                yield page.folded.span(start, end)


def _tables(page: Page) -> Iterator[tuple[list[str], list[_Row]]]:
    """Runs of lines that fall into as many cells, each with the cells of the line above it."""
    lines = [_Row(n, cells) for n, cells in enumerate(_lines(page.text))]
    rows: list[_Row] = []
    for one, after in pairwise([*lines, _Row(len(lines), [])]):
        rows.append(one)
        if len(one.cells) != len(after.cells):
            yield from _table(page, rows, lines[rows[0].line - 1] if rows[0].line else None)
            rows = []


def _lines(text: str) -> Iterator[list[Cell]]:
    at = 0
    for line in text.split("\n"):
        way = _BARS if line.count("|") > 1 or " | " in line else _TABS if "\t" in line else _PRINTED
        if not re.fullmatch(r"[\s|=+_:–—-]+", line):  # a line of strokes under the heads is none of the table's
            yield [(at + m.start(), at + m.end()) for m in way.finditer(line)]
        at += len(line) + 1


def _table(page: Page, rows: list[_Row], above: _Row | None) -> Iterator[tuple[list[str], list[_Row]]]:
    if len(rows[0].cells) < _LEAST_ROWS:
        return
    first, *rest = rows
    told = [page.text[slice(*c)] for c in first.cells]
    if any(_ID.fullmatch(t) for t in told):
        head = [page.text[slice(*c)] for c in above.cells] if above else []
        yield head if len(head) == len(told) else [], rows
    elif rest:
        yield told, rest


def _column(page: Page, head: list[str], rows: list[_Row], known: list[int]) -> int | None:
    """Which column holds the ids: the one of which one was found before, or the first that its head does not call something else."""
    if len(rows) < _LEAST_ROWS:
        return None
    like = [n for n in range(len(rows[0].cells)) if _is_of_ids(page, [r.cells[n] for r in rows])]
    begun = [n for n in like if any(_holds(page, r.cells[n], known, whole=True) for r in rows)]
    if begun:
        return begun[0]
    if any(_holds(page, cell, known) for r in rows for cell in r.cells):
        return None  # what was found stands in addresses or in a sentence of the rows
    return next((n for n in like if head and _may_head(head[n])), None)


def _holds(page: Page, cell: Cell, known: list[int], *, whole: bool = False) -> bool:
    """Whether something found before begins in a cell; `whole`: with it."""
    start, end = page.folded.at[cell[0]], page.folded.at[cell[1] - 1]
    n = bisect_left(known, start)
    return n < len(known) and (known[n] == start if whole else known[n] < max(end, start + 1))


def _is_of_ids(page: Page, cells: list[Cell]) -> bool:
    told = [page.text[slice(*c)] for c in cells]
    if not all(_ID.fullmatch(t) and not _NO_ID.fullmatch(t) for t in told) or len(set(told)) < len(told):
        return False
    other = {"number", "complaint_id", "contact", "complainant", "agent"}
    return not any(p.fields & other for a, _ in cells for p in page.pairs_at(a))


def _may_head(head: str) -> bool:
    """Whether a head says nothing of what it heads but that it may be goods or a page."""
    fields = known_fields(head) or fields_by_words(head)
    if fields & {"number", "complaint_id", "contact", "mark", "office", "kind", "variant"}:
        return False
    return not re.search(data("listings.yaml")["other heads"], head, re.IGNORECASE)
