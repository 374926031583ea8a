"""Hints on lists that are valid and could raise false alarms or miss their marks."""

from collections.abc import Iterator

from listing_preflight.model.mark import Mark, WatchList
from listing_preflight.text.fold import folded_key
from listing_preflight.text.names import SHORT
from listing_preflight.text.vocabulary import vocabulary


def hints(one: WatchList) -> Iterator[str]:
    """What a list's keeper should look at, one sentence a hint."""
    seen: dict[tuple[str, str | None], str] = {}
    for mark in one.marks:
        yield from _mark(mark)
        key = (folded_key(mark.name), mark.owner)
        if key in seen:
            yield f"{mark.id}: the same name and owner as {seen[key]}"
        seen[key] = mark.id


def _mark(mark: Mark) -> Iterator[str]:
    key = folded_key(mark.name)
    if not key:
        yield f"{mark.id}: the name {mark.name!r} has no letters or digits and can never match"
    elif mark.common_word is None and (len(key) <= SHORT or vocabulary().is_common(key)):
        yield f"{mark.id}: {mark.name!r} is short or an ordinary word; say common_word: true or false"
    scripts = {_script(c) for c in mark.name if c.isalpha()}
    if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK"}:
        yield f"{mark.id}: {mark.name!r} mixes Latin with {min(scripts - {'LATIN'}).title()} letters"
    for alias in mark.aliases:
        if folded_key(alias.name) == key and alias.name.casefold() == mark.name.casefold():
            yield f"{mark.id}: alias {alias.name!r} is the name itself"


def _script(char: str) -> str:
    import unicodedata

    return unicodedata.name(char, "?").split()[0]
