"""Read one letter into all that it says."""

import re
import unicodedata
from dataclasses import dataclass

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.letter import Letter
from listing_preflight.complaint.reading import (
    complaint_ids,
    deadlines,
    kinds,
    listing_words,
    listings,
    marks,
    numbers,
    people,
    signals,
    stock_numbers,
    where,
    whole_sites,
)
from listing_preflight.complaint.reading.contacts import FREE
from listing_preflight.complaint.reading.deadlines import Deadline
from listing_preflight.complaint.reading.number_forms import plain
from listing_preflight.complaint.reading.numbers import Number
from listing_preflight.complaint.reading.page import Page
from listing_preflight.complaint.reading.people import People
from listing_preflight.complaint.reading.signals import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one letter says; every value is a span of its text."""

    letter: Letter
    platform: str
    marketplace: str | None
    language: str
    family: str
    kinds: dict[str, Span]
    level: tuple[str, Span] | None
    people: People
    marks: tuple[Span, ...]
    numbers: tuple[Number, ...]
    listings: tuple[Span, ...]
    own_pages: tuple[Span, ...]
    stock_numbers: tuple[tuple[str, Span], ...]
    complaint_ids: tuple[Span, ...]
    deadlines: tuple[Deadline, ...]
    reason: Span | None
    signals: tuple[Signal, ...]
    masked: frozenset[str]


def read(letter: Letter) -> Notice:
    """All that a letter says."""
    spoken = where.language(letter.text)
    platform, form = where.platform(letter)
    page = Page(letter, platform, form, spoken)
    who = people.find(page)
    found_signals = signals.find(page, who)
    told = [(p.start, p.end) for p in page.labelled("complaint_id", but="listing")]
    named = [
        page.folded.span(*place) for place in listing_words.find(page) if not any(a <= place.start < b for a, b in told)
    ]
    ids = [i for i in complaint_ids.find(page) if not any(_overlap(i, n) for n in named)]
    found_listings, theirs = listings.find(page, *_owns(who))
    found_listings = [s for s in found_listings if s.value not in {i.value for i in ids}]
    if not found_listings and platform in ("letter", "unknown", "shopify"):
        found_listings = whole_sites.domains(page, *_owns(who)) or whole_sites.sites(page)
    signs = [plain(i.value) for i in ids]
    found_numbers = [
        n for n in numbers.find(page)
        if not any(_overlap(n.written, i) for i in ids) and not (n.office is None and plain(n.value) in signs)
    ]  # fmt: skip
    found_listings = [s for s in found_listings if not any(n.office and _overlap(n.written, s) for n in found_numbers)]
    found_numbers = [n for n in found_numbers if not any(_overlap(n.written, s) for s in found_listings)]
    names = tuple(s.value for s in (who.complainant, who.agent) if s)
    found_marks = marks.find(page, names, found_numbers)
    borne = [s for s in (who.complainant, who.agent) if s]
    found_marks = [m for m in found_marks if not any(_overlap(m, s) for s in borne)] or found_marks
    family = kinds.family(
        page,
        named=who.complainant is not None,
        ids=bool(found_listings or ids),
        listed=bool(found_listings),
        right=bool(found_marks or found_numbers),
        lookalike=signals.is_lure(found_signals),
    )
    found_kinds = kinds.kinds(page, family, marks=found_marks, numbers=found_numbers, names=names)
    return Notice(
        letter=letter, platform=platform, marketplace=where.marketplace(letter, form, spoken), language=spoken,
        family=family, kinds=found_kinds,
        level=kinds.levelled(page, family, found_kinds, found_marks), people=who, marks=tuple(found_marks), numbers=tuple(found_numbers),
        listings=tuple(found_listings), own_pages=tuple(theirs), stock_numbers=tuple(stock_numbers.find(page, found_listings)),
        complaint_ids=tuple(ids),
        deadlines=tuple(deadlines.find(page, family, who.complainant.value if who.complainant else "")), reason=kinds.reason(page), signals=tuple(found_signals),
        masked=frozenset(f for f in ("complainant", "contact", "mark", "number", "listing", "complaint_id") if page.masked(f)),
    )  # fmt: skip


def _owns(who: People) -> tuple[frozenset[str], str]:
    """The domain of the complainant's own mail, and the letters of its name in both spellings: a host that is part of one is its own."""
    domains = frozenset({who.contact.value.partition("@")[2].lower()} - FREE) if who.contact else frozenset[str]()
    return domains, " ".join(_spellings(who.complainant.value)) if who.complainant else ""


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss", "ł": "l", "ı": "i", "đ": "d"}
)


def _spellings(name: str) -> tuple[str, str]:
    """A name as hosts spell it: with bare letters for accented ones, and with two for an umlaut."""
    low = name.casefold()
    bare = "".join(
        c
        for c in unicodedata.normalize("NFD", low.translate({0xF8: "o", 0x142: "l", 0x131: "i"}))
        if not unicodedata.combining(c)
    )
    return re.sub(r"[^a-z0-9]", "", bare), re.sub(r"[^a-z0-9]", "", low.translate(_UMLAUTS))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
