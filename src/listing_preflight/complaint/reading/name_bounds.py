"""Where a name in a value begins and ends: without an address, a mail box or a word that only says what its bearer is."""

import functools
import re

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import words
from listing_preflight.complaint.reading import names, organisations
from listing_preflight.complaint.reading.page import HIDDEN, Page


def name_of(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """The part of a value that is a name: before a mail address, a bracket or the end of its sentence."""
    value = page.text[start:end]
    if HIDDEN.search(value.strip()) or names.is_sentence(value):
        return None
    at = partners.end() if (partners := names.PARTNERS.search(value)) else 0
    stop = re.search(
        r"[,(（\[<|]?\s*(?:[\w.+-]+@|https?://|mailto:|<|\((?![A-Z][A-Za-z]*\) [A-Z]|[一-鿿]{2,6}\)[一-鿿]|[주유합]\)))|;|\s[-–—]\s|\s+(?:联系人|聯絡人|联络人|经办人|經辦人|담당자?|担当者?)\s*[:：]",
        value[at:],
    )
    last = start + at + (stop.start() if stop else len(value) - at)
    if label := _mail_label().search(page.text, start + at, last):
        last = label.start()
    return (start, last) if page.text[start:last].strip() else None


@functools.cache
def _mail_label() -> re.Pattern[str]:
    """Behind a name, a label of the mail box that follows it on its line: ", e-post:", " メール："."""
    return re.compile(rf"[\s,、，]+(?:{words('mail').pattern})[^\W\d_]{{0,8}}\s*[:：]", re.IGNORECASE)


_SORT = re.compile(
    r"\s*(?:[Ll][ae]\s|[DdEeIiOo]l?\s)?(?:[Ss]ociété|Société|Firma|Ditta|Sociedad|Spółka|Společnost|Empresa)\s(?=\S)"
)
"""A word for any company, before a name that its legal form ends."""


_ADDRESS_BEHIND = re.compile(
    r",\s(?=[0-9]{1,5}\s)|(?<=[^\s,]),\s(?=(?:ul|al|pl|str|гр|ул|г|обл|rua|rue|av|avenue|avenida|via|viale|piazza|calle|c/|straat|gade|vej|utca|út|körút|nám|nábř|sídlem|se sídlem|mit sitz|siège|con sede|με έδρα|wohnhaft)(?:\.|\s))",
    re.IGNORECASE,
)
"""Where an address follows a name."""


_TOWN_BEHIND = re.compile(
    rf"(?P<name>.{{3,80}}[ ,]{names.LEGAL}),[ ](?!{names.LEGAL})[{names.UPPER}][^\W\d_]{{2,20}}(?:[ -](?:[a-z]{{2,4}}[ ])?[{names.UPPER}][^\W\d_]{{2,20}}){{0,2}}$"
)
"""A town behind a company's legal form."""


_HINDI_TOWN_BEHIND = re.compile(r"(?P<name>.{3,80}(?:लिमिटेड|एलएलपी)),[ ][ऀ-ॿ]{2,20}$")
_PROSE_BEHIND = re.compile(
    rf"(?P<name>.{{3,80}}?[ ,]{names.LEGAL})\s(?=[a-zà-ÿа-яё])(?!.*{names.LEGAL})(?:[^\W\d_]+\s){{2}}"
)
"""The sentence that goes on behind a company's legal form."""


def _whole(page: Page, start: int, told: str) -> str:
    """A name with the rest of its legal form, without the sentence that goes on behind it: "& Co." and " KG"."""
    if prose := _PROSE_BEHIND.match(told):
        return prose["name"]
    more = re.compile(rf",?[ ]{names.LEGAL}").match(page.flow, start + len(told))
    return page.flow[start : more.end()] if more and re.search(r"(?:&|und|and|et|y|e) Co\.?$", told) else told


_DEPARTMENT = re.compile(
    r"(?<=[^\s])\s+(?:(?:知的?財産?|知財|法務|品牌|法务|知识产权|智慧財產|법무|지식재산|상표)\S{0,8}(?:部|課|室|係|担当|窓口|組|组|处|處|팀|부|담당자?)|담당자?|御中|担当者?)$"
)
"""The department or the clerk behind a name of the East, after a blank."""


def _open_quote(told: str) -> str:
    """The mark at the head of a name that opens a quotation which does not end inside it: the owner's own words begin there."""
    head = told.lstrip()[:1]
    closed = _CLOSES.get(head)
    lead = told[: len(told) - len(told.lstrip())]
    return lead + head if closed and not any(c in told[len(lead) + 1 :] for c in closed) else ""


_CLOSES = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "「": "」", "『": "』", "”": "”"}


