"""Pictures for the page: small copies made in a process of their own, a picture of the seller and the protected one."""

import hashlib
import threading
from pathlib import Path

from listing_preflight.images.crew import Crew
from listing_preflight.images.evidence import Crop
from listing_preflight.images.looked import Box

LONGEST = 640


class Crops:
    """A folder of copies, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._crew = folder, Crew(1)
        self._lock = threading.Lock()

    def of(self, path: str, roots: tuple[str, ...], frame: int, box: Box | None) -> Path | None:
        """The file of a copy; None where the picture cannot be read."""
        name = hashlib.sha256(repr((path, roots, frame, box)).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        file = self._folder / f"{name}.webp"
        with self._lock:
            if not file.exists():
                self._crew.crop(Crop(path=path, roots=roots, frame=frame, box=box, file=str(file), longest=LONGEST))
        return file if file.exists() else None

    def close(self) -> None:
        """End the process."""
        self._crew.close()
