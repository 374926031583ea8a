"""Go once through a catalog for its verdicts alone, without a report."""

from collections.abc import Callable, Sequence

from listing_preflight.cli.changed import scanner_of
from listing_preflight.cli.deciding import Decisions
from listing_preflight.cli.options import Options
from listing_preflight.cli.prepare import announce, read_options, stale
from listing_preflight.cli.scanning import check_paths, items_of
from listing_preflight.model.finding import Verdict
from listing_preflight.reports.run import Summary
from listing_preflight.scan import Settings, settle


def pass_through(
    paths: Sequence[str],
    options: Options,
    told: Settings,
    answered: Decisions,
    see: Callable[[Verdict], None],
) -> Summary:
    """Show each verdict of the paths; the counts of the run. An interruption is left to the caller's caller: nothing is half done."""
    check_paths(list(paths))
    announce(told.marketplaces, "--marketplace")
    summary = Summary(strict=told.strict_images)
    for gap in stale(told.lists, options):
        summary.count(gap)
    with scanner_of(told, options) as scanner:
        settle()
        for result in map(answered.of, scanner.run(items_of(list(paths), read_options(options)))):
            summary.count(result)
            if isinstance(result, Verdict):
                see(result)
    return summary
