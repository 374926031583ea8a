"""Where ids of listings stand: outside of addresses, inside them, inside of each other; each listing once."""

import re
from collections.abc import Collection, Iterable

from listing_preflight.complaint.folded import Span

URL = re.compile(
    r"(?:h(?:tt|xx)ps?://|(?<![\w@./-])www\.(?=[\w.-]{3,80}/))(?:\[\.\]|[^\s<>\"'“”「」『』（），。；、)\]}])+",
    re.IGNORECASE,
)
_NO_WORD_BEFORE, _NO_WORD_BEHIND = re.compile(r"(?<![\w/=.-])"), re.compile(r"(?![\w/])")


def alone(text: str, number: str) -> int | None:
    """Where an id first stands outside of an address; looked for by its letters, for a notice may hold thousands."""
    at = text.find(number)
    while at >= 0:
        if _NO_WORD_BEFORE.match(text, at) and _NO_WORD_BEHIND.match(text, at + len(number)):
            return at
        at = text.find(number, at + 1)
    return None


_SHORTEST_INSIDE = 6


def _inside(spans: Iterable[Span]) -> frozenset[Span]:
    """Ids that are part of a longer one at the same place."""
    out: set[Span] = set()
    cover: Span | None = None
    for one in sorted(spans, key=lambda s: (s.start, -s.end)):
        if (
            cover
            and one.end <= cover.end
            and one.value in cover.value
            and len(cover.value) > max(len(one.value), _SHORTEST_INSIDE)
        ):
            out.add(one)
        elif cover is None or one.end > cover.end:
            cover = one
    return frozenset(out)


def _holds(url: str, ids: Collection[str], lengths: Iterable[int]) -> bool:
    """Whether an id stands in an address; its pieces are looked up, for a notice may hold thousands of both."""
    return any(url[at : at + n] in ids for n in lengths for at in range(len(url) - n + 1))


def distinct(spans: list[Span]) -> list[Span]:
    """Each listing once, in the order of the text; an address gives way to the id inside it."""
    bare = [s for s in spans if not URL.match(s.value)]
    ids, inner = {s.value for s in bare if len(s.value) > _SHORTEST_INSIDE}, _inside(bare)
    lengths = {len(one) for one in ids}
    out: dict[str, Span] = {}
    for span in sorted(spans, key=lambda s: s.start):
        if span in inner or (URL.match(span.value) and _holds(span.value, ids, lengths)):
            continue
        out.setdefault(span.value, span)
    return list(out.values())
