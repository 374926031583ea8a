"""How to reach who complains: never the platform, the recipient or an impostor."""

import re
import unicodedata

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import forms, is_platform
from listing_preflight.complaint.letter import ADDRESS
from listing_preflight.complaint.reading import delivery
from listing_preflight.complaint.reading.page import HIDDEN, Page

FREE = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com yahoo.co.jp aol.com icloud.com gmx.de gmx.net web.de "
    "mail.ru yandex.ru qq.com 163.com 126.com sina.com foxmail.com proton.me protonmail.com mailbox.org t-online.de".split()
)
"""Hosts of mail boxes that anybody can open."""
_BODIES = re.compile(r"(?:^|\.)(?:wipo\.int|adrforum\.com|adr\.eu|gov(?:\.[a-z]{2})?|gouv\.fr|europa\.eu)$")
"""Hosts of bodies that pass complaints on and make none."""


def find(page: Page, complainant: Span | None, agent: Span | None) -> Span | None:
    """The address of who complains or speaks for it: under a label for it, else the likeliest that may be it."""
    allowed = [(m.start(), m.end()) for m in ADDRESS.finditer(page.text) if _may(page, m.group(), m.start())]
    allowed += [(m.start(), m.end()) for m in _SPELLED.finditer(page.text) if _may(page, _at(m.group()), m.start())]
    labelled = [p for p in page.pairs if p.fields & {"contact", "agent", "complainant"}]
    for fields in ({"contact"}, {"agent", "complainant"}):
        for pair in labelled:
            if not pair.fields & fields:
                continue
            for start, end in allowed:
                if pair.start <= start < pair.end:
                    return page.folded.span(start, end)
    names_of_both = [letters(s.value) for s in (complainant, agent) if s]
    best = max(allowed, key=lambda a: _likely(page, a, names_of_both), default=None)  # of equals the first
    return page.folded.span(*best) if best else None


_AT = re.compile(
    r"\s?[\[({]\s?(?:at|arroba|chez|chiocciola|apenstaartje|małpa|zavináč|snabel-?a)\s?[\])}]\s?", re.IGNORECASE
)
"""How the sign of an address is spelled out against those who collect addresses."""
_SPELLED = re.compile(
    rf"(?<![\w.+@-])[\w.+-]{{1,64}}(?:{_AT.pattern})(?:[\w-]{{1,63}}\.){{1,6}}[a-zA-Z][\w-]{{1,23}}(?![\w@])",
    re.ASCII | re.IGNORECASE,
)


def _at(spelled: str) -> str:
    return _AT.sub("@", spelled)


def _likely(page: Page, place: tuple[int, int], names_of_both: list[str]) -> tuple[bool, int, bool]:
    """How likely an address is the complainant's: not a sender's (a letter's own apart), of a host named like it, asked to be answered."""
    address = _at(page.text[slice(*place)].lower())
    host = address.partition("@")[2]
    stem = letters(host.split(".")[-2]) if host.count(".") else ""
    parts = [letters(p) for p in re.split(r"[-.]", host.rpartition(".")[0]) if len(p) > 4]
    alike = any(stem in n or any(p in n for p in parts) for n in names_of_both) if len(stem) > 3 else False
    asked = bool(delivery.REPLY.search(page.text[max(0, place[0] - delivery.BEFORE) : place[0]]))
    shown = (
        not alike
        and not asked
        and bool(re.search(rf"https?://(?:[\w-]+\.)*{re.escape(host)}(?![\w.-]*\w)", page.text.lower()))
    )
    return address not in page.letter.senders, 2 * alike + asked - 2 * shown, page.platform == "letter" and asked


def letters(words: str) -> str:
    """The Latin letters and figures of a name, as a host has them."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", words.casefold()))


def _may(page: Page, address: str, at: int) -> bool:
    """Whether an address can be the complainant's: not the platform's, the recipient's, an impostor's or masked."""
    host = address.partition("@")[2].lower()
    if is_platform(host) or _BODIES.search(host) or HIDDEN.search(address):
        return False
    copied = {a for a in page.letter.copied if page.text.lower().count(a) > 1}
    receivers = [r for r in page.letter.recipients if r not in copied]
    if address.lower() in receivers:
        return False
    mine = {r.partition("@")[2] for r in receivers} - FREE
    if page.platform == "letter":  # who writes may copy in its own office
        mine -= {s.partition("@")[2].lower() for s in page.letter.senders}
    if host in mine or is_lookalike(host):
        return False
    if any(p.start <= at < p.end for p in page.labelled("recipient", but="contact")):
        return False
    words = page.text[max(0, at - 60) : at]
    if page.platform == "letter" and delivery.is_delivery(page, at):
        return False
    return not re.search(r"(?i)(?:your (?:e-?mail|address|account)|registered (?:e-?mail|address))[^\n]{0,30}$", words)


def is_lookalike(host: str) -> bool:
    """Whether a domain bears a platform's name and is none of its domains."""
    letters = re.sub(r"[^a-z0-9]", "", host.lower())
    names = {re.sub(r"[^a-z0-9]", "", n.casefold()) for f in forms() for n in f.names} - {"meta", ""}
    return not is_platform(host) and any(len(n) > 3 and n in letters for n in names if n.isascii())
