"""Options shared by commands; each is also PREFLIGHT_NAME in the environment and a key of preflight.toml."""

import os
from collections.abc import Callable
from typing import Any

import click

from listing_preflight.cli.config import PATHS
from listing_preflight.cli.speaking import SpeakingOption
from listing_preflight.reports.catalog import LANGUAGES
from listing_preflight.reports.formats import FORMATS, ON_STDOUT

READERS = (
    "amazon-template", "amazon-report", "shopify", "woocommerce", "etsy", "ebay", "magento", "prestashop", "bigcommerce",
    "tiktok-shop", "facebook", "google-merchant", "amazon-items", "ebay-browse", "walmart", "jsonl", "wxr", "merchant-xml",
    "table", "json",
)  # fmt: skip
Command = Callable[..., Any]


def option(*names: str, **rest: Any) -> Callable[[Command], Command]:
    """A click option that is also set by PREFLIGHT_NAME."""
    long = max((n.split("/")[0] for n in names if n.startswith("--")), key=len)
    if long[2:] in PATHS:
        rest.setdefault("type", Named())
    return click.option(*names, cls=SpeakingOption, envvar="PREFLIGHT_" + long[2:].replace("-", "_").upper(), **rest)


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


def _all(decorators: list[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    def apply(command: Command) -> Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return apply


def _workers(_: click.Context, __: click.Parameter, value: int) -> int:
    if value < 1:
        raise click.BadParameter("at least 1")
    return value


lang_option = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    help="Language of reports and messages [default: from the locale].",
)
list_options = _all([
    option("-w", "--watchlist", multiple=True, metavar="PATH", help="List file or folder, compiled list, imported register; replaces the bundled lists."),
    option("--with-bundled", is_flag=True, help="Use the bundled lists beside those of -w."),
])  # fmt: skip
judging_options = _all([
    option("--marketplace", multiple=True, metavar="NAME", help="Marketplace of listings that name none (repeatable)."),
    option("--seller", metavar="FILE", help="What the seller may do, with proof (YAML or JSON)."),
    option("--seller-claims", type=click.Choice(["trust", "ignore"]), default=None,
           help="The seller key inside listings [default: trust, ignore with --seller]."),
    option("--date", "day", metavar="YYYY-MM-DD", help="The day that terms are judged on [default: today]."),
    option("--fail-on", type=click.Choice(["high", "medium", "low", "never"]), default="high", show_default=True,
           help="Severity from which the exit code is 1."),
    option("--allow-incomplete", is_flag=True, help="Things that could not be checked do not change the exit code."),
    option("--explain", is_flag=True, help="Show what was dropped, and why."),
    lang_option,
    option("--images/--no-images", default=True, help="Look at pictures."),
    option("--image-root", multiple=True, metavar="DIR", help="Folder that picture paths are looked for in (repeatable)."),
    option("--fetch-images", is_flag=True, help="Fetch pictures that are given as web addresses (public ones only)."),
    option("--ocr", type=click.Choice(["auto", "tesseract", "rapidocr", "off"]), default="auto", show_default=True,
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
many_options = _all([
    option("--workers", type=int, default=1, show_default=True, callback=_workers, metavar="N", help="Worker processes."),
    option("--allow-empty", is_flag=True, help="Nothing to scan is fine."),
    option("-q", "--quiet", is_flag=True, help="Nothing on standard error but errors."),
])  # fmt: skip
reading_options = _all([
    option("--input-format", type=click.Choice(READERS), default=None, help="Format of the inputs [default: from content]."),
    option("--encoding", metavar="NAME", help="Encoding of the inputs [default: from content]."),
    option("--delimiter", metavar="CHAR", help="Delimiter of tables [default: from content]."),
    option("--sheet", metavar="NAME|NUMBER", help="The only sheet of a workbook to read [default: every one with listings]."),
    option("--mapping", metavar="FILE", help="Columns of an unknown table: YAML or JSON, column: field."),
])  # fmt: skip
run_options = _all([
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
