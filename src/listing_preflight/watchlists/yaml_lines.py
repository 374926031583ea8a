"""Load YAML with the line of every mapping, so that a fault can be named where it stands."""

from pathlib import Path
from typing import Any

import yaml

from listing_preflight.errors import ListError

LINE = "x-line"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """A safe loader that notes lines and refuses a key that stands twice."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    out: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, (dict, list)):
            raise yaml.constructor.ConstructorError(None, None, "a key must be plain text", key_node.start_mark)
        if key in out:
            raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
        out[key] = loader.construct_object(value_node, deep=True)
    out[LINE] = node.start_mark.line + 1
    return out


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load(path: Path, text: str) -> Any:
    """The document of a YAML file; ListError with file and line where it is not YAML."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        raise ListError(f"is not YAML: {e.problem}", where=f"{path}:{mark.line + 1 if mark else '?'}") from None
    except yaml.YAMLError as e:
        raise ListError(f"is not YAML: {str(e).splitlines()[0]}", where=str(path)) from None
    except ValueError as e:  # a date such as 2026-13-01
        raise ListError(f"holds a value that cannot be: {e}", where=str(path)) from None
    except RecursionError:
        raise ListError("is nested too deeply", where=str(path)) from None
