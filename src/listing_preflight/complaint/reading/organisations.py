"""Every company and firm that a notice names, in any of its languages, with what lies around it."""

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from listing_preflight.complaint.forms import data, forms
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading import names
from listing_preflight.complaint.reading.page import Page

_UP = names.UPPER
_CYR = r"[А-ЯЁЇІЄҐЂЃЅЈЉЊЋЌЏ][\w’'-]*"
_ANY_UP = rf"[{names.ANY_UPPER}]"
_GREEK = r"[\u0386-\u03ab][\w.]*"
_QUOTED = r"(?:[«„\"“][^»”“\"\n«„]{2,50}[»”“\"])"
"""A name in quotes of any kind, before or behind its legal form."""
_SMALL_FORM = r"(?:spol\. s ?r\. ?o|s\. ?r\. ?o|a\. ?s|v\.o\.s|k\.s|z\.s|d\.o\.o|j\.d\.o\.o|d\.d|o\.p\.s|[Ss]p\. z o\.o|[Ss]p\. ?[jk]|S\.A|Kft|Bt|Zrt|Oy|OÜ|UAB|A/S|ApS|AB|AS)\.?(?!\w)"
_BUREAU = "|".join(
    sorted(
        (
            b.strip().replace(" ", r"\s")
            for row in data("clients.yaml")["bureaus"].splitlines()
            for b in row.split(";")
            if b.strip()
        ),
        key=len,
        reverse=True,
    )
)
_PATTERNS = (
    names.COMPANY,
    re.compile(rf"(?<![\w.@/&-])[{_UP}][\w'’-]{{2,40}}(?:[ ][a-zß-ž][\w-]{{2,20}}){{1,3}},?[ ]{_SMALL_FORM}"),
    re.compile(rf"(?<!\w)(?i:{_BUREAU})[ ](?:\w\.[ ])?{_ANY_UP}[\w'’-]{{1,40}}(?:[ ](?:(?:&|and|und|un|ja|ir|a|i|in|et|y|e|og|och|en|dan|și|та|и|και|-|–)[ ])?(?:{_ANY_UP}[\w'’-]{{1,40}}|partne\w+|Rakan)){{0,5}}(?:,?[ ]{names.LEGAL})?"),
    re.compile(rf"(?<![\w.])(?:S\.?C\.?E\.?A|S\.?A\.?S\.?U|S\.A\.R\.L|E\.?A\.?R\.?L|G\.?A\.?E\.?C|S\.A\.S|S\.N\.C|S\.C\.I|S\.C\.P)\.?[ ][{_UP}][\w&'’-]{{0,40}}(?:[ ](?:(?:&|de|du|des|la|le|les|d’|et|en|e|y|i)[ ]){{0,2}}[{_UP}][\w&'’-]{{0,40}}){{0,5}}"),
    re.compile(rf"(?<![\w.])[{_UP}][\w'’-]{{1,30}}(?:(?:,[ ]|[ ](?:&|a|i|și|és|und|og|och|in|ja|ir|un)?[ ]?)(?:[{_UP}][\w'’-]{{1,30}}|partne\w+)){{0,5}},?[ ](?:advokátní kancelář|advokátska kancelária|[Üü]gyvédi [Ii]roda|odvjetničko društvo|odvjetnički ured|odvetniška (?:pisarna|družba)|advokatska (?:pisarna|kancelarija)|[Aa]dvokatpartnerselskab|[Aa]dvokatfirma|[Aa]sianajotoimisto|[Aa]dvokaadibüroo|patentová kancelář|patentová kancelária|szabadalmi iroda|[Hh]ukuk [Bb]ürosu|[Aa]vukatlık [Oo]rtaklığı|[Pp]atent [Dd]anışmanlık)(?:,?[ ](?:{names.LEGAL}))?"),
    names.EAST,
    re.compile(rf"(?<!\w)(?:Grupo|Groupe|Gruppo|Maison|Société|SAS|SARL|EURL|SASU|SNC|SA|Établissements|Etablissements|Éts|Ets|Manufacture|Ditta|Officine|Cooperativa|Zakłady|Zakładów|Fabryka|Fabryki|Spółdzielnia|PT\.?|CV\.?|UD\.?)[ ](?:(?:de|du|des|la|le|les|dan)[ ])?[{_UP}][\w&'’-]{{0,40}}(?:[ ](?:(?:&|de|du|des|d’|della|di|et|e|y|i)[ ])?[{_UP}][\w&'’-]{{0,40}}){{0,4}}"),
    re.compile(rf"(?<!\w)(?:SELARL|SELAS|SCP|AARPI)[ ][{_UP}][\w&'’-]{{0,40}}(?:[ ](?:&[ ])?[{_UP}][\w&'’-]{{0,40}}){{0,4}}"),
    re.compile(rf"(?<=société )[{_UP}][\w&'’-]{{0,40}}(?:[ ][{_UP}][\w&'’.-]{{0,40}}){{0,4}}|(?:(?<=sociedad )|(?<=società )|(?<=Firma )|(?<=firma )|(?<=spółka )|(?<=spółki )|(?<=empresa )|(?<=company )|(?<=brand owner )|(?<=rights owner ))[{_UP}][\w&'’-]{{0,40}}(?:[ ][{_UP}][\w&'’-]{{0,40}}){{0,4}}"),
    re.compile(rf"(?m)(?<![\w&'’.-])[{_UP}][\w'’-]{{1,40}}(?:[ ,]+(?:&|en|y|et|e|und|and|De|de|van|{_UP}|[{_UP}][\w'’-]{{1,40}})){{1,5}}[ ](?:advocaten|avocats|avvocati|abogados|advogados|advokater|rechtsanwälte|solicitors|attorneys|adwokaci)(?!\w)"),
    re.compile(rf"(?:Hợp tác xã|Doanh nghiệp tư nhân|Hộ kinh doanh)(?: [{_UP}Đ][\w&'’-]{{0,40}}){{1,6}}|Công ty(?: (?:TNHH|Cổ phần|CP|Luật|Hợp danh|Một thành viên|MTV))*(?: (?:Sở hữu [Tt]rí tuệ|Tư vấn|Thương mại|Dịch vụ|Sản xuất|Truyền thông|Công nghệ))*(?: (?:&|và)? ?[{_UP}Đ][\w&'’-]{{0,40}}){{1,6}}"),
    re.compile(rf"(?:Kantor Hukum|Firma Hukum|Văn phòng [Ll]uật(?: sư)?)(?: (?:&|và|dan)? ?[{_UP}Đ][\w&'’-]{{0,40}}){{1,6}}(?: (?:&|và) (?:Cộng sự|Rekan))?"),
    re.compile(r"สำนักงาน(?:กฎหมาย|ทนายความ)[ ]?(?!จำกัด)[ก-๛A-Za-z&.]{3,40}(?:[ ](?:แอนด์|และ|&)[ ][ก-๛A-Za-z]{3,30})?|(?:บริษัท|สำนักงาน|ห้างหุ้นส่วน)[ ]?[ก-๛A-Za-z&.() -]{2,50}?[ ]?(?:จำกัด(?:[ ]?\(มหาชน\))?|ทนายความ|กฎหมาย)"),
    re.compile(rf"(?<!\w)(?:ООО|АО|ПАО|ЗАО|ОАО|ИП|ТОО|ТОВ|АБ|ЮФ|ЮК)[ ](?:[«\"“][^»\"”\n]{{2,50}}[»\"”]|{_CYR}(?:[ ]{_CYR}){{0,3}})"),
    re.compile(r"(?<!\w)(?:[Аа]двокатско\w+ (?:бюро|кабинет|образовани\w+)|[Юю]ридическ\w+ (?:фирм\w+|компани\w+)|[Кк]оллеги\w+ адвокатов|[Пп]атентн\w+ бюро)[ ][«\"“][^»\"”\n]{2,50}[»\"”]"),
    re.compile(rf"(?<!\w)(?:ПП|ФОП|АТ|ПрАТ|ПАТ|ЕТ|СД|S\.C\.|SC|UAB|MB|AB|VšĮ|SIA|AS|OÜ|MTÜ)[ ]{_QUOTED}(?:[ ](?:{names.LEGAL}))?|(?<!\w){_QUOTED}[ ](?:ЕООД|ООД|ЕАД|АД|КД|СД|ДЗЗД|ЕТ)(?!\w)|(?<!\w)S\.C\.[ ][{_UP}][\w&'’-]{{0,40}}(?:[ ][{_UP}][\w&'’-]{{0,40}}){{0,4}}[ ]{names.LEGAL}"),
    re.compile(rf"(?<!\w)(?:Адвокатськ\w+ (?:об.єднання|бюро|фірма)|Адвокатск\w+ дружеств\w+|Юридичн\w+ (?:фірма|компанія)|Патентн\w+ (?:бюро|кантора|агенція))[ ]{_QUOTED}|(?<!\w)(?:Адвокатско дружество|Адвокатське (?:об.єднання|бюро)|Патентно бюро)[ ]{_CYR}(?:[ ](?:[ий][ ])?{_CYR}){{0,3}}"),
    re.compile(rf"(?<!\w){_CYR}(?:[ ]{_CYR}){{0,3}}[ ](?:ЕООД|ООД|ЕАД|АД)(?!\w)|(?<!\w)(?:ПП|ФОП|ЕТ)[ ]{_CYR}(?:[ ]{_CYR}){{0,3}}"),
    re.compile(rf"(?<!\w){_CYR}(?:[ ](?:[и&][ ])?{_CYR}){{0,4}},?[ ](?:[дД]\.[ ]?[оО]\.[ ]?[оО]\.?|ДОО|доо|ДООЕЛ|[аА]\.[ ]?[дД]\.?|(?<=\w )АД)(?!\w)(?:[ ]{_CYR}(?:[ ]{_CYR})?(?=[,;)\n]|\.?$|\.\s))?"),
    re.compile(rf"(?<!\w){_GREEK}(?:[ ](?:(?:&|και|-)[ ])?{_GREEK}){{0,5}}[ ](?:Α\.?Ε\.?Β?\.?Ε?\.?|Ε\.?Π\.?Ε\.?|Ο\.?Ε\.?|Ε\.?Ε\.?|Ι\.?Κ\.?Ε\.?|Α\.?Β\.?Ε\.?Ε\.?)(?!\w)|(?<!\w)(?:Δικηγορικ(?:ή|ό) (?:Εταιρε?ία|Γραφείο)|Δικηγορική Εταιρία)[ ]{_GREEK}(?:[ ](?:(?:&|και|-|–)[ ])?{_GREEK}){{0,4}}"),
    re.compile(r"(?:شركة|مؤسسة|مكتب|مجموعة)(?:[ ][\u0621-\u064a]{2,14}){1,5}?(?=[ ]?(?:[،,.()\n:\"«]|$|قد|ش\.|مالك|صاحب|المالك|نيابة|بالنيابة|لصالح|الكائن|بأن|أن|التي|الذي|ضد|يفيد|تفيد|يدعي|تدعي|تزعم|يزعم|عبر|ذ\.))(?:[ ]?(?:ذ\.م\.م|ش\.م\.م|م\.م\.ح|ش\.م\.ل))?\.?|(?<![\u0621-\u064a])(?:[\u0621-\u064a]{2,14}[ ]){1,6}(?:ذ\.م\.م|ش\.م\.م|م\.م\.ح|ش\.م\.ل|ش\.ذ\.م\.م)"),
    re.compile(r"(?:(?<=[,:(] )|(?<=\n)|(?<=מרשתנו )|(?<=את )|(?<=לקוחתנו )|(?<=מרשתי )|(?<=חברת )|(?<=בשם )|(?<=עבור )|(?<=מטעם )|(?<=מאת )|^)(?:[א-ת][א-ת\"'׳״-]{1,20}[ ]){1,8}(?:[0-9]{2,4}[ ])?בע[\"״]מ|משרד (?:עורכי|עו[\"״]ד)[ ]?(?:דין|פטנטים)?(?:[ ](?!(?:בשם|עבור|מטעם|נגד)[ ])[א-ת][א-ת'׳&-]{1,20}(?:,(?=[ ][א-ת'׳-]{2,20}[ ]ו))?){1,3}(?:[ ]ושות['׳])?"),
    re.compile(r"(?:(?<=\n)|(?<=על ידי )|(?<=באמצעות )|(?<=[:,(] )|^)(?:[א-ת][א-ת'׳-]{1,20}(?:[ ]|,[ ])){1,4}(?:ושות['׳],?[ ])?(?:עורכי[ ]דין|עו[\"״]ד)(?!\w)"),
    re.compile(r"(?<![ऀ-ॿ])(?:(?!(?:हमें|हमने|कि|और|मेसर्स|को|से|का|की|के|ने|द्वारा|प्रतिनिधि|एजेंट)\s)[ऀ-ॿ]{2,20}\s){1,4}(?:(?:एंड|और|&)\s(?:एसोसिएट्स|पार्टनर्स|एसोसिएट)|लॉ\s(?:फर्म|ऑफिस|ऑफिसेज|चैंबर्स)|एडवोकेट्स|सॉलिसिटर्स)"),
    re.compile(r"(?:주식회사|유한회사|\(주\)|법무법인(?![은는이가을를의])|특허법인(?![은는이가을를의])|합동법률사무소|특허법률사무소)[ ]?(?:\(유한\)[ ]?)?[가-힣A-Za-z]{1,16}|[가-힣A-Za-z]{2,16}[ ]?(?:주식회사(?!\s?[가-힣]{2})|\(주\)(?![가-힣A-Za-z])|법률사무소|특허사무소)"),
    re.compile(r"(?<![ऀ-ॿ])(?:(?!(?:हमें|हमने|कि|और|मेसर्स|को|से|का|की|के|ने|हम|हमारे|हमारी|मुवक्किल|ग्राहक|द्वारा|कंपनी|स्वामी|धारक|शिकायतकर्ता)\s)[ऀ-ॿ]{2,20}\s){1,3}(?:प्राइवेट लिमिटेड|लिमिटेड|एलएलपी)"),
    re.compile(rf"(?:株式会社|合同会社|有限会社|一般社団法人)[一-鿿ぁ-ゖァ-ヺー・A-Za-z]{{2,16}}?(?={names.EAST_END})|[一-鿿ァ-ヺー・A-Za-z]{{2,16}}(?:[ぁ-ゖ](?<!より)(?<!所は)(?<!社は)(?<!者は)(?<!方は)(?<!から)(?<!である)(?<!という)(?<!または)(?<!および)(?<!または)){{1,8}}[一-鿿ァ-ヺー]{{0,8}}(?:株式会社|合同会社|有限会社)|[一-鿿ァ-ヺー・A-Za-z]{{2,16}}(?:株式会社|合同会社|有限会社)"),
    re.compile(r"(?:(?<=委任之)|(?<=委託之)|(?<=委託)|(?<=委任)|(?<=由)|(?<=[、，。：:\s]))[一-鿿]{2,10}(?:國際)?(?:專利商標|智慧財產權?|商標專利|專利師|知識產權|专利商标|知识产权)(?:聯合)?(?:事務所|事务所)|[一-鿿]{2,12}(?:国际)?(?:知识产权代理|商标代理|专利代理)(?:有限公司|事务所)|(?:弁護士|弁理士|特許業務)法人[一-鿿ぁ-ゖァ-ヺー]{2,18}?(?=[のはがをにへとよ、。，,（(\s]|より|から|$)|(?:(?<=受けた)|(?<=である)|(?<=[、。,，(（「\s:：・])|^)[ぁ-ゖァ-ヺー一-鿿]{2,14}(?:特許|法律|知財)(?:商標)?事務所|[一-鿿]{2,16}(?:特許|法律|知財)(?:商標)?事務所"),
)  # fmt: skip
_PARTICLE = re.compile(r"(?:으로부터|로부터|에게서|에서는|에서|에게|께서|에는|에|은|는|이|가|을|를|의|과|와|도)$")
LEADING = re.compile(
    rf"^[:：\s]*(?:(?:[Tt]he|For|[Dd]ie|[Dd]er|[Tt]hey|Der|Die|Das|Dem|Den|La|Le|Les|L'|Il|Lo|El|Los|Las|O|A|De|Het|Een)\s(?=[{_UP}]))?(?:(?i:vollmacht der|namens der|rechteinhaber|Rechtsinhaber|Markeninhaber|Inhaber|Firma|Société|Ditta|Empresa|Sociedad|Subscrisa|Subsemnata|Rights|Brand|Owner|Plaintiff|Claimant|Complainant|Holder|Melder|Mandant|Antragsteller|Kläger|Titulaire|Titolare|Titular|Rechthebbende|Merkhouder|merkhouder)(?:in|e|innen)?,?\s(?=[{_UP}]))*"
)
_PERSON = re.compile(rf"[{_UP}][\w'’-]{{1,40}}(?:[ ][{_UP}][\w'’.-]{{1,40}}){{1,2}}, (?=[{_UP}])")
"""Somebody of a company, named before it."""
_FIRM = re.compile(
    r"(?i)(?<!\w)(?:LLP|PLLC|P\.C\.|law|solicitors?|attorneys?|advocates?|counsel|legal|rechtsanw\w+|patentanw\w+|kanzlei|anwalt\w*|avocats?|cabinet|conseils?|avvocati|studio legale|abogad\w+|advogad\w+|despacho|bufete|octrooibureau|advoca\w+|kancelaria|adwokat\w*|radc\w+|advokat\w*|hukuk|patent|brand (?:guard|protection|shield|enforcement)|selarl|scp|ip (?:law|services|agency)|enforcement|адвокат\w*|юридическ\w+|ügyvéd\w*|odvjetni\w+|odvetni\w+|patentn\w+|адвокатс\w+|юридичн\w+|патентн\w+|δικηγορικ\w+|advokatų|zvērināt\w*|patendibüroo|advokaadibüroo|asianajo\w+|patenttitoimisto|visuel\w* rettighe\w+|rettigheder)(?!\w)|محاماة|للمحاماة|الملكية الفكرية|משרד עורכי|משרד עו|luật|กฎหมาย|ทนายความ|律师|律師|事务所|事務所|弁護士|弁理士|特許業務|知识产权代理|商标代理|专利代理|עורכי דין|एसोसिएट्स|एडवोकेट्स|सॉलिसिटर्स|लॉ फर्म|법무법인|특허법인|법률사무소|특허사무소"
)


