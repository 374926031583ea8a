"""What the fast matcher knows of tokens: worked out with arrays when a token is first met, remembered from then on."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from listing_preflight.text import gates
from listing_preflight.text import tokens as rows
from listing_preflight.text.edits import Windows
from listing_preflight.text.hashing import U64, Ints, firsts, ranges, spans
from listing_preflight.text.letters import digit_codes, down, first_values, singulars, tails
from listing_preflight.text.names import SHORT, Form
from listing_preflight.text.stream import Stream
from listing_preflight.text.tables import Shapes, Tables
from listing_preflight.text.tokens import Numbers, Traits, mark, whole
from listing_preflight.text.vocabulary import Vocabulary
from listing_preflight.text.windows import Met

_ENDINGS = sorted({len(e) for e in gates.ENDINGS})
"""Lengths of case endings."""


class Near(NamedTuple):
    """A form that is misspelt in, glued into or inflected in a token."""

    form: Form
    kind: str
    score: float


class Learnt:
    """Numbers and traits of the tokens of a process; a bounded memo."""

    def __init__(self, tables: Tables, words: Vocabulary) -> None:
        self._tables, self._words = tables, words
        self._shapes = Shapes()
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.numbers, self.traits = Numbers(), Traits()
        self.near: dict[int, tuple[Near, ...]] = {}

    def known(self, stream: Stream) -> Met:
        """The tokens of a stream with their numbers and flags."""
        hashes = stream.hashes
        number = self.numbers.find(hashes)
        missing = np.flatnonzero(number < 0)
        if len(missing):
            new, at = firsts(hashes[missing])
            with whole(self.forget):
                self.learn(stream, missing[at], new)
            number[missing] = self.numbers.find(hashes[missing])
        return Met(stream, number.astype(np.int64), self.traits.flags[number], hashes)

    def learn(self, stream: Stream, at: Ints, hashes: U64) -> None:
        """Work out the traits of tokens that were never met, and what is misspelt or glued in them."""
        tables, first, last = self._tables, stream.first[at], stream.first[at + 1]
        length = last - first
        letters = ranges(first, length)
        codes = stream.codes[letters]
        owner = np.cumsum(length) - length
        running, places = self._shapes.prefixes(codes)
        shape = (running[owner + length] - running[owner]) * down(places[owner])
        word, glue = tables.words.has(hashes), tables.glue_keys.has(hashes)
        tail = tails(stream, last, length)
        meets = tables.exact.has(hashes)
        for cut, short in singulars(hashes, length, tail):
            meets[cut] |= tables.exact.has(short)
        digits = digit_codes(codes, owner)
        flags = (
            mark(tables.begins(hashes), rows.BEGINS) | mark(tables.look_begins(shape), rows.LOOKS)
            | mark(word, rows.WORD) | mark(glue, rows.GLUE) | mark(~word & ~glue & ~stream.wide[at], rows.STRANGE)
            | mark(~tables.usual.has(hashes) & ~glue & ~stream.wide[at], rows.ODD)
            | mark(tables.looks.has(shape), rows.MIRRORS) | mark(meets, rows.MEETS) | mark(stream.wide[at], rows.WIDE)
        )  # fmt: skip
        asked, roles = tables.roles.find(hashes)
        flags[asked] |= roles.astype(np.uint16)
        bits = np.left_shift(np.uint64(1), codes.astype(np.uint64) & np.uint64(63))
        sets = np.bitwise_or.reduceat(bits, owner) if len(owner) else bits
        number = self.numbers.count
        self.numbers.add(hashes)
        strange = np.flatnonzero(flags & rows.STRANGE)
        found = [
            *self._misspelt(stream, at[strange], sets[strange], digits[strange]),
            *self._glued(stream, at[strange]),
            *self._inflected(stream, at[strange]),
        ]
        for n, near in found:
            own = number + int(strange[n])
            self.near[own] = (*self.near.get(own, ()), near)
            flags[strange[n]] |= rows.NEAR
        self.traits.extend(
            length=length, flags=flags, shape=shape, shape_length=places[owner + length] - places[owner],
            letters=sets, digits=digits, tail=tail,
        )  # fmt: skip

    def _misspelt(self, stream: Stream, at: Ints, sets: U64, digits: Ints) -> Iterator[tuple[int, Near]]:
        length = stream.first[at + 1] - stream.first[at]
        fit = np.flatnonzero((length >= gates.EDIT_LENGTHS[0]) & (length <= gates.EDIT_LENGTHS[-1]))
        windows = Windows(first_values(stream, at[fit], length[fit]), length[fit], sets[fit])
        table = self._tables.edits[1]
        for w, row in zip(*(x.tolist() for x in table.candidates(windows, digits[fit])), strict=True):
            n = int(fit[w])
            form = self._tables.forms[table.form[row]]
            score = gates.edit(form, stream.letters(int(at[n]), int(at[n]) + 1), 1)
            window = stream.window(int(at[n]), int(at[n]) + 1)
            if score is not None and gates.edit_window(window, self._words, self._tables.glue.__contains__) is not None:
                yield n, Near(form, "edit", score)

    def _inflected(self, stream: Stream, at: Ints) -> Iterator[tuple[int, Near]]:
        """Names with a case ending: tokens that are a name for all but their last letters."""
        first, last = stream.first[at], stream.first[at + 1]
        for size in _ENDINGS:
            fit = np.flatnonzero(last - first > size + SHORT)
            whole = fit[self._tables.exact.has(spans(stream.running, first[fit], last[fit] - size))]
            for n in whole.tolist():
                word = stream.letters(int(at[n]), int(at[n]) + 1)
                for form in self._tables.forms_of(word[:-size]):
                    if gates.inflected(form, word, self._words, self._tables.glue.__contains__):
                        yield n, Near(form, "plural", 0.95)

    def _glued(self, stream: Stream, at: Ints) -> Iterator[tuple[int, Near]]:
        """Names inside tokens: grown from places where four letters begin a name."""
        tables = self._tables
        length = stream.first[at + 1] - stream.first[at]
        fit = np.flatnonzero((length >= gates.GLUE_LENGTHS[0]) & (length <= gates.GLUE_LENGTHS[-1]))
        counts = length[fit] - SHORT
        place, owner = ranges(stream.first[at[fit]], counts), np.repeat(fit, counts)
        grown = tables.inner_begins(spans(stream.running, place, place + SHORT + 1))
        place, owner = place[grown], owner[grown]
        end = stream.first[at[owner] + 1]
        held = np.zeros(len(at), np.bool_)
        size = SHORT + 1
        while len(place):
            hashes = spans(stream.running, place, place + size)
            held[owner[tables.inner.has(hashes)]] = True
            size += 1
            on = (place + size <= end) & tables.begins(hashes) & ~held[owner]
            place, owner, end = place[on], owner[on], end[on]
        for n in np.flatnonzero(held).tolist():
            word = stream.letters(int(at[n]), int(at[n]) + 1)
            inside = gates.glued(word, self._words, tables.glue.__contains__, tables.any.__contains__)
            for key in dict.fromkeys(word[s:e] for s, e in inside):
                yield from ((n, Near(form, "glued", 0.9)) for form in self._forms(key))

    def _forms(self, key: str) -> tuple[Form, ...]:
        return tuple(self._tables.forms_of(key))
