"""Facebook and Instagram catalogs: the attributes of merchant feeds and some of their own."""

from listing_preflight.readers.columns import Layout
from listing_preflight.readers.formats.google_merchant import column, is_facebook
from listing_preflight.readers.rows import Head
from listing_preflight.readers.tables import TableFormat


def _layout(head: Head) -> Layout | None:
    if not is_facebook(head):
        return None
    columns = tuple(column(h.strip()) for h in head.rows[0].cells)
    reason = "its header has id, title, image_link and columns that only Facebook catalogs have"
    return Layout(reason, columns, head.rows[0].number + 1)


FORMAT = TableFormat(name="facebook", title="Facebook catalog", layout=_layout)
