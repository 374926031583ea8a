"""WooCommerce products in a WordPress export (WXR): variations and pictures are items of their own."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from listing_preflight.readers.carriers.xml_items import Record
from listing_preflight.readers.draft import IGNORE, UNREAD
from listing_preflight.readers.elements import Cell, Cells, ElementFormat, children
from listing_preflight.readers.look import Look

MOST = 200_000
"""Pictures and variations that are remembered for their products."""
_TERMS = {
    "product_cat": "category",
    "product_tag": "search_terms",
    "product_brand": "brand",
    "pwb-brand": "brand",
    "yith_product_brand": "brand",
}
_SILENT_TERMS = frozenset({"product_type", "product_visibility", "product_shipping_class"})
_TEXTS = {"title": "title", "encoded": "description", "link": "url", "post_date": "first_listed"}
_META = {
    "_yoast_wpseo_title": "attributes", "_yoast_wpseo_metadesc": "attributes", "_yoast_wpseo_focuskw": "search_terms",
    "rank_math_title": "attributes", "rank_math_description": "attributes", "_purchase_note": "attributes",
    "_button_text": "attributes", "_wp_attachment_image_alt": "attributes",
}  # fmt: skip
_PHP_PAIR = re.compile(r's:4:"name";s:\d+:"([^"]*)";s:5:"value";s:\d+:"([^"]*)"')


def _fits(seen: Look) -> str | None:
    named = any(tag.startswith("wp:") for tag in seen.tags)
    return "a WordPress export (wp: elements)" if named and "wordpress.org/export" in seen.spaces else None


class _Elsewhere:
    """What stands in other items than the product's: addresses of pictures, cells of variations."""

    def __init__(self, records: Iterator[Record]) -> None:
        self.addresses: dict[str, str] = {}
        self.attached: defaultdict[str, list[str]] = defaultdict(list)
        self.variations: defaultdict[str, list[Cell]] = defaultdict(list)
        kept = 0
        for record in records:
            facts = _facts(record.element)
            kind = facts.get("post_type")
            if kind not in ("attachment", "product_variation") or kept > MOST:
                continue
            kept += 1
            number, parent = facts.get("post_id", ""), facts.get("post_parent", "")
            if kind == "attachment":
                self.addresses[number] = facts.get("attachment_url", "")
                self.attached[parent].append(number)
            else:
                self.variations[parent] += _variation(record.element)


def _facts(element: Any) -> dict[str, str]:
    wanted = ("post_type", "post_id", "post_parent", "attachment_url", "status")
    return {name: value.strip() for name, value, _, _ in children(element) if name in wanted}


def _meta(element: Any) -> Iterator[tuple[str, str, int]]:
    for name, _, row, child in children(element):
        if name == "postmeta":
            parts = {n: v for n, v, _, _ in children(child)}
            yield parts.get("meta_key", ""), parts.get("meta_value", ""), row


def _variation(element: Any) -> Iterator[Cell]:
    for key, value, row in _meta(element):
        if key.startswith("attribute_") and value:
            yield Cell("attributes", value, "wp:meta_value", row, key.removeprefix("attribute_").removeprefix("pa_"))
        elif key == "_variation_description":
            yield Cell("description", value, "wp:meta_value", row)
        elif key == "_thumbnail_id":
            yield Cell("picture", value, "wp:meta_value", row)


def _prepare(records: Callable[[], Iterator[Record]]) -> Cells:
    elsewhere = _Elsewhere(records())

    def cells(element: Any) -> Iterator[Cell]:
        facts = _facts(element)
        if facts.get("post_type") == "product":
            yield from _own(element, facts)
            yield from _pictures(element, facts, elsewhere)

    return cells


def _own(element: Any, facts: dict[str, str]) -> Iterator[Cell]:
    for name, value, row, child in children(element):
        if name == "category":
            domain = child.get("domain", "")
            target = _TERMS.get(domain) or ("attributes" if domain.startswith("pa_") else IGNORE)
            label = domain.removeprefix("pa_") if target == "attributes" else None
            yield Cell(target if domain not in _SILENT_TERMS else IGNORE, value, "category", row, label)
        elif name == "encoded" and child.prefix == "excerpt":
            yield Cell("bullets", value, "excerpt:encoded", row)
        elif name in _TEXTS:
            written = f"{child.prefix}:{name}" if child.prefix else name
            yield Cell(_TEXTS[name], value, written, row)
    yield Cell("number", facts.get("post_id", ""), "wp:post_id", element.sourceline or 0)
    for key, value, row in _meta(element):
        if key == "_sku":
            yield Cell("id", value, "wp:meta_value", row)
        elif key == "_product_attributes":
            yield from (Cell("attributes", v, "wp:meta_value", row, n) for n, v in _PHP_PAIR.findall(value) if v)
        elif key in _META:
            yield Cell(_META[key], value, "wp:meta_value", row, key if _META[key] == "attributes" else None)
        elif not key.startswith("_"):
            yield Cell(UNREAD, value, f"wp:postmeta {key}", row)


def _pictures(element: Any, facts: dict[str, str], elsewhere: _Elsewhere) -> Iterator[Cell]:
    """The picture on the shelf, the gallery, those of variations, and those attached to the product."""
    number = facts.get("post_id", "")
    own = {key: value for key, value, _ in _meta(element)}
    variations = elsewhere.variations.get(number, [])
    numbers = [own.get("_thumbnail_id", ""), *own.get("_product_image_gallery", "").split(",")]
    numbers += [cell.value for cell in variations if cell.target == "picture"]
    numbers += elsewhere.attached.get(number, [])
    for one in dict.fromkeys(n.strip() for n in numbers):
        if elsewhere.addresses.get(one):
            yield Cell("image", elsewhere.addresses[one], "wp:attachment_url", element.sourceline or 0)
    yield from (cell for cell in variations if cell.target != "picture")


FORMAT = ElementFormat(
    name="wxr",
    title="WooCommerce products in a WordPress export",
    fits=_fits,
    tags=frozenset({"item"}),
    prepare=_prepare,
)
