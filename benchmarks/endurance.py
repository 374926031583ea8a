"""Scan 1,000 drawn pictures of which 10 are poisoned: exactly 10 gaps, the rest read, memory bounded, stdout clean.

usage: endurance.py [--pictures N] [--workers N] [--out FILE]
The command runs as a user would run it, in a process of its own; engines are poisoned by a sitecustomize on a path that
only this script sets, so that the program carries no hook for it.
"""

import argparse
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

from PIL import Image, ImageDraw, ImageFont

HERE = pathlib.Path(__file__).parent
POISON = """
import os, signal, sys, time
def poison():
    from listing_preflight.images import crew
    crew.PICTURE_SECONDS = 20.0
    from listing_preflight.images import worker
    real = worker.look
    def look(task):
        if "hang" in task.path: time.sleep(3600)
        if "die" in task.path: os.kill(os.getpid(), signal.SIGSEGV)
        if "leave" in task.path: os._exit(9)
        if "fail" in task.path: raise RuntimeError("poisoned")
        if "shout" in task.path: print("noise"); os.write(1, b"noise\\n")
        return real(task)
    look.__module__, look.__qualname__ = "listing_preflight.images.worker", "look"
    worker.look = look
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name != "listing_preflight.images.crew": return None
        sys.meta_path.remove(self)
        import importlib.util
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module
        def exec_module(module): load(module); poison()
        spec.loader.exec_module = exec_module
        return spec
sys.meta_path.insert(0, Finder())
"""
POISONED = ("hang-1", "hang-2", "die-1", "die-2", "leave-1", "fail-1", "cut", "bomb", "fifo", "empty")


def draw(folder, count):
    font = ImageFont.load_default(40)
    names = []
    for i in range(count - len(POISONED)):
        picture = Image.new("RGB", (400, 300), (200, 220, (i * 7) % 256))
        ImageDraw.Draw(picture).text((30, 40 + i % 150), f"Quorvane {i}", fill="black", font=font)
        names.append(f"shout-{i}.png" if i % 100 == 0 else f"{i}.png")
        picture.save(folder / names[-1])
    step = len(names) // len(POISONED)
    for i, name in enumerate(POISONED):
        names.insert(i * (step + 1) + step // 2, f"{name}.png")
        poison(folder / f"{name}.png", name)
    return names


def poison(path, name):
    if name == "fifo":
        os.mkfifo(path)
        return
    picture = Image.effect_noise((300, 200), 60)
    picture.save(path)
    data = path.read_bytes()
    head = struct.pack(">IIBBBBB", 65535, 65535, 8, 6, 0, 0, 0)
    huge = data[:8] + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + data[33:]
    path.write_bytes({"cut": data[: len(data) // 2], "bomb": huge, "empty": b""}.get(name, data))


def watch(pid, peaks, done):
    """Highest resident memory in MB of the process and of the largest of its children."""
    while not done.is_set():
        for child in [pid, *children(pid)]:
            role = "parent" if child == pid else "worker"
            peaks[role] = max(peaks[role], resident(child))
        if resident(pid):
            peaks["parent_track"].append(resident(pid))
        time.sleep(0.25)


def children(pid):
    try:
        near = [int(x) for x in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return near + [x for one in near for x in children(one)]


def resident(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 // (1 << 20)
    except (OSError, IndexError):
        return 0


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--pictures", type=int, default=1000)
    ap.add_argument("--workers", type=int, default=2)
    ap.add_argument("--out", default=str(HERE / "results/endurance.json"))
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        names = draw(folder, a.pictures)
        (folder / "poison").mkdir()
        (folder / "poison/sitecustomize.py").write_text(POISON)
        rows = [{"id": n, "images": [{"path": n}]} for n in names]
        (folder / "l.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
        (folder / "marks.yaml").write_text("marks:\n  - {name: Quorvane, common_word: false}\n")
        command = [
            sys.executable,
            "-m",
            "listing_preflight.cli.main",
            "scan",
            "l.jsonl",
            "-w",
            "marks.yaml",
            "-f",
            "jsonl",
            "--no-cache",
            "--workers",
            str(a.workers),
        ]
        env = {**os.environ, "PYTHONPATH": str(folder / "poison")}
        began = time.time()
        run = subprocess.Popen(
            command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        peaks, done = {"parent": 0, "worker": 0, "parent_track": []}, threading.Event()
        watcher = threading.Thread(target=watch, args=(run.pid, peaks, done))
        watcher.start()
        out, _ = run.communicate()
        done.set()
        watcher.join()
    lines = [json.loads(line) for line in out.splitlines()]
    listings = [x for x in lines if x["type"] == "listing"]
    gaps = {x["id"]: [g["kind"] for g in x["gaps"]] for x in listings if x["gaps"]}
    track = peaks["parent_track"]
    result = {
        "pictures": a.pictures,
        "workers": a.workers,
        "exit_code": run.returncode,
        "listings": len(listings),
        "gaps": gaps,
        "gaps_as_poisoned": sorted(gaps) == sorted(f"{n}.png" for n in POISONED),
        "found": sum(bool(x["findings"]) for x in listings),
        "readable": a.pictures - len(POISONED),
        "peak_mb": {"parent": peaks["parent"], "worker": peaks["worker"]},
        "parent_grew_mb_after_first_quarter": max(track[len(track) // 4 :]) - track[len(track) // 4],
        "seconds": round(time.time() - began, 1),
    }
    pathlib.Path(a.out).parent.mkdir(exist_ok=True)
    pathlib.Path(a.out).write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))
    return 0 if result["gaps_as_poisoned"] and len(listings) == a.pictures else 1


if __name__ == "__main__":
    sys.exit(main())
