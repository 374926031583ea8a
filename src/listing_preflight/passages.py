"""Paragraphs that many listings of one input share: what a shop says under everything it sells."""

import hashlib
import pickle
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import ModuleType
from typing import IO, Self

from listing_preflight.model.listing import Aside, Gap, Listing, Note, Passing
from listing_preflight.text.core import core
from listing_preflight.text.lines import number_of

SHARED = 5
"""Listings of different titles from which a paragraph speaks of the shop and not of one product; variants of a product share a title."""
SHORTEST = 30
"""Characters of a paragraph that is worth counting: shorter ones ("100 % cotton") are shared by chance."""
HEAD = 2048
"""Rows of a block, which is counted before the first of it is judged; most catalogues are one."""
BLOCKS = 64
"""Blocks for which a paragraph stays shared after one in which it was: memory is bounded, and what is told of a row hangs on its
place in the input alone, however the input is cut up for those who work on it."""
MOST = 400
"""Paragraphs of a listing that are counted: what a shop says of itself in all its listings is no longer, and memory is bounded."""
HELD = 16 << 20
"""Characters of a block that are held in memory; longer listings wait on disk."""
_BREAK = re.compile(r"\n\s*\n\s*|<(?:br|/?p|/?div|/?li|/?ul|/?h[1-6])\b[^<>]*>\s*", re.IGNORECASE)
"""An empty line or a tag that ends a paragraph: every match begins with one of two characters, so that others are passed over fast,
and a tag ends before the next one: else time is quadratic."""
_FIELDS = frozenset({"bullets", "description"})
Item = Listing | Gap | Aside | Note
Passages = tuple[tuple[int, int, int, str], ...]
"""Number of the text, half-open span of code points in it, digest."""
Keyed = Sequence[tuple[int, int, int, int]]
"""The same with a number for the digest, which costs a tenth and is told apart as well in one process."""


class Sharing:
    """Counts paragraphs block by block, in the order of the input, so that any number of workers is told the same."""

    def __init__(self) -> None:
        self._titles: dict[int, set[str]] = {}
        self._last: dict[int, int] = {}
        self._block = 0

    def count(self, listing: Listing) -> Keyed:
        """Count the paragraphs of one listing, once for each title; what they are. Nobody asks for those of one that passes."""
        if isinstance(listing, Passing):
            self._add(listing.paragraphs, listing.title)
            return ()
        found = keyed(listing)
        self._add([key for _, _, _, key in found[:MOST]], listing.first("title"))
        return found

    def _add(self, keys: Iterable[int], title: str) -> None:
        for key in keys:
            titles = self._titles.get(key)
            if titles is None:
                self._titles[key] = {title}
            elif len(titles) < SHARED:
                titles.add(title)

    def close(self) -> None:
        """The block is counted: what it shares is known from now on, and for BLOCKS more."""
        self._block += 1
        self._last |= {key: self._block for key, titles in self._titles.items() if len(titles) >= SHARED}
        self._titles.clear()
        if self._block % BLOCKS == 0:
            self._last = {d: n for d, n in self._last.items() if self._block - n < BLOCKS}

    def of(self, listing: Listing, counted: Keyed) -> Passages:
        """The paragraphs of a listing that many share."""
        met = [(p, self._last.get(p[3])) for p in counted]
        shared = [p for p, last in met if last is not None and self._block - last < BLOCKS]
        return tuple((n, s, e, _digest(listing.texts[n].value[s:e])) for n, s, e, _ in shared)


def counted(
    items: Iterable[Item], wanted: Callable[[Listing], bool] = lambda _: True
) -> Iterator[tuple[Item, Passages]]:
    """Items with the paragraphs that they share, once their block has been counted; what has none to share need not wait.

    `wanted` says of a listing whether its paragraphs are needed: who needs them of few spares the rest.
    """
    sharing, rows = Sharing(), 0
    with _Waiting() as waiting:
        for item in items:
            found = sharing.count(item) if isinstance(item, Listing) else ()
            rows += isinstance(item, Listing | Gap)
            if found or waiting.count:
                waiting.add(item, found)
            else:
                yield item, ()
            if rows == HEAD:
                yield from _block(waiting, sharing, wanted)
                rows = 0
        yield from _block(waiting, sharing, wanted)


