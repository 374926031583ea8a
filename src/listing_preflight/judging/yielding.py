"""Names that yielded to a longer one at their place, where the longer one turns out to be no mark."""

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
    expressions = {h.place for h in hits if h.common and h.kind == "exact"}
    raised = [m.hit.place for f in findings for m in f.mentions]
    return [
        hit for hit, _ in yielded
        if any(_covers(p, hit.place) for p in expressions) and not any(_covers(p, hit.place) for p in raised)
    ]  # fmt: skip


def left(yielded: Sequence[Yielded], free: Sequence[Hit]) -> Iterator[Yielded]:
    """Those that still yield."""
    return (one for one in yielded if one[0] not in free)


def _covers(place: Place, other: Place) -> bool:
    same = (place.field, place.text) == (other.field, other.text)
    return same and place.start <= other.start and other.end <= place.end
