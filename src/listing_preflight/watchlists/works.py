"""Protected pictures and designs of a compiled list, one JSON object each."""

import dataclasses
import datetime
import json
from collections.abc import Sequence
from typing import Any

from listing_preflight.model.mark import Registration, Rights, Work
from listing_preflight.storage.mapped import Part, unpacking
from listing_preflight.storage.strings import Strings

_DAYS = ("filed", "registered", "expires")


def written(work: Work) -> str:
    """A work as JSON; what it takes from its list is left out."""
    out = {f.name: getattr(work, f.name) for f in dataclasses.fields(work) if f.name not in ("list", "rights")}
    out["registrations"] = [_row(r) for r in work.registrations]
    return json.dumps(out)


def _row(row: Registration) -> dict[str, Any]:
    out = {f.name: getattr(row, f.name) for f in dataclasses.fields(row)}
    out |= {k: out[k] and out[k].isoformat() for k in _DAYS}
    out["classes"] = None if row.classes is None else sorted(row.classes)
    out["designated"] = sorted(row.designated)
    return out


def _registration(row: dict[str, Any]) -> Registration:
    row |= {k: row[k] and datetime.date.fromisoformat(row[k]) for k in _DAYS}
    classes = row.pop("classes")
    return Registration(
        **{**row, "disclaimed": tuple(row["disclaimed"]), "designated": frozenset(row["designated"])},
        classes=None if classes is None else frozenset(classes),
    )


def read(text: str, list_name: str, rights: Rights) -> Work:
    """A work of JSON."""
    value = json.loads(text)
    rows = tuple(map(_registration, value.pop("registrations")))
    texts: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}
    return Work(**texts, registrations=rows, list=list_name, rights=rights)


class WorksOfList(Sequence[Work]):
    """The works of one list, made as they are asked for."""

    def __init__(self, part: Part, first: int, count: int, list_name: str, rights: Rights) -> None:
        self._part, self._texts = part, Strings.over(part)
        if not 0 <= first <= first + count <= len(self._texts):
            raise part.fault("is damaged (works)")
        self._first, self._count, self._name, self._rights = first, count, list_name, rights

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: int) -> Work:  # type: ignore[override]
        if not 0 <= at < self._count:
            raise IndexError(at)
        with unpacking(self._part):
            return read(self._texts[self._first + at], self._name, self._rights)

    def __reduce__(self) -> tuple[object, ...]:
        """A worker has them all: they are few."""
        return tuple, (list(self),)