_COUNSEL = re.compile(
    r"(?i),? (?:is |are |as )?(?:the )?(?:counsel|attorneys?|solicitors?|lawyers?|agents?|representatives?) (?:for|of|to) "
)


def leading(words_: str) -> int:
    """How many characters of some words stand before a name: an article, what its bearer is."""
    found = LEADING.match(words_)
    return found.end() if found else 0


_BEARER = re.compile(
    rf"^[:：\s]*(?:(?:[Tt]he|[Dd]ie|[Dd]er|[Dd]e|[Ll]a|[Ll]e|[Ee]l|[Ii]l)\s)?(?:(?i:firma|rechteinhaber|rechtsinhaber|markeninhaber|inhaber|merkhouder|rechthebbende|rights owner|brand owner|titulaire|titolare|titular|plaintiff|claimant)(?:in)?,?\s(?=[{_UP}]))+"
)


def titled(words_: str) -> int:
    """How many characters say what the bearer of the name behind them is; an article alone may be of the name."""
    if said := _said_before().match(words_):
        return said.end()
    found = _BEARER.match(words_)
    if found is None and (noun := words("owner").match(words_.lstrip(" :："))):
        lead = len(words_) - len(words_.lstrip(" :："))
        behind = re.compile(rf"[^\W\d_]{{0,4}},?[ ](?=[{_UP}«„\"“])").match(words_, lead + noun.end())
        return behind.end() if behind else lead
    return found.end() if found else len(words_) - len(words_.lstrip(" :："))


