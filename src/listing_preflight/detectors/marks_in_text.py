"""Find listed names in the texts of listings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Listing, Text
from listing_preflight.text import markup, steps
from listing_preflight.text.around import Words, words_of_all
from listing_preflight.text.fold import folded_key
from listing_preflight.text.gates import Match, resolve

CONTEXT = 100
"""Characters on each side of a hit that reports quote."""
MEMO_LETTERS = 1 << 23
"""Letters of texts whose hits are remembered, before the memo starts anew."""


class Matcher(Protocol):
    """What finds forms in one visible text."""

    def find(self, text: str) -> list[Match]:
        """All matches in one text, before overlaps are resolved."""
        ...

    def find_all(self, texts: Sequence[str]) -> list[list[Match]]:
        """The same for many texts at once."""
        ...


class Seen(NamedTuple):
    """The hits of one listing, and the names that yielded to a longer or closer one at the same place."""

    hits: tuple[Hit, ...]
    yielded: tuple[tuple[Hit, str], ...]


class _Found(NamedTuple):
    """What one value holds, wherever it stands: hits whose places know their span alone."""

    hits: tuple[Hit, ...]
    yielded: tuple[tuple[Hit, str], ...]


class MarksInText:
    """Sees names in texts; a value that came before is not looked at again: variants of a product share most of theirs."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._known: dict[str, _Found] = {}
        self._size = 0

    def see(self, listings: Sequence[Listing]) -> list[Seen]:
        """Hits of each listing, texts in order; all texts of the batch that are new are matched at once."""
        texts = {t.value for listing in listings for t in listing.texts}
        found = self._learn(texts)
        return [_of_listing(listing, found) for listing in listings]

    def _learn(self, texts: set[str]) -> Mapping[str, _Found]:
        new = sorted(texts - self._known.keys())
        self._size += sum(map(len, new))
        if self._size > MEMO_LETTERS:
            new, self._known, self._size = sorted(texts), {}, sum(map(len, texts))
        pages = [markup.visible(value) for value in new]
        matches = self._matcher.find_all([page.text for page in pages])
        words = iter(words_of_all([p.text for p, m in zip(pages, matches, strict=True) if m]))
        for value, page, here in zip(new, pages, matches, strict=True):
            self._known[value] = _found(value, page, here, next(words)) if here else _NOTHING
        return self._known


_NOTHING = _Found((), ())


def _found(value: str, page: markup.Seen, matches: list[Match], words: Words) -> _Found:
    kept, lost = resolve(matches)
    return _Found(
        tuple(_once(_hit(m, value, page, words) for m in kept)),
        tuple((_hit(m, value, page, words), over.form.text) for m, over in lost if _is_other(m, over)),
    )


def _of_listing(listing: Listing, found: Mapping[str, _Found]) -> Seen:
    hits: list[Hit] = []
    yielded: list[tuple[Hit, str]] = []
    for number, text in enumerate(listing.texts):
        here = found[text.value]
        hits += (_placed(h, text, number) for h in here.hits)
        yielded += ((_placed(h, text, number), name) for h, name in here.yielded)
    return Seen(tuple(hits), tuple(yielded))


def _placed(hit: Hit, text: Text, number: int) -> Hit:
    at = hit.place
    return hit._replace(place=Place(text.field, text.index, number, at.start, at.end, text.name))


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


def _hit(match: Match, value: str, page: markup.Seen, words: Words) -> Hit:
    start, end = page.span(match.start, match.end)
    written = value[start:end]
    shown = page.text[match.start : match.end]
    turned = bool(page.turned) and page.turns(match.start, match.end)
    html = written != (shown[::-1] if turned else shown)
    return Hit(
        folded_key(match.form.spelling.name), match.form.text, match.form.common or match.kind == "respaced", match.kind,
        Place("title", start=start, end=end), written, steps.steps(match, shown, html=html, turned=turned),
        round(match.score, 3), page.text[max(0, match.start - CONTEXT) : match.start],
        page.text[match.end : match.end + CONTEXT], words.around(match.start, match.end),
    )  # fmt: skip
