"""The list of input formats, most particular first: a line and a module of `formats` each; it imports nothing, so that help is instant."""

from collections.abc import Mapping

MODULES: Mapping[str, str] = {
    "amazon-template": "amazon_template",
    "amazon-report": "amazon_report",
    "shopify": "shopify",
    "woocommerce": "woocommerce",
    "etsy": "etsy",
    "ebay": "ebay",
    "magento": "magento",
    "prestashop": "prestashop",
    "bigcommerce": "bigcommerce",
    "tiktok-shop": "tiktok",
    "facebook": "facebook",
    "google-merchant": "google_merchant",
    "amazon-items": "amazon_items",
    "ebay-browse": "ebay_browse",
    "walmart": "walmart",
    "jsonl": "native",
    "wxr": "wxr",
    "merchant-xml": "merchant_xml",
    "table": "table",
    "json": "objects_any",
}
