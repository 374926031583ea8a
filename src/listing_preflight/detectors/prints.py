"""What a name printed in a picture is there: a logo, a label, one line of a table, or small print."""

from collections.abc import Sequence

from listing_preflight.images.looked import Line
from listing_preflight.model.hit import Print

SMALL = 0.015
"""Height of letters over the picture's longer side below which they are small print: 12 pixels of 800.
Of 139 labelled brand words on goods none is smaller, one in twenty is below 0.035."""
LOGO = 0.06
"""The same from which they are seen before anything else: 96 of the 139 are."""
_TABLE_AT_MOST = 0.035
_TABLE_LINES = 8
"""Lines of like height, near enough to be one block, that make a table of one of them; none of the 139 is in one."""
_ALIKE = 1.35
_REACH = 2.5


def height(lines: Sequence[Line]) -> int:
    """Pixels of the highest letters."""
    return max(line.height or line.box[3] for line in lines)


def kind(own: Sequence[Line], lines: Sequence[Line], size: tuple[int, int]) -> Print:
    """What the lines that hold a name are among all lines of a picture of that size (width, height)."""
    tall = height(own)
    share = tall / max(1, *size)
    if share < SMALL:
        return "small"
    if share < _TABLE_AT_MOST and _block(own[0], lines) >= _TABLE_LINES:
        return "table"
    return "logo" if share >= LOGO else "label"


def _block(line: Line, lines: Sequence[Line]) -> int:
    """How many lines of like height hang together with this one, each near to another."""
    tall = max(1, height([line]))
    left = [one for one in lines if one is not line and max(tall, height([one])) <= _ALIKE * min(tall, height([one]))]
    found, edge = 1, [line]
    while edge:
        at = edge.pop()
        near = [one for one in left if _gap(at, one) <= _REACH * tall]
        left = [one for one in left if one not in near]
        found += len(near)
        edge += near
    return found


def _gap(a: Line, b: Line) -> int:
    """Pixels between two boxes, along the axis on which they are further apart."""
    across = max(a.box[0], b.box[0]) - min(a.box[0] + a.box[2], b.box[0] + b.box[2])
    down = max(a.box[1], b.box[1]) - min(a.box[1] + a.box[3], b.box[1] + b.box[3])
    return max(across, down)
