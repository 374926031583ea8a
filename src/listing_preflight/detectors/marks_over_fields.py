"""Find listed names of several words, or one word torn in two, whose parts stand in neighbouring fields of a listing."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Listing, Text
from listing_preflight.text.around import words_of
from listing_preflight.text.fold import Token, fold, folded_key
from listing_preflight.text.names import Form
from listing_preflight.text.vocabulary import Vocabulary

MOST = 3
"""Words of a name on each side of the seam."""
LEAST = 6
"""Letters of a name that is looked for over a seam: shorter ones fall together by chance."""
EDGE = 48
"""Characters at the edge of a text in which those words stand."""
_AROUND = 100
_ENDS = (".", "!", "?", "。", "！", "？")


class _Edge(NamedTuple):
    text: Text
    number: int
    tokens: tuple[Token, ...]
    offset: int


class MarksOverFields:
    """Knows the names that can be split; looks at the seams brand | title | bullets | description."""

    def __init__(self, forms: Callable[[str], Sequence[Form]], words: Vocabulary) -> None:
        """`forms` gives the forms of a key."""
        self._forms, self._words = forms, words

    def _named(self, parts: Sequence[str]) -> Form | None:
        """The first form of these tokens that may be split."""
        key, lengths = "".join(parts), tuple(map(len, parts))
        if len(key) < LEAST:
            return None
        forms = (f for f in self._forms(key) if f.lengths == lengths)
        return next((f for f in forms if not (f.wide or f.common)), None)

    def see(self, listing: Listing) -> list[Hit]:
        """Two hits for each name over a seam, one in each field."""
        return [hit for left, right in seams(listing) for hit in self._seam(left, right)]

    def _seam(self, left: tuple[int, Text], right: tuple[int, Text]) -> Iterator[Hit]:
        before, after = _tail(*left), _head(*right)
        for a in range(1, min(MOST, len(before.tokens)) + 1):
            for b in range(1, min(MOST, len(after.tokens)) + 1):
                parts = before.tokens[-a:], after.tokens[:b]
                form = self._named([t.text for part in parts for t in part])
                if form is None and a == b == 1:
                    form = self._joined(before.tokens[-1].text, after.tokens[0].text)
                if form is not None:
                    yield _hit(form, before, parts[0])
                    yield _hit(form, after, parts[1])

    def _joined(self, first: str, second: str) -> Form | None:
        """One word torn in two; two ordinary words that happen to meet are none."""
        form = self._named([first + second])
        return None if form is None or (self._words.is_word(first) and self._words.is_word(second)) else form


def seams(listing: Listing) -> Iterator[tuple[tuple[int, Text], tuple[int, Text]]]:
    """Neighbouring fields as a page shows them, where the first does not end a sentence; HTML is left to the matcher."""
    rank = {"brand": 0, "title": 1, "bullets": 2, "description": 3}
    shown = [(n, t) for n, t in enumerate(listing.texts) if t.field in rank and t.value and "<" not in t.value]
    ordered = sorted(shown, key=lambda one: (rank[one[1].field], one[1].index))
    yield from ((a, b) for a, b in itertools.pairwise(ordered) if not a[1].value.rstrip().endswith(_ENDS))


def _tail(number: int, text: Text) -> _Edge:
    offset = max(0, len(text.value) - EDGE)
    tokens = fold(text.value[offset:]).plain.tokens
    return _Edge(text, number, tokens[1:] if offset else tokens, offset)


def _head(number: int, text: Text) -> _Edge:
    tokens = fold(text.value[:EDGE]).plain.tokens
    return _Edge(text, number, tokens[:-1] if len(text.value) > EDGE else tokens, 0)


def _hit(form: Form, edge: _Edge, part: Sequence[Token]) -> Hit:
    start, end = part[0].start + edge.offset, part[-1].end + edge.offset
    text = edge.text
    return Hit(
        folded_key(form.spelling.name), form.text, False, "apart",
        Place(text.field, text.index, edge.number, start, end, text.name),
        text.value[start:end], frozenset({"split"}), 1.0, text.value[max(0, start - _AROUND) : start],
        text.value[end : end + _AROUND], words_of(text.value).around(start, end),
    )  # fmt: skip
