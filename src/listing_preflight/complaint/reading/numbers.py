"""Numbers of rights: what they are, which office the text says, which offices their form would fit; no office is ever made up."""

import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.reading.page import Page

NUM = r"(?:[0-9]{2}/[0-9]{3},[0-9]{3}|(?:30|36)20[0-9]{2}[0-9]{9}|[0-9]{1,2}/[0-9]{4}/[0-9]{4,8}|(?:40|41)-[0-9]{7,8}|[RM]\.?[0-9]{5,7}|(?:19|20)[0-9]{2}[ /][0-9]{5,6}|(?:10|20|30|39) ?[0-9]{4}(?: [0-9]{3}){2}|[0-9]{9}-[0-9]{4}|[0-9]{1,3}(?:[ ,.'’][0-9]{3})+|[0-9]{5,15})(?![0-9*xX]|[,.][0-9])"
_OFFICE = r"(?:EUTM|CTM|RCD|EM|EU|GB|UK|DE|FR|IT|ES|US|IR|WO|CN|JP|KR|BX|MX|CA|AU|IN|BR|TR|PL|SE)"
_PREFIXED = re.compile(rf"(?<![A-Za-z0-9])(?P<office>{_OFFICE})(?:[ -]?(?:No\.?|Nr\.?))?[ .:-]{{0,2}}(?P<number>{NUM})")
_VALUE = re.compile(rf"(?<![0-9A-Za-z*./])(?:(?P<office>{_OFFICE})[ .:-]{{0,2}})?(?P<number>{NUM})")
_TRIGGER = re.compile(
    r"(?i)(?:registrations?|registered(?: under)?|reg\.?|registration certificate|serial|application|trade ?marks?|marks?|patents?|"
    r"certificates?|eingetragen\w*|register|enregistré\w*|registrad[ao]|registrat[ao]|design|modèle|under)"
    r"(?:[ ]+(?:no|nos|nr|numbers?|num|number|n[°ºo]|nummer|numéro|número|numero|the numbers?|unter der nummer|der nummer)\.?)"
    r"[ :：#]*(?=[A-Z]{0,4} ?[0-9])|(?i:the numbers?|\bnr\.|\bn[°º]\s?|\bno\.|\bn\.)[ :]*(?=[0-9])"
)
_MORE = re.compile(rf"\s*(?:,|;|/|&|and|und|et|y|e|及|、|和)\s*(?=(?:{_OFFICE}[ -]?)?[0-9])")
_OWN_FORM: Mapping[str, tuple[str, str, str]] = {
    # pattern → type, office: numbers whose form alone tells what they are
    r"(?<![A-Za-z0-9])(?:VAu|VA|TXu|TX|PAu|PA|SRu|SR)[ -]?(?:[0-9]-[0-9]{3}-[0-9]{3}|[0-9]{3}-[0-9]{3}|[0-9]{6,10})(?![0-9*])": ("copyright", "US", ""),
    r"国作登字-[0-9]{4}-[A-Z]-[0-9]{6,10}": ("copyright", "CN", ""),
    r"(?<![0-9])[0-9]{2}-RTPI-[0-9]{3,6}(?:\.[0-9]+)?/[0-9]{4}": ("copyright", "ES", ""),
    r"(?<![A-Za-z0-9])USD[ ]?[0-9]{1,3}(?:,?[0-9]{3})+(?:[ ]?S[0-9]?)?(?![0-9])": ("design", "US", ""),
    r"(?<![A-Za-z0-9])(?:US[ ]?)?D[ ]?(?:[0-9]{3},[0-9]{3}|[0-9],?[0-9]{3},?[0-9]{3}|[0-9]{6})(?:[ ]?S[0-9]?)?(?![0-9,])": ("design", "US", ""),
    r"(?<![A-Za-z0-9])DM[ ]?/[ ]?[0-9]{6}": ("design", "WO", ""),
    r"(?<![0-9])[0-9]{9}-[0-9]{4}(?![0-9])": ("design", "EM", ""),
    r"(?<![A-Za-z0-9])(?:US[ ]?)?[0-9]{1,2},?[0-9]{3},?[0-9]{3}[ ]?B[12](?![0-9A-Za-z])": ("patent", "US", ""),
    r"(?<![A-Za-z0-9])EP[ ]?[0-9]{1,3}(?:[ ]?[0-9]{3}){2}(?:[ ]?[AB][1-3])?": ("patent", "EP", ""),
    r"(?<![0-9-])4[01]-[0-9]{7}(?![0-9-])": ("trademark", "KR", ""),
    r"(?<![A-Za-z0-9])M[0-9]{7}(?![0-9])": ("trademark", "ES", ""),
    r"(?<![A-Za-z0-9])IDM[0-9]{9}": ("trademark", "ID", ""),
    r"(?<![A-Za-z0-9])TMA[0-9]{3},?[0-9]{3,4}": ("trademark", "CA", ""),
    r"(?<![A-Za-z0-9])UK0000[0-9]{7}(?![0-9xX*])|(?<![A-Za-z0-9])UK00[89][0-9]{8}(?![0-9xX*])": ("trademark", "GB", ""),
    r"(?<![0-9/])[0-9]{2}/[0-9]{3},[0-9]{3}(?![0-9])": ("trademark-application", "US", ""),
    r"(?<![A-Za-z0-9])ZL[ ]?[0-9]{12}(?:\.[0-9X])?": ("patent", "CN", ""),
}  # fmt: skip
_EAST = re.compile(r"(?:(?:商標|意匠|特許)?登録)?第?\s*([0-9]{6,9})\s*[号號]")
_KINDS = (
    ("utility-model", r"utility model|gebrauchsmuster|实用新型|實用新型|実用新案"),
    ("design", r"design|geschmacksmuster|dessin|modèle|disegno|diseño|意匠|外观设计|外觀設計|desain"),
    ("patent", r"patent|brevet|brevetto|特許|专利|專利"),
    (
        "copyright",
        r"copyright|urheber|droits? d.auteur|diritt[oi] d.autore|derechos? de autor|著作|版权|版權|hak cipta",
    ),
)


