"""The names that marks are found by."""

from collections.abc import Iterable, Iterator

from listing_preflight.model.mark import Alias, Mark
from listing_preflight.text.fold import plain_words
from listing_preflight.text.names import Spelling
from listing_preflight.text.vocabulary import COMMON_ZIPF, vocabulary


def spellings(marks: Iterable[Mark]) -> Iterable[Spelling]:
    """Every name and alias with what is said of it, mark after mark; what many marks have in common comes once."""
    return dict.fromkeys(_all(marks))


def _all(marks: Iterable[Mark]) -> Iterator[Spelling]:
    for mark in marks:
        yield Spelling(mark.name, mark.name, mark.common_word, mark.famous)
        for alias in mark.aliases:
            yield Spelling(alias.name, mark.name, _common(mark, alias), mark.famous)


def _common(mark: Mark, alias: Alias) -> bool | None:
    """An alias is as common as somebody says, else as its mark's name; in another script it is another word.

    Of a name that is no English word, who calls it an ordinary one speaks of that other word: "Mooji" is 무지, which is plain.
    """
    other = mark.name.isascii() and not any(c.isascii() and c.isalpha() for c in alias.name)
    if alias.common_word is None and other and not (mark.common_word and _is_strange(mark.name)):
        return None
    return mark.common_word if alias.common_word is None else alias.common_word


def _is_strange(name: str) -> bool:
    """Whether no dictionary has a word of a name."""
    known = vocabulary()
    return not any(known.is_english(w) or known.frequency(w) >= COMMON_ZIPF for w in plain_words(name))
