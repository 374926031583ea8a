"""What sort of paper a text is by what its words mean together, where no phrase of a known form tells."""

import functools
import re

from listing_preflight.complaint.forms import data, is_platform
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading import evidence
from listing_preflight.complaint.reading.page import Page, has_words


@functools.cache
def _phrase(key: str) -> re.Pattern[str]:
    """A pattern of the table."""
    return re.compile(data("families.yaml")[key])


def settled(page: Page, told: str, *, named: bool, ids: bool, listed: bool, right: bool) -> str:
    """The family that phrases told, or that which the meanings tell where the phrases say less."""
    if told != "court order" and _is_withdrawn(page):
        return "not a notice"
    if told in ("not a notice", "owner complaint", "platform finding") and listed and _is_rivals(page):
        return "seller letter"
    found = _settled(page, told, named=named, ids=ids, listed=listed, right=right)
    if not listed or page.platform == "letter" or found in ("court order", "seller letter"):
        return found
    return _by_sentences(page, found, named=named)


def _by_sentences(page: Page, found: str, *, named: bool) -> str:
    """The family of a marketplace's mail that names a listing: what its sentences tell, where they tell more; what earlier mails below it told is over."""
    until = page.letter.top if 0 < page.letter.top < len(page.flow) else len(page.flow)
    told = evidence.find(_told(page, until))
    if named and found == "owner complaint" and told.declined:
        return "refusal of an appeal"
    if named:
        return found
    if told.declined and found in ("not a notice", "platform finding"):
        return "refusal of an appeal"
    if told.well or found == "refusal of an appeal" or not (told.gone or found != "not a notice"):
        return found
    if told.owner and not told.nobody:
        return "owner complaint"
    if told.own and (found == "not a notice" or told.nobody):
        return "platform finding"
    return found


def _settled(page: Page, told: str, *, named: bool, ids: bool, listed: bool, right: bool) -> str:
    if told not in ("not a notice", "owner complaint", "platform finding"):
        return told
    if not named and not right and not ids and _phrase("no_case").search(page.flow):
        return "not a notice"
    if _phrase("no_case_open").search(page.flow) or _is_sample(page):
        return "not a notice"
    if not (ids or listed) and _is_trade_paper(page):
        return "not a notice"
    if _is_headed_order(page):
        return "court order"
    if _is_told_of_others(page, right=right, held=ids or listed or says(page.text, "measures")):
        return "not a notice"
    if (told != "not a notice" or listed) and _is_order(page):
        return "court order"
    if (
        told == "platform finding"
        and page.platform in ("letter", "unknown")
        and says(page.text, "accuses")
        and says(page.text, "owner", "demands")
        and not says(page.text, "own finding", "no owner")
    ):
        return "owner complaint"
    if told == "owner complaint" and not named and says(page.text, "no owner"):
        return "platform finding"
    if (told != "not a notice" or ids) and page.platform != "letter" and _is_refusal(page):
        return "refusal of an appeal"
    if told != "not a notice" or _is_advertising(page):
        return told
    if page.platform != "letter" and listed and not named and says(page.text, "own finding") and _is_ruled(page):
        return "platform finding"
    by_platform = page.platform not in ("letter", "unknown") or (
        page.platform == "unknown" and says(page.text, "own finding", "checker")
    )
    if by_platform and listed and not named and _is_breach_of_own_rules(page):
        return "platform finding"
    if page.platform != "letter" and not page.letter.senders and not named and ids and _is_sellers(page):
        return "seller letter"
    if _complains(page, named=named, ids=ids or listed, right=right):
        return "platform finding" if says(page.text, "own finding") and not named else "owner complaint"
    if page.platform == "letter" and listed and says(page.text, "demands") and (named or _is_for_a_client(page)):
        return "owner complaint" if right or says(page.text, "right", "picture", "maker") else told
    if (
        named
        and listed
        and page.platform in ("letter", "unknown")
        and says(page.text, "accuses")
        and says(page.text, "demands")
    ):
        return "owner complaint"
    if named and listed and says(page.text, "maker") and says(page.text, "demands", "accuses"):
        return "owner complaint"
    accused = _accuses(page, right=right)
    if accused and named and (ids or listed) and not says(page.text, "own finding", "no owner"):
        return "owner complaint"
    if not accused or not (says(page.text, "measures", "demands", "appeal") and (listed or named)):
        return told
    if named or (says(page.text, "owner", "reports") and not says(page.text, "own finding", "no owner")):
        return "owner complaint"
    return "platform finding"


