"""The asserted words: labelled, or named as the mark in a sentence; an empty slot stays empty, a platform's examples are none."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says
from listing_preflight.complaint.reading import mark_places, mark_runs, named_marks, names, offices
from listing_preflight.complaint.reading.mark_headings import is_heading, without_reading
from listing_preflight.complaint.reading.number_forms import NUM
from listing_preflight.complaint.reading.numbers import Number
from listing_preflight.complaint.reading.page import HIDDEN, Page

_KIND = re.compile(
    r"(?i)\W*(?:trade ?mark|copyright|patent|design|counterfeit|infringement|marke|marque|marchio|marca|商标|商標|policy|intellectual property|unknown|"
    r"word mark|figurative|image)\b.*"
)
_CUT = re.compile(
    r"\s*,\s*(?:(?:the |la |die |le )?(?:registered |word )?(?:trade ?mark|mark|marque|marca|marchio|marke|unionsmarke|merk|znak)\b|EU\b|EM\b|US\b|UK\b|WO\b|Benelux|[A-Z]{4,7}\s+[0-9]).*$|"
    rf"\s*[(（\[/|,;:-]?\s*(?:(?:EUTM|EM|EU|GB|UK|DE|US|IR|WO|reg(?:istration)?|no|nr)\.?[ :#-]*)*{NUM}.*$"
    r"|\s*,\s+(?-i:(?=[a-zà-ÿ]{3})).*$|\s*[(（\[].*$|\s+(?:and|und|et|y|e|und) (?:an?|eine?|une?|un[ao]?)\b.*$|(?<=[^\s.])[.。](?:\s.*)?$|\s+[-–—]\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_QUOTES = "\"'“”„«»‘’「」『』《》"
_NAME = rf"[\"“„«「]?(?<![\w&+-])(?<!\w['’.])(?P<mark>[{names.UPPER}0-9][\w&'’+-]{{0,40}}(?:\.\w{{1,40}}){{0,4}}(?: (?:&|[{names.UPPER}0-9][\w&'’+-]{{0,40}}(?:\.\w{{1,40}}){{0,4}})){{0,5}})[\"”“»」]?"
_LEGAL = r"Ltd|LLC|Inc|GmbH|S\.A|Corp|B\.V"
_CAPS = rf"[{names.UPPER}][{names.UPPER}0-9&'’-]{{2,40}}(?: [{names.UPPER}0-9][{names.UPPER}0-9&'’-]{{0,40}}){{0,4}}"
_CONTAINS = re.compile(
    rf"(?i:(?<!\w)(?:mentions?|erwähnt|nennt|mentionne|menziona|cita|menciona|contiene|contains?|enthält|contient|contém|bevat|noemt|zawiera|obsahuje|innehåller|indeholder|inneholder|sisältää|tartalmazza|conține|съдържа|содержит|містить|περιέχει|sadrži|vsebuje|içeriyor)) [“\"„«‹](?P<mark>[{names.UPPER}А-ЯЁΑ-Ω][^”“\"»›\n.;:@]{{1,40}})[”“\"»›]"
)
_WORDS = (
    re.compile(rf"(?i:\b(?:the|our|its|their) (?:word|sign|name|term)s?|\bdas (?:wort|zeichen)|\ble (?:mot|signe|terme)|\bla (?:parola|palabra|palavra)|\bil (?:segno|termine)|\bel (?:signo|término)|\bhet (?:woord|teken)|\bsłowo) [\"“„«‹']?(?P<mark>{_CAPS})"),
    re.compile(rf"(?i:(?<!\w)(?:the word|the term|das Wort|der Begriff|le mot|le terme|la parola|il termine|la palabra|el término|a palavra|o termo|het woord|de term|słowo|słowa|slovo|ordet|sana|szó|cuvântul|думата|слово|λέξη|riječ|beseda|žodis|vārds|sõna|kata|từ)) [“\"„«‹「](?P<mark>[{names.UPPER}А-ЯЁΑ-Ω][^”“\"»›」\n.;:@]{{1,40}})[”“\"»›」]"),
    _CONTAINS,
    re.compile(rf"(?<![\w-])(?P<mark>{_CAPS}) (?i:(?:is|are) (?:an?|the) (?:registered )?(?:trade ?)?marks?\b|ist eine marke|est une marque|è un marchio|es una marca|is een merk)"),
    re.compile(rf"(?i:\bznak(?:iem|u|i)? towarow\w+|\bwortmarke|\bwoordmerk|\bmarka|\bword mark|\bmarque verbale|\bmarchio denominativo) [\"“„«]?(?P<mark>{_CAPS})"),
    re.compile(rf"(?i:trade ?mark of) (?P<mark>{_CAPS})(?![\w ]*(?:{_LEGAL}))"),
    re.compile(r"(?:상표|브랜드)\s*['‘\"“「](?P<mark>[^'’\"”」\n]{1,30})['’\"”」]"),
    re.compile(rf"(?:商标|商標)[^，。,\n]{{0,8}}[，,、:：]\s*(?P<mark>{_CAPS}|[\w·]{{1,8}})[，,、]\s*(?:注册号|註冊號|登録)"),
    re.compile(rf"{_NAME}, an? (?:\w+ )?(?i:brand)\b"),
    re.compile(rf"(?i:(?:carr\w+|uses?|used|bears?|shows?|contains?) the (?:name|word|brand|mark|term)) {_NAME}"),
    re.compile(rf"(?<![\w&'’-])(?P<mark>{_CAPS}?)['’]s (?i:(?:registered )?trade ?mark(?:ed)?\b)"),
)  # fmt: skip
_OFFICIAL = re.compile(
    r"^(?:U\.S\.?A?|U\.K\.?|[A-Z]{1,3}|EUIPO|USPTO|UKIPO|DPMA|WIPO|OMPI|INPI|UIBM|OEPM|CNIPA|KIPO|BOIP|EUTM|IPO|DMCA|ASIN|NCL|SCHEDULE.*|ROSPATENT|NOTICE|[A-Z]{1,3}[-.]?[0-9][0-9.,/-]{3,}|RE|URL|COM|TM|IR|REG|NO|CL)$"
)
_PROSE = (
    re.compile(r"(?i:trade ?marks?|service marks?|\bmarks?|\bbrand) [“\"„«](?P<mark>[^”“\"»\n]{2,40})[”“\"»]"),
    re.compile(
        r"[“\"„«](?P<mark>[^”“\"»\n]{2,40})[”“\"»] (?i:(?:word |design |registered )?(?:trade ?marks?|marks?|brand)\b)"
    ),
    re.compile(r"[“\"„«](?P<mark>[^”“\"»\n]{2,40})[”“\"»] (?i:(?:is|being) a registered trade ?mark)"),
    re.compile(
        rf"(?i:owns? (?:the )?(?:registered )?(?:trade ?)?marks?|owner of (?:the )?(?:registered )?(?:trade ?)?marks?|(?:trade ?)?marks? (?:named|called)|(?:its|their|our)(?: own)?(?: registered)? (?:trade ?)?marks?|the (?:registered )?(?:trade ?)?mark) {_NAME}"
    ),
    re.compile(
        rf"(?i:as (?:genuine |original )?(?:products|goods|articles) (?:of|by)|als (?:original\w* |echte )?(?:produkte|waren|artikel) (?:von|der marke)|comme (?:des |étant des )?(?:produits|articles) (?:de la marque|de)|come prodotti (?:di|della|a marchio)|como (?:productos|produtos) (?:de la marca|da marca|originales de|de)|als (?:producten|artikelen) van|jako (?:produkty|towary)(?: marki)?|som (?:produkter|varor|varer) (?:från|fra)) {_NAME}"
    ),
    re.compile(rf"(?i:(?:our|my|their) (?:own )?(?:registered )?(?:brand|trade ?mark))(?: name)? {_NAME}"),
    re.compile(
        rf"(?i:(?<!\w)(?:Benelux-?merk|merk|Unionsmarke|Wortmarke|Marke|EU-Marke|Gemeinschaftsmarke|IR-Marke)) {_NAME}"
    ),
    re.compile(
        rf"(?i:(?<!\w)marque(?: verbale| française| internationale| déposée)?(?: de l'Union européenne)?|(?<!\w)marchio(?: denominativo| italiano| registrato)?|(?<!\w)marca(?: registrada| denominativa| española| nacional)?) {_NAME}"
    ),
    re.compile(rf"{_NAME} (?i:is (?:a|our|the) (?:registered )?(?:trade ?mark|brand))"),
    re.compile(r"(?:第\s*[0-9]+\s*号\s*)?[“「『\"](?P<mark>[^”」』\"\n]{1,30})[”」』\"]\s*(?:注册)?(?:商标|商標|品牌)"),
    re.compile(r"(?:商标|商標|品牌)\s*[“「『\"](?P<mark>[^”」』\"\n]{1,30})[”」』\"]"),
)
_NUMBERING = re.compile(r"(?i)^(?:no|nos|nr|number|reg|registration)\b|^[0-9 ,./-]+$")
_STOP = re.compile(
    r"(?i)^(?:no|nos|nr|number|reg|registration|registered|the|of|and|under|rights?|owner|infringement|office|law|act|is|in|we|our|für|der|die)\b|^[0-9 ,./-]+$"
)


def find(page: Page, people: tuple[str, ...], numbers: Sequence[Number]) -> list[Span]:
    """The asserted marks, in the order of the text, each once; `people` are the names of complainant and agent."""
    begun = {(n.written.start, n.written.value[:_LETTERS]) for n in numbers}
    spans = [
        s for s in _labelled(page, people) if not any(s.start == at and told.startswith(s.value) for at, told in begun)
    ]
    if not spans:
        found = [
            *_prose(page),
            *_numbered(page, numbers),
            *mark_places.beside_numbers(page, people, numbers),
            *mark_places.behind_words(page, people),
            *mark_places.before_titles(page, people),
            *mark_runs.find(page, people),
            *(mark_places.behind_signs(page, people) if _speaks_of_marks(page, numbers) else ()),
        ]
        told = sorted(
            {s.start: s for s in found if s.value not in people and not is_heading(s.value)}.values(),
            key=lambda s: s.start,
        )
        spans = sorted(mark_places.listed(page, told, people), key=lambda s: s.start)
    if not spans and not page.masked("mark") and _speaks_of_marks(page, numbers):
        spans = (
            named_marks.find(page, people, numbers)
            or list(mark_places.titled(page, people))
            or list(mark_places.borne(page, people))
            or list(mark_places.in_titles(page, people))
            or list(mark_places.alone(page, people))
        )
    spans = [*spans, *_parallel(page, spans, numbers)]
    spans = [s for s in spans or named_marks.find(page, people, numbers) if not mark_places.is_set_aside(page, s)]
    spans = [s for s in spans if not (is_heading(s.value) or _BODY.search(s.value))]
    spans = [without_reading(_bare(page, s)) for s in _longest(spans)]
    out: list[Span] = []
    examples = page.form.examples if page.form else ()
    for span in spans:
        known = {o.value.casefold() for o in out}
        if span.value and span.value.casefold() not in known and span.value not in examples:
            out.append(span)
    return out


_LETTERS = 4
"""Letters that a number of a right may begin with, which are no mark."""
_BULLETED = re.compile(
    rf"[ \t>]*(?P<bullet>[-*•·–]|\(?[0-9a-z]{{1,2}}[.)])[ \t]+[\"“„«]?(?P<mark>[{names.UPPER}А-ЯЁΑ-Ω][^,;:()\n\"”“»]{{1,40}}?)[\"”“»]?[ ]?(?=[,;:(–—-])"
)


def _parallel(page: Page, spans: Sequence[Span], numbers: Sequence[Number]) -> Iterator[Span]:
    """What stands in the other rows of a list where one row has a mark, before the number that each row has."""
    at, rows = 0, list[tuple[int, int, re.Match[str] | None]]()
    for n, line in enumerate(page.text.split("\n")):
        rows.append((at, n, _BULLETED.match(line)))
        at += len(line) + 1
    starts = {s.start for s in spans}
    numbered = [bisect_left(page.folded.at, n.written.start) for n in numbers]
    told = {n for start, n, m in rows if m and page.folded.at[start + m.start("mark")] in starts}
    for start, n, m in rows:
        if m is None or n in told or not {n - 1, n + 1} & told:
            continue
        end = page.text.find("\n", start)
        if any(start + m.end() <= one < (end if end >= 0 else len(page.text)) for one in numbered):
            yield page.folded.span(start + m.start("mark"), start + m.end("mark"))


def _longest(spans: Sequence[Span]) -> list[Span]:
    """Spans without those that lie in another, or are one half of a slogan that another holds whole."""
    slogans = {part for s in spans if ", " in s.value for part in s.value.split(", ")}
    inner: set[tuple[int, int]] = set()
    reach = -1
    for place in sorted({(s.start, s.end) for s in spans}, key=lambda p: (p[0], -p[1])):
        if place[1] <= reach:
            inner.add(place)
        reach = max(reach, place[1])
    return [s for s in spans if s.value not in slogans and (s.start, s.end) not in inner]


def _speaks_of_marks(page: Page, numbers: Sequence[Number]) -> bool:
    """Whether a mark or a counterfeit is what is complained of, as far as words and numbers tell."""
    table = data("kinds.yaml")["kinds"]
    told = any(re.search(table[k], page.text, re.IGNORECASE) for k in ("trademark", "counterfeit"))
    return told and not any(n.type in ("patent", "design", "utility-model", "copyright") for n in numbers)


_BODY = re.compile(
    r"^[^\W\d_]{2,4}[ .]?[0-9][0-9 .,]{4,}$|(?:Authority|Office|Court|Agency|Registry|Commission|Regulation)$|^(?:ВОІВ|ВОИС|СОТ|ОМПИ|VPB|OMPI|WIPO|EUIPO|USPTO|UIBM|INPI|DPMA|IMPI|INDECOPI|OEPM|UKIPO|IPOPHL|MyIPO|DJKI|CNIPA|TIPO|JPO|KIPO|SZTNH|OSIM|PRV|PRH|BOIP|BPP|TÜRKPATENT|TURKPATENT|SRA|U\.?S\.?|UPRP|ÚPV|ÚPV SR|OBI|Роспатент|Укрпатент|Ukrpatent|ФІПС|ФИПС|ROSPATENT)\.?$|^[A-Z]{2,}(?:/[A-Z0-9]+){2,}$"
)
"""Public bodies and file signs are no marks."""


_DEVICE = re.compile(
    r"(?i)\s(?:&|\+|and|und|et|e|y|en|och|og|i|a|și|και|и|та)\s(?:device|design|σχέδιο|απεικόνιση|bildelement|dessin|élément figuratif|figura|diseño|disegno|desenho|rysunek|figur|kuvio|ábra|изображение|зображення)$"
)
"""What says of a mark in words that a picture belongs to it: "X & device"."""


def _bare(page: Page, span: Span) -> Span:
    """A name without the word for a mark behind it: "PATCHFOX trademarks"."""
    found = re.search(r"(?i)\s(?:trade ?)?(?:marks?|marken?|marques?)$", span.value)
    if device := _DEVICE.search(span.value):
        return page.folded.span(*_places(page, span, len(span.value) - device.start()))
    value = re.sub(r"^[0-9][0-9 ./-]{4,}\s(?=[^\W\d_])", "", span.value).strip(_QUOTES)
    if value != span.value and span.end - span.start == len(span.value) and not set(value) & set(_QUOTES):
        lead = span.value.index(value)
        span = Span(value, span.start + lead, span.start + lead + len(value))
    return span if found is None else page.folded.span(*_places(page, span, len(span.value) - found.start()))


def _places(page: Page, span: Span, fewer: int) -> tuple[int, int]:
    start = bisect_left(page.folded.at, span.start)
    return start, bisect_left(page.folded.at, span.end) - fewer


def _labelled(page: Page, people: Sequence[str]) -> Iterator[Span]:
    for pair in page.pairs:
        if "after kind" in pair.fields:
            yield from _piped(page, pair.start, pair.end)
        if "mark" not in pair.fields or pair.fields & {"complaint_id"} or _NO_MARKS.match(pair.label):
            continue
        value = page.text[pair.start : pair.end]
        if HIDDEN.search(re.split(r"[/,]", value)[0].strip() or value) or _KIND.fullmatch(value):
            continue
        if names.is_sentence(re.split(r"[.。]\s", value.strip())[0]) and not re.search(r"[0-9]{5}", value):
            continue
        if (rows := _each_numbered(page, pair.start, pair.end)) and len(rows) > 1:
            yield from (s for s in (_clean(page, *row) for row in rows) if s is not None and _is_mark(page, s, people))
        elif parts := mark_places.in_value(page, pair.start, pair.end, people):
            yield from parts
        elif spelled := _SPELLED_TWICE.fullmatch(value):
            yield from (
                page.folded.span(pair.start + spelled.start(n), pair.start + spelled.end(n)) for n in _both(spelled)
            )
        elif several := mark_places.several(page, pair.start, pair.end):
            for place in several:
                if (span := _clean(page, *place)) is not None and _is_mark(page, span, people):
                    yield span
        elif (span := _clean(page, pair.start, pair.end)) is not None and _is_mark(page, span, people):
            yield span


_PARTS = re.compile(
    r";\s|(?<=[)）])\s*(?:,|，|、|&|and|und|et|y|e|i|och|og|ve|oraz|en|și|és|ja|a|и|та|і|και|dan|và|तथा|और|एवं|و|ו|และ|及|和|と|및)\s"
)


def _each_numbered(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a value of which each has a mark and its number: "A (no. 441820) and B (no. 441829)"."""
    value, at, out = page.text[start:end], 0, list[tuple[int, int]]()
    for cut in (*_PARTS.finditer(value), None):
        stop = cut.start() if cut else len(value)
        out.append((start + at, start + stop))
        at = cut.end() if cut else stop
    return out if all(re.search(r"[0-9][0-9 .,/-]{4,}", page.text[a:b]) for a, b in out) else []


