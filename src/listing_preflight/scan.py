"""The composer: read, see, reason, decide, in batches and in the order of the input."""

import dataclasses
import datetime
import functools
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

from listing_preflight.detectors import known_images
from listing_preflight.detectors.known_images import KnownPictures
from listing_preflight.detectors.marks_in_registers import Bound, Passed
from listing_preflight.detectors.marks_in_text import Matcher
from listing_preflight.detectors.protocol import Seen, Sight, Tools
from listing_preflight.detectors.registry import Detectors
from listing_preflight.images.crew import Crew, Future, looked
from listing_preflight.images.crowd import Crowd
from listing_preflight.images.evidence import Crop
from listing_preflight.images.looked import Fault, Looked, Task
from listing_preflight.images.ocr import languages
from listing_preflight.images.once import Once
from listing_preflight.images.source import DATA, is_address, named
from listing_preflight.judging import controls, policy, rewrite, stamps
from listing_preflight.judging import pictures as judged_pictures
from listing_preflight.judging.authority import Sale
from listing_preflight.judging.goods import of_listing
from listing_preflight.judging.judge import Judge, Outcome, Terms, drop
from listing_preflight.judging.overlay import Overlay
from listing_preflight.judging.seller import Seller
from listing_preflight.lookup import BoundMatcher, ReachedBook, bound, lookup
from listing_preflight.model.finding import (
    RANK,
    Decision,
    Dropped,
    Finding,
    Reason,
    Rewrite,
    Shared,
    Unread,
    Verdict,
    decide,
)
from listing_preflight.model.hit import Hit
from listing_preflight.model.listing import Aside, Gap, Listing, Note, Origin, Picture, Text
from listing_preflight.model.mark import WatchList
from listing_preflight.passages import Item, Passages, counted
from listing_preflight.policy.marketplaces import marketplace
from listing_preflight.policy.pack_reader import Rule
from listing_preflight.repeats import Repeats
from listing_preflight.running.digests import content
from listing_preflight.running.judges import Answers, Here, Judges, Known, supervised
from listing_preflight.running.process import settle
from listing_preflight.running.resume import Resume
from listing_preflight.running.verdicts import light, not_judged, whole
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.compile import letters
from listing_preflight.watchlists.index import Index
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a scan is told; a plain value, so that every worker can have it.

    Without an `index` the lists are made ready in memory. `supervised`: one worker, too, is a process of its own, which a listing
    cannot take down with it.
    """

    lists: tuple[WatchList, ...]
    day: datetime.date
    index: Index | None = None
    marketplaces: tuple[str, ...] = ()
    seller: Seller | None = None
    trust_claims: bool = True
    images: bool = True
    ocr: str = "auto"
    strict_images: bool = False
    fetch: bool = False
    cache: bool = True
    explain: bool = False
    rules: tuple[Rule, ...] = ()
    overlay: Overlay = Overlay()
    workers: int = 1
    supervised: bool = False
    known: KnownPictures | None = None


_WARM = Listing(
    id="", origin=Origin(file=""), texts=(Text("title", "Running shoes for women"), Text("description", "<p>Soft.</p>"))
)


class _Seen(NamedTuple):
    """What is known of one listing before its texts are looked at: what came of its pictures, what its texts share with others."""

    looked: tuple[tuple[Picture, Looked], ...]
    not_requested: int
    gaps: tuple[Gap, ...]
    passages: Passages = ()
    shared: tuple[Shared, ...] = ()


def _is_here(picture: Picture) -> bool:
    """Whether a picture can be looked at without the network: a file, or data inside the listing."""
    return bool(picture.path) or (picture.url or "")[: len(DATA)].casefold() == DATA


def _can_be_looked_at(picture: Picture) -> bool:
    return bool(picture.path or picture.url)


class Engine:
    """Lists made ready: names to find, known pictures, and the judge of both."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lookup = lookup(settings.lists, settings.index, settings.day)
        self._registers = self._lookup.registers
        terms = Terms(settings.day, settings.seller, settings.trust_claims, settings.overlay, settings.rules)
        self._judge = Judge(self._lookup.book, terms)
        self._repeats = Repeats(by_id=settings.seller is not None)
        self.known = _known(settings)
        self._detectors = Detectors(
            Tools(
                self._lookup.matcher, self._in_picture, self._lookup.forms, vocabulary(), self.known, self._registers,
                named=settings.explain,
            )
        )  # fmt: skip

    def begin(self, batch: Sequence[tuple[Listing, _Seen]]) -> list[Callable[[], tuple[Verdict, ...]]]:
        """Look at the texts of a batch; for each listing what gives its verdicts, one for each marketplace."""
        new = self._repeats.new([(listing, seen.passages) for listing, seen in batch])
        found = iter(self._detectors.see([self._sight(*batch[n]) for n in sorted(new)]))
        return [
            functools.partial(self._judged, listing, seen, next(found) if n in new else None)
            for n, (listing, seen) in enumerate(batch)
        ]

    def check(self, batch: Sequence[tuple[Listing, _Seen]]) -> list[Verdict]:
        """The verdicts of a batch."""
        return [verdict for judged in self.begin(batch) for verdict in judged()]

    def warm(self) -> None:
        """Judge a listing that is nobody's: patterns, tables and grammars are loaded on first use."""
        self.check([(_WARM, _Seen((), 0, ()))])

    def _judged(self, listing: Listing, seen: _Seen, found: Seen | None) -> tuple[Verdict, ...]:
        if found is None:
            return self._repeats.verdicts(listing, seen.passages)
        verdicts = tuple(self._listing(listing, seen, found))
        self._repeats.keep(listing, seen.passages, verdicts)
        return verdicts

    def _sight(self, listing: Listing, seen: _Seen | None = None) -> Sight:
        """What is looked at of a listing; of its texts alone where nothing was seen of its pictures."""
        to = bound(listing, self.sites(listing)) if self._registers else None
        return Sight(listing, listing.pictures, seen.looked, to) if seen else Sight(listing, bound=to)

    def _in_picture(self, to: Bound | None) -> Matcher:
        return self._lookup.matcher if to is None else BoundMatcher(self._lookup, to)

    def sites(self, listing: Listing) -> Sequence[str | None]:
        """The marketplaces that a listing is judged for."""
        return (listing.marketplace,) if listing.marketplace else self._settings.marketplaces or (None,)

    def _listing(self, listing: Listing, seen: _Seen, found: Seen) -> Iterator[Verdict]:
        for name in self.sites(listing):
            yield self._verdict(listing, name, found, seen)

    def _verdict(self, listing: Listing, site: str | None, found: Seen, seen: _Seen) -> Verdict:
        judge = self._judge_of(listing, site)
        outcome = judge.judge(listing, site, found.hits, seen.passages)
        place, goods = marketplace(site), of_listing(listing)
        shown = judged_pictures.judge(
            self.known.works, found.copies, Sale(listing, goods, place, self._settings.day, frozenset()),
            seller=self._settings.seller, trust=self._settings.trust_claims,
        )  # fmt: skip
        known = frozenset(f.mark.id for f in outcome.findings if f.mark)
        named = [self._finished(f, listing, site, known) for f in outcome.findings]
        shown += stamps.judge(
            found.stamps, listing, place, self._settings.rules, named=[h.form for h in found.hits if not h.common],
            seller=self._settings.seller, trust=self._settings.trust_claims,
        )  # fmt: skip
        broken = [
            *policy.wording(self._settings.rules, listing, goods, place, named),
            *controls.judge(listing, place),
        ]
        findings = (*named, *(f for f in shown if isinstance(f, Finding)), *broken)
        dropped = [
            *outcome.dropped,
            *(d for d in shown if isinstance(d, Dropped)),
            *self._covered(found.yielded, judge),
        ]
        dropped += self._passed(listing, found.passed)
        dropped += (d for _, one in seen.looked for d in self.known.aside(one))
        gaps = (*listing.gaps, *seen.gaps)
        return Verdict(
            listing=listing, marketplace=site, decision=self._decide(findings, gaps, found.unread), findings=findings,
            gaps=gaps, unread=found.unread, dropped=tuple(dropped), not_requested=seen.not_requested,
            passed_over=0 if self._settings.explain else found.passed_over, shared=seen.shared,
        )  # fmt: skip

    def _finished(self, found: Finding, listing: Listing, site: str | None, known: frozenset[str]) -> Finding:
        """A finding with a rewrite where one stands the test."""
        made = rewrite.propose(found, listing, self._settings.day) if found.severity in ("medium", "high") else None
        offered = (made,) if made and self._holds(made, found, listing, site, known) else ()
        return dataclasses.replace(found, rewrites=offered) if offered else found

    def _holds(self, made: Rewrite, found: Finding, listing: Listing, site: str | None, known: frozenset[str]) -> bool:
        """Whether the listing with the rewrite raises nothing above low about this name, and no mark but the known."""
        other = rewrite.applied(listing, made)
        (seen,) = self._detectors.see([self._sight(other)])
        results = self._judge_of(other, site).judge(other, site, seen.hits).findings
        mine = [f for f in results if f.mark and found.mark and f.mark.id == found.mark.id]
        return all(RANK[f.severity] <= RANK["low"] for f in mine) and {f.mark.id for f in results if f.mark} <= known

    def _decide(self, findings: tuple[Finding, ...], gaps: tuple[Gap, ...], unread: tuple[Unread, ...]) -> Decision:
        decision = decide(findings, gaps)
        return "incomplete" if decision == "pass" and unread and self._settings.strict_images else decision

    def _judge_of(self, listing: Listing, site: str | None) -> Judge:
        """The judge with the marks of registers that can bind the listing on a marketplace."""
        if self._registers is None:
            return self._judge
        return self._judge.over(ReachedBook(self._lookup.book, self._registers, bound(listing, [site])))

    def _covered(self, yielded: Sequence[tuple[Hit, str]], judge: Judge) -> Iterator[Dropped]:
        for hit, name in yielded:
            yield drop(judge.first(hit.key), hit, Reason(code="inside-longer-name", params={"name": name}))

    def _passed(self, listing: Listing, names: Sequence[tuple[Passed, str]]) -> Iterator[Dropped]:
        """What the masks of registers did not let through."""
        layers = self._registers.layers if self._registers else ()
        for name, written in names:
            mark = layers[name.layer].mark(name.mark)
            field = listing.texts[name.text].field
            yield Dropped(mark=mark.id, list=mark.list, field=field, text=written, reason=Reason(code=name.reason))


