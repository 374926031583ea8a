"""What Amazon calls its attributes, and which field each fills: one table for templates, feeds and listings items."""

import re

from listing_preflight.readers.columns import table

NAMES = table(
    id="contribution_sku|item_sku|sku|seller sku|seller-sku", title="item_name|item-name|title",
    bullets="bullet_point|bullet points|key product features|item_highlights|item highlights|title_differentiation",
    description="product_description|item-description|description", brand="brand|brand_name",
    manufacturer="manufacturer", search_terms="generic_keyword|generic_keywords|search_terms|platinum_keywords|keywords",
    category="product_type|feed_product_type|item_type|item_type_keyword|item_type_name|recommended_browse_nodes",
    image="main_product_image_locator|other_product_image_locator|swatch_product_image_locator|main_offer_image_locator|"
    "other_offer_image_locator|main_image_url|other_image_url|swatch_image_url|image_locator",
    ignore="record_action|update_delete|parent_child|parentage_level|parent_sku|child_parent_sku_relationship|relationship_type|"
    "variation_theme|external_product_id|external_product_id_type|externally_assigned_product_identifier|product_id_type|"
    "product_id_value|supplier_declared_has_product_identifier_exemption|merchant_suggested_asin|skip_offer|condition_type|"
    "list_price|standard_price|purchasable_offer|price|quantity|currency|product_tax_code|merchant_release_date|"
    "product_site_launch_date|max_order_quantity|gift_options|offering_can_be_gift_messaged|offering_can_be_giftwrapped|"
    "fulfillment_availability|fulfillment_center_id|fulfillment_latency|merchant_shipping_group|merchant_shipping_group_name|"
    "restock_date|sale_price|sale_from_date|sale_end_date|business_price|package_level|package_contains_sku|unspsc_code|"
    "national_stock_number|number_of_items|item_package_quantity|item_dimensions|item_package_dimensions|item_package_weight|"
    "item_weight|website_shipping_weight|batteries_required|batteries_included|is_expiration_dated_product|country_of_origin|"
    "supplier_declared_dg_hz_regulation|ghs|hazmat|safety_data_sheet_url|epr_product_packaging|list_price_with_tax|"
    "video_url|product_compliance_certificate|uvp_list_price|map_price|target_gender|cpsia_cautionary_statement",
    asin="asin|asin1", first_listed="open-date|created date",
)  # fmt: skip
_NUMBER = re.compile(r"[_#-]?\d+$")
MARKETPLACES = {
    "ATVPDKIKX0DER": "amazon.com", "A2EUQ1WTGCTBG2": "amazon.ca", "A1AM78C64UM0Y8": "amazon.com.mx",
    "A2Q3Y263D00KWC": "amazon.com.br", "A1RKKUPIHCS9HS": "amazon.es", "A1F83G8C2ARO7P": "amazon.co.uk",
    "A13V1IB3VIYZZH": "amazon.fr", "AMEN7PMS3EDWL": "amazon.com.be", "A1805IZSGTT6HS": "amazon.nl",
    "A1PA6795UKMFR9": "amazon.de", "APJ6JRA9NG5V4": "amazon.it", "A2NODRKZP88ZB9": "amazon.se",
    "AE08WJ6YKNBMC": "amazon.co.za", "A1C3SOZRARQ6R3": "amazon.pl", "ARBP9OOSHTCHU": "amazon.eg",
    "A33AVAJ2PDY3EV": "amazon.com.tr", "A17E79C6D8DWNP": "amazon.sa", "A2VIGQ35RCS4UG": "amazon.ae",
    "A21TJRUUN4KGV": "amazon.in", "A19VAU5U5O7RUS": "amazon.sg", "A39IBJ37TRP1C6": "amazon.com.au",
    "A1VC38T7YXB528": "amazon.co.jp", "A28R8C7NBKEWEA": "amazon.ie",
}  # fmt: skip
"""Marketplace ids of the Selling Partner API; source: developer-docs.amazon.com/sp-api/docs/marketplace-ids, seen 2026-11-29."""


def target(attribute: str) -> str:
    """The field of an attribute name; one that is not in the table holds text of the offer."""
    name = attribute.strip().casefold()
    bare = _NUMBER.sub("", name)
    found = NAMES.get(_key(name)) or NAMES.get(_key(bare))
    return found or ("ignore" if bare.startswith(("amzn1.", "offer_", "is_")) else "attributes")


def _key(name: str) -> str:
    return "".join(c for c in name if c.isalnum())
