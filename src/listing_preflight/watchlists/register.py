"""A register in a compiled file: its names in a layer of their own, its marks made for what passes the masks."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from listing_preflight.model.mark import Mark
from listing_preflight.storage.mapped import Array, Sections, guarded, unpacking
from listing_preflight.text.entries import ALIAS, SEVERAL
from listing_preflight.text.fold import folded_key
from listing_preflight.text.hashing import Bools
from listing_preflight.text.layer import ALL, Found, Layer, Reach
from listing_preflight.text.names import Form, Spelling, make_forms
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.columns import Marks, Told
from listing_preflight.watchlists.compile import OTHER

MOST_MARKS = 50
"""Marks of one name that are made for one listing: a name has few owners in one class and place, and reports list 20 rights."""
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_UNMADE = 200_000


class RegisterLayer:
    """One register: which of its names stand in texts, and the marks behind them."""

    def __init__(self, sections: Sections, head: Mapping[str, Any]) -> None:
        self.place = str(head["register"])
        told = Told(head["name"], head["rights"], *(head.get("told") or ()))
        self.marks = Marks(sections.at(f"{self.place}/marks"), [(0, told)], far=True)
        self.layer = Layer(sections.at(f"{self.place}/index"))
        self._part = sections.at(self.place)
        self._bit = {office: n for n, office in enumerate(head["offices_by_bit"])}
        self._forms: dict[int, Form] = {}
        self._made: dict[int, Mark] = {}
        self._reaches: dict[tuple[frozenset[int] | None, frozenset[str] | None], Reach] = {}

    def reach(self, classes: frozenset[int] | None, offices: frozenset[str] | None) -> Reach:
        """What a listing can be bound by, as bits of this register; None where it is not known."""
        found = self._reaches.get((classes, offices))
        if found is None:
            if len(self._reaches) > _UNMADE:
                self._reaches.clear()
            found = self._reaches[classes, offices] = self._reach(classes, offices)
        return found

    def _reach(self, classes: frozenset[int] | None, offices: frozenset[str] | None) -> Reach:
        wanted = ALL if classes is None else np.uint64(sum(1 << c for c in classes))
        places = ALL if offices is None else np.uint64(sum({1 << self._bit.get(o, OTHER) for o in offices}))
        return Reach(int(wanted), int(places))

    def alive(self, day: datetime.date, grace: int, force: Callable[[str], str]) -> Callable[[Array, Array], Bools]:
        """A test of status numbers and last days of terms: whether a right may be in force; `force` is asked of each state."""
        with unpacking(self._part):
            told = [force(state) for state in self.marks.states()]
        lives, ends = np.ones(SEVERAL + 1, np.bool_), np.zeros(SEVERAL + 1, np.bool_)
        lives[: len(told)] = [one not in ("dead", "generic") for one in told]
        ends[: len(told)] = [one == "registered" for one in told]
        until = day.toordinal() - _EPOCH - grace

        def test(status: Array, expires: Array) -> Bools:
            number = np.minimum(status, SEVERAL)
            found: Bools = lives[number] & ~(ends[number] & (expires < until))
            return found

        return test

    def form(self, found: Found, n: int, base: int) -> Form:
        """The form of the nth window found, numbered after the forms of what stands before this register."""
        entry = int(found.entry[n])
        made = self._forms.get(entry)
        if made is None:
            if len(self._forms) > _UNMADE:
                self._forms.clear()
            with unpacking(self._part):
                made = self._form(int(found.mark[n]), int(found.key[n]), alias=bool(found.flags[n] & ALIAS))
            made = self._forms[entry] = made._replace(id=base + entry)
        return made

    def _form(self, mark: int, key: int, *, alias: bool) -> Form:
        name = self.marks.name(mark)
        if not alias:
            return make_forms([Spelling(name, name)], vocabulary())[0]
        forms = make_forms([Spelling(a.name, name) for a in self.mark(mark).aliases], vocabulary())
        return forms[[self.layer.is_key(f.key, key) for f in forms].index(True)]

    def first_mark(self, key: int) -> int:
        """The first mark of a key."""
        with guarded(self._part):
            return int(self.layer.entries.of(np.array([key]))[0].mark[0])

    def mark(self, at: int) -> Mark:
        """A mark, made once."""
        found = self._made.get(at)
        if found is None:
            if len(self._made) > _UNMADE:
                self._made.clear()
            found = self._made[at] = self.marks.make(at)
        return found

    def holders(
        self, key: str, reach: Reach | None, alive: Callable[[Array, Array], Bools]
    ) -> tuple[Sequence[Mark], int]:
        """Marks of a folded name that pass the masks, at most MOST_MARKS, and how many hold the name in all."""
        numbers, count = self.layer.holders(key, reach, alive)
        made = [self.mark(int(n)) for n in numbers[:MOST_MARKS]]
        return [m for m in made if folded_key(m.name) == key], count
