"""Time how long a scan takes to start: one listing, the bundled lists and 10,000 brands, first and second run.

usage: benchmarks/start.py [--data DIR] [--rounds N] [--json OUT]

Each run is a process of its own with an empty cache folder before the first; CPU seconds, the median of the rounds. `--no-cache`
compiles in memory, `compiled` is a file of `watchlist compile`.
"""

import argparse
import gzip
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent.parent / "shared/data/text"
LISTING = b'{"id": "1", "title": "Plain jug of glass", "marketplace": "amazon.com"}'


def spent(args, cache):
    env = {**os.environ, "PREFLIGHT_CACHE_DIR": cache}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "listing_preflight.cli.main", *args],
        input=LISTING,
        env=env,
        check=False,
        capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def one(lists, folder):
    named = [a for path in lists for a in ("-w", str(path))]
    scan = ["scan", "-", *named, "-f", "jsonl", "--no-progress"]
    with tempfile.TemporaryDirectory() as cache:
        first, second = spent(scan, cache), spent(scan, cache)
        memory = spent([*scan, "--no-cache"], cache)
        sources = lists or [HERE.parent / "brand_lists/marks"]
        spent(["watchlist", "compile", *map(str, sources), "-o", str(folder / "c.lcx")], cache)
        compiled = spent(["scan", "-", "-w", str(folder / "c.lcx"), "-f", "jsonl", "--no-progress"], cache)
    return {"first": first, "second": second, "no_cache": memory, "compiled": compiled}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=pathlib.Path, default=DATA)
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/start.json")
    a = ap.parse_args()
    if not a.data.is_dir():
        sys.exit(f"{a.data} does not exist: name the folder with --data")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        brands = folder / "brands.jsonl"
        brands.write_bytes(gzip.decompress((a.data / "brands_10k.jsonl.gz").read_bytes()))
        bare = statistics.median(spent(["--version"], name) for _ in range(a.rounds))
        out = {"program_alone": round(bare, 2)}
        for title, lists in (("bundled", []), ("brands_10k", [brands])):
            rounds = [one(lists, folder) for _ in range(a.rounds)]
            out[title] = {k: round(statistics.median(r[k] for r in rounds), 2) for k in rounds[0]}
            print(title, out[title], flush=True)
    a.json.write_text(json.dumps(out, indent=1) + "\n")


if __name__ == "__main__":
    main()
