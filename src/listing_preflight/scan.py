"""The composer: read, see, reason, decide, in batches and in the order of the input."""

import dataclasses
import functools
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

from listing_preflight.engine import Beforehand, Engine, Settings, known_pictures
from listing_preflight.images.crew import Crew, Future, looked
from listing_preflight.images.crowd import Crowd
from listing_preflight.images.evidence import Crop
from listing_preflight.images.looked import Fault, Looked, Task
from listing_preflight.images.ocr import languages
from listing_preflight.images.once import Once
from listing_preflight.images.source import DATA, is_address, named
from listing_preflight.judging.judge import Outcome
from listing_preflight.lengths import bounded
from listing_preflight.model.finding import (
    Shared,
    Verdict,
)
from listing_preflight.model.listing import Aside, Gap, Listing, Note, Picture
from listing_preflight.passages import Item, Passages, counted
from listing_preflight.repeats import Memo, Repeats, told_by
from listing_preflight.running.digests import content
from listing_preflight.running.judges import Answers, Here, Judges, Known, supervised
from listing_preflight.running.process import settle
from listing_preflight.running.resume import Resume
from listing_preflight.running.verdicts import light, not_judged, whole
from listing_preflight.watchlists.compile import letters
from listing_preflight.watchlists.pictures import prepare

if TYPE_CHECKING:
    from listing_preflight.images.clusters import Clusters
    from listing_preflight.images.fetch import Fetcher

BATCH = 128
"""Listings that are judged at once: below 64 the cost of a call on arrays weighs more than the work in it."""
PICTURES = 32
"""Pictures after which a batch is full, so that what is found in them is told soon."""
AHEAD = 3
"""Batches that are read ahead of the one being judged, so that workers always have pictures to look at."""
Result = Verdict | Gap | Aside | Note


def _is_here(picture: Picture) -> bool:
    """Whether a picture can be looked at without the network: a file, or data inside the listing."""
    return bool(picture.path) or (picture.url or "")[: len(DATA)].casefold() == DATA


def _can_be_looked_at(picture: Picture) -> bool:
    return bool(picture.path or picture.url)


def _letters(settings: Settings) -> str:
    """The characters beyond ASCII that names are written in."""
    if settings.index is not None:
        return settings.index.letters
    return letters(m for one in settings.lists for m in one.marks)


_engine: Engine | None = None


def _prepare(settings: Settings) -> None:
    """Make the engine of a worker process."""
    global _engine  # noqa: PLW0603 - one engine a process, made before its first task
    _engine = Engine(settings)
    settle()


def _check(batch: Sequence[tuple[Listing, Beforehand]]) -> list[Verdict]:
    assert _engine is not None
    return _engine.check(batch)


class _Checker:
    """What a worker works with: an engine whose verdicts travel without their listings."""

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._engine, self._explain, self._single = engine or Engine(settings), settings.explain, settings.single

    def begin(self, batch: Sequence[tuple[Listing, Beforehand]]) -> list[Callable[[], tuple[Verdict, ...]]]:
        return [functools.partial(self._lightly, judged) for judged in self._engine.begin(batch)]

    def warm(self) -> None:
        if not self._single:
            self._engine.warm()

    def _lightly(self, judged: Callable[[], tuple[Verdict, ...]]) -> tuple[Verdict, ...]:
        return light(judged(), explain=self._explain)


_Work = tuple[Item, Passages]
"""An item with the paragraphs that it shares with others."""
_Job = tuple[Listing, Beforehand]


def _of(job: _Job) -> tuple[Listing, Passages]:
    """What of a job tells whether it repeats another."""
    return job[0], job[1].passages


def _batch(items: Iterator[_Work]) -> list[_Work]:
    """The next items that are judged together; empty at the end."""
    out: list[_Work] = []
    pictures = 0
    for item, passages in items:
        item = bounded(item)
        out.append((item, passages))
        pictures += len(item.pictures) if isinstance(item, Listing) else 0
        if len(out) >= BATCH or pictures >= PICTURES or _is_last(item):
            break
    return out


