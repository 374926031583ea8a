"""How periods and days are written in the languages of notices: one pattern of each, made of the parts in data, and the day that words name."""

import calendar
import datetime
import functools
import re

from listing_preflight.complaint.forms import data

_TIME = r"(?:[0-9]{1,2}(?:[:.h][0-9]{2})?\s?(?:a\.?m\.?|p\.?m\.?|uhr|h|heures?|horas?|uur|noon)?|noon|midnight)"
_SHORT_DAY = r"(?:(?:[0-9]{4}(?:[-/]|\.\s?)[0-9]{1,2}(?:[-/]|\.\s?)[0-9]{1,2}(?:\.(?=까지|\s?\w*ig|\s[0-9]{1,2}:))?|[0-9]{1,2}[./-]\s?[0-9]{1,2}[./-]\s?[0-9]{4})(?![0-9])(?:\s?[(（][月火水木金土日월화수목금토일一二三四五六](?:曜日?|요일)?[)）])?)"
_EAST_CLOCK = (
    r"(?:\s*[(（][月火水木金土日월화수목금토일一二三四五六七](?:曜日?|요일)?[)）])?"
    r"(?:\s*(?:午前|午後|上午|下午|오전|오후)?\s*[0-9]{1,2}(?:[:：][0-9]{2}|[時时点點시](?:\s*[0-9]{1,2}\s*[分분])?)|\s*(?:正午|자정|정오))?(?:\s*[(（][^()（）\n]{1,8}[)）])?"
)
_EAST_DAY = (
    r"(?:(?:(?:令和|平成|民國|民国)\s*)?[0-9]{1,4}\s*年|同年)?\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日"
    + _EAST_CLOCK
    + r"|(?:[0-9]{4}\s*년\s*)?[0-9]{1,2}\s*월\s*[0-9]{1,2}\s*일"
    + _EAST_CLOCK
)
_WEEKDAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag|poniedział\w+|wtor\w+|środ\w+|czwart\w+|piąt\w+|sobot\w+|niedziel\w+|(?:mån|tis|ons|tors|fre|lör|sön)dag\w*"
    r"|(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)\w*|hétfő\w*|kedd\w*|szerd\w+|csütörtök\w*|péntek\w*|marți|miercuri|joi|vineri|сряда|четвъртък|петък|ponedjelj\w+|utor\w+|srijed\w|sred[aoe]|četvrt\w+|pet[ae]k\w*|petk\w+|ponedelj\w+|torek\w*|torka"
    r"|pondel\w+|pondělí|úter\w+|střed\w|stred\w|čtvrt\w+|štvrt\w+|pát\w+|piat\w+|(?:man|tirs|ons|tors|fre|lør|søn)dag|Δευτέρα\w*|Τρίτη\w*|Τετάρτη\w*|Πέμπτη\w*|Παρασκευή\w*|понеділ\w+|вівтор\w+|серед\w|четвер\w*|п.ятниц\w|\w+dienio|\w+dienu|\w+dienai|esmaspäev\w*|teisipäev\w*|kolmapäev\w*|neljapäev\w*|reede\w*"
    r"|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|понедельник\w*|вторник\w*|сред\w|четверг\w*|пятниц\w|суббот\w|senin|selasa|rabu|kamis|jumat|sabtu|minggu|thứ\s\w+"
)
_YEARLESS = r"[0-3]?[0-9]\.\s?[01]?[0-9]\.(?!\s?[0-9])"
"""A day of a month of no named year, as it is written with stops behind words like "until"."""
_HAN = r"[一二三四五六七八九十两兩]{1,3}"
_EAST_NUM = rf"(?:(?:[0-9]{{1,3}}|{_HAN})(?:\s?\([0-9一-十]{{1,3}}\))?)"


def _list(key: str) -> str:
    """The words of a table, longest first; a hyphen between words stands for blanks."""
    found = sorted(data("deadlines.yaml")[key].split(), key=len, reverse=True)
    return "|".join(re.escape(w).replace("\\-", r"[\s-]").replace("'", "['’]") for w in found)


