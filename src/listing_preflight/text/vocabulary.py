"""Ordinary words: what fuzzy matching keeps off, and which names are words in their own right."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

if TYPE_CHECKING:
    from listing_preflight.text.hashing import U64
    from listing_preflight.text.tongues import Tongues

COMMON_ZIPF = 30
"""Ten times the Zipf frequency from which a dictionary word is common: at 3.0 and above stand 95 % of the false
alarms that plain word matching raises on clean titles."""
FOREIGN_COMMON_ZIPF = 50
DATA = Path(__file__).parent / "data"
WORDS = DATA / "words.bin"
_MEMO = 1 << 16


class Traits(NamedTuple):
    """Ten times a word's highest Zipf frequency, the highest outside of English, and whether it is an English word."""

    zipf: int
    foreign: int
    english: bool

    @property
    def usual(self) -> bool:
        """English, or frequent elsewhere."""
        return self.english or self.zipf >= FOREIGN_COMMON_ZIPF

    @property
    def common(self) -> bool:
        """An English word that is often met, or one that is very frequent elsewhere."""
        return (self.english and self.zipf >= COMMON_ZIPF) or self.foreign >= FOREIGN_COMMON_ZIPF


_UNKNOWN = Traits(0, 0, False)


class Words(Protocol):
    """Where folded words are looked up: a mapped file, or a dictionary as its reference."""

    def get(self, word: str) -> Traits | None:
        """What is known of a word."""
        ...

    def hashes(self, kind: str) -> "U64":
        """The sorted hashes of all words (`any`), of the usual or of the common ones."""
        ...


class Vocabulary:
    """Folded words of many languages with their frequency, and the English dictionary words among them."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._traits = functools.lru_cache(_MEMO)(words.get)

    @functools.cached_property
    def _tongues(self) -> "Tongues":
        from listing_preflight.text.tongues import tongues

        return tongues()

    def hashes(self, kind: str = "any") -> "U64":
        """Hashes of all words, or of those that are `usual` or `common`."""
        return self._words.hashes(kind)

    def is_word(self, word: str) -> bool:
        """Whether the folded word is an ordinary word of some language."""
        return self._traits(word) is not None

    def speaks(self, word: str, languages: tuple[str, ...] | None, name: str = "") -> bool:
        """Whether the folded word is one of some languages, as they inflect and compound it; of any where none are named.

        A folded `name` makes no words: "nikeschuhe" is no German compound when Nike is what is looked for.
        """
        return self._tongues.know(word, languages, name)

    def lists(self, word: str, languages: tuple[str, ...]) -> bool:
        """Whether a language's list has the folded word itself; `speaks` knows what it makes of others, too."""
        return self._tongues.lists(word, languages)

    def often_says(self, language: str, word: str) -> bool:
        """Whether texts of a language often have the folded word."""
        return self._tongues.often(word, language)

    def is_english(self, word: str) -> bool:
        """Whether the word stands in the English dictionary."""
        return (self._traits(word) or _UNKNOWN).english

    def is_whole(self, word: str) -> bool:
        """Whether the word can stand on its own between other words: English, or of some length elsewhere."""
        traits = self._traits(word) or _UNKNOWN
        return traits.english or (len(word) > 3 and traits.zipf >= COMMON_ZIPF)

    def is_usual(self, word: str) -> bool:
        """Whether the word is one that readers of any listing may expect: English, or frequent elsewhere."""
        return (self._traits(word) or _UNKNOWN).usual

    def is_common(self, word: str) -> bool:
        """Whether a name made of this one word is also a common word and needs context."""
        return (self._traits(word) or _UNKNOWN).common

    def frequency(self, word: str) -> int:
        """Ten times the Zipf frequency, 0 for a word that is not known."""
        return (self._traits(word) or _UNKNOWN).zipf


class Listed:
    """Words in a dictionary: what the mapped file is written from, and held to."""

    def __init__(self, words: Mapping[str, Traits]) -> None:
        self.words = words

    def get(self, word: str) -> Traits | None:
        """What is known of a word."""
        return self.words.get(word)

    def hashes(self, kind: str) -> "U64":
        """The sorted hashes of words of a kind."""
        import numpy as np

        from listing_preflight.text.hashing import hash_texts

        return np.sort(hash_texts([w for w, t in self.words.items() if kind == "any" or getattr(t, kind)]))

    @classmethod
    def of(cls, rows: Mapping[str, tuple[int, int]], english: frozenset[str], products: frozenset[str]) -> Self:
        """Words with their frequencies; those that only a dictionary or the titles of products have are rare ones."""
        every = dict.fromkeys((*rows, *english, *products))
        return cls({w: Traits(*rows.get(w, (10, 0)), w in english) for w in every})


@functools.cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, mapped from its file."""
    from listing_preflight.text.wordtable import WordTable

    return Vocabulary(WordTable.open(WORDS))
