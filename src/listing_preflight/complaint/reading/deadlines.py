"""Periods and days, in the words of the notice, with what they are for; a period that binds somebody else is said to."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data, is_platform
from listing_preflight.complaint.lexicon import says
from listing_preflight.complaint.mail_heads import head
from listing_preflight.complaint.reading import computed, periods
from listing_preflight.complaint.reading.contacts import FREE
from listing_preflight.complaint.reading.page import HIDDEN, Page
from listing_preflight.complaint.reading.purposes import FOR, VERB_LAST, lasts, phrase, purpose_of

_MONTH_FIRST = frozenset({"en", "ja", "ko", "zh", "zh-Hant"})
"""Languages in which 4/5/2026 may be a day of April."""


class Deadline(NamedTuple):
    """A period or day: `date` only where the words name a day; `purpose` is answer, stock or unknown."""

    words: Span
    date: str | None
    purpose: str


def find(page: Page, family: str, owner: str = "") -> list[Deadline]:
    """All periods and days by which somebody is asked to do something, in the order of the text; `owner`: who complains."""
    places = _from_day(page, _joined(page, sorted(_places(page))))
    places = _without_repeated(page, places)
    out: list[Deadline] = []
    for n, (start, end, dated) in enumerate(places):
        if family == "refusal of an appeal" and start >= page.letter.top:
            continue  # what earlier mails below it asked for is over
        first, last = page.sentence(start, _inside(page, end))
        begins = max(first, places[n - 1][1]) if n else first
        stops = last
        if n + 1 < len(places) and places[n + 1][0] < last:
            pause = re.search(r"[,，、;；]", page.flow[end : places[n + 1][0]])
            stops = end + pause.start() if pause and page.language in VERB_LAST else end
        span = page.folded.span(start, end)
        year = _named_year(page, start) if "同年" in span.value else _year(page)
        date = periods.day(span.value, year, day_first=page.language not in _MONTH_FIRST) if dated else None
        granted = phrase("granted").search(page.flow[first:last])
        if not dated and not granted and phrase("extra").search(page.flow[max(first, start - 40) : start]):
            continue  # more time that somebody may ask for
        if n and not dated and places[n - 1][2] and re.fullmatch(r"\s*\(\s*", page.flow[places[n - 1][1] : start]):
            continue  # how the day before it was counted
        if date and page.letter.sent and date < page.letter.sent:
            continue  # what has passed when the notice was sent is told, not asked for
        purpose = purpose_of(page, (begins, start, end, stops), family, owner)
        paid = _is_paid(page, (begins, start, end, stops), family)
        purpose = "unknown" if paid or _is_hearing(page, (begins, start, end, stops)) else purpose
        if granted and purpose == "unknown" and family not in ("seller letter", "not a notice"):
            purpose = "answer"  # more time was asked for, and given
        if not dated and purpose == "answer" and _is_long(span.value) and not _is_remedy(page, start, end):
            continue
        if (
            purpose == "unknown"
            and family != "not a notice"
            and not paid
            and _is_no_task(page, (begins, start, end, stops), dated=dated)
        ):
            continue  # how long something lasts or lasted, and nobody has to do anything by it
        out.append(Deadline(page.folded.raw_span(start, end), date, purpose))
    return out


def _without_repeated(page: Page, places: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Without the periods and days of a subject line that are said again below it."""
    if not any(_is_subject(page, start) for start, _, _ in places):
        return places
    kept: list[tuple[int, int, bool]] = []
    below: set[object] = set()
    for one in reversed(places):
        meant = _meant(page, one)
        if not (_is_subject(page, one[0]) and meant & below):
            kept.append(one)
        below |= meant
    return kept[::-1]


def _meant(page: Page, place: tuple[int, int, bool]) -> frozenset[object]:
    """What another period or day shares one of with it where both end together: its words, and its day or its number and unit where they are known."""
    start, end, dated = place
    words = page.flow[start:end]
    day_first, year = page.language not in _MONTH_FIRST, _year(page) or _SOME_YEAR
    known = periods.day(words, year, day_first=day_first) if dated else computed.amount(words)
    return frozenset((dated, one) for one in (" ".join(words.casefold().split()), known) if one)


_SOME_YEAR = 2000
"""A leap year that stands for the one that neither of two days names."""


