"""The fast matcher: the same candidates as the reference, found through hash tables of folded names."""

import bisect
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from listing_preflight.text import gates
from listing_preflight.text.fold import CHUNK, Token, fold_chunk, is_wide
from listing_preflight.text.gates import Match
from listing_preflight.text.names import SHORT, Form
from listing_preflight.text.visual import skeleton
from listing_preflight.text.vocabulary import Vocabulary

_MEMO_LIMIT = 400_000
PREFIX = 7
"""Letters at the start of a name whose deletions are kept: enough to meet every name within two edits."""
_NONE: frozenset[str] = frozenset()
_JOIN = frozenset({"join"})
_PLURALS = ("s", "es")


class _Near(NamedTuple):
    form: Form
    kind: str
    score: float


class _Chunk(NamedTuple):
    """A run without white space: its tokens in both readings, and which of them any name could begin with.

    `begins` and `looks` are token numbers at which a name may begin plainly or by its looks; `strange` those of tokens
    that are neither ordinary words nor names.
    """

    plain: tuple[Token, ...]
    texts: tuple[str, ...]
    visual: tuple[Token, ...]
    shapes: tuple[str, ...]
    begins: tuple[int, ...]
    looks: tuple[int, ...]
    strange: tuple[int, ...]


class _Stream(NamedTuple):
    """The tokens of one reading of a text; places are worked out only where something was found."""

    texts: list[str]
    first: list[int]
    chunks: list[tuple[int, tuple[Token, ...]]]
    borders: frozenset[int]

    def window(self, i: int, j: int) -> tuple[Token, ...]:
        """Tokens i to j with their places in the text."""
        return tuple(self.token(n) for n in range(i, j))

    def token(self, n: int) -> Token:
        """One token with its place in the text."""
        c = bisect.bisect_right(self.first, n) - 1
        at, tokens = self.chunks[c]
        text, start, end, wide = tokens[n - self.first[c]]
        return Token(text, start + at, end + at, wide)


class IndexMatcher:
    """Finds forms in running text; equal to NaiveMatcher by construction of its tables and by property test."""

    def __init__(self, forms: Sequence[Form], words: Vocabulary) -> None:
        self._words = words
        self._keys = _grouped((f.key, f) for f in forms)
        self._skeletons = _grouped((f.skeleton, f) for f in forms if f.skeleton and len(f.key) > SHORT)
        self._starts = _prefixes(self._keys) | {k + s for k in self._keys for s in ("s", "es", "e")}
        self._skeleton_starts = _prefixes(self._skeletons)
        self._glue = {f.key for f in forms if gates.is_glue(f)}
        self._any = {f.key for f in forms if not f.wide}
        self._deletions = {n: _deletion_table(forms, n) for n in range(1, gates.EDIT_WINDOW + 1)}
        self._memo: dict[str, tuple[_Near, ...]] = {}
        self._chunks: dict[str, _Chunk] = {}

    def find(self, text: str) -> list[Match]:
        """All matches in a visible text, before overlaps are resolved."""
        plain, visual, begins, looks, strange = self._read(text)
        out = list(self._plain(plain, begins, text))
        out += self._visual(visual, looks, text)
        out += self._near(plain, strange)
        return sorted(set(out), key=lambda m: (m.start, m.end, m.kind, m.form.id))

    def _read(self, text: str) -> tuple[_Stream, _Stream, list[int], list[int], list[int]]:
        """Both readings of a text, and the tokens at which something may be found."""
        spans = [(m.start(), self._chunk(m.group())) for m in CHUNK.finditer(text)]
        begins: list[int] = []
        looks: list[int] = []
        strange: list[int] = []
        first: list[int] = []
        first_visual: list[int] = []
        n = v = 0
        for _, chunk in spans:
            first.append(n)
            first_visual.append(v)
            if chunk.begins:
                begins += [n + k for k in chunk.begins]
            if chunk.looks:
                looks += [v + k for k in chunk.looks]
            if chunk.strange:
                strange += [n + k for k in chunk.strange]
            n += len(chunk.texts)
            v += len(chunk.shapes)
        breaks = _breaks(text, [at for at, _ in spans]) if "\n" in text else ()
        plain = _stream([(at, c.plain) for at, c in spans], [c.texts for _, c in spans], first, breaks)
        visual = _stream([(at, c.visual) for at, c in spans], [c.shapes for _, c in spans], first_visual, breaks)
        return plain, visual, begins, looks, strange

    def _chunk(self, chunk: str) -> _Chunk:
        found = self._chunks.get(chunk)
        if found is None:
            if len(self._chunks) >= _MEMO_LIMIT:
                self._chunks.clear()
            plain, visual = fold_chunk(chunk)
            texts = tuple(t.text for t in plain)
            shapes = tuple(skeleton(t.text) for t in visual)
            found = self._chunks[chunk] = _Chunk(
                plain, texts, visual, shapes,
                tuple(i for i, t in enumerate(texts) if t in self._starts),
                tuple(i for i, t in enumerate(shapes) if t in self._skeleton_starts),
                tuple(i for i, t in enumerate(texts) if not self._known(t)),
            )  # fmt: skip
        return found

    def _plain(self, stream: _Stream, begins: list[int], text: str) -> Iterator[Match]:
        for i, j, seen in _growing(stream, begins, self._starts):
            for form in self._keys.get(seen, ()):
                window = stream.window(i, j)
                kind = gates.plain(form, window, text, self._words)
                if kind:
                    yield _match(form, kind, window, 1.0)
            for end in _PLURALS if seen[-1] == "s" else ():
                for form in self._keys.get(seen.removesuffix(end), ()) if seen.endswith(end) else ():
                    window = stream.window(i, j)
                    if gates.plural(form, window, self._words):
                        yield _match(form, "plural", window, 0.95)

    def _visual(self, stream: _Stream, looks: list[int], text: str) -> Iterator[Match]:
        for i, j, shape in _growing(stream, looks, self._skeleton_starts):
            for form in self._skeletons.get(shape, ()):
                window = stream.window(i, j)
                steps = gates.visual(form, window, text, self._words)
                if steps is not None:
                    yield Match(form, "visual", window[0].start, window[-1].end, 0.95, steps)

    def _near(self, stream: _Stream, strange: list[int]) -> Iterator[Match]:
        """Names glued into or misspelt in tokens that are neither ordinary words nor names themselves."""
        texts, count = stream.texts, len(stream.texts)
        for i in strange:
            found = self._memo.get(texts[i])
            for near in self._remember(stream.window(i, i + 1), texts[i]) if found is None else found:
                steps = _JOIN if near.kind == "glued" else _NONE
                token = stream.token(i)
                yield Match(near.form, near.kind, token.start, token.end, near.score, steps)
        for n in range(2, gates.EDIT_WINDOW + 1):
            for i in sorted({i - d for i in strange for d in range(n)}):
                if i < 0 or i + n > count or not stream.borders.isdisjoint(range(i + 1, i + n)):
                    continue
                key = " ".join(texts[i : i + n])
                found = self._memo.get(key)
                for near in self._remember(stream.window(i, i + n), key) if found is None else found:
                    yield _match(near.form, near.kind, stream.window(i, i + n), near.score)

    def _known(self, text: str) -> bool:
        """Whether the token is an ordinary word or a name itself; such tokens alone are never a misspelt name."""
        return self._words.is_word(text) or text in self._glue or is_wide(text[0])

    def _remember(self, window: Sequence[Token], key: str) -> tuple[_Near, ...]:
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
        found = self._memo[key] = tuple(self._candidates(window))
        return found

    def _candidates(self, window: Sequence[Token]) -> Iterator[_Near]:
        seen = gates.edit_window(window, self._words, self._glue.__contains__)
        if seen is not None:
            cuts = deletions(seen[:PREFIX], 2 if len(seen) >= 7 else 1)
            table = self._deletions[len(window)]
            forms = {f.id: f for cut in cuts for f in table.get(cut, ())}
            for form in forms.values():
                score = gates.edit(form, seen, len(window))
                if score is not None:
                    yield _Near(form, "edit", score)
        if len(window) == 1 and not window[0].wide:
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


