"""Print how often each row of the table of verdicts fires over real listings, with samples; `make judging-audit`.

usage: benchmarks/judging_audit.py [--shared DIR] [--samples N] [--json OUT]

A row that fires fewer than 5 times and carries no clause of the reasoning should go. Samples name file and row, no listing's text.
"""

import argparse
import collections
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

from listing_preflight.judging.table import table

HERE = pathlib.Path(__file__).parent


def files(shared, folder):
    pool = folder / "pool.jsonl"
    pool.write_bytes(gzip.decompress((shared / "data/listings/pool.jsonl.gz").read_bytes()))
    return {"pool": pool, **{f.stem: f for f in sorted((shared / "data/stores").glob("*.csv"))}}


def fired(path, site):
    """Row → (times, samples) over the mentions and drops of one file."""
    command = [sys.executable, "-m", "listing_preflight.cli.main", "scan", str(path), "-f", "jsonl", "-q", "--explain",
               "--no-images", "--marketplace", site, "--fail-on", "never", "--allow-incomplete"]  # fmt: skip
    out, known = collections.defaultdict(list), table().by_id
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as run:
        for line in run.stdout:
            row = json.loads(line)
            if row["type"] != "listing":
                continue
            where = f"{path.name}#{row['source']['row']}"
            for finding in row["findings"]:
                code = next((r["use"] for r in finding["reasons"] if r["code"] == "legal-risk"), None)
                if code in known:
                    out[code].append(f"{where} {finding['mark']['name']} {finding['severity']}")
            for drop in row["dropped"]:
                if drop["reason"] in known:
                    out[drop["reason"]].append(f"{where} {drop['mark']}")
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--samples", type=int, default=5)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/judging_audit.json")
    a = ap.parse_args()
    total = collections.defaultdict(dict)
    with tempfile.TemporaryDirectory() as tmp:
        for name, path in files(a.shared, pathlib.Path(tmp)).items():
            for row, seen in fired(path, "etsy.com" if name.startswith("etsy") else "amazon.com").items():
                total[row][name] = len(seen)
                print(
                    f"{row}: {len(seen)} in {name}",
                    *(f"  {s}" for s in seen[:: max(1, len(seen) // a.samples)][: a.samples]),
                    sep="\n",
                )
    result = {row.id: {"all": sum(total[row.id].values()), **total[row.id]} for row in table().rows}
    a.json.write_text(json.dumps(result, indent=1) + "\n")
    print("rows that fire fewer than 5 times:", *(r for r, n in result.items() if n["all"] < 5))


if __name__ == "__main__":
    main()
