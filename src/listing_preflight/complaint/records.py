"""Look a right up in lists and registers by number and by name, and snapshot what was found into the case."""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.errors import ListError
from listing_preflight.model.mark import Alias, Mark, Registration, WatchList, Work
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.bundled import bundled
from listing_preflight.watchlists.entries import EntryError, make_mark, make_work
from listing_preflight.watchlists.read import list_files, lists_of
from listing_preflight.watchlists.registers.number import plain_number


class Head(NamedTuple):
    """What is known of a list: its name, digest, date, the offices that it holds completely, whether the program brings it."""

    name: str
    digest: str
    date: str | None
    offices: frozenset[str]
    bundled: bool = False


class Found(NamedTuple):
    """A mark in a list, and the registrations that were asked for (all of them where it was found by name)."""

    mark: Mark
    rows: tuple[Registration, ...]
    head: Head


class Lists:
    """The lists and registers of a case; a register stays on disk and is asked by number and name."""

    def __init__(self, paths: Iterable[Path]) -> None:
        files = [file for path in paths for file in list_files(path)]
        self._registers = [_register(f) for f in files if f.suffix == ".parquet"]
        read = [(one, f) for f in files if f.suffix != ".parquet" for one in lists_of(f)]
        self.lists = tuple(one for one, _ in read)
        own = bundled().resolve()
        heads = [_head(one)._replace(bundled=f.resolve().is_relative_to(own)) for one, f in read]
        self.heads = tuple(heads + [r.head for r in self._registers])

    @property
    def offices(self) -> frozenset[str]:
        """The offices that the lists together hold completely."""
        return frozenset().union(*(h.offices for h in self.heads))

    def by_number(self, number: str, office: str | None) -> list[Found]:
        """Marks with a registration of this number, at this office where one is said."""
        out = []
        for found in self._numbered(plain_number(number)):
            rows = tuple(r for r in found.rows if office is None or r.office in (None, office))
            out += [found._replace(rows=rows)] if rows else []
        return out

    def _numbered(self, wanted: str) -> Iterator[Found]:
        for one, head in zip(self.lists, self.heads, strict=False):
            for mark in one.marks:
                rows = tuple(r for r in mark.registrations if r.number and plain_number(r.number) == wanted)
                if rows:
                    yield Found(mark, rows, head)
        for register in self._registers:
            for mark in register.by_number(wanted):
                rows = tuple(r for r in mark.registrations if r.number and plain_number(r.number) == wanted)
                yield Found(mark, rows or mark.registrations, register.head)

    def by_name(self, name: str) -> list[Found]:
        """Marks whose name or alias is this one."""
        key = folded_key(name)
        near = [
            Found(mark, mark.registrations, head)
            for one, head in zip(self.lists, self.heads, strict=False)
            for mark in one.marks
            if key and key in names_of(mark)
        ]
        return near + [Found(m, m.registrations, r.head) for r in self._registers for m in r.by_name(name)]

    def works_by_number(self, number: str, office: str | None) -> list[Registration]:
        """Registrations of known pictures and designs under a number, at this office where one is said."""
        wanted = plain_number(number)
        rows = (
            r for work, _ in self.works() for r in work.registrations if r.number and plain_number(r.number) == wanted
        )
        return [r for r in rows if office is None or r.office in (None, office)]

    def works(self) -> Iterator[tuple[Work, WatchList]]:
        """Known pictures and designs with their list."""
        for one in self.lists:
            for work in one.works:
                yield work, one


def holders(name: str, marks: Iterable[Mark]) -> list[Mark]:
    """The marks that hold a name, as it is or as an alias."""
    key = folded_key(name)
    return [m for m in marks if key in names_of(m)]


def names_of(mark: Mark) -> frozenset[str]:
    """The folded name and aliases of a mark."""
    return frozenset({folded_key(mark.name), *(folded_key(a.name) for a in mark.aliases)})


def _head(one: WatchList) -> Head:
    return Head(one.name, one.digest, one.date or one.version, one.offices)


class _Register:
    """An imported register that is asked on disk."""

    def __init__(self, path: Path) -> None:
        from listing_preflight.watchlists.registers import load
        from listing_preflight.watchlists.registers.query import Register

        self._load, self._register, self._name = load, Register(path), path.stem
        noted = self._register.metadata
        self._source, self._seen = noted["source"], noted["date"]
        self.head = Head(path.stem, load.digest(noted), noted["date"], frozenset(noted["offices"]))

    def by_number(self, number: str) -> Iterator[Mark]:
        """Marks known by the number."""
        for found in self._register.by_number(number):
            yield self._load.mark(found.record, self._name, self._source, self._seen)

    def by_name(self, name: str) -> Iterator[Mark]:
        """Marks of the name."""
        for found in self._register.by_name(name):
            yield self._load.mark(found.record, self._name, self._source, self._seen)


