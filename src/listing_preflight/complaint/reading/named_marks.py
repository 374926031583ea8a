"""Marks that prose names without a form of its own: words in capitals or quotes beside a word for a mark, its number or its owner."""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.labels import known_fields
from listing_preflight.complaint.lexicon import words
from listing_preflight.complaint.reading import names, offices, organisations
from listing_preflight.complaint.reading.mark_headings import is_heading
from listing_preflight.complaint.reading.numbers import Number
from listing_preflight.complaint.reading.page import Page

_UP = "".join(chr(c) for c in range(0x41, 0x1F00) if chr(c).isupper())
"""Capitals of the scripts that have some."""
QUOTED = re.compile(r"[“\"„«「『‘'](?P<mark>(?:[^\n”“\"»«」』’'‘]|(?<=\w)['’](?=\w)){1,40})[”“\"»」』’']")
CAPITALS = re.compile(
    rf"(?<![\w&'’./@-])(?=[{_UP}][0-9]*[&'’-]?[{_UP}])[{_UP}][{_UP}0-9]*+(?:[&'’-][{_UP}][{_UP}0-9]*+)*(?:[ ](?:&[ ])?[{_UP}][{_UP}0-9]*+(?:[&'’-][{_UP}]++)*)*(?![\w@*█]|-[{_UP}0-9])"
)
"""Two capitals at least; no run of them can be read in two ways, so that a long one costs what it is long."""
_NO_MARK = re.compile(
    r"(?i)^(?:[A-Za-zА-Яа-яЁё]{1,2}|GTIN|EAN|UPC|ID|ITEM|ASIN|SKU|SKC|SPU|FBA|URL|FAQ|VAT|USA?|EU|UK|IP|IPR|PDF|DMCA|TRO|TM|NOTE|GCN|GCNĐK|ĐKNH|ĐKKD|SHTT|CERT|REG|RE|REF|ATTN|COM|PDF|JPE?G|PNG|USPTO|EUIPO|UKIPO|DPMA|WIPO|OMPI|INPI|UIBM|OEPM|CNIPA|KIPO|BOIP|EUTM|CTM|RCD|NCL|VERO|VERI|WOP|DSA|GPSR|LLC|LLP|INC|LTD|GMBH|CEO|UTC|GMT|USD|EUR|GBP|CHF|JPY|CNY|RMB|PLN|CZK|SEK|NOK|DKK|KRW|BRL|MXN|INR|CAD|AUD|MRN|AWB|EORI|TARIC|HS|AFA|FAO|BGB|UWG|UrhG|MARKENG|CE|ISO|DIN|EN|LED|USB|HDMI|PVC|TPU|ABS|DIY|EEA|EWR|EEE|EEC|ESQ|ADR|PEC|AR|RCS|SIRET|KVK|NIP|KRS|REGON|IČ|IČO|DIČ|NIF|CIF|CNPJ|CPF|TTK|SMK|T\.?C|АО|ООО|ИП|ОГРН|ИНН|WB|PO|BOX|VIA|EMAIL|E-MAIL|FEDEX|DHL|UPS|USPS|CV|PT|UD|UU|TNHH|CP|MTV|SMS|OK|NB|PS|SKUS|IDS|ASINS|URLS|SOS|XXL|XL|XS|HAZMAT|FBM|FBT|FBS|WFS|SFP|POA|LOA|NOCI|APEX|IPP|RMS|JP|CN|KR|TW|РОССИЙСКАЯ.*|(?!.*[^0-9](?:1[789]|20)[0-9]{2}$).*[0-9]{3,}.*|.*/.*|[A-Z]{2,3}-[A-Z]{2}|TMA[0-9]*|[^\W\d_]{2,4}[ .]?[0-9][0-9 .,]{4,}|EÚ|UE|ЕС|ΕΕ|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12})$"
)
_NO_BRAND = re.compile(
    r"(?i)(?:gen[eéè]ri[ck]\w{0,2}|générique|generisch|unbranded|no[- ]?(?:brand|name)|noname|markenlos|ohne marke|sans marque|senza marca|sin marca|sem marca|geen merk|merkloos|bez mar[kc]i|bez značky|нет бренда|без бренда|markasız|ノーブランド|无品牌|無品牌|노브랜드)"
)
"""What stands in the field of a brand where there is none."""
_NEAR, _NAMED = 34, 44
"""Characters between a name and the word for a mark, or its number, that belongs to it."""