_MARKS = ("trademark", r"trade ?mark|marke|marque|marchio|marca|商标|商標|merek|merk|\bIR\b|EUTM")


class Number(NamedTuple):
    """A number of a right: `office` is None unless the text says it."""

    type: str
    office: str | None
    value: str
    written: Span
    candidates: tuple[str, ...] = ()


def find(page: Page) -> list[Number]:
    """All numbers of rights, in the order of the text, each once."""
    found = [*_by_form(page), *_labelled(page), *_in_prose(page), *_eastern(page)]
    ids = [(p.start, p.end) for p in page.labelled("complaint_id") if not p.fields & {"number"}]
    out: list[Number] = []
    for one in sorted(found, key=lambda n: (n.written.start, -(n.written.end - n.written.start))):
        plain = _plain(one.written.value)
        if any(one.written.start < o.written.end and o.written.start < one.written.end for o in out):
            continue
        if any(_plain(o.written.value) == plain or o.value == one.value for o in out):
            continue
        if any(
            page.folded.at[a] <= one.written.start < page.folded.at[min(b, len(page.folded.at) - 1)] for a, b in ids
        ):
            continue
        out.append(one)
    return [_placed(page, one, out) for one in out]


def _by_form(page: Page) -> Iterator[Number]:
    for pattern, (kind, office, _) in _OWN_FORM.items():
        for m in re.finditer(pattern, page.text):
            if _in_address(page.text, m.start()):
                continue
            span = page.folded.raw_span(*m.span())
            yield Number(_chinese_kind(span.value, kind), office, normal(page.text[slice(*m.span())], kind), span)


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
    for pair in page.labelled("number", "mark", but="complaint_id"):
        for m in _VALUE.finditer(page.text, pair.start, pair.end):
            if m.end() <= pair.end:
                yield _number(page, m, pair.label)


def _in_prose(page: Page) -> Iterator[Number]:
    for m in _PREFIXED.finditer(page.text):
        if not _in_address(page.text, m.start()) and not _other(page, m.start()):
            yield _number(page, m, "")
    for trigger in _TRIGGER.finditer(page.text):
        at, office = trigger.end(), None
        while (one := _VALUE.match(page.text, at)) and not _other(page, one.start()):
            found = _number(page, one, page.text[max(0, trigger.start() - 40) : trigger.end()])
            office = found.office or office  # the numbers of one list are of one office
            yield found._replace(office=office)
            more = _MORE.match(page.text, one.end())
            if more is None:
                break
            at = more.end()


