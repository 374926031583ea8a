"""Where a picture's bytes come from: a file under its root, a member of an archive there, or the listing itself."""

import base64
import binascii
import io
import lzma
import os
import re
import stat
import urllib.parse
import zipfile
import zlib

from listing_preflight.images.looked import Fault
from listing_preflight.model.listing import GapKind, Picture

MAX_BYTES = 64 << 20
MAX_MEMBERS = 100_000
_DIRECTORY = 16 << 20
"""Bytes of an archive's directory: more than so many members take, and few enough to hold in memory."""
DATA = "data:"
_USER = re.compile(r"(?<=//)[^/?#]*@")


class PictureError(Exception):
    """A picture that cannot be looked at in full."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.detail)


def is_address(path: str) -> bool:
    """Whether a picture's path is an address on the web."""
    return path[:8].casefold().startswith(("http://", "https://"))


def named(picture: Picture) -> str:
    """A picture as reports name it: its path or its address, without a user's name and password."""
    url = picture.url or ""
    return picture.path or (DATA if url[: len(DATA)].casefold() == DATA else _USER.sub("", url))


def read_under(path: str, roots: tuple[str, ...]) -> bytes:
    """The bytes of a picture that lies under one of the roots."""
    if path[:5].casefold() == DATA:
        return _inline(path)
    inside = False
    for root in roots or (".",):
        full = os.path.join(root, path)  # noqa: PTH118
        if not os.path.realpath(full).startswith(os.path.join(os.path.realpath(root), "")):  # noqa: PTH118
            continue
        inside = True
        if os.path.lexists(full):
            return _read(full)
        archive, member = _archive(root, path)
        if archive is not None:
            return _member(archive, member)
    if not inside:
        raise PictureError(Fault(kind="outside-root", detail=f"{path} leads out of the folder of its listing"))
    raise PictureError(Fault(kind="missing", detail=f"{path} does not exist"))


def _inline(uri: str) -> bytes:
    """The bytes that a data URI holds."""
    head, comma, body = uri.partition(",")
    if not comma or len(body) > MAX_BYTES * 4 // 3:
        kind: GapKind = "over-limit" if comma else "unreadable"
        raise PictureError(Fault(kind=kind, detail="a data URI that is too long or holds no data"))
    raw = urllib.parse.unquote_to_bytes(body)
    if not head.casefold().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(raw, validate=False)
    except binascii.Error as e:
        raise PictureError(Fault(kind="unreadable", detail=f"a data URI that is damaged: {e}")) from None


def _archive(root: str, path: str) -> tuple[str | None, str]:
    """The archive that a path leads into, and the member's name there."""
    parts = path.replace("\\", "/").split("/")
    for n in range(1, len(parts)):
        full = os.path.join(root, *parts[:n])  # noqa: PTH118
        if full.casefold().endswith(".zip") and os.path.isfile(full):  # noqa: PTH113
            return full, "/".join(parts[n:])
    return None, ""


class _Pack(io.FileIO):
    """An archive's file, from which no more is read at once than is allowed at the time."""

    most = _DIRECTORY

    def read(self, size: int | None = -1) -> bytes:
        """Bytes of the file; PictureError where a directory claims too many."""
        if size is not None and size > self.most:
            raise PictureError(Fault(kind="over-limit", detail="an archive whose directory is too long"))
        return super().read(-1 if size is None else size) or b""


def _member(archive: str, name: str) -> bytes:
    """One file of an archive, limited by what comes out and not by what its directory claims."""
    where = f"{os.path.basename(archive)}/{name}"  # noqa: PTH119
    try:
        with _Pack(archive) as file, zipfile.ZipFile(file) as pack:
            file.most = 2 * MAX_BYTES
            if len(pack.filelist) > MAX_MEMBERS:
                raise PictureError(Fault(kind="over-limit", detail=f"{where}: an archive of too many files"))
            with pack.open(name) as member:
                data = member.read(MAX_BYTES + 1)
    except KeyError:
        raise PictureError(Fault(kind="missing", detail=f"{where} does not exist")) from None
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError, ValueError) as e:
        raise PictureError(Fault(kind="unreadable", detail=f"{where} cannot be unpacked: {e}")) from None
    if len(data) > MAX_BYTES:
        raise PictureError(Fault(kind="over-limit", detail=f"{where}: more than {MAX_BYTES} bytes"))
    return data


def _read(full: str) -> bytes:
    try:
        handle = os.open(full, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as e:
        kind: GapKind = "missing" if isinstance(e, FileNotFoundError) else "unreadable"
        raise PictureError(Fault(kind=kind, detail=f"cannot be opened ({e.strerror})")) from None
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):  # asked before a file is made of it: a folder makes none
        os.close(handle)
        raise PictureError(Fault(kind="unreadable", detail="is not a regular file"))
    with os.fdopen(handle, "rb") as file:
        if before.st_size > MAX_BYTES:
            raise PictureError(Fault(kind="over-limit", detail=f"{before.st_size} bytes, more than {MAX_BYTES}"))
        data = file.read(MAX_BYTES + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise PictureError(Fault(kind="changed", detail="changed while it was read"))
    return data
