"""A file that is whole or as it was: written beside its place, synced, and moved there at the end."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

_NAME = 80
"""Bytes of its name that the file under way bears as well: a longer name would not leave room for what is put around it."""


@contextlib.contextmanager
def drafted(path: Path, suffix: str = ".part") -> Iterator[Path]:
    """A draft to write into, empty at first, that becomes the file when the block ends well; OSError where it cannot.

    A link stays a link: what it leads to is replaced. A file that was there keeps its mode; a new one has the usual one.
    """
    place = Path(os.path.realpath(path)) if path.is_symlink() else path
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{_short(place.name)}.", suffix=suffix)
    draft = Path(name)
    try:
        os.close(handle)
        yield draft
        with draft.open("rb+") as written:
            os.fsync(written.fileno())
        draft.chmod(_mode(place))
        draft.replace(place)
        _sync_folder(place.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def replacing(path: Path, *, text: bool = False) -> Iterator[IO[Any]]:
    """The same as a stream of bytes, or of text in UTF-8 in which a lone surrogate shows as its escape."""
    with drafted(path) as draft, _opened(draft, text=text) as out:
        yield out


def _short(name: str) -> str:
    return name[:_NAME] if name.isascii() else name[: _NAME // 4]


def _opened(path: Path, *, text: bool) -> IO[Any]:
    if text:
        return path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    return path.open("wb")


def _mode(place: Path) -> int:
    with contextlib.suppress(OSError):
        return stat.S_IMODE(place.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _sync_folder(folder: Path) -> None:
    """Make the new name itself outlast a power cut, where folders can be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
