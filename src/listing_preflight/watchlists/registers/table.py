"""CSV and XLSX exports of registers, read with a mapping file."""

import csv
import datetime
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from listing_preflight.errors import ListError
from listing_preflight.model.mark import STATUSES, Registration
from listing_preflight.watchlists.entries import OFFICES
from listing_preflight.watchlists.registers.mapping import Table, mapping
from listing_preflight.watchlists.registers.record import Item, Origin, Record, Skipped, Told

FORMAT = "csv"
SOURCE = "a table of a register"
LICENCE = "as its source says"
RATIO = 100
"""Unpacked to packed size from which a workbook is a bomb."""
UNPACKED = 2_000_000_000
_DELIMITERS = ",;\t|"


def read(file: Path, told: Told) -> Iterator[Item]:
    """Records of the rows; ListError where a column of the mapping is missing or the file is no table."""
    how = mapping(told.mapping)
    yield Origin(how.source, how.licence)
    rows = _workbook(file) if _is_zip(file) else _text_rows(file)
    header = [h.strip() for h in next(rows, (0, []))[1]]
    missing = [c for c in how.columns.values() if c not in header]
    if missing:
        near = ", ".join(h for h in header if h)[:300]
        raise ListError(
            f"has no column {missing[0]!r}, which the mapping names", where=str(file), remedy=f"Its columns are: {near}"
        )
    places = {field: header.index(column) for field, column in how.columns.items()}
    for number, cells in rows:
        if any(cells):
            yield _record(f"row {number}", {f: cells[i].strip() for f, i in places.items() if i < len(cells)}, how)


def _is_zip(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except OSError as e:
        raise ListError(f"cannot be read ({e.strerror})", where=str(file)) from None


def _text_rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            head = stream.readline()
            if head.lstrip()[:5].lower() in ("<!doc", "<html"):
                raise ListError("is an HTML page, not a table", where=str(file), remedy="Download the file again")
            stream.seek(0)
            delimiter = max(_DELIMITERS, key=head.count)
            rows = csv.reader(stream, delimiter=delimiter)
            for cells in rows:
                yield rows.line_num, cells
    except UnicodeDecodeError:
        raise ListError("is not UTF-8", where=str(file), remedy="Save the table as UTF-8") from None
    except csv.Error as e:
        raise ListError(f"is not a table: {e}", where=str(file)) from None


_CONTENTS = "[Content_Types].xml"
"""What every workbook holds."""


def _workbook(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first sheet, read as a stream."""
    import openpyxl

    try:
        with zipfile.ZipFile(file) as archive:
            sizes = [(m.file_size, m.compress_size) for m in archive.infolist()]
            if _CONTENTS not in archive.namelist():
                raise ListError(
                    "is an archive and no workbook", where=str(file), remedy="Unpack it and import the table"
                )
        if sum(s for s, _ in sizes) > UNPACKED or any(s > 10_000_000 and s > RATIO * max(p, 1) for s, p in sizes):
            raise ListError("unpacks to far more than it holds: it may be a bomb", where=str(file))
        with file.open("rb") as stream:  # a path's ending would be asked whether it is a workbook's
            sheet = openpyxl.load_workbook(stream, read_only=True, data_only=True).worksheets[0]
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, [_cell(c) for c in cells]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as e:
        raise ListError(f"is not a workbook that can be read: {e}", where=str(file)) from None


def _cell(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def _record(where: str, row: Mapping[str, str], how: Table) -> Record | Skipped:
    number, name = row.get("number", ""), " ".join(row.get("name", "").split())
    kind = "word" if row.get("kind", "word").casefold().startswith("word") else "figurative"
    if not number or (not name and kind == "word"):
        return Skipped("no-number" if not number else "no-mark", f"{where} {number}".strip())
    office = row.get("office", "").upper() or how.office or ""
    if office not in OFFICES:
        return Skipped("no-office", f"{where} {office}".strip())
    registration = row.get("registration_number") or number
    one = Registration(
        office=office, number=registration, classes=_classes(row.get("classes", "")), status=_status(row, office, how),
        filed=_date(row, "filed", how), registered=_date(row, "registered", how), expires=_date(row, "expires", how),
        goods=row.get("goods") or None, designated=frozenset(c for c in _parts(row, "designated", how) if c in OFFICES),
    )  # fmt: skip
    return Record(
        id=f"{office}{number}", stamp="", name=name, kind=kind, owner=row.get("owner") or None,
        aliases=tuple(_parts(row, "aliases", how)), numbers=tuple(dict.fromkeys((number, registration))),
        registrations=(one,),
    )  # fmt: skip


def _parts(row: Mapping[str, str], field: str, how: Table) -> list[str]:
    return [p.strip() for p in row.get(field, "").split(how.separator) if p.strip()]


def _classes(text: str) -> frozenset[int] | None:
    return frozenset(n for c in re.findall(r"(?<!\d)0*(\d{1,2})(?!\d)", text) if 1 <= (n := int(c)) <= 45) or None


def _status(row: Mapping[str, str], office: str, how: Table) -> str:
    """By the mapping's states; else one of our own words, or the office's word as it stands."""
    said = row.get("status", "").casefold()
    found = how.states.get(said, said)
    if found in STATUSES or ":" in found:
        return found
    return f"{office}:{found}" if found else "unknown"


def _date(row: Mapping[str, str], field: str, how: Table) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(row.get(field, ""), how.dates).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
