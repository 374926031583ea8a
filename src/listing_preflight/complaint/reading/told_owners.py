"""Who complains where no label and no phrase of lawyers says so: the sender, the party that sues, whom a sentence names."""

import re

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading import names, organisations
from listing_preflight.complaint.reading.page import Page
from listing_preflight.complaint.reading.speaking import CYRILLIC, HEAD_LINES, LAST_LINES, NAMES, PERSON, lines_of

_ASIDE = re.compile(r"\s?(?:[(（][^()（）\n]{1,60}[)）])?[,]?\s?")

_NEAR_BEHIND = 24
"""Letters between a name and the words behind it that say who speaks for it: an ending, a short form in brackets."""


def client_before(page: Page) -> Span | None:
    """Whom the letter's writer acts for in languages that say so behind the name: "X Kft. (ügyfelünk) képviseletében"."""
    behind = re.compile(data("clients.yaml")["behind"], re.IGNORECASE)
    for one in organisations.find(page):
        at = _ASIDE.match(page.flow, one.end)
        if not one.firm and at and behind.search(page.flow, at.end(), at.end() + _NEAR_BEHIND):
            return page.folded.raw_span(one.start, one.end)
    return None


_MARKED, _HEAD_MARKED = frozenset({"ja", "ko", "zh", "zh-Hant"}), 8
"""Languages whose letters mark their reader's name, so that any other at their head is the writer's."""


def sender(page: Page, *, head_only: bool = False) -> Span | None:
    """The company that writes for itself: alone on one of a letter's first lines or last ones, no firm that speaks for others."""
    found = {o.start: o for o in organisations.find(page)}
    lines = [*lines_of(page.text)]
    addressed = [(p.start, p.end) for p in page.labelled("recipient")]
    head = _HEAD_MARKED if page.language in _MARKED else HEAD_LINES
    for at, line in (*lines[:head], *(() if head_only else lines[-LAST_LINES:])):
        start = at + len(line) - len(line.lstrip())
        one = found.get(start)
        if one is None or one.firm or any(a <= start < b for a, b in addressed):
            continue
        rest = page.text[one.end : at + len(line)].strip(" .,;|·•-–")
        if not rest or rest.startswith("(") or re.match(r"[\w.+-]+@|[^\n]{0,60}[0-9]", rest):
            return page.folded.raw_span(one.start, one.end)
    return None


_IS = re.compile(
    r"(?i)[^\W\d_]{0,4}\s(?:(?:is|ist|est|è|es|é|jest|är|er|on|je|este|είναι)\s)?(?:the |die |la |il |el |a |spółka |firma |company )?$"
)


def stated(page: Page) -> Span | None:
    """The company that a sentence says is the one that complains: "The Complainant is X Limited"."""
    for one in organisations.find(page):
        before = page.flow[max(0, one.start - 40) : one.start]
        noun = [*words("owner").finditer(before)][-1:]
        if noun and not one.firm and _IS.fullmatch(before, noun[0].end()):
            return page.folded.raw_span(one.start, one.end)
    return None


_VERSUS = re.compile(
    r"\s*(?:\([^()\n]{1,160}\)\s*)?(?:,\s(?:Plaintiffs?|Kläger\w*|Antragsteller\w*),?\s)?(?:vs?\.|\./\.|c/|gegen|contre|contro|contra|tegen|przeciwko|proti|mot|mod)\s"
)


def first_party(page: Page) -> Span | None:
    """Who sues, by how a case is called: "X LLC v. The Entities"."""
    for one in organisations.find(page):
        if not one.firm and _VERSUS.match(page.flow, one.end):
            return page.folded.raw_span(one.start, one.end)
    return None


def _may_own(name: str, *but: str) -> bool:
    """Whether a name is no word for somebody or something else, nor a platform's; `but`: more meanings that it must not have."""
    told = says(name, "agent", "right", "case", "item", "mail", "you", "court", *but)
    return not told and not organisations.is_platforms(name)


_CALLED = re.compile(
    rf"(?:[^\W\d_]{{0,4}},?[ ]|[ ]?[:：][ ]?)(?P<name>[{names.ANY_UPPER}][\w&'’.-]*(?:[ ](?:(?:&|and|und|et|y|e|i|og|och|of|de|di|von|van|та|и|και)[ ])?[{names.ANY_UPPER}][\w&'’-]*){{1,5}})(?![\w@])"
)


