"""What came of a run as an exit code of contract §1, the same for every format and worker count."""

from listing_preflight.cli.options import Options
from listing_preflight.reports.run import Summary

INTERRUPTED = 130
EMPTY = 5


def exit_code(summary: Summary, options: Options) -> int:
    """Contract §1; never dependent on the output format."""
    if summary.interrupted:
        return INTERRUPTED
    if not summary.listings and not summary.gaps:
        return 0 if options.allow_empty else EMPTY
    found = summary.reaches(options.fail_on)
    if summary.complete or options.allow_incomplete:
        return 1 if found else 0
    return 4 if found else 3
