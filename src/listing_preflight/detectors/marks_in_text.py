"""Find listed names in the texts of listings."""

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from listing_preflight.detectors.marks_in_registers import Bound, Passed, Registers
from listing_preflight.model.hit import Around, Hit, Late, Near, Place, Step
from listing_preflight.model.listing import Listing, Text
from listing_preflight.text import markup, steps
from listing_preflight.text.around import Words, words_of_all
from listing_preflight.text.fold import folded_key
from listing_preflight.text.gates import Match
from listing_preflight.text.resolving import resolve

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


class _Value:
    """One value as a page shows it: what its hits ask of their places, made when it is asked for."""

    __slots__ = ("_words", "page", "value")

    def __init__(self, value: str, page: markup.Seen) -> None:
        self.value, self.page = value, page
        self._words: Words | None = None

    def seen(self, at: Match) -> str:
        """What the seller wrote there."""
        start, end = self.page.span(at.start, at.end)
        return self.value[start:end]

    def steps(self, at: Match) -> frozenset[Step]:
        """The steps from the listed name to that."""
        shown = self.page.text[at.start : at.end]
        turned = bool(self.page.turned) and self.page.turns(at.start, at.end)
        html = self.seen(at) != (shown[::-1] if turned else shown)
        return steps.of(at, shown, html=html, turned=turned)

    def before(self, at: Match) -> str:
        """What a shopper reads before it."""
        return self.page.text[max(0, at.start - CONTEXT) : at.start]

    def after(self, at: Match) -> str:
        """What a shopper reads behind it."""
        return self.page.text[at.end : at.end + CONTEXT]

    def around(self, at: Match) -> Around:
        """The folded words around it; all hits of the text read the same."""
        return self._told.around(at.start, at.end)

    def near(self, at: Match, count: int) -> Near:
        """At most so many words next to it."""
        return self._told.near(at.start, at.end, count)

    @property
    def _told(self) -> Words:
        if self._words is None:
            (self._words,) = words_of_all([self.page.text])
        return self._words

    def borders(self, at: Match) -> tuple[str, str]:
        """The characters next to it."""
        text = self.page.text
        return text[at.start - 1 : at.start] if at.start else "", text[at.end : at.end + 1]


class _Found(NamedTuple):
    """What one value holds, wherever it stands: matches with their written spans, and those that yielded to another."""

    value: _Value
    matches: tuple[tuple[Match, int, int], ...]
    yielded: tuple[tuple[Match, int, int, str], ...]


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
        matches = iter(found)
        first = 0
        out = []
        for number, (listing, part) in enumerate(zip(listings, pages, strict=True)):
            here = [
                _found(text.value, page, some) if (some := next(matches)) else _NOTHING
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
        for value, page, here in zip(new, pages, matches, strict=True):
            self._known[value] = _found(value, page, here) if here else _NOTHING
        return self._known


_NOTHING = _Found(_Value("", markup.Seen("")), (), ())


def _found(value: str, page: markup.Seen, matches: Sequence[Match]) -> _Found:
    kept, lost = resolve(matches)
    shown = _Value(value, page)
    told = _once(kept, shown)
    return _Found(
        shown,
        tuple([(m, m[2], m[3]) for m in told] if page.starts is None else [(m, *page.span(m[2], m[3])) for m in told]),
        tuple((m, *page.span(m.start, m.end), over.form.text) for m, over in lost if _is_other(m, over)),
    )


def _of_listing(listing: Listing, found: Sequence[_Found]) -> Seen:
    hits: list[Hit] = []
    yielded: list[tuple[Hit, str]] = []
    for number, (text, here) in enumerate(zip(listing.texts, found, strict=True)):
        hits += [_hit(match, here.value, text, number, start, end) for match, start, end in here.matches]
        yielded += [(_hit(m, here.value, text, number, start, end), name) for m, start, end, name in here.yielded]
    return Seen(tuple(hits), tuple(yielded))


def _is_other(match: Match, over: Match) -> bool:
    return match.form.spelling.name != over.form.spelling.name and match.kind in ("exact", "joined", "visual")


def _once(kept: Sequence[Match], shown: _Value) -> Sequence[Match]:
    """Several owners and aliases of one name at one place are one hit: the most literal one."""
    if shown.page.starts is None and all(a[2] != b[2] or a[3] != b[3] for a, b in itertools.pairwise(kept)):
        return kept
    best: dict[tuple[str, int, int], Match] = {}
    for match in kept:
        at = (folded_key(match.form.spelling.name), *shown.page.span(match.start, match.end))
        if at not in best or len(shown.steps(match)) < len(shown.steps(best[at])):
            best[at] = match
    return list(best.values())


def _hit(match: Match, value: _Value, text: Text, number: int, start: int, end: int) -> Hit:
    form, kind, score = match[0], match[1], match[4]
    place = _place(Place, (text.field, text.index, number, start, end, text.name, *_NO_PICTURE))
    return Hit(
        folded_key(form.spelling.name), form.text, form.common or kind == "respaced", kind, place, None, None,
        1.0 if score == 1.0 else round(score, 3), None, None, None, Late(value, match),
    )  # fmt: skip


_place = tuple.__new__
_NO_PICTURE = (None,) * (len(Place._fields) - 6)
"""What a place in a text has of a picture's."""
