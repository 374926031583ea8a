"""From --resume to the chunks that a scan keeps and takes; what there is to say of them goes to standard error."""

import contextlib
import functools
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from listing_preflight.cli.changed import differing, glue_of, reaching
from listing_preflight.cli.options import Options
from listing_preflight.cli.sieving import in_question
from listing_preflight.cli.touching import Touching
from listing_preflight.errors import ListError
from listing_preflight.images.looked import Fault
from listing_preflight.model.listing import Listing
from listing_preflight.model.mark import WatchList
from listing_preflight.reports.plain import visible
from listing_preflight.running.digests import digest, program
from listing_preflight.running.judges import supervised
from listing_preflight.running.resume import LIST, Earlier, Resume, Told, differences
from listing_preflight.scan import Settings
from listing_preflight.watchlists.compiled import Compiled
from listing_preflight.watchlists.index import Index, open_lists


def resuming(paths: Sequence[str], options: Options, told: Settings) -> Resume | None:
    """The folder of --resume, taken for this run; UsageError where it is another run's."""
    if not options.resume:
        return None
    parts = _parts(told)
    found = Resume(Path(options.resume), Told(inputs=tuple(map(visible, paths)), parts=parts))
    earlier = _earlier(found, parts, told)
    if earlier is not None:
        found.take_over(earlier)
    found.keep_lists([one.path for one in _files(told.index)])
    _say(found.said, quiet=options.quiet)
    return found


def _files(index: Index | None) -> list[Compiled]:
    """The compiled files that names are looked up in; none where some are in memory alone."""
    if index is None or index.loose:
        return []
    return [*dict.fromkeys(one for one in (index.names, *index.registers) if one is not None)]


def _earlier(resume: Resume, parts: Mapping[str, str], told: Settings) -> Earlier | None:
    """What is to be taken over from the run before: what it said of listings that no changed mark can touch.

    None where more than the content of lists has changed, or its lists are not there any more.
    """
    before = resume.before
    if before is None or before.keys() != parts.keys():
        return None
    files = resume.lists_of(before)
    if not files or not all(name.startswith(LIST) for name in differences(before, parts)):
        return None
    try:
        was = open_lists(files, keep=False, say=lambda _: None)
    except ListError:
        return None
    kept = {name: one for name, one in before.items() if name.startswith(LIST)}
    if _of_lists(was.lists) != kept:  # a file was written over since, or could not be kept
        return None
    marks, _ = differing(was.lists, told.lists, facts=hash)
    marks = reaching(marks, [*was.lists, *told.lists])
    if not marks:
        return Earlier(before, lambda _: False, lambda: None)
    make = functools.partial(Touching, marks, glue_of(told.index) | glue_of(was.index))
    ready = make()
    sieve, judges = ready.sieve, supervised(make, ready, 1)

    def touches(listings: Sequence[Listing]) -> bool:
        left = [words for _, words in in_question(sieve, listings)]
        (answer,) = judges.submit([left]).result() if left else ((),)
        return isinstance(answer, Fault) or bool(answer)

    return Earlier(before, touches, judges.close)


def tell_resumed(resumed: Resume | None, *, whole: bool, quiet: bool) -> None:
    """Say how much was taken from the run before."""
    if resumed is not None:
        _say(resumed.ended(whole=whole), quiet=quiet)


def _say(lines: Sequence[str], *, quiet: bool) -> None:
    with contextlib.suppress(OSError, ValueError):  # nobody may listen any more
        for line in () if quiet else lines:
            print(visible(line), file=sys.stderr)


def _parts(told: Settings) -> dict[str, str]:
    """All that verdicts hang on beside the listings, by the name that the user knows it by."""
    rest = {
        "marketplaces": told.marketplaces, "date": told.day, "seller file": (told.seller, told.trust_claims), "policy": told.rules,
        "overlay": told.overlay, "image options": (told.images, told.ocr, told.strict_images, told.fetch), "explain": told.explain,
    }  # fmt: skip
    return {"program": program(), **_of_lists(told.lists), **{name: digest(value) for name, value in rest.items()}}


def _of_lists(lists: Sequence[WatchList]) -> dict[str, str]:
    return {f"{LIST}{one.name}": digest(one.digest, one.version, one.date) for one in lists}
