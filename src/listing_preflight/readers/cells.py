"""Build a listing from named cells: what every reader of a table shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from listing_preflight.model.listing import Field, Gap, Listing, Origin, Picture, Text

HTML_FIELDS = frozenset({"description", "bullets"})
TARGETS = (
    "id", "marketplace", "category", "title", "bullets", "description", "brand", "manufacturer", "search_terms",
    "attributes", "image", "ignore",
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A listing in the making; cells are added in the order of the file."""

    origin: Origin
    roots: tuple[str, ...]
    id: str = ""
    marketplace: str = ""
    categories: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    def add(self, target: str, value: str, *, column: str, row: int, name: str | None = None) -> None:
        """Put one cell where it belongs; blank cells and repeated attribute values are nothing."""
        if not value.strip() or target == "ignore":
            return
        if target in ("id", "marketplace"):
            setattr(self, target, getattr(self, target) or value.strip())
        elif target == "category":
            self.categories += [value.strip()] if value.strip() not in self.categories else []
        elif target == "image":
            self.images += [u for u in split_images(value) if u not in self.images]
        else:
            self._add_text(target, value, column, row, name)

    def _add_text(self, target: str, value: str, column: str, row: int, name: str | None) -> None:
        chosen: Field = target  # type: ignore[assignment]
        same = [t for t in self.texts if t.field == chosen]
        if any(t.value == value and t.name == name for t in same):
            return
        self.texts.append(
            Text(field=chosen, value=value, index=len(same), name=name, html=chosen in HTML_FIELDS, row=row, column=column)
        )  # fmt: skip

    def finish(self) -> Listing | None:
        """The listing, or None where nothing in it can be scanned."""
        if not self.texts and not self.images:
            return None
        pictures = tuple(_picture(u, i, self.roots) for i, u in enumerate(self.images))
        return Listing(
            id=self.id or f"{self.origin.file}#{self.origin.row}", origin=self.origin,
            marketplace=self.marketplace or None, category=" > ".join(self.categories) or None,
            texts=tuple(self.texts), pictures=pictures, gaps=tuple(self.gaps),
        )  # fmt: skip


def _picture(value: str, index: int, roots: tuple[str, ...]) -> Picture:
    remote = value.lower().startswith(("http://", "https://", "//"))
    return Picture(index=index, url=value, roots=roots) if remote else Picture(index=index, path=value, roots=roots)


def split_images(value: str) -> list[str]:
    """Addresses or paths of a cell that may hold several, separated by commas, bars, semicolons or spaces."""
    text = value.strip()
    parts = [p.strip() for p in text.replace("|", "\n").replace(";", "\n").splitlines()]
    out = [u for p in parts for u in (p.split(",") if "," in p and p.count("://") != 1 else [p])]
    return [u.strip() for u in out if u.strip()]


def clean(value: str) -> str:
    """A cell without its NUL characters."""
    return value.replace("\0", "")


def row_gaps(origin: Origin, cells: Iterable[str], broken: Mapping[str, bool]) -> list[Gap]:
    """The gaps of one row: one for each fault that is there."""
    details = {
        "nul": "NUL bytes; the row was scanned without them",
        "bytes": "bytes that are not of the file's encoding; give --encoding",
        "more": "more cells than the header; quote cells that hold the delimiter",
        "quote": "a quote is opened and never closed; the rows after it may stand in this one",
        "fewer": "fewer cells than the header; cells that should be scanned are missing",
    }
    faults = {**broken, "nul": any("\0" in c for c in cells)}
    return [Gap(kind="bad-row", detail=details[f], origin=origin) for f in details if faults.get(f)]
