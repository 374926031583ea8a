"""The listings that a report speaks of, read again: the words around a finding, their state, and where their pictures lie."""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from listing_preflight.decisions.state import listing_state
from listing_preflight.model.listing import Listing, Picture
from listing_preflight.review.report import Report

AROUND = 160
"""Characters of the seller's text on either side of a finding."""
MOST = 200_000_000
"""Characters of listings that are kept; beyond them findings are shown without their sentence."""
Key = tuple[str, str | None, int | None]


class Sentence(NamedTuple):
    """A finding's words with what stands around them."""

    before: str
    text: str
    after: str


class Sources:
    """Listings by id, file and row. `load` goes through the catalog once; until then nothing is known."""

    def __init__(self, report: Report) -> None:
        self._wanted = {_key(i.listing, i.file, i.row) for g in report.groups.values() for i in g.items}
        self._listings: dict[Key, Listing] = {}
        self._lock = threading.Lock()
        self.is_loaded = False
        self.left_out = 0

    @property
    def found(self) -> int:
        """Listings of the report that are at hand."""
        return len(self._listings)

    def load(self, items: Callable[[], Iterable[object]]) -> None:
        """Read the catalog, keep the listings that findings are about."""
        held = 0
        for one in items():
            if not isinstance(one, Listing):
                continue
            key = _key(one.id, one.origin.file, one.origin.row)
            if key not in self._wanted:
                continue
            held += sum(len(t.value) for t in one.texts)
            if held > MOST:
                self.left_out += 1
            else:
                self._listings[key] = one
        self.is_loaded = True

    def _of(self, record: Mapping[str, Any]) -> Listing | None:
        source = record.get("source") or {}
        return self._listings.get(_key(record["id"], source.get("file"), source.get("row")))

    def sentence(self, record: Mapping[str, Any], evidence: Mapping[str, Any]) -> Sentence | None:
        """The sentence around a piece of evidence; None where the listing is not at hand or reads otherwise now."""
        listing, start, end = self._of(record), evidence.get("start"), evidence.get("end")
        if listing is None or start is None or end is None:
            return None
        for text in listing.texts:
            same = text.field == evidence["field"] and text.index == evidence["index"]
            if same and text.name == evidence.get("name") and text.value[start:end] == evidence["text"]:
                return Sentence(_before(text.value[:start]), text.value[start:end], _after(text.value[end:]))
        return None

    def picture(self, record: Mapping[str, Any], index: int) -> Picture | None:
        """A picture of a listing that lies on this machine."""
        listing = self._of(record)
        found = next((p for p in listing.pictures if p.index == index), None) if listing else None
        return found if found and found.path else None

    def states(self, wanted: Iterable[tuple[str, str | None, int | None]]) -> dict[str, dict[str, str]]:
        """The state of listings as they are written now, by id."""
        found = ((key[0], self._listings.get(_key(*key))) for key in wanted)
        return {name: listing_state(one) for name, one in found if one is not None}


def _key(listing: str, file: str | None, row: int | None) -> Key:
    """A listing without an id of its own is known by file and row; reports name files as the user did."""
    return listing, file, row


def _before(text: str) -> str:
    return text if len(text) <= AROUND else "…" + text[-AROUND:]


def _after(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND] + "…"
