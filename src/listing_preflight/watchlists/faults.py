"""All that is wrong with list files, told at once: one fault hides no other."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from listing_preflight.documents import LINE
from listing_preflight.errors import ListError
from listing_preflight.model.mark import Mark, Work
from listing_preflight.storage.mapped import is_compiled
from listing_preflight.watchlists.entries import EntryError, make_mark, make_work
from listing_preflight.watchlists.read import Document, Row, checked_head, fault, parse, place, with_defaults

MOST_OF_ENTRY = 20
"""Faults of one entry that are told."""
_Make = Callable[[Mapping[str, Any]], Mark | Work]


def faults(path: Path) -> list[ListError]:
    """Every fault of one list file: of its head, of its entries in their order, ids that stand twice. Of an inner mapping the first."""
    if path.suffix == ".parquet" or is_compiled(path):
        return []
    found: list[ListError] = []
    try:
        document = parse(path, path.read_bytes(), found.append)
        found += _of_head(path, document)
        defaults = _defaults(document)
        ids: dict[str, str] = {}
        for rows, told, make in (
            (document.marks, defaults, lambda e: make_mark(e, "list", "stated")),
            (document.works, {}, lambda e: make_work(e, "list", "stated")),
        ):
            found += _of_entries(path, rows, told, make, ids)
    except OSError as e:
        found.append(ListError(f"cannot be read ({e.strerror})", where=str(path)))
    except ListError as e:
        found.append(e)
    return sorted(found, key=_line)


def _line(one: ListError) -> int:
    number = one.where.rpartition(":")[2]
    return int(number) if number.isdecimal() else 0


def _of_head(path: Path, document: Document) -> list[ListError]:
    out = []
    line = {LINE: document.head[LINE]} if LINE in document.head else {}
    for key, value in document.head.items():
        try:
            checked_head(path, {key: value, **line})
        except ListError as e:
            out.append(e)
    return out


def _defaults(document: Document) -> Mapping[str, Any]:
    told = document.head.get("defaults")
    return {k: v for k, v in told.items() if k != LINE} if isinstance(told, Mapping) else {}


def _of_entries(
    path: Path, rows: Iterable[Row], defaults: Mapping[str, Any], make: _Make, ids: dict[str, str]
) -> list[ListError]:
    out: list[ListError] = []
    for row in rows:
        made, wrong = _tried(path, row, defaults, make)
        out += wrong
        if made is not None and made.id in ids:
            remedy = f"Its first entry stands at {ids[made.id]}: give the second its own id"
            out.append(ListError(f"id {made.id!r} stands twice", where=place(path, row), remedy=remedy))
        elif made is not None:
            ids[made.id] = place(path, row)
    return out


def _tried(
    path: Path, row: Row, defaults: Mapping[str, Any], make: _Make
) -> tuple[Mark | Work | None, list[ListError]]:
    """What an entry makes, or its faults: a field that is wrong is told and left out, and the others are looked at without it."""
    entry, out = dict(with_defaults(row, defaults)), list[ListError]()
    for _ in range(MOST_OF_ENTRY):
        try:
            made = make(entry)
        except EntryError as e:
            key = re.split(r"[.\[]", e.field, maxsplit=1)[0]
            if key not in entry:  # missing, or missing now because it was wrong
                return None, out or [fault(path, row, e)]
            out.append(fault(path, row, e))
            del entry[key]
        else:
            return (None if out else made), out
    return None, out
