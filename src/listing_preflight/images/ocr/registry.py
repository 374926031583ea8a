"""The list of OCR engines and the choice among them."""

from typing import Protocol

from PIL import Image

from listing_preflight.images.looked import Line
from listing_preflight.images.ocr import handover, rapid, tesseract


class Engine(Protocol):
    """What a module of this room offers."""

    NAME: str

    def absent(self) -> str | None:
        """Why the engine cannot be used, or None."""
        ...

    def version(self, languages: str) -> str:
        """What shapes the engine's result beside the picture: its versions and what it has for these languages."""
        ...

    def read(self, picture: Image.Image, languages: str) -> list[Line]:
        """Lines of a picture."""
        ...


ENGINES: tuple[Engine, ...] = (rapid, tesseract)


def choose(name: str) -> Engine | str:
    """The engine asked for, `auto` being the embedded one with help, else Tesseract; or why there is none."""
    wanted = (handover, tesseract) if name == "auto" else tuple(e for e in ENGINES if name == e.NAME)
    reasons = []
    for engine in wanted:
        reason = engine.absent()
        if reason is None:
            return engine
        reasons.append(reason)
    return reasons[0]
