"""What an engine saw and where: evidence with no opinion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from listing_preflight.model.listing import Field

Step = Literal[
    "case", "width", "accent", "compat", "invisible", "bidi", "confusable", "leet", "separator", "join", "split",
    "plural", "edit", "phonetic", "alias", "html", "ocr", "hash", "features",
]  # fmt: skip
DISGUISES: frozenset[Step] = frozenset({"invisible", "bidi", "confusable", "leet", "compat", "width"})
"""Steps that a seller does not take by accident."""
Print = Literal["logo", "label", "table", "small"]
"""What printed letters are by their size and company: seen first, read on the goods, a line of a table, small print."""


class Place(NamedTuple):
    """Half-open span of code points in the seller's own value, or a box [x, y, w, h] in a picture as displayed.

    `height` is that of the letters as a share of the picture's longer side: a logo across the chest or small print.
    `crop` is the file under the folder of evidence that shows the place.
    """

    field: Field
    index: int = 0  # type: ignore[assignment]  # the report's word for it; nobody asks this tuple for tuple.index
    text: int = 0
    start: int = 0
    end: int = 0
    name: str | None = None
    path: str | None = None
    frame: int | None = None
    box: tuple[int, int, int, int] | None = None
    height: float | None = None
    print: Print | None = None
    crop: str | None = None


class Around(NamedTuple):
    """The folded words of the text that a hit stands in, and which of them are near it.

    Words `start` to `first` stand before the hit, `last` to `stop` after it; from `opens` and up to `closes` they are of its
    clause, from `begins` and up to `ends` of its paragraph.
    """

    words: Sequence[str] = ()
    start: int = 0
    first: int = 0
    last: int = 0
    stop: int = 0
    opens: int = 0
    closes: int = 0
    begins: int = 0
    ends: int = 0

    @property
    def clause(self) -> tuple[str, ...]:
        """The words of its whole clause, its own among them."""
        return tuple(self.words[max(self.opens, self.first - 80) : min(self.closes, self.last + 80)])

    @property
    def paragraph(self) -> tuple[str, ...]:
        """The words of its whole paragraph."""
        return tuple(self.words[self.begins : self.ends])

    @property
    def before(self) -> tuple[str, ...]:
        """The words before it."""
        return tuple(self.words[self.start : self.first])

    @property
    def after(self) -> tuple[str, ...]:
        """The words behind it."""
        return tuple(self.words[self.last : self.stop])

    @property
    def clause_before(self) -> tuple[str, ...]:
        """The words before it in its own clause."""
        return tuple(self.words[max(self.start, self.opens) : self.first])

    @property
    def clause_after(self) -> tuple[str, ...]:
        """The words behind it in its own clause."""
        return tuple(self.words[self.last : min(self.stop, self.closes)])

    def near(self, count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """At most so many words before it and behind it."""
        before = self.words[max(self.start, self.first - count) : self.first]
        return tuple(before), tuple(self.words[self.last : min(self.stop, self.last + count)])


class Hit(NamedTuple):
    """A name of a list seen in one place: `key` is the folded name, `form` the name or alias that matched.

    `common` says that the form is also an ordinary word; `before` and `after` are what a shopper
    reads around it, `around` the same as folded words.
    """

    key: str
    form: str
    common: bool
    kind: str
    place: Place
    seen: str
    steps: frozenset[Step]
    score: float
    before: str = ""
    after: str = ""
    around: Around = Around()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureMatch:
    """A known picture seen in a listing's picture: number `number` of the file `gallery`; `known_crop` is the file that shows it."""

    work: str
    list: str
    known: str
    place: Place
    method: str
    score: float
    alteration: str = "none"
    known_crop: str | None = None
    gallery: str = ""
    number: int = 0
