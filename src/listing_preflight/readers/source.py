"""Open what a user named: encoding and delimiter found from the content, bytes never trusted."""

import codecs
import csv
import io
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple, Self

from listing_preflight.errors import UnreadableError, UsageError

SAMPLE_BYTES = 1 << 16
ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp932", "gb18030", "big5", "cp949", "cp1250", "cp1251")
DELIMITERS = "\t,;|"
_BROKEN = re.compile("[\udc80-\udcff]")
csv.field_size_limit(1 << 26)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read: `shown` is how the user named it, `sample` its first decoded characters."""

    path: Path | None
    shown: str
    encoding: str
    sample: str
    data: bytes | None = None

    @property
    def folder(self) -> str:
        """The folder that pictures named in the file are looked for in."""
        return str(self.path.parent) if self.path else "."

    def open(self) -> IO[str]:
        """The decoded text; bytes that are not of the encoding come as lone surrogates."""
        raw: IO[bytes] = io.BytesIO(self.data) if self.data is not None else _open_file(self.path)
        return io.TextIOWrapper(raw, encoding=self.encoding, errors="surrogateescape", newline="")

    @property
    def delimiter(self) -> str:
        """The most even delimiter of the first lines."""
        lines = [line for line in self.sample.splitlines()[:20] if line.strip()][:10]
        return max(DELIMITERS, key=lambda d: (bool(lines) and lines[0].count(d), -DELIMITERS.index(d)))


def _open_file(path: Path | None) -> IO[bytes]:
    assert path is not None
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
    return _source(path, shown, head, None, encoding)


def bytes_source(data: bytes, shown: str, encoding: str | None = None) -> Source:
    """The same for what came through a pipe."""
    return _source(None, shown, data[:SAMPLE_BYTES], data, encoding)


def _source(path: Path | None, shown: str, head: bytes, data: bytes | None, encoding: str | None) -> Source:
    name = _known(encoding) if encoding else detect_encoding(head)
    sample = codecs.getincrementaldecoder(name)(errors="surrogateescape").decode(head, final=False)
    return Source(path=path, shown=shown, encoding=name, sample=sample.removeprefix("\ufeff"), data=data)


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        remedy = f"Give one of {', '.join(ENCODINGS)}"
        raise UsageError(f"unknown encoding {encoding!r}", where="--encoding", remedy=remedy) from None


def detect_encoding(head: bytes) -> str:
    """The encoding of the first bytes of a file: byte order mark, UTF-8, UTF-16 by its zeros, then by likelihood."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if len(head) > 3 and max(zeros) > len(head) // 8 and max(zeros) > 4 * min(zeros):
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    if _decodes(head, "utf-8"):
        return "utf-8"
    return max(ENCODINGS[2:], key=lambda name: _likelihood(head, name))


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _likelihood(head: bytes, encoding: str) -> float:
    """How much the non-ASCII characters look like text of the scripts that the encoding was made for."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head, final=False)
    except UnicodeDecodeError:
        return -1.0
    padded = f" {text} "
    points = (_weight(c, encoding, padded[i] + padded[i + 2]) for i, c in enumerate(text) if ord(c) > 0x7F)
    return sum(points) / len(head)


_LATIN = {
    "cp1252": frozenset("àâäåæçèéêëìíîïñòóôöøùúûüýßœÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÙÚÛÜ°™®©–—’‘“”•…€£é×½²³º«»áãõÃÕ"),
    "cp1250": frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰăîâşţ°™®©–—’“”•…€×"),
}
"""The letters that texts in a Latin code page are mostly made of."""


def _weight(char: str, encoding: str, around: str) -> float:
    """Points of one character: what texts of that encoding are mostly made of, and what stands beside it."""
    beside_latin = any(c.isascii() and c.isalpha() for c in around)
    if encoding in _LATIN:
        edge = 0.02 if encoding == "cp1252" else 0.0
        return (1.0 if beside_latin else 0.3) + edge if char in _LATIN[encoding] else -0.5
    if encoding == "cp1251":
        cyrillic = 0x400 <= ord(char) <= 0x45F
        return -1.0 if beside_latin or not cyrillic else 1.0 if char.islower() else 0.5
    return _wide_weight(char, ord(char), encoding) * (0.4 if beside_latin else 1.0)


def _wide_weight(char: str, code: int, encoding: str) -> float:
    if 0xFF61 <= code <= 0xFF9F:
        return -0.5
    if encoding == "cp932":
        return 2.0 if 0x3040 <= code <= 0x30FF else 0.9 if 0x4E00 <= code <= 0x9FFF else 0.2 if code < 0xFFFF else -1
    if encoding == "cp949":
        frequent = 0xAC00 <= code <= 0xD7A3 and 0xB0 <= char.encode(encoding)[0] <= 0xC8
        return 1.8 if frequent else 0.1 if 0x4E00 <= code <= 0x9FFF else 0.2
    if not 0x4E00 <= code <= 0x9FFF:
        return 0.2 if code < 0xE000 or code > 0xF8FF else -1.0
    first = char.encode(encoding, "replace")[0]
    frequent = 0xB0 <= first <= 0xD7 if encoding == "gb18030" else 0xA4 <= first <= 0xC6
    return 1.6 if frequent else 0.4


def broken_bytes(value: str) -> bool:
    """Whether decoding met bytes that are not of the encoding."""
    return _BROKEN.search(value) is not None


class Row(NamedTuple):
    """A row of a table: the 1-based line it begins on, its cells, and whether a quote in it is never closed."""

    number: int
    cells: list[str]
    unclosed: bool = False


def table_rows(source: Source, delimiter: str, *, quoted: bool = True) -> Iterator[Row]:
    """Rows of a delimited file; NUL bytes are left in the cells."""
    with source.open() as text:
        stream = _skip_mark(text)
        if not quoted:
            for number, line in enumerate(stream, 1):
                yield Row(number, line.rstrip("\r\n").split(delimiter))
            return
        quotes = _Quotes(stream)
        rows = csv.reader(quotes, delimiter=delimiter, strict=False)
        start = 1
        for cells in rows:
            yield Row(start, cells, quotes.taken() % 2 == 1)
            start = rows.line_num + 1


class _Quotes:
    """Lines as they come, with the quotes in them counted: an odd number in a row is a quote that is never closed."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._count = lines, 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._count += line.count('"')
        return line

    def taken(self) -> int:
        """The quotes of the lines since the last call."""
        count, self._count = self._count, 0
        return count


def _skip_mark(text: IO[str]) -> Iterator[str]:
    for i, line in enumerate(text):
        yield line.removeprefix("\ufeff") if i == 0 else line
