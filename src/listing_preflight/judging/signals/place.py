"""Where a name stands: the field, the first place of a title, an address, a picture's print."""

import re
from collections.abc import Sequence

from listing_preflight.judging import statements
from listing_preflight.judging.grammar import words
from listing_preflight.judging.mention import Mentioned

_RUN_BEFORE, _RUN_AFTER = re.compile(r"[^\s,;|]*$"), re.compile(r"^[^\s,;|]*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w-]+\.\w|[\w.+-]+@[\w-]+\.\w", re.IGNORECASE)
_SCHEME = re.compile(r"https?:|www\.|://|@", re.IGNORECASE)
_PATH = re.compile(r"^[\w-]*\.[a-z]{2,}(?:\.[a-z]{2})?(?:/|\b)", re.IGNORECASE)
NAMING = frozenset({"title", "brand", "search_terms"})
"""Fields in which a bare domain ("name.com shoes") names the goods all the same."""


def in_title(m: Mentioned) -> bool:
    """Whether it stands in the title."""
    return m.hit.place.field == "title"


def in_brand_field(m: Mentioned) -> bool:
    """Whether it stands in the brand field."""
    return m.hit.place.field == "brand"


def in_search_terms(m: Mentioned) -> bool:
    """Whether it stands among search terms, tags or keywords."""
    return m.statement.role == "keywords"


def in_description(m: Mentioned) -> bool:
    """Whether it stands in the description."""
    return m.hit.place.field == "description"


def in_text(m: Mentioned) -> bool:
    """Whether it stands in running text."""
    return m.hit.place.field in ("description", "bullets")


def quoted(m: Mentioned) -> bool:
    """Whether the name alone stands between quotation marks."""
    return m.hit.before[-1:] in _OPENS and m.hit.after[:1] in _CLOSES and bool(m.hit.before) and bool(m.hit.after)


_OPENS, _CLOSES = frozenset("«„“”\"「『《'‘"), frozenset("»“”\"」』》'’")


def leads_title(m: Mentioned) -> bool:
    """Whether nothing but figures stands before it in the title, as a brand stands."""
    return m.hit.place.field == "title" and all(w.isdigit() for w in m.hit.around.before)


def leads_title_but_names(m: Mentioned) -> bool:
    """Whether only figures, other names and the seller's own brand stand before it in the title."""
    own = frozenset(words(m.scene.listing.first("brand")))
    return m.hit.place.field == "title" and _only(m.hit.around.before, m.scene.names | own)


def first_but_names(m: Mentioned) -> bool:
    """Whether only figures and names of the lists stand before it in the title, not the seller's own brand."""
    return m.hit.place.field == "title" and _only(m.hit.around.before, m.scene.names)


def _only(tokens: Sequence[str], known: frozenset[str]) -> bool:
    return all(any(c.isdigit() for c in w) or w in known for w in tokens)


def in_address(m: Mentioned) -> bool:
    """Whether it is part of a URL, an e-mail address or a handle."""
    before, after = _run(m)
    if m.hit.place.field in NAMING:
        return _ADDRESS.search(before + m.hit.seen + after) is not None
    if _SCHEME.search(before) or _SCHEME.search(after):
        return True
    return bool(_PATH.match(after)) and ("/" in after[:24] or after[:1] == ".")


def _run(m: Mentioned) -> tuple[str, str]:
    """The characters before and behind a name up to the next white space."""
    before, after = m.hit.before, m.hit.after
    return _found(_RUN_BEFORE, before, before[-1:]), _found(_RUN_AFTER, after, after[:1])


def _found(pattern: re.Pattern[str], text: str, edge: str) -> str:
    """What a pattern finds at the edge of a text; nothing where white space or a comma stands there, as mostly."""
    found = None if edge in _EDGES else pattern.search(text)
    return found.group() if found else ""


_EDGES = frozenset(("", " ", "\n", ",", ";", "|"))


def in_picture(m: Mentioned) -> bool:
    """Whether it stands in a picture."""
    return m.hit.place.field == "image"


def in_small_print(m: Mentioned) -> bool:
    """Whether it stands in the small print of a picture."""
    return m.hit.place.print == "small"


def in_table(m: Mentioned) -> bool:
    """Whether it stands in a table of a picture."""
    return m.hit.place.print == "table"


def in_style_slot(m: Mentioned) -> bool:
    """Whether it stands as a colour, pattern or style: in an attribute or variant that tells one."""
    return statements.is_style_attribute(m.hit)


SIGNALS = {
    "in-title": in_title, "in-brand-field": in_brand_field, "in-search-terms": in_search_terms,
    "in-description": in_description, "in-text": in_text, "leads-title": leads_title, "leads-title-but-names": leads_title_but_names,
    "first-but-names": first_but_names, "quoted": quoted,
    "in-address": in_address, "in-picture": in_picture, "in-small-print": in_small_print, "in-table": in_table, "in-style-slot": in_style_slot,
}  # fmt: skip
