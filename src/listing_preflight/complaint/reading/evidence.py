"""What a marketplace's mail tells in its sentences: who found or told something, what came of papers that were sent in, and that a listing is gone.

Each is a few meanings in one sentence, so that it is read in whatever words it is said; what would be is no evidence.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says, words

_SOON = 3
"""Sentences in which what came of papers follows that they were looked at."""
_NEAR = 14
"""Letters between a word that denies and whom it denies."""


class Told(NamedTuple):
    """What some sentences tell: somebody outside told the marketplace of a right, nobody did, the marketplace found it, it is gone, papers did not help, all is well."""

    owner: bool
    nobody: bool
    own: bool
    gone: bool
    declined: bool
    well: bool


def find(sentences: Sequence[str]) -> Told:
    """What sentences tell that are said of what is."""
    gone = [says(s, "measures", "ended") for s in sentences]
    return Told(
        owner=any(_is_told_by_owner(s) for s in sentences),
        nobody=any(_is_nobody(s) for s in sentences),
        own=any(_is_own(s) for s in sentences),
        gone=any(gone),
        declined=_is_declined(sentences) and (any(gone) or any(says(s, "stays away") for s in sentences)),
        well=any(says(s, "well again") for s in sentences),
    )


def _is_told_by_owner(sentence: str) -> bool:
    """Whether somebody who holds a right, or a brand, told the marketplace of it."""
    return (
        says(sentence, "owner", "a brand", "maker")
        and says(sentence, "told us")
        and says(sentence, "right", "mark", "picture", "accuses", "fake or brand")
        and not _is_nobody(sentence)
    )


def _is_own(sentence: str) -> bool:
    """Whether the marketplace itself found a right taken or a rule broken; that stock ran out is no such thing."""
    found = says(sentence, "checker") and says(sentence, "found") and not _is_told_by_owner(sentence)
    about = says(sentence, "right", "mark", "picture", "accuses", "fake or brand") or re.search(
        data("families.yaml")["rules"], sentence
    )
    return found and bool(about)


def _is_nobody(sentence: str) -> bool:
    """Whether a sentence says that nobody from outside complained."""
    if not says(sentence, "reports", "accuses", "told us"):
        return False
    if says(sentence, "nobody"):
        return True
    ends = [m.end() for m in words("denied").finditer(sentence)]
    starts = [m.start() for m in words("outsider").finditer(sentence)]
    return any(0 <= at - end <= _NEAR for end in ends for at in starts)


def _is_declined(sentences: Sequence[str]) -> bool:
    """Whether papers that the reader sent were looked at, and do not prove what they should or leave the listing away."""
    for n, one in enumerate(sentences):
        if not (says(one, "you sent") and says(one, "papers", "appeal")):
            continue
        behind = [re.sub(words("you sent").pattern, " ", one, flags=re.IGNORECASE), *sentences[n + 1 : n + _SOON]]
        if any((says(s, "denied") and says(s, "proves")) or says(s, "stays away", "declined") for s in behind):
            return True
    return False
