"""The reference matcher: every window against every form. Slow, obvious, and what the fast index is held to."""

from collections.abc import Sequence

from listing_preflight.model.hit import Step
from listing_preflight.text import gates
from listing_preflight.text.fold import Reading, Token, fold
from listing_preflight.text.gates import Match
from listing_preflight.text.names import Form
from listing_preflight.text.visual import skeleton
from listing_preflight.text.vocabulary import Vocabulary


class NaiveMatcher:
    """Finds forms by trying all of them everywhere; semantics in docs/matching.md."""

    def __init__(self, forms: Sequence[Form], words: Vocabulary) -> None:
        self._forms, self._words = forms, words
        self._keys = {f.key for f in forms if gates.is_glue(f, words)}
        self._any = {f.key for f in forms if not f.wide}

    def find(self, text: str) -> list[Match]:
        """All matches in a visible text, before overlaps are resolved."""
        folded = fold(text)
        out = [m for window in _windows(folded.plain) for f in self._forms for m in self._plain(f, window, text)]
        out += [m for window in _windows(folded.visual) for f in self._forms for m in self._visual(f, window, text)]
        out += [m for window in _windows(folded.plain, gates.EDIT_WINDOW) for m in self._edits(window)]
        out += [m for window in _windows(folded.plain, gates.EDIT_WINDOW) for m in self._glued_ends(window)]
        out += [m for token in folded.plain.tokens if not token.wide for m in self._glued(token)]
        out += [m for token in folded.plain.tokens if not token.wide for m in self._inflected(token)]
        return sorted(set(out), key=lambda m: (m.start, m.end, m.kind, m.form.id))

    def _plain(self, form: Form, window: Sequence[Token], text: str) -> list[Match]:
        seen = "".join(t.text for t in window)
        if seen == form.key:
            kind = gates.plain(form, window, text, self._words)
            return [_match(form, kind, window, 1.0)] if kind else []
        if seen in (form.key + "s", form.key + "es") and gates.plural(form, window, self._words):
            return [_match(form, "plural", window, 0.95)]
        return []

    def _visual(self, form: Form, window: Sequence[Token], text: str) -> list[Match]:
        if not form.skeleton or skeleton("".join(t.text for t in window)) != form.skeleton:
            return []
        steps = gates.visual(form, window, text, self._words)
        return [_match(form, "visual", window, 0.95, steps)] if steps is not None else []

    def _edits(self, window: Sequence[Token]) -> list[Match]:
        seen = gates.edit_window(window, self._words, self._keys.__contains__)
        if seen is None:
            return []
        scores = ((f, self._score(f, seen, window)) for f in self._forms)
        return [_match(f, "edit", window, score) for f, score in scores if score is not None]

    def _score(self, form: Form, seen: str, window: Sequence[Token]) -> float | None:
        if len(window) == 1:
            return gates.edit(form, seen, 1)
        return gates.edit_tokens(form, window, self._words, self._keys.__contains__)

    def _glued_ends(self, window: Sequence[Token]) -> list[Match]:
        join: frozenset[Step] = frozenset({"join"})
        return [
            _match(f, "glued", window, 0.9, join)
            for f in self._forms
            if gates.glued_end(f, window, self._words, self._keys.__contains__)
        ]

    def _inflected(self, token: Token) -> list[Match]:
        return [
            Match(f, "plural", token.start, token.end, 0.95)
            for f in self._forms
            if gates.inflected(f, token.text, self._words, self._keys.__contains__)
        ]

    def _glued(self, token: Token) -> list[Match]:
        spans = gates.glued(token.text, self._words, self._keys.__contains__, self._any.__contains__)
        return [
            Match(f, "glued", token.start, token.end, 0.9, frozenset({"join"}))
            for s, e in spans
            for f in self._forms
            if f.key == token.text[s:e]
        ]


def _windows(reading: Reading, most: int = gates.MAX_WINDOW) -> list[tuple[Token, ...]]:
    tokens, borders = reading
    out = []
    for i in range(len(tokens)):
        for j in range(i + 1, min(len(tokens), i + most) + 1):
            if any(b in borders for b in range(i + 1, j)):
                break
            out.append(tokens[i:j])
    return out


def _match(form: Form, kind: str, window: Sequence[Token], score: float, steps: frozenset[Step] = frozenset()) -> Match:
    return Match(form, kind, window[0].start, window[-1].end, score, steps)
