"""Correct texts of JSON: the tokens of accepted texts change, every other character stays."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, NamedTuple

from listing_preflight.decisions.fixing.changes import Change
from listing_preflight.decisions.fixing.plain import Plain, cannot_place, whole
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Source

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:\n]|[^\s{}\[\],:"]+', re.DOTALL)


class _Found(NamedTuple):
    """A text in the file: its path, the lines that it and the objects around it begin on, its place."""

    path: str
    rows: frozenset[int]
    start: int
    end: int


def _texts(text: str) -> Iterator[_Found]:
    """Every text value with its path from the outermost value."""
    keys: list[str | int] = []
    kinds: list[str] = []
    rows: list[int] = []
    row, is_key = 1, False
    for token in _TOKEN.finditer(text):
        mark = token[0][0]
        if mark == "\n":
            row += 1
        elif mark in "{[":
            kinds.append(mark)
            keys.append(0 if mark == "[" else "")
            rows.append(row)
            is_key = mark == "{"
        elif mark in "}]":
            if kinds:
                kinds.pop(), keys.pop(), rows.pop()
            is_key = False
        elif mark == ",":
            is_key = bool(kinds) and kinds[-1] == "{"
            if kinds and kinds[-1] == "[":
                keys[-1] = int(keys[-1]) + 1
        elif mark == '"' and is_key:
            keys[-1] = _said(token[0])
            is_key = False
        elif mark == '"':
            yield _Found(_path(keys), frozenset({*rows, row}), token.start(), token.end())


def _said(token: str) -> str:
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token[1:-1]


def _path(keys: Sequence[str | int]) -> str:
    out = ""
    for key in keys:
        out += f"[{key}]" if isinstance(key, int) else f".{key}" if out else key
    return out


def write(
    source: Source, options: ReadOptions, headers: Mapping[str | None, Sequence[str]], changes: Sequence[Change], out: IO[bytes]
) -> None:  # fmt: skip
    """Copy a JSON file with its changes."""
    del options, headers
    plain = Plain(source.encoding)
    text = whole(source, plain)
    wanted = Counter((c.row, c.column, c.before) for c in changes)
    after = {(c.row, c.column, c.before): c.after for c in changes}
    places: list[tuple[int, int, str]] = []
    met: Counter[tuple[int, str, str]] = Counter()
    by_value = {c.before for c in changes}
    for found in _texts(text):
        said = _said(plain.shown(text[found.start : found.end])).replace("\0", "")
        if said not in by_value:
            continue
        for key in wanted:
            row, column, before = key
            if said == before and row in found.rows and _ends(plain.shown(found.path), column):
                met[key] += 1
                new = _token(after[key], text[found.start : found.end], plain, source.shown)
                places.append((found.start, found.end, new))
    for key in wanted:
        if met[key] != 1:
            raise cannot_place(f"{source.shown}:{key[0]}", key[1])
    for start, end, new in sorted(places, reverse=True):
        text = text[:start] + new + text[end:]
    out.write(text.encode(plain.held, plain.errors))


def _ends(path: str, column: str) -> bool:
    return path == column or path.endswith((f".{column}", f"]{'.' if not column.startswith('[') else ''}{column}"))


def _token(after: str, before: str, plain: Plain, where: str) -> str:
    """A text as JSON, escaped as the text before it was."""
    escaped = "\\u" in before
    return plain.hold(json.dumps(after, ensure_ascii=escaped), where)
