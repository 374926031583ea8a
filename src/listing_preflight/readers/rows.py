"""Rows of a table, whatever file they come in."""

import re
from collections.abc import Iterator
from typing import NamedTuple

HEAD = 20
"""Rows at the top of a sheet in which a header is looked for."""


class Row(NamedTuple):
    """A row: the 1-based line or row that it begins on, its cells, and the faults that reading met in it."""

    number: int
    cells: list[str]
    faults: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """One table of a file; `name` is None where a file is one table. Rows can be read once."""

    name: str | None
    rows: Iterator[Row]


class Head(NamedTuple):
    """The first rows of a sheet, from which a format is recognised."""

    name: str | None
    rows: tuple[Row, ...]

    def cells(self, number: int) -> list[str]:
        """The cells of the row on a 1-based number, or none."""
        return next((r.cells for r in self.rows if r.number == number), [])


_WORDS = re.compile(r"[^\W\d_]{3}")
_PLAIN = re.compile(
    r"\s*(?:(?:https?:)?//\S+|true|false|yes|no|none|null|n/a|[-+]?[\d.,\s]+\s*[a-zA-Z]{0,3}|\d{4}-\d\d-\d\d.*|[A-Z]{3}\s*[\d.,]+|[\w.+-]+@[\w.-]+)\s*",
    re.IGNORECASE,
)


def holds_words(value: str) -> bool:
    """Whether a cell holds words that a buyer could read: no number, price, date, address, yes or no."""
    return _WORDS.search(value) is not None and _PLAIN.fullmatch(value[:300]) is None
