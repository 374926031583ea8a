"""Workers under supervision: a job that kills, stalls or floods its worker is tried once more alone, then it is a fault of its own."""

import selectors
import signal
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from listing_preflight.errors import PreflightError
from listing_preflight.images.looked import Fault
from listing_preflight.running.nest import Nest, Worker
from listing_preflight.running.wire import Receiver, Sender
from listing_preflight.running.worker import Matched

SECONDS = 30.0
"""Silence of a worker after which it is ended: the slowest of 23,339 real listings takes 0.3 s on a busy machine."""
TASK = 32
"""Jobs that go to a worker at once: matching 16 costs a quarter more each, 128 no less than 32."""
AHEAD = 2
"""Tasks that a worker has, so that it need not wait for the next."""
LESSONS = {1: 16, 4: 48, 16: 128}
"""After so many lost workers, how many jobs the next ones know: the first job of a worker that knows none takes 110 ms and more, of one
that knows 16 takes 11; 128 spare another 40 ms of the first 32 jobs. Runs that lose no worker pay nothing."""
TASKS = 5_000
"""Tasks after which a worker makes room for a fresh one."""


@dataclass(slots=True, eq=False)
class Ticket:
    """Jobs that were handed over and what has come of them; answers are whole when `left` is 0."""

    answers: list[Any]
    left: int
    supervisor: "Supervisor"

    def result(self) -> list[Any]:
        """The answer or Fault of each job, in their order; waits for the last."""
        self.supervisor.work_until(self)
        return self.answers


@dataclass(slots=True, eq=False)
class _Task:
    """Some jobs of a ticket: `first` is the place of the first that has no answer yet. `alone`: a second try, of one job."""

    ticket: Ticket
    jobs: Sequence[Any]
    first: int
    alone: bool = False
    matched: bool = False


@dataclass(slots=True, eq=False)
class _Busy:
    """A worker with its tasks, the oldest first, and what is still to be sent to it."""

    worker: Worker
    tasks: deque[_Task] = field(default_factory=deque)
    sender: Sender = field(default_factory=Sender)
    receiver: Receiver = field(default_factory=Receiver)
    unsent: bytearray = field(default_factory=bytearray)
    heard: float = 0.0
    taken: int = 0


