"""Names of marks that words around them tell, in any letters: behind a word for marks and before a number, in a list of them, before ®."""

import functools
import re
from collections.abc import Iterator, Sequence

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.forms import data
from listing_preflight.complaint.lexicon import says
from listing_preflight.complaint.reading import names, organisations
from listing_preflight.complaint.reading.named_marks import may
from listing_preflight.complaint.reading.page import Page

_UP = f"[{names.ANY_UPPER}]"
_WORD = r"[^\W\d_][\w&'’+-]{0,30}"
_RUN = rf"{_UP}[\w&'’+-]{{0,30}}(?:[ ](?:(?:of|de|du|la|le|and|&|und|et|y|e|i)[ ])?{_UP}[\w&'’+-]{{0,30}}){{0,3}}"
_QUOTED = r"[„“\"«»‘「『][ ]?(?P<quoted>[^\n„“”\"«»‘’「」『』]{2,40}?)[ ]?[”“\"»«’」』]"


@functools.cache
def _nouns() -> str:
    return str(data("marks.yaml")["nouns"])


@functools.cache
def _numbered() -> re.Pattern[str]:
    """A word for a mark, its name, and behind a comma or a bracket the number that it bears."""
    table = data("marks.yaml")
    return re.compile(
        rf"(?<!\w)(?i:{_nouns()})(?:\s(?i:{table['sorts']}))?\s(?P<name>{_RUN}|{_WORD})(?:\s(?i:{table['behind']}))?(?:,\s?|\s\(?|\s)(?i:{table['registered']})?\s?(?i:{table['numbers']})\s?[:.]?\s?[A-Z]{{0,5}}[ ]?[0-9]"
    )


@functools.cache
def _before_noun() -> re.Pattern[str]:
    """The name before such a word, in languages that set it there."""
    return re.compile(
        rf"(?!Müvekkil)(?P<name>{_RUN}|(?<=a\(z\)\s){_WORD}|(?<=a\s){_WORD}|(?<=Müvekkilimiz\s){_WORD})\s(?i:{data('marks.yaml')['nouns behind']})"
    )


@functools.cache
def _several() -> re.Pattern[str]:
    """A word for several marks and names with "and" between them."""
    table = data("marks.yaml")
    item = rf"(?:{_QUOTED.replace('?P<quoted>', '')}|{_RUN}|{_WORD})"
    return re.compile(
        rf"(?<!\w)(?i:{table['plurals']})\s(?P<list>{item}(?:,\s{item}){{0,4}},?\s(?:{table['and']})\s{item})"
    )


@functools.cache
def _said_to_be() -> re.Pattern[str]:
    """Quoted names that a verb behind them calls marks."""
    table = data("marks.yaml")
    one = _QUOTED.replace("?P<quoted>", "")
    return re.compile(
        rf"(?P<list>{one}(?:(?:,\s|,?\s(?:{table['and']})\s){one}){{0,4}})\s(?:{table['to be']})\s(?:[^\W\d_]{{2,16}}\s){{0,3}}(?i:{_nouns()}|{table['plurals']})(?!\w)"
    )


@functools.cache
def _listed() -> re.Pattern[str]:
    """A label with a word for marks among others, and the names behind it."""
    table = data("marks.yaml")
    return re.compile(
        rf"(?m)^[ \t>*•-]*(?:[^\W\d_]{{2,20}}\s){{0,3}}(?i:{table['plurals']})(?:\s[^\W\d_]{{2,20}}){{0,3}}\s?[:：]\s(?P<list>[^\n:]{{2,160}})$"
    )


_SIGNED = re.compile(rf"(?P<name>{_RUN}|(?<![\w-]){_WORD})\s?®")


def find(page: Page, people: Sequence[str]) -> Iterator[Span]:
    """The names of marks that stand so, in no order."""
    for found in (*_numbered().finditer(page.flow), *_before_noun().finditer(page.flow), *_SIGNED.finditer(page.flow)):
        yield from _named(page, *found.span("name"), people)
    for pattern in (_several(), _said_to_be(), _listed()):
        for found in pattern.finditer(page.flow):
            yield from _parts(page, *found.span("list"), people)


def _parts(page: Page, start: int, end: int, people: Sequence[str]) -> Iterator[Span]:
    """The names of a list; none where one of them is no name."""
    table, at = data("marks.yaml"), start
    spans: list[Span] = []
    for cut in (*re.finditer(rf",\s|;\s|、|\s/\s|,?\s(?:{table['and']})\s", page.flow[start:end]), None):
        stop = start + cut.start() if cut else end
        told = page.flow[at:stop]
        lead, rest = len(told) - len(told.lstrip(' „“"«»‘「『')), len(told.rstrip(' ”“"»«’」』.')) - len(told)
        one = [*_named(page, at + lead, stop + rest, people)] if lead < len(told) else []
        if not one:
            return
        spans += one
        at = start + cut.end() if cut else end
    yield from spans


_MOST = 40
"""Letters of a mark in words."""


def _named(page: Page, start: int, end: int, people: Sequence[str]) -> Iterator[Span]:
    name = page.flow[start:end]
    if (
        1 < len(name) <= _MOST
        and not name[0].isdigit()
        and not re.search(r"[:@/\n]|\.\s", name)
        and may(page, name, people)
        and not says(name, "right", "owner", "case", "item", "you", "numbered", "mail", whole=True)
        and not organisations.is_platforms(name)
        and name.casefold() not in _small(page.language)
    ):
        yield page.folded.span(start, end)


@functools.cache
def _small(language: str) -> frozenset[str]:
    """Small words of a language, and those that stand between a word for a mark and its number."""
    told = data("languages.yaml")["words"].get(language, "") + " " + data("marks.yaml")["small"]
    return frozenset(told.split())


__all__ = ["find"]
