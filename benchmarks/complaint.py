"""Measure `complaint` on data beside the project: reading, cases, counter-notices, speed (look-alikes: complaint_look.py).

usage: benchmarks/complaint.py [--shared DIR] [--json OUT]   (DIR: folder with data/notices, data/listings and eval/score_notices.py)

Speed: `similar --no-images` over 20,000 listings.
"""

import argparse
import datetime
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from listing_preflight.complaint.assessing import assess
from listing_preflight.complaint.checking import check
from listing_preflight.complaint.opening import open_case
from listing_preflight.complaint.similar import compare

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


NOTICE = b"""A rights owner reported that the offer below infringes a trademark. We removed it from Amazon.com.

ASIN: B0TESTAAAA, B0TESTBBBB
Infringement type: Trademark
Trademark: Veltronique
Complaint ID: 18812345670
Rights owner name: Veltronique, Inc.
"""


def speed(rows):
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        with (folder / "listings.jsonl").open("w", encoding="utf-8") as file:
            for n, row in enumerate(rows[:20_000]):
                kept = {k: row[k] for k in ("title", "brand", "description", "bullets") if row.get(k)}
                told = {"attributes": {"asin": ("B0TESTAAAA", "B0TESTBBBB")[n]}} if n < 2 else {}
                file.write(json.dumps({"id": f"L{n}", "marketplace": "amazon.com", **kept, **told}) + "\n")
        (folder / "marks.yaml").write_text("marks: [{id: v, name: Veltronique, territories: [US]}]\n", "utf-8")
        day = datetime.date(2026, 11, 1)
        open_case(folder / "case", [("notice.txt", NOTICE)], marketplace=None, received=None, day=day)
        assess(
            folder / "case",
            [folder / "marks.yaml"],
            folder / "listings.jsonl",
            seller=None,
            day=day,
            today=day,
            images=False,
        )
        before, spent = time.perf_counter(), time.process_time()
        found = compare(folder / "case", folder / "listings.jsonl", images=False, day=day)
        wall, work = time.perf_counter() - before, time.process_time() - spent
        return {"listings": len(found.rows) + 2, "seconds": round(wall, 1), "cpu_seconds": round(work, 1)}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--command", default="preflight")
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results" / "complaint.json")
    a = ap.parse_args()
    rows = pool(a.shared)
    out = {
        "counter_notices": counters(a.shared), "speed": speed(rows),
        "notices": scored(a.shared, a.command),
    }  # fmt: skip
    a.json.write_text(json.dumps(out, indent=1) + "\n", "utf-8")
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
