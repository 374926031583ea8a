"""Fit the curves of images/likeness.json: which share of findings with given measures is right, for each way of finding.

usage: likeness.py DIR [--every N] [--logos FITS --list LIST] [--rows FILE [--again] | --only-logos] [--write]

DIR holds known/, works.yaml, copies.jsonl and unrelated.jsonl (as for known_pictures.py), FITS what `logos.py --use tuned --fits FITS` kept of
composed photographs of the logos in LIST. Each row is one known picture that was compared with one seen picture: its measures, and whether it is the
same work. The curves are logistic, with a little ridge, so that they stay finite where right and wrong do not overlap; hashes and outlines farther
apart than any that is told say nothing of how sure the near ones are, and are left out. Half of the works (logos: half of the photographs) fits, the
other half tells how far the curve is off; what is written is fitted to all.
"""

import argparse
import json
import math
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from known_pictures import first, rows, shelf
from logos import drawings

from listing_preflight.images import copies, features, figures, hashes, logos, shapes
from listing_preflight.images import likeness as told
from listing_preflight.images.hamming import BITS
from listing_preflight.images.place import overlap

RESULTS = Path(__file__).parent / "results/likeness.json"
DATA = Path(told.__file__).with_name(told.DATA)
RIDGE = 0.5
FARTHEST = {"hash": 90, "outline": 40}
BINS = (0.0, 0.1, 0.5, 0.9, 0.99, 1.01)


def measured(task):
    """Rows of one picture: curve, measures, whether it is right, and the number that halves are told by."""
    folder, file, works, own = task
    cv2.setNumThreads(1)
    names, known, _ = shelf(folder)
    picture = first(folder, file)
    same = np.array([own is not None and works[n] == own for n in names])
    out = [*_hashed(known, picture, same), *_outlined(known, picture, same), *_featured(known, picture, same)]
    return [(curve, one, bool(same[n]), names[n]) for curve, one, n in out]


def _nearest(known, kind, bits):
    """The least distance of each known picture to any of the hashes seen, and which that is."""
    out = {}
    for place, number, far in known.near(kind, bits, BITS):
        if number not in out or far < out[number][0]:
            out[number] = far, place
    return out


def _hashed(known, picture, same):
    """The known work and the nearest other one by pHash; with pixels where they are compared."""
    seen = hashes.variants(picture)
    found = _nearest(known, "phash256", [v.bits for v in seen])
    others = [n for n in found if not same[n]]
    for n in [n for n in found if same[n]] + ([min(others, key=lambda n: found[n][0])] if others else []):
        far, place = found[n]
        yield "hash", {"bits": far}, n
        if far <= copies.VOUCHED:
            agree = copies.agreement(np.asarray(picture.convert("L"), np.float32), known.grey(n), seen[place])
            yield "pixels", {"bits": far, "agree": agree}, n


def _outlined(known, picture, same):
    """The same by outline, of known pictures that have one."""
    seen = shapes.outline(picture)
    drawn = [(n, _outline(known, n)) for n in range(known.size)] if seen else []
    far = {n: min((o.bits ^ b).bit_count() for b in (seen.bits, seen.mirrored)) for n, o in drawn if o}
    others = [n for n in far if not same[n]]
    for n in [n for n in far if same[n]] + ([min(others, key=far.get)] if others else []):
        yield "outline", {"bits": far[n]}, n


@cache
def _outline(known, number):
    picture = known.picture(number)
    return shapes.outline(picture)


def _featured(known, picture, same):
    """Every known picture that points lay over this one."""
    seen = features.of_seen(picture)
    if len(seen.points) < features.FEWEST:
        return
    best = {}
    for one in copies.lay(known, picture, seen):
        if one.number not in best or copies.strength(one) > copies.strength(best[one.number]):
            best[one.number] = one
    for n, one in best.items():
        if one.whole.cells:
            yield "features", copies.measures(one), n


def logo_rows(fits, folder):
    """The best logo of each place in composed photographs; drawings that two brands share are one."""
    ink = drawings(folder)
    for n, line in enumerate(fits.read_text().splitlines()):
        done, taken = json.loads(line), []
        laid = [
            (
                logos.measures(logos.Laid(name, met, again, logos.Fit(*fit), figures.Whole(rarity, variety), None)),
                name,
                box,
            )
            for name, met, again, *fit, rarity, variety, box in done["fits"]
        ]
        for measures, name, box in sorted(laid, key=lambda one: -one[0]["agree"] * one[0]["even"] * one[0]["bare"]):
            if not any(overlap(tuple(box), other) > 0.5 for other in taken):
                taken.append(tuple(box))
                yield "logo", measures, done["logo"] is not None and ink[name] == ink[done["logo"]], str(n)


