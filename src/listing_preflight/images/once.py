"""One look at one file, whatever the number of listings that show it."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from listing_preflight.images.crew import Future, is_lost
from listing_preflight.images.looked import Task
from listing_preflight.images.source import PictureError, read_under

KEPT = 4_096
"""Files whose outcome is remembered, the last seen ones: a few kilobytes each."""


class _Key(NamedTuple):
    """What makes two tasks one: the bytes, and what is wanted of them."""

    digest: bytes
    ocr: str
    known: bool
    languages: str


class Once:
    """Hands a task on, or gives back what is under way for the same bytes.

    What came to nothing, as its worker died, is looked at once more when it is shown again: what killed a worker need not be the
    picture, and one that does may not kill one for each of its listings. Near duplicates are looked at each: a line of small print is all that may tell them apart, and it may not go unread.
    """

    def __init__(self, look: Callable[[Task], Future], kept: int = KEPT) -> None:
        self._look, self._kept = look, kept
        self._known: OrderedDict[_Key, Future] = OrderedDict()
        self._again: set[_Key] = set()
        self._lock = threading.Lock()

    def look(self, task: Task) -> Future:
        """The outcome of a picture, to come."""
        try:
            digest = hashlib.sha256(read_under(task.path, task.roots)).digest()
        except PictureError:  # the worker says what is wrong with it
            return self._look(task)
        key = _Key(digest, task.ocr, task.known, task.languages)
        with self._lock:  # tasks also come from the threads that fetch pictures
            found = self._known.pop(key, None)
            if found is not None and key not in self._again and is_lost(found):
                self._again.add(key)
                found = None
            found = found or self._look(task)
            self._known[key] = found
            if len(self._known) > self._kept:
                oldest, _ = self._known.popitem(last=False)
                self._again.discard(oldest)
        return found
