"""How long the texts of one listing may be together: what is beyond is a gap, so that no listing holds up the others."""

import dataclasses
import re

from listing_preflight.model.listing import Gap, Listing, Text
from listing_preflight.passages import Item

MOST = 2_000_000
"""Characters of one listing that are looked at, many times what a page of a shop holds. So many take 0.4 s where few words are
names, 8 s where one in ten is: well under the 30 s after which a worker is ended."""
_EMBEDDED = re.compile(r"data:[\w.+/-]+;base64,[A-Za-z0-9+/=]+")
"""A picture that HTML holds itself: megabytes that no name stands in, and that cost nothing."""
_SHORT = 50_000
"""Characters of a text that is counted as it is: below it, gone through or not makes no difference."""


def bounded(item: Item) -> Item:
    """A listing whose texts beyond MOST together are emptied, in their places, with a gap for each; anything else as it is."""
    if not isinstance(item, Listing) or sum([len(text.value) for text in item.texts]) <= MOST:
        return item
    texts, gaps, left = [], [], MOST
    for text in item.texts:
        long = _words(text.value)
        fits = long <= left
        left -= long if fits else 0
        texts.append(text if fits else text._replace(value=""))
        gaps += [] if fits else [_gap(text, item)]
    return dataclasses.replace(item, texts=tuple(texts), gaps=(*item.gaps, *gaps)) if gaps else item


def _words(value: str) -> int:
    """The characters of a text without pictures in it."""
    return len(value) - (sum(len(m[0]) for m in _EMBEDDED.finditer(value)) if len(value) > _SHORT else 0)


def _gap(text: Text, listing: Listing) -> Gap:
    detail = (
        f"{text.column or text.field}: {len(text.value):,} characters; of one listing {MOST:,} are looked at, and this text was not. "
        "Shorten it, or split the listing"
    )
    return Gap(kind="over-limit", detail=detail, origin=listing.origin, field=text.field, index=text.index)
