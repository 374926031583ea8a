"""BigCommerce product export, both generations: rows of variants, rules and pictures under their product."""

from collections.abc import Callable, Sequence

from listing_preflight.readers.columns import Column, Layout, find, table
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_OWN = table(
    id="product code/sku|sku", title="product name|name", description="product description|description", brand="brand name|brand|brand id",
    category="category|categories|category string|category details", search_terms="search keywords|meta keywords",
    image="product image file|product image url|image url (import)|image file|variant image url|internal image url (export)",
    attributes="page title|meta description|product image description|image description|product custom fields|custom fields|product warranty|"
    "warranty|option set|product condition label|manufacturer part number|mpn|options|mobile description|availability description|"
    "product availability description",
    url="product url",
    ignore="item type|product type|item|id|product id|bin picking number|option set align|price|cost price|retail price|sale price|"
    "fixed shipping cost|fixed shipping price|free shipping|product weight|weight|product width|width|product height|height|product depth|"
    "depth|allow purchases?|product visible?|is visible|product availability|track inventory|inventory tracking|current stock level|"
    "current stock|low stock level|low stock|product image id|product image is thumbnail|product image sort|image is thumbnail|"
    "image sort order|product condition|condition|show product condition?|show product condition|sort order|product tax class|tax class|"
    "product upc/ean|upc/ean|stop processing rules|redirect old url?|gps global trade item number|gps gender|gps age group|gps color|"
    "gps size|gps material|gps pattern|gps item group id|gps category|gps enabled|avalara product tax code|tax provider tax code|"
    "event date required?|event date name|event date is limited?|event date start date|event date end date|"
    "minimum purchase quantity|maximum purchase quantity|global trade number|type|variant image id|channels|is featured|"
    "date added|date modified|order quantity minimum|order quantity maximum|calculated price|gtin",
)  # fmt: skip


def _layout(head: Head) -> Layout | None:
    if not head.rows:
        return None
    header = [h.strip() for h in head.rows[0].cells]
    low = [h.lower() for h in header]
    kind = next((low.index(n) for n in ("item type", "item") if n in low), None)
    names = {"product name", "product code/sku"} & set(low) or {"name", "sku", "categories"} <= set(low)
    if kind is None or not names:
        return None
    columns = tuple(_column(h) for h in header)
    reason = "its header has BigCommerce's Item column beside name and SKU"
    return Layout(reason, columns, head.rows[0].number + 1, joins=_joins(kind), inner_title="attributes")


def _column(header: str) -> Column:
    target = find(header, _OWN)
    return Column(header, target, header if target == "attributes" else None)


def _joins(kind: int) -> Callable[[Sequence[str]], bool]:
    def joins(cells: Sequence[str]) -> bool:
        return kind < len(cells) and cells[kind].strip().casefold() not in ("product", "")

    return joins


FORMAT = TableFormat(name="bigcommerce", title="BigCommerce product CSV", layout=_layout)
