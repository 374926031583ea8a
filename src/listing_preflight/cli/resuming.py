"""From --resume to the chunks that a scan keeps and takes; what there is to say of them goes to standard error."""

import sys
from collections.abc import Sequence
from pathlib import Path

from listing_preflight.cli.options import Options
from listing_preflight.reports.plain import visible
from listing_preflight.running.digests import digest, program
from listing_preflight.running.resume import Resume, Told
from listing_preflight.scan import Settings


def resuming(paths: Sequence[str], options: Options, told: Settings) -> Resume | None:
    """The folder of --resume, taken for this run; UsageError where it is another run's."""
    if not options.resume:
        return None
    found = Resume(Path(options.resume), Told(inputs=tuple(map(visible, paths)), parts=_parts(told)))
    _say(found.said, quiet=options.quiet)
    return found


def tell_resumed(resumed: Resume | None, *, whole: bool, quiet: bool) -> None:
    """Say how much was taken from the run before."""
    if resumed is not None:
        _say(resumed.ended(whole=whole), quiet=quiet)


def _say(lines: Sequence[str], *, quiet: bool) -> None:
    for line in () if quiet else lines:
        print(visible(line), file=sys.stderr)


def _parts(told: Settings) -> dict[str, str]:
    """All that verdicts hang on beside the listings, by the name that the user knows it by."""
    rest = {
        "marketplaces": told.marketplaces, "date": told.day, "seller file": (told.seller, told.trust_claims), "policy": told.rules,
        "overlay": told.overlay, "image options": (told.images, told.ocr, told.strict_images, told.fetch), "explain": told.explain,
    }  # fmt: skip
    lists = {f"list {one.name}": digest(one.digest, one.version, one.date) for one in told.lists}
    return {"program": program(), **lists, **{name: digest(value) for name, value in rest.items()}}
