"""What stands where marks do and is none: headings of letters, heads of columns, names of numbers, counts and places of pictures."""

import functools
import re

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data


@functools.cache
def _no_mark() -> re.Pattern[str]:
    table = data("marks.yaml")
    whole = "|".join(table[k] for k in ("headings", "counts", "parts of pictures", "names of numbers"))
    heads = table["column heads"]
    return re.compile(rf"(?i)\W*(?:{whole}|(?:{heads})(?:[\W_]+(?:{heads}))+)\W*")


def is_heading(name: str) -> bool:
    """Whether some words are a heading or a label and name no mark; a single word for a column may be somebody's mark."""
    return bool(_no_mark().fullmatch(name))


@functools.cache
def _reading() -> re.Pattern[str]:
    return re.compile(data("marks.yaml")["reading behind"])


def without_reading(mark: Span) -> Span:
    """A mark in Latin letters without how it is read, in brackets behind it: "NAME(ナマエ)"."""
    found = _reading().fullmatch(mark.value)
    if found is None or mark.end - mark.start != len(mark.value):
        return mark
    return Span(found["mark"], mark.start, mark.start + found.end("mark"))
