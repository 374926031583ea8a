"""--evidence DIR: a crop for each place in a picture that a finding rests on, linked from the report and an index."""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Protocol

from listing_preflight.errors import UsageError
from listing_preflight.images.evidence import LONGEST, SMALL, Crop, name
from listing_preflight.model.finding import Finding, Mention, Verdict
from listing_preflight.model.hit import PictureMatch, Place
from listing_preflight.model.listing import Picture
from listing_preflight.watchlists.pictures import opened

INDEX = "index.jsonl"


class Crops(Protocol):
    """What can look at a picture again."""

    def crop(self, crop: Crop) -> bool:
        """Write a piece of evidence; False where its picture could not be read again."""
        ...


class Evidence:
    """Crops of one run, written as its verdicts come.

    With `lists` (the folder of each) they are small copies for the page, pictures of the lists beside them, and no index.
    """

    def __init__(self, folder: Path, index: IO[str] | None, *, lists: Mapping[str, str] | None = None) -> None:
        self.folder, self._index, self._lists = folder, index, lists
        self._written: dict[str, bool] = {}

    def add(self, scanner: Crops, verdict: Verdict) -> Verdict:
        """Write the crops of a verdict's findings, each place once; the verdict with each place naming its crop."""
        findings = tuple(self._finding(scanner, verdict, found) for found in verdict.findings)
        return dataclasses.replace(verdict, findings=findings)

    def _finding(self, scanner: Crops, verdict: Verdict, found: Finding) -> Finding:
        def mention(one: Mention) -> Mention:
            place = one.hit.place
            known = opened(place.known[0]).small(place.known[1]) if place.known else b""
            return one._replace(hit=one.hit._replace(place=self._cropped(scanner, verdict, found, place, known)))

        def match(one: PictureMatch) -> PictureMatch:
            known = opened(one.gallery).small(one.number) if one.gallery and self._lists is None else b""
            place = self._cropped(scanner, verdict, found, one.place, known)
            return dataclasses.replace(one, place=place, known_crop=self._known(scanner, one))

        mentions, matches = tuple(map(mention, found.mentions)), tuple(map(match, found.pictures))
        return dataclasses.replace(found, mentions=mentions, pictures=matches)

    def _known(self, scanner: Crops, match: PictureMatch) -> str | None:
        """A small copy of the list's own picture, where the list lies beside it."""
        folder = (self._lists or {}).get(match.list)
        if not folder:
            return None
        file = name(match.list, match.known, 0, None, "webp")
        if file not in self._written:
            crop = Crop(
                path=match.known, roots=(folder,), frame=0, box=None, file=str(self.folder / file), longest=SMALL
            )
            self._written[file] = scanner.crop(crop)
        return file if self._written[file] else None

    def _cropped(self, scanner: Crops, verdict: Verdict, found: Finding, place: Place, known: bytes = b"") -> Place:
        """The place with the name of its crop, where it is one in a picture that can be read again."""
        picture = next((p for p in verdict.listing.pictures if p.index == place.index), None)
        if place.field != "image" or (place.box is None and self._lists is None) or picture is None:
            return place
        source = picture.path or picture.url or ""
        file = name(verdict.listing.id, source, place.frame or 0, place.box, "png" if self._lists is None else "webp")
        if file not in self._written:
            self._written[file] = self._write(scanner, picture, place, file, known)
            if self._written[file] and self._index is not None:
                row = _row(file, verdict, found, place)
                self._index.write(json.dumps(row, ensure_ascii=False) + "\n")
        return place._replace(crop=file) if self._written[file] else place

    def _write(self, scanner: Crops, picture: Picture, place: Place, file: str, known: bytes) -> bool:
        return scanner.crop(
            Crop(
                path=picture.path or picture.url or "", roots=picture.roots, frame=place.frame or 0, box=place.box,
                file=str(self.folder / file), longest=LONGEST if self._lists is None else SMALL, known=known,
            )
        )  # fmt: skip


def open_folder(path: str) -> Path:
    """The folder that crops go to, made where it is not there."""
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise UsageError(f"cannot be written ({e.strerror})", where=f"--evidence {path}") from None
    return folder


def _row(file: str, verdict: Verdict, finding: Finding, place: Place) -> dict[str, object]:
    return {"file": file, "listing": verdict.listing.id, "fingerprint": finding.fingerprint(verdict.listing.id), "index": place.index,
            "frame": place.frame, "box": list(place.box or ())}  # fmt: skip
