"""From option values to what a scan is told."""

import datetime
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from listing_preflight.cli import sellers
from listing_preflight.cli.language import warn
from listing_preflight.cli.options import Options
from listing_preflight.errors import ListError, UsageError
from listing_preflight.model.listing import Gap
from listing_preflight.model.mark import WatchList
from listing_preflight.policy.marketplaces import marketplace, not_applied
from listing_preflight.policy.pack_reader import read_packs
from listing_preflight.readers.encodings import known
from listing_preflight.readers.options import ReadOptions
from listing_preflight.reports.plain import visible
from listing_preflight.scan import Settings
from listing_preflight.watchlists.bundled import bundled
from listing_preflight.watchlists.index import Index


def opened(options: Options) -> tuple[tuple[WatchList, ...], Index | None]:
    """The lists that a command works with, and their index where they are looked up as they are."""
    from listing_preflight.watchlists.index import open_lists

    named = named_lists(options)
    found = open_lists(named, keep=not options.no_cache, say=lambda text: _say(text, options))
    if not any(one.marks or one.works for one in found.lists):
        where = ", ".join(map(str, named))
        raise ListError("no mark and no picture to look for", where=where, remedy="Check what -w names")
    return found.lists, found.index


def named_lists(options: Options) -> list[Path]:
    """Where the lists lie that a command works with: those of -w, the bundled ones without it or beside it."""
    named = [Path(p) for p in options.watchlist]
    return [*named, bundled() / "marks"] if options.with_bundled or not named else named


def _say(text: str, options: Options) -> None:
    if options.verbose:
        print(visible(text), file=sys.stderr)


def stale(lists: tuple[WatchList, ...], options: Options) -> tuple[Gap, ...]:
    """A gap for each list whose data are older than --max-list-age, or of no known day."""
    limit = options.max_list_age
    if limit is None:
        return ()
    today = day(options.day)
    ages = [(one, _age(one, today)) for one in lists]
    return tuple(_stale(one, age) for one, age in ages if age is None or age > limit)


def _stale(one: WatchList, age: int | None) -> Gap:
    said = "no date of its data" if age is None else f"data of {one.date}, {age} days old"
    return Gap(kind="stale-list", detail=f"{one.name}: {said}")


def _age(one: WatchList, today: datetime.date) -> int | None:
    try:
        return (today - datetime.date.fromisoformat((one.date or "")[:10])).days
    except ValueError:
        return None


def day(value: str | None) -> datetime.date:
    """The day that terms are judged on."""
    return datetime.date.fromisoformat(value) if value else datetime.datetime.now().astimezone().date()


def settings(options: Options) -> Settings:
    """All that a scan is told."""
    from listing_preflight.judging.overlay import Overlay, read_overlay

    seller = sellers.read(Path(options.seller)) if options.seller else None
    claims = options.seller_claims or ("ignore" if seller else "trust")
    if seller is not None:
        sellers.announce(seller, day(options.day))
    overlay = read_overlay(Path(options.overlay)) if options.overlay else Overlay()
    limits = [a.marketplaces for a in seller.authorisations] if seller else []
    announce(sorted(frozenset().union(*(m for m in (*limits, *(e.marketplaces for e in overlay.entries)) if m))))
    rules = read_packs([Path(p) for p in options.policy])
    lists, index = opened(options)
    if seller is not None:
        sellers.announce_strangers(seller, lists)
    return Settings(
        rules=rules, lists=lists, index=index, day=day(options.day), marketplaces=tuple(options.marketplace),
        overlay=overlay, seller=seller,
        trust_claims=claims == "trust", images=options.images, ocr=options.ocr,
        strict_images=options.strict_images, fetch=options.fetch_images, cache=not options.no_cache, explain=options.explain,
        workers=options.workers, supervised=True,
    )  # fmt: skip


def announce(names: Iterable[str], where: str = "marketplace") -> None:
    """Say which names of marketplaces nobody knows, whether they stand on the command line, in a listing or limit a document."""
    for name in names:
        if not marketplace(name).known:
            warn(not_applied(name, where))


def read_options(options: Options) -> ReadOptions:
    """What the readers are told."""
    if options.encoding:
        known(options.encoding, b"")
    return ReadOptions(
        encoding=options.encoding, delimiter=options.delimiter, input_format=options.input_format,
        mapping=mapping(options.mapping), image_roots=roots(options.image_root), sheet=options.sheet,
        marketplace_told=bool(options.marketplace),
    )  # fmt: skip


def roots(folders: Sequence[str]) -> tuple[str, ...]:
    """Picture folders, each of which must exist."""
    for folder in folders:
        if not Path(folder).is_dir():
            raise UsageError("no such folder", where=f"--image-root {folder}")
    return tuple(folders)


def mapping(path: str | None) -> dict[str, str]:
    """A mapping file: column → field."""
    if path is None:
        return {}
    from listing_preflight import documents

    found = documents.read(Path(path))
    if not isinstance(found, Mapping):
        raise UsageError("must map columns to fields", where=path, remedy="For example: 'Artikel: title'")
    return {str(k): str(v) for k, v in found.items() if k != documents.LINE}
