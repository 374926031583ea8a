"""The matcher with arrays: batches of texts as columns of tokens, windows looked up by hash, survivors put through the gates."""

from collections.abc import Iterator, Sequence

import numpy as np

from listing_preflight.text import gates
from listing_preflight.text import tokens as rows
from listing_preflight.text.batch import Batch
from listing_preflight.text.gates import Match
from listing_preflight.text.hashing import Bools, Ints, powers, ranges, spans
from listing_preflight.text.learning import Learnt
from listing_preflight.text.letters import odd_case, singulars
from listing_preflight.text.names import SHORT
from listing_preflight.text.several import Several
from listing_preflight.text.stream import Read, Stream, read
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import Vocabulary
from listing_preflight.text.windows import Met, Spans

_NONE: frozenset[str] = frozenset()
_JOIN = frozenset({"join"})


class ArrayEngine:
    """Finds the names of tables in batches of texts."""

    letters = 1 << 18
    """Characters that are read at a time: enough that a call on arrays costs little."""

    def __init__(self, tables: Tables, words: Vocabulary) -> None:
        self._tables, self._words = tables, words
        self._learnt = Learnt(tables, words)
        self._several = Several(tables, words, self._learnt)

    def batch(self, texts: Sequence[str]) -> list[list[Match]]:
        """All matches in each text, before overlaps are resolved."""
        if self._learnt.numbers.count > rows.LIMIT:
            self._learnt.forget()
        batch = Batch(texts)
        found = read(batch.text)
        tokens = self._learnt.known(found.plain)
        self._plain(tokens, batch)
        self._visual(tokens, batch, found)
        self._loose(tokens, batch)
        return batch.matches(self._tables.forms)

    def _grown(self, tokens: Met, start: Ints, *, plain: bool) -> Iterator[Spans]:
        """Windows for as long as some name begins so."""
        traits, line = self._learnt.traits, tokens.stream.line
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
        tables, traits = self._tables, self._learnt.traits
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
            self._shaped(self._learnt.known(found.visual), batch, strange)
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
            for form, kind, score in self._learnt.near[number]:
                batch.add(stream, a, a + 1, kind, form.id, score, _JOIN if kind == "glued" else _NONE)
        for size in range(2, gates.EDIT_WINDOW + 1):
            self._several.edits(tokens, size, batch)
            self._several.glued_ends(tokens, size, batch)
