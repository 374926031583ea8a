"""Who complains, who speaks for it, how to reach it; never the platform, the recipient or an impostor."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import forms, is_platform
from listing_preflight.complaint.letter import ADDRESS
from listing_preflight.complaint.reading.page import HIDDEN, Page

FREE = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com yahoo.co.jp aol.com icloud.com gmx.de gmx.net web.de "
    "mail.ru yandex.ru qq.com 163.com 126.com sina.com foxmail.com proton.me protonmail.com mailbox.org t-online.de".split()
)
"""Hosts of mail boxes that anybody can open."""
_LEGAL = (
    r"(?:Inc|LLC|L\.L\.C|LLP|PLLC|Ltd|Limited|Corp|Corporation|Co|GmbH(?: & Co\. KG)?|AG|KG|SE|UG|mbB|S\.?A\.?S?|SARL|S\.?à r\.?l|"
    r"S\.?r\.?l|S\.?p\.?A|S\.?L\.?U?|S\.A\. de C\.V|B\.?V|N\.?V|AB|AS|ASA|A/S|ApS|Oy|Oyj|Pty Ltd|Pte\.? Ltd|Sdn\.? Bhd|Berhad|Bhd|"
    r"K\.?K|Sp\. z o\.o|Kft|Lda|Ltda|PLC|plc)\b\.?"
)
COMPANY = re.compile(
    rf"(?<![\w.@/-])[A-ZÄÖÜÅÆØÉÈÀ][\w&'’.äöüßéèàåøæñçÄÖÜ-]*(?:,?[ ](?:&|and|und|et|y|of|de|des|der|von|van|[A-ZÄÖÜÅÆØÉÈÀ0-9][\w&'’.-]*)){{0,7}},?[ ]{_LEGAL}"
)
_EAST = re.compile(
    r"[一-鿿ァ-ヺー]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|株式会社|合同会社)|株式会社[一-鿿ぁ-ヺー]{2,16}"
)
_LAW_FIRM = re.compile(
    r"(?m)(?:^|(?<=[\s,]))((?:Rechtsanwälte|Rechtsanwaltskanzlei|Kanzlei|Patentanwälte|Studio Legale|Cabinet|Despacho|Bufete)[ ][^\n,;:]{3,70}"
    r"|[A-Z][\w&'’.-]*(?:[ ,]+(?:&|and|[A-Z][\w&'’.-]*)){0,5}[ ,]+(?:PLLC|LLP|P\.?C\.|Law(?: (?:Firm|Group|Offices?))?|Solicitors|Attorneys|Advocates|Advocaten|Abogados|Avocats|Avvocati))(?=\s|$|[,.])"
    r"|((?<![一-鿿])[一-鿿]{2,20}?(?:律师事务所|律師事務所)|[一-鿿]{2,16}法律事務所|[一-鿿]{2,14}(?:特許|弁理士|弁護士)(?:業務)?(?:法人|事務所))"
)
_FOR_CLIENT = (
    re.compile(r"(?i:counsel|attorneys?|solicitors?|lawyers?) (?:to|for) (?P<name>[A-Z][^\n(\"“”;]{2,80}?)(?=\s*[(;\"“]|\.\s|\s+in\b|\s+with\b|,?\s+(?:the|who|which|owner)\b)"),
    re.compile(r"(?i:\bwe|i)(?i:,? (?:represent|act for|act on behalf of|write on behalf of|am writing on behalf of|write for))[ ](?:our client,? )?(?P<name>[A-Z][^\n(\"“”;]{2,80}?)(?=\s*[(;\"“]|\.\s|\.$|,?\s+(?:the|who|which|owner|in)\b)"),
    re.compile(r"(?i:\bwe|i), (?P<agent>[A-Z][^\n;]{2,70}?), (?i:act|are acting|write|represent)(?i: for| on behalf of)? (?P<name>[A-Z][^\n;(\"]{2,70}?)(?=\.\s|\.$|[(;\"])"),
    re.compile(r"(?i:on behalf of|acting for)(?: (?:our|my) client,?)? (?P<name>[A-Z][^\n(\"“;:]{2,70}?)(?=\s*[(;\"“]|\.\s|\.$|,\s+(?:the|who|owner)\b)"),
    re.compile(r"(?i:wir vertreten|namens und in vollmacht)(?: (?:die|den|das|der|unsere Mandantin,?|die Interessen der))* (?P<name>[A-ZÄÖÜ][^\n(\"„;]{2,80}?)(?=\s*[(\"„;]|\.\s|\.$|,\s)"),
    re.compile(r"(?i:nous représentons|conseils? de|au nom de|agissant pour(?: le compte d[eu])?)(?: la société| les sociétés)? (?P<name>[A-ZÉÈÀ][^\n(\"«;]{2,80}?)(?=\s*[(\"«;]|\.\s|\.$|,\s)"),
    re.compile(r"(?i:in nome e per conto (?:di|della|del)|nell.interesse (?:di|della|del))(?: società)? (?P<name>[A-ZÀÈ][^\n(\"«;]{2,80}?)(?=\s*[(\"«;]|\.\s|\.$|,\s(?!S))"),
    re.compile(r"(?i:en (?:nombre y )?representación de|representamos a)(?: la empresa| la sociedad)? (?P<name>[A-ZÁÉ][^\n(\"«;]{2,80}?)(?=\s*[(\"«;]|\.\s(?!de)|\.$|,\s(?!S))"),
    re.compile(r"(?i:treed op namens|treden op namens|namens) (?P<name>[A-Z][^\n(\"“;]{2,70}?)(?=\s*[(\"“;]|\.\s[A-Z]|\.$|,\s)"),
    re.compile(r"(?m)^[ \t]*(?P<name>[A-ZÄÖÜÉ][^\n,;:]{2,70}),[ \t]*(?i:antragsteller(?:in)?|kläger(?:in)?|plaintiff|demanderesse|demandeur|ricorrente|attrice|demandante)\b"),
    re.compile(r"(?<![\w-])(?P<name>[A-ZÄÖÜÉ][\w'’.-]+(?: [A-ZÄÖÜÉ][\w'’.-]+){1,4}) [(（](?=[\w.+-]{1,64}@[\w-]+\.)"),
    re.compile(r"受\s*(?P<name>[一-鿿A-Za-z（）()., &]{3,40}?)\s*(?:[(（]|的?委托|委託|委任)"),
    re.compile(rf"(?P<name>{COMPANY.pattern})(?: \([^)\n]{{1,60}}\))?,? (?:is|are) the (?:\w+ ){{0,2}}(?:owner|holder|proprietor|author)\b"),
    re.compile(rf"(?i:represents?|representing|on behalf of) (?P<name>{COMPANY.pattern})"),
    re.compile(r"(?i:we are|this is) (?:the )?(?:store|shop|seller|brand|company) (?P<name>[A-Z][\w&'’ -]{1,50}?)(?=[.,;\n])"),
)  # fmt: skip
_OF_PERSON = re.compile(
    r"^(?P<agent>[^,;]{3,60}?),?\s+(?:for|on behalf of|im Auftrag (?:der|von)|pour|per conto di|en nombre de|代表)\s+(?P<name>.+)$",
    re.IGNORECASE,
)
_BY_AGENT = re.compile(
    r"^(?P<name>.+?),?\s+(?:represented by|vertreten durch|représentée? par|rappresentat[oa] da|representad[oa] por)\s+(?P<agent>.+)$",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?m)^[ \t]*--+[ \t]*([^\n@]{3,90})$")


class People(NamedTuple):
    """Who stands behind a notice; each is a span of it or None."""

    complainant: Span | None
    agent: Span | None
    contact: Span | None


def find(page: Page) -> People:
    """Complainant, agent and the address of one of them."""
    complainant, agent = _labelled(page)
    said_name, said_agent = _said(page)
    firm = _firm(page)
    if firm is not None and page.platform == "letter":
        agent = firm  # the person who signs speaks for the firm
    complainant, agent = complainant or said_name, agent or said_agent or firm
    contact = _contact(page)
    complainant = complainant or _dashed(page) or _by_domain(page, contact, agent)
    if complainant and agent and complainant.value == agent.value:
        agent = None
    return People(complainant, agent, contact)


def _labelled(page: Page) -> tuple[Span | None, Span | None]:
    names: list[tuple[str, Span]] = []
    agent: Span | None = None
    for pair in page.labelled("complainant"):
        one = _name(page, pair.start, pair.end)
        if one is None:
            continue
        for split in (_OF_PERSON, _BY_AGENT):
            if found := split.match(page.text[one[0] : one[1]]):
                agent = agent or _trim(page, one[0] + found.start("agent"), one[0] + found.end("agent"))
                one = (one[0] + found.start("name"), one[0] + found.end("name"))
                break
        if span := _trim(page, *one):
            names.append((pair.label, span))
    for pair in page.labelled("agent"):
        if (one := _name(page, pair.start, pair.end)) and (span := _trim(page, *one)):
            agent = agent or span
    principal = next((s for label, s in names if re.search(r"(?i)behalf|company|client|acting for", label)), None)
    reporters = [s for label, s in names if _REPORTER.search(label)]
    owners = [s for label, s in names if not _REPORTER.search(label)]
    if principal is None and reporters and owners and reporters[0].value != owners[0].value:
        return owners[0], agent or reporters[0]  # who owns the right, and who reported for it
    first = principal or (names[0][1] if names else None)
    if agent is None and principal and (person := _person(page, names, principal)):
        agent = person
    return first, agent


_REPORTER = re.compile(
    r"(?i)report|submitted|gemeldet|melder|signalé|déclarant|segnala|denunci|zgłasz|anmälare|pelapor|举报|檢舉|申告者|신고자"
)


def _person(page: Page, names: list[tuple[str, Span]], principal: Span) -> Span | None:
    """Who signs for a company that another line names: "Name of complainant" beside "On behalf of", or the copy's "From"."""
    others = [s for _, s in names if s.value != principal.value]
    if others:
        return others[0]
    inner = re.search(r"(?m)^[ \t>]*(?:From|Von|De|发件人)[ \t]*[:：][ \t]*([^\n@<]{3,60})$", page.text)
    return page.folded.span(*inner.span(1)) if inner else None


