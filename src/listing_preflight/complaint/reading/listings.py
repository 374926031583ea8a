"""The listings that are complained of: ids of the platform's forms, labelled ids, addresses; never the complainant's own pages."""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from listing_preflight.complaint import web_addresses
from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import Form, data, forms, is_platform
from listing_preflight.complaint.lexicon import says
from listing_preflight.complaint.reading import columns, listing_spans, listing_words, stock_numbers
from listing_preflight.complaint.reading.listing_spans import URL
from listing_preflight.complaint.reading.others_pages import is_aside, is_own, is_senders, listing_phrases
from listing_preflight.complaint.reading.page import HIDDEN, Page

_TOKEN = r"(?:[0-9]{3}(?: [0-9]{3}){2,3}(?![ ]?[0-9])|[A-Za-z]{0,6}[-_]?[0-9][\w-]{3,30}|[0-9]{9}X|(?=[\w.:-]{0,30}[0-9])[A-Za-z]{1,12}(?:[-_.:][A-Za-z0-9]{1,20}){1,6}|(?=[A-Z]{0,12}[0-9])[A-Z0-9]{6,26})"  # noqa: S105 - a pattern
_LISTED = re.compile(
    rf"\s*(?:#|id|no\.?)?\s*({_TOKEN})(?![\w*])(?:\s*(?:[,;/&、]|and|und|et|y|e)\s*|\s*$|\s*[-–—(（,)）。])",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(（]\s*ID[:\s]*([0-9A-Z-]{6,})\s*[)）]")
_LINE = re.compile(r"(?m)^[ \t>*•-]*([0-9]{9,20})(?:[ \t]+[-–—·][ \t]+|[ ]{2,}|\t|[ ](?=[^\W\d_]))\S")
"""A line that begins with an item's number and goes on with its title."""
_DASHED_ID = re.compile(r"(?:(?<=\s)[-–—|]|[(（])\s*(?:product |item |goods )?ID[:：\s#]*([0-9]{8,20})(?![0-9*])")


HELP = re.compile(
    r"^(?:docs|help|support|policies|legal)\.|lumendatabase\.org$|copyright\.gov$|uspto\.(?:gov|report)$|euipo\.europa\.eu$|wipo\.int$|"
    r"law\.cornell\.edu$|wikipedia\.org$|(?:itunes|apps)\.apple\.com$"
)
_HELP_APP = re.compile(r"play\.google\.com|apps\.apple\.com")
"""Where a platform's mail links to its own app."""
_HELP_PATH = re.compile(
    r"github\.com/github/dmca|/(?:dmca|copyright)-?(?:policy|takedown|guide)|/guide-to-", re.IGNORECASE
)
"""Places that explain, archive or register, and sell nothing."""


def find(page: Page, own_domains: frozenset[str], own_name: str) -> tuple[list[Span], list[Span]]:
    """The listings complained of, and the complainant's own pages that the notice also names."""
    own_places = [(p.start, p.end) for p in page.labelled("own")]
    theirs: list[Span] = []
    found: list[Span] = []
    for url in URL.finditer(page.text):
        span = page.folded.span(url.start(), _url_end(url))
        end = _url_end(url)
        inside = any(a <= url.start() < b for a, b in own_places) or is_senders(page, span.value)
        if inside or is_own(span.value, own_domains, own_name) or is_aside(page, url.start(), end):
            theirs.append(span)
        elif (one := _of_url(page, url.start(), span)) is not None:
            found.append(one)
    bare = [*_of_form(page), *_labelled(page), *_variants(page), *_named(page), *_listed_below(page)]
    bare += columns.find(page, bare)
    covered = [(s.start, s.end) for s in theirs]
    found += [s for s in bare if not any(a <= s.start < b for a, b in covered)]
    found = _without_stock_numbers(page, _of_the_notice(page, found))
    found = found or [*_by_trade_number(page)]
    return listing_spans.distinct(found), theirs


def _of_the_notice(page: Page, found: list[Span]) -> list[Span]:
    """Without what only a person who sent a platform's notice on says about other listings."""
    top = page.letter.top
    sent_on = page.letter.senders and not is_platform(page.letter.senders[0].partition("@")[2].lower())
    if not sent_on or top >= len(page.text) or page.platform in ("letter", "unknown"):
        return found
    at = page.folded.at[top]
    return [s for s in found if s.start >= at] or found


_STOCK_NUMBER = re.compile(rf"(?i)\W*{stock_numbers.WORD}\W*")


