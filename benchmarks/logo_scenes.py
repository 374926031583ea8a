"""Compose photographs with one logo each, by seed: openly licensed photographs and drawn goods as grounds.

The grounds, their authors and licences are in benchmarks/labels/logo_grounds.csv. `tuned` grounds chose the thresholds and the calibration of
`images/logos.py`; figures are measured on the others alone. Photographs of apparel come from a public data set; the variable APPAREL of the
environment names the folder that holds them by their names, and without it they are left out.
"""

import csv
import io
import os
import random
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

GROUNDS = Path(__file__).parent / "labels/logo_grounds.csv"
SIZE = (900, 700)
LOGO = 480


@cache
def grounds():
    """Rows of the table of grounds."""
    with GROUNDS.open(newline="") as file:
        return [r for r in csv.DictReader(file) if r["kind"] != "apparel" or os.environ.get("APPAREL")]


def ground(row, dice):
    """A ground of SIZE: a random part of a photograph, or goods drawn anew. Also how a logo lies on it."""
    if row["kind"] != "drawn":
        picture = Image.open(_photograph(row)).convert("RGB")
        share = dice.uniform(0.7, 1.0)
        wide = min(picture.width, picture.height * SIZE[0] / SIZE[1]) * share
        x, y = dice.uniform(0, picture.width - wide), dice.uniform(0, picture.height - wide * SIZE[1] / SIZE[0])
        part = picture.resize(SIZE, Image.Resampling.BICUBIC, (x, y, x + wide, y + wide * SIZE[1] / SIZE[0]))
        return np.asarray(part, np.float32), np.ones(SIZE[::-1], np.float32), "flat"
    return DRAWN[row["name"]](dice)


def _photograph(row):
    """The file of a photograph: in a library of the extra `bench`, or in the folder that APPAREL names."""
    if row["kind"] == "apparel":
        return Path(os.environ["APPAREL"], row["name"])
    library, folder = (
        ("sklearn", "datasets/images") if row["source"].startswith("scikit-learn") else ("skimage", "data")
    )
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        raise SystemExit(
            'the photographs come with scikit-image and scikit-learn; pip install "listing-preflight[bench]"'
        )
    return Path(spec.origin).parent / folder / row["name"]


