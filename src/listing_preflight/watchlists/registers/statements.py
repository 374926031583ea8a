"""Read the statements of a USPTO record: goods, disclaimers, translations, transliterations and pseudo-marks.

Forms: Trademark Applications Daily XML v2.0 documentation, case file statements (statement types and their suffixes).
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from listing_preflight.text.fold import folded_key

_QUOTED = re.compile(r'"([^"]{1,200})"|[“”]([^“”]{1,200})[“”]')
_EXCEPT = re.compile(r"\(\((.*?)\)\)", re.DOTALL)
_DELETED = re.compile(r"\[[^\]]*\]")
_SPACE = re.compile(r"\s+")
_EXCLUSIVE = re.compile(
    r"RIGHT TO USE (?:OF )?(?:THE )?(?:WORDS? |TERMS? |WORDING )?(.+?),? APART FROM", re.IGNORECASE | re.DOTALL
)
_MEANS = re.compile(r"\b(?:is|are|means?|as|to)\b(?=[^\"“”]*[\"“”])", re.IGNORECASE)
_BARE_LIMIT = 60
"""Longest text of a disclaimer without quotation marks that is taken as the words themselves."""


class Goods(NamedTuple):
    """The goods of one class code as written in the statement; `excluded` are goods that the right leaves out."""

    code: str
    text: str
    excluded: str


class Said(NamedTuple):
    """All that the statements of a record say."""

    goods: tuple[Goods, ...]
    disclaimed: tuple[str, ...]
    aliases: tuple[str, ...]


def understand(name: str, statements: Iterable[tuple[str, str]]) -> Said:
    """Statements as (type code, text) → goods by class code, disclaimed words, and other forms of the name."""
    goods: list[Goods] = []
    disclaimed: list[str] = []
    aliases: list[str] = []
    for code, text in statements:
        kind = code[:2]
        if kind == "GS":
            goods.append(_goods(code, text))
        elif kind in ("D0", "D1", "DS"):
            disclaimed += _disclaimed(text)
        elif code.startswith("TLIT"):
            aliases += _transliterated(text)
        elif kind == "TR":
            aliases += _translated(name, text)
        elif kind == "PM":
            aliases += (_clean(part) for part in text.split(";"))
    return Said(tuple(goods), tuple(dict.fromkeys(disclaimed)), _kept(name, aliases, disclaimed))


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip(' .,;"“”')


def _goods(code: str, text: str) -> Goods:
    """`[..]` was deleted, `*..*` added, `((..))` is excluded; the sixth position 2 says that all of it is excluded."""
    if "[" in text:
        text = _DELETED.sub("", text)
    excluded = ""
    if code[5:6] == "2":
        text, excluded = "", text.strip("() ")
    elif "((" in text:
        excluded = "; ".join(_EXCEPT.findall(text))
        text = _EXCEPT.sub("", text)
    return Goods(code[2:5], " ".join(text.replace("*", "").split()), excluded)


def _quoted(text: str) -> list[str]:
    return [c for a, b in _QUOTED.findall(text) if (c := _clean(a or b))]


def _disclaimed(text: str) -> list[str]:
    found = _quoted(text)
    if found:
        return found
    sentence = _EXCLUSIVE.search(text)
    bare = _clean(sentence.group(1) if sentence else text)
    return [bare] if bare and len(bare) <= _BARE_LIMIT else []


def _translated(name: str, text: str) -> list[str]:
    """What the whole name means: the translation of one word of a longer mark is no other form of the mark."""
    verb = None
    for verb in _MEANS.finditer(text):
        if folded_key("".join(_quoted(text[: verb.start()]))) in ("", folded_key(name)):
            break
    else:
        return []
    assert verb is not None
    return _quoted(text[verb.end() :]) if "translat" in text.lower() or "mean" in text.lower() else []


def _transliterated(text: str) -> list[str]:
    at = text.lower().find("transliterat")
    return _quoted(text[at:])[:1] if at >= 0 else _quoted(text)[:1]


def _kept(name: str, aliases: list[str], disclaimed: list[str]) -> tuple[str, ...]:
    """Aliases that are not the name, and not words that the owner has disclaimed: those never match alone."""
    if not aliases:
        return ()
    seen = {folded_key(name), "", *(folded_key(d) for d in disclaimed)}
    out = []
    for alias in aliases:
        key = folded_key(alias)
        if key not in seen:
            seen.add(key)
            out.append(alias)
    return tuple(out)
