"""Find listed names in the texts of listings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from listing_preflight.model.hit import Glance, Hit, Place, Quiet
from listing_preflight.model.listing import Listing, Text
from listing_preflight.text import markup, steps
from listing_preflight.text.around import words_of
from listing_preflight.text.fold import folded_key
from listing_preflight.text.gates import Match, resolve

CONTEXT = 100
"""Characters on each side of a hit that reports quote."""
MAX_TEXT = 12_000_000


class Matcher(Protocol):
    """What finds forms in one visible text."""

    def find(self, text: str) -> list[Match]:
        """All matches in one text, before overlaps are resolved."""
        ...

    def find_all(self, texts: Sequence[str]) -> list[list[Match]]:
        """The same for many texts at once."""
        ...


class Sift(Protocol):
    """Says whether all literal mentions of an ordinary word are just that word, so that no hit need be made of them."""

    def __call__(self, key: str, glances: Sequence[Glance], distinct: frozenset[str]) -> bool:
        """`distinct` are the names of the listing that are no ordinary words."""
        ...


class Seen(NamedTuple):
    """The hits of one listing, the names that yielded to a longer or closer one, and the words that were sifted out."""

    hits: tuple[Hit, ...]
    yielded: tuple[tuple[Hit, str], ...]
    quiet: tuple[Quiet, ...] = ()


class _Cell(NamedTuple):
    """One text of a listing, its number, and what a page shows of it."""

    text: Text
    number: int
    page: markup.Seen


def see(matcher: Matcher, listings: Sequence[Listing], sift: Sift | None = None) -> list[Seen]:
    """Hits of each listing, texts in order; all texts of the batch are matched at once.

    With a sift, plain ordinary words of listings without pictures are left to it.
    """
    pages = [[markup.visible(t.value) for t in listing.texts] for listing in listings]
    found = iter(matcher.find_all([page.text for part in pages for page in part]))
    return [
        _listing(listing, part, [next(found) for _ in part], None if listing.pictures else sift)
        for listing, part in zip(listings, pages, strict=True)
    ]


def _listing(
    listing: Listing, pages: Sequence[markup.Seen], found: Sequence[list[Match]], sift: Sift | None = None
) -> Seen:
    cells = [_Cell(t, n, p) for n, (t, p) in enumerate(zip(listing.texts, pages, strict=True))]
    resolved = [resolve(matches) for matches in found]
    words = _quiet(cells, [kept for kept, _ in resolved], sift) if sift else {}
    hits: list[Hit] = []
    quiet: list[Quiet] = []
    yielded: list[tuple[Hit, str]] = []
    for cell, (kept, lost) in zip(cells, resolved, strict=True):
        for match in kept if words else ():
            if (key := folded_key(match.form.spelling.name)) in words:
                start, end = cell.page.span(match.start, match.end)
                quiet.append(Quiet(key, cell.text.field, cell.text.value[start:end]))
        hits += _once(_hit(m, *cell) for m in kept if folded_key(m.form.spelling.name) not in words)
        yielded += [(_hit(m, *cell), over.form.text) for m, over in lost if _is_other(m, over)]
    return Seen(tuple(hits), tuple(yielded), tuple(quiet))


def _quiet(cells: Sequence[_Cell], kept: Sequence[Sequence[Match]], sift: Sift) -> frozenset[str]:
    """The names of which every mention is a literal ordinary word without a sign."""
    glances: defaultdict[str, list[Glance]] = defaultdict(list)
    loud: set[str] = set()
    distinct: set[str] = set()
    for cell, matches in zip(cells, kept, strict=True):
        for match in matches:
            key = folded_key(match.form.spelling.name)
            if not (match.form.common or match.kind == "respaced"):
                distinct.add(key)
            elif match.kind != "exact" or not cell.page.text[match.start : match.end].isascii():
                loud.add(key)
            elif key not in loud:
                glances[key].append(_glance(match, cell))
    named = frozenset(distinct)
    return frozenset(k for k, found in glances.items() if k not in loud and k not in named and sift(k, found, named))


def _glance(match: Match, cell: _Cell) -> Glance:
    text = cell.page.text
    before, after = words_of(text).near(match.start, match.end)
    return Glance(
        cell.text.field, before, after, text[max(0, match.start - 1) : match.start], text[match.end : match.end + 1]
    )


def _is_other(match: Match, over: Match) -> bool:
    return match.form.spelling.name != over.form.spelling.name and match.kind in ("exact", "joined", "visual")


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """Several owners and aliases of one name at one place are one hit: the most literal one."""
    best: dict[tuple[str, int, int], Hit] = {}
    for hit in hits:
        at = (hit.key, hit.place.start, hit.place.end)
        if at not in best or len(hit.steps) < len(best[at].steps):
            best[at] = hit
    return list(best.values())


def _hit(match: Match, text: Text, number: int, page: markup.Seen) -> Hit:
    start, end = page.span(match.start, match.end)
    written = text.value[start:end]
    shown = page.text[match.start : match.end]
    turned = page.turns(match.start, match.end)
    html = written != (shown[::-1] if turned else shown)
    place = Place(text.field, text.index, number, start, end, text.name, row=text.row, column=text.column)
    return Hit(
        folded_key(match.form.spelling.name), match.form.text, match.form.common or match.kind == "respaced", match.kind,
        place, written, steps.steps(match, shown, html=html, turned=turned), round(match.score, 3),
        page.text[max(0, match.start - CONTEXT) : match.start], page.text[match.end : match.end + CONTEXT],
        words_of(page.text).around(match.start, match.end),
    )  # fmt: skip
