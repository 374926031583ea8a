"""Time text matching alone on 2,500 listings of 3 KB against 10,000 brands, beside named peers in the same run.

usage: benchmarks/text_matching.py [--data DIR] [--rounds N] [--json OUT]

Ours folds, tokenises and finds exact, joined, split, look-alike, glued and misspelt names. The peer `ahocorasick_rs` finds exact
whole words in text that was folded beforehand (two blanks between words, so that neighbours may both match). Rounds of
both are interleaved; CPU seconds of one process, the median round counts. The first round of ours is the cold one.
"""

import argparse
import gc
import gzip
import json
import pathlib
import statistics
import sys
import time

from listing_preflight.text.fold import plain_words
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.vocabulary import vocabulary

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent.parent / "shared/data/text"
BATCH = 32


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


def peer(names, listings):
    try:
        import ahocorasick_rs
    except ImportError:
        return None
    automaton = ahocorasick_rs.AhoCorasick(
        sorted({f" {'  '.join(words)} " for n in names if (words := plain_words(n))})
    )
    folded = [[" " + "  ".join(plain_words(text)) + " " for text in listing] for listing in listings]

    def run():
        for listing in folded:
            for text in listing:
                automaton.find_matches_as_indexes(text, overlapping=True)

    return run


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=pathlib.Path, default=DATA)
    ap.add_argument("--rounds", type=int, default=5)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/text_matching.json")
    a = ap.parse_args()
    if not a.data.is_dir():
        sys.exit(f"{a.data} does not exist: name the folder with --data")
    marks = rows(a.data / "brands_10k.jsonl.gz")
    listings = [[r["title"], *r["bullets"], r["description"]] for r in rows(a.data / "listings_3kb.jsonl.gz")]
    forms = make_forms(spellings(marks), vocabulary())
    build = time.process_time()
    matcher = IndexMatcher(forms, vocabulary())
    build = time.process_time() - build
    other = peer([f.text for f in forms], listings)
    gc.freeze()
    mine, theirs = [], []
    for _ in range(a.rounds):
        mine.append(timed(lambda: ours(matcher, listings)))
        theirs += [timed(other)] if other else []
    count = len(listings)
    warm = statistics.median(mine[1:] or mine)
    result = {
        "listings": count, "names": len(forms), "build_cpu_seconds": round(build, 2),
        "cold_per_second": round(count / mine[0]), "warm_per_second": round(count / warm),
    }  # fmt: skip
    if theirs:
        base = statistics.median(theirs)
        result |= {
            "peer": "ahocorasick_rs exact, text folded beforehand", "peer_per_second": round(count / base),
            "cold_ratio": round(base / mine[0], 3), "warm_ratio": round(base / warm, 3),
        }  # fmt: skip
    a.json.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
