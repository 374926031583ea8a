"""Search a written list the same way as an imported register."""

from listing_preflight.model.mark import Mark, WatchList
from listing_preflight.text import search
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.registers.number import is_number, plain_number


def search_list(one: WatchList, query: str, *, fuzzy: bool) -> list[tuple[Mark, str]]:
    """Marks and how each was found: number, exact, folded, or fuzzy where there is none of these."""
    number, key = plain_number(query) if is_number(query) else None, folded_key(query)
    same = [(mark, how) for mark in one.marks if (how := _how(mark, query, key, number))]
    if same or not fuzzy or not search.edits_for(key):
        return same
    names = [(folded_key(name), mark) for mark in one.marks for name in _names(mark)]
    near = search.nearest(key, range(len(names)), [name for name, _ in names], len(names))
    return list({names[n.at][1].id: (names[n.at][1], f"fuzzy, {n.edits} edits") for n in near[::-1]}.values())[::-1]


def _names(mark: Mark) -> list[str]:
    return [mark.name, *(a.name for a in mark.aliases)]


def _how(mark: Mark, query: str, key: str, number: str | None) -> str | None:
    if number and any(r.number and plain_number(r.number) == number for r in mark.registrations):
        return "number"
    if query in _names(mark):
        return "exact"
    return "folded" if key and any(folded_key(n) == key for n in _names(mark)) else None
