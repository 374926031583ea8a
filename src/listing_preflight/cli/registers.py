"""watchlist import, search and diff."""

import datetime
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from listing_preflight.errors import UsageError
from listing_preflight.judging import force
from listing_preflight.model.mark import Mark, Registration
from listing_preflight.reports.plain import visible
from listing_preflight.watchlists.entries import OFFICES
from listing_preflight.watchlists.read import read_lists
from listing_preflight.watchlists.registers.diff import Change, changes
from listing_preflight.watchlists.registers.record import Told
from listing_preflight.watchlists.registers.registry import importer, missing


def import_register(kind: str, files: Sequence[Path], out: Path, told: Told, complete: Sequence[str]) -> int:
    """Import and print what was taken, skipped and why."""
    importer(kind)
    try:
        from listing_preflight.watchlists.registers.run import run
    except ImportError as e:
        raise missing(e) from None
    if out.suffix != ".parquet":
        raise UsageError("must end in .parquet", where=f"-o {out}")
    offices = frozenset(o.upper() for o in complete)
    if strange := offices - OFFICES:
        raise UsageError(f"{min(strange)!r} is not an office code (WIPO ST.3)", where="--complete")
    done = run(kind, files, out, told, offices)
    for line in counts(done.metadata):
        print(visible(line), file=sys.stderr)
    print(visible(f"{out}: {done.metadata['taken']} records"))
    return 0


def described(path: Path) -> list[str]:
    """What an imported register is and where it comes from, from its metadata alone."""
    try:
        from listing_preflight.watchlists.registers.load import digest, metadata
    except ImportError as e:
        raise missing(e) from None
    noted = metadata(path)
    covers = ", ".join(noted["offices"]) or "none completely: not found means nothing"
    rows = {
        "version": noted["date"], "date": noted["date"], "rights": "official", "source": noted["source"],
        "licence": noted["licence"], "covers offices": covers, "records": noted["taken"], "digest": digest(noted),
    }  # fmt: skip
    files = [f"  {'file':<15} {visible(f['name'])} sha256:{f['sha256']}" for f in noted["files"]]
    return [
        visible(path.stem),
        *(f"  {k:<15} {visible(str(v))}" for k, v in rows.items() if v),
        *files,
        *(f"  {'import':<15} {visible(line)}" for line in counts(noted)),
    ]


def counts(noted: Mapping[str, Any]) -> list[str]:
    """What an import took, skipped and why, a line each."""
    lines = [f"{f['name']}: {f['read']} records read, data of {f['date'] or 'an unknown day'}" for f in noted["files"]]
    lines.append(f"taken {noted['taken']}, replaced by a later record of the same number {noted['replaced']}")
    for reason, count in noted["skipped"].items():
        named = [e for f in noted["files"] for e in f["examples"].get(reason, ())][:5]
        lines.append(f"skipped {count}: {reason} ({', '.join(named)}{', …' if count > len(named) else ''})")
    return lines


def search(query: str, paths: Sequence[Path], *, fuzzy: bool, limit: int) -> int:
    """Print the marks of that name or number, the nearest of all lists first; 0 when there is one, 1 when there is none."""
    found = [one for path in paths for one in _found(path, query, fuzzy=fuzzy, limit=limit)]
    for _, line in sorted(found, key=lambda one: _distance(one[0])):
        print(visible(line))
    if not found:
        print(visible(f"nothing found for {query!r}"))
    return 0 if found else 1


def _distance(how: str) -> tuple[bool, bool, str]:
    """What found marks are sorted by: as they are asked for, then folded, then by edits."""
    return how.startswith("fuzzy"), how != "exact", how


def _found(path: Path, query: str, *, fuzzy: bool, limit: int) -> Iterator[tuple[str, str]]:
    """How each mark of a list was found, and its line."""
    from listing_preflight.watchlists.registers.plain_lists import search_list

    if path.suffix != ".parquet":
        for one in read_lists([path]):
            for mark, how in search_list(one, query, fuzzy=fuzzy)[:limit]:
                yield how, _line(one.name, how, *_shown(mark))
        return
    try:
        from listing_preflight.watchlists.registers.load import judged
        from listing_preflight.watchlists.registers.query import Register
    except ImportError as e:
        raise missing(e) from None
    register = Register(path)
    for found in register.find(query, fuzzy=fuzzy, limit=limit):
        how = f"fuzzy, {found.edits} edits" if found.how == "fuzzy" else found.how
        record = found.record
        rights = judged(record.registrations, register.metadata["date"])
        yield how, _line(path.stem, how, record.id, record.name, record.owner, rights)


def _shown(mark: Mark) -> tuple[str, str, str | None, tuple[Registration, ...]]:
    return mark.id, mark.name, mark.owner, mark.registrations


def _line(where: str, how: str, number: str, name: str, owner: str | None, rows: Sequence[Registration]) -> str:
    rights = "; ".join(
        f"{r.office or 'everywhere'} {r.number or '-'} {_force_today(r)} ({r.status}) "
        f"classes {','.join(map(str, sorted(r.classes or ()))) or '?'}"
        for r in rows
    )
    return f"{name or '(no words)'}  [{how}]  {where}:{number}  {owner or 'owner not given'}  {rights}"


def _force_today(row: Registration) -> str:
    """What a registration's status says today."""
    return force.of(row, datetime.datetime.now().astimezone().date()).kind


def diff(old: Path, new: Path) -> int:
    """Print new, changed and dead marks; 0 whatever is found."""
    counted: Counter[str] = Counter()
    day = datetime.datetime.now().astimezone().date()
    for change in changes(_keyed(old), _keyed(new), lambda row: force.of(row, day).kind):
        counted[change.kind] += 1
        print(visible(f"{change.kind:<8} {change.id}  {change.name or '(no words)'}  {_way(change)}"))
    print(", ".join(f"{counted[k]} {k}" for k in ("new", "changed", "dead", "gone")), file=sys.stderr)
    return 0


def _way(change: Change) -> str:
    return change.now or change.was if not (change.was and change.now) else f"{change.was} → {change.now}"


def _keyed(path: Path) -> Iterator[tuple[str, Mark]]:
    if path.suffix != ".parquet":
        return ((mark.id, mark) for one in read_lists([path]) for mark in one.marks)
    try:
        from listing_preflight.watchlists.registers import load
    except ImportError as e:
        raise missing(e) from None
    seen = load.metadata(path)["date"]
    return ((r.id, load.mark(r, path.stem, None, seen)) for r in load.iterate(path))
