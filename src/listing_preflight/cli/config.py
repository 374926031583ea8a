"""Find and read preflight.toml or [tool.preflight]: from the working directory upward, never from what is scanned."""

import tomllib
from pathlib import Path
from typing import Any

from listing_preflight.errors import UsageError

NAME = "preflight.toml"
_ALIASES = {"format": "stdout_format", "date": "day"}


def find(start: Path) -> Path | None:
    """The nearest configuration file at or above a folder."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        project = folder / "pyproject.toml"
        if project.is_file() and "preflight" in _read(project).get("tool", {}):
            return project
    return None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as e:
        raise UsageError(f"cannot be read ({e.strerror})", where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise UsageError(f"is not TOML: {e}", where=str(path)) from None


def defaults(path: Path, known: frozenset[str]) -> dict[str, Any]:
    """The settings of a configuration file as option values; an unknown key is an error."""
    document = _read(path)
    found = document.get("tool", {}).get("preflight", {}) if path.name == "pyproject.toml" else document
    out = {}
    for key, value in found.items():
        name = key.replace("-", "_")
        name = _ALIASES.get(name, name)
        if name not in known:
            raise UsageError(f"unknown setting {key!r}", where=str(path), remedy="Run config show for all settings")
        out[name] = value
    return out
