"""Listings of one content are judged once: catalogs offer the same goods under many ids."""

import dataclasses
from collections.abc import Sequence

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Listing
from listing_preflight.passages import Passages

MOST = 2560
"""Listings that are remembered before the memo starts anew."""
Content = tuple[object, ...]


class Repeats:
    """Remembers the verdicts of contents. Listings with pictures or gaps are never taken as repeats.

    `by_id`: what a seller may do hangs on listing ids, so that no listing stands for another.
    """

    def __init__(self, *, by_id: bool, most: int = MOST) -> None:
        self._by_id, self._most = by_id, most
        self._known: dict[Content, tuple[Verdict, ...]] = {}

    def new(self, listings: Sequence[tuple[Listing, Passages]]) -> frozenset[int]:
        """Which of the listings have to be judged; those that are left out repeat one of them, or one before."""
        if len(self._known) > self._most:
            self._known.clear()
        met: set[Content] = set()
        out: list[int] = []
        for n, (listing, passages) in enumerate(listings):
            content = self._content(listing, passages)
            if content is None or (content not in self._known and content not in met):
                out.append(n)
            if content is not None:
                met.add(content)
        return frozenset(out)

    def keep(self, listing: Listing, passages: Passages, verdicts: tuple[Verdict, ...]) -> None:
        """Remember the verdicts of a listing."""
        content = self._content(listing, passages)
        if content is not None:
            self._known[content] = verdicts

    def verdicts(self, listing: Listing, passages: Passages) -> tuple[Verdict, ...]:
        """The verdicts of a listing that repeats another."""
        content = self._content(listing, passages)
        assert content is not None
        return tuple(dataclasses.replace(v, listing=listing) for v in self._known[content])

    def _content(self, listing: Listing, passages: Passages) -> Content | None:
        if self._by_id or listing.pictures or listing.gaps:
            return None
        texts = tuple([(t.field, t.index, t.name, t.value) for t in listing.texts])
        return listing.marketplace, listing.category, listing.seller, texts, passages
