"""Find a list's known pictures among a listing's pictures, by perceptual hash."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from listing_preflight.errors import ListError
from listing_preflight.images import hashes
from listing_preflight.images.hashes import BITS, Known
from listing_preflight.images.looked import Looked
from listing_preflight.images.source import named
from listing_preflight.model.hit import PictureMatch, Place
from listing_preflight.model.listing import Picture
from listing_preflight.model.mark import WatchList, Work


class KnownPictures:
    """The pictures of all lists' works, hashed once."""

    def __init__(self, works: Sequence[Work], known: Sequence[Known]) -> None:
        self.works, self.known = tuple(works), tuple(known)

    def see(self, picture: Picture, looked: Looked) -> list[PictureMatch]:
        """The closest match per work in one picture."""
        best: dict[int, PictureMatch] = {}
        for frame in looked.frames:
            for near in hashes.nearest(frame.hashes, self.known):
                work = self.works[near.known.work]
                place = Place(
                    field="image", index=picture.index, path=named(picture), frame=frame.number,
                    box=(0, 0, *frame.size),
                )  # fmt: skip
                match = PictureMatch(
                    work=work.id, list=work.list, known=near.known.name, place=place, method="phash256",
                    score=round(1 - near.distance / BITS, 3), alteration=near.alteration,
                )  # fmt: skip
                if near.known.work not in best or best[near.known.work].score < match.score:
                    best[near.known.work] = match
        return list(best.values())


def load(lists: Iterable[WatchList]) -> KnownPictures:
    """Hash every picture that the lists name; ListError where one is missing or cannot be read."""
    works: list[Work] = []
    known: list[Known] = []
    for one in lists:
        for work in one.works:
            known += [Known(len(works), name, _bits(one, work, name)) for name in work.images]
            works.append(work)
    return KnownPictures(works, known)


def _bits(one: WatchList, work: Work, name: str) -> int:
    where = f"{one.name}: {work.id}: images"
    try:
        bits = hashes.parse(name)
    except ValueError:
        raise ListError(f"{name!r} is not a hash", where=where, remedy="Run watchlist hash FILE") from None
    if bits is not None:
        return bits
    if ":" in name.split("/", maxsplit=1)[0] and not Path(one.folder, name).exists():
        kind = name.partition(":")[0]
        raise ListError(f"hash kind {kind!r} is not built yet", where=where, remedy="Give the picture or phash256:…")
    try:
        return hashes.hash_file(Path(one.folder, name))
    except ImportError as e:
        remedy = 'pip install "listing-preflight[images]"'
        raise ListError(f"known pictures need {e.name}, which is not installed", where=where, remedy=remedy) from None
    except OSError as e:
        raise ListError(f"{name}: cannot be read ({e.strerror})", where=where) from None
    except Exception as e:
        raise ListError(f"{name}: {e}", where=where) from None
