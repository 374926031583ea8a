"""Hints on lists that are valid and could raise false alarms or miss their marks."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from listing_preflight.model.mark import Mark, WatchList
from listing_preflight.text.fold import folded_key
from listing_preflight.text.names import SHORT
from listing_preflight.text.vocabulary import vocabulary

MOST_SEARCHED = 200
"""Hints whose line is looked for by name where no id stands in the file: each look reads the whole file."""
_ID = re.compile(r"""\bid"?: *"?([^\s,"}]+)""")
_MIXED = frozenset({"CYRILLIC", "GREEK"})


class Hint(NamedTuple):
    """What is odd about an entry and what its keeper can do; `line` is None where the file does not tell."""

    mark: str
    problem: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.mark}: {self.problem}; {self.remedy}"


def hints(one: WatchList) -> Iterator[Hint]:
    """What a list's keeper should look at, entry by entry."""
    owners: dict[tuple[str, str | None], str] = {}
    names = {folded_key(m.name): m.id for m in reversed(one.marks)}
    ids = {m.id for m in one.marks}
    for mark in one.marks:
        yield from _name(mark)
        yield from _aliases(mark, names)
        key = (folded_key(mark.name), mark.owner)
        if key in owners:
            yield Hint(mark.id, f"the same name and owner as {owners[key]}", "keep one of the two entries")
        owners.setdefault(key, mark.id)
        if mark.parent and mark.parent not in ids:
            yield Hint(mark.id, f"parent {mark.parent!r} is no entry of this list", "name the id of the house mark")


def hints_in_file(path: Path, one: WatchList) -> Iterator[Hint]:
    """The hints of a list with the line of each entry in its file."""
    lines = _lines(path)
    ids = lines_of_ids(path)
    names = {m.id: m.name for m in one.marks} if lines else {}
    for number, hint in enumerate(hints(one)):
        line = ids.get(hint.mark)
        if line is None and number < MOST_SEARCHED and hint.mark in names:
            line = next((n for n, text in enumerate(lines, 1) if names[hint.mark] in text), None)
        yield hint._replace(line=line)


def _name(mark: Mark) -> Iterator[Hint]:
    key = folded_key(mark.name)
    if not key:
        yield Hint(mark.id, f"the name {mark.name!r} has no letters or digits", "a name like this never matches")
    elif mark.common_word is None and (len(key) <= SHORT or vocabulary().is_common(key)):
        yield Hint(mark.id, f"{mark.name!r} is short or an ordinary word", "say common_word: true or false")
    elif mark.common_word and not mark.near and mark.kind != "badge" and "brand-field" not in mark.requires:
        yield Hint(
            mark.id, f"{mark.name!r} is an ordinary word without context", "give words that show the mark in near:"
        )
    yield from _scripts(mark, mark.name)


def _scripts(mark: Mark, name: str) -> Iterator[Hint]:
    for word in name.split():
        scripts = {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()}
        if "LATIN" in scripts and (foreign := scripts & _MIXED):
            yield Hint(
                mark.id, f"{name!r} mixes Latin with {min(foreign).title()} letters", "type the name in one script"
            )


def _aliases(mark: Mark, names: dict[str, str]) -> Iterator[Hint]:
    for alias in mark.aliases:
        yield from _scripts(mark, alias.name)
        if alias.name.casefold() == mark.name.casefold():
            yield Hint(mark.id, f"alias {alias.name!r} is the name itself", "take the alias out")
        elif names.get(folded_key(alias.name), mark.id) != mark.id:
            other = names[folded_key(alias.name)]
            yield Hint(mark.id, f"alias {alias.name!r} is also the name of {other}", "leave it to one of the two marks")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return []


def lines_of_ids(path: Path) -> dict[str, int]:
    """The first line of a file that gives each id."""
    out: dict[str, int] = {}
    for number, text in enumerate(_lines(path), 1):
        for found in _ID.finditer(text):
            out.setdefault(found[1], number)
    return out
