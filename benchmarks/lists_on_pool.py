"""Scan a pool of real listings with the bundled lists and count findings by severity and mark.

usage: lists_on_pool.py [POOL.jsonl.gz] [-o RESULT.json] [--samples N] [--names MARKS.jsonl]

POOL defaults to ../shared/data/listings/pool.jsonl.gz beside the checkout; without it nothing is measured. The result
holds counts only. --samples prints excerpts of the most found marks for reading, --names counts how many names of a
file of marks the lists hold.
"""

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.read import read_lists

ROOT = Path(__file__).resolve().parent.parent
POOL = ROOT.parent / "shared/data/listings/pool.jsonl.gz"
MARKS = ROOT / "brand_lists/marks"


def scan(pool: Path) -> list[dict]:
    """The listing lines of a text-only scan."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "pool.jsonl"
        with gzip.open(pool) as packed, plain.open("wb") as out:
            shutil.copyfileobj(packed, out)
        report = Path(folder) / "report.jsonl"
        command = [sys.executable, "-m", "listing_preflight.cli.main"]
        found = shutil.which("preflight", path=str(Path(sys.executable).parent))
        command = [found] if found else command
        subprocess.run(
            [*command, "scan", str(plain), "--no-images", "--marketplace", "amazon.com", "-w", str(MARKS), "-q",
             "--fail-on", "never", "-o", f"jsonl:{report}", "--allow-incomplete"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        with report.open(encoding="utf-8") as lines:
            return [row for row in map(json.loads, lines) if row["type"] == "listing"]


def counted(rows: list[dict]) -> dict:
    """Counts by severity and the thirty marks with the most findings."""
    severity: Counter[str] = Counter()
    by_mark: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for finding in row["findings"]:
            severity[finding["severity"]] += 1
            by_mark[finding["mark"]["id"]][finding["severity"]] += 1
    most = sorted(by_mark.items(), key=lambda kv: (-kv[1].total(), kv[0]))[:30]
    return {
        "listings": len(rows),
        "listings_with_high": sum(any(f["severity"] == "high" for f in r["findings"]) for r in rows),
        "findings": dict(sorted(severity.items())),
        "per_1000_listings": {k: round(1000 * v / len(rows), 1) for k, v in sorted(severity.items())},
        "most_found": [{"mark": k, **dict(sorted(v.items()))} for k, v in most],
    }


def samples(rows: list[dict], marks: list[str], size: int) -> None:
    """Print the first excerpts of each mark."""
    for mark in marks:
        own = [(r, f) for r in rows for f in r["findings"] if f["mark"]["id"] == mark]
        print(f"== {mark} {len(own)}")
        step = max(1, len(own) // size)
        for row, finding in own[::step][:size]:
            print("  ", finding["severity"], _excerpt(finding), row["id"])


def _excerpt(finding: dict) -> str:
    place = (finding.get("evidence") or [{}])[0]
    return json.dumps(place, ensure_ascii=False)[:260]


def held(names: Path) -> tuple[int, int]:
    """How many names of a JSON Lines file of marks are in the bundled lists, and how many it has."""
    lists = read_lists([MARKS])
    keys = {folded_key(n) for one in lists for m in one.marks for n in (m.name, *(a.name for a in m.aliases))}
    rows = [json.loads(line) for line in names.read_text("utf-8").splitlines() if line.strip()]
    return sum(folded_key(r["name"]) in keys for r in rows), len(rows)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("pool", nargs="?", type=Path, default=POOL)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--samples", type=int, default=0)
    parser.add_argument("--names", type=Path)
    options = parser.parse_args()
    if options.names:
        print("names held: {} of {}".format(*held(options.names)))
    if not options.pool.exists():
        print(f"{options.pool}: no such file; nothing measured")
        return 0
    rows = scan(options.pool)
    result = counted(rows)
    text = json.dumps(result, indent=1, ensure_ascii=False)
    print(text)
    if options.samples:
        samples(rows, [m["mark"] for m in result["most_found"]], options.samples)
    if options.output:
        options.output.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
