"""Numbers of rights: what they are, which office the text says, which offices their form would fit; no office is ever made up."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.reading import offices
from listing_preflight.complaint.reading.number_forms import (
    NAMED,
    NUM,
    OFFICE,
    OWN,
    PREFIXED,
    PREFIXES,
    VALUE,
    normal,
    plain,
)
from listing_preflight.complaint.reading.offices import FIGURES
from listing_preflight.complaint.reading.page import Page

_TRIGGER = re.compile(
    r"(?i)(?:registrations?|registered(?: under)?|reg\.?|registration certificate|serial|application|trade ?marks?|marks?|patents?|"
    r"certificates?|eingetragen\w*|register|enregistré\w*|registrad[ao]|registrat[ao]|design|modèle|under)"
    r"(?:[ ]+(?:no|nos|nr|numbers?|num|number|n[°ºo]|nummer|numéro|número|numero|the numbers?|unter der nummer|der nummer)\.?)"
    r"[ :：#]*(?=[A-Z]{0,4} ?[0-9])|(?i:the numbers?|\bnr\.|\bn[°º]\s?|\bno\.|\bn\.)[ :]*(?=[0-9])"
)
_MORE = re.compile(rf"\s*(?:,|;|/|&|and|und|et|y|e|i|及|、|和|と)\s*(?=(?:{OFFICE}[ -]?)?[0-9])")
_EAST = re.compile(
    r"(?:(?:商標|意匠|特許|国際|実用新案)?登録(?:商標|意匠|実用新案)?|등록)?[ ]?[第제]?\s*([0-9]{6,9})\s*[号號호]"
)


_LONGEST_SIGN = 70
"""Letters of a labelled value that is a sign; a longer one is told in sentences."""


class Number(NamedTuple):
    """A number of a right: `office` is None unless the text says it."""

    type: str
    office: str | None
    value: str
    written: Span
    candidates: tuple[str, ...] = ()


def find(page: Page) -> list[Number]:
    """All numbers of rights, in the order of the text, each once."""
    found = [*_by_form(page), *_by_name(page), *_labelled(page), *_in_prose(page), *_eastern(page), *_beside(page)]
    ids = [
        (p.start, p.end)
        for p in page.labelled("complaint_id")
        if not p.fields & {"number"} and p.end - p.start <= _LONGEST_SIGN
    ]
    out: list[Number] = []
    end, seen = -1, dict[str, int]()
    for one in sorted(found, key=lambda n: (n.written.start, -(n.written.end - n.written.start))):
        digits = plain(one.written.value)
        if one.written.start < end:
            continue
        if (place := seen.get(digits, seen.get(one.value))) is not None:
            end = one.written.end  # told again: no part of it is another
            if out[place].office is None and one.office:
                out[place] = out[place]._replace(office=one.office)
            continue
        if any(
            page.folded.at[a] <= one.written.start < page.folded.at[min(b, len(page.folded.at) - 1)] for a, b in ids
        ):
            continue
        out.append(one)
        end = one.written.end
        seen |= {digits: len(out) - 1, one.value: len(out) - 1}
    return _placed(page, out)


def _by_form(page: Page) -> Iterator[Number]:
    for pattern, (kind, office) in OWN.items():
        for m in re.finditer(pattern, page.text):
            if _in_address(page.text, m.start()):
                continue
            span = page.folded.raw_span(*m.span())
            value = normal(page.text[slice(*m.span())], kind)
            told = office if _is_told(page, m, office) else None
            yield Number(_chinese_kind(span.value, kind), told, value, span, () if told else (office,))
            more = _SISTER.match(page.text, m.end()) if kind == "design" and office in _SISTERS else None
            while more:
                yield Number(
                    kind,
                    office,
                    value[: _SISTERS[office]] + more["last"].lstrip("-"),
                    page.folded.raw_span(*more.span("last")),
                )
                more = _SISTER.match(page.text, more.end())


_LETTERED = re.compile(r"(?:US|EP|DE|UK|BX|BR|DM|ZL|VAu?|TXu?|PAu?|SRu?|TMA|LMC|NC)(?![a-z])|.作登字|[0-9]{2}-RTPI")
"""Forms that begin with an office's own letters, by which it is named."""


def _is_told(page: Page, m: re.Match[str], office: str) -> bool:
    """Whether the notice names the office that a number's form is of: in its letters, beside it or anywhere."""
    return bool(
        _LETTERED.match(m.group())
        or office in (offices.said(page, *m.span(), ""), offices.labelled(page))
        or office in offices.named(page)
    )


