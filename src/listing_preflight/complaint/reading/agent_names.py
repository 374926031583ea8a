"""Who speaks for an owner, by the firm's name: of a person and a firm the firm, and without the noun for its trade behind a comma."""

import re

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.lexicon import says
from listing_preflight.complaint.reading import name_splits, names
from listing_preflight.complaint.reading.names import COMPANY, EAST
from listing_preflight.complaint.reading.page import Page
from listing_preflight.complaint.reading.speaking import NAMES, is_firm, is_trade_alone


def firm(page: Page, agent: Span) -> Span:
    """The firm of a person who is named with it; any other name as it is, without what it is."""
    return _house_beside(page, _house_of(_without_trade(agent)))


_PERSON_OF = re.compile(
    rf"(?P<person>[{names.UPPER}][\w'’.-]{{0,30}}(?:[ ][{names.UPPER}][\w'’-]{{1,30}}){{1,2}}),[ ](?P<firm>[{names.UPPER}][^,;]{{3,60}})"
)


def _house_of(agent: Span) -> Span:
    """Of a person and the firm behind it the firm: "T. Abernoth, Quillfeather Brand Protection"."""
    found = _PERSON_OF.fullmatch(agent.value)
    if found is None or agent.end - agent.start != len(agent.value):
        return agent
    if is_firm(found["person"]) or not is_firm(found["firm"]):
        return agent
    return Span(found["firm"], agent.start + found.start("firm"), agent.end)


_BESIDE = re.compile(
    rf"\s?(?:[(（](?P<inside>[^()（）\n@]{{4,60}})[)）]|(?:of|von|van|från|fra|de|di)[ ](?P<of>{NAMES}))"
)


_CALLED = re.compile(r"(?P<name>[^,，]{3,60})[,，]\s?(?P<trade>[^,，;:]{3,60})")


def _without_trade(agent: Span) -> Span:
    """A name without the noun for its bearer's trade behind a comma: "Cabinet X & Y, conseils en propriété industrielle"."""
    found = _CALLED.fullmatch(agent.value)
    if found is None or agent.end - agent.start != len(agent.value):
        return agent
    trade = found["trade"]
    if (
        re.search(r"[0-9.]", trade)
        or trade != trade.lower()
        or trade == trade.upper()
        or not says(trade, "agent")
        or says(trade, "owner")
    ):
        return agent
    return Span(found["name"].rstrip(), agent.start, agent.start + len(found["name"].rstrip()))


def _house_beside(page: Page, agent: Span) -> Span:
    """Of a person and the firm behind it, in brackets or with a word like "of", the firm: it speaks, the person writes."""
    end = name_splits.place(page, agent)[1]
    found = None if is_firm(agent.value) or is_house(agent.value) else _BESIDE.match(page.flow, end)
    if found is None:
        return agent
    group = "inside" if found["inside"] else "of"
    named = re.sub(rf"[ ]{names.LEGAL}$", "", found[group])
    return page.folded.raw_span(*found.span(group)) if is_firm(named) and not is_trade_alone(named) else agent


def is_house(name: str) -> bool:
    """Whether a name is a firm's and no person's."""
    return is_firm(name) or bool(COMPANY.fullmatch(name) or EAST.fullmatch(name))
