"""The words of each language as it inflects and compounds them: a set of fingerprints a language, opened when one is asked."""

import functools
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from listing_preflight.storage.mapped import Packed, Part, Sections
from listing_preflight.text.hashing import hash_texts, slots
from listing_preflight.text.vocabulary import DATA
from listing_preflight.text.wordtable import hash_word

TONGUES = DATA / "tongues.bin"
_REST = 16
_BUCKET = 3
"""Words of a bucket as a power of two: eight fingerprints of 16 bits take one strange word in 8,000 for one of theirs."""
STEM = 4
"""Letters of a stem that an ending is taken off."""
PART = 3
"""Letters of the shortest part of a compound; the parts are words that are met often."""
COMPOUND = 8
"""Letters of the shortest compound: "samsong" is Sam and a song in five languages."""
WHOLE = 6
"""Letters from which any word of the language, and so a compound, may be part of a longer one."""


class Rules(NamedTuple):
    """How a language builds words that no list has: endings, and what joins the parts of a compound (none: no compounds)."""

    endings: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


PREFIXES = (
    "anti", "auto", "bio", "eco", "extra", "hyper", "inter", "macro", "maxi", "mega", "micro", "mini", "mono", "multi", "poly",
    "semi", "super", "trans", "ultra",
)  # fmt: skip
"""What stands before a word in any language of Latin letters: "antimacchia", "megamat"."""

RULES: Mapping[str, Rules] = {
    "de": Rules(("e", "en", "er", "es", "em", "n", "s", "ere", "eren", "erer", "ste", "sten"), ("", "s", "es", "n", "en", "e", "er")),
    "nl": Rules(("e", "en", "s", "je", "jes", "tje", "tjes", "re"), ("", "s", "en", "e")),
    "sv": Rules(("en", "et", "n", "na", "ar", "er", "or", "arna", "erna", "s", "t", "a"), ("", "s")),
    "da": Rules(("en", "et", "n", "ne", "er", "e", "erne", "ene", "s", "t", "ens", "ets"), ("", "s", "e")),
    "no": Rules(("en", "et", "a", "n", "ne", "er", "e", "ene", "s", "t"), ("", "s", "e")),
    "fi": Rules(
        ("n", "t", "a", "ta", "tta", "ssa", "sta", "lla", "lta", "lle", "na", "ksi", "an", "en", "in", "iin", "ja", "jen", "ien", "ni", "nsa", "kin"),
        ("", "n"),
    ),
    "hu": Rules(
        ("t", "k", "ot", "et", "at", "ok", "ek", "ak", "ban", "ben", "ba", "be", "bol", "rol", "nak", "nek", "val", "vel", "hoz", "hez", "tol",
         "ra", "re", "on", "en", "nal", "nel", "ig", "ert", "ja", "je", "i", "os", "es", "as", "ai", "ei", "uk", "unk", "kent"),
        ("",),
    ),
    "tr": Rules(
        ("lar", "ler", "lari", "leri", "larin", "lerin", "i", "u", "in", "un", "a", "e", "ya", "ye", "da", "de", "ta", "te", "dan", "den", "tan",
         "ten", "li", "lu", "siz", "suz", "lik", "luk", "si", "su", "sina", "sinda", "im", "um", "imiz", "iniz", "la", "le", "dir"),
    ),
    "ro": Rules(("a", "e", "i", "ul", "ului", "le", "lor", "ilor", "elor", "ele", "ii", "iile", "uri", "urile", "urilor", "ei")),
    "el": Rules(("α", "ο", "οσ", "η", "ησ", "εσ", "ων", "ου", "ουσ", "ασ", "α", "οι", "ισ", "ματα", "ματων")),
    "id": Rules(("nya", "kan", "an", "i", "lah", "mu", "ku")),
    "hi": Rules(("ें", "ों", "ी", "े", "ा", "ियाँ", "ियों")),
    "lt": Rules(("a", "as", "e", "o", "os", "u", "us", "ai", "is", "es", "ui", "ams", "ems", "ais", "iai", "iu", "in", "uose")),
}  # fmt: skip
"""For languages whose list is short or whose words join without end; endings as folded, accents aside."""


def fingerprints(words: Collection[str]) -> Packed:
    """The arrays to write for one set of folded words."""
    hashes = np.unique(hash_texts(sorted(words)))
    bits = max(4, len(hashes).bit_length() - _BUCKET)
    counts = np.bincount(slots(hashes, bits), minlength=1 << bits)
    yield "buckets", np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
    yield "rests", (hashes >> np.uint64(64 - bits - _REST) & np.uint64((1 << _REST) - 1)).astype(np.uint16)


