"""Answers of eBay's Browse API: item summaries and items."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from listing_preflight.readers.carriers.json_values import Value
from listing_preflight.readers.draft import UNREAD
from listing_preflight.readers.objects import Cell, Found, ObjectFormat, scalars
from listing_preflight.readers.options import ReadOptions

_TEXTS = {
    "title": "title", "subtitle": "bullets", "shortDescription": "bullets", "description": "description", "brand": "brand",
    "color": "attributes", "material": "attributes", "pattern": "attributes", "size": "attributes", "mpn": "attributes",
    "categoryPath": "category", "conditionDescription": "attributes", "itemId": "id", "legacyItemId": "item_id",
    "itemOriginDate": "first_listed", "itemCreationDate": "first_listed", "listingMarketplaceId": "marketplace", "sku": "id",
}  # fmt: skip
_SILENT = frozenset(
    "adultOnly additionalImages ageGroup availableCoupons bidCount buyingOptions categories categoryId compatibilityMatch condition "
    "conditionDescriptors conditionId currentBidPrice distanceFromPickupLocation energyEfficiencyClass epid eligibleForInlineCheckout "
    "enabledForGuestCheckout estimatedAvailabilities gender gtin image immediatePay itemAffiliateWebUrl itemEndDate itemGroupHref "
    "itemGroupType itemHref itemLocation itemWebUrl leafCategoryIds localizedAspects lotSize marketingPrice minimumPriceToBid "
    "paymentMethods pickupOptions price primaryItemGroup primaryProductReviewRating priorityListing product qualifiedPrograms "
    "quantityLimitPerBuyer refurbishment reservePriceMet returnTerms reviewRating seller sellerItemRevision shipToLocations "
    "shippingOptions taxes thumbnailImages topRatedBuyingExperience tyreLabelImageUrl uniqueBidderCount unitPrice "
    "unitPricingMeasure watchCount warnings".split()
)
_SITES = {
    "EBAY_US": "ebay.com", "EBAY_GB": "ebay.co.uk", "EBAY_DE": "ebay.de", "EBAY_FR": "ebay.fr", "EBAY_IT": "ebay.it",
    "EBAY_ES": "ebay.es", "EBAY_AU": "ebay.com.au", "EBAY_CA": "ebay.ca", "EBAY_AT": "ebay.at", "EBAY_BE": "ebay.be",
    "EBAY_CH": "ebay.ch", "EBAY_IE": "ebay.ie", "EBAY_NL": "ebay.nl", "EBAY_PL": "ebay.pl", "EBAY_HK": "ebay.com.hk",
    "EBAY_SG": "ebay.com.sg", "EBAY_MOTORS_US": "ebay.com",
}  # fmt: skip


def _is_item(value: object) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("itemId"), str) and "title" in value


def _fits(values: Sequence[Value]) -> str | None:
    found = any(_is_item(o) for v in values for o in _inside(v.value))
    return "its objects have itemId and title, as answers of eBay's Browse API do" if found else None


def _inside(value: Any) -> Iterator[Any]:
    """Items, also those in a whole answer."""
    if isinstance(value, Mapping) and isinstance(value.get("itemSummaries"), list):
        yield from value["itemSummaries"]
    else:
        yield value


def _listings(value: Value) -> Iterable[Found]:
    if value.key == "":
        return []
    return [Found(o) if _is_item(o) else Found({}) for o in _inside(value.value)]


def _cells(found: Found, options: ReadOptions) -> Iterator[Cell]:
    del options
    item = found.value
    for key, value in item.items():
        if key in _TEXTS:
            field = _TEXTS[key]
            for path, text in scalars(value, key):
                shown = _SITES.get(text, text) if field == "marketplace" else text
                yield Cell(field, shown, path, key if field == "attributes" else None)
        elif key not in _SILENT:
            yield from (Cell(UNREAD, text, path) for path, text in scalars(value, key))
    yield from _pictures(item)
    yield from _categories(item)
    if isinstance(item.get("itemWebUrl"), str):
        yield Cell("url", item["itemWebUrl"].partition("?")[0], "itemWebUrl")
    for at, aspect in enumerate(item.get("localizedAspects") or ()):
        if isinstance(aspect, Mapping):
            yield Cell(
                "attributes", str(aspect.get("value", "")), f"localizedAspects[{at}].value", str(aspect.get("name"))
            )


def _pictures(item: Mapping[str, Any]) -> Iterator[Cell]:
    """The picture, else its thumbnail, and those beside it."""
    main = [item.get("image")] if item.get("image") else item.get("thumbnailImages") or []
    for key, pictures in (("image", main), ("additionalImages", item.get("additionalImages") or [])):
        for at, one in enumerate(pictures):
            if isinstance(one, Mapping) and isinstance(one.get("imageUrl"), str):
                yield Cell("image", one["imageUrl"], f"{key}[{at}].imageUrl")


def _categories(item: Mapping[str, Any]) -> Iterator[Cell]:
    """From the widest to the narrowest; the answer begins with the narrowest."""
    for one in reversed(item.get("categories") or []):
        if isinstance(one, Mapping):
            yield Cell("category", str(one.get("categoryName", "")), "categories[].categoryName")


FORMAT = ObjectFormat(
    name="ebay-browse", title="eBay Browse API answer", fits=_fits, listings=_listings, cells=_cells, assumed="ebay.com"
)
