"""Fold text to comparable tokens, every token with its place in the seller's own characters.

A *cluster* is a base character with the marks that belong to it. Each cluster folds to nothing (invisible), to a
separator, or to one or more folded characters. A *token* is a run of folded characters between separators; letters
of scripts that are written without spaces are tokens of their own. Every token carries two readings: `plain` and
`visual`, where look-alike letters are read as the Latin letters that they look like (docs/matching.md).
"""

import bisect
import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SYMBOLS = {"@": "a", "$": "s", "!": "i", "|": "i", "€": "e", "£": "l", "¥": "y", "¢": "c", "+": "t"}
"""Symbols that stand for a letter inside a word; elsewhere they are separators."""
_MARK_SIGNS = frozenset("™®℠©℗")
_LIGATURES = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
              "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"}  # fmt: skip
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WIDE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_DROPPED_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe20-\ufe2f]"
)
ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_ASCII_LOWER = re.compile(r"[a-z0-9]+")
CHUNK = re.compile(r"\S+")
_MEMO_LIMIT = 200_000
_MARKS_LIMIT = 30
"""Marks on one base character that are read; more than that (UAX #15, stream-safe text) is a flood."""


class Token(NamedTuple):
    """A folded token; `start` and `end` are code points of the text that was folded, half-open."""

    text: str
    start: int
    end: int
    wide: bool = False


class Reading(NamedTuple):
    """The tokens of one reading and `borders`, the token indexes before which no name may reach across."""

    tokens: tuple[Token, ...]
    borders: frozenset[int]


class Folded(NamedTuple):
    """Both readings of one text; they are the same object where nothing looks like something else."""

    plain: Reading
    visual: Reading


_Chunk = tuple[tuple[Token, ...], tuple[Token, ...]]


def _table(name: str) -> dict[str, str]:
    text = importlib.resources.files(__package__).joinpath("data", name).read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@functools.cache
def confusables() -> dict[str, str]:
    """Look-alike character → the ASCII letter or digit that it is read as (UTS #39 and additions)."""
    return _table("confusables.tsv")


@functools.cache
def _han() -> dict[str, str]:
    return _table("han.tsv")


def is_invisible(char: str) -> bool:
    """Whether the character takes no room on a page: zero-width, bidi control, filler, control."""
    return _INVISIBLE.match(char) is not None


def is_dropped_mark(char: str) -> bool:
    """Whether the character is a mark that belongs to the character before it."""
    return _DROPPED_MARKS.match(char) is not None


def looks_like(cluster: str, folded: str | None) -> str | None:
    """The Latin letters or digits that a cluster is read as by its looks, or None."""
    if folded == "":
        return None
    return confusables().get(cluster[0]) or (confusables().get(folded) if folded and len(folded) == 1 else None)


def is_wide(char: str) -> bool:
    """Whether the character belongs to a script that is written without spaces."""
    return _WIDE.match(char) is not None


@functools.lru_cache(maxsize=65536)
def fold_cluster(cluster: str) -> str | None:
    """The folded characters of one cluster: '' when invisible, None when it separates words."""
    if is_invisible(cluster[0]):
        return ""
    if cluster[0] in _MARK_SIGNS or (len(cluster) > 1 and fold_cluster(cluster[0]) is None):
        return None
    text = unicodedata.normalize("NFKC", cluster).casefold()
    if not is_wide(cluster[0]):
        text = unicodedata.normalize("NFC", _DROPPED_MARKS.sub("", unicodedata.normalize("NFKD", text)))
        if not text and _DROPPED_MARKS.match(cluster):
            return ""
    kept = "".join(_letter(c) for c in text)
    return kept or None


def as_katakana(char: str) -> str:
    """A hiragana character as katakana; any other as it is."""
    return chr(ord(char) + 0x60) if "\u3041" <= char <= "\u3096" else char


def _letter(char: str) -> str:
    if char in _LIGATURES:
        return _LIGATURES[char]
    if (kana := as_katakana(char)) != char:
        return kana
    if char.isalnum() or unicodedata.category(char)[0] == "M":
        return _han().get(char, char)
    return ""


VOICED = "\u3099\u309a\uff9e\uff9f"
"""Marks that make the kana before them another one, those of half-width kana among them."""


