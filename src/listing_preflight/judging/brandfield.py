"""What the brand field says of a name: nothing, the genuine article of its house, or another maker's goods under it."""

import re
from collections.abc import Mapping, Sequence

from listing_preflight.judging import reading
from listing_preflight.judging.grammar import Phrase, words
from listing_preflight.judging.scene import Scene, Told
from listing_preflight.judging.signals.form import is_disguised
from listing_preflight.model.hit import Hit
from listing_preflight.text.fold import folded_key
from listing_preflight.text.names import SHORT
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.book import Book

_BRACKETED = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
"""What stands in brackets behind a brand: the same in another script, or what a platform adds."""


def named(scene: Scene, hits: Sequence[Hit]) -> frozenset[str]:
    """The folded names that the brand field consists of: "nike | 耐克" is one name in two spellings; else what it says."""
    listing = scene.listing
    text = listing.first("brand")
    plain = (h for h in hits if h.place.field == "brand" and h.kind == "exact" and not is_disguised(h))
    here = [h for h in plain if listing.texts[h.place.text].value == text]
    left = list(text)
    for hit in here:
        left[hit.place.start : hit.place.end] = " " * (hit.place.end - hit.place.start)
    rest = "".join(left)
    more = words(_BRACKETED.sub("", rest))
    if here and (reading.only_company(more) or _whole_parts(text, rest) or _tells_goods(text, rest, more, scene)):
        return frozenset(h.key for h in here)
    return frozenset((folded_key(text),)) - {""}


def _whole_parts(text: str, rest: str) -> bool:
    """Whether what names leave of a brand field are whole parts of it in another script, "pigeon | 贝亲", or series behind it, "护舒宝 | 未来感"."""
    parts, left = text.split("|"), rest.split("|")
    named = [was for was, now in zip(parts, left, strict=False) if not now.strip()]
    other = [now for now in left if now.strip()]
    whole = len(parts) > 1 and all(now in parts for now in other)
    series = not left[0].strip() and not any(o.isascii() for o in other)
    return whole and bool(named) and (series or all(any(o.isascii() != n.isascii() for n in named) for o in other))


def _tells_goods(text: str, rest: str, more: Phrase, scene: Scene) -> bool:
    """Whether a name leads the brand field and what follows are words for the listing's goods: "sirius satellite radio"."""
    goods = frozenset(scene.categories).union(*(words(n) for n in scene.goods.nouns))
    return text[:1] != rest[:1] and bool(more) and all(w in goods for w in more)


def state(
    key: str,
    branded: frozenset[str],
    told: Mapping[str, Sequence[Told]],
    scene: Scene,
    families: Mapping[str, frozenset[str]],
    book: Book,
) -> str:
    """What the names of a brand field, as `named` tells them, say of one name: "other", "resale" or "contradicted"."""
    family = families.get(key, frozenset((key,)))
    if not branded or not all(_of_house(brand, key, family, book) for brand in branded):
        return "other"
    if reading.other_maker(scene):
        return "contradicted"
    mentions = [t for k in sorted(family) for t in told.get(k, ()) if t.hit.kind in WRITTEN]
    titled = [t.reading for t in mentions if t.hit.place.field == "title"]
    fitting = [r for r in titled if r.use == "compatible"]
    leads = any(r.use == "identity" for r in titled)
    if any(t.reading.use == "imitation" for t in mentions) or (fitting and not leads):
        return "contradicted"
    # a maker says "tape for our printers"; "compatible with" is what others say of his things
    return "contradicted" if any(r.adjective or r.spoken > 1 for r in fitting) else "resale"


WRITTEN = frozenset({"exact", "plural", "visual"})
"""Kinds of hits in which a name stands as such, and is not put together of other words: "mydlink-enabled" is no D-Link."""


def _of_house(brand: str, key: str, family: frozenset[str], book: Book) -> bool:
    """Whether the name of a brand field is of this name's house: its family, its short form, or a mark of the same owner."""
    if brand in family or any(_is_short_for(brand, m.name) for m in book.marks(key)):
        return True
    owners = {folded_key(m.owner) for m in book.marks(key) if m.owner}
    return any(folded_key(m.owner) in owners for m in book.marks(brand) if m.owner)


def _is_short_for(brand: str, name: str) -> bool:
    """Whether a folded brand field is the first words of a name and no word of a dictionary, and the rest are: "Wausau" of "Wausau Paper"."""
    told, known = words(name), vocabulary()
    heads = {"".join(told[:n]): told[n:] for n in range(1, len(told))}
    rest = heads.get(brand, ())
    return len(brand) > SHORT and bool(rest) and not known.is_english(brand) and all(map(known.is_english, rest))
