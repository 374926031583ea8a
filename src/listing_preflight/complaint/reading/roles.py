"""Who of the organisations that a notice names complains, and who speaks for it: by the words between and around their names."""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading import organisations
from listing_preflight.complaint.reading.organisations import Organisation
from listing_preflight.complaint.reading.page import Page

_LINK = 70
"""Characters between two names that may say how they stand to each other."""
_FAR = 180
"""The same where the last words say who speaks: an address may stand behind the first name."""
_FOR = re.compile(
    r"(?i)^\W*(?:\w+\W+){0,3}?(?:for|on behalf of|acting for|acts? for|im (?:auftrag|namen) (?:der|des|von)|für|namens|pour|pour le compte de|au nom (?:et pour le compte )?de|agissant pour|per conto di|per|por cuenta de|por encargo de|en nombre de|em nome de|para|w (?:imieniu|interesie)|för|på uppdrag av|adına|от имени|в интересах|по поручению|від імені|в інтересах|от името на|în numele|u ime|v imenu|v mene|jménem|nevében|puolesta|på vegne a[fv]|εκ μέρους|για λογαριασμό|atas nama|thay mặt|ในนามของ|نياب[ةه]\u064b? عن|بالنيابة عن|لصالح|בשם|代表|受)(?:\s\w{1,4}){0,3}\W*$"
)
_FILED_FOR = re.compile(
    r"(?i)^\W*(?:\w+\W+){0,8}?(?:for|for account of|för|for|bagi|untuk|pour|für|per|para|voor|dla|за)\s$"
)
_BY = re.compile(
    r"(?i)(?:represented|acting|through|via|vertreten|représenté\w*|rappresentat\w+|representad\w+|vertegenwoordigd|reprezentowan\w+|företräd\w+|đại diện|diwakili|w imieniu któr\w+)(?:\W+\w+){0,4}\W*$|의?\s?대리하는|の代理人|的?委托代理|委托(?:的|代理)?|授权代理"
)
_OF = re.compile(r"(?i)(?:of|for|to|der|des|von|de|du|della?|dell.|di|da|do|van|)\W*$")
_RECIPIENT = re.compile(
    r"(?i)(?:^|\n)[ \t>]*(?:to|an|à|a|aan|para|do|till|att|attn|dear|sehr geehrte\w*|致|收件人|수신)(?![\w-])[^\n]{0,30}$"
)
_TO_IT = re.compile(r"[ \t]*(?:御中|様(?!より|から|が|は|の)|귀중|귀하)")
_ASK_IT = re.compile(
    r"(?i)(?:bought|purchased|supplied|delivered|sold|invoice|beliefert|geliefert|rechnung)(?:\W+\w+){0,3}\W*$"
)
_CLIENT = re.compile(
    r"(?i)(?:letrad[oa] de|clients?|client,?|mandant\w*|cliente|clienta|klient\w*|mocodawc\w+|cliënt\w*|müvekkil\w*|доверител\w+|instructed by|acts? for|act(?:ing)? on behalf of|on behalf of|behalf of|vollmacht (?:der|des|von)|namens (?:der|des|von)?|interviens? pour (?:le compte de)?|pour le compte de|por encargo de|en nombre (?:y representación )?de|em nome d[aeo]|per conto d\w+|nell.interesse d\w+|w (?:imieniu|interesie)|в интересах|от имени|受|委托人|委託人|当職らは、|当職は、)(?:[\s,:：]+(?:der|die|das|dem|la|le|les|the|de|da|do|della|del|société|sociedad|società|firma|spółki|firmy|empresa|ma|unserer|mandantin)){0,4}[\s,:：]*$"
)


class Roles(NamedTuple):
    """The organisation that complains and the one that speaks for it, or None."""

    owner: Organisation | None
    agent: Organisation | None