class Organisation(NamedTuple):
    """A name with its place in the folded text; `firm`: of a trade that speaks for others."""

    start: int
    end: int
    name: str
    firm: bool


def find(page: Page) -> list[Organisation]:
    """All that are named, in the order of the text; of names that overlap the longer one."""
    return [*_found(page.flow, page.text, page.platform)]


def at(page: Page, start: int) -> Organisation | None:
    """The one that begins at a place."""
    return _starts(page.flow, page.text, page.platform).get(start)


def around(page: Page, place: int) -> Organisation | None:
    """The one that a place lies inside of."""
    found = _found(page.flow, page.text, page.platform)
    n = bisect_left(found, place, key=lambda o: o.start)
    return found[n - 1] if n and found[n - 1].end > place else None


def between(page: Page, start: int, end: int) -> tuple[Organisation, ...]:
    """Those that lie between two places, in the order of the text."""
    found = _found(page.flow, page.text, page.platform)
    first = bisect_left(found, start, key=lambda o: o.start)
    last = bisect_right(found, end, key=lambda o: o.end)
    return found[first:last]


@functools.lru_cache(maxsize=4)
def _starts(flow: str, text: str, platform: str) -> dict[int, Organisation]:
    return {o.start: o for o in _found(flow, text, platform)}


@functools.lru_cache(maxsize=4)
def _found(flow: str, text: str, platform: str) -> tuple[Organisation, ...]:
    """The same of a page's words, kept: several readers ask for those of one page many times."""
    found = sorted(_all(flow, text, platform), key=lambda o: (o.start, -o.end))
    parts = [m.span() for m in FOR_EAST.finditer(flow)]
    found = [o for o in found if not any(a <= o.start and b <= o.end and (a, b) != o[:2] for a, b in parts)]
    out: list[Organisation] = []
    for one in found:
        if out and one.start < out[-1].end:
            continue
        out.append(one)
    return tuple(out)


