"""Read a batch of texts into arrays of tokens, as `fold` reads them one by one."""

import functools
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from listing_preflight.text.charset import INVOLVED, LETTER, SEPARATOR, SPACE, SYMBOL, WIDE, charset
from listing_preflight.text.core import core
from listing_preflight.text.fold import Token, fold_chunk
from listing_preflight.text.hashing import U64, Bools, Ints, distinct, powers, prefixes, ranges, spans

Codes = npt.NDArray[np.uint32]
_MEMO_LIMIT = 100_000
_MEMO_LETTERS = 200
"""Longest run that is remembered."""
_LEFT_SYMBOLS = tuple(map(ord, "@$€"))
"""Symbols that count as letters after a letter as well as before one."""


_WORDLIKE = np.isin(np.arange(8), (LETTER, WIDE, INVOLVED))


class _Columns(NamedTuple):
    """What a stream is made of."""

    codes: Codes
    first: Ints
    start: Ints
    end: Ints
    wide: Bools
    line: Ints
    hashes: U64


class Stream(_Columns):
    """Tokens of one reading of a batch: letters of token n are `codes[first[n]:first[n + 1]]`, their hash `hashes[n]`.

    `start` and `end` are places in the joined text; a window may hold tokens of one `line` only.
    """

    @functools.cached_property
    def running(self) -> U64:
        """The hash before each letter and after the last."""
        return prefixes(charset().value[self.codes])

    @functools.cached_property
    def text(self) -> str:
        """All letters."""
        return self.codes.tobytes().decode("utf-32-le", "surrogatepass")

    def letters(self, i: int, j: int) -> str:
        """The letters of tokens i to j."""
        return self.codes[self.first[i] : self.first[j]].tobytes().decode("utf-32-le", "surrogatepass")

    def cut(self, i: Ints, j: Ints) -> list[str]:
        """The letters of tokens i to j, many at once."""
        text = self.text
        return [text[a:b] for a, b in zip(self.first[i].tolist(), self.first[j].tolist(), strict=True)]

    def window(self, i: int, j: int) -> tuple[Token, ...]:
        """Tokens i to j with their places in the joined text."""
        return tuple(
            Token(self.letters(n, n + 1), int(self.start[n]), int(self.end[n]), bool(self.wide[n])) for n in range(i, j)
        )


class _Part(NamedTuple):
    """Tokens with the number of their letters, and the letters one after the other."""

    codes: Codes
    counts: Ints
    start: Ints
    end: Ints
    wide: Bools


_NO_NUMBERS: Ints = np.zeros(0, np.int64)
_EMPTY = _Part(np.zeros(0, np.uint32), _NO_NUMBERS, _NO_NUMBERS, _NO_NUMBERS, np.zeros(0, np.bool_))


class Read(NamedTuple):
    """Both readings of a batch. `visual` holds only the lines where the readings differ, None where none does."""

    plain: Stream
    visual: Stream | None
    differing: Ints
    written: npt.NDArray[np.unsignedinteger]


def read(text: str, *, visual: bool = True) -> Read:
    """Read texts joined by line breaks; without `visual`, as they are written alone."""
    module = core().module
    return _in_arrays(text, visual=visual) if module is None else _compiled(module, text, visual=visual)


def _in_arrays(text: str, *, visual: bool) -> Read:
    if text.isascii():
        written: npt.NDArray[np.unsignedinteger] = np.frombuffer(text.encode("ascii"), np.uint8)
    else:
        written = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    charset().meet(written)
    kind = charset().kind[written]
    if visual:
        _settle_symbols(written, kind)
    else:
        kind[kind == SYMBOL] = SEPARATOR  # as it is written a symbol is no letter, wherever it stands
    breaks = np.flatnonzero(written == ord("\n"))
    pieces = _involved(text, kind)
    simple = _simple(written, kind)
    if not pieces:
        return Read(_stream(simple, breaks), None, breaks[:0], written)
    whole = _stream(_merged(simple, [plain for plain, _ in pieces]), breaks)
    if not visual:
        return Read(whole, None, breaks[:0], written)
    odd = [np.concatenate([p.start, s.start])[:1] for p, s in pieces if s is not p]
    lines = distinct(np.searchsorted(breaks, np.concatenate([breaks[:0], *odd])))
    if not len(lines):
        return Read(whole, None, lines, written)
    looks = _merged(_of_lines(simple, breaks, lines), [s for _, s in pieces])
    return Read(whole, _stream(_of_lines(looks, breaks, lines), breaks), lines, written)