_NO_MARKS = re.compile(
    r"(?i)\W*(?:(?:legal|full|company|business|firm|trading|registered|store|shop|domain|seller) name|domain|(?:firmen|domain|shop|unternehmens)name|raison sociale|nom (?:de domaine|de l.entreprise|de la société|légal)|ragione sociale|nome (?:a dominio|legale|dell.azienda)|razón social|nombre (?:de dominio|legal|de la empresa)|razão social|nome (?:de domínio|legal|da empresa)|(?:bedrijfs|domein|winkel)naam|nazwa (?:firmy|domeny)|nazwa podmiotu|(?:företags|domän|butiks)namn|(?:firma|domæne|domene)navn|yrityksen nimi|verkkotunnus|název (?:firmy|domény)|názov (?:firmy|domény)|cégnév|domainnév|denumirea (?:firmei|societății)|nume de domeniu|наименование (?:компании|организации)|доменное имя|ünvan|şirket adı|alan adı|会社名|法人名|ドメイン名?|公司名称|公司名稱|域名|회사명|도메인)\W*$"
)
"""Labels of the names of people, companies and sites."""
_SPELLED_TWICE = re.compile(
    r"\s*([A-Za-z][\w&'’ .-]{1,40}?)\s?[（(]\s?([ァ-ヺー・][ァ-ヺー・ ]{2,30}|[가-힣][가-힣 ]{1,20})[)）]\s*"
    r"|\s*[«\"“„「]([^«»\"“”„「」A-Za-z\n]{2,30})[»\"”“」]\s*[,/(]?\s*([A-Z][\w&'’.-]{1,30}(?: [A-Z][\w&'’.-]{1,30}){0,2})[)]?\s*"
    r"|\s*([A-Z][\w&'’ .-]{1,30}?)\s?[/／]\s?([ァ-ヺーぁ-ゖ一-鿿가-힣]{2,20})\s*"
)
"""A mark in Latin letters with the same in the letters of its market: "NAME（ナマエ）", "«имя» NAME", "NAME/なまえ"."""


