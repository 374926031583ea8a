"""Where marks stand: beside their numbers, in a list that goes on, in a labelled value that also holds a right's name and number."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading import names, organisations
from listing_preflight.complaint.reading.named_marks import CAPITALS, QUOTED, may
from listing_preflight.complaint.reading.numbers import Number
from listing_preflight.complaint.reading.page import Page

_UP = "".join(chr(c) for c in range(0x41, 0x1F00) if chr(c).isupper())
_AND = re.compile(
    r"[\"'”“»」』’®™]*\s*(?:[(（][^()（）\n]{0,30}[)）]\s*)?(?:,|/|、|&|(?:,\s*)?(?:and|und|sowie|et|ainsi que|y|así como|e|i|oraz|en|alsmede|och|samt|og|ve|a|și|és|ja|и|а также|та|và|dan|及|和|と|및|와|과|و)(?!\w))\s*(?:(?:the|die|der|la|le|les|el|il|de|het|również|auch|also)\s)?(?=[\"“„«「『‘'A-ZÀ-ŽА-Я\u3040-\u9fff\uac00-\ud7af])"
)
_BEHIND = re.compile(
    r"\s?(?:[号號호])?(?:\s?(?:tescil )?(?:sayılı|numaralı|nolu|no\.?lu)\s?)?[)\]]?\s*(?:,|:|-|–|—|=)?\s*(?:(?:for|für|för|for|pour|para|per|dla|voor|pro|na|на|for the (?:mark|word)|de|del|della|di|do)\s)?(?:(?:the |la |die |le )?(?:word|mark|marke|marque|marca|marchio|wortmarke)\s)?(?P<open>[(（])?\s*(?=[\"“„«「『‘'\w])"
)
_NEAR, _LEAST = 64, 3
_NO_NAME = re.compile(r"[.;:@/]|https?|^[a-zà-ÿ].*\s.*\s.*\s")
"""Quoted words that are a sentence or an address."""
_FEWEST, _TIMES = 4, 2
"""Letters of a name, and how often it stands in capitals, where nothing else names the mark."""


def beside_numbers(page: Page, people: Sequence[str], numbers: Sequence[Number]) -> Iterator[Span]:
    """Names in quotes, capitals or brackets right before or behind the number of a trademark."""
    for number in numbers:
        if not number.type.startswith("trademark"):
            continue
        yield from _beside(page, people, number)


def _beside(page: Page, people: Sequence[str], number: Number) -> Iterator[Span]:
    """The name beside the first mention of a number that has one."""
    for start, end in _mentions(page, number.written.value):
        for place in filter(None, (_behind(page, end), _before(page, start))):
            if may(page, page.flow[slice(*place)], people):
                yield page.folded.span(*_with_year(page, *place))
                return


def _mentions(page: Page, value: str) -> Iterator[tuple[int, int]]:
    """Where a number stands with no figure beside it: looked up by its first figures, so that many numbers cost no search of the page each."""
    first = _FIGURES.search(value)
    if first is None:
        return
    if "figures" not in page.kept:
        places: dict[str, list[int]] = {}
        for run in _FIGURES.finditer(page.flow):
            places.setdefault(run.group(), []).append(run.start())
        page.kept["figures"] = places
    for at in page.kept["figures"].get(first.group(), ()):
        start, end = at - first.start(), at - first.start() + len(value)
        edges = page.flow[max(0, start - 1) : max(0, start)] + page.flow[end : end + 1]
        if start >= 0 and page.flow.startswith(value, start) and not re.search(r"[0-9]", edges):
            yield start, end


_FIGURES = re.compile(r"[0-9]+")
_TAKEN_FROM = r"(?:infringement|infringing|counterfeit(?:ing|s)?|fälschung(?:en)?|verletzung|contrefaçons?|imitations?|podróbk\w+ \w+|contraffazione)(?:\s\([^()\n]{1,40}\))?(?=\s(?:of|von|der|de|di)\s)"
_YEAR = re.compile(r"[ ](?:1[789]|20)[0-9]{2}(?![0-9]|[ .,/-]?[0-9])")


def _with_year(page: Page, start: int, end: int) -> tuple[int, int]:
    """A name with the year that belongs to it: "BRUNALDI 1887"."""
    year = _YEAR.match(page.flow, end)
    return start, year.end() if year else end


def behind_words(page: Page, people: Sequence[str]) -> Iterator[Span]:
    """Names in quotes or capitals right behind a word for a mark: "under the marks A", "товарный знак «B»"."""
    for noun in re.finditer(rf"{data('rights.yaml')['kinds']['trademark']}|{_TAKEN_FROM}", page.flow, re.IGNORECASE):
        link = re.compile(r"(?:[ ][a-zà-ÿ][\w-]{1,14}){0,1}[:,]?[ ](?=[\"“„«「『‘'\w])").match(page.flow, noun.end())
        if link is None:
            continue
        quoted, capitals = QUOTED.match(page.flow, link.end()), CAPITALS.match(page.flow, link.end())
        place = quoted.span("mark") if quoted else capitals.span() if capitals else None
        name = page.flow[slice(*place)] if place else ""
        if place and len(name) >= _LEAST and may(page, name, people) and not _NO_NAME.search(name):
            yield page.folded.span(*_with_year(page, *place))


_BEFORE_TITLE = re.compile(
    r"(?m)(?:^|[:：、，,・])[ \t]*[「『“\"]?(?P<mark>[ぁ-ゖァ-ヺー一-鿿가-힣\w&・-]{2,20}(?:[ ][가-힣A-Z][\w가-힣]{0,20}){0,2}?)[」』”\"]?[ \t]*[(（]?(?:商標登録|登録商標|商标注册|注册商标|註冊商標|商標註冊|상표 ?등록|등록 ?상표)\s?(?:番号|号|號|证|證|번호)?\s?[:：]?\s?(?:第|제)?\s?[0-9]"
)


def before_titles(page: Page, people: Sequence[str]) -> Iterator[Span]:
    """In scripts without capitals the name right before the words for a registered mark and its number: "NAME 商標登録第6000000号"."""
    for found in _BEFORE_TITLE.finditer(page.text):
        name = found["mark"]
        if may(page, name, people) and not says(name, "right", "owner", "mark", "numbered"):
            yield page.folded.span(*found.span("mark"))


_TITLED = re.compile(
    rf"(?<![\w@./&-])[{_UP}][\w'’-]*[^\W\d_](?:[ ](?:&[ ]|and[ ]|und[ ]|et[ ]|of[ ]|de[ ]|i[ ]|y[ ])?[{_UP}][\w'’-]*[^\W\d_]){{0,3}}(?![\w@]|\.\w)"
)
"""A name of words that begin with capitals."""
_SAID_BEFORE = 2
"""How often such a name must stand in a notice: once as the mark, once as its owner's or on its goods."""


