"""The attributes of Google Merchant feeds, which Facebook catalogs share: one table for tables, RSS and Atom."""

from listing_preflight.readers.columns import table

NAMES = table(
    id="id|g:id", title="title|structured title", description="description|structured description|rich text description", brand="brand",
    category="google product category|product type|category|fb product category", url="link|mobile link|canonical link|ads redirect|url",
    image="image link|additional image link|lifestyle image link|image|image[].url|virtual model link",
    bullets="product highlight|short description|short title", attributes="color|size|material|pattern|mpn|item group title|style|"
    "product tags|product detail|certification|display ads title|marketing message|size system label|additional variant attribute|"
    "promotion title",
    ignore="price|sale price|sale price effective date|availability|availability date|condition|gtin|identifier exists|item group id|"
    "shipping|shipping weight|shipping length|shipping width|shipping height|shipping label|tax|tax category|quantity|gender|age group|"
    "adult|multipack|is bundle|energy efficiency class|min energy efficiency class|max energy efficiency class|custom label|"
    "unit pricing measure|unit pricing base measure|size type|size system|expiration date|cost of goods sold|installment|loyalty points|"
    "subscription cost|pause|excluded destination|included destination|transit time label|max handling time|min handling time|"
    "ships from country|quantity to sell on facebook|inventory|video[].url|video[].tag[]|product tags number|status|visibility|"
    "sell on google quantity|return policy label|origin country|commerce tax category|mobile link template|link template|"
    "shipping country|auto pricing min price|video link|disclosure|store code|currency|product weight|product length|product width|"
    "product height|ads grouping|ads labels|promotion id|delete|applinks",
)  # fmt: skip
SIGNS = frozenset({"imagelink", "availability", "googleproductcategory", "condition"})
"""Columns that such feeds have and other tables do not."""
