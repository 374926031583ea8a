"""The complaint's own numbers: labelled, or named in a sentence; a lawyer's file and a court's case are such numbers too."""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says
from listing_preflight.complaint.lexicon import words as words_of
from listing_preflight.complaint.mail_heads import head
from listing_preflight.complaint.reading.number_forms import OWN
from listing_preflight.complaint.reading.page import HIDDEN, Page

_COURT_FILE = r"(?:[0-9]{1,3}[a-z]?|[IVXL]{1,6}) [A-Z][A-Za-z]{0,3} [0-9]{1,5}/(?:[12][0-9])?[0-9]{2}(?![0-9])"
_SLAVIC_FILE = r"(?:[0-9]{1,2}[ ])?(?:[А-ЯЂЈЉЊЋЏ]|[A-ZĐŽĆČŠ])[А-Яа-яA-Za-zЂЈЉЊЋЏ]{0,3}[0-9]{0,2}\.?[ ](?:бр|br)\.[ ]?[0-9]{1,6}/(?:[12][0-9])?[0-9]{2}(?![0-9])"
"""A court's file as Serbian papers head it: "П4 бр. 118/2026", "P. br. 22/26"."""
_SCRIPT = r"(?=[^\s]{0,60}[0-9])(?:[Ͱ-ӿ԰-ۿ]{1,4}[-/.])?[0-9]{2,8}(?:[-/.][0-9Ͱ-ӿ԰-ۿ]{1,8}){1,3}|(?:[Ͱ-ӿ԰-ۿ]{1,4})(?:[-/.][0-9Ͱ-ӿ԰-ۿ]{1,10}){1,3}"
"""A file's sign with letters of a script other than the Latin: "РЦ-2026-77", "2026/ΚΣ-201", "118-ГП"."""
_ID = re.compile(
    rf"[#\s]*({_COURT_FILE}"
    r"|(?:(?:[A-Z]|[A-Z][A-Za-z]*-?[A-Z]{2,}|[가-힣]{2,8}) (?=[0-9]))?[（(]?[\w一-鿿/.:()（）-]*[0-9][\w一-鿿/.:()（）-]*"
    r"(?:[ ][A-Z]{2}-[A-Z]{2}(?!\w)|[ ][A-Z]?[0-9][\w/.-]*)?)"
)
_IN_PROSE = re.compile(
    rf"({_COURT_FILE}|(?:(?:[A-Z]{{1,2}}|[A-Z][A-Za-z]*-?[A-Z]{{2,}}) (?=[0-9]))?(?:[A-Z]{{1,5}}#)?[A-Za-z0-9][A-Za-z0-9/().-]{{0,60}}[0-9][A-Za-z0-9/()-]{{0,60}}(?:[ ][A-Z]{{2}}-[A-Z]{{2}}(?!\w))?|{_SCRIPT})(?![\w*█])"
)
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}([./-])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([./-])[0-9]{1,2}\2(?:(?:19|20)?[0-9]{2})|(?:19|20)[0-9]{2}"
)
_OF_TRADE = re.compile(
    r"(?i)(?:invoice|order|purchase|payment|policy|qualification|seller|customer|design|product|item|listing|kunden?|rechnungs?|bestell\w*|factur\w*|commande|ordine|fattur\w*|pedido|zamówieni\w*|faktur\w*)\W*$"
)
_PROSE = re.compile(
    r"(?i)\b(?:complaint|report|claim|case|notice|ticket|reclamación|réclamation|beschwerde|meldung|reclamo|queja)"
    r"(?:[ -]?(?:id|number|no\.?|nummer|nr\.?))?\s*(?:[#:：]|is|lautet|est|es|è)?\s*([0-9]{8,20})(?![0-9*X])"
)
_CHINESE_FILE = re.compile(
    r"[一-鿿]{2,10}[字函]\s?[（(〔\[][0-9]{2,4}[)）〕\]]\s?第\s?[0-9]+\s?[号號]|[（(〔\[][0-9]{4}[)）〕\]]\s?[一-鿿]{2,14}第\s?[0-9]+\s?[号號]|[가-힣]{2,8} ?제? ?[0-9]{4}-[0-9]{1,5} ?호|令和\s?[0-9]+年\s?[（(][一-鿿]{1,3}[)）]\s?第\s?[0-9]+\s?号"
)
_COURT = re.compile(r"(?<!\w)(?:[0-9]{1,2}:[0-9]{2}-(?:cv|cr|mc)-[0-9]{4,6}|D[A-Z]{0,2}20[0-9]{2}-[0-9]{4})(?!\w)")
_BEFORE_LABEL = re.compile(
    r"(?i)(?<![\w/.-])([0-9]{4,8}(?:/[0-9]{1,4})?)\s(?:yevmiye|yev\.)(?:\s(?:no|numara\w*|sayı\w*))?(?!\w)"
)
"""A Turkish notary's number, which stands before its noun."""
_PARTS = re.compile(r"[A-Z]{1,5}(?:[/-][A-Z]{1,6}){1,4}[/-][0-9]{1,3}")
"""A labelled sign of letters with a small number behind them: "RS/OAK/14"."""
_NOT = frozenset({"listing", "number", "contact", "recipient"})


