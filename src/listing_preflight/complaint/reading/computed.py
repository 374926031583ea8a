"""The day on which a period ends, where the notice's own words say from when it runs and that day is known; said as computed."""

import datetime
import re
import unicodedata
from typing import NamedTuple

from listing_preflight.complaint.reading import periods
from listing_preflight.complaint.reading.periods import digits

_RECEIPT = re.compile(
    r"(?i)recei|getting|service|served|zugang|erhalt|eingang|zustellung|empfang|réception|notification|ricevimento|ricezione|notifica|recepción|notificación|recebimento|ontvangst|otrzymania|doręczenia|mottag|получени|nhận|diterima|tebliğ|收到|收函|接到|函到|文到|到達|受領|받은|받으신|수신|수령|ได้รับ"
)
_DATE = re.compile(
    r"(?i)(?:date|datum|data|fecha|dated) |of this (?:letter|notice|message|e-?mail)|today|heute|heden|hoy|ab datum|dieses schreibens|dieser nachricht|送信日|작성일"
)
_WORKING = re.compile(
    r"(?i)business|working|werk|arbeits|geschäfts|ouvr|hábil|laborabl|lavorativ|ferial|úteis|robocz|arbets|iş günü|рабоч|kerja|làm việc|ทำการ|工作|营业|營業|営業|영업|근무"
)
_UNITS = (
    (
        "hours",
        r"(?<!\w)(?:hour|hrs|stunde|heure|or[ae](?!\w)|hora|uur|uren|godzin|timm|timer|saat|час|jam|giờ)|ชั่วโมง|小时|小時|時間|시간",
    ),
    (
        "weeks",
        r"(?<!\w)(?:week|woche|semaine|settiman|semana|we(?:ek|ken)|tygodni|tydzień|veck|uge|uke|hafta|недел|minggu|tuần)|สัปดาห์|周|週|주일?",
    ),
    (
        "months",
        r"(?<!\w)(?:month|monat|mois|mes(?:es|i|e)?(?!\w)|mês|maand|miesi|månad|måned|ay(?!\w)|месяц|bulan|tháng)|เดือน|个月|個月|か月|ヶ月|カ月|개월",
    ),
)
_DAYS = (
    "days",
    r"(?<!\w)(?:day|tag|jour|d[ií]a|giorn|dag|dn[iíe]|dzie|päiv|nap|zile|gün|дн|дне|hari|ngày|business|working|werk)|วัน|天|日|일",
)
_NUMBER = re.compile(r"\d+")
_NAMED_DAY = re.compile(
    rf"(?<!\w)[^\W\d_]+(?:\s[^\W\d_]+){{0,2}}[\s(]+(?P<day>{periods.day_pattern()})\)?\s*$", re.IGNORECASE
)
"""The day that a period's own words say it runs from, at their end: "dal 25 novembre 2026", "desde hoy (27/11/2026)"."""
_LONGEST_DAYS = 366


class Computed(NamedTuple):
    """A day that nobody wrote: the day that it was counted from, what that day is (`received`, `sent`, or `named` in the words), and how it was counted."""

    date: str
    counted_from: str
    basis: str
    counting: str


def runs_from_receipt(words: str) -> bool:
    """Whether a period's own words say that it runs from the day on which the notice came."""
    return bool(_RECEIPT.search(unicodedata.normalize("NFKC", words)))


def runs_from_notice(words: str) -> bool:
    """Whether a period's own words say that it runs from the notice: from its receipt or from its day."""
    words = unicodedata.normalize("NFKC", words)
    return bool(_RECEIPT.search(words) or _DATE.search(words))


def computed(words: str, *, received: str | None, sent: str | None) -> Computed | None:
    """The last day of a period, or None where its words do not say that it runs from the notice, or that day is not known.

    Of receipt: the day that was given as that of receipt, else the day on which the mail was sent. Working days are Monday to
    Friday; holidays are not known.
    """
    words = unicodedata.normalize("NFKC", words)
    named = _NAMED_DAY.search(words)
    start = periods.day(named["day"], None, day_first=True) if named else None
    if named and start:
        received, sent, words = None, start, words[: named.start("day")]
    basis = "named" if start else "received" if _RECEIPT.search(words) else "sent" if _DATE.search(words) else None
    if basis is None:
        return None
    start = received or sent if basis == "received" else sent
    basis = "sent" if start == sent and not received and basis != "named" else basis
    count = digits(words)
    if start is None or count is None:
        return None
    day = datetime.date.fromisoformat(start)
    unit = _unit(words) or "days"
    counting = "working days, Monday to Friday" if unit == "days" and _WORKING.search(words) else f"calendar {unit}"
    if unit == "days" and counting.startswith("working"):
        end = _working(day, count)
    elif unit == "months":
        end = _months(day, count)
    else:
        end = day + datetime.timedelta(days={"hours": -(-count // 24), "weeks": 7 * count}.get(unit, count))
    return Computed(end.isoformat(), start, basis, counting) if (end - day).days <= _LONGEST_DAYS else None


def _unit(words: str) -> str | None:
    """The unit that stands first behind the number, or in words that tell the number itself first of all; None of other languages."""
    number = _NUMBER.search(words)
    told = words[number.end() :] if number else words
    found = ((m.start(), name) for name, pattern in (_DAYS, *_UNITS) if (m := re.search(pattern, told, re.IGNORECASE)))
    return min(found, default=(0, None))[1]


def amount(words: str) -> tuple[int | tuple[str, ...], str] | None:
    """How long a period lasts, as a value that only a period as long has: its number, from figures or words, and its unit; None where either is not known."""
    words = unicodedata.normalize("NFKC", words).lower()
    figures = _NUMBER.findall(words)
    number = re.search(rf"(?<!\w)(?:[0-9]+|{periods.numbers()})(?!\w)", words)
    found = re.compile(rf"(?<![^\W\d_])(?:{periods.units()})(?!\w)", re.IGNORECASE).search(
        words, number.end() if number else 0
    )
    core = words[: found.end()] if found else words  # an article behind the unit is no number
    spelled = tuple(re.findall(rf"(?<!\w)(?:{periods.numbers()})(?!\w)", core))
    count = tuple(figures) if len(set(figures)) > 1 else digits(core) or spelled
    unit = _unit(words) or (found.group()[:_STEM] if found else "")
    return (count, f"working {unit}" if _WORKING.search(words) else unit) if count and unit else None


_STEM = 2
"""Letters of a word for a unit that its forms share, in languages whose units are not told by name here."""


def _working(day: datetime.date, count: int) -> datetime.date:
    while count:
        day += datetime.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _months(day: datetime.date, count: int) -> datetime.date:
    year, month = divmod(day.month - 1 + count, 12)
    last = (datetime.date(day.year + year + (month == 11), (month + 1) % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(day.year + year, month + 1, min(day.day, last))


__all__ = ["Computed", "computed", "runs_from_notice"]
