# The compiled core (core/*.c): arrays in, arrays out as bytes. Errors: ValueError and IndexError for arrays that do not fit.

from collections.abc import Mapping, Sequence
from typing import Any

VERSION: int

class Tables:
    def __init__(self, arrays: Mapping[str, Any]) -> None: ...

def runs(written: Any, width: int, kind: Any, ready: Any, visual: bool) -> tuple[bytes, bytes]: ...

# Blocks of characters that are not ready; start, end and line (int64) of runs that fold by their neighbours.

def tokens(
    written: Any, width: int, kind: Any, letter: Any, value: Any, up: Any, pieces: tuple[Any, ...], lines: Any
) -> tuple[bytes, ...]: ...

# Codes, first, start, end, wide, line and hash of tokens.

def odd(written: Any, width: int, start: Any, end: Any, flags: Any, line: Any, differing: Any) -> bytes: ...

# Tokens (uint8) that may look like a name although they are none.

def find(hashes: Any, known: Any, slots: Any, bits: int) -> bytes: ...

# Numbers (int64) of hashes, -1 where they have none.

def learn(tables: Tables, codes: Any, first: Any, wide: Any, at: Any, up: Any, endings: Any) -> tuple[bytes, ...]: ...

# Flags, shape, shape length, letters, digits, tail and key of tokens; (token, row), tokens and (token, ending) to ask of.

def plain(tables: Tables, tokens: tuple[Any, ...], up: Any, written: Any, width: int) -> tuple[bytes, bytes, bytes]: ...

# (start, end, kind, form) that are sure; (i, j, key, bounds) and (i, j, key, letters more, bounds) to ask of.

def looks(
    tables: Tables, tokens: tuple[Any, ...], up: Any, written: Any, width: int, odd: Any, lines: Any
) -> bytes: ...

# (i, j, key) of windows that look like a name.

def loose(tables: Tables, tokens: tuple[Any, ...], up: Any, empty: Any) -> tuple[bytes, bytes]: ...

# (size, i, form) of windows that misspell a name, and of those that have something glued to one.

def sift(
    tables: Tables, written: Any, width: int, starts: Any, charset: tuple[Any, ...], up: Any, numbers: tuple[Any, ...],
    traits: tuple[Any, ...], empty: Any,
) -> tuple[bytes, bytes, bytes]: ...  # fmt: skip

# What is said of each text (uint8), the hash (uint64) of its first and of its last token.

def lines(data: Any, seed: int, shortest: int, fold: Any) -> tuple[bytes, ...]: ...

# Columns of lines, ASCII texts with line and place of each, wider ones likewise, (line, number) of paragraphs, texts without numbers.

def key(written: Any, width: int, seed: int, fold: Any) -> int: ...

# The number of a paragraph.

def register(tables: tuple[Any, ...], columns: tuple[Any, ...]) -> bytes: ...

# (i, j, key, bounds) of windows whose letters are those of a key of a register.

def matches(
    kind: type, made: list[Any], forms: Sequence[Any], kinds: tuple[str, ...], offsets: Any, length: int, single: Any,
    extra: list[tuple[float, frozenset[str]]], sure: Any, literal: tuple[float, frozenset[str]],
) -> list[list[Any]]: ...  # fmt: skip

# Matches of each text, by place, kind and form.
