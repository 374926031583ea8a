"""How many listings a long run has before it: counted beside it, by a process that reads and does nothing else."""

import contextlib
import dataclasses
import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from listing_preflight.errors import PreflightError
from listing_preflight.model.listing import Listing
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.scratch import Scratch

FROM_SECONDS = 20.0
"""What is done sooner needs no count: reading a listing costs less than a hundredth of judging it, starting a process a second."""


class Counting:
    """Knows the number of listings once they are counted; a context manager, so that nothing goes on counting."""

    def __init__(self, paths: Sequence[str], reading: ReadOptions) -> None:
        self._args = list(paths), dataclasses.replace(reading, scratch=Scratch())
        self._began = time.monotonic()
        self._process: Any = None
        self._line: Any = None
        self._total: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._line.close()

    def total(self) -> int | None:
        """The number, or None while it is not known. Standard input cannot be read twice."""
        if self._total is not None or "-" in self._args[0] or time.monotonic() - self._began < FROM_SECONDS:
            return self._total
        if self._process is None:
            context: Any = multiprocessing.get_context("spawn")
            self._line, theirs = context.Pipe(duplex=False)
            self._process = context.Process(target=_count, args=(theirs, *self._args), daemon=True)
            self._process.start()
            theirs.close()
        with contextlib.suppress(EOFError, OSError):
            self._total = self._line.recv() if self._line.poll() else None
        return self._total


def _count(line: Any, paths: Sequence[str], reading: ReadOptions) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the run, which ends this
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    with contextlib.suppress(PreflightError):  # the run itself says what cannot be read
        line.send(sum(isinstance(item, Listing) for path in paths for item in read_path(Path(path), "", reading)))
