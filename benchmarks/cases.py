"""Score the own cases, the held-out ones apart, and how often findings of each confidence are right.

usage: benchmarks/cases.py [--show] [--json OUT]
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tests.cases.test_cases import ALL, FOLDER  # noqa: E402


def report(cases, marks):
    with tempfile.TemporaryDirectory() as tmp:
        source, out = pathlib.Path(tmp, "cases.jsonl"), pathlib.Path(tmp, "report.jsonl")
        source.write_text("".join(json.dumps({"id": c["id"], **c["listing"]}) + "\n" for c in cases), "utf-8")
        command = [sys.executable, "-m", "listing_preflight.cli.main", "scan", str(source), "-w", str(FOLDER / marks), "-q",
                   "-o", f"jsonl:{out}", "--fail-on", "never"]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return {r["id"]: {f["mark"]["id"]: f for f in r["findings"] if "mark" in f} for r in rows if r["type"] == "listing"}


def score(cases, *, show):
    met, total, right = collections.Counter(), collections.Counter(), collections.defaultdict(lambda: [0, 0])
    for marks in sorted({c["list"] for c in cases}):
        part = [c for c in cases if c["list"] == marks]
        found = report(part, marks)
        for case in part:
            for mark, wanted in case["expect"].items():
                finding = found[case["id"]].get(mark)
                got = finding["severity"] if finding else "none"
                total[wanted] += 1
                met[wanted] += got == wanted
                if finding:
                    right[finding["confidence"]][0] += wanted != "none"
                    right[finding["confidence"]][1] += 1
                if show and got != wanted:
                    print(f"{case['id']} {mark}: expected {wanted}, got {got}: {case['why']}")
    return {
        "met": {v: [met[v], total[v]] for v in ("high", "medium", "low", "none")},
        "share": round(sum(met.values()) / max(1, sum(total.values())), 3),
        "right_by_confidence": {k: [*v] for k, v in sorted(right.items())},
    }


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/cases.json")
    a = ap.parse_args()
    parts = {"tuned": [c for c in ALL if not c["held_out"]], "held_out": [c for c in ALL if c["held_out"]]}
    result = {
        name: {"cases": len(cases), **score(cases, show=a.show and name == "tuned")} for name, cases in parts.items()
    }
    a.json.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
