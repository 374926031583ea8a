"""Who speaks for whom by the grammar of letters: the words that lead to a client, a court's heading, a letter's head and its signature."""

import functools
import re
from collections.abc import Iterator

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading import names, organisations
from listing_preflight.complaint.reading.page import Page

PERSON = (
    rf"[{names.UPPER}][\w'’-]+(?:[ ](?:(?:von|van|de|del|di|da|dos|af|ter|den)[ ])?[{names.UPPER}][\w'’.-]+){{1,3}}"
)
CYRILLIC = r"[А-ЯЁЇІЄЂЃЅЈЉЊЋЌЏ][а-яёїієђѓѕјљњћќџ-]+(?:[ ][А-ЯЁЇІЄЂЃЅЈЉЊЋЌЏ][а-яёїієђѓѕјљњћќџ.-]+){1,2}"
HEADING, HEAD_LINES, _LONGEST_HEAD, _LONGEST_NAME = 40, 3, 80, 7
TITLE = r"(?:Dott\.ssa|Dott|Ing|Prof|Dipl\.-Ing|Dña|Sr|Sra|Mme|Mr|Ms|Mrs|Av|Avv|Av|JUDr|Mgr|RA|RAin|Rechtsanwält?in|Rechtsanwalt|Me|Maître|Mtre|Dr|Mag|Lic|mr|adw|adv|r\.?pr|Adwokat|Advokat|Advogad[oa]|Abogad[oa]|Luật sư)\.?"
_BEHIND_NAME = re.compile(r",\s*(?=[^\W\d_])[^,\n]{3,40}$")


@functools.cache
def _leads() -> re.Pattern[str]:
    """A phrase that leads to a client, with the nouns and articles that may stand between."""
    table = data("clients.yaml")
    phrases = sorted({p.strip() for p in re.split(r"[;\n]", table["before"]) if p.strip()}, key=len, reverse=True)
    nouns = sorted({w.strip() for w in re.split(r"[;\n]", table["bearers"]) if w.strip()}, key=len, reverse=True)
    west = "|".join(re.escape(p).replace(r"\ ", r"\s") for p in phrases if ord(p[0]) < 0x0E00)
    east = "|".join(re.escape(p) for p in phrases if ord(p[0]) >= 0x0E00)
    between = "|".join(re.escape(w) for w in nouns)
    return re.compile(rf"(?i:(?<!\w)(?:{west})(?!\w)|{east})(?:[\s,:：]*(?i:{between})(?!\w))*[\s,:：'’«„“\"]*")


def client(page: Page) -> Span | None:
    """Whom the letter's writer says to act for: an organisation, or a person, right behind a phrase that leads to one."""
    found = [o for o in organisations.find(page) if not o.firm]
    starts = {o.start: o for o in found}
    for lead in _leads().finditer(page.flow):
        at = lead.end()
        near = next((starts[at + n] for n in (0, 1, -1, -2, -3) if at + n in starts), None)
        near = near or next((o for o in found if o.start < at < o.end and o.start >= lead.start()), None)
        if near is not None and near.start < at and page.flow[near.start] not in '«„“"':
            near = near._replace(start=at)
        if near is not None:
            name = page.flow[near.start : near.end]
            return page.folded.raw_span(near.start, near.end - (name.endswith(".") and not names.DOTTED.search(name)))
        person = re.compile(rf"{PERSON}|{CYRILLIC}").match(page.flow, at)
        if person and not _is_firm(person.group()) and not says(person.group(), "mark", "you", "item", "mail"):
            return page.folded.raw_span(*person.span())
    return None


NAMES = rf"[{names.ANY_UPPER}][\w&'’.-]*(?:[ ](?:(?:&|and|und|et|y|e|i|och|og|of|de|di|von|van|та|и|και)[ ])?[{names.ANY_UPPER}][\w&'’-]*){{1,5}}"
_ON_BEHALF = re.compile(
    rf"(?P<name>{NAMES}),?\s(?:on behalf of|acting for|acting on behalf of|in the name and on behalf of|in nome e per conto di|im Namen und (?:im Auftrag|in Vollmacht)(?: der| des| von)?|au nom et pour le compte de|en nombre y (?:representación|por cuenta) de|em nome e (?:por conta|em representação) de|in naam en voor rekening van|w imieniu i na rzecz|jménem a v zastoupení|v mene a na účet|în numele și pe seama|u ime i za račun|v imenu in za račun|от името и за сметка на|від імені та в інтересах|in behalf of|im Auftrag (?:der|des|von)|im Namen (?:der|des|von)|namens|au nom de|pour le compte de|per conto di|en nombre de|por cuenta de|em nome de|w imieniu|på vegne a[fv]|på uppdrag av|от имени|от имени и по поручению|в интересах|atas nama|adına)\s(?:the |la |le |der |die |de |société |sociedad |società |firmy |spółki )*[\"«„“]?$"
)


