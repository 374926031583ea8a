"""What an engine saw and where: evidence with no opinion."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol, Self

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
    `crop` is the file under the folder of evidence that shows the place, `known` the list's picture that was found there: its gallery's file and its
    number in it.
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
    known: tuple[str, int] | None = None


class Around(NamedTuple):
    """The folded words of the text that a hit stands in, and which of them are near it.

    Words `start` to `first` stand before the hit, `last` to `stop` after it; from `opens` and up to `closes` they are of its
    clause, from `begins` and up to `ends` of its paragraph.
    """

    words: tuple[str, ...] = ()
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
        return self.words[max(self.opens, self.first - 80) : min(self.closes, self.last + 80)]

    @property
    def paragraph(self) -> tuple[str, ...]:
        """The words of its whole paragraph."""
        return self.words[self.begins : self.ends]

    @property
    def before(self) -> tuple[str, ...]:
        """The words before it."""
        return self.words[self.start : self.first]

    @property
    def after(self) -> tuple[str, ...]:
        """The words behind it."""
        return self.words[self.last : self.stop]

    @property
    def clause_before(self) -> tuple[str, ...]:
        """The words before it in its own clause."""
        return self.words[max(self.start, self.opens) : self.first]

    @property
    def clause_after(self) -> tuple[str, ...]:
        """The words behind it in its own clause."""
        return self.words[self.last : min(self.stop, self.closes)]

    def near(self, count: int) -> "Near":
        """At most so many words before it and behind it."""
        before = self.words[max(self.start, self.first - count) : self.first]
        return Near(self.first, before, self.words[self.last : min(self.stop, self.last + count)])


class Near(NamedTuple):
    """The folded words next to a hit, and how many of its text stand before it: all that most hits are asked for."""

    first: int
    before: tuple[str, ...]
    after: tuple[str, ...]


NOTHING_AROUND = Around()


class Shown(Protocol):
    """The text that a hit stands in: tells what is asked of the hit's place in it, most of which nobody ever asks."""

    def seen(self, at: Any) -> str:
        """What the seller wrote there."""
        ...

    def steps(self, at: Any) -> frozenset[Step]:
        """The steps from the listed name to that."""
        ...

    def before(self, at: Any) -> str:
        """What a shopper reads before it."""
        ...

    def after(self, at: Any) -> str:
        """What a shopper reads behind it."""
        ...

    def around(self, at: Any) -> Around:
        """The folded words around it."""
        ...

    def near(self, at: Any, count: int) -> Near:
        """At most so many words next to it."""
        ...

    def borders(self, at: Any) -> tuple[str, str]:
        """The characters next to it, empty at the text's ends."""
        ...


class Late(NamedTuple):
    """Where the parts of a hit are made when they are first asked for: the text, and the hit's place in its own terms."""

    text: Shown
    at: Any


class Hit:
    """A name of a list seen in one place: `key` is the folded name, `form` the name or alias that matched.

    `common` says that the form is also an ordinary word; `before` and `after` are what a shopper
    reads around it, `around` the same as folded words. A value that never changes: parts of it are made when they are first
    asked for, as nine of ten hits are ordinary words of which nobody asks more.
    """

    __slots__ = (
        "_after",
        "_around",
        "_before",
        "_late",
        "_seen",
        "_steps",
        "common",
        "form",
        "key",
        "kind",
        "place",
        "score",
    )

    def __init__(
        self, key: str, form: str, common: bool, kind: str, place: Place, seen: str | None = None,  # noqa: FBT001
        steps: frozenset[Step] | None = None, score: float = 1.0, before: str | None = "", after: str | None = "",
        around: Around | None = NOTHING_AROUND, late: Late | None = None,
    ) -> None:  # fmt: skip
        self.key, self.form, self.common, self.kind, self.place, self.score = key, form, common, kind, place, score
        self._seen, self._steps, self._before, self._after, self._around = seen, steps, before, after, around
        self._late = late

    @property
    def seen(self) -> str:
        """What the seller wrote there."""
        if self._seen is None:
            self._seen = self._where.text.seen(self._where.at)
        return self._seen

    @property
    def steps(self) -> frozenset[Step]:
        """The steps from the listed name to what is written."""
        if self._steps is None:
            self._steps = self._where.text.steps(self._where.at)
        return self._steps

    @property
    def before(self) -> str:
        """What a shopper reads before it."""
        if self._before is None:
            self._before = self._where.text.before(self._where.at)
        return self._before

    @property
    def after(self) -> str:
        """What a shopper reads behind it."""
        if self._after is None:
            self._after = self._where.text.after(self._where.at)
        return self._after

    @property
    def around(self) -> Around:
        """The folded words around it."""
        if self._around is None:
            self._around = self._where.text.around(self._where.at)
        return self._around

    def near(self, count: int) -> Near:
        """At most so many words next to it."""
        if self._around is None:
            return self._where.text.near(self._where.at, count)
        return self._around.near(count)

    @property
    def borders(self) -> tuple[str, str]:
        """The characters next to it, empty at the text's ends."""
        if self._before is None or self._after is None:
            return self._where.text.borders(self._where.at)
        return self._before[-1:], self._after[:1]

    @property
    def _where(self) -> Late:
        assert self._late is not None
        return self._late

    def _replace(self, *, place: Place | None = None, common: bool | None = None) -> Self:
        """The same hit at another place, or with another word on whether it is an ordinary word."""
        return type(self)(
            self.key, self.form, self.common if common is None else common, self.kind, place or self.place, self._seen,
            self._steps, self.score, self._before, self._after, self._around, self._late,
        )  # fmt: skip

    def _all(self) -> tuple[object, ...]:
        return (
            self.key, self.form, self.common, self.kind, self.place, self.seen, self.steps, self.score, self.before,
            self.after, self.around,
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hit) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash((self.key, self.form, self.kind, self.place))

    def __repr__(self) -> str:
        return f"Hit{self._all()!r}"

    def __reduce__(self) -> tuple[object, ...]:
        """Between processes a hit goes with all its parts made."""
        return type(self), self._all()


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
