"""What sort of paper it is (family), every ground that it gives (kinds, as a set with the words for each), and its level."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.letter import ADDRESS
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading import families, levels, offices, organisations
from listing_preflight.complaint.reading.listing_spans import URL
from listing_preflight.complaint.reading.numbers import Number
from listing_preflight.complaint.reading.page import Page

_LEVELS = (("product or packaging", "product"), ("image", "image"), ("detail page", "page"))


def family(page: Page, *, named: bool, ids: bool, listed: bool, right: bool, lookalike: bool) -> str:
    """One of contract §7's families; `named`: a complainant is named, `ids`: listings or a complaint id are, `listed`: listings are, `right`: a mark or number is.

    Whole phrases tell first; where they tell nothing, what the words of the text mean together.
    """
    told = _by_phrases(page, named=named, ids=ids, right=right, lookalike=lookalike)
    return told if lookalike else families.settled(page, told, named=named, ids=ids, listed=listed, right=right)


def _by_phrases(page: Page, *, named: bool, ids: bool, right: bool, lookalike: bool) -> str:
    phrases = data("kinds.yaml")["family"]
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", page.text)  # a phrase may run over a wrapped line
    top = text[: page.letter.top]

    def has(key: str, where: str = text) -> bool:
        return bool(re.search(phrases[key], where, re.IGNORECASE))

    own = ids and right and says(text, "own finding") and says(text, "no owner")
    block = _is_block(page) or (named and right and (ids or page.platform == "letter"))
    fakes = (
        has("finding")
        and has("acts")
        and bool(re.search(data("kinds.yaml")["kinds"]["counterfeit"], text, re.IGNORECASE))
    )
    if (
        lookalike
        or not (has("accuses") or (named and ids) or block or (has("finding") and ids and right) or own)
        or (has("marketing") and not has("acts", _without(phrases["marketing"], text)))
    ):
        return "not a notice"
    if has("marketing") and not page.letter.senders and not named:
        return "not a notice"
    if has("order") and has("order_parts") and re.search(phrases["order"], _first_half(text), re.IGNORECASE):
        return "court order"
    if page.letter.top < len(text) and has("refusal", top) and not has("refusal_not", top):
        return "refusal of an appeal"
    if (
        has("refusal", text)
        and re.search(
            r"(?i)your (?:appeal|submission|plan)|ihr(?:e|en)? (?:einspruch|antwort)|votre appel|su apelación|tu apelación|您的申诉",
            text,
        )
        and not has("refusal_not", text)
    ):
        return "refusal of an appeal"
    if has("statement") and not re.search(r"(?i)counter[- ]?noti", text[:300]):
        return "owner complaint"
    if has("seller") and page.platform != "letter" and not page.letter.senders:
        return "seller letter"
    acted = has("acts") or ((named or own) and ids and says(text, "measures"))
    if not (block or acted or has("finding") or (named and page.platform == "letter")) or (
        not ids
        and not named
        and page.platform != "letter"
        and not page.masked("listing")
        and not has("owner")
        and not fakes
    ):
        return "not a notice"
    if not (ids or named or page.masked("listing") or page.masked("complainant") or fakes):
        return "not a notice"
    if named:
        return "owner complaint"
    if own or has("finding") or not has("owner"):
        return "platform finding"
    return "owner complaint"


BLOCK = 4
"""Of complainant, contact, right, listing and complaint id: so many labelled values are a notice in whatever words it is written."""


def _is_block(page: Page) -> bool:
    """Whether the labels alone tell a notice: who complains or how it is reached, with which right, about what."""
    groups = ({"complainant"}, {"contact"}, {"mark", "number", "work"}, {"kind"}, {"listing"}, {"complaint_id"})
    held = [any(p.fields & g for p in page.pairs) for g in groups]
    return sum(held) >= BLOCK and (held[0] or held[5]) and (held[4] or held[5])


def _without(pattern: str, text: str) -> str:
    return re.sub(pattern, " ", text, flags=re.IGNORECASE)


def _first_half(text: str) -> str:
    return text[: max(900, len(text) // 2)]


def kinds(
    page: Page, kind_of_family: str, *, marks: Sequence[Span], numbers: Sequence[Number], names: Sequence[str]
) -> dict[str, Span]:
    """Every kind with the words that say it; labels before prose, a design patent is no patent.

    `names` are those of owner and agent: a patent attorney's name speaks of no patent.
    """
    table = data("kinds.yaml")
    out: dict[str, Span] = {}
    speech = _without_names(page, names)
    types = frozenset(n.type for n in numbers)
    places = [(p.start, p.end) for p in page.labelled("kind")] + [(0, len(page.text))]
    for start, end in places:
        for kind, pattern in table["kinds"].items():
            if kind not in out and (span := _first(page, speech, pattern, start, end, table)):
                out[kind] = span
    if kind_of_family != "not a notice":
        _by_numbers(numbers, out)
    _settle(page, out, types, table)
    if "trademark" in out and not marks and types and types <= _OF_SHAPE and not _is_said(page, table, "trademark"):
        del out["trademark"]  # a mark that is named beside a patent or design, and not relied on
    ruled = re.search(table["rules"], page.text, re.IGNORECASE)
    if kind_of_family == "platform finding" and "policy" not in out and (ruled or not out):
        out["policy"] = page.folded.span(*_title(page))
    alone = not out.keys() - {"policy"} and not marks
    if (
        kind_of_family != "not a notice"
        and "copyright" not in out
        and (taken := _by_picture(page, own=not alone, alone=alone) or (_by_picture(page, own=True) if alone else None))
    ):
        out["copyright"] = taken
    if not out.keys() - {"policy"} and (marks or "trademark" in types):
        label = next(iter(page.labelled("mark", "number")), None)
        if label is not None or marks:
            out["trademark"] = page.folded.span(label.start, label.end) if label else marks[0]
    return dict(sorted(out.items()))


_OF_SHAPE = frozenset({"patent", "utility-model", "design"})


def _is_said(page: Page, table: dict[str, Any], kind: str) -> bool:
    """Whether a label of the kinds names one."""
    said = " ".join(page.text[p.start : p.end] for p in page.labelled("kind"))
    return bool(re.search(table["kinds"][kind], said, re.IGNORECASE))


def _by_numbers(numbers: Sequence[Number], out: dict[str, Span]) -> None:
    """A number whose office is known tells its kind of right where no word did."""
    for number in numbers:
        kind = {"trademark-application": "trademark", "utility-model": "patent"}.get(number.type, number.type)
        if number.office and not (kind == "trademark" and "copyright" in out):
            out.setdefault(kind, number.written)


def _without_names(page: Page, names: Sequence[str]) -> str:
    text = offices.without_institutions(page.flow)
    for name in names:
        text = text.replace(name, " " * len(name))
    for pattern in (ADDRESS, URL, _ATTORNEYS):
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    for one in organisations.find(page):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


_ATTORNEYS = re.compile(
    r"(?i)patent (?:and trade ?mark )?attorneys?|patentanw\w+|rzecznik\w* patentow\w+|kancelari\w+ patentow\w+|urz\w+ patentow\w+|türkpatent|octrooi\w*bureau|patentbyrå\w*|agen\w+ (?:de|da) (?:patentes|propiedad|propriedade)\w*|marka patent\w*|marka ve patent\w*|patent ve marka\w*|특허법인|특허사무소|特許(?:商標)?事務所|特許業務|专利代理"
)


def _by_picture(page: Page, *, own: bool, alone: bool = False) -> Span | None:
    """The picture that an accusing sentence says was taken over: a copyright; `own`: only where its maker calls it their own."""
    for found in words("picture").finditer(page.flow):
        first, last = page.sentence(*found.span())
        said = page.flow[first:last]
        if _OWN_PICTURE.search(said) if own else (_TAKEN.search(said) or (alone and says(said, "accuses"))):
            return page.folded.span(*found.span())
    return None


_OWN_PICTURE = re.compile(
    r"(?i)(?<!\w)(?:my|our|meine?|unsere?|mes|nos|le mie|le nostre|mis|nuestras|minhas|nossas|mijn|onze|moje|nasze|mina|våra)\s(?:own\s|eigenen\s)?(?:\w+\s)?(?:photo|pictur|imag|foto|bild|immagin|imágen|fotograf|afbeelding|zdjęci|zeichnung|drawing|illustrat|ilustr|tekening|dibujo|rysun|kresb|teckning)"
)
_TAKEN = re.compile(
    r"(?i)(?<!\w)(?:never (?:allowed|gave)|nie erlaubt|nicht erlaubt|keine erlaubnis|geen toestemming|(?:die|that|que|che|które|som) (?:i|ich|ik|yo|ho|jag)(?!\w)|pas autorisé|jamais autorisé|taken|copied|copies|stolen|lifted|author|photographer|reproduc|without (?:permission|consent|licen)|never agreed|übernommen|kopiert|urheber|fotograf|ohne (?:erlaubnis|zustimmung|genehmigung|dazu)|repris|copié|auteur|sans (?:autorisation|accord)|copiat|riprodott|autor|senza|copiad|tomad|tirad|sin (?:permiso|autorización)|sem (?:permissão|autorização)|overgenomen|gekopieerd|zonder|skopiowan|autorstw|bez zgody|kopierat|utan|kopyala|izinsiz|скопир|без (?:согласия|разрешения)|автор|исключительн\w+ прав|виключн\w+ прав|прав\w* на (?:фото|изображ|картин|рисун)|rights? (?:to|in) (?:the|these|those|its|her|his|their) (?:photo|pictur|imag|draw|illustr|artwork)|rechte an|rechten op|droits sur|derechos sobre|diritti su|direitos sobre|praw\w? do (?:zdjęć|fotografii|grafik)|wykorzyst|rättigheterna till|rettighederne til|rettighetene til|práva k|dreptur\w+ asupra)|無断|転載|コピー|盗用|盜用|盗图|盜圖|未经|未經|抄袭|무단|도용|복제|คัดลอก|sao chép|disalin|tanpa izin"
)


_DENIED = re.compile(
    r"(?i)\b(?:not|no|nicht|keine?|pas|non|nie|niet|não|inte|ikke)\s+(?:(?:a|an|are|is|um|aus|von|of|de|di|o|for|say|they|that|it|ist|sind|de|claim|allege|dat|dass|die|der|das|que|che|że|producten|products|goods|waren|produits|prodotti|productos)\s+)*$"
)


def _first(page: Page, speech: str, pattern: str, start: int, end: int, table: dict[str, Any]) -> Span | None:
    for found in re.finditer(pattern, speech[start:end], re.IGNORECASE):
        a, b = start + found.start(), start + found.end()
        around = page.text[max(0, a - 40) : b + 40]
        before = page.text[max(0, a - 40) : a]
        if re.search(r"https?://\S*$|[\w.]@?[\w.-]*$", before) and "/" in before[-12:]:
            continue  # a word in an address says nothing
        if re.search(table["bare_patent"], around, re.IGNORECASE) and "atent" in found.group():
            continue
        if says(page.flow[slice(*page.sentence(a, b))], "no owner"):
            continue  # "no complaint of a brand's owner"
        if re.search(r"(?i)anti-$|policy on |section on ", before[-14:]) or _DENIED.search(before):
            continue
        return page.folded.span(a, b)
    return None


_ANY_RIGHT = r"(?i)πνευματικ\w+ (?:δικαι\w+|ιδιοκτ\w+)|(?:δικαιωμάτων )?πνευματικής ιδιοκτησίας"
_PATENTED_DESIGN = r"(?i)промышленн\w+ образ|промислов\w+ зраз|外观设计|外觀設計"
_INVENTION = (
    r"изобретен|полезн\w+ модел|винах|корисн\w+ модел|发明专利|發明專利|实用新型|實用新型|ZL ?(?:19|20)[0-9]{2} ?[12]"
)


def _settle(page: Page, out: dict[str, Span], numbers: frozenset[str], table: dict[str, Any]) -> None:
    """Kinds that other words explain: policies named in passing, a mark's number beside a copyright, a design's own words."""
    labelled = " ".join(page.text[p.start : p.end] for p in page.labelled("kind"))
    if "policy" in out and re.search(
        r"(?i)intellectual property policy|anti-counterfeiting policy", out["policy"].value
    ):
        del out["policy"]
    if "patent" in out and "design" in out and not numbers & {"patent", "utility-model"}:
        plain = re.sub(r"(?i)design patents?|the patent\b|patent is|外观设计专利", " ", page.text)
        if not re.search(r"(?i)utility patent|patent (?:no|number)|invention patent|实用新型|发明专利", plain):
            del out["patent"]
    if (
        "patent" in out
        and "design" in numbers
        and not numbers & {"patent", "utility-model"}
        and not re.search(rf"(?i)utility patent|invention patent|{_INVENTION}", page.text)
    ):
        del out["patent"]  # the number that is called a patent's is the design's
    patented = "patent" in out and "design" in out and re.search(_PATENTED_DESIGN, page.text)
    if patented and not re.search(_INVENTION, page.text, re.IGNORECASE):
        del out["patent"]  # where designs are patented, the word alone says nothing of an invention
        numbers -= {"patent"}
    if "design" in out and numbers & {"patent"} and "design" not in numbers and "design" not in labelled.casefold():
        del out["design"]
    said = [k for k, pattern in table["kinds"].items() if k in out and re.search(pattern, labelled, re.IGNORECASE)]
    if (
        said
        and "trademark" in out
        and "trademark" not in said
        and "copyright" in said
        and not numbers & {"trademark", "trademark-application"}
    ):
        del out["trademark"]
    if (
        "copyright" in out
        and "trademark" in said
        and "copyright" not in said
        and not numbers & {"copyright"}
        and labelled
        and not says(labelled, "picture")
    ):
        del out["copyright"]
    if (
        "copyright" in out
        and re.match(_ANY_RIGHT, out["copyright"].value)
        and numbers - {"copyright"}
        and "copyright" not in numbers
        and not re.search(table["kinds"]["copyright"], re.sub(_ANY_RIGHT, " ", page.text), re.IGNORECASE)
    ):
        del out["copyright"]  # the law's name for all rights of the mind
    if (
        "counterfeit" in out
        and re.match(r"(?i)contrefa[cç]on|contraffazion", out["counterfeit"].value)
        and out.keys() & {"patent", "design", "copyright"}
        and not numbers & {"trademark"}
    ):
        del out["counterfeit"]  # the law's word for taking any right
    if (
        "counterfeit" in out
        and labelled
        and "counterfeit" not in said
        and re.search(r"(?i)contrefaçon", out["counterfeit"].value)
        and said
    ):
        del out["counterfeit"]


def _title(page: Page) -> tuple[int, int]:
    found = re.search(data("kinds.yaml")["family"]["finding"], page.text, re.IGNORECASE)
    return found.span() if found else (0, (page.text.find("\n") + 1 or len(page.text)) - 1)


def levelled(
    page: Page, kind_of_family: str, kinds: Mapping[str, Span], marks: Sequence[Span] = ()
) -> tuple[str, Span] | None:
    """What the complaint is about (product or packaging, image, or detail page) with the words that say so; None where they say two things."""
    labelled = [(p.start, p.end) for p in page.labelled("kind")]
    told = [one for place in labelled for one in _levels(page, *place)]
    if len({name for name, _span in told}) > 1:
        return None  # one right on the goods, another in the words of the listing
    labelled_level = bool(told)
    told = told or [*_levels(page, 0, len(page.text)), *(_goods(page) if kind_of_family != "seller letter" else ())]
    table = data("kinds.yaml")["level"]
    if not told and kinds.keys() == {"copyright"} and (photo := _together(page, table["photos"], table["used"])):
        return "image", photo
    if not told and "parallel import" in kinds:
        return "product or packaging", kinds["parallel import"]
    mixed = kinds.keys() >= {"copyright", "trademark"} and not labelled_level
    if told and not mixed and not (told[0][0] == "detail page" and kinds.keys() & {"design", "patent"}):
        return told[0]
    if (told and not mixed) or kind_of_family in ("seller letter", "not a notice"):
        return None  # no words of a page infringe a design
    level = levels.by_words(page, kinds, marks)
    return (
        level if not mixed or (level and level[0] == "product or packaging") else None
    )  # two rights may lie on two levels


def _levels(page: Page, start: int, end: int) -> Iterator[tuple[str, Span]]:
    table = data("kinds.yaml")["level"]
    for name, key in _LEVELS:
        if found := _affirmed(page, table[key], start, end):
            yield name, found


def _goods(page: Page) -> Iterator[tuple[str, Span]]:
    """What is said of the goods themselves where nothing names the level: their make, their marks, what a test purchase showed."""
    table = data("kinds.yaml")["level"]
    for key in ("goods", "shape", "tested"):
        if found := _affirmed(page, table[key], 0, len(page.text)):
            yield "product or packaging", found
    if found := _together(page, table["packaging"], table["asserted"]):
        yield "product or packaging", found


def _together(page: Page, one: str, other: str) -> Span | None:
    """The first place of one word in whose sentence the other stands too."""
    for found in re.finditer(one, page.flow, re.IGNORECASE):
        first, last = page.sentence(*found.span())
        if re.search(other, page.flow[first:last], re.IGNORECASE):
            return page.folded.span(*found.span())
    return None


def _affirmed(page: Page, pattern: str, start: int, end: int) -> Span | None:
    negated = data("kinds.yaml")["level"]["negated"]
    for found in re.finditer(pattern, page.flow[start:end], re.IGNORECASE):
        a, b = start + found.start(), start + found.end()
        if not re.search(negated, page.flow[max(0, a - 20) : b + 20], re.IGNORECASE):
            return page.folded.span(a, b)
    return None


def reason(page: Page) -> Span | None:
    """The sentence in which the notice says what it is about."""
    phrases = data("kinds.yaml")["family"]
    for found in re.finditer(phrases["accuses"], page.text, re.IGNORECASE):
        first, last = page.sentence(found.start(), found.end())
        line = page.text[first:last]
        if 25 <= len(line.strip()) <= 400 and not re.match(r"(?i)\s*(?:subject|from|to|date)\s*:", line):
            return page.folded.span(first, last)
    return next(iter(page.values("kind")), None)
