"""The tables of listed names that the fast matcher looks windows of text up in, made or mapped from a file."""

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

import numpy as np

from listing_preflight.storage.mapped import Packed, Part
from listing_preflight.text import forms as forms_of
from listing_preflight.text import gates
from listing_preflight.text import tokens as rows
from listing_preflight.text.anchors import AnchorTable
from listing_preflight.text.charset import charset
from listing_preflight.text.edits import EditTable
from listing_preflight.text.hashing import (
    U64,
    Bools,
    Groups,
    Ints,
    Sieve,
    distinct,
    hash_texts,
    letter_values,
    powers,
    prefixes,
    ranges,
    spans,
)  # fmt: skip
from listing_preflight.text.names import SHORT, Form
from listing_preflight.text.visual import SHAPES, skeleton
from listing_preflight.text.vocabulary import Vocabulary

PLURALS = ("s", "es")
_BITS = 63
_FEW = 100
"""Keys up to which each is looked up by itself."""


_COLUMNS = (
    "count",
    "start",
    "filed",
    "easy",
    "english",
    "plural",
    "bounds",
    "lengths",
    "first",
    "codes",
    "hash",
    "key_of",
)
_PARTS: dict[str, type[Groups | Sieve]] = {
    **dict.fromkeys(("exact", "looks", "glue_keys", "inner", "words", "roles", "usual"), Groups),
    **dict.fromkeys(("begins", "look_begins", "inner_begins"), Sieve),
}
_BY_SIZE: dict[str, type[Groups | AnchorTable | EditTable]] = {
    "heads": Groups, "tails": Groups, "anchors": AnchorTable, "edits": EditTable,
}  # fmt: skip
"""What a file holds of the tables: arrays, parts, and parts for each number of tokens."""


