"""Whose a page is that a notice names: the complainant's own, the sender's, or one that is only mentioned beside the listings complained of."""

import functools
import re

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
    words = listing_phrases()
    first, last = page.sentence(start, end)
    before = page.flow[max(first, start - BEFORE) : start]
    head = _heading(page, first) if not re.search(r"\w{3}", before) else ""
    return bool(
        words["own"].search(before)
        or _OF_OWNER.search(before)
        or (words["own"].search(head) and not words["accuses"].search(head) and not says(head, "measures", "accuses"))
        or _ANSWER_AT.search(before)
        or words["own_after"].match(page.flow, end)
        or words["aside"].search(page.flow[max(first, start - 2 * BEFORE) : min(last, end + BEFORE)])
    )


_OF_OWNER = re.compile(
    r"(?i)(?<!\w)(?:(?:our|my) client|(?:unsere[rs]?|meine[rs]?) mandant(?:in|en|schaft)?|(?:notre|ma|mon) (?:cliente?|mandante?)|(?:nostr[oa]|mi[oa]) (?:assistit[oa]|cliente)|(?:nuestr[oa]|mi) (?:cliente|representad[oa]|mandante)|(?:noss[oa]|minha|meu) (?:cliente|constituinte)|(?:onze|mijn) (?:cliënte?|opdrachtgever)|(?:nasz\w*|moj\w+) (?:klient\w*|mocodawc\w+)|(?:vår|min) (?:klient|huvudman)|vores klient|müvekkil\w*|委托人|委託人|依頼者|의뢰인)(?:['’]s?)?(?:\s(?:shop|store|web ?site|page|site|own))?\s?[(（:：]\s*$"
)
"""A client right before a bracket that holds an address: its own."""
_ANSWER_AT = re.compile(
    r"(?i)(?:(?<!\w)(?:statement|reply|respond|appeal|answer|stellungnahme|antwort\w*|réponse|rispost\w*|respuesta|resposta|reactie|odpowied\w*)[^\n.]{0,30}\s(?:via|through|at|über|unter|par|tramite|a través de|na|przez)|通过|通過)\s*$"
)
"""Before an address: where an answer is to be given."""
_LINK_ALONE = re.compile(
    r"[ \t>*•–-]*(?:\(?[0-9]{1,3}[.)]+)?[ \t]*https?://\S*(?:[ \t]+https?://\S*)*[ \t]*(?:\([^)\n]*\))?[ \t]*$"
)


def _heading(page: Page, at: int) -> str:
    """The line of words above a list of links."""
    for line in reversed(page.text[max(0, at - 3000) : at].split("\n")):
        if line.strip(" >\t*-") and not _LINK_ALONE.match(line):
            return line[-2 * BEFORE :]
    return ""