def _stream(
    chunks: list[tuple[int, tuple[Token, ...]]], texts: list[tuple[str, ...]], first: list[int], breaks: Iterable[int]
) -> _Stream:
    return _Stream(list(itertools.chain.from_iterable(texts)), first, chunks, frozenset(first[c] for c in breaks))


def _breaks(text: str, starts: list[int]) -> list[int]:
    """The chunks that stand first after a line break."""
    at = (bisect.bisect_left(starts, i) for i, char in enumerate(text) if char == "\n")
    return sorted({c for c in at if c < len(starts)})


def _growing(stream: _Stream, begins: list[int], starts: set[str]) -> Iterator[tuple[int, int, str]]:
    """Windows (first, past the last, letters) for as long as some name starts with their letters."""
    texts, borders, count = stream.texts, stream.borders, len(stream.texts)
    for i in begins:
        seen, j = texts[i], i + 1
        while seen in starts:
            yield i, j, seen
            if j == count or j in borders or j - i == gates.MAX_WINDOW:
                break
            seen += texts[j]
            j += 1


def _deletion_table(forms: Sequence[Form], tokens: int) -> dict[str, tuple[Form, ...]]:
    """Deletions of the names that a window of so many tokens may be a misspelling of."""
    fitting = (f for f in forms if tokens == 1 or len(f.lengths) == tokens)
    return _grouped((cut, f) for f in fitting if (n := gates.edit_limit(f)) for cut in deletions(f.key[:PREFIX], n))


def _grouped(pairs: Iterator[tuple[str, Form]]) -> dict[str, tuple[Form, ...]]:
    out: defaultdict[str, list[Form]] = defaultdict(list)
    for key, form in pairs:
        out[key].append(form)
    return {k: tuple(v) for k, v in out.items()}


def _prefixes(keys: dict[str, tuple[Form, ...]]) -> set[str]:
    return {k[:n] for k in keys for n in range(1, len(k) + 1)}


def _match(form: Form, kind: str, window: Sequence[Token], score: float) -> Match:
    return Match(form, kind, window[0].start, window[-1].end, score)
