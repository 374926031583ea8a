"""Read a compiled file: lists whose marks are made when they are asked for, tables that the matcher maps."""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from listing_preflight.model.mark import Mark, WatchList
from listing_preflight.storage.mapped import Identity, Sections, guarded, unpacking
from listing_preflight.text.fold import folded_key
from listing_preflight.text.hashing import Groups, hash_texts
from listing_preflight.text.stamp import stamp
from listing_preflight.text.tables import Tables
from listing_preflight.watchlists.columns import Marks, MarksOfList, Told
from listing_preflight.watchlists.compile import KIND
from listing_preflight.watchlists.register import RegisterLayer
from listing_preflight.watchlists.works import WorksOfList


class Compiled:
    """An open compiled file; ListError where it is not whole, of another version, or not a list."""

    def __init__(self, path: Path, folders: Sequence[str] = (), verified: Identity | None = None) -> None:
        """`folders` are those of the files that it was made of, where pictures without a kept hash lie.

        `verified` is the file that another process has verified.
        """
        self.path, self._folders = path, tuple(folders)
        self.sections = Sections(path, verified)
        self.digest = self.sections.digest
        meta = self.sections.meta
        if meta.get("kind") != KIND:
            raise self.sections.fault("is not a compiled list")
        if meta.get("stamp") != stamp():
            raise self.sections.fault(
                f"was compiled by {meta.get('tool')}, which folds names otherwise than this program"
            )
        with unpacking(self.sections):
            told = [(int(n), Told(*t)) for n, t in meta["told"]]
            self._marks = Marks(self.sections.at("marks"), told)
            self.layers = tuple(RegisterLayer(self.sections, head) for head in meta["lists"] if "register" in head)
            self.lists = tuple(self._list(n, head) for n, head in enumerate(meta["lists"]))
            self.heads: tuple[Mapping[str, Any], ...] = tuple(meta["lists"])
            self.files = tuple(int(head["file"]) for head in meta["lists"])

    def __reduce__(self) -> tuple[object, ...]:
        """A worker maps the same file."""
        return _again, (self.path, self._folders, self.digest, self.sections.identity)

    @property
    def has_names(self) -> bool:
        """Whether there is anything beside registers in the file."""
        return len(self._marks) > 0 or len(self.layers) < len(self.lists)

    @property
    def extra(self) -> tuple[Mark, ...]:
        """Marks of registers that are looked for in every disguise."""
        return tuple(self._marks.make(n) for n in range(int(self.sections.meta["listed"]), len(self._marks)))

    @property
    def letters(self) -> str:
        """The characters beyond ASCII that the names are written in."""
        with unpacking(self.sections):
            return "".join(str(head["letters"]) for head in self.heads)

    def tables(self) -> Tables:
        """What the matcher looks names up in."""
        with unpacking(self.sections):
            return Tables.over(self.sections.at("names"))

    def book(self) -> "CompiledBook":
        """The marks behind the names."""
        with unpacking(self.sections):
            groups = Groups.over(self.sections.at("book"))
            return CompiledBook(self.sections, self._marks, groups, self.sections.meta["families"])

    def _list(self, number: int, head: Mapping[str, Any]) -> WatchList:
        first, count = head["works"]
        works = WorksOfList(self.sections.at("works"), first, count, head["name"], head["rights"])
        layer = next((one for one in self.layers if one.place == head.get("register")), None)
        marks = layer.marks if layer else self._marks
        start, size = int(head.get("first", 0)), int(head["marks"])
        return WatchList(
            name=head["name"], digest=head["digest"], version=head["version"], date=head["date"], rights=head["rights"],
            offices=frozenset(head["offices"]), licence=head["licence"], source=head["source"],
            folder=self._folders[int(head["file"])] if self._folders else "",
            marks=MarksOfList(marks, range(start, start + size), functools.partial(_marks_of, self, number)),
            works=works, pictured=tuple(head["pictured"]), gallery=str(self.path) if self.sections.meta.get("pictures") else "",
        )  # fmt: skip


def _again(path: Path, folders: Sequence[str], digest: str, verified: Identity) -> Compiled:
    found = Compiled(path, folders, verified)
    if found.digest != digest:
        raise found.sections.fault("has changed while it was in use")
    return found


def _marks_of(compiled: Compiled, number: int) -> Sequence[Mark]:
    return compiled.lists[number].marks


class CompiledBook:
    """The book of a compiled file."""

    def __init__(self, sections: Sections, marks: Marks, groups: Groups, families: Mapping[str, Sequence[str]]) -> None:
        self._sections, self._marks, self._groups = sections, marks, groups
        self.families = {key: frozenset(family) for key, family in families.items()}
        self._made: dict[str, tuple[Mark, ...]] = {}

    def marks(self, key: str) -> Sequence[Mark]:
        """The marks of a name."""
        found = self._made.get(key)
        if found is None:
            with guarded(self._sections):
                _, numbers = self._groups.find(hash_texts([key]))
            made = (self._marks.make(n) for n in numbers.tolist())
            found = self._made[key] = tuple(m for m in made if folded_key(m.name) == key)
        return found

    def count(self, key: str) -> int:
        """How many marks hold a name."""
        return len(self.marks(key))
