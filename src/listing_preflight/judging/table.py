"""The table that turns the signals of a mention into what it is: rows of data with a priority, linted when they are read."""

import functools
import importlib.resources
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import yaml

from listing_preflight.errors import ListError
from listing_preflight.model.finding import Severity

if TYPE_CHECKING:
    from listing_preflight.judging.mention import Signal

_KEYS = frozenset("id priority all any none drop legal platform any_goods doubt reason says why".split())
_ONE_OF = (frozenset(f"use-{u}" for u in ("identity", "compatible", "comparison", "imitation", "denial", "keyword")),)
"""Sets of signals of which exactly one holds."""


class Signals(Protocol):
    """What a row is asked against."""

    def has(self, signal: str) -> bool:
        """Whether a signal is there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a mention is, and what it weighs before the rights are asked; `drop`: nothing is raised.

    `platform` is what marketplaces do where they have published no rule on it; a rule of theirs may only add to it.
    `any_goods`: they act whatever the goods are. `doubt`: it may well be just a word. `reason`: the signal whose evidence tells it.
    """

    id: str
    priority: int
    all: tuple[str, ...]
    any: tuple[str, ...]
    none: tuple[str, ...]
    drop: bool
    legal: Severity
    platform: Severity
    any_goods: bool
    doubt: bool
    reason: str | None
    says: str
    why: str


class Table:
    """Rows from the highest priority down, and the names of groups of signals."""

    def __init__(
        self, rows: Sequence[Row], groups: Mapping[str, Sequence[str]], both: Mapping[str, Sequence[str]]
    ) -> None:
        self.rows = tuple(sorted(rows, key=lambda r: -r.priority))
        self.groups, self.both = groups, both
        self.by_id = {r.id: r for r in rows}

    def decide(self, mention: Signals) -> Row:
        """The first row that holds; the last one asks for nothing."""
        return next(r for r in self.rows if _holds(r, mention))

    def excludes(self, a: Row, b: Row) -> bool:
        """Whether two rows can never both hold."""
        return self._against(a, b) or self._against(b, a) or any(_other_of(a.all, b.all, one) for one in _ONE_OF)

    def _against(self, a: Row, b: Row) -> bool:
        """Whether what one row asks for is what the other forbids."""
        forbidden = {s for name in b.none for s in (name, *self.groups.get(name, ()))}
        asked = {s for name in a.all for s in (name, *self.both.get(name, ()))}
        return bool(asked & forbidden)


def _holds(row: Row, mention: Signals) -> bool:
    """Whether all signals of a row hold and no forbidden one: written out, as it is asked some forty times a mention."""
    has = mention.has
    for name in row.all:
        if not has(name):
            return False
    for name in row.none:
        if has(name):
            return False
    if not row.any:
        return True
    for name in row.any:  # noqa: SIM110 - a generator costs as much as the question
        if has(name):
            return True
    return False


def any_of(members: Sequence[str]) -> Callable[[Signals], bool]:
    """The predicate of a group."""

    def signal(mention: Signals) -> bool:
        for name in members:  # noqa: SIM110
            if mention.has(name):
                return True
        return False

    return signal


def all_of(members: Sequence[str]) -> Callable[[Signals], bool]:
    """The predicate of a set."""

    def signal(mention: Signals) -> bool:
        for name in members:  # noqa: SIM110
            if not mention.has(name):
                return False
        return True

    return signal


def _other_of(a: Sequence[str], b: Sequence[str], one: frozenset[str]) -> bool:
    left, right = one.intersection(a), one.intersection(b)
    return bool(left and right and not left & right)


def read(text: str, known: frozenset[str], where: str = "table.yaml") -> Table:
    """A table; ListError names the row whose signals nobody knows, or two rows of one priority that can both hold."""
    document: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - the safe loader
    table = Table([_row(r, where) for r in document["rows"]], document["groups"], document["both"])
    named = known | table.groups.keys() | table.both.keys()
    used = [(r.id, s) for r in table.rows for s in (*r.all, *r.any, *r.none, *([r.reason] if r.reason else []))]
    used += [(g, s) for part in (table.groups, table.both) for g, members in part.items() for s in members]
    for owner, signal in used:
        if signal not in named:
            raise ListError(f"{owner}: {signal!r} is no signal", where=where)
    _check_priorities(table, where)
    return table


def _check_priorities(table: Table, where: str) -> None:
    rows = table.rows
    for i, a in enumerate(rows):
        for b in rows[i + 1 :]:
            if a.id == b.id:
                raise ListError(f"{a.id}: stands twice", where=where)
            if a.priority == b.priority and not table.excludes(a, b):
                raise ListError(f"{a.id} and {b.id} have priority {a.priority} and can both hold", where=where)
    if rows[-1].all or rows[-1].none or rows[-1].any:
        raise ListError("the row of the lowest priority must ask for nothing", where=where)


def _row(cells: Mapping[str, Any], where: str) -> Row:
    if unknown := sorted(set(cells) - _KEYS):
        raise ListError(f"{cells.get('id')}: {unknown[0]!r} is no key", where=where)
    drop = bool(cells.get("drop"))
    if drop == ("legal" in cells or "platform" in cells):
        raise ListError(f"{cells.get('id')}: either drop, or legal and platform", where=where)
    return Row(
        id=cells["id"], priority=int(cells["priority"]), all=tuple(cells.get("all", ())), any=tuple(cells.get("any", ())),
        none=tuple(cells.get("none", ())), drop=drop, legal=cells.get("legal", "none"), platform=cells.get("platform", "none"),
        any_goods=bool(cells.get("any_goods")), doubt=bool(cells.get("doubt")), reason=cells.get("reason"),
        says=cells["says"], why=cells["why"],
    )  # fmt: skip


@functools.cache
def signals() -> "Mapping[str, Signal]":
    """Every signal by name, groups and sets of them among these: what is found of a mention is kept under its name."""
    from listing_preflight.judging.signals.registry import SIGNALS

    found = table()
    grouped = {name: any_of(members) for name, members in found.groups.items()}
    return {**SIGNALS, **grouped, **{name: all_of(members) for name, members in found.both.items()}}


@functools.cache
def table() -> Table:
    """The table that travels with the program."""
    from listing_preflight.judging.signals.registry import SIGNALS

    text = importlib.resources.files(__package__).joinpath("data", "table.yaml").read_text("utf-8")
    return read(text, frozenset(SIGNALS))
