"""Which classes goods had under the edition of the Nice Classification that a registration was filed under."""

import datetime
import functools
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from listing_preflight.judging.grammar import Phrase, words
from listing_preflight.policy.store import load


class Move(NamedTuple):
    """Goods that changed their class: out of one, into another, from a day on."""

    before: int
    after: int
    since: datetime.date


@functools.cache
def _moves() -> Mapping[Phrase, Move]:
    """Noun → its move."""
    data = load("nice_editions.yaml")
    return {
        words(str(noun)): Move(move["from"], move["to"], data["editions"][move["edition"]]["since"])
        for move in data["moves"]
        for noun in move["goods"]
    }


@functools.lru_cache(maxsize=1 << 12)
def move_of(noun: str) -> Move | None:
    """The move of some goods, told by their noun as a listing has it; plurals by "s" too."""
    phrase = words(noun)
    single = (*phrase[:-1], phrase[-1].removesuffix("s")) if phrase else phrase
    return _moves().get(phrase) or _moves().get(single)


def newest_first(classes: tuple[int, ...], noun: str) -> tuple[int, ...]:
    """Classes of a noun with the one of the newest edition before the one that the goods left, which older registrations still name."""
    move = move_of(noun)
    return classes if move is None or move.before not in classes else tuple(dict.fromkeys((move.after, *classes)))


def classes_as_of(classes: frozenset[int], moved: Iterable[Move], filed: datetime.date | None) -> frozenset[int]:
    """Classes of goods as they were on the day that a registration was filed; both classes of moved goods where no day is known."""
    out = set(classes)
    for move in moved:
        if {move.before, move.after}.isdisjoint(out):
            continue
        out -= {move.before, move.after}
        if filed is None or filed < move.since:
            out.add(move.before)
        if filed is None or filed >= move.since:
            out.add(move.after)
    return frozenset(out)
