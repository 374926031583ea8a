"""Read a batch of texts into arrays of tokens, as `fold` reads them one by one."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from listing_preflight.text.charset import INVOLVED, LETTER, SEPARATOR, SPACE, SYMBOL, WIDE, charset
from listing_preflight.text.fold import Token, fold_chunk
from listing_preflight.text.hashing import U64, Bools, Ints, prefixes, ranges, spans

Codes = npt.NDArray[np.uint32]
_MEMO_LIMIT = 100_000
_MEMO_LETTERS = 200
"""Longest run that is remembered."""
_LEFT_SYMBOLS = tuple(map(ord, "@$€"))
"""Symbols that count as letters after a letter as well as before one."""


class Stream(NamedTuple):
    """Tokens of one reading of a batch: letters of token n are `codes[first[n]:first[n + 1]]`.

    `start` and `end` are places in the joined text; a window may hold tokens of one `line` only.
    """

    codes: Codes
    running: U64
    first: Ints
    start: Ints
    end: Ints
    wide: Bools
    line: Ints
    text: str

    @property
    def hashes(self) -> U64:
        """Hash of each token."""
        return spans(self.running, self.first[:-1], self.first[1:])

    def letters(self, i: int, j: int) -> str:
        """The letters of tokens i to j."""
        return self.text[self.first[i] : self.first[j]]

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


class Read(NamedTuple):
    """Both readings of a batch. `visual` holds only the lines where the readings differ, None where none does."""

    plain: Stream
    visual: Stream | None
    differing: Ints
    written: npt.NDArray[np.unsignedinteger]


def read(text: str) -> Read:
    """Read texts joined by line breaks."""
    if text.isascii():
        written: npt.NDArray[np.unsignedinteger] = np.frombuffer(text.encode("ascii"), np.uint8)
    else:
        written = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    charset().meet(written)
    kind = charset().kind[written]
    _settle_symbols(written, kind)
    breaks = np.flatnonzero(written == ord("\n"))
    pieces = _involved(text, kind)
    simple = _simple(written, kind)
    if not pieces:
        return Read(_stream(simple, breaks), None, breaks[:0], written)
    whole = _stream(_merged(simple, [plain for plain, _ in pieces]), breaks)
    odd = [np.concatenate([p.start, s.start])[:1] for p, s in pieces if s is not p]
    lines = np.unique(np.searchsorted(breaks, np.concatenate([breaks[:0], *odd])))
    if not len(lines):
        return Read(whole, None, lines, written)
    looks = _merged(_of_lines(simple, breaks, lines), [s for _, s in pieces])
    return Read(whole, _stream(_of_lines(looks, breaks, lines), breaks), lines, written)


def _settle_symbols(written: npt.NDArray[np.unsignedinteger], kind: npt.NDArray[np.uint8]) -> None:
    """Decide of symbols whether they are inside a word, and so involved, or mere separators."""
    at = np.flatnonzero(kind == SYMBOL)
    if not len(at):
        return
    padded = np.concatenate([kind, np.zeros(2, np.uint8)])
    after, before = padded[at + 1], padded[at - 1]
    wordlike = (LETTER, WIDE, INVOLVED)
    inside = np.isin(after, wordlike) | (np.isin(written[at], _LEFT_SYMBOLS) & np.isin(before, wordlike))
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
    n = np.unique(np.searchsorted(cuts, at, "right"))
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
    text = part.codes.tobytes().decode("utf-32-le", "surrogatepass")
    return Stream(
        part.codes,
        prefixes(charset().value[part.codes]),
        first,
        part.start,
        part.end,
        part.wide,
        np.cumsum(line)[:-1],
        text,
    )
