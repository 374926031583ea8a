"""The names that marks are found by."""

from collections.abc import Iterable, Iterator

from listing_preflight.model.mark import Alias, Mark
from listing_preflight.text.names import Spelling


def spellings(marks: Iterable[Mark]) -> Iterable[Spelling]:
    """Every name and alias with what is said of it, mark after mark; what many marks have in common comes once."""
    return dict.fromkeys(_all(marks))


def _all(marks: Iterable[Mark]) -> Iterator[Spelling]:
    for mark in marks:
        yield Spelling(mark.name, mark.name, mark.common_word, mark.famous)
        for alias in mark.aliases:
            yield Spelling(alias.name, mark.name, _common(mark, alias), mark.famous)


def _common(mark: Mark, alias: Alias) -> bool | None:
    """An alias is as common as somebody says, else as its mark's name; in another script it is another word."""
    if alias.common_word is None and mark.name.isascii() and not any(c.isascii() and c.isalpha() for c in alias.name):
        return None
    return mark.common_word if alias.common_word is None else alias.common_word
