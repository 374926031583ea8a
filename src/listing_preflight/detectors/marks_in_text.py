"""Find listed names in the texts of listings."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from listing_preflight.detectors.marks_in_registers import Bound, Passed, Registers
from listing_preflight.model.hit import Hit, Place
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


class Seen(NamedTuple):
    """The hits of one listing, and the names that yielded to a longer or closer one at the same place.

    `passed_over` counts names of registers that no mask let through; `passed` are these with what is written there.
    """

    hits: tuple[Hit, ...]
    yielded: tuple[tuple[Hit, str], ...]
    passed_over: int = 0
    passed: tuple[tuple[Passed, str], ...] = ()


def see(
    matcher: Matcher, listings: Sequence[Listing], registers: Registers | None = None, bounds: Sequence[Bound] = (),
    *, named: bool = False,
) -> list[Seen]:  # fmt: skip
    """Hits of each listing, texts in order; all texts of the batch are matched at once, and looked up in registers."""
    pages = [[markup.visible(t.value) for t in listing.texts] for listing in listings]
    texts = [page.text for part in pages for page in part]
    found = matcher.find_all(texts)
    far = None
    if registers is not None:
        owner = [n for n, part in enumerate(pages) for _ in part]
        far = registers.find(texts, [t.field for one in listings for t in one.texts], owner, bounds, named=named)
        found = [[*near, *more] for near, more in zip(found, far.matches, strict=True)]
    matches = iter(found)
    first = 0
    out = []
    for number, (listing, part) in enumerate(zip(listings, pages, strict=True)):
        seen = _listing(listing, part, [next(matches) for _ in part])
        if far is not None:
            shown = ((n._replace(text=n.text - first), texts[n.text][n.start : n.end]) for n in far.passed[number])
            seen = seen._replace(passed_over=far.over[number], passed=tuple(shown))
        out.append(seen)
        first += len(part)
    return out


def _listing(listing: Listing, pages: Sequence[markup.Seen], found: Sequence[list[Match]]) -> Seen:
    hits: list[Hit] = []
    yielded: list[tuple[Hit, str]] = []
    for number, (text, page, matches) in enumerate(zip(listing.texts, pages, found, strict=True)):
        kept, lost = resolve(matches)
        hits += _once(_hit(m, text, number, page) for m in kept)
        yielded += [(_hit(m, text, number, page), over.form.text) for m, over in lost if _is_other(m, over)]
    return Seen(tuple(hits), tuple(yielded))


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
    place = Place(
        field=text.field, index=text.index, text=number, start=start, end=end, name=text.name, row=text.row,
        column=text.column,
    )  # fmt: skip
    return Hit(
        key=folded_key(match.form.spelling.name), form=match.form.text, common=match.form.common or match.kind == "respaced", kind=match.kind,
        place=place, seen=written, steps=steps.steps(match, shown, html=html, turned=turned),
        score=round(match.score, 3), before=page.text[max(0, match.start - CONTEXT) : match.start],
        after=page.text[match.end : match.end + CONTEXT], around=words_of(page.text).around(match.start, match.end),
    )  # fmt: skip