@functools.cache
def _role_behind() -> re.Pattern[str]:
    """What its bearer is, behind a name and a comma: ", mandataire", "، وكيلاً عن المالك"; a clerk behind a blank."""
    agents = words("agent").pattern
    return re.compile(
        rf"(?:(?<=\S)\s?[,،]\s(?-i:(?![{names.UPPER}]))(?:{agents})[^,،]{{0,24}}$|(?<=\S)\s(?:担当|担当者)[:：]?\s?[一-鿿ぁ-ゖ ]{{2,10}}$)",
        re.IGNORECASE,
    )


@functools.cache
def _opener() -> re.Pattern[str]:
    """The trade or the address of a person before a name of two words: "Keramiker Tove Abildtrup", "Bay Ferit Uçankuş"."""
    told = {w.strip() for w in re.split(r"[;\n]", data("acting.yaml")["openers"]) if len(w.strip()) >= _OPENER}
    ordered = "|".join(re.escape(w) for w in sorted(told, key=len, reverse=True))
    name = rf"[{names.UPPER}А-ЯЁ][\w'’-]+"
    return re.compile(
        rf"(?:(?i:{ordered})[ ](?={name}[ ]{name}(?:[ ]{name})?\W*$)|(?:นางสาว|นาย|นาง|น\.ส\.)[ ]?(?=[ก-๛]))"
    )


_OPENER = 3
_CASE_BEHIND = re.compile(
    r"(?<=[a-zçğıöşü])['’](?:a|e|ya|ye|ın|in|un|ün|nın|nin|nun|nün|ı|i|u|ü|yı|yi|dan|den|nın|da|de)$"
)
"""The ending that Turkish writes behind a name."""


def without_department(name: Span) -> Span:
    """A name without the department behind it."""
    found = _DEPARTMENT.search(name.value)
    if found is None or name.end - name.start != len(name.value):
        return name
    return Span(name.value[: found.start()], name.start, name.start + found.start())


_LABEL = re.compile(rf"[ \t]*[^\W\d_]{{3,20}}(?:[ ][^\W\d_]{{2,16}}){{0,2}}[:：][ ](?=[{names.ANY_UPPER}])")
"""A second label inside of a value: "Razón social: X"."""


def trim(page: Page, start: int, end: int) -> Span | None:
    """The name at a place without what its bearer is, its address and the stop of its sentence; None where none is left."""
    start += organisations.titled(page.text[start:end])
    if labelled := _LABEL.match(page.text, start, end):
        start = labelled.end()
    if (sort := _SORT.match(page.text, start, end)) and re.search(rf"\s{names.LEGAL}\s*$", page.text[start:end]):
        start = sort.end()
    start += len(_open_quote(page.text[start:end]))
    if trade := _opener().match(page.text, start, end):
        start = trade.end()
    words = page.text[start:end].rstrip(" \t,;:|/(（")
    words = _CASE_BEHIND.sub("", words)
    words = _DEPARTMENT.split(words)[0]
    words = _role_behind().split(words)[0]
    words = _ADDRESS_BEHIND.split(words)[0]
    if town := _TOWN_BEHIND.match(words) or _HINDI_TOWN_BEHIND.match(words):
        words = town["name"]
    if words.endswith(".") and not names.DOTTED.search(words):
        words = words[:-1]
    if re.search(
        r"(?:\b(?:Inc|Ltd|Co|Corp|Bhd|Cía)|\b[A-Z]\.[A-Z]|\b[Ss]\.\s?(?:r\.\s?[lo]|p\.\s?A|n\.c|a\.s)|\bo\.o)$", words
    ) and re.match(r"\.(?:\s*[(,\"“„a-z]|\s*$|\s)", page.text[start + len(words) :][:8]):
        words += "."
    words = _whole(page, start, words)
    span = page.folded.raw_span(start, start + len(words))
    return span if len(span.value) > 1 and len(span.value) <= 100 and "@" not in span.value else None
