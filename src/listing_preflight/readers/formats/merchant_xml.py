"""Google Merchant feeds in RSS and Atom, and other feeds of items that use their attribute names."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

from listing_preflight.readers.carriers.xml_items import Record, local, text
from listing_preflight.readers.columns import find
from listing_preflight.readers.draft import IGNORE
from listing_preflight.readers.elements import Cells, ElementFormat, Plain, children
from listing_preflight.readers.formats.merchant_names import NAMES
from listing_preflight.readers.look import Look

_MERCHANT = "base.google.com/ns"
_DETAIL = "product_detail"
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


def _cells(element: Any) -> Iterator[Plain]:
    for child in element:
        name, target = _reading(child.tag)
        if target == IGNORE:
            continue
        if target == _DETAIL:
            yield _detail(child)
            continue
        value = text(child) or child.get("href") or ""  # Atom's links
        written = f"{child.prefix}:{name}" if child.prefix else name
        yield target, value, written, child.sourceline or 0, name if target == "attributes" else None
    identity = element.get("id")
    if identity:
        yield "id", identity, "id", element.sourceline or 0, None


@functools.lru_cache(maxsize=4096)
def _reading(tag: object) -> tuple[str, str]:
    """The local name of an element and the field that it fills."""
    name = local(tag)
    if name in _NESTED or not name:
        return name, IGNORE
    return name, _DETAIL if name == _DETAIL else find(name, NAMES)


def _detail(element: Any) -> Plain:
    parts = {name: value for name, value, _, _ in children(element)}
    value = parts.get("attribute_value", "")
    row = element.sourceline or 0
    return "attributes" if value else IGNORE, value, _DETAIL, row, parts.get("attribute_name")


FORMAT = ElementFormat(
    name="merchant-xml",
    title="Google Merchant feed or other feed of items (RSS, Atom, XML)",
    fits=_fits,
    tags=_RECORDS,
    prepare=_prepare,
)
