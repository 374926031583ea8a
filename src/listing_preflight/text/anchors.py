"""Find names of several tokens of which one is misspelt: by the tokens that stand as they are in the name."""

from collections.abc import Sequence

import numpy as np

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
        self._limit = np.array([gates.edit_limit(f) for f in mine], np.int64)
        self._length = [np.array([f.lengths[p] for f in mine], np.int64) for p in range(tokens)]
        self._letters = [letter_sets([s[p] for s in split]) for p in range(tokens)]
        rests = (["".join(s[:p] + s[p + 1 :]) for s in split] for p in range(tokens))
        self._groups = [Groups(hash_texts(rest), np.arange(len(rest))) for rest in rests]

    def candidates(self, place: int, rests: U64, length: Ints, letters: U64) -> tuple[Ints, Ints]:
        """Pairs of (window, form) whose token at the place may be within the form's edit limit.

        `rests` are hashes of the other tokens of windows, `length` and `letters` those of the token at the place.
        """
        window, row = self._groups[place].find(rests)
        limit = self._limit[row]
        near = np.abs(length[window] - self._length[place][row]) <= limit
        window, row, limit = window[near], row[near], limit[near]
        near = bit_counts(letters[window] ^ self._letters[place][row]) <= 2 * limit
        return window[near], self.form[row[near]]
