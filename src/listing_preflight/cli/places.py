"""Where the data that travels with the program lies: inside the wheel, or in the checkout that it runs from."""

from importlib import resources
from pathlib import Path


def _folder(inside: str, checkout: str) -> Path:
    found = Path(str(resources.files("listing_preflight").joinpath(inside)))
    return found if found.is_dir() else Path(__file__).parents[3] / checkout


def bundled() -> Path:
    """The folder of the bundled lists."""
    return _folder("brand_lists", "brand_lists")
