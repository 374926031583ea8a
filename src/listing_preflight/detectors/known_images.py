"""Find a list's known pictures among a listing's pictures, by perceptual hash."""

from collections.abc import Iterable, Sequence

from listing_preflight.images import hashes
from listing_preflight.images.hashes import BITS, Known
from listing_preflight.images.looked import Looked
from listing_preflight.images.source import named
from listing_preflight.model.hit import PictureMatch, Place
from listing_preflight.model.listing import Picture
from listing_preflight.model.mark import WatchList, Work
from listing_preflight.watchlists.pictures import bits


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
            known += [Known(len(works), name, bits(one, work, name)) for name in work.images]
            works.append(work)
    return KnownPictures(works, known)
