"""Find and read preflight.toml or [tool.preflight]: from the working directory upward, never from what is scanned."""

import datetime
import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from listing_preflight.errors import UsageError

NAME = "preflight.toml"
PROJECT = "pyproject.toml"
TABLE = "tool.preflight"
KEYS = {"stdout_format": "format", "day": "date"}
"""Options whose name on the command line is not that of their parameter."""
PATHS = frozenset(
    "watchlist seller image-root policy overlay only-changed-since mapping baseline suppressions evidence resume "
    "log-file token-file config".split()
)
"""Options that name a file or folder: in a configuration file they are relative to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The settings of one file by key, each with its line; the empty one where there is no file."""

    path: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    named: bool = False

    def where(self, key: str) -> str:
        """File and line of a key."""
        return f"{_near(self.path)}:{self.lines.get(key, 1)}" if self.path else ""


def key_of(param: click.Parameter) -> str:
    """The key of an option: its name on the command line without hyphens before it."""
    name = param.name or ""
    return KEYS.get(name, name).replace("_", "-")


def variable_of(param: click.Parameter) -> str:
    """The environment variable of an option."""
    return str(param.envvar or "")


def find(start: Path) -> Path | None:
    """The nearest configuration file at or above a folder; two in one folder are an error."""
    for folder in (start, *start.parents):
        own, project = folder / NAME, folder / PROJECT
        in_project = project.is_file() and _table(project, _read(project)) is not None
        if own.is_file() and in_project:
            both = f"{_near(own)} and [{TABLE}] of {_near(project)}"
            raise UsageError("two configurations in one folder", where=both, remedy="Keep one of them")
        if own.is_file():
            return own
        if in_project:
            return project
    return None