def numbers() -> str:
    """The numbers that words name, one pattern."""
    return _list("numbers")


def units() -> str:
    """The units of periods, one pattern."""
    return _rows("units")


@functools.cache
def _clock() -> str:
    """The hour behind a day, with the words before and behind it and its zone."""
    before, after = _list("clock before"), _list("clock after")
    hour = r"(?:[0-9]{1,2}[:.h][0-9]{2}(?![0-9])(?::[0-9]{2})?"
    zone = rf"(?:\s?\(?(?:{_list('zones')})(?:[+-][0-9]{{1,2}}(?::?[0-9]{{2}})?)?(?!\w)\)?)"
    return (
        rf"(?:\.?,?\s*(?:(?:{before})\s?)*{hour}(?:\s?(?:{after})(?!\w))?|[0-9]{{1,2}}\s?(?:{after})(?!\w)(?:\s[0-9]{{2}}(?![0-9]))?|noon|midnight){zone}?"
        rf"|,?\s(?:{before})\s[0-9]{{1,2}}(?![0-9.:])|{zone})?"
    )


@functools.cache
def _points() -> str:
    """Points in time behind words like "until": those of the table, and a day by its place in an order."""
    ordinal = _list("ordinals")
    return rf"(?:{_rows('points')}|(?:{ordinal})(?:\s(?:{ordinal}))?\s(?:[^\W\d_]{{2,14}}\s)?(?:{_rows('units')})(?:\s(?:{_rows('modifiers')}))?)"


def _rows(key: str) -> str:
    return "|".join(row.strip() for row in data("deadlines.yaml")[key].splitlines() if row.strip())


@functools.cache
def months() -> tuple[str, ...]:
    """One pattern a month, January first."""
    return tuple("|".join(row.split()) for row in data("deadlines.yaml")["months"].splitlines() if row.strip())


def _month_end(month: str) -> str:
    """The last day of a month: "the end of January 2027", "Ende Januar 2027", "1月末"."""
    year = r"(?:,?\s(?:de\s|del\s|do\s)?[0-9]{4}(?![0-9])(?:\s(?:года|г\.|r\.|roku|року))?)"
    behind = data("deadlines.yaml")["month_end_behind"]
    return (
        rf"(?:{_list('month_end')})\s(?:de\s|di\s|of\s)?{month}(?!\w){year}?|{month}(?!\w){year}?{behind}"
        r"|(?:(?:[0-9]{4})\s*[年년]\s*)?[0-9]{1,2}\s*[月월]\s*(?:末日?|底|말)"
    )


@functools.cache
def day_pattern() -> str:
    """Any written day, with its weekday before it and its hour behind it."""
    month = f"(?:{'|'.join(months())}|{_list('months of other calendars')})\\.?"
    year = rf"(?:['’]?[0-9]{{4}}(?![0-9])(?:\s(?:{_list('year behind')})(?!\w))?)"
    weekday = rf"(?:(?:{_WEEKDAYS}),?\s(?:(?:den|dem|de|el|le|il)\s)?)?"
    west = (
        rf"(?:{weekday}|(?-i:(?<!\w)[A-ZÀ-Ž][\w-]{{2,12}},?\s)?)[0-9]{{1,2}}(?:st|nd|rd|th|\.|er|º|ª|-го|-ви|-ри|-ти|η|ή|ης)?\s(?:de\s|of\s|d['’]|ב)?{month}(?!\w)(?:,?\s(?:de\s|del\s|do\s)?{year})?"
        rf"|{weekday}{month}\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9:])(?:,?\s{year})?"
        rf"|[0-9]{{4}}\.?\s(?:m\.\s|gada\s)?(?:[0-9]{{1,2}}\.\s)?{month}(?!\w)(?:\s[0-9]{{1,2}}(?![0-9])(?:\.(?=\s)|\sd\.)?)?"
        r"|[0-9]{1,2}\stháng\s[0-9]{1,2}(?:\snăm\s[0-9]{4})?"
        rf"|{_month_end(month)}"
    )
    behind = rf"(?:\.?\s(?:{_list('year behind')})(?!\w))?"
    return rf"(?:{weekday}{_SHORT_DAY}{behind}|{_EAST_DAY}|{west}){_clock()}"


