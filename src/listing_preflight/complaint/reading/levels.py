"""What a complaint is about by what its accusing sentences name: the goods or their packing, the words of the page, or a picture."""

import re
from collections.abc import Mapping, Sequence

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.lexicon import says, words
from listing_preflight.complaint.reading.page import Page, has_words

_PLACES = (("goods", "product or packaging"), ("title text", "detail page"), ("picture", "image"))
_DENIED = re.compile(
    r"(?i)(?<!\w)(?:not|nicht|no|non|ne|pas|niet|nie|inte|ikke|не|değil|rather than|instead of|statt)(?:\W+\w+){0,4}\W*$|(?:不是|并非|並非|ではなく|아니라)\W*$"
)
_AFTER_DENIED = re.compile(r"^\W*(?:\w+\W+){0,2}?(?:değil|ではな|아니)")
_PROOF = re.compile(
    r"(?i)(?<!\w)(?:upload|attach|send|enclose|provide|submit|anhang|hochladen|beifügen|joindre|joign\w+|allega\w*|adjunt\w*|anex\w*|bijlage|załącz\w*|bifoga\w*|yükle\w*|прилож\w*)"
)
_CUSTOMS = re.compile(
    r"(?i)(?:detain|detention|suspen(?:d|ed|sion of release)|aussetzung|zurückgehalten|retenue|retenu|trattenut|blocco|retenid|retenci|vasthouding|zatrzyma|reținer|suspendat liberul|zadrž|pidät|visszatart|tilbagehold|tilbakehold|kvarhåll|δέσμευσ|задърж|затрим|приостановлен\w* выпуск|alıkon|扣留|差止|유치|überlassung)[^\n]{0,90}?(?:goods|mărf|marf|zbož|tovar|varer|varor|áru|tavar|εμπορε|стоки|товар|eşya|货物|貨物|물품|waren|ware|sendung|marchandis|merc[ie]|mercanc|mercador|goederen|towar|handbag|parcel|stück|piec|pezz|pièc)"
)
"""What customs hold back is goods."""
_BEARS = re.compile(
    r"(?i)(?<!\w)(?:carr(?:y|ies|ying)|bear(?:s|ing)?|marked with|trägt|tragen|gekennzeichnet|porte(?:nt)?|revêtu\w*|rec(?:a|ano)|lleva[n]?|ostenta[n]?|figura|tra(?:z|zem)|ostentam|draagt|dragen|voorzien van|nosi|noszą|oznaczon\w+|bär|märkt\w*|taşı\w+|нанес\w+|нанесён\w*)(?!\w)|付した|標示した|标有|標有|印有|표시한|부착"
)
"""Goods bear marks; pages name them."""
OF_GOODS = frozenset({"design", "patent", "counterfeit", "parallel import"})
"""Grounds that nothing but goods can give."""


def by_words(page: Page, kinds: Mapping[str, Span], marks: Sequence[Span] = ()) -> tuple[str, Span] | None:
    """The level that accusing sentences tell with the words that do; None where they tell as often of two."""
    allowed = [p for p in _PLACES if _is_possible(p[0], kinds)]
    votes: dict[str, list[Span]] = {}
    for start, end in _accusing(page, marks):
        found = [(name, span) for key, name in allowed if (span := _place(page, key, start, end))]
        if len({name for name, _ in found}) == 1:
            votes.setdefault(found[0][0], []).append(found[0][1])
    ranked = sorted(votes.items(), key=lambda v: -len(v[1]))
    if ranked and (len(ranked) == 1 or len(ranked[0][1]) > len(ranked[1][1])):
        return ranked[0][0], ranked[0][1][0]
    if page.platform == "letter" and (detained := _CUSTOMS.search(page.flow)):
        return "product or packaging", page.folded.span(*detained.span())
    told = kinds.keys() - {"policy"}
    for start, end in _accusing(page, marks) if "trademark" in told else ():
        if (bears := _BEARS.search(page.flow, start, end)) and not words("title text", "picture").search(
            page.flow, start, end
        ):
            return "product or packaging", page.folded.span(*bears.span())
    if (
        told
        and (told <= OF_GOODS or told == {"counterfeit", "trademark"})
        and (first := next((k for k in sorted(told) if k in OF_GOODS), None))
    ):
        return "product or packaging", kinds[first]
    return None


def _is_possible(key: str, kinds: Mapping[str, Span]) -> bool:
    """No design lies in words."""
    told = kinds.keys() - {"policy"}
    return not (told <= OF_GOODS and key != "goods") or not told


_ENCLOSED = re.compile(
    r"(?i)\W*(?:enclosures?|encl\.?|attachments?|anlagen?|beilagen?|pièces? jointes?|annexes?|allegat[oi]|adjunt[oa]s?|anexos?|bijlagen?|załączniki?|bilagor|bilaga|bilag|vedlegg|liitteet|příloh[ay]|príloh[ay]|mellékletek|anexe|приложени[ея]|додатки|συνημμένα|σχετικά|prilo[gz]i|priedai|pielikumi|lisad|ekler|lampiran|添付書類|附件|첨부)\s?[:：]"
)
"""What a letter has beside it, of which nothing is said."""


def _accusing(page: Page, marks: Sequence[Span]) -> list[tuple[int, int]]:
    """Sentences that accuse or say what is offered, then those that say where a right's own sign stands."""
    names = [m.value.casefold() for m in marks]
    spans: list[tuple[int, int]] = []
    at = 0
    for stop in re.finditer(r"(?<=[.!?])\s+(?=[^a-zà-ÿ])|[。！？]|\n", page.flow):
        spans.append((at, stop.end()))
        at = stop.end()
    spans.append((at, len(page.flow)))
    texts = [(a, b, told) for a, b in spans if has_words(told := page.flow[a:b]) and not _ENCLOSED.match(told)]
    first = [(a, b) for a, b, t in texts if says(t, "accuses", "offers") and not _PROOF.search(t)]
    second = [
        (a, b)
        for a, b, t in texts
        if (says(t, "mark", "reports") or any(n in t.casefold() for n in names))
        and not _PROOF.search(t)
        and (a, b) not in first
    ]
    return [*first, *second]


def _place(page: Page, key: str, start: int, end: int) -> Span | None:
    for found in words(key).finditer(page.flow, start, end):
        if _DENIED.search(page.flow[max(start, found.start() - 50) : found.start()]) or _AFTER_DENIED.match(
            page.flow[found.end() : end]
        ):
            continue
        return page.folded.span(*found.span())
    return None
