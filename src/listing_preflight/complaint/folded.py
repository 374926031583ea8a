"""A text folded for reading (NFKC, no invisible characters, no quote marks at line starts) that still knows its letters' places."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u0640\u0670") | frozenset(
    map(chr, (*range(0x064B, 0x0653), *range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2))
)
"""Signs without a width, and the vowel points and strokes that Arabic and Hebrew words are read the same without."""
_KEPT = frozenset("\n\t\u0e33\u0eb3")
"""Kept as they are: NFKC would part the Thai and Lao vowel am from how everybody writes it."""
_QUOTE = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+")


_PARTED = {
    n: unicodedata.normalize("NFKC", chr(n))
    for n in (*range(0x0958, 0x0960), 0x09DC, 0x09DD, 0x09DF, *range(0x0A33, 0x0A5F))
}
"""Letters of India that NFKC parts into a letter and its dot: how they are written in one sign."""


def as_read(words: str) -> str:
    """Words of a table in the letters that a folded text has: without signs that have no width, with parted letters of India."""
    return words.translate(_PARTED | dict.fromkeys(map(ord, _INVISIBLE)))


class Span(NamedTuple):
    """A value and where it stands in the text of a notice: half-open code points."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what is read; `at` holds for each of its characters the place in `raw`."""

    raw: str
    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The trimmed value at a place of the folded text, with its place in the raw text."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            return Span("", self.at[start] if start < len(self.at) else len(self.raw), len(self.raw))
        value = re.sub(r"\s+", " ", self.text[start:end])
        return Span(value, self.at[start], self.at[end - 1] + 1)

    def raw_span(self, start: int, end: int) -> Span:
        """The same with the letters as they were written."""
        found = self.span(start, end)
        return Span(re.sub(r"\s+", " ", self.raw[found.start : found.end]), found.start, found.end)


def _plain(char: str) -> str:
    """One letter in its plain form; a figure of any script as the Western one."""
    return str(unicodedata.decimal(char)) if char.isdecimal() else unicodedata.normalize("NFKC", char)


def fold(raw: str) -> Folded:
    """A text ready to be read."""
    skipped = {i for m in _QUOTE.finditer(raw) for i in range(*m.span())}
    letters: list[str] = []
    at: list[int] = []
    for i, char in enumerate(raw):
        if i in skipped or char in _INVISIBLE or char == "\r":
            continue
        plain = char if char in _KEPT or ord(char) < 0x80 else _plain(char)
        letters.append(plain)
        at += [i] * len(plain)
    return Folded(raw, "".join(letters), tuple(at))
