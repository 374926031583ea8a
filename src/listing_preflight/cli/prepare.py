"""From option values to what a scan is told."""

import datetime
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from listing_preflight.cli.places import bundled
from listing_preflight.errors import ListError, UsageError, read_named
from listing_preflight.model.listing import Gap
from listing_preflight.model.mark import WatchList
from listing_preflight.policy.marketplaces import marketplace
from listing_preflight.policy.pack_reader import read_packs
from listing_preflight.readers.encodings import known
from listing_preflight.readers.options import ReadOptions
from listing_preflight.reports.plain import visible
from listing_preflight.scan import Settings
from listing_preflight.watchlists.index import Index

if TYPE_CHECKING:
    from listing_preflight.judging.seller import Seller

Options = Mapping[str, Any]
MOST_ASKED = 50_000
"""Marks of a list up to which it is asked whether it knows a name of the seller file."""


def opened(options: Options) -> tuple[tuple[WatchList, ...], Index | None]:
    """The lists that a command works with, and their index where they are looked up as they are."""
    from listing_preflight.watchlists.index import open_lists

    named = [Path(p) for p in options["watchlist"]]
    if not named or options["with_bundled"]:
        named.append(bundled() / "marks")
    found = open_lists(named, keep=not options["no_cache"], say=lambda text: _say(text, options))
    if not any(one.marks or one.works for one in found.lists):
        where = ", ".join(map(str, named))
        raise ListError("no mark and no picture to look for", where=where, remedy="Check what -w names")
    return found.lists, found.index


def _say(text: str, options: Options) -> None:
    if options.get("verbose"):
        print(visible(text), file=sys.stderr)


def stale(lists: tuple[WatchList, ...], options: Options) -> tuple[Gap, ...]:
    """A gap for each list whose data are older than --max-list-age, or of no known day."""
    limit = options.get("max_list_age")
    if limit is None:
        return ()
    today = day(options["day"])
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
    if value is None:
        return datetime.datetime.now().astimezone().date()
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is not a date like 2026-01-31", where="--date") from None


def settings(options: Options) -> Settings:
    """All that a scan is told."""
    from listing_preflight.judging.overlay import Overlay, read_overlay
    from listing_preflight.judging.seller import read_seller

    seller = read_seller(Path(options["seller"])) if options["seller"] else None
    claims = options["seller_claims"] or ("ignore" if seller else "trust")
    if seller is not None:
        _announce_ends(seller, day(options["day"]))
        _announce_faults(seller)
    overlay = read_overlay(Path(options["overlay"])) if options["overlay"] else Overlay()
    limits = [a.marketplaces for a in seller.authorisations] if seller else []
    announce(sorted(frozenset().union(*(m for m in (*limits, *(e.marketplaces for e in overlay.entries)) if m))))
    rules = read_packs([Path(p) for p in options["policy"]])
    lists, index = opened(options)
    if seller is not None:
        _announce_strangers(seller, lists)
    return Settings(
        rules=rules, lists=lists, index=index, day=day(options["day"]), marketplaces=tuple(options["marketplace"]),
        overlay=overlay, seller=seller,
        trust_claims=claims == "trust", images=options["images"], ocr=options["ocr"],
        strict_images=options["strict_images"], fetch=options["fetch_images"], cache=not options["no_cache"], explain=options["explain"],
        workers=options.get("workers") or 1, supervised=True,
    )  # fmt: skip


def announce(names: Iterable[str]) -> None:
    """Say which names of marketplaces nobody knows, whether they stand on the command line or limit a document."""
    for name in names:
        if not marketplace(name).known:
            print(f"warning: marketplace {visible(name)!r} is unknown: territory is answered unknown", file=sys.stderr)


def _announce_ends(seller: "Seller", today: datetime.date) -> None:
    """Say which documents of the seller file end soon: what they silence today is told again then."""
    from listing_preflight.judging.authority import SOON
    from listing_preflight.judging.seller import ending

    for one, ends in ending(seller, today, SOON):
        shown = visible(str(one.mark or one.owner or one.work))
        left = (ends - today).days
        print(f"warning: the {one.kind} for {shown} ends on {ends}, in {left} days", file=sys.stderr)


def _announce_faults(seller: "Seller") -> None:
    """Say which entries of the seller file cover nothing, whatever is sold: their document is not there as it was."""
    from listing_preflight.reports.proof import LIMITS

    for one in seller.authorisations:
        fault = one.fault or (None if one.document else "document")
        if fault:
            shown = visible(str(one.mark or one.owner or one.work))
            print(f"warning: the {one.kind} for {shown} covers nothing: {LIMITS[fault]}", file=sys.stderr)


def _announce_strangers(seller: "Seller", lists: Sequence[WatchList]) -> None:
    """Say which marks of the seller file no list knows: a slip there silences nothing. Registers are too large to be asked for that."""
    from listing_preflight.text.fold import folded_key

    named = {one.mark for one in seller.authorisations if one.mark}
    if not named or any(len(one.marks) > MOST_ASKED for one in lists):
        return
    known: set[str] = set()
    for mark in (mark for one in lists for mark in one.marks):
        known |= {f"{mark.list}:{mark.id}", folded_key(mark.name), *(folded_key(a.name) for a in mark.aliases)}
    for name in sorted(n for n in named if n not in known and folded_key(n) not in known):
        print(f"warning: the seller file names {visible(name)!r}, which no list knows", file=sys.stderr)


def read_options(options: Options) -> ReadOptions:
    """What the readers are told."""
    delimiter = options["delimiter"]
    if delimiter is not None:
        delimiter = {"tab": "\t", "\\t": "\t"}.get(str(delimiter), str(delimiter))
        if len(delimiter) != 1:
            raise UsageError("a delimiter is one character, or tab", where="--delimiter")
    if options["encoding"]:
        known(options["encoding"], b"")
    return ReadOptions(
        encoding=options["encoding"], delimiter=delimiter, input_format=options["input_format"],
        mapping=mapping(options["mapping"]), image_roots=roots(options["image_root"]), sheet=options["sheet"],
        marketplace_told=bool(options.get("marketplace")),
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
    from listing_preflight.watchlists import yaml_lines

    text = read_named(Path(path))
    try:
        found = json.loads(text) if path.endswith(".json") else yaml_lines.load(Path(path), text)
    except json.JSONDecodeError as e:
        raise UsageError(f"is not JSON: {e.msg}", where=f"{path}:{e.lineno}") from None
    if not isinstance(found, Mapping):
        raise UsageError("must map columns to fields", where=path, remedy="For example: 'Artikel: title'")
    return {str(k): str(v) for k, v in found.items() if k != yaml_lines.LINE}
