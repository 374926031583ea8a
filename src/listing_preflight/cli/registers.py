"""watchlist import, search and diff."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from listing_preflight.errors import UsageError
from listing_preflight.reports.plain import visible
from listing_preflight.watchlists.entries import OFFICES
from listing_preflight.watchlists.registers.record import Told
from listing_preflight.watchlists.registers.registry import importer, missing


def import_register(kind: str, files: Sequence[Path], out: Path, told: Mapping[str, Any]) -> int:
    """Import and print what was taken, skipped and why."""
    importer(kind)
    try:
        from listing_preflight.watchlists.registers.run import run
    except ImportError as e:
        raise missing(e) from None
    if out.suffix != ".parquet":
        raise UsageError("must end in .parquet", where=f"-o {out}")
    offices = frozenset(o.upper() for o in told["complete"])
    if strange := offices - OFFICES:
        raise UsageError(f"{min(strange)!r} is not an office code (WIPO ST.3)", where="--complete")
    done = run(kind, files, out, Told(told["mapping"], told["views"]), offices)
    for line in counts(done.metadata):
        print(visible(line), file=sys.stderr)
    print(visible(f"{out}: {done.metadata['taken']} records"))
    return 0


def counts(noted: Mapping[str, Any]) -> list[str]:
    """What an import took, skipped and why, a line each."""
    lines = [f"{f['name']}: {f['read']} records read, data of {f['date'] or 'an unknown day'}" for f in noted["files"]]
    lines.append(f"taken {noted['taken']}, replaced by a later record of the same number {noted['replaced']}")
    for reason, count in noted["skipped"].items():
        named = [e for f in noted["files"] for e in f["examples"].get(reason, ())][:5]
        lines.append(f"skipped {count}: {reason} ({', '.join(named)}{', …' if count > len(named) else ''})")
    return lines