def _without_stock_numbers(page: Page, found: list[Span]) -> list[Span]:
    """Without the seller's own stock numbers, where the notice names its listings by the platform's ids as well."""
    places = [
        (page.folded.at[p.start], page.folded.at[p.end - 1])
        for p in page.labelled("listing")
        if _STOCK_NUMBER.fullmatch(p.label)
    ]
    named = [s for s in found if not any(a <= s.start <= b for a, b in places)]
    goods = {s for s in named if _is_trade_number(page, s.value) or _is_called_stock(page, s)}
    ids = [
        s for s in named if s not in goods
    ]  # what stands first names its row, and the goods' number behind it describes it
    if beside := _beside(page.folded.raw, ids, goods):
        named = [s for s in named if s.start not in beside]
    return named or found


def _is_called_stock(page: Page, one: Span) -> bool:
    """Whether a word for a seller's own stock number stands right before an id."""
    at = bisect_left(page.folded.at, one.start)
    if page.form and any(p.fullmatch(one.value) for p in page.form.listing_ids):
        return False
    return bool(_STOCK_LABEL.search(page.text, max(0, at - 40), at))


_STOCK_LABEL = re.compile(rf"(?i)(?<![\w-]){stock_numbers.WORD}[ \t]*[:：#][ \t]*\Z")


def _beside(raw: str, ids: Iterable[Span], goods: Iterable[Span]) -> frozenset[int]:
    """Where goods' numbers begin before which an id of another length stands on the same line of the raw text."""
    breaks = [m.start() for m in re.finditer("\n", raw)]
    first: dict[int, dict[int, int]] = {}  # of each line, for each length of an id the place of the first one
    for one in ids:
        lengths = first.setdefault(bisect_left(breaks, one.start), {})
        lengths[len(one.value)] = min(one.start, lengths.get(len(one.value), one.start))
    return frozenset(
        good.start
        for good in goods
        if any(
            start < good.start and length != len(good.value)
            for length, start in first.get(bisect_left(breaks, good.start), {}).items()
        )
    )


_TRADE = re.compile(r"(?<![\w-])(?:EAN|GTIN|UPC|ISBN|JAN|штрих-?код|kód EAN|barcode|barkod)(?![A-Za-z])", re.IGNORECASE)
_TRADE_FIGURES = range(13, 15)


def _is_trade_number(page: Page, value: str) -> bool:
    """Whether a number is as long as those of trade are, in a notice that names such numbers."""
    return value.isdigit() and len(value) in _TRADE_FIGURES and _names_trade(page)


def _names_trade(page: Page) -> bool:
    """Whether a notice names numbers of trade anywhere; looked for once, for it may hold thousands of numbers."""
    if "names trade" not in page.kept:
        page.kept["names trade"] = bool(_TRADE.search(page.text))
    return bool(page.kept["names trade"])


def _by_trade_number(page: Page) -> Iterator[Span]:
    """The goods' own number, where a notice gives no other."""
    for line in re.finditer(
        r"(?m)^[ \t>*•-]*(?:EAN|GTIN|UPC|ISBN|JAN)(?:[- ]?(?:13|code))?[ \t]+([0-9]{8,14})(?![0-9])", page.text
    ):
        yield page.folded.span(*line.span(1))
    for pair in page.pairs:
        number = re.match(r"\s*([0-9]{8,14})(?![0-9])", page.text[pair.start : pair.end])
        if number and re.fullmatch(r"(?i)\W*(?:EAN|GTIN|UPC|ISBN)(?:[- ]?(?:13|code))?\W*", pair.label):
            yield page.folded.span(pair.start + number.start(1), pair.start + number.end(1))


def _url_end(url: re.Match[str]) -> int:
    return url.start() + len(
        re.sub(r"(?:[.,;:!?]|&gt;?)+$", "", re.split(r"[(\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]", url.group())[0])
    )


def _of_url(page: Page, start: int, span: Span) -> Span | None:
    """A listing's address, or its id where the id alone stands in the notice too."""
    for form in forms():
        for pattern in form.listing_urls:
            if found := pattern.search(span.value):
                foreign = page.form is not None and form is not page.form and not _is_labelled(page, start)
                return None if foreign and _HELP_APP.search(span.value) else _id_of(page, span, found, form)
    host = web_addresses.host(span.value if "://" in span.value else f"https://{span.value}")
    if HELP.search(host) or _HELP_PATH.search(span.value):
        return None
    if is_platform(host) or (page.platform not in ("letter", "unknown", "shopify") and not _is_labelled(page, start)):
        return None
    if web_addresses.split(span.value if "://" in span.value else f"https://{span.value}").path.strip(
        "/"
    ) or _is_labelled(page, start):
        return span
    first, last = page.sentence(start, start + len(span.value))
    return span if listing_phrases()["accuses"].search(page.flow[first:last]) else None  # a whole site is complained of


