"""WooCommerce product CSV: variations stand in rows of their own and belong to their parent."""

import re
from collections.abc import Callable, Mapping, Sequence

from listing_preflight.readers.columns import Column, Layout, find, table
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_OWN = table(
    title="name", description="description", bullets="short description", category="categories", search_terms="tags",
    image="images", brand="brands|brand", attributes="purchase note|button text|attribute value(s)|download name",
    ignore="id|type|gtin, upc, ean, or isbn|published|is featured?|visibility in catalog|date sale price starts|date sale price ends|"
    "tax status|tax class|in stock?|stock|low stock amount|backorders allowed?|sold individually?|weight (kg)|weight (lbs)|weight (g)|"
    "weight (oz)|length (cm)|length (in)|length (m)|length (mm)|width (cm)|width (in)|width (mm)|height (cm)|height (in)|height (mm)|"
    "allow customer reviews?|sale price|regular price|shipping class|download limit|download expiry days|parent|upsells|cross-sells|"
    "grouped products|external url|position|attribute visible|attribute global|attribute default|attribute name|download url|"
    "download id|swatches attributes",
)  # fmt: skip
_ATTRIBUTE = re.compile(r"^attribute (\d+) (name|value\(s\)|visible|global|default)$", re.IGNORECASE)
_PLACES = ("type", "parent")
_DOWNLOAD = re.compile(r"^download \d+ (name|url|id)$", re.IGNORECASE)
_META = re.compile(r"^meta: (_?)(.*)$", re.IGNORECASE)


def _layout(head: Head) -> Layout | None:
    if not head.rows:
        return None
    header = [h.strip() for h in head.rows[0].cells]
    low = [h.lower() for h in header]
    if not ({"type", "name"} <= set(low) and {"regular price", "is featured?", "visibility in catalog"} & set(low)):
        return None
    at = {name: low.index(name) for name in _PLACES if name in low}
    columns = tuple(_column(name, low) for name in header)
    reason = "its header has Type, Name and Visibility in catalog or Regular price"
    return Layout(
        reason,
        columns,
        head.rows[0].number + 1,
        parent=_parent(at) if "parent" in at else None,
        inner_title="attributes",
    )


def _column(name: str, low: Sequence[str]) -> Column:
    if name.lower() in ("sku", "id"):
        return Column(name, "id" if name.lower() == "sku" else "number")
    attribute = _ATTRIBUTE.match(name)
    if attribute:
        if attribute[2].lower() != "value(s)":
            return Column(name, "ignore")
        named = f"attribute {attribute[1]} name"
        return Column(name, "attributes", name, named_by=low.index(named) if named in low else None)
    download = _DOWNLOAD.match(name)
    if download:
        named_so = download[1].lower() == "name"
        return Column(name, "attributes" if named_so else "ignore", name if named_so else None)
    meta = _META.match(name)
    if meta:
        return _meta(name, hidden=bool(meta[1]), key=meta[2])
    target = find(name, _OWN)
    return Column(name, target, name if target == "attributes" else None)


def _meta(name: str, *, hidden: bool, key: str) -> Column:
    """Custom fields: those of a search engine plug-in are shown in result pages, hidden ones are the shop's own."""
    if hidden and not re.search(r"seo|title|desc", key, re.IGNORECASE):
        return Column(name, "ignore")
    return Column(name, "attributes", key)


def _parent(at: Mapping[str, int]) -> Callable[[Sequence[str]], str | None]:
    """The id of the product that a variation belongs to; its Parent cell holds a SKU or `id:NUMBER`."""

    def parent(cells: Sequence[str]) -> str | None:
        if len(cells) <= max(at["parent"], at["type"]) or "variation" not in cells[at["type"]].lower():
            return None
        return cells[at["parent"]].strip().removeprefix("id:").strip() or None

    return parent


FORMAT = TableFormat(name="woocommerce", title="WooCommerce product CSV", layout=_layout)
