"""Find the names of registers in texts: one pass over a batch for each register, masks first."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from listing_preflight.model.listing import Field
from listing_preflight.storage.mapped import Array
from listing_preflight.text import gates
from listing_preflight.text.gates import Match
from listing_preflight.text.hashing import Bools
from listing_preflight.text.layer import REASONS, Batch, Found
from listing_preflight.text.layer import Dropped as Windows
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.register import RegisterLayer

MOST_SPELLINGS = 8
"""Spellings of one name at one place that are compared: the most literal one is kept."""
Alive = Callable[[Array, Array], Bools]


class Bound(NamedTuple):
    """What a listing can be bound by: classes and offices, None where they are not known."""

    classes: frozenset[int] | None
    offices: frozenset[str] | None


class Passed(NamedTuple):
    """A name of a register that no mask let through: the register, its mark, the text and place, and why."""

    layer: int
    mark: int
    text: int
    start: int
    end: int
    reason: str


class Seen(NamedTuple):
    """Matches of each text; of each listing how many names were not let through, and which, where that was asked."""

    matches: list[list[Match]]
    over: list[int]
    passed: list[list[Passed]]


class Registers:
    """The registers of a run, searched for the listings of a batch."""

    def __init__(self, layers: Sequence[RegisterLayer], alive: Sequence[Alive], forms: int) -> None:
        """`forms` is how many forms stand before those of the registers."""
        self.layers, self.alive = layers, alive
        sizes = [one.layer.entries.size for one in layers]
        self._base = [forms + sum(sizes[:n]) for n in range(len(sizes))]

    def find(
        self, texts: Sequence[str], fields: Sequence[Field], owner: Sequence[int], bounds: Sequence[Bound],
        *, named: bool = False,
    ) -> Seen:  # fmt: skip
        """What stands in texts; `owner` says which listing each belongs to, `bounds` what each listing is bound by.

        With `named`, the names that were not let through come back, not their number alone.
        """
        seen = Seen([[] for _ in texts], [0] * len(bounds), [[] for _ in bounds])
        if not texts:
            return seen
        leading, whole = (np.array([f == name for f in fields], np.bool_) for name in ("title", "brand"))
        batch = Batch(texts, np.array(owner, np.int64), leading, whole)
        for number, (one, alive) in enumerate(zip(self.layers, self.alive, strict=True)):
            batch.bound_by([one.reach(b.classes, b.offices) for b in bounds])
            found, dropped = one.layer.find(batch, alive)
            self._take(number, found, batch, seen.matches)
            self._pass(number, dropped, batch, seen, named=named)
        return seen

    def _take(self, number: int, found: Found, batch: Batch, matches: list[list[Match]]) -> None:
        one, words, stream = self.layers[number], vocabulary(), batch.read.plain
        told: dict[tuple[int, int], set[str]] = {}
        for n, (text, i, j) in enumerate(zip(found.text.tolist(), found.i.tolist(), found.j.tolist(), strict=True)):
            spellings = told.setdefault((i, j), set())
            if len(spellings) >= MOST_SPELLINGS:
                continue
            form = one.form(found, n, self._base[number])
            if form.text in spellings:
                continue
            offset = int(batch.offsets[text])
            window = tuple(t._replace(start=t.start - offset, end=t.end - offset) for t in stream.window(i, j))
            if "".join(t.text for t in window) != form.key:
                continue
            kind = gates.plain(form, window, batch.texts[text], words)
            if kind in ("exact", "joined"):
                spellings.add(form.text)
                matches[text].append(Match(form, kind, window[0].start, window[-1].end, 1.0))

    def _pass(self, number: int, dropped: Windows, batch: Batch, seen: Seen, *, named: bool) -> None:
        """Count each name once a listing, and tell where it stands first."""
        listing = batch.owner[dropped.text]
        order = np.lexsort((dropped.i, dropped.key, listing)) if named else np.arange(len(listing))
        together = listing[order] * (int(dropped.key.max(initial=0)) + 1) + dropped.key[order]
        at = order[np.unique(together, return_index=True)[1]]
        for owner, count in enumerate(np.bincount(listing[at], minlength=len(seen.over)).tolist()):
            seen.over[owner] += count
        if not named:
            return
        layer, stream = self.layers[number], batch.read.plain
        for n in at.tolist():
            text = int(dropped.text[n])
            start, end = (
                int(p - batch.offsets[text]) for p in (stream.start[dropped.i[n]], stream.end[dropped.j[n] - 1])
            )
            reason = REASONS[int(dropped.reason[n])]
            seen.passed[int(listing[n])].append(
                Passed(number, layer.first_mark(int(dropped.key[n])), text, start, end, reason)
            )
