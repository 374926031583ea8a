"""What standard error says while a scan goes on: progress, how long it will take, notes, and what is set aside."""

import contextlib
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from listing_preflight.cli.config import NAME as CONFIGURATION
from listing_preflight.cli.counting import Counting
from listing_preflight.cli.estimate import Estimate
from listing_preflight.cli.options import Options
from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Aside, Listing, Note
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Result

_ASKED_EVERY = 64
"""Listings between two questions for their number."""


class Screen:
    """Told each result as it comes; a context manager, so that the bar is gone at the end."""

    def __init__(self, options: Options, counting: Counting) -> None:
        self._options, self._counting, self._stack = options, counting, contextlib.ExitStack()
        self._step: Callable[[], None] = _nothing
        self._estimate: Estimate | None = None
        self._pictures: Callable[[Listing], int] = lambda _: 0

    def __enter__(self) -> Self:
        if self._is_watched():
            self._step = self._stack.enter_context(_bar(self._stack.enter_context(self._counting)))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def expect(self, estimate: Estimate | None, pictures: Callable[[Listing], int]) -> None:
        """Tell the time that is left by this estimate; `pictures` counts those of a listing."""
        self._estimate, self._pictures = estimate, pictures

    def saw(self, result: Result) -> None:
        """One result more."""
        if isinstance(result, Verdict):
            self._step()
            if self._estimate and (left := self._estimate.step(self._pictures(result.listing))):
                _say(left)
        elif isinstance(result, Note) and not self._options.quiet and not result.told:
            _say(_noted(result))
        elif isinstance(result, Aside):
            self._set_aside(result)

    def _set_aside(self, result: Aside) -> None:
        name = visible(result.origin.file)
        if Path(result.origin.file).name == CONFIGURATION:
            _say(f"note: {name}: configuration is never read from what is scanned")
        elif self._options.verbose:
            _say(f"set aside {name}: {result.detail}")

    def _is_watched(self) -> bool:
        return not self._options.no_progress and not self._options.quiet and sys.stderr.isatty()


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _noted(note: Note) -> str:
    """A note in one line."""
    where = visible(note.origin.file) + (f", sheet {visible(note.origin.sheet)}" if note.origin.sheet else "")
    names = ": " + ", ".join(visible(c) for c in note.columns) if note.columns else ""
    return f"note: {where}: {note.detail}{names}"


def _nothing() -> None:
    """Nothing to show."""


@contextlib.contextmanager
def _bar(counting: Counting) -> Iterator[Callable[[], None]]:
    """Listings done, and the time left once they are counted; what it gives is called once for each."""
    from rich.console import Console
    from rich.progress import (
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    done = TextColumn("{task.completed:.0f} listings")
    columns = (
        SpinnerColumn(),
        done,
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("listings", total=None)
        yield stepping(lambda total: progress.update(task, advance=1, total=total), counting)


def stepping(advance: Callable[[int | None], None], counting: Counting) -> Callable[[], None]:
    """What moves a bar by one and tells it how many there are, asked for now and then."""
    done, total = itertools.count(1), [counting.total()]

    def step() -> None:
        if next(done) % _ASKED_EVERY == 0:
            total[0] = counting.total()
        advance(total[0])

    return step