def _all(flow: str, text: str, platform: str) -> Iterator[Organisation]:
    for pattern in (*_PATTERNS, names.LAW_FIRM):
        for m in pattern.finditer(flow):
            start, end = bounds(flow, *m.span())
            if trade := _TRADE.match(flow, start, end):
                start = trade.end()
            name = flow[start:end].strip()
            if len(name) > 2 and not is_platforms(name):
                firm = bool(_FIRM.search(name) or _COUNSEL.match(flow, end))
                yield Organisation(start, end, name, firm)
    for m in FOR_EAST.finditer(flow):
        start = bounds(flow, *m.span("agent"))[0]
        yield Organisation(start, m.end("agent"), flow[start : m.end("agent")], True)
        yield Organisation(*m.span("owner"), m["owner"], False)
    for m in _GREEK_LAWYER.finditer(flow):
        yield Organisation(*m.span("name"), m["name"], True)
    for m in _TURKISH_AGENT.finditer(flow):
        yield Organisation(*m.span(), m["name"], True)
    for m in _EASTERN_PERSON.finditer(flow):
        group = "name" if m["name"] else "ko"
        yield Organisation(*m.span(group), m[group], True)
    turkish = bool(_TURKISH_LETTER.search(flow))  # once: a notice may name thousands
    for m in _named_agents().finditer(flow):
        street = m.group().startswith("Av.") and not turkish
        if not is_platforms(m["name"]) and not street:
            yield Organisation(*m.span("name"), m["name"], True)
    if platform == "letter" and (head := names.LETTERHEAD.match(text)):
        yield Organisation(*head.span("firm"), head["firm"], True)


