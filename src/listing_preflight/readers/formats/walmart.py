"""Walmart item feeds (MPItem of all versions) and answers of its items interface."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from listing_preflight.readers.carriers.json_values import Value
from listing_preflight.readers.columns import fold_header
from listing_preflight.readers.draft import IGNORE
from listing_preflight.readers.objects import Cell, Found, ObjectFormat, scalars
from listing_preflight.readers.options import ReadOptions

_FIELDS = {fold_header(k): v for k, v in {
    "sku": "id", "productName": "title", "shortDescription": "description", "longDescription": "description",
    "siteDescription": "description", "keyFeatures": "bullets", "features": "bullets", "brand": "brand", "manufacturer": "manufacturer",
    "mainImageUrl": "image", "productSecondaryImageURL": "image", "additionalAssetUrl": "image", "swatchImageUrl": "image",
    "keywords": "search_terms", "productType": "category", "subCategory": "category", "shelf": "category", "wpid": "item_id", "itemId": "item_id",
}.items()}  # fmt: skip
_SILENT = frozenset(map(fold_header, (
    "productIdType productId gtin upc price currency ShippingWeight measure unit MustShipAlone fulfillmentLagTime stateRestrictions "
    "electronicsIndicator batteryTechnologyType chemicalAerosolPesticide shipsInOriginalPackaging startDate endDate specProductType "
    "isPrimaryVariant variantGroupId variantAttributeNames swatchVariantAttribute releaseDate mart availability publishedStatus "
    "lifecycleStatus processMode condition multipackQuantity countPerPack count isProp65WarningRequired smallPartsWarnings hasWarranty "
    "ageGroup gender countryOfOriginAssembly productTaxCode msrp MinimumAdvertisedPrice ProductIdUpdate SkuUpdate externalProductIdType"
).split()))  # fmt: skip


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping) and isinstance(inner := value.get("MPItem") or value.get("ItemResponse"), list):
        yield from inner
    else:
        yield value


def _is_item(value: object) -> bool:
    return isinstance(value, Mapping) and (
        ("Orderable" in value and "Visible" in value) or "MPProduct" in value or {"mart", "wpid"} <= set(value)
    )


def _fits(values: Sequence[Value]) -> str | None:
    found = any(_is_item(o) for v in values for o in _inside(v.value))
    return "its objects have Orderable and Visible parts, as Walmart's item feed does" if found else None


def _listings(value: Value) -> Iterable[Found]:
    if value.key == "":
        return []
    return [Found(o if isinstance(o, Mapping) else {}) for o in _inside(value.value)]


def _cells(found: Found, options: ReadOptions) -> Iterator[Cell]:
    del options
    visible = found.value.get("Visible")
    if isinstance(visible, Mapping):
        yield from (
            Cell("category", str(kind), "Visible") for kind, inner in visible.items() if isinstance(inner, Mapping)
        )
    for path, text in scalars(found.value, ""):
        keys = [k.split("[")[0] for k in path.split(".")]
        own = [k for k in keys if k not in ("value", "Orderable", "Visible", "MPProduct", "category")]
        field = next((f for k in reversed(own) if (f := _field(k))), "attributes")
        yield Cell(field, text, path, own[-1] if own and field == "attributes" else None)


def _field(key: str) -> str | None:
    folded = fold_header(key)
    return IGNORE if folded in _SILENT else _FIELDS.get(folded)


FORMAT = ObjectFormat(
    name="walmart", title="Walmart item feed", fits=_fits, listings=_listings, cells=_cells, assumed="walmart.com"
)
