"""Make a process fit for its part: one that is a worker, one that is our own from start to end."""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Iterator

COLLECTED = (500_000, 50, 1000)
"""After how many new values the collector walks: a start makes 600,000 that live as long as the process, and walking over them
takes a tenth of it."""
MEMORY = 2 << 30
"""Bytes that a worker may take beside what its lists and libraries take: a listing of 64 MB, the longest line that is read, needs 1 GB."""


def settle(*, collect: bool = True) -> None:
    """Spare a process of our own the walks of the collector: the index is large and lives as long as the process, and values are
    frozen and hold no cycles. Never called for others: a library leaves its process as it is. `collect`: walk once before, for a
    process that may have made much that nobody holds.
    """
    if collect:
        gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED)


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """The same patience of the collector for as long as work of ours runs in a process of others; as it was afterwards."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def settle_in() -> None:
    """Make a process of our own a worker: deaf to Ctrl-C, one thread, a bounded appetite, a standard output that nothing can soil."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(OSError):  # a program may have been started without them
        os.dup2(2, 1)


def bound_memory() -> None:
    """Let this process take MEMORY beside what it has, where the system can hold it to that."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as stat:  # noqa: PTH123 - read on every start of a worker
        taken = int(stat.read().split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = taken + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
