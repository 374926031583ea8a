"""Measure known pictures beside imagehash, PDQ and plain SIFT: recall, false matches, speed and memory at scale.

usage: known_pictures.py [DIR] [--part peers|false|false-by-hashes|hashes|scale|cost] [--sample N] [--workers N] [--log FILE] [--most N]

--part false takes its queries in a fixed order drawn at random and notes each in FILE: a run that was stopped goes on from there,
and --most N asks the first N only. --part false-by-hashes asks all of them of hashes and panels alone, at a tenth of the cost. DIR holds known/, works.yaml, copies.jsonl and unrelated.jsonl; without it only scale and cost are measured, on drawn pictures.
Writes benchmarks/results/known_pictures.json; figures of one part replace those of an earlier run of that part.
"""

import argparse
import io
import json
import os
import random
import resource
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # as the program's own workers have it

import cv2
import imagehash
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from listing_preflight.images import copies, features, gallery, hamming, hashes, panels
from listing_preflight.images.decode import decode
from listing_preflight.watchlists.pictures import _of_file

RESULTS = Path(__file__).parent / "results/known_pictures.json"
ALTERED = {
    "mirror-crop": lambda p: ImageOps.mirror(p).crop((0, 0, int(p.width * 0.8), int(p.height * 0.85))),
    "rotate-9": lambda p: p.rotate(9, expand=True, fillcolor="white"),
    "turn-90": lambda p: p.transpose(Image.Transpose.ROTATE_90),
    "invert": ImageOps.invert,
    "grey-small": lambda p: p.convert("L").convert("RGB").resize((max(32, p.width // 2), max(32, p.height // 2))),
    "stretch": lambda p: p.resize((max(32, int(p.width * 1.3)), p.height)),
    "jpeg-20": lambda p: Image.open(io.BytesIO(_jpeg(p, 20))).convert("RGB"),
    "border": lambda p: ImageOps.expand(p, p.width // 6, "white"),
    "contrast-crop": lambda p: (
        ImageEnhance.Contrast(p).enhance(1.5).crop((p.width // 5, p.height // 5, p.width, p.height))
    ),
}


def _jpeg(picture, quality):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def rows(folder, name):
    return [json.loads(line) for line in (folder / name).read_text().splitlines() if line.strip()]


@cache
def shelf(folder):
    cv2.setNumThreads(1)
    names = [r["file"] for r in rows(Path(folder), "known.jsonl")]
    entries = [_of_file(Path(folder, name)) for name in names]
    return names, gallery.Gallery(dict(gallery.packed(entries))), entries


def first(folder, file):
    return decode((Path(folder) / file).read_bytes()).frames[0][1]


def altered(task):
    folder, file, way = task
    names, known, _ = shelf(folder)
    picture = ALTERED[way](first(folder, file))
    return file, way, [names[c.known] for c in copies.see([known], picture, b"?").copies]


def false_matches(folder, workers, log, most):
    """Each alteration of each unrelated picture; those that the log has are not asked again."""
    tasks = [(str(folder), r["file"], way) for r in rows(folder, "unrelated.jsonl") for way in ALTERED]
    random.Random(1).shuffle(tasks)
    asked = tasks[:most]
    done = [json.loads(line) for line in log.read_text().splitlines()] if log and log.exists() else []
    known = {(file, way) for file, way, _ in done}
    left = [task for task in asked if task[1:] not in known]
    with ProcessPoolExecutor(workers) as pool, open(log or os.devnull, "a") as kept:
        for one in pool.map(altered, left, chunksize=4):
            print(json.dumps(one), file=kept, flush=True)
            done.append(one)
    wanted = {task[1:] for task in asked}
    found = [one for one in done if one[2] and tuple(one[:2]) in wanted]
    return {"queries": len(asked), "of": len(tasks), "false": len(found), "which": found}


def altered_by_hashes(task):
    """What hashes of the whole and of its panels find, whether or not features would have been asked first."""
    folder, file, way = task
    names, known, _ = shelf(folder)
    picture = ALTERED[way](first(folder, file))
    found = copies.of_hashes(known, picture, hashes.variants(picture))
    found += copies.of_panels(known, picture, panels.panels(picture, ("phash256",)))
    return file, way, [names[c.known] for c in found]


def false_by_hashes(folder, workers):
    tasks = [(str(folder), r["file"], way) for r in rows(folder, "unrelated.jsonl") for way in ALTERED]
    with ProcessPoolExecutor(workers) as pool:
        found = [one for one in pool.map(altered_by_hashes, tasks, chunksize=32) if one[2]]
    return {"queries": len(tasks), "false": len(found), "which": found}


@cache
def plain_sift(folder):
    finder = cv2.SIFT.create(1000)
    names, _, _ = shelf(folder)
    return finder, [finder.detectAndCompute(np.asarray(first(folder, n).convert("L")), None) for n in names]


def by_sift(folder, picture):
    """The usual recipe: 1,000 points, ratio test 0.75, homography by RANSAC, at least 15 inliers."""
    finder, known = plain_sift(folder)
    points, described = finder.detectAndCompute(np.asarray(picture.convert("L")), None)
    out = set()
    for n, (others, theirs) in enumerate(known):
        if described is None or theirs is None or len(described) < 2 or len(theirs) < 2:
            continue
        pairs = cv2.BFMatcher().knnMatch(described, theirs, k=2)
        good = [m[0] for m in pairs if len(m) == 2 and m[0].distance < 0.75 * m[1].distance]
        if len(good) < 15:
            continue
        a = np.float32([points[m.queryIdx].pt for m in good])
        b = np.float32([others[m.trainIdx].pt for m in good])
        _, mask = cv2.findHomography(a, b, cv2.RANSAC, 5.0)
        if mask is not None and mask.sum() >= 15:
            out.add(n)
    return out


def peers_of(task):
    folder, file = task
    names, known, entries = shelf(folder)
    out = {}
    picture = first(folder, file)
    start = time.process_time()
    out["ours"] = {c.known for c in copies.see([known], picture, b"?").copies}
    took = {"ours": time.process_time() - start}
    start = time.process_time()
    mine = int(str(imagehash.phash(picture)), 16)
    out["imagehash.phash 64 bit <= 10"] = {n for n, h in enumerate(_phashes(folder)) if (h ^ mine).bit_count() <= 10}
    took["imagehash.phash 64 bit <= 10"] = time.process_time() - start
    start = time.process_time()
    pdq = hashes.of(picture, "pdq")
    out["PDQ in numpy <= 31"] = {n for n, h in enumerate(_pdqs(folder)) if (h ^ pdq).bit_count() <= 31}
    took["PDQ in numpy <= 31"] = time.process_time() - start
    start = time.process_time()
    out["plain SIFT, 15 inliers"] = by_sift(folder, picture)
    took["plain SIFT, 15 inliers"] = time.process_time() - start
    return file, {k: [names[n] for n in v] for k, v in out.items()}, took


@cache
def _phashes(folder):
    return [int(str(imagehash.phash(first(folder, n))), 16) for n in shelf(folder)[0]]


@cache
def _pdqs(folder):
    return [hashes.of(first(folder, n), "pdq") for n in shelf(folder)[0]]


def peers(folder, sample, workers):
    known = {r["file"]: r["work"] for r in rows(folder, "known.jsonl")}
    wanted = {r["file"]: r for r in rows(folder, "copies.jsonl") if r["expect"] == "finding"}
    dice = random.Random(1)
    asked = dice.sample(sorted(wanted), min(sample, len(wanted)))
    plain = dice.sample([r["file"] for r in rows(folder, "unrelated.jsonl")], sample)
    with ProcessPoolExecutor(workers) as pool:
        done = list(pool.map(peers_of, [(str(folder), f) for f in (*asked, *plain)], chunksize=4))
    out = {}
    for name in done[0][1]:
        hit = sum(any(known[k] == wanted[f]["work"] for k in v[name]) for f, v, _ in done if f in wanted)
        wrong = sum(any(known[k] != wanted[f]["work"] for k in v[name]) for f, v, _ in done if f in wanted)
        false = sum(bool(v[name]) for f, v, _ in done if f not in wanted)
        cost = statistics.mean(t[name] for _, _, t in done)
        out[name] = {
            "found": hit,
            "copies": len(asked),
            "wrong work": wrong,
            "false": false,
            "unrelated": len(plain),
            "cpu ms": round(1000 * cost, 1),
        }
    return out


def drawn(seed, size=(420, 320)):
    dice = random.Random(seed)
    picture = Image.new("RGB", size, (dice.randrange(180, 255),) * 3)
    pen = ImageDraw.Draw(picture)
    for _ in range(90):
        x, y, w, h = dice.randrange(size[0]), dice.randrange(size[1]), dice.randrange(5, 45), dice.randrange(5, 45)
        dice.choice((pen.ellipse, pen.rectangle))(
            (x, y, x + w, y + h), fill=tuple(dice.randrange(256) for _ in range(3))
        )
    return picture


def _made(seed):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.png")
        drawn(seed).save(path)
        return _of_file(path)


def hashes_at_scale(many=1_000_000):
    made = np.random.Generator(np.random.PCG64(1)).integers(0, 2**63, (4, many), np.uint64)
    asked = int.from_bytes(made[:, 1234].tobytes(), "little") ^ (1 << 7)
    times = []
    for _ in range(15):
        start = time.process_time()
        assert (1234, 1) in hamming.within(made, asked, 56)
        times.append(time.process_time() - start)
    plain = _median(lambda: np.flatnonzero(np.bitwise_count(made ^ hamming.table_of([asked])).sum(0) <= 56))
    return {
        "hashes": many,
        "CPU ms a hash": round(1000 * statistics.median(times), 2),
        "plain numpy, CPU ms": round(1000 * plain, 2),
    }


def scale(works=5000):
    with ProcessPoolExecutor(2) as pool:
        entries = list(pool.map(_made, range(works), chunksize=64))
    start = time.perf_counter()
    arrays = dict(gallery.packed(entries))
    out = {"works": works, "seconds to sort the features": round(time.perf_counter() - start, 1)}
    out["index MB"] = round(sum(a.nbytes for a in arrays.values()) / 1e6)
    folder = tempfile.mkdtemp()
    for name, array in arrays.items():
        np.save(f"{folder}/{name}.npy", array)
    del arrays, entries
    with ProcessPoolExecutor(1) as pool:
        return out | pool.submit(_asked, folder, works).result()


def _asked(folder, works):
    """In a process of its own: the index is mapped, as a worker maps it."""
    cv2.setNumThreads(1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    known = gallery.Gallery({p.stem: np.load(p, mmap_mode="r") for p in Path(folder).glob("*.npy")})
    extracted, searched, hit = [], [], 0
    for n in range(20):
        number = n * (works // 20)
        picture = drawn(number).crop((60, 40, 400, 300))
        start = time.process_time()
        seen = features.of_seen(picture)
        middle = time.process_time()
        hit += any(c.known == number for c in copies.of_features(known, picture, seen))
        searched.append(time.process_time() - middle)
        extracted.append(middle - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"found of 20 crops": hit, "ms to extract": round(1000 * statistics.median(extracted)),
            "ms a query by features": round(1000 * statistics.median(searched)), "MB of the query's process": round((peak) / 1024),
            "of these by the index": round((peak - before) / 1024)}  # fmt: skip


def photo(size):
    """Waves and noise: as dear to decode as a photograph."""
    noise = np.random.Generator(np.random.PCG64(1)).normal(0, 12, (size[1], size[0], 3))
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    waves = 128 + 90 * np.sin(x / 37)[..., None] * np.cos(y[..., None] / np.array([23, 51, 31]))
    return Image.fromarray(np.clip(waves + noise, 0, 255).astype(np.uint8))


def cost():
    out = {}
    for name, size, quality in (
        ("JPEG 4000x3000", (4000, 3000), 88),
        ("JPEG 2000x1500", (2000, 1500), 88),
        ("JPEG 1000x750", (1000, 750), 88),
    ):
        data = _jpeg(photo(size), quality)
        bare = _median(lambda data=data: Image.open(io.BytesIO(data)).convert("RGB").load())
        ours = _median(lambda data=data: hashes.variants(decode(data, least=800, grey=True).frames[0][1]))
        out[name] = {"bare decode ms": round(1000 * bare, 1), "decode + hashes, times": round(ours / bare, 2)}
    return out


def _median(call):
    times = []
    for _ in range(7):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("dir", nargs="?", type=Path)
    ap.add_argument("--part", choices=("peers", "false", "false-by-hashes", "hashes", "scale", "cost"))
    ap.add_argument("--sample", type=int, default=100)
    ap.add_argument("--workers", type=int, default=2)
    ap.add_argument("--log", type=Path)
    ap.add_argument("--most", type=int)
    a = ap.parse_args()
    parts = [a.part] if a.part else ["hashes", "scale", "cost", *(["peers", "false-by-hashes", "false"] if a.dir else [])]
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for part in parts:
        run = {
            "peers": lambda: peers(a.dir, a.sample, a.workers),
            "false": lambda: false_matches(a.dir, a.workers, a.log, a.most),
            "false-by-hashes": lambda: false_by_hashes(a.dir, a.workers),
            "hashes": hashes_at_scale,
            "scale": scale,
            "cost": cost,
        }[part]
        kept = (json.loads(RESULTS.read_text()) if RESULTS.exists() else {}) | {part: run()}
        RESULTS.write_text(json.dumps(kept, indent=1) + "\n")
        print(part, json.dumps(kept[part]))


if __name__ == "__main__":
    main()
