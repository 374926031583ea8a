"""suppress: write a decision about findings that are there, with the state that it is made on."""

import dataclasses
import glob
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listing_preflight.cli.deciding import decisions
from listing_preflight.cli.language import warn
from listing_preflight.cli.options import Options
from listing_preflight.cli.passing import pass_through
from listing_preflight.cli.prepare import settings
from listing_preflight.decisions.state import listing_state, mark_state, target
from listing_preflight.decisions.suppression_files import decision, write_suppression
from listing_preflight.errors import UsageError
from listing_preflight.model.finding import RANK, Finding, Verdict
from listing_preflight.reports.plain import number_of, visible

Found = list[tuple[Verdict, Finding]]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the command is told of a decision: its scope, what is decided, how long it holds."""

    status: str
    reason: str
    author: str
    finding: tuple[str, ...] = ()
    listing: str | None = None
    mark: str | None = None
    use: tuple[str, ...] = ()
    expires: str | None = None
    until: tuple[str, ...] = ()


def run(paths: Sequence[str], answer: Answer, options: Options) -> int:
    """Look for the findings, then write one file for each scope; a scope that holds no finding is an error."""
    if not options.suppressions:
        raise UsageError("is missing", where="--suppressions", remedy="Name the folder of decisions")
    if not answer.finding and not (answer.listing and answer.mark):
        raise UsageError("names no finding", where="suppress", remedy="Give --finding, or --listing and --mark")
    folder, told = Path(options.suppressions), settings(options)
    found: Found = []
    answered = decisions(dataclasses.replace(options, suppressions=str(folder) if folder.is_dir() else None), told)
    pass_through(paths, options, told, answered, lambda v: found.extend((v, f) for f in v.findings if not f.suppressed))
    rows = _exact(found, answer) if answer.finding else [_scope(answer)]
    written = [_row(scope, found, answer, folder, str(told.day)) for scope in rows]
    for row in written:
        path = write_suppression(folder, row)
        print(visible(str(path)))
        if told_broad := decision(row, folder).over_broad:
            warn(f"{path}: {told_broad}")
    if not options.quiet:
        print(f"preflight: {number_of(len(written), 'decision')} written", file=sys.stderr)
    return 0


def _exact(found: Found, answer: Answer) -> list[Row]:
    """A scope for each fingerprint: that listing, marketplace, mark, rule and use, and nothing beside it."""
    wanted = dict.fromkeys(answer.finding)
    rows = {}
    for verdict, finding in found:
        key = finding.fingerprint(verdict.listing.id)
        if key in wanted:
            rows[key] = {"listing": glob.escape(verdict.listing.id)} | _about(finding)
    if missing := [key for key in wanted if key not in rows]:
        remedy = "Take fingerprints of open findings from the report"
        raise UsageError("no open finding of this run has it", where=f"--finding {missing[0]}", remedy=remedy)
    return [rows[key] for key in wanted]


def _about(finding: Finding) -> Row:
    """What a finding is about and where, as a decision names it."""
    site = {"marketplace": finding.site} if finding.site else {}
    held = {"mark" if finding.mark else "work": name} if (name := target(finding)) else {}
    return site | held | {"rule": finding.rule, "use": finding.use}


def _scope(answer: Answer) -> Row:
    return {"listing": answer.listing, "mark": answer.mark} | ({"use": list(answer.use)} if answer.use else {})


def _row(scope: Row, found: Found, answer: Answer, folder: Path, day: str) -> Row:
    """A whole decision: its scope, what was decided, and what it was decided on."""
    row = scope | {"status": answer.status, "reason": answer.reason, "author": answer.author, "date": day}
    if answer.expires:
        row["expires"] = answer.expires
    if answer.until:
        row |= {"until": list(answer.until), "state": {}}
    one = decision(row, folder)
    held = [(v, f) for v, f in found if one.speaks_of(f) and one.covers(f, v.listing)]
    if not held:
        remedy = "Check --listing, --mark and --use against the report"
        raise UsageError("no open finding lies in the scope", where="suppress", remedy=remedy)
    row["severity"] = max((f.severity for _, f in held), key=RANK.__getitem__)
    if answer.until:
        marks = {name: mark_state(f) for _, f in held if (name := target(f))}
        row["state"] = {"marks": marks, "listings": {v.listing.id: listing_state(v.listing) for v, _ in held}}
    return row
