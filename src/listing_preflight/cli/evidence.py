"""--evidence DIR: a crop for each place in a picture that a finding rests on, and an index that names them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from listing_preflight.errors import UsageError
from listing_preflight.images.evidence import Crop, name
from listing_preflight.model.finding import Finding, Verdict
from listing_preflight.model.hit import Place
from listing_preflight.scan import Scanner

INDEX = "index.jsonl"


class Evidence:
    """Crops of one run, written as its verdicts come."""

    def __init__(self, folder: Path, index: IO[str]) -> None:
        self._folder, self._index = folder, index
        self._done: set[str] = set()

    def add(self, scanner: Scanner, verdict: Verdict) -> None:
        """Write the crops of a verdict's findings, each place once."""
        pictures = {p.index: p for p in verdict.listing.pictures}
        for finding, place in _places(verdict):
            assert place.box is not None
            file = name(verdict.listing.id, place.index, place.frame or 0, place.box)
            picture = pictures.get(place.index)
            if picture is None or file in self._done:
                continue
            crop = Crop(
                path=picture.path or picture.url or "", roots=picture.roots, frame=place.frame or 0, box=place.box,
                file=str(self._folder / file),
            )  # fmt: skip
            if scanner.crop(crop):
                self._done.add(file)
                self._index.write(json.dumps(_row(file, verdict, finding, place), ensure_ascii=False) + "\n")


def open_folder(path: str) -> Path:
    """The folder that crops go to, made where it is not there."""
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise UsageError(f"cannot be written ({e.strerror})", where=f"--evidence {path}") from None
    return folder


def _places(verdict: Verdict) -> Iterator[tuple[Finding, Place]]:
    for finding in verdict.findings:
        for place in (*(m.hit.place for m in finding.mentions), *(p.place for p in finding.pictures)):
            if place.field == "image" and place.box is not None:
                yield finding, place


def _row(file: str, verdict: Verdict, finding: Finding, place: Place) -> dict[str, object]:
    return {"file": file, "listing": verdict.listing.id, "fingerprint": finding.fingerprint, "index": place.index,
            "frame": place.frame, "box": list(place.box or ())}  # fmt: skip