_SISTERS = {"EM": 9, "DE": 12}
"""Figures of a registration of several designs, before the four of each."""
_SISTER = re.compile(r"\s*(?:,|;|/|&|and|und|et|e|y|en|i|och|ve|及|と)\s*(?P<last>-?[0-9]{4})(?![0-9])")
"""A further design of one registration: "015 098 842-0003 und -0004"."""


def _by_name(page: Page) -> Iterator[Number]:
    """Forms that several things share, where the name of the right stands before them."""
    for pattern, (words, kind, office) in NAMED.items():
        for m in re.finditer(pattern, page.flow):
            first, _last = page.sentence(m.start(), m.end())
            first = (
                page.flow.rfind("\n", 0, max(first - 1, 0)) + 1
            )  # the kind of a labelled right stands on the line above
            if re.search(words, page.flow[max(first, m.start() - 160) : m.start()]):
                value = normal(page.text[slice(*m.span())], kind)
                yield Number(kind, office or offices.said(page, *m.span(), ""), value, page.folded.raw_span(*m.span()))


def _chinese_kind(value: str, kind: str) -> str:
    """A Chinese patent number tells by its fifth digit what it is of: 1 invention, 2 utility model, 3 design."""
    if value.startswith("ZL"):
        digit = re.sub(r"\D", "", value)[4:5]
        return {"2": "utility-model", "3": "design"}.get(digit, kind)
    return kind


def _in_address(text: str, at: int) -> bool:
    start = max(text.rfind(c, 0, at) for c in " \n\t<(")
    return "://" in text[start:at] or "@" in text[start:at]


def _labelled(page: Page) -> Iterator[Number]:
    for pair in page.labelled("number", "mark", "kind", but="complaint_id"):
        for m in VALUE.finditer(page.text, pair.start, pair.end):
            if m.end() <= pair.end and not _is_counted(page, m):
                yield _number(page, m, pair.label)


def _in_prose(page: Page) -> Iterator[Number]:
    for m in PREFIXED.finditer(page.text):
        if len(plain(m["number"])) > 5 and not _in_address(page.text, m.start()) and not _other(page, m.start()):
            yield _number(page, m, "")
    for trigger in _TRIGGER.finditer(page.text):
        label = page.text[max(0, trigger.start() - 40) : trigger.end()]
        yield from _listed(page, VALUE.match(page.text, trigger.end()), label)


def _listed(page: Page, one: re.Match[str] | None, label: str) -> Iterator[Number]:
    """A number and those that follow it in one list, which are of one office."""
    office = None
    if one and len(plain(one["number"])) < _FEWEST:
        return
    while one and not _other(page, one.start()) and not _is_counted(page, one):
        found = _number(page, one, label)
        office = office if found.office is None else found.office
        yield found._replace(office=office)
        more = _MORE.match(page.text, one.end())
        one = VALUE.match(page.text, more.end()) if more else None


_FOREIGN = re.compile(
    r"(?i)(?:(?<!\w)(?:EN|ISO|IEC|DIN|ASTM|vat|tel|fax|zip|sra|iban|mrn|case|item|inn|cin|abn|acn|krs|oib|asin|sku)|objet|oggetto|objeto|oferta|ofert|annonce|anuncio|publicación|angebot|inserzione|order|invoice|rechnung|bestell\w*|phone|ust\w*|eori|sendung\w*|tracking|account|konto|postcode|complaint|artikel|eur\b|usd\b|"
    r"section|art\.?|article|england|wales|hrb|company|handelsregister|immatricul\w*|r\.?c\.?s\.?(?: (?:de|du|d.)?[ ]?[\w-]+)?|siren|siret|cégjegyzék\w*|adószám\w*|y-tunnus|org\.? ?nr|kvk|огрн\w*|инн|еик|булстат|ičo)[\w. -]{0,14}(?:no|nr|id|number|nummer|n)?[.°º]?[ :#-]*$"
)


def _other(page: Page, at: int) -> bool:
    """Whether the words before a number, or its form on this platform, say that it is of something else."""
    listed = any(p.match(page.text, at) for p in page.form.listing_ids) if page.form else False
    if listed and offices.is_named_before(page, at):
        listed = False  # an item's number may have as many digits as a mark's
    return listed or bool(_FOREIGN.search(page.text[max(0, at - 32) : at]))


def _is_counted(page: Page, m: re.Match[str]) -> bool:
    """Whether a number is an amount of money or part of a telephone number."""
    before = page.text[max(0, m.start() - 8) : m.start()]
    return bool(_words()["money"].match(page.text, m.end())) or bool(
        re.search(r"[€$£¥+]\s?$|\+[0-9 ()-]+$|\([0-9]{2,4}\) ?$", before)
    )


