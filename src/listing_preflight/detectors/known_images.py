"""Whose the known pictures are that a worker has seen in a listing's pictures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from listing_preflight.images.looked import Copy, Frame, Looked
from listing_preflight.images.source import named
from listing_preflight.model.hit import PictureMatch, Place
from listing_preflight.model.listing import Picture
from listing_preflight.model.mark import WatchList, Work
from listing_preflight.watchlists.pictures import Shelf, shelves

_Owner = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KnownPictures:
    """Works by list and id, and the files in which their pictures are ready."""

    shelves: tuple[Shelf, ...] = ()
    owners: Mapping[_Owner, Work] = field(default_factory=dict)

    @property
    def works(self) -> Sequence[Work]:
        """All works."""
        return tuple(self.owners.values())

    @property
    def files(self) -> tuple[str, ...]:
        """The files that workers map."""
        return tuple(one.file for one in self.shelves)

    def see(self, picture: Picture, looked: Looked) -> list[PictureMatch]:
        """The best match per work in one picture."""
        best: dict[_Owner, PictureMatch] = {}
        for frame in looked.frames:
            for copy in frame.copies:
                key = self.shelves[copy.gallery].keys[copy.known]
                owner = key.list, key.owner
                if owner not in self.owners or (owner in best and best[owner].score >= copy.score):
                    continue
                best[owner] = _match(picture, frame, copy, owner, key.name)
        return list(best.values())


def _match(picture: Picture, frame: Frame, copy: Copy, owner: _Owner, name: str) -> PictureMatch:
    place = Place(field="image", index=picture.index, path=named(picture), frame=frame.number, box=copy.box)
    return PictureMatch(
        list=owner[0], work=owner[1], known=name, place=place, method=copy.method, score=copy.score,
        alteration=copy.alteration,
    )  # fmt: skip


def load(lists: Iterable[WatchList], *, keep: bool) -> KnownPictures:
    """Make every picture that the lists name ready; ListError where one is missing or cannot be read."""
    held = tuple(lists)
    found = shelves(held, keep=keep)
    return KnownPictures(found, {(work.list, work.id): work for one in held for work in one.works} if found else {})
