"""The words around a name that tell its use; patterns are data, one file a language."""

import functools
import importlib.resources
from typing import Any, NamedTuple

import yaml

from listing_preflight.text.fold import is_wide, plain_words

_KINDS = (
    "compatible_before", "compatible_after", "imitation_before", "imitation_after", "imitation_apart",
    "imitation_anywhere", "comparison_before", "comparison_after", "denial_before", "fillers", "claims",
)  # fmt: skip

Phrase = tuple[str, ...]
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Everything is text: "no" is a word here, not a boolean."""


class Grammar(NamedTuple):
    """Phrases of one kind as folded tokens, longest first, by their first and by their last token."""

    phrases: frozenset[Phrase]
    by_first: dict[str, tuple[Phrase, ...]]
    by_last: dict[str, tuple[Phrase, ...]]


@functools.cache
def grammar() -> dict[str, Grammar]:
    """The phrases of all languages by kind, read once."""
    folder = importlib.resources.files(__package__).joinpath("data", "grammar")
    phrases: dict[str, set[Phrase]] = {kind: set() for kind in _KINDS}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            for kind, items in yaml.load(file.read_text("utf-8"), Loader=_Loader).items():  # noqa: S506 - plain text only
                phrases[kind] |= {words(str(item)) for item in items}
    return {kind: _indexed(frozenset(p for p in found if p)) for kind, found in phrases.items()}


class Openers(NamedTuple):
    """Folded words that a phrase can end with before a name, or begin with behind it, and those phrases."""

    before: frozenset[str]
    after: frozenset[str]
    before_phrases: dict[str, tuple[Phrase, ...]]
    after_phrases: dict[str, tuple[Phrase, ...]]


@functools.cache
def openers(kinds: tuple[str, ...]) -> Openers:
    """The openers of some uses ("imitation", "compatible" …): where none of them stands, no such use is."""
    known = grammar()
    before, after = (
        _indexed(frozenset(p for k in kinds if k + side in known for p in known[k + side].phrases))
        for side in ("_before", "_after")
    )
    return Openers(frozenset(before.by_last), frozenset(after.by_first), before.by_last, after.by_first)


def _indexed(phrases: frozenset[Phrase]) -> Grammar:
    first: dict[str, list[Phrase]] = {}
    last: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        first.setdefault(phrase[0], []).append(phrase)
        last.setdefault(phrase[-1], []).append(phrase)
    return Grammar(phrases, {k: tuple(v) for k, v in first.items()}, {k: tuple(v) for k, v in last.items()})


@functools.lru_cache(maxsize=1 << 15)
def words(text: str) -> Phrase:
    """A text as folded tokens, a hyphen or space between them all the same."""
    return plain_words(text)


def ends_with(tokens: Phrase, kind: str) -> Phrase | None:
    """The longest phrase of a kind that the tokens end with."""
    if tokens:
        for phrase in grammar()[kind].by_last.get(tokens[-1], ()):
            if tokens[-len(phrase) :] == phrase:
                return phrase
    return None


def starts_with(tokens: Phrase, kind: str) -> Phrase | None:
    """The longest phrase of a kind that the tokens start with."""
    if tokens:
        for phrase in grammar()[kind].by_first.get(tokens[0], ()):
            if tokens[: len(phrase)] == phrase:
                return phrase
    return None


@functools.lru_cache(maxsize=4096)
def anywhere(text: str, kind: str) -> Phrase | None:
    """The first phrase of a kind anywhere in a text."""
    tokens, by_first = plain_words(text), grammar()[kind].by_first
    hits = (p for i, t in enumerate(tokens) if t in by_first for p in by_first[t] if tokens[i : i + len(p)] == p)
    return next(hits, None)


def shown(phrase: Phrase) -> str:
    """A phrase as a reader writes it: words apart, characters of scripts without spaces together."""
    out = ""
    for word in phrase:
        apart = out and not (is_wide(out[-1]) and is_wide(word[0]))
        out += f" {word}" if apart else word
    return out


def is_filler(token: str) -> bool:
    """Whether a token may stand between the items of a list of devices: joining words, models, numbers."""
    return not token.isalpha() or token in _fillers()


@functools.cache
def _fillers() -> frozenset[str]:
    return frozenset(p[0] for p in grammar()["fillers"].phrases if len(p) == 1)
