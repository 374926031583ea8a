"""Names of several tokens that are misspelt, or that have something glued to their first or last token."""

import numpy as np

from listing_preflight.text import gates
from listing_preflight.text import tokens as rows
from listing_preflight.text.batch import Batch
from listing_preflight.text.edits import Windows
from listing_preflight.text.hashing import Ints, distinct, powers, spans
from listing_preflight.text.learning import Learnt
from listing_preflight.text.letters import first_values, joined_digits
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import Vocabulary
from listing_preflight.text.windows import Met, edges

_PAIR = 2
_JOIN = frozenset({"join"})


class Several:
    """Looks at windows of two tokens and more."""

    def __init__(self, tables: Tables, words: Vocabulary, learnt: Learnt) -> None:
        self._tables, self._words, self._learnt = tables, words, learnt

    def glued_ends(self, tokens: Met, size: int, batch: Batch) -> None:
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

    def edits(self, tokens: Met, size: int, batch: Batch) -> None:
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
        pairs = distinct(np.concatenate([i * count + form for i, form in found]))
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
        traits, stream, first = self._learnt.traits, tokens.stream, tokens.stream.first
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
        traits, stream, table = self._learnt.traits, tokens.stream, self._tables.edits[_PAIR]
        if not len(i) or not len(table.form):
            return i[:0], i[:0]
        length = stream.first[i + _PAIR] - stream.first[i]
        one, two = tokens.number[i], tokens.number[i + 1]
        digits = joined_digits([traits.digits[one], traits.digits[two]])
        windows = Windows(first_values(stream, i, length), length, traits.letters[one] | traits.letters[two])
        window, row = table.candidates(windows, digits)
        return i[window], table.form[row]
