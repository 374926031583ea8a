"""What a target is: a door of the program, sound bytes to begin with, and a call that may fail only as the program says it does."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from listing_preflight.errors import PreflightError

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"


class Target(NamedTuple):
    """A door. `call` takes bytes and a folder of its own; anything that it raises but the program's own errors is a crash."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    call: Callable[[bytes, Path], object]
    memory: int = 4 << 30
    """Bytes of address space that a call may take."""


def attempt(target: Target, data: bytes, folder: Path) -> Exception | None:
    """The exception that is none of the program's own, or None."""
    try:
        target.call(data, folder)
    except PreflightError:
        return None
    except Exception as e:
        return e
    return None


def written(folder: Path, name: str, data: bytes) -> Path:
    """A file of the bytes."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def fixtures(*patterns: str) -> Callable[[], Sequence[bytes]]:
    """Small files of the project as seeds."""
    return lambda: [f.read_bytes() for p in patterns for f in sorted(FIXTURES.glob(p)) if f.is_file()]