_FOREIGN = re.compile(
    r"(?i)(?:objet|oggetto|objeto|oferta|ofert|annonce|anuncio|publicación|angebot|inserzione|order|invoice|rechnung|bestell\w*|phone|tel|fax|vat|ust\w*|account|konto|postcode|zip|case|complaint|item|artikel|asin|sku|eur\b|usd\b|"
    r"section|art\.?|article|hrb|company|handelsregister)[\w. -]{0,14}(?:no|nr|id|number|nummer|n)?[.°º]?[ :#-]*$"
)


def _other(page: Page, at: int) -> bool:
    """Whether the words before a number say that it is of something else."""
    return bool(_FOREIGN.search(page.text[max(0, at - 32) : at]))


def _eastern(page: Page) -> Iterator[Number]:
    """第…号 and 登録第…号, where the words around speak of a mark, design or patent."""
    for m in _EAST.finditer(page.text):
        if not re.search(r"商标|商標|登録|意匠|专利|特許|注册|註冊", page.text[max(0, m.start() - 20) : m.end() + 20]):
            continue
        if _other_label(page, m.start()):
            continue
        whole = "登録" in m.group()
        written = page.folded.raw_span(*m.span() if whole else m.span(1))
        yield Number(_kind(page, m.start(), m.group()), None, m.group(1), written)


def _other_label(page: Page, at: int) -> bool:
    return any(p.start <= at < p.end for p in page.labelled("complaint_id", but="number"))


def _number(page: Page, m: re.Match[str], label: str) -> Number:
    kind = _kind(page, m.start(), label)
    written = page.text[m.start("number") : m.end()]
    if (kind == "trademark" and re.fullmatch(r"[0-9]{2}/[0-9]{3},[0-9]{3}", written)) or (
        kind == "trademark"
        and re.fullmatch(r"[0-9]{8}", written)
        and re.search(r"(?i)serial|application", page.text[max(0, m.start() - 30) : m.start()])
    ):
        kind = "trademark-application"
    prefix = m.group("office")
    office = {"EUTM": "EM", "CTM": "EM", "RCD": "EM", "EU": "EM", "UK": "GB", "IR": "WO"}.get(prefix or "", prefix)
    keep = m.start() if prefix and prefix not in ("EUTM", "CTM", "RCD", "IR") else m.start("number")
    return Number(kind, office or _said(page, m, label), normal(written, kind), page.folded.raw_span(keep, m.end()))


def _kind(page: Page, at: int, label: str) -> str:
    first, _last = page.sentence(at, at)
    for words in (label, page.text[max(first, at - 45) : at], page.text[first:at]):
        said = [
            (m.end(), kind) for kind, pattern in (*_KINDS, _MARKS) for m in re.finditer(pattern, words, re.IGNORECASE)
        ]
        if said:
            return max(said)[1]  # the word nearest to the number tells
    kinds = {k for k, p in _KINDS if re.search(p, page.text[:at][-1500:], re.IGNORECASE)}
    marks = re.search(r"(?i)trade ?mark|markenr|\bmarke\b|marque|marchio|\bmarca\b|商标|商標|merek|merk", page.text)
    return next(iter(kinds)) if len(kinds) == 1 and not marks else "trademark"


_STOPS = re.compile(r"(?<!No)(?<!Nos)(?<!Reg)(?<!S)(?<!K)(?<!Nr)[.!?]\s+(?=[A-ZÄÖÜ])")
"""Ends of sentences; "Reg. No." and "U.S." end none."""


def _said(page: Page, m: re.Match[str], label: str) -> str | None:
    """The office that stands in brackets behind the number, or before it in its own sentence."""
    if label_office := _office_in(" ".join(re.findall(r"[(（]([^)）]+)[)）]", label)), page, countries=True):
        return label_office
    behind = re.match(r"\s*[(（\[]([^)）\]\n]{1,50})[)）\]]", page.text[m.end() : m.end() + 60])
    if behind and (office := _office_in(behind.group(1), page, countries=True)):
        return office
    line = page.text[max(0, m.start() - 160) : m.start()].rpartition("\n")[2]
    if found := _office_in(line[-24:], page, countries=True, last=True):
        return found
    before = _STOPS.split(line)[-1]
    return _office_in(before, page, countries=False) or _country_before(before)


