"""The gate: one listing in, one listing line out."""

import dataclasses
import sys
from typing import TYPE_CHECKING

from listing_preflight.cli.codes import exit_code
from listing_preflight.cli.deciding import decisions
from listing_preflight.cli.journal import Journal
from listing_preflight.cli.options import Options
from listing_preflight.cli.prepare import announce, roots, settings, stale
from listing_preflight.errors import UsageError
from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Listing, Origin
from listing_preflight.readers.carriers.json_values import loads
from listing_preflight.readers.formats.native import ListingError, make_listing, unread_keys
from listing_preflight.readers.notes import MOST
from listing_preflight.reports.catalog import catalog
from listing_preflight.reports.jsonl import line
from listing_preflight.reports.plain import visible
from listing_preflight.reports.records import listing_record
from listing_preflight.reports.run import Summary
from listing_preflight.scan import Scanner

if TYPE_CHECKING:
    from listing_preflight.cli.changed import ChangedScanner
    from listing_preflight.engine import Settings


def _scanner(told: "Settings", options: Options) -> "Scanner | ChangedScanner":
    """What scans; the comparison of two states of a list is loaded where it is asked for alone."""
    if not options.only_changed_since:
        return Scanner(told)
    from listing_preflight.cli.changed import scanner_of

    return scanner_of(told, options)


def run(options: Options) -> int:
    """Check the listing on standard input; exit code as for a scan of it."""
    with Journal(options.log_file, "gate") as journal:
        return _run(options, journal)


def _run(options: Options, journal: Journal) -> int:
    listing = _listing(sys.stdin.buffer.read(), roots(options.image_root))
    told = settings(options)
    if listing.marketplace:
        announce([listing.marketplace], "the listing's marketplace")
    else:
        announce(told.marketplaces, "--marketplace")
    answered = decisions(options, told)
    journal.started(told.lists)
    words = catalog(options.lang or "en")
    summary = Summary(strict=told.strict_images)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        for gap in stale(told.lists, options):
            summary.count(gap)
            print(visible(f"stale list: {gap.detail}"), file=sys.stderr)
        with _scanner(dataclasses.replace(told, single=True), options) as scanner:
            for result in map(answered.of, scanner.run([listing])):
                summary.count(result)
                journal.saw(result)
                if isinstance(result, Verdict):
                    print(line(listing_record(result, explain=options.explain, words=words)))
    except KeyboardInterrupt:
        summary.interrupted = True
    if summary.not_requested:
        print(words.say("note-not_requested", n=summary.not_requested) + ".", file=sys.stderr)
    answered.tell(whole=False)
    code = exit_code(summary, options)
    journal.ended({"listings": summary.listings, "gaps": summary.gaps, "suppressed": summary.suppressed}, code)
    return code


def _listing(data: bytes, folders: tuple[str, ...]) -> Listing:
    remedy = "Give one listing object"
    try:
        value = loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError("is not UTF-8", where="standard input", remedy=remedy) from None
    except (ValueError, RecursionError):
        what = "is not one JSON value" if data.strip() else "is empty"
        raise UsageError(what, where="standard input", remedy=remedy) from None
    if not isinstance(value, dict):
        raise UsageError("is not a JSON object", where="standard input", remedy=remedy)
    if names := unread_keys(value):
        shown = ", ".join(visible(n) for n in names[:MOST])
        print(f"note: standard input: fields with text that were not read: {shown}", file=sys.stderr)
    try:
        return make_listing(value, Origin(file="-", row=1), (".", *folders))
    except ListingError as e:
        raise UsageError(str(e), where="standard input") from None