def load(args: Sequence[str], known: Iterable[click.Parameter]) -> Configuration:
    """The configuration that holds for a command: the file of --config or PREFLIGHT_CONFIG, else the nearest one."""
    named = _named(args)
    path = Path(named) if named else find(Path.cwd())
    if path is None:
        return Configuration()
    document, text = _read(path), path.read_text("utf-8")
    in_project = path.name == PROJECT
    found = _table(path, document) if in_project else document
    if found is None:
        raise UsageError(f"holds no [{TABLE}]", where=str(path), remedy="Add the table, or name another file")
    lines = _lines(text, TABLE if in_project else None)
    params = {key_of(p): p for p in known if isinstance(p, click.Option) and variable_of(p)}
    values: dict[str, Any] = {}
    for written, value in found.items():
        key = written.replace("_", "-")
        where = f"{_near(path)}:{lines.get(key, 1)}"
        if key not in params:
            near = difflib.get_close_matches(key, params, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "preflight config show lists all settings"
            raise UsageError(f"unknown setting {written!r}", where=where, remedy=hint)
        if key in values:
            raise UsageError(f"{key!r} stands twice", where=where, remedy="Keep one spelling")
        values[key] = _value(params[key], value, where, path.parent)
    return Configuration(path=path, values=values, lines=lines, named=bool(named))


def _table(path: Path, document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Our table of a project file; None where it has none."""
    tool = document.get("tool")
    if not isinstance(tool, Mapping) or "preflight" not in tool:
        return None
    found = tool["preflight"]
    if not isinstance(found, Mapping):
        line = _lines(path.read_text("utf-8"), "tool").get("preflight", 1)
        remedy = f"Write [{TABLE}] and the settings below it"
        raise UsageError(f"{TABLE} must be a table, not {found!r}", where=f"{_near(path)}:{line}", remedy=remedy)
    return found


def _named(args: Sequence[str]) -> str | None:
    named = os.environ.get("PREFLIGHT_CONFIG")
    for i, arg in enumerate(args):
        if arg == "--config" and i + 1 < len(args):
            named = args[i + 1]
        elif arg.startswith("--config="):
            named = arg.partition("=")[2]
    return named


def _read(path: Path) -> dict[str, Any]:
    text = ""
    try:
        text = path.read_text("utf-8")
        found = tomllib.loads(text)
        repr(found)  # a number of other bases than ten may be read and not be written
        return found
    except OSError as e:
        raise UsageError(f"cannot be read ({e.strerror})", where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        at = re.search(r"\(at line (\d+)", str(e))
        raise UsageError(f"is not TOML: {e}", where=f"{path}:{at[1]}" if at else str(path)) from None
    except (RecursionError, ValueError) as e:  # a number of more digits than are read, a date that is none
        raise _unread(path, text, e) from None


def _unread(path: Path, text: str, error: Exception) -> UsageError:
    """What is said of a file that is TOML and cannot be read, with its line."""
    from listing_preflight.documents import deep_line, long_number_line, plainly

    if isinstance(error, RecursionError):
        return UsageError("is nested too deeply", where=f"{path}:{deep_line(text)}")
    line = long_number_line(text)
    what = f"holds a value that cannot be read ({plainly(error)})"
    return UsageError(what, where=f"{path}:{line}" if line else str(path))


def _lines(text: str, table: str | None) -> dict[str, int]:
    """The line of each key of a table, or of those before any table."""
    out: dict[str, int] = {}
    here = None
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            here = header[1].replace('"', "").replace(" ", "")
            if table is None or here.startswith(table + "."):
                out.setdefault(here.removeprefix(f"{table}.").split(".")[0].replace("_", "-"), number)
        elif here == table and (key := re.match(r"""\s*["']?([\w-]+)["']?\s*[=.]""", line)):
            out.setdefault(key[1].replace("_", "-"), number)
    return out


def _value(param: click.Option, value: Any, where: str, folder: Path) -> Any:
    """A value as click takes it: of the right shape, paths relative to the file that gives them."""
    key = key_of(param)
    if param.is_flag:
        if not isinstance(value, bool):
            raise UsageError(f"{key}: must be true or false, not {value!r}", where=where)
        return value
    rows = value if isinstance(value, list) else [value]
    if isinstance(value, list) and not param.multiple:
        raise UsageError(f"{key}: takes one value, not a list", where=where)
    for one in rows:
        if isinstance(one, bool) or not isinstance(one, (str, int, float, datetime.date)):
            raise UsageError(f"{key}: {one!r} is neither text nor number", where=where)
    texts = [_placed(str(one), key, folder) for one in rows]
    return texts if param.multiple else texts[0]


def _placed(text: str, key: str, folder: Path) -> str:
    if key == "output":
        kind, colon, file = text.partition(":")
        return f"{kind}{colon}{_beside(folder, file)}" if file else text
    return _beside(folder, text) if key in PATHS and text else text


def _beside(folder: Path, name: str) -> str:
    """A path of the file in `folder` as it is called from the working directory."""
    if Path(name).is_absolute() or folder.resolve() == Path.cwd():
        return name
    return os.path.relpath(folder / name)


def _near(path: Path | None) -> str:
    """A path as people find it from where they are."""
    if path is None:
        return ""
    upward = (Path.cwd(), *Path.cwd().parents)
    return os.path.relpath(path) if path.parent in upward else str(path)


def refuse_scanned(found: Configuration, paths: Iterable[str]) -> None:
    """UsageError where the configuration lies in what is scanned: whoever wrote the listings must not set the gate."""
    if found.path is None or found.named:
        return
    home = found.path.resolve()
    for path in paths:
        if path != "-" and Path(path).is_dir() and home.is_relative_to(Path(path).resolve()):
            remedy = "Name it with --config if it is yours, or scan the folder of the listings alone"
            raise UsageError(f"lies in what is scanned ({path})", where=_near(found.path), remedy=remedy)


def unknown_variables(params: Iterable[click.Parameter]) -> list[str]:
    """What to say of PREFLIGHT_… variables in the environment that nothing reads."""
    known = {variable_of(p) for p in params} | _OTHERS
    out = []
    for name in sorted(os.environ):
        if name.startswith("PREFLIGHT_") and name not in known:
            near = difflib.get_close_matches(name, known - {""}, n=1)
            out.append(f"{name} in the environment is no setting" + (f"; did you mean {near[0]}?" if near else ""))
    return out


_OTHERS = frozenset(
    {"PREFLIGHT_CONFIG", "PREFLIGHT_CACHE_DIR", "PREFLIGHT_CORE", "PREFLIGHT_REQUIRE", "PREFLIGHT_REWRITE_GOLDEN"}
)