_OF_MAIL = re.compile(r"(?i)(?:msg|message|mail)[-_]?id")
"""What the number of a mail itself begins with."""


def find(page: Page) -> list[Span]:
    """All complaint ids, in the order of the text, each once."""
    labelled, loose = list(_labelled(page)), [*_named(page), *_called(page), *_prose(page), *_headed(page)]
    if labelled and page.platform not in ("letter", "unknown"):
        loose = [s for s in loose if not _is_of_support(page, s)]
    found = [*labelled, *(s for s in loose if not (_is_settled(page, s) or _is_in_list(page, s)))]
    found = found or [*_in_subject(page)] or [*_shaped(page)]
    out: list[Span] = []
    for span in sorted((s for s in found if not _is_telephone(page, s)), key=lambda s: s.start):
        if all(span.value not in o.value for o in out):
            out = [o for o in out if o.value not in span.value]
            out.append(span)
    return out


@functools.cache
def _calls() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{data('mail.yaml')['telephone']})[^\W\d_]{{0,4}}\.?[\s:：(+]{{0,3}}[0-9 ()/+.-]{{0,14}}\Z", re.IGNORECASE
    )


_LOCAL = re.compile(r"\(?0[0-9]{1,4}\)?[-–. /][0-9]{3,4}[-–. ][0-9]{2,4}(?:[-–. ][0-9]{2})?")
"""A telephone's number as it is written inside its country; a case's begins with no nought and has no such groups."""


def _is_telephone(page: Page, span: Span) -> bool:
    """Whether a number is a telephone's: a word for one stands before it, or it has the form of one where nothing calls it a case's."""
    at = bisect_left(page.folded.at, span.start)
    if re.search(r"[^\W\d_]", span.value):
        return False
    if _calls().search(page.text, max(0, at - 40), at) or page.text[max(0, at - 1) : at] == "+":
        return True
    return bool(_LOCAL.fullmatch(span.value)) and not any(
        "complaint_id" in p.fields and says(p.label, "numbered") for p in page.pairs_at(at)
    )


def _is_in_list(page: Page, span: Span) -> bool:
    """Whether a number begins a line, written as the platform writes a listing's and with its name behind it: "1661094438 - Wooden village"."""
    found = re.compile(rf"(?m)^[ \t>*•-]*{re.escape(span.value)}\s[-–—:|]\s\w").search(page.text)
    return found is not None and _is_of_form(page, span.value)


def _labelled(page: Page) -> Iterator[Span]:
    for pair in page.labelled("complaint_id"):
        if pair.fields & _NOT:
            continue
        value = page.text[pair.start : pair.end]
        if (sign := _sign(page, pair.start, pair.end)) is not None:
            yield sign
            continue
        lead = _LED.match(value)
        found = _ID.match(value, lead.end() if lead else 0)
        if (
            not found
            or sum(c.isdigit() for c in found.group(1))
            < (
                1
                if _PARTS.fullmatch(found.group(1))
                else _FEWEST
                if re.search(r"\w[-/]\w", found.group(1))
                else _FEWEST + 1
            )
            or HIDDEN.search(value.split()[0] if value.split() else "")
        ):
            continue
        words = _alone_in_script(found.group(1).rstrip(".:-("))
        if _OF_MAIL.match(words):
            continue
        if _is_of_form(page, words) and not (pair.fields == {"complaint_id"} and says(pair.label, "ticket")):
            continue
        if words.count("(") < words.count(")"):
            words = words.rstrip(")")
        start = pair.start + found.start(1)
        written = bool(re.search(r"[一-鿿]", words))  # a Chinese file number keeps its own brackets
        yield (page.folded.raw_span if written else page.folded.span)(start, start + len(words))


