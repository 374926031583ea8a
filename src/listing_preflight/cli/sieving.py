"""Rule out the listings that no changed name can stand in, many at once and here: nothing is sent to a worker of them."""

from collections.abc import Sequence

import numpy as np

from listing_preflight.cli.language import warn
from listing_preflight.detectors.marks_over_fields import EDGE
from listing_preflight.model.listing import Field, Listing, Passing
from listing_preflight.text import markup
from listing_preflight.text.hashing import Bools, Groups, Ints
from listing_preflight.text.sift import Sift, Sifted
from listing_preflight.text.stream import read

Words = tuple[tuple[tuple[Field, str, int], ...], tuple[str, ...]]
"""What is looked at of a listing: its texts as field, value and index, and words known to be in its pictures."""


class Sieve:
    """Tells of many listings which of them have to be looked at in earnest. Never wrong about no."""

    def __init__(self, sift: Sift, first: Groups, last: Groups) -> None:
        """`first` and `last`: tokens that stand before and behind the seam where a name stands over two fields."""
        self.sift, self.first, self.last = sift, first, last
        self.failed = False

    def fail(self, error: Exception) -> None:
        """Whatever failed, nothing is ruled out from here on."""
        self.failed = True
        warn(f"sifting for changed names failed ({type(error).__name__}): slower, nothing is left out")

    def left(self, lot: Sequence[Listing]) -> list[tuple[int, Words]]:
        """The places of listings that are not ruled out, each with those of its texts that are in question."""
        written: list[str] = []
        ends = []
        for one in lot:
            written += [text[1] for text in one.texts]
            written += [p.text for p in one.pictures if p.text] if one.pictures else ()
            ends.append(len(written))
        if not written:
            return []
        counts = np.diff(ends, prepend=0)
        owner: Ints = np.repeat(np.arange(len(lot)), counts)
        shown = list(map(markup.text_of, written))
        found = self.sift.sift(shown)
        whole = self._over_seams(found, written, shown, owner, len(lot))
        some = np.bincount(owner[found.suspect], minlength=len(lot)) > 0
        left = np.flatnonzero(whole | some).tolist()
        return [
            (n, words if whole[n] else _of(words, found.suspect[ends[n] - counts[n] : ends[n]].tolist()))
            for n, words in zip(left, map(words_of, map(lot.__getitem__, left)), strict=True)
        ]

    def _over_seams(
        self, found: Sifted, written: Sequence[str], shown: Sequence[str], owner: Ints, listings: int
    ) -> Bools:
        """The listings in which a text ends as a name can begin, and one begins as it can go on."""
        ends, goes_on = self.first.has(found.last), self.last.has(found.first)
        odd = [n for n, is_read in enumerate(found.read.tolist()) if not is_read or written[n] is not shown[n]]
        if odd:  # told by what is written, as names over two fields are; where there are tags none is looked for
            edges = ["" if "<" in written[n] else written[n] for n in odd]
            ends[odd] = among(self.first, [text[-EDGE:] for text in edges], "right")
            goes_on[odd] = among(self.last, [text[:EDGE] for text in edges], "left")
        return (np.bincount(owner[ends], minlength=listings) > 0) & (
            np.bincount(owner[goes_on], minlength=listings) > 0
        )


def in_question(sieve: Sieve | None, lot: Sequence[Listing]) -> list[tuple[int, Words]]:
    """What a sieve leaves of some listings that do not pass already: all where there is none, or one that failed, which is said once."""
    places = [n for n, one in enumerate(lot) if not isinstance(one, Passing)]
    lot = [lot[n] for n in places]
    if sieve is not None and not sieve.failed:
        try:
            return [(places[n], words) for n, words in sieve.left(lot)]
        except Exception as e:  # whatever fails here, the listings are looked through
            sieve.fail(e)
    return [*zip(places, map(words_of, lot), strict=True)]


def among(known: Groups, edges: Sequence[str], side: str) -> Bools:
    """Whether the token at one side of each edge is known."""
    tokens = read("\n".join([edge.replace("\n", " ") for edge in edges])).plain
    lines = np.arange(len(edges))
    at: Ints = np.searchsorted(tokens.line, lines, "left" if side == "left" else "right")
    at = np.minimum(at, len(tokens.line) - 1) if side == "left" else at - 1
    if not len(tokens.line):
        return np.zeros(len(edges), np.bool_)
    has: Bools = (tokens.line[at] == lines) & known.has(tokens.hashes)[at]
    return has


def words_of(listing: Listing) -> Words:
    """What is looked at of a listing."""
    return tuple([(t[0], t[1], t[2]) for t in listing.texts]), tuple(p.text for p in listing.pictures if p.text)


def _of(words: Words, suspect: Sequence[bool]) -> Words:
    """The texts of a listing that are suspected."""
    texts, pictured = words
    return (
        tuple(t for t, is_so in zip(texts, suspect, strict=False) if is_so),
        tuple(p for p, is_so in zip(pictured, suspect[len(texts) :], strict=True) if is_so),
    )