@functools.cache
def _words() -> dict[str, re.Pattern[str]]:
    table = data("rights.yaml")
    kinds = "|".join(table["kinds"].values())
    made = {
        name: re.compile(table[name], re.IGNORECASE) for name in ("registered", "pending", "other", "money", "class")
    }
    return made | {
        "right": re.compile(f"{kinds}|{table['registered']}", re.IGNORECASE),
        "numbered": re.compile(rf"(?<!\w){table['numbered']}\s*$", re.IGNORECASE),
    }


_AFTER = re.compile(
    r"\s*(?:tescil\s)?(?:sayılı|numaralı|nolu)\s[^\n.0-9]{0,30}(?:tescil|marka|patent|tasarım|başvuru)|\s(?:laj(?:strom)?\.?\s?szám\w*|lajstromozott|(?:rekisteri|nyilvántartási )?szám(?:on|ú|mal))|\s*[号號]\s?(?:商标|商標|专利|專利|註冊|注册)"
)
"""The name of a right behind its number."""
_NEAR = 60
"""Characters between the name of a right and its number, where no word like "number" stands before it."""


def _beside(page: Page) -> Iterator[Number]:
    """Numbers beside the name of a right or of an office, with nothing else between that they could be of."""
    taken: list[tuple[int, int]] = []  # a number that was read parts no other from its word
    for m in VALUE.finditer(page.flow):
        if (
            len(plain(m["number"])) < (5 if _is_called(page, m.start()) else 6)
            or _is_counted(page, m)
            or _in_address(page.text, m.start())
        ):
            continue
        if _other(page, m.start()) or _other_label(page, m.start()) or not _is_of_right(page, m, taken[-8:]):
            continue
        taken.append(m.span())
        yield from _listed(page, VALUE.match(page.flow, m.start()), "")


_NUMBERED = 24
"""Characters before a number in which a word like "number" stands."""
_FEWEST = 5
"""Figures of a number of a right that only a word tells: fewer count pieces."""


def _is_called(page: Page, at: int) -> bool:
    """Whether the name of a right and a word like "number" stand right before a place."""
    return _calls_number(page.flow[max(0, at - 40) : at].translate(FIGURES))


@functools.lru_cache(maxsize=1 << 12)
def _calls_number(before: str) -> bool:
    """The same of some words, whose figures are noughts: thousands of numbers stand behind the same ones."""
    numbered = _words()["numbered"].search(before)
    if numbered is None:
        return any(not before[m.end() :].strip() for m in _words()["right"].finditer(before))
    return any(not before[m.end() : numbered.start()].strip() for m in _words()["right"].finditer(before))


