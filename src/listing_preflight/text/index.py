"""The fast matcher: batches of texts as arrays of tokens, windows looked up by hash, survivors put through the gates."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from listing_preflight.text import gates
from listing_preflight.text import tokens as rows
from listing_preflight.text.edits import PREFIX, Windows
from listing_preflight.text.fold import Token
from listing_preflight.text.gates import Match
from listing_preflight.text.hashing import U64, Bools, Ints, inverse_powers, letter_values, powers, ranges, spans
from listing_preflight.text.names import SHORT, Form
from listing_preflight.text.stream import Read, Stream, read
from listing_preflight.text.tables import Shapes, Tables
from listing_preflight.text.tokens import Numbers, Traits, mark
from listing_preflight.text.vocabulary import Vocabulary

BATCH_LETTERS = 1 << 18
"""Characters that are read at a time."""
_NONE: frozenset[str] = frozenset()
_JOIN = frozenset({"join"})
_S, _ES = 1, 2
_ORDER = itemgetter(2, 3, 1, 0)
_TOO_MANY = -1
_s, _e = letter_values(np.array([ord("s"), ord("e")], np.uint32))


class _Near(NamedTuple):
    form: Form
    kind: str
    score: float


class _Batch(NamedTuple):
    """Texts of one batch, joined, and the matches of each."""

    text: str
    offsets: Ints
    texts: Sequence[str]
    out: list[list[Match]]

    def places(self, start: Ints, end: Ints) -> tuple[list[int], list[int], list[int]]:
        """Which text each span of the joined text lies in, and where it begins and ends there."""
        text = np.searchsorted(self.offsets, start, "right") - 1
        return text.tolist(), (start - self.offsets[text]).tolist(), (end - self.offsets[text]).tolist()

    def window(self, stream: Stream, i: int, j: int) -> tuple[int, tuple[Token, ...]]:
        """Which text tokens i to j lie in, and the tokens with their places there."""
        n = int(np.searchsorted(self.offsets, stream.start[i], "right")) - 1
        offset = int(self.offsets[n])
        return n, tuple(
            Token(stream.letters(k, k + 1), int(stream.start[k]) - offset, int(stream.end[k]) - offset, bool(stream.wide[k]))
            for k in range(i, j)
        )


class _Tokens(NamedTuple):
    """A stream's tokens with their numbers, hashes and lengths."""

    stream: Stream
    number: Ints
    flags: np.ndarray[tuple[int], np.dtype[np.uint8]]
    hash: U64


