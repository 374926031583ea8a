"""The words of the page: a table of data/ for each language; what one lacks is said in English."""

import functools
import importlib.resources
from typing import Any

import yaml


@functools.cache
def of(tag: str) -> dict[str, str]:
    """The phrases of a language of reports.catalog.LANGUAGES."""
    text = importlib.resources.files(__package__).joinpath("data", f"{tag}.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return {str(k): str(v) for k, v in loaded.items()}
