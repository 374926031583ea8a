"""Time a text-only scan of 2,500 listings of 3 KB against 10,000 brands, one worker, beside a named peer in the same run.

usage: benchmarks/scan_speed.py [--data DIR] [--json OUT]   (DIR: folder with listings_3kb.jsonl.gz and brands_10k.jsonl.gz)

The peer is `ahocorasick_rs` (exact, whole words, text folded beforehand) where it is installed; CPU seconds of one process.
"""

import argparse
import gzip
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent.parent / "shared/data/text"


def unpack(data, folder):
    for name in ("listings_3kb.jsonl", "brands_10k.jsonl"):
        (folder / name).write_bytes(gzip.decompress((data / (name + ".gz")).read_bytes()))
    return folder / "listings_3kb.jsonl", folder / "brands_10k.jsonl"


def ours(listings, brands, folder):
    command = [sys.executable, "-m", "listing_preflight.cli.main", "scan", str(listings), "-w", str(brands), "-q",
               "-o", f"jsonl:{folder}/report.jsonl", "--fail-on", "never", "--marketplace", "amazon.com"]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peer(listings, brands):
    try:
        import ahocorasick_rs
    except ImportError:
        return None
    from listing_preflight.text.fold import plain_words

    names = {"  ".join(plain_words(json.loads(line)["name"])) for line in brands.open(encoding="utf-8")} - {""}
    automaton = ahocorasick_rs.AhoCorasick(sorted(f" {n} " for n in names))
    rows = [json.loads(line) for line in listings.open(encoding="utf-8")]
    texts = [" " + "  ".join(plain_words(" ".join([r["title"], *r["bullets"], r["description"]]))) + " " for r in rows]
    start = time.process_time()
    for text in texts:
        automaton.find_matches_as_indexes(text, overlapping=True)
    return time.process_time() - start


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=pathlib.Path, default=DATA)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/scan_speed.json")
    a = ap.parse_args()
    if not a.data.is_dir():
        sys.exit(f"{a.data} does not exist: name the folder with --data")
    with tempfile.TemporaryDirectory() as tmp:
        listings, brands = unpack(a.data, pathlib.Path(tmp))
        count = sum(1 for _ in listings.open(encoding="utf-8"))
        seconds, other = ours(listings, brands, tmp), peer(listings, brands)
    result = {"listings": count, "cpu_seconds": round(seconds, 2), "listings_per_cpu_second": round(count / seconds, 1)}
    if other:
        result |= {
            "peer": "ahocorasick_rs exact",
            "peer_cpu_seconds": round(other, 3),
            "ratio_to_peer": round(other / seconds, 4),
        }
    a.json.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
