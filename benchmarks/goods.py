"""Measure the inference of goods: classes of labelled listings, unknown share of the pool by language, cost, load time.

usage: goods.py [SHARED]; writes benchmarks/results/goods.json. The invented rows (fixtures/goods) were written by the author of the
tables and say nothing of accuracy on unseen listings.
"""

import collections
import csv
import gzip
import json
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
from listing_preflight.judging import goods, nouns  # noqa: E402

FEWEST = 20


def classes(row):
    return goods.of_texts(row.get("category") or "", row.get("title") or "", (row.get("description") or "")[:200])


def labelled(rows):
    out = {}
    labels = list(csv.DictReader((HERE / "labels/category_paths.csv").open(encoding="utf-8")))
    for part in ("first", "fresh"):
        count = collections.Counter()
        for label in (x for x in labels if x["part"] == part):
            first = classes(rows[label["id"]]).first()
            right = first in {int(c) for c in label["classes"].split(";")}
            count["right" if right else "unknown" if first is None else "wrong"] += 1
        out[part] = dict(count)
    return out


def unknown(rows):
    count, silent = collections.Counter(), collections.Counter()
    for row in rows.values():
        count[row.get("lang")] += 1
        silent[row.get("lang")] += classes(row).first() is None
    kept = {lang: n for lang, n in count.most_common() if n >= FEWEST}
    return {lang: {"listings": n, "unknown_percent": round(100 * silent[lang] / n, 1)} for lang, n in kept.items()}


def main():
    shared = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parent.parent / "shared")
    start = time.process_time()
    nouns.languages()
    load = time.process_time() - start
    with gzip.open(shared / "data/listings/pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = {r["id"]: r for r in map(json.loads, lines)}
    found = {"labelled_with_title": labelled(rows)}
    start = time.process_time()
    found["pool"] = unknown(rows)
    cost = (time.process_time() - start) / len(rows)
    found |= {
        "cpu_ms_to_load_tables": round(1000 * load), "cpu_microseconds_a_listing": round(1e6 * cost),
        "nouns": {code: len(lang.nouns) for code, lang in nouns.languages().items()},
    }  # fmt: skip
    (HERE / "results/goods.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps({k: v for k, v in found.items() if k != "nouns"}, indent=1))


if __name__ == "__main__":
    main()
