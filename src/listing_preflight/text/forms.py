"""The forms of a compiled list: columns of an open file, a form made when it is asked for."""

import itertools
from collections.abc import Sequence

import numpy as np

from listing_preflight.storage.mapped import Packed, Part
from listing_preflight.storage.strings import Strings
from listing_preflight.text.names import Form, Spelling
from listing_preflight.text.visual import skeleton

_WIDE, _LATIN, _COMMON, _SAID, _SAID_COMMON, _FAMOUS, _RAW, _NAME = (1 << n for n in range(8))


def packed(forms: Sequence[Form], number: dict[str, int]) -> Packed:
    """The arrays to write; `number` is the place of each key."""
    yield "key", np.fromiter((number[f.key] for f in forms), np.uint32, len(forms))
    yield "flags", np.fromiter(map(_flags, forms), np.uint8, len(forms))
    counts = np.fromiter((len(f.lengths) for f in forms), np.uint32, len(forms))
    yield "tokens", np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
    yield "lengths", np.fromiter(itertools.chain.from_iterable(f.lengths for f in forms), np.uint32)
    for name, texts in (
        ("text", (f.text for f in forms)),
        ("name", ("" if f.text == f.spelling.name else f.spelling.name for f in forms)),
        ("raw", (f.raw or "" for f in forms)),
    ):
        yield from ((f"{name}/{part}", array) for part, array in Strings.of(texts).packed())


def _flags(form: Form) -> int:
    said = form.spelling.common
    return (
        _WIDE * form.wide | _LATIN * form.latin | _COMMON * form.common | _SAID * (said is not None)
        | _SAID_COMMON * bool(said) | _FAMOUS * form.spelling.famous | _RAW * (form.raw is not None)
        | _NAME * (form.text == form.spelling.name)
    )  # fmt: skip


class Forms(Sequence[Form]):
    """Forms by number, each made once."""

    def __init__(self, part: Part, keys: Sequence[str]) -> None:
        self._keys, self._key, self._flags = keys, part["key"], part["flags"]
        self._tokens, self._lengths = part["tokens"], part["lengths"]
        self._text, self._name, self._raw = (Strings.over(part.at(n)) for n in ("text", "name", "raw"))
        self._made: dict[int, Form] = {}

    def __len__(self) -> int:
        return len(self._key)

    def __getitem__(self, at: int) -> Form:  # type: ignore[override]
        found = self._made.get(at)
        if found is None:
            if not 0 <= at < len(self):
                raise IndexError(f"form {at} lies outside of its file")
            found = self._made[at] = self._make(at)
        return found

    def with_raw(self) -> list[int]:
        """The numbers of forms with a raw spelling."""
        found: list[int] = np.flatnonzero(self._flags & _RAW).tolist()
        return found

    def _make(self, at: int) -> Form:
        flags, text, key = int(self._flags[at]), self._text[at], self._keys[int(self._key[at])]
        name = text if flags & _NAME else self._name[at]
        said = bool(flags & _SAID_COMMON) if flags & _SAID else None
        return Form(
            at, Spelling(text, name, said, bool(flags & _FAMOUS)), key,
            tuple(self._lengths[int(self._tokens[at]) : int(self._tokens[at + 1])].tolist()), bool(flags & _WIDE),
            bool(flags & _LATIN), skeleton(key) if flags & _LATIN else "", bool(flags & _COMMON),
            self._raw[at] if flags & _RAW else None,
        )  # fmt: skip
