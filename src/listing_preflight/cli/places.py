"""Where the data that travels with the program lies: inside the wheel, or in the checkout that it runs from."""

from importlib import resources
from pathlib import Path

from listing_preflight.watchlists.bundled import bundled

__all__ = ["bundled", "rule_pages"]


def _folder(inside: str, checkout: str) -> Path:
    found = Path(str(resources.files("listing_preflight").joinpath(inside)))
    return found if found.is_dir() else Path(__file__).parents[3] / checkout


def rule_pages() -> Path:
    """The folder with one page a rule."""
    return _folder("rules_pages", "docs/rules")
