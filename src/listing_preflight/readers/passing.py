"""Values of a native source of which most lines need not be read: who scans looks at them first, as they are."""

import io
from collections import deque
from collections.abc import Iterator, Sequence

from listing_preflight.errors import PreflightError
from listing_preflight.model.listing import Origin, Passing
from listing_preflight.readers.carriers import json_values
from listing_preflight.readers.carriers.json_values import Value
from listing_preflight.readers.encodings import MARKED
from listing_preflight.readers.look import Look
from listing_preflight.readers.objects import values as read_values
from listing_preflight.readers.options import Looking, Looks, ReadOptions, Seen
from listing_preflight.readers.source import Source

_ENCODINGS = frozenset({"utf-8", "utf-8-sig"})
_CHUNK = 4 << 20
"""Bytes that are looked at together."""
_AHEAD = 2
"""Chunks that are looked at before the one that is taken."""


def values(source: Source, seen: Look, options: ReadOptions) -> Iterator[Value | Passing]:
    """The values of a source in their order; listings that need not be read in place of theirs."""
    lines = seen.carrier in ("json", "text") and source.encoding in _ENCODINGS and json_values.is_lines(source)
    if options.looks is None or not lines:
        yield from read_values(source, seen)
        return
    row = 1
    with source.bounded() as raw:
        for chunk, looking in _ahead(_chunks(raw), options.looks):
            for value in _values(chunk, row, source, looking()):
                if value is not None:
                    yield value
                row += 1


def _ahead(chunks: Iterator[bytes], looks: Looks) -> Iterator[tuple[bytes, Looking]]:
    """Chunks with what is seen in them, some ahead of the one that is taken, so that nobody need wait."""
    waiting: deque[tuple[bytes, Looking]] = deque()
    try:
        for chunk in chunks:
            plain = b"\r" not in chunk or chunk.count(b"\r") == chunk.count(b"\r\n")
            waiting.append((chunk, looks(chunk) if plain else tuple))
            if len(waiting) > _AHEAD:
                yield waiting.popleft()
    except (OSError, PreflightError):
        yield from waiting  # what was read before reading stopped
        raise
    yield from waiting


def _values(chunk: bytes, row: int, source: Source, found: Sequence[Seen | None]) -> Iterator[Value | Passing | None]:
    """What stands in each line, None for a blank one."""
    encoding = source.encoding if row == 1 else "utf-8"
    if not found:
        with io.TextIOWrapper(io.BytesIO(chunk), encoding, MARKED, newline="") as text:
            yield from (_value(number, line) for number, line in enumerate(text, row))
        return
    start = 0
    for number, one in enumerate(found, row):
        end = chunk.find(b"\n", start) + 1 or len(chunk)
        if one is None:
            yield _value(number, chunk[start:end].decode(encoding if number == 1 else "utf-8", MARKED))
        else:
            yield Passing(
                id=one.id, origin=Origin(source.shown, number), marketplace=one.marketplace, title=one.title,
                paragraphs=one.paragraphs,
            )  # fmt: skip
        start = end


def _value(row: int, line: str) -> Value | None:
    line = line.removeprefix("\ufeff") if row == 1 else line
    return None if line.isspace() else json_values.line_value(row, line)


def _chunks(raw: io.BufferedReader) -> Iterator[bytes]:
    """Whole lines, many at once; the last of all may have no end."""
    parts: list[bytes] = []
    while data := raw.read1(_CHUNK):
        end = data.rfind(b"\n") + 1
        if end:
            yield b"".join((*parts, data[:end]))
            parts = []
        parts.append(data[end:])
    if rest := b"".join(parts):
        yield rest
