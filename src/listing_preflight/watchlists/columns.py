"""Marks as columns of a compiled file: written at once, read one mark at a time."""

import datetime
import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import orjson

from listing_preflight.model.mark import KINDS, STATUSES, Alias, Mark, Registration, Rights
from listing_preflight.storage.mapped import Array, Far, Packed, Part, unpacking
from listing_preflight.storage.strings import Strings

FAMOUS, SAID, COMMON = 1, 2, 4
"""Flags of a mark: protected beyond its classes; somebody has said whether it is a common word; it is one."""
NO_DAY = np.iinfo(np.int32).min
ANY_CLASS = 1
"""Bit 0 of a class mask: the classes are not known. Bit n is Nice class n."""
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_STATES = frozenset({*STATUSES, "unstated"})
_SETS = ("requires",)
_TEXTS = ("near", "never_near", "compounds", "part_of", "images")
_OPTIONAL = ("parent", "permitted_use", "source", "seen")


class Told(NamedTuple):
    """What marks take from their list."""

    name: str
    rights: Rights = "stated"
    source: str | None = None
    seen: str | None = None


class Codes:
    """Strings that occur often, by number."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.number = {text: n for n, text in enumerate(known)}

    def __call__(self, text: str) -> int:
        """The number of a string, a new one for a new string."""
        return self.number.setdefault(text, len(self.number))

    def __iter__(self) -> Iterator[str]:
        return iter(self.number)


def day_number(day: datetime.date | None) -> int:
    """Days since 1970."""
    return NO_DAY if day is None else day.toordinal() - _EPOCH


def class_mask(classes: Iterable[int] | None) -> int:
    """Nice classes as bits."""
    return ANY_CLASS if classes is None else functools.reduce(lambda m, c: m | 1 << c, classes, 0)


def packed(marks: Sequence[Mark], told: Sequence[Told]) -> Packed:
    """The arrays to write; `told` is what each mark takes from its list."""
    yield "flags", np.fromiter(map(_flags, marks), np.uint8, len(marks))
    yield "kind", np.fromiter((KINDS.index(m.kind) for m in marks), np.uint8, len(marks))
    more = (_more(m, t) for m, t in zip(marks, told, strict=True))
    columns: tuple[tuple[str, Iterable[str | None]], ...] = (
        ("id", (m.id for m in marks)), ("name", (m.name for m in marks)), ("owner", (m.owner for m in marks)), ("more", more),
    )  # fmt: skip
    for name, texts in columns:
        yield from ((f"{name}/{part}", array) for part, array in Strings.of(texts).packed())
    counts = np.fromiter((len(m.registrations) for m in marks), np.uint64, len(marks))
    yield "rows", np.concatenate([np.zeros(1, np.uint64), np.cumsum(counts)])
    yield from _registrations([r for m in marks for r in m.registrations])


def _flags(mark: Mark) -> int:
    return FAMOUS * mark.famous | SAID * (mark.common_word is not None) | COMMON * bool(mark.common_word)


def _more(mark: Mark, told: Told) -> str | None:
    """The fields that most marks do not have."""
    out: dict[str, Any] = {
        k: v for k in (*_TEXTS, *_SETS) if (v := sorted(getattr(mark, k)) if k in _SETS else getattr(mark, k))
    }
    out |= {k: v for k in _OPTIONAL if (v := getattr(mark, k)) != getattr(told, k, None)}
    if mark.aliases:
        out["aliases"] = [a.name if a.common_word is None else [a.name, a.common_word] for a in mark.aliases]
    return _written(out) if out else None


def _written(fields: dict[str, Any]) -> str:
    try:
        return orjson.dumps(fields).decode()
    except TypeError:  # half a character
        return json.dumps(fields)


def _registrations(rows: Sequence[Registration]) -> Packed:
    offices, states = Codes([""]), Codes()
    yield "office", np.fromiter((offices(r.office or "") for r in rows), np.uint32, len(rows))
    yield "status", np.fromiter((states(r.status) for r in rows), np.uint32, len(rows))
    yield "classes", np.fromiter((class_mask(r.classes) for r in rows), np.uint64, len(rows))
    for name in ("filed", "registered", "expires"):
        yield name, np.fromiter((day_number(getattr(r, name)) for r in rows), np.int32, len(rows))
    for name, texts in (
        ("number", (r.number for r in rows)), ("goods", (r.goods for r in rows)), ("rest", map(rest, rows)),
        ("offices", offices), ("states", states),
    ):  # fmt: skip
        yield from ((f"{name}/{part}", array) for part, array in Strings.of(texts).packed())


def rest(row: Registration) -> str | None:
    """The fields that most registrations do not have."""
    out: dict[str, Any] = {}
    if row.excluded_goods is not None:
        out["excluded_goods"] = row.excluded_goods
    if row.disclaimed:
        out["disclaimed"] = row.disclaimed
    if row.supplemental:
        out["supplemental"] = True
    if row.designated:
        out["designated"] = sorted(row.designated)
    return json.dumps(out) if out else None


class Marks:
    """All marks of one part of a compiled file, each made when it is asked for."""

    def __init__(self, part: Part, told: Sequence[tuple[int, Told]], *, far: bool = False) -> None:
        """`told` is what marks take from their list, each with the number of its first mark; `far` where few are asked for."""
        self._part, self._told = part, told
        self._text = {
            n: Strings.over(part.at(n), far=far) for n in ("id", "name", "owner", "more", "number", "goods", "rest")
        }
        self._offices, self._states = (Strings.over(part.at(n)) for n in ("offices", "states"))
        if not all(state in _STATES or ":" in state for state in self._states):
            raise part.fault("is damaged (states)")
        self._column: Mapping[str, Array | Far] = {
            n: part.far(n) if far else part[n]
            for n in ("flags", "kind", "rows", "office", "status", "classes", "filed", "registered", "expires")
        }

    def __len__(self) -> int:
        return len(self._column["kind"])

    def name(self, at: int) -> str:
        """The name of a mark."""
        with unpacking(self._part):
            return self._text["name"][at]

    def states(self) -> Strings:
        """The states of registrations by their number."""
        return self._states

    def make(self, at: int) -> Mark:
        """A mark."""
        with unpacking(self._part):
            return self._make(at)

    def told(self, at: int) -> Told:
        """What a mark takes from its list."""
        return next(told for first, told in reversed(self._told) if first <= at)

    def _make(self, at: int) -> Mark:
        told, flags = self.told(at), int(self._column["flags"][at])
        more: dict[str, Any] = json.loads(self._text["more"].get(at) or "{}")
        texts: dict[str, Any] = {k: tuple(more.get(k, ())) for k in _TEXTS}
        texts |= {k: more.get(k, getattr(told, k, None)) for k in _OPTIONAL}
        first, last = (int(n) for n in self._column["rows"][at : at + 2])
        if not first <= last <= len(self._column["office"]):
            raise IndexError("its registrations lie outside of the file")
        return Mark(
            id=self._text["id"][at], list=told.name, name=self.name(at), kind=KINDS[self._column["kind"][at]],
            owner=self._text["owner"].get(at), famous=bool(flags & FAMOUS),
            common_word=bool(flags & COMMON) if flags & SAID else None, rights=told.rights,
            aliases=tuple(Alias(name=a) if isinstance(a, str) else Alias(name=a[0], common_word=a[1]) for a in more.get("aliases", ())),
            registrations=tuple(map(self._registration, range(first, last))),
            requires=frozenset(more.get("requires", ())), **texts,
        )  # fmt: skip

    def _registration(self, at: int) -> Registration:
        column = self._column
        more: dict[str, Any] = json.loads(self._text["rest"].get(at) or "{}")
        mask = int(column["classes"][at])
        return Registration(
            office=self._offices[int(column["office"][at])] or None, number=self._text["number"].get(at),
            classes=None if mask & ANY_CLASS else frozenset(c for c in range(1, 46) if mask >> c & 1),
            status=self._states[int(column["status"][at])],
            filed=_day(column["filed"][at]), registered=_day(column["registered"][at]), expires=_day(column["expires"][at]),
            goods=self._text["goods"].get(at), excluded_goods=more.get("excluded_goods"),
            disclaimed=tuple(more.get("disclaimed", ())), supplemental=more.get("supplemental", False),
            designated=frozenset(more.get("designated", ())),
        )  # fmt: skip


def _day(number: int) -> datetime.date | None:
    return None if number == NO_DAY else datetime.date.fromordinal(int(number) + _EPOCH)


class MarksOfList(Sequence[Mark]):
    """The marks of one list among those of a compiled file, made as they are asked for."""

    def __init__(self, marks: Marks, numbers: Sequence[int], again: Callable[[], Sequence[Mark]]) -> None:
        """`again` finds the same marks in another process."""
        self._marks, self._numbers, self._again = marks, numbers, again

    def __reduce__(self) -> tuple[object, ...]:
        """A worker maps the same file."""
        return self._again, ()

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at: int) -> Mark:  # type: ignore[override]
        return self._marks.make(self._numbers[at])
