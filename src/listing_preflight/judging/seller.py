"""The seller file: own marks and authorisations with their limits, each document looked at."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listing_preflight import documents
from listing_preflight.errors import ListError
from listing_preflight.judging import papers
from listing_preflight.judging.nice import CLASSES
from listing_preflight.model.mark import Mark, Registration
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.entries import OFFICES, EntryError, check_keys, make_mark

FIELDS = frozenset(
    "mark owner work kind classes territories marketplaces skus from until document sha256 invoice note".split()
)
KINDS = ("licence", "letter", "invoice", "own-picture", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """One permission with its limits; None means that a limit does not exist."""

    mark: str | None
    owner: str | None
    work: str | None
    kind: str
    classes: frozenset[int] | None
    territories: frozenset[str] | None
    marketplaces: frozenset[str] | None
    skus: tuple[str, ...]
    starts: datetime.date | None
    ends: datetime.date | None
    document: str | None
    fault: str | None
    invoiced: frozenset[str] | None = None
    """Listings that the lines of an invoice name; None: not limited to lines."""
    doubt: str | None = None
    """Why the document may be none; told, and nothing more: nobody but a person can say what a file proves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """The seller file: own marks as marks with registrations, and authorisations."""

    name: str
    own: tuple[Mark, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()


def read_seller(path: Path) -> Seller:
    """A validated seller file; ListError names file, line and field."""
    data = documents.read(path)
    if not isinstance(data, Mapping):
        raise ListError("must be a mapping with seller, own_marks or authorisations", where=str(path))
    try:
        check_keys(data, frozenset({"seller", "own_marks", "authorisations"}))
        rows = _list(data, "own_marks")
        own = tuple(make_mark(_plain(r, path, "own_marks"), "seller", "stated") for r in rows)
        raw = _list(data, "authorisations")
        if not isinstance(head := data.get("seller") or {}, Mapping):
            raise EntryError("seller", "must be a mapping with a name")
    except EntryError as e:
        raise ListError(str(e), where=str(path)) from None
    found = tuple(_authorisation(_plain(r, path, "authorisations"), r, path) for r in raw)
    _refuse_contradictions(path, raw, own)
    return Seller(name=str(head.get("name") or ""), own=own, authorisations=found)


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    rows = data.get(key) or []
    if not isinstance(rows, list):
        raise EntryError(key, "must be a list of entries")
    return rows


def _plain(row: object, path: Path, where: str) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise ListError(f"{where}: an entry must be a mapping", where=str(path))
    return {k: v for k, v in row.items() if k != documents.LINE}


def _authorisation(row: Mapping[str, Any], raw: Mapping[str, Any], path: Path) -> Authorisation:
    where = f"{path}:{raw.get(documents.LINE, '?')}"
    try:
        check_keys(row, FIELDS)
        if not any(row.get(k) for k in ("mark", "owner", "work")):
            raise EntryError("mark", "is missing; name a mark, an owner or a work")
        if row.get("kind", "other") not in KINDS:
            raise EntryError("kind", f"{row['kind']!r} is not one of {', '.join(KINDS)}")
        starts, ends = _day(row, "from"), _day(row, "until")
        if starts and ends and ends < starts:
            raise EntryError("until", f"{ends} is before from {starts}")
        fault, doubt = _document(row, path.parent)
        return Authorisation(
            mark=row.get("mark"), owner=row.get("owner"), work=row.get("work"), kind=str(row.get("kind", "other")),
            classes=_classes(row), territories=_offices(row), marketplaces=_set(row, "marketplaces", str),
            skus=tuple(sorted(_set(row, "skus", str) or ())), starts=starts, ends=ends, document=row.get("document"),
            fault=fault, doubt=doubt, invoiced=_invoiced(row),
        )  # fmt: skip
    except EntryError as e:
        raise ListError(f"authorisation: {e}", where=where) from None


def _day(row: Mapping[str, Any], key: str) -> datetime.date | None:
    value = row.get(key)
    if value is None or isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise EntryError(key, f"{value!r} is not a date like 2026-01-31") from None


def _set(row: Mapping[str, Any], key: str, kind: type) -> frozenset[Any] | None:
    value = row.get(key)
    if value is None:
        return None
    values = value if isinstance(value, list) else [value]
    try:
        if any(isinstance(v, (Mapping, list)) for v in values):
            raise TypeError
        return frozenset(kind(v) for v in values)
    except (TypeError, ValueError):
        raise EntryError(key, f"{value!r} is not a list of {kind.__name__}") from None


def _classes(row: Mapping[str, Any]) -> frozenset[int] | None:
    found = _set(row, "classes", int)
    if found is not None and (bad := [c for c in sorted(found) if not 1 <= c <= CLASSES]):
        raise EntryError("classes", f"{bad[0]} is no class; Nice classes are 1 to {CLASSES}")
    return found


def _offices(row: Mapping[str, Any]) -> frozenset[str] | None:
    found = _set(row, "territories", str)
    if found is not None and (bad := found - OFFICES):
        raise EntryError("territories", f"{min(bad)!r} is not an office code (WIPO ST.3)")
    return found


def _document(row: Mapping[str, Any], folder: Path) -> tuple[str | None, str | None]:
    """Why the document proves nothing (missing, empty or changed), and why it may be none; None where it is as it was or none is named."""
    name, digest = row.get("document"), row.get("sha256")
    if not name:
        if digest:
            raise EntryError("sha256", "a digest needs the document that it is of")
        return None, None
    try:
        file = folder / str(name)
        if not file.is_file():  # a pipe would be waited for without end
            return "document-missing", None
        data = file.read_bytes()
    except OSError:
        return "document-missing", None
    if not data.strip():
        return "document-empty", None
    if digest and hashlib.sha256(data).hexdigest() != str(digest).lower().removeprefix("sha256:"):
        return "document-changed", None
    return None, papers.doubt(file.name, data)


def _invoiced(row: Mapping[str, Any]) -> frozenset[str] | None:
    """The listings that an invoice's lines name."""
    invoice = row.get("invoice")
    if invoice is None:
        return None
    if not isinstance(invoice, Mapping):
        raise EntryError("invoice", "must be a mapping with date, supplier and lines")
    lines = invoice.get("lines")
    if lines is None:
        return None
    if not isinstance(lines, list) or not all(isinstance(line, Mapping) and line.get("sku") for line in lines):
        raise EntryError("invoice", "lines must be a list of {sku, quantity}")
    return frozenset(str(line["sku"]) for line in lines)


def _refuse_contradictions(path: Path, rows: Sequence[Mapping[str, Any]], own: Sequence[Mark]) -> None:
    """One document with two digests, or one registration told in two ways: nobody can say which is true."""
    digests: dict[str, str] = {}
    for row in rows:
        if (name := row.get("document")) and (digest := row.get("sha256")):
            known = digests.setdefault(str(name), str(digest).lower().removeprefix("sha256:"))
            if known != str(digest).lower().removeprefix("sha256:"):
                where = f"{path}:{row.get(documents.LINE, '?')}"
                raise ListError(f"authorisation: sha256: {name} has another digest in an earlier entry", where=where)
    told: dict[tuple[str | None, str], tuple[str, Registration]] = {}
    for mark in own:
        for one in mark.registrations:
            key = (one.office, one.number or "")
            if one.number and told.setdefault(key, (folded_key(mark.name), one)) != (folded_key(mark.name), one):
                raise ListError(f"own_marks: {one.office} {one.number} is told in two ways", where=str(path))


def ending(seller: Seller, day: datetime.date, within: datetime.timedelta) -> list[tuple[Authorisation, datetime.date]]:
    """The authorisations that end within a time from a day on, the next to end first."""
    soon = [(a, a.ends) for a in seller.authorisations if a.ends is not None and day <= a.ends <= day + within]
    return sorted(soon, key=lambda pair: (pair[1], pair[0].mark or pair[0].owner or pair[0].work or ""))