def find(page: Page, host: str) -> Roles:
    """The roles that the text gives; `host`: the domain of the address that answers go to, empty where there is none."""
    told = [o for o in organisations.find(page) if not is_recipient(page, o)]
    owner, agent = _linked(page, told)
    if owner is None:
        left = [o for o in told if agent is None or o.name != agent.name]
        best = max(left, key=lambda o: (_weight(page, o, host), -o.start), default=None)
        owner = best if best and _weight(page, best, host) > 0 else None
    if agent is None:
        agent = next((o for o in told if o.firm and not (owner and owner.name in o.name) and _speaks(page, o)), None)
    return Roles(owner, agent)


def _linked(page: Page, told: Sequence[Organisation]) -> tuple[Organisation | None, Organisation | None]:
    """The pair of which one speaks for the other, as the words between them say."""
    for one, other in itertools.pairwise(told):
        between = page.flow[one.end : other.start]
        far = len(between) > _LINK and not (len(between) <= _FAR and _BY.search(between[-_LINK:]))
        if far or "\n\n" in between or one.name == other.name:
            continue
        if _BY.search(between) and not (one.firm and not other.firm):
            return one, other
        noun = words("agent").search(between)
        if noun and _OF.search(between[noun.end() :]) and between[noun.end() :].strip(" ,:(") and not other.firm:
            return other, one
        if noun and not (one.firm and not other.firm):
            return one, other
        if (_FOR.search(between) and not other.firm) or (
            one.firm and (noun or _FILED_FOR.search(between)) and not other.firm
        ):
            return other, one
    return None, None


_LINE_SEEN = 60
"""Letters before a name that are looked at for whom a letter is written to."""


def is_recipient(page: Page, one: Organisation) -> bool:
    """Whether an organisation is whom the letter is written to, or whom its reader bought from."""
    line = ("\n" if one.start <= _LINE_SEEN else "·") + page.flow[max(0, one.start - _LINE_SEEN) : one.start]
    return bool(
        _RECIPIENT.search(line) or _TO_IT.match(page.flow, one.end) or _ASK_IT.search(line)
        or any(p.start <= one.start < p.end for p in page.labelled("recipient"))
    )  # fmt: skip


def _weight(page: Page, one: Organisation, host: str) -> int:
    """How much speaks for an organisation as the one that complains; nothing does for a firm that no word calls the owner."""
    first, _last = page.sentence(one.start, one.start)
    before, after = page.flow[max(first, one.start - 90) : one.start], _behind(page, one)
    after = re.sub(r"[\s)|]+", " ", after)  # the columns of a court's heading
    score = 6 * bool(_CLIENT.search(before))
    score += 3 * says(before[-60:], "owner") + 3 * says(after[:60], "owner")
    score += 3 * (says(after, "reports") or says(before, "reports"))
    score += 2 * (says(after, "right") or says(before, "right"))
    letters = re.sub(r"[^a-z0-9]", "", one.name.casefold())
    stem = re.sub(
        r"[^a-z0-9]", "", host.rpartition(".")[0].rpartition(".")[2] if host.count(".") > 1 else host.partition(".")[0]
    )
    score += 4 * (len(stem) > 3 and (stem in letters or letters[:6] in stem) and len(letters) > 4)
    return score - 8 * one.firm


def _behind(page: Page, one: Organisation) -> str:
    """The rest of the sentence; the dots of a legal form end none."""
    rest = re.split(r"\n[ \t]*\n", page.flow[one.end : one.end + 240])[0]
    stop = re.search(r"(?<=\w{4})[.!?](?:\s|$)|[。！？]", rest)
    return rest[: stop.start()] if stop else rest


def _speaks(page: Page, one: Organisation) -> bool:
    """Whether a firm stands where one does that speaks: at the head, at the end, or beside a word of speaking for others."""
    around = page.flow[max(0, one.start - 60) : one.end + 60]
    return one.start < 400 or one.end > len(page.flow) - 400 or says(around, "agent", "owner", "reports")
