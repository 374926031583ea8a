"""What all mentions of a listing share: one value that every signal reads and none makes anew."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

from listing_preflight.judging.goods import Goods
from listing_preflight.judging.grammar import Phrase, Spoken, words
from listing_preflight.judging.speech import Speech
from listing_preflight.judging.statements import Statement
from listing_preflight.judging.use import Reading
from listing_preflight.model.finding import Reason
from listing_preflight.model.hit import Hit
from listing_preflight.model.listing import Listing
from listing_preflight.model.mark import Mark
from listing_preflight.policy.marketplaces import Marketplace
from listing_preflight.policy.pack_reader import Rule


class Company(NamedTuple):
    """The names in one listing: `distinct` are no ordinary words, `kin` stand beside one of their own family.

    `present` are the ids of all marks whose names stand there, `families` of those that are meant as marks.
    """

    distinct: frozenset[str]
    families: frozenset[str]
    present: frozenset[str]
    kin: frozenset[str]

    def with_house(self, ids: Iterable[str]) -> Self:
        """The same company once more marks are known to be meant."""
        return self._replace(families=self.families | frozenset(ids))


class Told(NamedTuple):
    """One hit as it was read: the use that the words around it say, and what its statement speaks of."""

    hit: Hit
    reading: Reading
    statement: Statement
    spoken: Spoken


class Heard:
    """The folded words of all texts of a listing, made when a list's context words are first asked for."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing

    @functools.cached_property
    def text(self) -> str:
        """All words between blanks."""
        return f" {' '.join(w for t in self._listing.texts for w in words(t.value[:HEARD]))} "

    @functools.cached_property
    def words(self) -> frozenset[str]:
        """Which words there are."""
        return frozenset(self.text.split())

    def holds(self, phrase: Phrase) -> bool:
        """Whether the words of a phrase stand side by side."""
        return phrase[0] in self.words and (len(phrase) == 1 or f" {' '.join(phrase)} " in self.text)


HEARD = 4000
"""Characters of each text in which a list's context words are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Listing, goods and site; the names in the title; what the brand field says; the rules of the marketplace."""

    listing: Listing
    goods: Goods
    site: Marketplace
    speech: Speech
    rules: tuple[Rule, ...]
    company: Company
    names: frozenset[str]
    """The folded words of all names seen in it."""
    titled: frozenset[str]
    """Distinct names in the title."""
    brand: str
    """The folded brand field."""
    brands: frozenset[str]
    """The same, and the names of which it is made: in two spellings, or with the words of a company behind it."""
    title: Phrase
    categories: Phrase
    heard: Heard


class Named(NamedTuple):
    """What the signals of one name share: the mark, its folded name and family, what the brand field says of it, its mentions."""

    mark: Mark
    key: str
    family: frozenset[str]
    brand_state: str
    told: tuple[Told, ...]
    raised: Reason | None = None
    """Why the user's overlay raises the word, if it does."""
