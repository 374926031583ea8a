"""Google Merchant feeds in RSS and Atom, and other feeds of items that use their attribute names."""

from collections.abc import Callable, Iterator
from typing import Any

from listing_preflight.readers.carriers.xml_items import Record
from listing_preflight.readers.columns import find
from listing_preflight.readers.draft import IGNORE
from listing_preflight.readers.elements import Cell, Cells, ElementFormat, children
from listing_preflight.readers.formats.merchant_names import NAMES
from listing_preflight.readers.look import Look

_MERCHANT = "base.google.com/ns"
_NESTED = frozenset(
    {"shipping", "tax", "installment", "loyalty_points", "subscription_cost", "free_shipping_threshold"}
)
_RECORDS = frozenset({"item", "entry", "product", "offer", "shopitem", "listing"})


def _fits(seen: Look) -> str | None:
    names = {tag.rpartition(":")[2].lower() for tag in seen.tags}
    root = seen.tags[0] if seen.tags else ""
    if _MERCHANT in seen.spaces and names & {"item", "entry"}:
        return f"<{root}> in the namespace of Google Merchant feeds"
    record = names & _RECORDS
    if record and names & {"title", "name", "product_name"} and not any(t.startswith("wp:") for t in seen.tags):
        return f"<{root}> with <{min(record)}> elements that have titles"
    return None


def _prepare(records: Callable[[], Iterator[Record]]) -> Cells:
    del records
    return _cells


def _cells(element: Any) -> Iterator[Cell]:
    for name, value, row, child in children(element):
        if name == "product_detail":
            yield from _detail(child, row)
        elif name in _NESTED:
            continue
        else:
            written = f"{child.prefix}:{name}" if child.prefix else name
            if not value.strip():
                value = child.get("href") or ""  # Atom's links
            target = find(name, NAMES)
            yield Cell(target, value, written, row, name if target == "attributes" else None)
    identity = element.get("id")
    if identity:
        yield Cell("id", identity, "id", element.sourceline or 0)


def _detail(element: Any, row: int) -> Iterator[Cell]:
    parts = {name: value for name, value, _, _ in children(element)}
    value = parts.get("attribute_value", "")
    yield Cell("attributes" if value else IGNORE, value, "product_detail", row, parts.get("attribute_name"))


FORMAT = ElementFormat(
    name="merchant-xml",
    title="Google Merchant feed or other feed of items (RSS, Atom, XML)",
    fits=_fits,
    tags=_RECORDS,
    prepare=_prepare,
)
