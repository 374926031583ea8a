"""Whether the engine that is asked for can be used, told without a picture."""

import importlib.util

from listing_preflight.images.worker import REMEDY


def absent(name: str) -> str | None:
    """Why the engine `name` (auto, tesseract, rapidocr, off) cannot be used; None where it can, or none is wanted."""
    if name == "off":
        return None
    if importlib.util.find_spec("PIL") is None:
        return f"pillow is not installed; {REMEDY}"
    from listing_preflight.images.ocr.registry import choose

    found = choose(name)
    return found if isinstance(found, str) else None
