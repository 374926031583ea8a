"""Look at one picture: what runs inside a worker process, behind a deadline."""

import dataclasses
import hashlib
import os
import signal
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from listing_preflight.images.looked import Box, Fault, Frame, Line, Looked, Task

if TYPE_CHECKING:
    from PIL import Image

    from listing_preflight.images.gallery import Gallery
    from listing_preflight.images.ocr.registry import Engine

_galleries: "list[Gallery]" = []
"""What this process looks for: set once, before its first task."""
LEAST = 800
"""Pixels of the longer side at which pictures are looked at that nobody reads: what features are made of."""
REMEDY = 'pip install "listing-preflight[images]"'


def start() -> None:
    """Make a fresh process a worker: deaf to Ctrl-C, one thread, and a standard output that engines cannot soil."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_THREAD_LIMIT"):
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout.flush()
    os.dup2(2, 1)


def use(galleries: "Iterable[Gallery]") -> None:
    """Look for the pictures of these galleries from now on."""
    _galleries[:] = galleries


def look(task: Task) -> Looked:
    """All that is wanted of one picture; faults come back as values, never as exceptions."""
    try:
        from listing_preflight.images.decode import decode
        from listing_preflight.images.source import PictureError, read_under
    except ImportError as e:
        return Looked(faults=(Fault(kind="engine-absent", detail=f"{e.name} is not installed; {REMEDY}"),))
    digest = b""
    try:
        data = read_under(task.path, task.roots)
        digest = hashlib.sha256(data).digest()
        decoded = decode(
            data, least=LEAST if task.ocr == "off" else None, grey=not any(g.needs_colour for g in _galleries)
        )
    except PictureError as e:
        return Looked(faults=(e.fault,), digest=digest)
    faults = list(decoded.faults)
    frames = []
    for number, picture in decoded.frames:
        lines, fault = _read(picture, task)
        faults += [fault] if fault and fault not in faults else []
        frame = _frame(number, picture, lines, digest, task)
        frames.append(_enlarged(frame, decoded.reduced))
    return Looked(frames=tuple(frames), faults=tuple(faults), digest=digest)


def _enlarged(frame: Frame, factor: float) -> Frame:
    """A frame of a picture decoded at a part of its size, with places in its full size."""
    if factor == 1:
        return frame
    copies = tuple(dataclasses.replace(c, box=_times(c.box, factor)) for c in frame.copies)
    return dataclasses.replace(
        frame, copies=copies, size=(round(frame.size[0] * factor), round(frame.size[1] * factor))
    )


def _times(box: Box, factor: float) -> Box:
    x, y, w, h = (round(v * factor) for v in box)
    return x, y, w, h


def _frame(number: int, picture: "Image.Image", lines: "list[Line]", digest: bytes, task: Task) -> Frame:
    """One frame with the known pictures in it."""
    from listing_preflight.images import copies, hashes

    if not task.known:
        return Frame(number=number, size=picture.size, lines=tuple(lines), hash=hashes.plain(picture))
    plain = Frame(number=number, size=picture.size, lines=tuple(lines))
    seen = copies.see(_galleries, picture, digest)
    return dataclasses.replace(plain, copies=seen.copies, plain=seen.plain, hash=seen.hash)


def _read(picture: object, task: Task) -> tuple[list[Line], Fault | None]:
    if task.ocr == "off":
        return [], None
    from PIL import Image

    from listing_preflight.images.ocr.errors import EngineError
    from listing_preflight.images.ocr.registry import choose

    assert isinstance(picture, Image.Image)
    engine = choose(task.ocr)
    if isinstance(engine, str):
        return [], Fault(kind="engine-absent", detail=engine)
    try:
        return _lines(engine, picture, task), None
    except EngineError as e:
        return [], Fault(kind="engine-absent", detail=str(e))
    except Exception as e:
        return [], Fault(kind="crashed", detail=f"{engine.NAME} failed: {type(e).__name__}: {e}")


def _lines(engine: "Engine", picture: "Image.Image", task: Task) -> list[Line]:
    """Lines of a picture: those that were kept from before, else what the engine reads now."""
    from listing_preflight.images import cache

    if not task.cache:
        return engine.read(picture, task.languages)
    key = cache.key(picture.tobytes(), picture.size, f"{engine.NAME} {engine.version(task.languages)}")
    kept = cache.get(key)
    if kept is not None:
        return list(kept)
    lines = engine.read(picture, task.languages)
    cache.put(key, lines)
    return lines
