"""Lists of PDQ hashes in ThreatExchange's text form as a watch-list: one hash a line, alone or before commas."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from listing_preflight.errors import ListError, UsageError
from listing_preflight.storage.replacing import replacing

_LINE = re.compile(r"(?:pdq[\s:,]+)?([0-9a-f]{64})(?:\s*,\s*([^,\n]*).*)?", re.IGNORECASE)
_WORST = 50
"""Quality of a PDQ hash below which its makers advise against matching by it."""


def run(files: Sequence[Path], out: Path) -> tuple[int, int]:
    """Write the list; hashes taken, and hashes left out for their quality. ListError at a line that is no hash."""
    if out.suffix != ".json":
        raise UsageError("must end in .json", where=f"-o {out}")
    left = 0
    works = []
    for file in files:
        taken: dict[str, None] = {}
        for hashed, quality in _hashes(file):
            if quality is not None and quality < _WORST:
                left += 1
            else:
                taken["pdq:" + hashed] = None
        works.append({"id": file.stem, "kind": "image", "title": file.stem, "images": list(taken)})
    source = ", ".join(file.name for file in files)
    with replacing(out) as stream:
        stream.write(json.dumps({"list": {"name": out.stem, "source": source}, "works": works}, indent=0).encode())
    return sum(len(work["images"]) for work in works), left


def _hashes(file: Path) -> Iterator[tuple[str, int | None]]:
    """Hash and quality of every line; empty lines, comments and a header row left out."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise ListError(f"cannot be read ({getattr(e, 'strerror', None) or 'not UTF-8'})", where=str(file)) from None
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#") or (number == 1 and text.casefold().startswith("hash")):
            continue
        found = _LINE.fullmatch(text)
        if found is None:
            remedy = "A line is 64 hexadecimal digits, alone or before a comma"
            raise ListError("is no PDQ hash", where=f"{file}:{number}", remedy=remedy)
        quality = (found[2] or "").strip()
        yield found[1].lower(), int(quality) if quality.isdigit() else None
