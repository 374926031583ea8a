"""Words read in product pictures: this program's engine, RapidOCR() at its defaults and pytesseract, side by side.

usage: pictures.py [DIR] [--every N] [--out FILE]
DIR (default ../shared/data/pictures beside the project) holds ocr.jsonl with labelled words. Each engine runs in its own
process, after one picture to warm up; they take turns, picture by picture, so that all of them meet the same load of the
machine. CPU seconds are a process's own and its children's.
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent.parent / "shared/data/pictures"
ENGINES = ("listing-preflight", "RapidOCR() defaults", "pytesseract psm 11", "pytesseract default call")
LARGE = 1600


def own():
    from listing_preflight.images.ocr import rapid
    from listing_preflight.images.ocr.doubt import READ

    return lambda picture: " ".join(one.text for one in rapid.read(picture, "eng") if one.score >= READ)


def defaults():
    import numpy as np
    from rapidocr import RapidOCR

    engine = RapidOCR()
    return lambda picture: " ".join(engine(np.asarray(picture)[:, :, ::-1]).txts or ())


def psm11():
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"

    def read(picture):
        grey = picture.convert("L")
        scale = 1200 / max(grey.size)
        small = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
        return pytesseract.image_to_string(small, config="--psm 11")

    return read


def plain_call():
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"
    return pytesseract.image_to_string


def cpu():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def key(text):
    from listing_preflight.text.fold import fold

    return "".join(t.text for t in fold(text).plain.tokens)


def serve(engine, folder, rows):
    """Read the pictures whose numbers come on standard input; runs in a process of its own."""
    from listing_preflight.images.decode import decode

    read = dict(zip(ENGINES, (own, defaults, psm11, plain_call), strict=True))[engine]()
    show = lambda row: decode((folder / row["file"]).read_bytes()).frames[0][1]  # noqa: E731
    read(show(rows[0]))
    for line in sys.stdin:
        picture = show(rows[int(line)])
        before = cpu()
        text = read(picture)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        answer = {"text": text, "cpu": cpu() - before, "large": max(picture.size) > LARGE, "peak_mb": peak}
        print("ANSWER " + json.dumps(answer), flush=True)


class Engine:
    """One engine in its process, and what it has done so far."""

    def __init__(self, name, folder, every):
        command = [sys.executable, __file__, str(folder), "--every", str(every), "--only", name]
        self._run = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.done = {"easy": [0, 0], "hard": [0, 0], "noise": [0, 0], "cpu_small": 0.0, "cpu_large": 0.0, "small": 0,
                     "large": 0, "peak_mb": 0}  # fmt: skip

    def read(self, number, row):
        self._run.stdin.write(f"{number}\n")
        self._run.stdin.flush()
        answer = next(json.loads(x[7:]) for x in self._run.stdout if x.startswith("ANSWER "))
        size = "large" if answer["large"] else "small"
        self.done[size] += 1
        self.done[f"cpu_{size}"] += answer["cpu"]
        self.done["peak_mb"] = answer["peak_mb"]
        seen = key(answer["text"])
        for word in row["words"]:
            level = self.done["hard" if word["hard"] else "easy"]
            level[0] += key(word["w"]) in seen
            level[1] += 1
        if row["kind"] == "none":
            self.done["noise"][0] += any(len(w) > 3 and w.isalpha() for w in answer["text"].split())
            self.done["noise"][1] += 1

    def close(self):
        self._run.stdin.close()
        self._run.wait()
        return {k: round(v, 2) if isinstance(v, float) else v for k, v in self.done.items()}


def side_by_side(names, folder, rows, every):
    engines = {name: Engine(name, folder, every) for name in names}
    for number, row in enumerate(rows):
        for engine in engines.values():
            engine.read(number, row)
    return {name: engine.close() for name, engine in engines.items()}


def chosen(folder, every):
    rows = [json.loads(line) for line in (folder / "ocr.jsonl").read_text("utf-8").splitlines()]
    tiny = [r for r in rows if r["group"] == "synthetic-tiny"]
    return [r for r in rows if r not in tiny][::every] + tiny


def scan_cpu(folder, rows, workers, cache):
    """CPU and wall of the whole command over the pictures, no text."""
    with tempfile.TemporaryDirectory() as tmp:
        listings = [{"id": r["file"], "marketplace": "amazon.com", "images": [{"path": r["file"]}]} for r in rows]
        pathlib.Path(tmp, "l.jsonl").write_text("".join(json.dumps(x) + "\n" for x in listings))
        env = {**os.environ, "PREFLIGHT_CACHE_DIR": cache}
        before, children = os.times(), resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "listing_preflight.cli.main", "scan", "l.jsonl", "-w", f"{folder}/marks.jsonl",
                   "--image-root", str(folder), "-o", "jsonl:out.jsonl", "-q", "--workers", str(workers)]  # fmt: skip
        subprocess.run(command, cwd=tmp, env=env, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        report = [json.loads(x) for x in pathlib.Path(tmp, "out.jsonl").read_text("utf-8").splitlines()]
    alarms = {r["id"] for r in report if r["type"] == "listing" and r["findings"]} & {
        r["file"] for r in rows if r["kind"] == "none"
    }
    return {"cpu": round(sum(after[:2]) - sum(children[:2]), 1), "wall": round(os.times().elapsed - before.elapsed, 1),
            "word_free_with_finding": [len(alarms), sum(r["kind"] == "none" for r in rows)]}  # fmt: skip


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", nargs="?", default=str(DATA))
    ap.add_argument("--every", type=int, default=5)
    ap.add_argument("--only")
    ap.add_argument("--out", default=str(HERE / "results/pictures.json"))
    a = ap.parse_args()
    folder = pathlib.Path(a.folder).resolve()
    if not (folder / "ocr.jsonl").exists():
        sys.exit("skipped: there are no labelled pictures beside the project")
    rows = chosen(folder, a.every)
    if a.only:
        serve(a.only, folder, rows)
        return
    import shutil

    engines = [e for e in ENGINES if "tesseract" not in e or shutil.which("tesseract")]
    result = {"pictures": len(rows)}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        result["scan"] = {"one worker": scan_cpu(folder, rows, 1, one), "two workers": scan_cpu(folder, rows, 2, two),
                          "second run": scan_cpu(folder, rows, 1, one)}  # fmt: skip
    result["two_workers_cpu"] = round(result["scan"]["two workers"]["cpu"] / result["scan"]["one worker"]["cpu"], 2)
    # No other child has run so far: the largest is a worker.
    result["worker_peak_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    result["engines"] = side_by_side(engines, folder, rows, a.every)
    ours = result["engines"][ENGINES[0]]
    result["cpu_against"] = {
        name: {s: round(ours[f"cpu_{s}"] / other[f"cpu_{s}"], 2) for s in ("small", "large") if other[f"cpu_{s}"]}
        for name, other in result["engines"].items()
        if other is not ours
    }
    pathlib.Path(a.out).parent.mkdir(exist_ok=True)
    pathlib.Path(a.out).write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
