"""fix: judge an export, write its corrected copy beside its place, judge that again, and only then put it there."""

import contextlib
import dataclasses
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from listing_preflight.cli.codes import exit_code
from listing_preflight.cli.options import Options
from listing_preflight.cli.outputs import replacing
from listing_preflight.cli.prepare import announce, read_options, settings
from listing_preflight.decisions.fixing import changes as listed
from listing_preflight.decisions.fixing import copies
from listing_preflight.decisions.fixing.changes import Change
from listing_preflight.errors import PreflightError, UsageError
from listing_preflight.model.finding import RANK, Finding, Verdict
from listing_preflight.model.listing import Listing
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import choose
from listing_preflight.readers.source import open_source
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Summary
from listing_preflight.scan import Scanner, Settings, settle
from listing_preflight.storage.replacing import drafted

Key = tuple[str, int | None, str | None]


class RefusedError(PreflightError):
    """A corrected copy that is not what was accepted; nothing is written."""


class _Seen(NamedTuple):
    """What one scan of a file showed: offered changes, findings by listing, texts by listing, the summary."""

    offered: list[Change]
    findings: dict[tuple[int, str | None], list[Finding]]
    texts: list[tuple[str, tuple[tuple[str, str | None, str], ...]]]
    summary: Summary


def run(file: Path, copy: Path, accept: Sequence[str], options: Options) -> int:
    """Write the copy and its change lists; the exit code is that of a scan of the copy."""
    _check(file, copy)
    told = dataclasses.replace(settings(options), images=False)
    announce(told.marketplaces)
    reading = read_options(options)
    source = open_source(file, file.name, reading.encoding)
    choice = choose(source, reading)
    copies.check(choice, source)
    with Scanner(told) as scanner:
        settle()
        before = _scan(scanner, file, file.name, reading, told)
        taken, left = listed.accepted(before.offered, accept)
        with _written(copy), drafted(copy, copy.suffix) as draft:
            with draft.open("wb") as out:
                copies.write(source, choice, reading, taken, out)
            after = _scan(scanner, draft, file.name, dataclasses.replace(reading, encoding=source.encoding), told)
            _hold(before, after, taken)
            _lists(copy, taken)
    if not options.quiet:
        _tell(copy, taken, left)
    return exit_code(after.summary, options)


def _check(file: Path, copy: Path) -> None:
    if not file.is_file():
        raise UsageError("no such file", where=visible(str(file)), remedy="Name one export file")
    if copy.is_dir():
        raise UsageError("is a folder", where=visible(str(copy)), remedy="Name a file in it")
    if copy.exists() and not copy.is_file():
        raise UsageError(
            "is a pipe or device; the copy is read again before it counts",
            where=visible(str(copy)),
            remedy="Name a file",
        )
    if copy.exists() and not os.access(copy, os.W_OK):
        raise UsageError("is read-only", where=visible(str(copy)), remedy="Name another file")
    if copy.exists() and copy.samefile(file):
        raise UsageError("the copy would replace its original", where="-o", remedy="Name another file")
    if not copy.parent.is_dir():
        raise UsageError("no such folder", where=visible(str(copy.parent)))


@contextlib.contextmanager
def _written(copy: Path) -> Iterator[None]:
    """A place that cannot be written to, or a full disk, as an error; every file is as it was."""
    try:
        yield
    except OSError as e:
        remedy = "A copy that was there before is as it was"
        raise RefusedError(f"cannot be written ({e.strerror or e})", where=visible(str(copy)), remedy=remedy) from None


def _lists(copy: Path, taken: Sequence[Change]) -> None:
    """The change lists, put in place just before the copy: a list of changes that were not made is seen, the reverse is not."""
    with replacing(Path(f"{copy}.changes.json")) as out, replacing(Path(f"{copy}.changes.csv")) as table:
        listed.write_json(taken, out)
        listed.write_csv(taken, table)


def _scan(scanner: Scanner, path: Path, shown: str, reading: ReadOptions, told: Settings) -> _Seen:
    found = _Seen([], {}, [], Summary(strict=told.strict_images))
    number = -1
    last: object = None
    for result in scanner.run(read_path(path, shown, reading)):
        found.summary.count(result)
        if isinstance(result, Verdict):
            number += result.listing is not last
            last = result.listing
            found.offered.extend(listed.offered(result))
            if result.findings:
                found.findings[number, result.marketplace] = list(result.findings)
            if len(found.texts) <= number:
                found.texts.append(_texts(result.listing))
    return found


def _texts(listing: Listing) -> tuple[str, tuple[tuple[str, str | None, str], ...]]:
    return listing.id, tuple((t.field, t.name, t.value) for t in listing.texts)


def _hold(before: _Seen, after: _Seen, taken: Sequence[Change]) -> None:
    """Refuse a copy in which anything else changed, an accepted finding stays, or another finding appears."""
    changed = Counter((c.before, c.after) for c in taken)
    if len(before.texts) != len(after.texts):
        raise RefusedError("the copy does not hold the same listings", remedy="Nothing was written")
    for (_, was), (_, now) in zip(before.texts, after.texts, strict=True):
        differing = [(a[2], b[2]) for a, b in zip(was, now, strict=False) if a != b]
        if len(was) != len(now) or any(pair not in changed for pair in differing):
            raise RefusedError("more than the accepted cells would change", remedy="Nothing was written")
    for place, found in after.findings.items():
        worst = {(f.rule, f.key): RANK[f.severity] for f in before.findings.get(place, ())}
        worse = [f for f in found if RANK[f.severity] > worst.get((f.rule, f.key), RANK["low"])]
        if worse:
            name = worse[0].mark.name if worse[0].mark else worse[0].rule
            raise RefusedError(f"the copy would raise a finding about {visible(name)}", remedy="Nothing was written")


def _tell(copy: Path, taken: Sequence[Change], left: Sequence[Change]) -> None:
    print(f"{len(taken)} cells changed; written {visible(str(copy))}, .changes.csv and .changes.json", file=sys.stderr)
    for change in left:
        where = f"{change.column!r} of row {change.row}"
        print(
            visible(f"left as it was: {where} has several rewrites; accept one by id ({change.rewrite})"),
            file=sys.stderr,
        )
