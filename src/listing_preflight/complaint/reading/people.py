"""Who complains and who speaks for it; never the platform, the recipient or an impostor."""

import re
from typing import NamedTuple

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import forms
from listing_preflight.complaint.letter import ADDRESS
from listing_preflight.complaint.lexicon import says
from listing_preflight.complaint.reading import (
    acting,
    agent_names,
    contacts,
    houses,
    labelled_people,
    name_splits,
    names,
    organisations,
    roles,
    speaking,
    told_owners,
)
from listing_preflight.complaint.reading.name_bounds import name_of, trim, without_department
from listing_preflight.complaint.reading.names import COMPANY, EAST
from listing_preflight.complaint.reading.page import Page


class People(NamedTuple):
    """Who stands behind a notice; each is a span of it or None."""

    complainant: Span | None
    agent: Span | None
    contact: Span | None


def find(page: Page) -> People:
    """Complainant, agent and the address of one of them."""
    complainant, agent = labelled_people.find(page)
    if complainant and agent is None and _is_called_agent(page, complainant):
        complainant, agent = None, complainant
    said_name, said_agent = _said(page)
    reported = complainant is not None and _only_reported(page)
    firm = _firm(page)
    letter = page.platform == "letter" or _is_for_somebody(page)
    if letter:
        firm = speaking.head(page) or firm
        said_name = said_name or speaking.client(page) or told_owners.client_before(page)
        said_agent = said_agent or speaking.agent_of(page)
    elif reported:
        said_name = said_name or speaking.client(page) or _whose(page, complainant)
    if (engaged := acting.engaging(page)) is not None:
        said_name = engaged
    if complainant and reported and said_name and said_name.value not in complainant.value:
        complainant, agent = said_name, agent or _first_name(page, complainant)  # who reports says whom it speaks for
    complainant, agent = _acting(page, complainant, agent, reported=reported)
    if firm is not None and letter:
        agent = firm  # the person who signs speaks for the firm
    if complainant and (owner := _filed_for(page)) and owner.value != complainant.value:
        complainant, agent = owner, agent or complainant
    if complainant is None and agent is None:
        complainant, agent = labelled_people.care_of(page)
    if complainant is None and said_name is None and _is_for_somebody(page):
        complainant = acting.find(page).owner
    if said_name and agent and said_name.value == agent.value:
        said_name = None
    said_name = told_owners.stated(page) or said_name
    if page.platform in ("letter", "unknown") and (sues := speaking.party(page)):
        complainant = sues
    complainant, agent = complainant or said_name or told_owners.first_party(page), agent or said_agent or firm
    complainant, agent = _by_role(page, complainant, agent)
    agent = agent and speaking.bare_agent(agent)
    agent = _full(page, agent) if agent and speaking.is_firm(agent.value) else agent
    contact = contacts.find(page, complainant, agent)
    if (
        agent is None
        and complainant
        and (said_name or _is_for_somebody(page))
        and page.platform in ("letter", "unknown")
    ):
        agent = _writer(page, complainant, contact)
    complainant = complainant and speaking.company_of(complainant)
    if page.platform == "letter" and agent is None:
        complainant = (
            complainant or speaking.signer(page, contact) or told_owners.sender(page) or told_owners.introduced(page)
        )
    if page.platform == "unknown" and complainant is None and agent is None and says(page.text, "demands"):
        complainant = told_owners.sender(page, head_only=True)
        complainant = complainant or (told_owners.introduced(page) if says(page.text, "maker") else None)
    complainant = (
        complainant
        or speaking.above_address(page)
        or _dashed(page)
        or _of_contact(page)
        or told_owners.said_to_be(page)
        or told_owners.named_owner(page)
        or told_owners.reporter(page)
        or acting.find(page).owner
        or acting.complaining(page)
        or (None if says(page.text, "no owner") else acting.reporting(page))
        or (None if says(page.text, "no owner") else _by_domain(page, contact, agent))
    )
    if complainant is not None and (agent is None or not agent_names.is_house(agent.value)):
        agent = speaking.agent_before(page, complainant) or speaking.firm_of(page, complainant, agent) or agent
    agent = _letterhead(page, complainant, agent)
    complainant, agent = _whole(page, complainant, agent)
    return _told(page, complainant, agent, contact)


