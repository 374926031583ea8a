"""Which office a notice says for a number: in brackets, before it, behind it, in its row, or once for all; none is made up."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from listing_preflight.complaint.forms import data
from listing_preflight.complaint.reading.page import Page

Named = tuple[str, ...]
"""Tables of names of offices."""
FIGURES = str.maketrans("123456789", "000000000")
"""No name of an office has a figure: texts that differ in figures alone are looked through once."""
_KEPT = 1 << 14
_STOPS = re.compile(
    r"(?<!\bnúm)(?<!\bnum)(?<!\bč)(?<!\bno)(?<!\bnr)(?<!\breg)(?<!\bNo)(?<!\bNos)(?<!\bReg)(?<!\bS)(?<!\bK)(?<!\bNr)(?<!\bn)(?<!\bU)[.!?]\s+(?=[A-ZÄÖÜÉÀ(])|\n|[。！？]|;\s"
)
"""Ends of sentences; "Reg. No." and "U.S." end none."""
_INSTITUTION = re.compile(
    r"(?i)office|registry|rk(?:\\s\+)?patent|amt|institut|ufficio|oficina|bureau|urz.d|kurumu|verket|ospatent|оспатент|局|庁|厅|廳|청"
)
_PHRASE = 120
"""Characters before a number in which an adjective tells its country."""
_LONG = re.compile(r"[0-9](?:[ .,'/-]?[0-9]){4,}")
"""What may be another number of a right."""


def said(page: Page, start: int, end: int, label: str) -> str | None:
    """The office of the number at a place: in brackets of its label or behind it, before it, in its row or behind it."""
    text = page.flow
    if office := office_in(" ".join(re.findall(r"[(（]([^)）]+)[)）]", label)), page, _all()):
        return office
    behind = re.match(r"\s*[(（\[]([^)）\]\n]{1,60})[)）\]]", text[end : end + 70])
    if behind and (office := office_in(behind.group(1), page, _all())):
        return office
    found = before(page, start)
    return found if found == "" else found or _of_row(page, start) or _behind(page, end)


def before(page: Page, start: int) -> str | None:
    """The office that the sentence names before a place: after the number before it if there, else anywhere."""
    words = _STOPS.split(page.flow[max(0, start - 400) : start])[-1]
    numbers = [m.end() for m in _LONG.finditer(words)]
    own = words[numbers[-1] :] if numbers else words
    found = _named_in(own, page, everything=bool(numbers))
    return found if found is not None or not numbers else _named_in(words, page, everything=False)


def _named_in(words: str, page: Page, *, everything: bool) -> str | None:
    """The office that some words before a number name; `everything`: also a country by its name alone."""
    nearest = office_in(words[-32:], page, _all(), last=True)
    if nearest is not None:
        return nearest
    plain = words.translate(FIGURES)
    found = _by_country(plain[-_PHRASE:]) or _registered_in(plain) or office_in(words, page, ("names", *_seats(words)))
    if found is not None or not everything:
        return found
    found = office_in(words, page, ("countries",))
    return found or _alone(plain)


@functools.lru_cache(maxsize=_KEPT)
def _alone(words: str) -> str | None:
    alone = re.findall(_stems(data("offices.yaml")["adjectives"]), words, re.IGNORECASE)
    return _office_of(alone[-1]) if alone else None


def _behind(page: Page, end: int) -> str | None:
    """An office that the same sentence names after the number, where no other number stands between or follows."""
    after = re.split(r"[.;!?](?:\s|$)|\n|[。；！？]", page.flow[end : end + 160])[0]
    if _LONG.search(after):
        return None
    found = office_in(after[:110], page, ("names", *_seats(after)), first=True)
    placed = _PLACED.match(after)
    return found or (office_in(placed["where"], page, _all()) or _by_country(placed["where"]) if placed else None)


_PLACED = re.compile(
    r"(?i)\s*,?\s*(?:(?:registered|filed|entered|valid|in force|eingetragen|enregistrée?|registrat[oa]|registrad[oa]|ingeschreven|zarejestrowan\w*|registrerad)\s)?"
    r"(?:in|at|with|before|for|of|beim|bei|für|im|auprès|en|au|aux|devant|pour|presso|ante|na|no|em|bij|voor|w|hos|i|в)\s(?P<where>(?:[\w.'’-]+\s?){1,7})"
)
"""Where a number is entered, right behind it."""


def _of_row(page: Page, start: int) -> str | None:
    """The country or office at the beginning of a schedule's row."""
    line = page.text[page.text.rfind("\n", 0, start) + 1 : start]
    row = re.match(
        r"[ \t>]*(?:\(?[0-9a-zA-Z]{1,2}[.)]|[-*•·])?[ \t]*([^\t\n]{2,40}?)(?:\t|[ ]{2,}|[:：]|[ ]+[-–—|][ ]+)", line
    )
    return office_in(row.group(1), page, _all()) if row else None


