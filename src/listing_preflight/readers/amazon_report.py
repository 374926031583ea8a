"""Amazon listings reports (All and Active listings): tab-separated, unquoted, often with cells missing at the end."""

from collections.abc import Iterator

from listing_preflight.model.listing import Gap, Listing, Origin
from listing_preflight.readers.cells import Draft, clean, row_gaps
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Row, Source, broken_bytes, table_rows

NAME = "amazon-report"
TITLE = "Amazon listings report"
_FIELDS = {
    "item-name": "title", "item-description": "description", "seller-sku": "id", "item-note": "attributes",
    "image-url": "image", "zshop-category1": "category", "zshop-browse-path": "category",
    "商品名": "title", "商品説明": "description", "出品者sku": "id", "コンディション説明": "attributes", "画像url": "image",
}  # fmt: skip


def _header(source: Source) -> list[str]:
    lines = source.sample.splitlines()
    return [h.strip().strip('"') for h in lines[0].split("\t")] if lines else []


def recognises(source: Source) -> bool:
    """Whether the header names an item and a seller's SKU as Amazon does."""
    header = {h.lower() for h in _header(source)}
    return {"item-name", "seller-sku"} <= header or {"商品名", "出品者sku"} <= header


def _target(header: str, options: ReadOptions) -> str:
    return options.mapping.get(header) or _FIELDS.get(header.lower(), "ignore")


def columns(source: Source, options: ReadOptions) -> list[tuple[str, str]]:
    """Every header with the field it fills."""
    found = ((h, _target(h, options)) for h in _header(source))
    return [(h, "(not read)" if t == "ignore" else t) for h, t in found]


def read(source: Source, options: ReadOptions) -> Iterator[Listing | Gap]:
    """One listing a row; cells that are missing at the end are blank, as Amazon writes them."""
    rows = table_rows(source, "\t", quoted=False)
    first = next(rows, Row(1, [])).cells
    header = [clean(h).strip().strip('"') for h in first]
    targets = [_target(h, options) for h in header]
    needed = next((i for i, t in enumerate(targets) if t == "id"), 0)
    for number, cells, _ in rows:
        if not any(c.strip() for c in cells):
            continue
        origin = Origin(file=source.shown, row=number)
        draft = Draft(origin, (source.folder, *options.image_roots))
        more = len(cells) > len(header) and any(c.strip() for c in cells[len(header) :])
        broken = {"bytes": any(map(broken_bytes, cells)), "more": more, "fewer": len(cells) <= needed}
        draft.gaps = row_gaps(origin, cells, broken)
        for column, target, cell in zip(header, targets, cells, strict=False):
            if target != "image" or "/" in cell:
                draft.add(
                    target, clean(cell), column=column, row=number, name=column if target == "attributes" else None
                )
        yield draft.finish() or Gap(kind="bad-row", detail="no item name in this row", origin=origin)
