"""Options shared by commands; each is also PREFLIGHT_NAME in the environment and a key of preflight.toml."""

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import click

from listing_preflight.cli.config import PATHS
from listing_preflight.readers.names import MODULES
from listing_preflight.reports.catalog import LANGUAGES
from listing_preflight.reports.formats import FORMATS, ON_STDOUT

Command = Callable[..., Any]
Claims = Literal["trust", "ignore"]
FailOn = Literal["high", "medium", "low", "never"]
Engine = Literal["auto", "tesseract", "rapidocr", "off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The values of all shared options; one that a command does not take stands at its default.

    Paths are as the user wrote them, relative to the working directory; `day` is YYYY-MM-DD.
    """

    watchlist: tuple[str, ...] = ()
    with_bundled: bool = False
    marketplace: tuple[str, ...] = ()
    seller: str | None = None
    seller_claims: Claims | None = None
    day: str | None = None
    fail_on: FailOn = "high"
    allow_incomplete: bool = False
    allow_empty: bool = False
    explain: bool = False
    lang: str | None = None
    images: bool = True
    image_root: tuple[str, ...] = ()
    fetch_images: bool = False
    ocr: Engine = "auto"
    strict_images: bool = False
    policy: tuple[str, ...] = ()
    overlay: str | None = None
    max_list_age: int | None = None
    only_changed_since: str | None = None
    no_cache: bool = False
    baseline: str | None = None
    suppressions: str | None = None
    log_file: str | None = None
    input_format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    mapping: str | None = None
    stdout_format: str = "text"
    output: tuple[tuple[str, str], ...] = ()
    evidence: str | None = None
    workers: int = 1
    quiet: bool = False
    verbose: bool = False
    no_progress: bool = False
    resume: str | None = None


def option(*names: str, **rest: Any) -> Callable[[Command], Command]:
    """A click option that is also set by PREFLIGHT_NAME."""
    long = max((n.split("/")[0] for n in names if n.startswith("--")), key=len)
    if long[2:] in PATHS:
        rest.setdefault("type", Named())
    return click.option(*names, envvar="PREFLIGHT_" + long[2:].replace("-", "_").upper(), **rest)


class Named(click.ParamType[str]):
    """The name of a file or folder; several in one variable are separated as in PATH."""

    name = "PATH"
    envvar_list_splitter = os.pathsep


class Output(click.ParamType[tuple[str, str]]):
    """FORMAT:FILE."""

    name = "FORMAT:FILE"
    envvar_list_splitter = "\n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split at the first colon; refuse a format that is not built."""
        if isinstance(value, tuple):
            return value
        kind, colon, file = str(value).partition(":")
        if not colon or not file or kind not in FORMATS:
            self.fail(f"{value!r} is not FORMAT:FILE with a format of {', '.join(FORMATS)}", param, ctx)
        return kind, file


def together(decorators: list[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order of the help."""

    def apply(command: Command) -> Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return apply


def _workers(_: click.Context, __: click.Parameter, value: int) -> int:
    if value < 1:
        raise click.BadParameter("at least 1")
    return value


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    try:
        return datetime.date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date like 2026-01-31") from None


def _delimiter(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    found = {"tab": "\t", "\\t": "\t"}.get(value, value) if value is not None else None
    if found is not None and len(found) != 1:
        raise click.BadParameter("a delimiter is one character, or tab")
    return found


lang_option = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    help="Language of reports and messages [default: from the locale].",
)
list_options = together([
    option("-w", "--watchlist", multiple=True, metavar="PATH", help="List file or folder, compiled list, imported register; replaces the bundled lists."),
    option("--with-bundled", is_flag=True, help="Use the bundled lists beside those of -w."),
])  # fmt: skip
judging_options = together([
    option("--marketplace", multiple=True, metavar="NAME", help="Marketplace of listings that name none (repeatable)."),
    option("--seller", metavar="FILE", help="What the seller may do, with proof (YAML or JSON)."),
    option("--seller-claims", type=click.Choice(get_args(Claims)), default=None,
           help="The seller key inside listings [default: trust, ignore with --seller]."),
    option("--date", "day", metavar="YYYY-MM-DD", callback=_day, help="The day that terms are judged on [default: today]."),
    option("--fail-on", type=click.Choice(get_args(FailOn)), default="high", show_default=True,
           help="Severity from which the exit code is 1."),
    option("--allow-incomplete", is_flag=True, help="Things that could not be checked do not change the exit code."),
    option("--explain", is_flag=True, help="Show what was dropped, and why."),
    lang_option,
    option("--images/--no-images", default=True, help="Look at pictures."),
    option("--image-root", multiple=True, metavar="DIR", help="Folder that picture paths are looked for in (repeatable)."),
    option("--fetch-images", is_flag=True, help="Fetch pictures that are given as web addresses (public ones only)."),
    option("--ocr", type=click.Choice(get_args(Engine)), default="auto", show_default=True,
           help="Engine that reads words in pictures."),
    option("--policy", multiple=True, metavar="FILE", help="Policy pack of your own, beside the shipped ones (repeatable)."),
    option("--overlay", metavar="FILE", help="Words that are ordinary in your trade, names to raise (YAML)."),
    option("--max-list-age", type=click.IntRange(min=0), default=None, metavar="DAYS",
           help="Lists with older data, or of no known day, make the run incomplete."),
    option("--only-changed-since", metavar="LIST",
           help="Check only against marks that are new or changed since this older state of the lists."),
    option("--no-cache", is_flag=True, help="Compile lists and read pictures anew; keep nothing."),
    option("--strict-images", is_flag=True, help="Text seen in a picture and not read makes its listing incomplete."),
    option("--config", metavar="FILE", is_eager=True, expose_value=False, help="Configuration file."),
])  # fmt: skip
suppressions_option = option(
    "--suppressions", metavar="DIR", help="Folder with one file a decision: what people have answered stays answered."
)
baseline_option = option("--baseline", metavar="DIR", help="Findings that were accepted on the day it was made.")
log_option = option("--log-file", metavar="FILE", help="Append what the run did, JSON Lines without listing text.")
many_options = together([
    option("--workers", type=int, default=1, show_default=True, callback=_workers, metavar="N", help="Worker processes."),
    option("--allow-empty", is_flag=True, help="Nothing to scan is fine."),
    option("-q", "--quiet", is_flag=True, help="Nothing on standard error but errors."),
])  # fmt: skip
reading_options = together([
    option("--input-format", type=click.Choice(tuple(MODULES)), default=None, help="Format of the inputs [default: from content]."),
    option("--encoding", metavar="NAME", help="Encoding of the inputs [default: from content]."),
    option("--delimiter", metavar="CHAR", callback=_delimiter, help="Delimiter of tables [default: from content]."),
    option("--sheet", metavar="NAME|NUMBER", help="The only sheet of a workbook to read [default: every one with listings]."),
    option("--mapping", metavar="FILE", help="Columns of an unknown table: YAML or JSON, column: field."),
])  # fmt: skip
run_options = together([
    option("-f", "--format", "stdout_format", type=click.Choice(ON_STDOUT), default="text", show_default=True,
           help="Report on standard output."),
    option("-o", "--output", type=Output(), multiple=True, metavar="FORMAT:FILE", help="Report to a file (repeatable)."),
    option("--evidence", metavar="DIR", help="Write a small crop of each place in a picture that a finding rests on."),
    option("--allow-empty", is_flag=True, help="Nothing to scan is fine."),
    option("--workers", type=int, default=1, show_default=True, callback=_workers, metavar="N", help="Worker processes."),
    option("-q", "--quiet", is_flag=True, help="The counts alone on standard output, or the report that was asked for."),
    option("-v", "--verbose", is_flag=True, help="Show low findings, proof and reasons; say what is set aside."),
    option("--resume", metavar="DIR", help="Keep what is finished there; a run that ended early goes on from it."),
    option("--no-progress", is_flag=True, help="No progress bar."),
])  # fmt: skip
