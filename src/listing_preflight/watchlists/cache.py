"""Compiled lists kept between runs, by the digest of the files that they were made of; never trusted unseen."""

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from listing_preflight.errors import ListError
from listing_preflight.images.cache import base
from listing_preflight.storage.mapped import FORMAT, SUFFIX
from listing_preflight.storage.replacing import replacing
from listing_preflight.text.stamp import stamp
from listing_preflight.watchlists.compiled import Compiled

LARGEST = 8 << 30
"""Bytes of the store from which the lists longest not used are let go; a register of 4 million marks takes one or two."""
_DAY = 86_400


def folder() -> Path:
    """Where compiled lists are kept."""
    return base() / "lists"


def key(kind: str, files: Sequence[tuple[str, str]]) -> str:
    """What compiled lists are kept by: names and digests of the files, and what they are compiled by."""
    parts = [kind, str(FORMAT), stamp(), *(part for file in files for part in file)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def get(wanted: str, folders: Sequence[str]) -> Compiled | None:
    """Compiled lists of an earlier run; what is damaged is put away and counts as none."""
    path = folder() / (wanted + SUFFIX)
    if not path.is_file():
        return None
    try:
        found = Compiled(path, folders)
    except (ListError, OSError):
        with contextlib.suppress(OSError):
            path.unlink()
        return None
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > _DAY:
            os.utime(path)
    return found


def put(wanted: str, folders: Sequence[str], write: Callable[[IO[bytes]], None]) -> Compiled:
    """Compile into the store; OSError where it cannot be written to. Of two processes the later one's file stands: both are the same."""
    path = folder() / (wanted + SUFFIX)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as out:
        write(out)
    _let_go(path)
    return Compiled(path, folders)


def files() -> Iterator[Path]:
    """The files of the store."""
    yield from sorted(folder().glob("*" + SUFFIX)) if folder().is_dir() else ()


def size() -> int:
    """Bytes that the store takes."""
    return sum(f.stat().st_size for f in files())


def clear() -> None:
    """Empty the store; what another process has under way is left to it."""
    for file in files():
        file.unlink(missing_ok=True)


def _let_go(new: Path) -> None:
    with contextlib.suppress(OSError):
        ages = sorted((f.stat().st_mtime, f.stat().st_size, f) for f in files() if f != new)
        total = new.stat().st_size + sum(row[1] for row in ages)
        for _, bytes_, file in ages:
            if total <= LARGEST:
                return
            file.unlink(missing_ok=True)
            total -= bytes_