def is_firm(told: str) -> bool:
    """Whether a name is of a trade that speaks for others."""
    return _is_firm(told)


def agent_before(page: Page, owner: Span) -> Span | None:
    """Who stands before the owner's name with words that say for whom: "Brightmoor Rights Desk on behalf of X LLC"."""
    at = page.text.find(owner.value)
    found = _ON_BEHALF.search(page.flow[max(0, at - 140) : at]) if at > 0 else None
    if (
        found is None
        or says(found["name"], "you", "case", "item")
        or (says(found["name"], "right") and not _is_firm(found["name"]))
        or organisations.is_platforms(found["name"])
    ):
        return None
    lead = organisations.leading(found["name"])
    start = max(0, at - 140) + found.start("name") + lead
    return page.folded.raw_span(start, start + len(found["name"]) - lead)


_OF_FIRM = re.compile(
    r"[^\n]{0,4}(?:,\s)?(?:of|von der|vom|du|de la|del|della|dello|do|da|z|van|från|fra|av|af|от|из|der)\s(?:(?:the|cabinet|firm|firma|kanzlei|studio|despacho|kancelarii|kantoor|law firm)\s)?"
)


def firm_of(page: Page, owner: Span, agent: Span | None) -> Span | None:
    """The firm of a person who speaks, named behind the person or in the signature of a letter for a client."""
    found = [o for o in organisations.find(page) if o.name not in owner.value and owner.value not in o.name]
    if agent is not None:
        for told in re.finditer(re.escape(agent.value), page.flow):
            link = _OF_FIRM.match(page.flow, told.end())
            one = next((o for o in found if link and o.start - link.end() in range(9)), None)
            if one is not None:
                return page.folded.raw_span(one.start, one.end)
    if page.platform != "letter":
        return None
    lines = [*lines_of(page.text)]
    for at, line in lines[-LAST_LINES:]:
        start = at + len(line) - len(line.lstrip())
        one = next((o for o in found if o.start == start and o.end >= at + len(line.rstrip(" ,."))), None)
        if one is not None and (one.firm or agent is None):
            return page.folded.raw_span(one.start, one.end)
        if (
            agent is not None
            and re.fullmatch(rf"(?:{TITLE}\s)*{PERSON}", agent.value)
            and line.strip()[:1].isupper()
            and not line.rstrip().endswith(".")
            and _is_firm(line)
            and len(line) < _LONGEST_HEAD
            and "@" not in line
            and not re.search(r"[:：0-9]", line)
            and not is_trade_alone(line.strip())
            and agent.value not in line
        ):
            return page.folded.raw_span(start, at + len(line.rstrip(" ,")))
    return None


_AGENT_OF = re.compile(
    rf"(?<![\w&'’.-])(?P<name>[{names.UPPER}][\w&'’.-]{{0,40}}(?:[ ](?:(?:&|and|und|et|of|de)[ ])?[{names.UPPER}][\w&'’.-]{{0,40}}){{0,5}}),?[ ](?i:(?:the|an?|its|der|die|le|la|il|el|lo)[ ])?(?i:(?:[\w-]{{1,40}}[ ]){{0,4}}?(?:agents?|representatives?|vertreter(?:in)?|mandataires?|agente|rappresentante|representante|gemachtigde|ombud))[ ](?i:of|for|von|der|des|de|di|van|för)[ ]"
)


def agent_of(page: Page) -> Span | None:
    """Who stands before the words "the agent of": "BrandSentry Global, the authorized enforcement agent of X, Inc."."""
    for found in _AGENT_OF.finditer(page.flow):
        if len(found["name"]) > 4 and not says(found["name"], "you", "item", "right", "owner", "agent"):
            return page.folded.raw_span(*found.span("name"))
    return None


LAST_LINES = 8
"""Lines at the end of a letter that hold its signature."""