def _is_last(item: Item) -> bool:
    """Whether a batch ends here: told by the id, so that a row that comes or goes moves the ends of its own batch alone."""
    return isinstance(item, Listing) and zlib.crc32(item.id.encode("utf-8", "surrogatepass")) % (BATCH // 2) == 0


class _Asked(NamedTuple):
    """A batch whose pictures are looked at, with its key and answers where a run is resumed."""

    batch: list[_Work]
    futures: list[list[Future]]
    key: str
    known: list[tuple[Verdict, ...]] | None


class _Checked(NamedTuple):
    """A batch that is being judged."""

    asked: _Asked
    jobs: list[_Job]
    answers: Answers
    crowded: Mapping[int, tuple[Gap, ...]]
    """Known pictures that became too many, by the place of the listing in the batch."""


class Scanner:
    """Runs items through the stages; use as a context manager, so that no worker outlives it."""

    def __init__(self, settings: Settings, resume: Resume | None = None) -> None:
        """`resume` keeps chunks that are finished, and gives those of a run before."""
        settings = dataclasses.replace(settings, known=known_pictures(settings))
        self._resume = resume
        self._settings = settings
        self._engine = Engine(settings)
        self._pictures = Crew(settings.workers, prepare, (self._engine.known.files,))
        self._judges = Repeats(self._hired(settings), _of, by_id=settings.seller is not None, room=settings.remembered)
        self._memo = Memo(settings.remembered)
        self._apart = Crew(1, _prepare, (settings,))
        self._written = languages.of_names([_letters(settings)])
        self._looks = bool(self._engine.known.files)
        self._web = self._fetcher()
        self._once = Once(self._pictures.look)
        self._crowd = Crowd()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._web is not None:
            self._web.close()
        self._pictures.close()
        self._judges.close()
        self._apart.close()

    def run(
        self, items: Iterable[Item], share: Callable[[Iterable[Item]], Iterator[_Work]] = counted
    ) -> Iterator[Result]:
        """Results in the order of the items, whatever the number of workers; `share` tells the paragraphs that each shares."""
        asked: deque[_Asked] = deque()
        checked: deque[_Checked] = deque()
        source = share(items)
        while True:
            batch = _batch(source)
            if batch:
                asked.append(self._asked(batch))
            ahead = AHEAD if any(map(any, (one.futures for one in asked))) else 0
            if asked and (len(asked) > ahead or not batch):
                checked.append(self._judge(asked.popleft()))
            if checked and (len(checked) > 2 * self._settings.workers or not (batch or asked)):
                yield from self._merge(checked.popleft())
            elif not batch and not asked:
                break

    def _hired(self, settings: Settings) -> Judges:
        if settings.workers == 1 and not settings.supervised:
            return Here(self._engine)
        return supervised(functools.partial(_Checker, settings), _Checker(settings, self._engine), settings.workers)

    def ask(self, listing: Listing) -> list[Future]:
        """Hand over the pictures of a listing that is judged by itself; `alone` and `apart` take what came of them."""
        return [self._look(p, self._task(p, listing), self._pictures.look) for p in self._wanted(listing)]

    def alone(self, listing: Listing, found: Sequence[Looked]) -> list[Verdict]:
        """The verdicts of a listing by itself, as a run of it alone gives them; who asks again is told again."""
        job = self._by_itself(listing, found)
        key = told_by(*_of(job)) if self._settings.seller is None else None
        known = self._memo.get(key) if key is not None else None
        if known is None:
            known = tuple(self._engine.check([job]))
            if key is not None:
                self._memo.keep(key, known)
        return [*whole(known, job[0])]

    def apart(self, listing: Listing, found: Sequence[Looked], seconds: float) -> Future:
        """The same in a process of its own that ends with its deadline: for texts that keep a thread busy for long."""
        return self._apart.submit(_check, [self._by_itself(listing, found)], seconds=seconds)

    def _by_itself(self, listing: Listing, found: Sequence[Looked]) -> tuple[Listing, Beforehand]:
        ((item, passages),) = counted([bounded(listing)])
        assert isinstance(item, Listing)
        listing = item
        return listing, self._seen(listing, found, passages)

    def crop(self, crop: Crop) -> bool:
        """Write a piece of evidence; False where its picture could not be read again."""
        if self._web is not None and is_address(crop.path):
            path, roots = self._web.place(crop.path)
            crop = dataclasses.replace(crop, path=path, roots=roots)
        return self._pictures.crop(crop)

    def pictures(self, listing: Listing) -> int:
        """How many pictures of a listing are looked at."""
        return len(self._wanted(listing))

    def _fetcher(self) -> "Fetcher | None":
        """What brings pictures over the network, only where that is wanted."""
        if not (self._settings.fetch and self._settings.images):
            return None
        from listing_preflight.images.fetch import Fetcher

        return Fetcher(keep=self._settings.cache)

    def _asked(self, batch: list[_Work]) -> _Asked:
        """A batch under way: its pictures are asked for, unless its answers are known from a run before.

        What pictures tell hangs on those of earlier listings as well: a batch with pictures is judged anew, and reads them from the cache.
        """
        key, known = "", None
        if self._resume is not None and not any(self._wanted(i) for i, _ in batch if isinstance(i, Listing)):
            listings = [item for item, _ in batch if isinstance(item, Listing)]
            seen = [content(item, passages) for item, passages in batch if isinstance(item, Listing)]
            key = self._resume.key(seen) if seen else ""
            known = self._resume.get(key, seen, listings) if key else None
        return _Asked(batch, [self._ask(i) if known is None else [] for i, _ in batch], key, known)

    def _ask(self, item: Item) -> list[Future]:
        if not isinstance(item, Listing):
            return []
        return [self._look(p, self._task(p, item), self._once.look) for p in self._wanted(item)]

    def _wanted(self, listing: Listing) -> list[Picture]:
        """Pictures that are looked at; the others with a path or address are not asked for."""
        if not self._settings.images or (self._settings.ocr == "off" and not self._looks):
            return []
        return [p for p in listing.pictures if _is_here(p) or (p.url and self._web is not None)]

    def _look(self, picture: Picture, task: Task, look: Callable[[Task], Future]) -> Future:
        if self._web is None or _is_here(picture):
            return look(task)
        return self._web.look(task.path, lambda at: look(dataclasses.replace(task, path=at[0], roots=at[1])))

    def _task(self, picture: Picture, listing: Listing) -> Task:
        sites = (listing.marketplace,) if listing.marketplace else self._settings.marketplaces
        spoken = languages.together(*map(languages.of_marketplace, sites), self._written)
        return Task(
            path=picture.path or picture.url or "", roots=picture.roots, ocr=self._settings.ocr, known=self._looks,
            languages=spoken, cache=self._settings.cache,
        )  # fmt: skip

    def _judge(self, asked: _Asked) -> _Checked:
        if asked.known is not None:
            jobs = [(i, Beforehand((), 0, (), passages)) for i, passages in asked.batch if isinstance(i, Listing)]
            return _Checked(asked, jobs, Known(asked.known), {})
        jobs, crowded = [], {}
        for at, ((item, passages), futures) in enumerate(zip(asked.batch, asked.futures, strict=True)):
            if isinstance(item, Listing):
                seen = self._seen(item, [*map(looked, futures)], passages)
                jobs.append((item, seen._replace(shared=self._shared(item, seen.looked))))
                crowded[at] = tuple(self._too_many(seen))
        return _Checked(asked, jobs, self._judges.submit(jobs), crowded)

    def _seen(self, listing: Listing, looks: Sequence[Looked], passages: Passages) -> Beforehand:
        wanted = self._wanted(listing)
        left = sum(map(_can_be_looked_at, listing.pictures)) - len(wanted)
        found = tuple((p, self._crowd.without(one)) for p, one in zip(wanted, looks, strict=True))
        gaps = tuple(
            Gap(
                kind=fault.kind,
                detail=f"{named(p)}: {fault.detail}",
                origin=listing.origin,
                field="image",
                index=p.index,
            )
            for p, one in found
            for fault in one.faults
        )
        return Beforehand(found, left, gaps, passages)

    def _shared(self, listing: Listing, found: Sequence[tuple[Picture, Looked]]) -> tuple[Shared, ...]:
        """The pictures of a listing that were shown before."""
        told = (self._clusters.place(listing.id, p.index, named(p), one) for p, one in found)
        return tuple(one for one in told if one is not None)

    @functools.cached_property
    def _clusters(self) -> "Clusters":
        from listing_preflight.images.clusters import Clusters

        return Clusters()

    def _too_many(self, seen: Beforehand) -> Iterator[Gap]:
        """Known pictures that this listing makes too many."""
        for (gallery, number), count in self._crowd.count(tuple(one for _, one in seen.looked)).items():
            key = self._engine.known.named(gallery, number)
            yield Gap(
                kind="over-limit",
                detail=f"known picture {key.name} of {key.list}:{key.owner} is seen in {count} of the first {self._crowd.listings} listings "
                "with pictures: it is set aside from here on. Look at it, and take it off the list or list it as harmless",
            )  # fmt: skip

    def _merge(self, checked: _Checked) -> Iterator[Result]:
        answers = checked.answers.result()
        if self._resume is not None and checked.asked.key and checked.asked.known is None:
            self._resume.put(
                checked.asked.key, [self._lasting(*one) for one in zip(checked.jobs, answers, strict=True)]
            )
        judged = zip(checked.jobs, answers, strict=True)
        for at, (item, _) in enumerate(checked.asked.batch):
            if isinstance(item, Listing):
                yield from self._told(*next(judged))
                yield from checked.crowded.get(at, ())
            else:
                yield item

    def _lasting(self, job: _Job, answer: tuple[Verdict, ...] | Fault) -> tuple[Verdict, ...]:
        return light(self._told(job, answer), explain=self._settings.explain)

    def _told(self, job: _Job, answer: tuple[Verdict, ...] | Fault) -> tuple[Verdict, ...]:
        listing, seen = job
        if isinstance(answer, Fault):
            sites = self._engine.sites(listing)
            return not_judged(listing, sites, answer, (*listing.gaps, *seen.gaps), seen.not_requested)
        return whole(answer, listing)


__all__ = ["Engine", "Outcome", "Result", "Scanner", "Settings", "settle"]
