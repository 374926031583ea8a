"""Look at one picture: what runs inside a worker process, behind a deadline."""

import os
import signal
import sys

from listing_preflight.images.looked import Fault, Frame, Line, Looked, Task

REMEDY = 'pip install "listing-preflight[images]"'


def start() -> None:
    """Make a fresh process a worker: deaf to Ctrl-C, and with a standard output that engines cannot soil."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout.flush()
    os.dup2(2, 1)


def look(task: Task) -> Looked:
    """All that is wanted of one picture; faults come back as values, never as exceptions."""
    try:
        from listing_preflight.images.decode import PictureError, decode, read_under
    except ImportError as e:
        return Looked(faults=(Fault(kind="engine-absent", detail=f"{e.name} is not installed; {REMEDY}"),))
    try:
        decoded = decode(read_under(task.path, task.roots))
    except PictureError as e:
        return Looked(faults=(e.fault,))
    faults = list(decoded.faults)
    frames = []
    for number, picture in decoded.frames:
        lines, fault = _read(picture, task)
        faults += [fault] if fault and fault not in faults else []
        frames.append(Frame(number=number, size=picture.size, hashes=_hashes(picture, task), lines=tuple(lines)))
    return Looked(frames=tuple(frames), faults=tuple(faults))


def _hashes(picture: object, task: Task) -> tuple[tuple[str, int], ...]:
    if not task.hashes:
        return ()
    from listing_preflight.images.hashes import variants

    return variants(picture)


def _read(picture: object, task: Task) -> tuple[list[Line], Fault | None]:
    if task.ocr == "off":
        return [], None
    from PIL import Image

    from listing_preflight.images.ocr.registry import choose

    assert isinstance(picture, Image.Image)
    engine = choose(task.ocr)
    if isinstance(engine, str):
        return [], Fault(kind="engine-absent", detail=engine)
    try:
        return engine.read(picture, task.languages), None
    except Exception as e:
        return [], Fault(kind="crashed", detail=f"{engine.NAME} failed: {type(e).__name__}: {e}")
