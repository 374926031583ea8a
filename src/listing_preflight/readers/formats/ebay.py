"""eBay Seller Hub reports and File Exchange: parameters in the header, rows of variations under their item."""

import re
from collections.abc import Callable, Sequence

from listing_preflight.readers.columns import Column, Layout, find, table
from listing_preflight.readers.rows import Head, Row
from listing_preflight.readers.tables import TableFormat

_OWN = table(
    id="customlabel|custom label|custom label (sku)|sku", title="title", bullets="subtitle", description="description|condition description",
    brand="brand", image="picurl|item photo url|picture url|variation picture url|galleryurl", item_id="item number|itemid|item id|ebay item number",
    category="category name|ebay category 1 name|storecategory name", first_listed="start date|start time",
    attributes="relationshipdetails|relationship details|variation details|product:brand|product:mpn|shortdescription|conditiondescription|"
    "seo title",
    ignore="action|category|category id|category2|storecategory|storecategory2|relationship|scheduletime|schedule time|conditionid|"
    "condition id|condition|gallerytype|videoid|video id|format|duration|startprice|start price|buyitnowprice|buy it now price|"
    "best offer enabled|bestofferenabled|bestofferautoacceptprice|best offer auto accept price|minimumbestofferprice|"
    "minimum best offer price|quantity|location|shippingprofilename|shipping profile name|returnprofilename|return profile name|"
    "paymentprofilename|payment profile name|immediatepayrequired|immediate pay required|paypalaccepted|paypalemailaddress|"
    "dispatchtimemax|returnsacceptedoption|p:upc|p:ean|p:isbn|p:epid|product:upc|product:ean|product:isbn|product:epid|epid|"
    "available quantity|current price|sold quantity|watchers|listing site|ebay category 1 number|ebay category 2 number|"
    "variation details available|end date|currency|reserve price|cd:professional grader - (id: 27501)",
)  # fmt: skip
_DEFAULT = re.compile(r"^\*?([^=(]+?(?:\([^=]*?\))?)(?:=.*)?$")
_SITE = re.compile(r"siteid=([A-Za-z]+)|country=([A-Z]{2})", re.IGNORECASE)
_SITES = {
    "us": "ebay.com", "uk": "ebay.co.uk", "gb": "ebay.co.uk", "germany": "ebay.de", "de": "ebay.de", "france": "ebay.fr",
    "fr": "ebay.fr", "italy": "ebay.it", "it": "ebay.it", "spain": "ebay.es", "es": "ebay.es", "australia": "ebay.com.au",
    "au": "ebay.com.au", "canada": "ebay.ca", "ca": "ebay.ca", "netherlands": "ebay.nl", "nl": "ebay.nl", "poland": "ebay.pl",
    "pl": "ebay.pl", "austria": "ebay.at", "at": "ebay.at", "switzerland": "ebay.ch", "ch": "ebay.ch", "ireland": "ebay.ie",
    "ie": "ebay.ie",
}  # fmt: skip


def _layout(head: Head) -> Layout | None:
    row = next((r for r in head.rows[:8] if _is_header(r)), None)
    if row is None:
        return None
    header = [h.strip() for h in row.cells]
    names = [_plain(h) for h in header]
    low = [n.casefold() for n in names]
    columns = tuple(_column(h, n) for h, n in zip(header, names, strict=True))
    site = next((_SITES.get((m[1] or m[2]).casefold()) for m in map(_SITE.search, header) if m), None)
    joins = _joins(low)
    return Layout(
        f"row {row.number} holds eBay's columns", columns, row.number + 1, joins=joins, marketplace=site,
        assumed="ebay.com", inner_title="attributes", skip=_is_comment,
    )  # fmt: skip


def _is_header(row: Row) -> bool:
    cells = [c.strip() for c in row.cells]
    low = {_plain(c).casefold() for c in cells}
    if any(c.lstrip("*").lower().startswith("action(") for c in cells):
        return "title" in low or "customlabel" in low
    hub = {"title", "item photo url"} <= low or {"title", "custom label (sku)"} <= low or {"title", "picurl"} <= low
    return hub or ("title" in low and "*title" in {c.lower() for c in cells})


def _plain(header: str) -> str:
    """A header without its mark of duty and its default value."""
    found = _DEFAULT.match(header.strip())
    name = found[1] if found else header.strip()
    return "Action" if name.lower().lstrip("*").startswith("action(") else name.strip()


def _column(header: str, name: str) -> Column:
    low = name.casefold()
    if low in ("c:brand", "c:marke", "c:marque", "c:marca", "c:merk", "c:marka"):
        return Column(header, "brand")
    if low in ("c:manufacturer", "c:hersteller"):
        return Column(header, "manufacturer")
    if low.startswith(("c:", "cd:", "cda:")):
        return Column(header, "attributes", name.partition(":")[2])
    target = find(name, _OWN)
    return Column(header, target, name if target == "attributes" else None)


def _joins(low: Sequence[str]) -> Callable[[Sequence[str]], bool]:
    """Whether a row is a variation of the item above it: it says so, or it has no title."""
    relation = low.index("relationship") if "relationship" in low else None
    title = low.index("title") if "title" in low else None

    def joins(cells: Sequence[str]) -> bool:
        if relation is not None and relation < len(cells) and cells[relation].strip().casefold() == "variation":
            return True
        action = cells[0].strip().casefold() if cells else ""
        blank = title is not None and title < len(cells) and not cells[title].strip()
        return blank and not action.startswith(("add", "revise", "relist", "verify"))

    return joins


def _is_comment(cells: Sequence[str]) -> bool:
    return cells[0].lstrip().lower().startswith(("#info", "info,", "#")) if cells else False


FORMAT = TableFormat(name="ebay", title="eBay Seller Hub or File Exchange table", layout=_layout, short_rows=True)
