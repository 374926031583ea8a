"""Fetch pictures ahead of those who look at them: in threads, politely to each host, through the store."""

import contextlib
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from listing_preflight.images import cache, web
from listing_preflight.images.fetched import Store
from listing_preflight.images.looked import Fault, Looked
from listing_preflight.images.web import FetchError, Terms, Wire

THREADS = 12
PER_HOST = 2
"""Connections to one host at a time."""
PAUSE_SECONDS = 0.05
"""Between the starts of two requests to one host."""
MOST_FAILURES = 8
"""Pictures in a row that a host may fail to send before the rest of the run leaves it alone."""
MOST_HOSTS = 10_000
"""Hosts that are remembered before the memory starts anew: a service meets ever new ones."""
LONGEST_WAIT = 20.0
"""Seconds that a busy host may ask us to wait; it is asked once more."""
_BUSY = frozenset({429, 503})

Place = tuple[str, tuple[str, ...]]
"""A path, and the root that it lies under."""


class Later:
    """What will be seen in a picture that is still on its way."""

    def __init__(self, coming: "Future[Any]") -> None:
        self._coming = coming

    def result(self, timeout: float | None = None) -> Any:
        """The picture's value, or what went wrong."""
        found = self._coming.result(timeout)
        return found if isinstance(found, Looked) else found.result(timeout)

    def cancel(self) -> bool:
        """End the look at the picture where it has come; one that is on its way ends at the deadline of its host."""
        if not self._coming.done():
            return False
        found = self._coming.result()
        return not isinstance(found, Looked) and bool(found.cancel())


class Fetcher:
    """Pictures by their address; use `close`, so that no thread outlives its run."""

    def __init__(self, *, keep: bool, terms: Terms | None = None) -> None:
        folder = cache.folder() / "web"
        self._own = None if keep and _is_writable(folder) else tempfile.TemporaryDirectory(prefix="preflight-")
        self.store = Store(Path(self._own.name) if self._own else folder)
        self._terms = terms or Terms()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="fetch")
        self._lock = threading.Lock()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._coming: dict[str, Future[Fault | None]] = {}
        self._wires: set[Wire] = set()
        self._closed = threading.Event()

    def look(self, url: str, then: Callable[[Place], Any]) -> Later:
        """Fetch a picture, then hand its place over; the fault of the picture where it does not come."""
        with self._lock:
            coming = self._coming.get(url)
            if coming is None:
                coming = self._coming[url] = self._threads.submit(self._fetch, url)
        return Later(_after(coming, lambda fault: Looked(faults=(fault,)) if fault else then(self.place(url))))

    def place(self, url: str) -> Place:
        """Where a fetched picture lies."""
        return self.store.name(url), (str(self.store.folder),)

    def close(self) -> None:
        """Stop asking, and cut what is on its way."""
        self._closed.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            for wire in self._wires:
                wire.cut()
        self._threads.shutdown(wait=True)
        if self._own is not None:
            self._own.cleanup()

    def _fetch(self, url: str) -> Fault | None:
        try:
            self._bring(url)
        except FetchError as e:
            return Fault(kind="not-fetched", detail=str(e))
        except OSError as e:
            return Fault(kind="not-fetched", detail=f"it cannot be kept ({e.strerror})")
        finally:
            with self._lock:
                self._coming.pop(url, None)  # from here on the store answers
        return None

    def _bring(self, url: str) -> None:
        at = web.target(url)
        kept = self.store.kept(url)
        if kept is not None and kept.fresh:
            return
        with self._lock:
            if len(self._hosts) > MOST_HOSTS:
                self._hosts.clear()
            host = self._hosts[at.host]
        with host.turns:
            answer = self._asked(url, host, kept.headers if kept else {})
        if kept is not None and answer.status == 304:
            self.store.confirm(url)
        elif answer.status == 200:
            self.store.keep(url, answer.body, answer.headers)
        else:
            raise FetchError(f"the server answers {answer.status}")

    def _asked(self, url: str, host: "_Host", headers: Mapping[str, str]) -> web.Answer:
        answer = self._once(url, host, headers)
        if answer.status in _BUSY:
            host.rest(_wait(answer.headers.get("retry-after")))
            answer = self._once(url, host, headers)
        if answer.status in _BUSY or answer.status >= 500:
            host.failed()
        else:
            host.failures = 0
        return answer

    def _once(self, url: str, host: "_Host", headers: Mapping[str, str]) -> web.Answer:
        self._closed.wait(host.start())
        wire = Wire()
        with self._lock:
            if self._closed.is_set():
                raise FetchError("the run was ended")
            self._wires.add(wire)
        try:
            answer = web.get(url, headers, self._terms, wire)
        except FetchError:
            host.failed()
            raise
        finally:
            with self._lock:
                self._wires.discard(wire)
        return answer


class _Host:
    """Turns at one host: few at a time, none at once, and an end once it fails and fails."""

    def __init__(self) -> None:
        self.turns = threading.Semaphore(PER_HOST)
        self.failures = 0
        self._lock = threading.Lock()
        self._next = 0.0

    def start(self) -> float:
        """Seconds to wait before the next request."""
        if self.failures >= MOST_FAILURES:
            raise FetchError(f"its host has failed {MOST_FAILURES} times in a row")
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + PAUSE_SECONDS
            return at - now

    def failed(self) -> None:
        """Count a picture that did not come because of its host."""
        with self._lock:
            self.failures += 1

    def rest(self, seconds: float) -> None:
        """Leave the host alone for a while."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _wait(told: str | None) -> float:
    """The seconds of a Retry-After header, within bounds."""
    with contextlib.suppress(ValueError):
        return min(LONGEST_WAIT, max(0.0, float(told or "1")))
    return 1.0


def _after(coming: "Future[Fault | None]", then: Callable[[Fault | None], Any]) -> "Future[Any]":
    """A future of what `then` makes of another's value, made as soon as that is there."""
    made: Future[Any] = Future()

    def go(done: "Future[Fault | None]") -> None:
        try:
            made.set_result(then(done.result()))
        except BaseException as e:
            made.set_exception(e)

    coming.add_done_callback(go)
    return made