def titled(page: Page, people: Sequence[str]) -> Iterator[Span]:
    """Names of capitalised words right behind a word for a mark, which the notice names again: "the trade mark Dijkloper"."""
    firms = [(o.start, o.end) for o in organisations.find(page)]
    low = page.flow.casefold()
    for noun in re.finditer(
        rf"{data('rights.yaml')['kinds']['trademark']}|{words('mark', whole=True).pattern}", page.flow, re.IGNORECASE
    ):
        link = re.compile(r"(?:\s[a-zà-ÿ][\w-]{1,14})?[:,]?\s(?=\S)").match(page.flow, noun.end())
        found = _TITLED.match(page.flow, link.end()) if link else None
        if found is None or any(a <= found.start() < b for a, b in firms):
            continue
        name = found.group()
        if low.count(name.casefold()) < _SAID_BEFORE or says(name, "right", "owner", "agent", "case", "item", "court"):
            continue
        if len(name) > _LEAST and may(page, name, people):
            yield page.folded.span(*found.span())


def borne(page: Page, people: Sequence[str]) -> Iterator[Span]:
    """The name that an owner's name begins with, where it stands beside a word for a mark, a number or in quotes outside any company's name."""
    firms = [(o.start, o.end) for o in organisations.find(page)]
    for owner in people[:1]:
        parts = re.findall(r"[^\s\"“”„«»,]+", re.sub(rf"\s{names.LEGAL}.*$", "", owner))
        for count in range(min(len(parts), _MOST_PARTS), 0, -1):
            name = " ".join(parts[:count])
            if len(name) <= _LEAST or not name[0].isupper():
                continue
            for found in re.finditer(rf"(?<![\w@./-]){re.escape(name)}(?![\w@-]|\.\w)", page.flow):
                if any(a <= found.start() < b for a, b in firms) or not may(page, found.group(), ()):
                    continue
                around = page.flow[max(0, found.start() - _BESIDE) : found.end() + _BESIDE]
                if words("mark", whole=True).search(around) or re.search(
                    data("rights.yaml")["kinds"]["trademark"], around, re.IGNORECASE
                ):
                    yield page.folded.span(*found.span())
                    return