_TURKISH_LETTER = re.compile("[ığşİĞŞ]")
"""Letters of a text in which "Av." is a lawyer and no avenue."""


@functools.cache
def _named_agents() -> re.Pattern[str]:
    """A name right behind a word for those who speak for others: "its representative Cellier Conseil", "vekili Av. Deniz Altınok"."""
    noun, owner = words("agent").pattern, words("owner").pattern
    title = r"(?:(?:Av|Avv|Dr|Mag|Mr|Mrs|Ms|Me|RA|RAin|adw|mec|r\.pr|JUDr|Mgr|Herr|Frau|Pan|Pani|Sr|Sra|Dott)\.?[ ])?"
    return re.compile(
        rf"(?:(?i:{noun})\w*(?:[ ](?i:{owner})\w*)?(?:[ ](?:is|are|ist|sind|est|è|es|é|is|jest|är))?(?:[ ](?:prawny|patentowy|in fact|at law|Αθηνών|Θεσσαλονίκης|поверенный|повірений))?[:,]?[ ](?:the (?:law )?firm )?{title}|(?<!\w)(?:Av\.|Avv\.(?:ti)?|avv\.(?:ti|to|ssa)?|mr\.|RAin|RA|Maître|Me|Rechtsanwält?in|Rechtsanwalt|Radca prawny|Adwokat|Advokat|Abogad[oa]|Advogad[oa]|(?i:advokat|adwokat|adw\.|avocat|abogad[oa]|advogad[oa]|odvjetnik|odvetnik|advokát|ügyvéd|δικηγόρος)|(?<=adına))[ ](?:(?i:adw|dr|mag|mgr)\.?[ ])?)"
        rf"(?P<name>{_ANY_UP}[\w'’-]{{1,40}}(?:[ ](?:&[ ]|i[ ]|e[ ]|y[ ]|и[ ]|та[ ]|και[ ]|und[ ]|and[ ])?{_ANY_UP}[\w'’-]{{1,40}}){{1,4}})"
    )