def signer(page: Page, contact: Span | None) -> Span | None:
    """The person who signs a letter about a work of their own: alone on a line, near the address that answers go to."""
    if not re.search(data("languages.yaml")["for_myself"], page.flow, re.IGNORECASE):
        return None
    stem = re.sub(r"[^a-z]", "", contact.value.casefold()) if contact else ""
    told = [(at, line) for at, line in [*lines_of(page.text)][-LAST_LINES:] if re.fullmatch(rf"\s*{PERSON}\s*", line)]
    for at, line in told:
        name = line.strip()
        if not stem or any(len(w) > 2 and w in stem for w in re.findall(r"[a-z]+", name.casefold())):
            lead = len(line) - len(line.lstrip())
            return page.folded.raw_span(at + lead, at + lead + len(name))
    return None


_PARTY = re.compile(
    r"(?mi)^[^\n]{0,60}?(?<!\w)(?:plaintiffs?|claimants?|kläger(?:in)?|antragsteller(?:in)?|demandeu(?:r|resse)|requérante?|ricorrente|attrice|demandante|requerente|autora?|eiseres|eiser|verzoekster|verzoeker|powód(?:ka)?|wnioskodawca|uprawniony|žalobce|žalobkyně|navrhovatel(?:ka)?|käranden?|sökanden?|sagsøger|saksøker|kantaja|hakija|felperes|kérelmező|reclamanta?|ищец|истец|заявитель|позивач|davacı|원고|채권자|債権者|原告|申请人|申請人)[ \t]*[,)|.]*[ \t]*(?:\)|$)"
)
_CAPTION_LINES = 3


def party(page: Page) -> Span | None:
    """The company that stands right above the word for one that sues, in the heading of a court's paper."""
    for found in _PARTY.finditer(page.text):
        above = [o for o in organisations.find(page) if found.start() - 260 < o.start and o.end <= found.end()]
        if above and not above[-1].firm:
            return page.folded.raw_span(above[-1].start, above[-1].end)
        lines = page.text[max(0, found.start() - 400) : found.start()].split("\n")[:-1]
        at = found.start()
        for line in reversed(lines[-_CAPTION_LINES - 1 :]):
            at -= len(line) + 1
            name = re.sub(r"[,\s)|]+$", "", line)
            lead = len(name) - len(name.lstrip())
            if re.search(rf"[ ]{names.LEGAL}$|(?i:\s(?:inc|ltd|llc|corp|co)\.?)$", name) and not says(name, "court"):
                lead += organisations.leading(name[lead:])
                return page.folded.raw_span(at + lead, at + len(name))
    return None


def head(page: Page) -> Span | None:
    """The firm, or the lawyer by name, that a letter's first lines name."""
    lines = _head_lines(page)
    for n, (start, told) in enumerate(lines):
        if n >= HEAD_LINES or len(told) > _LONGEST_HEAD or _GREETING.match(told):
            return None
        at = start + len(told) - len(told.lstrip())
        told = told.strip()
        if "@" in told or re.search(r"[:：]|[0-9]{4}", told):
            return None
        if n == 1 and is_trade_alone(told) and len(lines[0][1].split()) <= _LONGEST_NAME and "," not in lines[0][1]:
            first = lines[0][1]
            lead = lines[0][0] + len(first) - len(first.lstrip())
            return _as_signed(page, lead, lead + len(first.strip()))
        above = next((o for o in organisations.find(page) if n == 1 and lines[0][0] <= o.start < start), None)
        if above and _is_firm(told) and not any(at <= o.start < at + len(told) for o in organisations.find(page)):
            return page.folded.raw_span(above.start, above.end)  # below its name a firm says what it does
        if _is_firm(told) and not is_trade_alone(told):
            cut = re.split(
                r"\s[|·]\s|\s[–—]\s(?![\u0386-\u03ab]+$)|\s+(?:律師|律师)?函$|,\s(?=(?:advok|advoc|avocat|abogad|avukat|attorney|solicitor|rechtsanw))",
                told,
            )[0]
            return _as_signed(page, at, at + len(cut.rstrip(" ,")))
        if re.match(rf"{TITLE}\s{PERSON}(?!\w)", told):
            below, firm = lines[n + 1] if n + 1 < len(lines) else (0, "")
            firm = firm.split(",")[0].rstrip()
            if _is_firm(firm) and not is_trade_alone(firm) and "@" not in firm and len(firm) < _LONGEST_HEAD:
                return page.folded.raw_span(below, below + len(firm))
            cut = _BEHIND_NAME.sub("", told)
            return page.folded.raw_span(at, at + len(cut))
        if n == 1 and is_trade_alone(page.text[:start].strip()) and len(told.split()) < 8:
            return page.folded.raw_span(at, at + len(told.rstrip(" ,")))
    return None


