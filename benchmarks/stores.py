"""Scan real shops with the bundled lists: listings with an actionable finding per 1,000, and the share that is right.

usage: benchmarks/stores.py [--stores FOLDER] [--show]

FOLDER defaults to ../shared/data/stores beside the checkout; without it nothing is measured. An actionable finding is high or medium.
benchmarks/labels/stores_findings.csv holds a reading of each one that remains (file, listing, mark, severity, right, reason), no text of
a listing; --show prints those that nobody has read. Of the shop of football shirts benchmarks/labels/football_names.csv says which club,
nation, league or maker each title names: *named* is the share of listings where an actionable finding names it, or where any stands.
Writes benchmarks/results/stores.json.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
STORES = HERE.parent.parent / "shared/data/stores"
LABELS = HERE / "labels/stores_findings.csv"
NAMES = HERE / "labels/football_names.csv"
SITES = {"etsy_woodcraft.csv": "etsy.com"}
"""The marketplace of a shop's export; of the others amazon.com."""
FANS = "shopify_football_shirts.csv"


def scan(path, folder):
    """The listing lines of a text-only scan."""
    report = pathlib.Path(folder, path.stem + ".jsonl")
    command = [sys.executable, "-m", "listing_preflight.cli.main", "scan", str(path), "-q", "--no-images", "--fail-on", "never",
               "--allow-incomplete", "--marketplace", SITES.get(path.name, "amazon.com"), "-o", f"jsonl:{report}"]  # fmt: skip
    subprocess.run(command, check=True)
    with report.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["type"] == "listing"]


def actionable(row):
    """Its high and medium findings of a mark in text."""
    return [f for f in row["findings"] if f["severity"] in ("high", "medium") and f.get("mark")]


def read(path):
    """The labels of one file by listing, mark and severity."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if r["file"] == path.name]
    return {(r["listing"], r["mark"], r["severity"]): r["right"] == "yes" for r in rows}


def figures(path, rows):
    """Counts of one shop, and the findings that nobody has read."""
    found = [(r["id"], f["mark"]["id"], f["severity"]) for r in rows for f in actionable(r)]
    labels = read(path)
    verdicts = [labels[f] for f in found if f in labels]
    listings = sum(bool(actionable(r)) for r in rows)
    out = {
        "listings": len(rows), "with_actionable": listings, "per_1000": round(1000 * listings / max(len(rows), 1), 1),
        "findings": len(found), "read": len(verdicts), "right": sum(verdicts),
    }  # fmt: skip
    return out, [f for f in found if f not in labels]


def named(rows):
    """How many listings of the fan shop carry a protected name, have an actionable finding, and have one of that very name."""
    with NAMES.open(encoding="utf-8", newline="") as lines:
        marks = {r["listing"]: r["mark"] for r in csv.DictReader(lines) if r["mark"]}
    carrying = [r for r in rows if r["id"] in marks]
    exact = sum(any(f["mark"]["id"] == marks[r["id"]] for f in actionable(r)) for r in carrying)
    return {
        "listings": len(rows),
        "carrying": len(carrying),
        "found": sum(bool(actionable(r)) for r in carrying),
        "by_that_name": exact,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--stores", type=pathlib.Path, default=STORES)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    if not options.stores.is_dir():
        print(f"{options.stores}: not there, nothing measured")
        return 0
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(options.stores.glob("*.csv")):
            rows = scan(path, folder)
            out[path.name], unread = (named(rows), []) if path.name == FANS else figures(path, rows)
            print(path.name, json.dumps(out[path.name]))
            for one in unread if options.show else ():
                print("  unread:", *one)
    (HERE / "results/stores.json").write_text(json.dumps(out, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
