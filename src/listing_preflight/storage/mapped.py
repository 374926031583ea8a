"""One file of arrays: sections at 64-byte borders and a JSON header, checked when the file is opened, then mapped."""

import contextlib
import functools
import hashlib
import itertools
import json
import mmap
import os
import struct
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

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
"""Bytes up to which the checksums of all sections are compared when a file is opened: 64 MB take about 25 ms, a list of 10,000
marks 4. Of a larger file a section is compared when it is first asked for, and one that is read piece by piece when a piece is."""
PIECE = 1 << 16
"""Bytes that have a checksum of their own: comparing one takes 20 µs, and the 207 MB of a million marks have 3,200."""
_ALIGN = 64
_HEAD = struct.Struct("<8sIIQQ32s")
"""Magic, format, length of the header, its place, length of the file, SHA-256 of the header."""
_TYPES = frozenset({"|u1", "|b1", "<u2", "<u4", "<u8", "<i4", "<i8"})
_CHECKS = "checks"
"""The section that holds the checksums of pieces, and has a digest itself; files without it are compared by the digests of sections,
which take twice as long."""
Array = npt.NDArray[Any]
Packed = Iterator[tuple[str, Array]]
"""Named arrays, as an object gives them to be written."""


class Writer:
    """A file of arrays under way: it takes its place only when it is whole."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._table: dict[str, list[Any]] = {}
        self._checks = _Checks()
        out.write(b"\0" * _HEAD.size)

    def add(self, name: str, array: Array) -> None:
        """Write one section."""
        data = np.ascontiguousarray(array)
        if data.dtype.str not in _TYPES or data.ndim != 1 or name in self._table:
            raise ValueError(f"{name}: {data.dtype.str} of {data.ndim} dimensions cannot be a section")
        start = self._pad()
        raw = _bytes(data)
        self._out.write(raw)
        self._checks.add(raw)
        self._checks.end()
        self._table[name] = [start, data.size, data.dtype.str, hashlib.sha256(raw).hexdigest()]

    def add_parts(self, name: str, kind: str, arrays: Iterable[Array]) -> None:
        """Write one section piece by piece, so that it need not be in memory as a whole."""
        start, count, state = self._pad(), 0, hashlib.sha256()
        for array in arrays:
            raw = _bytes(np.ascontiguousarray(array, np.dtype(kind)))
            self._out.write(raw)
            state.update(raw)
            self._checks.add(raw)
            count += array.size
        self._checks.end()
        self._table[name] = [start, count, kind, state.hexdigest()]

    def add_all(self, prefix: str, packed: Packed) -> None:
        """Write the arrays of an object under names of their own."""
        for name, array in packed:
            self.add(f"{prefix}/{name}", array)

    def finish(self, meta: Mapping[str, Any]) -> None:
        """Write the header behind the sections, and at the front of the file where it is."""
        self.add(_CHECKS, np.array(self._checks.found, np.uint32))
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


class _Checks:
    """The checksums of pieces of sections, one section after the other."""

    def __init__(self) -> None:
        self.found: list[int] = []
        self._state = self._filled = 0

    def add(self, raw: memoryview) -> None:
        """Take in more of a section."""
        while len(raw):
            part = raw[: PIECE - self._filled]
            self._state, self._filled = zlib.crc32(part, self._state), self._filled + len(part)
            if self._filled == PIECE:
                self.end()
            raw = raw[len(part) :]

    def end(self) -> None:
        """End a piece, and with it a section."""
        if self._filled:
            self.found.append(self._state)
        self._state = self._filled = 0


class Identity(NamedTuple):
    """What tells that a file has not been written to since it was verified."""

    device: int
    inode: int
    size: int
    changed: int


class Sections:
    """An open file of arrays; ListError where it is not whole, not ours or of another format.

    Every byte is compared with a checksum before anything is made of it, so that a damaged file is an error and never a wrong
    answer. `verified` is what another process has compared as a whole: the same file is not compared twice.
    """

    def __init__(self, path: Path, verified: Identity | None = None) -> None:
        self.path = path
        try:
            self.handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            weakref.finalize(self, os.close, self.handle)
            with open(self.handle, "rb", closefd=False) as file:
                found = os.fstat(self.handle)
                self.identity = Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
                self.meta, self.table = self._header(file)
            self.whole = mmap.mmap(self.handle, 0, access=mmap.ACCESS_READ)
            self._sound = set(self.table) if self.identity == verified else set()
            if self.identity.size <= SMALL:
                self.verify()
        except OSError as e:
            raise ListError(f"cannot be read ({e.strerror or e})", where=str(path)) from None

    def _header(self, file: IO[bytes]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        head = file.read(_HEAD.size)
        if head[:8] != MAGIC[: len(head)]:
            raise self.fault("is not a compiled list")
        if len(head) < _HEAD.size:
            raise self.fault("is cut short")
        _, version, length, start, total, digest = _HEAD.unpack(head)
        if version != FORMAT:
            raise self.fault(f"has the format {version}; this program reads {FORMAT}")
        if self.identity.size != total or start + length != total:
            raise self.fault("is cut short" if self.identity.size < total else "is longer than it says")
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
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
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
        at, count, kind, _ = self._section(name)
        self._compare(name)
        return np.frombuffer(self.whole, np.dtype(kind), count, at) if count else np.zeros(0, np.dtype(kind))

    def far(self, name: str) -> "Far":
        """A section that is read piece by piece, and takes no memory."""
        at, count, kind, _ = self._section(name)
        if _CHECKS not in self.table:
            self._compare(name)
        checks = None if name in self._sound else self._checks(name)
        return Far(self, at, count, np.dtype(kind), checks)

    def _section(self, name: str) -> list[Any]:
        if name not in self.table:
            raise self.fault(f"is damaged (no section {name})")
        return self.table[name]

    def _compare(self, name: str) -> None:
        if name not in self._sound and not self._is_sound(name):
            raise self.fault(f"is damaged (section {name})")
        self._sound.add(name)

    @functools.cached_property
    def _firsts(self) -> dict[str, int]:
        """The place of the first checksum of each section."""
        pieces = [-(-count * int(kind[2]) // PIECE) for _, count, kind, _ in self.table.values()]
        return dict(zip(self.table, itertools.accumulate(pieces, initial=0), strict=False))

    def _checks(self, name: str) -> Array:
        """The checksums of the pieces of a section."""
        _, count, kind, _ = self.table[name]
        first, pieces = self._firsts[name], -(-count * int(kind[2]) // PIECE)
        found = self.array(_CHECKS)[first : first + pieces]
        if len(found) != pieces:
            raise self.fault("is damaged (checksums)")
        return found

    @property
    def verified(self) -> Identity | None:
        """What tells another process that the file was compared as a whole; None where it was not."""
        return self.identity if len(self._sound) == len(self.table) else None

    def at(self, prefix: str) -> "Part":
        """The sections of one object."""
        return Part(self, prefix)

    def verify(self) -> None:
        """Compare the checksum of every section; read, not mapped, so that a large file takes no memory."""
        for name in self.table:
            self._compare(name)

    def _is_sound(self, name: str) -> bool:
        at, count, kind, digest = self.table[name]
        size = count * int(kind[2])
        if name != _CHECKS and _CHECKS in self.table:
            found = (self.read(at + done, min(PIECE, size - done)) for done in range(0, size, PIECE))
            return all(zlib.crc32(raw) == known for raw, known in zip(found, self._checks(name).tolist(), strict=True))
        return hashlib.sha256(self.read(at, size)).hexdigest() == str(digest)

    def read(self, start: int, size: int) -> bytes:
        """Bytes of the file that do not stay in memory."""
        return os.pread(self.handle, size, start) if hasattr(os, "pread") else self.whole[start : start + size]


class Far:
    """An array in a file of which little is ever asked: read where it is asked, for mapped pages would stay in memory."""

    def __init__(self, sections: Sections, start: int, count: int, kind: np.dtype[Any], checks: Array | None) -> None:
        """`checks` are the checksums of its pieces, None where it was compared as a whole."""
        self._sections, self._start, self._count, self._kind = sections, start, count, kind
        self._checks, self._seen = checks, bytearray(0 if checks is None else len(checks))

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
        if self._checks is not None and count:
            self._compare(first * size // PIECE, ((first + count) * size - 1) // PIECE)
        return (
            np.frombuffer(self._sections.read(start, count * size), self._kind, count)
            if count
            else np.zeros(0, self._kind)
        )

    def _compare(self, first: int, last: int) -> None:
        """Compare pieces that were not read before."""
        end = self._start + self._count * self._kind.itemsize
        for piece in range(first, last + 1):
            if not self._seen[piece]:
                start = self._start + piece * PIECE
                raw = self._sections.read(start, min(PIECE, end - start))
                if self._checks is None or zlib.crc32(raw) != int(self._checks[piece]):
                    raise self._sections.fault(f"is damaged (bytes {start} to {start + len(raw)})")
                self._seen[piece] = 1


_POINTING = (IndexError, KeyError, ValueError, ArithmeticError, MemoryError)
_SHAPING = (*_POINTING, TypeError, AttributeError, RuntimeError, StopIteration)


@contextlib.contextmanager
def guarded(found: "Part | Sections") -> Iterator[None]:
    """Reading what a file says: a number in it that points outside of it is a fault of the file, told as such."""
    try:
        yield
    except _POINTING as e:
        raise found.fault(f"is damaged ({str(e) or type(e).__name__})") from e


@contextlib.contextmanager
def unpacking(found: "Part | Sections") -> Iterator[None]:
    """Making values of what a file says: one of another shape than was written is a fault of the file too."""
    try:
        yield
    except _SHAPING as e:
        raise found.fault(f"is damaged ({str(e) or type(e).__name__})") from e


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
