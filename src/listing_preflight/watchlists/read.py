"""Read watch-lists: YAML, JSON, JSON Lines and CSV files, folders of them; all of a list or an error."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from listing_preflight import documents
from listing_preflight.errors import ListError
from listing_preflight.model.mark import Mark, Rights, WatchList, Work
from listing_preflight.storage.mapped import SUFFIX, is_compiled
from listing_preflight.watchlists.entries import (
    LIST_FIELDS,
    EntryError,
    check_keys,
    check_whole,
    make_mark,
    make_work,
    texts,
)

SUFFIXES = (".yaml", ".yml", ".json", ".jsonl", ".csv", ".parquet", SUFFIX)
_RIGHTS = ("official", "stated", "assumed")
_LIST_COLUMNS = frozenset("aliases requires near never_near compounds part_of classes territories images".split())
_Entry = TypeVar("_Entry", Mark, Work)
_DOCUMENT_FIELDS = frozenset({"list", "marks", "works"})
_SHOWN = 80
"""Characters of a name that an error quotes."""
_LARGEST_CELL = (1 << 31) - 1
"""A cell of CSV is as long as it is; what is too long for its field is refused with its name."""


class Row(NamedTuple):
    """An entry as written, with its line in the file."""

    line: int | None
    entry: Mapping[str, Any]


class _Document(NamedTuple):
    head: Mapping[str, Any]
    marks: Iterable[Row]
    works: Iterable[Row]


def read_lists(paths: Iterable[Path]) -> tuple[WatchList, ...]:
    """Every list under the paths, a folder's files in the order of their names; ListError at the first fault."""
    out = [one for path in paths for file in list_files(path) for one in lists_of(file)]
    check_names(out)
    return tuple(out)


def lists_of(file: Path) -> tuple[WatchList, ...]:
    """The lists of one file: one, or all that a compiled file was made of."""
    if not is_compiled(file):
        return (read_list(file),)
    from listing_preflight.watchlists.compiled import Compiled

    return Compiled(file).lists


def list_files(path: Path) -> list[Path]:
    """The list files that a path stands for."""
    if not path.exists():
        raise ListError("no such watch-list", where=str(path), remedy="Check the path after -w")
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise ListError("is not a regular file", where=str(path), remedy="Name a list file or a folder of lists")
    files = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file() and p.name != "schema.json")
    if not files:
        raise ListError("the folder holds no list", where=str(path), remedy=f"Lists end in {', '.join(SUFFIXES)}")
    return files


def read_list(path: Path) -> WatchList:
    """One list file as a frozen value."""
    if path.suffix == ".parquet":
        return _register(path)
    try:
        data = path.read_bytes()
    except OSError as e:
        raise ListError(f"cannot be read ({e.strerror})", where=str(path)) from None
    document = _parse(path, data)
    head = _head(path, document.head)
    name = str(head.get("name") or path.stem)
    rights: Rights = head.get("rights") or "stated"
    defaults = head.get("defaults") or {}
    date = _optional(head.get("date") or head.get("seen"))
    dated = {"seen": date} if date else {}
    marks = tuple(
        _built(path, row, defaults, lambda e: make_mark(dated | dict(e), name, rights)) for row in document.marks
    )
    works = tuple(_built(path, row, {}, lambda e: make_work(e, name, rights)) for row in document.works)
    _check_ids(path, marks, works)
    return WatchList(
        name=name, digest="sha256:" + hashlib.sha256(data).hexdigest(), version=_optional(head.get("version")),
        date=date, rights=rights, offices=frozenset(head["offices"]),
        licence=_optional(head.get("licence")), source=_optional(head.get("source")), folder=str(path.parent),
        marks=marks, works=works, pictured=tuple(n for n, m in enumerate(marks) if m.images),
    )  # fmt: skip


def faults(path: Path) -> list[ListError]:
    """Every fault of one list file, in the order of its entries; the first alone where the file cannot be taken apart."""
    if path.suffix == ".parquet" or is_compiled(path):
        return []
    try:
        document = _parse(path, path.read_bytes())
        defaults = _head(path, document.head).get("defaults") or {}
        marks, works = list(document.marks), list(document.works)
    except OSError as e:
        return [ListError(f"cannot be read ({e.strerror})", where=str(path))]
    except ListError as e:
        return [e]
    found = [_fault(path, row, defaults, lambda e: make_mark(e, "list", "stated")) for row in marks]
    found += [_fault(path, row, {}, lambda e: make_work(e, "list", "stated")) for row in works]
    return [fault for fault in found if fault is not None]


def _fault(
    path: Path, row: Row, defaults: Mapping[str, Any], make: Callable[[Mapping[str, Any]], _Entry]
) -> ListError | None:
    try:
        _built(path, row, defaults, make)
    except ListError as e:
        return e
    return None


def _register(path: Path) -> WatchList:
    """An imported register; the library that reads it is an extra."""
    try:
        from listing_preflight.watchlists.registers.load import watch_list
    except ImportError as e:
        remedy = 'pip install "listing-preflight[registers]"'
        raise ListError(f"{e.name} is not installed", where=str(path), remedy=remedy) from None
    return watch_list(path)


def _optional(value: object) -> str | None:
    return None if value is None else str(value)


