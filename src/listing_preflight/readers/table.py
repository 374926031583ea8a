"""Any delimited table: columns are read by what their headers are called, or by a mapping that the user gives."""

import csv
import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Iterator, Sequence

import yaml

from listing_preflight.errors import UsageError
from listing_preflight.model.listing import Gap, Listing, Origin
from listing_preflight.readers.cells import TARGETS, Draft, clean, row_gaps
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Row, Source, broken_bytes, table_rows

NAME = "table"
TITLE = "delimited table (CSV, TSV)"
_NUMBERED = re.compile(r"^(.*?)[\s_#-]*\d+$")


@functools.cache
def _synonyms() -> dict[str, str]:
    """Folded header → target field, of every language in the table of headers."""
    text = importlib.resources.files(__package__).joinpath("data", "columns.yaml").read_text("utf-8")
    return {fold_header(name): target for target, names in yaml.safe_load(text).items() for name in names}


def fold_header(header: str) -> str:
    """A header without case, accents, punctuation: what spellings of one column share."""
    text = unicodedata.normalize("NFKD", header.casefold())
    return "".join(c for c in text if c.isalnum())


def target_of(header: str, mapping: ReadOptions | None = None) -> str | None:
    """The field that a column fills, or None where nothing says so."""
    if mapping is not None and header in mapping.mapping:
        return mapping.mapping[header]
    found = _synonyms().get(fold_header(header))
    if found is None and (numbered := _NUMBERED.match(header.strip())):
        found = _synonyms().get(fold_header(numbered.group(1)))
    return found


def _delimiter(source: Source, options: ReadOptions) -> str:
    return options.delimiter or source.delimiter


def recognises(source: Source) -> bool:
    """Whether the first line looks like a header with a column that can be read."""
    header = header_of(source, source.delimiter)
    return any(target_of(h) not in (None, "ignore", "id", "marketplace") for h in header)


def header_of(source: Source, delimiter: str) -> list[str]:
    """The headers of a delimited file."""
    lines = source.sample.splitlines()[:60]
    return [h.strip() for h in next(csv.reader(lines, delimiter=delimiter), [])]


def columns(source: Source, options: ReadOptions) -> list[tuple[str, str]]:
    """Every header with the field it fills, for `doctor FILE`."""
    header = header_of(source, _delimiter(source, options))
    return [(h, target_of(h, options) or "(not read)") for h in header]


def check_mapping(options: ReadOptions, header: Sequence[str], where: str) -> None:
    """Refuse a mapping that names a column or field that is not there."""
    for column, target in options.mapping.items():
        if target not in TARGETS:
            remedy = f"Fields are {', '.join(TARGETS)}"
            raise UsageError(
                f"column {column!r} is mapped to unknown field {target!r}", where="--mapping", remedy=remedy
            )
        if column not in header:
            remedy = "Run doctor FILE to see the columns"
            raise UsageError(f"the mapping names column {column!r}, which is not in {where}", remedy=remedy)


def read(source: Source, options: ReadOptions) -> Iterator[Listing | Gap]:
    """One listing a row; ragged rows, NUL bytes and undecodable bytes are gaps of their listing."""
    rows = table_rows(source, _delimiter(source, options))
    first = next(rows, Row(1, [])).cells
    header = [clean(h).strip() for h in first]
    check_mapping(options, header, source.shown)
    targets = [target_of(h, options) or "ignore" for h in header]
    last = max((i for i, t in enumerate(targets) if t != "ignore"), default=-1)
    for row in rows:
        if any(c.strip() for c in row.cells):
            yield _row(source, options, (header, targets, last), row)


def _row(source: Source, options: ReadOptions, layout: tuple[list[str], list[str], int], row: Row) -> Listing | Gap:
    header, targets, last = layout
    number, cells, unclosed = row
    origin = Origin(file=source.shown, row=number)
    draft = Draft(origin, (source.folder, *options.image_roots))
    more = len(cells) > len(header) and any(c.strip() for c in cells[len(header) :])
    broken = {"bytes": any(map(broken_bytes, cells)), "more": more, "fewer": len(cells) <= last, "quote": unclosed}
    draft.gaps = row_gaps(origin, cells, broken)
    for name, target, cell in zip(header, targets, cells, strict=False):
        label = name if target == "attributes" else None
        draft.add(target, clean(cell), column=name, row=number, name=label)
    return draft.finish() or Gap(kind="bad-row", detail="no text and no picture in this row", origin=origin)
