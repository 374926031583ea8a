"""TikTok Shop batch templates and exports: names in the first row, labels and hints below, one row a variation."""

from collections.abc import Sequence

from listing_preflight.readers.columns import Column, Layout, find, fold_header, table
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_OWN = table(
    id="product_id|product id", title="product_name|product name|title", description="product_description|product description|description",
    brand="brand|brand name", category="category|product category|categories",
    image="main_image|image|main product image|main image|product image|primary variation image|variant image|property_1_image|"
    "property_value_1_image|size_chart|size chart",
    attributes="property_value_1|property_value_2|property_value_3|variation value|variation 1|variation 2|primary variation value|"
    "secondary variation value|identifier name|warranty_type|warranty_policy|manufacturer name",
    manufacturer="manufacturer",
    number="seller_sku|seller sku",
    ignore="sku_id|sku id|price|retail price (local currency)|list_price|quantity|stock|warehouse_quantity|"
    "package_weight|package_length|package_width|package_height|package weight(lb)|package length(inch)|package width(inch)|"
    "package height(inch)|parcel_weight|parcel_length|parcel_width|parcel_height|delivery|delivery options|shipping insurance|"
    "gtin_type|gtin_code|identifier code|identifier code type|property_name_1|property_name_2|property_name_3|cod|is_cod_open|product_status|"
    "primary variation name|secondary variation name|variation name|minimum order quantity|package weight|package dimension|video|"
    "manufacturer id|responsible person|pre order",
)  # fmt: skip
_SIGNS = frozenset(map(fold_header, (
    "package_weight", "parcel_weight", "package weight(lb)", "main_image", "main product image", "property_name_1", "seller_sku", "size_chart",
    "package_weight(g)", "package weight(g)", "primary variation name",
)))  # fmt: skip
_HINTS = ("mandatory", "optional", "conditionally", "conditional", "required", "v3", "v4", "必填", "选填")


def _layout(head: Head) -> Layout | None:
    row = next((r for r in head.rows[:4] if _is_header([fold_header(c) for c in r.cells])), None)
    if row is None:
        return None
    header = [h.strip() for h in row.cells]
    low = [fold_header(h) for h in header]
    title = next(at for at, h in enumerate(low) if h in ("productname", "title"))
    number = next((at for at, h in enumerate(low) if h == "productid"), None)
    key = number if number is not None else title
    first = _first_row(head, row.number, low, title)
    columns = tuple(_column(h, low) for h in header)
    reason = f"row {row.number} has product_name beside TikTok Shop's package or variation columns"
    return Layout(reason, columns, first, key=key)


def _is_header(low: Sequence[str]) -> bool:
    return ("productname" in low or "title" in low) and "category" in " ".join(low) and len(_SIGNS & set(low)) >= 2


def _first_row(head: Head, header: int, low: Sequence[str], title: int) -> int:
    """The first row with a price or quantity in figures: labels, duties and hints above it are no listings."""
    figures = [at for at, h in enumerate(low) if "price" in h or h in ("quantity", "stock") or h.startswith("quantity")]
    for row in head.rows:
        if row.number <= header or title >= len(row.cells) or not row.cells[title].strip():
            continue
        numbers = [row.cells[at].strip().replace(",", "") for at in figures if at < len(row.cells)]
        if any(n and n.replace(".", "", 1).isdigit() for n in numbers):
            return row.number
        if not figures and not any(c.strip().casefold().startswith(_HINTS) for c in row.cells):
            return row.number
    return header + 1


def _column(header: str, low: Sequence[str]) -> Column:
    key = fold_header(header)
    if key.startswith("propertyvalue") and "image" not in key:
        named = "propertyname" + key[-1:]
        return Column(header, "attributes", header, named_by=low.index(named) if named in low else None)
    if header.startswith("product_property/") or key.startswith("productproperty"):
        return Column(header, "attributes", header)
    target = find(header, _OWN)
    if target == "unread" and key.startswith(("package", "parcel", "quantityin", "warehouse", "price")):
        target = "ignore"
    return Column(header, target, header if target == "attributes" else None)


FORMAT = TableFormat(name="tiktok-shop", title="TikTok Shop template or export", layout=_layout, other_sheets=True)