def _letters(settings: Settings) -> str:
    """The characters beyond ASCII that names are written in."""
    if settings.index is not None:
        return settings.index.letters
    return letters(m for one in settings.lists for m in one.marks)


def _known(settings: Settings) -> KnownPictures:
    """The pictures that are looked for."""
    if settings.known is not None:
        return settings.known
    return known_images.load(settings.lists, keep=settings.cache) if settings.images else KnownPictures()


_engine: Engine | None = None


def _prepare(settings: Settings) -> None:
    """Make the engine of a worker process."""
    global _engine  # noqa: PLW0603 - one engine a process, made before its first task
    _engine = Engine(settings)
    settle()


def _check(batch: Sequence[tuple[Listing, _Seen]]) -> list[Verdict]:
    assert _engine is not None
    return _engine.check(batch)


class _Checker:
    """What a worker works with: an engine whose verdicts travel without their listings."""

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._engine, self._explain = engine or Engine(settings), settings.explain

    def begin(self, batch: Sequence[tuple[Listing, _Seen]]) -> list[Callable[[], tuple[Verdict, ...]]]:
        return [functools.partial(self._lightly, judged) for judged in self._engine.begin(batch)]

    def warm(self) -> None:
        self._engine.warm()

    def _lightly(self, judged: Callable[[], tuple[Verdict, ...]]) -> tuple[Verdict, ...]:
        return light(judged(), explain=self._explain)