class Tables:
    """Keys, their beginnings, their looks and their misspellings, each as hashes."""

    forms: Sequence[Form]
    keys: Sequence[str]
    _asked = 0
    told: tuple[Bools, Bools]
    """Of each key of an open file whether it is among `glue`, and among `any`."""

    def __init__(self, forms: Sequence[Form], words: Vocabulary) -> None:
        self.forms = tuple(forms)
        grouped: defaultdict[str, list[Form]] = defaultdict(list)
        for form in forms:
            grouped[form.key].append(form)
        self.keys = tuple(grouped)
        self.of_key: Sequence[tuple[Form, ...]] = tuple(tuple(g) for g in grouped.values())
        counts = np.fromiter(map(len, self.of_key), np.int64, len(self.of_key))
        self.count, self.start = counts, np.cumsum(counts) - counts
        self.filed = np.array([f.id for g in self.of_key for f in g], np.int64)
        self.easy = np.array([_is_easy(g) for g in self.of_key], np.bool_)
        self.english = np.array([words.is_english(k) for k in self.keys], np.bool_)
        self.plural = np.array([any(gates.takes_plural(f) for f in g) for g in self.of_key], np.bool_)
        self.bounds = np.array([_bounds(g[0]) for g in self.of_key], np.uint64)
        self.glue = frozenset(f.key for f in forms if gates.is_glue(f, words))
        self.any = frozenset(f.key for f in forms if not f.wide)
        self.lengths = np.fromiter(map(len, self.keys), np.int64, len(self.keys))
        self.first = np.cumsum(self.lengths) - self.lengths
        self.codes = np.frombuffer("".join(self.keys).encode("utf-32-le", "surrogatepass"), np.uint32)
        self.hash = hash_texts(list(self.keys))
        self.exact = Groups(self.hash, np.arange(len(self.keys)))
        plural = hash_texts(
            [k + "s" for k in self.keys]
        )  # with "es" all other beginnings of a name and its plurals are told
        self.begins = Sieve(distinct(np.concatenate([_beginnings(k + "es" for k in self.keys), plural])))
        seen = [n for n, k in enumerate(self.keys) if len(k) > SHORT and self.of_key[n][0].skeleton]
        shapes = [skeleton(self.keys[n]) for n in seen]
        self.looks = Groups(hash_texts(shapes), np.array(seen, np.int64))
        self.look_begins = Sieve(_beginnings(shapes))
        self.glue_keys = Groups(*_filed(sorted(self.glue)))
        self.inner = Groups(*_filed(sorted(k for k in self.any if len(k) > SHORT)))
        self.inner_begins = Sieve(hash_texts(sorted({k[: SHORT + 1] for k in self.any if len(k) > SHORT})))
        self.key_of = np.zeros(len(self.forms), np.int64)
        self.key_of[self.filed] = np.repeat(np.arange(len(self.keys)), counts)
        glue = [f for f in forms if gates.is_glue(f, words)]
        self.heads = {n: Groups(*_ends(glue, n, slice(None, -1))) for n in range(2, gates.EDIT_WINDOW + 1)}
        self.tails = {n: Groups(*_ends(glue, n, slice(1, None))) for n in range(2, gates.EDIT_WINDOW + 1)}
        self.anchors = {n: AnchorTable(forms, n) for n in range(2, gates.EDIT_WINDOW + 1)}
        self.roles = Groups(*_roles(forms))
        self.edits = {n: EditTable(forms, n) for n in (1, 2)}
        self.longest = max((len(k) for k in self.keys), default=0) + len(PLURALS[-1])
        self.longest_look = max(map(len, shapes), default=0)
        self.words, self.usual = _of_words(words)

    @functools.cached_property
    def glue(self) -> frozenset[str]:
        """The keys of names that are found inside of words."""
        return frozenset(itertools.compress(self.keys, self.told[0].tolist()))

    @functools.cached_property
    def any(self) -> frozenset[str]:
        """The keys of names in scripts that set words apart."""
        return frozenset(itertools.compress(self.keys, self.told[1].tolist()))

    @functools.cached_property
    def number(self) -> Mapping[str, int]:
        """The place of each key."""
        return {key: n for n, key in enumerate(self.keys)}

    def forms_of(self, key: str) -> Sequence[Form]:
        """The forms of a key, none where it is no name's."""
        number = self.place(key)
        return () if number is None else self.of_key[number]

    def place(self, key: str) -> int | None:
        """The place of a key. Those of an open file are noted when more are asked for than one listing does."""
        self._asked += 1
        if self._asked > _FEW or not isinstance(self.keys, _Keys):
            return self.number.get(key)
        _, found = self.exact.find(hash_texts([key]))
        return next((n for n in found.tolist() if self.keys[n] == key), None)

    def forms_with_raw(self) -> list[int]:
        """The numbers of forms that need their letters and symbols as they are."""
        if isinstance(self.forms, forms_of.Forms):
            return self.forms.with_raw()
        return [f.id for f in self.forms if f.raw is not None]

    def arrays(self) -> Packed:
        """The arrays that windows are looked up in."""
        yield from ((name, getattr(self, name)) for name in _COLUMNS)
        for name in _PARTS:
            yield from ((f"{name}/{part}", array) for part, array in getattr(self, name).packed())
        for name in _BY_SIZE:
            tables = getattr(self, name)
            yield f"{name}/sizes", np.array(sorted(tables), np.int64)
            for n in sorted(tables):
                yield from ((f"{name}/{n}/{part}", array) for part, array in tables[n].packed())
        yield "longest", np.array([self.longest, self.longest_look], np.int64)

    def packed(self) -> Packed:
        """The arrays to write."""
        yield from self.arrays()
        yield from (("glue", _among(self.keys, self.glue)), ("any", _among(self.keys, self.any)))
        yield from ((f"forms/{part}", array) for part, array in forms_of.packed(self.forms, dict(self.number)))

    @classmethod
    def over(cls, part: Part) -> Self:
        """The tables of an open file; names are made of them as they are asked for."""
        found = cls.__new__(cls)
        for name in _COLUMNS:
            setattr(found, name, part[name])
        for name, kind in _PARTS.items():
            setattr(found, name, kind.over(part.at(name)))
        for name, sized in _BY_SIZE.items():
            sizes = part.at(name)["sizes"].tolist()
            setattr(found, name, {n: sized.over(part.at(f"{name}/{n}")) for n in sizes})
        found.longest, found.longest_look = map(int, part["longest"].tolist())
        _check(found, part)
        found.keys = _Keys(found)
        found.told = part["glue"], part["any"]
        found.forms = forms_of.Forms(part.at("forms"), found.keys)
        found.of_key = _OfKey(found)
        return found


def _check(found: Tables, part: Part) -> None:
    """Numbers of a file that would ask for more memory than there is are refused before they are used."""
    forms, keys, letters = len(found.filed), len(found.lengths), len(found.codes)
    spans_ = ((found.start, found.count, forms), (found.first, found.lengths, letters))
    good = all(
        len(a) == len(n) == keys and bool(((a >= 0) & (n >= 0) & (a + n <= most)).all()) for a, n, most in spans_
    )
    if not good or not 0 <= max(found.longest, found.longest_look) <= 2 * letters + len(PLURALS[-1]):
        raise part.fault("is damaged (names)")


