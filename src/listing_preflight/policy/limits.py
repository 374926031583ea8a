"""How long the text of a field may be on a marketplace on a day: dated data with their source."""

import datetime
import functools
from collections.abc import Mapping
from typing import Any, NamedTuple

from listing_preflight.policy.marketplaces import marketplace, spelled
from listing_preflight.policy.store import load

_MEDIA = ("book", "music", "video", "software", "dvd", "magazine")


class Limit(NamedTuple):
    """One limit in characters, and where it is published."""

    most: int
    since: datetime.date
    source: str


@functools.cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    return tuple(sorted(load("limits.yaml")["limits"], key=lambda row: row["since"]))


def limit(site: str | None, field: str, column: str | None, category: str | None, day: datetime.date) -> Limit | None:
    """The limit of a field, read from a column, that holds on a day; None where none is known."""
    platform, found = marketplace(site).platform, None
    for row in _rows():
        columns = row.get("columns")
        named = columns is None or any(word in (column or "").casefold() for word in columns)
        here = row["platform"] == platform and row["field"] == field and spelled(site) not in row.get("except", ())
        if here and named and row["since"] <= day:
            found = Limit(_most(row, category), row["since"], row["source"])
    return found


def _most(row: Mapping[str, Any], category: str | None) -> int:
    media = any(word in (category or "").casefold() for word in _MEDIA)
    return int(row["media"] if media and "media" in row else row["most"])
