"""Objects of any shape: keys are read by what columns of that name are mostly called."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from listing_preflight.readers.carriers.json_values import Value
from listing_preflight.readers.columns import target_of
from listing_preflight.readers.draft import FACTS, IGNORE, UNREAD
from listing_preflight.readers.formats.table import PICTURE
from listing_preflight.readers.objects import Found, ObjectFormat, Plain, objects, scalars
from listing_preflight.readers.options import ReadOptions

_NO_TEXT = (None, IGNORE, "id", "marketplace", "category", *FACTS)
_INNER = ("value", "src", "url", "link", "name", "text")
MAX_DEPTH = 4


def _fits(values: Sequence[Value]) -> str | None:
    found = [o for v in values for o in _inside(v.value)]
    known = {k for o in found for k in o if target_of(str(k)) not in _NO_TEXT}
    return f"its objects have {', '.join(sorted(map(str, known))[:4])}" if known else None


def _inside(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The objects that look like listings, at the top or in the first lists that hold some."""
    for one in objects(value):
        if any(target_of(str(k)) == "title" and isinstance(v, str) for k, v in one.items()):
            yield one
        elif depth < MAX_DEPTH and (inner := _lists(one)):
            for found in inner:
                yield from _inside(found, depth + 1)
        elif any(target_of(str(k)) not in _NO_TEXT for k in one):
            yield one


def _lists(value: Mapping[str, Any]) -> list[Any]:
    return [
        v for v in value.values() if isinstance(v, Mapping) or (isinstance(v, list) and v and isinstance(v[0], dict))
    ]


def _listings(value: Value) -> Iterable[Found]:
    if value.key == "":
        return []  # what stands beside a list of listings
    found = [Found(o) for o in _inside(value.value)]
    return found or ([Found(value.value)] if isinstance(value.value, Mapping) else [Found({})])


def _cells(found: Found, options: ReadOptions) -> Iterator[Plain]:
    for key, value in found.value.items():
        if value is None:
            continue
        name = str(key)
        top = options.mapping.get(name) or target_of(name)
        if type(value) is str and top is not None:
            yield top, value, name, name if top == "attributes" else None
            continue
        for path, text in scalars(value, name):
            last = path.rpartition(".")[2].split("[")[0]
            inner = None if last == name or last in _INNER else target_of(last)
            pictured = "image" if PICTURE.match(text) else UNREAD
            target = options.mapping.get(path) or inner or top or pictured
            yield target, text, path, path if target == "attributes" else None


FORMAT = ObjectFormat(
    name="json",
    title="objects with known keys (JSON, JSON Lines, Parquet)",
    fits=_fits,
    listings=_listings,
    cells=_cells,
)
