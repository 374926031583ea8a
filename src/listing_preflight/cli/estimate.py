"""How long a run over many pictures will take: told once, when its first pictures are done."""

import time
from collections.abc import Callable, Iterable

from listing_preflight.readers.catalog import Item

FIRST = 8
"""Pictures that are done before the rest is counted."""
LEAST_SECONDS = 60.0
"""What is done sooner needs no word."""
COUNT_SECONDS = 2.0
"""Time that counting may take; what is not counted by then is said to be more."""


class Estimate:
    """Counts pictures as they are done; the rest is read ahead and counted only for a run that has pictures."""

    def __init__(self, items: Callable[[], Iterable[Item]], pictures: Callable[[Item], int]) -> None:
        self._items, self._pictures = items, pictures
        self._began, self._done, self._told = time.monotonic(), 0, False

    def step(self, pictures: int) -> str | None:
        """So many pictures more are done; a sentence on the rest, at most once in a run."""
        self._done += pictures
        if self._told or self._done < FIRST:
            return None
        self._told = True
        each = (time.monotonic() - self._began) / self._done
        total, whole = self._counted()
        left = max(0, total - self._done) * each
        return _sentence(total, left, whole=whole) if left >= LEAST_SECONDS else None

    def _counted(self) -> tuple[int, bool]:
        total, end = 0, time.monotonic() + COUNT_SECONDS
        for item in self._items():
            total += self._pictures(item)
            if time.monotonic() > end:
                return total, False
        return total, True


def _sentence(total: int, left: float, *, whole: bool) -> str:
    more = "" if whole else " or more"
    return f"{total:,} pictures{more}: about {_spoken(left)}{more} at the pace of the first ones"


def _spoken(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02} min"
