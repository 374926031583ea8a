"""A temporary folder for archives and pipes, made when it is first needed and removed with its owner."""

import shutil
import tempfile
import weakref
from pathlib import Path

from listing_preflight.model.listing import Gap


class Scratch:
    """Folders by key; the temporary folder goes when this value is collected or the process ends."""

    def __init__(self) -> None:
        self._root: Path | None = None
        self._made: dict[str, Path] = {}
        self.gaps: dict[str, list[Gap]] = {}
        """What could not be unpacked into each, told again each time that it is read."""

    def folder(self, key: str) -> tuple[Path, bool]:
        """The folder of a key, and whether it was made just now."""
        if self._root is None:
            self._root = Path(tempfile.mkdtemp(prefix="preflight-"))
            weakref.finalize(self, shutil.rmtree, self._root, ignore_errors=True)
        if key in self._made:
            return self._made[key], False
        path = Path(tempfile.mkdtemp(dir=self._root))
        self._made[key] = path
        return path, True

    def drop(self, key: str) -> None:
        """Let go of a folder that was not filled to its end."""
        shutil.rmtree(self._made.pop(key), ignore_errors=True)
