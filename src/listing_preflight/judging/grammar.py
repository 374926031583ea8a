"""The words around a name that tell its use; patterns are data, one file a language."""

import functools
import importlib.resources
import re
from typing import NamedTuple

import yaml

from listing_preflight.text.fold import fold

_KINDS = (
    "compatible_before", "compatible_after", "imitation_before", "imitation_after", "imitation_anywhere",
    "comparison_before", "comparison_after", "denial_before", "fillers", "claims",
)  # fmt: skip
_CLAUSE = re.compile(r"[.!?;|\n•·—–]\s|[。！？；｜\n]|\s[|–—-]\s")

Phrase = tuple[str, ...]


class Grammar(NamedTuple):
    """Phrases of every language by kind, as folded tokens, and the longest phrase of each kind."""

    phrases: dict[str, frozenset[Phrase]]
    longest: dict[str, int]


@functools.cache
def grammar() -> Grammar:
    """All pattern files, read once."""
    folder = importlib.resources.files(__package__).joinpath("data", "grammar")
    phrases: dict[str, set[Phrase]] = {kind: set() for kind in _KINDS}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            for kind, items in yaml.safe_load(file.read_text("utf-8")).items():
                phrases[kind] |= {words(str(item)) for item in items}
    frozen = {kind: frozenset(p for p in found if p) for kind, found in phrases.items()}
    return Grammar(frozen, {k: max(map(len, v), default=0) for k, v in frozen.items()})


@functools.lru_cache(maxsize=1 << 15)
def words(text: str) -> Phrase:
    """A text as folded tokens, a hyphen or space between them all the same."""
    return tuple(t.text for t in fold(text).plain.tokens)


def clause_before(text: str) -> str:
    """What stands before a name in its own clause."""
    cut = max((m.end() for m in _CLAUSE.finditer(text)), default=0)
    return text[cut:]


def clause_after(text: str) -> str:
    """What stands after a name in its own clause."""
    found = _CLAUSE.search(text)
    return text[: found.start()] if found else text


def ends_with(tokens: Phrase, kind: str) -> Phrase | None:
    """The longest phrase of a kind that the tokens end with."""
    known = grammar()
    for n in range(min(known.longest[kind], len(tokens)), 0, -1):
        if tokens[-n:] in known.phrases[kind]:
            return tokens[-n:]
    return None


def starts_with(tokens: Phrase, kind: str) -> Phrase | None:
    """The longest phrase of a kind that the tokens start with."""
    known = grammar()
    for n in range(min(known.longest[kind], len(tokens)), 0, -1):
        if tokens[:n] in known.phrases[kind]:
            return tokens[:n]
    return None


def contains(tokens: Phrase, kind: str) -> Phrase | None:
    """The first phrase of a kind anywhere in the tokens."""
    return next((p for i in range(len(tokens)) if (p := starts_with(tokens[i:], kind))), None)


def is_filler(token: str) -> bool:
    """Whether a token may stand between the items of a list of devices: joining words, models, numbers."""
    return any(c.isdigit() for c in token) or (token,) in grammar().phrases["fillers"]
