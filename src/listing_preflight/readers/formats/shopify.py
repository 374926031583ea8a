"""Shopify product CSV: rows of one handle are one product; only its first row has the title."""

import re
from collections.abc import Sequence

from listing_preflight.readers.columns import Column, Layout, find, table
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_OWN = table(
    id="handle|url handle", title="title", description="body (html)|body html|description", brand="vendor",
    category="product category|standard product type|standardized product type|custom product type|type|product type|"
    "google shopping / google product category|google product category",
    search_terms="tags", image="image src|variant image|product image url|variant image url",
    attributes="option1 value|option2 value|option3 value|image alt text|seo title|seo description|google shopping / mpn|"
    "google shopping / custom label 0|google shopping / custom label 1|google shopping / custom label 2|"
    "google shopping / custom label 3|google shopping / custom label 4|google shopping / adwords grouping|"
    "google shopping / adwords labels|collection",
    ignore="published|published on online store|published scope|option1 name|option2 name|option3 name|option1 linked to|"
    "option2 linked to|option3 linked to|variant sku|sku|variant grams|variant inventory tracker|variant inventory qty|"
    "variant inventory policy|variant fulfillment service|variant price|variant compare at price|variant requires shipping|"
    "variant taxable|variant barcode|barcode|image position|gift card|google shopping / gender|google shopping / age group|"
    "google shopping / condition|google shopping / custom product|variant weight unit|variant tax code|cost per item|status|"
    "unit price total measure|unit price total measure unit|unit price base measure|unit price base measure unit|"
    "template suffix|giftcard",
)  # fmt: skip
_MARKETS = re.compile(r"^(included|price|compare at price|compareat price) / ", re.IGNORECASE)
_OPTION = re.compile(r"^option(\d) value$", re.IGNORECASE)


def _layout(head: Head) -> Layout | None:
    if not head.rows:
        return None
    header = [h.strip() for h in head.rows[0].cells]
    low = [h.lower() for h in header]
    if not ({"handle", "title"} <= set(low) and any(h.startswith(("variant ", "body", "vendor")) for h in low)):
        return None
    columns = tuple(_column(name, low) for name in header)
    reason = "its header has Handle, Title and Variant or Vendor columns"
    return Layout(reason, columns, head.rows[0].number + 1, key=low.index("handle"), skip=None)


def _column(name: str, low: Sequence[str]) -> Column:
    option = _OPTION.match(name)
    if option:
        named = f"option{option[1]} name"
        return Column(name, "attributes", name, named_by=low.index(named) if named in low else None)
    if "metafields" in name.lower() or "(product." in name.lower():
        return Column(name, "attributes", name)
    target = "ignore" if _MARKETS.match(name) else find(name, _OWN)
    return Column(name, target, name if target == "attributes" else None)


FORMAT = TableFormat(name="shopify", title="Shopify product CSV", layout=_layout)