def _compiled(module: ModuleType, text: str, *, visual: bool) -> Read:
    """The same by the compiled core, which asks for the runs of characters that fold by their neighbours."""
    plain = text.isascii()
    raw = text.encode("ascii") if plain else text.encode("utf-32-le", "surrogatepass")
    written: npt.NDArray[np.unsignedinteger] = taken(raw, np.uint8 if plain else np.uint32)
    width, table = written.itemsize, charset()
    if not table.ready[0]:
        table.fill(0)
    unmet, found = module.runs(written, width, table.kind, table.ready, visual)
    if unmet:
        for block in taken(unmet, np.int64).tolist():
            table.fill(block)
        _, found = module.runs(written, width, table.kind, table.ready, visual)
    runs = taken(found, np.int64)
    parts = [_run(text[a:b]) for a, b in zip(runs[::3].tolist(), runs[1::3].tolist(), strict=True)]

    def stream(which: int, lines: Bools | None) -> Stream:
        pieces = (runs, *_columns([part[which] for part in parts]))
        made = module.tokens(written, width, table.kind, table.letter, table.value, powers(_POWERS), pieces, lines)
        return Stream(*(taken(column, kind) for column, kind in zip(made, _KINDS, strict=True)))

    whole = stream(0, None)
    odd = [n for n, (own, looks) in enumerate(parts) if looks is not own and len(own.start) + len(looks.start)]
    lines = distinct(runs[2::3][odd]) if visual else runs[:0]
    if not len(lines):
        return Read(whole, None, lines, written)
    differing = np.zeros(int(lines[-1]) + 1, np.bool_)
    differing[lines] = True
    return Read(whole, stream(1, differing), lines, written)


_KINDS = (np.uint32, np.int64, np.int64, np.int64, np.bool_, np.int64, np.uint64)
_POWERS = 64


def taken(raw: bytes, kind: type[np.generic]) -> npt.NDArray[Any]:
    """The numbers that bytes hold."""
    return np.frombuffer(raw, kind) if raw else np.zeros(0, kind)


def _columns(parts: list[_Part]) -> tuple[npt.NDArray[Any], ...]:
    """How many tokens parts have, and their letters' number, start, end, width and codes, one part after the other."""
    codes, *columns = (list(column) for column in zip(*[_EMPTY, *parts], strict=True))
    tokens = np.array([len(p.start) for p in parts], np.int64)
    return (tokens, *map(np.concatenate, columns), np.concatenate(codes))


def _settle_symbols(written: npt.NDArray[np.unsignedinteger], kind: npt.NDArray[np.uint8]) -> None:
    """Decide of symbols whether they are inside a word, and so involved, or mere separators."""
    at = np.flatnonzero(kind == SYMBOL)
    if not len(at):
        return
    padded = np.concatenate([kind, np.zeros(2, np.uint8)])
    after, before = padded[at + 1], padded[at - 1]
    inside = _WORDLIKE[after] | (np.isin(written[at], _LEFT_SYMBOLS) & _WORDLIKE[before])
    kind[at] = np.where(inside, INVOLVED, SEPARATOR)


def _involved(text: str, kind: npt.NDArray[np.uint8]) -> list[tuple[_Part, _Part]]:
    """Runs of characters that fold by their neighbours, read by `fold`; they are made separators in `kind`."""
    at = np.flatnonzero(kind == INVOLVED)
    if not len(at):
        return []
    space, wide = kind == SPACE, kind == WIDE
    apart = space | (kind == SEPARATOR)
    # a separator stays with an involved character that follows: a mark may stand on it
    cuts = np.flatnonzero(space[:-1] | apart[1:] | (apart[:-1] & (kind[1:] != INVOLVED)) | (wide[:-1] & wide[1:])) + 1
    cuts = np.concatenate([[0], cuts, [len(text)]])
    n = distinct(np.searchsorted(cuts, at, "right"))
    runs = [(a, b, _run(text[a:b])) for a, b in zip(cuts[n - 1].tolist(), cuts[n].tolist(), strict=True)]
    for a, b, _ in runs:
        kind[a:b] = SEPARATOR
    return [_moved(both, a) for a, _, both in runs]


