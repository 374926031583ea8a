"""Exact and joined names of a register: millions of keys in arrays, masks before any object, letters compared last."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from listing_preflight.storage.mapped import Array, Packed, Part, guarded
from listing_preflight.text import entries as rows
from listing_preflight.text.core import core
from listing_preflight.text.entries import ALIAS, COMMON, Columns, Entries, Masks
from listing_preflight.text.gates import MAX_WINDOW
from listing_preflight.text.hashing import U64, Bools, Groups, Ints, Sieve, distinct, hash_texts, powers, slots, spans
from listing_preflight.text.names import SHORT
from listing_preflight.text.stream import Read, read, taken
from listing_preflight.text.tokens import LIMIT, Numbers, whole
from listing_preflight.text.vocabulary import Vocabulary

ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_MOST_BOUNDS = 31
_CHUNK = 1 << 16
_LONGEST = 1 << 24
"""Letters that no name has."""
_BUCKET = 2
"""Keys of a bucket as a power of two, at least: the fewer buckets, the less memory an exact scan touches."""
_SIEVE_BITS = 8
"""Bits of a sieve for each key: it lets one in eight to sixteen strange windows through, and takes 24 MB for 4 million marks."""
_SIGNS = np.array([ord("™"), ord("®")], np.uint32)


class Names:
    """Names on their way into a layer, folded many at a time."""

    def __init__(self, words: Vocabulary) -> None:
        self._common = Groups(common := words.hashes("common"), np.arange(len(common)))
        self._parts: list[tuple[U64, Ints, Array, Array]] = []
        self._begins: list[U64] = []
        self._longest = 0

    def add(self, names: Sequence[str], marks: Array, *, alias: bool = False) -> None:
        """Take in names, each with the number of its mark; one that folds to nothing is left out."""
        for at in range(0, len(names), _CHUNK):
            lines = "\n".join(n.replace("\n", " ") for n in names[at : at + _CHUNK])
            self.add_lines(lines, marks[at : at + _CHUNK], alias=alias)

    def add_lines(self, text: str, marks: Array, *, alias: bool = False) -> None:
        """The same for names that are lines of a text."""
        stream = read(text, visual=False).plain
        counts = np.bincount(stream.line, minlength=len(marks))
        there = np.flatnonzero(counts)
        if not len(there):
            return
        counts = counts[there]
        end = np.cumsum(counts)
        first, last = stream.first[end - counts], stream.first[end]
        hashes = spans(stream.running, first, last)
        length = last - first
        inner = np.ones(len(stream.start), np.bool_)
        inner[end - 1] = False
        at = np.flatnonzero(inner)
        owner = np.repeat(np.arange(len(there)), counts)[at]
        borders = np.zeros(len(stream.start), np.int64)
        borders[at] = np.left_shift(1, np.minimum(stream.first[at + 1] - first[owner], _MOST_BOUNDS + 1))
        bounds = np.bitwise_or.reduceat(borders, end - counts)
        bounds[length > _MOST_BOUNDS] = 0xFFFFFFFF
        ordinary = np.logical_and.reduceat(self._common.has(stream.hashes), end - counts)
        wide = np.logical_or.reduceat(stream.wide, end - counts)
        common = ~wide & ((length <= SHORT) | ordinary | self._common.has(hashes))
        flags = ALIAS * alias + COMMON * common.astype(np.uint8)
        self._parts.append((hashes, marks[there].astype(np.uint32), bounds.astype(np.uint32), flags.astype(np.uint8)))
        self._begins.append(distinct(spans(stream.running, first[owner], stream.first[at + 1])))
        self._longest = max(self._longest, int(length.max()))

    def packed(self, masks: Masks) -> Packed:
        """The arrays to write: entries in the order of their hash, those of one key in the order of their marks."""
        columns = [np.concatenate(c) for c in zip(*self._parts, strict=True)] if self._parts else _nothing()
        self._parts = []
        hashes = columns[0]
        order = np.argsort(hashes, kind="stable")
        hashes = hashes[order]
        new = np.ones(len(hashes), np.bool_)
        np.not_equal(hashes[1:], hashes[:-1], out=new[1:])
        starts = np.flatnonzero(new)
        keys = hashes[starts]
        bits = max(4, len(keys).bit_length() - _BUCKET)
        flags = columns[3][order]
        yield "rest", (keys >> np.uint64(32 - min(bits, 32))).astype(np.uint32)
        counts = np.bincount(slots(keys, bits), minlength=1 << bits)
        yield "buckets", np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
        common = np.bitwise_and.reduceat(flags, starts) & COMMON if len(starts) else flags
        yield "common", common != 0
        begins = np.concatenate(self._begins) if self._begins else hashes
        for name, some in (("sieve", np.concatenate([keys, begins])), ("begins", begins)):
            yield from ((f"{name}/{part}", array) for part, array in Sieve(some, _SIEVE_BITS).packed())
        edges = np.append(starts, len(hashes))
        yield from rows.packed(edges, columns[1][order], columns[2][order], flags, masks)
        yield "longest", np.array([self._longest], np.int64)


def _nothing() -> list[Array]:
    return [np.zeros(0, kind) for kind in (np.uint64, np.uint32, np.uint32, np.uint8)]


class Reach(NamedTuple):
    """What a listing can be bound by: classes and offices as bits, ALL where that is not known."""

    classes: int
    territory: int


class Found(NamedTuple):
    """Windows of a batch that stand for entries: text, first token, token after the last, key, entry, its mark and flags."""

    text: Ints
    i: Ints
    j: Ints
    key: Ints
    entry: Ints
    mark: Ints
    flags: Array


class Dropped(NamedTuple):
    """Windows that no mark is told of: text, tokens, key, and the reason by its number."""

    text: Ints
    i: Ints
    j: Ints
    key: Ints
    reason: Ints


REASONS = ("ordinary-word", "register-elsewhere", "register-dead", "register-other-goods")


class Layer:
    """The keys of a register, in an open file."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._rest, self._buckets, self._common = part["rest"], part["buckets"], part["common"]
        self._sieve, self._begins = Sieve.over(part.at("sieve")), Sieve.over(part.at("begins"))
        self.entries = Entries(part)
        self._longest = int(part["longest"][0])
        self._bits = len(self._buckets).bit_length() - 1
        keys = len(self._rest)
        if len(self._buckets) != (1 << self._bits) + 1 or len(self._common) != keys or int(self._buckets[-1]) != keys:
            raise part.fault("is damaged (register)")
        if not 0 <= self._longest <= _LONGEST:
            raise part.fault("is damaged (register)")
        self._forget()

    def _forget(self) -> None:
        self._numbers = Numbers()
        self._key, self._opens = np.zeros(0, np.int64), np.zeros(0, np.bool_)

    def _tokens(self, hashes: U64) -> tuple[Ints, Bools]:
        """The key of each token, -1 where it is none, and whether a name may begin with it; a bounded memo in arrays.

        Texts say the same words over and over: their keys are found in a table that fits a processor's cache.
        """
        if self._numbers.count > LIMIT:
            self._forget()
        number = self._numbers.find(hashes)
        missing = np.flatnonzero(number < 0)
        if len(missing):
            new = distinct(hashes[missing])
            key = np.full(len(new), -1, np.int64)
            asked, found = self.keys(new)
            key[asked] = found
            with whole(self._forget):
                self._numbers.add(new)
                self._key, self._opens = np.append(self._key, key), np.append(self._opens, self._begins(new))
            number[missing] = self._numbers.find(hashes[missing])
        return self._key[number], self._opens[number]

    def keys(self, hashes: U64) -> tuple[Ints, Ints]:
        """Which hashes are known, and the number of the key of each."""
        asked = np.flatnonzero(self._sieve(hashes))
        known, found = self._located(hashes[asked])
        return asked[known], found

    def _located(self, hashes: U64) -> tuple[Ints, Ints]:
        """`keys` of hashes that the sieve has let through."""
        bucket = slots(hashes, self._bits)
        at = self._buckets[bucket].astype(np.int64)
        end = self._buckets[bucket + 1].astype(np.int64)
        self._check(at, end, len(self._rest))
        rest = (hashes >> np.uint64(32 - min(self._bits, 32))).astype(np.uint32)
        found = np.full(len(hashes), -1, np.int64)
        open_ = np.flatnonzero(at < end)
        while len(open_):
            here = at[open_]
            same = self._rest[here] == rest[open_]
            found[open_[same]] = here[same]
            at[open_] += 1
            open_ = open_[~same]
            open_ = open_[at[open_] < end[open_]]
        known = np.flatnonzero(found >= 0)
        return known, found[known]

    def _check(self, start: Ints, end: Ints, size: int) -> None:
        if len(end) and (int(end.max()) > size or bool((start > end).any())):
            raise self._part.fault("is damaged (register)")

    def windows(self, found: Read) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
        """Windows whose letters are those of a key: first token, token after the last, key, inner borders as bits."""
        stream = found.plain
        hashes, length = stream.hashes, np.diff(stream.first)
        same = stream.line[1:] == stream.line[:-1]
        up = powers(self._longest + 1)
        keys, opens = self._tokens(hashes)
        module = core().module
        if module is not None:
            tables = self._sieve.table, self._begins.table, self._rest, self._buckets, self._longest
            raw = module.register(tables, (hashes, stream.first, stream.line, keys, opens, up))
            rows = taken(raw, np.int64).reshape(-1, 4)
            yield rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3].astype(np.uint32)
            return
        i = np.flatnonzero(keys >= 0)
        yield i, i + 1, keys[i], np.zeros(len(i), np.uint32)
        i = np.flatnonzero(opens[:-1] & same & (length[:-1] < self._longest))
        last, h, n, bounds = i, hashes[i], length[i], np.zeros(len(i), np.uint32)
        for _ in range(MAX_WINDOW - 1):
            h = h + hashes[last + 1] * up[n]
            perhaps = np.flatnonzero(self._sieve(h))
            if not len(perhaps):
                return
            i, last, h, n, bounds = i[perhaps], last[perhaps] + 1, h[perhaps], n[perhaps], bounds[perhaps]
            bounds |= np.where(n > _MOST_BOUNDS, 0, np.left_shift(1, n)).astype(np.uint32)
            n = n + length[last]
            at, key = self._located(h)
            yield i[at], last[at] + 1, key, bounds[at]
            go = np.flatnonzero(self._begins(h) & (n < self._longest))
            go = go[last[go] < len(same)]
            go = go[same[last[go]]]
            i, last, h, n, bounds = i[go], last[go], h[go], n[go], bounds[go]

    def find(self, batch: "Batch", alive: Callable[[Array, Array], Bools]) -> tuple[Found, Dropped]:
        """What stands in a batch of texts and passes the masks, and what does not.

        `alive` says of status numbers and last days of terms whether a right may be in force.
        """
        with guarded(self._part):
            return self._find(batch, alive)

    def _find(self, batch: "Batch", alive: Callable[[Array, Array], Bools]) -> tuple[Found, Dropped]:
        i, j, key, bounds = (np.concatenate(column) for column in zip(*self.windows(batch.read), strict=True))
        text = batch.text[i]
        leads = batch.leads(i, j)
        ordinary = self._common[key] & ~leads
        reason = np.where(ordinary, 0, -1)
        left = np.flatnonzero(~ordinary)
        columns, owner = self.entries.of(key[left])
        owner = left[owner]
        stage = self._stages(columns, batch.reach(text[owner]), leads[owner], alive)
        stage[bounds[owner] & ~columns.bounds != 0] = -1  # other tokens than the name's: no match at all
        np.maximum.at(reason, owner, stage)
        lost = np.flatnonzero((reason >= 0) & (reason < len(REASONS)))
        good = np.flatnonzero(stage == len(REASONS))
        at = owner[good]
        return (
            Found(text[at], i[at], j[at], key[at], columns.entry[good], columns.mark[good], columns.flags[good]),
            Dropped(text[lost], i[lost], j[lost], key[lost], reason[lost]),
        )

    def _stages(
        self, columns: Columns, reach: tuple[U64, U64], leads: Bools, alive: Callable[[Array, Array], Bools]
    ) -> Ints:
        """How far each entry comes through the masks: the number of the reason that stops it, or how many there are."""
        classes, territory = reach
        here = columns.territory & territory != 0
        live = alive(columns.status, columns.expires)
        goods = columns.classes & (classes | np.uint64(1)) != 0
        stage = np.where(~here, 1, np.where(~live, 2, np.where(~goods, 3, len(REASONS))))
        return np.where((columns.flags & COMMON != 0) & ~leads, 0, stage)

    def is_key(self, key: str, number: int) -> bool:
        """Whether letters are those of a key, hashes aside."""
        asked, found = self.keys(hash_texts([key]))
        return bool(len(asked)) and int(found[0]) == number

    def holders(self, key: str, reach: Reach | None, alive: Callable[[Array, Array], Bools]) -> tuple[Ints, int]:
        """The marks of a folded name that pass the masks, in their order, and how many hold the name in all."""
        with guarded(self._part):
            return self._holders(key, reach, alive)

    def _holders(self, key: str, reach: Reach | None, alive: Callable[[Array, Array], Bools]) -> tuple[Ints, int]:
        _, number = self.keys(hash_texts([key]))
        columns, _ = self.entries.of(number)
        own = np.flatnonzero(columns.flags & ALIAS == 0)
        columns = Columns(*(column[own] for column in columns))
        if reach is None:
            return columns.mark, len(own)
        one = np.ones(len(own), np.uint64)
        stage = self._stages(
            columns, (one * np.uint64(reach.classes), one * np.uint64(reach.territory)), one != 0, alive
        )
        return columns.mark[stage == len(REASONS)], len(own)


