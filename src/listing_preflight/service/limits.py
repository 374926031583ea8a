"""What the service takes on at once, and how large and how late."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from listing_preflight.service.problems import busy


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of a service; `policy` is what a caller is to do where something was not checked."""

    body: int = 32 << 20
    """Bytes of a body, pictures included."""
    deadline: float = 30.0
    """Seconds from the first byte of a request to its answer, at most."""
    queue: int = 64
    """Listings that wait for their verdict at once."""
    requests: int = 256
    """Requests that are being read or answered at once."""
    batches: int = 4
    """Of these, batches."""
    policy: str = "block"


class Places:
    """So many places, and not one more."""

    def __init__(self, most: int, code: str, message: str) -> None:
        self._most, self._code, self._message = most, code, message
        self.taken = 0

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        """A place for as long as it is needed; Problem 429 where none is free."""
        if self.taken >= self._most:
            raise busy(self._code, self._message)
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1
