"""Who complains and who speaks for it, as labels and forms tell it."""

import re

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading import names, organisations, speaking
from listing_preflight.complaint.reading.name_bounds import name_of, trim
from listing_preflight.complaint.reading.names import COMPANY
from listing_preflight.complaint.reading.page import Page


def find(page: Page) -> tuple[Span | None, Span | None]:
    """Complainant and agent as labels tell them; who reports beside an owner is its agent."""
    found: list[tuple[str, Span]] = []
    agent: Span | None = None
    for pair in page.labelled("complainant"):
        one, other = _split(page, pair.start, pair.end)
        called = _CALLED.search(page.text[pair.start : pair.end])
        if other is None and called and says(called["what"], "agent") and one is not None:
            agent = agent or one  # "Submitted by: X (authorised agent)"
            continue
        agent = agent or other
        if one is not None and not is_role(one.value) and not re.search(r"[0-9]{6}", one.value):
            firm = _firm_of(page, pair.start, pair.end) if other is None and is_reporter(pair.label) else None
            found.append((pair.label, firm if firm and firm.end <= one.end else one))
    for pair in page.labelled("person"):
        role = _headed(page, pair.start)
        place = name_of(page, pair.start, pair.end) if role else None
        name = trim(page, *place) if place else None
        if name and role == "agent":
            agent = agent or name
        elif name:
            found.append(("owner", name))
    for pair in page.labelled("agent"):
        agent = agent or _firm_of(page, pair.start, pair.end)
    agent = agent or _firm_beside_contact(page)
    stated, filer = _by_relation(page)
    if stated is not None:
        found.append(("owner", stated))
    agent = agent or filer
    principal = next((s for label, s in found if _PRINCIPAL.search(label)), None)
    reporters = [s for label, s in found if is_reporter(label)]
    owners = [s for label, s in found if not is_reporter(label)]
    if principal is None and reporters and owners and reporters[0].value != owners[0].value:
        firm = next((r for r in reporters if COMPANY.fullmatch(r.value)), reporters[0])
        return owners[0], agent or firm  # who owns the right, and who reported for it
    first = principal or (found[0][1] if found else None)
    if agent is None and principal and (person := _person(page, found, principal)):
        agent = person
    return first, agent


_CALLED = re.compile(r"[(（](?P<what>[^()（）\n]{3,40})[)）]\s*$")
"""What a value says in brackets behind a name that its bearer is."""
_NEAR_LINES = 3
"""Lines between a heading and a name that is still of its block."""


def _headed(page: Page, at: int) -> str | None:
    """Whose block a bare "Name:" stands in: "owner" or "agent", as a short heading right above says."""
    begins = page.text.rfind("\n", 0, at) + 1
    lines = [line.strip() for line in page.text[max(0, begins - 300) : begins].split("\n") if line.strip()]
    for line in reversed(lines[-_NEAR_LINES:]):
        if line.endswith(":") and len(line) > speaking.HEADING:
            line = re.split(r"[,;]\s", line)[-1]  # a sentence that leads to a block: "If …, write to the agent:"
        if len(line) > speaking.HEADING or re.search(r"[.!?,;]$|[0-9@]", line):
            return None
        if says(line, "agent"):
            return "agent"
        if says(line, "owner"):
            return "owner"
    return None


_PRINCIPAL = re.compile(
    r"(?i)^(?!.*report).*(?:behalf|company|client|acting for|imieniu|namens|im namen|im auftrag|nom de|nome de|nome di|nombre de|委托人|의뢰인)"
)


def is_reporter(label: str) -> bool:
    """Whether a label calls somebody by the deed alone: who reports may speak for the owner."""
    return says(label, "reporter") or bool(re.match(r"(?i)\W*(?:from|von|de|da|av|fra|od|от|від)\W*$", label))


def _split(page: Page, start: int, end: int) -> tuple[Span | None, Span | None]:
    """The owner's name of a value, and who the value says acts for it: "X for Y", "Y, represented by X", "X, authorised by Y"."""
    value = page.text[start:end]
    lead = len(value) - len(value.lstrip())
    for pattern in (names.AGENT_EAST, names.BY_AGENT, names.AUTHORISED_BY, names.OF_PERSON):
        if found := pattern.match(value.strip()):
            at = start + lead
            one = name_of(page, at + found.start("name"), at + found.end("name"))
            other = name_of(page, at + found.start("agent"), at + found.end("agent"))
            return one and trim(page, *one), other and trim(page, *other)
    if (acts := names.FIRM_FOR.match(value.strip())) and speaking.is_firm(acts["agent"]):
        at = start + lead
        one = name_of(page, at + acts.start("name"), at + acts.end("name"))
        other = name_of(page, at + acts.start("agent"), at + acts.end("agent"))
        return one and trim(page, *one), other and trim(page, *other)
    if inside := _IN_BRACKETS.search(value):
        at = start + inside.start()
        one, other = name_of(page, start, at), name_of(page, *(start + n for n in inside.span("agent")))
        return one and trim(page, *one), other and trim(page, *other)
    one = name_of(page, start, end)
    return one and trim(page, *one), None


