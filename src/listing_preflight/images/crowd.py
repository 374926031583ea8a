"""Known pictures that suddenly match a large share of a catalogue: more likely a bad entry of a list than so many copies."""

import dataclasses
from collections import Counter

from listing_preflight.images.looked import Copy, Frame, Looked

LEAST = 50
"""Listings that a known picture has to match before it can be too many."""
SHARE = 0.2
"""Share of the listings with pictures so far from which it is."""
Known = tuple[int, int]
"""A known picture: its gallery and its number there."""


class Crowd:
    """Counts, in the order of the input, in how many listings each known picture is seen."""

    def __init__(self) -> None:
        self._listings = 0
        self._seen: Counter[Known] = Counter()
        self._aside: set[Known] = set()

    @property
    def listings(self) -> int:
        """Listings with pictures so far."""
        return self._listings

    def count(self, looked: tuple[Looked, ...]) -> dict[Known, int]:
        """Take in the pictures of one listing; the known ones that are set aside from the next listing on, with how many listings show them."""
        if not looked:
            return {}
        self._listings += 1
        mine = {(c.gallery, c.known) for one in looked for f in one.frames for c in f.copies}
        self._seen.update(mine)
        found = {k: self._seen[k] for k in sorted(mine - self._aside) if self._is_many(self._seen[k])}
        self._aside |= found.keys()
        return found

    def _is_many(self, count: int) -> bool:
        return count >= LEAST and count > SHARE * self._listings

    def without(self, looked: Looked) -> Looked:
        """What was seen in a picture, the copies of known ones that are set aside marked as such."""
        if not self._aside or not any(self._is_aside(c) for f in looked.frames for c in f.copies):
            return looked
        return dataclasses.replace(looked, frames=tuple(map(self._marked, looked.frames)))

    def _marked(self, frame: Frame) -> Frame:
        copies = tuple(dataclasses.replace(c, aside=True) if self._is_aside(c) else c for c in frame.copies)
        return dataclasses.replace(frame, copies=copies)

    def _is_aside(self, copy: Copy) -> bool:
        return (copy.gallery, copy.known) in self._aside