def _parse(path: Path, data: bytes) -> _Document:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        remedy = "Save the list as UTF-8"
        raise ListError(f"is not UTF-8 (byte {e.start})", where=str(path), remedy=remedy) from None
    if path.suffix == ".jsonl":
        return _Document({}, _json_lines(path, text), ())
    if path.suffix == ".csv":
        return _Document({}, _csv_rows(path, text), ())
    if path.suffix in (".yaml", ".yml"):
        return _document(path, documents.load(path, text))
    try:
        return _document(path, documents.load_json(path, text))
    except ListError:
        if path.suffix != ".json" and text.lstrip().startswith("{"):
            return _Document({}, _json_lines(path, text), ())
        raise


def _document(path: Path, value: object) -> _Document:
    if not isinstance(value, Mapping):
        raise ListError("must be a mapping with 'marks' or 'works'", where=str(path))
    try:
        check_keys(value, _DOCUMENT_FIELDS | {documents.LINE})
    except EntryError as e:
        raise ListError(str(e), where=f"{path}:{value.get(documents.LINE, 1)}") from None
    head = value.get("list") or {}
    if not isinstance(head, Mapping):
        raise ListError(f"list: must be a mapping, not {type(head).__name__}", where=str(path))
    return _Document(head, _rows(path, value, "marks"), _rows(path, value, "works"))


def _rows(path: Path, document: Mapping[str, Any], key: str) -> list[Row]:
    rows = document.get(key)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise ListError(f"{key}: must be a list of entries", where=str(path))
    return [_row(path, r, f"{key}[{i}]") for i, r in enumerate(rows)]


def _row(path: Path, entry: object, where: str) -> Row:
    if not isinstance(entry, Mapping):
        raise ListError(f"{where}: an entry must be a mapping, not {type(entry).__name__}", where=str(path))
    plain = {k: v for k, v in entry.items() if k != documents.LINE}
    return Row(entry.get(documents.LINE), plain)


def _json_lines(path: Path, text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        entry = documents.load_json(path, line, number)
        if not isinstance(entry, dict):
            raise ListError("a line must be a JSON object", where=f"{path}:{number}")
        yield Row(number, entry)


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    csv.field_size_limit(_LARGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""))
    header = [h.strip() for h in next(rows, [])]
    if twice := sorted({h for h in header if header.count(h) > 1}):
        raise ListError(f"column {twice[0]!r} stands twice", where=f"{path}:1")
    for cells in rows:
        if not any(cells):
            continue
        if len(cells) > len(header):
            raise ListError(f"has {len(cells)} cells, the header {len(header)}", where=f"{path}:{rows.line_num}")
        yield Row(rows.line_num, {k: _cell(k, v) for k, v in zip(header, cells, strict=False) if v.strip()})


def _cell(column: str, value: str) -> object:
    if column in _LIST_COLUMNS:
        return [part.strip() for part in value.split("|") if part.strip()]
    if column in ("famous", "common_word"):
        flags: dict[str, object] = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}
        return flags.get(value.strip().lower(), value)
    return value


def _head(path: Path, head: Mapping[str, Any]) -> dict[str, Any]:
    plain = {k: v for k, v in head.items() if k != documents.LINE}
    try:
        check_keys(plain, LIST_FIELDS)
        if plain.get("rights") is not None and plain["rights"] not in _RIGHTS:
            raise EntryError("rights", f"{plain['rights']!r} is not one of {', '.join(_RIGHTS)}")
        if not isinstance(plain.get("defaults") or {}, Mapping):
            raise EntryError("defaults", "must be a mapping of fields")
        plain["offices"] = texts(plain, "offices")
        for field, value in plain.items():
            if isinstance(value, str):
                check_whole(value, field)
    except EntryError as e:
        raise ListError(f"list.{e}", where=f"{path}:{head.get(documents.LINE, 1)}") from None
    plain["defaults"] = {k: v for k, v in (plain.get("defaults") or {}).items() if k != documents.LINE}
    return plain


def _built(path: Path, row: Row, defaults: Mapping[str, Any], make: Callable[[Mapping[str, Any]], _Entry]) -> _Entry:
    try:
        return make({**defaults, **row.entry} if "registrations" not in row.entry else row.entry)
    except EntryError as e:
        name = row.entry.get("name") or row.entry.get("id")
        where = f"{path}:{row.line}" if row.line else str(path)
        raise ListError(f"{_shown(name)}: {e}" if name else str(e), where=where) from None


def _shown(name: object) -> str:
    """A name as an error quotes it."""
    text = repr(name)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _check_ids(path: Path, marks: tuple[Mark, ...], works: tuple[Work, ...]) -> None:
    seen: set[str] = set()
    for identity in (*(m.id for m in marks), *(w.id for w in works)):
        if identity in seen:
            remedy = "Ids are unique in a list: give the second entry its own id"
            raise ListError(f"id {identity!r} stands twice", where=str(path), remedy=remedy)
        seen.add(identity)


def check_names(lists: Iterable[WatchList]) -> None:
    """ListError where two different lists bear one name."""
    seen: dict[str, WatchList] = {}
    for one in lists:
        other = seen.setdefault(one.name, one)
        if other is not one and other.digest != one.digest:
            remedy = "Give each list its own list.name"
            raise ListError(
                f"two lists are named {one.name!r}", where=f"{other.folder} and {one.folder}", remedy=remedy
            )
