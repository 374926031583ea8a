"""One mention of one mark, asked for its signals; each is looked for when a row first asks for it."""

import functools
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from listing_preflight.judging.grammar import Spoken
from listing_preflight.judging.scene import Named, Scene, Told
from listing_preflight.model.finding import Reason, Role, Use
from listing_preflight.model.hit import DISGUISES, Hit, Step
from listing_preflight.model.listing import Field
from listing_preflight.model.mark import Mark

Signal = Callable[["Mentioned"], Reason | bool | None]
"""A predicate over a mention: falsy, or true with the evidence where there is more to say than its name."""


AnySignal = TypeVar("AnySignal", bound=Signal)


class Plainly(NamedTuple):
    """What is told of a mention without asking any signal, and decides most rows of the table.

    `ordinary`: the word is an ordinary one; `exact`: it is written as listed, `bare` without any disguise or other accents; of the
    mark its kind and what its list says of it; `never` are signals that no mention of such a name has.
    """

    use: Use
    field: Field
    role: Role
    ordinary: bool
    exact: bool
    kind: str
    famous: bool
    flagged: bool
    line: bool
    near: bool
    never_near: bool
    case: bool
    neighbour: bool
    spelling: bool
    brand_field: bool
    part_of: bool
    permitted: bool
    bare: bool
    never: frozenset[str]


_HIDING: frozenset[Step] = DISGUISES | {"accent"}


def asks_case(mark: Mark) -> bool:
    """Whether a bare hit has to be in the name's own case: its list says so, or it is a badge of letters that are a word as well ("thx").

    Of other names capitals tell nothing: registers write them so.
    """
    letters = mark.kind == "badge" and bool(mark.common_word) and mark.name.isupper() and len(mark.name) <= LETTERS
    return "case" in mark.requires or letters


LETTERS = 4
"""Letters of an abbreviation."""


def _may_be_kana(hit: Hit) -> bool:
    """Whether a name of katakana is written in hiragana, or inside a longer run of katakana."""
    if not "\u30a0" <= hit.form[:1] <= "\u30ff":
        return False
    return "\u3041" <= hit.seen[:1] <= "\u309f" or any(
        "\u30a1" <= c <= "\u30fc" for c in (hit.before[-1:], hit.after[:1]) if c
    )


_OF_NAME: set[Signal] = set()
_NEVER: list[tuple[frozenset[str], Callable[[str], bool]]] = []


def not_for(*signals: str) -> Callable[[Callable[[str], bool]], Callable[[str], bool]]:
    """Mark what tells of a folded name alone that no mention of it has some signals."""

    def kept(tells: Callable[[str], bool]) -> Callable[[str], bool]:
        _NEVER.append((frozenset(signals), tells))
        return tells

    return kept


@functools.lru_cache(maxsize=1 << 14)
def never(key: str) -> frozenset[str]:
    """The signals that no mention of a folded name has."""
    return frozenset[str]().union(*(signals for signals, tells in _NEVER if tells(key)))


def is_of_name(signal: Signal) -> bool:
    """Whether a signal says the same of every mention of a mark in a listing."""
    return signal in _OF_NAME


def of_name(signal: AnySignal) -> AnySignal:
    """Mark a signal that says the same of every mention of a mark in a listing: it is looked for once."""
    _OF_NAME.add(signal)
    return signal


def once(name: str, signal: Signal) -> Signal:
    """The signal as it is asked: what it says of a name is kept for all mentions of it."""
    if signal not in _OF_NAME:
        return signal

    def kept(m: "Mentioned") -> Reason | bool:
        found = m.shared.get(name)
        if found is None:
            found = m.shared[name] = signal(m) or False
        return found

    return kept


class Mentioned:
    """A mention with all that a signal may read; what was found of it is kept, in `shared` what all mentions of its name share."""

    __slots__ = (
        "_known",
        "_spoken",
        "classes",
        "found",
        "hit",
        "mark",
        "named",
        "reading",
        "scene",
        "shared",
        "statement",
    )

    def __init__(
        self, told: Told, named: Named, scene: Scene, known: Mapping[str, Signal], shared: dict[str, Reason | bool]
    ) -> None:
        self.hit: Hit = told.hit
        self.reading, self.statement, self._spoken = told.reading, told.statement, told.spoken
        self.named, self.scene = named, scene
        self.mark: Mark = named.mark
        self.classes = frozenset(c for r in named.mark.registrations for c in r.classes or ())
        self._known, self.shared = known, shared
        self.found: dict[str, Reason | bool] = dict(shared)

    @property
    def spoken(self) -> Spoken:
        """The languages that the text is read in."""
        return self._spoken

    @property
    def plainly(self) -> Plainly:
        """What is told of it without asking any signal."""
        mark, hit = self.mark, self.hit
        return Plainly(
            self.reading.use, hit.place.field, self.statement.role, self.has("ordinary"), hit.kind == "exact", mark.kind, mark.famous,
            bool(mark.common_word), mark.parent is not None, bool(mark.near), bool(mark.never_near), asks_case(mark),
            "neighbour" in mark.requires, "spelling" in mark.requires, "brand-field" in mark.requires, bool(mark.part_of), bool(mark.permitted_use),
            hit.kind == "exact" and hit.steps.isdisjoint(_HIDING) and not _may_be_kana(hit), never(self.named.key),
        )  # fmt: skip

    def has(self, signal: str) -> bool:
        """Whether a signal is there."""
        found = self.found.get(signal)
        if found is None:
            found = self.found[signal] = self._known[signal](self) or False
        return found is not False

    def evidence(self, signal: str) -> Reason | None:
        """What a signal that is there has to show."""
        found = self.found[signal] if self.has(signal) else None
        return found if isinstance(found, Reason) else None
