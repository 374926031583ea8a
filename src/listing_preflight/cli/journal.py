"""--log-file: what a run did, as JSON Lines, without a word of any listing."""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from listing_preflight import __version__
from listing_preflight.errors import UsageError
from listing_preflight.model.listing import Gap
from listing_preflight.model.mark import WatchList


class Journal:
    """Appends events to a file; without a file it is silent. Gaps tell their kind and place, never their detail, which may quote."""

    def __init__(self, path: str | None, command: str) -> None:
        self._file: IO[str] | None = None
        self._log: Any = None
        self._began = time.monotonic()
        if path:
            self._open(Path(path), command)

    def _open(self, path: Path, command: str) -> None:
        import structlog

        try:
            self._file = path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as e:
            raise UsageError(f"cannot be written ({e.strerror})", where=f"--log-file {path}") from None
        self._log = structlog.wrap_logger(
            structlog.PrintLogger(self._file),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=True),
            ],
        ).bind(command=command, version=__version__)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._log is not None and kind is not None:
            self._log.error("failed", error=kind.__name__)
            self._close()

    def started(self, lists: Iterable[WatchList]) -> None:
        """The run begins, with these lists."""
        if self._log is not None:
            told = [{"name": one.name, "version": one.version, "digest": one.digest} for one in lists]
            self._log.info("started", lists=told)

    def saw(self, result: object) -> None:
        """A result: only gaps are told one by one."""
        gaps = (result,) if isinstance(result, Gap) else getattr(result, "gaps", ())
        for gap in gaps if self._log is not None else ():
            origin = gap.origin
            self._log.warning(
                "gap", kind=gap.kind, file=origin.file if origin else None, row=origin.row if origin else None
            )

    def ended(self, counts: Mapping[str, int], code: int) -> None:
        """The run is over."""
        if self._log is not None:
            self._log.info("ended", exit_code=code, seconds=round(time.monotonic() - self._began, 3), **counts)
            self._close()

    def _close(self) -> None:
        self._log = None
        if self._file is not None:
            self._file.close()
