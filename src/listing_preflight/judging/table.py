"""The table that turns the signals of a mention into what it is: rows of data with a priority, linted when they are read."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from listing_preflight.errors import ListError
from listing_preflight.model.finding import Severity
from listing_preflight.model.mark import CREATIONS
from listing_preflight.storage.prepared import document

if TYPE_CHECKING:
    from listing_preflight.judging.mention import Plainly, Signal

_KEYS = frozenset("id priority all any none drop legal platform any_goods doubt reason says why".split())
USES = ("identity", "compatible", "comparison", "imitation", "denial", "keyword")
_ONE_OF = (frozenset(f"use-{u}" for u in USES),)
"""Sets of signals of which exactly one holds."""


class Signals(Protocol):
    """What a row is asked against."""

    @property
    def plainly(self) -> "Plainly":
        """What is told without asking any signal."""
        ...

    @property
    def found(self) -> dict[str, Any]:
        """The signals that were asked for, False where one is not there."""
        ...

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
        self._given: dict[Plainly, Given] = {}

    def decide(self, mention: Signals) -> Row:
        """The first row that holds; the last one asks for nothing."""
        rows, absent = self.given(mention.plainly)
        found, has = mention.found, mention.has
        found |= absent
        return next(row.row for row in rows if _holds(row, found, has))

    def given(self, told: "Plainly") -> "Given":
        """The rows that are left, with what they still ask, for mentions of which so much is told."""
        found = self._given.get(told)
        if found is None:
            known: dict[str, bool | None] = {**said(told)}
            for name in (*self.groups, *self.both):
                self._is_known(name, known)
            absent: dict[str, Literal[False]] = {n: False for n, there in known.items() if there is False}
            found = self._given[told] = Given(tuple(self._left(known)), absent)
        return found

    def _left(self, said: Mapping[str, bool | None]) -> "Iterator[Asked]":
        for row in self.rows:
            asked, barred, either = ([(n, said.get(n)) for n in names] for names in (row.all, row.none, row.any))
            if any(v is False for _, v in asked) or any(v for _, v in barred):
                continue
            left = () if any(v for _, v in either) else tuple(n for n, v in either if v is None)
            if row.any and not left and not any(v for _, v in either):
                continue
            rest = Asked(tuple(n for n, v in asked if v is None), left, tuple(n for n, v in barred if v is None), row)
            yield rest
            if not (rest.all or rest.any or rest.none):
                return

    def _is_known(self, name: str, said: dict[str, bool | None]) -> bool | None:
        """Whether a signal, group or set is there by what is said alone, which is kept; None where that does not tell."""
        if name not in said:
            members, decided = (self.groups[name], True) if name in self.groups else (self.both.get(name, ()), False)
            answers = [self._is_known(m, said) for m in members]
            rest = not decided if answers and None not in answers else None
            said[name] = decided if decided in answers else rest
        return said[name]

    def excludes(self, a: Row, b: Row) -> bool:
        """Whether two rows can never both hold."""
        return self._against(a, b) or self._against(b, a) or any(_other_of(a.all, b.all, one) for one in _ONE_OF)

    def _against(self, a: Row, b: Row) -> bool:
        """Whether what one row asks for is what the other forbids."""
        forbidden = {s for name in b.none for s in (name, *self.groups.get(name, ()))}
        asked = {s for name in a.all for s in (name, *self.both.get(name, ()))}
        return bool(asked & forbidden)


class Given(NamedTuple):
    """What is left to ask of mentions of which some signals are known: rows, and those that are known not to be there."""

    rows: "tuple[Asked, ...]"
    absent: Mapping[str, Literal[False]]


class Asked(NamedTuple):
    """What a row still asks of a mention of which some signals are known."""

    all: tuple[str, ...]
    any: tuple[str, ...]
    none: tuple[str, ...]
    row: Row


def said(told: "Plainly") -> Mapping[str, bool]:
    """The signals that are there, or not, by what is told without asking any."""
    out: dict[str, bool] = {
        **{f"use-{u}": u == told.use for u in USES},
        "in-title": told.field == "title", "in-brand-field": told.field == "brand", "in-description": told.field == "description",
        "in-picture": told.field == "image", "in-search-terms": told.role == "keywords", "about-shop": told.role == "shop",
        "composition": told.role == "composition", "ordinary": told.ordinary,
        "badge": told.kind == "badge", "standard": told.kind == "standard", "slogan": told.kind in ("slogan", "phrase"),
        "creation": told.kind in CREATIONS, "famous": told.famous, "flagged": told.flagged, "line": told.line,
        "everyday-phrase": told.flagged and told.kind in ("slogan", "phrase"), "permits": told.permitted,
    }  # fmt: skip
    without = {
        "house-present": told.line, "near-word": told.near, "never-near": told.never_near, "lacks-case": told.case,
        "lacks-neighbour": told.neighbour, "lacks-spelling": told.spelling and not told.bare, "lacks-brand-field": told.brand_field, "part-of-goods": told.part_of, "permitted-form": told.permitted,
        **dict.fromkeys(("misspelt", "torn", "put-together", "apart", "dictionary-plural", "vendors-own-name"), not told.exact),
    }  # fmt: skip
    out |= {name: False for name, maybe in without.items() if not maybe}
    if told.bare:
        out |= dict.fromkeys(("disguised", "beside-figure", "another-word"), False)
    if told.exact and told.role != "keywords":
        out["crosses-separator"] = False
    return out | dict.fromkeys(told.never, False)


def _holds(row: Asked, found: Mapping[str, object], has: Callable[[str], bool]) -> bool:
    """Whether all signals of a row hold and no forbidden one: written out, as it is asked some twenty times a mention.

    What is known is looked up first: nine of ten questions were answered before.
    """
    for name in row.all:
        known = found.get(name)
        if known is False or (known is None and not has(name)):
            return False
    for name in row.none:
        known = found.get(name)
        if known is None:
            if has(name):
                return False
        elif known is not False:
            return False
    return not row.any or any(map(has, row.any))


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


def read(written: Mapping[str, Any], known: frozenset[str], where: str = "table.yaml") -> Table:
    """A table; ListError names the row whose signals nobody knows, or two rows of one priority that can both hold."""
    table = Table([_row(r, where) for r in written["rows"]], written["groups"], written["both"])
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
    from listing_preflight.judging.mention import once
    from listing_preflight.judging.signals.registry import SIGNALS

    found = table()
    grouped = {name: any_of(members) for name, members in found.groups.items()}
    known = {**SIGNALS, **grouped, **{name: all_of(members) for name, members in found.both.items()}}
    return {name: once(name, signal) for name, signal in known.items()}


@functools.cache
def table() -> Table:
    """The table that travels with the program."""
    from listing_preflight.judging.signals.registry import SIGNALS

    return read(document(__package__, "data/table.yaml"), frozenset(SIGNALS))
