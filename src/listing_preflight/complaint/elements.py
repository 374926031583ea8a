"""Where the complained element stands in listings: the scanner itself, told to look for these marks and pictures alone."""

import dataclasses
import datetime
import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from listing_preflight.detectors import known_images
from listing_preflight.detectors.marks_in_text import MarksInText
from listing_preflight.detectors.marks_over_fields import MarksOverFields
from listing_preflight.lookup import lookup
from listing_preflight.model.finding import RANK, Finding, Mention, Verdict
from listing_preflight.model.hit import PictureMatch
from listing_preflight.model.listing import Gap, Listing
from listing_preflight.model.mark import Mark, WatchList, Work
from listing_preflight.scan import BATCH, Scanner, Settings
from listing_preflight.text.fold import folded_key
from listing_preflight.text.vocabulary import vocabulary


class Carried(NamedTuple):
    """The element in one place of a listing: which mark or work, the field, a span or box, how it is used, how it was found."""

    element: str
    field: str
    span: tuple[int, int] | None
    box: tuple[int, int, int, int] | None
    text: str
    use: str
    method: str
    score: float


class Seen(NamedTuple):
    """What was seen in one listing: every place of the element, and what of the listing could not be looked at."""

    listing: Listing
    places: tuple[Carried, ...]
    gaps: tuple[Gap, ...]


def look(
    listings: Sequence[Listing], marks: Sequence[Mark], works: Sequence[Work], day: datetime.date, *, images: bool,
    workers: int = 1, ocr: str = "auto",
) -> Iterator[Seen]:  # fmt: skip
    """Look for marks and works in listings, in their order; without either nothing is looked at."""
    if not marks and not works:
        yield from (Seen(one, (), ()) for one in listings)
        return
    shown = tuple(_shown(w, n) for n, w in enumerate(works)) if images else ()
    told = WatchList(name="complaint", digest="", marks=tuple(asserted(m) for m in marks), works=shown)
    known = (
        known_images.load((told,), keep=False) if shown else None
    )  # no digest tells this list from that of another case
    settings = Settings(
        lists=(told,), day=day, trust_claims=False, images=images, workers=workers, ocr=ocr, known=known
    )
    asked = _mentioning(listings, told, day, pictures=images)
    with Scanner(settings) as scanner:
        results = (r for r in scanner.run(_without_site(listings[n]) for n in asked) if isinstance(r, Verdict))
        found = dict(zip(asked, results, strict=True))
    for n, listing in enumerate(listings):
        verdict = found.get(n)
        places = (tuple(_places(verdict)) if verdict else ()) or tuple(_split(listing, marks))
        yield Seen(listing, places, verdict.gaps if verdict else listing.gaps)


def _shown(work: Work, number: int) -> Work:
    """A work as the complaint asserts it, of the one list that is looked through; its name is what a finding shows."""
    title = work.title or work.id
    return dataclasses.replace(
        work, id=f"work-{number}", title=title, list="complaint", registrations=(), rights="stated"
    )


def asserted(mark: Mark) -> Mark:
    """A mark as the complaint asserts it: whatever its rights, its words are looked for."""
    return dataclasses.replace(mark, registrations=(), rights="stated", parent=None, list="complaint")


def _mentioning(listings: Sequence[Listing], told: WatchList, day: datetime.date, *, pictures: bool) -> list[int]:
    """Numbers of the listings in which the matcher sees a name at all, or that have pictures to look at: the others need no judge."""
    known = lookup([told], None, day)
    texts, fields = MarksInText(known.matcher, None, named=False), MarksOverFields(known.forms, vocabulary())
    out: list[int] = []
    for start in range(0, len(listings), BATCH):
        batch = listings[start : start + BATCH]
        for n, (listing, seen) in enumerate(zip(batch, texts.see(batch, ()), strict=True), start):
            shown = any(p.text or (pictures and (p.path or p.url)) for p in listing.pictures)
            if shown or seen.hits or fields.see(listing):
                out.append(n)
    return out


def _without_site(listing: Listing) -> Listing:
    """The listing as it would stand anywhere: an element is looked for whatever the marketplace."""
    return dataclasses.replace(listing, marketplace=None)


def _places(verdict: Verdict) -> Iterator[Carried]:
    for finding in verdict.findings:
        if RANK[finding.severity] < RANK["low"]:
            continue
        if finding.mark is not None:
            yield from (_mention(finding, finding.mark, m) for m in finding.mentions)
        elif finding.work is not None:
            yield from (_match(finding.work, m) for m in finding.pictures)


SPLIT = 6
"""Letters from which a complained name is also looked for in two or more ordinary words beside each other ("rook rambler")."""


def _split(listing: Listing, marks: Sequence[Mark]) -> Iterator[Carried]:
    """A name whose parts are ordinary words, written apart: a scan leaves it to context, a complaint does not."""
    for mark in marks:
        for pattern in _apart(mark):
            for text in listing.texts:
                if found := pattern.search(text.value):
                    yield Carried(mark.name, text.field, found.span(), None, found.group(), "unknown", "split", 1.0)


@functools.lru_cache(maxsize=256)
def _apart(mark: Mark) -> tuple[re.Pattern[str], ...]:
    keys = {folded_key(name) for name in (mark.name, *(a.name for a in mark.aliases))}
    between = r"[\s\-_.·'’]{0,2}"
    return tuple(
        re.compile(rf"(?<!\w){between.join(map(re.escape, key))}(?!\w)", re.IGNORECASE)
        for key in sorted(keys)
        if len(key) >= SPLIT
    )


def _mention(finding: Finding, mark: Mark, mention: Mention) -> Carried:
    place = mention.hit.place
    steps = "+".join(sorted(mention.hit.steps)) or "exact"
    span = (place.start, place.end) if place.field != "image" else None
    use = finding.use if len(finding.mentions) == 1 else mention.use
    return Carried(mark.name, place.field, span, place.box, mention.hit.seen, use, steps, round(mention.hit.score, 3))


def _match(work: Work, match: PictureMatch) -> Carried:
    method = f"{match.method}:{match.alteration}"
    return Carried(
        work.title or work.id, "image", None, match.place.box, _named(match.known), "identity", method, match.score
    )


def _named(known: str) -> str:
    """A picture of a list as people are shown it: a file without the folders of this machine, a hash as it is."""
    return known if ":" in known[:8] and not Path(known).is_absolute() else Path(known).name