class Fingerprints:
    """A set of words of an open file, asked one at a time; now and then a strange word passes for one of them."""

    def __init__(self, part: Part) -> None:
        buckets, rests = part["buckets"], part["rests"]
        bits = len(buckets).bit_length() - 1
        if len(buckets) != (1 << bits) + 1 or int(buckets[-1]) != len(rests):
            raise part.fault("is damaged (words)")
        self._buckets, self._rests = buckets.data, rests.data
        self._shift, self._rest_shift = 64 - bits, 64 - bits - _REST

    def __contains__(self, word: str) -> bool:
        return self.has(hash_word(word))

    def has(self, wanted: int) -> bool:
        """Whether the word of a hash is one of them."""
        bucket = wanted >> self._shift
        here = self._rests[self._buckets[bucket] : self._buckets[bucket + 1]].tolist()
        return (wanted >> self._rest_shift) & ((1 << _REST) - 1) in here


class Tongue(NamedTuple):
    """One language: its words, those among them that compounds are made of, and its rules."""

    words: Collection[str] | Fingerprints
    parts: Collection[str] | Fingerprints
    rules: Rules
    latin: bool = True

    def knows(self, word: str, name: str) -> bool:
        """Whether the word is one of the language's, inflected or compounded at whose seams no name stands whole."""
        return word in self.words or self._inflected(word, name) or any(self._makes(a, b, name) for a, b in _cuts(word))

    def _inflected(self, word: str, name: str) -> bool:
        stems = (word[: -len(e)] for e in self.rules.endings if word.endswith(e) and len(word) - len(e) >= STEM)
        return any(stem in self.parts and not _holds(stem, name) for stem in stems)

    def _makes(self, head: str, tail: str, name: str) -> bool:
        if _holds(head, name) or _holds(tail, name):
            return False
        if self.latin and head in PREFIXES:
            return tail in self.parts
        if not self.rules.links or len(head) + len(tail) < COMPOUND:
            return False
        heads = (head[: len(head) - len(k)] for k in self.rules.links if head.endswith(k))
        return any(map(self._part, heads)) and (self._part(tail) or self._inflected(tail, name))

    def _part(self, word: str) -> bool:
        return word in self.parts or (len(word) >= WHOLE and word in self.words)


def _holds(part: str, name: str) -> bool:
    """Whether the name stands whole in one part: what is put together is then the name and a word, and no other word."""
    return bool(name) and name in part


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    return ((word[:n], word[n:]) for n in range(PART, len(word) - PART + 1))


class Tongues:
    """Languages by their codes."""

    def __init__(self, of: Mapping[str, Tongue]) -> None:
        self._of = of
        self._memo = functools.lru_cache(1 << 14)(self._know)

    def know(self, word: str, languages: tuple[str, ...] | None, name: str = "") -> bool:
        """Whether the word is one of some languages; of any where none are named. The name itself makes no words."""
        return self._memo(word, tuple(self._of) if languages is None else languages, name)

    def lists(self, word: str, languages: tuple[str, ...]) -> bool:
        """Whether the list of one of some languages has the word itself, whatever could be made of its parts."""
        return any(code in self._of and word in self._of[code].words for code in languages)

    def often(self, word: str, code: str) -> bool:
        """Whether the word is one that texts of a language often have."""
        return code in self._of and word in self._of[code].parts

    def counts(self, words: Collection[str]) -> dict[str, int]:
        """How many of some folded words stand in each language's list as they are."""
        hashes = {word: hash_word(word) for word in words}
        return {code: sum(_stands(word, hashes[word], one.words) for word in words) for code, one in self._of.items()}

    def _know(self, word: str, languages: tuple[str, ...], name: str) -> bool:
        return any(self._of[code].knows(word, name) for code in languages if code in self._of)

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages that there are words of."""
        return tuple(self._of)


def _stands(word: str, hashed: int, among: Collection[str] | Fingerprints) -> bool:
    return among.has(hashed) if isinstance(among, Fingerprints) else word in among


NOT_LATIN = frozenset({"ru", "uk", "bg", "el", "ar", "hi"})
"""Languages that their letters tell."""


def written(of: Mapping[str, tuple[Collection[str], Collection[str]]]) -> Packed:
    """The arrays to write: words and parts of each language."""
    for code, pair in of.items():
        for name, words in zip(("words", "parts"), pair, strict=True):
            yield from ((f"{code}/{name}/{array}", data) for array, data in fingerprints(words))


def _tongue(code: str, words: Collection[str] | Fingerprints, parts: Collection[str] | Fingerprints) -> Tongue:
    return Tongue(words, parts, RULES.get(code, Rules()), code not in NOT_LATIN)


@functools.cache
def tongues() -> Tongues:
    """The shipped languages, mapped from their file."""
    sections = Sections(TONGUES)
    codes = sorted({name.split("/")[0] for name in sections.table if "/" in name})
    return Tongues(
        {code: _tongue(code, *(Fingerprints(sections.at(f"{code}/{n}")) for n in ("words", "parts"))) for code in codes}
    )