_MOST_PARTS, _BESIDE = 3, 44


def alone(page: Page, people: Sequence[str]) -> Iterator[Span]:
    """The one name in capitals that the sentences of a notice have, where nothing else names the mark."""
    found = {
        m.group(): m.span() for line in re.finditer(r"[^\n]+", page.flow) if not _is_shouted(line.group())
        for m in CAPITALS.finditer(page.flow, *line.span())
        if len(m.group()) >= _FEWEST and not re.search(r"[0-9]", m.group()) and may(page, m.group(), people)
        and says(page.flow[slice(*page.sentence(*m.span()))], "accuses", "mark", "reports")
    }  # fmt: skip
    if len(found) == 1:
        yield page.folded.span(*next(iter(found.values())))


def several(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the names of a labelled value that lists some: "A; B", "A, B, a figure of a bat", "도담결 / DODAMGYEOL"."""
    value = page.text[start:end]
    if re.search(r"[0-9]{5}", value) or re.search(rf",\s*{names.LEGAL}", value):
        return []
    parts, at = [], 0
    for stop in [*re.finditer(r"\s*[;；、،]\s*|\s+/\s+|,\s+", value), None]:
        until = stop.start() if stop else len(value)
        if value[at:until].strip():
            parts.append((start + at, start + until))
        at = stop.end() if stop else until
    named = [p for p in parts if not page.text[slice(*p)].strip()[:1].islower()]
    short = all(len(re.sub(r"\([^()]*\)", "", page.text[slice(*p)]).split()) <= _MOST_WORDS for p in named)
    return named if len(parts) > 1 and short and (len(named) == len(parts) or len(named) > 1) else []


_MOST_WORDS = 5
"""Words of one name of a list."""


def behind_signs(page: Page, people: Sequence[str]) -> Iterator[Span]:
    """Names in quotes right behind a wider word for a sign in a sentence that accuses: "use the designations «A» and «B»"."""
    for noun in words("mark", whole=True).finditer(page.flow):
        quoted = QUOTED.match(page.flow, noun.end() + 1) if page.flow[noun.end() : noun.end() + 1] == " " else None
        if quoted is None or _NO_NAME.search(quoted["mark"]) or not may(page, quoted["mark"], people):
            continue
        if says(page.flow[slice(*page.sentence(*noun.span()))], "accuses"):
            yield page.folded.span(*quoted.span("mark"))


def is_named_behind(page: Page, number: Number) -> bool:
    """Whether a name stands right behind a number."""
    return _behind(page, bisect_left(page.folded.at, number.written.end)) is not None


def _behind(page: Page, end: int) -> tuple[int, int] | None:
    link = _BEHIND.match(page.flow, end)
    if link is None:
        return None
    if link["open"]:
        inside = re.compile(r"[^()（）\n]{2,60}").match(page.flow, link.end())
        if inside and _is_name(inside.group()) and page.flow[inside.end() : inside.end() + 1] in ")）":
            return inside.span()
    if quoted := QUOTED.match(page.flow, link.end()):
        return quoted.span("mark")
    capitals = CAPITALS.match(page.flow, link.end())
    return capitals.span() if capitals else None


def _is_name(told: str) -> bool:
    """Whether all of some words are in capitals, commas and all: a slogan in brackets."""
    letters = re.sub(r"[\W\d_]", "", told)
    return len(letters) > 2 and told.upper() == told and told.lower() != told and not re.search(r"[0-9]{3}", told)


def _before(page: Page, at: int) -> tuple[int, int] | None:
    start = max(page.flow.rfind("\n", 0, at) + 1, at - _NEAR)
    while 0 < start < at and page.flow[start - 1].isalnum() and page.flow[start].isalnum():
        start += 1  # half of a word is no name
    before = page.flow[start:at]
    found = [*QUOTED.finditer(before), *CAPITALS.finditer(before)]
    for one in sorted(found, key=lambda m: -m.end()):
        place = one.span("mark") if "mark" in one.groupdict() else one.span()
        if not re.search(r"[0-9]{5}|(?<=\w{4})[.;!?]\s|。", before[one.end() :]):
            return start + place[0], start + place[1]
    return None


def listed(page: Page, spans: Sequence[Span], people: Sequence[str]) -> Iterator[Span]:
    """The names that go on a list which a name that was found begins: "the marks A, B and C"; each name is walked over once."""
    begins = {s.start for s in spans}
    for span in spans:
        yield span
        end = bisect_left(page.folded.at, span.end)
        while link := _AND.match(page.flow, end):
            quoted, capitals = QUOTED.match(page.flow, link.end()), CAPITALS.match(page.flow, link.end())
            place = quoted.span("mark") if quoted else capitals.span() if capitals else None
            if place is None or not may(page, page.flow[slice(*place)], people):
                break
            if (found := page.folded.span(*place)).start in begins:
                break  # the list goes on from there
            yield found
            end = quoted.end() if quoted else place[1]


def in_value(page: Page, start: int, end: int, people: Sequence[str]) -> list[Span]:
    """The names in a labelled value that also tells a right and its number: "EU trade mark 018 (NORVALE)", «A» / B."""
    value = page.text[start:end]
    mixed = re.search(r"[0-9]{5}|[0-9]{3}[ .,][0-9]{3}", value)
    if not mixed and not re.search(r"[»”\"“」]\s*[/,;·]|\s/\s", value):
        return []
    found = [m.span("mark") for m in QUOTED.finditer(page.text, start, end)]
    if not mixed and not found:
        return []
    taken = list(found)
    for m in CAPITALS.finditer(page.text, start, end):
        if not any(a <= m.start() < b for a, b in taken):
            found.append(m.span())
    out = []
    for a, b in sorted(found):
        b -= (
            len(tail.group())
            if (tail := re.search(r"\s(?:US|USA|EU|UK|GB|DE|FR|IT|ES|WO|IR|EUTM)$", page.text[a:b]))
            else 0
        )
        if may(page, page.text[a:b], people):
            out.append(page.folded.span(*_with_year(page, a, b)))
    return out


def in_titles(page: Page, people: Sequence[str]) -> Iterator[Span]:
    """Where nothing else names the mark: the name in capitals that the notice repeats most."""
    places = [
        m.span() for line in re.finditer(r"[^\n]+", page.flow) if not _is_shouted(line.group())
        for m in CAPITALS.finditer(page.flow, *line.span())
        if len(m.group()) >= _FEWEST and not re.search(r"[0-9]", m.group()) and may(page, m.group(), people)
    ]  # fmt: skip
    times = Counter(page.flow[a:b].casefold() for a, b in places)
    most = max(times.values(), default=0)
    if most >= _TIMES:
        for a, b in places:
            if times[page.flow[a:b].casefold()] == most:
                yield page.folded.span(a, b)
                return


_LONGEST_TITLE = 400
"""Characters of a line in capitals that may be a title."""


def _is_shouted(line: str) -> bool:
    """Whether a line is a title in capitals, more than a right's or a case's name."""
    if len(line) > _LONGEST_TITLE or "\t" in line or line.upper() != line:
        return False
    plain = words("right", "case", "item", "court", "order", whole=True).sub(" ", line)
    return bool(re.search(r"[^\W\d_]{2,}", plain))


def is_set_aside(page: Page, span: Span) -> bool:
    """Whether the words behind a name say that it is not at issue."""
    end = bisect_left(page.folded.at, span.end)
    return bool(re.match(data("kinds.yaml")["set_aside"], page.flow[end : end + 70], re.IGNORECASE))
