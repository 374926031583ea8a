"""--only-changed-since: listings that a new or changed mark can touch are judged by both states of the lists, and what differs is told."""

import dataclasses
import functools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from listing_preflight.cli.glancing import glances
from listing_preflight.cli.options import Options
from listing_preflight.cli.touching import Looking, Touching
from listing_preflight.errors import ListError
from listing_preflight.images.evidence import Crop
from listing_preflight.lengths import bounded
from listing_preflight.model.finding import Decision, Verdict, decide
from listing_preflight.model.listing import Listing, Passing
from listing_preflight.model.mark import Mark, WatchList, Work
from listing_preflight.passages import Item, Passages, counted
from listing_preflight.readers.options import ReadOptions
from listing_preflight.reports.plain import number_of
from listing_preflight.reports.records import listing_record
from listing_preflight.running.judges import supervised
from listing_preflight.running.resume import Resume
from listing_preflight.scan import BATCH, Result, Scanner, Settings
from listing_preflight.text.fold import folded_key
from listing_preflight.text.names import make_forms
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.book import families
from listing_preflight.watchlists.index import Index, open_lists
from listing_preflight.watchlists.spellings import spellings

_HELD, _LETTERS = 4096, 8 << 20
"""Items, and characters of their texts, that wait at most for as many touched listings as are judged at once."""


def scanner_of(told: Settings, options: Options, resumed: Resume | None = None) -> "Scanner | ChangedScanner":
    """What scans: all of it, or with --only-changed-since what the difference of the lists can touch."""
    since = options.only_changed_since
    return ChangedScanner(told, Path(since), resumed) if since else Scanner(told, resumed)


def differing(
    old: Iterable[WatchList], new: Iterable[WatchList], facts: Callable[[Mark], int] | None = None
) -> tuple[tuple[Mark, ...], bool]:
    """The marks of both states that are not the same in the other, and whether works differ.

    `facts` makes one number of what counts of a mark; where a fact comes from is else no part of it.
    """
    old, new = list(old), list(new)
    was, now = _states(old, facts or _facts), _states(new, facts or _facts)
    marks = [*_unlike(old, was, now), *_unlike(new, now, was)]
    return tuple(marks), _works(old) != _works(new)


def reaching(marks: Sequence[Mark], lists: Iterable[WatchList]) -> tuple[Mark, ...]:
    """Changed marks with all whose verdicts hang on them: of the same name, of its family, and of the families of these.

    A mention is judged by every mark of its name, whatever alias was met, and a word by the houses and lines beside it.
    """
    if not marks:
        return ()
    by_key: dict[str, list[Mark]] = {}
    for mark in (m for one in lists for m in one.marks):
        by_key.setdefault(folded_key(mark.name), []).append(mark)
    known = families(by_key)
    names = {folded_key(m.name) for m in marks}
    for _ in range(2):
        names |= frozenset[str]().union(*(known.get(n, frozenset()) for n in names))
    return (*marks, *(m for n in sorted(names) for m in by_key.get(n, ())))


def _states(lists: Iterable[WatchList], facts: Callable[[Mark], int]) -> dict[str, set[int]]:
    out: dict[str, set[int]] = {}
    for mark in (mark for one in lists for mark in one.marks):
        out.setdefault(mark.id, set()).add(facts(mark))
    return out


def _unlike(lists: Iterable[WatchList], mine: Mapping[str, set[int]], theirs: Mapping[str, set[int]]) -> Iterator[Mark]:
    ids = {key for key, facts in mine.items() if theirs.get(key) != facts}
    return (mark for one in lists for mark in one.marks if mark.id in ids) if ids else iter(())


def _facts(mark: Mark) -> int:
    """All that a verdict can hang on, as one number: registers hold millions of marks."""
    aliases = tuple((a.name, a.common_word) for a in mark.aliases)
    told: Hashable = (
        mark.name, mark.kind, mark.owner, mark.parent, aliases, mark.famous, mark.common_word, mark.requires, mark.near, mark.never_near,
        mark.compounds, mark.part_of, mark.permitted_use, mark.registrations, mark.images, mark.rights,
    )  # fmt: skip
    return hash(told)


def _works(lists: Iterable[WatchList]) -> set[tuple[object, ...]]:
    def facts(work: Work) -> tuple[object, ...]:
        return work.id, work.kind, work.owner, work.title, work.images, work.registrations, work.locarno, work.rights

    return {facts(work) for one in lists for work in one.works}


