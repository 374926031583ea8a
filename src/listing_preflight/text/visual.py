"""Letters that look alike: one skeleton for all spellings that a shopper reads as the same word."""

import functools

from listing_preflight.model.hit import Step
from listing_preflight.text.fold import SYMBOLS

_LEET = {"0": "o", "1": "i", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g", **SYMBOLS}
SHAPES = {**_LEET, "l": "i", "£": "i", "m": "rn", "w": "vv", "d": "ci"}
"""Character → the one shape that stands for all that look like it; letter by letter, so that shapes join as words do."""
_SKELETON = str.maketrans(SHAPES)
_READS = {"0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g",
          "@": "a", "$": "s", "!": "il", "|": "il", "€": "e", "£": "l", "¥": "y", "¢": "c", "+": "t",
          "l": "i", "i": "l"}  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("m", "rn"), ("w", "vv"), ("d", "cl"))


@functools.lru_cache(maxsize=1 << 17)
def skeleton(text: str) -> str:
    """What a visual reading looks like: strokes are i, digits and symbols are letters, m is rn, w is vv, d is cl."""
    return text.translate(_SKELETON)


def disguise(seen: str, key: str) -> frozenset[Step] | None:
    """The steps by which `seen` stands for `key` letter by letter, or None where it does not.

    A digit or symbol in the text may stand for a letter of the name, never a letter for a digit of the name.
    """
    i = j = 0
    steps: set[Step] = set()
    while i < len(seen) and j < len(key):
        if seen[i] == key[j]:
            i, j = i + 1, j + 1
            continue
        read = _read_one(seen, key, i, j)
        if read is None:
            return None
        step, di, dj = read
        steps.add(step)
        i, j = i + di, j + dj
    return frozenset(steps) if i == len(seen) and j == len(key) else None


def _read_one(seen: str, key: str, i: int, j: int) -> tuple[Step, int, int] | None:
    for a, b in _PAIRS:
        if seen.startswith(a, i) and key.startswith(b, j):
            return "confusable", len(a), len(b)
    if key[j] in _READS.get(seen[i], ""):
        return ("confusable" if seen[i] in "li" else "leet"), 1, 1
    return None