def _complains(page: Page, *, named: bool, ids: bool, right: bool) -> bool:
    """Whether a text holds all that a complaint is made of, wherever in it: whose, about what, of which right, that it is taken, and what follows."""
    if not ids or not (named or says(page.text, "owner", "reports", "own finding")):
        return False
    taken = says(page.text, "accuses") and (right or says(page.text, "right", "picture"))
    return taken and says(page.text, "measures", "demands", "appeal") and _is_not_denied(page)


_RULE = re.compile(
    r"(?i)\((?:EU|EG|EC|CE|UE|ES|EÚ|ЕС|ЄС|ΕΕ|AB)\)\s?(?:No\.?\s|Nr\.?\s|n[°º]\s)?[0-9]{2,4}/[0-9]{2,4}|(?<!\w)(?:GPSR|REACH|LUCID|WEEE|CPSC|EN(?: ISO)? [0-9]{3,5}(?:-[0-9]+){0,2})(?!\w)|(?:§|Art\.|article|artículo|articolo|artigo|artikel|artykuł\w*|ст\.)\s?[A-Z]?\.?\s?[0-9]"
)
"""How a text names the law or the standard that goods break."""


def _is_ruled(page: Page) -> bool:
    """Whether a platform says that it took something down because its goods or prices break a rule that it names."""
    return bool(_RULE.search(page.text)) and says(page.text, "measures")


def _is_breach_of_own_rules(page: Page) -> bool:
    """Whether a platform says of listings that they break its own rules, of prices, contents or data, and what it did: said of what is, not of what would be."""
    if not says(page.text, "measures") or _phrase("new_rules").search(page.text[:_PAPER]):
        return False
    return any(_is_breach(s) and not _is_conditional(page, s) for s in _sentences(page))


def _is_breach(sentence: str) -> bool:
    """Whether a sentence says that something breaks a rule or a law, or lacks what goods must have."""
    if _phrase("breaks").search(sentence) and (_phrase("rules").search(sentence) or _RULE.search(sentence)):
        return True
    about = _phrase("topics").search(sentence) or _phrase("rules").search(sentence) or _RULE.search(sentence)
    return bool(about and _phrase("lacks").search(sentence))


def _newest(page: Page) -> list[str]:
    """The sentences of the newest mail, without the earlier ones below it."""
    return _sentences(page, page.letter.top if 0 < page.letter.top < len(page.flow) else None)


_ASKS = re.compile(r"[?？؟;]\s*$")


def _is_withdrawn(page: Page) -> bool:
    """Whether the newest mail says that the complaint was taken back and all is well; what an earlier mail below it told is over."""
    plain = [s for s in _newest(page) if not (_is_conditional(page, s) or _ASKS.search(s))]
    if not any(_phrase("withdrawn").search(s) and says(s, "case", "reports", "owner", "a brand") for s in plain):
        return False
    return any(says(s, "well again") or _phrase("restored").search(s) for s in plain)


def _is_rivals(page: Page) -> bool:
    """Whether another seller writes of the page that both offer on, and says what it will do; who speaks for others is none."""
    if page.letter.senders and page.form is not None and is_platform(page.letter.senders[0].partition("@")[2].lower()):
        return False
    spoken = _phrase("shared page").search(page.flow) and _phrase("test buy").search(page.flow)
    return bool(spoken) and not (_is_for_a_client(page) or says(page.text, "agent", "court"))


def _is_not_denied(page: Page) -> bool:
    """Whether an accusing sentence is more than an explanation or a denial."""
    told = [(s, first.end()) for s in _sentences(page) if (first := words("accuses").search(s))]
    return any(not (_phrase("denies").search(s) or _phrase("explains").search(s, 0, end)) for s, end in told)


def _is_for_a_client(page: Page) -> bool:
    return bool(re.search(data("languages.yaml")["for_a_client"], page.flow, re.IGNORECASE))


def _is_sample(page: Page) -> bool:
    """Whether new rules are told and what stands like a notice is their example."""
    return bool(_phrase("new_rules").search(page.text[:_PAPER]) and _phrase("sample").search(page.text))


def _is_trade_paper(page: Page) -> bool:
    """Whether it is headed as an order, an invoice or the like, and no sentence of it accuses anybody of taking a right."""
    if not _phrase("trade_paper").match(page.text[:600]):
        return False
    return not any(says(s, "accuses") and says(s, "right", "mark", "owner") for s in _sentences(page))