class ChangedScanner:
    """Scans as Scanner does, and tells only findings that the older lists do not give; a context manager."""

    def __init__(self, told: Settings, since: Path, resumed: Resume | None = None) -> None:
        before = open_lists([since], keep=told.cache, say=lambda _: None)
        if not any(one.marks or one.works for one in before.lists):
            raise ListError("no mark and no picture in it", where=f"--only-changed-since {since}")
        marks, self._pictures = differing(before.lists, told.lists)
        self._told, self._named = told, len(marks)
        marks = reaching(marks, [*before.lists, *told.lists])
        self._new = Scanner(told, resumed)
        self._old = Scanner(_at(told, before.lists, before.index))
        glue = glue_of(told.index) | glue_of(before.index)
        make = functools.partial(Touching, marks, glue)
        ready = make()
        self._sieve = ready.sieve
        self._touching = supervised(make, ready, told.workers) if marks else None
        self.judged = self.seen = self.gone = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._new, self._old):
            one.__exit__()
        if self._touching is not None:
            self._touching.close()

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        """Results in the order of the items; what cannot be touched has no finding, and is not judged."""
        looking = Looking(self._touching, self._told.workers, self._sieve)

        def wanted(listing: Listing) -> bool:
            return not isinstance(listing, Passing) and (looking.first or self._looks(listing))

        waiting = _Waiting()
        for item, passages in counted(looking.through(map(bounded, items)), wanted):
            touched = False
            if isinstance(item, Listing) and not isinstance(item, Passing):  # that one was looked at as it stood
                touched = looking.take() or self._looks(item)
            waiting.add(item, passages, touched=touched)
            if waiting.is_full:
                yield from self._judged(waiting)
                waiting = _Waiting()
        yield from self._judged(waiting)

    def crop(self, crop: Crop) -> bool:
        """Write a piece of evidence; False where its picture could not be read again."""
        return self._new.crop(crop)

    def pictures(self, listing: Listing) -> int:
        """How many pictures of a listing are looked at."""
        return self._new.pictures(listing)

    def reading(self, options: ReadOptions) -> ReadOptions:
        """How what is scanned is read: lines in which no changed name can stand are looked at as they are."""
        return dataclasses.replace(options, looks=glances(self._sieve, self._touching))

    def said(self) -> str:
        """What to say of the run."""
        return (
            f"{number_of(self._named, 'mark')} of either state differ{'s' if self._named == 1 else ''};"
            f" {self.judged:,} of {number_of(self.seen, 'listing')} can be touched, and judged; {number_of(self.gone, 'finding')} of before gone"
        )

    def _looks(self, listing: Listing) -> bool:
        """Whether pictures are looked at: their words are not known before."""
        return bool(listing.pictures and (self._named or self._pictures) and self.pictures(listing))

    def _judged(self, waiting: "_Waiting") -> Iterator[Result]:
        now, was = (self._results(scanner, waiting.touched) for scanner in (self._new, self._old))
        touched = {id(item) for item, _ in waiting.touched}
        self.judged += len(touched)
        for item in waiting.items:
            if not isinstance(item, Listing):
                yield item
                continue
            self.seen += 1
            if id(item) in touched:
                yield from self._differences(now[id(item)], was[id(item)])
            else:
                yield from self._untouched(item)

    @staticmethod
    def _results(scanner: Scanner, work: Sequence[tuple[Item, Passages]]) -> dict[int, list[Result]]:
        """What each listing gives, with the gaps that are told behind it."""
        out: dict[int, list[Result]] = {}
        key = 0
        for result in scanner.run((), lambda _: iter(work)) if work else ():
            key = id(result.listing) if isinstance(result, Verdict) else key
            out.setdefault(key, []).append(result)
        return out

    def _differences(self, now: Sequence[Result], was: Sequence[Result]) -> Iterator[Result]:
        before = (one for one in was if isinstance(one, Verdict))
        for one in now:
            yield self._difference(one, next(before)) if isinstance(one, Verdict) else one

    def _difference(self, now: Verdict, was: Verdict) -> Verdict:
        before, after = _told_of(was), _told_of(now)
        findings = tuple(f for f, record in zip(now.findings, after, strict=True) if record not in before)
        self.gone += sum(f["fingerprint"] not in {a["fingerprint"] for a in after} for f in before)
        decision = decide(findings, now.gaps)
        if decision == "pass" and now.unread and self._told.strict_images:
            decision = "incomplete"
        return dataclasses.replace(now, findings=findings, decision=decision)

    def _untouched(self, listing: Listing) -> Iterator[Verdict]:
        """Nobody looked: that is no pass."""
        left = sum(bool(p.path or p.url) for p in listing.pictures) if listing.pictures else 0
        decision: Decision = "incomplete" if listing.gaps else "not-rechecked"
        for site in (listing.marketplace,) if listing.marketplace else self._told.marketplaces or (None,):
            yield Verdict(listing=listing, marketplace=site, decision=decision, gaps=listing.gaps, not_requested=left)


class _Waiting:
    """Items that wait until there are enough to judge at once, or too many to hold."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.touched: list[tuple[Item, Passages]] = []
        self._letters = 0

    def add(self, item: Item, passages: Passages, *, touched: bool) -> None:
        """One more."""
        self.items.append(item)
        if isinstance(item, Listing) and item.texts:
            self._letters += sum([len(t.value) for t in item.texts])
        if touched:
            self.touched.append((item, passages))

    @property
    def is_full(self) -> bool:
        """Whether they wait no longer."""
        return len(self.touched) >= BATCH or len(self.items) >= _HELD or self._letters >= _LETTERS


def glue_of(index: Index | None) -> frozenset[str]:
    """The keys of all names that can stand glued to another; those of registers never do."""
    if index is not None and index.names is not None:
        return index.names.tables().glue
    words = vocabulary()
    marks = (m for one in (index.loose if index else ()) for m in one.marks)
    return Tables(make_forms(spellings(marks), words), words).glue


def _at(told: Settings, lists: tuple[WatchList, ...], index: Any) -> Settings:
    return dataclasses.replace(told, lists=lists, index=index, known=None)


def _told_of(verdict: Verdict) -> list[dict[str, Any]]:
    """The findings as a report has them; the name that a list has in one state and not in the other makes no difference."""
    out = []
    for found in listing_record(verdict, explain=False)["findings"]:
        owner = {key: {**found[key], "list": None} for key in ("mark", "work") if key in found}
        out.append({**found, **owner, "cause": None})
    return out


__all__ = ["ChangedScanner", "differing", "glue_of", "reaching", "scanner_of"]
