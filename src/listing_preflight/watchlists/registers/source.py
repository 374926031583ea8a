"""Open the XML inside a register's file, whatever it is, and refuse what only looks like one."""

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from listing_preflight.errors import ListError

RATIO = 400
"""Unpacked to packed size from which a member is a bomb: the genuine daily file has 12, one letter repeated 1,000."""
MEMBERS = 200_000
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")
_AGAIN = "Download the file again: the server answers with a page where there is no file"


class Stream(NamedTuple):
    """One XML document and what to call it in a message."""

    name: str
    bytes: IO[bytes]


@contextlib.contextmanager
def named_faults(where: str) -> Iterator[None]:
    """Turn a fault of reading into a ListError that says which file it is."""
    try:
        yield
    except OSError as e:
        raise ListError(f"cannot be read ({e.strerror or e})", where=where) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as e:
        raise ListError(f"is a damaged zip file: {e}", where=where, remedy="Download the file again") from None


def documents(file: Path) -> Iterator[Stream]:
    """The XML documents of an XML or zip file, in the order of their names."""
    with named_faults(str(file)):
        kind = _kind(file)
        if kind == "zip":
            with zipfile.ZipFile(file) as archive:
                yield from _members(file, archive)
        else:
            with file.open("rb") as stream:
                yield Stream(str(file), stream)


def _kind(file: Path) -> str:
    """Zip or xml, by content; ListError for anything else."""
    with file.open("rb") as stream:
        head = stream.read(1024)
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if any(start.startswith(tag) for tag in _HTML) or b"<html" in start:
        raise ListError("is an HTML page, not a register file", where=str(file), remedy=_AGAIN)
    if not head:
        raise ListError("is empty", where=str(file), remedy="Download the file again")
    if start.startswith(b"<") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "xml"
    what = "is not a zip file" if file.suffix.lower() == ".zip" else "is neither XML nor a zip file"
    raise ListError(what, where=str(file), remedy="Download the file again")


def _members(file: Path, archive: zipfile.ZipFile) -> Iterator[Stream]:
    found = archive.infolist()
    if len(found) > MEMBERS:
        raise ListError(f"holds {len(found)} files, more than {MEMBERS}", where=str(file))
    wanted = sorted((m for m in found if m.filename.lower().endswith(".xml")), key=lambda m: m.filename)
    if not wanted:
        raise ListError("the zip file holds no XML", where=str(file))
    for member in wanted:
        if member.file_size > RATIO * max(1, member.compress_size) and member.file_size > 10_000_000:
            raise ListError(f"{member.filename} unpacks to over {RATIO} times its size", where=str(file))
        with archive.open(member) as stream:
            yield Stream(f"{file}:{member.filename}", stream)