def _noise(dice, scale, strength):
    """Smooth random hills, mean 0."""
    made = np.random.Generator(np.random.PCG64(dice.randrange(2**32)))
    small = made.normal(0, 1, (SIZE[1] // scale + 2, SIZE[0] // scale + 2)).astype(np.float32)
    hills = cv2.resize(small, SIZE, interpolation=cv2.INTER_CUBIC)
    return hills * strength / max(1e-6, float(hills.std()))


def _colour(dice, low=30, high=235):
    return np.array([dice.uniform(low, high) for _ in range(3)], np.float32)


def _shaded(colour, shade):
    return np.clip(colour[None, None] * shade[..., None], 0, 255)


def _wrinkles(dice):
    return 1 + _noise(dice, 130, 0.10) + _noise(dice, 40, 0.05) + _noise(dice, 2, 0.025)


def _cloth(dice):
    shade = _wrinkles(dice)
    return _shaded(_colour(dice), shade), shade, "cloth"


def _table(dice):
    shade = 1 + cv2.GaussianBlur(_noise(dice, 3, 0.3), (151, 1), 0) + _noise(dice, 200, 0.08)
    return (
        _shaded(np.array([dice.uniform(120, 190), dice.uniform(80, 120), dice.uniform(40, 70)], np.float32), shade),
        shade,
        "flat",
    )


def _shirt(dice):
    out = _shaded(_colour(dice, 190, 250), 1 + _noise(dice, 300, 0.05))
    shade = _wrinkles(dice)
    w, h = SIZE
    around = np.array(
        [
            (0.28, 0.02),
            (0.42, 0.08),
            (0.58, 0.08),
            (0.72, 0.02),
            (0.98, 0.3),
            (0.86, 0.45),
            (0.78, 0.36),
            (0.79, 1),
            (0.21, 1),
            (0.22, 0.36),
            (0.14, 0.45),
            (0.02, 0.3),
        ]
    )
    mask = cv2.fillPoly(np.zeros((h, w), np.uint8), [np.int32(around * (w, h))], 255)
    soft = cv2.GaussianBlur(mask, (0, 0), 1.5).astype(np.float32)[..., None] / 255
    return out * (1 - soft) + _shaded(_colour(dice), shade) * soft, shade, "cloth"


def _tote(dice):
    out = _shaded(_colour(dice, 150, 230), 1 + _noise(dice, 250, 0.08))
    weave = 1 + 0.04 * np.sin(np.arange(SIZE[0]) * 1.1)[None] * np.sin(np.arange(SIZE[1]) * 1.1)[:, None]
    shade = _wrinkles(dice) * weave.astype(np.float32)
    mask = np.zeros(SIZE[::-1], np.float32)
    cv2.ellipse(mask, (SIZE[0] // 2, SIZE[1] // 4), (150, 190), 0, 180, 360, 1, 26)
    cv2.rectangle(mask, (150, SIZE[1] // 4), (SIZE[0] - 150, SIZE[1] - 20), 1, -1)
    return out * (1 - mask[..., None]) + _shaded(_colour(dice, 150, 235), shade) * mask[..., None], shade, "cloth"


def _mug(dice):
    out = _shaded(_colour(dice, 140, 240), 1 + _noise(dice, 300, 0.06))
    x = np.linspace(-1, 1, SIZE[0], dtype=np.float32) / 0.62
    bend = np.sqrt(np.clip(1 - x**2, 0, 1)) * 0.75 + 0.3 + 0.25 * np.exp(-(((x + 0.45) / 0.09) ** 2))
    shade = np.repeat(bend[None], SIZE[1], 0)
    mask = np.zeros(SIZE[::-1], np.float32)
    cv2.ellipse(mask, (int(SIZE[0] * 0.84), SIZE[1] // 2), (110, 150), 0, 0, 360, 1, 34)
    cv2.rectangle(mask, (int(SIZE[0] * 0.19), 50), (int(SIZE[0] * 0.81), SIZE[1] - 50), 1, -1)
    return out * (1 - mask[..., None]) + _shaded(_colour(dice), shade) * mask[..., None], np.maximum(shade, 0.3), "mug"


def _box(dice):
    out = _shaded(_colour(dice, 160, 240), 1 + _noise(dice, 260, 0.06))
    front = np.int32([(170, 180), (640, 140), (660, 620), (190, 640)])
    side = np.int32([(640, 140), (800, 220), (790, 580), (660, 620)])
    colour = _colour(dice)
    for face, light in ((front, 1.0), (side, 0.65)):
        mask = cv2.fillPoly(np.zeros(SIZE[::-1], np.uint8), [face], 255).astype(np.float32)[..., None] / 255
        out = out * (1 - mask) + _shaded(colour * light, 1 + _noise(dice, 2, 0.02)) * mask
    return out, np.ones(SIZE[::-1], np.float32), "tilted"


def _gingham(dice):
    """Cloth of two crossing stripes."""
    wide, shade = dice.randint(18, 46), _wrinkles(dice)
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    mixed = ((x // wide) % 2 + (y // wide) % 2)[..., None] / 2.0
    colours = _colour(dice, 200, 250) * (1 - mixed) + _colour(dice, 20, 170) * mixed
    return np.clip(colours * shade[..., None], 0, 255).astype(np.float32), shade, "cloth"


def _denim(dice):
    """Twill with a pocket and its seams."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    twill = 1 + 0.10 * np.sin((x + 2 * y) * 0.9) + _noise(dice, 3, 0.08)
    shade = (_wrinkles(dice) * twill).astype(np.float32)
    out = _shaded(np.array([dice.uniform(40, 90), dice.uniform(60, 110), dice.uniform(110, 170)], np.float32), shade)
    thread = _colour(dice, 150, 220).tolist()
    for inset in (0, 14):
        around = np.int32(
            [
                (190 + inset, 120 + inset),
                (710 - inset, 120 + inset),
                (700 - inset, 540 - inset),
                (450, 640 - inset),
                (200 + inset, 540 - inset),
            ]
        )
        cv2.polylines(out, [around], True, thread, 3)
    return out, shade, "cloth"


DRAWN = {"swatch": _cloth, "table": _table, "shirt": _shirt, "mug": _mug, "box": _box, "tote": _tote, "gingham": _gingham, "denim": _denim}  # fmt: skip


def compose(mask, row, seed, *, cover=None):
    """A photograph (JPEG bytes) with a logo in it, its box [x, y, w, h], and what was done.

    `mask` [LOGO, LOGO] is 1 where the logo has ink. None as the mask gives the ground alone.
    """
    dice = random.Random(seed)
    base, shade, lies = ground(row, dice)
    told = [row["name"]]
    box = None
    if mask is not None:
        share, turn = dice.uniform(0.18, 0.5), dice.choice((0, 0, dice.uniform(-30, 30), dice.uniform(-180, 180)))
        onto = _placed(mask, share, turn, lies, dice)
        laid = cv2.warpPerspective(mask.astype(np.float32), onto, SIZE, flags=cv2.INTER_AREA)
        laid = _bent(laid, lies, dice)
        rows, columns = np.flatnonzero((laid > 0.5).any(1)), np.flatnonzero((laid > 0.5).any(0))
        x, y, right, low = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
        box = (x, y, right - x, low - y)
        ink = _ink(base[laid > 0.5].mean(0), dice)
        cover = dice.random() < 0.25 if cover is None else cover
        inked = _shaded(ink, shade) if lies != "flat" else np.broadcast_to(ink, base.shape)
        strength = dice.uniform(0.85, 1.0) if lies == "cloth" else 1.0
        base = base * (1 - strength * laid[..., None]) + inked * strength * laid[..., None]
        told += [f"{100 * share:.0f} %", f"turned {turn:.0f}", "light ink" if ink.mean() > 128 else "dark ink"]
        if cover:
            base = _covered(base, box, dice)
            told.append("covered")
    return _photographed(base, dice), box, ", ".join(told)


def _placed(mask, share, turn, lies, dice):
    """The map of a logo's pixels onto the ground: scale, turn, a slight tilt, a place in the middle of the ground."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    middle = (columns[0] + columns[-1]) / 2, (rows[0] + rows[-1]) / 2
    scale = (
        share
        * SIZE[0]
        * (0.75 if lies in ("mug", "tilted") else 1.0)
        / max(columns[-1] - columns[0], rows[-1] - rows[0])
    )
    turn = np.deg2rad(turn if lies == "flat" else np.clip(turn, -12, 12))
    c, s = scale * np.cos(turn), scale * np.sin(turn)
    shear = dice.uniform(-0.12, 0.12) if lies != "mug" else 0.0
    part = np.array([[c, -s], [s, c]]) @ np.array([[1, shear], [0, dice.uniform(0.88, 1.0)]])
    at = {"tilted": (415, 395), "mug": (450, 350)}.get(lies, (450, 360))
    off = np.array(at) + [dice.uniform(-40, 40), dice.uniform(-40, 40)] - part @ middle
    tilt = dice.uniform(-1.2e-4, 1.2e-4) if lies != "mug" else 0.0
    return np.array(
        [[part[0, 0], part[0, 1], off[0]], [part[1, 0], part[1, 1], off[1]], [tilt, 0, 1 - tilt * middle[0]]]
    )


def _bent(laid, lies, dice):
    """Ink on cloth follows its folds; on a mug its wall."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
    if lies == "cloth":
        return cv2.remap(laid, x + _noise(dice, 110, 3.0), y + _noise(dice, 110, 3.0), cv2.INTER_LINEAR)
    if lies == "mug":
        half = 0.31 * SIZE[0]
        around = np.arcsin(np.clip((x - SIZE[0] / 2) / half, -1, 1)) * half + SIZE[0] / 2
        return cv2.remap(laid, around.astype(np.float32), y, cv2.INTER_LINEAR)
    return laid


def _ink(under, dice):
    """A colour that can be told from what is under it."""
    for _ in range(200):
        ink = dice.choice(
            (np.zeros(3) + dice.uniform(5, 40), np.zeros(3) + dice.uniform(220, 252), _colour(dice, 5, 250))
        ).astype(np.float32)
        if abs(float((ink - under) @ (0.299, 0.587, 0.114))) > 55:
            return ink
    return np.zeros(3, np.float32) if under.mean() > 128 else np.full(3, 250, np.float32)


def _covered(base, box, dice):
    """Something round lies over a corner or edge of the logo: up to a quarter of its box."""
    x, y, w, h = box
    area = dice.uniform(0.1, 0.25) * w * h
    a = np.sqrt(area / np.pi) * dice.uniform(0.8, 1.25)
    at = dice.choice(
        [
            (x + 0.15 * w, y + 0.2 * h),
            (x + 0.85 * w, y + 0.2 * h),
            (x + 0.15 * w, y + 0.8 * h),
            (x + 0.85 * w, y + 0.8 * h),
        ]
    )
    mask = np.zeros(SIZE[::-1], np.float32)
    cv2.ellipse(mask, (int(at[0]), int(at[1])), (int(a), int(area / np.pi / a)), dice.uniform(0, 180), 0, 360, 1, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2)[..., None]
    return base * (1 - mask) + _shaded(_colour(dice), 1 + _noise(dice, 60, 0.08)) * mask


def _photographed(base, dice):
    """Blur, noise and JPEG of a camera."""
    made = np.random.Generator(np.random.PCG64(dice.randrange(2**32)))
    soft = cv2.GaussianBlur(base.astype(np.float32), (0, 0), dice.uniform(0.4, 1.3))
    soft = soft + made.normal(0, dice.uniform(1, 5), soft.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(soft, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=dice.randint(60, 92))
    return out.getvalue()