def _id_of(page: Page, span: Span, found: re.Match[str], form: Form) -> Span:
    number = found.groupdict().get("id")
    if not number:
        return span
    at = page.text.find(span.value)
    place = at + found.start("id")
    if (bare := listing_spans.alone(page.text, number)) is not None:
        return page.folded.span(bare, bare + len(number))
    return page.folded.span(place, place + len(number)) if form.glued else span


def _is_labelled(page: Page, start: int) -> bool:
    return any("listing" in p.fields and "own" not in p.fields for p in page.pairs_at(start))


def _of_form(page: Page) -> Iterator[Span]:
    named = [f for f in forms() if f.glued and any(n in page.text for n in f.names)]
    for form in (
        [page.form, *(f for f in named if f is not page.form)]
        if page.form
        else [f for f in forms() if f.platform in ("amazon", "shein", "lazada", "mercado-libre")]
    ):
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
        if is_aside(page, at, at + step):
            continue
        if "EXAMPLE" not in span.value and not HIDDEN.search(span.value) and "@" not in page.text[at - 1 : at]:
            yield span


_OF_PLATFORM = re.compile(r"\s*((?=[A-Z]{0,12}[0-9])[A-Z0-9]{8,24})\s*")


def _variants(page: Page) -> Iterator[Span]:
    """Ids of a second column of ids: the platform's own of the same goods, written as no seller numbers stock."""
    for pair in page.labelled("variant"):
        if found := _OF_PLATFORM.fullmatch(page.text, pair.start, pair.end):
            yield page.folded.span(*found.span(1))


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
                place = (pair.start + found.start(1), pair.start + found.end(1))
                if not is_aside(page, *place):
                    yield page.folded.span(*place)
            at = found.end()
            if found.group()[-1:] in "-–—(（":
                break
        yield from _rows_of_cell(page, pair.end)
        if below := _ID_BELOW.match(page.text, pair.end):
            yield page.folded.span(*below.span(1))
        for inside in _IN_BRACKETS.finditer(value):
            yield page.folded.span(pair.start + inside.start(1), pair.start + inside.end(1))


_ID_BELOW = re.compile(
    r"[ \t]*+\n[ \t]*+(?:(?:item|product|goods) )?ID[ ]?[:：#][ ]?#?([0-9]{8,20})[ \t]*(?=\n|$)", re.IGNORECASE
)
"""An id below the title that a label of listings has for its value."""
_BARE_ROW = re.compile(rf"\n[ \t]*({_TOKEN})[ \t]*(?=\n|$)")


def _rows_of_cell(page: Page, at: int) -> Iterator[Span]:
    """The further ids of a labelled cell, each alone on a line of its own."""
    while row := _BARE_ROW.match(page.text, at):
        if _other_row(page, row.start(1)):
            return
        yield page.folded.span(*row.span(1))
        at = row.end()


def _named(page: Page) -> Iterator[Span]:
    if page.platform not in ("letter", "unknown"):
        for pattern in (_LINE, _DASHED_ID):
            for line in pattern.finditer(page.text):
                if not is_aside(page, *line.span(1)):
                    yield page.folded.span(*line.span(1))
    for found in listing_phrases()["named"].finditer(page.flow):
        group = next(g for g in ("ids", "first", "token") if found[g])
        for one in re.finditer(r"[A-Za-z]{0,4}[0-9]{8,}", found[group]):
            start, end = (found.start(group) + at for at in one.span())
            if not is_aside(page, start, end):
                yield page.folded.span(start, end)
    for start, end in listing_words.find(page):
        if not is_aside(page, start, end) and not _other_row(page, start):
            yield page.folded.span(start, end)


@functools.cache
def _row() -> re.Pattern[str]:
    """A row of a list of listings: its id, a second one of a variant, and whatever follows."""
    codes = data("listings.yaml")["codes"]
    lead = rf"[ \t>]*(?:[-–—*•·]|\(?[0-9]{{1,2}}[.)])?[ \t]*(?:[^\W\d_]{{1,12}}[ ]?ID[ ]?|№[ ]?|(?<!\w)(?i:{codes})[:.]?[ ])?"
    return re.compile(lead + _ROW_ID)


