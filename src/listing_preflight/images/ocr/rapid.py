"""RapidOCR on onnxruntime: the embedded engine; its models travel in its wheel and nothing is ever downloaded."""

import functools
import importlib.util
import logging
import os
from typing import Any

from PIL import Image

from listing_preflight.images.looked import Line

NAME = "rapidocr"
REMEDY = 'pip install "listing-preflight[images]"'
_DETECT_AT = 960
"""Long side at which text is looked for; lines are then read from the full picture."""
_LONGEST = 2000


def absent() -> str | None:
    """Why the engine cannot be used, or None."""
    for module in ("rapidocr", "onnxruntime"):
        if importlib.util.find_spec(module) is None:
            return f"{module} is not installed; {REMEDY}"
    return None


@functools.cache
def _engine() -> Any:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    logging.disable(logging.WARNING)
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical", "Global.use_cls": False, "Global.text_score": 0.0,
            "Global.max_side_len": _LONGEST, "Det.limit_type": "max", "Det.limit_side_len": _DETECT_AT,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def read(picture: Image.Image, languages: str) -> list[Line]:  # noqa: ARG001 - the model reads all its scripts at once
    """Lines of a picture in reading order, boxes in its pixels."""
    import numpy as np

    found = _engine()(np.asarray(picture)[:, :, ::-1])
    if found.boxes is None or found.txts is None:
        return []
    rows = zip(found.txts, found.scores, found.boxes, strict=True)
    return [Line(text=str(t), score=float(s), box=_upright(b)) for t, s, b in rows]


def _upright(quad: Any) -> tuple[int, int, int, int]:
    xs, ys = [float(p[0]) for p in quad], [float(p[1]) for p in quad]
    x, y = max(0, round(min(xs))), max(0, round(min(ys)))
    return x, y, round(max(xs)) - x, round(max(ys)) - y