def _block(waiting: "_Waiting", sharing: Sharing, wanted: Callable[[Listing], bool]) -> Iterator[tuple[Item, Passages]]:
    sharing.close()
    for item, found in waiting.taken():
        yield item, sharing.of(item, found) if isinstance(item, Listing) and wanted(item) else ()


class _Waiting:
    """Items with what was counted of them, in the order that they came, in memory up to a size and on disk beyond."""

    def __init__(self) -> None:
        self.count, self._held = 0, 0
        self._items: list[tuple[Item, Keyed]] = []
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, item: Item, found: Keyed) -> None:
        """Keep one more."""
        self._items.append((item, found))
        self.count += 1
        self._held += sum([len(t.value) for t in item.texts]) if isinstance(item, Listing) else 0
        if self._held > HELD:
            self._file = self._file or tempfile.TemporaryFile(prefix="listing-preflight-")  # noqa: SIM115 - closed by taken
            for one in self._items:
                pickle.dump(one, self._file, pickle.HIGHEST_PROTOCOL)
            self._items, self._held = [], 0

    def taken(self) -> Iterator[tuple[Item, Keyed]]:
        """Give all of them back."""
        here, there, on_disk = self._items, self._file, self.count - len(self._items)
        self._items, self._file, self.count, self._held = [], None, 0, 0
        if there is not None:
            with there:
                there.seek(0)
                for _ in range(on_disk):
                    yield pickle.load(there)  # noqa: S301 - written above, in a file that has no name
        yield from here


def keyed(listing: Listing) -> Keyed:
    """Every paragraph of a listing that is worth counting, with a number that is the same, in this process, for the same words."""
    module = core().module
    return [(n, s, e, _key(module, value[s:e])) for n, value in _worth(listing) for s, e in _spans(value)]


def _worth(listing: Listing) -> Iterable[tuple[int, str]]:
    """The texts that hold paragraphs, by number."""
    return [(n, t[1]) for n, t in enumerate(listing.texts) if t[0] in _FIELDS and len(t[1]) >= SHORTEST]


def numbers_of(value: str) -> list[int]:
    """The numbers of the paragraphs of a text of at least SHORTEST characters."""
    return [_key(core().module, value[s:e]) for s, e in _spans(value)]


def _spans(value: str) -> Iterable[tuple[int, int]]:
    return _cut(value) if "\n" in value or "<" in value else ((0, len(value)),)


def paragraphs(listing: Listing) -> Sequence[tuple[int, int, int, str]]:
    """Every paragraph of a listing that is worth counting, as Passages tell them."""
    return [(n, s, e, _digest(value[s:e])) for n, value in _worth(listing) for s, e in _spans(value)]


def _cut(value: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a text stand."""
    start = 0
    for m in _BREAK.finditer(value):
        end = m.start() if value[m.start()] == "<" else start + len(value[start : m.start()].rstrip())
        if end - start >= SHORTEST:
            yield start, end
        start = m.end()
    if len(value) - start >= SHORTEST:
        yield start, len(value)


def _key(module: ModuleType | None, text: str) -> int:
    """A number that is the same, in this process, for the same words; by the compiled core, which tells it of whole files."""
    return hash(_plain(text)) if module is None else number_of(module, text if text.isascii() else _plain(text))


def _plain(text: str) -> str:
    """What a paragraph says, blanks and case left out."""
    told = text.casefold().strip()
    if not told.isprintable():  # no white space but a blank is printable
        return " ".join(told.split())
    while "  " in told:
        told = told.replace("  ", " ")
    return told


def _digest(text: str) -> str:
    return hashlib.blake2b(_plain(text).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
