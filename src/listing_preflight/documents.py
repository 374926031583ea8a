"""YAML and JSON that people write: loaded with the line of every mapping, so that a fault can be named where it stands."""

import contextlib
import functools
import json
import re
from pathlib import Path
from typing import Any

from listing_preflight.errors import ListError, read_named

LINE = "x-line"
MOST = 2_000_000
"""Values of a document once its anchors are written out: the largest list of the project has 90,000."""
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[^\s*]")


@functools.cache
def _loader(*, lines: bool) -> Any:
    """A safe loader whose faults all have a line; with `lines` one that notes those of mappings and refuses a key that stands twice."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    made: Any = type("Loader", (base,), {})
    for tag in (f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "timestamp")):
        made.add_constructor(tag, _plainly(base.yaml_constructors[tag]))
    if lines:
        made.add_constructor("tag:yaml.org,2002:map", _mapping)
    return made


def _fault(problem: str, node: Any) -> Exception:
    from yaml.constructor import ConstructorError

    return ConstructorError(None, None, problem, node.start_mark)


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    out: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, (dict, list, set)):
            raise _fault("a key must be plain text", key_node)
        if key in out:
            raise _fault(f"{key!r} stands twice", key_node)
        out[key] = loader.construct_object(value_node, deep=True)
    out[LINE] = node.start_mark.line + 1
    return out


def _plainly(make: Any) -> Any:
    """A scalar's constructor whose fault names the line: a date that is none, a number of more digits than are read."""

    def scalar(loader: Any, node: Any) -> Any:
        try:
            value = make(loader, node)
            if isinstance(value, int):
                str(value)  # a number of other bases than ten may be read and not be written
            return value
        except (ValueError, OverflowError) as e:
            raise _fault(f"a value that cannot be read ({plainly(e)})", node) from None

    return scalar


def read(path: Path) -> Any:
    """The document of a file that the user named, JSON where its name says so, else YAML; ListError with file and line."""
    text = read_named(path)
    return load_json(path, text) if path.suffix == ".json" else load(path, text)


def load_list(path: Path | str, text: str) -> Any:
    """The same as `load`, faster for lists of marks of which each begins with "  - {": most of them are read without YAML's help."""
    head, key, body = ("\n" + text).partition("\nmarks:\n")
    first, *chunks = _ENTRY.split(body)
    if key and chunks and not first and not _unlike(text):
        with contextlib.suppress(Exception):  # whatever is wrong is told by who reads the whole document
            document, values = load(path, f"{head}\nmarks: []\n"[1:]), _Values()
            line, marks = head.count("\n") + 2, document["marks"]
            for chunk in chunks:
                marks.append(_plain_entry(chunk, line, values) or _entry(chunk, line))
                line += chunk.count("\n")
            return document
    return load(path, text)


_UNLIKE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML refuses, or takes for the end of a line, where texts of other kinds have a character like any."""


def _unlike(text: str) -> bool:
    """Whether a text holds what only the reader of the whole document tells: such a character, the document's end, an alias."""
    return bool(_UNLIKE.search(text)) or "\n..." in text or ("*" in text and bool(_ALIAS.search(text)))


_ENTRY = re.compile(r"^  - (?=\{)", re.MULTILINE)
_QUOTED = r'"[^"\\\n]*+"'
_WORD = r"[^\s,\[\]{}:#]++"
_PLAIN = rf"[^\s,\[\]{{}}:#&*!|>'\"%@`?-]{_WORD.replace('++', '*+')}(?: {_WORD})*+"
_SCALAR = rf"(?:{_QUOTED}|{_PLAIN})"
_GAP = r"(?: |\n +)"
_LISTED = rf"\[(?:{_SCALAR}(?:,{_GAP}{_SCALAR})*+)?\]"
_PAIR = rf"[a-z_]{{1,64}}+: (?:{_SCALAR}|{_LISTED})"
_FLAT = re.compile(rf"\{{{_PAIR}(?:,{_GAP}{_PAIR})*+\}}\n?")
"""A mapping of texts and lists of texts, with no more of YAML than that."""
_PAIRS = re.compile(rf"([a-z_]++): (?:({_QUOTED})|({_PLAIN})|({_LISTED}))")
_SCALARS = re.compile(_SCALAR)