def _both(spelled: re.Match[str]) -> list[int]:
    """The two groups of such a value that hold its spellings."""
    return [n for n in range(1, 7) if spelled[n]]


def _is_mark(page: Page, span: Span, people: Sequence[str]) -> bool:
    return named_marks.may(page, span.value, people) and not re.match(_other_right(), span.value, re.IGNORECASE)


def _other_right() -> str:
    kinds = data("rights.yaml")["kinds"]
    return rf"\W*(?:{'|'.join(kinds[k] for k in ('patent', 'utility-model', 'design', 'copyright'))})"


def _piped(page: Page, start: int, end: int) -> Iterator[Span]:
    """The name behind a trademark's kind in a barred line; behind a copyright's kind it is a work."""
    line = page.text[page.text.rfind("\n", 0, start) + 1 : start]
    if re.search(
        r"(?i)trade ?mark|marke|marque|marca|marchio|商标|商標|counterfeit",
        line.split("|")[-2] if line.count("|") else "",
    ):
        span = _clean(page, start, end)
        if span is not None:
            yield span


_NUMBERED_BEHIND = re.compile(
    r"[,，;；、]\s*(?=注册|註冊|登録|登记|登記|등록|第|(?:reg|no|nr|n°|nº|num|class|klasse|classe|clase|kl)\b)",
    re.IGNORECASE,
)
"""Where a mark's number or class follows its name."""


