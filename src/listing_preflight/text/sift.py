"""Sift many texts for those that a few names can stand in at all, by the compiled core: what is left the matcher decides of."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from listing_preflight.text import gates
from listing_preflight.text import tokens as rows
from listing_preflight.text.charset import charset
from listing_preflight.text.compiled import CompiledEngine
from listing_preflight.text.core import core
from listing_preflight.text.deciding import Near
from listing_preflight.text.hashing import U64, Bools, Ints, powers
from listing_preflight.text.stream import Stream, read, taken
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import Vocabulary

SUSPECT, UNMET, OTHERWISE = 1, 2, 4
"""A name can stand in the text; a token in it was never met; it does not fold letter by letter, and is not looked at here."""
_ASKED = Near(-1, "edit", 0.0)
"""Stands for what the gates would be asked of a token: here that they would is enough."""


class Sifted(NamedTuple):
    """What is known of each of some texts: whether a name can stand in it, whether it was read, its first and last token's hash."""

    suspect: Bools
    read: Bools
    first: U64
    last: U64


class Texts(NamedTuple):
    """Texts that lie one behind the other, one character apart; `starts` are their places, and that of one more."""

    raw: bytes
    width: int
    starts: Ints

    def text(self, number: int) -> str:
        """One of them."""
        start, end = self.starts[number : number + 2].tolist()
        part = self.raw[start * self.width : (end - 1) * self.width]
        return part.decode("ascii" if self.width == 1 else "utf-32-le", "surrogatepass")

    def cut(self) -> Callable[[int], str]:
        """What gives one of them, for who asks for many: places are told once."""
        starts, raw, width = self.starts.tolist(), self.raw, self.width
        way = "ascii" if width == 1 else "utf-32-le"
        return lambda n: raw[starts[n] * width : (starts[n + 1] - 1) * width].decode(way, "surrogatepass")

    def some(self, numbers: Ints) -> list[str]:
        """Some of them."""
        return list(map(self.text, numbers.tolist()))


def laid(texts: Sequence[str]) -> Texts:
    """Texts one behind the other."""
    text = "\n".join(texts)
    plain = text.isascii()
    raw = text.encode("ascii") if plain else text.encode("utf-32-le", "surrogatepass")
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1, out=starts[1:])
    return Texts(raw, 1 if plain else 4, starts)


class Sift(CompiledEngine):
    """Tells in which of many texts one of the names of tables can stand. Never wrong about no."""

    def sift(self, texts: Sequence[str]) -> Sifted:
        """Look at the texts, each by itself."""
        plain = np.fromiter(map(str.isascii, texts), np.bool_, len(texts))
        out = Sifted(
            np.ones(len(texts), np.bool_), np.zeros(len(texts), np.bool_), *np.zeros((2, len(texts)), np.uint64)
        )
        for at in (np.flatnonzero(plain), np.flatnonzero(~plain)):  # wider characters cost more
            for mine, found in zip(out, self.sift_laid(laid([texts[n] for n in at.tolist()])), strict=True):
                mine[at] = found
        return out

    def sift_laid(self, texts: Texts) -> Sifted:
        """The same of texts that lie one behind the other."""
        if self._numbers.count > rows.LIMIT:
            self._forget()
        told, first, last = self._told(texts)
        unread = np.flatnonzero(told & OTHERWISE)
        if len(unread) and self._filled(some := texts.some(unread)):
            told[unread], first[unread], last[unread] = self._told(laid(some))
        unmet = np.flatnonzero(told & UNMET)
        if len(unmet):
            some = texts.some(unmet)
            self._met(read("\n".join(some), visual=False).plain)
            told[unmet], _, _ = self._told(laid(some))
        return Sifted(told != 0, told & OTHERWISE == 0, first, last)

    @staticmethod
    def _filled(texts: Sequence[str]) -> bool:
        """Whether the tables of characters lacked some of these texts, and now have them."""
        known, text = charset(), "".join(texts)
        before = np.count_nonzero(known.ready)
        if not text.isascii():
            known.meet(taken(text.encode("utf-32-le", "surrogatepass"), np.uint32))
        return bool(np.count_nonzero(known.ready) > before)

    def _told(self, texts: Texts) -> tuple[Ints, U64, U64]:
        """What the core says of texts, and the hashes of their first and last tokens."""
        written = taken(texts.raw, np.uint8 if texts.width == 1 else np.uint32)
        known, t = charset(), self._traits
        if not known.ready[0]:
            known.fill(0)
        columns = (t.flags, t.length, t.shape, t.shape_length, t.letters, t.digits, t.tail, t.key)
        told, first, last = self._core.sift(
            self._known, written, texts.width, texts.starts, (known.kind, known.letter, known.value, known.ready),
            powers(max(self._longest + 2, 2 * gates.EDIT_LENGTHS[-1], 64)),
            self._numbers.table(), columns, self._empty,
        )  # fmt: skip
        return taken(told, np.uint8).copy(), taken(first, np.uint64).copy(), taken(last, np.uint64).copy()

    def _asked(
        self, stream: Stream, at: Ints, misspelt: Ints, glued: Ints, inflected: Ints
    ) -> Iterator[tuple[int, Near]]:
        """Every new token of which the gates would be asked."""
        del stream, at
        yield from ((n, _ASKED) for n in {*misspelt[::2].tolist(), *glued.tolist(), *inflected[::2].tolist()})


def sift_of(tables: Tables, words: Vocabulary) -> Sift | None:
    """What sifts texts for the names of tables; None where there is no compiled core."""
    module = core().module
    return None if module is None else Sift(module, tables, words)
