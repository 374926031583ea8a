"""How strong a mark is: names that many hold, words given up, words that name the goods; weakness lowers and is said."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from listing_preflight.judging.goods import Goods, is_noun_of
from listing_preflight.judging.grammar import words
from listing_preflight.model.finding import Reason
from listing_preflight.model.mark import Mark, Registration
from listing_preflight.text.fold import folded_key
from listing_preflight.text.vocabulary import vocabulary

CROWDED = 5
"""Owners that hold one word in one class from which it points to none of them. A choice of this program: in an imported register
of 100,000 real-shaped marks fewer than one word in a hundred is held by five."""
EVERYDAY = 40
"""Frequency (ten times Zipf's) from which a noun that nobody has flagged is everybody's word: "shoe" 42, "ring" 48; words that are
held and enforced as marks stay below ("aspirin" 33)."""
LOWERING = frozenset({"weak-disclaimed", "weak-descriptive", "weak-crowded"})
"""Reasons that make a live right a weak one; the others are only said. The supplemental register is a matter of force."""

Crowds = Mapping[str, Mapping[int, int]]
"""Folded name → class → how many owners hold the name in it, where it is held by several."""


def crowds(marks: Mapping[str, Iterable[Mark]]) -> Crowds:
    """How many owners hold each name in each class, in the lists given; names of one owner are left out."""
    out: dict[str, dict[int, int]] = {}
    for key, ms in marks.items():
        owners: defaultdict[int, set[str]] = defaultdict(set)
        for mark in ms:
            for row in mark.registrations:
                for number in row.classes or ():
                    owners[number].add(folded_key(mark.owner or f"{mark.list}:{mark.id}"))
        counted = {c: len(o) for c, o in owners.items() if len(o) > 1}
        if counted:
            out[key] = counted
    return out


class CrowdsOf(Crowds):
    """The crowds of a book of marks, counted for a name when it is asked for."""

    def __init__(self, marks: Callable[[str], Iterable[Mark]]) -> None:
        self._marks = marks
        self._known: dict[str, Mapping[int, int]] = {}

    def __getitem__(self, key: str) -> Mapping[int, int]:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = crowds({key: self._marks(key)}).get(key, {})
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def of(mark: Mark, row: Registration, goods: Goods, known: Crowds) -> tuple[Reason, ...]:
    """What lowers the strength of a mark for these goods; fame outweighs all of it, assumed rights lower nothing."""
    if mark.famous or mark.rights == "assumed":
        return ()
    found: list[Reason] = []
    key = folded_key(mark.name)
    name = words(mark.name)
    if row.disclaimed and given_up(name, row):
        found.append(Reason("weak-disclaimed", {"words": ", ".join(row.disclaimed)}))
    if is_noun_of(name, goods) and _everyday(mark, key):
        found.append(Reason("weak-descriptive", {"name": mark.name}))
    owners = max((n for c, n in known.get(key, {}).items() if c in (row.classes or ())), default=0)
    if owners >= CROWDED:
        found.append(Reason("weak-crowded", {"owners": owners}))
    if mark.common_word:
        found.append(Reason("weak-common-word"))
    return tuple(found)


def _everyday(mark: Mark, key: str) -> bool:
    """Whether a noun is everybody's word: a mark that has become one (for many, not by law) is still a mark."""
    if mark.common_word is None:
        return vocabulary().frequency(key) >= EVERYDAY
    return mark.common_word


def given_up(name: tuple[str, ...], row: Registration) -> bool:
    """Whether a name consists of nothing but words that the registration disclaims."""
    disclaimed = {w for phrase in row.disclaimed for w in words(phrase)}
    return bool(name) and all(w in disclaimed for w in name)
