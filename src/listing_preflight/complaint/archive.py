"""Listings as they stood before anything was changed: cited.jsonl only grows."""

from collections.abc import Iterable
from typing import Any

from listing_preflight.complaint.case import Case
from listing_preflight.complaint.catalogue import Offer


def archive(case: Case, offers: Iterable[Offer]) -> None:
    """Keep listings as they stand today, after those that an earlier run kept: what was changed since stays to be seen."""
    rows = case.rows("cited.jsonl")
    for offer in offers:
        if (row := _archived(offer)) not in rows:
            rows.append(row)
    case.write_rows("cited.jsonl", rows)


def _archived(offer: Offer) -> dict[str, Any]:
    one = offer.listing
    return {
        "id": one.id, "marketplace": one.marketplace, "category": one.category, **offer.where,
        "texts": [{"field": t.field, "index": t.index, "name": t.name, "value": t.value} for t in one.texts],
        "pictures": [{"path": p.path, "url": p.url, "text": p.text} for p in one.pictures], "told": dict(offer.told),
    }  # fmt: skip
