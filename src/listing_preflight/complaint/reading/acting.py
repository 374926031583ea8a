"""Who acts for whom, by the words between two names: "A on behalf of B", "B, represented by A", "filed by A for B"."""

import functools
import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading import names, organisations
from listing_preflight.complaint.reading.page import Page
from listing_preflight.complaint.reading.speaking import PERSON

_ANY_UP = rf"[{names.ANY_UPPER}]"
_NAME = rf"{_ANY_UP}(?:[\w&'’-]{{0,40}}|\.)(?:[ ](?:(?:&|and|und|et|y|e|i|og|och|en|of|de|des|du|del|della|delle|dei|di|do|da|dos|das|der|den|dem|la|le|het|ter|ten|von|van|și|a|та|и|και|της|του)[ ]){{0,2}}{_ANY_UP}[\w&'’-]{{0,40}}){{0,5}}"
"""A name of capitals; of one word it is only one where other words say so."""
_ASIDE = r"(?:\s?[(（][^()（）\n]{2,70}[)）])?"
_BACK = 170
"""Characters before words of acting in which the name of the one that acts stands."""
_OF = r"(?:of|from|at|with|von|bei|vom|de|du|chez|da|di|della|van|bij|z|od|från|hos|fra|из|від|от)"
_GENERIC = ("owner", "accuses", "agent", "right", "mark", "item", "mail", "you", "case", "third", "court", "goods", "picture", "parties")  # fmt: skip


class Acting(NamedTuple):
    """The one acted for and the one that acts, or None of either."""

    owner: Span | None
    agent: Span | None


def find(page: Page) -> Acting:
    """The first pair that the text names; of one of both only, the first that it acts for."""
    if "acting" not in page.kept:
        page.kept["acting"] = _find(page)
    told: Acting = page.kept["acting"]
    return told


def _find(page: Page) -> Acting:
    alone: Span | None = None
    for one in _all(page):
        if one.owner and one.agent:
            return one
        alone = alone or one.owner
    told = next(_eastern(page), None) or _sentence(page) or _passive(page)
    return told or Acting(alone or _around(page), _of_party(page))


def engaging(page: Page) -> Span | None:
    """Who gave the letter's writer the task: "X GmbH hat uns beauftragt"."""
    for told in _ENGAGED_BY.finditer(page.flow):
        if (name := _right(page, told.end())) is not None and re.search(
            data("acting.yaml")["tasks"], page.flow[told.end() : told.end() + _BACK], re.IGNORECASE
        ):
            return name
    for told in _engaged().finditer(page.flow):
        name = _left(page, told.start())
        if name is not None:
            return name
    return None


def reporting(page: Page) -> Span | None:
    """Who stands as the subject of a verb of reporting: "Pani Anna Nowak twierdzi", "X nous signale"."""
    for verb in words("reports").finditer(page.flow):
        found = _subject().search(page.flow, max(0, verb.start() - _BACK), verb.start())
        if found is None:
            continue
        whole = next((o for o in organisations.find(page) if o.start < found.end("name") <= o.end), None)
        if whole and whole.firm:
            continue
        name = _span(page, whole.start, whole.end) if whole else _span(page, *found.span("name"))
        if name is not None and (whole or " " in name.value or _is_known(page, name.value)):
            return name
    for passive in re.finditer(r" tarafından ", page.flow):
        found = _subject().search(page.flow, max(0, passive.start() - _BACK), passive.start() + 1)
        name = _span(page, *found.span("name")) if found else None
        if name is not None and says(page.flow[slice(*page.sentence(*passive.span()))], "reports", "case", "accuses"):
            return name
    by, _whom = _filed()
    for lead in by.finditer(page.flow):
        place = _name_at(page, lead.end())
        name = _span(page, *place) if place else None
        said = page.flow[slice(*page.sentence(*lead.span()))]
        if name is not None and " " in name.value and says(said, "reports", "case") and says(said, "accuses", "right"):
            return name
    return None


@functools.cache
def _subject() -> re.Pattern[str]:
    maker = rf"(?:(?:{words('maker').pattern})[^\W\d_]{{0,6}}\s)?"
    return re.compile(
        rf"(?P<name>{_NAME}){_ASIDE}(?:\s(?i:{maker})(?:(?i:{_table('aux')})[\s'’]){{0,3}}|,\s(?:(?i:{_table('aux')})[\s'’]){{1,3}})$"
    )


@functools.cache
def _table(key: str) -> str:
    found = {w.strip() for w in re.split(r"[;\n]", data("acting.yaml")[key]) if w.strip()}
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s").replace("'", "['’]") for w in sorted(found, key=len, reverse=True)
    )


