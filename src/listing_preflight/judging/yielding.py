"""Names that yielded to a longer one at their place, where the longer one turns out to be no mark."""

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence

from listing_preflight.model.finding import Finding
from listing_preflight.model.hit import Hit, Place

Yielded = tuple[Hit, str]
"""A hit, and the longer or closer name that stands at its place."""


def freed(yielded: Sequence[Yielded], hits: Sequence[Hit], findings: Iterable[Finding]) -> list[Hit]:
    """The names whose longer name is an ordinary expression and was not raised: they are judged for themselves.

    If no Stanley Cup is meant, a Stanley still may be. A longer name that is nothing but a name keeps its place.
    """
    if not yielded:
        return []
    expressions = _Spans(h.place for h in hits if h.common and h.kind == "exact")
    raised = _Spans(m.hit.place for f in findings for m in f.mentions)
    return [hit for hit, _ in yielded if expressions.cover(hit.place) and not raised.cover(hit.place)]


def left(yielded: Sequence[Yielded], free: Sequence[Hit]) -> Iterator[Yielded]:
    """Those that still yield."""
    out = {id(hit) for hit in free}
    return (one for one in yielded if id(one[0]) not in out)


class _Spans:
    """Spans by text: whether one covers a place is asked of those that begin before it, the furthest reaching."""

    def __init__(self, places: Iterable[Place]) -> None:
        by_text: dict[tuple[str, int], list[tuple[int, int]]] = {}
        for place in places:
            by_text.setdefault((place.field, place.text), []).append((place.start, place.end))
        self._starts: dict[tuple[str, int], list[int]] = {}
        self._reach: dict[tuple[str, int], list[int]] = {}
        for key, spans in by_text.items():
            spans.sort()
            self._starts[key] = [start for start, _ in spans]
            self._reach[key] = list(itertools.accumulate((end for _, end in spans), max))

    def cover(self, place: Place) -> bool:
        """Whether one of them covers a place."""
        key = (place.field, place.text)
        at = bisect.bisect_right(self._starts.get(key, ()), place.start)
        return at > 0 and self._reach[key][at - 1] >= place.end
