"""Open what a user named: bytes never trusted, lines and files of bounded size, encoding found from the content."""

import codecs
import io
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from listing_preflight.errors import UnreadableError
from listing_preflight.readers import encodings
from listing_preflight.readers.encodings import MARKED, broken_bytes
from listing_preflight.readers.scratch import Scratch

SAMPLE_BYTES = 1 << 16
MAX_LINE = 64 << 20
"""Bytes of one line; more would have to be held in memory at once."""
MAX_SPOOLED = 4 << 30
"""Bytes of a pipe that are kept on disk, where a format can only be read from a file."""
MAX_LOOKED = 16 << 20
"""Bytes of a file in which its encoding is looked for, where the first ones say little."""
_SEEKING = (b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"<", b"\xef\xbb\xbf<")
"""How contents begin that are read more than once, or not from the front."""


class OverLimitError(UnreadableError):
    """Something larger than can be held or unpacked in bounded memory."""


class _Bounded(io.RawIOBase):
    """A stream up to the size that its file had when it was opened, in which no line is longer than MAX_LINE."""

    def __init__(self, raw: IO[bytes], size: int | None) -> None:
        self._raw, self._left, self._line = raw, size, 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes; 0 at the end."""
        want = len(buffer) if self._left is None else min(len(buffer), self._left)
        data = self._raw.read(want)
        if self._left is not None:
            self._left -= len(data)
        end = max(data.rfind(b"\n"), data.rfind(b"\r"))
        self._line = len(data) - end if end >= 0 else self._line + len(data)
        if self._line > MAX_LINE:
            raise OverLimitError(f"a line of more than {MAX_LINE >> 20} MB", remedy="Split it")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file below."""
        self._raw.close()
        super().close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read: `shown` is how the user named it, `head` its first bytes, `sample` the same decoded.

    `told`: the encoding is the user's word.
    """

    path: Path | None
    shown: str
    encoding: str
    sample: str
    head: bytes
    raw: Callable[[], IO[bytes]]
    length: int | None = None
    told: bool = False

    @property
    def table(self) -> str:
        """The table of one byte a letter that the bytes made likely; empty where the user names it, or it is another encoding."""
        return "" if self.told or not encodings.is_table(self.encoding) else self.encoding

    @property
    def folder(self) -> str:
        """The folder that pictures named in the file are looked for in."""
        return str(self.path.parent) if self.path else "."

    def binary(self) -> IO[bytes]:
        """The bytes as they are, from the front; seekable where there is a file."""
        return self.raw()

    def bounded(self) -> io.BufferedReader:
        """The bytes up to the size at the time of opening, without endless lines."""
        return io.BufferedReader(_Bounded(self.raw(), self.length), 1 << 17)

    def open(self) -> IO[str]:
        """The decoded text; bytes that are not of the encoding come as lone surrogates."""
        return io.TextIOWrapper(self.bounded(), encoding=self.encoding, errors=MARKED, newline="")

    def changed(self) -> bool:
        """Whether the file has another size than when it was opened."""
        if self.path is None or self.length is None:
            return False
        try:
            return self.path.stat().st_size != self.length
        except OSError:
            return True


def _open_file(path: Path) -> IO[bytes]:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as e:
        raise UnreadableError(f"cannot be opened ({e.strerror})", where=str(path)) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableError("is not a regular file", where=str(path))
    return os.fdopen(handle, "rb")


def open_source(path: Path, shown: str, encoding: str | None = None) -> Source:
    """A file ready to be recognised and read; UnreadableError where it is not a readable regular file."""
    with _open_file(path) as handle:
        head = handle.read(SAMPLE_BYTES)
        length = os.fstat(handle.fileno()).st_size
        more = b"" if encoding else _further(handle, head)
    return _source(path, shown, head, lambda: _open_file(path), encoding, length, more)


def _further(stream: IO[bytes], head: bytes) -> bytes:
    """What tells the encoding of a file of which the first bytes say little: its next places that are more than ASCII."""
    if len(head) < SAMPLE_BYTES or not encodings.is_thin(head):
        return b""
    found, size = [], 0
    for _ in range(MAX_LOOKED >> 20):
        chunk = stream.read(1 << 20)
        found.append(encodings.beyond_ascii(chunk))
        size += len(found[-1])
        if not chunk or size > SAMPLE_BYTES:
            break
    return b"\n".join(found)[: SAMPLE_BYTES * 2]


def bytes_source(data: bytes, shown: str, encoding: str | None = None) -> Source:
    """The same for bytes in memory."""
    head = data[:SAMPLE_BYTES]
    more = b"" if encoding else _further(io.BytesIO(data[SAMPLE_BYTES : SAMPLE_BYTES + MAX_LOOKED]), head)
    return _source(None, shown, head, lambda: io.BytesIO(data), encoding, len(data), more)


def stream_source(stream: IO[bytes], shown: str, scratch: Scratch, encoding: str | None = None) -> Source:
    """The same for what comes through a pipe: texts are read as they come, other contents are put on disk first."""
    head = _filled(stream)
    if not head.lstrip().startswith(_SEEKING):
        return _source(None, shown, head, lambda: io.BufferedReader(_Joined(head, stream)), encoding, None)
    folder, _ = scratch.folder(shown)
    path = folder / "stdin"
    with path.open("wb") as out:
        total = out.write(head)
        while chunk := stream.read(1 << 20):
            total += out.write(chunk)
            if total > MAX_SPOOLED:
                raise OverLimitError(f"more than {MAX_SPOOLED >> 30} GB through a pipe", remedy="Name the file itself")
    return _source(None, shown, head, lambda: _open_file(path), encoding, total)


def _filled(stream: IO[bytes]) -> bytes:
    """The first bytes of a pipe, which gives them in pieces."""
    head = b""
    while len(head) < SAMPLE_BYTES and (more := stream.read(SAMPLE_BYTES - len(head))):
        head += more
    return head


class _Joined(io.RawIOBase):
    """The first bytes of a pipe and what follows."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes; 0 at the end."""
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _source(
    path: Path | None, shown: str, head: bytes, raw: Callable[[], IO[bytes]], encoding: str | None, length: int | None,
    more: bytes = b"",
) -> Source:  # fmt: skip
    name = encodings.known(encoding, head) if encoding else encodings.detect(head, more)
    sample = codecs.getincrementaldecoder(name)(errors=MARKED).decode(head, final=False)
    return Source(
        path=path, shown=shown, encoding=name, sample=sample.removeprefix("\ufeff"), head=head, raw=raw, length=length,
        told=encoding is not None,
    )  # fmt: skip


__all__ = ["OverLimitError", "Source", "broken_bytes", "bytes_source", "open_source", "stream_source"]