def find(page: Page, people: Sequence[str], numbers: Sequence[Number]) -> list[Span]:
    """The names that stand where marks do, in the order of the text; those that the owner bears before all others."""
    owners = [re.sub(r"[\W_]", "", p.casefold()) for p in people]
    found = [(m.start("mark"), m.end("mark")) for m in QUOTED.finditer(page.flow) if _is_name(m["mark"])]
    found += [m.span() for m in CAPITALS.finditer(page.flow) if not _is_heading(page, m.start())]
    kept: list[tuple[int, Span]] = []
    rights = data("kinds.yaml")["kinds"]
    others = any(re.search(rights[k], page.text, re.IGNORECASE) for k in ("copyright", "design", "patent"))
    if others and not re.search(rights["trademark"], page.text, re.IGNORECASE):
        return []
    firms = [(o.start, o.end) for o in organisations.find(page)]
    places = [bisect_left(page.folded.at, n.written.start) for n in numbers if n.type.startswith("trademark")]
    ids = [(p.start, p.end) for p in page.pairs if p.fields & {"complaint_id", "recipient"}]
    for start, end in sorted(found):
        if any(a <= start < b for a, b in ids):
            continue
        name = page.flow[start:end].strip(" .,")
        if not may(page, name, people) or any(a <= start and end <= b for a, b in firms):
            continue
        letters = re.sub(r"[\W_]", "", name.casefold())
        score = 2 * any(o.startswith(letters) or letters in o for o in owners if len(letters) > 2)
        score += 2 * _is_beside(page, start, end) + 2 * any(
            -_NAMED < at - end < _NAMED or 0 < start - at < _NEAR for at in places
        )
        if score >= 2:
            kept.append((score, page.folded.span(start, start + len(page.flow[start:end].rstrip(" .,")))))
    best = max((score for score, _ in kept), default=0)
    return _once(span for score, span in kept if score >= min(best, 4))


def _is_name(words_between: str) -> bool:
    return not re.search(
        r"[.!?;:@/]|https?|^[a-zà-ÿ].*\s.*\s|^(?:compatib|kompatib|passend|geeignet|for|für|pour|per|para|voor|til|för)\w*\s\w+$",
        words_between,
    )


@functools.cache
def _sites() -> frozenset[str]:
    """The names of marketplaces, which some write small: "bol"."""
    return frozenset(n.strip() for n in data("listings.yaml")["sites"].split(";"))


@functools.cache
def _countries() -> frozenset[str]:
    """The names of countries, which say where a right holds."""
    return frozenset(name.casefold() for names_of in data("offices.yaml")["countries"].values() for name in names_of)


def may(page: Page, name: str, people: Sequence[str]) -> bool:
    """Whether some words can be a mark: no office, no legal form, no platform, no sign of trade or law."""
    if (
        not name
        or is_heading(name)
        or _NO_BRAND.fullmatch(name)
        or re.fullmatch(names.LEGAL, name)
        or _NO_MARK.match(name)
        or name in people
        or name.casefold() in _countries()
        or known_fields(name) is not None
        or name.casefold() == page.platform
        or (name.islower() and name in _sites())
        or offices.office_in(name, page, offices.names()) is not None
    ):
        return False
    if organisations.is_platforms(name) or name.isdigit() or (page.form and name in page.form.examples):
        return False
    return not (page.form and any(p.fullmatch(name) for p in page.form.listing_ids))


def _is_heading(page: Page, at: int) -> bool:
    """Whether a line is all in capitals: a title, and no name in it."""
    begins = page.text.rfind("\n", 0, at) + 1
    line = page.text[begins : page.text.find("\n", at) if "\n" in page.text[at:] else len(page.text)]
    return line.upper() == line and len(re.findall(r"[^\W\d_]+", line)) > 1 and not re.search(r"[0-9]{5}|\t| {3}", line)


def _is_beside(page: Page, start: int, end: int) -> bool:
    """Whether a word for a mark, or for a title to one, stands beside a name in its sentence."""
    first, last = page.sentence(start, end)
    before, after = page.flow[max(first, start - _NEAR) : start], page.flow[end : min(last, end + _NEAR)]
    nouns = words("mark", whole=True)
    close = list(nouns.finditer(before))[-1:]
    if close and not re.search(r"[.;!?。]|[0-9]{5}", before[close[0].end() :]):
        return True
    if re.search(
        r"(?i)(?:registrations?|titles?|eintragung\w*|enregistrements?|registrazion[ei]|registros?|rejestracj\w+)\s(?:of|for|für|de|di|para|van|znaku)(?:\s(?:the|word|mark))*\s[“\"„«]?$",
        before,
    ):
        return True
    follows = nouns.search(after)
    return bool(follows and not re.search(r"[.;!?。,]|\w+\W+\w+\W+\w+", after[: follows.start()]))


def _once(spans: Iterator[Span]) -> list[Span]:
    out: dict[str, Span] = {}
    for span in spans:
        out.setdefault(span.value.casefold(), span)
    return list(out.values())
