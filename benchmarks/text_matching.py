"""Time text matching alone on 2,500 listings of 3 KB against 10,000 brands beside named peers in the same run; agreement; hostile texts.

usage: benchmarks/text_matching.py [--data DIR] [--rounds N] [--titles N] [--json OUT]

Ours folds, tokenises and finds exact, joined, split, look-alike, glued and misspelt names; `exact` is the same without what
is loose. Peers and ours are interleaved; CPU seconds of one process, the median of the rounds. The first round of ours is the
cold one: no token has been met. Agreement: every match of the fast matcher and of the naive one on disguised titles.
"""

import argparse
import gc
import gzip
import json
import pathlib
import random
import statistics
import sys
import time

from peers import PEERS, have

from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.naive import NaiveMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.vocabulary import vocabulary

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent.parent / "shared/data/text"
BATCH = 128
OTHERS = 1200
"""Names beside the disguised ones that the naive matcher tries on every title."""


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def spellings(marks):
    for m in marks:
        yield Spelling(m["name"], m["name"], m.get("common_word"), m.get("famous", False))
        for alias in m.get("aliases", ()):
            yield Spelling(alias, m["name"], m.get("common_word"), m.get("famous", False))


def timed(work):
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def ours(matcher, listings):
    for i in range(0, len(listings), BATCH):
        matcher.find_all([text for listing in listings[i : i + BATCH] for text in listing])


def speed(forms, listings, rounds):
    names = [f.text for f in forms]
    peers = {
        name: (make(names, listings[:count]), count) for name, (module, make, count) in PEERS.items() if have(module)
    }
    start = time.process_time()
    matcher = IndexMatcher(forms, vocabulary())
    built = time.process_time() - start
    gc.freeze()
    mine, theirs = [], {name: [] for name in peers}
    for _ in range(rounds):
        mine.append(timed(lambda: ours(matcher, listings)) / len(listings))
        for name, (run, count) in peers.items():
            theirs[name].append(timed(run) / count)
    cold, warm = mine[0], statistics.median(mine[1:] or mine)
    return {
        "listings": len(listings), "names": len(forms), "build_cpu_seconds": round(built, 2),
        "cold_per_second": round(1 / cold), "warm_per_second": round(1 / warm),
        "peers": {
            name: {"per_second": round(1 / (t := statistics.median(times)), 1), "ours_cold": round(t / cold, 3), "ours_warm": round(t / warm, 3)}
            for name, times in theirs.items()
        },
    }  # fmt: skip


def agreement(marks, evasions, count):
    """Matches that one of the two matchers has and the other has not, on disguised titles drawn by a fixed seed."""
    drawn = random.Random(20261125)
    titles = drawn.sample(evasions, count)
    wanted = {e["mark_id"] for e in titles} | {m["id"] for m in drawn.sample(marks, OTHERS)}
    forms = make_forms(spellings(m for m in marks if m["id"] in wanted), vocabulary())
    texts = [e["title"] for e in titles]
    fast, slow = IndexMatcher(forms, vocabulary()).find_all(texts), NaiveMatcher(forms, vocabulary())
    missed = extra = total = 0
    for text, found in zip(texts, fast, strict=True):
        expected = slow.find(text)
        missed += sum(m not in found for m in expected)
        extra += sum(m not in expected for m in found)
        total += len(expected)
    return {"titles": count, "names": len(forms), "matches": total, "missed": missed, "extra": extra}


def hostile(matcher):
    """CPU seconds of texts that are made to be slow."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    drawn = random.Random(1)
    texts = {
        "200 KB of 'a a a'": "a " * 100_000,
        "one token of 100 KB": "z" * 100_000,
        "100 KB of zero-width characters": "n\u200bi\u200bk\u200be" * 14_000,
        "360 KB of unique tokens": " ".join("".join(drawn.choices(letters, k=9)) for _ in range(36_000)),
        "1 MB of CJK": "".join(chr(0x4E00 + n % 5000) for n in range(350_000)),
        "100 KB of marks on one letter": "a" + "\u0336" * 100_000,
    }
    return {name: round(timed(lambda text=text: matcher.find(text)), 3) for name, text in texts.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=pathlib.Path, default=DATA)
    ap.add_argument("--rounds", type=int, default=5)
    ap.add_argument("--titles", type=int, default=1000)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/text_matching.json")
    a = ap.parse_args()
    if not a.data.is_dir():
        sys.exit(f"{a.data} does not exist: name the folder with --data")
    marks = rows(a.data / "brands_10k.jsonl.gz")
    listings = [[r["title"], *r["bullets"], r["description"]] for r in rows(a.data / "listings_3kb.jsonl.gz")]
    forms = make_forms(spellings(marks), vocabulary())
    result = speed(forms, listings, a.rounds)
    result["hostile_cpu_seconds"] = hostile(IndexMatcher(forms, vocabulary()))
    if a.titles:
        result["agreement"] = agreement(marks, rows(a.data / "evasions.jsonl.gz"), a.titles)
    a.json.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
