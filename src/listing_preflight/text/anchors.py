"""Find names of several tokens of which one is misspelt: by the tokens that stand as they are in the name."""

from collections.abc import Sequence
from typing import Self

import numpy as np

from listing_preflight.storage.mapped import Packed, Part
from listing_preflight.text import gates
from listing_preflight.text.edits import bit_counts, letter_sets
from listing_preflight.text.hashing import U64, Groups, Ints, hash_texts
from listing_preflight.text.names import Form


class AnchorTable:
    """Names of so many tokens, filed at each place under all their tokens but the one at that place."""

    def __init__(self, forms: Sequence[Form], tokens: int) -> None:
        mine = [f for f in forms if gates.edit_limit(f) and len(f.lengths) == tokens]
        split = [gates.split_key(f) for f in mine]
        self.form = np.array([f.id for f in mine], np.int64)
        self.limit = np.array([gates.edit_limit(f) for f in mine], np.int64)
        self.length = [np.array([f.lengths[p] for f in mine], np.int64) for p in range(tokens)]
        self.letters = [letter_sets([s[p] for s in split]) for p in range(tokens)]
        rests = (["".join(s[:p] + s[p + 1 :]) for s in split] for p in range(tokens))
        self.groups = [Groups(hash_texts(rest), np.arange(len(rest))) for rest in rests]

    def packed(self) -> Packed:
        """The arrays to write."""
        yield from (("form", self.form), ("limit", self.limit))
        for place, groups in enumerate(self.groups):
            yield from ((f"length{place}", self.length[place]), (f"letters{place}", self.letters[place]))
            yield from ((f"groups{place}/{name}", array) for name, array in groups.packed())
        yield "places", np.array([len(self.groups)], np.int64)

    @classmethod
    def over(cls, part: Part) -> Self:
        """A table of an open file."""
        found = cls.__new__(cls)
        found.form, found.limit = part["form"], part["limit"]
        places = range(int(part["places"][0]))
        found.length, found.letters = [part[f"length{p}"] for p in places], [part[f"letters{p}"] for p in places]
        found.groups = [Groups.over(part.at(f"groups{p}")) for p in places]
        return found

    def candidates(self, place: int, rests: U64, length: Ints, letters: U64) -> tuple[Ints, Ints]:
        """Pairs of (window, form) whose token at the place may be within the form's edit limit.

        `rests` are hashes of the other tokens of windows, `length` and `letters` those of the token at the place.
        """
        window, row = self.groups[place].find(rests)
        limit = self.limit[row]
        near = np.abs(length[window] - self.length[place][row]) <= limit
        window, row, limit = window[near], row[near], limit[near]
        near = bit_counts(letters[window] ^ self.letters[place][row]) <= 2 * limit
        return window[near], self.form[row[near]]
