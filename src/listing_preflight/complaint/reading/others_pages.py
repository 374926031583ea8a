"""Whose a page is that a notice names: the complainant's own, the sender's, or one that is only mentioned beside the listings complained of."""

import functools
import re
from bisect import bisect_left
from typing import NamedTuple

from listing_preflight.complaint import web_addresses
from listing_preflight.complaint.forms import data, is_platform
from listing_preflight.complaint.lexicon import says
from listing_preflight.complaint.lexicon import words as words_of
from listing_preflight.complaint.reading.page import Page
from listing_preflight.policy.marketplaces import marketplace as known_site


@functools.cache
def listing_phrases() -> dict[str, re.Pattern[str]]:
    """Patterns of how notices name listings in a sentence, and say of one that it is not complained of."""
    table = data("listings.yaml")
    ids = rf"(?P<ids>[0-9]{{8,20}}(?:\s*{table['and']}\s*[0-9]{{8,20}})*)(?![0-9*])"
    item = rf"(?:{table['nouns']}|{words_of('item').pattern})(?:[^\W\d_]{{0,5}})"
    named = (
        rf"(?<![A-Za-z])(?:{item}){table['numbered']}\s?[(（]?\s*(?:(?:ID|id|nr|no|n[°º]|รหัส|номер|번호|编号|編號)[.]?)?\s*[:：#]?\s*{ids}"
        rf"|(?P<first>[0-9]{{8,20}}(?:\s*{table['and']}\s*[0-9]{{8,20}})*)\s(?:\w+\s)?(?:numaralı|nolu|no.lu|sayılı)\s(?:{item})|(?<!\w)(?:SKC|SKU|SPU)\s*[:：#]?\s*(?P<token>[A-Za-z]{{1,4}}[0-9]{{8,20}})(?!\w)"
    )
    rest = {name: re.compile(table[name], re.IGNORECASE) for name in ("aside", "own", "own_after", "accuses")}
    return rest | {"named": re.compile(named, re.IGNORECASE)}


def is_own(url: str, own_domains: frozenset[str], own_name: str) -> bool:
    """Whether an address is on the complainant's own domain, or on a host that its name holds."""
    host = web_addresses.host(url)
    if is_platform(host):
        return False
    stem = re.sub(r"[^a-z0-9]", "", host.split(".")[-2]) if host.count(".") else ""
    return (len(stem) > 4 and any(stem in one for one in own_name.split())) or any(
        host == d or host.endswith("." + d) for d in own_domains
    )


def _is_letter_of_others(page: Page) -> bool:
    """Whether somebody else than the one who is complained of sent the mail: a seller who sends it on names the own shop."""
    if page.form is not None and not is_platform(
        page.letter.senders[0].partition("@")[2] if page.letter.senders else ""
    ):
        return False  # who sends a platform's mail on is the seller, or works for it
    hosts = {r.partition("@")[2].lower() for r in page.letter.recipients}
    return not any(s.partition("@")[2].lower() in hosts for s in page.letter.senders)


def is_senders(page: Page, url: str) -> bool:
    """Whether an address is of whoever sent the mail: its evidence, or a page for answers."""
    host = web_addresses.host(url)
    if not _is_letter_of_others(page):
        return False
    mine = {s.partition("@")[2].lower() for s in page.letter.senders[:1]}
    return (
        not is_platform(host)
        and not known_site(host).offices
        and any(host == m or host.endswith("." + m) for m in mine if m)
    )


BEFORE = 140
"""Characters of its sentence before a listing that may say whose it is."""


def is_aside(page: Page, start: int, end: int) -> bool:
    """Whether its sentence says of a listing that it is the complainant's own, a source of the goods or not complained of."""
    said = _said(page)
    first, last = page.sentence(start, end)
    near = max(first, start - BEFORE)
    if (
        said["own"].within(near, start)
        or said["of_owner"].ends_at(start, near)
        or said["answer_at"].ends_at(start, near)
    ):
        return True
    if said["aside"].within(max(first, start - 2 * BEFORE), min(last, end + BEFORE)):
        return True
    if not _WORD.search(page.flow, near, start):
        head = _heading(page, first)
        if (head.rstrip().endswith((":", "：")) or _LINK_ALONE.match(page.text[first:end])) and _heads_own_pages(head):
            return True
    return bool(listing_phrases()["own_after"].match(page.flow, end))


