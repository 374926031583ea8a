"""The seller's own stock numbers that a notice gives beside the platform's ids: by them a catalogue finds what it knows no id of."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.reading.page import Page

WORD = (
    r"(?:(?:seller|merchant|vendor|your|händler|verkäufer|vendeur|venditore|vendedor|verkoper|sprzedawcy?|säljarens?|satıcı|penjual|出品者|卖家|賣家|판매자)[ -]?)?"
    r"(?:M?SKUs?|stock keeping units?)(?:[ -]?(?:penjual|vendeur|venditore|vendedor|sprzedawcy|продавца))?"
)
"""How a label names the number that a seller keeps stock by."""
_LABEL = re.compile(rf"(?i)(?<![\w-]){WORD}(?![\w-])[ \t]*[:：#][ \t]*(?P<value>[^\n\t|;]*)")
_HEAD = re.compile(rf"(?i)\W*{WORD}\W*")
_TOKEN = re.compile(r"[^\s,;|/、，()（）]*[0-9A-Za-z][^\s,;|/、，()（）]*")
_CELL = re.compile(r"[^\t|]+" r"|(?<=\t)(?=\t)")
_COLUMN = re.compile(r"\S+(?:[ ]\S+)*")
_Placed = tuple[int, str | None, Span | None]
"""A place with the id, or the stock number, that stands there."""


def find(page: Page, listings: Sequence[Span]) -> list[tuple[str, Span]]:
    """Each listing's id with the stock number that stands with it; none where ids and numbers are not as many, or one id has two."""
    numbers = [(start, None, page.folded.span(start, end)) for start, end in _places(page)]
    if not numbers:
        return []
    ids = [(m.start(), m.group(), None) for m in _any_of(listings).finditer(page.text)]
    taken = {s.value for s in listings}
    row = sorted([*ids, *(n for n in numbers if n[2].value not in taken)], key=lambda one: one[0])
    groups = [[*some] for _, some in itertools.groupby(row, key=lambda one: one[2] is not None)]
    ways = [found for first in (0, 1) if (found := _joined(groups[first:], sum(g[0][2] is not None for g in groups)))]
    pairs = min(ways, key=lambda w: w[0])[1] if ways else []
    told = dict.fromkeys((one, number.value) for one, number in pairs)
    once = {one for one, n in Counter(one for one, _ in told).items() if n == 1}
    return [*{one: (one, number) for one, number in reversed(pairs) if one in once}.values()][::-1]


def _any_of(listings: Sequence[Span]) -> re.Pattern[str]:
    """One pattern of all ids, the longer ones first; of nothing where there are none."""
    told = sorted({s.value for s in listings if s.value}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, told)) or r"(?!)")


def _joined(groups: Sequence[list[_Placed]], numbers: int) -> tuple[int, list[tuple[str, Span]]] | None:
    """Two groups each put together, with the letters between them in all: a number stands behind its id throughout a page, or before it.

    None where a group of numbers is left or one is of another length.
    """
    halves = [*zip(groups[::2], groups[1::2], strict=False)]
    if sum(g[0][2] is not None for pair in halves for g in pair) < numbers or any(len(a) != len(b) for a, b in halves):
        return None
    apart = sum(b[0][0] - a[-1][0] for a, b in halves)
    sides = [(a, b) if a[0][2] is None else (b, a) for a, b in halves]
    return apart, [(i[1], n[2]) for a, b in sides for i, n in zip(a, b, strict=True) if i[1] and n[2]]


def _places(page: Page) -> Iterator[tuple[int, int]]:
    """Where stock numbers stand: behind their label, or in the column that it heads."""
    for label in _LABEL.finditer(page.text):
        for token in _TOKEN.finditer(page.text, *label.span("value")):
            if not any(c.isdigit() for c in token.group()) and "-" not in token.group():
                break  # a word: the value has ended
            yield token.span()
    column, width, at = -1, 0, 0
    for line in page.text.split("\n"):
        cells = [
            (at + m.start(), at + m.end()) for m in (_CELL if "\t" in line or "|" in line else _COLUMN).finditer(line)
        ]
        at += len(line) + 1
        heads = [n for n, (a, b) in enumerate(cells) if _HEAD.fullmatch(page.text[a:b])]
        if heads and len(cells) > 1:
            column, width = heads[0], len(cells)
        elif len(cells) != width:
            column, width = (-1, 0) if cells else (column, width)
        elif column >= 0 and (cell := _TOKEN.search(page.text, *cells[column])):
            yield cell.span()
