"""A log of JSON Lines that is appended to, one event a line."""

from pathlib import Path
from typing import IO, Any

from listing_preflight import __version__
from listing_preflight.errors import UsageError


def open_log(path: Path, command: str) -> tuple[IO[str], Any]:
    """The file and what writes events to it, each with its level, time, command and version; UsageError where it cannot be written."""
    import structlog  # with the first log: most runs have none

    try:
        file = path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as e:
        raise UsageError(f"cannot be written ({e.strerror})", where=f"--log-file {path}") from None
    log = structlog.wrap_logger(
        structlog.WriteLogger(file),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
    )
    return file, log.bind(command=command, version=__version__)
