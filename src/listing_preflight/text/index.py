"""The fast matcher: the same candidates as the reference, found through hash tables of folded names."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from listing_preflight.text import gates
from listing_preflight.text.fold import Reading, Token, fold
from listing_preflight.text.gates import Match
from listing_preflight.text.names import Form
from listing_preflight.text.visual import skeleton
from listing_preflight.text.vocabulary import Vocabulary

_MEMO_LIMIT = 400_000


PREFIX = 7
"""Letters at the start of a name whose deletions are kept: enough to meet every name within two edits."""


_NONE: frozenset[str] = frozenset()
_JOIN = frozenset({"join"})


class _Near(NamedTuple):
    form: Form
    kind: str
    score: float


class IndexMatcher:
    """Finds forms in running text; equal to NaiveMatcher by construction of its tables and by property test."""

    def __init__(self, forms: Sequence[Form], words: Vocabulary) -> None:
        self._words = words
        self._keys = _grouped((f.key, f) for f in forms)
        self._skeletons = _grouped((f.skeleton, f) for f in forms if f.skeleton and len(f.key) > 3)
        self._starts = _prefixes(self._keys) | {k + s for k in self._keys for s in ("s", "es", "e")}
        self._skeleton_starts = _prefixes(self._skeletons)
        self._glue = {f.key for f in forms if not f.common and not f.wide}
        self._any = {f.key for f in forms if not f.wide}
        self._deletions = _grouped(
            (cut, f) for f in forms if (limit := gates.edit_limit(f)) for cut in deletions(f.key[:PREFIX], limit)
        )
        self._memo: dict[str, tuple[_Near, ...]] = {}

    def find(self, text: str) -> list[Match]:
        """All matches in a visible text, before overlaps are resolved."""
        folded = fold(text)
        out = list(self._plain(folded.plain, text))
        out += self._visual(folded.visual)
        out += self._near(folded.plain)
        return sorted(set(out), key=lambda m: (m.start, m.end, m.kind, m.form.id))

    def _plain(self, reading: Reading, text: str) -> Iterator[Match]:
        texts = [t.text for t in reading.tokens]
        for i, j, seen in _growing(texts, reading.borders, self._starts):
            for form in self._keys.get(seen, ()):
                kind = gates.plain(form, reading.tokens[i:j], text, self._words)
                if kind:
                    yield _match(form, kind, reading.tokens, i, j, 1.0)
            for end in ("s", "es"):
                for form in self._keys.get(seen.removesuffix(end), ()) if seen.endswith(end) else ():
                    if gates.plural(form, reading.tokens[i:j], self._words):
                        yield _match(form, "plural", reading.tokens, i, j, 0.95)

    def _visual(self, reading: Reading) -> Iterator[Match]:
        shapes = [skeleton(t.text) for t in reading.tokens]
        for i, j, shape in _growing(shapes, reading.borders, self._skeleton_starts):
            for form in self._skeletons.get(shape, ()):
                steps = gates.visual(form, reading.tokens[i:j], self._words)
                if steps is not None:
                    yield Match(form, "visual", reading.tokens[i].start, reading.tokens[j - 1].end, 0.95, steps)

    def _near(self, reading: Reading) -> Iterator[Match]:
        """Names glued into or misspelt in tokens that are neither ordinary words nor names themselves."""
        tokens, borders = reading
        strange = [i for i, t in enumerate(tokens) if not self._known(t.text)]
        for i in strange:
            text = tokens[i].text
            if tokens[i].wide:
                continue
            found = self._memo.get(text)
            for near in self._remember(tokens[i : i + 1], text) if found is None else found:
                steps = _JOIN if near.kind == "glued" else _NONE
                yield Match(near.form, near.kind, tokens[i].start, tokens[i].end, near.score, steps)
        for i in sorted({i - d for i in strange for d in (0, 1)}):
            if i < 0 or i + 1 >= len(tokens) or i + 1 in borders:
                continue
            pair = f"{tokens[i].text} {tokens[i + 1].text}"
            found = self._memo.get(pair)
            for near in self._remember(tokens[i : i + 2], pair) if found is None else found:
                yield _match(near.form, near.kind, tokens, i, i + 2, near.score)

    def _known(self, text: str) -> bool:
        """Whether the token is an ordinary word or a name itself; such tokens alone are never a misspelt name."""
        return self._words.is_word(text) or text in self._glue

    def _remember(self, window: Sequence[Token], key: str) -> tuple[_Near, ...]:
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
        found = self._memo[key] = tuple(self._candidates(window))
        return found

    def _candidates(self, window: Sequence[Token]) -> Iterator[_Near]:
        seen = gates.edit_window(window, self._words, self._glue.__contains__)
        if seen is not None:
            cuts = deletions(seen[:PREFIX], 2 if len(seen) >= 7 else 1)
            forms = {f.id: f for cut in cuts for f in self._deletions.get(cut, ())}
            for form in forms.values():
                score = gates.edit(form, seen, len(window))
                if score is not None:
                    yield _Near(form, "edit", score)
        if len(window) == 1:
            token = window[0].text
            for s, e in gates.glued(token, self._words, self._glue.__contains__, self._any.__contains__):
                yield from (_Near(f, "glued", 0.9) for f in self._keys[token[s:e]])


def deletions(word: str, limit: int) -> set[str]:
    """The word and all that is left of it after up to `limit` letters are taken out."""
    out = {word}
    layer = {word}
    for _ in range(limit):
        layer = {w[:i] + w[i + 1 :] for w in layer for i in range(len(w))}
        out |= layer
    return out


def _growing(texts: list[str], borders: frozenset[int], starts: set[str]) -> Iterator[tuple[int, int, str]]:
    """Windows (first, past the last, letters) for as long as some name starts with their letters."""
    count = len(texts)
    for i, seen in enumerate(texts):
        j = i + 1
        while seen in starts:
            yield i, j, seen
            if j == count or j in borders or j - i == gates.MAX_WINDOW:
                break
            seen += texts[j]
            j += 1


def _grouped(pairs: Iterator[tuple[str, Form]]) -> dict[str, tuple[Form, ...]]:
    out: defaultdict[str, list[Form]] = defaultdict(list)
    for key, form in pairs:
        out[key].append(form)
    return {k: tuple(v) for k, v in out.items()}


def _prefixes(keys: dict[str, tuple[Form, ...]]) -> set[str]:
    return {k[:n] for k in keys for n in range(1, len(k) + 1)}


def _match(form: Form, kind: str, tokens: Sequence[Token], i: int, j: int, score: float) -> Match:
    return Match(form, kind, tokens[i].start, tokens[j - 1].end, score)
