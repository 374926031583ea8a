"""Run a scan: read, check and report as it goes, and turn what came of it into an exit code."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from listing_preflight import __version__
from listing_preflight.cli import language
from listing_preflight.cli.changed import ChangedScanner, scanner_of
from listing_preflight.cli.codes import EMPTY, exit_code
from listing_preflight.cli.config import NAME as CONFIGURATION
from listing_preflight.cli.counting import Counting
from listing_preflight.cli.deciding import Decisions, decisions
from listing_preflight.cli.estimate import Estimate
from listing_preflight.cli.evidence import INDEX, Evidence, open_folder
from listing_preflight.cli.journal import Journal
from listing_preflight.cli.outputs import Outputs, check_places, replacing
from listing_preflight.cli.prepare import announce, read_options, settings, stale
from listing_preflight.cli.resuming import resuming, tell_resumed
from listing_preflight.errors import UsageError
from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Aside, Listing, Note
from listing_preflight.model.mark import WatchList
from listing_preflight.readers.catalog import Item, read_path, read_stream
from listing_preflight.readers.options import ReadOptions
from listing_preflight.reports.catalog import catalog
from listing_preflight.reports.formats import FORMATS
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import RunInfo, Summary, Telling
from listing_preflight.reports.translate import translated
from listing_preflight.scan import Scanner, Settings, settle


def run(paths: Iterable[str], options: Mapping[str, Any]) -> int:
    """Scan the paths; the exit code of contract §1."""
    paths = list(paths)
    check_paths(paths)
    told, reading = settings(options), read_options(options)
    announce(told.marketplaces)
    answered = decisions(options, told)
    summary = Summary(strict=told.strict_images)
    check_places(options["output"], paths)
    resumed = resuming(paths, options, told)
    journal = Journal(options["log_file"], "scan")
    with journal, contextlib.ExitStack() as stack:
        journal.started(told.lists)
        pictures = _pictures(stack, told, options)
        outputs = stack.enter_context(
            Outputs(options, lambda kind, stdout: telling(kind, options, pictures, stdout=stdout))
        )
        reports = outputs.all
        for report in reports:
            report.begin(run_info(told, options))
        for gap in stale(told.lists, options):
            summary.count(gap)
            for report in reports:
                report.add(gap)
        progress = stack.enter_context(_progress(paths, reading, options))
        crops = _evidence(stack, options)
        try:
            with scanner_of(told, options, resumed) as scanner:
                settle()
                estimate = _estimate(scanner, paths, reading, options)
                items = items_of(paths, reading)
                _pump(
                    scanner,
                    items,
                    answered,
                    journal,
                    outputs,
                    summary,
                    progress,
                    (crops, pictures),
                    estimate,
                    verbose=options["verbose"],
                    quiet=options["quiet"],
                )
                if isinstance(scanner, ChangedScanner) and not options["quiet"]:
                    print(scanner.said(), file=sys.stderr)
        except KeyboardInterrupt:
            summary.interrupted = True
        for report in reports:
            report.end(summary)
    code = outputs.exit_code(exit_code(summary, options))
    journal.ended(
        {"listings": summary.listings, "gaps": summary.gaps, "suppressed": summary.suppressed, **summary.findings}, code
    )
    tell_resumed(resumed, whole=not summary.interrupted, quiet=options["quiet"])
    answered.tell(whole=summary.complete and not summary.interrupted)
    if code == EMPTY and not options["quiet"]:
        said = "nothing to scan: no listing stands in what was named; --allow-empty takes that for clean"
        print(f"preflight: {translated(said, language.words(options))}", file=sys.stderr)
    return code


def _pump(
    scanner: Scanner | ChangedScanner, items: Iterator[Item], answered: Decisions, journal: Journal, outputs: Outputs, summary: Summary,
    progress: Any, crops: tuple[Evidence | None, Evidence | None], estimate: Estimate | None, *, verbose: bool, quiet: bool,
) -> None:  # fmt: skip
    evidence, pictures = crops
    for result in map(answered.of, scanner.run(items)):
        if evidence is not None and isinstance(result, Verdict):
            result = evidence.add(scanner, result)
        summary.count(result)
        journal.saw(result)
        shown = pictures.add(scanner, result) if pictures is not None and isinstance(result, Verdict) else result
        for report in outputs.all:
            report.add(shown if report.kind == "html" else result)
        if not outputs.wanted:
            summary.interrupted = True
            return
        if isinstance(result, Verdict):
            progress.step()
            said = estimate.step(scanner.pictures(result.listing)) if estimate else None
            if said:
                print(said, file=sys.stderr)
        elif isinstance(result, Note) and not quiet:
            print(_noted(result), file=sys.stderr)
        elif isinstance(result, Aside) and Path(result.origin.file).name == CONFIGURATION:
            print(
                f"note: {visible(result.origin.file)}: configuration is never read from what is scanned",
                file=sys.stderr,
            )
        elif isinstance(result, Aside) and verbose:
            print(f"set aside {visible(result.origin.file)}: {result.detail}", file=sys.stderr)


def _noted(note: Note) -> str:
    """A note in one line."""
    where = visible(note.origin.file) + (f", sheet {visible(note.origin.sheet)}" if note.origin.sheet else "")
    names = ": " + ", ".join(visible(c) for c in note.columns) if note.columns else ""
    return f"note: {where}: {note.detail}{names}"


def _estimate(
    scanner: Scanner | ChangedScanner, paths: list[str], reading: Any, options: Mapping[str, Any]
) -> Estimate | None:
    """What tells the time of a long run; standard input cannot be read ahead."""
    if options["quiet"] or options["no_progress"] or "-" in paths:
        return None

    def items() -> Iterator[Item]:
        for path in paths:
            yield from read_path(Path(path), _shown(path), reading)

    return Estimate(items, lambda item: scanner.pictures(item) if isinstance(item, Listing) else 0)


def run_info(told: Settings, options: Mapping[str, Any]) -> RunInfo:
    """What the run line says: no time, no path."""
    chosen = {
        "marketplaces": list(told.marketplaces), "date": options["day"], "fail_on": options["fail_on"],
        "images": told.images, "ocr": told.ocr, "seller_claims": "trust" if told.trust_claims else "ignore",
    }  # fmt: skip
    since = options.get("only_changed_since")
    chosen |= {"only_changed_since": Path(since).name} if since else {}
    chosen |= {"fetch_images": True} if told.fetch else {}
    return RunInfo(
        tool="listing-preflight", version=__version__, lists=tuple(map(list_record, told.lists)), options=chosen
    )


def list_record(one: WatchList) -> dict[str, object]:
    """One list as the run line has it."""
    return {"name": one.name, "version": one.version, "date": one.date, "digest": one.digest,
            "marks": len(one.marks), "works": len(one.works)}  # fmt: skip


def check_paths(paths: list[str]) -> None:
    """Refuse a path that does not exist before anything is scanned."""
    for path in paths:
        if path != "-" and not os.path.lexists(path):
            raise UsageError("no such file or folder", where=visible(path), remedy="Nothing was scanned")


def items_of(paths: list[str], reading: Any) -> Iterator[Item]:
    """What the paths hold, path by path; marketplaces that nobody knows are announced as they are met."""
    seen: set[str] = set()
    for path in paths:
        found = read_stream(sys.stdin.buffer, reading) if path == "-" else read_path(Path(path), _shown(path), reading)
        for item in found:
            if isinstance(item, Listing) and item.marketplace and item.marketplace not in seen:
                seen.add(item.marketplace) if len(seen) < 1000 else None
                announce([item.marketplace])
            yield item


def _shown(path: str) -> str:
    """A path as reports may show it: as the user named it, an absolute one by its last part."""
    return Path(path).name if Path(path).is_absolute() else Path(path).as_posix()


def _pictures(stack: contextlib.ExitStack, told: Settings, options: Mapping[str, Any]) -> Evidence | None:
    """Small copies of pictures for the page, which holds them itself, in a folder that goes away with the run."""
    if not told.images or not any(kind == "html" for kind, _ in options["output"]):
        return None
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="preflight-")))
    return Evidence(folder, None, lists={one.name: one.folder for one in told.lists if one.works})


def telling(kind: str, options: Mapping[str, Any], pictures: Evidence | None, *, stdout: bool) -> Telling:
    """How a report tells; machine formats follow --lang when it is given, those for people the locale as well."""
    told = language.words(options) if FORMATS[kind].people else catalog(options["lang"] or "en")
    return Telling(
        explain=options["explain"], verbose=options["verbose"], brief=stdout and options["quiet"] and kind == "text",
        crops=pictures.folder if pictures else None, words=told,
    )  # fmt: skip


def _evidence(stack: contextlib.ExitStack, options: Mapping[str, Any]) -> Evidence | None:
    if not options["evidence"]:
        return None
    folder = open_folder(options["evidence"])
    return Evidence(folder, stack.enter_context(replacing(folder / INDEX)))


_ASKED_EVERY = 64


class _Silent:
    def step(self) -> None:
        """Nothing to show."""


class _Bar:
    """Listings done, on standard error; how many there are and the time left once they are counted."""

    def __init__(self, progress: Any, counting: Counting) -> None:
        self._progress, self._counting, self._done = progress, counting, 0
        self._task = progress.add_task("listings", total=None)

    def step(self) -> None:
        """One listing more."""
        self._progress.advance(self._task)
        self._done += 1
        if self._done % _ASKED_EVERY == 0:
            self._progress.update(self._task, total=self._counting.total())


@contextlib.contextmanager
def _progress(paths: list[str], reading: ReadOptions, options: Mapping[str, Any]) -> Iterator[_Silent | _Bar]:
    if options["no_progress"] or options["quiet"] or not sys.stderr.isatty():
        yield _Silent()
        return
    from rich.console import Console
    from rich.progress import (
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    shown = TextColumn("{task.completed:.0f} listings")
    columns = (
        SpinnerColumn(),
        shown,
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with (
        Progress(*columns, console=Console(stderr=True), transient=True) as progress,
        Counting(paths, reading) as counting,
    ):
        yield _Bar(progress, counting)
