"""Where workers come from: a process that has everything ready and forks a worker in milliseconds, or a fresh process each."""

import contextlib
import functools
import os
import pickle
import signal
import socket
import struct
import sys
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from listing_preflight.errors import PreflightError
from listing_preflight.running.process import bound_memory, settle, settle_in
from listing_preflight.running.worker import Checker, serve

Make = Callable[[], Checker]
_ASK = struct.Struct("<cq")
_TOLD = struct.Struct("<q")
_NO_WORKER = "no worker could be started"
_GONE = "the process that starts workers is gone"


class WorkerError(PreflightError):
    """Workers cannot be started or be kept; what was done is not what was asked for."""

    exit_code = 70


class Worker(NamedTuple):
    """A worker process and the line to it."""

    pid: int
    line: socket.socket


class Nest(Protocol):
    """Starts workers and tells how they ended."""

    def hatch(self) -> Worker:
        """A new worker; WorkerError where the system gives none."""
        ...

    def end(self, worker: Worker) -> int:
        """End a worker, dead or alive; its exit status, negative for a signal."""
        ...

    def learn(self, jobs: Sequence[Any]) -> None:
        """Let new workers know what these jobs, which a worker has answered, leave behind in memory."""
        ...

    def close(self) -> None:
        """End all that is left."""
        ...


def open_nest(make: Make, ready: Checker | None = None) -> Nest:
    """`make` makes what workers work with in a process of its own; `ready` is the same already made here, taken where forking is safe."""
    return Forking(make, ready) if hasattr(os, "fork") and hasattr(socket, "send_fds") else Spawning(make)


def _context() -> Any:
    """How fresh processes are started; loaded by who starts one."""
    import multiprocessing

    return multiprocessing.get_context("spawn")


class _Forked:
    """A process forked from this one: what `multiprocessing` offers, whose modules take longer to load than this one to fork."""

    def __init__(self, work: Callable[[], None]) -> None:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(AttributeError, ValueError):  # there is none, or it is closed
                stream.flush()
        self._pid = os.fork()
        self._ended = False
        if self._pid == 0:
            code = 1
            try:
                work()
                code = 0
            except SystemExit as e:
                code = 0 if e.code is None else e.code & 0xFF if isinstance(e.code, int) else 1
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                os._exit(code)

    def is_alive(self) -> bool:
        """Whether it has not ended; nobody knows how it did where this process was started deaf to the end of its children."""
        if not self._ended:
            try:
                self._ended = os.waitpid(self._pid, os.WNOHANG)[0] != 0
            except ChildProcessError:
                self._ended = True
        return not self._ended

    def kill(self) -> None:
        """End it; nothing where it has ended, as its number may be another's since."""
        if self.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def join(self, seconds: float = float("inf")) -> None:
        """Wait for its end, so long at most."""
        until, pause = time.monotonic() + seconds, 0.0005
        while self.is_alive() and time.monotonic() < until:
            time.sleep(pause)
            pause = min(2 * pause, 0.02)