@functools.cache
def days() -> re.Pattern[str]:
    """A day by which something is due: behind a word like "until", before one like 까지, or behind a label."""
    table, day = data("deadlines.yaml"), day_pattern()
    filler = rf"(?:(?:{_list('days')}|{_TIME}|[A-ZÀ-Ž][a-zà-ž]+(?:day|tag|di|dag|edi))\.?,?\s+)*"
    return re.compile(
        rf"(?:(?:(?<![\w-])|(?=[\u0e00-\u0eff\u4e00-\u9fff]))(?:(?:{_list('until')})(?:\s+(?:{_list('until')}))*)\s?[,:]?\s*[于於在]?{filler}(?:\([^()\n]{{3,24}}\)\s(?:{filler}))?(?P<d1>{day}|{_YEARLESS})(?:\s*(?:前|之前|以前)|\smennessä|-?ig(?!\w)|\snapjáig|['’]?\w{{0,3}}\s(?:(?:tarihine|gününe)\s)?kadar)?"
        rf"|(?<![A-Za-z0-9])(?P<d2>{day})(?:-?ig(?!\w)|\s?तक|\s(?:napjáig|mennessä|asti|से\sपहले|سے\sپہلے|تک|órá\w*)|-?(?:jéig|jáig|éig|áig)(?!\w))|(?<![A-Za-z0-9])(?P<d4>{day})\s*(?:まで(?:に)?|必着|까지|(?:日)?(?:之|以)?前|截止|为止|為止|['’]?\w{{0,3}}\s?(?:(?:tarihine|gününe)\s)?kadar)"
        rf"|(?<![\w-])(?:after|from|on|am|zum|dne|dňa|dnia|le|il|el|em|den|op|nach(?: dem)?|ab(?: dem)?|après le|à partir du|à compter du|con effetto dal|mit wirkung vom|with effect from|dopo il|dal|después del|a partir del|após|a partir de|na|vanaf|po|od|efter den|från den|fra|после|с|після|след|sonra)\s+{filler}(?P<d5>{day})"
        rf"|{table['labels']}(?P<d3>{day})"
        rf"|(?:{table['term']})(?P<between>[^\n.;。0-9，,、]{{0,40}}?(?:[0-9]{{1,2}}[:.h][0-9]{{2}}\s\w{{0,8}}\s?)?)(?P<d6>{day}))",
        re.IGNORECASE,
    )


@functools.cache
def _day_part() -> str:
    """Parts of a day and hours behind a point in time: " at noon", ", 18 Uhr", " kl. 18"."""
    part, link = _list("day parts"), _list("day part links")
    hour = rf"(?:{_list('clock before')}|{link})\s[0-9]{{1,2}}(?:[:.h][0-9]{{2}})?(?:\.?\s?(?:{_list('hours')}))?|[0-9]{{1,2}}(?:[:.h][0-9]{{2}}|(?:[:.h][0-9]{{2}})?\s?(?:{_list('hours')}))"
    return rf"(?:,?\s(?:(?:(?:{link})\s){{0,2}}(?:{part})|(?:(?:{link})\s){{0,2}}(?:{hour}))(?![\w:]))"


@functools.cache
def points() -> re.Pattern[str]:
    """A point in time that no date names, with the word like "until" beside it: "by the end of the week"."""
    until, begins = _list("until"), r"(?:(?<![\w-])|(?=[\u0e00-\u0eff\u3040-\u9fff]))"
    return re.compile(
        rf"{begins}(?:{until})(?:\s(?:{until}))*(?:\s|(?<=[\u0e00-\u0eff]))(?:(?:[^\s.;,:!?()]{{1,14}}|[0-9]{{1,2}}[:.][0-9]{{2}}|[ap]\.m\.)\s){{0,5}}?(?P<point>{_points()})(?:(?!\w)|(?<=[\u0e00-\u0eff])){_day_part()}{{0,3}}(?:\s(?:on|of|am|le|di|del|de)\s(?:{_WEEKDAYS})(?!\w))?(?:\s\([^()\n]{{3,24}}\))?"
        rf"|{begins}(?P<before>{_rows('points before')})",
        re.IGNORECASE,
    )


