"""Which state of the lists answers: loaded once, reloaded without a dropped or mixed answer, given back when nobody uses it."""

import asyncio
import contextlib
import datetime
import gc
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from listing_preflight.errors import PreflightError
from listing_preflight.scan import settle
from listing_preflight.service.problems import unready
from listing_preflight.service.state import State, Told


class _Held:
    """A state with those who use it."""

    def __init__(self, state: State) -> None:
        self.state, self.users, self.is_current = state, 0, True


class Keeper:
    """Holds the state that answers. `load` reads everything anew and raises PreflightError; `absent` says which engine is missing."""

    def __init__(self, load: Callable[[], Told], *, absent: Callable[[Told], str | None] = lambda _: None) -> None:
        self._load, self._absent = load, absent
        self._lock, self._loading = threading.Lock(), threading.Lock()
        self._held: _Held | None = None
        self._leaving: list[_Held] = []
        self.fault: str | None = None
        """Why the last reload failed; None after one that did not."""
        self.missing: str | None = None
        """Why an engine that was asked for cannot be used."""
        self.loads = self.failures = 0
        self._loader = ThreadPoolExecutor(
            1, thread_name_prefix="load"
        )  # one thread, whose memory is used again and again

    async def reload(self) -> None:
        """`load`, awaited in a thread of its own."""
        await asyncio.get_running_loop().run_in_executor(self._loader, self.load)

    def load(self) -> None:
        """Read everything and answer by it from now on; on a fault the state before stays, and the fault is raised."""
        with self._loading:
            try:
                told = self._load()
                missing, made = self._absent(told), _Held(State(told))
            except PreflightError as e:
                self.fault, self.failures = str(e), self.failures + 1
                raise
            except Exception as e:
                self.fault, self.failures = f"{type(e).__name__}: {e}", self.failures + 1
                raise PreflightError(f"the lists cannot be loaded ({self.fault})") from e
            self._swap(made)
            self.fault, self.missing, self.loads = None, missing, self.loads + 1
            self._let_go()
            gc.unfreeze()
            settle()

    def _swap(self, made: _Held | None) -> None:
        with self._lock:
            if self._held is not None:
                self._held.is_current = False
                self._leaving.append(self._held)
            self._held = made

    def _let_go(self) -> None:
        """Close what nobody uses any more."""
        with self._lock:
            done = [one for one in self._leaving if not one.users]
            self._leaving = [one for one in self._leaving if one.users]
        for one in done:
            one.state.close()

    @contextlib.contextmanager
    def borrowed(self) -> Iterator[State]:
        """The state that answers a request from its first to its last word."""
        with self._lock:
            held = self._held
            if held is None:
                raise unready("loading")
            held.users += 1
        try:
            yield held.state
        finally:
            with self._lock:
                held.users -= 1
                left = not held.users and not held.is_current
            if left:
                threading.Thread(target=self._let_go, name="let-go").start()

    @property
    def unready(self) -> tuple[str, str] | None:
        """Why the service is not ready, as the reason of the contract and in words; None when it is."""
        with self._lock:
            held = self._held
        if held is None:
            return "loading", "the lists are being loaded"
        if self.fault is not None:
            return "reload-failed", f"answers come by the lists before: {self.fault}"
        if stale := held.state.told.stale():
            return "stale-list", "; ".join(gap.detail for gap in stale)
        if self.missing is not None:
            return "engine-absent", self.missing
        return None

    def is_of_yesterday(self, today: datetime.date) -> bool:
        """Whether the state judges terms on another day than today."""
        with self._lock:
            return self._held is not None and self._held.state.told.settings.day != today

    def close(self) -> None:
        """Answer nothing any more, and end what runs beside."""
        self._loader.shutdown(wait=True, cancel_futures=True)
        self._swap(None)
        self._let_go()