@functools.cache
def _complaints() -> re.Pattern[str]:
    """Nouns for what somebody files before a name, which are none of it: "Hinweis der X AG"."""
    table = data("acting.yaml")
    return re.compile(rf"(?i:{table['complaints']})\s(?i:{table['of']})(?:(?<=['’])|\s)(?={_ANY_UP})")


_LEAST_HEBREW = 8
_NOUN_BEFORE = re.compile(rf"[{names.UPPER}][^\W\d_A-Z]{{2,20}},\s(?=[{names.UPPER}])")
_EASTERN_PERSON = re.compile(
    r"(?:弁護士|弁理士)[ ]?(?P<name>(?:(?![様氏殿先])[一-鿿]){1,4}[ ]?(?:(?![様氏殿先])[一-鿿ぁ-ゖァ-ヺ]){1,4})(?=[ ]?(?:様|氏|先生|殿|より|から|が|は|[(（、。,\n]))|(?:변호사|변리사)[ ](?P<ko>[가-힣]{2,4}?)(?=(?:으로부터|로부터|에게서|께서|님)|[은는이가을를의 ,(.\n])"
)
"""A lawyer by name behind the word for the trade."""
FOR_EAST = re.compile(
    r"(?P<agent>[一-鿿]{2,14}(?:事務所|事务所|法人|代理有限公司))(?:代理|代表|受)(?P<owner>[一-鿿]{2,16}?(?:股份有限公司|有限公司|株式会社))"
)
"""A bureau and the company that it acts for, without a blank between."""
_GREEK_LAWYER = re.compile(
    rf"(?i:πληρεξούσι\w*\s+δικηγόρο\w*)(?:\s(?:μας|της|του))?,?\s+(?P<name>{_GREEK}(?:[ -]{_GREEK}){{1,3}})"
)
_TURKISH_AGENT = re.compile(
    rf"(?:(?<=adına )|(?<=adına hareket eden )|(?<=adına başvuran )|(?<=vekili ))(?P<name>{_ANY_UP}[\w&'’.-]{{1,40}}(?:[ ](?:(?:ve|&)[ ])?{_ANY_UP}[\w&'’.-]{{1,40}}){{0,5}})(?= tarafından|,)"
)
"""Who did something in the name of the one before."""