@functools.cache
def periods() -> re.Pattern[str]:
    """A period: a number and a unit of time, with the words before and behind that belong to it."""
    number = rf"(?:(?:[0-9]{{1,2}}\s?[x×х*]\s?24|[0-9]{{1,3}}(?:\s?(?:-|–|to|bis|à|a|oder|or)\s?[0-9]{{1,3}})?|{_list('numbers')}(?:[\s-](?:{_list('numbers')}))?)(?:\s?\((?:[0-9]{{1,3}}|[^\W\d_][^\n()0-9]{{1,24}})\))?)"
    modifier = rf"(?:\s(?:{_rows('modifiers')}))*"
    core = rf"(?:(?:giorni|giorno|dni|dnů|dní|zile|dias|días)\s{number}(?![.,:/-]?[0-9])(?!\w)|{number}[\s-](?:more\s|full\s|further\s|weiter\w+\s|altri\s|na\s|ulteriori\s|autres\s|otros\s|outros\s)?(?:{_rows('units')}){modifier}(?!\w))"
    before = rf"(?:(?<![\w-])(?:{_list('within')})(?:\s(?:{_list('within')}))*(?:\s(?:{_list('fillers')}))*\s?)?"
    tail = rf"(?:\s(?:{_list('counted from')})\s?[^\n.,;:()]{{0,44}}?(?:{_list('tail')})\w*(?:(?:\s(?:{_list('of this')}))+(?:\s\w+(?:-\w+)?)?)?)?"
    turkish = r"(?:(?:\w+\s){1,5}?(?:itibaren|sonra|számított|számítva|követő)\s)?"
    east = (
        rf"(?:(?:(?<=[はをに、。\s])|(?=自|收|接|函|文))(?![如若])[^\s，。、,.；;：:0-9「」()人方]{{1,24}}?(?:起算して|から|より|起|之日起|后的?|後的?|到)\s*)?(?:(?:于|於|在|请在|請在)\s*)?{_EAST_NUM}\s*(?:个|個)?\s*"
        r"(?:(?:自然|工作|营业|營業|営業|日历)[日天]|[天日]間?|小时|小時|時間|周|週間?|[かヶカ]?月)\s*(?:以|之)?[内內](?:に)?"
        r"|(?:保留|延长|延長)\s*[0-9]{1,3}\s*(?:天|日|个月|個月)|[0-9]{1,3}\s?(?:天|小时|小時|个工作日|個工作天|営業日)"
        r"|(?<!월\s)(?<!월)(?:(?:[가-힣]+\s){0,3}[가-힣]+(?:부터|후|기준)\s(?:영업일\s기준\s)?)?[0-9]{1,3}\s?(?:영업일|근무일|일|주일?|개월|시간)\s?(?:(?:이내|동안)에?|(?:안|내)(?:에|으로)?(?![가-힣]))|[0-9]{1,3}日間(?=[^。\n]{0,14}(?:留保|保留|凍結|停止))|[0-9]{1,3}일간(?=[^.\n]{0,14}(?:보류|유보|정지))"
        rf"|ภายใน\s*(?:[0-9]{{1,3}}|{_list('numbers')})(?:\s?\([0-9ก-๛]{{1,12}}\))?\s*(?:วันทำการ|วัน|ชั่วโมง|สัปดาห์|เดือน)(?:\s?นับ(?:จาก|แต่|ตั้งแต่)[ก-๛]{{2,30}})?|[0-9]{{1,3}}\s*(?:วันทำการ|วัน|ชั่วโมง|สัปดาห์|เดือน)"
    )
    native = r"(?:[가-힣]+(?:\s[가-힣]+){0,3}부터\s(?:영업일\s기준\s)?)?(?<![가-힣])(?:하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름|일주일|한\s?달)\s?(?:이내|안|내)에?"
    bare = rf"(?<![年月년월0-9./-]){_EAST_NUM}\s?(?:時間|日間|週間|[かヶカ]月|日|시간|영업일|근무일|일|주|개월|個工作[日天]|个工作日|周|週|星期|小[时時]|[个個]月)(?![0-9년월]|까지|まで|[前后後内內起])|(?<!\w)(?:שבועיים|יומיים|חודשיים|أسبوع(?:ان|ين)|يوم(?:ان|ين)|شهر(?:ان|ين))(?!\w)"
    return re.compile(
        rf"(?P<fixed>(?:{data('deadlines.yaml')['fixed']}){tail})|(?P<before>{before})(?<![\w.,/])(?<!(?<!ב)-)(?:{turkish})(?P<core>{core}){tail}|(?P<east>{east}|{native})|(?P<bare>{bare})",
        re.IGNORECASE,
    )


