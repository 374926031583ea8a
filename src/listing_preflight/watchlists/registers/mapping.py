"""Mapping files: which column of a table holds what, and how its dates, lists and states are written."""

import importlib.resources
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from listing_preflight import documents
from listing_preflight.errors import ListError
from listing_preflight.watchlists.entries import OFFICES

FIELDS = ("number", "registration_number", "name", "kind", "owner", "aliases", "office", "classes", "status", "filed",
          "registered", "expires", "goods", "designated")  # fmt: skip


class Table(NamedTuple):
    """How a table is read: columns by field, the office of all rows, and the forms of its cells."""

    name: str
    columns: Mapping[str, str]
    office: str | None
    separator: str
    dates: str
    states: Mapping[str, str]
    source: str
    licence: str


def mapping(named: str | None) -> Table:
    """A mapping by file, or by the name of a shipped one; ListError for a field or office that does not exist."""
    if named is None:
        raise ListError(
            "a table needs a mapping", where="--mapping", remedy=f"A file, or one of {', '.join(shipped())}"
        )
    where, text = _text(named)
    found = documents.load(Path(where), text)
    if not isinstance(found, Mapping) or not isinstance(found.get("columns"), Mapping):
        raise ListError("must be a mapping with 'columns'", where=where)
    columns = {str(k): str(v) for k, v in found["columns"].items() if k != documents.LINE}
    for field, column in found["columns"].items():
        if field != documents.LINE and not isinstance(column, str):
            raise ListError(
                f"the column of {field!r} is not text",
                where=where,
                remedy="YAML reads no and on as truths: put it in quotes",
            )
    for field in columns:
        if field not in FIELDS:
            raise ListError(f"{field!r} is not one of {', '.join(FIELDS)}", where=where)
    for need in ("number", "name"):
        if need not in columns:
            raise ListError(f"names no column for {need!r}", where=where)
    office = found.get("office")
    if office is None and "office" not in columns:
        raise ListError("names neither an office nor a column for it", where=where)
    if office is not None and office not in OFFICES:
        raise ListError(f"office {office!r} is not an office code (WIPO ST.3)", where=where)
    states = {str(k).casefold(): str(v) for k, v in (found.get("states") or {}).items() if k != documents.LINE}
    return Table(
        Path(where).stem, columns, office, str(found.get("separator", ";")),
        str(found.get("dates", "%Y-%m-%d")), states,
        str(found.get("source", "a table given by the user")), str(found.get("licence", "unknown")),
    )  # fmt: skip


def shipped() -> list[str]:
    """Names of the mappings that the package holds."""
    folder = importlib.resources.files(__package__).joinpath("mappings")
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))


def _text(named: str) -> tuple[str, str]:
    if named in shipped():
        file = importlib.resources.files(__package__).joinpath("mappings", f"{named}.yaml")
        return f"{named}.yaml", file.read_text("utf-8")
    try:
        return named, Path(named).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        remedy = f"A file, or one of {', '.join(shipped())}"
        raise ListError(f"cannot be read ({e})", where=f"--mapping {named}", remedy=remedy) from None
