"""Measure logos in photographs: composed ones of one logo each, and as many without any that the list names.

usage: logos.py LIST [--use measured|tuned] [--scenes N] [--seed S…] [--fits FILE [--again]] [--write]

LIST is the folder that scripts/build_logo_list.py makes. The photographs are composed by logo_scenes.py; thresholds and the calibration were
chosen on the `tuned` grounds alone. Writes benchmarks/results/logos.json with --write.
"""

import argparse
import io
import itertools
import json
import random
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from logo_scenes import LOGO, compose, grounds
from PIL import Image, ImageDraw

from listing_preflight.images import figures, gallery, logos, place
from listing_preflight.watchlists.pictures import _of_file

RESULTS = Path(__file__).parent / "results/logos.json"


@cache
def names(folder):
    return sorted(p.stem for p in Path(folder, "logos").glob("*.png"))


def _entry(path):
    return _of_file(path, "mark")


@cache
def shelf(folder):
    """The gallery of the list, kept beside it for the next run."""
    cv2.setNumThreads(1)
    kept = Path(folder) / f"gallery-{gallery.METHOD}.npz"
    if not kept.exists():
        with ProcessPoolExecutor(2) as pool:
            entries = list(pool.map(_entry, [Path(folder, "logos", f"{n}.png") for n in names(folder)], chunksize=32))
        np.savez(kept, **dict(gallery.packed(entries)))
    with np.load(kept) as arrays:
        return gallery.Gallery(dict(arrays))


def mask_of(folder, name):
    picture = (
        Image.open(Path(folder, "logos", f"{name}.png")).convert("L").resize((LOGO, LOGO), Image.Resampling.BICUBIC)
    )
    return 1 - np.asarray(picture, np.float32) / 255


def invented(dice):
    """A figure that is no logo of the list, though made of what logos are made of: discs, rings, bars, polygons, hearts, letters."""
    picture = Image.new("L", (LOGO, LOGO), 0)
    pen = ImageDraw.Draw(picture)
    for n in range(dice.randint(1, 4)):
        x, y, r = dice.randint(120, 360), dice.randint(120, 360), dice.randint(50, 110)
        ink = 255 if n == 0 or dice.random() < 0.7 else 0
        turn = dice.uniform(0, 360)
        match dice.randrange(5):
            case 0:
                pen.ellipse((x - r, y - r, x + r, y + r), fill=ink)
            case 1:
                pen.ellipse((x - r, y - r, x + r, y + r), outline=255, width=r // 4)
            case 2:
                pen.regular_polygon((x, y, r), dice.randint(3, 8), turn, fill=ink)
            case 3:
                pen.pieslice((x - r, y - r, x + r, y + r), turn, turn + dice.randint(60, 300), fill=ink)
            case _:
                pen.rounded_rectangle((x - r, y - r // 3, x + r, y + r // 3), r // 4, fill=ink)
    return np.asarray(picture, np.float32) / 255


def scene(task):
    """One photograph: what is found in it, and how well every proposal fits."""
    folder, use, seed, kind = task
    dice = random.Random(seed)
    rows = [r for r in grounds() if r["use"] == use]
    row = rows[seed % len(rows)]
    name = dice.choice(names(folder)) if kind == "logo" else None
    mask = mask_of(folder, name) if name else invented(dice) if kind == "invented" else None
    data, box, told = compose(mask, row, seed)
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    known = shelf(folder)
    start = time.process_time()
    seen = logos.see(picture)
    laid = list(logos.lay(known, picture, logos.moved(known, seen, logos.proposed(known, seen))))
    took = time.process_time() - start
    titles = names(folder)
    fits = [
        [
            titles[one.number],
            *(round(float(v), 4) for v in (one.met, one.again, *one.fit, *one.whole)),
            logos.box_of(known, one, picture.size),
        ]
        for one in laid
    ]
    return {"kind": kind, "logo": name, "box": box, "told": told, "seconds": round(took, 2), "fits": fits}


def found(done):
    """What the program tells of a photograph by its fits: so that a run can be judged anew without being made anew."""
    laid = [
        (logos.Laid(n, met, again, logos.Fit(*fit), figures.Whole(rarity, variety), None), tuple(box))
        for n, met, again, *fit, rarity, variety, box in done["fits"]
    ]
    best = {}
    for one, box in sorted(laid, key=lambda one: -logos.likeness(one[0])):
        if (
            logos.is_logo(one)
            and one.number not in best
            and not any(place.overlap(box, other) > 0.5 for _, other in best.values())
        ):
            best[one.number] = round(logos.likeness(one), 3), box
    return [[name, score, list(box)] for name, (score, box) in best.items()]


def iou(a, b):
    w = max(0, min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]))
    h = max(0, min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]))
    return w * h / (a[2] * a[3] + b[2] * b[3] - w * h)