class _Said(NamedTuple):
    """Where a phrase stands in a notice, found once: it may name thousands of listings."""

    starts: list[int]
    ends: list[int]

    def within(self, start: int, end: int) -> bool:
        """Whether the phrase stands between two places."""
        n = bisect_left(self.starts, start)
        return n < len(self.starts) and self.ends[n] <= end

    def ends_at(self, place: int, start: int) -> bool:
        """Whether the phrase ends at a place and begins behind another."""
        n = bisect_left(self.ends, place)
        return n < len(self.ends) and self.ends[n] == place and self.starts[n] >= start


def _said(page: Page) -> dict[str, _Said]:
    if "said of listings" not in page.kept:
        words = listing_phrases()
        phrases = {"own": words["own"], "aside": words["aside"], "of_owner": _OF_OWNER, "answer_at": _ANSWER_AT}
        page.kept["said of listings"] = {name: _places(one, page.flow) for name, one in phrases.items()}
    told: dict[str, _Said] = page.kept["said of listings"]
    return told


def _places(phrase: re.Pattern[str], flow: str) -> _Said:
    spans = [m.span() for m in phrase.finditer(flow)]
    return _Said([a for a, _ in spans], [b for _, b in spans])


_WORD = re.compile(r"\w{3}")


@functools.lru_cache(maxsize=256)
def _heads_own_pages(head: str) -> bool:
    """Whether a heading says that the links below it are the complainant's own."""
    words = listing_phrases()
    return bool(words["own"].search(head)) and not (words["accuses"].search(head) or says(head, "measures", "accuses"))


_OF_OWNER = re.compile(
    r"(?i)(?<!\w)(?:(?:our|my) client|(?:unsere[rs]?|meine[rs]?) mandant(?:in|en|schaft)?|(?:notre|ma|mon) (?:cliente?|mandante?)|(?:nostr[oa]|mi[oa]) (?:assistit[oa]|cliente)|(?:nuestr[oa]|mi) (?:cliente|representad[oa]|mandante)|(?:noss[oa]|minha|meu) (?:cliente|constituinte)|(?:onze|mijn) (?:cliënte?|opdrachtgever)|(?:nasz\w*|moj\w+) (?:klient\w*|mocodawc\w+)|(?:vår|min) (?:klient|huvudman)|vores klient|müvekkil\w*|委托人|委託人|依頼者|의뢰인)(?:['’]s?)?(?:\s(?:shop|store|web ?site|page|site|own))?\s?[(（:：]\s*"
)
"""A client right before a bracket that holds an address: its own."""
_ANSWER_AT = re.compile(
    r"(?i)(?:(?<!\w)(?:statement|reply|respond|appeal|answer|stellungnahme|antwort\w*|réponse|rispost\w*|respuesta|resposta|reactie|odpowied\w*)[^\n.]{0,30}\s(?:via|through|at|über|unter|par|tramite|a través de|na|przez)|通过|通過)\s*(?!\s)"
)
"""Before an address: where an answer is to be given."""
_LINK_ALONE = re.compile(
    r"[ \t>*•–-]*(?:\(?[0-9]{1,3}[.)]+)?[ \t]*https?://\S*(?:[ \t]+https?://\S*)*[ \t]*(?:\([^)\n]*\))?[ \t]*$"
)


_ABOVE = 3000
"""Letters above a list of links in which its heading stands."""


def _heading(page: Page, at: int) -> str:
    """The line of words above a list of links."""
    if "lines of words" not in page.kept:
        lines = re.finditer(r"[^\n]+", page.text)
        page.kept["lines of words"] = [
            m.span() for m in lines if m.group().strip(" >\t*-") and not _LINK_ALONE.match(m.group())
        ]
    lines = page.kept["lines of words"]
    n = bisect_left(lines, (at, at)) - 1
    if n < 0 or lines[n][1] > at or lines[n][1] <= at - _ABOVE:
        return ""
    start, end = lines[n]
    return page.text[max(start, at - _ABOVE, end - 2 * BEFORE) : end]
