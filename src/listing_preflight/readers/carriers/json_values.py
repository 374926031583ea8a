"""JSON of any size: JSON Lines by line, documents by the elements of their lists, never whole in memory."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from listing_preflight.readers.encodings import foreign_bytes, is_other
from listing_preflight.readers.source import Source

MAX_VALUE = 32 << 20
"""Characters of one listing."""
_CHUNK = 1 << 18
CONTAINERS = frozenset(
    "items messages mpitem itemresponse itemsummaries products listings data results records entries rows offers".split()
)
"""Keys of lists that hold one listing an element; other lists are part of the object that they stand in."""
TWICE = "a key stands twice"
"""Key under which an object tells that: two values have one name, and all but the last would go unseen."""
_SPACE = re.compile(r"[\s,\ufeff]*")
_BLANK = re.compile(r"[\s\ufeff]*")


class Value(NamedTuple):
    """One value: the line it begins on, the key of the list that it stands in, and the fault in its place; `broken` tells of bytes that are of no encoding."""

    row: int
    key: str | None
    value: Any
    fault: str = ""
    limit: bool = False
    broken: str = ""


def _paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        made[TWICE] = next(name for n, name in enumerate(names) if name in names[:n])
    return made


_JSON = json.JSONDecoder(object_pairs_hook=_paired)


def loads(text: str) -> Any:
    """A JSON value; ValueError or RecursionError where it is none. An object with a key that stands twice says so under TWICE."""
    return _JSON.decode(text)


def twice(value: Any) -> str:
    """The key that stands twice in a value or in what it holds; empty where none does."""
    if isinstance(value, dict):
        return str(value[TWICE]) if TWICE in value else twice([*value.values()])
    return next(filter(None, map(twice, value)), "") if isinstance(value, list) else ""


def is_lines(source: Source) -> bool:
    """Whether a text is JSON Lines: its first line is a whole object, or begins one that has no end in sight."""
    first, newline, rest = source.sample.lstrip().partition("\n")
    first = first.strip()
    if not first.startswith("{") or first == "{":
        return False
    if newline and rest.strip():
        return _whole(first) or rest.lstrip()[:1] == "{"
    return True


def is_json(source: Source) -> bool:
    """Whether a text begins as JSON does."""
    start = source.sample.lstrip()[:200]
    return bool(re.match(r'\{\s*(?:"|\}|$)|\[\s*(?:[\[{"\]]|$)', start)) or is_lines(source)


def _whole(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def values(source: Source) -> Iterator[Value]:
    """Every value, with its line; a damaged line of JSON Lines is a fault, and the lines after it are read."""
    with source.open() as text:
        yield from _lines(text, source.table) if is_lines(source) else _document(text)


def _lines(text: IO[str], table: str) -> Iterator[Value]:
    for row, line in enumerate(text, 1):
        line = line.removeprefix("\ufeff") if row == 1 else line
        if not line.isspace():
            yield line_value(row, line, table)


def line_value(row: int, line: str, table: str = "") -> Value:
    """The value of one line, or the fault in its place."""
    if len(line) > MAX_VALUE:
        return Value(row, None, None, f"a line of {len(line)} characters; split it", limit=True)
    try:
        return Value(
            row, None, loads(line), broken=foreign_bytes(line, f"line {row}") or is_other(line, f"line {row}", table)
        )
    except (ValueError, RecursionError) as e:
        what = e.msg if isinstance(e, json.JSONDecodeError) else "nested too deeply or a number too long"
        return Value(row, None, None, f"not JSON: {what}; one listing object a line")


class _Text:
    """A window on a text that is read as it is needed; `row` is the line that the window begins on."""

    def __init__(self, text: IO[str]) -> None:
        self._text, self.window, self.row, self._ended = text, "", 1, False

    def more(self) -> bool:
        """Read on; False at the end."""
        if self._ended:
            return False
        chunk = self._text.read(max(_CHUNK, len(self.window)))
        self._ended = not chunk
        self.window += chunk
        return not self._ended

    def drop(self, end: int) -> None:
        """Let go of what has been read."""
        self.row += self.window.count("\n", 0, end)
        self.window = self.window[end:]

    def skip(self, pattern: re.Pattern[str]) -> str:
        """The next character after what may be left out, or an empty text at the end."""
        while True:
            found = pattern.match(self.window)
            self.drop(found.end() if found else 0)
            if self.window or not self.more():
                return self.window[:1]


class _BrokenError(Exception):
    """Where a document stops being JSON."""


_decode = _JSON.raw_decode


def _value(text: _Text) -> Any:
    """The value that the window begins with."""
    while True:
        try:
            found, end = _decode(text.window)
        except RecursionError:
            raise _BrokenError("nested too deeply") from None
        except ValueError as e:
            if len(text.window) > MAX_VALUE:
                raise _BrokenError(f"no value ends within {MAX_VALUE >> 20} MB") from None
            if not text.more():
                raise _BrokenError(getattr(e, "msg", "a number too long")) from None
            continue
        if end == len(text.window) and not isinstance(found, dict | list | str) and text.more():
            continue  # a number may go on
        text.drop(end)
        return found


def _document(stream: IO[str]) -> Iterator[Value]:
    text = _Text(stream)
    try:
        while start := text.skip(_SPACE):
            yield from _list(text, None) if start == "[" else _object(text) if start == "{" else _single(text)
    except _BrokenError as e:
        yield Value(text.row, None, None, f"not JSON from here on: {e}; what follows was not read")


def _single(text: _Text) -> Iterator[Value]:
    row = text.row
    found = _value(text)
    yield Value(row, None, found)


def _list(text: _Text, key: str | None) -> Iterator[Value]:
    text.drop(1)
    while (start := text.skip(_SPACE)) != "]":
        if not start:
            raise _BrokenError("a list without an end")
        row = text.row
        found = _value(text)
        yield Value(row, key, found, broken=_broken(found, row))
    text.drop(1)


def _object(text: _Text) -> Iterator[Value]:
    """A document's outer object: lists in it are streamed, what stands beside them comes as one value at the end."""
    row = text.row
    text.drop(1)
    rest: dict[str, Any] = {}
    lists = False
    while (start := text.skip(_SPACE)) != "}":
        if start != '"':
            raise _BrokenError("an object without an end" if not start else "a key is expected")
        key = _value(text)
        if text.skip(_BLANK) != ":":
            raise _BrokenError("a colon is expected after a key")
        text.drop(1)
        if text.skip(_BLANK) == "[" and isinstance(key, str) and key.casefold() in CONTAINERS and _holds_objects(text):
            lists = True
            yield from _list(text, key)
        else:
            rest[key] = _value(text)
    text.drop(1)
    yield Value(row, "" if lists else None, rest, broken=_broken(rest, row))


def _holds_objects(text: _Text) -> bool:
    """Whether the list that the window begins with is one of objects."""
    while True:
        inner = text.window[1:].lstrip()
        if inner or not text.more():
            return inner[:1] == "{"


def _broken(value: Any, row: int) -> str:
    """What is said of foreign bytes in the texts of a value, its keys among them."""
    if isinstance(value, str):
        return foreign_bytes(value, f"the object of line {row}")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return next(filter(None, (_broken(v, row) for v in value)), "") if isinstance(value, list) else ""
