"""Time what one process does with a sample of listings, in parts, so that two states of the program can be compared in turns.

usage: PYTHONPATH=STATE/src benchmarks/judging_speed.py LISTINGS [--lists LISTS] [--marketplace SITE] [--first N] [--explain]

Prints the CPU milliseconds a listing of finding names, judging and making the report's lines, and a digest of these lines: two states that
say the same have the same digest. Loads of first use are left out.
"""

import argparse
import datetime
import hashlib
import itertools
import json
import pathlib
import time

BATCH = 32


def made(a):
    from listing_preflight.engine import Engine, Settings
    from listing_preflight.policy.pack_reader import read_packs
    from listing_preflight.watchlists.bundled import bundled
    from listing_preflight.watchlists.index import open_lists

    found = open_lists([a.lists or bundled() / "marks"], keep=True, say=lambda _: None)
    return Engine(Settings(
        lists=found.lists, index=found.index, day=datetime.date(2026, 11, 25), marketplaces=(a.marketplace,), images=False,
        explain=a.explain, rules=read_packs([]),
    ))  # fmt: skip


def work(a):
    from listing_preflight.engine import Beforehand
    from listing_preflight.model.listing import Listing
    from listing_preflight.passages import counted
    from listing_preflight.readers.catalog import read_path
    from listing_preflight.readers.options import ReadOptions

    items = counted(read_path(a.listings, a.listings.name, ReadOptions()))
    jobs = ((item, Beforehand((), 0, (), shared)) for item, shared in items if isinstance(item, Listing))
    return list(itertools.islice(jobs, a.first))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("listings", type=pathlib.Path)
    ap.add_argument("--lists", type=pathlib.Path)
    ap.add_argument("--marketplace", default="amazon.com")
    ap.add_argument("--first", type=int, default=400)
    ap.add_argument("--explain", action="store_true")
    a = ap.parse_args()
    from listing_preflight.reports.jsonl import line
    from listing_preflight.reports.records import listing_record
    from listing_preflight.scan import settle

    engine, jobs = made(a), work(a)
    engine.warm()
    settle()
    spent, digest = dict.fromkeys(("find", "judge", "report"), 0.0), hashlib.sha256()
    for n in range(0, len(jobs), BATCH):
        times = [time.process_time()]
        begun = engine.begin(jobs[n : n + BATCH])
        times.append(time.process_time())
        verdicts = [v for judged in begun for v in judged()]
        times.append(time.process_time())
        for verdict in verdicts:
            digest.update(line(listing_record(verdict, explain=a.explain)).encode())
        times.append(time.process_time())
        for part, (before, after) in zip(spent, itertools.pairwise(times), strict=True):
            spent[part] += after - before
    told = {part: round(1e3 * s / len(jobs), 3) for part, s in spent.items()}
    print(json.dumps({"listings": len(jobs), "cpu_ms_a_listing": told, "digest": digest.hexdigest()[:16]}))


if __name__ == "__main__":
    main()
