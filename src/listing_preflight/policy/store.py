"""The one door to the data files of this room, each read once."""

import functools
import importlib.resources
from collections.abc import Mapping
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@functools.cache
def load(name: str) -> Mapping[str, Any]:
    """The document of a data file under policy/data."""
    text = importlib.resources.files(__package__).joinpath("data", name).read_text("utf-8")
    found: Mapping[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, in C where there is one
    return found


@functools.cache
def names(folder: str) -> tuple[str, ...]:
    """The data files of a folder under policy/data, sorted, as `load` takes them."""
    found = importlib.resources.files(__package__).joinpath("data", folder).iterdir()
    return tuple(sorted(f"{folder}/{f.name}" for f in found if f.name.endswith(".yaml")))
