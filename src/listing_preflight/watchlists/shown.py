"""Whether the pictures that lists name can be looked for: what is wrong with them, and those that show too little."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from listing_preflight.errors import ListError
from listing_preflight.model.mark import WatchList
from listing_preflight.watchlists import pictures
from listing_preflight.watchlists.lint import Hint, lines_of_ids
from listing_preflight.watchlists.pictures import Key, Shelf

if TYPE_CHECKING:
    from listing_preflight.images.gallery import Gallery

_BALANCE = 56
"""Bits by which the ones among a hash's 256 may differ from a half: half of them lie above the median, by how hashes are made."""

_LEAST = 32
"""Pixels of a picture's shorter side: hashes look at 16 waves across it."""


def faults(file: Path, lists: Sequence[WatchList]) -> list[ListError]:
    """What is wrong with the pictures of the lists of a file, with their lines; one fault hides no other."""
    try:
        pictures.shelves(lists, keep=True)
    except ListError:
        lines = lines_of_ids(file)
        return [_placed(file, lines, key, fault) for key, fault in pictures.faults(lists)]
    return []


def _placed(file: Path, lines: Mapping[str, int], key: Key, fault: ListError) -> ListError:
    place = f"{file}:{lines[key.owner]}" if key.owner in lines else str(file)
    return ListError(fault.what, where=f"{place}: {key.owner!r}: images", remedy=fault.remedy)


def hints(file: Path, lists: Sequence[WatchList], ready: Shelf | None) -> Iterator[Hint]:
    """The pictures of the lists of a file that show too little to be found, or to be found as a part; they are made ready if they are not."""
    if not any(map(pictures.has_pictures, lists)):
        return
    names, lines = {one.name for one in lists}, lines_of_ids(file)
    try:
        shelves = [ready] if ready else pictures.shelves(lists, keep=True)
    except ListError as e:  # without the library for pictures a list is valid, and nobody has looked at them
        yield Hint("images", f"are not checked: {e.what}", e.remedy or "")
        return
    for shelf in shelves:
        yield from (h._replace(line=lines.get(h.mark)) for h in _of_shelf(shelf, names))


def _of_shelf(shelf: Shelf, names: Collection[str]) -> Iterator[Hint]:
    gallery = pictures.opened(shelf.file)
    for number, key in enumerate(shelf.keys):
        told = _of_file(gallery, number) if gallery.is_of_file(number) else _of_hash(gallery, number)
        if told is not None and key.list in names:
            yield Hint(key.owner, f"images: {key.name}: {told[0]}", told[1])


def _of_file(gallery: "Gallery", number: int) -> tuple[str, str] | None:
    """What is odd about a picture that was a file, and what to do."""
    from listing_preflight.images.features import FEWEST

    width, height = gallery.size_of(number)
    size = f"{width} × {height} pixels"
    if not gallery.hashes(number):
        return f"{size} that show next to nothing: only this very file is found", "give a picture that shows the work"
    if min(width, height) < _LEAST:
        return f"{size} are too few to tell it from others", "give a larger picture"
    if gallery.count(number) >= FEWEST or gallery.is_figure(number):
        return None
    return (
        f"{size} with too little structure: found as a whole, not as a part of another picture",
        "give a larger picture, or put a logo among the images of a mark",
    )


def _of_hash(gallery: "Gallery", number: int) -> tuple[str, str] | None:
    for kind, bits in gallery.hashes(number):
        ones = bits.bit_count()
        if kind != "shape" and abs(ones - 128) > _BALANCE:
            return f"{ones} of its 256 bits are set, no picture has such a hash: nothing is found", "run watchlist hash"
    return None
