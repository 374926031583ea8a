"""--only-changed-since: listings that a new or changed mark can touch are judged by both states of the lists, and what differs is told."""

import dataclasses
import functools
import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from listing_preflight.cli.options import Options
from listing_preflight.detectors import marks_in_images
from listing_preflight.detectors.marks_in_text import MarksInText
from listing_preflight.detectors.marks_over_fields import MarksOverFields
from listing_preflight.errors import ListError
from listing_preflight.images.evidence import Crop
from listing_preflight.lengths import bounded
from listing_preflight.lookup import lookup
from listing_preflight.model.finding import Verdict, decide
from listing_preflight.model.listing import Listing
from listing_preflight.model.mark import Mark, WatchList, Work
from listing_preflight.passages import Item, counted
from listing_preflight.reports.plain import number_of
from listing_preflight.reports.records import listing_record
from listing_preflight.running.judges import supervised
from listing_preflight.running.resume import Resume
from listing_preflight.scan import Result, Scanner, Settings
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.index import open_lists

_AT_ONCE = 512
"""Items that are looked through before those that are touched are judged."""


def scanner_of(told: Settings, options: Options, resumed: Resume | None = None) -> "Scanner | ChangedScanner":
    """What scans: all of it, or with --only-changed-since what the difference of the lists can touch."""
    since = options.only_changed_since
    return ChangedScanner(told, Path(since), resumed) if since else Scanner(told, resumed)


def differing(old: Iterable[WatchList], new: Iterable[WatchList]) -> tuple[tuple[Mark, ...], bool]:
    """The marks of both states that are not the same in the other, and whether works differ. Where a fact comes from is no part of it."""
    old, new = list(old), list(new)
    was, now = _states(old), _states(new)
    marks = [*_unlike(old, was, now), *_unlike(new, now, was)]
    return tuple(marks), _works(old) != _works(new)


def _states(lists: Iterable[WatchList]) -> dict[str, set[int]]:
    out: dict[str, set[int]] = {}
    for mark in (mark for one in lists for mark in one.marks):
        out.setdefault(mark.id, set()).add(_facts(mark))
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


class Touching:
    """Knows the names of some marks; tells of each listing whether any can stand in its texts."""

    def __init__(self, settings: Settings, marks: Sequence[Mark]) -> None:
        found = lookup((WatchList(name="changed", digest="", marks=marks),), None, settings.day)
        self._matcher = found.matcher
        self._texts = MarksInText(found.matcher)
        self._over_fields = MarksOverFields(found.forms, vocabulary())

    def begin(self, listings: Sequence[Listing]) -> list[Callable[[], bool]]:
        """Look at all texts at once."""
        seen = self._texts.see(listings)
        return [
            functools.partial(self._touched, one, bool(s.hits or s.yielded))
            for one, s in zip(listings, seen, strict=True)
        ]

    def warm(self) -> None:
        """Nothing is loaded on first use that is not loaded now."""

    def _touched(self, listing: Listing, seen: bool) -> bool:  # noqa: FBT001 - bound above
        known = (marks_in_images.see_known_text(self._matcher, p) for p in listing.pictures if p.text)
        return seen or bool(self._over_fields.see(listing)) or any(map(any, known))


class ChangedScanner:
    """Scans as Scanner does, and tells only findings that the older lists do not give; a context manager."""

    def __init__(self, told: Settings, since: Path, resumed: Resume | None = None) -> None:
        before = open_lists([since], keep=told.cache, say=lambda _: None)
        if not any(one.marks or one.works for one in before.lists):
            raise ListError("no mark and no picture in it", where=f"--only-changed-since {since}")
        marks, self._pictures = differing(before.lists, told.lists)
        self._told, self._named = told, len(marks)
        self._new = Scanner(told, resumed)
        self._old = Scanner(_at(told, before.lists, before.index))
        make = functools.partial(Touching, told, marks)
        self._touching = supervised(make, make(), told.workers) if marks else None
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
        source = counted(map(bounded, items))
        while some := list(itertools.islice(source, _AT_ONCE)):
            listings = [item for item, _ in some if isinstance(item, Listing)]
            touched = {id(one) for one, is_so in zip(listings, self._touched(listings), strict=True) if is_so}
            work = [(item, passages) for item, passages in some if id(item) in touched]
            now, was = (self._results(scanner, work) for scanner in (self._new, self._old))
            self.seen, self.judged = self.seen + len(listings), self.judged + len(work)
            for item, _ in some:
                if not isinstance(item, Listing):
                    yield item
                elif id(item) in touched:
                    yield from self._differences(now[id(item)], was[id(item)])
                else:
                    yield from self._untouched(item)

    def crop(self, crop: Crop) -> bool:
        """Write a piece of evidence; False where its picture could not be read again."""
        return self._new.crop(crop)

    def pictures(self, listing: Listing) -> int:
        """How many pictures of a listing are looked at."""
        return self._new.pictures(listing)

    def said(self) -> str:
        """What to say of the run."""
        return (
            f"{number_of(self._named, 'mark')} of either state differ{'s' if self._named == 1 else ''};"
            f" {self.judged:,} of {number_of(self.seen, 'listing')} can be touched, and judged; {number_of(self.gone, 'finding')} of before gone"
        )

    def _touched(self, listings: Sequence[Listing]) -> list[bool]:
        """Whether each can be touched; words of pictures are not known before they are looked at. A fault counts as yes."""
        seen = self._touching.submit(listings).result() if self._touching else [False] * len(listings)
        looks = bool(self._named or self._pictures)
        return [
            is_so is not False or (looks and self.pictures(one) > 0) for one, is_so in zip(listings, seen, strict=True)
        ]

    @staticmethod
    def _results(scanner: Scanner, work: Sequence[tuple[Item, Any]]) -> dict[int, list[Result]]:
        """What each listing gives, with the gaps that are told behind it."""
        out: dict[int, list[Result]] = {}
        key = 0
        for result in scanner.run((), lambda _: iter(work)):
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
        left = sum(bool(p.path or p.url) for p in listing.pictures)
        for site in (listing.marketplace,) if listing.marketplace else self._told.marketplaces or (None,):
            yield Verdict(
                listing=listing,
                marketplace=site,
                decision=decide((), listing.gaps),
                gaps=listing.gaps,
                not_requested=left,
            )


def _at(told: Settings, lists: tuple[WatchList, ...], index: Any) -> Settings:
    return dataclasses.replace(told, lists=lists, index=index, known=None)


def _told_of(verdict: Verdict) -> list[dict[str, Any]]:
    """The findings as a report has them; the name that a list has in one state and not in the other makes no difference."""
    out = []
    for found in listing_record(verdict, explain=False)["findings"]:
        owner = {key: {**found[key], "list": None} for key in ("mark", "work") if key in found}
        out.append({**found, **owner, "cause": None})
    return out


__all__ = ["ChangedScanner", "Touching", "differing", "scanner_of"]
