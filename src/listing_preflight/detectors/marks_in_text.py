"""Find listed names in the texts of listings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from listing_preflight.detectors.marks_in_registers import Bound, Passed, Registers
from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Listing, Text
from listing_preflight.text import markup, steps
from listing_preflight.text.around import Words, words_of_all
from listing_preflight.text.fold import folded_key
from listing_preflight.text.gates import Match, resolve

CONTEXT = 100
"""Characters on each side of a hit that reports quote."""
MEMO_LETTERS = 1 << 21
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
    """The hits of one listing, and the names that yielded to a longer or closer one at the same place.

    `passed_over` counts names of registers that no mask let through; `passed` are these with what is written there.
    """

    hits: tuple[Hit, ...]
    yielded: tuple[tuple[Hit, str], ...]
    passed_over: int = 0
    passed: tuple[tuple[Passed, str], ...] = ()


class _Found(NamedTuple):
    """What one value holds, wherever it stands: hits whose places know their span alone."""

    hits: tuple[Hit, ...]
    yielded: tuple[tuple[Hit, str], ...]


class MarksInText:
    """Sees names in texts; a value that came before is not looked at again: variants of a product share most of theirs."""

    def __init__(self, matcher: Matcher, registers: Registers | None = None, *, named: bool = False) -> None:
        """`named`: names that no mask of a register lets through are told, not counted alone."""
        self._matcher, self._registers, self._named = matcher, registers, named
        self._known: dict[str, _Found] = {}
        self._near: dict[str, list[Match]] = {}
        self._size = 0

    def see(self, listings: Sequence[Listing], bounds: Sequence[Bound] = ()) -> list[Seen]:
        """Hits of each listing, texts in order; all texts of the batch that are new are matched at once.

        `bounds` say what each listing can be bound by, where registers are searched.
        """
        if self._registers is not None:
            return self._in_registers(self._registers, listings, bounds)
        texts = {t.value for listing in listings for t in listing.texts}
        found = self._learn(texts)
        return [_of_listing(listing, [found[t.value] for t in listing.texts]) for listing in listings]

    def _in_registers(self, registers: Registers, listings: Sequence[Listing], bounds: Sequence[Bound]) -> list[Seen]:
        """The same with registers, where what a text holds hangs on its listing."""
        pages = [[markup.visible(t.value) for t in one.texts] for one in listings]
        texts = [page.text for part in pages for page in part]
        owner = [n for n, part in enumerate(pages) for _ in part]
        fields = [t.field for one in listings for t in one.texts]
        far = registers.find(texts, fields, owner, bounds, named=self._named)
        near = self._near_of(texts)
        found = [[*a, *b] for a, b in zip(near, far.matches, strict=True)]
        words = iter(words_of_all([t for t, m in zip(texts, found, strict=True) if m]))
        matches = iter(found)
        first = 0
        out = []
        for number, (listing, part) in enumerate(zip(listings, pages, strict=True)):
            here = [
                _found(text.value, page, some, next(words)) if (some := next(matches)) else _NOTHING
                for text, page in zip(listing.texts, part, strict=True)
            ]
            told = ((n._replace(text=n.text - first), texts[n.text][n.start : n.end]) for n in far.passed[number])
            out.append(_of_listing(listing, here)._replace(passed_over=far.over[number], passed=tuple(told)))
            first += len(part)
        return out

    def _near_of(self, texts: Sequence[str]) -> list[list[Match]]:
        """The names of curated lists in shown texts; a text that came before is not matched again."""
        new = sorted(set(texts) - self._near.keys())
        self._size += sum(map(len, new))
        if self._size > MEMO_LETTERS:
            new, self._near = sorted(set(texts)), {}
            self._size = sum(map(len, new))
        self._near.update(zip(new, self._matcher.find_all(new), strict=True))
        return [self._near[text] for text in texts]

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


def _of_listing(listing: Listing, found: Sequence[_Found]) -> Seen:
    hits: list[Hit] = []
    yielded: list[tuple[Hit, str]] = []
    for number, (text, here) in enumerate(zip(listing.texts, found, strict=True)):
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