def _letterhead(page: Page, complainant: Span | None, agent: Span | None) -> Span | None:
    """The agent, or the firm of lawyers that heads a paper that nobody mailed: it speaks, whichever platform its letter names."""
    if complainant is None or page.letter.senders or (agent and agent_names.is_house(agent.value)):
        return agent
    told = speaking.head(page)
    if told is None or told.value != told.value.rstrip(".!?") or organisations.is_platforms(told.value):
        return agent  # a sentence, or the platform's own team
    return told if speaking.is_firm(told.value) and not names.is_part(told.value, complainant.value) else agent


def _told(page: Page, complainant: Span | None, agent: Span | None, contact: Span | None) -> People:
    """The three as they are told: of the one who speaks the firm; of a notice in which nobody complains no address."""
    if complainant:
        complainant, sent_to = houses.care_of(page, complainant)
        agent = sent_to if sent_to and (agent is None or not agent_names.is_house(agent.value)) else agent
    agent = agent and houses.firm_of(page, agent_names.firm(page, agent))
    complainant = complainant and houses.first_owner(complainant)
    ruled = page.platform != "letter" and says(page.text, "no owner")
    if complainant is None and agent is None and ruled:
        contact = None
    return People(*_apart(page, complainant, agent), contact)


def _whole(page: Page, complainant: Span | None, agent: Span | None) -> tuple[Span | None, Span | None]:
    """Owner and agent with the whole of their names, parted where one value names both; what holds no letters names nobody."""
    complainant = complainant or name_splits.apposed(page)
    if complainant is None and page.platform == "letter":
        complainant = name_splits.only_one(page)
    complainant, agent = name_splits.whole(page, complainant), name_splits.whole(page, agent)
    if alone := name_splits.for_nobody_named(page, complainant):
        complainant, agent = alone[0], alone[1] or agent
    both = name_splits.acting_for(page, complainant) or (name_splits.acting_for(page, agent) if agent else None)
    if both:
        agent, complainant = both
    complainant = complainant and without_department(_without_stop(page, complainant))
    owner, speaker = (one if one and re.search(r"[^\W\d_]{2}", one.value) else None for one in (complainant, agent))
    return owner, speaker


def _is_called_agent(page: Page, told: Span) -> bool:
    """Whether a comma and a word for who speaks for others stand right behind a labelled name, and end its line: "X, mandataire"."""
    end = name_splits.place(page, told)[1]
    line = page.text[end : page.text.find("\n", end) if "\n" in page.text[end:] else len(page.text)]
    role = re.fullmatch(r"\s?[,(（]\s?([^\W\d_]+(?:\s[^\W\d_]+){0,2})[)）]?\W*", line)
    return bool(role and says(role[1], "agent") and not says(role[1], "owner"))


def _apart(page: Page, complainant: Span | None, agent: Span | None) -> tuple[Span | None, Span | None]:
    """Owner and agent as two: a firm that speaks for others owns nothing that it complains of, where the notice names one other company."""
    lone = complainant is not None and (agent is None or agent.value == complainant.value)
    if complainant and lone and speaking.is_firm(complainant.value) and (owner := _other(page, complainant)):
        return owner, complainant
    return complainant, None if lone else agent


def _whose(page: Page, reporter: Span | None) -> Span | None:
    """The company that the complaint is said to be of, where a label tells no more than the person who sent it."""
    if reporter is None or agent_names.is_house(reporter.value):
        return None
    told = acting.complaining(page)
    return told if told and agent_names.is_house(told.value) and not speaking.is_firm(told.value) else None


def _is_for_somebody(page: Page) -> bool:
    """Whether a text of no platform asks something for somebody else: a letter in words that no table of openings has."""
    if page.platform not in ("unknown", "letter") or not says(page.text, "demands"):
        return False
    told = acting.find(page)
    return (told.owner is not None and told.agent is None) or acting.engaging(page) is not None


