"""Whose the known pictures are that a worker has seen in a listing's pictures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from listing_preflight.images.looked import Copy, Frame, Looked
from listing_preflight.images.source import named
from listing_preflight.model.finding import Dropped, Reason, Unread
from listing_preflight.model.hit import Hit, PictureMatch, Place, Step
from listing_preflight.model.listing import Picture
from listing_preflight.model.mark import Mark, WatchList, Work
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.pictures import Key, Shelf, owners, shelves

_Owner = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KnownPictures:
    """Works and marks by list and id, and the files in which their pictures are ready."""

    shelves: tuple[Shelf, ...] = ()
    owners: Mapping[_Owner, Work | Mark] = field(default_factory=dict)

    @property
    def works(self) -> Sequence[Work]:
        """All works."""
        return tuple(one for one in self.owners.values() if isinstance(one, Work))

    @property
    def files(self) -> tuple[str, ...]:
        """The files that workers map."""
        return tuple(one.file for one in self.shelves)

    def see(self, picture: Picture, looked: Looked) -> list[PictureMatch]:
        """The best match per work in one picture."""
        best: dict[_Owner, PictureMatch] = {}
        for frame, copy, key in self._copies(looked):
            owner = key.list, key.owner
            if copy.aside:
                continue
            if isinstance(self.owners.get(owner), Work) and not (owner in best and best[owner].score >= copy.score):
                best[owner] = _match(picture, frame, copy, key, self.shelves[copy.gallery].file)
        return list(best.values())

    def logos(self, picture: Picture, looked: Looked) -> list[Hit]:
        """The marks whose logo or figure is in one picture."""
        out = []
        for frame, copy, key in self._copies(looked):
            mark = self.owners.get((key.list, key.owner))
            if isinstance(mark, Mark) and not copy.aside:
                place = _place(picture, frame, copy)._replace(known=(self.shelves[copy.gallery].file, copy.known))
                out.append(_hit(mark, copy, place))
        return out

    def aside(self, looked: Looked) -> list[Dropped]:
        """What is seen in one picture of known ones that match too much of the catalogue."""
        keys = dict.fromkeys(key for _, copy, key in self._copies(looked) if copy.aside)
        return [Dropped(k.owner, k.list, "image", k.name, Reason("set-aside", {"name": k.name})) for k in keys]

    def named(self, gallery: int, number: int) -> Key:
        """Whose a known picture is."""
        return self.shelves[gallery].keys[number]

    def _copies(self, looked: Looked) -> Iterator[tuple[Frame, Copy, Key]]:
        for frame in looked.frames:
            for copy in frame.copies:
                yield frame, copy, self.shelves[copy.gallery].keys[copy.known]


def _place(picture: Picture, frame: Frame, copy: Copy) -> Place:
    return Place(field="image", index=picture.index, path=named(picture), frame=frame.number, box=copy.box)


def _match(picture: Picture, frame: Frame, copy: Copy, key: Key, file: str) -> PictureMatch:
    return PictureMatch(
        list=key.list, work=key.owner, known=key.name, place=_place(picture, frame, copy), method=copy.method,
        score=copy.score, alteration=copy.alteration, gallery=file, number=copy.known,
    )  # fmt: skip


def _hit(mark: Mark, copy: Copy, place: Place) -> Hit:
    step: Step = "features" if copy.method in ("features", "figure") else "hash"
    return Hit(
        key=folded_key(mark.name), form=mark.name, common=False, kind="exact", place=place, seen=mark.name,
        steps=frozenset({step}), score=copy.score,
    )  # fmt: skip


def plain(picture: Picture, looked: Looked) -> list[Unread]:
    """The frames that have too little structure to be told from others."""
    return [
        Unread(index=picture.index, box=(0, 0, *frame.size), detail="too little structure to look for known pictures")
        for frame in looked.frames
        if frame.plain
    ]


def load(lists: Iterable[WatchList], *, keep: bool) -> KnownPictures:
    """Make every picture that the lists name ready; ListError where one is missing or cannot be read."""
    held = tuple(lists)
    found = shelves(held, keep=keep)
    return KnownPictures(found, {(o.list, o.id): o for one in held for o in owners(one)} if found else {})
