"""Of several names in one value the one that counts: of two owners the first, of a person and a firm the firm, of "p/a X" the X."""

import functools
import re

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says
from listing_preflight.complaint.reading import name_splits, names, organisations
from listing_preflight.complaint.reading.page import Page
from listing_preflight.complaint.reading.speaking import CYRILLIC, PERSON, TITLE, is_firm, is_trade_alone


def _listed(key: str) -> str:
    """The words of a row of the table, the longer ones first."""
    told = {w.strip() for w in re.split(r"[;\n]", data("acting.yaml")[key]) if w.strip()}
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(told, key=len, reverse=True))


@functools.cache
def _two() -> re.Pattern[str]:
    """A company and whoever is named behind it with a word or a sign for "and"."""
    both = rf"\s(?:{_listed('joined')})\s|\s?[;/]\s|\s\+\s|,\s(?:{_listed('joined')})\s"
    western = rf"(?P<first>\S.*?[ ,](?:{names.LEGAL}))(?:{both}|,\s)(?P<other>.+)"
    eastern = rf"(?P<east>{names.EAST.pattern})(?:様|氏)?\s?(?:{_listed('joined east')})\s?(?P<more>.+)"
    return re.compile(rf"{western}|{eastern}")


@functools.cache
def _two_people() -> re.Pattern[str]:
    person = rf"(?:{PERSON}|{CYRILLIC})"
    return re.compile(rf"(?P<first>{person})\s(?:{_listed('joined')})\s{person}(?:\s?[(（][^()（）]*[)）])?")


_GOES_ON = re.compile(r"(?:Co|Cie|Sons|Söhne|Fils|Filhos|Hijos|Figli|Zonen|Synowie|Synové)\b")
"""What goes on with a company's own name behind "and"."""


_LONGEST = 160
"""Letters of a value that may name two owners."""


def first_owner(owner: Span) -> Span:
    """The first of two owners that one value names; a name that holds "and" itself is one owner's."""
    value = owner.value
    if owner.end - owner.start != len(value) or len(value) > _LONGEST:
        return owner
    if people := _two_people().fullmatch(value):
        return _part(owner, *people.span("first"))
    found = _two().fullmatch(value)
    if found is None:
        return owner
    if found["east"]:
        return _part(owner, *found.span("east"))
    other = found["other"]
    if _GOES_ON.match(other) or not (_ends_legal(other) or _person().match(other)):
        return owner
    return _part(owner, *found.span("first"))


def _ends_legal(name: str) -> bool:
    return bool(re.search(rf"[ ,](?:{names.LEGAL})\W*$", name))


@functools.cache
def _person() -> re.Pattern[str]:
    """A person's name with words before it: "mevrouw Tineke Hoekstra"."""
    return re.compile(rf"(?:(?i:{_listed('openers')})\.?\s)?(?:{PERSON}|{CYRILLIC})\W*(?:[(（].*)?$")


def _part(span: Span, start: int, end: int) -> Span:
    return Span(span.value[start:end].rstrip(), span.start + start, span.start + len(span.value[:end].rstrip()))


_REACH = 130
"""Letters from a person's name in which the firm follows."""


@functools.cache
def _parts() -> re.Pattern[str]:
    """What parts a person, a title and a firm on one line."""
    return re.compile(
        rf"\s?[,،、;/|(（]\s?|\s[–—-]\s|\s(?:{_listed('of firm')})\s|[)）]\s?(?:[,–—-]\s)?|\s(?=(?:{_listed('titles east')})(?:\s|$))"
    )


def firm_of(page: Page, agent: Span) -> Span:
    """Of a person and the firm beside it the firm; of a firm and a person behind it the firm alone."""
    start, end = name_splits.place(page, agent)
    stop = page.flow.find("\n", start, start + _REACH)
    stop = stop if stop >= 0 else min(len(page.flow), start + _REACH)
    pieces = _pieces(page.flow, start, max(stop, end))
    if not pieces:
        return agent
    first, *rest = pieces
    if _is_house(page, *first):
        return _alone(page, first, end) or agent
    for piece in rest:
        told = page.flow[slice(*piece)]
        if re.search(r"[0-9@:：]", told) or (piece[0] >= end and _is_sentence(told)):
            return agent
        if _is_house(page, *piece):
            return page.folded.raw_span(*piece)
    return agent


def _pieces(flow: str, start: int, stop: int) -> list[tuple[int, int]]:
    out, at = [], start
    for cut in _parts().finditer(flow, start, stop):
        out.append((at, cut.start()))
        at = cut.end()
    return [(a, b) for a, b in [*out, (at, stop)] if flow[a:b].strip()]


def _is_sentence(told: str) -> bool:
    """Whether a piece goes on with the sentence and names nobody."""
    return len(re.findall(r"(?<!\w)[^\W\d_A-Z]{2,}", told)) > _SMALL and told[:1].islower()


_SMALL = 2


def _is_house(page: Page, start: int, end: int) -> bool:
    """Whether a piece is the name of a firm and of nobody else."""
    told = page.flow[start:end]
    if _is_person(told) or says(told, "owner"):
        return False
    one = organisations.at(page, start)
    if one is not None and one.firm and one.end <= end and not _is_person(one.name):
        return True
    return is_firm(told) and len(told.split()) > 1 and not (is_trade_alone(told) or _is_sentence(told))


def _is_person(told: str) -> bool:
    """Whether some words are a person's name, with a title or without one."""
    titled = rf"(?:{TITLE}\s)*(?:{PERSON}|{CYRILLIC})"
    plain = re.sub(rf"^(?:{TITLE}\s)+", "", told.strip())
    return bool(re.fullmatch(titled, told.strip())) and not is_firm(plain)


def _alone(page: Page, first: tuple[int, int], end: int) -> Span | None:
    """A firm's name without the person that a stroke or a title parts from it; one comma may be the name's own."""
    start, stop = first
    behind = page.flow[stop:end]
    if stop >= end or not re.match(rf"\s?[/;|]|\s[–—-]\s|\s(?:{_listed('titles east')})(?:\s|$)", behind):
        return None
    one = organisations.at(page, start)
    return page.folded.raw_span(start, max(stop, one.end) if one and one.end <= end else stop)


@functools.cache
def _care_of() -> re.Pattern[str]:
    return re.compile(rf"[\s,;(（–—-]{{1,4}}(?:(?i:{_listed('care of')}))[\s:.]{{1,3}}")


def care_of(page: Page, owner: Span) -> tuple[Span, Span | None]:
    """An owner and who is written to for it, behind "c/o" or "p/a" in the owner's value or right behind it."""
    start, end = name_splits.place(page, owner)
    lead = _care_of().match(page.flow, end)
    for inside in _care_of().finditer(page.flow, start + 1, end):
        if re.match(r"\s?[,;(–—-]", inside.group()):  # a name may hold the word itself: "Le Pain chez Marie"
            lead = inside
            break
    if lead is None:
        return owner, None
    kept = page.folded.raw_span(start, min(end, lead.start()))
    one = organisations.at(page, lead.end())
    if one is not None:
        return kept, page.folded.raw_span(one.start, one.end)
    told = re.compile(rf"[{names.ANY_UPPER}][^\n,;:()（）@0-9]{{2,60}}").match(page.flow, lead.end())
    return kept, page.folded.raw_span(told.start(), told.start() + len(told.group().rstrip(" ."))) if told else None
