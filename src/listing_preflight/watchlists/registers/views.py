"""The views of a design as hashes: a register's files name them, the pictures lie in a folder of their own."""

from collections.abc import Sequence
from pathlib import Path

from listing_preflight.errors import ListError, UsageError
from listing_preflight.watchlists.pictures import written_hashes


def hashed(views: Sequence[str], folder: str | None) -> tuple[str, ...]:
    """Hashes of the views that lie under the folder, by their path or their name; none without a folder."""
    if folder is None:
        return ()
    root = Path(folder)
    if not root.is_dir():
        raise UsageError("no such folder", where=f"--views {folder}")
    return tuple(h for view in views if (path := _found(root, view)) is not None for h in _hashes(path))


def _found(root: Path, view: str) -> Path | None:
    relative = Path(view.partition("://")[2] or view)
    for path in (root / relative, root / relative.name):
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return path
    return None


def _hashes(path: Path) -> list[str]:
    """What a design is found by: the picture as a whole, and the outline of what it shows."""
    try:
        return [h for h in written_hashes(path) if not h.startswith("pdq:")]
    except ImportError as e:
        remedy = 'pip install "listing-preflight[images]"'
        raise UsageError(f"{e.name} is not installed", where="--views", remedy=remedy) from None
    except Exception as e:
        raise ListError(f"is no picture that can be read ({e})", where=str(path)) from None
