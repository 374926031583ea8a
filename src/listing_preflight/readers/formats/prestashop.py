"""PrestaShop product import and export: semicolons, hints in the headers, features in one cell."""

import re
from collections.abc import Iterator

from listing_preflight.readers.columns import Column, Layout, Part, find, fold_header, table
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_OWN = table(
    id="reference #|reference|product reference", title="name", description="description", bullets="summary|short description",
    brand="manufacturer|brand", category="categories|category", search_terms="tags|meta keywords",
    image="image urls|image|cover image url", attributes="meta title|meta description|image alt texts|supplier|text when in stock|"
    "text when backorder allowed|delivery time of in-stock products|delivery time of out-of-stock products with allowed orders|"
    "text fields|label when in stock|mpn|product url rewritten",
    first_listed="product creation date|date add", url="product url",
    ignore="product id|id|active|price tax excluded|price tax included|tax rules id|wholesale price|on sale|discount amount|"
    "discount percent|discount from|discount to|supplier reference #|supplier reference|ean13|upc|isbn|ecotax|width|height|depth|weight|"
    "quantity|minimal quantity|low stock level|send me an email when the quantity is under this level|visibility|"
    "additional shipping cost|unity|unit price|unit for base price|base price|url rewritten|available for order|"
    "product available date|show price|delete existing images|available online only|condition|customizable|uploadable files|"
    "out of stock action|virtual product|file url|number of allowed downloads|expiration date|number of days|id / name of shop|"
    "advanced stock management|depends on stock|warehouse|acessories|accessories|position|status|default category",
)  # fmt: skip
_HINT = re.compile(r"\s*(\((?:0|x,|yyyy|name:|value)[^)]*\)|\*)\s*", re.IGNORECASE)
_SIGNS = frozenset(map(fold_header, (
    "Price tax excluded", "Tax rules ID", "URL rewritten", "Wholesale price", "Available for order", "Minimal quantity", "Ecotax",
)))  # fmt: skip


def _plain(header: str) -> str:
    return re.sub(r"\(.*?name:value.*?\)", "", _HINT.sub(" ", header), flags=re.IGNORECASE).strip()


def _layout(head: Head) -> Layout | None:
    if not head.rows:
        return None
    header = [h.strip() for h in head.rows[0].cells]
    names = {fold_header(_plain(h)) for h in header}
    if "name" not in names or len(names & _SIGNS) < 2:
        return None
    return Layout(
        "its header has PrestaShop's tax and address columns", tuple(map(_column, header)), head.rows[0].number + 1
    )


def _column(header: str) -> Column:
    if header.lower().startswith("feature"):
        return Column(header, "attributes", header, parts=_features)
    target = find(_plain(header), _OWN)
    return Column(header, target, _plain(header) if target == "attributes" else None)


def _features(value: str) -> Iterator[Part]:
    """The parts of `Name:Value:Position,Name:Value:Position`."""
    for one in re.split(r",(?=[^,:]+:)", value):
        name, _, rest = one.partition(":")
        text = re.sub(r":\d+(:\d)?$", "", rest)
        yield Part("attributes", text or name, name.strip() if text else "feature")


FORMAT = TableFormat(name="prestashop", title="PrestaShop product CSV", layout=_layout)