def _clusters(text: str) -> list[tuple[str, int, int]]:
    out: list[tuple[str, int, int]] = []
    for i, char in enumerate(text):
        joins = out and (_DROPPED_MARKS.match(char) or char in VOICED or "\u1161" <= char <= "\u11ff")
        if joins:
            last, start, _ = out[-1]
            out[-1] = (last + char if len(last) <= _MARKS_LIMIT else last, start, i + 1)
        else:
            out.append((char, i, i + 1))
    return out


_chunks: dict[str, _Chunk] = {}


def fold_chunk(chunk: str) -> _Chunk:
    """Plain and visual tokens of a run without white space, places relative to its start; a bounded memo."""
    found = _chunks.get(chunk)
    if found is None:
        if len(_chunks) >= _MEMO_LIMIT:
            _chunks.clear()
        found = _chunks[chunk] = _ascii_chunk(chunk) if _is_simple(chunk) else _any_chunk(chunk)
    return found


_PLAIN = re.compile("[" + "".join(re.escape(chr(c)) for c in range(0x20, 0x7F) if chr(c) not in SYMBOLS) + "]*")
"""Texts of printable ASCII without symbols that may be letters: each character folds by itself."""


def _is_simple(chunk: str) -> bool:
    return chunk.isascii() and chunk.isprintable() and not (SYMBOLS.keys() & set(chunk))


def _ascii_chunk(chunk: str) -> _Chunk:
    tokens = tuple(Token(m.group().lower(), m.start(), m.end()) for m in ASCII_WORD.finditer(chunk))
    return tokens, tokens


def _any_chunk(chunk: str) -> _Chunk:
    clusters = _clusters(chunk)
    bare = [fold_cluster(c) for c, _, _ in clusters]
    folded = _in_own_script(bare, _looks(clusters, bare))
    plain = _tokens(clusters, folded)
    seen = _looks(clusters, folded)
    visual = _tokens(clusters, seen) if seen != folded else plain
    return plain, visual


def _looks(clusters: list[tuple[str, int, int]], folded: list[str | None]) -> list[str | None]:
    """How clusters look in Latin letters; a symbol inside a word stays itself, to be read as a letter later."""
    after = _neighbours(folded[::-1])[::-1]
    out: list[str | None] = []
    for (cluster, _, _), text, left, right in zip(clusters, folded, _neighbours(folded), after, strict=True):
        mapped = looks_like(cluster, text)
        stays = text is None and cluster in SYMBOLS and _inside_word(cluster, left, right)
        out.append(mapped or (cluster if stays else text))
    return out


def _in_own_script(folded: list[str | None], seen: list[str | None]) -> list[str | None]:
    """Clusters with Latin letters that hide in a word of another script read as the letters that they look like.

    Only where a letter of the word looks like a Latin one: words without any are not read by their neighbours anywhere.
    """
    out = list(folded)
    for start, end in _runs(folded):
        word = folded[start:end]
        if (word != seen[start:end] or any(t in FIGURES for t in word)) and (native := _native(word)):
            out[start:end] = native
    return out


