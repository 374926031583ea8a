"""The matcher by the compiled core: the core proposes windows, the gates decide of those that arrays cannot."""

from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from listing_preflight.text import gates
from listing_preflight.text import tokens as rows
from listing_preflight.text.batch import KINDS, Batch
from listing_preflight.text.deciding import Decisions, Near, Written
from listing_preflight.text.edits import PREFIX
from listing_preflight.text.gates import Match
from listing_preflight.text.hashing import U64, Ints, firsts, inverse_powers, letter_values, powers
from listing_preflight.text.stream import Read, Stream, read, taken
from listing_preflight.text.tables import Shapes, Tables
from listing_preflight.text.tokens import Numbers, Traits, whole
from listing_preflight.text.vocabulary import Vocabulary

_LITERAL: tuple[float, frozenset[str]] = (1.0, frozenset())
_ENDINGS = np.array(sorted({len(e) for e in gates.ENDINGS}), np.int64)
_PAIRS = 1 << 16
"""Pairs of tokens in which nothing is loose that the core remembers."""
_POWERS = gates.EDIT_LENGTHS[-1] + PREFIX + 1


class _Said(list[tuple[int, int, int, int]]):
    """Matches that the gates have decided of: start, end, kind and form, and the score and steps of each."""

    def __init__(self) -> None:
        super().__init__()
        self.extra: list[tuple[float, frozenset[str]]] = []

    def add(self, start: int, end: int, near: Near) -> None:
        self.append((start, end, _KIND[near.kind], near.form))
        self.extra.append((near.score, near.steps))


_KIND = {kind: n for n, kind in enumerate(KINDS)}


class CompiledEngine:
    """Finds the names of tables in batches of texts."""

    letters = 1 << 16
    """Characters that are read at a time: as many as stay in a processor's cache."""

    def __init__(self, module: ModuleType, tables: Tables, words: Vocabulary) -> None:
        self._core, self._tables = module, tables
        self._decide = Decisions(tables, words)
        self._arrays = _arrays(tables)
        self._known = module.Tables(self._arrays)
        self._made: list[Any] = [None] * len(tables.forms)
        self._longest = max(tables.longest, tables.longest_look)
        self._forget()

    def _forget(self) -> None:
        self._numbers, self._traits = Numbers(), Traits()
        self._near: dict[int, tuple[Near, ...]] = {}
        self._empty = np.zeros(_PAIRS, np.uint64)
        self._decide.forget()

    def batch(self, texts: Sequence[str]) -> list[list[Match]]:
        """All matches in each text, before overlaps are resolved."""
        if self._numbers.count > rows.LIMIT:
            self._forget()
        batch, said = Batch(texts), _Said()
        found = read(batch.text)
        tokens = self._met(found.plain)
        up = powers(max(self._longest + 2, 2 * gates.EDIT_LENGTHS[-1]))
        sure = self._plain(found, tokens, up, batch, said)
        self._visual(found, tokens, up, batch, said)
        self._loose(found.plain, tokens, up, batch, said)
        single = np.array(said, np.int64).ravel()
        return self._core.matches(
            Match, self._made, self._tables.forms, KINDS, batch.offsets, len(batch.text), single, said.extra, sure,
            _LITERAL,
        )  # fmt: skip

    def _met(self, stream: Stream) -> tuple[Any, ...]:
        """The columns of a stream's tokens, each with its number and traits."""
        number = self._numbers.find(stream.hashes)
        missing = np.flatnonzero(number < 0)
        if len(missing):
            new, at = firsts(stream.hashes[missing])
            with whole(self._forget):
                self._learn(stream, missing[at], new)
            number = self._numbers.find(stream.hashes)
        t = self._traits
        return (
            stream.codes, stream.first, stream.start, stream.end, stream.line, stream.hashes, number, t.flags[number],
            t.length, t.shape, t.shape_length, t.letters, t.digits, t.tail, t.key,
        )  # fmt: skip

    def _learn(self, stream: Stream, at: Ints, hashes: U64) -> None:
        """Work out the traits of tokens that were never met, and what is misspelt, glued or inflected in them."""
        length = stream.first[at + 1] - stream.first[at]
        up = powers(2 * int(length.max()) + 1)
        learnt = self._core.learn(self._known, stream.codes, stream.first, stream.wide, at, up, _ENDINGS)
        flags, shape, shape_length, letters, digits, tail, key, *asked = learnt
        flags = taken(flags, np.uint16).copy()
        number = self._numbers.count
        self._numbers.add(hashes)
        for n, near in self._asked(stream, at, *(taken(one, np.int64) for one in asked)):
            self._near[number + n] = (*self._near.get(number + n, ()), near)
            flags[n] |= rows.NEAR
        self._traits.extend(
            length=length, flags=flags, shape=taken(shape, np.uint64), shape_length=taken(shape_length, np.int64),
            letters=taken(letters, np.uint64), digits=taken(digits, np.int64), tail=taken(tail, np.int64),
            key=taken(key, np.int64),
        )  # fmt: skip

    def _asked(
        self, stream: Stream, at: Ints, misspelt: Ints, glued: Ints, inflected: Ints
    ) -> Iterator[tuple[int, Near]]:
        """What the gates say of new tokens."""
        decide, form = self._decide, self._tables.edits[1].form

        def word(n: int) -> str:
            return stream.letters(int(at[n]), int(at[n]) + 1)

        for n, row in sorted(set(_rows(misspelt, 2))):
            if (near := decide.misspelt(word(n), int(form[row]))) is not None:
                yield n, near
        for n in glued.tolist():
            yield from ((n, near) for near in decide.glued(word(n)))
        for n, ending in _rows(inflected, 2):
            yield from ((n, near) for near in decide.inflected(word(n), ending))

    def _plain(self, found: Read, tokens: tuple[Any, ...], up: U64, batch: Batch, said: _Said) -> Ints:
        """Windows that are a name; those that are sure come back."""
        stream, written = found.plain, found.written
        raw = self._core.plain(self._known, tokens, up, written, written.itemsize)
        sure, rest, plurals = (taken(one, np.int64) for one in raw)
        for window, key, bounds in zip(_windows(batch, stream, rest, 4), *_columns(rest, 4)[2:], strict=True):
            _say(said, stream, window.i, window.j, self._decide.plain(batch, stream, window, key, bounds))
        for i, j, key, more, bounds in _rows(plurals, 5):
            _say(said, stream, i, j, self._decide.plural(batch, stream, i, j, key, more, bounds))
        return sure

    def _visual(self, found: Read, tokens: tuple[Any, ...], up: U64, batch: Batch, said: _Said) -> None:
        """Windows that look like a name; lines whose readings differ are looked at in their visual reading alone."""
        stream, written, differs = found.plain, found.written, None
        if found.visual is not None:
            differs = np.zeros(int(found.differing[-1]) + 1, np.bool_)
            differs[found.differing] = True
            self._shaped(found.visual, self._met(found.visual), up, written, None, None, batch, said)
        odd = self._core.odd(written, written.itemsize, stream.start, stream.end, tokens[7], stream.line, differs)
        self._shaped(stream, tokens, up, written, odd, differs, batch, said)

    def _shaped(
        self, stream: Stream, tokens: tuple[Any, ...], up: U64, written: Any, odd: Any, differs: Any, batch: Batch,
        said: _Said,
    ) -> None:  # fmt: skip
        raw = self._core.looks(self._known, tokens, up, written, written.itemsize, odd, differs)
        found = taken(raw, np.int64)
        for window, key in zip(_windows(batch, stream, found, 3), *_columns(found, 3)[2:], strict=True):
            _say(said, stream, window.i, window.j, self._decide.visual(batch, stream, window, key))

    def _loose(self, stream: Stream, tokens: tuple[Any, ...], up: U64, batch: Batch, said: _Said) -> None:
        """Names misspelt in or glued into tokens that are neither ordinary words nor names themselves."""
        number = tokens[6]
        near = np.flatnonzero(tokens[7] & rows.NEAR)
        for i, own in zip(near.tolist(), number[near].tolist(), strict=True):
            _say(said, stream, i, i + 1, self._near[own])
        edits, glued = (taken(raw, np.int64) for raw in self._core.loose(self._known, tokens, up, self._empty))
        self._of_several(stream, edits, number, self._decide.edit, batch, said)
        self._of_several(stream, glued, number, self._decide.glued_end, batch, said)

    def _of_several(
        self, stream: Stream, found: Ints, number: Ints, ask: Callable[..., tuple[Near, ...]], batch: Batch, said: _Said
    ) -> None:
        """Ask the gates of windows of several tokens, each with a form."""
        for size, i, form in dict.fromkeys(_rows(found, 3)):
            _say(said, stream, i, i + size, ask(batch, stream, i, size, form, number[i : i + size]))


