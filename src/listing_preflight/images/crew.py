"""A crew of worker processes: each task has a deadline, and a worker that hangs or dies costs only its task."""

import threading
from collections.abc import Callable, Iterable
from types import NoneType
from typing import Any, Protocol

from listing_preflight.images import evidence, worker
from listing_preflight.images.evidence import Crop
from listing_preflight.images.looked import Fault, Looked, Task

PICTURE_SECONDS = 90.0
"""Deadline of one picture, the start of a worker and the loading of its models included."""
_TASKS = 2_000
Late = TimeoutError
"""What the pool raises at a deadline. The pool itself is imported with the first task: a run over texts alone has none."""


class Future(Protocol):
    """What a submitted task gives back."""

    def result(self, timeout: float | None = None) -> Any:
        """The task's value, or what went wrong."""
        ...

    def cancel(self) -> bool:
        """End the task, whatever it is doing."""
        ...


class Crew:
    """Worker processes, started when the first task comes."""

    def __init__(self, size: int, prepare: Callable[..., None] | None = None, args: Iterable[Any] = ()) -> None:
        self._size, self._prepare, self._args = size, prepare, tuple(args)
        self._pool: Any | None = None
        self._open: set[Any] = set()
        self._ended = False
        self._lock = threading.Lock()

    def submit(self, task: Callable[..., Any], *args: Any, seconds: float | None = None) -> Future:
        """Hand a task to the next free worker; RuntimeError where the crew was ended."""
        with self._lock:  # tasks also come from the threads that fetch pictures
            if self._ended:
                raise RuntimeError("the workers were ended")
            if self._pool is None:
                import multiprocessing

                from pebble import ProcessPool

                context: Any = multiprocessing.get_context("spawn")
                self._pool = ProcessPool(
                    max_workers=self._size, max_tasks=_TASKS, initializer=_start,
                    initargs=(self._prepare, self._args), context=context,
                )  # fmt: skip
            found = self._pool.schedule(task, args=args, timeout=seconds)
            self._open.add(found)
        found.add_done_callback(self._open.discard)
        return found

    def look(self, task: Task) -> Future:
        """Hand over one picture."""
        return self.submit(worker.look, task, seconds=PICTURE_SECONDS)

    def crop(self, crop: Crop) -> bool:
        """Write a piece of evidence; False where its picture could not be read again."""
        try:
            return bool(self.submit(evidence.write, crop, seconds=PICTURE_SECONDS).result())
        except Exception:  # late, dead, or what a picture that has changed since raises: the finding stands without it
            return False

    def close(self) -> None:
        """End all workers, whatever they are doing, and what is left of their tasks, for which somebody may be waiting."""
        with self._lock:
            self._ended, pool, self._pool = True, self._pool, None
        if pool is not None:
            pool.stop()
            pool.join()
        for one in tuple(self._open):  # a pool that is stopped leaves them open for ever
            one.cancel()


def _start(prepare: Callable[..., None] | None, args: tuple[Any, ...]) -> None:
    worker.start()
    if prepare is not None:
        prepare(*args)


def is_lost(future: Future) -> bool:
    """Whether a task ended without an outcome of its own: its worker died, or the task was taken back. A task that was late has one."""
    from concurrent.futures import Future as Told

    if not isinstance(future, Told) or not future.done():
        return False
    return future.cancelled() or not isinstance(future.exception(), Late | NoneType)


def looked(future: Future, seconds: float | None = None) -> Looked:
    """What came of a picture; a worker's death or lateness is a fault of that picture. After `seconds` it is ended here."""
    from pebble import ProcessExpired

    try:
        found: Looked = future.result(seconds)
    except Late:
        if seconds is not None and seconds < PICTURE_SECONDS:
            future.cancel()
            return _fault("timed-out", "not done by the deadline of the request")
        return _fault("timed-out", f"not done after {PICTURE_SECONDS:.0f} s; the worker was ended")
    except ProcessExpired as e:
        return _fault("crashed", f"the worker died (exit {e.exitcode})")
    except Exception as e:
        return _fault("crashed", f"{type(e).__name__}: {e}")
    return found


def _fault(kind: Any, detail: str) -> Looked:
    return Looked(faults=(Fault(kind=kind, detail=detail),))