def _is_of_form(page: Page, words: str) -> bool:
    """Whether some words are an id of a listing as the platform writes it."""
    return page.form is not None and any(p.fullmatch(words) for p in page.form.listing_ids)


def _alone_in_script(words: str) -> str:
    """A sign of Latin letters and figures without what another script writes right behind it: "IPR-26-41을", "IPR-26-41をお知らせください"."""
    found = re.match(
        r"[A-Za-z0-9][A-Za-z0-9/_.-]*[A-Za-z0-9](?=[\u0590-\u06ff\u0900-\u097f\u0e00-\u0eff\u3040-\u30ff\uac00-\ud7af])",
        words,
    )
    return found.group() if found else words


_LED = re.compile(r"(?i)\s*[^\W\d_]{3,14}\s(?:(?:no|nr|id|n[°ºo])\.?\s?)?(?=#?[0-9])")
"""A word before the number of a labelled value: "Reference: notice #4410926"."""
_BRACKETED = re.compile(
    r"[\[(（【]\s*(?:[^\W\d_]{1,14}[.:]?\s(?:(?:no|nr|id|n[°ºo])\.?\s?)?)?#?(?P<id>(?:[A-Z]{1,6}[-_/])?[A-Z0-9]*[0-9][A-Z0-9]*(?:[-_/][A-Z0-9]+)*)\s*[\])）】]"
)


def _in_subject(page: Page) -> Iterator[Span]:
    """A sign in brackets in a mail's subject, where the mail gives no other: "Listings removed [#WOP-4471902]"."""
    for line in re.finditer(
        rf"(?mi)^[ \t>]*(?:{head('subject')})\s*[:：][^\n]*",
        page.text,
    ):
        for found in _BRACKETED.finditer(page.text, *line.span()):
            told = found["id"]
            listed = page.form and any(p.fullmatch(told) for p in page.form.listing_ids)
            if (
                sum(c.isdigit() for c in told) >= _FEWEST_BARE
                and not listed
                and not _DATE.fullmatch(told)
                and not says(found.group(), "item")
            ):
                yield page.folded.span(*found.span("id"))


_FEWEST_BARE = 5
"""Figures of a sign in brackets that no word calls a complaint's."""
_SUPPORT = re.compile(
    r"(?i)(?<!\w)(?:case|tickets?|support|fall|caso|chamado|обращени\w*|звернен\w*|ticketnummer|cas|zaak|ärende|sak|sag|kasus|tiket)(?:[ ](?:id|no|nr|number|nummer|№)\.?)?[ :#№]*$"
)


_EARLIER = re.compile(
    r"(?i)(?<!\w)(?:earlier|previous|prior|former|früher\w*|vorherig\w*|vorangegangen\w*|précédent\w*|antérieur\w*|precedent\w*|anterior\w*|previ[oa]s?|eerder\w*|vorige|poprzedni\w*|wcześniejsz\w*|předchozí\w*|predchádzajúc\w*|tidigare|tidligere|aiem\w+|korábbi\w*|önceki|прежн\w+|предыдущ\w+|попередн\w+|предишн\w+|προηγούμεν\w+|sebelumnya|trước đó|ก่อนหน้า)(?!\w)|此前|之前的|以前の|前回の|이전|السابق|הקודמ"
)
_CLOSED = re.compile(
    r"(?i)(?<!\w)(?<!not )(?<!not be )(?<!not been )(?:closed|disposed of|resolved|settled|withdrawn|retracted|another brand|different (?:brand|matter)|abgeschlossen|erledigt|geschlossen|clos|clôtur\w+|classé\w*|chius\w+|archiviat\w+|cerrad\w+|archivad\w+|encerrad\w+|arquivad\w+|gesloten|afgehandeld|zamknięt\w+|zakończon\w+|uzavřen\w+|avslutad?\w*|afsluttet|suljettu|lezárt\w*|închis\w*|kapatıl\w+|kapandı|закрыт\w*|закрит\w*|приключен\w*|ditutup|selesai|đã đóng)(?!\w)|已结|已結|已关闭|已關閉|解決済|終了し|종결|ปิดแล้ว|مغلق|נסגר"
)