def _is_told_of_others(page: Page, *, right: bool, held: bool) -> bool:
    """Whether every sentence that accuses is of others, or none does and no right is named, where nothing of a complaint's form is.

    `held`: the page holds a listing, a complaint's id or a measure taken, and so is a complaint's own.
    """
    if held or any(p.fields & {"complainant", "kind"} for p in page.pairs):
        return False
    told = [(s, first.end()) for s in _sentences(page) if (first := words("accuses").search(s))]
    if told:
        return all(_phrase("denies").search(s) or _phrase("explains").search(s, 0, end) for s, end in told)
    return page.platform == "letter" and not (right or says(page.text, "owner", "order"))


def _sentences(page: Page, until: int | None = None) -> list[str]:
    """The sentences and lines that hold a word: addresses and numbers alone, of which a notice may hold thousands, say nothing."""
    return [s for s in re.split(r"(?<=[.!?])\s+(?=[^a-zà-ÿ])|[。！？]|\n", page.flow[:until]) if has_words(s)]


_HEADED, _PAPER = 300, 2800
"""Letters of a court's heading, and of its paper in which it decides."""


def _is_order(page: Page) -> bool:
    """Whether a court ordered something: its order and its name, who stands before it, and that it did."""
    if says(page.text[:_HEADED], "court") and says(page.flow[:_PAPER], "parties"):
        parts = (page.flow[at : at + 700] for at in range(0, min(len(page.flow), _PAPER), 350))
        if any(says(p, "order") and says(p, "issued") for p in parts):
            return True
    for part in (page.flow[at : at + 700] for at in range(0, min(len(page.flow), 2100), 350)):
        if says(part, "order") and says(part, "court") and says(part, "parties") and says(part, "issued"):
            return True
    return False


_HEADING, _HEAD_LINES = 110, 14
"""Letters of a line that heads a paper, and lines among which it stands."""


def _is_headed_order(page: Page) -> bool:
    """Whether a paper is headed by a court and by what a court gives, names who stands before it, and bids."""
    lines = [line.strip() for line in page.text[:_PAPER].split("\n") if line.strip()][:_HEAD_LINES]
    lines = [line for line in lines if len(line) <= _HEADING and not re.search(r"@|://|[:：]$", line)]
    court = next((n for n, line in enumerate(lines) if says(line, "court", "tribunal")), None)
    if court is None or not any(_is_ruling(line) for line in lines):
        return False
    return says(page.flow[:_PAPER], "parties", "party") and says(page.flow, "issued", "bids")


def _is_ruling(line: str) -> bool:
    """Whether a line is no more than the name of a court's paper, with its number or day."""
    found = words("ruling", whole=True).match(line.casefold())
    return bool(found) and len(re.findall(r"[^\W\d_]{2,}", line[found.end() if found else 0 :])) <= _BESIDE_RULING


_BESIDE_RULING = 4
"""Words beside the name of a court's paper in its heading: "Vonnis in kort geding"."""


def _is_refusal(page: Page) -> bool:
    """Whether what somebody sent in was looked at and did not help: said of what was, not of what would be."""
    plain = [s for s in _told(page) if not _phrase("sent_on").search(s)]
    return any(
        says(one, "sent") and any(says(s, "declined") for s in plain[n : n + _SOON]) for n, one in enumerate(plain)
    )


_SOON = 5
"""Sentences in which the answer to what was sent follows."""


def _told(page: Page, until: int | None = None) -> list[str]:
    """The sentences up to `until` that tell what was: neither what would be nor what became of goods that were sent in for sale."""
    return [
        s
        for s in _sentences(page, until)
        if s.strip() and not _is_conditional(page, s) and not _phrase("sent_for_sale").search(s)
    ]


def _is_conditional(page: Page, sentence: str) -> bool:
    """Whether a sentence says what would be."""
    for word, languages in data("families.yaml")["if of languages"].items():
        if page.language not in languages.split():
            sentence = re.sub(rf"(?i)(?<!\w){word}(?!\w)", " ", sentence)
    return bool(_phrase("condition").search(sentence))


def _is_advertising(page: Page) -> bool:
    return bool(re.search(data("kinds.yaml")["family"]["marketing"], page.text, re.IGNORECASE))


def _is_sellers(page: Page) -> bool:
    """Whether another seller writes of the listing that both offer on."""
    words_of = data("kinds.yaml")["family"]["seller"]
    return bool(re.search(words_of, page.text, re.IGNORECASE) and _phrase("threat").search(page.text))


def _accuses(page: Page, *, right: bool) -> bool:
    """Whether a sentence accuses, of something that rights protect."""
    about = words("right", "picture", "goods", "title text", "owner")
    return any(says(s, "accuses") and (right or about.search(s)) for s in _sentences(page))
