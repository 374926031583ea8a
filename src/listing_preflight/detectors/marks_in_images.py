"""Find listed names in the words of pictures."""

import itertools
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from listing_preflight.detectors import prints
from listing_preflight.detectors.lines import Running, columns, running, together
from listing_preflight.detectors.marks_in_text import CONTEXT, Matcher
from listing_preflight.detectors.misreadings import printed
from listing_preflight.images.looked import Box, Frame, Line, Looked, Quad
from listing_preflight.images.ocr.doubt import READ, is_unread
from listing_preflight.images.ocr.order import around
from listing_preflight.images.source import named
from listing_preflight.model.finding import Unread
from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Picture
from listing_preflight.text import steps
from listing_preflight.text.around import words_of
from listing_preflight.text.fold import fold, folded_key
from listing_preflight.text.gates import Match
from listing_preflight.text.resolving import resolve
from listing_preflight.text.vocabulary import vocabulary

LOOSE_LETTERS = 6
"""Letters that a name needs before a misspelt form of it in a picture counts."""
SURE = 0.8
"""Confidence that a line needs before a name of up to SHORT_NAME letters in it counts."""
SHORT_NAME = 3
_MISREAD = 0.9
_SLANT = 1.3
"""Times its letters' height that the narrower side of a slanted line's box measures."""
_ENGINES_OWN = frozenset({"leet", "confusable"})
"""A letter taken for another is the engine's doing, not a seller's disguise."""
_WORD = re.compile(r"\w{4,24}")
_BORDER = " .\n"
"""Stands between spellings, so that none reads on into the next."""


class Words(NamedTuple):
    """Hits in one picture and the text seen there that could not be read."""

    hits: tuple[Hit, ...]
    unread: tuple[Unread, ...]


class _Found(NamedTuple):
    match: Match
    text: Running


def see_known_text(matcher: Matcher, picture: Picture) -> tuple[Hit, ...]:
    """Hits in text that the listing says is in the picture."""
    text = picture.text or ""
    kept, _ = resolve(matcher.find(text))
    return tuple(
        _hit(m, text, Place(field="image", index=picture.index, start=m.start, end=m.end), ocr=False) for m in kept
    )


def see(matcher: Matcher, picture: Picture, looked: Looked) -> Words:
    """Hits in the lines that were read; lines joined in reading order, so that a name may run over two of them."""
    hits: list[Hit] = []
    unread: list[Unread] = []
    for frame in looked.frames:
        hits += _frame(matcher, picture, frame)
        unread += [
            Unread(index=picture.index, box=line.box, detail="text seen, not read")
            for line in frame.lines
            if is_unread(line, frame.size)
        ]
    return Words(tuple(hits), tuple(unread))


def _frame(matcher: Matcher, picture: Picture, frame: Frame) -> list[Hit]:
    lines = [line for line in frame.lines if line.score >= READ and fold(line.text).plain.tokens]
    found = [f for f in _found(matcher, lines) if _holds(f)]
    hits = []
    for match, text in found:
        spans = text.spans(match.start, match.end)
        own = [s.line for s in spans]
        place = Place(
            field="image", index=picture.index, start=match.start, end=match.end, path=named(picture),
            frame=frame.number, box=around([_part(*s) for s in spans]), height=round(prints.height(own) / max(1, *frame.size), 4),
            print=prints.kind(own, lines, frame.size),
        )  # fmt: skip
        hits.append(_hit(match, text.text, place, ocr=True))
    return hits


def _found(matcher: Matcher, lines: list[Line]) -> Iterator[_Found]:
    """Matches in reading order, words put right among them; then those that only show down a column."""
    if not lines:
        return
    whole = running(lines)
    plain = matcher.find(whole.text)
    told = {(m.form.id, m.start) for m in plain if m.kind not in ("edit", "glued")}
    kept, _ = resolve([*plain, *(m for m in _misread(matcher, whole) if (m.form.id, m.start) not in told)])
    yield from (_Found(m, whole) for m in kept)
    known = {m.form.id for m in kept}
    for pair in columns(lines):
        for match in resolve(matcher.find(pair.text))[0]:
            if match.form.id not in known and len(pair.spans(match.start, match.end)) > 1:
                yield _Found(match, pair)


def _misread(matcher: Matcher, whole: Running) -> Iterator[Match]:
    """Names that a strange word stands for once a letter that engines confuse is put right; never an ordinary word."""
    meant: dict[tuple[int, int], re.Match[str]] = {}
    text = ""
    for word in _strange(whole.text):
        score = min(s.line.score for s in whole.spans(*word.span()))
        for spelling in printed(word.group(), score):
            meant[len(text), len(text) + len(spelling)] = word
            text += spelling + _BORDER
    for match in matcher.find(text) if text else ():
        at = meant.get((match.start, match.end))
        if at is not None and match.kind == "exact" and not match.form.common:
            yield match._replace(kind="visual", start=at.start(), end=at.end(), score=_MISREAD)


def _strange(text: str) -> Iterator[re.Match[str]]:
    words = vocabulary()
    for word in _WORD.finditer(text):
        tokens = fold(word.group()).plain.tokens
        if (
            tokens
            and not words.is_word("".join(t.text for t in tokens))
            and not all(words.is_word(t.text) for t in tokens)
        ):
            yield word


def _holds(found: _Found) -> bool:
    """The gates that text read from pictures has to pass beyond those of written text."""
    match, text = found
    spans = text.spans(match.start, match.end)
    if not spans or not all(together(a.line, b.line) for a, b in itertools.pairwise(spans)):
        return False
    letters = len(match.form.key)
    if match.kind in ("edit", "glued") and letters < LOOSE_LETTERS:
        return False
    return letters > SHORT_NAME or match.form.wide or min(s.line.score for s in spans) >= SURE


def _part(line: Line, first: int, last: int) -> Box:
    """The part of a line's box that some of its characters cover, letters taken as equally wide."""
    x, y, w, h = line.box
    n = max(1, len(line.text))
    if line.quad is not None and min(w, h) > _SLANT * line.height:
        return _slanted(line.quad, first / n, last / n)
    if w >= h:
        return x + w * first // n, y, max(1, w * (last - first) // n), h
    return x, y + h * first // n, w, max(1, h * (last - first) // n)


def _slanted(quad: Quad, first: float, last: float) -> Box:
    """The box around a part of a slanted line, from one share of its length to another."""
    tl, tr, br, bl = quad
    edges = ((tl, tr), (bl, br)) if math.dist(tl, tr) >= math.dist(tl, bl) else ((tl, bl), (tr, br))
    xs, ys = ([a[i] + (b[i] - a[i]) * share for a, b in edges for share in (first, last)] for i in (0, 1))
    left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
    return left, top, max(1, math.ceil(max(xs)) - left), max(1, math.ceil(max(ys)) - top)


def _hit(match: Match, text: str, place: Place, *, ocr: bool) -> Hit:
    seen = text[match.start : match.end]
    found = set(steps.of(match, seen, html=False))
    if ocr:
        found = (found - _ENGINES_OWN) | {"ocr"}
    return Hit(
        key=folded_key(match.form.spelling.name), form=match.form.text, common=match.form.common, kind=match.kind,
        place=place, seen=seen, steps=frozenset(found),
        score=round(match.score, 3), before=text[max(0, match.start - CONTEXT) : match.start],
        after=text[match.end : match.end + CONTEXT], around=words_of(text).around(match.start, match.end),
    )  # fmt: skip