_runs: dict[str, tuple[_Part, _Part]] = {}


def _run(chunk: str) -> tuple[_Part, _Part]:
    found = _runs.get(chunk)
    if found is None:
        plain, seen = fold_chunk(chunk)
        part = _part(plain)
        found = part, part if seen is plain else _part(seen)
        if len(chunk) <= _MEMO_LETTERS:
            if len(_runs) >= _MEMO_LIMIT:
                _runs.clear()
            _runs[chunk] = found
    return found


def _part(tokens: tuple[Token, ...]) -> _Part:
    codes = np.frombuffer("".join(t.text for t in tokens).encode("utf-32-le", "surrogatepass"), np.uint32)
    charset().meet(codes)
    counts, start, end = (
        np.array(c, np.int64)
        for c in ([len(t.text) for t in tokens], [t.start for t in tokens], [t.end for t in tokens])
    )
    return _Part(codes, counts, start, end, np.array([t.wide for t in tokens], np.bool_))


def _moved(both: tuple[_Part, _Part], by: int) -> tuple[_Part, _Part]:
    plain = both[0]._replace(start=both[0].start + by, end=both[0].end + by)
    return plain, plain if both[1] is both[0] else both[1]._replace(start=both[1].start + by, end=both[1].end + by)


def _simple(written: npt.NDArray[np.unsignedinteger], kind: npt.NDArray[np.uint8]) -> _Part:
    place = np.flatnonzero((kind == LETTER) | (kind == WIDE))
    begins = np.ones(len(place), np.bool_)
    np.not_equal(place[1:], place[:-1] + 1, out=begins[1:])
    wide = kind[place] == WIDE if written.dtype != np.uint8 else np.zeros(len(place), np.bool_)
    if wide.any():
        begins |= wide
        begins[1:] |= wide[:-1]
    first = np.flatnonzero(begins)
    counts = np.diff(first, append=len(place))
    start = place[first]
    return _Part(charset().letter[written[place]], counts, start, start + counts, wide[first])


def _of_lines(part: _Part, breaks: Ints, lines: Ints) -> _Part:
    """The tokens of some lines."""
    edges = np.concatenate([[-1], breaks, [np.iinfo(np.int64).max]])
    low, high = np.searchsorted(part.start, edges[lines]), np.searchsorted(part.start, edges[lines + 1])
    first = np.concatenate([[0], np.cumsum(part.counts)])
    tokens = ranges(low, high - low)
    return _Part(part.codes[ranges(first[low], first[high] - first[low])], *(column[tokens] for column in part[1:]))


def _merged(simple: _Part, pieces: list[_Part]) -> _Part:
    extra = _Part(*(np.concatenate(column) for column in zip(*pieces, strict=True)))
    at = np.searchsorted(simple.start, extra.start)
    first = np.concatenate([[0], np.cumsum(simple.counts)])
    letters = np.repeat(first[at], extra.counts)
    columns = (_inserted(old, at, new) for old, new in zip(simple[1:], extra[1:], strict=True))
    return _Part(_inserted(simple.codes, letters, extra.codes), *columns)


def _inserted(old: npt.NDArray[Any], at: Ints, new: npt.NDArray[Any]) -> npt.NDArray[Any]:
    out = np.empty(len(old) + len(new), old.dtype)
    where = at + np.arange(len(at))
    rest = np.ones(len(out), np.bool_)
    rest[where] = False
    out[where], out[rest] = new, old
    return out


def _stream(part: _Part, breaks: Ints) -> Stream:
    line = np.zeros(len(part.start) + 1, np.int64)
    np.add.at(line, np.searchsorted(part.start, breaks), 1)
    charset().meet(part.codes)
    first = np.concatenate([[0], np.cumsum(part.counts)])
    running = prefixes(charset().value[part.codes])
    hashes = spans(running, first[:-1], first[1:])
    made = Stream(part.codes, first, part.start, part.end, part.wide, np.cumsum(line)[:-1], hashes)
    made.__dict__["running"] = running
    return made
