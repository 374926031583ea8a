"""Correct texts of XML: what stands between the tags of accepted texts changes, every other character stays."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import IO
from xml.sax.saxutils import escape

from listing_preflight.decisions.fixing.changes import Change
from listing_preflight.decisions.fixing.plain import Plain, cannot_place, line_starts, whole
from listing_preflight.readers.carriers.xml_items import declared
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Source

_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);")


def write(
    source: Source, options: ReadOptions, headers: Mapping[str | None, Sequence[str]], changes: Sequence[Change], out: IO[bytes]
) -> None:  # fmt: skip
    """Copy an XML file with its changes."""
    del options, headers
    plain = Plain(declared(source))
    text = whole(source, plain)
    starts = list(line_starts(text))
    places = [_place(text, starts, change, plain, source.shown) for change in changes]
    for start, end, new in sorted(places, reverse=True):
        text = text[:start] + new + text[end:]
    out.write(text.encode(plain.held, plain.errors))


def _place(text: str, starts: Sequence[int], change: Change, plain: Plain, where: str) -> tuple[int, int, str]:
    """Where the text of a change stands, and what is written there."""
    at = f"{where}:{change.row}"
    if not 0 < change.row <= len(starts):
        raise cannot_place(at, change.column)
    first = starts[change.row - 1]
    last = starts[change.row] if change.row < len(starts) else len(text)
    tag = re.escape(change.column)
    found = [
        m
        for m in re.compile(rf"<{tag}(?:\s[^<>]*)?>(.*?)</{tag}\s*>", re.DOTALL).finditer(text, max(0, first - 2000))
        if first <= text.find(">", m.start()) < last and _said(plain.shown(m[1])) == change.before
    ]
    if len(found) != 1:
        raise cannot_place(at, change.column)
    return found[0].start(1), found[0].end(1), plain.hold(_written(change.after, found[0][1]), at)


def _said(inner: str) -> str:
    """What the text between two tags says."""
    out, at = "", 0
    for part in _CDATA.finditer(inner):
        out += _plain(inner[at : part.start()]) + part[1]
        at = part.end()
    return (out + _plain(inner[at:])).replace("\r\n", "\n").replace("\r", "\n")


def _plain(text: str) -> str:
    return _REFERENCE.sub(lambda m: html.unescape(m[0]), text)


def _written(after: str, before: str) -> str:
    """The new text, in a CDATA section where the old one was."""
    if "<![CDATA[" in before:
        return "<![CDATA[" + after.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return escape(after)