def is_row(page: Page, start: int) -> bool:
    """Whether a number stands in a row of a schedule of rights that begins with a country or office."""
    begins = page.text.rfind("\n", 0, start) + 1
    if _of_row(page, start) is None:
        return False
    if re.match(r"[ \t>]*\(?[0-9]{1,2}[.)][ \t]", page.text[begins:start]):
        return True
    above = page.text[max(0, begins - 700) : begins]
    right = "|".join((*data("rights.yaml")["kinds"].values(), data("rights.yaml")["registered"]))
    return bool(re.search(right, above, re.IGNORECASE))


@functools.cache
def any_name() -> re.Pattern[str]:
    """The name of any office, in one pattern."""
    return re.compile(
        "|".join(
            f"(?i:{p.pattern})" if p.flags & re.IGNORECASE else f"(?-i:{p.pattern})" for _, p, _ in _names("names")
        )
    )


def is_named_before(page: Page, at: int) -> bool:
    """Whether an office or a word of registering stands right before a number."""
    words = page.flow[max(0, at - 28) : at]
    found = [m.end() for m in any_name().finditer(words)]
    found += [
        m.end()
        for m in re.finditer(r"(?i)\breg\w*\.?|eingetragen|marke|mark\b|marque|marca|merk|商标|商標|상표", words)
    ]
    return bool(found) and not re.search(r"[0-9]|\w{4}", words[max(found) :])


@functools.lru_cache(maxsize=_KEPT)
def _by_country(before: str) -> str | None:
    """The country that an adjective beside the right names last: "U.S. Patent No. …", "die deutsche Wortmarke …", "marque française"."""
    last = None
    for found in _country_phrase().finditer(before):
        last = _office_of(found["a"] or found["b"] or found["c"])
    return last


@functools.lru_cache(maxsize=_KEPT)
def _registered_in(before: str) -> str | None:
    """A country that the words before a number call the place of the entry: "in Japan under no. …", "일본국에서도 등록 제…"."""
    if found := _entry().search(before):
        return _adjectives()[(found["west"] or found["east"]).casefold()]
    places = {_adjectives()[m.group(1).casefold()] for m in _entries().finditer(before)}
    return places.pop() if len(places) == 1 else None


@functools.cache
def _entry() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?i:\b(?:in|en|au|aux)) (?P<west>{_places()}),? (?i:also |auch |aussi )?(?i:registered|under|unter|eingetragen|enregistr\w+|sous|bajo|con el|con il|col|with|com o|med|pod|bij|onder)"
        rf"|(?P<east>{_places()})(?:국|国|國)?(?:에서도?|で|において|では)?[^\n]{{0,6}}(?:등록|登録|注册|註冊|상표|商標|商标))[^\n0-9]{{0,14}}$"
    )


@functools.cache
def _entries() -> re.Pattern[str]:
    return re.compile(
        rf"(?i:registrations?|registered|eingetragen|enregistr\w+|registrad\w+|registrat\w+) (?i:in|en|aux?|no|na|em)(?: the| den)? ({_places()})(?!\w)"
    )


@functools.cache
def _places() -> str:
    names = [
        w for words in data("offices.yaml")["countries"].values() for w in words if len(w) > 3 or ord(w[0]) > 0x2E80
    ]
    return "|".join(re.escape(w) for w in sorted(names, key=len, reverse=True))


@functools.cache
def _adjectives() -> dict[str, str]:
    """Names of countries, and the beginnings of their adjectives, with the office."""
    rows = {w.casefold(): office for office, words in data("offices.yaml")["adjectives"].items() for w in words}
    countries = data("offices.yaml")["countries"].items()
    names = {w.casefold(): o for o, words in countries for w in words if len(w) > 3 or ord(w[0]) > 0x2E80}
    return {**names, **rows}


def _stems(rows: Mapping[str, Sequence[str]]) -> str:
    """Any of the beginnings of some rows; one of three letters or fewer is a whole word."""
    ordered = sorted({w for words in rows.values() for w in words}, key=len, reverse=True)
    west = [
        (rf"(?-i:{re.escape(w)})" if w.isupper() else re.escape(w))
        + (r"(?![^\W\d_])" if len(w) < 4 or not w[-1].isalpha() else r"(?!land)[^\W\d_]*")
        for w in ordered
        if ord(w[0]) < 0x2E80
    ]
    east = [re.escape(w) for w in ordered if ord(w[0]) >= 0x2E80]
    return rf"(?:(?<![^\W\d_])(?:{'|'.join(west)})|{'|'.join(east)})"


def _office_of(adjective: str) -> str:
    low = adjective.casefold()
    return next(_adjectives()[low[:n]] for n in range(len(low), 0, -1) if low[:n] in _adjectives())


