"""Pictures like those of the cited listings: the scanner's own search, told to look for these pictures."""

import dataclasses
import datetime
from collections.abc import Sequence
from pathlib import Path

from listing_preflight.complaint.elements import Carried, look
from listing_preflight.model.listing import Listing, Picture
from listing_preflight.model.mark import Work


def like_pictures(listings: Sequence[Listing], cited: Sequence[int], day: datetime.date) -> dict[int, Carried]:
    """Number of a listing → the place where it shows a picture of a cited listing, the likest; pictures at hand only."""
    works, _ = cited_works(listings, cited)
    if not works:
        return {}
    others = [n for n, one in enumerate(listings) if n not in set(cited) and any(p.path for p in one.pictures)]
    bare = [dataclasses.replace(listings[n], texts=()) for n in others]
    seen = look(bare, (), works, day, images=True, ocr="off")
    return {n: max(s.places, key=lambda p: p.score) for n, s in zip(others, seen, strict=True) if s.places}


def cited_works(listings: Sequence[Listing], cited: Sequence[int]) -> tuple[list[Work], dict[str, int]]:
    """The pictures of cited listings as works to look for, and of which listing each is."""
    shown = [(n, p.index, known) for n in cited for p in listings[n].pictures if (known := _file(p))]
    works = [Work(id=f"cited-{n}-{i}", list="complaint", kind="image", images=(known,)) for n, i, known in shown]
    return works, {w.id: n for w, (n, _, _) in zip(works, shown, strict=True)}


def _file(picture: Picture) -> str | None:
    """The file of a picture of the catalogue, which lists name as they do their own; None where there is none to be had."""
    for root in picture.roots or (".",):
        path = Path(root, picture.path or "").resolve()
        if picture.path and path.is_file() and path.is_relative_to(Path(root).resolve()):
            return str(path)
    return None
