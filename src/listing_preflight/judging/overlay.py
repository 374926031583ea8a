"""A user's own overlay: words that are ordinary in their trade, and names to raise although they are words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from listing_preflight import documents
from listing_preflight.errors import ListError
from listing_preflight.judging.goods import Goods
from listing_preflight.policy.marketplaces import Marketplace, spelled
from listing_preflight.text.fold import folded_key

Way = Literal["ordinary", "raise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One name with what to do about it; None means that a limit does not exist."""

    key: str
    way: Way
    classes: frozenset[int] | None = None
    marketplaces: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """All entries of an overlay file."""

    entries: tuple[Entry, ...] = ()

    def way(self, key: str, goods: Goods, site: Marketplace) -> Way | None:
        """What the overlay says of a name for these goods on this marketplace."""
        for entry in self.entries:
            if entry.key == key and _within(entry, goods, site):
                return entry.way
        return None


def _within(entry: Entry, goods: Goods, site: Marketplace) -> bool:
    if entry.classes is not None and not entry.classes & goods.likely:
        return False
    return entry.marketplaces is None or site.name in entry.marketplaces


def read_overlay(path: Path) -> Overlay:
    """An overlay file (`ordinary: [delta, {name: edge, classes: [9]}]`, `raise: [foo]`); ListError with file and line."""
    data = documents.read(path)
    if not isinstance(data, Mapping) or set(data) - {"ordinary", "raise", documents.LINE}:
        raise ListError("must hold 'ordinary' or 'raise', lists of names", where=str(path))
    ways: tuple[Way, ...] = ("ordinary", "raise")
    if wrong := [way for way in ways if not isinstance(data.get(way) or [], list)]:
        raise ListError(f"{wrong[0]}: must be a list of names", where=str(path))
    entries = tuple(_entry(path, way, row) for way in ways for row in data.get(way) or [])
    both = {e.key for e in entries if e.way == "ordinary"} & {e.key for e in entries if e.way == "raise"}
    if both:
        raise ListError(
            f"{min(both)!r} is both ordinary and raised", where=str(path), remedy="Limit one of them, or drop it"
        )
    return Overlay(entries=entries)


def _entry(path: Path, way: Way, row: Any) -> Entry:
    if isinstance(row, str):
        return Entry(key=folded_key(row), way=way)
    where = f"{path}:{row.get(documents.LINE, '?')}" if isinstance(row, Mapping) else str(path)
    if (
        not isinstance(row, Mapping)
        or set(row) - {"name", "classes", "marketplaces", documents.LINE}
        or not row.get("name")
    ):
        raise ListError(f"{way}: an entry is a name, or name with classes and marketplaces", where=where)
    classes, sites = _listed(row, "classes"), _listed(row, "marketplaces")
    if any(not re.fullmatch(r"\d{1,2}", str(c)) for c in classes):
        raise ListError(f"{way}: classes: {row['classes']!r} is not a list of Nice classes", where=where)
    return Entry(
        key=folded_key(str(row["name"])), way=way, classes=frozenset(int(c) for c in classes) or None,
        marketplaces=frozenset(spelled(str(s)) for s in sites) or None,
    )  # fmt: skip


def _listed(row: Mapping[str, Any], key: str) -> list[Any]:
    """The values of a limit; one that stands alone is a list of one."""
    value = row.get(key)
    return value if isinstance(value, list) else [] if value is None else [value]
