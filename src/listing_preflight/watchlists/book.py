"""The marks behind every folded name, and the families that names belong to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from listing_preflight.model.mark import Mark
from listing_preflight.text.fold import folded_key

Families = Mapping[str, frozenset[str]]


class Book(Protocol):
    """Marks by the folded name that they hold."""

    @property
    def families(self) -> Families:
        """Folded name → itself with its house mark and lines; names that stand alone are left out."""
        ...

    def marks(self, key: str) -> Sequence[Mark]:
        """The marks of a name, in the order of their lists; none for a name that no list holds."""
        ...

    def count(self, key: str) -> int:
        """How many marks hold a name, those left out for want of any reach among them."""
        ...


class ListedBook:
    """The book of marks that are there."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        grouped: defaultdict[str, list[Mark]] = defaultdict(list)
        for mark in marks:
            grouped[folded_key(mark.name)].append(mark)
        self._marks = {k: tuple(v) for k, v in grouped.items()}
        self.families = families(self._marks)

    def marks(self, key: str) -> Sequence[Mark]:
        """The marks of a name."""
        return self._marks.get(key, ())

    def count(self, key: str) -> int:
        """How many marks hold a name."""
        return len(self.marks(key))


def families(marks: Mapping[str, Sequence[Mark]]) -> Families:
    """Folded name → itself with its house mark and lines; names that stand alone are left out."""
    house = {m.id: key for key, ms in sorted(marks.items()) for m in ms}
    out: defaultdict[str, set[str]] = defaultdict(set)
    for key, ms in marks.items():
        for parent in {m.parent for m in ms if m.parent in house}:
            out[house[parent or ""]] |= {key, house[parent or ""]}
            out[key] |= {key, house[parent or ""]}
    for siblings in _siblings(marks, house).values():
        for key in siblings if len(siblings) > 1 else ():
            out[key] |= siblings
    return {k: frozenset(v) for k, v in out.items()}


def _siblings(marks: Mapping[str, Sequence[Mark]], house: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Id of a house that no list holds → the names that call it their house."""
    out: defaultdict[str, set[str]] = defaultdict(set)
    for key, ms in marks.items():
        for mark in ms:
            if mark.parent and mark.parent not in house:
                out[mark.parent].add(key)
    return {parent: frozenset(keys) for parent, keys in out.items()}
