"""Whether the goods are a device of another maker that holds the mark's part, and are more than the part."""

import re

from listing_preflight.judging.goods import before_cut, has_kind
from listing_preflight.judging.grammar import words
from listing_preflight.judging.mention import Mentioned, of_name
from listing_preflight.model.finding import Reason


def part_of_goods(m: Mentioned) -> Reason | None:
    """Whether the list says that such goods of others hold it as a part, and the listing sells them."""
    if not m.mark.part_of or m.has("brand-is-own") or m.has("leads-title") or _house_leads(m):
        return None
    if made_of := _made_of(m):
        return Reason("part-inside", {"goods": made_of})
    text = (*words(before_cut(m.scene.listing.first("title"))), "", *m.scene.categories)
    known = {words(g) for g in m.mark.part_of}
    found = next((text[i : i + n] for i in range(len(text)) for n in (1, 2, 3) if text[i : i + n] in known), None)
    if found is None and _tells_memory(m):
        return Reason("part-inside", {"goods": "computer"})
    return Reason("part-inside", {"goods": " ".join(found)}) if found else None


def sold_as_the_part(m: Mentioned) -> bool:
    """Whether goods are sold that its list names among its context words as well, with no brand field that tells their maker: a graphics card."""
    near = {words(n) for n in m.mark.near}
    told = (m.scene.title, m.scene.categories)
    single = [w for g in m.mark.part_of if (w := words(g)) in near]
    kinds = [*single, *((*w[:-1], f"{w[-1]}s") for w in single)]
    sold = any(t[i : i + len(w)] == w for w in kinds for t in told for i in range(len(t)))
    return sold and not m.scene.brand and not m.has("whole-device")


def _made_of(m: Mentioned) -> str | None:
    """The class of the goods, where the list says by it that goods of others are made with the material: "class 25"."""
    sold = m.scene.goods.first()
    return next((g for g in m.mark.part_of if g == f"class {sold}"), None)


def _tells_memory(m: Mentioned) -> bool:
    """Whether the title tells a clock and memory, or that of another maker's goods memory and disk, as of a computer."""
    title = m.scene.listing.first("title")
    sizes = {int(n) << (10 if unit in "Tt" else 0) for n, unit in _SIZE.findall(title)}
    if not sizes or _sells_a_part(m):
        return False
    clock = None if _RADIO.search(title) else _CLOCK.search(title)
    if clock and clock[1] not in _BANDS:
        return True
    others = m.scene.titled - m.named.family - {m.named.key}
    return len(sizes) > 1 and min(sizes) <= DISK <= max(sizes) and bool(others)


def _sells_a_part(m: Mentioned) -> bool:
    return has_kind(m.scene.title, "computer_parts")


DISK = 64
"""GB from which a size beside a smaller one is that of a disk, not of memory."""
_CLOCK = re.compile(r"(?<![\w.])(\d(?:[.,]\d+)?) ?GHz\b", re.IGNORECASE)
_BANDS = frozenset({"2.4", "2,4", "5", "5.0", "5.8", "6"})
_RADIO = re.compile(r"wi-?fi|wireless|wlan|bluetooth|mouse|dongle|router|antenna|memory|\bram\b|\bddr\d", re.IGNORECASE)
"""Bands of radio, and words beside which a frequency is one or the clock of memory."""
_SIZE = re.compile(r"(?<![\w.])(\d{1,5}) ?([GT])(?:B|(?-i:o))\b(?!/)", re.IGNORECASE)


def _house_leads(m: Mentioned) -> bool:
    """Whether it leads the title, behind no other word than names of its own family: the part itself is sold."""
    before = m.hit.around.before
    return m.has("in-title") and all(w in m.named.family or w.isdigit() for w in before)


@of_name
def whole_device(m: Mentioned) -> bool:
    """Whether a computer, telephone or other device is sold that is more than any part in it, or goods that are made with the material."""
    if _made_of(m):
        return True
    head = words(before_cut(m.scene.listing.first("title")))
    return (has_kind(head, "whole_devices") and not _sells_a_part(m)) or _tells_memory(m)


SIGNALS = {"sold-as-the-part": sold_as_the_part, "part-of-goods": part_of_goods, "whole-device": whole_device}
