"""What runs inside a worker: take a task, tell its answers one by one, and turn what goes wrong into a fault of one job."""

import contextlib
import socket
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from listing_preflight.errors import PreflightError
from listing_preflight.images.looked import Fault
from listing_preflight.running.process import MEMORY
from listing_preflight.running.wire import Receiver, Sender

_DETAIL = 200
"""Characters of an error that are told."""
Answers = Callable[[], Any]


class Checker(Protocol):
    """What a worker works with."""

    def begin(self, jobs: Sequence[Any]) -> Sequence[Answers]:
        """Do what is done for all jobs at once; for each job what gives its answer."""
        ...

    def warm(self) -> None:
        """Load what is loaded on first use, so that workers forked from here need not."""
        ...


class Matched(NamedTuple):
    """What is done for all jobs of a task at once is done; `fault` where it could not be."""

    fault: Fault | None = None


def serve(line: socket.socket, checker: Checker) -> None:
    """Answer tasks until the parent is gone; each answer, fault or error of the user's files is told as it comes."""
    receiver, sender = Receiver(), Sender()
    with contextlib.suppress(ConnectionError):
        while data := line.recv(1 << 18):
            for jobs in receiver.feed(data):
                _work(line, sender, checker, jobs)


def _work(line: socket.socket, sender: Sender, checker: Checker, jobs: Sequence[Any]) -> None:
    made = tried(lambda: checker.begin(jobs))
    failed = isinstance(made, Fault | PreflightError)
    line.sendall(
        sender.pack(made if isinstance(made, PreflightError) else Matched(made if failed else None), begins=True)
    )
    for answer in () if failed else made:
        line.sendall(sender.pack(tried(answer)))


def tried(work: Callable[[], Any]) -> Any:
    """The value of some work; an error of the user's files as it is, anything else as a fault."""
    try:
        return work()
    except PreflightError as e:
        return e
    except MemoryError:
        return Fault(kind="over-limit", detail=f"takes more than {MEMORY >> 30} GB of memory to be judged")
    except Exception as e:
        return Fault(kind="crashed", detail=f"judging failed: {type(e).__name__}: {e}"[:_DETAIL])