class Batch:
    """Texts of several listings, joined and read, with what each listing can be bound by; `text` is that of each token.

    `leading` says of a text whether a name at its start counts although it is an ordinary word (a title), `whole` whether
    one counts anywhere in it (a brand field).
    """

    def __init__(self, texts: Sequence[str], owner: Ints, leading: Bools, whole: Bools) -> None:
        self.texts, self.owner, self._leading, self._whole = texts, owner, leading, whole
        ends = np.cumsum(np.fromiter((len(t) + 1 for t in texts), np.int64, len(texts)))
        self.offsets = np.concatenate([np.zeros(1, np.int64), ends[:-1]]) if len(texts) else ends
        self.read = read("\n".join(texts), visual=False)
        lines = np.fromiter((t.count("\n") + 1 for t in texts), np.int64, len(texts))
        self.text: Ints = np.repeat(np.arange(len(texts)), lines)[self.read.plain.line]
        self._classes = self._territory = np.full(int(owner.max(initial=-1)) + 1, ALL)

    def bound_by(self, reaches: Sequence[Reach]) -> None:
        """Say what each listing can be bound by, in the terms of the layer that is asked next."""
        self._classes = np.array([r.classes for r in reaches], np.uint64)
        self._territory = np.array([r.territory for r in reaches], np.uint64)

    def reach(self, text: Ints) -> tuple[U64, U64]:
        """Class and office masks of the listings that texts belong to."""
        owner = self.owner[text]
        return self._classes[owner], self._territory[owner]

    def leads(self, i: Ints, j: Ints) -> Bools:
        """Whether an ordinary word stands where a mark does: first in a title, in a brand field, before a sign."""
        stream, text = self.read.plain, self.text[i]
        first = (i == 0) | (self.text[i - 1] != text)
        found: Bools = (first & self._leading[text]) | self._whole[text]
        written: Any = self.read.written
        if written.dtype != np.uint8:
            end = stream.end[j - 1]
            behind = written[np.minimum(end, len(written) - 1)]
            found |= ((behind == _SIGNS[0]) | (behind == _SIGNS[1])) & (end < len(written))
        return found
