"""A notice with its labelled values found: what every reader of one kind of value is given."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from listing_preflight.complaint.blocks import Pair, pairs
from listing_preflight.complaint.folded import Folded, Span
from listing_preflight.complaint.forms import Form, data
from listing_preflight.complaint.letter import Letter

HIDDEN = re.compile(
    r"(?i)\*{2,}|x{4,}|\[(?:removed|redacted|private|hidden|deleted|entfernt)\]|"
    r"^\W*(?:hidden|withheld|not (?:disclosed|shown|provided)|confidential|n/?a|none|unknown|redacted|private|anonymous|anonymt|anonyme|anonimo|anónimo|no brand|unbranded|keine marke|ohne marke|sans marque|sin marca|senza marca|sem marca|geen merk|bez marki|无品牌|ノーブランド|保密|隐藏|非公開)\W*$"
)
"""What stands where somebody took a value out."""
_ENDS = re.compile(
    r"(?<!\bn)(?<!\bč)(?<!\bnúm)(?<!\bnum)(?<!\bno)(?<!\bnr)(?<!\breg)(?<!\bRef)(?<!\bref)(?<!\bNo)(?<!\bNos)(?<!\bNr)(?<!\bReg)(?<!\bрег)(?<!\bном)(?<!\bизх)(?<!\bвих)(?<!\bисх)(?<!\bвх)(?<!\bαρ)(?<!\bαριθ)(?<!\bšt)(?<!\bčís)(?<!\bsygn)(?<!\bSygn)(?<!\bRegn)(?<!\bregn)(?<!सं)(?<!क्र)[.!?](?!(?<=\b\w\.)\s+[0-9])(?!(?<=\b\w\w\.)\s+[0-9])(?!(?<=\b\w\w\w\.)\s+[0-9])(?:\s+(?![a-zà-ÿāăąćčďđēęěğģīıķĺļľłńņňōőřśşšțťūůűųźżžа-яёіїєґα-ωά-ώ])|$)|[。！？।۔]|\n"
)
"""Ends of sentences and lines; a small letter goes on with the sentence after "e.g.", a figure after a short word: "št. 2021"."""
_WRAPPED = 50
"""A line as long as this, with a line of words behind it, was broken by a mail program and not by its writer."""
_LONGEST_SENTENCE = 600
"""Characters of a sentence that are looked at before and behind a place."""
_OWN_LINE = re.compile(r"[ \t>]*(?:[-*•·■●–—]|\(?[0-9a-zA-Z一二三四五六七八九十]{1,2}[.)、]|[^\n:：.]{1,30}[:：]|$|\n)")


_NO_WORDS = re.compile(r"(?:https?://\S*|www\.\S*|[\W\d_]+|[A-Z0-9-]*[0-9][A-Z0-9-]*)*+")
"""Addresses, numbers and ids, and what stands between them."""


def has_words(sentence: str) -> bool:
    """Whether a sentence or line says anything but addresses and numbers."""
    return not _NO_WORDS.fullmatch(sentence)


@dataclass(frozen=True)
class Page:
    """One letter, the form of its platform and its language; `platform` is also letter or unknown."""

    letter: Letter
    platform: str
    form: Form | None
    language: str

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What readers found that several ask for, by the name of its reader."""
        return {}

    @cached_property
    def pairs(self) -> list[Pair]:
        """All labelled values."""
        return pairs(self.letter.folded)

    @cached_property
    def variety(self) -> str:
        """The language, or that of one of its countries where the spelling tells which."""
        told = data("languages.yaml")["varieties"]
        found = (
            name
            for name, pattern in told.items()
            if name.startswith(f"{self.language}-") and re.search(pattern, self.text)
        )
        return next(found, self.language)

    @property
    def folded(self) -> Folded:
        """The folded text."""
        return self.letter.folded

    @property
    def text(self) -> str:
        """The characters of the folded text."""
        return self.letter.text

    @cached_property
    def flow(self) -> str:
        """The same characters with a blank for each line break inside a wrapped sentence: places stay the same."""
        letters, start = list(self.text), 0
        own = {self.text.rfind("\n", 0, p.start) for p in self.pairs}
        for found in re.finditer(r"\n", self.text):
            at = found.start()
            long = len(self.text[start:at].strip()) >= _WRAPPED
            if long and at not in own and not _OWN_LINE.match(self.text, at + 1):
                letters[at] = " "
            start = at + 1
        return "".join(letters)

    def values(self, *fields: str, but: str = "") -> Iterator[Span]:
        """The unmasked values of labels of these fields, in the order of the text."""
        for pair in self.labelled(*fields, but=but):
            span = self.folded.span(pair.start, pair.end)
            if span.value and not HIDDEN.search(span.value):
                yield span

    def labelled(self, *fields: str, but: str = "") -> Iterator[Pair]:
        """The pairs whose label may be of one of these fields, and not of `but`."""
        for pair in self.pairs:
            if pair.fields & set(fields) and but not in pair.fields:
                yield pair

    def pairs_at(self, place: int) -> Iterator[Pair]:
        """The pairs whose value a place lies in."""
        if "pairs by place" not in self.kept:
            ordered = sorted(self.pairs, key=lambda p: p.start)
            reach = max((p.end - p.start for p in ordered), default=0)
            self.kept["pairs by place"] = ([p.start for p in ordered], ordered, reach)
        starts, ordered, reach = self.kept["pairs by place"]
        n = bisect_right(starts, place) - 1
        while n >= 0 and starts[n] > place - reach:
            if place < ordered[n].end:
                yield ordered[n]
            n -= 1

    def masked(self, field: str) -> bool:
        """Whether a labelled value of a field was taken out by somebody."""
        return any(HIDDEN.search(self.text[p.start : p.end]) for p in self.labelled(field))

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence or line that a place stands in."""
        begins, stops = self._stops
        n = bisect_right(stops, start)
        first = max(stops[n - 1] if n else 0, start - _LONGEST_SENTENCE)
        n = bisect_left(begins, end)
        last = stops[n] if n < len(begins) else len(self.flow)
        return first, min(last, end + _LONGEST_SENTENCE, len(self.flow))

    @cached_property
    def _stops(self) -> tuple[list[int], list[int]]:
        """Where what ends sentences begins, and where it ends."""
        found = [m.span() for m in _ENDS.finditer(self.flow)]
        return [a for a, _ in found], [b for _, b in found]
