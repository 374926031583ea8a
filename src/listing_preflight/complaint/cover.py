"""Which authorisation covers which cited sale, or which of its limits does not; asked of the cited listings as they were archived."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from listing_preflight.complaint.case import Case
from listing_preflight.complaint.catalogue import Offer
from listing_preflight.complaint.records import holders, restored
from listing_preflight.complaint.sales import of_mark, of_work
from listing_preflight.judging.authority import Authority
from listing_preflight.judging.seller import Seller
from listing_preflight.model.listing import Listing, Origin, Text


class Cover(NamedTuple):
    """One cited listing under one right: covered or not, None where nothing is on file, and by what or which limit failed."""

    listing: str
    mark: str
    covered: bool | None
    said: str


def covers(case: Case, seller: Seller | None, day: datetime.date | None) -> list[Cover]:
    """The cover of every cited listing; empty without a seller file."""
    if seller is None or day is None:
        return []
    held, site = restored(case.rows("records.jsonl"), case.folder), case.head()["marketplace"]
    rights = [(m.name, r) for m in held.marks for r in holders(m.name, held.rights) or [m]]
    out = [
        _cover(offer, name, of_mark(right, offer, site, seller, day, frozenset()))
        for offer in _archived(case) for name, right in rights
    ]  # fmt: skip
    out += [
        _cover(offer, work.title or work.id, of_work(work, offer, site, seller, day))
        for offer in _archived(case) for work in held.works
    ]  # fmt: skip
    return list(dict.fromkeys(out))


def _archived(case: Case) -> Iterator[Offer]:
    """The cited listings as the last assess found them."""
    latest = {(row["id"], row.get("marketplace"), row.get("row")): row for row in case.rows("cited.jsonl")}
    for row in latest.values():
        texts = tuple(Text(field=t["field"], index=t["index"], name=t["name"], value=t["value"]) for t in row["texts"])
        origin = Origin(file=Path(str(row["catalog"])).name, row=row["row"])
        listing = Listing(
            id=row["id"], marketplace=row["marketplace"], category=row["category"], origin=origin, texts=texts
        )
        yield Offer(listing=listing, told=row["told"])


def _cover(offer: Offer, name: str, said: Authority) -> Cover:
    if said.reason is None:
        return Cover(offer.listing.id, name, None, "nothing on file")
    params = said.reason.params
    by = params.get("document") or params.get("kind") or said.reason.code
    if said.covered:
        ends = f", ends {params['ends']}" if "ends" in params else ""
        return Cover(offer.listing.id, name, True, f"covered by {by}{ends}")
    limit = params.get("limit")
    return Cover(offer.listing.id, name, False, f"{by} does not cover it ({limit})" if limit else said.reason.code)
