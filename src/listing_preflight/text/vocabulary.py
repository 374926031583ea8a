"""Ordinary words: what fuzzy matching keeps off, and which names are words in their own right."""

import functools
import gzip
import importlib.resources
from collections.abc import Iterator

COMMON_ZIPF = 30
"""Ten times the Zipf frequency from which a dictionary word is common: at 3.0 and above stand 95 % of the false
alarms that plain word matching raises on clean titles."""
FOREIGN_COMMON_ZIPF = 50


def _lines(name: str) -> list[str]:
    packed = importlib.resources.files(__package__).joinpath("data", name).read_bytes()
    return gzip.decompress(packed).decode("utf-8").split("\n")


class Vocabulary:
    """Folded words of many languages with their frequency, and the English dictionary words among them."""

    def __init__(self, zipf: dict[str, int], english: frozenset[str], foreign: dict[str, int]) -> None:
        self._zipf, self._english, self._foreign = zipf, english, foreign

    def __iter__(self) -> Iterator[str]:
        return iter(self._zipf)

    def is_word(self, word: str) -> bool:
        """Whether the folded word is an ordinary word of some language."""
        return word in self._zipf

    def speaks(self, word: str, languages: tuple[str, ...] | None) -> bool:
        """Whether the folded word is one of some languages, as they inflect it; of any where none are named."""
        return word in self._zipf

    def is_english(self, word: str) -> bool:
        """Whether the word stands in the English dictionary."""
        return word in self._english

    def is_whole(self, word: str) -> bool:
        """Whether the word can stand on its own between other words: English, or of some length elsewhere."""
        return word in self._english or (len(word) > 3 and self._zipf.get(word, 0) >= COMMON_ZIPF)

    def is_usual(self, word: str) -> bool:
        """Whether the word is one that readers of any listing may expect: English, or frequent elsewhere."""
        return word in self._english or self._zipf.get(word, 0) >= FOREIGN_COMMON_ZIPF

    def is_common(self, word: str) -> bool:
        """Whether a name made of this one word is also a common word and needs context."""
        english = word in self._english and self._zipf.get(word, 0) >= COMMON_ZIPF
        return english or self._foreign.get(word, 0) >= FOREIGN_COMMON_ZIPF

    def frequency(self, word: str) -> int:
        """Ten times the Zipf frequency, 0 for a word that is not known."""
        return self._zipf.get(word, 0)


@functools.cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, read once."""
    cells = "\t".join(_lines("wordfreq.tsv.gz")).split("\t")
    words, best, other = cells[::3], cells[1::3], cells[2::3]
    zipf = dict(zip(words, map(int, best), strict=True))
    foreign = {word: int(n) for word, n in zip(words, other, strict=True) if n != "0"}
    english = frozenset(_lines("scowl.en.txt.gz"))
    for word in (*english, *_lines("products.txt.gz")):
        zipf.setdefault(word, 10)
    return Vocabulary(zipf, english, foreign)