_GREETING = re.compile(
    r"(?i)\W*(?:dear|hello|hi|hey|good (?:morning|day|afternoon|evening)|sehr geehrte\w*|liebe[rs]?|hallo|guten (?:tag|morgen)|bonjour|madame|monsieur|cher|chère|gentil\w*|egregi\w*|spett\w*|buongiorno|ciao|estimad\w*|hola|buen(?:os|as) (?:días|tardes)|prezad\w*|car[oa]|olá|beste|geachte|goedendag|szanown\w*|dzień dobry|witam\w*|hej|kära|bästa|kære|kjære|goddag|hyvä|hei|arvoisa|vážen\w*|dobrý den|dobrý deň|milý|tisztelt|kedves|stimat\w*|bună|здравствуйте|уважаем\w*|добрый день|шановн\w*|доброго дня|добър ден|αγαπητ\w*|καλημέρα|poštovan\w*|spoštovan\w*|gerbiam\w*|cienījam\w*|labdien|lugupeetud|tere|sayın|merhaba|değerli|yth\.?|kepada|halo|kính gửi|chào|xin chào|เรียน|สวัสดี|مرحب\w*|السادة|عزيزي|שלום|לכבוד|प्रिय|नमस्ते)(?!\w)"
)
"""How a line begins that greets its reader."""
_MAIL_LINE = re.compile(r"[ \t>]*[^\s:：][^\n:：]{0,20}[:：][ \t]?\S|[ \t>]*-{4,}|[ \t>]*[-_=]{4,}")


_MAIL_HEAD = re.compile(r"(?:From|To|Cc|Subject|Date|Reply-To):\s")
"""How the head of a mail stands above its words."""


def _head_lines(page: Page) -> list[tuple[int, str]]:
    """The first lines of a letter; of one that somebody sent on, those below the lines of its mail's head."""
    top = page.letter.top
    if top >= len(page.text):
        lines = list(lines_of(page.text[:1200]))
        return lines[next((n for n, (_, line) in enumerate(lines) if not _MAIL_HEAD.match(line)), 0) :]
    lines = [(top + at, line) for at, line in lines_of(page.text[top : top + 1200])]
    skip = next((n for n, (_, line) in enumerate(lines) if n and not _MAIL_LINE.match(line)), 0)
    return lines[skip:]


def _as_signed(page: Page, start: int, end: int) -> Span:
    """A name that a head shouts as the letter writes it elsewhere."""
    name = page.text[start:end]
    if name.upper() == name:
        for found in re.finditer(re.escape(name), page.text, re.IGNORECASE):
            if found.group() != name and not found.group().islower():
                return page.folded.raw_span(*found.span())
    return page.folded.raw_span(start, end)


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that hold something, with where they begin."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def _is_firm(told: str) -> bool:
    return bool(re.search(data("clients.yaml")["firms"], told, re.IGNORECASE))


def is_trade_alone(told: str) -> bool:
    """Whether a line names a trade and nobody: "KANCELARIA RZECZNIKÓW PATENTOWYCH", "Rechtsanwälte"."""
    left = re.sub(data("clients.yaml")["firms"], " ", told, flags=re.IGNORECASE)
    left = words("agent").sub(" ", left)
    return bool(re.search(data("clients.yaml")["firms"], told, re.IGNORECASE)) and not re.search(
        r"\w{3}",
        re.sub(
            r"(?i)(?<!\w)(?:patent|trade|mark|marks|propriété|propiedad|proprietà|industriel\w*|industrial\w*|intell?e[ck]tu\w+|marques|brevets|of|and|und|et|e|y|i|de|à|la|cour|au|barreau|at|in|della|corte|del|foro|d.affaires|patentow\w+|prawn\w+|\w{0,4}i\w?|w[eé]|at)(?!\w)",
            " ",
            left,
        ),
    )


def firm_in_brackets(page: Page, start: int, end: int) -> Span | None:
    """The firm behind a lawyer's name: "Av. X (Y Hukuk Bürosu)"."""
    for found in re.finditer(r"[(（]([^()（）\n@]{4,70})[)）]", page.text[start:end]):
        if _is_firm(found[1]) and not is_trade_alone(found[1]):
            return page.folded.raw_span(start + found.start(1), start + found.end(1))
    return None


_OF_COMPANY = re.compile(
    r"^[^,;\n]{4,50},\s(?P<role>[^,;\n]{4,40}?)\s(?:of|von|der|des|de|du|di|della|del|da|do|van|av|af)\s(?:(?:the|la|le|l'|il|el|die|das|firma|société|società)\s)?(?P<company>\S[^;\n]{2,70})$",
    re.IGNORECASE,
)