class IndexMatcher:
    """Finds forms in running text; held equal to NaiveMatcher by property test."""

    def __init__(self, forms: Sequence[Form], words: Vocabulary) -> None:
        self._tables, self._words = Tables(forms, words), words
        self._shapes = Shapes()
        self._forget()

    def _forget(self) -> None:
        self._numbers, self._traits = Numbers(), Traits()
        self._near: dict[int, tuple[_Near, ...]] = {}

    def find(self, text: str) -> list[Match]:
        """All matches in a visible text, before overlaps are resolved."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Match]]:
        """All matches in each of many visible texts."""
        out: list[list[Match]] = []
        batch: list[str] = []
        size = 0
        for text in texts:
            if batch and size + len(text) > BATCH_LETTERS:
                out += self._batch(batch)
                batch, size = [], 0
            batch.append(text)
            size += len(text) + 1
        return out + self._batch(batch) if batch else out

    def _batch(self, texts: Sequence[str]) -> list[list[Match]]:
        if self._numbers.count > rows.LIMIT:
            self._forget()
        ends = np.cumsum(np.fromiter((len(t) + 1 for t in texts), np.int64, len(texts)))
        batch = _Batch("\n".join(texts), np.concatenate([[0], ends[:-1]]), texts, [[] for _ in texts])
        found = read(batch.text)
        tokens = self._known(found.plain)
        self._plain(tokens, batch)
        self._visual(tokens, batch, found)
        self._loose(tokens, batch)
        for matches in batch.out:
            matches.sort(key=_ORDER)
        return batch.out

    def _known(self, stream: Stream) -> _Tokens:
        hashes = stream.hashes
        number = self._numbers.find(hashes)
        missing = np.flatnonzero(number < 0)
        if len(missing):
            new, at = np.unique(hashes[missing], return_index=True)
            self._learn(stream, missing[at], new)
            number[missing] = self._numbers.find(hashes[missing])
        return _Tokens(stream, number.astype(np.int64), self._traits.flags[number], hashes)

    def _learn(self, stream: Stream, at: Ints, hashes: U64) -> None:
        """Work out the traits of tokens that were never met, and what is misspelt or glued in them."""
        tables, first, last = self._tables, stream.first[at], stream.first[at + 1]
        length = last - first
        letters = ranges(first, length)
        codes = stream.codes[letters]
        owner = np.cumsum(length) - length
        running, places = self._shapes.prefixes(codes)
        shape = (running[owner + length] - running[owner]) * _down(places[owner])
        word, glue = tables.words.has(hashes), tables.glue_keys.has(hashes)
        tail = _tails(stream, last, length)
        meets = tables.exact.has(hashes)
        for cut, short in _singulars(hashes, length, tail):
            meets[cut] |= tables.exact.has(short)
        digits = _digit_codes(codes, owner, length)
        flags = (
            mark(tables.begins(hashes), rows.BEGINS) | mark(tables.look_begins(shape), rows.LOOKS)
            | mark(word, rows.WORD) | mark(glue, rows.GLUE) | mark(~word & ~glue & ~stream.wide[at], rows.STRANGE)
            | mark(meets, rows.MEETS) | mark(stream.wide[at], rows.WIDE)
        )  # fmt: skip
        bits = np.left_shift(np.uint64(1), codes.astype(np.uint64) & np.uint64(63))
        sets = np.bitwise_or.reduceat(bits, owner) if len(owner) else bits
        number = self._numbers.count
        self._numbers.add(hashes)
        strange = np.flatnonzero(flags & rows.STRANGE)
        found = [*self._misspelt(stream, at[strange], sets[strange], digits[strange]), *self._glued(stream, at[strange])]
        for n, near in found:
            own = number + int(strange[n])
            self._near[own] = (*self._near.get(own, ()), near)
            flags[strange[n]] |= rows.NEAR
        self._traits.extend(
            length=length, flags=flags, shape=shape, shape_length=places[owner + length] - places[owner],
            letters=sets, digits=digits, tail=tail,
        )  # fmt: skip

    def _misspelt(self, stream: Stream, at: Ints, sets: U64, digits: Ints) -> Iterator[tuple[int, _Near]]:
        length = stream.first[at + 1] - stream.first[at]
        fit = np.flatnonzero((length >= gates.EDIT_LENGTHS[0]) & (length <= gates.EDIT_LENGTHS[-1]))
        windows = Windows(_first_values(stream, at[fit], length[fit]), length[fit], sets[fit])
        table = self._tables.edits[1]
        for w, row in zip(*(x.tolist() for x in table.candidates(windows, digits[fit])), strict=True):
            n = int(fit[w])
            form = self._tables.forms[table.form[row]]
            score = gates.edit(form, stream.letters(int(at[n]), int(at[n]) + 1), 1)
            window = stream.window(int(at[n]), int(at[n]) + 1)
            if score is not None and gates.edit_window(window, self._words, self._tables.glue.__contains__) is not None:
                yield n, _Near(form, "edit", score)

    def _glued(self, stream: Stream, at: Ints) -> Iterator[tuple[int, _Near]]:
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
                yield from ((n, _Near(form, "glued", 0.9)) for form in self._forms(key))

    def _forms(self, key: str) -> tuple[Form, ...]:
        return self._tables.of_key[self._tables.number[key]]

    def _grown(self, tokens: _Tokens, start: Ints, plain: bool) -> Iterator[tuple[Ints, Ints, U64, Ints]]:
        """Windows (first, past the last, hash, letters) for as long as some name begins so."""
        traits, line = self._traits, tokens.stream.line
        hashes, lengths = (tokens.hash, traits.length) if plain else (traits.shape[tokens.number], traits.shape_length)
        sieve, longest = (
            (self._tables.begins, self._tables.longest) if plain else (self._tables.look_begins, self._tables.longest_look)
        )
        up = powers(longest + 1)
        i, j = start, start + 1
        h, n = hashes[i], lengths[tokens.number[i]]
        for _ in range(gates.MAX_WINDOW):
            if not len(i):
                return
            yield i, j, h, n
            on = np.flatnonzero(j < len(line))
            on = on[line[j[on]] == line[i[on]]]
            i, j, n = i[on], j[on], n[on]
            more = n + lengths[tokens.number[j]]
            on2 = np.flatnonzero(more <= longest)
            h = h[on][on2] + hashes[j[on2]] * up[n[on2]]
            i, j, n = i[on2], j[on2] + 1, more[on2]
            keep = sieve(h)
            i, j, h, n = i[keep], j[keep], h[keep], n[keep]

    def _plain(self, tokens: _Tokens, batch: _Batch) -> None:
        tables, traits = self._tables, self._traits
        start = np.flatnonzero(tokens.flags & rows.BEGINS)
        first = True
        for i, j, h, n in self._grown(tokens, start, plain=True):
            if first:
                on = np.flatnonzero(tokens.flags[i] & rows.MEETS)
                i, j, h, n, first = i[on], j[on], h[on], n[on], False
            asked, key = tables.exact.find(h)
            self._exact(tokens, i[asked], j[asked], key, batch)
            tail = traits.tail[tokens.number[j - 1]]
            for cut, short in _singulars(h, n, tail):
                asked, key = tables.exact.find(short)
                self._plurals(tokens, i[cut[asked]], j[cut[asked]], key, batch)

    def _exact(self, tokens: _Tokens, i: Ints, j: Ints, key: Ints, batch: _Batch) -> None:
        tables, stream = self._tables, tokens.stream
        same = self._spelt(stream, i, j, key)
        i, j, key = i[same], j[same], key[same]
        easy = tables.easy[key] & (j - i == 1)
        text, start, end = batch.places(stream.start[i[easy]], stream.end[j[easy] - 1])
        of_key, out = tables.of_key, batch.out
        for n, s, e, k in zip(text, start, end, key[easy].tolist(), strict=True):
            forms = of_key[k]
            if len(forms) == 1:
                out[n].append(Match(forms[0], "exact", s, e, 1.0))
            else:
                out[n] += [Match(f, "exact", s, e, 1.0) for f in forms]
        for a, b, k in zip(i[~easy].tolist(), j[~easy].tolist(), key[~easy].tolist(), strict=True):
            n, window = batch.window(stream, a, b)
            for form in of_key[k]:
                kind = gates.plain(form, window, batch.texts[n], self._words)
                if kind:
                    out[n].append(_match(form, kind, window, 1.0))

    def _spelt(self, stream: Stream, i: Ints, j: Ints, key: Ints) -> Bools:
        """Whether the letters of windows are those of the keys, hashes aside."""
        tables, first = self._tables, stream.first[i]
        length = stream.first[j] - first
        out: Bools = length == tables.lengths[key]
        at = np.flatnonzero(out)
        if len(at):
            equal = stream.codes[ranges(first[at], length[at])] == tables.codes[ranges(tables.first[key[at]], length[at])]
            out[at] = np.logical_and.reduceat(equal, np.cumsum(length[at]) - length[at])
        return out

    def _plurals(self, tokens: _Tokens, i: Ints, j: Ints, key: Ints, batch: _Batch) -> None:
        tables, stream = self._tables, tokens.stream
        for a, b, k in zip(i.tolist(), j.tolist(), key.tolist(), strict=True):
            n, window = batch.window(stream, a, b)
            seen = "".join(t.text for t in window)
            if seen not in (tables.keys[k] + "s", tables.keys[k] + "es"):
                continue
            batch.out[n] += [
                _match(f, "plural", window, 0.95) for f in tables.of_key[k] if gates.plural(f, window, self._words)
            ]

    def _visual(self, tokens: _Tokens, batch: _Batch, found: Read) -> None:
        """Windows that look like a name; lines whose readings differ are looked at in their visual reading alone."""
        stream = tokens.stream
        odd = (tokens.flags & (rows.WORD | rows.WIDE) != rows.WORD) | _odd_case(found, stream)
        strange = np.flatnonzero(found.written > 0x7F) if found.written.dtype != np.uint8 else found.differing[:0]
        if len(strange) and len(odd):
            # a sign between two words is part of what is written: it counts for the word on either side
            odd[np.minimum(np.searchsorted(stream.end, strange, "right"), len(odd) - 1)] = True
            odd[np.maximum(np.searchsorted(stream.start, strange, "right") - 1, 0)] = True
        if found.visual is not None:
            other = np.isin(stream.line, found.differing)
            odd[other] = False
            self._shaped(self._known(found.visual), batch, strange)
            self._shaped(tokens, batch, strange, odd, ~other)
            return
        self._shaped(tokens, batch, strange, odd)

    def _shaped(
        self, tokens: _Tokens, batch: _Batch, strange: Ints, odd: Bools | None = None, mine: Bools | None = None
    ) -> None:
        tables, stream = self._tables, tokens.stream
        begins = tokens.flags & rows.LOOKS != 0
        if mine is not None:
            begins &= mine
        before = None
        if odd is not None:
            before = np.concatenate([[0], np.cumsum(odd)])
            last = np.minimum(np.arange(len(odd)) + gates.MAX_WINDOW, len(odd))
            begins &= before[last] > before[:-1]
        for i, j, h, _ in self._grown(tokens, np.flatnonzero(begins), plain=False):
            if before is not None:
                on = np.flatnonzero(before[j] > before[i])
                i, j, h = i[on], j[on], h[on]
            asked, key = tables.looks.find(h)
            i, j = i[asked], j[asked]
            signs = np.searchsorted(strange, stream.end[j - 1]) - np.searchsorted(strange, stream.start[i])
            on = np.flatnonzero((signs > 0) | (spans(stream.running, stream.first[i], stream.first[j]) != tables.hash[key]))
            for a, b, k in zip(i[on].tolist(), j[on].tolist(), key[on].tolist(), strict=True):
                n, window = batch.window(stream, a, b)
                for form in tables.of_key[k]:
                    steps = gates.visual(form, window, batch.texts[n], self._words)
                    if steps is not None:
                        batch.out[n].append(_match(form, "visual", window, 0.95, steps))

    def _loose(self, tokens: _Tokens, batch: _Batch) -> None:
        """Names misspelt in or glued into tokens that are neither ordinary words nor names themselves."""
        stream = tokens.stream
        near = np.flatnonzero(tokens.flags & rows.NEAR)
        numbers = tokens.number[near].tolist()
        for number, n, s, e in zip(numbers, *batch.places(stream.start[near], stream.end[near]), strict=True):
            for form, kind, score in self._near[number]:
                batch.out[n].append(Match(form, kind, s, e, score, _JOIN if kind == "glued" else _NONE))
        for size in range(2, gates.EDIT_WINDOW + 1):
            self._edits(tokens, size, batch)

    def _edits(self, tokens: _Tokens, size: int, batch: _Batch) -> None:
        traits, stream, table = self._traits, tokens.stream, self._tables.edits[size]
        count = len(tokens.number) - size + 1
        if count <= 0 or not len(table.form):
            return
        flags = [tokens.flags[k : count + k] for k in range(size)]
        fit = (np.bitwise_or.reduce(flags) & (rows.STRANGE | rows.WIDE) == rows.STRANGE) & (
            stream.line[:count] == stream.line[size - 1 :]
        )
        i = np.flatnonzero(fit)
        length = stream.first[i + size] - stream.first[i]
        i = i[(length >= gates.EDIT_LENGTHS[0]) & (length <= gates.EDIT_LENGTHS[-1])]
        length = stream.first[i + size] - stream.first[i]
        numbers = [tokens.number[i + k] for k in range(size)]
        letters = np.bitwise_or.reduce([traits.letters[x] for x in numbers]) if len(i) else traits.letters[:0]
        digits = _joined_digits([traits.digits[x] for x in numbers])
        windows = Windows(_first_values(stream, i, length), length, letters)
        for w, row in zip(*(x.tolist() for x in table.candidates(windows, digits)), strict=True):
            a, form = int(i[w]), self._tables.forms[table.form[row]]
            score = gates.edit(form, stream.letters(a, a + size), size)
            if score is None:
                continue
            n, window = batch.window(stream, a, a + size)
            if gates.edit_window(window, self._words, self._tables.glue.__contains__) is not None:
                batch.out[n].append(_match(form, "edit", window, score))


def _down(places: Ints) -> U64:
    """Inverse powers of the hash's base."""
    return inverse_powers(int(places.max(initial=0)) + 1)[places]


