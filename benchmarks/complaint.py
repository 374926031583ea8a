"""Measure `complaint` on data beside the project: reading, cases, counter-notices, look-alikes of altered titles, speed.

usage: benchmarks/complaint.py [--shared DIR] [--json OUT]   (DIR: folder with data/notices, data/listings and eval/score_notices.py)

Look-alikes: titles of the pool with a random half of their words, and with two letters of three words swapped, are added to the pool; recall is
the share of originals whose copy is among the ten listings that are most like them. Speed: `similar --no-images` over 20,000 listings.
"""

import argparse
import datetime
import gzip
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from listing_preflight.complaint.case import Case
from listing_preflight.complaint.checking import check
from listing_preflight.complaint.likeness import Titles
from listing_preflight.complaint.similar import compare
from listing_preflight.model.listing import Listing, Origin, Text

HERE = pathlib.Path(__file__).parent
STATES = {"present": "present", "redacted": "present", "absent": "missing", "unclear": "unclear"}


def scored(shared, command):
    with tempfile.TemporaryDirectory() as tmp:
        out = pathlib.Path(tmp, "score.json")
        told = [sys.executable, str(shared / "eval/score_notices.py"), "--command", command, "--json", str(out)]
        subprocess.run(told, check=True, capture_output=True)
        return json.loads(out.read_text("utf-8"))


def counters(shared):
    rows = [json.loads(x) for x in (shared / "data/notices/answers.jsonl").read_text("utf-8").splitlines()]
    right = total = 0
    for row in rows:
        text = (shared / "data/notices" / row["file"]).read_text("utf-8")
        got = {e.element: e.state for e in check(text, "counter", None)}
        right += sum(got[name] == STATES[want] for name, want in row["elements"].items())
        total += len(row["elements"])
    return {"right": right, "total": total}


def pool(shared):
    with gzip.open(shared / "data/listings/pool.jsonl.gz", "rt", encoding="utf-8") as file:
        return [row for row in map(json.loads, file) if len(str(row.get("title", "")).split()) >= 4]


def altered(title, how, rng):
    words = title.split()
    if how == "half":
        keep = sorted(rng.sample(range(len(words)), max(2, len(words) // 2)))
        return " ".join(words[i] for i in keep)
    for i in rng.sample(range(len(words)), min(3, len(words))):
        word = words[i]
        if len(word) > 3:
            at = rng.randrange(len(word) - 1)
            words[i] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def listing(number, title):
    return Listing(id=str(number), origin=Origin(file="pool", row=number), texts=(Text(field="title", value=title),))


def recalls(rows, how):
    rng = random.Random(7)
    titles = [str(r["title"]) for r in rows]
    asked = rng.sample(range(len(titles)), 400)
    copies = {n: len(titles) + i for i, n in enumerate(asked)}
    everything = titles + [altered(titles[n], how, rng) for n in asked]
    held = Titles([listing(i, t) for i, t in enumerate(everything)])
    found = {10: 0, 50: 0}
    for n in asked:
        best = [a.at for a in held.like([n], least=0.0)[:50] if everything[a.at] != everything[n] or a.at == copies[n]]
        for k in found:
            found[k] += copies[n] in best[:k]
    return {f"recall@{k}": round(v / len(asked), 3) for k, v in found.items()}


def speed(rows):
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        with (folder / "listings.jsonl").open("w", encoding="utf-8") as file:
            for n, row in enumerate(rows[:20_000]):
                kept = {k: row[k] for k in ("title", "brand", "description", "bullets") if row.get(k)}
                file.write(json.dumps({"id": f"L{n}", "marketplace": "amazon.com", **kept}) + "\n")
        case = Case(folder / "case")
        case.write(
            "case.json",
            {
                "schema": "preflight.case/1",
                "family": "owner complaint",
                "marketplace": "amazon.com",
                "listing_ids": ["L0", "L1"],
            },
        )
        case.write("assess.json", {"checks": [], "seller": None})
        case.write_rows("records.jsonl", [{"of": "mark", "element": True, "entry": {"id": "m", "name": "Veltronique"}}])
        before = time.perf_counter()
        found = compare(folder / "case", folder / "listings.jsonl", images=False, day=datetime.date(2026, 11, 1))
        return {"listings": len(found.rows) + 2, "seconds": round(time.perf_counter() - before, 1)}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--command", default="preflight")
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results" / "complaint.json")
    a = ap.parse_args()
    rows = pool(a.shared)
    out = {
        "counter_notices": counters(a.shared), "look": {how: recalls(rows, how) for how in ("half", "typos")}, "speed": speed(rows),
        "notices": scored(a.shared, a.command),
    }  # fmt: skip
    a.json.write_text(json.dumps(out, indent=1) + "\n", "utf-8")
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