_IN_BRACKETS = re.compile(
    r"\s?[(（](?:代理人|代理|대리인|represented by|agent|vertreten durch|représentée? par|rappresentat[oa] da|representad[oa] por|vertegenwoordigd door|zast\.|w zastępstwie|vekili)(?:\s?[:：]\s?|\s|(?<=[人理]))(?:弁護士|弁理士|변리사|변호사)?\s?(?P<agent>[^()（）\n]{2,60})[)）]\s*$"
)
"""An owner's name with its agent in brackets behind it."""


def _firm_of(page: Page, start: int, end: int) -> Span | None:
    """Of a person and a firm, the firm: it speaks, the person writes."""
    one = name_of(page, start, end)
    if one is None:
        return None
    if (beside := speaking.firm_in_brackets(page, start, end)) is not None:
        return beside
    for pattern in (names.LAW_FIRM, COMPANY):
        if found := pattern.search(page.text, *one):
            comma = page.text.rfind(", ", one[0], found.end())
            inside = comma > 0 and pattern.fullmatch(page.text, comma + 2, found.end())
            if inside or (found.start() > one[0] and page.text[: found.start()].rstrip().endswith(",")):
                first = comma + 2 if inside else found.start()
                return trim(page, first, organisations.bounds(page.text, first, found.end())[1])
    return trim(page, *one)


def _firm_beside_contact(page: Page) -> Span | None:
    """A firm that a contact's own line names beside the person."""
    for pair in page.labelled("contact"):
        if found := names.LAW_FIRM.search(page.text, pair.start, pair.end):
            return page.folded.span(*found.span(1 if found.group(1) else 2))
        if found := names.STUDIO.search(page.text, pair.start, pair.end):
            return page.folded.span(*found.span(1))
    return None


def _by_relation(page: Page) -> tuple[Span | None, Span | None]:
    """A form that asks who fills it in: its name is the owner's or the agent's, as the answer to "your relationship" says."""
    told = next((page.text[p.start : p.end] for p in page.labelled("relation")), "")
    name = next((n for p in page.labelled("person") if (n := name_of(page, p.start, p.end))), None)
    if not told or name is None:
        return None, None
    if _ACTS.search(told):
        return None, trim(page, *name)
    return (trim(page, *name), None) if _OWNS.search(told) else (None, None)


_ACTS = re.compile(
    r"(?i)agent|representativ|attorney|lawyer|behalf|vertreter|bevollmächtigt|mandataire|représentant|rappresentante|representante|apoderad|gemachtigd|pełnomocnik|代理"
)
_OWNS = re.compile(
    r"(?i)owner|holder|author|artist|photograph|creator|designer|inhaber|urheber|titulaire|auteur|titolare|autore|titular|autor|rechthebbende|rättighetshavare|rettighedshaver|majitel|hak sahibi|właściciel|权利人|本人|権利者"
)


def care_of(page: Page) -> tuple[Span | None, Span | None]:
    """Behind "c/o": who is written to for the name in the line above, where a mail address stands below."""
    found = names.CARE_OF.search(page.text)
    if found is None:
        return None, None
    above = page.text.rfind("\n", 0, max(0, found.start() - 1)) + 1
    one = name_of(page, above, max(above, found.start() - 1))
    return one and trim(page, *one), trim(page, *found.span("agent"))


def _person(page: Page, found: list[tuple[str, Span]], principal: Span) -> Span | None:
    """Who signs for a company that another line names: "Name of complainant" beside "On behalf of", or the copy's "From"."""
    others = [s for _, s in found if s.value != principal.value]
    if others:
        return others[0]
    inner = re.search(r"(?m)^[ \t>]*(?:From|Von|De|发件人)[ \t]*[:：][ \t]*([^\n@<]{3,60})$", page.text)
    return page.folded.span(*inner.span(1)) if inner else None


def is_role(value: str) -> bool:
    """Whether some words only say what somebody is, or how a letter is sent: "Plaintiff", "VIA EMAIL"."""
    left = words("owner", "agent", "parties", "item", "mail", "case", "mark", "you", whole=True).sub(" ", value)
    return not re.search(
        r"\w", re.sub(r"(?i)(?<!\w)(?:the|of|and|via|by|per|der|die|das|le|la|les|el|il|de)(?!\w)", " ", left)
    )
