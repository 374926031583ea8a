"""A batch of texts read as one, and the matches found in it."""

import functools
import itertools
from collections.abc import Sequence

import numpy as np

from listing_preflight.text import gates
from listing_preflight.text.fold import Token
from listing_preflight.text.gates import Match
from listing_preflight.text.hashing import Ints
from listing_preflight.text.names import Form, squeezed
from listing_preflight.text.stream import Stream

KINDS = tuple(sorted(gates.RANK))
"""Kinds of matches; arrays have their numbers in this order."""
_KIND = {kind: n for n, kind in enumerate(KINDS)}
_NONE: frozenset[str] = frozenset()
_LITERAL = (1.0, _NONE)
_make = functools.partial(tuple.__new__, Match)


class Batch:
    """Texts of one batch, joined, and what was found in them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts, self.text = texts, "\n".join(texts)
        ends = np.cumsum(np.fromiter((len(t) + 1 for t in texts), np.int64, len(texts)))
        self.offsets = np.concatenate([[0], ends[:-1]])
        self._squeezed: dict[int, str] = {}
        self._bulk: list[tuple[Ints, Ints, Ints, Ints]] = []
        self._single: list[tuple[int, int, int, int, float, frozenset[str]]] = []

    def numbers(self, stream: Stream, i: Ints) -> list[int]:
        """Which texts tokens i lie in."""
        found: list[int] = (self.offsets.searchsorted(stream.start[i], "right") - 1).tolist()
        return found

    def holds(self, n: int, raw: str) -> bool:
        """Whether text n holds these letters and symbols at all, white space and case aside."""
        if n not in self._squeezed:
            self._squeezed[n] = squeezed(self.texts[n])
        return raw in self._squeezed[n]

    def places(self, stream: Stream, i: Ints, j: Ints) -> tuple[list[int], list[int], list[int]]:
        """Which texts windows from token i to before token j lie in, and where there they start and end."""
        start, end = stream.start[i], stream.end[j - 1]
        n = self.offsets.searchsorted(start, "right") - 1
        offset = self.offsets[n]
        return n.tolist(), (start - offset).tolist(), (end - offset).tolist()

    def window(self, stream: Stream, i: int, j: int) -> tuple[int, tuple[Token, ...]]:
        """Which text tokens i to j lie in, and the tokens with their places there."""
        n = int(self.offsets.searchsorted(stream.start[i], "right")) - 1
        offset = int(self.offsets[n])
        return n, tuple(
            Token(
                stream.letters(k, k + 1),
                int(stream.start[k]) - offset,
                int(stream.end[k]) - offset,
                bool(stream.wide[k]),
            )
            for k in range(i, j)
        )

    def add_all(self, start: Ints, end: Ints, kind: str, forms: Ints) -> None:
        """Take in literal matches by their places in the joined text."""
        self._bulk.append((start, end, np.full(len(start), _KIND[kind]), forms))

    def add(
        self, stream: Stream, i: int, j: int, kind: str, form: int, score: float, steps: frozenset[str] = _NONE
    ) -> None:
        """Take in one match of tokens i to j."""
        self._single.append((int(stream.start[i]), int(stream.end[j - 1]), _KIND[kind], form, score, steps))

    def matches(self, forms: Sequence[Form]) -> list[list[Match]]:
        """The matches of each text, by place, kind and form."""
        single = np.array([row[:4] for row in self._single], np.int64).reshape(-1, 4)
        start, end, kind, form = (
            np.concatenate([single[:, n], *(b[n] for b in self._bulk)]) for n in range(4)
        )  # fmt: skip
        order = np.lexsort((form, kind, end, start))
        start = start[order]
        edges = np.searchsorted(start, np.append(self.offsets, len(self.text) + 1)).tolist()
        shift = np.repeat(self.offsets, np.diff(edges))
        extra = [(row[4], row[5]) for row in self._single] + [_LITERAL] * (len(start) - len(self._single))
        scores, steps = map(list, zip(*extra, strict=True)) if extra else ([], [])
        at = order.tolist()
        rows = zip(
            map(forms.__getitem__, form[order].tolist()), map(KINDS.__getitem__, kind[order].tolist()),
            (start - shift).tolist(), (end[order] - shift).tolist(), map(scores.__getitem__, at),
            map(steps.__getitem__, at), strict=True,
        )  # fmt: skip
        made = list(map(_make, rows))
        return [made[a:b] for a, b in itertools.pairwise(edges)]
