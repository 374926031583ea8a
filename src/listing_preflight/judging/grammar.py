"""The words around a name that tell its use; patterns are data, one file a language."""

import functools
import hashlib
import importlib.resources
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from listing_preflight.errors import ListError
from listing_preflight.storage.prepared import cells, folded
from listing_preflight.text.fold import is_wide, plain_words

_KINDS = (
    "compatible_before", "compatible_told", "compatible_after", "imitation_before", "imitation_after", "imitation_apart",
    "imitation_anywhere", "comparison_before", "comparison_after", "graded_before", "graded_words", "graded_endings", "graded_between", "similes",
    "denial_before", "denial_after", "case_endings", "clitics", "prefixes", "devices", "compatible_device", "brand_words", "fillers", "claims", "designations", "signs",
    "postpositions", "shop", "made_of", "with", "components", "tools", "sources", "style_names", "material_names", "tag_names", "made_by", "supplied_by", "parts_with", "attribution", "universal", "denial_joined", "fit_verbs", "hold_verbs", "tool_verbs", "tool_words",
)  # fmt: skip

Phrase = tuple[str, ...]


class Sheet(NamedTuple):
    """One language: its phrases by kind, folded, the longest first, a blank between their words and each on a line, and those of figures alone as written."""

    phrases: Mapping[str, str]
    figures: Mapping[str, Sequence[str]]


class Grammar:
    """Phrases of one kind as folded tokens, longest first, by their first and by their last token; each made when it is asked for."""

    def __init__(self, ordered: Sequence[Phrase], parts: "Sequence[Grammar]" = ()) -> None:
        """`ordered`: the longest first. `parts` stand for phrases of several languages together."""
        self._ordered, self._parts = ordered, parts

    @functools.cached_property
    def phrases(self) -> frozenset[Phrase]:
        """All phrases."""
        return frozenset(self._ordered).union(*(p.phrases for p in self._parts))

    @functools.cached_property
    def by_first(self) -> dict[str, tuple[Phrase, ...]]:
        """First token → phrases, the longest first."""
        return _joined([p.by_first for p in self._parts]) if self._parts else _indexed(self._ordered, 0)

    @functools.cached_property
    def by_last(self) -> dict[str, tuple[Phrase, ...]]:
        """Last token → phrases, the longest first."""
        return _joined([p.by_last for p in self._parts]) if self._parts else _indexed(self._ordered, -1)


class _Prepared(NamedTuple):
    """Language → what makes its sheet; the JSON of languages that are often asked together, by their codes, and of function words.

    Of the latter nothing where a file has changed.
    """

    sheets: dict[str, Callable[[], Sheet]]
    together: Mapping[str, bytes]


@functools.cache
def _files() -> _Prepared:
    """The prepared sheets, or, where its file has changed since, what a file holds."""
    folder = importlib.resources.files(__package__).joinpath("data")
    prepared = cells(folder.joinpath("grammar.jsonl").read_bytes())
    known = orjson.loads(prepared.pop("digests"))
    sheets: dict[str, Callable[[], Sheet]] = {}
    found = {}
    for file in sorted(folder.joinpath("grammar").iterdir(), key=lambda f: f.name):
        lang, ending = file.name.rsplit(".", 1)
        if ending == "yaml":
            data = file.read_bytes()
            found[lang] = digest_of(data)
            fresh = known.get(lang) == found[lang]
            sheets[lang] = functools.cache(
                functools.partial(_of_cell, prepared[lang]) if fresh else functools.partial(_of_file, file.name, data)
            )
    return _Prepared(sheets, prepared if found == known else {})


def _of_cell(cell: bytes) -> Sheet:
    return Sheet(*orjson.loads(cell))


def _of_file(name: str, data: bytes) -> Sheet:
    return sheet(read_grammar(name, data.decode("utf-8")))


def digest_of(data: bytes) -> str:
    """What tells whether a prepared sheet is that of a file."""
    return hashlib.sha256(data).hexdigest()[:16]


def sheet(kinds: Mapping[str, tuple[str, ...]]) -> Sheet:
    """The sheet of a language from its phrases as written."""
    ordered = {kind: sorted(map(words, items), key=_longest_first) for kind, items in kinds.items()}
    phrases = {kind: "\n".join(map(" ".join, found)) for kind, found in ordered.items()}
    figures = {kind: [i for i in items if all(w.isdigit() for w in words(i))] for kind, items in kinds.items()}
    return Sheet(phrases, {kind: items for kind, items in figures.items() if items})


