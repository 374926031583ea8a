"""Score the class of goods on rows written blind: 40 a language, path and title (fixtures/goods/blind_rows.csv).

usage: benchmarks/goods_blind.py [--rows CSV] [--show LANGUAGE] [--json OUT]

Each file of rows has its own entry in the results: "first look" is written once and stays, "now" is every later run.
"""

import argparse
import collections
import csv
import json
import pathlib

from listing_preflight.judging.goods import of_texts

HERE = pathlib.Path(__file__).parent
ROWS = HERE.parent / "fixtures/goods/blind_rows.csv"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--rows", type=pathlib.Path, default=ROWS)
    ap.add_argument("--show")
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/goods_blind.json")
    a = ap.parse_args()
    right, unknown, count = collections.Counter(), collections.Counter(), collections.Counter()
    with a.rows.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            goods, lang = of_texts(row["category"], row["title"]), row["language"]
            count[lang] += 1
            right[lang] += goods.first() == int(row["class"])
            unknown[lang] += goods.first() is None
            if a.show in {lang, "all"} and goods.first() != int(row["class"]):
                print(row["class"], goods.classes[:2], goods.nouns, row["category"], "|", row["title"])
    now = {"rows": sum(count.values()), "top-1": round(sum(right.values()) / sum(count.values()), 3),
           "unknown": round(sum(unknown.values()) / sum(count.values()), 3),
           "by language": {c: {"top-1": round(right[c] / n, 3), "unknown": round(unknown[c] / n, 3)} for c, n in count.items()}}  # fmt: skip
    results = json.loads(a.json.read_text()) if a.json.exists() else {}
    results.setdefault(a.rows.stem, {"first look": now})["now"] = now
    a.json.write_text(json.dumps(results, indent=1) + "\n")
    print(json.dumps(now))


if __name__ == "__main__":
    main()
