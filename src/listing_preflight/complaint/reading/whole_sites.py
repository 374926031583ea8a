"""Whole sites and domain names that are complained of where a notice names no page: of disputes about names, and of letters."""

import re

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data, is_platform
from listing_preflight.complaint.reading.listing_spans import distinct
from listing_preflight.complaint.reading.listings import HELP
from listing_preflight.complaint.reading.others_pages import BEFORE, is_aside, is_own
from listing_preflight.complaint.reading.page import Page

_DOMAIN_DISPUTE = re.compile(
    r"(?i)(?<!\w)(?:UDRP|Uniform Domain[- ]Name|domain[- ]name dispute|domain name complaint|URS complaint|ADR\.eu)(?!\w)"
)
_DOMAIN = re.compile(r"(?<![\w@./-])((?:[a-z0-9][a-z0-9-]{1,62}\.){1,3}[a-z]{2,24})(?![\w@/-])", re.IGNORECASE)
_DOMAIN_WORD = re.compile(
    r"(?i)(?<!\w)(?:domain(?:[ -]?names?|namens?|es)?|noms? de domaine|nomi? a dominio|nombres? de dominio|nomes? de domínio|domeinnaam|domeny|domenę|domän(?:namn)?\w*|доменн\w+)(?!\w)|域名|ドメイン|도메인"
)


def domains(page: Page, own_domains: frozenset[str], own_name: str) -> list[Span]:
    """The domain names that a dispute about them is about: where nothing is listed, the name itself is complained of."""
    if not _DOMAIN_DISPUTE.search(page.flow):
        return []
    out: list[Span] = []
    for found in _DOMAIN.finditer(page.flow):
        before = page.flow[max(0, found.start() - BEFORE) : found.start()]
        told = [*_DOMAIN_WORD.finditer(before)][-1:]
        if not told or re.search(r"[.!?]\s|@|https?:", before[told[0].end() :]):
            continue
        if (
            not is_platform(found[1])
            and not HELP.search(found[1])
            and not is_own(f"https://{found[1]}", own_domains, own_name)
        ):
            out.append(page.folded.span(*found.span(1)))
    return distinct(out)


def sites(page: Page) -> list[Span]:
    """For a letter that names no page: the sites that its accusing sentences name, "www.shop.example" or "the website shop.example"."""
    out: list[Span] = []
    for found in _SITE.finditer(page.flow):
        first, last = page.sentence(*found.span(1))
        told = re.search(data("listings.yaml")["accuses"], page.flow[first:last], re.IGNORECASE) or _YOURS.search(
            page.flow[max(0, found.start(1) - 40) : found.start(1)]
        )
        if told and not is_platform(found[1].removeprefix("www.")) and not is_aside(page, *found.span(1)):
            out.append(page.folded.span(*found.span(1)))
    return distinct(out)


_YOURS = re.compile(
    r"(?i)(?<!\w)(?:your|ihr\w{0,2}|votre|vos|su|sus|tu|vostr\w|suo|sua|seu|uw|państwa|din|ditt|ваш\w*)\s(?:\w+\s){0,2}?(?:web|on-?line|internet)?[ -]?(?:shop|store|site|boutique|tienda|negozio|sito|loja|winkel|sklep\w*|butik|сайт\w*|магазин\w*)\W{0,3}$"
)
_SITE = re.compile(
    r"(?i)(?:(?<=\s)|(?<=[(]))(?:(?:web ?sites?|sites?|stores?|shops?|webshop|domain)\s+(?=[a-z0-9-]+\.)|(?=www\.))((?:www\.)?(?:[a-z0-9][a-z0-9-]{1,40}\.){1,3}[a-z]{2,10})(?![\w@-])"
)