@functools.cache
def _country_phrase() -> re.Pattern[str]:
    """A country beside the name of a right or of an office, in either order; words may stand between an adjective and it."""
    right = "|".join(
        (
            *data("rights.yaml")["kinds"].values(),
            data("rights.yaml")["registered"],
            _INSTITUTION.pattern.removeprefix("(?i)"),
        )
    )
    near = r"(?:[\s-][\w-]{1,14}){0,2}?[\s-]?"
    adjective, name = _stems(data("offices.yaml")["adjectives"]), _places()
    return re.compile(
        rf"(?:(?P<a>{adjective}){near}|(?<!\w)(?P<c>{name})[\s-]?)(?<!\w)?(?:{right})|(?:{right}){near}(?P<b>{adjective})",
        re.IGNORECASE,
    )


@functools.lru_cache(maxsize=8)
def without_institutions(text: str) -> str:
    """A text with the names of offices blanked: "Patent and Trademark Office" speaks of no patent."""
    low = text.casefold()
    for needle, pattern, _office in _names("names"):
        if needle in low and _INSTITUTION.search(pattern.pattern) and "opyright" not in pattern.pattern:
            text = pattern.sub(lambda m: " " * len(m.group()), text)
    return text


@functools.cache
def _names(key: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """The names of a table: the first word that must stand there, a pattern (short ones keep their case), the office."""
    return tuple(
        (n.split()[0].casefold(), re.compile(_bounded(n), re.IGNORECASE if len(n) > 8 else 0), office)
        for office, names in data("offices.yaml")[key].items()
        for n in names
    )


@functools.cache
def _ambiguous() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """Names that mean another office in another language, with the office by language."""
    rows = data("offices.yaml")["ambiguous"].items()
    return tuple((re.compile(_bounded(name)), by_language) for name, by_language in rows)


def names() -> Named:
    """The names that offices bear."""
    return ("names",)


def _all() -> Named:
    return ("names", "countries")


def _seats(words: str) -> Named:
    """Towns stand for their office only beside a word of registering."""
    return ("seats",) if _speaks_of_registering(words.translate(FIGURES)) else ()


@functools.lru_cache(maxsize=_KEPT)
def _speaks_of_registering(words: str) -> bool:
    return bool(re.search(data("rights.yaml")["registered"], words, re.IGNORECASE))


def _bounded(name: str) -> str:
    inner = r"\s+".join(map(re.escape, name.split()))
    if ord(name[0]) > 0x2E80:
        return inner
    return rf"(?<![^\W\d_]){inner}" + ("" if len(name) > 14 else r"(?![^\W\d_])")  # long names may bear an ending


def office_in(words: str, page: Page, names: Named, *, last: bool = False, first: bool = False) -> str | None:
    """The office named last in some words, or `first`; `last`: right at their end. Empty where its name means several offices, None where there is none."""
    hits = _hits(words.translate(FIGURES), page.variety, names)
    if last:
        hits = tuple(h for h in hits if not re.search(r"\w", _NUMBERED.sub("", words[h[0] :])))
    if first and hits:
        return min(hits, key=lambda h: (h[0] - h[1], -h[1]))[2]
    return max(hits)[2] if hits else None


@functools.lru_cache(maxsize=_KEPT)
def _hits(words: str, language: str, names: Named) -> tuple[tuple[int, int, str], ...]:
    """Every name of an office in some words: its end, its length, the office."""
    low = words.casefold()
    hits = [
        (m.end(), len(m.group()), office)
        for table in names for needle, pattern, office in _names(table) if needle in low
        for m in pattern.finditer(words)
    ]  # fmt: skip
    for pattern, by_language in _ambiguous():
        hits += [(m.end(), len(m.group()), by_language.get(language, "")) for m in pattern.finditer(words)]
    return tuple(hits)


def ends(words: str) -> tuple[int, ...]:
    """Where the names of offices end in some words."""
    return tuple(h[0] for h in _hits(words.translate(FIGURES), "", ("names",)))


_NUMBERED = re.compile(r"(?i)(?<!\w)(?:no|nos|nr|reg|n)\b\.?|n[°º]|第|제|№|(?<!\w)č\.|(?<!\w)рег\.")


def named(page: Page) -> frozenset[str]:
    """Every office that the notice names anywhere."""
    return frozenset(office for _at, office in _everywhere(page))


def _everywhere(page: Page) -> Iterator[tuple[int, str]]:
    low = page.flow.casefold()
    for needle, pattern, office in _names("names"):
        if needle in low and (found := pattern.search(page.flow)):
            yield found.start(), office
    for pattern, by_language in _ambiguous():
        if (found := pattern.search(page.flow)) and (told := by_language.get(page.variety)):
            yield found.start(), told
    for needle, pattern, office in _names("seats"):
        for found in pattern.finditer(page.flow) if needle in low else ():
            around = page.flow[max(0, found.start() - 60) : found.end() + 60]
            if re.search(r"(?i)regist|trade marks|tescil|登録|注册", around):
                yield found.start(), office


def labelled(page: Page) -> str | None:
    """The office that a label of its own gives ("Where registered: …"), where there is one such office only."""
    found = {
        office
        for p in page.labelled("office", but="complaint_id")
        if (office := office_in(page.text[p.start : p.end], page, _all()))
    }
    return found.pop() if len(found) == 1 else None