def fitted(cases):
    """Weights of a logistic curve by measure, `1` the constant: Newton's steps on standardised measures."""
    names = sorted(cases[0][0])
    x = np.array([[m[n] for n in names] for m, _ in cases], float)
    y = np.array([right for _, right in cases], float)
    middle, spread = x.mean(0), np.maximum(x.std(0), 1e-9)
    z = np.c_[np.ones(len(x)), (x - middle) / spread]
    w = np.zeros(z.shape[1])
    ridge = np.diag([0.0, *(RIDGE,) * len(names)])
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        slope = z.T @ (y - p) - ridge @ w
        bend = (z * (p * (1 - p))[:, None]).T @ z + ridge + 1e-9 * np.eye(len(w))
        step = np.linalg.solve(bend, slope)
        w = w + step
        if np.abs(step).max() < 1e-8:
            break
    plain = w[1:] / spread
    return {"1": round(float(w[0] - plain @ middle), 4)} | {
        n: round(float(v), 5) for n, v in zip(names, plain, strict=True)
    }


def probability(weights, measures):
    value = weights["1"] + sum(weights[n] * v for n, v in measures.items())
    return 1 / (1 + math.exp(-max(-30, min(30, value))))


def off(weights, cases):
    """How far a curve is off on cases that it was not fitted to: right and wrong in each part of its range."""
    told_ = [(probability(weights, m), right) for m, right in cases]
    parts = {
        f"{low:g} to {min(high, 1):g}": [right for p, right in told_ if low <= p < high]
        for low, high in zip(BINS, BINS[1:])
    }
    error = sum((p - right) ** 2 for p, right in told_) / max(1, len(told_))
    return {
        "mean square error": round(error, 4),
        "right of those told": {k: f"{sum(v)} of {len(v)}" for k, v in parts.items()},
    }


def gathered(a):
    works = {r["file"]: r["work"] for r in rows(a.dir, "known.jsonl")}
    seen = [(r["file"], r["work"]) for r in rows(a.dir, "copies.jsonl") if r["expect"] == "finding"]
    seen += [(r["file"], None) for r in rows(a.dir, "unrelated.jsonl")]
    tasks = [(str(a.dir), file, works, own) for file, own in seen[:: a.every]]
    shelf(str(a.dir))
    with ProcessPoolExecutor(2) as pool, a.rows.open("w") as out:
        for found in pool.map(measured, tasks, chunksize=8):
            out.writelines(json.dumps(one) + "\n" for one in found)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("dir", type=Path)
    ap.add_argument("--every", type=int, default=1)
    ap.add_argument("--logos", type=Path)
    ap.add_argument("--list", type=Path)
    ap.add_argument("--rows", type=Path, default=Path("likeness_rows.jsonl"))
    ap.add_argument("--again", action="store_true", help="fit the rows of an earlier run")
    ap.add_argument("--only-logos", action="store_true", help="leave the other curves as they are")
    ap.add_argument("--write", action="store_true")
    a = ap.parse_args()
    if not a.again and not a.only_logos:
        gathered(a)
    cases = [] if a.only_logos else [json.loads(line) for line in a.rows.read_text().splitlines()]
    cases = [c for c in cases if c[1].get("bits", 0) <= FARTHEST.get(c[0], BITS)]
    cases += list(logo_rows(a.logos, a.list)) if a.logos else []
    halves = {name: n % 2 for n, name in enumerate(sorted({c[3] for c in cases}))}
    curves, checked = {}, {}
    for curve in sorted({c[0] for c in cases}):
        mine = [(m, right, half) for c, m, right, name in cases if c == curve for half in [halves[name]]]
        weights = fitted([(m, r) for m, r, _ in mine])
        curves[curve] = {
            "right": sum(r for _, r, _ in mine),
            "wrong": sum(not r for _, r, _ in mine),
            "weights": weights,
        }
        checked[curve] = off(fitted([(m, r) for m, r, h in mine if h == 0]), [(m, r) for m, r, h in mine if h == 1])
    print(json.dumps({"curves": curves, "held out": checked}, indent=1))
    if a.write:
        head = {"made by": "benchmarks/likeness.py", "measures": "see images/copies.py and images/logos.py"}
        if a.only_logos:
            curves = json.loads(DATA.read_text())["curves"] | curves
            kept = json.loads(RESULTS.read_text())
            a.every, checked = kept["every"], kept["held out"] | checked
        DATA.write_text(json.dumps(head | {"curves": curves}, indent=1) + "\n")
        RESULTS.write_text(json.dumps({"every": a.every, "held out": checked}, indent=1) + "\n")


if __name__ == "__main__":
    main()