def day(words: str, year: int | None, *, day_first: bool = False) -> str | None:
    """The ISO day that some words name; `year` where they leave it out; `day_first`: how 4/5/2026 is meant. None where none is named."""
    if found := re.search(r"([0-9]{4})(?:[-/]|\.\s?)([0-9]{1,2})(?:[-/]|\.\s?)([0-9]{1,2})", words):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := re.search(
        r"(令和|平成|民國|民国)?\s*(?:([0-9]{1,4})\s*[年년]\s*)?([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})\s*[日일]", words
    ):
        told = int(found[2]) if found[2] else year
        shift = {"令和": 2018, "平成": 1988}.get(found[1] or "", _REPUBLIC if told and told < 200 else 0)
        return _iso(told + shift if told and told < 200 else told, int(found[3]), int(found[4]))
    if found := re.search(r"([0-9]{1,2})([./-])\s?([0-9]{1,2})[./-]\s?([0-9]{4})", words):
        first, second = int(found[1]), int(found[3])
        if found[2] != "/" or first > 12 or day_first or first == second:
            return _iso(int(found[4]), second, first)
        return _iso(int(found[4]), first, second) if second > 12 else None
    if found := re.search(r"(?<![0-9.])([0-9]{1,2})\.\s?([0-9]{1,2})\.(?!\s?[0-9])", words):
        return _iso(year, int(found[2]), int(found[1]))
    if found := re.search(r"([0-9]{1,2})\stháng\s([0-9]{1,2})(?:\snăm\s([0-9]{4}))?", words):
        return _iso(int(found[3]) if found[3] else year, int(found[2]), int(found[1]))
    return _by_month(words, year) or _last_of_month(words, year)


def _last_of_month(words: str, year: int | None) -> str | None:
    """The last day of a month of which no day is named."""
    if found := re.search(r"(?:([0-9]{4})\s*[年년]\s*)?([0-9]{1,2})\s*[月월]\s*(?:末|底|말)", words):
        return _end_of(int(found[1]) if found[1] else year, int(found[2]))
    if re.search(r"(?<![0-9])[0-9]{1,2}(?![0-9])", words):
        return None
    for number, names in enumerate(months(), 1):
        if re.search(rf"(?<!\w)(?:{names})(?!\w)", words, re.IGNORECASE):
            told = re.search(r"[0-9]{4}", words)
            return _end_of(int(told.group()) if told else year, number)
    return None


def _end_of(year: int | None, month: int) -> str | None:
    if not year or not 1 <= month <= _MONTHS:
        return None
    return datetime.date(year, month, calendar.monthrange(year, month)[1]).isoformat()


_MONTHS = 12


