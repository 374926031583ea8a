"""Find listed names in the words of pictures."""

from typing import NamedTuple

from listing_preflight.detectors.marks_in_text import CONTEXT, Matcher
from listing_preflight.images.looked import Box, Frame, Line, Looked
from listing_preflight.model.finding import Unread
from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Picture
from listing_preflight.text import steps
from listing_preflight.text.around import words_of
from listing_preflight.text.fold import fold, folded_key
from listing_preflight.text.gates import Match, resolve

READ = 0.6
"""Confidence from which a line counts as read; below it text was seen and not read."""
SEEN = 0.3
"""Confidence below which a line is texture, not text."""
LOOSE_LETTERS = 6
"""Letters that a name needs before a misread spelling of it in a picture counts."""


class Words(NamedTuple):
    """Hits in one picture and the text seen there that could not be read."""

    hits: tuple[Hit, ...]
    unread: tuple[Unread, ...]


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
            if SEEN <= line.score < READ and line.text.strip()
        ]
    return Words(tuple(hits), tuple(unread))


def _frame(matcher: Matcher, picture: Picture, frame: Frame) -> list[Hit]:
    lines = [line for line in frame.lines if line.score >= READ and fold(line.text).plain.tokens]
    text = " ".join(line.text for line in lines)
    starts: list[int] = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    kept, _ = resolve(matcher.find(text))
    out = []
    for match in kept:
        if match.kind in ("edit", "glued", "visual") and len(match.form.key) < LOOSE_LETTERS and match.kind != "visual":
            continue
        place = Place(
            field="image", index=picture.index, start=match.start, end=match.end, path=picture.path,
            frame=frame.number, box=_box(match, lines, starts),
        )  # fmt: skip
        out.append(_hit(match, text, place, ocr=True))
    return out


def _box(match: Match, lines: list[Line], starts: list[int]) -> Box:
    """The part of each line that the match covers, letters taken as equally wide, joined to one upright box."""
    boxes = []
    for line, start in zip(lines, starts, strict=True):
        first, last = max(match.start, start), min(match.end, start + len(line.text))
        if first < last:
            boxes.append(_part(line, first - start, last - start))
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    return left, top, right - left, bottom - top


def _part(line: Line, first: int, last: int) -> Box:
    x, y, w, h = line.box
    n = max(1, len(line.text))
    if w >= h:
        return x + w * first // n, y, max(1, w * (last - first) // n), h
    return x, y + h * first // n, w, max(1, h * (last - first) // n)


def _hit(match: Match, text: str, place: Place, *, ocr: bool) -> Hit:
    seen = text[match.start : match.end]
    found = set(steps.steps(match, seen, html=False))
    return Hit(
        key=folded_key(match.form.spelling.name), form=match.form.text, common=match.form.common, kind=match.kind,
        place=place, seen=seen, steps=frozenset(found | ({"ocr"} if ocr else set())),  # type: ignore[arg-type]
        score=round(match.score, 3), before=text[max(0, match.start - CONTEXT) : match.start],
        after=text[match.end : match.end + CONTEXT], around=words_of(text).around(match.start, match.end),
    )  # fmt: skip
