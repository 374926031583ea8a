"""Run a scan: read, check and report as it goes, and turn what came of it into an exit code."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from listing_preflight import __version__
from listing_preflight.cli import language
from listing_preflight.cli.changed import ChangedScanner, scanner_of
from listing_preflight.cli.codes import EMPTY, exit_code
from listing_preflight.cli.counting import Counting
from listing_preflight.cli.deciding import decisions
from listing_preflight.cli.estimate import Estimate
from listing_preflight.cli.evidence import INDEX, Evidence, open_folder
from listing_preflight.cli.journal import Journal
from listing_preflight.cli.options import Options
from listing_preflight.cli.outputs import Outputs, check_places, replacing
from listing_preflight.cli.prepare import announce, read_options, settings, stale
from listing_preflight.cli.resuming import resuming, tell_resumed
from listing_preflight.cli.screen import Screen
from listing_preflight.errors import UsageError
from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Listing, Note, Origin
from listing_preflight.model.mark import WatchList
from listing_preflight.policy.marketplaces import marketplace, not_applied
from listing_preflight.readers.catalog import Item, read_path, read_stream
from listing_preflight.readers.options import ReadOptions
from listing_preflight.reports.catalog import catalog
from listing_preflight.reports.formats import FORMATS
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.translate import translated
from listing_preflight.scan import Scanner, Settings, settle
from listing_preflight.text.core import core


def run(paths: Iterable[str], options: Options) -> int:
    """Scan the paths; the exit code of contract §1."""
    paths = list(paths)
    check_paths(paths)
    told, reading = settings(options), read_options(options)
    announce(told.marketplaces, "--marketplace")
    answered = decisions(options, told)
    summary = Summary(strict=told.strict_images)
    check_places(options.output, paths)
    resumed = resuming(paths, options, told)
    journal = Journal(options.log_file, "scan")
    with journal, contextlib.ExitStack() as stack:
        journal.started(told.lists)
        pictures = _pictures(stack, told, options)
        outputs = stack.enter_context(
            Outputs(options, lambda kind, stdout: telling(kind, options, pictures, stdout=stdout))
        )
        for report in outputs.all:
            report.begin(run_info(told, options))
        for gap in stale(told.lists, options):
            summary.count(gap)
            outputs.add(gap, gap)
        screen = stack.enter_context(Screen(options, Counting(paths, reading)))
        crops = _evidence(stack, options)
        try:
            with scanner_of(told, options, resumed) as scanner:
                settle()
                told_how = scanner.reading(reading) if isinstance(scanner, ChangedScanner) else reading
                screen.expect(_estimate(scanner, paths, reading, options), scanner.pictures)
                results = map(answered.of, scanner.run(_announced(told.marketplaces, items_of(paths, told_how))))
                sees = (summary.count, journal.saw, screen.saw)
                summary.interrupted = not _pump(results, outputs, sees, scanner, crops, pictures)
                if isinstance(scanner, ChangedScanner) and not options.quiet:
                    print(translated(scanner.said(), language.words(options.lang)), file=sys.stderr)
        except KeyboardInterrupt:
            summary.interrupted = True
        for report in outputs.all:
            report.end(summary)
    code = outputs.exit_code(exit_code(summary, options))
    journal.ended(
        {"listings": summary.listings, "gaps": summary.gaps, "suppressed": summary.suppressed, **summary.findings}, code
    )
    tell_resumed(resumed, whole=not summary.interrupted, quiet=options.quiet)
    answered.tell(whole=summary.complete and not summary.interrupted and not summary.not_rechecked)
    if code == EMPTY and not options.quiet:
        said = "nothing to scan: no listing stands in what was named; --allow-empty takes that for clean"
        print(f"preflight: {translated(said, language.words(options.lang))}", file=sys.stderr)
    return code


def _pump(
    results: Iterable[Result], outputs: Outputs, sees: Sequence[Callable[[Result], None]], scanner: Scanner | ChangedScanner, evidence: Evidence | None,
    pictures: Evidence | None,
) -> bool:  # fmt: skip
    """Hand each result to those who see it and to the reports; False where nobody takes a report any more."""
    for result in results:
        if evidence is not None and isinstance(result, Verdict):
            result = evidence.add(scanner, result)
        for see in sees:
            see(result)
        shown = pictures.add(scanner, result) if pictures is not None and isinstance(result, Verdict) else result
        outputs.add(result, shown)
        if not outputs.wanted:
            return False
    return True


def _estimate(
    scanner: Scanner | ChangedScanner, paths: list[str], reading: ReadOptions, options: Options
) -> Estimate | None:
    """What tells the time of a long run; standard input cannot be read ahead."""
    if options.quiet or options.no_progress or "-" in paths:
        return None

    def items() -> Iterator[Item]:
        for path in paths:
            yield from read_path(Path(path), shown(path), reading)

    return Estimate(items, lambda item: scanner.pictures(item) if isinstance(item, Listing) else 0)


def run_info(told: Settings, options: Options) -> RunInfo:
    """What the run line says: no time, no path."""
    chosen = {
        "marketplaces": list(told.marketplaces), "date": options.day, "fail_on": options.fail_on,
        "images": told.images, "ocr": told.ocr, "seller_claims": "trust" if told.trust_claims else "ignore",
    }  # fmt: skip
    since = options.only_changed_since
    chosen |= {"only_changed_since": Path(since).name} if since else {}
    chosen |= {"fetch_images": True} if told.fetch else {}
    return RunInfo(
        tool="listing-preflight", version=__version__, core=core().name, lists=tuple(map(list_record, told.lists)),
        options=chosen,
    )  # fmt: skip


def list_record(one: WatchList) -> dict[str, object]:
    """One list as the run line has it."""
    return {"name": one.name, "version": one.version, "date": one.date, "digest": one.digest,
            "marks": len(one.marks), "works": len(one.works)}  # fmt: skip


def check_paths(paths: list[str]) -> None:
    """Refuse a path that does not exist before anything is scanned."""
    for path in paths:
        if path != "-" and not os.path.lexists(path):
            raise UsageError("no such file or folder", where=visible(path), remedy="Nothing was scanned")


def items_of(paths: list[str], reading: ReadOptions) -> Iterator[Item]:
    """What the paths hold, path by path; marketplaces that nobody knows are announced as they are met."""
    seen: set[str] = set()
    for path in paths:
        found = read_stream(sys.stdin.buffer, reading) if path == "-" else read_path(Path(path), shown(path), reading)
        for item in found:
            if isinstance(item, Listing) and item.marketplace and item.marketplace not in seen:
                yield from _met(item.marketplace, item.origin, seen)
            yield item


def _met(name: str, origin: Origin, seen: set[str]) -> Iterator[Note]:
    """Announce a marketplace of a listing if nobody knows it; behind the first thousand names that no more are."""
    if len(seen) < MOST_NAMES:
        seen.add(name)
        announce([name], "the listing's marketplace")
        yield from _unknown(name, "the listing's marketplace", origin)
    elif ALL_OTHERS not in seen:
        seen.add(ALL_OTHERS)
        yield Note(
            origin=origin,
            detail=f"more than {MOST_NAMES:,} names of marketplaces; what is unknown among the others is not told",
            told=True,
        )


MOST_NAMES = 1_000
ALL_OTHERS = ""
"""What stands among the names for all that are not kept."""


def _announced(names: Sequence[str], items: Iterator[Item]) -> Iterator[Item]:
    """Notes on marketplaces of the command line that nobody knows, and the items."""
    for name in names:
        yield from _unknown(name, "--marketplace", Origin(file="command line"))
    yield from items


def _unknown(name: str, where: str, origin: Origin) -> Iterator[Note]:
    if not marketplace(name).known:
        yield Note(origin=origin, detail=not_applied(name, where), told=True)


def shown(path: str) -> str:
    """A path as reports may show it: as the user named it, an absolute one by its last part."""
    return Path(path).name if Path(path).is_absolute() else Path(path).as_posix()


def _pictures(stack: contextlib.ExitStack, told: Settings, options: Options) -> Evidence | None:
    """Small copies of pictures for the page, which holds them itself, in a folder that goes away with the run."""
    if not told.images or not any(FORMATS[kind].pictures for kind, _ in options.output):
        return None
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="preflight-")))
    return Evidence(folder, None, lists={one.name: one.folder for one in told.lists if one.works})


def telling(kind: str, options: Options, pictures: Evidence | None, *, stdout: bool) -> Telling:
    """How a report tells; machine formats follow --lang when it is given, those for people the locale as well."""
    told = language.words(options.lang) if FORMATS[kind].people else catalog(options.lang or "en")
    return Telling(
        explain=options.explain, verbose=options.verbose, brief=stdout and options.quiet and FORMATS[kind].console,
        crops=pictures.folder if pictures else None, words=told,
    )  # fmt: skip


def _evidence(stack: contextlib.ExitStack, options: Options) -> Evidence | None:
    if not options.evidence:
        return None
    folder = open_folder(options.evidence)
    return Evidence(folder, stack.enter_context(replacing(folder / INDEX)))
