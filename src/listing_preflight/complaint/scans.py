"""Read pictures of pages with the embedded OCR engine, and say so: letters may be read wrong."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from listing_preflight.complaint.letter import Parts

SAID = "read from a picture by OCR: compare numbers and addresses with the picture"
PAGES = 10
_MAGIC = {
    b"\x89PNG": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"II*\x00": ".tif",
    b"MM\x00*": ".tif",
    b"GIF8": ".gif",
    b"RIFF": ".webp",
}


def suffix_of(head: bytes) -> str | None:
    """The ending of a picture's file name by its first bytes; None for anything else."""
    return next((suffix for magic, suffix in _MAGIC.items() if head.startswith(magic)), None)


def read_pictures(pictures: Sequence[bytes]) -> Parts:
    """The lines of pictures in reading order; the notes say that OCR was used, or why nothing was read."""
    from listing_preflight.images.crew import Crew, looked
    from listing_preflight.images.looked import Task

    parts = Parts()
    with tempfile.TemporaryDirectory() as folder:
        names = [f"page-{n}{suffix_of(data[:8]) or '.png'}" for n, data in enumerate(pictures[:PAGES])]
        for name, data in zip(names, pictures, strict=False):
            Path(folder, name).write_bytes(data)
        crew = Crew(1)
        try:
            asked = [crew.look(Task(path=name, roots=(folder,), ocr="auto", known=False)) for name in names]
            found = [looked(one) for one in asked]
        finally:
            crew.close()
    parts.text += ["\n".join(line.text for frame in one.frames for line in frame.lines) for one in found]
    parts.notes += [f"page {n}: {fault.detail}" for n, one in enumerate(found, 1) for fault in one.faults]
    parts.notes += [SAID] if any(text.strip() for text in parts.text) else []
    parts.notes += [f"only the first {PAGES} pictures were read"] if len(pictures) > PAGES else []
    return parts
