"""Names that a value or a sentence gives too much or too little of: one acting for another in one value, a legal form cut off, a firm behind a person."""

import functools
import re
from bisect import bisect_left

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import words
from listing_preflight.complaint.reading import names, organisations, roles
from listing_preflight.complaint.reading.name_bounds import trim
from listing_preflight.complaint.reading.page import Page

_ANY_UP = rf"[{names.ANY_UPPER}«„\"“]"


@functools.cache
def _for() -> re.Pattern[str]:
    """Words between the one that acts and the one it acts for, before a name."""
    small = rf"[a-z]{{1,3}}[A-Z]|[a-z][\w-]{{2,30}},?\s{names.LEGAL}"  # "eBay", "adidas AG"
    return re.compile(rf"{_acts()}(?=(?-i:{_ANY_UP}|[^\x00-\u02ffа-яёіїєґα-ω]|{small}))", re.IGNORECASE)


def _acts() -> str:
    rows = data("acting.yaml")["for"].replace("\n", ";").split(";")
    told = sorted({re.escape(r.strip()).replace(r"\ ", r"\s") for r in rows if r.strip()}, key=len, reverse=True)
    return rf"[,;]?\s(?:{'|'.join(told)})\s"


@functools.cache
def _unnamed() -> re.Pattern[str]:
    """The same words before one for the speaker or for a client, with which a value ends."""
    table = data("acting.yaml")
    return re.compile(rf"{_acts()}(?:(?P<self>{table['oneself']})|(?:{table['a client']}))\W*$", re.IGNORECASE)


def for_nobody_named(page: Page, told: Span | None) -> tuple[Span | None, Span | None] | None:
    """Owner and agent of a value that names one of them: "A Meyer, representing herself", "B Law on behalf of its client"."""
    if told is None or (found := _unnamed().search(page.text, *place(page, told))) is None:
        return None
    one = trim(page, place(page, told)[0], found.start())
    return (one, None) if found["self"] else (None, one)


def acting_for(page: Page, told: Span | None) -> tuple[Span, Span] | None:
    """The one that acts and the one it acts for, where one value names both: "A Bureau, on behalf of B Ltd"."""
    if told is None:
        east = organisations.FOR_EAST.search(page.flow)
        places = [organisations.bounds(page.flow, *east.span(n)) for n in ("agent", "owner")] if east else []
        both = [trim(page, *one) for one in places]
        return (both[0], both[1]) if both and both[0] and both[1] else None
    start, end = place(page, told)
    stop = page.text.find("\n", end)
    between = _for().search(page.text, start, min(end + _REST, stop if stop >= 0 else len(page.text)))
    if between is None or between.start() > end:
        return None
    last = stop if stop >= 0 else len(page.text)
    ends = (o.end for o in organisations.find(page) if o.start <= between.end() < o.end <= last)
    stops = next(ends, end)
    agent = trim(page, start, between.start())
    owner = trim(page, between.end(), stops) if stops > between.end() else None
    return (agent, owner) if agent and owner and len(owner.value) > _LEAST else None


_REST, _LEAST = 90, 2
"""Letters behind a value in which the one acted for may stand, and letters that a name has at least."""


def place(page: Page, told: Span) -> tuple[int, int]:
    """The place of a span in the folded text."""
    return bisect_left(page.folded.at, told.start), bisect_left(page.folded.at, told.end)


def whole(page: Page, told: Span | None) -> Span | None:
    """A name with the rest of the organisation's that it is the beginning of: "X San." of "X San. ve Tic. A.Ş."."""
    if told is None:
        return None
    start, end = place(page, told)
    one = organisations.around(page, start) or organisations.at(page, start)
    if one is None or not one.start <= start < end < one.end or one.end - end > _LONGEST_REST:
        return told
    rest = page.flow[end : one.end]
    if not rest.strip(". "):
        return told  # the stop of the sentence
    return (
        page.folded.raw_span(start, one.end)
        if re.fullmatch(rf"[A-Za-z.]{{0,12}}(?:[ ](?:ve|&|i|y|et)?[ ]?\w+\.)*,?[ ]?(?:{names.LEGAL})?", rest)
        else told
    )


_LONGEST_REST = 30


@functools.cache
def _apposed() -> re.Pattern[str]:
    """A word for an owner with a name behind its comma: "the owner, X Ltd", "A bejelentő, a X Zrt."."""
    return re.compile(
        rf"(?:{words('owner', 'reporter').pattern})[^\W\d_]{{0,6}},\s(?:(?:a|az|the|die|der|das|la|le|el|il|lo|de|het|firma|společnost|spoločnost|società|sociedad|société)\s)?(?=(?-i:{_ANY_UP}))",
        re.IGNORECASE,
    )


def apposed(page: Page) -> Span | None:
    """The organisation right behind a word for an owner and a comma."""
    for found in _apposed().finditer(page.flow):
        one = organisations.at(page, found.end())
        if one is not None and not one.firm:
            return page.folded.raw_span(one.start, one.end)
    return None


_ADDRESSED = re.compile(
    r"(?im)^[ \t]*(?:προς|to|an|à|a|al|alla|k|кому|do|til|till|aan|muhatap|kepada|kính gửi|إلى|לכבוד)[:：]?[ \t]*$"
)


def only_one(page: Page) -> Span | None:
    """The organisation that a letter names above whom it is addressed to, where it names no other that is no firm and no receiver."""
    to = _ADDRESSED.search(page.text)
    found = {
        o.name: o for o in reversed(organisations.find(page))
        if not o.firm and not roles.is_recipient(page, o) and not (to and to.end() <= o.start < to.end() + _BELOW)
    }  # fmt: skip
    one = next(iter(found.values())) if len(found) == 1 else None
    return page.folded.raw_span(one.start, one.end) if one else None


_BELOW = 120
"""Letters below a word that a letter is addressed with in which its receiver is named."""

__all__ = ["acting_for", "apposed", "for_nobody_named", "only_one", "place", "whole"]