def _is_of_right(page: Page, m: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    words, at = _words(), m.start()
    if _AFTER.match(page.flow, m.end()):
        return True
    first, _last = page.sentence(at, at)
    first = max(first, at - 240)
    before = page.flow[first:at]
    for start, end in taken:
        if start >= first:
            before = before[: start - first] + " " * (end - start) + before[end - first :]
    right, foreign = _last_words(before.translate(FIGURES))
    if offices.is_row(page, at) and foreign < 0:
        return True
    if right < 0 or right < foreign:
        return False
    between = words["class"].sub(lambda c: " " * len(c.group()), before)[right:]
    near = len(between.strip()) <= _NEAR or bool(words["numbered"].search(before[-_NUMBERED:]))
    return near and not re.search(r"[0-9]{5}", re.sub(r"[ .,]", "", between))


@functools.lru_cache(maxsize=1 << 14)
def _last_words(before: str) -> tuple[int, int]:
    """Where the last word for a right or office ends in some words, and the last one for anything else; -1 where none stands."""
    words = _words()
    before = words["class"].sub(lambda c: " " * len(c.group()), before)
    rights = [*(m.end() for m in words["right"].finditer(before)), *offices.ends(before)]
    return max(rights, default=-1), max((m.end() for m in words["other"].finditer(before)), default=-1)


def _eastern(page: Page) -> Iterator[Number]:
    """第…号 and 登録第…号, where the words around speak of a mark, design or patent."""
    for m in _EAST.finditer(page.text):
        around = page.text[max(0, m.start() - 20) : m.end() + 20]
        if not re.search(r"商标|商標|登録|意匠|专利|特許|注册|註冊|등록|상표|디자인", around):
            continue
        if _other_label(page, m.start()):
            continue
        whole = "登録" in m.group()
        written = page.folded.raw_span(*m.span() if whole else m.span(1))
        office = "WO" if m.group().startswith("国際") else offices.before(page, m.start(1))
        yield Number(_kind(page, m.start(), m.group()), office, m.group(1), written)


def _other_label(page: Page, at: int) -> bool:
    return any(
        ("complaint_id" not in p.fields or p.end - p.start <= _LONGEST_SIGN)
        and p.fields & _ELSEWHERE
        and not p.fields & {"number", "mark"}
        for p in page.pairs_at(at)
    )


_ELSEWHERE = frozenset({"complaint_id", "listing", "contact", "recipient", "title"})


def _number(page: Page, m: re.Match[str], label: str) -> Number:
    kind = _kind(page, m.start(), label)
    written = page.text[m.start("number") : m.end()]
    if kind == "trademark" and (re.fullmatch(r"[7-9][0-9]/[0-9]{3},[0-9]{3}", written) or _is_pending(page, m)):
        kind = "trademark-application"
    prefix: str | None = m.group("office")
    office = PREFIXES.get(prefix, prefix) if prefix else None
    keep = m.start() if prefix and prefix not in ("EUTM", "CTM", "RCD", "IR") else m.start("number")
    office = office or offices.said(page, m.start(), m.end(), label)
    if kind == "patent" and office == "EM":
        office = "EP"  # no register of the Union holds patents
    if kind == "copyright" and office == "US" and written[0].isdigit():
        kind = "trademark"  # its register of copyrights writes letters before the digits
    return Number(kind, office, normal(written, kind), page.folded.raw_span(keep, m.end()))


def _is_pending(page: Page, m: re.Match[str]) -> bool:
    """Whether the word of registering that stands nearest before a number is one of applying."""
    words, before = _words(), page.flow[max(0, m.start() - 40) : m.start()]
    pending = max((p.end() for p in words["pending"].finditer(before)), default=-1)
    return pending >= 0 and not re.search(
        r"(?i)regist(?:ered|rat)|eingetragen|ingeschreven|zarejestr", before[pending:]
    )


def _kind(page: Page, at: int, label: str) -> str:
    first, last = page.sentence(at, at)
    text = offices.without_institutions(page.flow)
    behind = _BEHIND.match(text, at) if page.language == "tr" else None
    if behind and (told := _nearest_kind(behind["words"].translate(FIGURES))) is not None:
        return told  # Turkish names the right behind its number
    for words in (offices.without_institutions(label), text[max(first, at - 45) : at], text[first:at]):
        if (told := _nearest_kind(words.translate(FIGURES))) is not None:
            return told
    if _words()["class"].search(page.flow[first:last]):
        return "trademark"  # goods and services have classes
    return _only_kind(page.text[max(0, at - 1500) : at].translate(FIGURES)) or "trademark"


_BEHIND = re.compile(r"[0-9][0-9 /.-]*(?P<words>(?:sayılı|numaralı|nolu|tescil)[^.,;0-9\n]{0,70})")


@functools.lru_cache(maxsize=1 << 14)
def _nearest_kind(words: str) -> str | None:
    """The right that stands last in some words: the word nearest to the number tells."""
    table = data("rights.yaml")["kinds"].items()
    said = [(m.end(), len(m.group()), kind) for kind, p in table for m in re.finditer(p, words, re.IGNORECASE)]
    return max(said)[2] if said else None


@functools.lru_cache(maxsize=1 << 10)
def _only_kind(words: str) -> str | None:
    """The one right other than a mark that some words speak of."""
    table = data("rights.yaml")["kinds"]
    told = [kind for kind, p in table.items() if re.search(p, words, re.IGNORECASE)]
    return told[0] if len(told) == 1 and told[0] != "trademark" else None


def _placed(page: Page, found: list[Number]) -> list[Number]:
    """Numbers with their candidates; the only office that the whole notice names is that of a number whose form fits."""
    told = {n.office for n in found} - {None, ""}
    named = offices.named(page) - (told & {"WO"})  # who says it beside its number says it for no other
    labelled = offices.labelled(page)
    left = named - told
    bare = [n for n in found if n.office is None]
    only = labelled or (next(iter(named)) if len(named) == 1 and not told - named else None)
    only = only or (next(iter(left)) if len(left) == 1 and len(bare) == 1 and told else None)
    return [_with_office(one, only) for one in found]


def _with_office(one: Number, only: str | None) -> Number:
    shapes, mark = data("offices.yaml")["forms"], one.type.startswith("trademark")
    fits = tuple(o for o in sorted(shapes) if mark and re.fullmatch(shapes[o], one.value))
    office = one.office
    if office is None and only and (only in fits or only not in shapes or not mark):
        office = only if mark or one.type in ("copyright", "design") else None
    return one._replace(office=office or None, candidates=(office,) if office else one.candidates or fits)


__all__ = ["NUM", "Number", "find"]