@functools.lru_cache(maxsize=2)
def _of_words(words: Vocabulary) -> tuple[Groups, Groups]:
    """The words of a vocabulary, and those that are usual; the same for all tables of a process."""
    every, usual = words.hashes(), words.hashes("usual")
    return Groups(every, np.arange(len(every))), Groups(usual, np.arange(len(usual)))


def _among(keys: Sequence[str], some: frozenset[str]) -> Bools:
    return np.fromiter((k in some for k in keys), np.bool_, len(keys))


class _Keys(Sequence[str]):
    """The keys of an open file; all are made when somebody goes through them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._letters = tables.codes.tobytes().decode("utf-32-le", "surrogatepass")

    def __len__(self) -> int:
        return len(self._tables.lengths)

    def __getitem__(self, at: int) -> str:  # type: ignore[override]
        first = int(self._tables.first[at])
        return self._letters[first : first + int(self._tables.lengths[at])]

    def __iter__(self) -> Iterator[str]:
        firsts, lengths = self._tables.first.tolist(), self._tables.lengths.tolist()
        return (self._letters[at : at + length] for at, length in zip(firsts, lengths, strict=True))


class _OfKey(Sequence[tuple[Form, ...]]):
    """The forms of each key, made when they are asked for."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __len__(self) -> int:
        return len(self._tables.keys)

    def __getitem__(self, at: int) -> tuple[Form, ...]:  # type: ignore[override]
        tables = self._tables
        start = int(tables.start[at])
        return tuple(tables.forms[n] for n in tables.filed[start : start + int(tables.count[at])].tolist())


def _is_easy(forms: Sequence[Form]) -> bool:
    """Whether the borders of a window's tokens alone tell an exact match from a joined one and from a split one."""
    one = forms[0]
    return len(one.key) <= _BITS and all(f.raw is None and not f.wide and f.lengths == one.lengths for f in forms)


def _bounds(form: Form) -> int:
    """After how many letters a token of the name ends, the last one left out, as bits."""
    ends = itertools.accumulate(form.lengths[:-1])
    return sum(1 << n for n in ends) if len(form.key) <= _BITS else 0


def _filed(texts: list[str]) -> tuple[U64, Ints]:
    return hash_texts(texts), np.arange(len(texts))


def _ends(forms: Sequence[Form], tokens: int, part: slice) -> tuple[U64, Ints]:
    """Names of so many tokens, filed under all of their tokens but the last, or but the first."""
    mine = [f for f in forms if len(f.lengths) == tokens]
    return hash_texts(["".join(gates.split_key(f)[part]) for f in mine]), np.array([f.id for f in mine], np.int64)


def _roles(forms: Sequence[Form]) -> tuple[U64, Ints]:
    """The first and last tokens of names of several tokens, and what they are as flags."""
    out: dict[str, int] = {}
    for form in forms:
        n, parts = len(form.lengths), gates.split_key(form)
        if n in rows.FIRST:
            out[parts[0]] = out.get(parts[0], 0) | rows.FIRST[n]
            out[parts[-1]] = out.get(parts[-1], 0) | rows.LAST[n]
    return hash_texts(list(out)), np.array(list(out.values()), np.int64)


def _beginnings(texts: Iterable[str]) -> U64:
    """Hashes of all beginnings of texts."""
    whole = [t for t in texts if t]
    codes = np.frombuffer("".join(whole).encode("utf-32-le", "surrogatepass"), np.uint32)
    counts = np.fromiter(map(len, whole), np.int64, len(whole))
    first = np.cumsum(counts) - counts
    starts = np.repeat(first, counts)
    return distinct(spans(prefixes(letter_values(codes)), starts, ranges(first, counts) + 1))


class Shapes:
    """Hash values of characters by their looks; a character that looks like two letters counts as two."""

    def __init__(self) -> None:
        self._codes = np.array(sorted(map(ord, SHAPES)), np.uint32)
        shapes = [SHAPES[chr(c)] for c in self._codes.tolist()]
        self._values = hash_texts(shapes)
        self._double = np.array([len(s) == 2 for s in shapes])

    def packed(self) -> Packed:
        """The arrays of characters that look like others, sorted."""
        yield from (("codes", self._codes), ("values", self._values), ("double", self._double))

    def prefixes(self, codes: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> tuple[U64, Ints]:
        """Running hash of shapes, and how many shape letters stand before each letter."""
        values = charset().value[codes]
        lengths = np.ones(len(codes), np.int64)
        at = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        special = self._codes[at] == codes
        values[special] = self._values[at[special]]
        lengths[special] += self._double[at[special]]
        places = np.zeros(len(codes) + 1, np.int64)
        np.cumsum(lengths, out=places[1:])
        running = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(values * powers(int(places[-1]) + 1)[places[:-1]], out=running[1:])
        return running, places
