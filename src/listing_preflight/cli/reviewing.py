"""review: a local page to decide on the findings of a report; --stats: what the decisions say of the rules."""

import contextlib
import getpass
import sys
import tempfile
import threading
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from listing_preflight.cli.configured import ConfiguredCommand
from listing_preflight.cli.options import Options, lang_option, list_options, option, reading_options
from listing_preflight.errors import PreflightError, UsageError

if TYPE_CHECKING:
    from listing_preflight.review.report import Report
    from listing_preflight.review.sources import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """The values of the options that `review` alone has."""

    decisions: str | None
    catalog: tuple[str, ...]
    author: str | None
    stats: bool
    csv_file: str | None
    port: int
    no_browser: bool


@click.command("review", cls=ConfiguredCommand)
@click.argument("report", required=False, metavar="REPORT")
@click.option(
    "--decisions", metavar="DIR", help="Folder of decisions, one file each; --suppressions of a scan reads it."
)
@click.option(
    "--catalog",
    multiple=True,
    metavar="PATH",
    help="What was scanned, for sentences and pictures [default: the files that the report names].",
)
@click.option("--author", metavar="NAME", help="Who decides [default: the name of the account].")
@click.option("--stats", is_flag=True, help="Print how often each rule and mark was right, from the decisions.")
@click.option("--csv", "csv_file", metavar="FILE", help="With --stats: the same as CSV.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page [default: any free one].")
@click.option("--no-browser", is_flag=True, help="Print the address alone; open no browser.")
@list_options
@option("--image-root", multiple=True, metavar="DIR", help="Folder that picture paths are looked for in (repeatable).")
@option("--date", "day", metavar="YYYY-MM-DD", help="The day that terms are judged on [default: today].")
@option("--no-cache", is_flag=True, help="Compile lists and read pictures anew; keep nothing.")
@lang_option
@reading_options
def command(report: str | None, **options: Any) -> int:
    """Decide on the findings of a report (-o jsonl:FILE of a scan) in a browser, on this machine alone."""
    own = Reviewing(**{one.name: options.pop(one.name) for one in fields(Reviewing)})
    if own.stats:
        return _stats(report, own)
    if own.csv_file:
        raise UsageError("needs --stats", where="--csv")
    if report is None:
        raise UsageError("names no report", where="review", remedy="Give the JSON Lines report of a scan")
    from listing_preflight.cli.serving import need_extra

    need_extra("review")
    return _page(Path(report), own, Options(**options))


def _folder(own: Reviewing, *, writable: bool) -> Path:
    if not own.decisions:
        raise UsageError("is missing", where="--decisions", remedy="Name the folder that decisions lie in")
    folder = Path(own.decisions)
    if not writable:
        return folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as e:
        remedy = "Decisions need a folder that can be written to"
        raise UsageError(f"cannot be written to ({e.strerror})", where=f"--decisions {folder}", remedy=remedy) from None
    return folder


def _page(path: Path, own: Reviewing, options: Options) -> int:
    from listing_preflight.cli.language import of_environment
    from listing_preflight.cli.prepare import day, opened
    from listing_preflight.reports.plain import number_of
    from listing_preflight.review.admission import Keys
    from listing_preflight.review.app import Page, make_app
    from listing_preflight.review.crops import Crops
    from listing_preflight.review.folder import Folder
    from listing_preflight.review.marks import known
    from listing_preflight.review.queue import Queue
    from listing_preflight.review.report import Report
    from listing_preflight.review.run import run
    from listing_preflight.review.sources import Sources
    from listing_preflight.service.server import bound

    folder = Folder(_folder(own, writable=True))
    report = Report(path)
    marks = known(report, opened(options)[0])
    sources = Sources(report)
    for fault in (*report.faults, *_lacking(report, options.lang), *(f.text for f in folder.faults)):
        _say(f"warning: {fault}")
    queue, keys = Queue(report, folder, day(options.day), marks.states), Keys()
    with (
        tempfile.TemporaryDirectory(prefix="preflight-review-") as copies,
        contextlib.closing(Crops(Path(copies))) as crops,
    ):
        page = Page(
            queue,
            sources,
            crops,
            keys,
            marks,
            lang=options.lang or of_environment(),
            author=own.author or _account(),
        )
        sock = bound("127.0.0.1", own.port)
        address = f"http://127.0.0.1:{sock.getsockname()[1]}/open?key={keys.key}"
        shown = f"{number_of(report.findings, 'finding')} of {number_of(len(report.groups), 'cause')}"
        _say(f"{shown}{' of a report that is not whole' if report.lacking else ''}; decisions go to {folder.path}")
        _say(f"open {address}  (Ctrl-C ends it)")
        threading.Thread(target=_load, args=(sources, report, own.catalog, options), daemon=True).start()
        if not own.no_browser:
            import webbrowser

            webbrowser.open(address)
        run(make_app(page, keys), sock)
    return 0


def _lacking(report: "Report", lang: str | None = None) -> list[str]:
    """What the page says as well where the report is not whole."""
    from listing_preflight.cli.language import of_environment
    from listing_preflight.review import phrases

    lack = report.lacking
    words = phrases.of(lang or of_environment())
    return [f"{report.path}: {words[lack.phrase].format(**lack.params)}"] if lack else []


def _load(sources: "Sources", report: "Report", catalog: tuple[str, ...], options: Options) -> None:
    """Read the catalog beside the page; what cannot be read is said, and the page goes on without it."""
    from listing_preflight.cli.prepare import read_options
    from listing_preflight.cli.scanning import items_of

    paths = list(catalog) or _named(report)
    if not paths:
        sources.is_loaded = True
        return
    try:
        sources.load(lambda: items_of(paths, read_options(options)))
    except (PreflightError, OSError) as e:
        _say(f"warning: {e}")
    finally:
        sources.is_loaded = True


def _named(report: "Report") -> list[str]:
    """Files that the report names and that lie where it says: relative to here, never led out of here."""
    files = dict.fromkeys(i.file for g in report.groups.values() for i in g.items if i.file)
    return [f for f in files if not Path(f).is_absolute() and ".." not in Path(f).parts and Path(f).is_file()]


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _stats(report: str | None, own: Reviewing) -> int:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from listing_preflight.reports.plain import visible
    from listing_preflight.review import stats
    from listing_preflight.review.counted import counted
    from listing_preflight.review.report import Report

    folder = _folder(own, writable=False)
    told = Report(Path(report)) if report else None
    for fault in (*told.faults, *_lacking(told)) if told else ():
        _say(f"warning: {fault}")
    found = stats.tallies(counted(folder, told))
    if own.csv_file:
        try:
            Path(own.csv_file).write_text(stats.as_csv(found), "utf-8", newline="\n")
        except OSError as e:
            raise UsageError(f"cannot be written ({e.strerror})", where=f"--csv {own.csv_file}") from None
    table = Table(*stats.HEAD, box=box.SIMPLE)
    for row in stats.rows(found):
        table.add_row(*map(visible, row))
    Console(markup=False, highlight=False).print(table)
    return 0


def _say(text: str) -> None:
    from listing_preflight.reports.plain import visible

    print(f"preflight: {visible(text)}", file=sys.stderr, flush=True)
