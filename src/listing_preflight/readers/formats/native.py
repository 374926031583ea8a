"""Native listings: one object a listing, in JSON Lines, a JSON list, or Parquet."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from listing_preflight.model.listing import Field, Gap, Listing, Note, Origin, Picture, SellerClaim, Text
from listing_preflight.readers import passing
from listing_preflight.readers.carriers.json_values import TWICE, Value, twice
from listing_preflight.readers.draft import FACTS
from listing_preflight.readers.look import Look
from listing_preflight.readers.notes import MOST, not_read
from listing_preflight.readers.objects import fault, objects, scalars
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.rows import holds_words
from listing_preflight.readers.source import Source
from listing_preflight.readers.tables import Shown

_SINGLE: tuple[Field, ...] = ("title", "description", "brand", "manufacturer", "search_terms")
_TEXT_KEYS = frozenset({*_SINGLE, "bullets", "attributes"})
KEYS = ("id", "marketplace", "category", *_SINGLE, "bullets", "attributes", "images", "seller")
NEAR: Mapping[str, str] = {
    "bullet_points": "bullets", "bullet_point": "bullets", "bullet": "bullets", "bulletPoints": "bullets", "features": "bullets",
    "key_features": "bullets", "item_highlights": "bullets", "title_differentiation": "bullets", "highlights": "bullets",
    "keywords": "search_terms", "tags": "search_terms", "search_term": "search_terms", "searchTerms": "search_terms",
    "generic_keyword": "search_terms", "generic_keywords": "search_terms", "backend_keywords": "search_terms",
    "name": "title", "product_name": "title", "item_name": "title", "product_title": "title", "desc": "description",
    "product_description": "description", "body_html": "description", "vendor": "brand", "brand_name": "brand",
    "maker": "manufacturer", "image": "images", "pictures": "images", "photos": "images", "image_urls": "images",
    "image_url": "images", "image_link": "images", "attribute": "attributes", "product_type": "category", "categories": "category",
    "sku": "id",
}  # fmt: skip
"""Keys that are nearly those of the native form and mean the same; they are read as if they were."""
LIKE = 0.82
"""How like a key must be to a native one to be refused as a slip: descripton 0.95, colour 0. Letters in another order are one too: titel."""


class ListingError(ValueError):
    """What is wrong with one listing object; the message names the key."""


def make_listing(value: Mapping[str, Any], origin: Origin, roots: tuple[str, ...], *, damaged: str = "") -> Listing:
    """A listing from its native form; ListingError where a key holds what it may not hold."""
    if key := twice(value):
        raise ListingError(f"{key}: stands twice, and all but the last would go unseen; keep one")
    value, paths = _with_near_keys(value)
    row = origin.row
    texts = [Text(f, v, 0, None, f == "description", row, paths.get(f, f)) for f in _SINGLE if (v := _text(value, f))]
    texts[1:1] = _bullets(value, paths.get("bullets", "bullets"), row)
    texts += _attributes(value, origin.row)
    pictures = tuple(_picture(p, i, roots) for i, p in enumerate(_list(value, "images")))
    if not texts and not pictures:
        raise ListingError("a listing needs at least one text or image")
    identity = value.get("id")
    if identity is not None and not isinstance(identity, (str, int)):
        raise ListingError("id: must be text")
    return Listing(
        id=str(identity) if identity not in (None, "") else f"{origin.file}#{origin.row or 1}", origin=origin,
        marketplace=_text(value, "marketplace") or None, category=_text(value, "category") or None,
        texts=tuple(texts), pictures=pictures, seller=_seller(value), gaps=tuple(_gaps(value, origin, damaged=damaged)),
        facts=_facts(value),
    )  # fmt: skip


def _with_near_keys(value: Mapping[str, Any]) -> tuple[Mapping[str, Any], dict[str, str]]:
    """The object with the values of near-miss keys under the keys that they mean, and where those stood."""
    near = [k for k in value if k in NEAR and NEAR[k] not in value]
    if not near:
        both = [k for k in value if k in NEAR and NEAR[k] in ("bullets", "search_terms")]
        if not both:
            return value, {}
        near = both
    out, paths = dict(value), {}
    for key in near:
        meant, found = NEAR[key], out.pop(key)
        if meant in ("images", "bullets") and not isinstance(found, list):
            found = [found] if found else []
        if meant in ("search_terms", "category") and isinstance(found, list):
            found = ", ".join(str(f) for f in found if isinstance(f, str | int | float))
        if meant not in out:
            out[meant], paths[meant] = found, key
        elif meant == "bullets":
            out[meant] = [*_texts(out, "bullets"), *found]
        elif meant == "search_terms" and isinstance(out[meant], str):
            out[meant] = f"{out[meant]}\n{found}"
    return out, paths


def _gaps(value: Mapping[str, Any], origin: Origin, *, damaged: str) -> Iterator[Gap]:
    if damaged:
        yield Gap(kind="bad-row", detail=damaged, origin=origin)
    for key in value:
        if key in KEYS or not isinstance(key, str):
            continue
        like = _meant(key.casefold())
        if like:
            yield Gap(kind="bad-row", detail=f"key {key!r} was not read; is {like!r} meant?", origin=origin)
    for name in _SINGLE:
        if isinstance(number := value.get(name), int | float):
            what = f"{name}: {str(number)[:40]} is a number, not text; it was scanned as it is read. Put it in quotation marks"
            yield Gap(kind="bad-row", detail=what, origin=origin, field=name, index=0)


def _meant(key: str) -> str | None:
    """The native key that another is a slip of: nearly the same, or its letters in another order."""
    like = difflib.get_close_matches(key, KEYS, 1, LIKE)
    turned = next((known for known in KEYS if len(known) > 2 and sorted(known) == sorted(key)), None)
    return like[0] if like else turned


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    if found is None or type(found) is str:
        return found or ""
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        try:
            return str(found)
        except ValueError:
            raise ListingError(f"{key}: a number too long") from None
    raise ListingError(f"{key}: must be text, not {type(found).__name__}")


def _list(value: Mapping[str, Any], key: str) -> list[Any]:
    found = value.get(key)
    if found is not None and not isinstance(found, list):
        raise ListingError(f"{key}: must be a list")
    return found or []


def _texts(value: Mapping[str, Any], key: str) -> list[str]:
    found = [value[key]] if isinstance(value.get(key), str) else _list(value, key)
    return [item if type(item) is str else _text({key: item}, key) for item in found]


def _bullets(value: Mapping[str, Any], column: str, row: int | None) -> list[Text]:
    found = _texts(value, "bullets")
    if isinstance(value.get("bullets"), str):
        return [Text("bullets", found[0], 0, None, False, row, column)] if found[0] else []
    return [Text("bullets", v, i, None, False, row, f"{column}[{i}]") for i, v in enumerate(found) if v]


def _pairs(value: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Name, text and path of every attribute; a list of values, or of name and value, is taken apart."""
    found = value.get("attributes")
    if isinstance(found, list):
        for at, one in enumerate(found):
            if not isinstance(one, Mapping):
                raise ListingError(f"attributes[{at}]: must have a name and a value")
            yield str(one.get("name") or "attribute"), _text(one, "value"), f"attributes[{at}].value"
        return
    if found is not None and not isinstance(found, Mapping):
        raise ListingError("attributes: must be a mapping of names to texts")
    for name, inner in (found or {}).items():
        several = inner if isinstance(inner, list) else None
        for at, one in enumerate(several if several is not None else [inner]):
            if not isinstance(one, bool):
                path = f"attributes.{name}" + (f"[{at}]" if several is not None else "")
                yield str(name), _text({name: one}, name), path


