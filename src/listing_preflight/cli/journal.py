"""--log-file: what a run did, as JSON Lines, without a word of any listing."""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from listing_preflight.model.listing import Gap
from listing_preflight.model.mark import WatchList
from listing_preflight.storage.log import open_log


class Journal:
    """Appends events to a file; without a file it is silent. Gaps tell their kind and place, never their detail, which may quote."""

    def __init__(self, path: str | None, command: str) -> None:
        self._file: IO[str] | None = None
        self._log: Any = None
        self._began = time.monotonic()
        if path:
            self._file, self._log = open_log(Path(path), command)

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
