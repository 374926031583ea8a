"""What a period or day is for: whom its clause binds, and to what."""

import functools
import re

from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading.page import Page

VERB_LAST = frozenset({"ja", "ko", "tr", "zh", "zh-Hant"})
"""Languages whose verb, which says what is due, stands behind the period."""


@functools.cache
def phrase(key: str) -> re.Pattern[str]:
    """A pattern of the table."""
    return re.compile(data("deadlines.yaml")[key], re.IGNORECASE)


FOR = re.compile(
    r"(?i)^(?:for|pendant|durant|gedurende|przez|durante|während|por|per|für|i(?! løpet)|under(?! de (?:kommande|närmaste|nästa))|selama|保留)\s"
)


def lasts(words_of: str) -> bool:
    """Whether some words say how long something goes on: "for six months", "30일 동안"."""
    return bool(FOR.match(words_of) or re.search(r"동안에?$|[日天]間$", words_of))


_AFTER = re.compile(r"(?i)^(?:after|nach|après|dopo|tras|después de|após|na|po|efter|etter|через|sau|setelah)\s")
_WE = re.compile(
    r"(?i)(?<!\w)(?:our|unser\w*|notre|nostr\w|nuestr\w|noss\w|onze|we|wir|nous|noi|nosotros|nós|wij|vi|biz|мы|kami|chúng tôi)(?!\w)|当社|弊社|我们|我們|平台将|저희|당사|เรา"
)


_THEM = re.compile(
    r"(?i)(?<!\w)(?:they|them|he|she|ihm|ihr|ihnen|eux|elle|lui|loro|ellos|ella|hem|haar|nich|dem|них|он|она)(?!\w)"
)


def purpose_of(page: Page, place: tuple[int, int, int, int], family: str, owner: str) -> str:
    """What a period is for: `unknown` where it binds somebody else or nobody; what else would follow says nothing of it."""
    begins, start, end, stops = place
    before, after = _MENU.sub(" ", page.flow[begins:start]), page.flow[end:stops]
    before, after = re.split(r"[;；]", before)[-1], re.split(r"[;；]", after)[0]
    before = _ASIDE.sub(" ", before)
    if cut := phrase("otherwise").search(after):
        after = after[: cut.start()]
    own = page.flow[start:end]
    if family in ("seller letter", "not a notice"):
        return "unknown"
    near = re.split(_OR_ELSE, before)[-1]
    silent = _silence(before, after)
    if (
        says(before, "you", whole=True)
        and phrase("may").search(before)
        and says(near, "appeal", "review")
        and not _is_anothers(re.split(_ALSO, near)[-1], owner)
        and not phrase("no_reply").search(before)
        and not phrase("we_look").search(before)
    ):
        return "answer"
    if silent and _is_suit_awaited(silent, own + after):
        return "unknown"  # how long somebody else may sue
    if phrase("no_reply").search(before) or (
        phrase("unless").search(before) and (says(before, "court") or phrase("suit").search(before))
    ):
        return "unknown"  # how long to wait for somebody else
    led = re.split(r"[,;:](?=\s|[\u3040-\u9fff])|、|\s[–—-]\s|\((?!\d)", before)
    if _is_of_who(led):
        return "unknown"  # "the complainant, who then has 14 days"
    if len(led) > 1 and len(led[-1].split()) <= _LINK and not re.search(r"[\u0e00-\u0eff\u3040-\u9fff]", led[-1]):
        led = [*led[:-2], led[-2] + " " + led[-1]]  # "…, and that by 4 May"
    clause = led[-1] + own + re.split(r"[;；]|[,，]\s?(?=\w+)|\s[–—]\s", after)[0]
    verb_last = page.language in VERB_LAST
    if family == "court order":
        lead = clause.partition(own)[0]
        if _last("bystanders", lead) > _last("parties", lead):
            return "unknown"
    elif _binds_another(clause, before, own, owner, verb_last=verb_last):
        return "unknown"
    whole, rest = re.sub(r"\([^()]*\)", " ", before + own + after), clause.replace(own, " ")
    told = [bool(phrase("contest").search(some)) for some in (clause, whole)]
    near = re.split(_ALSO, clause.partition(own)[0])[-1] + own + clause.partition(own)[2]
    asked = bool(silent) and not says(before + own, "third", "court")
    if asked and not says(before + own, "stock"):
        return "answer"
    if says(near, "stock") and not phrase("contest").search(near):
        return "stock"
    if (says(clause, "stock") and not told[0]) or (
        says(whole, "stock") and not any(told) and not says(clause, "appeal")
    ):
        return "stock"
    if phrase("keeps").search(clause) and not told[0] and not phrase("pages").search(clause):
        return "stock"
    if asked:
        return "answer"
    goes_on = _AFTER.match(own) or (lasts(own) and not (page.language == "lt" and own.startswith("per")))
    if says(clause, "appeal", "review", "case") and phrase("may").search(clause):
        return "answer"  # how long a remedy is open
    if (goes_on and not any(told)) or (says(_OR_ELSE.split(rest)[0], "lapse") and not told[0]):
        return "unknown"
    if _TOLD_TO.match(before) and not says(before, "third"):
        return "answer"
    if phrase("done").search(clause) and says(clause, "measures") and not says(clause, "appeal", "you", whole=True):
        return "unknown"  # how long it took to take something down
    if family != "court order" and phrase("others").search(whole) and not says(rest, "you", whole=True):
        return "unknown"
    return "answer"