class Forking:
    """A template process, forked from this one where no other thread runs, else started afresh; it forks the workers."""

    def __init__(self, make: Make, ready: Checker | None = None) -> None:
        self._line, theirs = socket.socketpair()
        forks = ready is not None and threading.active_count() == 1 and sys.platform != "darwin"
        self._template = (
            self._forked(theirs, make, ready)
            if forks
            else _context().Process(target=_template, args=(theirs, None, make, None), daemon=True)
        )
        if not forks:
            self._template.start()
        theirs.close()

    def _forked(self, theirs: socket.socket, make: Make, ready: Checker | None) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", DeprecationWarning
            )  # of idle threads of libraries, which the template never uses
            return _Forked(functools.partial(_template, theirs, self._line, make, ready))

    def hatch(self) -> Worker:
        """Fork the template."""
        self._ask(b"F", 0)
        try:
            data, handles, _, _ = socket.recv_fds(self._line, _TOLD.size, 1)
        except OSError as e:
            raise WorkerError(f"{_GONE} ({e.strerror})") from None
        if not handles:
            raise WorkerError(_NO_WORKER, remedy="See whether the system is out of memory or processes")
        return Worker(_TOLD.unpack(data)[0], socket.socket(fileno=handles[0]))

    def end(self, worker: Worker) -> int:
        """Kill the worker; the template knows how it ended, if it had ended before."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)
        worker.line.close()
        self._ask(b"E", worker.pid)
        try:
            told = self._line.recv(_TOLD.size)
        except OSError:
            told = b""
        if len(told) < _TOLD.size:
            raise WorkerError(_GONE)
        return int(_TOLD.unpack(told)[0])

    def learn(self, jobs: Sequence[Any]) -> None:
        """Have the template do them: it and all that are forked from it have loaded and remember what they ask for."""
        data = pickle.dumps(jobs, pickle.HIGHEST_PROTOCOL)
        self._ask(b"L", len(data))
        try:
            self._line.sendall(data)
        except OSError as e:
            raise WorkerError(f"{_GONE} ({e.strerror})") from None

    def close(self) -> None:
        """The template takes its workers with it."""
        with contextlib.suppress(WorkerError):
            self._ask(b"Q", 0)
        self._line.close()
        self._template.join(LEARNING)
        if self._template.is_alive():  # at a lesson that takes too long
            self._template.kill()
            self._template.join()

    def _ask(self, what: bytes, pid: int) -> None:
        try:
            self._line.sendall(_ASK.pack(what, pid))
        except OSError as e:
            raise WorkerError(f"{_GONE} ({e.strerror})") from None


def _template(line: socket.socket, parents: socket.socket | None, make: Make, ready: Checker | None) -> None:
    """Start a worker or tell the end of one for each message, until the parent is gone."""
    if parents is not None:
        parents.close()
    settle_in()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # deaf by inheritance, it would not learn how its workers ended
    alive: set[int] = set()
    try:
        checker = ready if ready is not None else make()
        checker.warm()
        settle(collect=False)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the parent went away while it was answered
            _serve(line, checker, alive)
    finally:
        for pid in alive - {0}:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)  # so that its time counts as time of this run


def _serve(line: socket.socket, checker: Checker, alive: set[int]) -> None:
    """Answer the parent; `alive` are the workers that it may ask the end of."""
    while len(asked := line.recv(_ASK.size)) == _ASK.size:
        what, pid = _ASK.unpack(asked)
        if what == b"Q":
            break
        if what == b"F":
            alive.add(_fork(line, checker))
        elif what == b"L":
            _learn(checker, _received(line, pid))
        else:
            alive.discard(pid)
            line.sendall(_TOLD.pack(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))


def _received(line: socket.socket, size: int) -> bytearray:
    """So many bytes; fewer where the parent is gone, which the next message tells as well."""
    data = bytearray()
    while len(data) < size and (more := line.recv(min(1 << 18, size - len(data)))):
        data += more
    return data


LEARNING = 2.0
"""Seconds after which a lesson ends: whoever wants a worker waits for it."""


def _learn(checker: Checker, data: bytearray) -> None:
    """Do jobs for what they leave behind; nobody waits for their answers."""
    with contextlib.suppress(Exception):  # what fails here stays unknown, and is told where it is answered
        until = time.monotonic() + LEARNING
        for answer in checker.begin(pickle.loads(data)):  # noqa: S301 - our own parent sent it
            if time.monotonic() > until:
                break
            answer()
    settle()


def _fork(line: socket.socket, checker: Checker) -> int:
    mine, theirs = socket.socketpair()
    with mine, theirs:
        try:
            pid = os.fork()
        except OSError:
            line.sendall(_TOLD.pack(0))
            return 0
        if pid == 0:
            mine.close()
            line.close()
            _live(theirs, checker)
        socket.send_fds(line, [_TOLD.pack(pid)], [mine.fileno()])
    return pid


def _live(line: socket.socket, checker: Checker) -> None:
    """A worker's life; it ends without a word, as nothing of its parent's is its own to clean up."""
    code = 1
    try:
        bound_memory()
        serve(line, checker)
        code = 0
    finally:
        os._exit(code)


class Spawning:
    """A fresh process for each worker, for systems that cannot fork."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._alive: dict[int, Any] = {}

    def hatch(self) -> Worker:
        """Start a process; it has everything to make anew."""
        mine, theirs = socket.socketpair()
        context = _context()
        process = context.Process(target=_fresh, args=(theirs, self._make), daemon=True)
        try:
            process.start()
        except OSError as e:
            raise WorkerError(f"{_NO_WORKER} ({e.strerror})") from None
        theirs.close()
        self._alive[process.pid] = process
        return Worker(process.pid, mine)

    def end(self, worker: Worker) -> int:
        """Kill the process."""
        worker.line.close()
        process = self._alive.pop(worker.pid)
        process.join(0)
        if process.exitcode is None:
            process.kill()
            process.join()
        return int(process.exitcode)

    def learn(self, jobs: Sequence[Any]) -> None:
        """Nothing is left to a fresh process."""

    def close(self) -> None:
        """Kill all that is left."""
        for process in self._alive.values():
            process.kill()
            process.join()
        self._alive.clear()


def _fresh(line: socket.socket, make: Make) -> None:
    settle_in()
    checker = make()
    settle()
    bound_memory()
    serve(line, checker)
