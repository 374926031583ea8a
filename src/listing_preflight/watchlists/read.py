"""Read watch-lists: YAML, JSON, JSON Lines and CSV files, folders of them; all of a list or an error."""

import csv
import functools
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
from listing_preflight.watchlists.examples import shown

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
    """An entry as written, with its line in the file, or its place in a document that notes none."""

    line: int | None
    entry: Mapping[str, Any]
    at: tuple[str, int] | None = None


Tell = Callable[[ListError], None]
"""Takes a fault. Who reads a list raises it; who looks for all of them keeps it, and what is behind it is read on."""


class Document(NamedTuple):
    """A list file taken apart: its head as written, its entries as they come."""

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
    document = parse(path, data, raised)
    head = checked_head(path, document.head)
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


def raised(fault: ListError) -> None:
    """Of a list that is used, the first fault is the last."""
    raise fault


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


def parse(path: Path, data: bytes, tell: Tell) -> Document:
    """Take a file apart; ListError where that cannot be done, `tell` what is wrong with single entries."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        remedy = "Save the list as UTF-8"
        raise ListError(f"is not UTF-8 (byte {e.start})", where=str(path), remedy=remedy) from None
    if path.suffix == ".jsonl":
        return Document({}, _json_lines(path, text, tell), ())
    if path.suffix == ".csv":
        return Document({}, _csv_rows(path, text, tell), ())
    if path.suffix in (".yaml", ".yml"):
        return _document(path, documents.load_list(path, text), tell)
    try:
        return _document(path, documents.load_json(path, text), tell)
    except ListError:
        if path.suffix != ".json" and text.lstrip().startswith("{"):
            return Document({}, _json_lines(path, text, tell), ())
        raise


def _document(path: Path, value: object, tell: Tell) -> Document:
    if not isinstance(value, Mapping):
        raise ListError("must be a mapping with 'marks' or 'works'", where=str(path), remedy=shown("marks"))
    try:
        check_keys(value, _DOCUMENT_FIELDS | {documents.LINE})
    except EntryError as e:
        tell(ListError(str(e), where=f"{path}:{value.get(documents.LINE, 1)}"))
    head = value.get("list") or {}
    if not isinstance(head, Mapping):
        tell(
            ListError(
                f"list: must be a mapping, not {type(head).__name__}", where=_place(path, "list"), remedy=shown("list")
            )
        )
        head = {}
    return Document(head, *([*_rows(path, value, key, tell)] for key in ("marks", "works")))


def _rows(path: Path, document: Mapping[str, Any], key: str, tell: Tell) -> Iterator[Row]:
    rows = document.get(key)
    if rows is not None and not isinstance(rows, list):
        tell(ListError(f"{key}: must be a list of entries", where=_place(path, key), remedy=shown(key)))
        return
    for number, entry in enumerate(rows or ()):
        if isinstance(entry, Mapping):
            plain = {k: v for k, v in entry.items() if k != documents.LINE}
            yield Row(entry.get(documents.LINE), plain, (key, number))
        else:
            what = f"{key}[{number}]: an entry must be a mapping, not {type(entry).__name__}"
            tell(ListError(what, where=_place(path, key, number), remedy=shown(key)))


def _place(path: Path, key: str, number: int | None = None) -> str:
    """FILE:LINE of a part of a document; looked for anew, as only a fault asks for it."""
    lines = _lines(path, key)
    at = -1 if number is None else number
    return f"{path}:{lines[at + 1]}" if at + 1 < len(lines) else str(path)


@functools.lru_cache(maxsize=2)
def _lines(path: Path, key: str) -> tuple[int, ...]:
    return documents.lines_under(path, key)


_OBJECT = 'For example {"name": "NIKE", "classes": [25]}'


def _json_lines(path: Path, text: str, tell: Tell) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = documents.load_json(path, line, number)
            if not isinstance(entry, dict):
                raise ListError("a line must be a JSON object", where=f"{path}:{number}", remedy=_OBJECT)
        except ListError as e:
            tell(e)
        else:
            yield Row(number, entry)


def _csv_rows(path: Path, text: str, tell: Tell) -> Iterator[Row]:
    csv.field_size_limit(_LARGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""))
    header = [h.strip() for h in next(rows, [])]
    if twice := sorted({h for h in header if header.count(h) > 1}):
        raise ListError(f"column {twice[0]!r} stands twice", where=f"{path}:1")
    for cells in rows:
        if not any(cells):
            continue
        if len(cells) > len(header):
            tell(ListError(f"has {len(cells)} cells, the header {len(header)}", where=f"{path}:{rows.line_num}"))
        yield Row(rows.line_num, {k: _cell(k, v) for k, v in zip(header, cells, strict=False) if v.strip()})


def _cell(column: str, value: str) -> object:
    if column in _LIST_COLUMNS:
        return [part.strip() for part in value.split("|") if part.strip()]
    if column in ("famous", "common_word"):
        flags: dict[str, object] = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}
        return flags.get(value.strip().lower(), value)
    return value


def checked_head(path: Path, head: Mapping[str, Any]) -> dict[str, Any]:
    """The head of a list, its values of the kinds that they must be."""
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
        raise ListError(
            f"list.{e}", where=f"{path}:{head[documents.LINE]}" if documents.LINE in head else _place(path, "list")
        ) from None
    plain["defaults"] = {k: v for k, v in (plain.get("defaults") or {}).items() if k != documents.LINE}
    return plain


def _built(path: Path, row: Row, defaults: Mapping[str, Any], make: Callable[[Mapping[str, Any]], _Entry]) -> _Entry:
    try:
        return make(with_defaults(row, defaults))
    except EntryError as e:
        raise fault(path, row, e) from None


def with_defaults(row: Row, defaults: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an entry says, with what its list says for all."""
    return {**defaults, **row.entry} if "registrations" not in row.entry else row.entry


def fault(path: Path, row: Row, error: EntryError) -> ListError:
    """What is wrong with an entry, with file, line, name and field."""
    name = row.entry.get("name") or row.entry.get("id")
    return ListError(f"{_shown(name)}: {error}" if name else str(error), where=place(path, row))


def place(path: Path, row: Row) -> str:
    """FILE:LINE of an entry."""
    return f"{path}:{row.line}" if row.line else _place(path, *row.at) if row.at else str(path)


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
