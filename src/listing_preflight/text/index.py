"""The fast matcher: texts in batches through the compiled core, or through arrays where there is none."""

from collections.abc import Sequence
from typing import Protocol, Self

from listing_preflight.text.arrays import ArrayEngine
from listing_preflight.text.compiled import CompiledEngine
from listing_preflight.text.core import core
from listing_preflight.text.gates import Match
from listing_preflight.text.names import Form
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import Vocabulary


class Engine(Protocol):
    """What finds the names of tables in a batch of texts."""

    letters: int
    """Characters that it is given at a time."""

    def batch(self, texts: Sequence[str]) -> list[list[Match]]:
        """All matches in each text, before overlaps are resolved."""
        ...


class IndexMatcher:
    """Finds forms in running text; held equal to NaiveMatcher by property test."""

    def __init__(self, forms: Sequence[Form], words: Vocabulary, tables: Tables | None = None) -> None:
        """`tables` are there already where the forms were filed before, as in a compiled list."""
        found = Tables(forms, words) if tables is None else tables
        module = core().module
        self._engine: Engine
        self._engine = ArrayEngine(found, words) if module is None else CompiledEngine(module, found, words)

    @classmethod
    def over(cls, tables: Tables, words: Vocabulary) -> Self:
        """A matcher over tables that are there already."""
        return cls(tables.forms, words, tables)

    def find(self, text: str) -> list[Match]:
        """All matches in a visible text, before overlaps are resolved."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Match]]:
        """All matches in each of many visible texts."""
        out: list[list[Match]] = []
        batch: list[str] = []
        size = 0
        for text in texts:
            if batch and size + len(text) > self._engine.letters:
                out += self._engine.batch(batch)
                batch, size = [], 0
            batch.append(text)
            size += len(text) + 1
        return out + self._engine.batch(batch) if batch else out