def _tails(stream: Stream, last: Ints, length: Ints) -> Ints:
    """Whether tokens end in s, or in es."""
    s = (stream.codes[last - 1] == ord("s")) & (length > 1)
    es = s & (length > len("es")) & (stream.codes[np.maximum(last - 2, 0)] == ord("e"))
    return s.astype(np.int64) * _S + es.astype(np.int64) * (_ES - _S)


def _singulars(hashes: U64, length: Ints, tail: Ints) -> Iterator[tuple[Ints, U64]]:
    """Which hashes end in a plural's s or es, and the hash of what stands before it."""
    cut = np.flatnonzero(tail)
    if len(cut):
        up = powers(int(length[cut].max()))
        short = hashes[cut] - _s * up[length[cut] - 1]
        yield cut, short
        two = np.flatnonzero(tail[cut] == _ES)
        yield cut[two], short[two] - _e * up[length[cut[two]] - 2]


def _digit_codes(codes: Ints, owner: Ints, length: Ints) -> Ints:
    """The digits of each token as a number with a leading one, as in `edits.digit_codes`; -1 for more than two."""
    out = np.ones(len(owner), np.int64)
    at = np.flatnonzero((codes >= ord("0")) & (codes <= ord("9")))
    for token, digit in zip((np.searchsorted(owner, at, "right") - 1).tolist(), (codes[at] - ord("0")).tolist(), strict=True):
        out[token] = _TOO_MANY if out[token] >= 100 or out[token] < 0 else out[token] * 10 + digit
    return out


