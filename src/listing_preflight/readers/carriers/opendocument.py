"""OpenDocument spreadsheets (ods): rows of every sheet, streamed; repeated rows and cells within bounds."""

import re
from collections.abc import Iterator
from typing import Any

from listing_preflight.errors import UnreadableError
from listing_preflight.readers.carriers.zips import open_zip
from listing_preflight.readers.missing import missing
from listing_preflight.readers.rows import Row, Sheet
from listing_preflight.readers.source import Source

MAX_COLUMNS = 16_384
MAX_REPEATED = 100_000
"""Times that one filled row is repeated; blank rows at the end are repeated a million times and are nothing."""
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")


def sheets(source: Source) -> Iterator[Sheet]:
    """Every sheet with its rows."""
    try:
        from lxml import etree
    except ImportError:
        raise missing("lxml", "OpenDocument spreadsheets") from None
    with open_zip(source) as packed, packed.open("content.xml") as xml:
        events = etree.iterparse(
            xml, events=("start", "end"), tag=(_TABLE + "table", _TABLE + "table-row"),
            resolve_entities=False, no_network=True, huge_tree=False,
        )  # fmt: skip
        try:
            for event, element in events:
                if event == "start" and element.tag == _TABLE + "table":
                    yield Sheet(element.get(_TABLE + "name"), _rows(events, element))
        except etree.LxmlError as e:
            raise UnreadableError(f"the spreadsheet is damaged ({e})", remedy="Open and save it again") from None


def _rows(events: Any, table: Any) -> Iterator[Row]:
    number = 1
    for event, element in events:
        if event == "end" and element is table:
            return
        if event == "end" and element.tag == _TABLE + "table-row":
            cells, faults = _cells(element)
            times = _count(element, "number-rows-repeated")
            for _ in range(min(times, MAX_REPEATED) if any(cells) else 0):
                yield Row(number + _, list(cells), faults)
            number += times
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _count(element: Any, name: str, space: str = "") -> int:
    text = element.get((space or _TABLE) + name, "1")
    return min(int(text), 1 << 21) if _NUMBER.fullmatch(text) else 1


_NUMBER = re.compile(r"[0-9]{1,9}")


def _cells(row: Any) -> tuple[list[str], tuple[str, ...]]:
    out: list[str] = []
    date = False
    for cell in row.iterchildren(*_CELLS):
        text = "\n".join(_shown(p) for p in cell.iterchildren(_TEXT + "p"))
        date = date or (bool(text) and cell.get(_OFFICE + "value-type") in ("date", "time"))
        times = _count(cell, "number-columns-repeated")
        out += [text] * min(times, MAX_COLUMNS - len(out)) if text or times < MAX_COLUMNS else []
    while out and not out[-1]:
        out.pop()
    return out, ("date",) if date else ()


def _shown(paragraph: Any) -> str:
    """The text of a paragraph, with the spaces, tabs and breaks that stand as elements in it."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == _TEXT + "s":
            parts.append(" " * min(_count(child, "c", _TEXT), 1000))
        elif child.tag == _TEXT + "tab":
            parts.append("\t")
        elif child.tag == _TEXT + "line-break":
            parts.append("\n")
        else:
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    return "".join(parts)
