"""fix: judge an export, write its corrected copy beside its place, judge that again, and only then put it there."""

import contextlib
import dataclasses
import itertools
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from listing_preflight.cli.codes import exit_code
from listing_preflight.cli.deciding import decisions
from listing_preflight.cli.options import Options
from listing_preflight.cli.outputs import replacing
from listing_preflight.cli.prepare import announce, read_options, settings
from listing_preflight.cli.scanning import shown
from listing_preflight.decisions.fixing import changes as listed
from listing_preflight.decisions.fixing import copies
from listing_preflight.decisions.fixing.account import Fate, account
from listing_preflight.decisions.fixing.account import told as account_told
from listing_preflight.decisions.fixing.changes import Change, Unmended
from listing_preflight.errors import PreflightError, UsageError
from listing_preflight.model.finding import RANK, Finding, Verdict
from listing_preflight.model.listing import Listing
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import choose
from listing_preflight.readers.source import open_source
from listing_preflight.reports.plain import number_of, visible
from listing_preflight.reports.run import Result, Summary
from listing_preflight.scan import Scanner, Settings, settle
from listing_preflight.storage.replacing import drafted

Key = tuple[str, int | None, str | None]


class RefusedError(PreflightError):
    """A corrected copy that is not what was accepted; nothing is written."""


class _Seen(NamedTuple):
    """What one scan of a file showed: offered changes, findings by listing, texts by listing, the summary, findings without a rewrite."""

    offered: list[Change]
    findings: dict[tuple[int, str | None], list[Finding]]
    texts: list[tuple[str, tuple[tuple[str, str | None, str], ...]]]
    summary: Summary
    unmended: list[Unmended]


class Corrected(NamedTuple):
    """The cells that were changed, those left because several rewrites fit, what became of the findings, the summary of a scan
    of the copy, and the findings that no rewrite is offered for.
    """

    taken: list[Change]
    left: list[Change]
    fates: Counter[Fate]
    summary: Summary
    unmended: list[Unmended]


def run(file: Path, copy: Path, accept: Sequence[str], options: Options) -> int:
    """Write the copy and its change lists; the exit code is that of a scan of the copy."""
    _check(file, copy)
    told = dataclasses.replace(settings(options), images=False)
    announce(told.marketplaces, "--marketplace")
    answered = decisions(options, told)
    done = correct(file, copy, told, read_options(options), accept, answer=answered.of, named=shown(str(file)))
    answered.tell(whole=False)
    if not options.quiet:
        _tell(copy, done, accept)
    return exit_code(done.summary, options)


def correct(
    file: Path, copy: Path, told: Settings, reading: ReadOptions, accept: Sequence[str],
    wanted: Callable[[Change], bool] = lambda _: True, answer: Callable[[Result], Result] = lambda found: found,
    named: str | None = None,
) -> Corrected:  # fmt: skip
    """Write a corrected copy with the accepted changes that are wanted, judged again before it is put in place.

    `answer` marks the findings that people have decided on: these are left as they are.
    `named` is the file as a scan shows it, which ids of listings without one hang on.
    """
    _check(file, copy)
    name = named or file.name
    source = open_source(file, file.name, reading.encoding)
    choice = choose(source, reading)
    copies.check(choice, source)
    with Scanner(told) as scanner:
        settle()
        before = _scan(_Scan(scanner, name, told, answer), file, reading)
        taken, left = listed.accepted([c for c in before.offered if wanted(c)], accept)
        with _written(copy), drafted(copy, copy.suffix) as draft:
            with draft.open("wb") as out:
                copies.write(source, choice, reading, taken, out)
            again = _Scan(scanner, name, told, answer)
            after = _scan(again, draft, dataclasses.replace(reading, encoding=source.encoding))
            _hold(before, after, taken)
            _lists(copy, taken, before.unmended)
    fates = account(itertools.chain.from_iterable(before.findings.values()), before.offered, taken, left)
    return Corrected(taken, left, fates, after.summary, before.unmended)


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


def _lists(copy: Path, taken: Sequence[Change], unmended: Sequence[Unmended]) -> None:
    """The change lists, put in place just before the copy: a list of changes that were not made is seen, the reverse is not."""
    with replacing(Path(f"{copy}.changes.json")) as out, replacing(Path(f"{copy}.changes.csv")) as table:
        listed.write_json(taken, unmended, out)
        listed.write_csv(taken, table)


class _Scan(NamedTuple):
    """How a file is scanned before and after; it is called as a scan calls it, so that listings without ids, and findings, have one id."""

    scanner: Scanner
    shown: str
    told: Settings
    answer: Callable[[Result], Result]


def _scan(by: _Scan, path: Path, reading: ReadOptions) -> _Seen:
    found = _Seen([], {}, [], Summary(strict=by.told.strict_images), [])
    number = -1
    last: object = None
    for result in map(by.answer, by.scanner.run(read_path(path, by.shown, reading))):
        found.summary.count(result)
        if isinstance(result, Verdict):
            number += result.listing is not last
            last = result.listing
            found.offered.extend(listed.offered(result))
            found.unmended.extend(listed.unmended(result, by.told.day))
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


def _tell(copy: Path, done: Corrected, accept: Sequence[str]) -> None:
    changed = f"{number_of(len(done.taken), 'cell')} changed"
    print(f"{changed}; written {visible(str(copy))}, .changes.csv and .changes.json", file=sys.stderr)
    print(f"{number_of(done.fates.total(), 'finding')}{':' if done.fates else ' to mend'}", file=sys.stderr)
    for line in account_told(done.fates, Counter(one.why for one in done.unmended)):
        print(line, file=sys.stderr)
    for change in done.left:
        where, clash = f"{change.column!r} of row {change.row}", change.rewrite in accept
        why = "rewrites of the same words were accepted" if clash else "it has several rewrites"
        told = f"left as it was: {where}: {why}; accept one by id ({change.rewrite})"
        print(visible(told), file=sys.stderr)
