"""Which listings changed marks can touch: all their texts are looked through for the names of those marks alone, many at once."""

import bisect
import functools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from listing_preflight.cli.sieving import Sieve, Words, among, in_question
from listing_preflight.detectors.marks_over_fields import EDGE, MarksOverFields, seams
from listing_preflight.images.looked import Fault
from listing_preflight.model.listing import Listing, Origin, Passing, Text
from listing_preflight.model.mark import Mark
from listing_preflight.passages import Item
from listing_preflight.running.judges import Answers, Judges
from listing_preflight.text import gates, markup
from listing_preflight.text.hashing import U64, Groups, hash_texts
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.names import Form, make_forms
from listing_preflight.text.sift import sift_of
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.spellings import spellings

LISTINGS = 512
"""Listings that are looked through at once."""
LETTERS = 1 << 21
"""Characters after which they are fewer."""
AHEAD = 4
"""Such lots that are under way for each worker."""
_JOINED = 1 << 16
"""Characters that are matched as one text: as many as stay in a processor's cache."""
_NOWHERE = Origin(file="")


class Touching:
    """Knows the names of some marks; tells of many listings which of them those names can stand in. Never wrong about no."""

    def __init__(self, marks: Sequence[Mark], glue: frozenset[str]) -> None:
        """`glue`: the keys of all names of the lists that can stand glued to one of these."""
        words = vocabulary()
        forms = make_forms(spellings(marks), words)
        tables = Tables(forms, words)
        tables.glue |= glue
        self._matcher = IndexMatcher.over(tables, words)
        self._over_fields = MarksOverFields(tables.forms_of, words)
        first, last = _parts(forms)
        self._first, self._last = _known(first), _known(last)
        self._sift = sift_of(tables, words)

    def begin(self, lots: Sequence[Sequence[Words]]) -> list[Callable[[], tuple[int, ...]]]:
        """For each lot what gives the places of the listings in it that can be touched."""
        return [functools.partial(self._touched, lot) for lot in lots]

    @property
    def sieve(self) -> Sieve | None:
        """What rules out most listings at a fraction of the cost; None where there is no compiled core."""
        return None if self._sift is None else Sieve(self._sift, self._first, self._last)

    def warm(self) -> None:
        """Read a text that is nobody's: tables of characters are made on first use."""
        self._touched([((("title", "Running shoes", 0), ("description", "<p>Soft.</p>", 0)), ())])

    def _touched(self, lot: Sequence[Words]) -> tuple[int, ...]:
        return tuple(sorted(self._inside(lot) | self._over_seams(lot)))

    def _inside(self, lot: Sequence[Words]) -> set[int]:
        """The listings in a text of which a name stands. Texts are joined by line breaks, which no name crosses."""
        found: set[int] = set()
        for owners, starts, text in _joined(lot):
            (matches,) = self._matcher.find_all([text])
            found |= {owners[bisect.bisect_right(starts, m.start) - 1] for m in matches}
        return found

    def _over_seams(self, lot: Sequence[Words]) -> set[int]:
        """The listings in which a name stands over two fields; only those are looked at in earnest whose edges can be parts of one."""
        shown = [Listing(id="", origin=_NOWHERE, texts=tuple(Text(*one) for one in texts)) for texts, _ in lot]
        met = [(n, a.value, b.value) for n, one in enumerate(shown) for (_, a), (_, b) in seams(one)]
        if not met:
            return set()
        owners, before, after = zip(*met, strict=True)
        first = among(self._first, [text[-EDGE:] for text in before], "right")
        second = among(self._last, [text[:EDGE] for text in after], "left")
        maybe = {owners[n] for n in np.flatnonzero(first & second).tolist()}
        return {n for n in maybe if self._over_fields.see(shown[n])}


def _parts(forms: Sequence[Form]) -> tuple[set[str], set[str]]:
    """What the last token before a seam can be, and the first behind it, where a name stands over it."""
    before, after = set(), set()
    for form in forms:
        parts = gates.split_key(form)
        before |= {*parts[:-1]} or {form.key[:n] for n in range(1, len(form.key))}
        after |= {*parts[1:]} or {form.key[n:] for n in range(1, len(form.key))}
    return before, after


def _known(texts: Iterable[str]) -> Groups:
    every = sorted(texts)
    hashes: U64 = hash_texts(every)
    return Groups(hashes, np.arange(len(every)))


def _joined(lot: Sequence[Words]) -> Iterator[tuple[list[int], list[int], str]]:
    """The texts of a lot as few long ones: whose each part is, where it starts, and all of them."""
    owners: list[int] = []
    starts: list[int] = []
    parts: list[str] = []
    size = 0
    for owner, (texts, pictured) in enumerate(lot):
        for value in (*(value for _, value, _ in texts), *pictured):
            text = markup.text_of(value)
            if parts and size + len(text) > _JOINED:
                yield owners, starts, "\n".join(parts)
                owners, starts, parts, size = [], [], [], 0
            owners.append(owner)
            starts.append(size)
            parts.append(text)
            size += len(text) + 1
    if parts:
        yield owners, starts, "\n".join(parts)


class _Lot(NamedTuple):
    """Listings that are looked through together, which of them were not ruled out here, and the answers of these."""

    listings: int
    left: Sequence[int]
    answers: Answers | None


class Looking:
    """Hands listings to workers while they are read, and tells of each, in their order, whether it can be touched."""

    def __init__(self, judges: Judges | None, workers: int, sieve: Sieve | None = None) -> None:
        """Without `judges` no listing can be touched; what `sieve` rules out they are not asked of."""
        self._judges, self._most, self._sieve = judges, AHEAD * workers, sieve
        self._lot: list[Listing] = []
        self._letters = 0
        self._under_way: deque[_Lot] = deque()
        self._known: deque[bool] = deque()

    def through(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items as they are; listings among them are looked through meanwhile, but for those that pass already."""
        for item in items:
            if isinstance(item, Listing) and not isinstance(item, Passing):
                self._add(item)
            yield item

    @property
    def first(self) -> bool:
        """Whether the first listing that was not taken can be touched. What could not be looked through can."""
        if not self._known:
            if not self._under_way:
                self._submit()
            self._hear()
        return self._known[0]

    def take(self) -> bool:
        """The same, and the listing is taken."""
        found = self.first
        self._known.popleft()
        return found

    def _add(self, listing: Listing) -> None:
        if self._judges is None:
            self._known.append(False)
            return
        self._lot.append(listing)
        self._letters += sum([len(text[1]) for text in listing.texts])
        if len(self._lot) >= LISTINGS or self._letters >= LETTERS:
            self._submit()

    def _submit(self) -> None:
        assert self._judges is not None
        lot, self._lot, self._letters = self._lot, [], 0
        left = in_question(self._sieve, lot)
        answers = self._judges.submit([[words for _, words in left]]) if left else None
        self._under_way.append(_Lot(len(lot), [n for n, _ in left], answers))
        while len(self._under_way) > self._most:
            self._hear()

    def _hear(self) -> None:
        """Take the answers of the oldest lot: the places that can be touched, all where a worker failed over them."""
        lot = self._under_way.popleft()
        (answer,) = lot.answers.result() if lot.answers else ((),)
        touched = frozenset(lot.left if isinstance(answer, Fault) else (lot.left[n] for n in answer))
        self._known.extend(n in touched for n in range(lot.listings))
