"""Time a text-only scan of listings of 3 KB against 10,000 brands, one worker, beside a named peer in the same run.

usage: benchmarks/scan_speed.py [--data DIR] [--json OUT]   (DIR: folder with listings_3kb.jsonl.gz and brands_10k.jsonl.gz)

Two runs of the whole command with a warm cache: 2,500 listings that are all different, and 25,000, the same ten times over with
other ids, as variants of a product repeat each other. The peer is `ahocorasick_rs` (exact, whole words, text folded beforehand) where it is installed; CPU seconds of one process.
"""

import argparse
import gzip
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
TIMES = 10
DATA = HERE.parent.parent / "shared/data/text"


def unpack(data, folder):
    for name in ("listings_3kb.jsonl", "brands_10k.jsonl"):
        (folder / name).write_bytes(gzip.decompress((data / (name + ".gz")).read_bytes()))
    return folder / "listings_3kb.jsonl", folder / "brands_10k.jsonl"


def repeated(listings, folder, times):
    """The same listings so many times over, each with an id of its own."""
    rows = [json.loads(line) for line in listings.open(encoding="utf-8")]
    out = folder / "repeated.jsonl"
    with out.open("w", encoding="utf-8") as f:
        for n in range(times):
            f.writelines(json.dumps({**r, "id": f"{r['id']}-{n}"}, ensure_ascii=False) + "\n" for r in rows)
    return out


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


def told(count, seconds):
    return {"listings": count, "cpu_seconds": round(seconds, 2), "listings_per_cpu_second": round(count / seconds, 1)}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=pathlib.Path, default=DATA)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/scan_speed.json")
    a = ap.parse_args()
    if not a.data.is_dir():
        sys.exit(f"{a.data} does not exist: name the folder with --data")
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        listings, brands = unpack(a.data, folder)
        many = repeated(listings, folder, TIMES)
        count = sum(1 for _ in listings.open(encoding="utf-8"))
        (folder / "one.jsonl").write_text(listings.open(encoding="utf-8").readline(), "utf-8")
        start = ours(folder / "one.jsonl", brands, tmp)
        start = min(start, ours(folder / "one.jsonl", brands, tmp))
        others = [peer(listings, brands)]
        once, others = ours(listings, brands, tmp), [*others, peer(listings, brands)]
        over, others = ours(many, brands, tmp), [*others, peer(listings, brands)]
    result = {
        "start_cpu_seconds": round(start, 2), "once": told(count, once), "ten_times_over": told(count * TIMES, over),
    }  # fmt: skip
    if None not in others:
        base = statistics.median(others)
        result |= {
            "peer": "ahocorasick_rs exact, text folded beforehand",
            "peer_listings_per_cpu_second": round(count / base),
        }
        result["once"]["ratio_to_peer"] = round(base / once, 4)
        result["ten_times_over"]["ratio_to_peer"] = round(base * TIMES / over, 4)
    a.json.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
