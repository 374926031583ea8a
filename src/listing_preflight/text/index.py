"""The fast matcher: batches of texts as arrays of tokens, windows looked up by hash, survivors put through the gates."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

import numpy as np

from listing_preflight.text import gates
from listing_preflight.text import tokens as rows
from listing_preflight.text.batch import Batch
from listing_preflight.text.compiled import CompiledEngine
from listing_preflight.text.core import core
from listing_preflight.text.edits import Windows
from listing_preflight.text.gates import Match
from listing_preflight.text.hashing import U64, Bools, Ints, powers, ranges, spans
from listing_preflight.text.letters import digit_codes, down, first_values, joined_digits, odd_case, singulars, tails
from listing_preflight.text.names import SHORT, Form
from listing_preflight.text.stream import Read, Stream, read
from listing_preflight.text.tables import Shapes, Tables
from listing_preflight.text.tokens import Numbers, Traits, mark
from listing_preflight.text.vocabulary import Vocabulary
from listing_preflight.text.windows import Met, Spans, edges

BATCH_LETTERS, COMPILED_LETTERS = 1 << 18, 1 << 16
"""Characters that are read at a time: enough that a call on arrays costs little; the core's stay in a processor's cache."""
_PAIR = 2
_NONE: frozenset[str] = frozenset()
_JOIN = frozenset({"join"})
_ENDINGS = sorted({len(e) for e in gates.ENDINGS})
"""Lengths of case endings."""


class _Near(NamedTuple):
    form: Form
    kind: str
    score: float


class IndexMatcher:
    """Finds forms in running text; held equal to NaiveMatcher by property test."""

    def __init__(self, forms: Sequence[Form], words: Vocabulary, tables: Tables | None = None) -> None:
        """`tables` are there already where the forms were filed before, as in a compiled list."""
        self._tables, self._words = Tables(forms, words) if tables is None else tables, words
        self._shapes = Shapes()
        self._forget()
        module = core().module
        self._engine = None if module is None else CompiledEngine(module, self._tables, words)

    @classmethod
    def over(cls, tables: Tables, words: Vocabulary) -> Self:
        """A matcher over tables that are there already."""
        return cls(tables.forms, words, tables)

    def _forget(self) -> None:
        self._numbers, self._traits = Numbers(), Traits()
        self._near: dict[int, tuple[_Near, ...]] = {}

    def find(self, text: str) -> list[Match]:
        """All matches in a visible text, before overlaps are resolved."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Match]]:
        """All matches in each of many visible texts."""
        out: list[list[Match]] = []
        most = BATCH_LETTERS if self._engine is None else COMPILED_LETTERS
        batch: list[str] = []
        size = 0
        for text in texts:
            if batch and size + len(text) > most:
                out += self._batch(batch)
                batch, size = [], 0
            batch.append(text)
            size += len(text) + 1
        return out + self._batch(batch) if batch else out

    def _batch(self, texts: Sequence[str]) -> list[list[Match]]:
        if self._engine is not None:
            return self._engine.batch(texts)
        if self._numbers.count > rows.LIMIT:
            self._forget()
        batch = Batch(texts)
        found = read(batch.text)
        tokens = self._known(found.plain)
        self._plain(tokens, batch)
        self._visual(tokens, batch, found)
        self._loose(tokens, batch)
        return batch.matches(self._tables.forms)

    def _known(self, stream: Stream) -> Met:
        hashes = stream.hashes
        number = self._numbers.find(hashes)
        missing = np.flatnonzero(number < 0)
        if len(missing):
            new, at = np.unique(hashes[missing], return_index=True)
            self._learn(stream, missing[at], new)
            number[missing] = self._numbers.find(hashes[missing])
        return Met(stream, number.astype(np.int64), self._traits.flags[number], hashes)

    def _learn(self, stream: Stream, at: Ints, hashes: U64) -> None:
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
        number = self._numbers.count
        self._numbers.add(hashes)
        strange = np.flatnonzero(flags & rows.STRANGE)
        found = [
            *self._misspelt(stream, at[strange], sets[strange], digits[strange]),
            *self._glued(stream, at[strange]),
            *self._inflected(stream, at[strange]),
        ]
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
        windows = Windows(first_values(stream, at[fit], length[fit]), length[fit], sets[fit])
        table = self._tables.edits[1]
        for w, row in zip(*(x.tolist() for x in table.candidates(windows, digits[fit])), strict=True):
            n = int(fit[w])
            form = self._tables.forms[table.form[row]]
            score = gates.edit(form, stream.letters(int(at[n]), int(at[n]) + 1), 1)
            window = stream.window(int(at[n]), int(at[n]) + 1)
            if score is not None and gates.edit_window(window, self._words, self._tables.glue.__contains__) is not None:
                yield n, _Near(form, "edit", score)

    def _inflected(self, stream: Stream, at: Ints) -> Iterator[tuple[int, _Near]]:
        """Names with a case ending: tokens that are a name for all but their last letters."""
        first, last = stream.first[at], stream.first[at + 1]
        for size in _ENDINGS:
            fit = np.flatnonzero(last - first > size + SHORT)
            whole = fit[self._tables.exact.has(spans(stream.running, first[fit], last[fit] - size))]
            for n in whole.tolist():
                word = stream.letters(int(at[n]), int(at[n]) + 1)
                for form in self._tables.forms_of(word[:-size]):
                    if gates.inflected(form, word, self._words, self._tables.glue.__contains__):
                        yield n, _Near(form, "plural", 0.95)

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

    def _grown(self, tokens: Met, start: Ints, *, plain: bool) -> Iterator[Spans]:
        """Windows for as long as some name begins so."""
        traits, line = self._traits, tokens.stream.line
        if plain:
            hashes, lengths, sieve, longest = tokens.hash, traits.length, self._tables.begins, self._tables.longest
        else:
            hashes, lengths = traits.shape[tokens.number], traits.shape_length
            sieve, longest = self._tables.look_begins, self._tables.longest_look
        up = powers(longest + 1)
        i, j = start, start + 1
        h, n, bounds = hashes[i], lengths[tokens.number[i]], np.zeros(len(i), np.uint64)
        for _ in range(gates.MAX_WINDOW):
            if not len(i):
                return
            yield Spans(i, j, h, n, bounds)
            on = np.flatnonzero(j < len(line))
            on = on[line[j[on]] == line[i[on]]]
            more = n[on] + lengths[tokens.number[j[on]]]
            on, more = on[more <= longest], more[more <= longest]
            h = h[on] + hashes[j[on]] * up[n[on]]
            keep = np.flatnonzero(sieve(h))
            on, h, more = on[keep], h[keep], more[keep]
            bounds = bounds[on] | np.left_shift(np.uint64(1), np.minimum(n[on], 63).astype(np.uint64))
            i, j, n = i[on], j[on] + 1, more

    def _plain(self, tokens: Met, batch: Batch) -> None:
        tables, traits = self._tables, self._traits
        for level, windows in enumerate(self._grown(tokens, np.flatnonzero(tokens.flags & rows.BEGINS), plain=True)):
            if not level:
                windows = windows.chosen(np.flatnonzero(tokens.flags[windows.i] & rows.MEETS))
            asked, key = tables.exact.find(windows.hash)
            self._exact(tokens, windows.chosen(asked), key, batch)
            tail = traits.tail[tokens.number[windows.j - 1]]
            for cut, short in singulars(windows.hash, windows.letters, tail):
                asked, key = tables.exact.find(short)
                i, j = windows.i[cut[asked]], windows.j[cut[asked]]
                on = tables.plural[key]
                self._plurals(tokens, i[on], j[on], key[on], batch)

    def _exact(self, tokens: Met, windows: Spans, key: Ints, batch: Batch) -> None:
        tables, stream = self._tables, tokens.stream
        same = self._spelt(stream, windows.i, windows.j, key)
        windows, key = windows.chosen(same), key[same]
        easy, bounds = tables.easy[key], tables.bounds[key]
        exact = easy & (windows.bounds == bounds)
        joined = easy & ~exact & (windows.bounds & ~bounds == 0) & (windows.letters > SHORT)
        word = joined & (windows.j - windows.i == 1) & tables.english[key]
        joined &= ~word
        for kind, chosen in (("exact", exact), ("joined", joined), ("respaced", word)):
            k = key[chosen]
            counts = tables.count[k]
            start, end = stream.start[windows.i[chosen]], stream.end[windows.j[chosen] - 1]
            forms = tables.filed[ranges(tables.start[k], counts)]
            batch.add_all(np.repeat(start, counts), np.repeat(end, counts), kind, forms)
        rest = np.flatnonzero(~exact & ~joined & ~word & ~(easy & (windows.letters <= SHORT)))
        texts = batch.numbers(stream, windows.i[rest])
        for a, b, k, n in zip(*(x[rest].tolist() for x in (windows.i, windows.j, key)), texts, strict=True):
            here = [f for f in tables.of_key[k] if f.raw is None or batch.holds(n, f.raw)]
            if not here:
                continue
            _, window = batch.window(stream, a, b)
            for form in here:
                found = gates.plain(form, window, batch.texts[n], self._words)
                if found:
                    batch.add(stream, a, b, found, form.id, 1.0)

    def _spelt(self, stream: Stream, i: Ints, j: Ints, key: Ints) -> Bools:
        """Whether the letters of windows are those of the keys, hashes aside."""
        tables, first = self._tables, stream.first[i]
        length = stream.first[j] - first
        out: Bools = length == tables.lengths[key]
        at = np.flatnonzero(out)
        if len(at):
            equal = (
                stream.codes[ranges(first[at], length[at])] == tables.codes[ranges(tables.first[key[at]], length[at])]
            )
            out[at] = np.logical_and.reduceat(equal, np.cumsum(length[at]) - length[at])
        return out

    def _plurals(self, tokens: Met, i: Ints, j: Ints, key: Ints, batch: Batch) -> None:
        tables, stream = self._tables, tokens.stream
        for a, b, k in zip(i.tolist(), j.tolist(), key.tolist(), strict=True):
            _, window = batch.window(stream, a, b)
            seen = "".join(t.text for t in window)
            if seen in (tables.keys[k] + "s", tables.keys[k] + "es"):
                for form in tables.of_key[k]:
                    if gates.plural(form, window, self._words):
                        batch.add(stream, a, b, "plural", form.id, 0.95)

    def _visual(self, tokens: Met, batch: Batch, found: Read) -> None:
        """Windows that look like a name; lines whose readings differ are looked at in their visual reading alone."""
        stream = tokens.stream
        odd = (tokens.flags & (rows.WORD | rows.WIDE) != rows.WORD) | odd_case(found, stream)
        strange = np.flatnonzero(found.written > 0x7F) if found.written.dtype != np.uint8 else found.differing[:0]
        if len(strange) and len(odd):
            # a sign between two words is part of what is written: it counts for the word on either side
            odd[np.minimum(np.searchsorted(stream.end, strange, "right"), len(odd) - 1)] = True
            odd[np.maximum(np.searchsorted(stream.start, strange, "right") - 1, 0)] = True
        if found.visual is not None:
            differs = np.zeros(max(int(stream.line.max(initial=0)), int(found.differing[-1])) + 1, np.bool_)
            differs[found.differing] = True
            other = differs[stream.line]
            odd[other] = False
            self._shaped(self._known(found.visual), batch, strange)
            self._shaped(tokens, batch, strange, odd, ~other)
            return
        self._shaped(tokens, batch, strange, odd)

    def _shaped(
        self, tokens: Met, batch: Batch, strange: Ints, odd: Bools | None = None, mine: Bools | None = None
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
        for level, windows in enumerate(self._grown(tokens, np.flatnonzero(begins), plain=False)):
            if before is not None:
                windows = windows.chosen(np.flatnonzero(before[windows.j] > before[windows.i]))
            if not level:
                windows = windows.chosen(np.flatnonzero(tokens.flags[windows.i] & rows.MIRRORS))
            asked, key = tables.looks.find(windows.hash)
            i, j = windows.i[asked], windows.j[asked]
            signs = np.searchsorted(strange, stream.end[j - 1]) - np.searchsorted(strange, stream.start[i])
            on = np.flatnonzero(
                (signs > 0) | (spans(stream.running, stream.first[i], stream.first[j]) != tables.hash[key])
            )
            for a, b, k in zip(i[on].tolist(), j[on].tolist(), key[on].tolist(), strict=True):
                n, window = batch.window(stream, a, b)
                for form in tables.of_key[k]:
                    steps = gates.visual(form, window, batch.texts[n], self._words)
                    if steps is not None:
                        batch.add(stream, a, b, "visual", form.id, 0.95, steps)

    def _loose(self, tokens: Met, batch: Batch) -> None:
        """Names misspelt in or glued into tokens that are neither ordinary words nor names themselves."""
        stream = tokens.stream
        near = np.flatnonzero(tokens.flags & rows.NEAR)
        for a, number in zip(near.tolist(), tokens.number[near].tolist(), strict=True):
            for form, kind, score in self._near[number]:
                batch.add(stream, a, a + 1, kind, form.id, score, _JOIN if kind == "glued" else _NONE)
        for size in range(2, gates.EDIT_WINDOW + 1):
            self._edits(tokens, size, batch)
            self._glued_ends(tokens, size, batch)

    def _glued_ends(self, tokens: Met, size: int, batch: Batch) -> None:
        """Names of several tokens with something glued to the first or the last: looked up by the tokens left whole."""
        tables, stream, first = self._tables, tokens.stream, tokens.stream.first
        start, end, inside = edges(tokens, size)
        glued_last = np.flatnonzero(inside & (start & rows.FIRST[size] != 0) & (end & rows.STRANGE != 0))
        glued_first = np.flatnonzero(inside & (end & rows.LAST[size] != 0) & (start & rows.STRANGE != 0))
        for i, table, skip in ((glued_last, tables.heads[size], 0), (glued_first, tables.tails[size], 1)):
            whole = i + skip
            asked, form = table.find(spans(stream.running, first[whole], first[whole + size - 1]))
            i, key = i[asked], tables.key_of[form]
            glued = i if skip else i + size - 1
            over = first[i + size] - first[i] - tables.lengths[key]
            low = first[i] + (over if skip else 0)
            high = first[i + size] - (0 if skip else over)
            fits = np.flatnonzero((over > 0) & (over < first[glued + 1] - first[glued]))
            same = fits[spans(stream.running, low[fits], high[fits]) == tables.hash[key[fits]]]
            for a, k in zip(i[same].tolist(), form[same].tolist(), strict=True):
                _, window = batch.window(stream, a, a + size)
                if gates.glued_end(tables.forms[k], window, self._words, tables.glue.__contains__):
                    batch.add(stream, a, a + size, "glued", k, 0.9, _JOIN)

    def _edits(self, tokens: Met, size: int, batch: Batch) -> None:
        """Names of several tokens, misspelt: in one token beside the others, or in both of two odd ones."""
        stream = tokens.stream
        start, end, inside = edges(tokens, size)
        if not len(inside):
            return
        odd = np.concatenate([[0], np.cumsum(tokens.flags & rows.ODD != 0)])
        odd = odd[size:] - odd[:-size]
        length = stream.first[size:] - stream.first[:-size]
        fit = inside & (odd > 0) & (length >= gates.EDIT_LENGTHS[0]) & (length <= gates.EDIT_LENGTHS[-1])
        begins, ends = start & rows.FIRST[size] != 0, end & rows.LAST[size] != 0
        found = []
        for place in range(size):
            i = np.flatnonzero(fit & (begins if place else ends) & (ends if place < size - 1 else begins))
            found.append(self._anchored(tokens, size, i, place))
        if size == _PAIR:
            found.append(self._scattered(tokens, np.flatnonzero(fit & (odd == _PAIR))))
        count = len(self._tables.forms)
        pairs = np.unique(np.concatenate([i * count + form for i, form in found]))
        i, form_ids = pairs // count, pairs % count
        near = gates.within(stream.cut(i, i + size), [self._tables.forms[n] for n in form_ids.tolist()])
        for a, number in zip(i[near].tolist(), form_ids[near].tolist(), strict=True):
            form = self._tables.forms[number]
            _, window = batch.window(stream, a, a + size)
            if gates.edit_window(window, self._words, self._tables.glue.__contains__) is None:
                continue
            score = gates.edit_tokens(form, window, self._words, self._tables.glue.__contains__)
            if score is not None:
                batch.add(stream, a, a + size, "edit", number, score)

    def _anchored(self, tokens: Met, size: int, i: Ints, place: int) -> tuple[Ints, Ints]:
        """Pairs of (first token, form) whose other tokens are the form's."""
        traits, stream, first = self._traits, tokens.stream, tokens.stream.first
        at = i + place
        left = spans(stream.running, first[i], first[at])
        right = spans(stream.running, first[at + 1], first[i + size])
        rests = left + right * powers(gates.EDIT_LENGTHS[-1] + 1)[first[at] - first[i]]
        number = tokens.number[at]
        window, form = self._tables.anchors[size].candidates(
            place, rests, traits.length[number], traits.letters[number]
        )
        return i[window], form

    def _scattered(self, tokens: Met, i: Ints) -> tuple[Ints, Ints]:
        """Pairs of (first token, form) of two tokens that may be within the form's edit limit, though both differ."""
        traits, stream, table = self._traits, tokens.stream, self._tables.edits[_PAIR]
        if not len(i) or not len(table.form):
            return i[:0], i[:0]
        length = stream.first[i + _PAIR] - stream.first[i]
        one, two = tokens.number[i], tokens.number[i + 1]
        digits = joined_digits([traits.digits[one], traits.digits[two]])
        windows = Windows(first_values(stream, i, length), length, traits.letters[one] | traits.letters[two])
        window, row = table.candidates(windows, digits)
        return i[window], table.form[row]
