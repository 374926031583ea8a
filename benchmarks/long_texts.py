"""Time and memory against the length of a text: hostile shapes that are doubled up to 10 MB, or until one takes long enough; linear is at most 2.2 times for twice the text.

Each length in a process of its own, so that its peak of memory is its own; processor time, without what a run of no text takes, the
least of --times runs: whatever else the machine does makes a run dearer, never cheaper.
Each shape takes its place in benchmarks/results/long_texts.json, where others stay as they were measured. usage: long_texts.py [--most BYTES] [--shape NAME] [--field NAME] [--times N]
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

RESULT = Path(__file__).parent / "results/long_texts.json"
ROOT = Path(__file__).parents[1]
LIMIT = 2.2
DENSE = frozenset(
    {"one name", "names", "compatible", "zero width", "overrides", "letters apart", "hyphens", "han", "confusables", "leet"}
)
"""Shapes of which every word is a name (a-1 is one): each mention is judged and proved, which no text of ten megabytes is waited for."""
SHAPES = {
    "words": "wooden jug with a lid for tea and coffee ", "one name": "Nike ", "names": "Nike Lego Disney Adidas Chanel Gucci ",
    "compatible": "compatible with iPhone 15 and not Nike, ", "tags": "<b><i>", "tags closed": "<p>cup</p>", "comments begun": "<!-- <",
    "scripts begun": "<script>x", "entities": "&amp;&#78;&nosuch;", "combining": "a\u0301\u0323", "zero width": "n\u200bi\u200dk\u2060e ",
    "overrides": "\u202eekin\u202c ", "one token": "nike", "letters apart": "n i k e ", "hyphens": "a-1-", "hyphens, no name": "q-7-", "dashes": "-----", "addresses": "https://cup-shop.example/a?b=c&d=%20 ", "digits": "1234567890 12,5 ",
    "families": "👩\u200d👩\u200d👧\ufe0f", "quotes": "“«\"'", "new words": "", "han": "耐克耐磨鞋", "escapes": "\x1b[31mx", "lines": "cup\n", "confusables": "ΝІΚΕ ",
    "leet": "n1k3 ", "brackets": "((((", "spaces": "        ",
}  # fmt: skip


def made(shape, size):
    """A text of so many bytes; of new words no two are one, behind a name, so that each length is judged."""
    if shape == "new words":
        return "Nike " + " ".join(f"w{number * 7919:x}" for number in range(size // 7))[: size - 5]
    unit = SHAPES[shape]
    return (unit * (size // len(unit.encode()) + 1))[: size * len(unit) // len(unit.encode())]


def one(shape, size, field):
    """Processor seconds and peak megabytes of one text, in this process."""
    from listing_preflight import lengths
    from listing_preflight.api import Engine

    lengths.MOST = 2 * size  # the bound of a listing is not what is measured
    text = made(shape, size)
    with Engine(lists=[ROOT / "brand_lists/marks"], images=False) as engine:
        engine.gate({"id": "0", "marketplace": "amazon.com", "title": "a wooden cup"})
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        found = engine.gate({"id": "1", "marketplace": "amazon.com", field: text})
        took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {"s": round(took, 3), "mb": (peak - before) // 1024, "findings": sum(len(v.findings) for v in found)}
        )
    )


def measured(shape, size, field, seconds, times):
    """The cheapest of several runs; one that does not end, or fails, is what is told."""
    runs = []
    for _ in range(times):
        runs.append(once(shape, size, field, seconds))
        if runs[-1] is None or runs[-1]["s"] < 0:
            return runs[-1]
    return min(runs, key=lambda r: r["s"]) | {"mb": min(r["mb"] for r in runs)}


def once(shape, size, field, seconds):
    command = [sys.executable, __file__, "--one", shape, str(size), field]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout) if done.returncode == 0 else {"s": -1, "mb": -1, "said": done.stderr[-200:]}


def main():
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]), sys.argv[4])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000_000)
    parser.add_argument("--least", type=int)
    parser.add_argument(
        "--enough", type=float, default=4, help="seconds of one text beyond which it is not doubled again"
    )
    parser.add_argument("--shape", action="append", choices=list(SHAPES))
    parser.add_argument("--sparse", action="store_true", help="the shapes that hold no names alone")
    parser.add_argument("--field", default="description")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    shapes = json.loads(RESULT.read_text("utf-8"))["shapes"] if RESULT.is_file() else {}
    ended = False
    for shape in given.shape or (s for s in SHAPES if s not in DENSE or not given.sparse):
        rows, size = {}, given.least or (40_000 if shape in DENSE else 625_000)
        while size <= given.most:
            found = measured(shape, size, given.field, given.seconds, given.times)
            rows[size] = found
            if found is None or not 0 <= found["s"] < given.enough:
                break
            size *= 2
        good = [r for r in rows.values() if r and r["s"] > 0.2]
        ratios = {"time": [round(b["s"] / a["s"], 2) for a, b in zip(good, good[1:], strict=False)],
                  "memory": [round(b["mb"] / a["mb"], 2) for a, b in zip(good, good[1:], strict=False) if a["mb"] > 50]}  # fmt: skip
        whole = all(r and r["s"] >= 0 for r in rows.values())
        steep = not whole or max([*ratios["time"], *ratios["memory"], 0]) > LIMIT
        ended = ended or steep
        shapes[shape] = {"reached_bytes": max(rows), "steep": steep, "ratios": ratios, "least_of": given.times, "at": {str(k): v for k, v in rows.items()}}
        if given.most >= 10_000_000:
            worse = [name for name, one in shapes.items() if one.get("steep")]
            result = {"limit": LIMIT, "worse": worse, "field": given.field, "shapes": shapes}
            RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
        print(
            f"{shape:16} {'' if whole else 'NOT DONE '}time {ratios['time']} memory {ratios['memory']} last {list(rows.values())[-1]}",
            flush=True,
        )
    sys.exit(1 if ended else 0)


if __name__ == "__main__":
    main()