def _register(path: Path) -> _Register:
    try:
        return _Register(path)
    except ImportError as e:
        remedy = 'pip install "listing-preflight[registers]"'
        raise ListError(f"{e.name} is not installed", where=str(path), remedy=remedy) from None


def entry(mark: Mark) -> dict[str, Any]:
    """A mark as a watch-list writes it: readable without the program, and read again by it."""
    out: dict[str, Any] = {"id": mark.id, "name": mark.name, "kind": mark.kind}
    out |= {"owner": mark.owner} if mark.owner else {}
    out |= {"famous": True} if mark.famous else {}
    out |= {"common_word": mark.common_word} if mark.common_word is not None else {}
    out |= {"permitted_use": mark.permitted_use} if mark.permitted_use else {}
    for key in ("near", "never_near", "compounds", "part_of"):
        out |= {key: list(getattr(mark, key))} if getattr(mark, key) else {}
    out |= {"requires": sorted(mark.requires)} if mark.requires else {}
    out |= {"aliases": [_alias(a) for a in mark.aliases]} if mark.aliases else {}
    return out | _rights(mark.registrations)


def work_entry(work: Work) -> dict[str, Any]:
    """A known picture or design as a watch-list writes it."""
    out: dict[str, Any] = {"id": work.id, "kind": work.kind, "images": list(work.images)}
    out |= {"owner": work.owner} if work.owner else {}
    out |= _rights(work.registrations)
    return out | ({"title": work.title} if work.title else {})


def _alias(alias: Alias) -> str | dict[str, Any]:
    return alias.name if alias.common_word is None else {"name": alias.name, "common_word": alias.common_word}


def _rights(rows: Sequence[Registration]) -> dict[str, Any]:
    """Registrations; a right that is said to hold everywhere is written in the short form, as it was."""
    if len(rows) == 1 and rows[0].office is None:
        return {k: v for k, v in _row(rows[0]).items() if k in ("classes", "status", "number", "goods")}
    return {"registrations": [_row(r) for r in rows if r.office]} if rows else {}


def _row(row: Registration) -> dict[str, Any]:
    out: dict[str, Any] = {"office": row.office} if row.office else {}
    out |= {"number": row.number} if row.number else {}
    out |= {"classes": sorted(row.classes)} if row.classes else {}
    out |= {"status": row.status} if row.status != "unstated" else {}
    for key in ("filed", "registered", "expires"):
        value: datetime.date | None = getattr(row, key)
        out |= {key: value.isoformat()} if value else {}
    for key in ("goods", "excluded_goods"):
        out |= {key: getattr(row, key)} if getattr(row, key) else {}
    out |= {"disclaimed": list(row.disclaimed)} if row.disclaimed else {}
    out |= {"supplemental": True} if row.supplemental else {}
    return out | ({"designated": sorted(row.designated)} if row.designated else {})


class Recorded(NamedTuple):
    """A snapshot: the words and works to look for, and the rights that hold them."""

    marks: tuple[Mark, ...]
    works: tuple[Work, ...]
    rights: tuple[Mark, ...]


def restored(rows: Sequence[Mapping[str, Any]], folder: Path) -> Recorded:
    """What a case was assessed with, its pictures in the case folder; ListError where the snapshot is none."""
    where = str(folder / "records.jsonl")
    try:
        made = [
            (r, make_mark(r["entry"], r["list"], r["rights"]) if r["of"] == "mark" else make_work(r["entry"], r["list"], r["rights"]))
            for r in rows
        ]  # fmt: skip
        return Recorded(
            tuple(m for r, m in made if isinstance(m, Mark) and r["element"]),
            tuple(placed(m, folder) for _, m in made if isinstance(m, Work)),
            tuple(m for r, m in made if isinstance(m, Mark) and not r["element"]),
        )
    except (KeyError, TypeError, EntryError) as e:
        raise ListError(f"is no snapshot of records ({e})", where=where, remedy="Assess the case again") from None


def placed(work: Work, folder: Path) -> Work:
    """A work with its picture files where they lie, so that it can be looked for away from its list."""
    return dataclasses.replace(
        work, images=tuple(n if ":" in n else str(Path(folder, n).resolve()) for n in work.images)
    )
