"""baseline create, diff and prune."""

import dataclasses
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from listing_preflight.cli.codes import exit_code
from listing_preflight.cli.deciding import decisions
from listing_preflight.cli.options import Options
from listing_preflight.cli.passing import pass_through
from listing_preflight.cli.prepare import settings
from listing_preflight.decisions.baseline import Baseline, Change, Collected, changes, pruned
from listing_preflight.decisions.baseline_files import MANIFEST, read_baseline, write_baseline
from listing_preflight.errors import UsageError
from listing_preflight.reports.plain import number_of, visible
from listing_preflight.reports.run import Summary


def _whole(options: Options) -> None:
    """A baseline speaks of the whole catalog: what is not judged again would be missing in it, or stand as gone."""
    if options.only_changed_since:
        raise UsageError(
            "leaves listings out, and a baseline speaks of all", where="--only-changed-since", remedy="Leave it out"
        )


def create(paths: Sequence[str], folder: Path, options: Options) -> int:
    """Accept every finding; what could not be checked is said, for it is not in the baseline."""
    _whole(options)
    told = settings(options)
    before = read_baseline(folder) if (folder / MANIFEST).is_file() else Baseline()
    seen = Collected()
    summary = pass_through(paths, options, told, decisions(dataclasses.replace(options, baseline=None), told), seen.add)
    now = seen.baseline()
    files = write_baseline(folder, now)
    _say(
        options,
        f"{folder}: {number_of(now.findings, 'finding')} of {number_of(summary.listings, 'listing')} accepted, {number_of(files, 'file')} written",
    )
    if before.entries:
        gone, new = len(before.entries.keys() - now.entries.keys()), len(now.entries.keys() - before.entries.keys())
        _say(options, f"compared with the baseline that was there: {new} new, {gone} gone")
    _tell_gaps(summary, seen, options)
    return 0


def diff(paths: Sequence[str], options: Options) -> int:
    """Print what is new, risen and gone against the baseline."""
    before, summary, seen = _against(paths, options)
    found = changes(before, seen.baseline())
    for change in found:
        print(visible(_line(change)))
    counts = Counter(c.kind for c in found)
    _say(options, f"{counts['new']} new, {counts['risen']} risen, {counts['gone']} gone; "
                  f"the baseline holds back {number_of(summary.suppressed, 'finding')}")  # fmt: skip
    _tell_gaps(summary, seen, options)
    return exit_code(summary, options)


def prune(paths: Sequence[str], options: Options) -> int:
    """Write the baseline without what is not found any more; a run that could not look everywhere takes nothing out."""
    before, summary, seen = _against(paths, options)
    code = exit_code(summary, dataclasses.replace(options, fail_on="never", allow_incomplete=False, allow_empty=False))
    if code:
        _tell_gaps(summary, seen, options)
        _say(options, "nothing was taken out: what was not looked at may still be there")
        return code
    after = pruned(before, seen.baseline())
    files = write_baseline(_folder(options), after)
    _say(
        options,
        f"{before.findings - after.findings} of {number_of(before.findings, 'finding')} taken out, {number_of(files, 'file')} written",
    )
    return 0


def _against(paths: Sequence[str], options: Options) -> tuple[Baseline, Summary, Collected]:
    """The baseline, the counts of a run under it, and all that the run found."""
    _whole(options)
    before = read_baseline(_folder(options))
    told = settings(options)
    seen = Collected()
    return before, pass_through(paths, options, told, decisions(options, told), seen.add), seen


def _folder(options: Options) -> Path:
    if not options.baseline:
        raise UsageError("is missing", where="--baseline", remedy="Name the folder of the baseline")
    return Path(options.baseline)


def _line(change: Change) -> str:
    parts = change.parts
    times = f" ({change.times}×)" if change.times > 1 else ""
    site = parts.marketplace or "no marketplace"
    return (
        f"{change.kind:<6} {change.severity:<7} {parts.rule}  {parts.listing}  {site}  {parts.name}  {parts.use}{times}"
    )


def _tell_gaps(summary: Summary, seen: Collected, options: Options) -> None:
    if not summary.complete:
        _say(
            options,
            f"incomplete: {number_of(summary.gaps, 'thing')} could not be checked; findings there are not counted here",
        )
    if seen.without_id:
        _say(
            options,
            f"{number_of(seen.without_id, 'finding')} of listings without an id, known by file and row: new when rows move",
        )


def _say(options: Options, text: str) -> None:
    if not options.quiet:
        print(f"preflight: {visible(text)}", file=sys.stderr)
