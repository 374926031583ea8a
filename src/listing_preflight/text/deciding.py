"""What the gates say of windows that arrays cannot decide, remembered: a function of a key and of how it is written."""

from collections.abc import Callable, Hashable
from typing import NamedTuple

from listing_preflight.model.hit import Step
from listing_preflight.text import gates
from listing_preflight.text.batch import Batch
from listing_preflight.text.hashing import Ints
from listing_preflight.text.names import squeezed
from listing_preflight.text.stream import Stream
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import Vocabulary

MEMO = 1 << 16
"""Answers that are remembered before the memo starts anew."""
_NONE: frozenset[Step] = frozenset()
_JOIN: frozenset[Step] = frozenset({"join"})
_BITS = 63
"""Letters of a window up to which the places where its tokens end are told by bits."""


class Near(NamedTuple):
    """A form that a window is, how, how surely, and by which steps."""

    form: int
    kind: str
    score: float
    steps: frozenset[Step] = _NONE


class Written(NamedTuple):
    """A window from token i to before token j, the text it lies in and its half-open span there."""

    i: int
    j: int
    text: int
    start: int
    end: int


class Decisions:
    """Asks the gates of windows of tokens, once for all that are written alike; a bounded memo."""

    def __init__(self, tables: Tables, words: Vocabulary) -> None:
        self._tables, self._words = tables, words
        self._known: dict[Hashable, tuple[Near, ...]] = {}
        self._rooms: dict[int, int] = {}

    def _once(self, key: Hashable, ask: Callable[[], tuple[Near, ...]]) -> tuple[Near, ...]:
        found = self._known.get(key)
        if found is None:
            found = ask()
            if len(self._known) >= MEMO:
                self._known.clear()
            self._known[key] = found
        return found

    def plain(self, batch: Batch, stream: Stream, window: Written, key: int, bounds: int) -> tuple[Near, ...]:
        """The forms of a key that the window's letters are."""
        room = self._room(key)
        i, j, n, start, end = window
        if not room:
            return self._once((key, bounds), lambda: self._plain(batch, stream, i, j, key))
        low = max(0, start - room)
        around = batch.texts[n][low : end + room]
        return self._once(
            (key, bounds, start - low, end - start, around), lambda: self._raw(batch, stream, i, j, key, around)
        )

    def _room(self, key: int) -> int:
        """How many characters on each side of a window decide of the forms of a key; 0: its letters alone do."""
        found = self._rooms.get(key)
        if found is None:
            forms = self._tables.of_key[key]
            raw = max(len(f.raw or "") for f in forms)
            plain = not raw and not any(f.wide for f in forms) and len(self._tables.keys[key]) <= _BITS
            found = self._rooms[key] = 0 if plain else max(1, raw)
        return found

    def _raw(self, batch: Batch, stream: Stream, i: int, j: int, key: int, around: str) -> tuple[Near, ...]:
        forms = self._tables.of_key[key]
        if all(f.raw is not None and f.raw not in squeezed(around) for f in forms):
            return ()
        return self._plain(batch, stream, i, j, key)

    def _plain(self, batch: Batch, stream: Stream, i: int, j: int, key: int) -> tuple[Near, ...]:
        n, window = batch.window(stream, i, j)
        asked = ((f, gates.plain(f, window, batch.texts[n], self._words)) for f in self._tables.of_key[key])
        return tuple(Near(f.id, kind, 1.0) for f, kind in asked if kind)

    def plural(
        self, batch: Batch, stream: Stream, i: int, j: int, key: int, more: int, bounds: int
    ) -> tuple[Near, ...]:
        """The forms of a key that the window is the plural of by so many letters."""

        def ask() -> tuple[Near, ...]:
            _, window = batch.window(stream, i, j)
            seen = "".join(t.text for t in window)
            if seen not in (self._tables.keys[key] + "s", self._tables.keys[key] + "es"):
                return ()
            forms = (f for f in self._tables.of_key[key] if gates.plural(f, window, self._words))
            return tuple(Near(f.id, "plural", 0.95) for f in forms)

        if len(self._tables.keys[key]) + more > _BITS:
            return ask()
        return self._once((key, bounds, more), ask)

    def visual(self, batch: Batch, stream: Stream, window: Written, key: int) -> tuple[Near, ...]:
        """The forms of a key that the window looks like."""
        i, j, n, start, end = window
        first = stream.first[i : j + 1]
        written = batch.texts[n][start:end]

        def ask() -> tuple[Near, ...]:
            _, window = batch.window(stream, i, j)
            asked = ((f, gates.visual(f, window, batch.texts[n], self._words)) for f in self._tables.of_key[key])
            return tuple(Near(f.id, "visual", 0.95, steps) for f, steps in asked if steps is not None)

        return self._once((key, written, stream.letters(i, j), (first - first[0]).tobytes()), ask)

    def edit(self, batch: Batch, stream: Stream, i: int, size: int, form: int, numbers: Ints) -> tuple[Near, ...]:
        """Whether a window of several tokens misspells a form; `numbers` are those of the tokens."""

        def ask() -> tuple[Near, ...]:
            _, window = batch.window(stream, i, i + size)
            is_key = self._tables.glue.__contains__
            if gates.edit_window(window, self._words, is_key) is None:
                return ()
            score = gates.edit_tokens(self._tables.forms[form], window, self._words, is_key)
            return () if score is None else (Near(form, "edit", score),)

        return self._once(("edit", form, numbers.tobytes()), ask)

    def glued_end(self, batch: Batch, stream: Stream, i: int, size: int, form: int, numbers: Ints) -> tuple[Near, ...]:
        """Whether a form of several tokens has something glued to its first or last one."""

        def ask() -> tuple[Near, ...]:
            _, window = batch.window(stream, i, i + size)
            fits = gates.glued_end(self._tables.forms[form], window, self._words, self._tables.glue.__contains__)
            return (Near(form, "glued", 0.9, _JOIN),) if fits else ()

        return self._once(("glued", form, numbers.tobytes()), ask)

    def misspelt(self, word: str, form: int) -> Near | None:
        """Whether one token misspells a form."""
        from listing_preflight.text.fold import Token

        score = gates.edit(self._tables.forms[form], word, 1)
        if score is None:
            return None
        window = (Token(word, 0, len(word)),)
        known = gates.edit_window(window, self._words, self._tables.glue.__contains__)
        return None if known is None else Near(form, "edit", score)

    def glued(self, word: str) -> list[Near]:
        """The forms inside one token."""
        tables = self._tables
        inside = gates.glued(word, self._words, tables.glue.__contains__, tables.any.__contains__)
        keys = dict.fromkeys(word[s:e] for s, e in inside)
        return [Near(f.id, "glued", 0.9, _JOIN) for key in keys for f in tables.forms_of(key)]

    def inflected(self, word: str, ending: int) -> list[Near]:
        """The forms that one token is with an ending of so many letters."""
        is_key = self._tables.glue.__contains__
        forms = self._tables.forms_of(word[:-ending])
        return [Near(f.id, "plural", 0.95) for f in forms if gates.inflected(f, word, self._words, is_key)]

    def forget(self) -> None:
        """Let go of all answers: numbers of tokens are about to mean others."""
        self._known.clear()