def _runs(folded: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    """Where words begin and end."""
    start = 0
    for i, text in enumerate((*folded, None)):
        if text is None:
            if i > start:
                yield start, i
            start = i + 1


def _native(folded: list[str | None]) -> list[str | None] | None:
    """A word of another script that Latin letters hide in, in its own letters; None where it is none.

    Told by a letter that looks like no Latin one: "Смeшapики" is read in Cyrillic, "Nikе" in Latin letters. A figure is
    read so between letters, and a nought behind them: "М0скв0", but no "ТУ3".
    """
    figures = any(t in FIGURES for t in folded)
    if not figures and not any(t and t.isascii() and t.isalpha() for t in folded):
        return None
    if figures and not _FIGURED.fullmatch("".join(t or "" for t in folded)):
        return None
    script = next((s for t in folded if t for s, letters in _own_letters().items() if t in letters), None)
    if script is None:
        return None
    back = _drawn_alike()[script] | (_FIGURES_READ[script] if figures else {})
    if not all(t in back for t in folded if t and t.isascii()):
        return None
    return [back.get(t, t) if t else t for t in folded]


_FIGURES_READ = {"cyrillic": {"0": "о", "3": "з", "4": "ч", "6": "б"}, "greek": {"0": "ο"}}
FIGURES = frozenset("0346")
_FIGURED = re.compile(r"[^\W\d_]+(?:[0346][^\W\d_]+)*0?")
"""A word in which each figure stands between letters, but for a last nought."""
_SCRIPTS = {"cyrillic": ("\u0430", "\u0491"), "greek": ("\u03b1", "\u03c9")}
"""First and last small letter of the scripts that share the shapes of Latin ones."""


@functools.cache
def _drawn_alike() -> dict[str, dict[str, str]]:
    """Script → Latin letter → the letter of the script that looks like it, in small or in capital letters."""
    out: dict[str, dict[str, str]] = {}
    for script, (first, last) in _SCRIPTS.items():
        letters = [c for c in map(chr, range(ord(first), ord(last) + 1)) if c.isalpha()]
        known = confusables()
        capitals = {known[c.upper()]: c for c in letters if c.upper() in known}
        out[script] = capitals | {known[c]: c for c in letters if c in known}
    return out


@functools.cache
def _own_letters() -> dict[str, frozenset[str]]:
    """Script → its letters that look like no Latin one."""
    known = confusables()
    return {
        script: frozenset(c for c in map(chr, range(ord(first), ord(last) + 1)) if c.isalpha() and c not in known)
        for script, (first, last) in _SCRIPTS.items()
    }


def _neighbours(folded: list[str | None]) -> list[str | None]:
    """What each cluster has before it, invisible ones passed over."""
    out: list[str | None] = []
    last: str | None = None
    for text in folded:
        out.append(last)
        last = last if text == "" else text
    return out


def _inside_word(symbol: str, before: str | None, after: str | None) -> bool:
    if symbol == "+":
        return bool(before and after)
    return bool(after) or (symbol in "@$€" and bool(before))


def _tokens(clusters: list[tuple[str, int, int]], folded: list[str | None]) -> tuple[Token, ...]:
    out: list[Token] = []
    word: list[str] = []
    start = end = 0
    for (cluster, s, e), text in zip(clusters, folded, strict=True):
        alone = bool(text) and is_wide(cluster[0])
        if word and (text is None or alone):
            out.append(Token("".join(word), start, end))
            word = []
        if alone and text:
            out.append(Token(text, s, e, wide=True))
        elif text is not None:
            start = start if word else s
            if text:
                word.append(text)
                end = e
    if word:
        out.append(Token("".join(word), start, end))
    return tuple(out)


@functools.lru_cache(maxsize=2048)
def fold(text: str) -> Folded:
    """Fold a text both ways; line breaks are borders that no match crosses."""
    if _PLAIN.fullmatch(text):
        tokens, _ = _ascii_chunk(text)
        reading = Reading(tokens, frozenset())
        return Folded(reading, reading)
    chunks = [(m.start(), fold_chunk(m.group())) for m in CHUNK.finditer(text)]
    breaks = [i for i, char in enumerate(text) if char == "\n"] if "\n" in text else []
    plain = _reading([(at, tokens) for at, (tokens, _) in chunks], breaks)
    if all(tokens is seen for _, (tokens, seen) in chunks):
        return Folded(plain, plain)
    return Folded(plain, _reading([(at, seen) for at, (_, seen) in chunks], breaks))


def _reading(chunks: list[tuple[int, tuple[Token, ...]]], breaks: list[int]) -> Reading:
    tokens = tuple([Token(t, s + at, e + at, w) for at, part in chunks for t, s, e, w in part])
    if not breaks:
        return Reading(tokens, frozenset())
    starts = [t.start for t in tokens]
    return Reading(tokens, frozenset(bisect.bisect_left(starts, at) for at in breaks))


def plain_words(text: str) -> tuple[str, ...]:
    """The plain reading alone, without places."""
    if text.isascii():
        return tuple(_ASCII_LOWER.findall(text.lower()))
    return tuple(t.text for m in CHUNK.finditer(text) for t in fold_chunk(m.group())[0])


@functools.lru_cache(maxsize=1 << 16)
def folded_key(name: str) -> str:
    """A name's plain reading without spaces: what two spellings of one name share."""
    return "".join(plain_words(name))