def together(sheets: Iterable[Sheet]) -> dict[str, str]:
    """The phrases of languages together by kind, the longest first."""
    sheets = list(sheets)
    found = {kind: {p for s in sheets for p in _phrases(s, kind)} for kind in _KINDS}
    return {k: "\n".join(" ".join(p) for p in sorted(of, key=_longest_first)) for k, of in found.items()}


def _phrases(of: Sheet, kind: str) -> list[Phrase]:
    return _split(of.phrases.get(kind, ""))


def _split(lines: str) -> list[Phrase]:
    return [tuple(phrase.split(" ")) for phrase in lines.split("\n")] if lines else []


def read_grammar(name: str, text: str) -> dict[str, tuple[str, ...]]:
    """The phrases of one grammar file by kind; ListError names file, line and kind."""
    import yaml

    loader: Any = getattr(
        yaml, "CBaseLoader", yaml.BaseLoader
    )  # everything is text: "no" is a word here, not a boolean
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else "?"
        raise ListError(f"is not YAML: {e.problem}", where=f"{name}:{line}") from None
    if not isinstance(root, yaml.MappingNode):
        raise ListError("must map kinds to lists of phrases", where=name)
    out: dict[str, tuple[str, ...]] = {}
    for key, value in root.value:
        where = f"{name}:{key.start_mark.line + 1}"
        if key.value not in _KINDS:
            raise ListError(f"{key.value}: is no kind of phrase", where=where, remedy=f"Kinds are {', '.join(_KINDS)}")
        if key.value in out:
            raise ListError(f"{key.value}: stands twice", where=where)
        if not isinstance(value, yaml.SequenceNode):
            raise ListError(f"{key.value}: must be a list of phrases", where=where)
        for item in value.value:
            if not isinstance(item, yaml.ScalarNode) or not words(item.value):
                line = item.start_mark.line + 1
                raise ListError(f"{key.value}: a phrase is one or more words", where=f"{name}:{line}")
        out[key.value] = tuple(item.value for item in value.value)
    return out


def languages() -> frozenset[str]:
    """The languages that have a grammar."""
    return frozenset(_files().sheets)


@functools.cache
def signs() -> Mapping[str, Sequence[str]]:
    """Function word → the languages whose grammar names it."""
    found = _files()
    told: Mapping[str, Sequence[str]] = (
        orjson.loads(found.together["signs"]) if found.together else signs_of(found.sheets)
    )
    return told


def signs_of(sheets: Mapping[str, Callable[[], Sheet]]) -> dict[str, list[str]]:
    """The same from sheets."""
    out: dict[str, list[str]] = {}
    for lang, known in sheets.items():
        for word, *_ in _phrases(known(), "signs"):
            out.setdefault(word, []).append(lang)
    return out


Spoken = tuple[str, ...] | None
"""The languages whose grammars are asked, in order; None: all."""


class Grammars(dict[str, Grammar]):
    """The phrases of some languages by kind, each kind put together when it is first asked for."""

    def __init__(self, spoken: Spoken) -> None:
        super().__init__()
        known = _files()
        self._langs = [lang for lang in known.sheets if spoken is None or lang in spoken]
        whole = known.together.get(" ".join(self._langs)) if len(self._langs) > 1 else None
        self._together: Mapping[str, str] | None = orjson.loads(whole) if whole else None

    def __missing__(self, kind: str) -> Grammar:
        if kind not in _KINDS:
            raise KeyError(kind)
        whole = self._together
        made = Grammar(_split(whole[kind])) if whole else _merged([_of(lang, kind) for lang in self._langs])
        self[kind] = made
        return made


@functools.cache
def _of(lang: str, kind: str) -> Grammar:
    """The phrases of a kind in one language."""
    return Grammar([*dict.fromkeys(_phrases(_files().sheets[lang](), kind))])


def _merged(parts: Sequence[Grammar]) -> Grammar:
    """The phrases of several languages together."""
    return parts[0] if len(parts) == 1 else Grammar((), parts)


def _joined(parts: Sequence[Mapping[str, tuple[Phrase, ...]]]) -> dict[str, tuple[Phrase, ...]]:
    out: dict[str, tuple[Phrase, ...]] = {}
    shared: set[str] = set()
    for part in parts:
        shared |= out.keys() & part.keys()
        out.update(part)
    for word in shared:  # few words begin phrases of several languages: the others' order stays
        out[word] = tuple(sorted({p for part in parts for p in part.get(word, ())}, key=_longest_first))
    return out


def _longest_first(phrase: Phrase) -> tuple[int, Phrase]:
    return -len(phrase), phrase