def _say(said: _Said, stream: Stream, i: int, j: int, found: Sequence[Near]) -> None:
    for near in found:
        said.add(int(stream.start[i]), int(stream.end[j - 1]), near)


def _columns(numbers: Ints, width: int) -> list[list[int]]:
    """Numbers as so many columns."""
    return [numbers[n::width].tolist() for n in range(width)]


def _rows(numbers: Ints, width: int) -> list[tuple[int, ...]]:
    """Numbers as tuples of so many."""
    return list(zip(*_columns(numbers, width), strict=True))


def _windows(batch: Batch, stream: Stream, numbers: Ints, width: int) -> Iterator[Written]:
    """The windows that the first two of so many columns name."""
    i, j = numbers[::width], numbers[1::width]
    return map(Written, i.tolist(), j.tolist(), *batch.places(stream, i, j))


def _arrays(tables: Tables) -> dict[str, Any]:
    """All that the core looks windows up in, by name."""
    inverse = inverse_powers(2)[1:2]
    ends = letter_values(np.array([ord("s"), ord("e")], np.uint32))
    return {
        **dict(tables.arrays()), **{f"shapes/{name}": array for name, array in Shapes().packed()},
        **_raws(tables), "up": powers(_POWERS)[:_POWERS], "constants": np.concatenate([inverse, ends]),
    }  # fmt: skip


def _raws(tables: Tables) -> dict[str, Any]:
    """The raw spellings of keys all of whose forms need one in ASCII: where they begin, how many, and their letters."""
    raws: dict[int, list[str]] = {}
    for number in tables.forms_with_raw():
        form = tables.forms[number]
        raws.setdefault(int(tables.key_of[number]), []).append(form.raw or "")
    at, count = np.zeros(len(tables.keys), np.int32), np.zeros(len(tables.keys), np.int32)
    every: list[str] = []
    for key, some in raws.items():
        if len(some) == int(tables.count[key]) and all(r.isascii() for r in some):
            at[key], count[key] = len(every), len(some)
            every += some
    first = np.concatenate([[0], np.cumsum(np.array([len(r) for r in every], np.int64))]).astype(np.int32)
    codes = np.frombuffer("".join(every).encode("ascii"), np.uint8).astype(np.uint32)
    return {"raw/at": at, "raw/count": count, "raw/first": first, "raw/codes": codes}