def _is_settled(page: Page, span: Span) -> bool:
    """Whether its sentence says of a number that it is of an earlier complaint which is over."""
    at = bisect_left(page.folded.at, span.start)
    first, last = page.sentence(at, at + 1)
    told = page.flow[first:last]
    return bool(_EARLIER.search(told) and _CLOSED.search(told))


def _is_of_support(page: Page, span: Span) -> bool:
    """Whether a number that no label leads to is of a talk with the platform, not of the complaint, whose own number has a label."""
    at = bisect_left(page.folded.at, span.start)
    return bool(_SUPPORT.search(page.text[max(0, at - 30) : at]))


def _headed(page: Page) -> Iterator[Span]:
    """A court's file sign alone on a line near the head of its paper."""
    if not says(page.text[:900], "court"):
        return
    for found in re.finditer(rf"(?m)^[ \t]*({_COURT_FILE}|{_SLAVIC_FILE})[ \t]*$", page.text[:900]):
        yield page.folded.span(*found.span(1))


@functools.cache
def _label() -> re.Pattern[str]:
    names = {n.strip() for n in re.split(r"[;\n]", data("labels.yaml")["complaint_id"])}
    unclear = {n.strip() for n in data("lexicon.yaml")["number of anything"].split(";")}
    words = sorted(
        (n for n in names if len(n) > 1 and n[0].isascii() and (n.isascii() or len(n) > 3) and n not in unclear),
        key=len,
        reverse=True,
    )
    spelled = "|".join(re.escape(w).replace("\\ ", r"\s") for w in words)
    return re.compile(
        rf"(?<![\w-])(?:{spelled})(?!\w)"
        r"[.]?[ ]?(?:(?:n[°ºo]|n\.[°ºo]|nr|no|number|nummer|id)(?!\w)\.?)?[ \t]*[:：#]?[ \t]*(?=[A-Z0-9])",
        re.IGNORECASE,
    )


def _named(page: Page) -> Iterator[Span]:
    """Behind a label without a colon: "Ticket 8801-44", "Aktenzeichen 26/00934-VS", "Our File No. 26-4471"."""
    for label in _label().finditer(page.flow):
        found = _IN_PROSE.match(page.flow, label.end())
        if not found or _OF_TRADE.search(page.text[max(0, label.start() - 24) : label.start()]):
            continue
        words = found.group(1).rstrip(".-(/")
        words = words.rstrip(")") if words.count("(") < words.count(")") else words
        if page.form and any(p.fullmatch(words) for p in page.form.listing_ids):
            continue
        if (sign := _sign(page, found.start(1), len(page.text))) is not None:
            yield sign
            continue
        digits = sum(c.isdigit() for c in words)
        alone = _is_alone(page, label.start(), found.start(1) + len(words))
        fewest = _FEWEST - 1 if alone and words.count("-") > 1 else _FEWEST + 1
        if digits < fewest or _DATE.fullmatch(words) or not (digits > 6 or alone or re.search(_PARTED, words)):
            continue
        yield page.folded.span(found.start(1), found.start(1) + len(words))


def _is_alone(page: Page, start: int, end: int) -> bool:
    """Whether a label and its sign are all that stands on their line: "J.nr. KL 44812"."""
    first, last = page.text.rfind("\n", 0, start) + 1, page.text.find("\n", end)
    return not (page.text[first:start] + page.text[end : last if last >= 0 else None]).strip(" \t.,;:")


