"""Write lists into one file that is mapped, not read: names ready to match, marks to be made when they are hit."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

import numpy as np

from listing_preflight import __version__
from listing_preflight.model.mark import Mark, WatchList
from listing_preflight.storage.mapped import Sections, Writer
from listing_preflight.storage.strings import Strings
from listing_preflight.text.entries import SEVERAL, Masks
from listing_preflight.text.fold import folded_key
from listing_preflight.text.hashing import Groups, hash_texts
from listing_preflight.text.layer import ALL, Names
from listing_preflight.text.names import make_forms
from listing_preflight.text.stamp import stamp
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists import columns, works
from listing_preflight.watchlists import pictures as galleries
from listing_preflight.watchlists.book import families
from listing_preflight.watchlists.columns import NO_DAY, Codes, Told
from listing_preflight.watchlists.spellings import spellings

KIND = "listing-preflight lists"
LARGE = 100_000
"""Marks from which a list is a register: found exactly and joined alone. Fuzzy matching against 100,000 names raises 82 false
alarms per 1,000 clean titles, against a million 476 (with 10,000: 35), and takes four fifths of the index's size."""
OTHER = 63
"""Bit of the offices beyond the first 63 of a register."""
NO_END = np.iinfo(np.int32).max


Register = Callable[[Writer, str], dict[str, Any]]
"""Writes a register under a name of its own and tells what its head says of it."""


class Source(NamedTuple):
    """A list to compile, the number of the file that it came from, and how it is written where it is a register."""

    list: WatchList
    file: int
    register: Register | None = None


def write(sources: Sequence[Source], out: IO[bytes], *, pictures: bool, extra: Sequence[Mark] = ()) -> None:
    """Compile lists; with `pictures`, the pictures of the lists are made ready in the file, else they stay where they are.

    `extra` are marks that are looked for in every disguise though their list is a register.
    """
    writer = Writer(out)
    heads: list[dict[str, Any]] = []
    near: list[Mark] = []
    shown = [w for s in sources for w in s.list.works]
    at = 0
    for number, source in enumerate(sources):
        one = source.list
        head = _head(one, source.file) | {"works": [at, len(one.works)]}
        at += len(one.works)
        register = source.register or (_register(one) if len(one.marks) > LARGE else None)
        if register is None:
            heads.append(head | {"first": len(near), "marks": len(one.marks), "letters": letters(one.marks)})
            near += one.marks
        else:
            heads.append(head | register(writer, f"register{number}"))
            if source.register is None:  # what a person has said of single marks of a large list counts
                extra = [*extra, *(m for m in one.marks if not is_plain(m))]
    listed = len(near)
    near += extra
    book = _names(writer, near)
    writer.add_all("works", Strings.of(map(works.written, shown)).packed())
    pictured = (
        galleries.write([s.list for s in sources], writer)
        if pictures and (shown or any(s.list.pictured for s in sources))
        else {}
    )
    writer.finish({
        **pictured, "kind": KIND, "stamp": stamp(), "tool": f"listing-preflight {__version__}", "lists": heads, "listed": listed,
        "told": _runs(near), "families": {k: sorted(v) for k, v in sorted(families(book).items())},
    })  # fmt: skip


def is_plain(mark: Mark) -> bool:
    """Whether nobody has said anything of a mark but what an office does."""
    said = (mark.parent, mark.requires, mark.near, mark.never_near, mark.compounds, mark.part_of, mark.permitted_use)
    words = (mark.common_word, *(a.common_word for a in mark.aliases))
    return not (mark.famous or any(said)) and set(words) == {None} and mark.kind not in ("badge", "standard")


def _head(one: WatchList, file: int) -> dict[str, Any]:
    return {
        "name": one.name, "digest": one.digest, "version": one.version, "date": one.date, "rights": one.rights,
        "offices": sorted(one.offices), "licence": one.licence, "source": one.source, "file": file,
        "pictured": list(one.pictured),
    }  # fmt: skip


