"""Formats whose listings are objects (JSON, Parquet): one engine, to which a format tells its cells."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from listing_preflight.model.listing import Gap, Listing, Note, Origin
from listing_preflight.readers.carriers import columnar, json_values
from listing_preflight.readers.carriers.json_values import Value
from listing_preflight.readers.columns import shown
from listing_preflight.readers.draft import IGNORE, UNREAD, Draft, clean, nothing_in
from listing_preflight.readers.draft import Cell as DraftCell
from listing_preflight.readers.look import Look
from listing_preflight.readers.notes import MOST, not_read
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.rows import holds_words
from listing_preflight.readers.source import Source
from listing_preflight.readers.tables import Shown

Item = Listing | Gap | Note
Object = Mapping[str, Any]
MAX_DEPTH = 12
_INDEX = re.compile(r"\[\d+\]")


class Cell(NamedTuple):
    """One value of an object: the field that it fills, the value, the path of keys that leads to it."""

    target: str
    value: str
    path: str
    name: str | None = None


Plain = tuple[str, str, str, str | None]
"""The same as a plain tuple, where many are made."""


class Found(NamedTuple):
    """One listing inside a value: its object, the path that leads to it, and the marketplace that is meant by it."""

    value: Object
    path: str = ""
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectFormat:
    """A format by three functions.

    `fits`: why the first values are of this format, or None. `listings`: the objects inside a value that are listings.
    `cells`: the cells of such an object.
    """

    name: str
    title: str
    fits: Callable[[Sequence[Value]], str | None]
    listings: Callable[[Value], Iterable[Found]]
    cells: Callable[[Found, ReadOptions], Iterable[Plain]]
    assumed: str | None = None

    def recognises(self, seen: Look) -> str | None:
        """Why the content is of this format, or None."""
        return self.fits(seen.values) if seen.values else None

    def columns(self, seen: Look, options: ReadOptions) -> list[Shown]:
        """Every key of the first values with the field that it fills."""
        out: dict[str, Shown] = {}
        for value in seen.values:
            for found in self.listings(value) if not value.fault else ():
                for target, text, path, _ in self.cells(found, options):
                    key = _INDEX.sub("[]", path)
                    sample = text.strip()[:60] if target == UNREAD else ""
                    out.setdefault(key, Shown(header=key, reading=shown(target), sample=sample))
        return list(out.values())

    def read(self, source: Source, seen: Look, options: ReadOptions) -> Iterator[Item]:
        """Listings and gaps in the order of the file, and a note on keys with words that were not read."""
        unread: dict[str, None] = {}
        roots = (source.folder, *options.image_roots)
        for value in values(source, seen):
            if value.fault:
                yield fault(value, source)
                continue
            for found in self.listings(value):
                yield self._listing(found, value, Draft(Origin(source.shown, value.row), roots), options, unread)
        if unread:
            yield not_read(list(unread), source.shown)

    def _read(self, cells: Iterable[Plain], row: int, unread: dict[str, None]) -> Iterator[DraftCell]:
        """The cells that are read; of the others, the paths of those with words are kept in mind."""
        for target, text, path, name in cells:
            if target == UNREAD:
                if path not in unread and len(unread) <= MOST and holds_words(text):
                    unread[_INDEX.sub("[]", path)] = None
            elif target != IGNORE:
                yield target, clean(text) if "\0" in text else text, path, row, name

    def _listing(self, found: Found, value: Value, draft: Draft, options: ReadOptions, unread: dict[str, None]) -> Item:
        origin = draft.origin
        draft.fill(self._read(self.cells(found, options), value.row, unread))
        if key := json_values.twice(value.value):
            detail = f"{key}: stands twice, and all but the last would go unseen; keep one"
            draft.gaps.append(Gap(kind="bad-row", detail=detail, origin=origin))
        if value.broken:
            draft.gaps.append(Gap(kind="bad-row", detail=value.broken, origin=origin))
        assumed = found.site or (None if options.marketplace_told else self.assumed)
        listing = draft.finish(assumed)
        return listing or nothing_in("no text and no picture in this object", draft)


def values(source: Source, seen: Look) -> Iterator[Value]:
    """The values of a source, whatever it comes in."""
    return columnar.values(source) if seen.carrier == "parquet" else json_values.values(source)


def fault(value: Value, source: Source) -> Gap:
    """The gap in place of a value that could not be read."""
    kind = "over-limit" if value.limit else "bad-row"
    return Gap(kind=kind, detail=value.fault, origin=Origin(file=source.shown, row=value.row))  # type: ignore[arg-type]


def scalars(value: Any, path: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every text and number inside a value with the path that leads to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        yield path, str(value)
    elif depth < MAX_DEPTH and isinstance(value, Mapping):
        for key, inner in value.items():
            yield from scalars(inner, f"{path}.{key}" if path else str(key), depth + 1)
    elif depth < MAX_DEPTH and isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            yield from scalars(inner, f"{path}[{at}]", depth + 1)
    elif depth < MAX_DEPTH:
        yield path, str(value)


def objects(value: Any) -> Iterator[Object]:
    """The objects that a value is or that its list holds."""
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, Mapping):
                yield inner
