"""The complaint's own numbers: labelled, or named in a sentence; a lawyer's file and a court's case are such numbers too."""

import functools
import re
from collections.abc import Iterator

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.reading.page import HIDDEN, Page

_COURT_FILE = r"[0-9]{1,3}[a-z]? [A-Z][A-Za-z]{0,2} [0-9]{1,5}/[0-9]{2}(?![0-9])"
_ID = re.compile(
    rf"[#\s]*({_COURT_FILE}"
    r"|(?:(?:[A-Z]|[A-Z][A-Za-z]*-?[A-Z]{2,}|[가-힣]{2,8}) (?=[0-9]))?[（(]?[\w一-鿿/.:()（）-]*[0-9][\w一-鿿/.:()（）-]*"
    r"(?:[ ][A-Z]{2}-[A-Z]{2}(?!\w)|[ ][A-Z]?[0-9][\w/.-]*)?)"
)
_IN_PROSE = re.compile(
    rf"({_COURT_FILE}|(?:(?:[A-Z]|[A-Z][A-Za-z]*-?[A-Z]{{2,}}) (?=[0-9]))?[A-Za-z0-9][A-Za-z0-9/().-]*[0-9][A-Za-z0-9/()-]*(?:[ ][A-Z]{{2}}-[A-Z]{{2}}(?!\w))?)(?![\w*█])"
)
_DATE = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|(?:19|20)[0-9]{2}")
_OF_TRADE = re.compile(
    r"(?i)(?:invoice|order|purchase|payment|policy|qualification|seller|customer|design|product|item|listing|kunden?|rechnungs?|bestell\w*|factur\w*|commande|ordine|fattur\w*|pedido|zamówieni\w*|faktur\w*)\W*$"
)
_PROSE = re.compile(
    r"(?i)\b(?:complaint|report|claim|case|notice|ticket|reclamación|réclamation|beschwerde|meldung|reclamo|queja)"
    r"(?:[ -]?(?:id|number|no\.?|nummer|nr\.?))?\s*(?:[#:：]|is|lautet|est|es|è)?\s*([0-9]{8,20})(?![0-9*X])"
)
_CHINESE_FILE = re.compile(r"[一-鿿]{2,10}字\s?[（(〔\[][0-9]{2,4}[)）〕\]]\s?第\s?[0-9]+\s?[号號]")
_COURT = re.compile(r"(?<!\w)[0-9]{1,2}:[0-9]{2}-(?:cv|cr|mc)-[0-9]{4,6}(?!\w)")
_NOT = frozenset({"listing", "number", "contact", "recipient"})


def find(page: Page) -> list[Span]:
    """All complaint ids, in the order of the text, each once."""
    found = [*_labelled(page), *_named(page), *_prose(page)]
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


@functools.cache
def _label() -> re.Pattern[str]:
    names = {n.strip() for n in re.split(r"[;\n]", data("labels.yaml")["complaint_id"])}
    words = sorted((n for n in names if len(n) > 1 and n[0].isascii()), key=len, reverse=True)
    spelled = "|".join(re.escape(w).replace("\\ ", r"\s") for w in words)
    return re.compile(
        rf"(?<![\w-])(?:{spelled})(?!\w)"
        r"[.]?[ ]?(?:(?:n[°ºo]|n\.[°ºo]|nr|no|number|nummer|id)(?!\w)\.?)?[ \t]*[:：#]?[ \t]*(?=[A-Z0-9])",
        re.IGNORECASE,
    )


def _named(page: Page) -> Iterator[Span]:
    """Behind a label without a colon: "Ticket 8801-44", "Aktenzeichen 26/00934-VS", "Our File No. 26-4471"."""
    for label in _label().finditer(page.text):
        found = _IN_PROSE.match(page.text, label.end())
        if not found or _OF_TRADE.search(page.text[max(0, label.start() - 24) : label.start()]):
            continue
        words = found.group(1).rstrip(".-(/")
        words = words.rstrip(")") if words.count("(") < words.count(")") else words
        if page.form and any(p.fullmatch(words) for p in page.form.listing_ids):
            continue
        digits = sum(c.isdigit() for c in words)
        if digits < 4 or _DATE.fullmatch(words) or not (digits > 6 or re.search(r"[/-]", words)):
            continue
        yield page.folded.span(found.start(1), found.start(1) + len(words))


def _prose(page: Page) -> Iterator[Span]:
    for found in _PROSE.finditer(page.text):
        yield page.folded.span(*found.span(1))
    for found in _COURT.finditer(page.text):
        yield page.folded.span(*found.span())
    for found in _CHINESE_FILE.finditer(page.text):
        yield page.folded.raw_span(*found.span())
    for pattern in page.form.reference if page.form else ():
        for found in pattern.finditer(page.text):
            yield page.folded.span(*found.span("id"))
