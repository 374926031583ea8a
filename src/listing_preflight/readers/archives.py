"""Unpack archives into scratch, within bounds, so that they are read like folders."""

import contextlib
import gzip
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from listing_preflight.model.listing import Gap, Origin
from listing_preflight.readers.carriers.zips import MAX_TOTAL, open_zip
from listing_preflight.readers.scratch import Scratch
from listing_preflight.readers.source import OverLimitError, Source

MAX_DEPTH = 2
"""Archives inside archives."""


@contextlib.contextmanager
def unpacked(source: Source, scratch: Scratch, depth: int) -> Iterator[tuple[Path, list[Gap]]]:
    """The folder or file that an archive was unpacked to, with a gap for each entry that was not."""
    if depth >= MAX_DEPTH:
        raise OverLimitError(f"an archive inside {depth} archives", remedy="Unpack it")
    key = f"{source.path}:{source.shown}"
    folder, new = scratch.folder(key)
    path, gaps = folder, scratch.gaps.get(key, [])
    try:
        if source.head.startswith(b"\x1f\x8b"):
            path = _gunzip(source, folder, new=new)
        elif new:
            gaps = _unzip(source, folder)
    except BaseException:
        scratch.drop(key)  # half of it must not be taken for the whole when it is read again
        raise
    scratch.gaps[key] = gaps
    yield path, gaps


def _gunzip(source: Source, folder: Path, *, new: bool) -> Path:
    name = PurePosixPath(source.shown).name
    path = folder / (name[:-3] if name.lower().endswith(".gz") else f"{name or 'data'}.txt")
    if new:
        total = 0
        try:
            with source.binary() as raw, gzip.GzipFile(fileobj=raw) as packed, path.open("wb") as out:
                while chunk := packed.read(1 << 20):
                    total += out.write(chunk)
                    if total > MAX_TOTAL:
                        raise OverLimitError(f"unpacks to more than {MAX_TOTAL >> 30} GB", remedy="Unpack it")
        except zlib.error as e:
            raise OSError(f"the compressed file is damaged ({e})") from None
    return path


def _unzip(source: Source, folder: Path) -> list[Gap]:
    gaps: list[Gap] = []
    with open_zip(source) as packed:
        for entry in packed.infolist():
            fault = _entry(packed, entry, folder)
            if fault:
                shown = f"{source.shown}/{entry.filename}"
                gaps.append(Gap(kind="unreadable", detail=fault, origin=Origin(file=shown)))
    return gaps


def _entry(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> str | None:
    """Unpack one entry; what is wrong with it, or None."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if entry.filename.endswith("/"):
        return None
    if not parts or ".." in parts or parts[0] in ("/", "") or ":" in parts[0] or "\0" in entry.filename:
        return "its name leads out of the archive"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link inside an archive"
    if entry.flag_bits & 1:
        return "is encrypted"
    target = folder.joinpath(*parts)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(entry) as data, target.open("wb") as out:
            shutil.copyfileobj(data, out, 1 << 20)
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError) as e:
        return f"cannot be unpacked ({e})"
    return None
