"""USPTO trademark applications XML (TDXF v2.0), daily and annual, as zip or XML."""

import datetime
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from listing_preflight.model.mark import Registration
from listing_preflight.watchlists.registers.record import DataDate, Item, Record, Skipped, Told
from listing_preflight.watchlists.registers.source import Stream, documents
from listing_preflight.watchlists.registers.statements import Said, understand
from listing_preflight.watchlists.registers.tdxf_classes import classes as read_classes
from listing_preflight.watchlists.registers.tdxf_classes import goods as goods_of
from listing_preflight.watchlists.registers.xml_stream import elements

FORMAT = "uspto-tdxf"
SOURCE = "USPTO trademark applications XML (TDXF)"
LICENCE = "US government work, no copyright in the United States"
_HEADER = (
    "filing-date", "registration-date", "status-code", "mark-identification", "mark-drawing-code", "renewal-date",
    "supplemental-register-in", "standard-characters-claimed-in",
)  # fmt: skip
_WORDS = frozenset("1345")
"""Drawing codes with words; 2 is a drawing without, 6 a sound or scent. 0 is none given: then the name says it."""
TWENTY_YEARS = datetime.date(1989, 11, 16)
"""Terms granted before this day ran 20 years, since then 10 (15 U.S.C. 1058, 1059)."""


def read(file: Path, _: Told) -> Iterator[Item]:
    """Records of every XML document in the file."""
    for stream in documents(file):
        yield from _document(stream)


def _document(stream: Stream) -> Iterator[Item]:
    newest = ""
    for element in elements(stream, ("creation-datetime", "case-file"), "trademark-applications-daily"):
        if element.tag == "case-file":
            item = _case(element)
            if isinstance(item, Record) and item.stamp > newest:
                newest = item.stamp
            yield item
        elif (day := iso(element.text)) is not None:
            yield DataDate(day)
    if newest:
        yield DataDate(newest)


@functools.lru_cache(maxsize=1 << 16)
def iso(text: str | None) -> str | None:
    """The first eight digits YYYYMMDD as an ISO date; None where a part is unknown, as in 18790000."""
    day = date(text)
    return None if day is None else day.isoformat()


@functools.lru_cache(maxsize=1 << 16)
def date(text: str | None) -> datetime.date | None:
    """As `iso`, as a date."""
    if not text or len(text) < 8 or text[4:6] == "00" or text[6:8] == "00":
        return None
    try:
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _case(case: Any) -> Record | Skipped:
    parts = {part.tag: part for part in case}
    serial = _text(parts.get("serial-number"))
    if not serial.isdigit() or len(serial) > 8:
        return Skipped("no-number", f"serial number {serial!r}")
    header = parts.get("case-file-header")
    if header is None:
        return Skipped("no-header", serial)
    head = {part.tag: part.text or "" for part in header.iterchildren(*_HEADER)}
    drawing = head.get("mark-drawing-code", "0")[:1]
    name = " ".join(head.get("mark-identification", "").split())
    if drawing not in ("2", "6") and not name:
        return Skipped("no-mark", serial)
    wordless = drawing in ("2", "6")
    said = understand(name, _statements(parts.get("case-file-statements")))
    registration = _text(parts.get("registration-number")).strip("0")
    madrid = parts.get("international-registration")
    international = None if madrid is None else _text(madrid.find("international-registration-number"))
    return Record(
        id=f"US{serial}", stamp=iso(_text(parts.get("transaction-date"))) or "", name="" if wordless else name,
        kind="figurative" if drawing in ("2", "3", "6") else "word", owner=_owner(parts.get("case-file-owners")),
        aliases=() if wordless else said.aliases,
        numbers=tuple(n for n in (serial, registration, international) if n),
        registrations=_registrations(serial, registration, head, said, parts, international),
    )  # fmt: skip


def _text(element: Any) -> str:
    return "" if element is None else (element.text or "").strip()


def _statements(element: Any) -> Iterator[tuple[str, str]]:
    """A statement's code and its text, which may come in several pieces."""
    code, texts = "", list[str]()
    for part in () if element is None else element.iter("type-code", "text"):
        if part.tag == "text":
            texts.append(part.text or "")
            continue
        if texts:
            yield code, "".join(texts)
        code, texts = (part.text or "").strip(), []
    if texts:
        yield code, "".join(texts)


def _owner(element: Any) -> str | None:
    """The latest owners: those of the highest party type (10 applicant … 30 registrant … 31 and up later owners)."""
    latest, rank, names = -1, 0, list[str]()
    for part in () if element is None else element.iter("party-type", "party-name"):
        said = part.text or ""
        if part.tag == "party-type":
            rank = int(said) if said.isdigit() else 0
        elif latest <= rank < 70 and (name := " ".join(said.split())):
            names = [*names, name] if rank == latest else [name]
            latest = rank
    return "; ".join(dict.fromkeys(names)) or None


def _registrations(
    serial: str, number: str, head: dict[str, str], said: Said, parts: dict[str, Any], international: str | None
) -> tuple[Registration, ...]:
    """One row for each state of classes; a Madrid extension adds the row of its international registration."""
    filed, registered = date(head.get("filing-date")), date(head.get("registration-date"))
    supplemental = head.get("supplemental-register-in") == "T"
    status = f"US:{head.get('status-code', '').strip() or '000'}"
    madrid = parts.get("international-registration")
    expires = _expires(registered, head, madrid)
    if expires is not None and (state_of := date(_text(parts.get("transaction-date")))):
        expires = expires if expires > state_of else None  # the office's status is newer than the end of the term
    out = []
    kept = read_classes(parts.get("classifications"), said)
    for force in dict.fromkeys(k.force for k in kept):
        classes = frozenset[int]().union(*(k.nice for k in kept if k.force == force)) or None
        goods, excluded = goods_of(said, kept, force)
        out.append(Registration(
            office="US", number=number or serial, classes=classes, status=force or status, filed=filed,
            registered=registered, expires=expires, goods=goods, excluded_goods=excluded, disclaimed=said.disclaimed,
            supplemental=supplemental,
        ))  # fmt: skip
    if international and madrid is not None:
        out.append(_international(international, madrid))
    return tuple(out)


def _international(number: str, madrid: Any) -> Registration:
    return Registration(
        office="WO", number=number, registered=date(_text(madrid.find("international-registration-date"))),
        expires=date(_text(madrid.find("international-renewal-date"))), designated=frozenset({"US"}),
    )  # fmt: skip


def _expires(registered: datetime.date | None, head: dict[str, str], madrid: Any) -> datetime.date | None:
    """The end of the term: ten years (twenty for old ones) after registration or the last renewal.

    A Madrid extension lasts as long as its international registration.
    """
    if registered is None:
        return None
    if madrid is not None:
        return date(_text(madrid.find("international-renewal-date")))
    start = date(head.get("renewal-date")) or registered
    year = start.year + (10 if start >= TWENTY_YEARS else 20)
    return start.replace(year=year, day=28 if (start.month, start.day) == (2, 29) else start.day)
