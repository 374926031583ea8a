"""Magento 2 product export: one row a product, rows without a SKU belong to the product above them."""

import re
from collections.abc import Callable, Iterator, Sequence

from listing_preflight.readers.columns import Column, Layout, Part, find, table
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_OWN = table(
    id="sku", title="name", description="description", bullets="short_description", category="categories|product_type_label",
    brand="brand", manufacturer="manufacturer", search_terms="meta_keywords|meta_keyword",
    image="base_image|small_image|thumbnail_image|swatch_image|additional_images|image|small_image_url|hover_image",
    attributes="meta_title|meta_description|base_image_label|small_image_label|thumbnail_image_label|swatch_image_label|"
    "additional_image_labels|configurable_variation_labels|custom_options|bundle_values|color|size|material|model",
    ignore="group|tier_prices|store_view_code|attribute_set_code|product_type|product_websites|weight|product_online|tax_class_name|"
    "visibility|price|special_price|special_price_from_date|special_price_to_date|url_key|created_at|updated_at|new_from_date|"
    "new_to_date|display_product_options_in|map_price|msrp_price|map_enabled|gift_message_available|custom_design|custom_design_from|"
    "custom_design_to|custom_layout_update|page_layout|product_options_container|msrp_display_actual_price_type|"
    "country_of_manufacture|qty|out_of_stock_qty|use_config_min_qty|is_qty_decimal|allow_backorders|use_config_backorders|"
    "min_cart_qty|use_config_min_sale_qty|max_cart_qty|use_config_max_sale_qty|is_in_stock|notify_on_stock_below|"
    "use_config_notify_stock_qty|manage_stock|use_config_manage_stock|use_config_qty_increments|qty_increments|"
    "use_config_enable_qty_inc|enable_qty_increments|is_decimal_divided|website_id|deferred_stock_update|"
    "use_config_deferred_stock_update|related_skus|related_position|crosssell_skus|crosssell_position|upsell_skus|upsell_position|"
    "hide_from_product_page|bundle_price_type|bundle_sku_type|bundle_price_view|bundle_weight_type|bundle_shipment_type|"
    "configurable_variations|associated_skus|downloadable_samples",
)  # fmt: skip
_PAIR = re.compile(
    r"(?:^|(?<=,))\s*([A-Za-z_][\w-]*)=((?:\"(?:[^\"]|\"\")*\")|.*?)(?=,\s*[A-Za-z_][\w-]*=|$)", re.DOTALL
)
_OWN_FIELDS = {"brand": "brand", "manufacturer": "manufacturer"}


def _layout(head: Head) -> Layout | None:
    if not head.rows:
        return None
    header = [h.strip() for h in head.rows[0].cells]
    names = {h.lower() for h in header}
    if not ({"sku", "product_type"} <= names and {"attribute_set_code", "store_view_code", "product_websites"} & names):
        return None
    sku = [h.lower() for h in header].index("sku")
    columns = tuple(map(_column, header))
    reason = "its header has sku, product_type and attribute_set_code or product_websites"
    return Layout(reason, columns, head.rows[0].number + 1, key=sku, joins=_without(sku))


def _column(header: str) -> Column:
    low = header.lower()
    if low == "additional_attributes":
        return Column(header, "attributes", header, parts=_pairs)
    if low.startswith("attribute|"):
        code = re.search(r"attribute_code:([^|]+)", header)
        return Column(header, "attributes", code[1] if code else header)
    if low in ("downloadable_links", "downloadable_samples"):
        return Column(header, "attributes", header, parts=_titles)
    target = find(header, _OWN)
    return Column(header, target, header if target == "attributes" else None)


def _pairs(value: str) -> Iterator[Part]:
    """The parts of `name=value,name=value`; a brand or manufacturer among them is the product's."""
    found = list(_PAIR.finditer(value))
    if not found:
        yield Part("attributes", value, "additional_attributes")
    for one in found:
        name, text = one[1], one[2].strip().strip('"')
        yield Part(_OWN_FIELDS.get(name.lower(), "attributes"), text, None if name.lower() in _OWN_FIELDS else name)


def _titles(value: str) -> Iterator[Part]:
    """The titles among the settings of downloads."""
    for found in re.finditer(r"title=([^,|]+)", value):
        yield Part("attributes", found[1], "downloadable_links")


def _without(sku: int) -> Callable[[Sequence[str]], bool]:
    def joins(cells: Sequence[str]) -> bool:
        return sku < len(cells) and not cells[sku].strip()

    return joins


FORMAT = TableFormat(name="magento", title="Magento 2 product CSV", layout=_layout)
