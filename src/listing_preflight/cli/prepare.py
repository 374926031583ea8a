"""From option values to what a scan is told."""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from listing_preflight.cli.places import bundled
from listing_preflight.errors import UsageError
from listing_preflight.model.mark import WatchList
from listing_preflight.readers.options import ReadOptions
from listing_preflight.scan import Settings

Options = Mapping[str, Any]


def lists(options: Options) -> tuple[WatchList, ...]:
    """The lists that a command works with."""
    from listing_preflight.watchlists.read import read_lists

    named = [Path(p) for p in options["watchlist"]]
    if not named or options["with_bundled"]:
        named.append(bundled() / "marks")
    return read_lists(named)


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
    from listing_preflight.judging.seller import read_seller

    seller = read_seller(Path(options["seller"])) if options["seller"] else None
    claims = options["seller_claims"] or ("ignore" if seller else "trust")
    return Settings(
        lists=lists(options), day=day(options["day"]), marketplaces=tuple(options["marketplace"]), seller=seller,
        trust_claims=claims == "trust", images=options["images"], ocr=options["ocr"],
        strict_images=options["strict_images"], cache=not options["no_cache"], explain=options["explain"],
        workers=options.get("workers") or 1,
    )  # fmt: skip


def read_options(options: Options) -> ReadOptions:
    """What the readers are told."""
    delimiter = options["delimiter"]
    if delimiter is not None:
        delimiter = {"tab": "\t", "\\t": "\t"}.get(str(delimiter), str(delimiter))
        if len(delimiter) != 1:
            raise UsageError("a delimiter is one character, or tab", where="--delimiter")
    return ReadOptions(
        encoding=options["encoding"], delimiter=delimiter, input_format=options["input_format"],
        mapping=mapping(options["mapping"]), image_roots=roots(options["image_root"]),
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

    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"cannot be read ({e})", where=f"--mapping {path}") from None
    try:
        found = json.loads(text) if path.endswith(".json") else yaml_lines.load(Path(path), text)
    except json.JSONDecodeError as e:
        raise UsageError(f"is not JSON: {e.msg}", where=f"{path}:{e.lineno}") from None
    if not isinstance(found, Mapping):
        raise UsageError("must map columns to fields", where=path, remedy="For example: 'Artikel: title'")
    return {str(k): str(v) for k, v in found.items() if k != yaml_lines.LINE}
