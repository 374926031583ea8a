"""Google Merchant feeds as tables: tab-separated or CSV, attribute names with underscores or spaces."""

import re

from listing_preflight.readers.columns import Column, Layout, find, fold_header
from listing_preflight.readers.formats.merchant_names import NAMES, SIGNS
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat

_INDEX = re.compile(r"\[\d*\]")
_FACEBOOK = frozenset({"fbproductcategory", "quantitytosellonfacebook"})


def column(header: str) -> Column:
    """A column of a merchant feed."""
    name = header.removeprefix("g:").removeprefix("g_")
    target = find(_INDEX.sub("", name), NAMES)
    return Column(header, target, name if target == "attributes" else None)


def _header(head: Head) -> tuple[list[str], set[str]]:
    header = [h.strip() for h in head.rows[0].cells] if head.rows else []
    return header, {fold_header(h.removeprefix("g:")) for h in header}


def is_facebook(head: Head) -> bool:
    """Whether the header is that of a Facebook catalog."""
    header, names = _header(head)
    merchant = {"id", "title", "imagelink"} <= names
    return merchant and bool(names & _FACEBOOK or any(_INDEX.search(h) for h in header))


def _layout(head: Head) -> Layout | None:
    header, names = _header(head)
    if not {"id", "title"} <= names or "imagelink" not in names or len(names & SIGNS) < 2 or is_facebook(head):
        return None
    reason = "its header has id, title, image_link and availability, as Google Merchant feeds do"
    return Layout(reason, tuple(map(column, header)), head.rows[0].number + 1)


FORMAT = TableFormat(name="google-merchant", title="Google Merchant feed (table)", layout=_layout)
