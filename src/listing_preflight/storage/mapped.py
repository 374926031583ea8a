"""One file of arrays: sections at 64-byte borders and a JSON header, checked when the file is opened, then mapped."""

import contextlib
import hashlib
import json
import mmap
import os
import struct
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from listing_preflight.errors import ListError

MAGIC = b"\x93PFLIDX\n"
"""No text begins so: what a list file is, is told from its content."""
FORMAT = 2
"""Changes whenever sections change their meaning; a file of another format is refused."""
SUFFIX = ".lcx"
REMEDY = "Compile the lists again: preflight watchlist compile LIST… -o FILE"
SMALL = 64 << 20
"""Bytes up to which the checksums of all sections are verified at open: 64 MB take about 40 ms, a list of 10,000 marks 10."""
_ALIGN = 64
_HEAD = struct.Struct("<8sIIQQ32s")
"""Magic, format, length of the header, its place, length of the file, SHA-256 of the header."""
_TYPES = frozenset({"|u1", "|b1", "<u2", "<u4", "<u8", "<i4", "<i8"})
_CHUNK = 1 << 20
Array = npt.NDArray[Any]
Packed = Iterator[tuple[str, Array]]
"""Named arrays, as an object gives them to be written."""


class Writer:
    """A file of arrays under way: it takes its place only when it is whole."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._table: dict[str, list[Any]] = {}
        out.write(b"\0" * _HEAD.size)

    def add(self, name: str, array: Array) -> None:
        """Write one section."""
        data = np.ascontiguousarray(array)
        if data.dtype.str not in _TYPES or data.ndim != 1 or name in self._table:
            raise ValueError(f"{name}: {data.dtype.str} of {data.ndim} dimensions cannot be a section")
        start = self._pad()
        raw = _bytes(data)
        self._out.write(raw)
        self._table[name] = [start, data.size, data.dtype.str, hashlib.sha256(raw).hexdigest()]

    def add_parts(self, name: str, kind: str, arrays: Iterable[Array]) -> None:
        """Write one section piece by piece, so that it need not be in memory as a whole."""
        start, count, state = self._pad(), 0, hashlib.sha256()
        for array in arrays:
            raw = _bytes(np.ascontiguousarray(array, np.dtype(kind)))
            self._out.write(raw)
            state.update(raw)
            count += array.size
        self._table[name] = [start, count, kind, state.hexdigest()]

    def add_all(self, prefix: str, packed: Packed) -> None:
        """Write the arrays of an object under names of their own."""
        for name, array in packed:
            self.add(f"{prefix}/{name}", array)

    def finish(self, meta: Mapping[str, Any]) -> None:
        """Write the header behind the sections, and at the front of the file where it is."""
        header = json.dumps({**meta, "sections": self._table}, ensure_ascii=True).encode()
        start = self._pad()
        self._out.write(header)
        total = self._out.tell()
        self._out.seek(0)
        self._out.write(_HEAD.pack(MAGIC, FORMAT, len(header), start, total, hashlib.sha256(header).digest()))
        self._out.flush()

    def _pad(self) -> int:
        at = self._out.tell()
        self._out.write(b"\0" * (-at % _ALIGN))
        return at + -at % _ALIGN


def _bytes(array: Any) -> memoryview:
    return memoryview(array).cast("B") if array.size else memoryview(b"")


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file that is whole or as it was: written beside its place and moved there at the end; OSError where it cannot."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


class Sections:
    """An open file of arrays; ListError where it is not whole, not ours or of another format."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            weakref.finalize(self, os.close, self.handle)
            with open(self.handle, "rb", closefd=False) as file:
                self._size = os.fstat(self.handle).st_size
                self.meta, self.table = self._header(file)
            self.whole = mmap.mmap(self.handle, 0, access=mmap.ACCESS_READ)
        except OSError as e:
            raise ListError(f"cannot be read ({e.strerror or e})", where=str(path)) from None
        if self._size <= SMALL:
            self.verify()

    def _header(self, file: IO[bytes]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        head = file.read(_HEAD.size)
        if head[:8] != MAGIC[: len(head)]:
            raise self.fault("is not a compiled list")
        if len(head) < _HEAD.size:
            raise self.fault("is cut short")
        _, version, length, start, total, digest = _HEAD.unpack(head)
        if version != FORMAT:
            raise self.fault(f"has the format {version}; this program reads {FORMAT}")
        if self._size != total or start + length != total:
            raise self.fault("is cut short" if self._size < total else "is longer than it says")
        file.seek(start)
        raw = file.read(length)
        if hashlib.sha256(raw).digest() != digest:
            raise self.fault("is damaged (header)")
        self.digest = digest.hex()
        try:
            meta = json.loads(raw)
            table = meta.pop("sections")
            for name, (at, count, kind, _) in table.items():
                if kind not in _TYPES or at % _ALIGN or min(at, count) < 0 or at + count * int(kind[2]) > start:
                    raise self.fault(f"is damaged (section {name})")
        except (ValueError, TypeError, KeyError, AttributeError):
            raise self.fault("is damaged (header)") from None
        return meta, table

    def fault(self, what: str) -> ListError:
        """The error to raise for something wrong in this file."""
        return ListError(what, where=str(self.path), remedy=REMEDY)

    def has(self, name: str) -> bool:
        """Whether there is such a section."""
        return name in self.table

    def names(self, prefix: str) -> list[str]:
        """The names of the sections of one object."""
        return [name[len(prefix) + 1 :] for name in self.table if name.startswith(prefix + "/")]

    def array(self, name: str) -> Array:
        """A section as an array that cannot be written to."""
        if name not in self.table:
            raise self.fault(f"is damaged (no section {name})")
        at, count, kind, _ = self.table[name]
        return np.frombuffer(self.whole, np.dtype(kind), count, at) if count else np.zeros(0, np.dtype(kind))

    def far(self, name: str) -> "Far":
        """A section that is read piece by piece, and takes no memory."""
        if name not in self.table:
            raise self.fault(f"is damaged (no section {name})")
        at, count, kind, _ = self.table[name]
        return Far(self, at, count, np.dtype(kind))

    def at(self, prefix: str) -> "Part":
        """The sections of one object."""
        return Part(self, prefix)

    def verify(self) -> None:
        """Compare the checksum of every section; read, not mapped, so that a large file takes no memory."""
        try:
            with self.path.open("rb") as file:
                for name, (at, count, kind, digest) in self.table.items():
                    file.seek(at)
                    if _digest(file, count * int(kind[2])) != digest:
                        raise self.fault(f"is damaged (section {name})")
        except OSError as e:
            raise ListError(f"cannot be read ({e.strerror or e})", where=str(self.path)) from None


def _digest(file: IO[bytes], size: int) -> str:
    state = hashlib.sha256()
    while size > 0:
        data = file.read(min(size, _CHUNK))
        if not data:
            break
        state.update(data)
        size -= len(data)
    return state.hexdigest()


class Far:
    """An array in a file of which little is ever asked: read where it is asked, for mapped pages would stay in memory."""

    def __init__(self, sections: Sections, start: int, count: int, kind: np.dtype[Any]) -> None:
        self._sections, self._start, self._count, self._kind = sections, start, count, kind

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            first, last, _ = at.indices(self._count)
            return self._read(first, max(0, last - first))
        if not 0 <= at < self._count:
            raise IndexError(f"{at} lies outside of the file")
        return self._read(int(at), 1)[0]

    def _read(self, first: int, count: int) -> Array:
        size, start = self._kind.itemsize, self._start + first * self._kind.itemsize
        if hasattr(os, "pread"):
            raw = os.pread(self._sections.handle, count * size, start)
            return np.frombuffer(raw, self._kind, count) if count else np.zeros(0, self._kind)
        return np.frombuffer(self._sections.whole[start : start + count * size], self._kind)


@contextlib.contextmanager
def guarded(found: "Part | Sections") -> Iterator[None]:
    """Reading what a file says: a number in it that points outside of it is a fault of the file, told as such."""
    try:
        yield
    except (IndexError, KeyError, ValueError, OverflowError, MemoryError) as e:
        raise found.fault(f"is damaged ({str(e) or type(e).__name__})") from None


class Part:
    """Sections under one name."""

    def __init__(self, sections: Sections, prefix: str) -> None:
        self._sections, self._prefix = sections, prefix

    def __getitem__(self, name: str) -> Array:
        return self._sections.array(f"{self._prefix}/{name}")

    def far(self, name: str) -> Far:
        """A section that is read piece by piece."""
        return self._sections.far(f"{self._prefix}/{name}")

    def at(self, name: str) -> "Part":
        """The sections of a part of this part."""
        return Part(self._sections, f"{self._prefix}/{name}")

    def fault(self, what: str) -> ListError:
        """The error to raise for something wrong in this file."""
        return self._sections.fault(what)


def is_compiled(path: Path) -> bool:
    """Whether a file is, or began as, a file of arrays: told from its first bytes, or its name where it has none."""
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError:
        return False
    return head == MAGIC or path.suffix == SUFFIX