def _acting(
    page: Page, complainant: Span | None, agent: Span | None, *, reported: bool
) -> tuple[Span | None, Span | None]:
    """Owner and agent, where words between two names say that one acts for the other."""
    told = acting.find(page)
    if not (told.owner and told.agent):
        return complainant, agent or (told.agent if page.platform == "letter" else None)
    if complainant is None or reported or names.is_part(complainant.value, told.agent.value):
        return told.owner, agent or told.agent
    return complainant, agent or (told.agent if names.is_part(complainant.value, told.owner.value) else None)


def _other(page: Page, firm: Span) -> Span | None:
    """The only company besides a firm that the notice names and does not write to."""
    left = {
        o.name: o
        for o in reversed(organisations.find(page))
        if not o.firm and not names.is_part(o.name, firm.value) and not roles.is_recipient(page, o)
    }
    return trim(page, *next(iter(left.values()))[:2]) if len(left) == 1 else None


def _writer(page: Page, owner: Span, contact: Span | None) -> Span | None:
    """The organisation that a letter for somebody else is of: alone on a line at its head or end, or named like the mail box's host."""
    lines = [*speaking.lines_of(page.text)]
    ends = [*lines[: speaking.HEAD_LINES], *lines[-speaking.LAST_LINES :]]
    found = {o.start: o for o in organisations.find(page) if " " in o.name and not names.is_part(o.name, owner.value)}
    host = contacts.letters(contact.value.partition("@")[2].rpartition(".")[0]) if contact else ""
    for at, line in ends:
        start = at + len(line) - len(line.lstrip())
        one = found.get(start)
        if one is not None and one.end >= at + len(line.rstrip(" ,.")) and not roles.is_recipient(page, one):
            return page.folded.raw_span(one.start, one.end)
        first = contacts.letters(line.split()[0])
        named = len(first) > 3 and first in host and len(line.split()) <= _LONGEST_FIRM
        if (
            named
            and not says(line, "mail", "you", "case", "item")
            and not re.search(r"[@:：0-9.!?]", line)
            and not names.is_part(line.strip(), owner.value)
        ):
            return page.folded.raw_span(start, at + len(line.rstrip(" ,")))
    return None


_LONGEST_FIRM = 7
"""Words of a line that is a firm's name."""


def _without_stop(page: Page, owner: Span) -> Span:
    """A name without the stop of its sentence, where the notice also writes it without one: "X Pty Ltd."."""
    name = owner.value[:-1]
    if not re.search(r"(?:Ltd|Inc|Co|Corp|LLC|Limited)\.$", owner.value) or owner.end - owner.start != len(owner.value):
        return owner
    alone = re.search(rf"(?m){re.escape(name)}[ \t]*$", page.text)
    if alone or name.endswith(" Pty Ltd"):  # there the stop is the sentence's
        return Span(name, owner.start, owner.end - 1)
    return owner


def _only_reported(page: Page) -> bool:
    """Whether labels call the one that complains by nothing but the deed: a reporter may speak for somebody."""
    return all(labelled_people.is_reporter(p.label) for p in page.labelled("complainant"))


def _first_name(page: Page, told: Span) -> Span:
    """Of a firm and a person behind it the firm."""
    found = next((o for o in organisations.find(page) if page.folded.at[o.start] == told.start), None)
    return page.folded.raw_span(found.start, found.end) if found else told


def _by_role(page: Page, complainant: Span | None, agent: Span | None) -> tuple[Span | None, Span | None]:
    """Whom the words around the names of organisations call the owner and the agent, where nothing said it before."""
    if complainant and agent:
        return complainant, agent
    contact = contacts.find(page, complainant, agent)
    told = roles.find(page, contact.value.partition("@")[2].lower() if contact else "")
    owner = trim(page, told.owner.start, told.owner.end) if told.owner else None
    speaker = trim(page, told.agent.start, told.agent.end) if told.agent else None
    if complainant is None and owner is not None and not (agent and owner.value in agent.value):
        complainant = owner
    if agent is None and speaker is not None and not (complainant and speaker.value in complainant.value):
        agent = speaker
    return complainant, agent


