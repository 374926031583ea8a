"""The spellings of listed names, as matching sees them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from listing_preflight.text import fold
from listing_preflight.text.visual import skeleton
from listing_preflight.text.vocabulary import Vocabulary

SHORT = 3
"""Names of at most this many letters match only letter for letter."""


class Spelling(NamedTuple):
    """One name or alias as a list has it, before folding; `common` None means that nobody has said."""

    text: str
    name: str
    common: bool | None = None
    famous: bool = False


class Form(NamedTuple):
    """A spelling ready to match: `key` is its plain reading without spaces, `lengths` those of its tokens."""

    id: int
    spelling: Spelling
    key: str
    lengths: tuple[int, ...]
    wide: bool
    latin: bool
    skeleton: str
    common: bool
    raw: str | None

    @property
    def text(self) -> str:
        """The name or alias as the list has it."""
        return self.spelling.text


def make_forms(spellings: Iterable[Spelling], words: Vocabulary) -> list[Form]:
    """Fold spellings into forms; one that folds to nothing can match nothing and is left out."""
    out: list[Form] = []
    for spelling in spellings:
        tokens = _tokens(spelling.text)
        key = "".join(t.text for t in tokens)
        if key:
            out.append(_form(len(out), spelling, key, tokens, words))
    return out


def _tokens(text: str) -> tuple[fold.Token, ...]:
    """The tokens of the plain reading; nobody asks where they stand."""
    if text.isascii():
        return tuple([fold.Token(word, 0, 0) for word in fold.plain_words(text)])
    return fold.fold(text).plain.tokens


def _form(number: int, spelling: Spelling, key: str, tokens: tuple[fold.Token, ...], words: Vocabulary) -> Form:
    wide = any(t.wide for t in tokens)
    latin = key.isascii()
    common = spelling.common
    if common is None:
        common = not wide and not _LETTERED.fullmatch(spelling.text) and _needs_context(key, tokens, words)
    common = common or (not latin and spelling.text != spelling.name and words.frequency(key) >= everyday(key))
    return Form(
        number, spelling, key, tuple(len(t.text) for t in tokens), wide, latin,
        skeleton(key) if latin else "", common, _raw(spelling.text, key, tokens, words),
    )  # fmt: skip


_LETTERED = re.compile(r"[^\W\d_]-[^\W\d_]{4,}")
"""A name made of a letter, a hyphen and a word is no word: G-Shock."""


EVERYDAY = (
    ("\u3041", "\u30ff", 43),
    ("\u4e00", "\u9fff", 46),
    ("\uac00", "\ud7a3", 50),
    ("\u0400", "\u052f", 40),
    ("\u0600", "\u06ff", 42),
)
"""Ten times the Zipf frequency from which an alias in kana, Han, Hangul, Cyrillic or Arabic letters is an everyday word, whatever
is said of its mark: months and "popular" stand above (4.0 in Russian, 4.2 in Arabic, 4.65 in Chinese), and names of the most
written makers below (Sony in Japanese 4.18, Samsung in Chinese 4.45, in Korean 4.94, in Arabic 4.06)."""
_EVERYDAY_ELSEWHERE = 45


def everyday(key: str) -> int:
    """Ten times the Zipf frequency from which an alias of another script is an everyday word."""
    return next((least for first, last, least in EVERYDAY if first <= key[0] <= last), _EVERYDAY_ELSEWHERE)


def _needs_context(key: str, tokens: tuple[fold.Token, ...], words: Vocabulary) -> bool:
    """An unflagged name that is short, a common word, or made of common words alone."""
    return len(key) <= SHORT or words.is_common(key) or all(words.is_common(t.text) for t in tokens)


def _raw(text: str, key: str, tokens: tuple[fold.Token, ...], words: Vocabulary) -> str | None:
    """The letters and symbols that must stand in the text where folding leaves too little of a name."""
    bare = squeezed(text)
    symbols = not bare.isalnum() and any(not c.isalnum() and c not in "-'.,’" for c in bare)
    little = len(key) <= SHORT and (symbols or len(tokens) > 1) and not any(t.wide for t in tokens)
    return bare if little or (symbols and len(tokens) == 1 and words.is_word(key)) else None


def squeezed(text: str) -> str:
    """Text without white space, case aside: what a name that needs its symbols is compared by.

    The small letter of the Turkish "İ" is "i", not one with a second dot.
    """
    return "".join(text.split()).casefold().replace("i\u0307", "i")