def _by_month(words: str, year: int | None) -> str | None:
    for number, names in enumerate(months(), 1):
        first = re.search(
            rf"([0-9]{{4}})\.?\s(?:m\.\s|gada\s)?(?:([0-9]{{1,2}})\.\s)?(?:{names})(?!\w)\.?(?:\s([0-9]{{1,2}})(?![0-9]))?",
            words,
            re.IGNORECASE,
        )
        if first and (told_day := first[2] or first[3]):
            return _iso(int(first[1]), number, int(told_day))
        pattern = rf"(?:(?<![0-9])([0-9]{{1,2}})(?:st|nd|rd|th|\.|er|º|ª|-го|-ви|-ри|-ти|η|ή|ης)?\s(?:de\s|of\s|d['’])?)?(?:(?<!\w)|(?<=\sב))(?:{names})(?!\w)\.?(?:\s([0-9]{{1,2}})(?![0-9]))?(?:st|nd|rd|th)?(?:,?\s(?:de\s|del\s|do\s)?([0-9]{{4}}))?"
        found = re.search(pattern, words, re.IGNORECASE)
        if found and (date := found[1] or found[2]):
            told = int(found[3]) if found[3] else year
            return _iso(told - _BUDDHIST if told and told > _BUDDHIST + 1900 else told, number, int(date))
    return None


_REPUBLIC, _BUDDHIST = 1911, 543
"""Years of the Republic of China count from 1912; Thai years run 543 ahead."""


def _iso(year: int | None, month: int, date: int) -> str | None:
    try:
        return datetime.date(year, month, date).isoformat() if year else None
    except ValueError:
        return None


_WORDS = (
    "one a an eine einem einer eines un une uno una um uma een één jeden jednego en ett bir одного 一 เดียว",
    "two zwei zweier deux dos due dois duas twee dwa dwóch två iki двух 二 两 兩",
    "three drei trois tres tre três drie trzy trzech üç трёх трех 三",
    "four vier quatre cuatro quattro quatro cztery czterech fyra dört 四",
    "five fünf cinq cinco cinque vijf pięć pięciu fem beş пяти 五",
    "six sechs six seis sei zes sześć sześciu sex altı шести 六",
    "seven sieben sept siete sette sete zeven siedem siedmiu sju yedi семи 七",
    "eight acht huit ocho otto oito osiem ośmiu åtta sekiz восьми 八",
    "nine neun neuf nueve nove negen dziewięciu nio dokuz 九",
    "ten zehn dix diez dieci dez tien dziesięć dziesięciu tio on десяти 十",
)
_TEENS = {
    12: "twelve zwölf douze doce dodici doze twaalf", 14: "fourteen vierzehn quatorze catorce quattordici veertien czternastu fjorton четырнадцати",
    15: "fifteen fünfzehn quinze quince quindici vijftien piętnastu femton", 20: "twenty zwanzig vingt veinte venti vinte twintig dwudziestu tjugo",
    21: "twenty-one", 30: "thirty dreißig trente treinta trenta trinta dertig trzydziestu trettio otuz", 48: "forty-eight", 72: "seventy-two",
}  # fmt: skip


def digits(words: str) -> int | None:
    """How many units a period has, from figures or words; of a range none, for nobody says which end counts."""
    found = re.findall(r"[0-9]+", words)
    if found:
        return int(found[0]) if len(set(found)) == 1 else None
    rows = {w: n for n, row in enumerate(_WORDS, 1) for w in row.split()} | {
        w: n for n, row in _TEENS.items() for w in row.split()
    }
    if re.search(r"(?i)huitaine", words):
        return None
    told = {rows[w] for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", words.casefold()) if w in rows and (rows[w] > 1)}
    east = {
        rows[c]
        for c in re.findall(r"([一二三四五六七八九十两兩])\s*(?:个|個)?\s*(?:工作|自然|营业|營業|日|天|周|週)", words)
    }
    both = told | east
    return (
        both.pop()
        if len(both) == 1
        else 1
        if not both and re.search(r"(?i)(?<!\w)(?:one|a|an|eine[mrs]?|une?|una|uma|een)\s", words)
        else None
    )