def letters(marks: Iterable[Mark]) -> str:
    """The characters beyond ASCII of all names: what tells which scripts they are written in."""
    names = (name for m in marks for name in (m.name, *(a.name for a in m.aliases)))
    return "".join(sorted({c for name in names if not name.isascii() for c in name}))


def _told(mark: Mark) -> Told:
    return Told(mark.list, mark.rights)


def _runs(near: Sequence[Mark]) -> list[tuple[int, Told]]:
    return [(n, _told(m)) for n, m in enumerate(near) if not n or _told(m) != _told(near[n - 1])]


def _names(writer: Writer, marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    words = vocabulary()
    writer.add_all("names", Tables(make_forms(spellings(marks), words), words).packed())
    writer.add_all("marks", columns.packed(marks, [_told(m) for m in marks]))
    keys = [folded_key(m.name) for m in marks]
    writer.add_all("book", Groups(hash_texts(keys), np.arange(len(keys))).packed())
    book: dict[str, list[Mark]] = {}
    for key, mark in zip(keys, marks, strict=True):
        book.setdefault(key, []).append(mark)
    return book


def _register(one: WatchList) -> Register:
    """A large list of any format as a register."""

    def write(writer: Writer, place: str) -> dict[str, Any]:
        marks, names = one.marks, Names(vocabulary())
        writer.add_all(f"{place}/marks", columns.packed(marks, [Told(one.name, one.rights)] * len(marks)))
        plain = [(n, m) for n, m in enumerate(marks) if is_plain(m)]
        names.add([m.name for _, m in plain], np.array([n for n, _ in plain], np.uint32))
        aliases = [(n, a.name) for n, m in plain for a in m.aliases]
        names.add([a for _, a in aliases], np.array([n for n, _ in aliases], np.uint32), alias=True)
        bits = office_bits(r.office for m in marks for r in m.registrations)
        writer.add_all(f"{place}/index", names.packed(_masks(marks, bits)))
        return {"register": place, "offices_by_bit": list(bits), "marks": len(marks), "letters": letters(marks)}

    return write


def copied(found: Sections, head: Mapping[str, Any]) -> Register:
    """A register of another compiled file."""

    def write(writer: Writer, place: str) -> dict[str, Any]:
        for name in found.names(head["register"]):
            writer.add(f"{place}/{name}", found.array(f"{head['register']}/{name}"))
        kept = ("offices_by_bit", "marks", "letters", "told")
        return {"register": place} | {k: head[k] for k in kept if k in head}

    return write


def office_bits(offices: Iterable[str | None]) -> Codes:
    """The bits of offices, in the order in which they are met."""
    out = Codes()
    for office in offices:
        if office is not None and len(out.number) < OTHER:
            out(office)
    return out


def _masks(marks: Sequence[Mark], bits: Codes) -> Masks:
    states = Codes()
    status = [[states(r.status) for r in m.registrations] for m in marks]
    return Masks(
        np.array([_classes(m) for m in marks], np.uint64),
        np.array([_territory(m, bits) for m in marks], np.uint64),
        np.array([s[0] if len(s) == 1 else SEVERAL for s in status], np.uint32),
        np.array([_end(m) for m in marks], np.int32),
    )


def _classes(mark: Mark) -> int:
    return _any(columns.class_mask(r.classes) for r in mark.registrations)


def _territory(mark: Mark, bits: Codes) -> int:
    return _any(territory_mask(r.office, r.designated, bits) for r in mark.registrations)


def _any(masks: Iterator[int]) -> int:
    """Bits of all masks; all bits where there is none, for what nobody has limited holds everywhere."""
    out = 0
    for mask in masks:
        out |= mask
    return out or int(ALL)


def territory_mask(office: str | None, designated: Iterable[str], bits: Codes) -> int:
    """The offices of a registration as bits; all of them where none is named."""
    if office is None:
        return int(ALL)
    named = designated if office == "WO" else (office,)
    return sum({1 << bits.number.get(o, OTHER) for o in named}) or 1 << OTHER


def _end(mark: Mark) -> int:
    ends = [columns.day_number(r.expires) for r in mark.registrations]
    return NO_END if not ends or NO_DAY in ends else max(ends)