def summed(done, inks):
    """Recall over photographs of logos, precision over all that was found in any photograph."""
    shown = [d for d in done if d["kind"] == "logo"]
    same = [any(inks[n] == inks[d["logo"]] for n, *_ in d["found"]) for d in shown]
    right = sum(sum(inks[n] == inks.get(d["logo"]) for n, *_ in d["found"]) for d in shown)
    told = sum(len(d["found"]) for d in done)
    boxes = [iou(b, d["box"]) for d in shown for n, _, b in d["found"] if n == d["logo"]]
    by = {}
    for d, ok in zip(shown, same, strict=True):
        for key in (
            d["told"].split(",")[0],
            *(["covered"] if "covered" in d["told"] else []),
            "light ink" if "light ink" in d["told"] else "dark ink",
        ):
            by.setdefault(key, []).append(ok)
    return {
        "photographs": len(shown), "recall": round(sum(same) / len(shown), 3), "precision": round(right / told, 3) if told else None,
        "without a logo": len(done) - len(shown), "false in these": sum(len(d["found"]) for d in done if d["kind"] != "logo"),
        "median IoU": round(statistics.median(boxes), 2) if boxes else None, "CPU s a photograph": round(statistics.median(d["seconds"] for d in done), 2),
        "recall by": {k: f"{sum(v)} of {len(v)}" for k, v in sorted(by.items())},
        "missed": sorted(d["logo"] for d, ok in zip(shown, same, strict=True) if not ok),
        "wrong": [[d["logo"], d["told"], *f[:2]] for d in done for f in d["found"] if inks[f[0]] != inks.get(d["logo"])],
    }  # fmt: skip


def drawings(folder):
    """A name for each drawing: two brands of one house may share it, and either is right then."""
    return {n: Path(folder, "logos", f"{n}.png").read_bytes() for n in names(folder)}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("list", type=Path)
    ap.add_argument("--use", choices=("measured", "tuned"), default="measured")
    ap.add_argument("--scenes", type=int, default=200)
    ap.add_argument("--negatives", type=int, default=100)
    ap.add_argument("--seed", type=int, nargs="+", default=[1], help="so many scenes of each")
    ap.add_argument("--workers", type=int, default=2)
    ap.add_argument(
        "--fits",
        type=Path,
        default=Path("fits.jsonl"),
        help="where every fit goes; read back where it is there and --again is given",
    )
    ap.add_argument("--again", action="store_true", help="judge the fits of an earlier run by the thresholds of today")
    ap.add_argument("--write", action="store_true")
    a = ap.parse_args()
    if not a.again:
        shelf(a.list)
        compose_all(a)
    done = [json.loads(line) for line in a.fits.read_text().splitlines()]
    out = {"marks": len(names(a.list)), "grounds": a.use, "seed": a.seed} | summed(
        [d | {"found": found(d)} for d in done], drawings(a.list)
    )
    print(json.dumps(out, indent=1))
    if a.write:
        RESULTS.write_text(json.dumps(out, indent=1) + "\n")


def compose_all(a):
    """Compose the photographs and keep what fits in them, in their order, as it comes."""
    shown = [(a.list, a.use, 1000 * seed + n, "logo") for seed in a.seed for n in range(a.scenes)]
    empty = [
        (a.list, a.use, 1000 * seed + 500 + n, ("invented", "ground")[n % 2]) for seed in a.seed for n in range(a.negatives)
    ]
    with ProcessPoolExecutor(a.workers) as pool, a.fits.open("w") as out:
        for one in pool.map(scene, [t for pair in itertools.zip_longest(shown, empty) for t in pair if t]):
            out.write(json.dumps(one) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