def _country_before(before: str) -> str | None:
    """A country said right before the number's own words: "U.S. Patent No. …", "US registration …"."""
    found = re.search(
        r"(?<![A-Za-z])(U\.?S\.?A?\.?|U\.K\.|United States(?: of America)?|United Kingdom|European(?: Union| Community)?|UK|EU|German|Canadian|Japanese|Chinese|French|Italian|Benelux|Mexican|British|Australian|美国|中国|日本|欧盟|英国|德国)"
        r"[ ]?(?:federal |utility |design |registered )*(?:trade ?marks?|patents?|design(?: patent)?s?|copyright|serial|reg(?:istration|\.)?|marks?|商标|商標|专利|外观设计)"
        r"[\w .:#-]{0,24}(?:no|nos|nr|number)?\.?[ :#]*$",
        before, re.IGNORECASE,
    )  # fmt: skip
    names = {
        "german": "DE", "canadian": "CA", "japanese": "JP", "chinese": "CN", "french": "FR", "italian": "IT", "benelux": "BX",
        "mexican": "MX", "british": "GB", "australian": "AU", "uk": "GB", "u.k.": "GB", "united kingdom": "GB", "european": "EM", "european union": "EM", "european community": "EM", "eu": "EM", "美国": "US", "中国": "CN", "日本": "JP",
        "欧盟": "EM", "英国": "GB", "德国": "DE",
    }  # fmt: skip
    return names.get(found.group(1).casefold(), "US") if found else None


@functools.cache
def _office_names() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = data("offices.yaml")
    return tuple(
        (re.compile(_bounded(n), re.IGNORECASE if len(n) > 8 else 0), o)
        for o, names in table["names"].items()
        for n in names
    )


@functools.cache
def _country_names() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = data("offices.yaml")
    return tuple((re.compile(_bounded(n)), o) for o, names in table["countries"].items() for n in names)


def _bounded(name: str) -> str:
    return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])"


def _office_in(words: str, page: Page, *, countries: bool, last: bool = False) -> str | None:
    """The office named last in some words; `last`: right at their end."""
    names = (*_office_names(), *(_country_names() if countries else ()))
    hits = [(m.end(), len(m.group()), office) for p, office in names for m in p.finditer(words)]
    for name, by_language in data("offices.yaml")["ambiguous"].items():
        hits += [(m.end(), len(name), by_language.get(page.language, "")) for m in re.finditer(_bounded(name), words)]
    if last:
        hits = [h for h in hits if not re.search(r"\w", words[h[0] :])]
    return max(hits)[2] or None if hits else None


def _placed(page: Page, one: Number, others: list[Number]) -> Number:
    """A number with its candidates; the only office that the whole notice names is its office where its form fits."""
    named = {o for p, o in _office_names() if p.search(page.text)}
    named |= {
        by.get(page.language, "")
        for n, by in data("offices.yaml")["ambiguous"].items()
        if re.search(_bounded(n), page.text)
    }
    named -= {""}
    told = {n.office for n in others} - {None}
    shapes = data("offices.yaml")["forms"]
    fits = tuple(o for o in sorted(shapes) if one.type.startswith("trademark") and re.fullmatch(shapes[o], one.value))
    office = one.office
    if office is None and one.type.startswith("trademark") and len(named) == 1 and not told - named:
        only = next(iter(named))
        office = only if only not in shapes or only in fits else None
    return one._replace(office=office, candidates=(office,) if office else fits)


def normal(written: str, kind: str) -> str:
    """A number as registers are asked for it: no separators, no kind code, US copyrights folded, US designs with D."""
    if found := re.fullmatch(r"(VAu|VA|TXu|TX|PAu|PA|SRu|SR)[ -]?([0-9-]+)", written):
        return found.group(1) + found.group(2).replace("-", "").zfill(10)
    if found := re.fullmatch(r"(?:US)?[ ]?D[ ]?([0-9,]+)(?:[ ]?S[0-9]?)?", written):
        return "D" + found.group(1).replace(",", "")
    if kind == "patent" and (found := re.fullmatch(r"(?:US)?[ ]?([0-9,]+)[ ]?B[12]", written)):
        return found.group(1).replace(",", "")
    if written.startswith("ZL"):
        return re.sub(r"\D", "", written.partition(".")[0])
    if found := re.fullmatch(r"([RM])\.?([0-9]{5,7})", written):
        return f"{found[1]}.{found[2]}" if found[1] == "R" else written
    if re.search(r"[A-Za-z一-鿿]{2}", written):
        return written.replace(" ", "")
    return re.sub(r"[^0-9]", "", written)


def _plain(value: str) -> str:
    return re.sub(r"\D", "", value).lstrip("0")
