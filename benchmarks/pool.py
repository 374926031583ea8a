"""Scan real listings with the bundled lists: share blocked and under review by source, and a fixed sample to be judged by hand.

usage: benchmarks/pool.py [--pool FILE.jsonl.gz] [--sample N] [--show]

Writes benchmarks/results/pool.json (counts) and, with --show, prints the sample: half of it high, half medium, drawn by a fixed
seed over the sorted findings. Verdicts live in benchmarks/labels/pool_findings.csv (listing id, mark, severity, span, and the
verdict with its reason of two readings, the second in another order); no text of a listing is kept. Precision is reported for
those findings that are labelled.
"""

import argparse
import collections
import csv
import gzip
import json
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
LABELS = HERE / "labels/pool_findings.csv"
SEED = 20261124


def scan(pool, tmp):
    source, out = pathlib.Path(tmp, "pool.jsonl"), pathlib.Path(tmp, "report.jsonl")
    source.write_bytes(gzip.decompress(pool.read_bytes()))
    command = [sys.executable, "-m", "listing_preflight.cli.main", "scan", str(source), "-q", "-o", f"jsonl:{out}", "--no-images",
               "--marketplace", "amazon.com", "--fail-on", "never"]  # fmt: skip
    subprocess.run(command, check=True)
    listings = {r["id"]: r for r in map(json.loads, source.read_text("utf-8").splitlines())}
    report = [r for r in map(json.loads, out.read_text("utf-8").splitlines()) if r["type"] == "listing"]
    return listings, report


def sample(report, size):
    rng = random.Random(SEED)
    out = []
    for level in ("high", "medium"):
        rows = ((row["id"], f["mark"]["id"], f) for row in report for f in row["findings"] if f.get("mark"))
        found = sorted((r for r in rows if r[2]["severity"] == level), key=lambda r: r[:2])
        out += rng.sample(found, min(size // 2, len(found)))
    return out


def counts(listings, report):
    by_source, severities, marks = (
        collections.defaultdict(collections.Counter),
        collections.Counter(),
        collections.Counter(),
    )
    for row in report:
        by_source[listings[row["id"]].get("source", "?")][row["decision"]] += 1
        for f in row["findings"]:
            severities[f["severity"]] += 1
            if f.get("mark"):
                marks[f["mark"]["name"]] += 1
    n = len(report)
    return {
        "listings": n, "findings_per_1000": {s: round(1000 * k / n, 1) for s, k in sorted(severities.items())},
        "by_source": {s: dict(c) for s, c in sorted(by_source.items())}, "most": marks.most_common(30),
    }  # fmt: skip


def labels():
    if not LABELS.exists():
        return {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {(r["listing"], r["mark"], r["severity"]): r for r in csv.DictReader(file)}


def precision(chosen):
    """Share right of the drawn findings that are labelled, by severity and by confidence, of both readings, and where they agree."""
    known = labels()
    told = [(f, known[key]) for i, m, f in chosen if (key := (i, m, f["severity"])) in known]
    out = {}
    for name, level in (("severity", ("high", "medium")), ("confidence", ("high", "medium", "low"))):
        for value in level:
            rows = [row for f, row in told if f[name] == value]
            if rows:
                shares = {k: round(sum(r[k] == "right" for r in rows) / len(rows), 3) for k in ("verdict", "second")}
                out[f"{name} {value}"] = {"judged": len(rows), "first": shares["verdict"], "second": shares["second"]}
    if told:
        out["readings agree"] = round(sum(r["verdict"] == r["second"] for _, r in told) / len(told), 3)
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pool", type=pathlib.Path, default=HERE.parent.parent / "shared/data/listings/pool.jsonl.gz")
    ap.add_argument("--sample", type=int, default=200)
    ap.add_argument("--show", action="store_true")
    a = ap.parse_args()
    if not a.pool.exists():
        sys.exit(f"{a.pool} does not exist: name the file with --pool")
    with tempfile.TemporaryDirectory() as tmp:
        listings, report = scan(a.pool, tmp)
    chosen = sample(report, a.sample)
    for listing, mark, finding in chosen if a.show else ():
        place, row = finding["evidence"][0], listings[listing]
        why = finding["reasons"][0]["code"]
        shown = row["title"][:110]
        print(
            f"{listing}|{mark}|{finding['severity']}|{place['field']}|{place.get('start')}-{place.get('end')}|{place['text']}|{why}|b={row.get('brand')}|{shown}"
        )
    result = counts(listings, report) | {"precision": precision(chosen)}
    (HERE / "results/pool.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps({k: result[k] for k in ("listings", "findings_per_1000", "precision")}))


if __name__ == "__main__":
    main()
