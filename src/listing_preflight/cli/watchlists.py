"""The commands over lists and registers: check, info, compile, import, search, diff, hash."""

from pathlib import Path
from typing import Any

import click

from listing_preflight.cli.options import Options, list_options
from listing_preflight.cli.speaking import SpeakingGroup


@click.group(cls=SpeakingGroup, name="watchlist")
def group() -> None:
    """Validate, inspect, search, compile and compare watch-lists; import registers."""


@group.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="LIST...")
def check(paths: tuple[str, ...]) -> int:
    """Validate lists: every entry, ids, hints on names that need context."""
    from listing_preflight.cli.lists import check

    return check([Path(p) for p in paths])


@group.command("info")
@click.argument("paths", nargs=-1, metavar="[LIST...]")
def info(paths: tuple[str, ...]) -> int:
    """Sources, dates, licences and counts of lists; the bundled ones when none is named."""
    from listing_preflight.cli.lists import info

    return info([Path(p) for p in paths])


@group.command("compile")
@click.argument("paths", nargs=-1, required=True, metavar="LIST...")
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="The file to write; -w takes it in place of the lists."
)
def compile_(paths: tuple[str, ...], output: str) -> int:
    """Compile lists of any format into one file that opens at once."""
    from listing_preflight.cli.lists import compile_into

    return compile_into([Path(p) for p in paths], Path(output))


@group.command("import")
@click.argument("kind", metavar="FORMAT", type=click.Choice(["uspto-tdxf", "euipo-xml", "csv", "pdq"]))
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", required=True, metavar="OUT", help="The list to write: .parquet, for pdq .json.")
@click.option("--mapping", metavar="FILE|NAME", help="Columns of a table: a file, or the name of a shipped one.")
@click.option("--views", metavar="DIR", help="Folder of the views of designs; they are kept as hashes.")
@click.option("--complete", multiple=True, metavar="OFFICE", help="Office whose register these files hold completely.")
def import_(
    kind: str, files: tuple[str, ...], output: str, mapping: str | None, views: str | None, complete: tuple[str, ...]
) -> int:
    """Import an official register (uspto-tdxf, euipo-xml, csv) or a list of PDQ hashes (pdq)."""
    if kind == "pdq":
        from listing_preflight.cli.lists import import_hashes

        return import_hashes([Path(f) for f in files], Path(output))
    from listing_preflight.cli.registers import import_register
    from listing_preflight.watchlists.registers.record import Told

    return import_register(kind, [Path(f) for f in files], Path(output), Told(mapping, views), complete)


@group.command("search")
@click.argument("query", metavar="NAME|NUMBER")
@list_options
@click.option("--fuzzy/--no-fuzzy", default=True, help="Names within a few edits where none is the same.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Most results of each list.")
def search(query: str, fuzzy: bool, limit: int, **options: Any) -> int:  # noqa: FBT001 - click's call
    """Find marks by name (exact, folded, fuzzy) or number; exit 1 when nothing is found."""
    from listing_preflight.cli.prepare import named_lists
    from listing_preflight.cli.registers import search

    return search(query, named_lists(Options(**options)), fuzzy=fuzzy, limit=limit)


@group.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
def diff(old: str, new: str) -> int:
    """New, changed and dead marks between two states of a list."""
    from listing_preflight.cli.registers import diff

    return diff(Path(old), Path(new))


@group.command("hash")
@click.argument("files", nargs=-1, required=True, metavar="PICTURE...")
def hash_(files: tuple[str, ...]) -> int:
    """Print the hash of pictures as lists write it."""
    from listing_preflight.cli.lists import print_hashes

    return print_hashes([Path(f) for f in files])