@functools.lru_cache(maxsize=1024)
def grammar(spoken: Spoken = None) -> Grammars:
    """The phrases of some languages by kind."""
    return Grammars(spoken)


@functools.lru_cache(maxsize=1024)
def _literal(kind: str, spoken: Spoken) -> tuple[tuple[Phrase, re.Pattern[str]], ...]:
    """Phrases of figures alone ("1:1"), which folding makes the same as "1.1": they must stand as written."""
    asked = [known() for lang, known in _files().sheets.items() if spoken is None or lang in spoken]
    alone = sorted({i for known in asked for i in known.figures.get(kind, ())})
    return tuple((words(i), re.compile(rf"(?<![\d.,:]){re.escape(i)}(?![\d.,:])")) for i in alone)


class Openers(NamedTuple):
    """Folded words that a phrase can end with before a name, or begin with behind it, and those phrases."""

    before: frozenset[str]
    after: frozenset[str]
    before_phrases: dict[str, tuple[Phrase, ...]]
    after_phrases: dict[str, tuple[Phrase, ...]]


@functools.lru_cache(maxsize=1024)
def openers(kinds: tuple[str, ...], spoken: Spoken = None) -> Openers:
    """The openers of some uses ("imitation", "compatible" …): where none of them stands, no such use is."""
    known = grammar(spoken)
    before = _joined([known[k + "_before"].by_last for k in kinds if k + "_before" in _KINDS])
    after = _joined([known[k + "_after"].by_first for k in kinds if k + "_after" in _KINDS])
    return Openers(frozenset(before), frozenset(after), before, after)


def _indexed(ordered: Sequence[Phrase], at: int) -> dict[str, tuple[Phrase, ...]]:
    out: dict[str, list[Phrase]] = {}
    for phrase in ordered:
        out.setdefault(phrase[at], []).append(phrase)
    return {k: tuple(v) for k, v in out.items()}


@functools.lru_cache(maxsize=1 << 15)
def words(text: str) -> Phrase:
    """A text as folded tokens, a hyphen or space between them all the same."""
    return plain_words(text)


@functools.cache
def _folded() -> Mapping[str, Phrase]:
    return folded()


def own_words(text: str) -> Phrase:
    """The same for a text of the program's own documents: folded already where it is not plain ASCII, else folded here."""
    return _folded().get(text) or words(text)


def ends_with(tokens: Phrase, kind: str, spoken: Spoken = None) -> Phrase | None:
    """The longest phrase of a kind that the tokens end with."""
    if tokens:
        for phrase in grammar(spoken)[kind].by_last.get(tokens[-1], ()):
            if tokens[-len(phrase) :] == phrase:
                return phrase
    return None


def starts_with(tokens: Phrase, kind: str, spoken: Spoken = None) -> Phrase | None:
    """The longest phrase of a kind that the tokens start with."""
    if tokens:
        for phrase in grammar(spoken)[kind].by_first.get(tokens[0], ()):
            if tokens[: len(phrase)] == phrase:
                return phrase
    return None


@functools.lru_cache(maxsize=4096)
def anywhere(text: str, kind: str, spoken: Spoken = None) -> Phrase | None:
    """The first phrase of a kind anywhere in a text."""
    for phrase, pattern in _literal(kind, spoken):
        if pattern.search(text):
            return phrase
    return among(plain_words(text), kind, spoken)


def among(tokens: Phrase, kind: str, spoken: Spoken = None) -> Phrase | None:
    """The first phrase of a kind among tokens, those of figures alone left out."""
    by_first = grammar(spoken)[kind].by_first
    if by_first.keys().isdisjoint(tokens):
        return None
    for i, token in enumerate(tokens):
        for phrase in by_first.get(token, ()):
            if tokens[i : i + len(phrase)] == phrase and not all(w.isdigit() for w in phrase):
                return phrase
    return None


def shown(phrase: Phrase) -> str:
    """A phrase as a reader writes it: words apart, characters of scripts without spaces together."""
    out = ""
    for word in phrase:
        apart = out and not (is_wide(out[-1]) and is_wide(word[0]))
        out += f" {word}" if apart else word
    return out


@functools.lru_cache(maxsize=1 << 15)
def is_filler(token: str) -> bool:
    """Whether a token may stand between the items of a list of devices: joining words, models, numbers."""
    letters = any(c.isalpha() for c in token) and not any(c.isdigit() for c in token)
    return not letters or token in _fillers()


@functools.cache
def _fillers() -> frozenset[str]:
    return frozenset(p[0] for p in grammar()["fillers"].phrases if len(p) == 1)