class Supervisor:
    """Gives tasks to `size` workers and their answers back in the order of the jobs; a context manager."""

    def __init__(self, nest: Nest, size: int, seconds: float | None = None) -> None:
        self._nest, self._size, self._seconds = nest, size, SECONDS if seconds is None else seconds
        self._waiting: deque[_Task] = deque()
        self._busy: list[_Busy] = []
        self._selector = selectors.DefaultSelector()
        self._lost_workers = self._lesson = 0
        self._learnt: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, jobs: Sequence[Any]) -> Ticket:
        """Hand jobs over; what workers have said meanwhile is heard."""
        ticket = Ticket([None] * len(jobs), len(jobs), self)
        for n in range(0, len(jobs), TASK):
            self._waiting.append(_Task(ticket, jobs[n : n + TASK], n))
        self._step(0.0)
        return ticket

    def work_until(self, ticket: Ticket) -> None:
        """Keep the workers at work until a ticket is whole."""
        while ticket.left:
            self._step(min(1.0, self._seconds))

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for one in self._busy:
            one.worker.line.close()
        self._busy.clear()
        self._selector.close()
        self._nest.close()

    def _step(self, patience: float) -> None:
        """Hand out what waits, hear what was said, end who has been silent too long."""
        self._hand_out()
        for key, events in self._selector.select(patience):
            one: _Busy = key.data
            if events & selectors.EVENT_READ:
                self._hear(one)
            if events & selectors.EVENT_WRITE and one in self._busy:
                self._send(one)
        now = time.monotonic()
        for one in [b for b in self._busy if b.tasks and now - b.heard > self._seconds]:
            self._lost(one, late=True)
        self._hand_out()

    def _hand_out(self) -> None:
        while self._waiting:
            one = self._least_busy()
            if one is None:
                return
            task = self._waiting.popleft()
            one.heard = time.monotonic() if not one.tasks else one.heard
            one.tasks.append(task)
            one.taken += 1
            one.unsent += one.sender.pack(task.jobs, begins=True)
            self._send(one)

    def _least_busy(self) -> _Busy | None:
        """The worker that takes the next task; a new one while there are fewer than wanted. A second try shares with nothing."""
        for one in [b for b in self._busy if b.taken >= TASKS and not b.tasks]:
            self._part(one)
        idle = next((b for b in self._busy if not b.tasks), None)
        if idle is not None or len(self._busy) < self._size:
            return idle or self._new()
        open_ = [b for b in self._busy if len(b.tasks) < AHEAD and b.taken < TASKS and not b.tasks[0].alone]
        return None if not open_ or self._waiting[0].alone else min(open_, key=lambda b: len(b.tasks))

    def _new(self) -> _Busy:
        one = _Busy(self._nest.hatch())
        one.worker.line.setblocking(False)
        self._selector.register(one.worker.line, selectors.EVENT_READ, one)
        self._busy.append(one)
        return one

    def _part(self, one: _Busy) -> int:
        self._selector.unregister(one.worker.line)
        self._busy.remove(one)
        return self._nest.end(one.worker)

    def _send(self, one: _Busy) -> None:
        """As much as the line takes now."""
        try:
            sent = one.worker.line.send(one.unsent) if one.unsent else 0
        except BlockingIOError:
            sent = 0
        except OSError:  # it died: the end of its line tells so
            one.unsent.clear()
            sent = 0
        del one.unsent[:sent]
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if one.unsent else 0)
        if self._selector.get_key(one.worker.line).events != events:
            self._selector.modify(one.worker.line, events, one)

    def _hear(self, one: _Busy) -> None:
        try:
            data = one.worker.line.recv(1 << 18)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lost(one, late=False)
            return
        one.heard = time.monotonic()
        for said in one.receiver.feed(data):
            self._take(one, said)

    def _take(self, one: _Busy, said: Any) -> None:
        task = one.tasks[0]
        if isinstance(said, PreflightError):
            raise said
        if isinstance(said, Matched):
            task.matched = said.fault is None
            if said.fault:
                one.tasks.popleft()
                self._retry(task, said.fault)
            return
        if isinstance(said, Fault) and not task.alone:
            self._waiting.appendleft(_Task(task.ticket, task.jobs[:1], task.first, alone=True))
        else:
            _answer(task.ticket, task.first, said)
            if (
                self._lesson and not task.alone and not isinstance(said, Fault)
            ):  # what was tried alone may kill the template
                self._teach(task.jobs[0])
        task.jobs, task.first = task.jobs[1:], task.first + 1
        if not task.jobs:
            one.tasks.popleft()

    def _lost(self, one: _Busy, *, late: bool) -> None:
        """A worker died or was silent too long: what it was at is tried again, what waited for it goes to others."""
        status = self._part(one)
        self._lost_workers += 1
        self._lesson = LESSONS.get(self._lost_workers, self._lesson)
        if not one.tasks:
            return
        self._waiting.extendleft(list(one.tasks)[:0:-1])
        self._retry(one.tasks[0], self._late() if late else _death(status))

    def _teach(self, job: Any) -> None:
        """Gather jobs that were answered until they are a lesson for the workers to come."""
        self._learnt.append(job)
        if len(self._learnt) == self._lesson:
            self._nest.learn(self._learnt)
            self._learnt, self._lesson = [], 0

    def _late(self) -> Fault:
        return Fault(kind="timed-out", detail=f"not judged after {self._seconds:g} s; the worker was ended")

    def _retry(self, task: _Task, fault: Fault) -> None:
        """Try again, alone, the job that did it: the next one, or, before texts were matched, any of them."""
        if task.alone:
            _answer(task.ticket, task.first, fault)
            return
        suspects = 1 if task.matched else len(task.jobs)
        rest = task.jobs[suspects:]
        if rest:
            self._waiting.appendleft(_Task(task.ticket, rest, task.first + suspects))
        for n in reversed(range(suspects)):
            self._waiting.appendleft(_Task(task.ticket, task.jobs[n : n + 1], task.first + n, alone=True))


def _answer(ticket: Ticket, at: int, said: Any) -> None:
    ticket.answers[at] = said
    ticket.left -= 1


def _death(status: int) -> Fault:
    how = f"exit {status}" if status >= 0 else f"signal {-status}, {_name(-status)}"
    return Fault(kind="crashed", detail=f"the worker that judged it died ({how})")


def _name(number: int) -> str:
    """The name of a signal; those of real time have none but their number."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unnamed"
