"""A listing as a seller would publish it, every text with the cell that it came from."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Field = Literal["title", "bullets", "description", "brand", "manufacturer", "search_terms", "attributes", "image"]
GapKind = Literal[
    "unreadable", "unsupported", "missing", "engine-absent", "crashed", "timed-out", "over-limit",
    "outside-root", "not-fetched", "bad-row", "changed", "stale-list",
]  # fmt: skip
FIELDS: tuple[Field, ...] = (
    "title", "bullets", "description", "brand", "manufacturer", "search_terms", "attributes", "image",
)  # fmt: skip


class Origin(NamedTuple):
    """Where something was read: the file as the user named it, 1-based row, sheet, column header."""

    file: str
    row: int | None = None
    sheet: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something asked for that could not be checked; it makes its listing, or the run, incomplete."""

    kind: GapKind
    detail: str
    origin: Origin | None = None
    field: Field | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A file inside a scanned folder that is neither listings nor a picture: counted, not a gap."""

    origin: Origin
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something told once a file that makes nothing incomplete: columns with text that no field is read from, mended damage.

    `told`: standard error has said so already.
    """

    origin: Origin
    detail: str
    columns: tuple[str, ...] = ()
    told: bool = False


class Text(NamedTuple):
    """One text value exactly as the seller wrote it; `html` says whether markup in it is markup."""

    field: Field
    value: str
    index: int = 0  # type: ignore[assignment]  # hides the method of tuples
    name: str | None = None
    html: bool = False
    row: int | None = None
    column: str | None = None


class Picture(NamedTuple):
    """One product picture: a path under one of `roots`, an address, or text known to be in it."""

    index: int  # type: ignore[assignment]  # hides the method of tuples
    path: str | None = None
    url: str | None = None
    text: str | None = None
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerClaim:
    """What the listing itself says about its seller's rights, without proof."""

    own_brands: tuple[str, ...] = ()
    authorised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One product offer on one marketplace, as one reader found it.

    `facts` are what the marketplace itself says (asin, item_id, url, first_listed): carried along, never scanned.
    `repeats` are cells that say again what a text says, where several rows are one product: number of the text, row, column.
    """

    id: str
    origin: Origin
    marketplace: str | None = None
    category: str | None = None
    texts: tuple[Text, ...] = ()
    pictures: tuple[Picture, ...] = ()
    seller: SellerClaim = SellerClaim()
    gaps: tuple[Gap, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    repeats: tuple[tuple[int, int, str], ...] = ()

    def first(self, name: Field) -> str:
        """The first value of a field, or an empty string."""
        return next((t.value for t in self.texts if t.field == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing(Listing):
    """A listing that nothing looked for can stand in: its texts were seen and are not held, only what others need of them.

    `title` is its title, `paragraphs` are the numbers of those that are counted.
    """

    title: str
    paragraphs: tuple[int, ...] = ()
