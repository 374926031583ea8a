"""What the names of a run are looked up in: the matcher and the book of its lists, and registers beside them."""

import datetime
from collections.abc import Callable, Sequence
from typing import NamedTuple

from listing_preflight.detectors.marks_in_registers import Bound, Registers
from listing_preflight.detectors.marks_in_text import Matcher
from listing_preflight.judging import reach
from listing_preflight.judging.goods import of_listing
from listing_preflight.model.listing import Listing
from listing_preflight.model.mark import Mark, WatchList
from listing_preflight.policy.marketplaces import marketplace
from listing_preflight.storage.mapped import Sections, guarded, unpacking
from listing_preflight.text.gates import Match
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.names import Form, make_forms
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import Vocabulary, vocabulary
from listing_preflight.watchlists.book import Book, Families, ListedBook
from listing_preflight.watchlists.index import Index
from listing_preflight.watchlists.spellings import spellings


class Lookup(NamedTuple):
    """A matcher of names, their forms by key, the marks behind them, and registers; None where there are none."""

    matcher: Matcher
    forms: Callable[[str], Sequence[Form]]
    book: Book
    registers: Registers | None


def lookup(lists: Sequence[WatchList], index: Index | None, day: datetime.date) -> Lookup:
    """Lists made ready: mapped where they are compiled, else made now."""
    words = vocabulary()
    if index is not None and index.names is not None:
        mapped = MappedMatcher(index.names.tables(), words, index.names.sections)
        return Lookup(mapped, mapped.forms, index.names.book(), _registers(index, day, mapped.size))
    marks = [m for one in (lists if index is None else index.loose) for m in one.marks]
    tables = Tables(make_forms(spellings(marks), words), words)
    matcher = IndexMatcher.over(tables, words)
    return Lookup(matcher, tables.forms_of, ListedBook(marks), _registers(index, day, len(tables.forms)))


def _registers(index: Index | None, day: datetime.date, forms: int) -> Registers | None:
    layers = index.layers if index is not None else ()
    alive = [one.alive(day, reach.grace().days, lambda state: reach.force(state, day)) for one in layers]
    return Registers(layers, alive, forms) if layers else None


def bound(listing: Listing, sites: Sequence[str | None]) -> Bound:
    """What a listing can be bound by on any of its marketplaces."""
    places = [reach.offices(marketplace(site)) for site in sites]
    known = [p for p in places if p is not None]
    return Bound(reach.classes(of_listing(listing)), frozenset().union(*known) if len(known) == len(places) else None)


class MappedMatcher:
    """A matcher over a compiled file: a number in it that points nowhere is told as a fault of that file."""

    def __init__(self, tables: Tables, words: Vocabulary, sections: Sections) -> None:
        self._tables, self._sections, self.size = tables, sections, len(tables.forms)
        with unpacking(sections):
            self._matcher = IndexMatcher.over(tables, words)

    def forms(self, key: str) -> Sequence[Form]:
        """The forms of a key, none where it is no name's."""
        with guarded(self._sections):
            return self._tables.forms_of(key)

    def find(self, text: str) -> list[Match]:
        """All matches in one text."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Match]]:
        """The same for many texts."""
        with guarded(self._sections):
            return self._matcher.find_all(texts)


class BoundMatcher:
    """A matcher that also looks into registers, for the texts of one listing that are not its fields: words of pictures."""

    def __init__(self, found: Lookup, to: Bound) -> None:
        self._lookup, self._bound = found, to

    def find(self, text: str) -> list[Match]:
        """All matches in one text."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Match]]:
        """The same for many texts."""
        near = self._lookup.matcher.find_all(texts)
        if self._lookup.registers is None:
            return near
        far = self._lookup.registers.find(texts, ["image"] * len(texts), [0] * len(texts), [self._bound]).matches
        return [[*a, *b] for a, b in zip(near, far, strict=True)]


class ReachedBook:
    """The book of one listing: the marks of registers among it that its masks let through."""

    def __init__(self, book: Book, registers: Registers, to: Bound) -> None:
        self._book, self._registers, self._bound = book, registers, to
        self._found: dict[str, tuple[tuple[Mark, ...], int]] = {}

    @property
    def families(self) -> Families:
        """Those of the lists; registers tell of none."""
        return self._book.families

    def marks(self, key: str) -> Sequence[Mark]:
        """The marks of a name: of the lists first; where no mask lets any through, one that says why."""
        return self._held(key)[0]

    def count(self, key: str) -> int:
        """How many marks hold a name, in lists and registers."""
        return self._held(key)[1]

    def _held(self, key: str) -> tuple[tuple[Mark, ...], int]:
        found = self._found.get(key)
        if found is None:
            made, count = list(self._book.marks(key)), self._book.count(key)
            layers = list(zip(self._registers.layers, self._registers.alive, strict=True))
            for one, alive in layers:
                held, number = one.holders(key, one.reach(*self._bound), alive)
                made += held
                count += number
            if not made:
                made = [m for one, alive in layers for m in one.holders(key, None, alive)[0][:1]]
            found = self._found[key] = (tuple(made), count)
        return found
