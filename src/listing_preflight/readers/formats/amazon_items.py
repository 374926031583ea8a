"""Amazon listings items (Selling Partner API) and JSON_LISTINGS_FEED: attributes by marketplace and language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from listing_preflight.readers.carriers.json_values import Value
from listing_preflight.readers.draft import IGNORE
from listing_preflight.readers.formats.amazon_names import MARKETPLACES, target
from listing_preflight.readers.objects import Cell, Found, ObjectFormat, scalars
from listing_preflight.readers.options import ReadOptions

MAX_DEPTH = 8
_BOOKKEEPING = frozenset({"language_tag", "marketplace_id", "unit", "currency", "type", "audience", "name_type"})
_DESCRIPTION_KEYS = ("swagger", "openapi")


def _is_item(value: object) -> bool:
    if not isinstance(value, Mapping) or not isinstance(value.get("sku"), str):
        return False
    return (
        isinstance(value.get("summaries"), list) or isinstance(value.get("attributes"), Mapping) or "patches" in value
    )


def _items(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The items in a response, wherever scripts have put it."""
    if _is_item(value):
        yield value, path
    elif depth < MAX_DEPTH and isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _items(inner, f"{path}.{key}" if path else str(key), depth + 1)
    elif depth < MAX_DEPTH and isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _items(inner, f"{path}[{at}]", depth + 1)


def _examples(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The example answers in a description of the interface."""
    if isinstance(value, Mapping) and depth < 10:
        for key, inner in value.items():
            if key == "examples":
                yield from (item for item, _ in _items(inner))
            elif key != "x-amzn-api-sandbox":
                yield from _examples(inner, depth + 1)


def _is_description(value: Any) -> bool:
    return isinstance(value, Mapping) and any(k in value for k in _DESCRIPTION_KEYS)


def _fits(values: Sequence[Value]) -> str | None:
    for one in values:
        if (
            one.key is not None
            and one.key.casefold() == "messages"
            and isinstance(one.value, Mapping)
            and "sku" in one.value
        ):
            return "its messages are those of a JSON_LISTINGS_FEED"
        if _is_description(one.value):
            return (
                "it describes the listings items interface; its examples are read"
                if any(_examples(one.value))
                else None
            )
        if any(True for _ in _items(one.value)):
            return "its objects have sku with summaries or attributes, as listings items do"
    return None


def _listings(value: Value) -> Iterable[Found]:
    if _is_description(value.value):
        return [f for item in _examples(value.value) for f in _offers(item, "")]
    found = [f for item, path in _items(value.value) for f in _offers(item, path)]
    feed = value.key is not None and value.key.casefold() == "messages"
    return found or ([] if value.key == "" or (feed and _is_silent(value.value)) else [Found({})])


def _is_silent(message: Any) -> bool:
    """A message that carries no wording: a deletion, or a change of price or stock."""
    return isinstance(message, Mapping) and "sku" in message


def _offers(item: Mapping[str, Any], path: str) -> Iterator[Found]:
    """An item once for each marketplace that it is offered on."""
    if not _wording(item):
        return
    sites = dict.fromkeys(
        str(s["marketplaceId"])
        for s in item.get("summaries") or ()
        if isinstance(s, Mapping) and s.get("marketplaceId")
    ) or dict.fromkeys(_sites(item))
    for site in sites or (None,):
        yield Found({**item, "_site": site} if site else item, path, MARKETPLACES.get(site or ""))


def _wording(item: Mapping[str, Any]) -> bool:
    return any(cell.target not in (IGNORE, "id", "category") for cell in _cells(Found(item), ReadOptions()))


def _sites(item: Mapping[str, Any]) -> Iterator[str]:
    for path, text in scalars(item.get("attributes"), ""):
        if path.endswith("marketplace_id"):
            yield text


def _cells(found: Found, options: ReadOptions) -> Iterator[Cell]:
    del options
    item, site = found.value, found.value.get("_site")
    prefix = f"{found.path}." if found.path else ""
    yield Cell("id", str(item.get("sku", "")), prefix + "sku")
    yield Cell("category", str(item.get("productType") or ""), prefix + "productType")
    attributes = item.get("attributes")
    if isinstance(attributes, Mapping):
        yield from _attributes(attributes, f"{prefix}attributes", site)
    for at, patch in enumerate(item.get("patches") or ()):
        if isinstance(patch, Mapping) and patch.get("op") in ("add", "replace", "merge"):
            name = str(patch.get("path", "")).rpartition("/")[2]
            yield from _attributes({name: patch.get("value")}, f"{prefix}patches[{at}].value", site, named=False)
    titled = isinstance(attributes, Mapping) and "item_name" in attributes
    for at, summary in enumerate(item.get("summaries") or ()):
        if isinstance(summary, Mapping) and (site is None or summary.get("marketplaceId") == site):
            yield from _summary(summary, f"{prefix}summaries[{at}]", titled=titled)


def _summary(summary: Mapping[str, Any], path: str, *, titled: bool) -> Iterator[Cell]:
    fields = {
        "itemName": IGNORE if titled else "title",
        "asin": "asin",
        "createdDate": "first_listed",
        "productType": "category",
    }
    for key, field in fields.items():
        if isinstance(summary.get(key), str):
            yield Cell(field, summary[key], f"{path}.{key}")
    picture = summary.get("mainImage")
    if isinstance(picture, Mapping) and isinstance(picture.get("link"), str):
        yield Cell("image", picture["link"], f"{path}.mainImage.link")


def _attributes(attributes: Mapping[str, Any], path: str, site: str | None, *, named: bool = True) -> Iterator[Cell]:
    for name, values in attributes.items():
        field = target(str(name))
        base = f"{path}.{name}" if named else path
        for at, value in enumerate(values if isinstance(values, list) else [values]):
            elsewhere = isinstance(value, Mapping) and site and value.get("marketplace_id") not in (None, site)
            if elsewhere:
                continue
            for where, text in scalars(value, f"{base}[{at}]" if isinstance(values, list) else base):
                if where.rpartition(".")[2] not in _BOOKKEEPING:
                    yield Cell(field, text, where, str(name) if field == "attributes" else None)


FORMAT = ObjectFormat(
    name="amazon-items",
    title="Amazon listings items or JSON_LISTINGS_FEED",
    fits=_fits,
    listings=_listings,
    cells=_cells,
)
