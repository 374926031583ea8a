"""A listing in the making: cells go in, each where it belongs; what every reader shares."""

import re
from collections.abc import Iterable

from listing_preflight.model.listing import Gap, Listing, Origin, Picture, Text

HTML_FIELDS = frozenset({"description", "bullets"})
FACTS = ("asin", "item_id", "url", "first_listed")
"""What the marketplace itself says of an offer; carried along, never scanned."""
TEXTS = frozenset({"title", "bullets", "description", "brand", "manufacturer", "search_terms", "attributes"})
TARGETS = ("id", "marketplace", "category", *sorted(TEXTS), "image", "ignore", *FACTS)
REWRITTEN = frozenset({"title", "bullets", "search_terms"})
"""Fields that rewrites are offered for; cells that repeat them are kept in mind."""
IGNORE, UNREAD = "ignore", "unread"
MOST_TEXTS = 20_000
"""Texts of one product; a file that gives one product more is damaged or hostile."""
Cell = tuple[str, str, str | None, int | None, str | None]
"""One cell: the field that it fills, its value, its column or path, its row, the name of an attribute."""
_SILENT = frozenset({IGNORE, UNREAD})
_tuple = tuple.__new__
_REMOTE = ("http://", "https://", "//", "data:")
_SEVERAL = re.compile(r"[\s|;,]")
_PARTS = re.compile(r"\s*[\n|;]\s*|\s*,\s*(?=https?://|//|[^,\s]+\.\w{2,4}\s*(?:,|$))|\s+(?=https?://)")


class Draft:
    """A listing in the making; cells are added in the order of the file. `number` is the id where there is no better one."""

    __slots__ = (
        "_counts", "_full", "_repeats", "_seen", "categories", "facts", "gaps", "id", "images", "marketplace", "number", "origin", "roots",
        "texts",
    )  # fmt: skip

    def __init__(self, origin: Origin, roots: tuple[str, ...]) -> None:
        self.origin, self.roots = origin, roots
        self.id = self.number = self.marketplace = ""
        self.categories: list[str] = []
        self.texts: list[Text] = []
        self.images: dict[str, None] = {}
        self.facts: dict[str, str] = {}
        self.gaps: list[Gap] = []
        self._counts: dict[str, int] = {}
        self._seen: dict[tuple[str, str | None, str], int] = {}
        self._repeats: list[tuple[int, int, str]] = []
        self._full = False

    def fill(self, cells: Iterable[Cell]) -> None:
        """Put cells where they belong; blank cells and repeated values of a field are nothing.

        One loop without calls for texts: this is where most of the time of reading goes.
        """
        texts, seen, counts = self.texts, self._seen, self._counts
        for target, value, column, row, name in cells:
            if not value or value.isspace():
                continue
            if target in TEXTS:
                key = (target, name, value)
                if key in seen:
                    self._again(key, row, column)
                elif len(texts) < MOST_TEXTS:
                    index = counts.get(target, 0)
                    counts[target] = index + 1
                    seen[key] = len(texts)
                    texts.append(_tuple(Text, (target, value, index, name, target in HTML_FIELDS, row, column)))
                else:
                    self._overflow()
            elif target == "id":
                self.id = self.id or value.strip()
            elif target == "image":
                self.images.update(dict.fromkeys(split_images(value)))
            elif target not in _SILENT:
                self._other(target, value.strip())

    def _other(self, target: str, value: str) -> None:
        if target == "category":
            self.categories += [value] if value not in self.categories else []
        elif target in FACTS:
            self.facts.setdefault(target, value)
        elif target in ("number", "marketplace"):
            setattr(self, target, getattr(self, target) or value)

    def _again(self, key: tuple[str, str | None, str], row: int | None, column: str | None) -> None:
        if key[0] in REWRITTEN and row and column and len(self._repeats) < MOST_TEXTS:
            self._repeats.append((self._seen[key], row, column))

    def _overflow(self) -> None:
        if not self._full:
            detail = f"more than {MOST_TEXTS:,} different texts in one product; the rest was not read"
            self.gaps.append(Gap(kind="over-limit", detail=detail, origin=self.origin))
        self._full = True

    def finish(self, assumed: str | None = None) -> Listing | None:
        """The listing, or None where nothing in it can be scanned; `assumed` is the marketplace where none is named."""
        if not self.texts and not self.images:
            return None
        roots = self.roots
        return Listing(
            id=self.id or self.number or f"{self.origin.file}#{self.origin.row}", origin=self.origin,
            marketplace=self.marketplace or assumed, category=" > ".join(self.categories) or None,
            texts=tuple(self.texts), pictures=tuple([picture(u, i, roots) for i, u in enumerate(self.images)]),
            gaps=tuple(self.gaps), facts=tuple(self.facts.items()), repeats=tuple(self._repeats),
        )  # fmt: skip


def picture(value: str, index: int, roots: tuple[str, ...]) -> Picture:
    """A picture by its address, or by its path under one of the roots."""
    remote = value[:8].lower().startswith(_REMOTE)
    return Picture(index, None, value, None, roots) if remote else Picture(index, value, None, None, roots)


def split_images(value: str) -> list[str]:
    """Addresses or paths of a cell that may hold several, separated by bars, semicolons, line breaks, commas or spaces."""
    text = value.strip()
    if text[:5].lower() == "data:" or _SEVERAL.search(text) is None:
        return [text]
    return [part.strip(" ,\"'") for part in _PARTS.split(text) if part and part.strip(" ,\"'")]


def clean(value: str) -> str:
    """A cell without its NUL characters."""
    return value.replace("\0", "")


_DETAILS = {
    "nul": "NUL bytes; the row was scanned without them",
    "more": "more cells than the header; quote cells that hold the delimiter",
    "quote": "a quote is opened and never closed; the rows after it may stand in this one",
    "fewer": "fewer cells than the header; cells that should be scanned are missing",
    "formula": "a formula without a stored value; open the workbook in a spreadsheet program and save it",
    "date": "a date or time in a column of words; the spreadsheet may have changed what was typed",
    "error": "a cell holds an error of the spreadsheet",
}


def nothing_in(what: str, draft: "Draft") -> Gap:
    """The gap in place of a product without text and picture, with what else reading met there: it may be why."""
    said = "; ".join([what, *dict.fromkeys(g.detail for g in draft.gaps)])
    return Gap(kind="bad-row", detail=said, origin=draft.origin)


def row_gaps(origin: Origin, faults: Iterable[str]) -> list[Gap]:
    """The gaps of one row: one for each fault that is there; a fault that is no code says itself what is wrong."""
    found = dict.fromkeys(faults)
    details = [*(_DETAILS[f] for f in _DETAILS if f in found), *(f for f in found if f not in _DETAILS)]
    return [Gap(kind="bad-row", detail=detail, origin=origin) for detail in details]
