"""Where reports go: standard output and files that are whole or as they were; one that fails does not stop the others."""

import contextlib
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any, Self

from listing_preflight.cli.codes import INTERRUPTED
from listing_preflight.cli.language import words
from listing_preflight.cli.options import Options
from listing_preflight.errors import PreflightError, UsageError
from listing_preflight.reports.formats import FORMATS
from listing_preflight.reports.plain import visible
from listing_preflight.reports.registry import open_report
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.translate import error, translated
from listing_preflight.storage.replacing import replacing as whole

STDOUT = "standard output"


class OutputError(PreflightError):
    """A report that could not be written though its place looked well at the start; never exit 0 or 1."""

    exit_code = 70


class Output:
    """One report on its way to one place; after a failure it is silent and remembers why."""

    def __init__(self, kind: str, place: AbstractContextManager[IO[Any]], telling: Telling, where: str) -> None:
        self.kind, self.where, self.failure, self.broken_pipe = kind, where, "", False
        self._place = place
        self._stream = place.__enter__()
        try:
            self._report = open_report(kind, self._stream, telling)
        except BaseException:
            place.__exit__(*sys.exc_info())  # takes its draft away
            raise

    def begin(self, run: RunInfo) -> None:
        """Write what stands before the first result."""
        self._try(self._report.begin, run)

    def add(self, result: Result) -> None:
        """Write one result."""
        self._try(self._report.add, result)

    def end(self, summary: Summary) -> None:
        """Write what stands after the last result, and put the file in its place."""
        self._try(self._report.end, summary)
        self._try(self._stream.flush)
        self._try(self._place.__exit__, None, None, None)

    def discard(self) -> None:
        """Leave the file as it was."""
        fault = OutputError(self.failure or "stopped", where=self.where)
        with contextlib.suppress(OutputError, OSError):
            self._place.__exit__(OutputError, fault, None)

    def _try(self, write: Callable[..., object], *told: object) -> None:
        if self.failure:
            return
        try:
            write(*told)
        except BrokenPipeError:
            self.failure, self.broken_pipe = "its reader went away", True
            silence_stdout()
        except (OSError, sqlite3.Error) as e:  # rows that wait on disk fail as a full disk does
            self.failure = f"cannot be written ({getattr(e, 'strerror', None) or e})"
        if self.failure:
            self.discard()


class Outputs:
    """All reports of a run; leaving it with an error leaves every file as it was."""

    def __init__(self, options: Options, telling: Callable[[str, bool], Telling]) -> None:
        self.all: list[Output] = []
        self._options, self._telling = options, telling

    def __enter__(self) -> Self:
        """Open all of them: a place that cannot be written to is told before anything is scanned."""
        try:
            self._open_stdout(self._options.stdout_format, others=bool(self._options.output))
            for kind, file in self._options.output:
                place = replacing(Path(file), binary=FORMATS[kind].binary)
                self.all.append(Output(kind, place, self._telling(kind, False), visible(file)))
        except BaseException:
            self._discard()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Discard what is unfinished after an error."""
        if kind is not None:
            self._discard()

    def _discard(self) -> None:
        for one in self.all:
            one.discard()

    def _open_stdout(self, kind: str, *, others: bool) -> None:
        if stdout_is_closed():
            if not others:
                raise UsageError("is closed", where=STDOUT, remedy="Open it, or write to a file with -o FORMAT:FILE")
            said = translated("is closed; the reports to files are written", words(self._options.lang))
            print(f"preflight: {STDOUT}: {said}", file=sys.stderr)
            return
        if not FORMATS[kind].console:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
        self.all.append(Output(kind, contextlib.nullcontext(sys.stdout), self._telling(kind, True), STDOUT))

    def add(self, result: Result, shown: Result) -> None:
        """Write one result into every report; `shown` names crops of pictures, for those that hold them."""
        for one in self.all:
            one.add(shown if FORMATS[one.kind].pictures else result)

    @property
    def wanted(self) -> bool:
        """Whether anybody still takes a report."""
        return any(not one.failure for one in self.all)

    def exit_code(self, code: int) -> int:
        """The code of the run; a report that was lost is never 0 or 1, a reader that went away ends quietly."""
        lost = [one for one in self.all if one.failure and not one.broken_pipe]
        for one in lost:
            print(
                f"preflight: {error(OutputError(one.failure, where=one.where), words(self._options.lang))}",
                file=sys.stderr,
            )
        if lost:
            return OutputError.exit_code
        return code if self.wanted else INTERRUPTED


def check_places(outputs: Sequence[tuple[str, str]], inputs: Sequence[str]) -> None:
    """Refuse, before anything is scanned, two reports to one file and a report onto an input."""
    met: dict[Path, str] = {}
    taken = {Path(os.path.realpath(p)) for p in inputs if p != "-"}
    for kind, file in outputs:
        if file == "-":
            raise UsageError("is no file", where=f"-o {kind}:-", remedy=f"Write to the standard output with -f {kind}")
        place = Path(os.path.realpath(file))
        if place in met:
            raise UsageError(
                f"two reports ({met[place]} and {kind}) to one file", where=visible(file), remedy="Name two files"
            )
        if place in taken:
            raise UsageError("is an input of this scan", where=visible(file), remedy="Name another file")
        met[place] = kind


def stdout_is_closed() -> bool:
    """Whether the program was started without a standard output, which Python then sets to None."""
    return sys.stdout is None or sys.stdout.closed


def silence_stdout() -> None:
    """Let what is still buffered go nowhere, so that the end of the program says nothing either."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def replacing(path: Path, *, binary: bool = False) -> Iterator[IO[Any]]:
    """A file that is whole or as it was; a pipe or device is written to as it is. UsageError where nothing can be written."""
    if path.is_dir():
        raise UsageError("is a folder", where=str(path), remedy="Name a file in it")
    if path.exists() and not path.is_file():
        with _device(path, binary=binary) as out:
            yield out
        return
    if path.exists() and not os.access(path, os.W_OK):
        raise UsageError("is read-only", where=str(path), remedy="Name another file")
    with contextlib.ExitStack() as stack:
        try:
            out = stack.enter_context(whole(path, text=not binary))
        except OSError as e:
            said = f"cannot be written ({e.strerror})"
            raise UsageError(said, where=str(path), remedy="Name another place") from None
        yield out


def _device(path: Path, *, binary: bool) -> IO[Any]:
    handle = os.open(path, os.O_WRONLY)
    if binary:
        return os.fdopen(handle, "wb")
    return os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n")
