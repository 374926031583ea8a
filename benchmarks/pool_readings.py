"""Hold 200 drawn findings of real listings, and 200 listings without one, against what two independent readers said of them.

usage: benchmarks/pool_readings.py [--pool FILE.jsonl.gz] [--json OUT]

`first look` is what the readers said of the findings as they were drawn (benchmarks/labels/pool_second_*.csv, and drawn anew, pool_third_*.csv to pool_eleventh_*.csv: listing id, mark, the
severity that was told, and the severity that each reader would have told; no text of a listing). `now` scans the pool again and
counts how many of the findings that both readers agree on have the severity that they gave, and how many listings with a missed
risk are silent still.
"""

import argparse
import collections
import csv
import json
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
POOL = HERE.parent.parent / "shared/data/listings/pool.jsonl.gz"
sys.path.insert(0, str(HERE))
import pool as drawn  # noqa: E402


def labels(name):
    with (HERE / "labels" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_look(rows, silent):
    """Shares that each reader called right, by severity; listings in which one reader saw a risk that nothing told."""
    told = collections.Counter(r["severity"] for r in rows)
    right = {
        reader: {s: sum(r[reader] == s == r["severity"] for r in rows) for s in told} for reader in ("first", "second")
    }
    return {"findings": dict(told), "right": right, "silent": len(silent), "silent with a missed risk": sum(bool(r["missed"]) for r in silent)}


def scanned(source):
    """Listing id → name of a mark → severity, of the whole pool."""
    with tempfile.TemporaryDirectory() as tmp:
        _, report = drawn.scan(source, tmp)
    return {r["id"]: {f.get("mark", {}).get("name"): f["severity"] for f in r["findings"]} for r in report}


def now(rows, silent, found):
    agreed = [r for r in rows if r["first"] == r["second"]]
    held = collections.Counter(r["first"] for r in agreed if found.get(r["listing"], {}).get(r["mark"], "none") == r["first"])
    missed = [r for r in silent if r["missed"]]
    still = [r for r in missed if not {"high", "medium"} & set(found.get(r["listing"], {}).values())]
    return {
        "agreed": dict(collections.Counter(r["first"] for r in agreed)), "told as both readers say": dict(held),
        "silent with a missed risk": len(missed), "silent still": len(still),
    }  # fmt: skip


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pool", type=pathlib.Path, default=POOL)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/pool_readings.json")
    a = ap.parse_args()
    result, found = {}, scanned(a.pool) if a.pool.exists() else None
    for name in ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"):
        rows, silent = labels(f"pool_{name}_findings.csv"), labels(f"pool_{name}_silent.csv")
        result[name] = {"first look": first_look(rows, silent)}
        if found is not None:
            result[name]["now, tuned on them"] = now(rows, silent, found)
    a.json.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