def named_owner(page: Page) -> Span | None:
    """A name without a legal form right behind a word for an owner or who reports: "the VeRO participant Hollin & Quarry"."""
    for noun in words("owner", "participant").finditer(page.flow):
        found = _CALLED.match(page.flow, noun.end())
        if found and _may_own(found["name"]):
            start, end = found.span("name")
            return page.folded.raw_span(
                start, end - (found["name"].endswith(".") and not names.DOTTED.search(found["name"]))
            )
    for found in _REPORTS.finditer(page.flow):
        if _may_own(found["name"], "accuses"):
            return page.folded.raw_span(*found.span("name"))
    return None


_STATED = re.compile(
    rf"[^\W\d_]{{0,6}}\s(?:is|ist|est|è|es|é|jest|je|är|er|on|este|είναι|—|–)\s(?:(?:[^\W\d_{names.UPPER}А-ЯЁ]{{2,20}}|(?:Ing|Mgr|Dr|JUDr|MUDr|Dipl)\.)\s){{0,3}}(?P<name>[{names.ANY_UPPER}][\w'’.-]+(?:[ ][{names.ANY_UPPER}][\w'’-]+){{1,4}})(?=[,.;(\n]|\s[a-zà-ž])"
)


def said_to_be(page: Page) -> Span | None:
    """The person whom a sentence says to be the one that complains: "Anmälare är formgivaren X", "Oznamovatelem je vlastník patentu X"."""
    for noun in words("owner", "reporter").finditer(page.flow):
        found = _STATED.match(page.flow, noun.end())
        if found and _may_own(found["name"]):
            return page.folded.raw_span(*found.span("name"))
    return None


_REPORTS = re.compile(
    rf"(?:(?i:que|that|dass|dat|after|because|weil|nachdem|omdat|att|at|że|ponieważ|perché|porque|car|когда|что)\s(?P<name>{NAMES})\s(?:(?:nos|uns|ons|us|has|have|had|hat|a|ha|har|heeft)\s){{0,2}}(?i:comunic|report|notif|inform|gemeld|meldete|mitgeteilt|signal|segnal|denunci|zgłosi|anmäl|anmeldt|meldt|сообщи))"
)

_INTRODUCED = re.compile(
    rf"(?:I[’']m|I am|[Mm]y name is|[Ii]ch bin|[Ii]ch hei(?:ß|ss)e|hei(?:ß|ss)e|[Mm]ein Name ist|[Jj]e suis|[Jj]e m[’']appelle|[Ss]oy|[Mm]e llamo|[Ss]ono|[Mm]i chiamo|[Ss]ou|[Ii]k ben|[Mm]ijn naam is|[Jj]estem|[Nn]azywam się|[Jj]ag heter|[Jj]eg hedder|[Jj]eg heter|[Jj]menuji se)[ ](?P<name>{PERSON})"
)


def introduced(page: Page) -> Span | None:
    """The person that a letter's first sentences introduce as its writer."""
    found = _INTRODUCED.search(page.flow[:900])
    if found is None or says(found["name"], "agent"):
        return None
    start, end = found.span("name")
    stop = re.search(r"(?<=[^\W\d_]{3})\.", found["name"])  # of the sentence, not of a short name
    return page.folded.raw_span(start, start + stop.start() if stop else end)


_SENT_BY = re.compile(
    rf"(?:(?i:sent|submitted|filed|made|received|lodged) (?i:to us )?(?i:by|from)|(?i:envoyée?|déposée?|transmise?|émise?) par|(?i:inviat|presentat|trasmess)[ao] da|(?i:enviad|presentad|remitid|apresentad)[ao] por|(?i:gesendet|eingereicht|übermittelt|gestellt) von|(?i:von)|(?i:ingediend|verstuurd|gestuurd) door|(?i:przesłane|złożone|wysłane) przez|(?i:skickades?|skickats|inskickad|gjorts) av|(?i:sendt|indsendt|innsendt) a[fv]|(?i:zaslal|podal|odeslal)a?|(?i:trimisă?|depusă?) de|(?i:отправил|направил|подал)а?)\s(?P<name>{PERSON}|{CYRILLIC}),\s(?:(?:the|an?|l[ae]|l'|il|el|de|der|die|som|as|en tant que|als)\s)?"
)


def reporter(page: Page) -> Span | None:
    """The person who is said to have sent the report, and called the owner behind the name: "was sent by Ann Lee, owner of the rights"."""
    for found in _SENT_BY.finditer(page.flow):
        if words("owner").match(page.flow, found.end()):
            return page.folded.raw_span(*found.span("name"))
    return None