_ENGAGED_BY = re.compile(
    r"(?<!\w)(?:[Uu]ns|[Mm]ich) hat\s|(?<!\w)(?:[Nn]os|[Mm]e) ha (?:encargado|encomendado) |(?<!\w)(?:[Cc]i|[Mm]i) ha incaricat[oaie] "
)
"""The same with the owner behind the words: "mich hat X beauftragt"."""


@functools.cache
def _engaged() -> re.Pattern[str]:
    rows = [r.strip() for r in data("acting.yaml")["engaged"].splitlines() if r.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(rows)})", re.IGNORECASE)


@functools.cache
def _phrases(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_table(key)})(?:(?<=['’])|(?!\w))", re.IGNORECASE)


@functools.cache
def _nouns() -> re.Pattern[str]:
    """A noun for those who act and the word behind it: "an authorised agent of", "mandataire de", "pełnomocnik firmy"."""
    return re.compile(
        rf"(?<!\w)(?:{words('agent').pattern})\w*(?:\s(?!(?:of|for|au|à|at|der|des)\s)[^\W\d_]{{2,16}}){{0,2}}?\s(?:of|for|to|der|des|von|de|du|di|della|del|dell['’]|da|do|van|för|af|av|till|firmy|spółki)(?!\w)",
        re.IGNORECASE,
    )


@functools.cache
def _filed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word that leads to the one that filed something, and a bare "for" behind its name."""
    lead = rf"(?<!\w)(?i:{_table('filed by')})\s(?:(?:the|die|der|la|le|il|el|de|het|o|a)\s)?(?={_ANY_UP})"
    return re.compile(lead), re.compile(rf"{_ASIDE}[\s,]{{1,2}}(?:{_table('for whom')})(?!\w)", re.IGNORECASE)


def _all(page: Page) -> Iterator[Acting]:
    found: list[tuple[int, Acting]] = []
    for pattern in (_phrases("for"), _nouns()):
        for lead in pattern.finditer(page.flow):
            owner = _right(page, lead.end())
            if owner is not None and not _phrases("by").match(page.flow, lead.start()):
                found.append((lead.start(), Acting(owner, _left(page, lead.start()))))
    for lead in _phrases("by").finditer(page.flow):
        agent, owner = _right(page, lead.end(), firm=True), _left(page, lead.start())
        if agent is not None and owner is not None:
            found.append((lead.start(), Acting(owner, agent)))
    by, whom = _filed()
    for lead in by.finditer(page.flow):
        if (place := _name_at(page, lead.end())) and (behind := whom.match(page.flow, place[1])):
            owner, agent = _right(page, behind.end(), sure=True), _span(page, *place)
            if owner is not None and agent is not None:
                found.append((lead.start(), Acting(owner, agent)))
    for _, one in sorted(found, key=lambda f: f[0]):
        if not (one.owner and one.agent and names.is_part(one.owner.value, one.agent.value)):
            yield one


def _eastern(page: Page) -> Iterator[Acting]:
    """The same in scripts without blanks, by the particles between two names."""
    table = data("acting.yaml")
    owner_first, agent_first = re.compile(table["east_owner_first"]), re.compile(table["east_agent_first"])
    behind = re.compile(table["east_agent_first_after"])
    found = [o for o in organisations.find(page) if _EAST.search(o.name)]
    for one, other in itertools.pairwise(found):
        between = page.flow[one.end : other.start].strip(" ()（）、,，「")
        between = re.sub(r"[ ]?(?:弁護士|弁理士|변호사|변리사)$", "", between)
        if len(between) <= _EAST_LINK and owner_first.fullmatch(between):
            yield Acting(_plain(page, one), _plain(page, other))
        elif page.flow[one.end : other.start].strip() in ("(", "（") and page.flow.startswith(
            ("代理", "の代理", "의 대리", " 대리"), other.end
        ):
            yield Acting(_plain(page, other), _plain(page, one))  # "A(B代理人)"
        elif len(between) <= _EAST_LINK and agent_first.fullmatch(between) and behind.match(page.flow, other.end):
            yield Acting(_plain(page, other), _plain(page, one))
    for lead in re.finditer(
        rf"(?P<name>[가-힣A-Za-z0-9&·][가-힣A-Za-z0-9&· ]{{1,24}}?)(?:{table['east_owner_first']}) ?", page.flow
    ):
        agent = next((o for o in found if o.start == lead.end()), None)
        if agent is not None and re.search(r"[가-힣]", lead["name"]):
            yield Acting(page.folded.raw_span(*lead.span("name")), _plain(page, agent))


_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EAST_LINK = 16
"""Signs between two names that may say how they stand to each other."""


def _plain(page: Page, one: organisations.Organisation) -> Span:
    return page.folded.raw_span(one.start, one.end)


def _sentence(page: Page) -> Acting | None:
    """Who acts for the one whose name words behind it say it of: "har för X AB:s räkning anmält", "X A.Ş. adına"."""
    behind = re.compile(data("acting.yaml")["behind_name"])
    found = organisations.find(page)
    for one in found:
        if behind.match(page.flow, one.end) and not (one.firm and len(found) > 1):
            first, last = page.sentence(one.start, one.end)
            others = [
                o for o in found if first <= o.start < last and o is not one and not names.is_part(o.name, one.name)
            ]
            agent = next((o for o in reversed(others) if o.start < one.start), None) or next(iter(others), None)
            if agent is not None:
                return Acting(_plain(page, one), _plain(page, agent))
    return None


def _passive(page: Page) -> Acting | None:
    """Owner and agent where the verb stands last: "die X GmbH, die von der Kanzlei Y vertreten wird"."""
    by = re.compile(
        rf"(?:^|\s)(?:{_table('filed by')})\s(?:(?:the|der|dem|die|la|le|il|lo|el|de|het|o|a)\s)?$", re.IGNORECASE
    )
    behind = re.compile(rf",?\s(?:[^\W\d_]{{2,8}}\s)?(?:{words('agent').pattern})", re.IGNORECASE)
    for one, other in itertools.pairwise(organisations.find(page)):
        between = page.flow[one.end : other.start]
        if (
            len(between) < _BETWEEN
            and by.search(between)
            and behind.match(page.flow, other.end)
            and not names.is_part(one.name, other.name)
        ):
            return Acting(_plain(page, one), _plain(page, other))
    return None


_BETWEEN = 50


def _around(page: Page) -> Span | None:
    """Whom words on both sides of a name say to be acted for: "för fotografen X räkning", "på X' vegne"."""
    pattern = re.compile(data("acting.yaml")["around"].replace("{name}", rf"(?:[a-zåäöæø]{{3,16}}\s){{0,2}}{_NAME}"))
    for found in pattern.finditer(page.flow):
        start, end = found.span("name")
        end -= found["name"].endswith("s") and page.text[end : end + 1] == " "  # the genitive
        start += len(re.match(r"(?:[a-zåäöæø]{3,16}\s){0,2}", found["name"])[0])  # type: ignore[index]
        if (name := _span(page, start, end)) is not None and " " in name.value:
            return name
    return None


def complaining(page: Page) -> Span | None:
    """Whose a complaint is said to be: "eine Beschwerde der X GmbH", "a report from X"."""
    table = data("acting.yaml")
    lead = re.compile(
        rf"(?<!\w)(?i:{table['complaints']})(?:\s[^\W\d_A-Z]{{2,14}}){{0,2}}?\s(?i:{table['of']})(?:(?<=['’])|\s(?:(?:the|la|le|el|il|de|het|der|die|den)\s)?)(?:(?:an?|einem|un|uno|een|um|en)\s(?:third party|Dritten|tiers|tercero|terzo|derde|terceiro|tredjepart),?\s)?(?=[«„“\"]?{_ANY_UP})"
    )
    for found in lead.finditer(page.flow):
        place = _name_at(page, found.end())
        name = _span(page, *place) if place else None
        if (
            name is not None
            and (" " in name.value or _is_known(page, name.value))
            and not says(name.value, "right", "accuses")
        ):
            return name
    return None


def _of_party(page: Page) -> Span | None:
    """The name behind a noun for those who act and whom they act for: "counsel for Plaintiff, X LLC"."""
    party = re.compile(rf"\s?(?:the\s)?(?:{words('owner', 'parties').pattern})[^\W\d_]{{0,4}}[,:]?\s", re.IGNORECASE)
    for lead in _nouns().finditer(page.flow):
        told = party.match(page.flow, lead.end())
        place = _name_at(page, told.end()) if told else None
        name = _span(page, *place) if place else None
        if name is not None and " " in name.value:
            return name
    return None


@functools.cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>{_NAME}){_ASIDE}[\s,(–—-]{{1,3}}(?:(?i:{_table('pads')}|(?:{words('agent').pattern})\w*)[\s,]{{1,2}}){{0,4}}$"
    )


def _left(page: Page, at: int) -> Span | None:
    """The name that ends right before a place, small words apart."""
    first = max(0, at - _BACK)
    first = max(first, page.flow.rfind("\n\n", first, at) + 1)
    for one in reversed(organisations.between(page, first, at)):
        if _only_pads(page.flow[one.end : at]):
            return _span(page, one.start, one.end)
    found = _before().search(page.flow[first:at])
    return _span(page, first + found.start("name"), first + found.end("name")) if found else None


@functools.cache
def _pads() -> re.Pattern[str]:
    return re.compile(
        rf"{_ASIDE}[\s,(–—-]{{1,3}}(?:(?:{_table('pads')}|(?:{words('agent').pattern})\w*)[\s,]{{1,2}}){{0,4}}",
        re.IGNORECASE,
    )


def _only_pads(between: str) -> bool:
    return len(between) < 120 and bool(_pads().fullmatch(between))


@functools.cache
def _bearers() -> re.Pattern[str]:
    nouns = sorted(
        {w.strip() for w in re.split(r"[;\n]", data("clients.yaml")["bearers"]) if w.strip()}, key=len, reverse=True
    )
    return re.compile(
        rf"(?:[\s,:]{{0,2}}(?:(?:{'|'.join(re.escape(n) for n in nouns)}|{words('owner').pattern})\w{{0,3}})(?!\w)){{0,4}}[\s,:]{{0,2}}",
        re.IGNORECASE,
    )


def _name_at(page: Page, at: int) -> tuple[int, int] | None:
    """The organisation that begins at a place, or the words in capitals."""
    one = organisations.at(page, at)
    if one is not None:
        return one.start, one.end
    name = re.compile(_NAME).match(page.flow, at)
    return name.span() if name else None


def _right(page: Page, at: int, *, sure: bool = False, firm: bool = False) -> Span | None:
    """The name that begins right behind a place, nouns for its bearer apart; `sure`: an organisation or a name of several words."""
    lead = _bearers().match(page.flow, at)
    begins = range(lead.end() - 1 if lead else at, at - 1, -1)
    for place in (lead.end() if lead else at, *begins):
        if (one := organisations.at(page, place)) is not None:
            return None if one.firm and not firm else _span(page, one.start, one.end)
    place = lead.end() if lead else at
    if (one := organisations.around(page, place)) is not None:
        return None if one.firm and not firm else _span(page, place, one.end)
    name = re.compile(_NAME).match(page.flow, place)
    if name is None or (sure and " " not in name.group()):
        return None
    return _span(page, *name.span())


def without_openers(told: str) -> int:
    """How many characters of a name only lead to it: "Laut", "Volgens", "Pani"."""
    found = re.match(rf"(?:(?:{_table('openers')})\.?\s)+", told, re.IGNORECASE)
    return found.end() if found and re.match(rf"[\"«„“]?{_ANY_UP}", told[found.end() :]) else 0


_OPENS, _CLOSES = frozenset('"“„«‘「『'), frozenset('"”“»’」』')


def _span(page: Page, start: int, end: int) -> Span | None:
    """A name without what leads to it; None where the words are no name."""
    if page.flow[start - 1 : start] in _OPENS and page.flow[end : end + 1] not in _CLOSES:
        return None  # the first words of something quoted: "NAME says no" is a title
    start += without_openers(page.flow[start:end])
    start += organisations.leading(page.flow[start:end])
    told = page.flow[start:end]
    behind = re.search(rf"{names.LEGAL}\s(?={_ANY_UP}[a-z])", told)
    if behind and not re.search(rf"(?:{names.LEGAL})\.?$", told[behind.end() :]):  # the next sentence
        end = start + behind.end() - 1
        told = page.flow[start:end]
    if (person := re.match(rf"{PERSON}\s{_OF}\s(?=.)", told)) and _is_somebody(
        page, told[: person.end()], told[person.end() :]
    ):
        start += person.end()
        told = page.flow[start:end]
    if told.endswith(".") and not names.DOTTED.search(told):
        end, told = end - 1, told[:-1]
    generic = says(told, *_GENERIC) and not re.search(rf"(?:{names.LEGAL})\.?$", told)
    bare = words(*_GENERIC).sub(" ", told)
    if (
        len(told) < 3
        or re.search(r"[0-9]{5}|(?<!\w)(?=\w*[0-9]\w*[0-9])(?=\w*[A-Z])\w{8}", told)
        or organisations.is_platforms(told)
        or (generic and not re.search(r"\w{3}", bare))
    ):
        return None
    if " " not in told and not _is_known(page, told):
        return None
    return page.folded.raw_span(start, end)


def _is_known(page: Page, word: str) -> bool:
    """Whether a single word is a name: an organisation's, or one that a mail box's host bears."""
    letters = re.sub(r"[^a-z0-9]", "", word.casefold())
    if any(o.name == word for o in organisations.find(page)):
        return True
    hosts = re.findall(r"@([\w-]{1,63})\.", page.text.casefold())
    return len(letters) > 3 and any(letters in h.replace("-", "") for h in hosts)


def _is_somebody(page: Page, person: str, rest: str) -> bool:
    """Whether a name before "of" is a person's: a mail box bears it, or a host what stands behind."""
    surnames = [w.casefold() for w in re.findall(r"[^\W\d_]{3,}", person)]
    first = re.sub(r"[^a-z0-9]", "", rest.split(maxsplit=1)[0].casefold()) if rest.split() else ""
    for box, host in re.findall(r"([\w.+-]{1,64})@([\w-]{1,63})\.", page.text.casefold()):
        if any(s in box for s in surnames) or (len(first) > 3 and first in host.replace("-", "")):
            return True
    return False
