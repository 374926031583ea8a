"""Correct cells of a workbook: only the parts of their sheets are written anew, and in them only those cells."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import IO
from xml.sax.saxutils import escape

from listing_preflight.decisions.fixing.changes import Change
from listing_preflight.decisions.fixing.plain import cannot_place
from listing_preflight.errors import UnreadableError
from listing_preflight.readers.carriers.zips import open_zip
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Source

MAX_SHEET = 256 << 20
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")


def write(
    source: Source, options: ReadOptions, headers: Mapping[str | None, Sequence[str]], changes: Sequence[Change], out: IO[bytes]
) -> None:  # fmt: skip
    """Copy a workbook with its changes; every part that holds none has the same content."""
    del options
    by_sheet: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_sheet[change.sheet or ""].append(change)
    with open_zip(source) as packed, zipfile.ZipFile(out, "w") as copy:
        parts = _parts(packed)
        wanted = {parts[name]: (headers[name], found) for name, found in by_sheet.items() if name in parts}
        if len(wanted) < len(by_sheet):
            raise UnreadableError("the parts of its sheets cannot be found", where=source.shown)
        for entry in packed.infolist():
            data = packed.read(entry)
            if entry.filename in wanted:
                header, found = wanted[entry.filename]
                data = _corrected(data, header, found, source.shown)
            copy.writestr(entry, data, entry.compress_type)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}\s*=\s*"([^"]*)"', tag)
    return _unescaped(found[1]) if found else ""


def _unescaped(text: str) -> str:
    import html

    return html.unescape(text)


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """The name of each sheet's part."""
    book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {_attribute(t, "Id"): _attribute(t, "Target") for t in _RELATION.findall(relations)}
    out = {}
    for tag in _SHEET.findall(book):
        number = re.search(r'\b\w+:id\s*=\s*"([^"]*)"', tag)
        target = targets.get(number[1], "") if number else ""
        out[_attribute(tag, "name")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return out


def _corrected(data: bytes, header: Sequence[str], changes: Sequence[Change], where: str) -> bytes:
    if len(data) > MAX_SHEET:
        raise UnreadableError(f"a sheet of more than {MAX_SHEET >> 20} MB", where=where, remedy="Save it as CSV")
    text = data.decode("utf-8")
    for change in changes:
        text = _one(text, header, change, where)
    return text.encode("utf-8")


def _one(text: str, header: Sequence[str], change: Change, where: str) -> str:
    """The sheet with one cell as an inline text, in the style that it had."""
    at = f"{where}:{change.row}"
    for number in (n for n, name in enumerate(header) if name == change.column):
        place = f"{_letters(number)}{change.row}"
        pattern = re.compile(rf'<((?:\w+:)?)c\b((?:[^>]*?\s)?r="{place}"[^>]*?)(?:/>|>(.*?)</\1c>)', re.DOTALL)
        found = pattern.search(text)
        if found is None or found[3] is None:
            continue
        prefix, attributes = found[1], re.sub(r'\s+t="[^"]*"', "", found[2])
        value = escape(_legal(change.after))
        cell = (
            f'<{prefix}c{" " if not attributes.startswith(" ") else ""}{attributes.rstrip()} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{value}'
            f"</{prefix}t></{prefix}is></{prefix}c>"
        )
        return text[: found.start()] + cell + text[found.end() :]
    raise cannot_place(at, change.column)


def _legal(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", text)


def _letters(index: int) -> str:
    out, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out
