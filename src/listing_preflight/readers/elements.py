"""Formats whose listings are XML elements: one engine, to which a format tells its records and their cells."""

import bisect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from listing_preflight.model.listing import Gap, Listing, Note, Origin
from listing_preflight.readers.carriers.xml_items import Feed, Record, local, text
from listing_preflight.readers.draft import UNREAD, Draft, nothing_in
from listing_preflight.readers.look import Look
from listing_preflight.readers.notes import MOST, not_read
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.rows import holds_words
from listing_preflight.readers.source import Source
from listing_preflight.readers.tables import Shown

Item = Listing | Gap | Note


class Cell(NamedTuple):
    """One element's text with the field that it fills."""

    target: str
    value: str
    tag: str
    row: int
    name: str | None = None


Plain = tuple[str, str, str, int, str | None]
"""The same as a plain tuple, where many are made."""
Cells = Callable[[Any], Iterable[Plain]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementFormat:
    """A format by its records.

    `fits`: why the first tags are of this format, or None. `tags`: local names of records. `prepare` reads what cells need
    beforehand (pictures that stand elsewhere) and gives the function from a record to its cells; a record without cells is none.
    """

    name: str
    title: str
    fits: Callable[[Look], str | None]
    tags: frozenset[str]
    prepare: Callable[[Callable[[], Iterator[Record]]], Cells]

    def recognises(self, seen: Look) -> str | None:
        """Why the content is of this format, or None."""
        return self.fits(seen) if seen.carrier == "xml" else None

    def columns(self, seen: Look, options: ReadOptions) -> list[Shown]:
        """Elements are shown by the note of a scan; their names alone tell no reading."""
        del options
        return [Shown(header=tag, reading="element") for tag in seen.tags[:60]]

    def read(self, source: Source, seen: Look, options: ReadOptions) -> Iterator[Item]:
        """Listings and gaps in the order of the file, notes on what was mended or not read."""
        del seen
        cells = self.prepare(Feed(source, self.tags).records)
        feed = Feed(source, self.tags)
        unread: dict[str, None] = {}
        roots = (source.folder, *options.image_roots)
        for record in feed.records():
            found = list(cells(record.element))
            if found:
                yield _listing(Draft(Origin(source.shown, record.row), roots), found, unread, feed)
        yield from _damage(feed, source)
        if unread:
            yield not_read(list(unread), source.shown)


def _listing(draft: Draft, cells: list[Plain], unread: dict[str, None], feed: Feed) -> Item:
    for target, value, tag, _, _ in cells:
        if target == UNREAD and tag not in unread and len(unread) <= MOST and holds_words(value):
            unread[tag] = None
    draft.fill(cells)
    damaged = next(((row, value) for target, value, _, row, _ in cells if target != UNREAD and "\ufffd" in value), None)
    if damaged:
        draft.gaps.append(Gap(kind="bad-row", detail=_damaged(feed, *damaged), origin=draft.origin))
    return draft.finish() or nothing_in("no text and no picture in this element", draft)


def _damaged(feed: Feed, row: int, value: str) -> str:
    """What is said of a value with U+FFFD that begins on a line: the foreign byte that it stands for, or that it came so."""
    at = bisect.bisect_left(feed.foreign, row, key=itemgetter(0))
    mine = at < len(feed.foreign) and feed.foreign[at][0] <= row + value.count("\n")
    feed.told_foreign = feed.told_foreign or mine
    return (
        feed.foreign[at][1]
        if mine
        else "letters are replaced by U+FFFD in the file itself; write them again where it was made"
    )


def _damage(feed: Feed, source: Source) -> Iterator[Item]:
    if feed.mended:
        detail = f"{feed.mended} raw & in the XML were read as the text that they stand for; write &amp; instead"
        yield Note(origin=Origin(file=source.shown, row=feed.first_mended), detail=detail)
    if feed.entities:
        detail = "the XML declares entities of its own, which are not expanded; write their text in their place"
        yield Gap(kind="unsupported", detail=detail, origin=Origin(file=source.shown))
    if feed.foreign and not feed.told_foreign:
        row, said = feed.foreign[0]
        yield Gap(kind="bad-row", detail=said, origin=Origin(file=source.shown, row=row))
    if feed.lost:
        row, said = feed.lost[0]
        more = f" and {len(feed.lost) - 1} more places" if len(feed.lost) > 1 else ""
        detail = f"broken XML ({said}){more}; what stands there may be missing"
        yield Gap(kind="bad-row", detail=detail, origin=Origin(file=source.shown, row=row or None))


def children(element: Any) -> Iterator[tuple[str, str, int, Any]]:
    """Local name, text and line of every child that is an element."""
    for child in element:
        if isinstance(child.tag, str):
            yield local(child.tag), text(child), child.sourceline or 0, child