def company_of(owner: Span) -> Span:
    """Of somebody who is said to own or lead a company, the company: "A. Berg, Inhaberin von Berg Kerzen e.K."."""
    found = _OF_COMPANY.match(owner.value)
    if not found or not re.search(rf"(?:{names.LEGAL})\.?$", found["company"]):
        return owner
    return _part(owner, *found.span("company"))


def above_address(page: Page) -> Span | None:
    """The company at the head of an address block with a mail address that a sentence about the owner leads to."""
    lines = list(lines_of(page.text))
    starts = {o.start for o in organisations.find(page)}
    for n, (_start, line) in enumerate(lines[:-1]):
        led = line.rstrip().endswith((":", "：")) and says(line, "owner", "reports")
        if not led and not (len(line.strip()) < HEADING and says(line, "owner") and says(line, "mail")):
            continue
        start, told = lines[n + 1]
        name = told.strip()
        block = [text for _, text in lines[n + 1 : n + 6]]
        if (
            len(name) < _LONGEST_HEAD
            and "@" in "".join(block)
            and not re.search(r"[:：@•]|https?|[0-9]{4}|[.!?]$", name)
        ):
            lead = len(told) - len(told.lstrip())
            if start + lead in starts:
                return page.folded.raw_span(start + lead, start + lead + len(name))
    return None


_PARTICLES = r"(?:von|vom|zu|zum|zur|van|der|den|de|del|della|di|da|dos|du|la|le|af|av|ter|ten)"
"""Small words that begin family names."""


_CALLED = re.compile(
    rf"(?i:letrad[oa]|abogad[oa]|procurador[a]?|patentov[ýá] zástup(?:ce|kyně)|advokátka|odvjetni(?:k|ca)|odvetni(?:k|ca)|патентн(?:ый|ий) (?:поверенный|повірений)|юрист|адвокат(?:ка)?|advokāte?|advokatė|vandeadvokaat|asianajaja|ügyvéd|szabadalmi ügyvivő|avvocat[oa]|advocaat|octrooigemachtigde|patentombud|patenttiasiamies|consilier în proprietate industrială)\s(?:(?:don|doña|d\.|dña\.|d\.ª|dr\.?|mr\.?|пан|пані|г-н|г-жа)\s)?(?=(?:{PERSON}|{CYRILLIC})$)"
)
"""What a person is by trade, before the name."""


def bare_agent(agent: Span) -> Span:
    """An agent's name without what only says what it is: "rzecznik patentowy X", "Partner, X LLP", "X, advokátka"; of a person and a firm, the firm."""
    told = agent.value
    if (inside := re.search(r"[(（]([^()（）]{4,70})[)）]\s*$", told)) and _is_firm(inside[1]):
        return _part(agent, *inside.span(1))
    if quoted := re.fullmatch(
        r"[^\W\d_A-ZА-ЯЁ][^\W\d_]+(?:ой|ому|ого|им|ым|ей|ом)\s(?:[^\W\d_A-ZА-ЯЁ][^\W\d_]+\s){0,2}[«„“\"]([^»”“\"]+)[»”“\"]",
        told,
    ):
        return _part(agent, *quoted.span(1))
    start = 0
    if found := re.match(
        rf"(?:(?:(?:Senior |Managing |Of )?(?:Partner|Associate|Attorney|Counsel|Director|Manager)),\s|(?P<small>(?:[a-ząćęłńóśźž]+\s)+?)(?:{_PARTICLES}\s)*(?=[{names.UPPER}]))",
        told,
    ):
        small = found["small"]
        start = found.end() if small is None else found.end("small") if says(small, "agent") else 0
    if found := _CALLED.match(told):
        start = found.end()
    end = len(told)
    if (
        (behind := _BEHIND_NAME.search(told))
        and (says(behind.group(), "agent") or re.fullmatch(r",\s[a-zß-ÿа-я][^,]{2,40}", behind.group()))
        and re.fullmatch(rf"(?:{TITLE}\s)*{PERSON}", told[: behind.start()])
    ):
        end = behind.start()
    return _part(agent, start, end) if (start, end) != (0, len(told)) else agent


def _part(span: Span, start: int, end: int) -> Span:
    if span.end - span.start != len(span.value):
        return span
    return Span(span.value[start:end], span.start + start, span.start + end)
