"""Lines in the order that a person reads them, letters set one below the other joined to a word."""

from dataclasses import replace

from listing_preflight.images.looked import Box, Line

_LEAST_STACK = 3


def in_order(lines: list[Line]) -> list[Line]:
    """Top to bottom by rows, left to right within one: a row is what lies level with its first line."""
    rows: list[list[Line]] = []
    for line in sorted(unstacked(lines), key=lambda one: (_middle(one), one.box[0])):
        row = next((r for r in rows[-3:] if _level(line, r[0])), None)
        rows.append([line]) if row is None else row.append(line)
    return [line for row in rows for line in sorted(row, key=lambda one: one.box[0])]


def _middle(line: Line) -> float:
    return line.box[1] + line.box[3] / 2


def _level(a: Line, b: Line) -> bool:
    return abs(_middle(a) - _middle(b)) < 0.5 * min(a.box[3], b.box[3])


def unstacked(lines: list[Line]) -> list[Line]:
    """Single letters that stand below each other become one line; all other lines stay."""
    letters = sorted((one for one in lines if len(one.text.strip()) == 1), key=lambda one: one.box[1])
    stacks: list[list[Line]] = []
    for letter in letters:
        stack = next((s for s in stacks if _below(s[-1], letter)), None)
        stacks.append([letter]) if stack is None else stack.append(letter)
    joined = [s for s in stacks if len(s) >= _LEAST_STACK]
    taken = {id(letter) for s in joined for letter in s}
    return [one for one in lines if id(one) not in taken] + [_word(s) for s in joined]


def _below(upper: Line, lower: Line) -> bool:
    x, y, w, h = upper.box
    size = max(w, h)
    level = abs(x + w / 2 - lower.box[0] - lower.box[2] / 2) < 0.4 * size
    alike = 0.5 < max(lower.box[2:]) / size < 2
    return level and alike and lower.box[1] - y - h < 0.8 * size


def _word(stack: list[Line]) -> Line:
    score = round(sum(one.score for one in stack) / len(stack), 4)
    text = "".join(one.text.strip() for one in stack)
    return replace(stack[0], text=text, score=score, box=around([one.box for one in stack]), quad=None)


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of them."""
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    return left, top, right - left, bottom - top