_ROW_ID = (
    r"(?P<id>[A-Z]{2,6}[0-9]{3,12}[a-z]?(?![A-Za-z0-9])|(?=[\w.-]{0,30}[0-9])[A-Z][A-Za-z0-9]{1,9}(?:[-_.][A-Za-z0-9]{1,12}){1,5}|[0-9]{1,3}(?: [0-9]{3}){2,4}(?![0-9 ]*[0-9])|[0-9]{6,20}(?:_[A-Z]{2}-[0-9]{6,20})?|[A-Z]{2,6}-?[0-9][A-Z0-9]{5,18}|[A-Z](?=(?:[A-Z]*[0-9]){2})[A-Z0-9]{6,11})"
    r"(?:[ ]?/[ ]?(?:[^\W\d_]{1,12}[ ]?ID[ ]?)?(?P<twin>[0-9]{6,20}))?(?=\s*$|\s*[|(,;:·–—-]|\s{2,}|\t|\s+\S)"
)
"""The id of such a row, that of a variant, and what may follow."""
_LOWER_ROW = re.compile(
    r"[ \t>]*(?:[-–—*•·]|\(?[0-9]{1,2}[.)])?[ \t]*(?P<id>[a-z]{1,12}(?:[-_:][a-z0-9]{1,12}){0,4}[-_:][0-9]{2,12}[a-z]?)[ \t]*$"
)
"""A row that is an id in small letters and nothing else."""
_CELL = re.compile(r"[^|\s](?:[^|]*[^|\s])?")
"""A cell of a row that bars part."""
_LAST_CELL = re.compile(r"[ \t>]*\S.*?(?:[ ]{2,}|\t)(?P<id>[0-9]{8,20})[ \t]*$")
"""A row whose last cell is the id."""
_MORE_IDS = re.compile(
    r"(?:[,;]|\s(?:and|und|et|y|e|i|en|och|og|ve|oraz|a|és|și|ja|ir|un|in|ter|та|і|і|και|dan|và|และ|και|و|ו|और|及|和|と|및)\s)\s*([0-9]{8,20})(?![0-9])"
)


def _listed_below(page: Page) -> Iterator[Span]:
    """The rows under a heading that names listings: "Produits concernés :", a line of a table that begins with "Item number"."""
    open_list = blank = 0
    at = 0
    for line in page.text.split("\n"):
        start, at = at, at + len(line) + 1
        row = (_row().match(line) or _LOWER_ROW.match(line)) if open_list else None
        cells = [c for c in _CELL.finditer(line) if any(x.isdigit() for x in c.group())] if open_list else []
        if len(cells) > 1 and "|" in line and not any(" " in c.group().strip() for c in cells):
            blank = 0
            yield from (page.folded.span(start + c.start(), start + c.end()) for c in cells)
            continue
        if row and not _other_row(page, start + row.start("id")):
            blank = 0
            for group in ("id", "twin") if row.re is _row() else ("id",):
                if row[group] and not is_aside(page, start + row.start(group), start + row.end(group)):
                    yield page.folded.span(start + row.start(group), start + row.end(group))
            for more in _MORE_IDS.finditer(line, row.end()):
                yield page.folded.span(start + more.start(1), start + more.end(1))
        elif open_list and (cell := _LAST_CELL.match(line)) and not _other_row(page, start + cell.start("id")):
            blank = 0
            yield page.folded.span(start + cell.start("id"), start + cell.end("id"))
        elif not line.strip():
            blank += 1
            open_list = open_list if blank < _BLANKS else 0
        elif not re.match(r"[\s-]+$", line):
            open_list, blank = int(_is_heading_of_listings(line)), 0


_BLANKS = 2
"""Empty lines that end a list."""


def _is_heading_of_listings(line: str) -> bool:
    words = line.strip(" \t>*")
    if (
        not says(words, "item")
        or says(words, "mail")
        or (says(words, "case") and not words.endswith(":"))
        or listing_phrases()["own"].search(words)
        or listing_phrases()["aside"].search(words)
    ):
        return False
    return words.endswith(":") or (
        len(words) < _TITLE
        and not re.search(r"[.!?]$|[0-9]{5}", words)
        and ("\t" in words or "  " in words or len(words.split()) < 6)
    )


_TITLE = 150


def _other_row(page: Page, at: int) -> bool:
    return any(p.fields & {"number", "complaint_id", "contact"} for p in page.pairs_at(at))
