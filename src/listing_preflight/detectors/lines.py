"""Lines of a picture as running texts: in reading order, and each line with the one that stands below it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from listing_preflight.images.looked import Box, Line

_FAR = 2.5
"""Letter heights between two lines of one name at the most."""
_ALIKE = 3.0
_LEAST_OVERLAP = 2


class Span(NamedTuple):
    """A part of a line: which one, and the half-open range of its characters."""

    line: Line
    first: int
    last: int


class Running(NamedTuple):
    """Lines joined by blanks, and where each of them starts."""

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    def spans(self, start: int, end: int) -> list[Span]:
        """The parts of lines that a piece of the text covers."""
        return [
            Span(line, max(start, at) - at, min(end, at + len(line.text)) - at)
            for line, at in zip(self.lines, self.starts, strict=True)
            if start < at + len(line.text) and at < end
        ]


def running(lines: Sequence[Line]) -> Running:
    """Lines one after the other; the letters that two overlapping boxes both show are kept once."""
    text, starts = "", []
    for i, line in enumerate(lines):
        twice = _twice(lines[i - 1], line) if i else 0
        text = text[: len(text) - twice] if twice else f"{text} " if i else ""
        starts.append(len(text))
        text += line.text
    return Running(text, tuple(lines), tuple(starts))


def _twice(a: Line, b: Line) -> int:
    """How many letters at the end of a line stand again at the start of the next, where their boxes overlap."""
    if not touching(a.box, b.box):
        return 0
    one, two = a.text.casefold(), b.text.casefold()
    longest = min(len(one), len(two))
    return next((n for n in range(longest, _LEAST_OVERLAP - 1, -1) if one.endswith(two[:n])), 0)


def touching(a: Box, b: Box) -> bool:
    """Whether two boxes share pixels."""
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def columns(lines: Sequence[Line]) -> Iterator[Running]:
    """Each line with the next one below it, where reading order has put another line between them."""
    for i, upper in enumerate(lines):
        below = [one for one in lines[i + 1 :] if _under(upper, one)]
        if below and below[0] is not lines[i + 1]:
            yield running((upper, min(below, key=lambda one: one.box[1])))


def _under(upper: Line, lower: Line) -> bool:
    shared = min(upper.box[0] + upper.box[2], lower.box[0] + lower.box[2]) - max(upper.box[0], lower.box[0])
    return shared > 0.3 * min(upper.box[2], lower.box[2]) and lower.box[1] > upper.box[1] and together(upper, lower)


def together(a: Line, b: Line) -> bool:
    """Whether two lines are near and alike enough in size to hold one name."""
    tall = [max(1, line.height or line.box[3]) for line in (a, b)]
    if max(tall) > _ALIKE * min(tall):
        return False
    across = max(a.box[0], b.box[0]) - min(a.box[0] + a.box[2], b.box[0] + b.box[2])
    down = max(a.box[1], b.box[1]) - min(a.box[1] + a.box[3], b.box[1] + b.box[3])
    return max(across, down) <= _FAR * max(tall)
