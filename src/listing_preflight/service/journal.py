"""The log of a service: JSON Lines, appended, without listing text, addresses or tokens."""

import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import structlog

from listing_preflight import __version__
from listing_preflight.errors import UsageError


class Journal:
    """Writes to a file, or nowhere without one."""

    def __init__(self, path: str | None) -> None:
        self._file: IO[str] | None = None
        self._lock = threading.Lock()
        if path is None:
            return
        try:
            self._file = Path(path).open("a", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: SIM115
        except OSError as e:
            raise UsageError(f"cannot be written ({e.strerror})", where=f"--log-file {path}") from None
        self._log = structlog.wrap_logger(
            structlog.WriteLogger(self._file),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=True),
            ],
        ).bind(command="serve", version=__version__)

    def __call__(self, event: str, *, level: str = "info", **told: Any) -> None:
        """One line; a disk that is full stops no answer."""
        if self._file is None:
            return
        with self._lock:
            try:
                getattr(self._log, level)(event, **told)
                self._file.flush()
            except (OSError, ValueError) as e:
                print(f"preflight: the log cannot be written ({type(e).__name__})", file=sys.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()
