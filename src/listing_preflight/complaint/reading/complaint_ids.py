"""The complaint's own numbers: labelled, or named in a sentence; a lawyer's file and a court's case are such numbers too."""

import re
from collections.abc import Iterator

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.reading.page import HIDDEN, Page

_ID = re.compile(
    r"[#\s]*([0-9]{1,3} [A-Z][A-Za-z]{0,2} [0-9]{1,5}/[0-9]{2}(?![0-9])|[（(]?[\w一-鿿/.:()（）-]*[0-9][\w一-鿿/.:()（）-]*(?:[ ][A-Z]?[0-9][\w/.-]*)?)"
)
_PROSE = re.compile(
    r"(?i)\b(?:complaint|report|claim|case|notice|ticket|reclamación|réclamation|beschwerde|meldung|reclamo|queja)"
    r"(?:[ -]?(?:id|number|no\.?|nummer|nr\.?))?\s*(?:[#:：]|is|lautet|est|es|è)?\s*([0-9]{8,20})(?![0-9*X])"
)
_COURT = re.compile(r"(?<!\w)[0-9]{1,2}:[0-9]{2}-(?:cv|cr|mc)-[0-9]{4,6}(?!\w)")
_NOT = frozenset({"listing", "number", "contact", "recipient"})


def find(page: Page) -> list[Span]:
    """All complaint ids, in the order of the text, each once."""
    found = [*_labelled(page), *_prose(page)]
    out: list[Span] = []
    for span in sorted(found, key=lambda s: s.start):
        if all(span.value not in o.value for o in out):
            out = [o for o in out if o.value not in span.value]
            out.append(span)
    return out


def _labelled(page: Page) -> Iterator[Span]:
    for pair in page.labelled("complaint_id"):
        if pair.fields & _NOT:
            continue
        value = page.text[pair.start : pair.end]
        found = _ID.match(value)
        if (
            not found
            or sum(c.isdigit() for c in found.group(1)) < 4
            or HIDDEN.search(value.split()[0] if value.split() else "")
        ):
            continue
        words = found.group(1).rstrip(".:-(")
        if words.count("(") < words.count(")"):
            words = words.rstrip(")")
        start = pair.start + found.start(1)
        written = bool(re.search(r"[一-鿿]", words))  # a Chinese file number keeps its own brackets
        yield (page.folded.raw_span if written else page.folded.span)(start, start + len(words))


def _prose(page: Page) -> Iterator[Span]:
    for found in _PROSE.finditer(page.text):
        yield page.folded.span(*found.span(1))
    for found in _COURT.finditer(page.text):
        yield page.folded.span(*found.span())
    for pattern in page.form.reference if page.form else ():
        for found in pattern.finditer(page.text):
            yield page.folded.span(*found.span("id"))