def _said(page: Page) -> tuple[Span | None, Span | None]:
    for pattern in names.FOR_CLIENT:
        for found in pattern.finditer(page.text if pattern.pattern.startswith("(?m)^") else page.flow):
            name = trim(page, *found.span("name"))
            agent = trim(page, *found.span("agent")) if "agent" in found.groupdict() else None
            if re.match(
                r"(?i)[ \t>]*(?:à|an|to|a|aan|do|att|attn|spett|all)\b",
                page.text[page.text.rfind("\n", 0, found.start("name")) + 1 :],
            ):
                continue  # whom a letter is written to
            if page.text.startswith(("(", " (", "（"), found.end("name")) and says(
                page.flow[max(0, found.start("name") - 50) : found.start("name")], "mail"
            ):
                continue  # somebody to write to, whom nobody calls the owner
            if (
                name
                and not re.match(r"(?i:the|our|my|an?|its|buyers?|all)\b(?! [A-Z])", name.value)
                and not _is_named(name.value)
                and not labelled_people.is_role(name.value)
            ):
                return _full(page, name), agent
    return None, None


def _full(page: Page, name: Span) -> Span:
    """The company's whole name where a sentence gives only its beginning."""
    if re.search(rf"{names.LEGAL}$", name.value):
        return name
    whole = (m for m in COMPANY.finditer(page.flow) if re.match(rf"{re.escape(name.value)}(?!\w)", m.group()))
    return next((s for m in whole if (s := trim(page, *m.span()))), name)


def _filed_for(page: Page) -> Span | None:
    found = names.FILED_FOR.search(page.flow)
    return trim(page, *found.span("name")) if found else None


def _is_named(value: str) -> bool:
    return any(re.match(rf"{re.escape(name)}(?!\w)", value) for f in forms() for name in f.names)


def _firm(page: Page) -> Span | None:
    if page.platform == "letter" and (head := names.LETTERHEAD.match(page.text)):
        return page.folded.span(*head.span("firm"))
    addressed = [(p.start, p.end) for p in page.labelled("recipient", but="contact")]
    for told in names.LAW_FIRM.finditer(page.text):
        found = _unwrapped(page, told)
        if any(a <= found.start() < b for a, b in addressed):
            continue  # whom somebody forwarded the notice to
        if not names.NO_FIRM.search(found.group()):
            return page.folded.span(*organisations.bounds(page.text, *found.span(1 if found.group(1) else 2)))
    return None


def _unwrapped(page: Page, found: re.Match[str]) -> re.Match[str]:
    """The same firm with what stands of its name at the end of the line before."""
    for wider in names.LAW_FIRM.finditer(page.flow, max(0, found.start() - 60), found.end()):
        if wider.start() < found.start() < wider.end() and not page.text[
            wider.start() : found.start()
        ].strip().endswith((",", ":")):
            return wider
    return found


def _dashed(page: Page) -> Span | None:
    """A company on a dashed line; a person's name there is somebody to write to, and nobody says that it is the owner."""
    for found in names.DASHED.finditer(page.text):
        if COMPANY.fullmatch(found.group(1).strip()) or EAST.fullmatch(found.group(1).strip()):
            return page.folded.span(*found.span(1))
    return None


_DEPARTMENT = re.compile(
    r"(?i)(?<!\w)(?:brand|ip|legal|intellectual property|rights) (?:protection|enforcement|team|department)(?!\w)"
)


def _of_contact(page: Page) -> Span | None:
    """The name that a label of the owner's contact has before its address: a company's, a department's, one that its host bears; a person's is none."""
    for pair in page.labelled("contact"):
        address = ADDRESS.search(page.text, pair.start, pair.end)
        name = name_of(page, pair.start, pair.end) if says(pair.label, "owner") and address else None
        span = trim(page, *name) if name else None
        if span is None or address is None:
            continue
        host = contacts.letters(address.group().partition("@")[2].rpartition(".")[0])
        borne = any(len(w) > 2 and (letters := contacts.letters(w)) and letters in host for w in span.value.split())
        if borne or _DEPARTMENT.search(span.value) or COMPANY.search(span.value):
            return span
    return None


def _by_domain(page: Page, contact: Span | None, agent: Span | None) -> Span | None:
    """The company that bears the name of the contact's own domain."""
    if contact is None:
        return None
    host = contact.value.partition("@")[2].lower()
    stem = re.sub(r"[^a-z0-9]", "", host.split(".")[-2] if host.count(".") else host)
    if host in contacts.FREE or len(stem) < 4:
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