def _clean(page: Page, start: int, end: int) -> Span | None:
    value = page.text[start:end]
    cut = _CUT.search(value)
    words = value[: cut.start()] if cut and value[: cut.start()].strip() else value if not cut else ""
    words = _NUMBERED_BEHIND.split(words)[0]
    if (more := re.search(r"[,，;；]\s", words)) and says(words[more.end() :], "right", "numbered"):
        words = words[: more.start()]  # what follows a comma tells of its registration
    lead = len(words) - len(words.lstrip(" \t:：" + _QUOTES))
    words = words.strip(" \t:：,;/|-–" + _QUOTES)
    if not words or _NUMBERING.search(words) or len(words) > 80 or "@" in words:
        return None
    return page.folded.span(start + lead, start + lead + len(words))


def _is_called_mark(page: Page, start: int, end: int) -> bool:
    """Whether words that something contains are a name: no phrase of trade, and a word for a mark stands in their sentence or the next."""
    if re.fullmatch(data("listings.yaml")["phrases"], page.flow[start:end].strip(), re.IGNORECASE):
        return False
    first, last = page.sentence(start, end)
    return says(page.flow[first : last + _BEHIND_MARK], "mark", whole=True) or bool(
        re.search(data("rights.yaml")["kinds"]["trademark"], page.flow[first:last], re.IGNORECASE)
    )