def _silence(before: str, after: str) -> str:
    """The condition that nothing comes in, which begins before a period and may end behind it; empty where there is none."""
    found = phrase("nothing_came").search(f"{before} {after}")
    if found is None or found.start() >= len(before):
        return ""
    behind = re.split(r"[,，]", after)[0] if found.end() > len(before) else ""
    return before[found.start() :] + behind


def _is_suit_awaited(waits: str, rest: str) -> bool:
    """Whether what does not come in is a suit, before or behind its period; one that follows the seller's silence is none."""
    suit = phrase("suit")
    return bool(suit.search(waits) or (suit.search(rest) and phrase("restores").search(waits + rest)))


def _is_anothers(some: str, owner: str) -> bool:
    """Whether somebody else stands behind the seller in some words: "you may appeal and the complainant must reply"."""
    return _subject(some, owner) > _last_you(some)


def _is_of_who(clauses: list[str]) -> bool:
    """Whether the last of some clauses says what "who" does, and the one before it ends with somebody else."""
    return (
        len(clauses) > 1
        and bool(phrase("who").search(clauses[-1]) and words("owner", "third").search(clauses[-2][-_ANTECEDENT:]))
        and not says(clauses[-1], "you", whole=True)
    )


_LINK = 2
"""Words of a clause that says no more than "and that"."""
_ANTECEDENT = 40
"""Letters before a comma in which stands whom "who" behind it means."""
_ASIDE = re.compile(r"\((?=[^()\d])[^()]{1,160}\)")
_TOLD_TO = re.compile(
    r"(?i)\W*(?:(?:to|in order to)\s[^,.;]{3,80},\s)?(?:please\s)?(?:provide|submit|send|upload|reply|respond|sign|return|confirm|file|answer)(?!\w)"
)
"""How English tells somebody to do something, without a word for whom."""
_MENU = re.compile(r"[«„“\"‘「『][^«»„“”\"’」』\n]{1,70}[»“”\"’」』]")
"""The name of a page or button, whose words say nothing of who acts."""
_OR_ELSE = re.compile(rf"(?i)\s(?:{'|'.join(data('deadlines.yaml')['or'].split())})\s")
_ALSO = re.compile(rf"(?i)\s(?:{'|'.join(data('deadlines.yaml')['and'].split())})\s")


def _last(meaning: str, some: str) -> int:
    return max((m.start() for m in words(meaning).finditer(some)), default=-1)


def _last_you(some: str) -> int:
    return max((m.start() for m in words("you", whole=True).finditer(some)), default=-1)


def _binds_another(clause: str, before: str, own: str, owner: str, *, verb_last: bool) -> bool:
    """Whether a clause gives a period to the complainant, to a court or to nobody: by who stands last before it."""
    if own[:1] in ("請", "请"):
        return False  # it begins with the word that asks
    lead, _, behind = clause.partition(own)
    lead = re.sub(r"\([^()]*\)", " ", lead)
    you = _last_you(lead)
    asked = you >= 0 or says(behind, "you", whole=True)
    if phrase("we_look").search(clause):
        return True
    if not asked and phrase("restores").search(clause):
        return True
    if _WE.search(clause) and phrase("record").search(clause) and not asked:
        return True
    if (
        you >= 0
        and re.search(r"(?i)(?<!\w)(?:appeal|object|respond|reply)\W*$", lead)
        and _subject(re.split(_OR_ELSE, re.split(_ALSO, lead)[-1])[-1], owner) < 0
    ):
        return False  # who appeals is the seller
    if verb_last and says(behind, "you", whole=True):
        return False
    if _subject(lead, owner) > you:
        return True
    near = (before + own)[-130 - len(own) :]
    if (condition := phrase("if_not").search(near)) is None:
        return False
    return _subject(condition.group(), owner) >= 0 or (bool(_THEM.search(near, condition.start())) and not asked)


def _subject(words_before: str, owner: str) -> int:
    """Where somebody else stands last in some words as the one who acts; -1 where nobody does."""
    names = owner.split(",", maxsplit=1)[0].split()
    found = [
        m.start()
        for m in words("owner", "third").finditer(words_before)
        if (not phrase("to_them").search(words_before[: m.start()]) or phrase("owns").match(words_before, m.end()))
        and not phrase("yours").search(words_before[: m.start()])
        and not _A_PAPER.match(words_before, m.end())
        and not _BY_POST.match(words_before, m.end())
    ]
    for name in {" ".join(names[:2]), *(n for n in names[:1] if len(n) > 3)} - {""}:
        at = words_before.rfind(name)
        if at >= 0 and not phrase("to_them").search(words_before[:at]):
            found.append(at)
    return max(found, default=-1)


_BY_POST = re.compile(r"(?i)\s(?:e-?mail|post|fax|mail|courier|registered)")
"""How something is sent, behind "sent by"."""
_A_PAPER = re.compile(
    r"(?i)(?:['’]s)?\s(?:judge?ment|decision|order|ruling|letter|authori[sz]ation|retraction|consent|invoice)"
)
"""What is of somebody and acts not: "a court judgment"."""
