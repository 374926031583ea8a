"""Amazon listing templates: that of 2025 with attribute paths and settings, and the older one with three header rows."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs

from listing_preflight.readers.columns import Column, Layout
from listing_preflight.readers.formats.amazon_names import MARKETPLACES, target
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_PATH = re.compile(r"^(?P<name>[\w.]+)(?P<tags>(?:\[[^\]]*\])*)(?:#\d+)?(?:\.(?P<part>[\w.#]+))?$")
_SITE = re.compile(r"\[marketplace_id=(\w+)\]")
_SETTINGS = re.compile(r"^settings\d*=")
_NOT_TEXT = frozenset({"unit", "type", "currency", "language_tag", "marketplace_id", "start_at", "end_at"})


def _layout(head: Head) -> Layout | None:
    first = head.cells(1)
    start = next((c for c in first if c), "")
    if start.startswith("settings="):
        return _new(head, "".join(_SETTINGS.sub("", c) for c in first if c))
    return _old(head, first) if start.lower().startswith("templatetype=") else None


def _new(head: Head, settings: str) -> Layout | None:
    """The template of 2025: the settings say where the attribute paths and where the data stand."""
    told = {k: v[0] for k, v in parse_qs(settings).items()}
    paths = _number(told.get("attributeRow"), 5)
    header = [c.strip() for c in head.cells(paths)]
    if not any(header):
        return None
    sites = {m[1] for c in header for m in [_SITE.search(c)] if m}
    first = _number(told.get("dataRow"), paths + 3)
    site = MARKETPLACES.get(sites.pop()) if len(sites) == 1 else None
    columns = tuple(_path_column(c) for c in header)
    reason = f"its first cell holds an Amazon template's settings: attributes in row {paths}, data from row {first}"
    return Layout(reason, columns, first, marketplace=site)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 and int(text) > 0 else otherwise


def _path_column(path: str) -> Column:
    found = _PATH.match(path)
    if found is None:
        return Column(path, "ignore")
    name, part = found["name"], (found["part"] or "value").split("#")[0]
    field = target(name)
    if field == "attributes" and part.split(".")[-1] in _NOT_TEXT:
        field = "ignore"
    return Column(path, field, name if field == "attributes" else None)


def _old(head: Head, first: Sequence[str]) -> Layout | None:
    """The older template: settings, labels, then names; data begins in the fourth row."""
    names = [c.strip() for c in head.cells(3)]
    if "item_sku" not in names and "item_name" not in names:
        return None
    columns = tuple(_name_column(c) for c in names)
    kind = next((c for c in first if c.lower().startswith("templatetype=")), "")
    return Layout(f"its first cell says {kind[:40]!r} and its third row holds Amazon's names", columns, 4)


def _name_column(name: str) -> Column:
    field = target(name) if name else "ignore"
    return Column(name, field, name if field == "attributes" else None)


FORMAT = TableFormat(
    name="amazon-template", title="Amazon listing template", layout=_layout, short_rows=True, other_sheets=True
)
