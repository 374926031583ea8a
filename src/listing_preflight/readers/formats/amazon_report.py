"""Amazon listings reports of all generations: tab-separated, unquoted, often with cells missing at the end."""

from listing_preflight.readers.columns import Column, Layout, find, table
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_OWN = table(
    title="item-name|商品名|artikelname|artikelbezeichnung|nom de l'article|nombre del producto|nome dell'articolo",
    description="item-description|商品説明|artikelbeschreibung", id="seller-sku|出品者sku|händler-sku",
    attributes="item-note|コンディション説明", image="image-url|画像url", category="zshop-category1|zshop-browse-path",
    asin="asin1|asin 1", item_id="listing-id|出品id", first_listed="open-date|出品日",
    ignore="price|quantity|item-is-marketplace|product-id-type|zshop-shipping-fee|item-condition|zshop-storefront-feature|asin2|"
    "asin3|will-ship-internationally|expedited-shipping|zshop-boldface|product-id|bid-for-featured-placement|add-delete|"
    "pending-quantity|fulfillment-channel|merchant-shipping-group|optional-payment-type-exclusion|scheduled-delivery-sku-set|"
    "standard-price-point|product tax code|status|minimum order quantity|sell remainder|business price|quantity price type|"
    "quantity lower bound|quantity price|progressive price type|progressive lower bound|progressive price|価格|数量|"
    "フルフィルメント・チャンネル|ステータス|コンディション",
)  # fmt: skip


def _layout(head: Head) -> Layout | None:
    if not head.rows:
        return None
    header = [h.strip().strip('"') for h in head.rows[0].cells]
    low = {h.lower() for h in header}
    if not ({"item-name", "seller-sku"} <= low or {"商品名", "出品者sku"} <= low):
        return None
    columns = []
    for name in header:
        field = find(name, _OWN)
        columns.append(Column(name, field, name if field == "attributes" else None))
    reason = f"its header has item-name and seller-sku among {len(header)} columns"
    return Layout(reason, tuple(columns), head.rows[0].number + 1)


FORMAT = TableFormat(name="amazon-report", title="Amazon listings report", layout=_layout, short_rows=True)
