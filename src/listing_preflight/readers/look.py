"""A first look at a file: what it comes in, and the first rows, values or tags from which its format is recognised."""

import dataclasses
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from listing_preflight.errors import UnreadableError, UsageError
from listing_preflight.readers.carriers import columnar, delimited, json_values, opendocument, workbook, zips
from listing_preflight.readers.carriers.json_values import Value
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.rows import HEAD, Head, Row, Sheet
from listing_preflight.readers.source import Source

Carrier = Literal["text", "workbook", "opendocument", "json", "parquet", "xml", "archive", "gzip"]
ENCODED = frozenset({"text", "json", "xml"})
"""Carriers of which it is a question how their characters are written as bytes."""
VALUES = 20
_TAG = re.compile(r"<([A-Za-z_][\w:.-]*)([^<>]*)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the first bytes show. Only what the carrier gives is filled."""

    carrier: Carrier
    sheets: tuple[Head, ...] = ()
    values: tuple[Value, ...] = ()
    columns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    spaces: str = ""
    encoding: str = ""


def carrier_of(source: Source) -> Carrier:
    """What a file comes in, by its bytes; UnreadableError where no carrier fits."""
    head = source.head
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(source)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        locked = "EncryptedPackage".encode("utf-16-le") in head
        what = "is a workbook with a password" if locked else "is an Excel file of before 2007, or one with a password"
        raise UnreadableError(what, remedy="Save it as .xlsx or CSV without a password")
    if "\0" in source.sample.replace("\0", "", 40)[:4096]:
        raise UnreadableError("looks like a binary file", remedy="Name an export file or a folder")
    start = source.sample.lstrip()
    if start.startswith("<") and _TAG.search(start[:20_000]):
        return "xml"
    return "json" if json_values.is_json(source) else "text"


def _packed(source: Source) -> Carrier:
    names = zips.names(source)
    if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
        return "workbook"
    return "opendocument" if "content.xml" in names and "mimetype" in names else "archive"


def look(source: Source, options: ReadOptions) -> Look:
    """The first rows, values or tags of a source."""
    carrier = carrier_of(source)
    if carrier in ("text", "workbook", "opendocument"):
        heads = tuple(_head(sheet) for sheet in sheets(_sampled(source), carrier, options))
        return Look(carrier=carrier, sheets=heads, encoding=source.encoding)
    if carrier == "json":
        first = tuple(itertools.islice(json_values.values(_sampled(source)), VALUES))
        return Look(carrier=carrier, values=first, encoding=source.encoding)
    if carrier == "parquet":
        return Look(carrier=carrier, columns=tuple(columnar.columns(source)), values=_rows(source))
    if carrier == "xml":
        start = source.sample.lstrip()[:20_000]
        tags = tuple(dict.fromkeys(m[1] for m in _TAG.finditer(start)))
        return Look(carrier=carrier, tags=tags, spaces=" ".join(m[2] for m in _TAG.finditer(start[:4000])))
    return Look(carrier=carrier)


def _rows(source: Source) -> tuple[Value, ...]:
    return tuple(itertools.islice(columnar.values(source), VALUES))


def _sampled(source: Source) -> Source:
    """A pipe is looked at by its first bytes alone; a file can be read again."""
    if source.length is not None:
        return source
    return dataclasses.replace(source, raw=lambda: io.BytesIO(source.head))


def sheets(source: Source, carrier: Carrier, options: ReadOptions) -> Iterator[Sheet]:
    """The sheets of a table file, or the one that the user asks for."""
    found = _all(source, carrier, options)
    if options.sheet is None or carrier == "text":
        yield from found
        return
    names = []
    for number, sheet in enumerate(found, 1):
        names.append(sheet.name or "")
        if options.sheet in (sheet.name, str(number)):
            yield sheet
            return
    raise UsageError(
        f"no sheet {options.sheet!r} in {source.shown}", where="--sheet", remedy=f"Sheets are {', '.join(names)}"
    )


def _all(source: Source, carrier: Carrier, options: ReadOptions) -> Iterator[Sheet]:
    if carrier == "workbook":
        return workbook.sheets(source)
    if carrier == "opendocument":
        return opendocument.sheets(source)
    return delimited.sheets(source, options)


def _head(sheet: Sheet) -> Head:
    return Head(sheet.name, tuple(itertools.islice(_filled(sheet.rows), HEAD)))


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    return (row for row in itertools.islice(rows, 10 * HEAD) if any(c and not c.isspace() for c in row.cells))
