"""From the rows of a table to listings, as the reader of native listings makes them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from listing_preflight.model.listing import Gap, Listing, Origin
from listing_preflight.readers.formats.native import ListingError, make_listing
from listing_preflight.spark.asked import Asked
from listing_preflight.spark.tables import SOURCE_FILE, SOURCE_ROW


class Read(NamedTuple):
    """One row: its number from 0 in all of the input, the listing or gap that it is, and the columns that are kept."""

    number: int
    item: Listing | Gap
    kept: Mapping[str, Any]


def read(batches: Iterable[Any], asked: Asked) -> Iterator[Read]:
    """Every row of some Arrow batches, in their order."""
    for batch in batches:
        for value in batch.to_pylist(maps_as_pydicts="lossy"):
            yield _row(value, asked)


def _row(value: dict[str, Any], asked: Asked) -> Read:
    kept = {name: value.get(name) for name in asked.keep}
    file, row = value.pop(SOURCE_FILE, None), value.pop(SOURCE_ROW, None)
    place = asked.places.get(file or "")
    origin = Origin(file=place.shown if place else asked.name, row=row)
    roots = ((place.folder,) if place else ()) + asked.image_roots
    number = place.before + row - 1 if place and row else 0
    if asked.mapping:
        value = mapped(value, asked.mapping)
    if value.get("id") in (None, "") and row is None:
        return Read(
            number,
            Gap(kind="bad-row", detail="id: is null, and the row has no place to be named by", origin=origin),
            kept,
        )
    try:
        return Read(number, make_listing(value, origin, roots), kept)
    except ListingError as e:
        return Read(number, Gap(kind="bad-row", detail=str(e), origin=origin), kept)


def mapped(value: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """A flat row as a native listing: `mapping` tells the field of each column, `attributes.NAME` an attribute, `images` an address or path."""
    out: dict[str, Any] = {}
    for column, field in mapping.items():
        found = value.get(column)
        if found is None or found == "":
            continue
        if field in ("bullets", "images"):
            out.setdefault(field, []).extend(found if isinstance(found, list) else [found])
        elif field.startswith("attributes."):
            out.setdefault("attributes", {})[field.partition(".")[2]] = found
        elif field in out:
            out[field] = f"{out[field]}\n{found}"
        else:
            out[field] = found
    return out