def _joined_digits(parts: Sequence[Ints]) -> Ints:
    out = parts[0]
    for part in parts[1:]:
        scale = np.where(part >= 100, 100, np.where(part >= 10, 10, 1))
        joined = out * scale + part - scale
        out = np.where((out < 0) | (part < 0) | (joined >= 1000), _TOO_MANY, joined)
    return out


def _first_values(stream: Stream, i: Ints, length: Ints) -> U64:
    """Values of the first letters of windows that begin with token i, zero after their end."""
    place = stream.first[i][:, None] + np.arange(PREFIX)
    inside = np.arange(PREFIX) < length[:, None]
    codes = stream.codes[np.minimum(place, max(0, len(stream.codes) - 1))] if len(i) else np.zeros((0, PREFIX), np.uint32)
    return np.where(inside, letter_values(codes), np.uint64(0))


def _odd_case(found: Read, stream: Stream) -> Bools:
    """Tokens with a letter that was put there for its looks, as `gates` has it."""
    written, out = found.written, np.zeros(len(stream.start), np.bool_)
    capital = np.flatnonzero(written[1:-1] == ord("I")) + 1
    small = np.flatnonzero(written[1:-1] == ord("l")) + 1
    after, before = written[capital + 1], written[capital - 1] | 0x20
    capital = capital[(after >= ord("a")) & (after <= ord("z")) & (before >= ord("a")) & (before <= ord("z"))]
    after, before = written[small + 1], written[small - 1]
    small = small[(after >= ord("A")) & (after <= ord("Z")) & (before >= ord("A")) & (before <= ord("Z"))]
    at = np.concatenate([capital, small])
    if len(at) and len(out):
        out[np.maximum(np.searchsorted(stream.start, at, "right") - 1, 0)] = True
    return out


def _match(form: Form, kind: str, window: Sequence[Token], score: float, steps: frozenset[str] = _NONE) -> Match:
    return Match(form, kind, window[0].start, window[-1].end, score, steps)

