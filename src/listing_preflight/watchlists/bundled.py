"""Where the lists that travel with the program lie: inside the wheel, or in the checkout that it runs from."""

from importlib import resources
from pathlib import Path


def bundled() -> Path:
    """The folder of the bundled lists."""
    found = Path(str(resources.files("listing_preflight").joinpath("brand_lists")))
    return found if found.is_dir() else Path(__file__).parents[3] / "brand_lists"