_BEHIND_MARK = 90
"""Letters of the next sentence, which may say what the words are."""


def _prose(page: Page) -> Iterator[Span]:
    for pattern in (*_PROSE, *_WORDS):
        for found in pattern.finditer(page.flow):
            words = found.group("mark").rstrip(".,")
            if pattern is _CONTAINS and not _is_called_mark(page, *found.span("mark")):
                continue
            if (
                re.fullmatch(names.LEGAL, words)
                or _STOP.search(words)
                or HIDDEN.search(words)
                or _OFFICIAL.match(words)
            ):
                continue
            yield page.folded.span(found.start("mark"), found.start("mark") + len(words))


_QUOTED = re.compile(r"[\"“„«](?P<mark>[^”“\"»\n]{2,40})[”“\"»]")
_TITLED = re.compile(rf"{_NAME}\s*\((?i:(?:[A-Z]{{2,6}}:?|U\.S\.)?[ ]?(?:reg|registration|no|nr|n°)\.?)[^()]{{0,24}}$")


_CAPITALS = re.compile(
    rf"(?<![\w-])(?P<mark>{_CAPS}),?\s+(?i:(?:reg(?:istration)?\.?\s*)?(?:no|nr|n[°º]|nummer|numéro|número|processo|processo n[°º])\.?)\s*$"
)