def _is_no_task(page: Page, place: tuple[int, int, int, int], *, dated: bool) -> bool:
    """Whether a period or day only says how long something goes on, until when it holds or how long it took."""
    begins, start, end, stops = place
    if dated:
        return False  # a day is told: an offer that holds until then is taken or lost by it
    whole = page.flow[begins:stops]
    if lasts(page.flow[start:end]):
        return True
    return (
        bool(phrase("done").search(whole)) and says(whole, "measures") and not says(whole, "appeal", "you", whole=True)
    )


_BESIDE = 110
"""Letters before and behind a period among which a word for paying says that it is one of money."""


_LINKED = re.compile(
    r"(?i),\s(?:und zwar|and that|and this|et ce|e ciò|y ello|e isso|en wel|a to|i to|och detta|og det)(?=\s*$)"
)
"""What leads to a period that belongs to the clause before it."""


def _is_paid(page: Page, place: tuple[int, int, int, int], family: str) -> bool:
    """Whether a period or day is of money: what is paid by then or kept back until then, and nothing else is asked for."""
    begins, start, end, stops = place
    if family == "court order":
        return False  # what others do with money by then is its least
    before = _LINKED.sub(" ", page.flow[max(begins, start - _BESIDE) : start].rstrip(" ,，、"))
    before = re.split(
        r"[;；。]|[:：]\s|,\s(?=\w+\s\w)|[，,]\s?(?=[\u3040-\u9fff])|、",
        before,
    )[-1]
    after = re.split(r"[;；。,，]|[.]\s", page.flow[end : min(stops, end + _BESIDE)].lstrip(" ,，、"))[0]
    if cut := phrase("otherwise").search(after):
        after = after[: cut.start()]
    pause = " " if before[-1:].isupper() else ""  # a currency ends there: "450 EUR"
    clause = f"{before}{pause}{page.flow[start:end]}{after}"
    return bool(phrase("money").search(clause)) and not says(clause, "appeal", "stock")


def _is_hearing(page: Page, place: tuple[int, int, int, int]) -> bool:
    """Whether a day is one in court."""
    begins, start, end, _stops = place
    lead = re.match(r"[^0-9]{0,40}", page.flow[start:end])
    return bool(phrase("hearing").search(page.flow[begins : start + (lead.end() if lead else 0)]))


_THAT_IS = re.compile(
    r"\W{0,3}(?:(?:that is|i\.e\.|namely|meaning|d\.h\.|das heißt|also|mithin|c.est-à-dire|soit|cioè|ossia|es decir|esto es|ou seja|isto é|dus|dat is|czyli|tj\.|dvs\.?|det vill säga|yani|то есть|т\.е\.|即)\W{1,3})?"
)


@functools.cache
def _start_days() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A day behind words that a period runs from it, a word for today at a period's end, and a day in a bracket."""
    table, day = data("deadlines.yaml"), periods.day_pattern()
    return (
        re.compile(rf"\s(?:{table['runs from']})\s?\(?{day}\)?", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{table['today']})$", re.IGNORECASE),
        re.compile(rf"\s?\({day}\)", re.IGNORECASE),
    )


