"""The log of a service: JSON Lines, appended, without listing text, addresses or tokens."""

import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from listing_preflight.storage.log import open_log


class Journal:
    """Writes to a file, or nowhere without one."""

    def __init__(self, path: str | None) -> None:
        self._file: IO[str] | None = None
        self._lock = threading.Lock()
        if path is not None:
            self._file, self._log = open_log(Path(path), "serve")

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
