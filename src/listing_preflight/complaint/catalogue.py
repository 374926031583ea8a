"""The seller's own catalogue: its listings with the marketplace's number, address and first day, and the cited ones among them."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from listing_preflight.complaint import web_addresses
from listing_preflight.complaint.case import days_of
from listing_preflight.model.listing import Gap, Listing
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One listing with what the marketplace says of it: `told` holds asin, item_id, url, first_listed where known."""

    listing: Listing
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def first_listed(self) -> datetime.date | None:
        """Its first day of sale, where the catalogue tells it."""
        return days_of(self.told.get("first_listed"))

    @property
    def where(self) -> dict[str, Any]:
        """Where it stands in the catalogue, as a fact's source."""
        return {"catalog": Path(self.listing.origin.file).name, "row": self.listing.origin.row}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All offers in their order, and what could not be read."""

    offers: tuple[Offer, ...]
    gaps: tuple[Gap, ...]

    def cited(self, ids: Iterable[str], stock: Mapping[str, str]) -> dict[str, tuple[Offer, ...]]:
        """Id of the notice → the offers that it names; where none has the id, those of the seller's number (`stock`) beside it."""
        known: dict[str, list[Offer]] = {}
        for offer in self.offers:
            for name in _names(offer):
                known.setdefault(name, []).append(offer)
        found = {one: _distinct(o for name in _asked(one) for o in known.get(name, ())) for one in ids}
        return {one: some or _distinct(known.get(stock.get(one, "").casefold(), ())) for one, some in found.items()}


def read_catalogue(path: Path) -> Catalogue:
    """The listings of an export or a catalogue folder."""
    offers: list[Offer] = []
    gaps: list[Gap] = []
    for item in read_path(path, str(path), ReadOptions()):
        if isinstance(item, Gap):
            gaps.append(item)
        elif isinstance(item, Listing):
            offers.append(Offer(listing=item, told=dict(item.facts)))
    return Catalogue(tuple(offers), tuple(gaps))


def _names(offer: Offer) -> Iterator[str]:
    yield offer.listing.id.casefold()
    for key in ("asin", "item_id"):
        if value := offer.told.get(key):
            yield value.casefold()
    if url := offer.told.get("url"):
        yield plain_url(url)
        yield from _ids_in(url)


def _asked(one: str) -> list[str]:
    """The names under which an id of a notice may be known: itself, its plain address, ids and slug inside an address."""
    if "://" not in one:
        return [one.casefold(), re.sub(r"(?<=[0-9])\s(?=[0-9])", "", one)]  # a mail may part the figures of an id
    return [plain_url(one), *_ids_in(one), web_addresses.split(one).path.rstrip("/").rpartition("/")[2].casefold()]


def _ids_in(url: str) -> list[str]:
    return re.findall(r"(?<![0-9a-z])(?:[0-9]{8,}|b0[a-z0-9]{8})(?![0-9a-z])", url.casefold())


def plain_url(url: str) -> str:
    """An address without scheme, www, query and last slash."""
    parts = web_addresses.split(url if "://" in url else f"https://{url}")
    return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/").casefold()


def _distinct(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    out: dict[tuple[str, int | None, str], Offer] = {}
    for offer in offers:
        out.setdefault((offer.listing.id, offer.listing.origin.row, offer.listing.origin.file), offer)
    return tuple(out.values())
