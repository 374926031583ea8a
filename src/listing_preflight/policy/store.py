"""The one door to the data files of this room, each read once."""

import functools
import importlib.resources
from collections.abc import Mapping
from typing import Any

from listing_preflight.storage.prepared import document


@functools.cache
def load(name: str) -> Mapping[str, Any]:
    """The document of a data file under policy/data."""
    found: Mapping[str, Any] = document(__package__, f"data/{name}")
    return found


@functools.cache
def names(folder: str) -> tuple[str, ...]:
    """The data files of a folder under policy/data, sorted, as `load` takes them."""
    found = importlib.resources.files(__package__).joinpath("data", folder).iterdir()
    return tuple(sorted(f"{folder}/{f.name}" for f in found if f.name.endswith(".yaml")))
