"""What columns are: the field that a header fills, by a format's own table or by what columns are mostly called."""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from listing_preflight.errors import UsageError
from listing_preflight.readers.draft import IGNORE, TARGETS, UNREAD
from listing_preflight.readers.options import ReadOptions
from listing_preflight.storage.prepared import document

_NUMBERED = re.compile(r"^(.*?)[\s_#-]*(?:\d+|\[\d+\])$")


class Part(NamedTuple):
    """A part of a cell with a field of its own."""

    target: str
    value: str
    name: str | None = None


class Column(NamedTuple):
    """How one column is read: `label` names an attribute, `named_by` is the column whose cell names it instead.

    `parts` takes a cell apart that holds several values of different fields.
    """

    header: str
    target: str
    label: str | None = None
    named_by: int | None = None
    parts: Callable[[str], Iterable[Part]] | None = None


class Layout(NamedTuple):
    """How a sheet of a format is read.

    `first`: number of the first row that may be a listing. `key`: the column whose equal values make rows one product, where they
    follow each other. `joins`: whether a row continues the product before it. `parent`: the id of the product that a row is a
    variation of, wherever that stands. `inner_title`: the field of a title in such rows. `marketplace` is named by the file,
    `assumed` by the format alone. `skip`: rows that are no listings (notes under a header).
    """

    reason: str
    columns: tuple[Column, ...]
    first: int
    key: int | None = None
    joins: Callable[[Sequence[str]], bool] | None = None
    parent: Callable[[Sequence[str]], str | None] | None = None
    skip: Callable[[Sequence[str]], bool] | None = None
    marketplace: str | None = None
    assumed: str | None = None
    inner_title: str = "title"


@functools.cache
def _synonyms() -> Mapping[str, str]:
    """Folded header → target field, of every language in the table of headers."""
    written = document(__package__, "data/columns.yaml")
    return {fold_header(name): target for target, names in written.items() for name in names}


@functools.lru_cache(maxsize=4096)
def fold_header(header: str) -> str:
    """A header without case, accents, punctuation: what spellings of one column share."""
    text = unicodedata.normalize("NFKD", header.casefold())
    return "".join(c for c in text if c.isalnum())


@functools.lru_cache(maxsize=4096)
def target_of(header: str) -> str | None:
    """The field that a column is mostly meant for, or None where nothing says so."""
    found = _synonyms().get(fold_header(header))
    if found is None and (numbered := _NUMBERED.match(header.strip())):
        found = _synonyms().get(fold_header(numbered.group(1)))
    return found


def table(**targets: str) -> Mapping[str, str]:
    """Folded header → field from `field="header|header"`."""
    return {fold_header(name): target for target, names in targets.items() for name in names.split("|")}


def find(header: str, own: Mapping[str, str]) -> str:
    """The field of a header in a format: by its own table, also without a number at the end, then by what columns are mostly called."""
    key = fold_header(header)
    numbered = _NUMBERED.match(header.strip())
    bare = fold_header(numbered.group(1)) if numbered else key
    return own.get(key) or own.get(bare) or target_of(header) or UNREAD


def simple(header: Sequence[str], own: Mapping[str, str]) -> list[Column]:
    """A column for each header of a format that has nothing special."""
    out = []
    for name in header:
        target = find(name, own)
        out.append(Column(name, target, name if target == "attributes" else None))
    return out


def mapped(columns: Iterable[Column], options: ReadOptions, where: str) -> tuple[Column, ...]:
    """The columns as a mapping of the user changes them; UsageError for a column or field that is not there."""
    out = list(columns)
    if not options.mapping:
        return tuple(out)
    names = {c.header for c in out}
    for column, target in options.mapping.items():
        if target not in TARGETS:
            remedy = f"Fields are {', '.join(TARGETS)}"
            raise UsageError(
                f"column {column!r} is mapped to unknown field {target!r}", where="--mapping", remedy=remedy
            )
        if column not in names:
            remedy = "Run doctor FILE to see the columns"
            raise UsageError(f"the mapping names column {column!r}, which is not in {where}", remedy=remedy)
    return tuple(_remapped(c, options.mapping[c.header]) if c.header in options.mapping else c for c in out)


def _remapped(column: Column, target: str) -> Column:
    return Column(column.header, target, column.header if target == "attributes" else None)


def shown(target: str) -> str:
    """A reading in words, for people."""
    return {IGNORE: "(no text for buyers)", UNREAD: "(not read)"}.get(target, target)
