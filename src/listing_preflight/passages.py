"""Paragraphs that many listings of one input share: what a shop says under everything it sells."""

import functools
import hashlib
import re
from collections.abc import Sequence

from listing_preflight.model.listing import Listing

SHARED = 5
"""Listings of different titles from which a paragraph speaks of the shop and not of one product; variants of a product share a title."""
SHORTEST = 30
"""Characters of a paragraph that is worth counting: shorter ones ("100 % cotton") are shared by chance."""
HEAD = 2048
"""Listings that are counted before the first is judged; most catalogues are counted whole, and a stream goes on counting."""
MOST = 200_000
"""Paragraphs that are kept: beyond that half of the shared ones and the newest stay."""
_BREAK = re.compile(r"(?:(?<!\s)\s*\n\s*\n\s*|<(?:br|/?p|/?div|/?li|/?ul|/?h[1-6])\b[^<>]*>\s*)+", re.IGNORECASE)
"""A run of white space is tried from its beginning alone, and a tag ends before the next one: else time is quadratic."""
_FIELDS = frozenset({"bullets", "description"})
Passages = tuple[tuple[int, int, int, str], ...]
"""Number of the text, half-open span of code points in it, digest."""


class Sharing:
    """Counts paragraphs over the listings of an input, in their order, so that any number of workers is told the same."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}
        self._last: dict[str, str] = {}

    def count(self, listing: Listing) -> None:
        """Count the paragraphs of one listing, once for each title in a row."""
        title = listing.first("title")
        for _, _, _, digest in _of_listing(listing):
            if self._last.get(digest) != title:
                self._last[digest] = title
                self._count[digest] = self._count.get(digest, 0) + 1
        if len(self._count) > MOST:
            kept = [d for d, n in self._count.items() if n >= SHARED][-MOST // 4 :] + list(self._count)[-MOST // 4 :]
            self._count = {d: self._count[d] for d in kept}
            self._last = {d: self._last[d] for d in kept}

    def of(self, listing: Listing) -> Passages:
        """The paragraphs of a listing that many share, as far as has been counted."""
        return tuple(p for p in _of_listing(listing) if self._count.get(p[3], 0) >= SHARED)


def _of_listing(listing: Listing) -> Sequence[tuple[int, int, int, str]]:
    texts = ((n, t.value) for n, t in enumerate(listing.texts) if t.field in _FIELDS)
    return [(n, *p) for n, value in texts for p in _of_text(value)]


@functools.lru_cache(maxsize=4 * HEAD)
def _of_text(value: str) -> tuple[tuple[int, int, str], ...]:
    """The paragraphs of a text with their place and digest, blanks and case left out."""
    edges = [0, *(at for m in _BREAK.finditer(value) for at in m.span()), len(value)]
    spans = zip(edges[::2], edges[1::2], strict=True)
    return tuple((s, e, _digest(value[s:e])) for s, e in spans if e - s >= SHORTEST)


def _digest(text: str) -> str:
    told = " ".join(text.casefold().split())
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
