"""The listings that are complained of: ids of the platform's forms, labelled ids, addresses; never the complainant's own pages."""

import re
from collections.abc import Iterator

from listing_preflight.complaint import web_addresses
from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import Form, forms, is_platform
from listing_preflight.complaint.reading.page import HIDDEN, Page

URL = re.compile(r"https?://[^\s<>\"'“”「」『』（），。；、)\]}]+", re.IGNORECASE)
_TOKEN = r"(?:[A-Za-z]{0,6}[-_]?[0-9][\w-]{3,30}|[0-9]{9}X)"  # noqa: S105 - a pattern
_LISTED = re.compile(
    rf"\s*(?:#|id|no\.?)?\s*({_TOKEN})(?![\w*])(?:\s*(?:[,;/&、]|and|und|et|y|e)\s*|\s*$|\s*[-–—(（,])", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[(（]\s*ID[:\s]*([0-9A-Z-]{6,})\s*[)）]")
_NAMED = re.compile(
    r"(?:item|listing|product|article|artikel|goods|offer|objet|annonce|anuncio|inserzione|produk|商品)[ -]?"
    r"(?:id|no\.?|number|nummer|nr\.?|编号|番号)\s*[:：#]?\s*([0-9]{8,})(?![0-9*])",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?<!\w)(?:official|original|genuine|authentic|authori[sz]ed|our (?:client's )?(?:own )?(?:shop|store|site|website|page|work|product|catalogue|listing)|"
    r"source|owned by|belongs to|offizielle\w*|original\w*|officiel\w*|ufficiale|oficial|原图|官方|官网|公式|copied from|taken from|help page|"
    r"see also|more (?:information|about)|policy|policies|our rules)[^.\n]{0,60}$",
    re.IGNORECASE,
)


_HELP = re.compile(
    r"^(?:docs|help|support|policies|legal)\.|lumendatabase\.org$|copyright\.gov$|uspto\.(?:gov|report)$|euipo\.europa\.eu$|wipo\.int$|"
    r"law\.cornell\.edu$|wikipedia\.org$|(?:itunes|apps)\.apple\.com$"
)
_HELP_PATH = re.compile(
    r"github\.com/github/dmca|/(?:dmca|copyright)-?(?:policy|takedown|guide)|/guide-to-", re.IGNORECASE
)
"""Places that explain, archive or register, and sell nothing."""


def find(page: Page, own_domains: frozenset[str]) -> tuple[list[Span], list[Span]]:
    """The listings complained of, and the complainant's own pages that the notice also names."""
    own_places = [(p.start, p.end) for p in page.labelled("own")]
    theirs: list[Span] = []
    found: list[Span] = []
    for url in URL.finditer(page.text):
        span = page.folded.span(url.start(), _url_end(url))
        inside = any(a <= url.start() < b for a, b in own_places)
        if inside or _is_own(page, url.start(), span.value, own_domains):
            theirs.append(span)
        elif (one := _of_url(page, url.start(), span)) is not None:
            found.append(one)
    bare = [*_of_form(page), *_labelled(page), *_named(page)]
    covered = [(s.start, s.end) for s in theirs]
    found += [s for s in bare if not any(a <= s.start < b for a, b in covered)]
    return _distinct(found), theirs


def _url_end(url: re.Match[str]) -> int:
    return url.start() + len(
        re.sub(r"(?:[.,;:!?]|&gt;?)+$", "", re.split(r"[\u3000-\u9fff\uff00-\uffef]", url.group())[0])
    )


def _is_own(page: Page, start: int, url: str, own_domains: frozenset[str]) -> bool:
    host = web_addresses.host(url)
    if not is_platform(host) and any(host == d or host.endswith("." + d) for d in own_domains):
        return True
    line = page.text[max(0, page.text.rfind("\n", 0, start) + 1) : start]
    return bool(_OWN.search(line[-120:]))


def _of_url(page: Page, start: int, span: Span) -> Span | None:
    """A listing's address, or its id where the id alone stands in the notice too."""
    for form in forms():
        for pattern in form.listing_urls:
            if found := pattern.search(span.value):
                return _id_of(page, span, found, form)
    host = web_addresses.host(span.value)
    if _HELP.search(host) or _HELP_PATH.search(span.value):
        return None
    if is_platform(host) or (page.platform not in ("letter", "unknown", "shopify") and not _is_labelled(page, start)):
        return None
    return span if web_addresses.split(span.value).path.strip("/") or _is_labelled(page, start) else None


def _id_of(page: Page, span: Span, found: re.Match[str], form: Form) -> Span:
    number = found.groupdict().get("id")
    if not number:
        return span
    at = page.text.find(span.value)
    place = at + found.start("id")
    bare = re.search(rf"(?<![\w/=.-]){re.escape(number)}(?![\w/])", page.text)
    if bare:
        return page.folded.span(*bare.span())
    return page.folded.span(place, place + len(number)) if form.glued else span


def _is_labelled(page: Page, start: int) -> bool:
    return any(p.start <= start < p.end for p in page.labelled("listing", but="own"))


def _of_form(page: Page) -> Iterator[Span]:
    for form in [page.form] if page.form else [f for f in forms() if f.platform in ("amazon", "shein", "lazada")]:
        for pattern in form.listing_ids:
            for found in re.finditer(_glued(pattern.pattern) if form.glued else pattern, page.text):
                yield from _split(page, found, form.glued)


def _glued(pattern: str) -> str:
    core = pattern.replace("(?<![A-Z0-9])", "").replace("(?![a-z])", "")
    return rf"(?<![A-Za-z0-9*])(?:{core})+(?![A-Za-z0-9*])"


def _split(page: Page, found: re.Match[str], size: int | None) -> Iterator[Span]:
    step = size or len(found.group())
    for at in range(found.start(), found.end(), step):
        span = page.folded.span(at, at + step)
        if "EXAMPLE" not in span.value and not HIDDEN.search(span.value) and "@" not in page.text[at - 1 : at]:
            yield span


def _labelled(page: Page) -> Iterator[Span]:
    for pair in page.labelled("listing", but="own"):
        if pair.fields & {"number", "complaint_id", "contact"}:
            continue
        value = page.text[pair.start : pair.end]
        if URL.match(value.strip()):
            continue
        at = 0
        while found := _LISTED.match(value, at):
            glued = bool(page.form and page.form.glued) and len(found.group(1)) > 10
            if (
                not glued
                and not re.fullmatch(r"(?i)x+|.*x{4,}.*|[12][0-9]{3}", found.group(1))
                and any(c.isdigit() for c in found.group(1))
            ):
                yield page.folded.span(pair.start + found.start(1), pair.start + found.end(1))
            at = found.end()
            if found.group()[-1:] in "-–—(（":
                break
        for inside in _IN_BRACKETS.finditer(value):
            yield page.folded.span(pair.start + inside.start(1), pair.start + inside.end(1))


def _named(page: Page) -> Iterator[Span]:
    for found in _NAMED.finditer(page.text):
        yield page.folded.span(*found.span(1))


def _distinct(spans: list[Span]) -> list[Span]:
    """Each listing once, in the order of the text; an address gives way to the id inside it."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if any(span.value == o.value or (len(span.value) > 6 and span.value in o.value) for o in out):
            continue
        out = [o for o in out if not (len(o.value) > 6 and o.value in span.value and not span.value.startswith("http"))]
        if not any(o.value in span.value and span.value.startswith("http") and len(o.value) > 6 for o in out):
            out.append(span)
    return out
