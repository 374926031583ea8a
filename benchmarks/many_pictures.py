"""Many drawn pictures through the whole command: CPU of two workers against one, a second run, memory of parent and workers.

usage: many_pictures.py [--pictures N] [--rounds N] [--flow N] [--out FILE]
N pictures with a word each are scanned by one worker and by two, in turns, each with a cache of its own, and once more with
that cache: the reports must be the same, and the second run must keep nothing new. Then --flow pictures, mostly of one colour,
pass through two workers while the memory of the parent and of its largest child is watched.
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading

from endurance import watch
from PIL import Image, ImageDraw, ImageFont

HERE = pathlib.Path(__file__).parent
SIZE = (320, 240)


def draw(folder, count, words_every):
    """Pictures that all differ; every so many one bears a word, the others are of one colour."""
    font = ImageFont.load_default(34)
    rows = []
    for i in range(count):
        picture = Image.new("RGB", SIZE, (200 + i % 50, 180 + i // 50 % 70, 150 + i // 3500))
        if i % words_every == 0:
            ImageDraw.Draw(picture).text((20 + i % 60, 30 + i % 150), f"Quorvane {i}", fill="black", font=font)
        picture.save(folder / f"{i}.png", compress_level=1)
        rows.append({"id": str(i), "images": [{"path": f"{i}.png"}]})
    (folder / "l.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    (folder / "marks.yaml").write_text("marks:\n  - {name: Quorvane, common_word: false}\n")


def command(workers, out, *more):
    return [sys.executable, "-m", "listing_preflight.cli.main", "scan", "l.jsonl", "-w", "marks.yaml", "-q", "-o",
            f"jsonl:{out}", "--workers", str(workers), *more]  # fmt: skip


def children_cpu():
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def scan(folder, workers, cache):
    """CPU seconds of a run, its report, and how many pictures the cache holds then."""
    before = children_cpu()
    env = {**os.environ, "PREFLIGHT_CACHE_DIR": str(cache)}
    subprocess.run(command(workers, f"{cache}.jsonl"), cwd=folder, env=env, check=False, capture_output=True)
    return round(children_cpu() - before, 1), pathlib.Path(f"{cache}.jsonl").read_bytes(), kept(cache)


def kept(cache):
    import sqlite3

    with sqlite3.connect(cache / "pictures/lines.sqlite") as store:
        count = store.execute("SELECT count(*), max(used) FROM lines").fetchone()
    store.close()
    return list(count)


def compare(count, rounds):
    """CPU of one and two workers, the least of the rounds, and of a second run."""
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        draw(folder, count, 1)
        cpu, reports = {1: [], 2: []}, set()
        for number in range(rounds):
            for workers in (1, 2):
                cache = folder / f"cache-{number}-{workers}"
                seconds, report, _ = scan(folder, workers, cache)
                cpu[workers].append(seconds)
                reports.add(report)
        before = kept(cache)
        seconds, report, after = scan(folder, 2, cache)
        reports.add(report)
        found = sum(bool(json.loads(x).get("findings")) for x in report.splitlines()[1:-1])
    return {
        "pictures": count, "cpu_one_worker": cpu[1], "cpu_two_workers": cpu[2],
        "two_against_one": round(min(cpu[2]) / min(cpu[1]), 3), "second_run_cpu": seconds,
        "second_run_read_anew": after[0] - before[0], "reports_alike": len(reports) == 1, "found": found,
    }  # fmt: skip


def flow(count):
    """Memory of the parent and of its largest child while pictures pass through."""
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        draw(folder, count, 50)
        run = subprocess.Popen(command(2, "out.jsonl", "--no-cache"), cwd=folder, stderr=subprocess.DEVNULL)
        peaks, done = {"parent": 0, "worker": 0, "parent_track": []}, threading.Event()
        watcher = threading.Thread(target=watch, args=(run.pid, peaks, done))
        watcher.start()
        run.wait()
        done.set()
        watcher.join()
        listings = sum(b'"type":"listing"' in x for x in (folder / "out.jsonl").read_bytes().splitlines())
    track = peaks["parent_track"]
    start = track[len(track) // 10]
    return {"pictures": count, "listings": listings, "parent_mb": [start, max(track)], "worker_mb": peaks["worker"],
            "parent_grew_mb_after_first_tenth": max(track) - start}  # fmt: skip


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--pictures", type=int, default=1000)
    ap.add_argument("--rounds", type=int, default=2)
    ap.add_argument("--flow", type=int, default=10_000)
    ap.add_argument("--out", default=str(HERE / "results/many_pictures.json"))
    a = ap.parse_args()
    result = {"flow": flow(a.flow)} if a.flow else {}
    result |= {"workers": compare(a.pictures, a.rounds)} if a.pictures else {}
    pathlib.Path(a.out).parent.mkdir(exist_ok=True)
    pathlib.Path(a.out).write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
