"""rules --stale: which published rules and bundled lists nobody has looked at for a while."""

import datetime
import sys
from collections.abc import Iterator

from listing_preflight.errors import UsageError
from listing_preflight.policy import pack_reader
from listing_preflight.policy.marketplaces import marketplace
from listing_preflight.reports.plain import number_of, visible
from listing_preflight.watchlists.bundled import bundled as bundled_lists
from listing_preflight.watchlists.read import read_lists


def print_stale(days: int, site: str | None) -> int:
    """One line each, the oldest first; the rules of one marketplace alone where it is named."""
    today = datetime.datetime.now().astimezone().date()
    rows = [(seen, what, _age(seen, today)) for seen, what in _dated(site)]
    old = sorted(row for row in rows if row[2] is None or row[2] > days)
    for _, what, age in old:
        when = "of no known day" if age is None else f"last looked at {number_of(age, 'day')} ago"
        print(f"{visible(what)}  {when}")
    print(f"{len(old)} of {len(rows)} are older than {number_of(days, 'day')}", file=sys.stderr)
    return 0


def _dated(site: str | None) -> Iterator[tuple[str, str]]:
    rules = pack_reader.bundled()
    if site is not None:
        place = marketplace(site)
        if place.platform is None:
            raise UsageError(f"unknown marketplace {site!r}", remedy="Names are a domain or name.country: amazon.de")
        rules = pack_reader.of_platform(rules, place.platform)
    yield from ((rule.seen, f"rule {rule.id}") for rule in rules)
    if site is None:
        yield from ((one.date or "", f"list {one.name}") for one in read_lists([bundled_lists() / "marks"]))


def _age(seen: str, today: datetime.date) -> int | None:
    try:
        return (today - datetime.date.fromisoformat(seen[:10])).days
    except ValueError:
        return None