_PARTED = r"[/-]|(?<![0-9.,])[0-9]{2,4}\.[0-9]{4}(?![0-9.,])"
"""A sign of two parts: "26/118", "2026.0417"."""
_SIGN = re.compile(r"[^\W_a-z][\w./()-]*(?:[ ](?:[/–—-][ ])?(?:[^\W_a-z][\w./()-]*|[a-z]{1,3}(?!\w)))*")
_DATED = re.compile(
    r"\s(?:от|від|vom|du|del|of|z dnia|din|von|van|av|den|dated|de|ze dne|zo dňa|od|kelt)\s(?=[0-9])", re.IGNORECASE
)
"""What leads to the day of a letter behind its sign."""
_FEWEST = 3
"""Figures of a labelled sign of several parts."""
_OTHER_SCRIPT = re.compile(
    r"^[#\s]*[A-Z0-9][A-Z0-9/_.-]*[0-9]\s?[\u0590-\u06ff\u0900-\u097f\u0e00-\u0eff\u3040-\u30ff\uac00-\ud7af]"
)
"""A sign in Latin letters and figures, on which a sentence of another script goes on."""
_LONGEST_SIGN, _LONGEST_WORD = 34, 4


def _sign(page: Page, start: int, end: int) -> Span | None:
    """A file's sign of several parts, where it is all that stands on the rest of its line: "Z 2214 B – 0881/26", "GA/2026/771"."""
    told = page.text[start:end].split("\n")[0]
    if _OTHER_SCRIPT.search(told):
        return None
    told = re.sub(r"\s[a-zà-ž]{2,3}[.]?$", "", told)  # a particle of the verb: "geben Sie das Aktenzeichen 12/345 an"
    lead = len(told) - len(told.lstrip(" \t#:："))
    told = _DATED.split(told.strip(" \t#:：.,;"))[0]
    parts = told.split(" ")
    if len(told) > _LONGEST_SIGN or not _SIGN.fullmatch(told) or len(parts) < 2 or sum(c.isdigit() for c in told) < 4:
        return None
    if any(len(p) > _LONGEST_WORD and p.isalpha() for p in parts) or re.search(
        r"(?<![0-9])[12][0-9]{3}[-.][0-9]{2}[-.]", told
    ):
        return None
    if not re.search(rf"[–—]|{_PARTED}", told):
        return None
    return page.folded.span(start + lead, start + lead + len(told))


@functools.cache
def _case() -> re.Pattern[str]:
    """A word for a case, a few others and one for its number, and the number: "Zgłoszenie … numerem W-26-4", "신고번호 NV-2026-5"."""
    ending = r"(?:[^\W\d_]{0,4}(?!\w))?"
    return re.compile(
        rf"(?:{words_of('case').pattern}){ending}(?P<gap>(?:[ ](?:[–—-][ ])?[^\W\d_]{{1,18}}){{0,6}}?)[ ]?(?:[–—-][ ])?[.]?[ ]?(?P<numbered>(?:{words_of('numbered').pattern}|(?<=\w)(?:numero|nummer|numer\w?|numeris|szám\w{{0,2}}|nro|nr|br))?)[ ]?[.]?[ \t]*[:：#(（]?[ \t]*"
        r"(?:(?:is|ist|lautet|est|è|es|é|luidt|to|brzmi|je|är|er|on|este|є|е)[ ])?(?P<id>(?:[A-Z]{1,4} )?(?=[^\s]{0,60}[0-9])[^\W_][^\W_]*(?:[-/._][^\W_]+)*)(?![\w*█])",
        re.IGNORECASE,
    )


_REFERENCE = re.compile(r"(?i)r[eé]f[eé]ren|rifer|ref\b|file\b|dossier")
_OURS = re.compile(
    r"(?i)(?<!\w)(?:our|notre|nos|n/|nuestra|nostro|ns\.?|unsere?|onze|ons|nossa|vår|case|complaint|claim)\s?$"
)
_OTHER = re.compile(
    r"(?:통신판매업?|订|訂|商品|产品|產品|货品|订单|訂單|注册|註冊|专利|專利|证书|證書|店铺|商標|商标|登録|상품|등록|주문|สินค้า|sản phẩm|produk)\W*$"
)


