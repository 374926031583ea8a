"""Tell whether what is written in place of a name are other words of the listing's languages."""

from collections.abc import Sequence
from typing import NamedTuple

from listing_preflight.text.tongues import NOT_LATIN, PART
from listing_preflight.text.vocabulary import Vocabulary

TOLD = 4
"""Languages of Latin letters up to which a listing's language is told; more of them are all that it may be written in."""
FREQUENT = 5
"""Letters from which a frequent word of a language that is not told is no misspelt name."""


class Written(NamedTuple):
    """Folded words where a folded name was met, and how it was met there (`gates.RANK`)."""

    words: Sequence[str]
    name: str
    kind: str

    @property
    def holds_name(self) -> bool:
        """Whether the name stands letter for letter inside the one word, and not with a letter too many."""
        return self.kind != "edit" and len(self.words) == 1 and self.name in self.words[0]

    @property
    def begins_otherwise(self) -> bool:
        """Whether the first letter is another: who misspells a name seldom begins it otherwise ("Forelle", "Pumba")."""
        return self.words[0][:1] != self.name[:1]


def are_words(written: Written, languages: tuple[str, ...], known: Vocabulary) -> bool:
    """Whether all that is written are words of one of the languages."""
    if len(written.words) > 1 and min(map(len, written.words)) < PART:
        return False  # letters torn apart are no words: "N i k e"
    latin = sum(code not in NOT_LATIN for code in languages)
    return any(
        _are_english(written, known)
        if code == "en"
        else _are_of(written, code, code in NOT_LATIN or latin <= TOLD, known)
        for code in languages
    )


def _are_english(written: Written, known: Vocabulary) -> bool:
    """English is asked of every listing: its dictionary counts, the words of its texts only where a name begins otherwise."""
    if all(map(known.is_english, written.words)):
        return True
    alone = len(written.words) == 1 and not written.holds_name
    return alone and written.begins_otherwise and known.speaks(written.words[0], ("en",), written.name)


def _are_of(written: Written, code: str, told: bool, known: Vocabulary) -> bool:  # noqa: FBT001 -- of one caller
    words = written.words
    if written.kind in ("split", "joined"):
        return told and all(known.often_says(code, w) for w in words)
    if told or written.holds_name:
        return all(known.speaks(w, (code,), written.name) for w in words)
    enough = sum(map(len, words)) >= FREQUENT
    return enough and written.begins_otherwise and all(known.often_says(code, w) for w in words)