_Work = tuple[Item, Passages]
"""An item with the paragraphs that it shares with others."""
_Job = tuple[Listing, _Seen]


def _batch(items: Iterator[_Work]) -> list[_Work]:
    """The next items that are judged together; empty at the end."""
    out: list[_Work] = []
    pictures = 0
    for item, passages in items:
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
        settings = dataclasses.replace(settings, known=_known(settings))
        self._resume = resume
        self._settings = settings
        self._engine = Engine(settings)
        self._pictures = Crew(settings.workers, prepare, (self._engine.known.files,))
        self._judges = self._hired(settings)
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
        """The verdicts of a listing by itself, as a run of it alone gives them."""
        return self._engine.check([self._by_itself(listing, found)])

    def apart(self, listing: Listing, found: Sequence[Looked], seconds: float) -> Future:
        """The same in a process of its own that ends with its deadline: for texts that keep a thread busy for long."""
        return self._apart.submit(_check, [self._by_itself(listing, found)], seconds=seconds)

    def _by_itself(self, listing: Listing, found: Sequence[Looked]) -> tuple[Listing, _Seen]:
        ((_, passages),) = counted([listing])
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
            seen = [content(i, self._wanted(i), passages) for i, passages in batch if isinstance(i, Listing)]
            key = self._resume.key(seen) if seen else ""
            known = self._resume.get(key) if key else None
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
            jobs = [(i, _Seen((), 0, (), passages)) for i, passages in asked.batch if isinstance(i, Listing)]
            return _Checked(asked, jobs, Known(asked.known), {})
        jobs, crowded = [], {}
        for at, ((item, passages), futures) in enumerate(zip(asked.batch, asked.futures, strict=True)):
            if isinstance(item, Listing):
                seen = self._seen(item, [*map(looked, futures)], passages)
                jobs.append((item, seen._replace(shared=self._shared(item, seen.looked))))
                crowded[at] = tuple(self._too_many(seen))
        return _Checked(asked, jobs, self._judges.submit(jobs), crowded)

    def _seen(self, listing: Listing, looks: Sequence[Looked], passages: Passages) -> _Seen:
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
        return _Seen(found, left, gaps, passages)

    def _shared(self, listing: Listing, found: Sequence[tuple[Picture, Looked]]) -> tuple[Shared, ...]:
        """The pictures of a listing that were shown before."""
        told = (self._clusters.place(listing.id, p.index, named(p), one) for p, one in found)
        return tuple(one for one in told if one is not None)

    @functools.cached_property
    def _clusters(self) -> "Clusters":
        from listing_preflight.images.clusters import Clusters

        return Clusters()

    def _too_many(self, seen: _Seen) -> Iterator[Gap]:
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