_FEW = 3
"""Words between one for a case and one for its number; more only where they say that it was entered."""


def _is_of_more(gap: str) -> bool:
    """Whether the words between a case and a number speak of anything else that has one."""
    gap = words_of("owner").sub(" ", gap)
    if says(gap, "item", "right", "mark", "mail") and not _ENTERED.search(gap):
        return True
    return _OF_TRADE.search(gap) is not None or (len(gap.split()) > _FEW and not _ENTERED.search(gap))


_ENTERED = re.compile(
    r"(?i)(?<!\w)(?:registered|recorded|filed|logged|erfasst|registriert|geführt|eingegangen|unter der|enregistrée?|sous le|registrat[ao]|con il|registrad[ao]|con el|sob o|geregistreerd|onder|zarejestrowan\w*|pod|registrerat|registreret|registrert|under|rekisteröity|evidován\w*|zaevidován\w*|iktatt\w*|înregistrat\w*|регистриран\w*|καταχωρίστηκε|zaprimljen\w*|zavedena?|užregistruot\w*|reģistrēt\w*|registreeritud|зареєстрован\w*|зарегистрирован\w*|kayda|kaydedil\w*|terdaftar|didaftarkan)(?!\w)"
)


def _called(page: Page) -> Iterator[Span]:
    """Behind a word for a case, whatever stands between them: nothing that is of a listing, a right or trade."""
    for found in _case().finditer(page.flow):
        told = _alone_in_script(found["id"].rstrip("._-/"))
        digits = sum(c.isdigit() for c in told)
        before = page.flow[max(0, found.start() - 24) : found.start()]
        if found["gap"] and (not found["numbered"] or _is_of_more(found["gap"])):
            continue
        if (
            _REFERENCE.match(found.group())
            and not found["numbered"]
            and not _OURS.search(before)
            and not re.search(r"[:：#]", found.group())
        ):
            continue  # "la référence 4412009" is of goods
        if (
            _OF_TRADE.search(before)
            or _OF_MAIL.match(told)
            or _OTHER.search(before)
            or not (told[0].isdigit() or told[0].isupper() or not told[0].islower())
        ):
            continue
        if digits < 4 or _DATE.fullmatch(told) or not (digits > 6 or re.search(r"[/-]", told)):
            continue
        if page.form and any(p.fullmatch(told) for p in page.form.listing_ids):
            continue
        if (sign := _sign(page, found.start("id"), len(page.text))) is not None:
            yield sign
        else:
            yield page.folded.span(found.start("id"), found.start("id") + len(told))


_SHAPE = re.compile(r"(?<![\w/.@-])[A-Z]{2}[A-Z0-9]*(?:[-_/][A-Z0-9]+){1,4}(?![\w/@-])")


def _shaped(page: Page) -> Iterator[Span]:
    """A sign of capitals and figures that nothing else explains, where no word for a case led to one."""
    for found in _SHAPE.finditer(page.text):
        if sum(c.isdigit() for c in found.group()) < 4 or any(re.fullmatch(p, found.group()) for p in OWN):
            continue
        if any(
            p.start <= found.start() < p.end and p.fields & {"number", "listing", "title", "contact"}
            for p in page.pairs
        ):
            continue
        before = page.text[max(0, found.start() - 24) : found.start()]
        row = page.text[page.text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if page.form and any(p.search(row) for p in page.form.listing_ids):
            continue  # beside the platform's id it is the seller's own number of the goods
        if not (_OF_TRADE.search(before) or _OTHER.search(before) or says(before, "right", "item")):
            yield page.folded.span(*found.span())
            return


def _prose(page: Page) -> Iterator[Span]:
    for found in _PROSE.finditer(page.text):
        yield page.folded.span(*found.span(1))
    for found in _BEFORE_LABEL.finditer(page.text):
        yield page.folded.span(*found.span(1))
    for found in _COURT.finditer(page.text):
        yield page.folded.span(*found.span())
    for found in _CHINESE_FILE.finditer(page.text):
        yield page.folded.raw_span(*found.span())
    for pattern in page.form.reference if page.form else ():
        for found in pattern.finditer(page.text):
            yield page.folded.span(*found.span("id"))