class _Values(dict[str, Any]):
    """Scalars as written → what they are."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds = _loader(lines=True).yaml_implicit_resolvers

    def __missing__(self, written: str) -> Any:
        kinds = self._kinds.get(written[0], ())
        plain = not any(pattern.match(written) for _, pattern in kinds)
        self[written] = value = written if plain else _loader(lines=True)(written).get_single_data()
        return value


def _plain_entry(chunk: str, line: int, values: _Values) -> dict[Any, Any] | None:
    """A mapping of texts and lists of texts; None where it is anything else, or a key stands twice."""
    if not _FLAT.fullmatch(chunk):
        return None
    pairs = _PAIRS.findall(chunk)
    out: dict[Any, Any] = {
        values[key]: quoted[1:-1] if quoted else values[plain] if plain else [
            one[1:-1] if one[0] == '"' else values[one] for one in _SCALARS.findall(listed)
        ] for key, quoted, plain, listed in pairs
    }  # fmt: skip
    out[LINE] = line
    return out if len(out) == len(pairs) + 1 else None


def _entry(chunk: str, line: int) -> Any:
    """Any other mapping that stands by itself, with its lines in the file."""
    found = load("", chunk)
    _moved(found, line - 1)
    return found


def _moved(value: Any, lines: int) -> None:
    if isinstance(value, dict):
        value[LINE] += lines
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _moved(part, lines)


_QUOTED = 'A text with a colon, # or brackets goes into quotation marks, for example `name: "A: B"`'


def load(path: Path | str, text: str, *, lines: bool = True) -> Any:
    """The document of YAML text, its mappings with their LINE; ListError with file and line where it is not YAML."""
    import yaml

    try:
        return _value(text, lines=lines)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        raise ListError(
            f"is not YAML: {e.problem}", where=f"{path}:{mark.line + 1 if mark else '?'}", remedy=_QUOTED
        ) from None
    except yaml.YAMLError as e:
        raise ListError(f"is not YAML: {str(e).splitlines()[0]}", where=str(path), remedy=_QUOTED) from None
    except (ValueError, TypeError) as e:
        raise ListError(f"holds a value that cannot be read ({plainly(e)})", where=str(path)) from None
    except RecursionError:
        raise ListError("is nested too deeply", where=f"{path}:{deep_line(text)}") from None


def _value(text: str, *, lines: bool) -> Any:
    loader = _loader(lines=lines)(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        if _ALIAS.search(text):
            _written_out(node, {})
        return loader.construct_document(node)
    finally:
        loader.dispose()


def lines_under(path: Path, key: str) -> tuple[int, ...]:
    """The line of a key of a document, and of each part of the list that stands under it; nothing where it cannot be told.

    JSON is YAML as well, but for tabs between its parts.
    """
    import yaml

    try:
        root = yaml.compose(path.read_text("utf-8-sig").replace("\t", " "), Loader=_loader(lines=False))
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return ()
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = next((pair for pair in pairs if pair[0].value == key), None)
    if found is None:
        return ()
    parts = found[1].value if isinstance(found[1], yaml.SequenceNode) else []
    return tuple(node.start_mark.line + 1 for node in (found[0], *parts))


def _written_out(node: Any, sizes: dict[int, int]) -> int:
    """Values under a node with every anchor written out; an error where they are too many, or one holds itself."""
    if not isinstance(node.value, list):
        return 1
    known = sizes.get(id(node))
    if known is None:
        sizes[id(node)] = MOST  # met again inside itself, it has no end
        parts = (part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,)))
        known = sizes[id(node)] = 1 + sum(_written_out(part, sizes) for part in parts)
    if known > MOST:
        raise _fault(f"anchors that hold themselves or expand to more than {MOST} values", node)
    return known


def load_json(path: Path | str, text: str, line: int = 0) -> Any:
    """The document of JSON text, `line` where it is one line of a file; ListError with file and line where it is not JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as e:
        raise ListError(f"is not JSON: {e.msg}", where=f"{path}:{line or e.lineno}") from None
    except RecursionError:
        raise ListError("is nested too deeply", where=f"{path}:{line or deep_line(text)}") from None
    except ValueError as e:  # a number of more digits than are read
        at = line or long_number_line(text)
        raise ListError(
            f"holds a value that cannot be read ({plainly(e)})", where=f"{path}:{at}" if at else str(path)
        ) from None


def plainly(error: Exception) -> str:
    """Why a value cannot be read, without what Python tells its programmers."""
    return "a number of too many digits" if "max_str_digits" in str(error) else str(error)


def deep_line(text: str) -> int:
    """The line on which brackets are nested deepest: where to look, whatever stands in quotes."""
    depth = deepest = at = 0
    for found in re.finditer(r"[\[\]{}]", text):
        depth += 1 if found[0] in "[{" else -1
        if depth > deepest:
            deepest, at = depth, found.start()
    return text.count("\n", 0, at) + 1


MOST_DIGITS = 4300
"""Digits of a number that Python reads (sys.int_info.default_max_str_digits)."""


def long_number_line(text: str) -> int:
    """The line of the first number of more digits than are read; 0 where there is none."""
    found = next((m for m in re.finditer(r"[0-9]+", text) if len(m[0]) > MOST_DIGITS), None)
    return text.count("\n", 0, found.start()) + 1 if found else 0