def _from_day(page: Page, places: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Periods with the day that the words right behind say they run from: "within 7 days from 25 November 2026"."""
    behind, today, bracketed = _start_days()
    out: list[tuple[int, int, bool]] = []
    for start, end, dated in places:
        found = None if dated else behind.match(page.flow, end)
        if not dated and found is None and today.search(page.flow, start, end):
            found = bracketed.match(page.flow, end)
        out.append((start, found.end() if found else end, dated))
    undated = [(start, end) for start, end, dated in out if not dated]
    return [one for one in out if not (one[2] and any(start < one[0] and one[1] <= end for start, end in undated))]


def _joined(page: Page, places: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """A period and the day that the same words name as its end are one: "within 14 days, that is by 20 November"."""
    out: list[tuple[int, int, bool]] = []
    for one in places:
        before = out[-1] if out else None
        if (
            before
            and one[2]
            and not before[2]
            and (link := _THAT_IS.fullmatch(page.flow[before[1] : one[0]]))
            and re.search(r"[\w(]", link.group())
        ):
            out[-1] = (before[0], one[1], True)
        else:
            out.append(one)
    return out


def _places(page: Page) -> Iterator[tuple[int, int, bool]]:
    """Where periods and days stand that are asked for; those of payments, ages and the past are none.

    The third value tells a day from a period.
    """
    taken: list[tuple[int, int]] = []
    flow, cover = page.flow, _cover(page)
    for found in (*periods.days().finditer(flow), *periods.points().finditer(flow), *periods.periods().finditer(flow)):
        start, end = _trimmed(page.flow, *found.span())
        if start < cover or any(a < end and start < b for a, b in taken) or HIDDEN.search(page.text[start:end]):
            continue
        taken.append((start, end))
        first, last = page.sentence(start, _inside(page, end))
        near = re.split("[、，;；]", page.flow[max(first, start - 60) : start])[-1]
        around = near + page.flow[start : min(last, end + 30)]
        before, after = page.flow[max(0, start - 40) : start], page.flow[end : end + 16]
        core = found.groupdict().get("core")
        told = page.flow[start : start + found.group().find(core)] if core else ""
        if phrase("never").search(around) or phrase("ago").search(after):
            continue
        if phrase("office").search(flow, first, last) and phrase("shut").search(flow, first, last):
            continue
        if phrase("past").search(before + told) or phrase("aged").search(before + told):
            continue
        if found.groupdict().get("d5") and not (
            says(page.flow[first:last], "destroyed")
            or phrase("money").search(page.flow[first:last])
            or _is_threat(page.flow[first:start], page.flow[first:last])
        ):
            continue  # from which day on something holds is no day by which anybody acts, but for goods and money that are gone then
        if found.groupdict().get("d6") and phrase("not_due").search(found["between"]):
            continue  # the day of a letter, or the first one of the period
        if core and (
            phrase("takes").search(before + told)
            or phrase("of_itself").search(page.flow[max(first, start - 60) : start])
        ):
            continue  # how long something takes
        if (
            (core and not _is_meant(found, page.flow[first:start]))
            or (found.groupdict().get("bare") and not _is_of_term(page.flow[first:start]))
            or _is_header(page, start)
            or (not found.groupdict().get("east") and re.match(r"\s[0-9]", after))
        ):
            continue
        yield start, end, found.re is not periods.periods()


_HEADER = 600
"""Letters below the mark of a forwarded mail in which it says whom it was written to."""


def _cover(page: Page) -> int:
    """The end of the words with which somebody of the receiver's own house passes a mail on; 0 where there are none.

    Of one house are who sends it on, everybody whom he sends it to, and one of those who got it first: a lawyer who passes on
    what his client wrote to him has a house of his own, and what he asks above it binds.
    """
    top, senders = page.letter.top, page.letter.senders
    sent_on = re.search(data("mail.yaml")["sent on"], page.text[:top], re.IGNORECASE)
    if not senders or top >= len(page.text) or not sent_on or is_platform(senders[0].partition("@")[2]):
        return 0
    house = _house(senders[0])
    own, first = _houses(page.text[:top], "to", "cc"), _houses(page.text[top : top + _HEADER], "to")
    return top if own == {house} and house in first else 0


_ADDRESS = re.compile(r"[\w.+-]{0,64}@[\w.-]{3,100}", re.ASCII)
"""An address, its mail box masked or not."""


def _houses(text: str, *heads: str) -> set[str]:
    """Whose mail boxes the lines of a mail's head name."""
    lines = re.findall(rf"(?mi)^[ \t>*]*(?:{head(*heads)})\s*[:：][^\n]*", text)
    return {_house(address) for line in lines for address in _ADDRESS.findall(line)}


def _house(address: str) -> str:
    """The whole domain of an address, or the address itself where anybody can open a mail box."""
    address = address.lower().rstrip(".")
    host = address.partition("@")[2]
    return address if host in FREE else host


def _is_threat(before: str, whole: str) -> bool:
    """Whether a sentence says what is done to the listings on a day, and before it that something else did not come."""
    failing = phrase("fails").search(before) or phrase("nothing_came").search(before)
    return bool(failing and says(whole, "measures"))


def _inside(page: Page, end: int) -> int:
    """The end of a period without the stop that it shares with its sentence: "2026 r."."""
    return end - 1 if page.flow[end - 1 : end] == "." else end


_MOST = {"d": 90, "m": 3}
"""Days and months of a period that still asks for something; longer ones are of remedies in law, of records and of invoices."""
_LONG = re.compile(
    r"(?i)(?<![0-9])(?P<n>[0-9]{1,4}|six|sechs|sei|seis|six|zes|sześciu|szesciu|sex|seks|altı|шести|şase|șase|hat|έξι|六|šesti|šest|šiestich|kuue|kuuden|šešių|sešu)(?:\s?\([^()]{1,20}\))?[\s-]?(?:(?P<m>months?|mois|monat\w*|mes(?:es|i)?|maand\w*|miesi\w+|månad\w*|måned\w*|ay|месяц\w*|місяц\w*|месеца|luni|hónap\w*|μήν\w+|mjesec\w*|mesec\w*|měsíc\w*|mesiac\w*|kuu\w*|mėnes\w*|mēneš\w*|bulan|tháng|เดือน|[个個ヶか]?月|개월)|(?P<y>years?|ans?|années|jahr\w*|an[nn]i|años?|anos?|jaar|lat|år|yıl|лет|років|години|年|년)|(?P<d>\w+\s)?)"
)


def _is_long(words_of: str) -> bool:
    """Whether a period lasts longer than anybody gives for an answer."""
    found = _LONG.search(words_of)
    if found is None:
        return False
    count = int(found["n"]) if found["n"].isdigit() else 6
    if found["y"]:
        return True
    if found["m"]:
        return count >= _MOST["m"]
    hours = re.search(
        r"(?i)hour|stund|heure|hora|ore\b|uur|godzin|tim|saat|час|годин|時間|小时|小時|시간|ชั่วโมง|giờ|jam", words_of
    )
    return count >= _MOST["d"] and not hours


def _is_remedy(page: Page, start: int, end: int) -> bool:
    """Whether the sentence of a long period speaks of an appeal, for which the law gives so long."""
    said = page.flow[slice(*page.sentence(start, _inside(page, end)))]
    if says(said, "appeal", "review") or FOR.match(page.flow[start:end]) or phrase("nothing_came").search(said):
        return True
    return says(said, "case") and bool(phrase("may").search(said))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    told = words.rstrip(" ,")
    told = (
        told[:-1] if re.search(r"(?:[0-9]|[^\W\d_]{5})\.$", told) else told
    )  # the stop of the sentence, not of a short month
    lead = len(words) - len(words.lstrip())
    having = phrase("having").match(told, lead)
    if having and re.match(rf"[0-9]|(?:{periods.numbers()})(?!\w)", told[having.end() :], re.IGNORECASE):
        lead = having.end()  # "you have 10 days" gives ten days
    return start + lead, start + len(told)


@functools.cache
def _indefinite() -> re.Pattern[str]:
    """A small word before a unit, which is a number or an article."""
    table = data("deadlines.yaml")
    return re.compile(rf"(?i)^(?:{'|'.join(table['indefinite'].split())})[\s-](?!\s?\(|(?:{periods.numbers()})(?!\w))")


def _is_meant(found: re.Match[str], before: str) -> bool:
    """Whether a number and a unit are a period.

    A small word before a unit means one only behind a word like "within", before one like "içinde", or behind a noun for a term.
    """
    if (found["before"] and found["before"].strip()) or not _indefinite().match(found["core"]):
        return True
    return bool(phrase("inside").search(found["core"])) or _is_of_term(before[-_TERM:])


def _is_of_term(before: str) -> bool:
    """Whether a noun for a term stands before a period, or right before it that somebody has it."""
    return bool(phrase("term").search(before) or any(m.end() == len(before) for m in phrase("having").finditer(before)))


_TERM = 60
"""Letters before a period in which a noun for a term stands that it is said of."""


_SUBJECT = re.compile(rf"(?i)\s*>*\s*(?:{head('subject')})\s*[:：]")


def _is_header(page: Page, at: int) -> bool:
    line = page.text[page.text.rfind("\n", 0, at) + 1 : at]
    bare = page.text[at : at + 1].isdigit() or page.text[at : at + 1].isupper()
    return bool(
        bare
        and re.match(
            r"(?i)\s*>*\s*(?:(?:date|sent|datum|fecha|data)\b[^\n]{0,30}|(?:on|am|le|el)\s?(?:\w+,?\s)?)$", line
        )
    )


def _is_subject(page: Page, at: int) -> bool:
    return bool(_SUBJECT.match(page.text[page.text.rfind("\n", 0, at) + 1 : at]))


def _named_year(page: Page, at: int) -> int | None:
    """The year that stands last before "of the same year"."""
    years = re.findall(r"([0-9]{2,4})\s*年", page.text[max(0, at - 300) : at])
    return int(years[-1]) if years else None


def _year(page: Page) -> int | None:
    return int(page.letter.sent[:4]) if page.letter.sent else None
