"""Periods and days, in the words of the notice, with what they are for; a period that binds somebody else is said to."""

import datetime
import functools
import re
from bisect import bisect
from typing import NamedTuple

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.reading.page import HIDDEN, Page


class Deadline(NamedTuple):
    """A period or day: `date` only where the words name a day; `purpose` is answer, stock or unknown."""

    words: Span
    date: str | None
    purpose: str


_DATE = (
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}|(?:[A-Z][a-z]+day,? )?MONTH [0-9]{1,2}(?:st|nd|rd|th)?(?:,? [0-9]{4})?"
    r"|(?:[A-Z][a-zé]+(?:day|tag|di),? (?:den )?)?[0-9]{1,2}(?:st|nd|rd|th|\.|er|º)? (?:de |of )?MONTH(?:,? (?:de |del )?[0-9]{4})?"
    r"|[0-9]{4}\s*년\s*[0-9]{1,2}\s*월\s*[0-9]{1,2}\s*일|[0-9]{1,2}\s*월\s*[0-9]{1,2}\s*일"
    r"|[0-9]{2,4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|(?:同年)?[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日)"
)
_CLOCK = (
    r"(?:,?\s*(?:[0-9]{1,2}[:.][0-9]{2}(?:\s*(?:Uhr|h|am|pm))?|[0-9]{1,2} Uhr|noon)(?:\s*\([A-Z]{2,4}[+-]?[0-9:]*\))?)?"
)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    table = data("deadlines.yaml")
    date = _DATE.replace("MONTH", table["month"]) + _CLOCK

    def full(pattern: str) -> re.Pattern[str]:
        spelled = re.sub(r"(?<![A-Za-z\\])N(?![A-Za-z])", lambda _: table["number"], pattern)
        spelled = re.sub(r"\bU\b", lambda _: f"(?:{table['unit']}){table['tail']}", spelled)
        spelled = re.sub(r"(?<![A-Za-z\\])D(?![A-Za-z])", lambda _: date, spelled)
        spelled = spelled.replace(" ", r"\s+")
        return re.compile(rf"(?<![\w-])(?:{spelled})(?![\w])" if spelled[0] != "D" else spelled, re.IGNORECASE)

    found = [full(p) for p in (*table["dates"], *table["periods"])]
    return (
        re.compile(full(table["labels"]).pattern, re.IGNORECASE),
        *(re.compile(_east(p.pattern), re.IGNORECASE) for p in found),
    )


def _east(pattern: str) -> str:
    """Words of languages without spaces need no border."""
    return (
        pattern
        if not re.search(r"[内日에で前ก-๛일]", pattern[-80:])
        else pattern.replace(r"(?<![\w-])", "", 1).removesuffix(r"(?![\w])")
    )


def find(page: Page, family: str) -> list[Deadline]:
    """All periods and days by which somebody is asked to do something, in the order of the text."""
    taken: list[tuple[int, int]] = []
    places: list[tuple[int, int, int, int]] = []
    out: list[Deadline] = []
    table = data("deadlines.yaml")
    for pattern in _patterns():
        for found in pattern.finditer(page.flow):
            start, end = found.span("words") if "words" in found.groupdict() else found.span()
            at = bisect(taken, (start, end))
            if any(a < end and start < b for a, b in taken[max(0, at - 1) : at + 1]) or HIDDEN.search(
                page.text[start:end]
            ):
                continue
            first, last = page.sentence(start, end)
            if re.search(table["never"], page.text[max(first, start - 60) : min(last, end + 30)], re.IGNORECASE):
                continue
            if _is_header(page, start) or re.search(
                table["aged"], page.flow[max(0, start - 40) : start], re.IGNORECASE
            ):
                continue
            taken.insert(at, (start, end))
            places.append((start, end, first, last))
    places.sort()
    for n, (start, end, first, last) in enumerate(places):
        begins = max(first, places[n - 1][1]) if n else first
        stops = end if n + 1 < len(places) and places[n + 1][0] < last else last
        span = page.folded.span(start, end)
        year = _named_year(page, start) if "同年" in span.value else _year(page)
        out.append(
            Deadline(
                span, day(span.value, year), _purpose(page.flow[begins:stops], page.flow[start:end], family, table)
            )
        )
    return out


def _is_header(page: Page, at: int) -> bool:
    line = page.text[page.text.rfind("\n", 0, at) + 1 : at]
    return bool(re.match(r"(?i)\s*>*\s*(?:date|sent|datum|on|am|le|el)\b[^\n]{0,30}$", line))


def _purpose(sentence: str, words: str, family: str, table: dict[str, str]) -> str:
    """What a period is for: `unknown` where it binds somebody else or nobody; what else would follow says nothing of it."""
    if otherwise := re.search(table["otherwise"], sentence, re.IGNORECASE):
        at = sentence.find(words)
        sentence = sentence[: otherwise.start()] if at < otherwise.start() else sentence
    elsewhere = family != "court order" and re.search(table["others"], sentence, re.IGNORECASE)
    if family in ("seller letter", "not a notice") or elsewhere:
        return "unknown"
    if re.search(r"(?i)^.{0,12}for\s+[0-9]+", sentence.strip()):
        return "unknown"
    if re.search(table["stock"], sentence, re.IGNORECASE):
        return "stock"
    if re.match(r"(?i)(?:pendant|gedurende|przez|durante|während|por|per)\b", words):
        return "answer" if re.search(table["contest"], sentence, re.IGNORECASE) else "unknown"
    return "answer"


def _named_year(page: Page, at: int) -> int | None:
    """The year that stands last before "of the same year"."""
    years = re.findall(r"([0-9]{2,4})\s*年", page.text[max(0, at - 300) : at])
    return int(years[-1]) if years else None


def _year(page: Page) -> int | None:
    return int(page.letter.sent[:4]) if page.letter.sent else None


def day(words: str, year: int | None) -> str | None:
    """The ISO day that some words name; the year from the mail where they leave it out; None where none is named."""
    if found := re.search(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", words):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := re.search(r"(?:([0-9]{2,4})\s*[年년]\s*)?([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})\s*[日일]", words):
        told = int(found[1]) if found[1] else year
        return _iso(told + _REPUBLIC if told and told < 200 else told, int(found[2]), int(found[3]))
    if found := re.search(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", words):
        return _iso(int(found[3]), int(found[2]), int(found[1]))
    if found := re.search(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", words):
        first, second = int(found[1]), int(found[2])
        return (
            _iso(int(found[3]), second, first)
            if first > 12
            else None
            if second <= 12 and first != second
            else _iso(int(found[3]), first, second)
        )
    names = data("deadlines.yaml")["months"]
    low = words.casefold()
    for number, starts in enumerate(names, 1):
        for name in starts:
            if found := re.search(
                rf"(?<!\w)(?:([0-9]{{1,2}})\w{{0,2}}[.º]?\s+(?:de\s+|of\s+)?)?{name}[^\W\d_]*\.?(?:\s+([0-9]{{1,2}})(?!\d)\w{{0,2}})?(?:,?\s+(?:de\s+|del\s+)?([0-9]{{4}}))?",
                low,
            ):
                date = found[1] or found[2]
                if date:
                    return _iso(int(found[3]) if found[3] else year, number, int(date))
    return None


_REPUBLIC = 1911
"""Years of the Republic of China count from 1912."""


def _iso(year: int | None, month: int, date: int) -> str | None:
    try:
        return datetime.date(year, month, date).isoformat() if year else None
    except ValueError:
        return None