def _name(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """The part of a value that is a name: before a mail address, a bracket or the end of its sentence."""
    value = page.text[start:end]
    if HIDDEN.search(value.strip()):
        return None
    stop = re.search(r"[,(（\[<|]?\s*(?:[\w.+-]+@|https?://|mailto:|<|\()|;|\s[-–—]\s", value)
    last = start + (stop.start() if stop else len(value))
    return (start, last) if page.text[start:last].strip() else None


def _trim(page: Page, start: int, end: int) -> Span | None:
    words = page.text[start:end].rstrip(" \t,;:|(（")
    if words.endswith(".") and not re.search(rf"{_LEGAL}$|\b\w\.$", words):
        words = words[:-1]
    if re.search(r"\b(?:Inc|Ltd|Co|Corp|Bhd|Cía)$", words) and re.match(
        r"\.\s*[(,\"“„a-z]", page.text[start + len(words) :][:8]
    ):
        words += "."
    span = page.folded.span(start, start + len(words))
    return span if len(span.value) > 1 and len(span.value) <= 100 and "@" not in span.value else None


def _said(page: Page) -> tuple[Span | None, Span | None]:
    for pattern in _FOR_CLIENT:
        for found in pattern.finditer(page.text):
            name = _trim(page, *found.span("name"))
            agent = _trim(page, *found.span("agent")) if "agent" in found.groupdict() else None
            if (
                name
                and not re.match(r"(?i)(?:the|our|my|an?|its|buyers?|all)\b", name.value)
                and not _is_named(name.value)
            ):
                return name, agent
    return None, None


def _is_named(value: str) -> bool:
    return any(value.startswith(name) for f in forms() for name in f.names)


def _firm(page: Page) -> Span | None:
    found = _LAW_FIRM.search(page.text)
    return page.folded.span(*found.span(1 if found.group(1) else 2)) if found else None


def _dashed(page: Page) -> Span | None:
    """A company on a dashed line; a person's name there is somebody to write to, and nobody says that it is the owner."""
    for found in _DASHED.finditer(page.text):
        if COMPANY.fullmatch(found.group(1).strip()) or _EAST.fullmatch(found.group(1).strip()):
            return page.folded.span(*found.span(1))
    return None


def _by_domain(page: Page, contact: Span | None, agent: Span | None) -> Span | None:
    """The company that bears the name of the contact's own domain."""
    if contact is None:
        return None
    host = contact.value.partition("@")[2].lower()
    stem = re.sub(r"[^a-z0-9]", "", host.split(".")[-2] if host.count(".") else host)
    if host in FREE or len(stem) < 4:
        return None
    for found in COMPANY.finditer(page.text):
        letters = re.sub(r"[^a-z0-9]", "", found.group().casefold())
        if stem in letters and (agent is None or found.group() not in agent.value):
            tail = found.group().rpartition(", ")
            start = found.start()
            if tail[1] and stem in re.sub(r"[^a-z0-9]", "", tail[2].casefold()):
                start += len(tail[0]) + 2
            return page.folded.span(start, found.end())
    return None


def _contact(page: Page) -> Span | None:
    allowed = [(m.start(), m.end()) for m in ADDRESS.finditer(page.text) if _may(page, m.group(), m.start())]
    labelled = [p for p in page.pairs if p.fields & {"contact", "agent", "complainant"}]
    for fields in ({"contact"}, {"agent", "complainant"}):
        for pair in labelled:
            if not pair.fields & fields:
                continue
            for start, end in allowed:
                if pair.start <= start < pair.end:
                    return page.folded.span(start, end)
    senders = set(page.letter.senders)
    return next(iter(_ranked(page, allowed, senders)), None)


def _ranked(page: Page, allowed: list[tuple[int, int]], senders: set[str]) -> Iterator[Span]:
    """Addresses of the text before those of senders; senders only where the notice is a letter or a quoted one."""
    plain = [(a, b) for a, b in allowed if page.text[a:b].lower() not in senders]
    for start, end in plain or allowed:
        yield page.folded.span(start, end)


def _may(page: Page, address: str, at: int) -> bool:
    """Whether an address can be the complainant's: not the platform's, the recipient's, an impostor's or masked."""
    host = address.partition("@")[2].lower()
    if is_platform(host) or HIDDEN.search(address) or address.lower() in page.letter.recipients:
        return False
    mine = {r.partition("@")[2] for r in page.letter.recipients} - FREE
    if host in mine or is_lookalike(host):
        return False
    words = page.text[max(0, at - 60) : at]
    return not re.search(r"(?i)(?:your (?:e-?mail|address|account)|registered (?:e-?mail|address))[^\n]{0,30}$", words)


def is_lookalike(host: str) -> bool:
    """Whether a domain bears a platform's name and is none of its domains."""
    letters = re.sub(r"[^a-z0-9]", "", host.lower())
    names = {re.sub(r"[^a-z0-9]", "", n.casefold()) for f in forms() for n in f.names} - {"meta", ""}
    return not is_platform(host) and any(len(n) > 3 and n in letters for n in names if n.isascii())
