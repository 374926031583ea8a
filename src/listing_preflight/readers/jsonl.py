"""Native listings: JSON Lines, one listing object a line (contract §2)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from listing_preflight.model.listing import Field, Gap, Listing, Origin, Picture, SellerClaim, Text
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Source, broken_bytes

NAME = "jsonl"
TITLE = "native listings, JSON Lines"
_SINGLE: tuple[Field, ...] = ("title", "description", "brand", "manufacturer", "search_terms")
UNSCANNED_ATTRIBUTES = frozenset({"asin", "item_id", "url", "first_listed"})
"""Attributes that readers fill with the marketplace's own facts; not seller wording."""
MAX_LINE = 32 << 20


class ListingError(ValueError):
    """What is wrong with one listing object; the message names the key."""


def recognises(source: Source) -> bool:
    """Whether the first line is, or begins like, an object of its own."""
    first = source.sample.lstrip().partition("\n")[0].strip()
    return first.startswith("{") and first != "{"


def columns(source: Source, options: ReadOptions) -> list[tuple[str, str]]:  # noqa: ARG001 - one signature for all
    """JSON Lines have keys, not columns."""
    return []


def read(source: Source, options: ReadOptions) -> Iterator[Listing | Gap]:
    """One listing or gap per line that is not blank."""
    with source.open() as text:
        for row, line in enumerate(text, 1):
            line = line.removeprefix("\ufeff") if row == 1 else line
            if line.strip():
                yield _line(line, Origin(file=source.shown, row=row), source, options)


def _line(line: str, origin: Origin, source: Source, options: ReadOptions) -> Listing | Gap:
    if len(line) > MAX_LINE:
        return Gap(kind="over-limit", detail=f"a line of {len(line)} characters; split it", origin=origin)
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as e:
        what = e.msg if isinstance(e, json.JSONDecodeError) else "nested too deeply or a number too long"
        return Gap(kind="bad-row", detail=f"not JSON: {what}; one listing object a line", origin=origin)
    if not isinstance(value, dict):
        return Gap(kind="bad-row", detail="not a JSON object; one listing object a line", origin=origin)
    try:
        return make_listing(value, origin, (source.folder, *options.image_roots), damaged=broken_bytes(line))
    except ListingError as e:
        return Gap(kind="bad-row", detail=str(e), origin=origin)


def make_listing(value: Mapping[str, Any], origin: Origin, roots: tuple[str, ...], *, damaged: bool = False) -> Listing:
    """A listing from its native form; ListingError where a key holds what it may not hold."""
    texts = [Text(field=f, value=v, html=f == "description", row=origin.row) for f in _SINGLE if (v := _text(value, f))]
    texts[1:1] = [
        Text(field="bullets", value=v, index=i, row=origin.row) for i, v in enumerate(_texts(value, "bullets"))
    ]
    texts += _attributes(value, origin.row)
    pictures = tuple(_picture(p, i, roots) for i, p in enumerate(_list(value, "images")))
    if not texts and not pictures:
        raise ListingError("a listing needs at least one text or image")
    identity = value.get("id")
    if identity is not None and not isinstance(identity, (str, int)):
        raise ListingError("id: must be text")
    gap = Gap(kind="bad-row", detail="bytes that are not of the file's encoding; give --encoding", origin=origin)
    return Listing(
        id=str(identity) if identity not in (None, "") else f"{origin.file}#{origin.row or 1}", origin=origin,
        marketplace=_text(value, "marketplace") or None, category=_text(value, "category") or None,
        texts=tuple(texts), pictures=pictures, seller=_seller(value), gaps=(gap,) if damaged else (),
    )  # fmt: skip


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        return str(found)
    if found is not None and not isinstance(found, str):
        raise ListingError(f"{key}: must be text, not {type(found).__name__}")
    return found or ""


def _list(value: Mapping[str, Any], key: str) -> list[Any]:
    found = value.get(key)
    if found is not None and not isinstance(found, list):
        raise ListingError(f"{key}: must be a list")
    return found or []


def _texts(value: Mapping[str, Any], key: str) -> list[str]:
    found = [value[key]] if isinstance(value.get(key), str) else _list(value, key)
    return [_text({key: item}, key) for item in found]


def _attributes(value: Mapping[str, Any], row: int | None) -> list[Text]:
    found = value.get("attributes")
    if found is None:
        return []
    if not isinstance(found, Mapping):
        raise ListingError("attributes: must be a mapping of names to texts")
    pairs = [(n, v) for n, vs in found.items() for v in (vs if isinstance(vs, list) else [vs])]
    scanned = [(n, _text({n: v}, n)) for n, v in pairs if n not in UNSCANNED_ATTRIBUTES and not isinstance(v, bool)]
    return [Text(field="attributes", value=v, index=i, name=n, row=row) for i, (n, v) in enumerate(scanned) if v]


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
