"""One mention of one mark, asked for its signals; each is looked for when a row first asks for it."""

from collections.abc import Callable, Mapping

from listing_preflight.judging.grammar import Spoken
from listing_preflight.judging.scene import Named, Scene, Told
from listing_preflight.model.finding import Reason
from listing_preflight.model.hit import Hit
from listing_preflight.model.mark import Mark

Signal = Callable[["Mentioned"], Reason | bool | None]
"""A predicate over a mention: falsy, or true with the evidence where there is more to say than its name."""


class Mentioned:
    """A mention with all that a signal may read; what was found of it is kept."""

    __slots__ = (
        "_found",
        "_known",
        "_spoken",
        "classes",
        "hit",
        "mark",
        "named",
        "reading",
        "scene",
        "statement",
    )

    def __init__(self, told: Told, named: Named, scene: Scene, known: Mapping[str, Signal]) -> None:
        self.hit: Hit = told.hit
        self.reading, self.statement, self._spoken = told.reading, told.statement, told.spoken
        self.named, self.scene = named, scene
        self.mark: Mark = named.mark
        self.classes = frozenset(c for r in named.mark.registrations for c in r.classes or ())
        self._known = known
        self._found: dict[str, Reason | bool] = {}

    @property
    def spoken(self) -> Spoken:
        """The languages that the text is read in."""
        return self._spoken

    def has(self, signal: str) -> bool:
        """Whether a signal is there."""
        found = self._found.get(signal)
        if found is None:
            found = self._found[signal] = self._known[signal](self) or False
        return found is not False

    def evidence(self, signal: str) -> Reason | None:
        """What a signal that is there has to show."""
        found = self._found[signal] if self.has(signal) else None
        return found if isinstance(found, Reason) else None