_PARTNERS = re.compile(
    r"[ ](?:(?:&|and|und|et|y|e|și|i|a|en|och|og|ja|és|ve|và|dan|и|та|και|un|ir|in)[ ])?(?:(?<=[&a-zà-ž][ ])(?:[Aa]ssociates|[Aa]ssociés|[Aa]sociados|[Aa]ssociati|[Aa]ssociados|[Aa]sociații|[Pp]artners|[Pp]artner|[Pp]artnerzy|[Pp]artneri|[Pp]artneři|[Kk]ollegen|[Ww]spólnicy|[Ss]polečníci|[Tt]ársai|[Oo]rtakları|[Rr]ekan|[Cc]ộng sự|[Đđ]ồng sự|[Пп]артнеры|[Пп]артнери|[Ss]uradnici|[Ss]odelavci|[Vv]ennoten)|(?<=Cộng[ ])sự)(?!\w)"
)
"""What says behind a firm's name that it has more partners; of a name that a capital ended, its last word."""
_GERMAN_TRADE = re.compile(
    rf"(?:(?<=\bdie )|(?<=\bder ))(?:(?:Patent|Rechts)?[Aa]nwaltskanzlei|Kanzlei|Agentur)[ ](?=[{names.UPPER}])"
)
"""A noun with its article that says what a firm is, before its name, where the name has a legal form: "die Patentanwaltskanzlei X PartG mbB"."""


_CLIENT_NOUN = re.compile(
    rf"[\"“„«]?(?i:müvekkil\w*|mandantin|mandantschaft|assistita|opdrachtgever|mocodawca|klientka?|клиент|клієнт|klient)\s(?={_ANY_UP})"
)
"""A word for a client at the head of a letter that is quoted, before its name."""


def bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without the words before the name, with the legal form behind it, without a particle glued to it."""
    if taken := re.match(r"[一-鿿]{0,6}?(?:收到|接到|接獲|接获|根据|根據)(?=[一-鿿]{4})", text[start:end]):
        start += taken.end()
    if given := re.match(r"[一-鿿]{0,5}?由(?=[一-鿿]{5})", text[start:end]):
        start += given.end()
    start += text.startswith("之", start, end)
    while said := _said_before().match(text, start, end):
        start = said.end()
    if client := _CLIENT_NOUN.match(text, start, end):
        start = client.end()
    start += 2 if re.match(r"(?:代表|代理|经由|經由|通过|透過)[一-鿿]{4}", text[start:end]) else 0
    start += 1 if re.match(r"[由受系为被与和向是経][一-鿿]{4}", text[start:end]) else 0
    if (hebrew := re.search(r"\s(?:בשם|עבור|מטעם|נגד)(?:\s|$)", text[start:end])) and hebrew.start() > _LEAST_HEBREW:
        end = start + hebrew.start()
    if arabic := re.match(
        r".{0,30}?(?<![\u0621-\u064a])شركة (?=.+(?:ذ\.م\.م|ش\.م\.م|م\.م\.ح|ش\.م\.ل)\.?$)", text[start:end]
    ):
        start += arabic.end()  # the word for any company, before a name that its legal form ends
    if (noun := _NOUN_BEFORE.match(text, start, end)) and says(noun.group(), "case"):
        start = noun.end()  # "Bildirim, X Ltd. Şti. adına"
    start += leading(text[start:end])
    if whose := _complaints().match(text, start, end):
        start = whose.end()
    if (person := _PERSON.match(text[start:end])) and re.search(
        rf"\w{{3,}} {names.LEGAL}$", text[start + person.end() : end]
    ):
        start += person.end()
    if beside := _PARTNERS.match(text, end):
        end = beside.end()
    if more := re.compile(rf",?[ ]{names.LEGAL}").match(text, end):
        end = more.end()
    if (trade := _GERMAN_TRADE.match(text, start)) and re.search(rf"[ ]{names.LEGAL}$", text[start:end]):
        start = trade.end()
    if re.search(r"[가-힣]$", text[start:end]) and (glued := _PARTICLE.search(text[start:end])):
        end = start + glued.start() if glued.start() > 3 else end
    return start, end


@functools.cache
def _said_before() -> re.Pattern[str]:
    """A word for an owner, or one that says that somebody speaks for it, glued to or set before a name that goes on behind it."""
    table = data("clients.yaml")
    owners = sorted(
        {s.strip() for s in re.split(r"[;\n]", data("lexicon.yaml")["owner"]) if len(s.strip()) > _NOUN},
        key=len,
        reverse=True,
    )
    west = [w for w in owners if re.fullmatch(r"[^\W\d_]+", w) and not _HAN.search(w)]
    verbs = [w.strip() for w in table["verbs"].split(";")]
    east = [w for w in owners if _HAN.search(w)]
    return re.compile(
        rf"(?i:(?:{'|'.join(west)})[^\W\d_]{{0,5}},?|{'|'.join(verbs)})\s(?={_ANY_UP}|[«„\"“])(?!{names.LEGAL}(?:\s|$))"
        rf"|(?:我方|本所|我司|本方|我们)?(?:代表|受)?(?:{'|'.join(east)})(?=[一-鿿]{{4}}|株式会社|주식회사)"
    )


_TRADE = re.compile(
    rf"(?:[a-zà-ÿāăąćčďđēęěğģīıķĺļľłńņňōőřśşšťūůűųźżž]{{4,20}}[ ]){{0,1}}(?:merkenbureau|octrooibureau|advocatenkantoor|patentbureau|kanzlei|cabinet|studio|despacho|bufete|escritório|patikėtinis|atstovas|patentpilnvarotais)[ ](?=[{names.UPPER}])"
)
"""A noun in small letters for a firm's trade, which is none of its name."""
_NOUN = 4
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_platforms(name: str) -> bool:
    """Whether a name is that of a platform or its own company."""
    return bool(_platforms().match(name))


@functools.cache
def _platforms() -> re.Pattern[str]:
    own = [n for f in forms() for n in (*f.names, *f.firms)]
    return re.compile(rf"(?i)(?:{'|'.join(re.escape(n) for n in sorted(own, key=len, reverse=True))})(?!\w)")
