"""XML feeds of any size: one record at a time; raw ampersands are mended as they stream by, entities never expanded."""

import codecs
import functools
import re
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from listing_preflight.errors import UnreadableError, UsageError
from listing_preflight.readers import encodings
from listing_preflight.readers.encodings import MARKED
from listing_preflight.readers.missing import missing
from listing_preflight.readers.source import Source

CHUNK = 1 << 17
MOST_FOREIGN = 10_000
"""Lines with foreign bytes of which each is told by itself."""
MAX_RECORD = 32 << 20
"""Bytes of one record."""
_RAW = re.compile(rb"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_KEPT = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|" + _RAW.pattern, re.DOTALL
)  # what may hold a raw ampersand, and a raw ampersand itself
_OPEN, _CLOSE = b"<![CDATA[", b"]]>"
_CONTROL = bytes(c if c >= 32 or c in b"\t\n\r" else 32 for c in range(256))
_DECLARED = re.compile(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)[\"']", re.IGNORECASE)


class Record(NamedTuple):
    """One record: the line that it begins on and its element, valid until the next one is asked for."""

    row: int
    element: Any


class Feed:
    """The records of an XML file; `mended` counts raw ampersands, `lost` says what the parser could not make sense of.

    `entities`: whether the file declares some, once a record was read. `foreign` are lines with bytes that are not of the encoding, each with what is said of it; such a byte is read as U+FFFD.
    """

    def __init__(self, source: Source, tags: frozenset[str]) -> None:
        self._source, self._tags = source, tags
        self.mended = 0
        self.first_mended: int | None = None
        self.lost: list[tuple[int, str]] = []
        self.foreign: list[tuple[int, str]] = []
        self.told_foreign = False
        self.entities: bool | None = None

    def records(self) -> Iterator[Record]:
        """Every record in the order of the file."""
        parser = _parser(self._tags)
        within = MAX_RECORD
        with self._source.bounded() as raw:
            try:
                for chunk in self._mend(self._utf8(raw)):
                    parser.feed(chunk)
                    within -= len(chunk)
                    for _, element in parser.read_events():
                        self.entities = _declares_entities(element) if self.entities is None else self.entities
                        yield Record(element.sourceline or 0, element)
                        _forget(element)
                        within = MAX_RECORD
                    if within < 0:
                        raise UnreadableError(f"no record ends within {MAX_RECORD >> 20} MB")
                parser.close()
            except _errors() as e:
                self.lost.append((getattr(e, "lineno", 0) or 0, str(e)))
            self.lost += [(entry.line, entry.message) for entry in parser.feed_error_log][:100]

    def _utf8(self, raw: IO[bytes]) -> Iterator[bytes]:
        """The bytes of the file in UTF-8, without its declaration."""
        encoding = declared(self._source)
        decode = codecs.getincrementaldecoder("utf-8" if encoding == "utf-8-sig" else encoding)(MARKED)
        row, first = 1, True
        table = encoding if encoding == self._source.table else ""
        while chunk := raw.read(CHUNK):
            text = decode.decode(chunk)
            if table:
                self._see_other(text, row, table)
            try:
                data = text.encode()
            except UnicodeEncodeError:
                data = self._without_foreign(text, row)
            if first:
                data = _undeclared(data)
                first = False
            row += text.count("\n")
            yield data
        if rest := decode.decode(b"", final=True):
            yield self._without_foreign(rest, row)

    def _see_other(self, text: str, row: int, table: str) -> None:
        for line, part in enumerate(text.split("\n"), row):
            if len(self.foreign) < MOST_FOREIGN and (said := encodings.is_other(part, f"line {line}", table)):
                self.foreign.append((line, said))

    def _without_foreign(self, text: str, row: int) -> bytes:
        for line, part in enumerate(text.split("\n"), row):
            if len(self.foreign) < MOST_FOREIGN and (said := encodings.foreign_bytes(part, f"line {line}")):
                self.foreign.append((line, said))
        return encodings.shown(text).encode("utf-8", "replace")

    def _mend(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Write raw ampersands as the parser wants them, except in CDATA and comments; control characters go."""
        row, inside, held = 1, False, b""
        for chunk in chunks:
            data, held = _cut(held + chunk)
            found = _RAW.search(data)
            if found:
                mended, inside = self._mended(data, row, inside=inside)
            else:
                mended, inside = data, _inside(data, inside=inside)
            row += data.count(b"\n")
            yield mended.translate(_CONTROL)
        if held:
            yield self._mended(held, row, inside=inside)[0]

    def _mended(self, data: bytes, row: int, *, inside: bool) -> tuple[bytes, bool]:
        start = data.find(_CLOSE) if inside else 0
        if start < 0:
            return data, True

        def one(found: re.Match[bytes]) -> bytes:
            if found[0] != b"&":
                return found[0]
            self.mended += 1
            if self.first_mended is None:
                self.first_mended = row + data.count(b"\n", 0, found.start())
            return b"&amp;"

        return data[:start] + _KEPT.sub(one, data[start:]), _inside(data, inside=inside)


def _inside(data: bytes, *, inside: bool) -> bool:
    """Whether a CDATA section is open at the end."""
    opened, closed = data.rfind(_OPEN), data.rfind(_CLOSE)
    return inside if opened < 0 and closed < 0 else opened > closed


def _cut(data: bytes) -> tuple[bytes, bytes]:
    """Data up to something that may go on in the next chunk: a reference or the mark of a section."""
    tail = data[-16:]
    at = max(tail.rfind(b"&"), tail.rfind(b"<"), tail.rfind(b"]]"))
    if at < 0:
        return data, b""
    end = len(data) - len(tail) + at
    return data[:end], data[end:]


def _undeclared(data: bytes) -> bytes:
    """The first bytes with the declaration blanked, so that lines and offsets stay."""
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start.startswith(b"<?xml"):
        return start
    end = start.find(b"?>") + 2
    return b"\n" * start.count(b"\n", 0, end) + start[end:].lstrip(b" \t\r") if end > 1 else start


def declared(source: Source) -> str:
    """The encoding that an XML file declares, where neither the user nor its bytes tell another.

    Bytes tell it where they are of two or four a character or not, and where letters are UTF-8 though a table of one byte a letter is declared.
    """
    found = _DECLARED.search(source.sample[:400])
    wide = ("utf-16", "utf-32")
    if found is None or source.told or source.encoding.startswith(wide):
        return source.encoding
    try:
        name = encodings.known(found[1], source.head)
    except UsageError:
        return source.encoding
    one_byte = name.startswith(("cp12", "iso8859", "ascii", "koi8", "mac"))
    letters = source.encoding.startswith("utf-8") and not source.sample.isascii()
    return source.encoding if name.startswith(wide) or (one_byte and letters) else name


def _parser(tags: frozenset[str]) -> Any:
    try:
        from lxml import etree
    except ImportError:
        raise missing("lxml", "XML feeds") from None
    return etree.XMLPullParser(
        events=("end",), tag=[name for tag in sorted(tags) for name in (tag, f"{{*}}{tag}")], recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip


def _errors() -> type[Exception]:
    from lxml import etree

    error: type[Exception] = etree.LxmlError
    return error


def _declares_entities(element: Any) -> bool:
    """Whether the document of an element declares entities of its own, however far behind comments."""
    declared = element.getroottree().docinfo.internalDTD
    return declared is not None and any(True for _ in declared.iterentities())


def _forget(element: Any) -> None:
    """Free a record that was read and those before it."""
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]


@functools.lru_cache(maxsize=4096)
def local(tag: object) -> str:
    """The name of an element without its namespace or prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def text(element: Any) -> str:
    """All text of an element."""
    return (element.text or "") if len(element) == 0 else "".join(element.itertext())
