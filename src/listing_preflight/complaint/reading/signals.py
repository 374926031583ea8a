"""Signals of sender and links: stated with their place, never concluded from alone."""

import re
from typing import NamedTuple

from listing_preflight.complaint import web_addresses
from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import is_platform
from listing_preflight.complaint.letter import ADDRESS
from listing_preflight.complaint.reading.contacts import FREE, is_lookalike
from listing_preflight.complaint.reading.page import Page
from listing_preflight.complaint.reading.people import People

_DEMANDS = re.compile(
    r"(?i)(?:processing|release|unlock|handling) fee|verify (?:the|your) (?:bank|card|account|identity)|bank card|bitcoin|wire (?:the )?(?:sum|money)|"
    r"gift card|western union|log ?in (?:and|to) verify|confiscat\w*|password"
)


class Signal(NamedTuple):
    """What was seen (`free-mail`, `look-alike-domain`, `link-shows-another-address`, `payment-demanded`) and where."""

    code: str
    span: Span


def find(page: Page, people: People) -> list[Signal]:
    """All signals, in the order of their codes."""
    out: list[Signal] = []
    if people.contact and people.contact.value.partition("@")[2].lower() in FREE:
        out.append(Signal("free-mail", people.contact))
    for found in ADDRESS.finditer(page.text):
        if is_lookalike(found.group().partition("@")[2]) and found.group().lower() in page.letter.senders:
            out.append(Signal("look-alike-domain", page.folded.span(*found.span())))
    for link in page.letter.links:
        shown = (
            web_addresses.split(link.shown if "://" in link.shown else f"https://{link.shown}").hostname
            if "." in link.shown
            else None
        )
        target = web_addresses.split(link.target).hostname if link.target.startswith("http") else None
        if shown and target and " " not in link.shown and is_platform(shown) and not is_platform(target):
            at = page.text.find(link.target)
            out.append(
                Signal(
                    "link-shows-another-address",
                    page.folded.span(at, at + len(link.target)) if at >= 0 else Span(link.target, 0, 0),
                )
            )
    if demand := _DEMANDS.search(page.text):
        out.append(Signal("payment-demanded", page.folded.span(*demand.span())))
    return sorted(dict.fromkeys(out), key=lambda s: (s.code, s.span.start))


def is_lure(signals: list[Signal]) -> bool:
    """Whether a mail claims to be a platform's and is none: a look-alike sender, with a false link or a demand for money."""
    codes = {s.code for s in signals}
    return "look-alike-domain" in codes and bool(codes & {"link-shows-another-address", "payment-demanded"})
