"""Find the names of registers in texts: one pass over a batch for each register, masks first."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from listing_preflight.model.listing import Field
from listing_preflight.text import gates
from listing_preflight.text.gates import Match
from listing_preflight.text.hashing import Bools
from listing_preflight.text.layer import REASONS, Batch, Found
from listing_preflight.text.layer import Dropped as Windows
from listing_preflight.text.mapped import Array
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
    """Matches of each text, and the names that were not let through, each once a listing."""

    matches: list[list[Match]]
    passed: list[list[Passed]]


class Registers:
    """The registers of a run, searched for the listings of a batch."""

    def __init__(self, layers: Sequence[RegisterLayer], alive: Sequence[Alive], forms: int) -> None:
        """`forms` is how many forms stand before those of the registers."""
        self.layers, self.alive = layers, alive
        sizes = [len(one.layer.mark) for one in layers]
        self._base = [forms + sum(sizes[:n]) for n in range(len(sizes))]

    def find(
        self, texts: Sequence[str], fields: Sequence[Field], owner: Sequence[int], bounds: Sequence[Bound]
    ) -> Seen:
        """What stands in texts; `owner` says which listing each belongs to, `bounds` what each listing is bound by."""
        matches: list[list[Match]] = [[] for _ in texts]
        passed: list[list[Passed]] = [[] for _ in bounds]
        if not texts:
            return Seen(matches, passed)
        leading, whole = (np.array([f == name for f in fields], np.bool_) for name in ("title", "brand"))
        batch = Batch(texts, np.array(owner, np.int64), leading, whole)
        for number, (one, alive) in enumerate(zip(self.layers, self.alive, strict=True)):
            batch.bound_by([one.reach(b.classes, b.offices) for b in bounds])
            found, dropped = one.layer.find(batch, alive)
            self._take(number, found, batch, matches)
            for listing, name in self._named(number, dropped, batch):
                passed[listing].append(name)
        return Seen(matches, passed)

    def _take(self, number: int, found: Found, batch: Batch, matches: list[list[Match]]) -> None:
        one, words, stream = self.layers[number], vocabulary(), batch.read.plain
        told: dict[tuple[int, int], set[str]] = {}
        for text, i, j, entry in zip(*(column.tolist() for column in (found.text, *found[3:])), strict=True):
            spellings = told.setdefault((i, j), set())
            if len(spellings) >= MOST_SPELLINGS:
                continue
            form = one.form(entry, self._base[number])
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

    def _named(self, number: int, dropped: Windows, batch: Batch) -> list[tuple[int, Passed]]:
        """Each name once a listing, where it stands first."""
        layer = self.layers[number].layer
        listing = batch.listing_of(dropped.text)
        order = np.lexsort((dropped.start, layer.keys_of(dropped.entry), listing))
        key = layer.keys_of(dropped.entry)[order]
        new = np.ones(len(order), np.bool_)
        new[1:] = (key[1:] != key[:-1]) | (listing[order][1:] != listing[order][:-1])
        at = order[new]
        offset = batch.offsets[dropped.text[at]]
        rows = (
            listing[at],
            layer.mark[dropped.entry[at]],
            dropped.text[at],
            dropped.start[at] - offset,
            dropped.end[at] - offset,
            dropped.reason[at],
        )
        return [
            (owner, Passed(number, mark, text, start, end, REASONS[reason]))
            for owner, mark, text, start, end, reason in zip(*(r.tolist() for r in rows), strict=True)
        ]