def _numbered(page: Page, numbers: Sequence[Number]) -> Iterator[Span]:
    """The name beside a mark's number: quoted before it, with the number in brackets behind it, or in capitals in its row."""
    for number in numbers:
        if not number.type.startswith("trademark") or mark_places.is_named_behind(page, number):
            continue
        at = bisect_left(page.folded.at, number.written.start)
        start = max(page.flow.rfind("\n", 0, at) + 1, at - 160)
        before = page.flow[start:at]
        quoted = list(_QUOTED.finditer(before))[-1:]
        near = [m for m in quoted if not re.search(r"[0-9]{5}", before[m.end() :])]
        for found in near or filter(None, [_TITLED.search(before) or _CAPITALS.search(before)]):
            if offices.office_in(found["mark"], page, offices.names()) is not None:
                continue
            if found["mark"].isdigit():
                continue
            yield page.folded.span(start + found.start("mark"), start + found.end("mark"))
        if not near and re.match(r"[ \t>]*\(?[0-9]{1,2}[.)][ \t]", page.text[page.text.rfind("\n", 0, at) + 1 :]):
            yield from _in_row(page, at)


def _in_row(page: Page, at: int) -> Iterator[Span]:
    start = page.text.rfind("\n", 0, at) + 1
    end = page.text.find("\n", at)
    for found in re.finditer(
        rf"(?:(?<=\t)|(?<=[ ]{{2}})){_CAPS}(?=\t|[ ]{{2}}|$)", page.text[start : end if end > 0 else len(page.text)]
    ):
        if not _OFFICIAL.match(found.group()):
            yield page.folded.span(start + found.start(), start + found.end())
