"""Shopify product CSV: rows of one handle are one product; only its first row has the title."""

import itertools
from collections.abc import Iterator

from listing_preflight.model.listing import Gap, Listing, Origin
from listing_preflight.readers.cells import Draft, clean, row_gaps
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Row, Source, broken_bytes, table_rows
from listing_preflight.readers.table import header_of

NAME = "shopify"
TITLE = "Shopify product CSV"
_FIELDS = {
    "handle": "id", "title": "title", "body (html)": "description", "body html": "description", "vendor": "brand",
    "product category": "category", "standard product type": "category", "custom product type": "category",
    "standardized product type": "category", "type": "category", "tags": "search_terms",
    "google shopping / google product category": "category", "image src": "image", "variant image": "image",
    "option1 value": "attributes", "option2 value": "attributes", "option3 value": "attributes",
    "image alt text": "attributes", "seo title": "attributes", "seo description": "attributes",
    "google shopping / mpn": "attributes",
}  # fmt: skip
_OPTIONS = {f"option{n} value": f"option{n} name" for n in (1, 2, 3)}


def recognises(source: Source) -> bool:
    """Whether the header is Shopify's: a handle and a title beside variant or body columns."""
    header = {h.lower() for h in header_of(source, source.delimiter)}
    return {"handle", "title"} <= header and any(h.startswith(("variant ", "body", "vendor")) for h in header)


def _target(header: str, options: ReadOptions) -> str:
    if header in options.mapping:
        return options.mapping[header]
    low = header.lower()
    return "attributes" if "metafields" in low or "(product." in low else _FIELDS.get(low, "ignore")


def columns(source: Source, options: ReadOptions) -> list[tuple[str, str]]:
    """Every header with the field it fills."""
    found = ((h, _target(h, options)) for h in header_of(source, options.delimiter or source.delimiter))
    return [(h, "(not read)" if t == "ignore" else t) for h, t in found]


def read(source: Source, options: ReadOptions) -> Iterator[Listing | Gap]:
    """One listing a handle; rows before the first handle are gaps."""
    rows = table_rows(source, options.delimiter or source.delimiter)
    first = next(rows, Row(1, [])).cells
    header = [clean(h).strip() for h in first]
    targets = [_target(h, options) for h in header]
    at = next((i for i, h in enumerate(header) if h.lower() == "handle"), 0)
    filled = (r for r in rows if any(c.strip() for c in r.cells))
    grouped = itertools.groupby(filled, key=lambda r: clean(r.cells[at]).strip() if len(r.cells) > at else "")
    for handle, group in grouped:
        if handle:
            yield _product(source, options, (header, targets), list(group))
        else:
            for row in group:
                origin = Origin(file=source.shown, row=row.number)
                yield Gap(kind="bad-row", detail="a row without a handle belongs to no product", origin=origin)


def _product(
    source: Source, options: ReadOptions, layout: tuple[list[str], list[str]], rows: list[Row]
) -> Listing | Gap:
    header, targets = layout
    origin = Origin(file=source.shown, row=rows[0].number)
    draft = Draft(origin, (source.folder, *options.image_roots))
    names = {h.lower(): c for h, c in zip(header, rows[0].cells, strict=False)}
    for number, cells, unclosed in rows:
        more = len(cells) > len(header) and any(c.strip() for c in cells[len(header) :])
        broken = {"bytes": any(map(broken_bytes, cells)), "more": more, "quote": unclosed}
        draft.gaps += row_gaps(Origin(file=source.shown, row=number), cells, broken)
        for column, target, cell in zip(header, targets, cells, strict=False):
            label = names.get(_OPTIONS.get(column.lower(), "")) or column
            draft.add(target, clean(cell), column=column, row=number, name=label if target == "attributes" else None)
    return draft.finish() or Gap(kind="bad-row", detail="a product without text or picture", origin=origin)