def _attributes(value: Mapping[str, Any], row: int | None) -> list[Text]:
    if not value.get("attributes"):
        return []
    scanned = [(n, v, path) for n, v, path in _pairs(value) if n not in FACTS and v]
    return [Text("attributes", v, i, n, False, row, path) for i, (n, v, path) in enumerate(scanned)]


def _facts(value: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((n, v) for n, v, _ in _pairs(value) if n in FACTS and v) if value.get("attributes") else ()


def _picture(value: object, index: int, roots: tuple[str, ...]) -> Picture:
    if isinstance(value, str):
        remote = value.startswith(("http://", "https://"))
        return Picture(index=index, url=value, roots=roots) if remote else Picture(index=index, path=value, roots=roots)
    if not isinstance(value, Mapping):
        raise ListingError(f"images[{index}]: must be a mapping with path, url or text")
    path, url, text = (_text(value, k) or None for k in ("path", "url", "text"))
    if not (path or url or text):
        raise ListingError(f"images[{index}]: needs a path, url or text")
    return Picture(index=index, path=path, url=url, text=text, roots=roots)


def _seller(value: Mapping[str, Any]) -> SellerClaim:
    found = value.get("seller")
    if found is None:
        return SellerClaim()
    if not isinstance(found, Mapping):
        raise ListingError("seller: must be a mapping with own_brands or authorised")
    return SellerClaim(own_brands=tuple(_texts(found, "own_brands")), authorised=tuple(_texts(found, "authorised")))


class _Native:
    """The reader of the native form; it alone refuses single keys, so it is no ObjectFormat."""

    name = "jsonl"
    title = "native listings, JSON Lines"

    def recognises(self, seen: Look) -> str | None:
        """Whether the first objects have native keys, or the lines are objects of a kind that nothing else knows."""
        found = [o for v in seen.values if not v.fault for o in objects(v.value)]
        native = any(_is_native(o) for o in found)
        if native:
            return "its objects have the keys of the native form"
        return None

    def columns(self, seen: Look, options: ReadOptions) -> list[Shown]:
        """The keys of the first objects."""
        del options
        keys = dict.fromkeys(k for v in seen.values for o in objects(v.value) for k in o)
        return [Shown(header=str(k), reading=_reading(str(k))) for k in keys]

    def read(self, source: Source, seen: Look, options: ReadOptions) -> Iterator[Listing | Gap | Note]:
        """One listing or gap an object."""
        roots = (source.folder, *options.image_roots)
        unread: dict[str, None] = {}
        for value in passing.values(source, seen, options):
            if isinstance(value, Listing):
                yield value
                continue
            if value.fault:
                yield fault(value, source)
                continue
            yield _one(value, source, roots)
            if isinstance(value.value, dict) and len(unread) < MOST:
                unread.update(dict.fromkeys(unread_keys(value.value)))
        if unread:
            yield not_read(list(unread), source.shown)


def _reading(key: str) -> str:
    if key in KEYS:
        return key if key in _TEXT_KEYS or key in ("id", "marketplace", "category") else "(used)"
    return NEAR.get(key, "(not read)")


def unread_keys(value: Mapping[str, Any]) -> list[str]:
    """Keys of an object that hold words and are none of a native listing's."""
    return [k for k, v in value.items() if k not in KEYS and _is_unread(k, v)]


def _is_unread(key: str, value: object) -> bool:
    if key in NEAR or key == TWICE:
        return False
    return holds_words(value) if isinstance(value, str) else any(holds_words(t) for _, t in scalars(value, key))


def _is_native(value: Mapping[str, Any]) -> bool:
    """Whether an object looks native: its keys are, and what they hold is of the native kinds."""
    if not (_TEXT_KEYS | {"images"}) & set(value):
        return False
    own = sum(1 for k in value if k in KEYS)
    nested = [v for k, v in value.items() if k not in ("attributes", "images", "seller") and isinstance(v, dict)]
    return not nested and 2 * own >= len(value) and not any(k in value for k in ("image_link", "sale_price", "slug"))


def _one(value: Value, source: Source, roots: tuple[str, ...]) -> Listing | Gap:
    origin = Origin(file=source.shown, row=value.row)
    if not isinstance(value.value, dict):
        return Gap(kind="bad-row", detail="not a JSON object; one listing object a line", origin=origin)
    try:
        return make_listing(value.value, origin, roots, damaged=value.broken)
    except ListingError as e:
        return Gap(kind="bad-row", detail=str(e), origin=origin)


def keys_of(seen: Sequence[Value]) -> frozenset[str]:
    """The keys of the first objects."""
    return frozenset(str(k) for v in seen for o in objects(v.value) for k in o)


FORMAT = _Native()
