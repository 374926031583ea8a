"""--resume: a folder that says which run it holds, with the chunks that are finished; a run that ended early goes on from it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listing_preflight.errors import UsageError
from listing_preflight.images.cache import base
from listing_preflight.running import chunks as kept
from listing_preflight.running.chunks import Answer, Chunks
from listing_preflight.running.digests import digest
from listing_preflight.storage.replacing import replacing

SCHEMA = "preflight.resume/1"
HEAD = "run.json"
_ANOTHER = "Name another folder, or empty this one: preflight cache clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a run was told, by name: `inputs` as the user named them, `parts` each with a digest of what it says."""

    inputs: tuple[str, ...]
    parts: Mapping[str, str]


class Resume:
    """Chunks of one run. `said` is what the user should know of how it goes on."""

    def __init__(self, folder: Path, told: Told) -> None:
        self.said = _opened(folder, told)
        self._told = digest(sorted(told.parts.items()))
        self._chunks = Chunks(folder)
        self.taken = self.made = 0

    def key(self, contents: Sequence[bytes]) -> str:
        """What a chunk of listings of these contents is kept by."""
        return digest(self._told, *contents)

    def get(self, key: str) -> list[Answer] | None:
        """The answers of a finished chunk."""
        found = self._chunks.get(key)
        self.taken += len(found or ())
        return found

    def put(self, key: str, answers: Sequence[Answer]) -> None:
        """Keep a chunk that is finished now."""
        self.made += len(answers)
        self._chunks.put(key, answers)

    def ended(self, *, whole: bool) -> list[str]:
        """The run is over; what to say of it. A whole run lets go of the chunks that it had no use for."""
        if whole:
            self._chunks.let_go()
        out = [f"resume: {self.taken:,} listings were judged before, {self.made:,} now"]
        if self._chunks.damaged:
            out.append(f"resume: {self._chunks.damaged:,} chunks were damaged and are done again")
        if self._chunks.failure:
            out.append(f"warning: finished chunks could not be kept ({self._chunks.failure}): {self._chunks.folder}")
        return out


def _opened(folder: Path, told: Told) -> list[str]:
    """Take a folder for a run; UsageError where it is another run's or holds what is not ours."""
    head = folder / HEAD
    said: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if head.exists():
            said = _compared(folder, _read(head), told)
        elif any(folder.iterdir()):
            raise UsageError(
                "holds other files and no run", where=f"--resume {folder}", remedy="Name an empty or a new folder"
            )
        with replacing(head) as out:
            out.write(json.dumps({"schema": SCHEMA, "inputs": told.inputs, "parts": dict(told.parts)}).encode() + b"\n")
        _remember(folder)
    except OSError as e:
        raise UsageError(
            f"cannot be used ({e.strerror or e})", where=f"--resume {folder}", remedy="Name another folder"
        ) from None
    return said


def _read(head: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(head.read_bytes())
        if found["schema"] != SCHEMA:
            raise UsageError(f"is of another version ({found['schema']})", where=str(head), remedy=_ANOTHER)
        return {"inputs": tuple(found["inputs"]), "parts": dict(found["parts"])}
    except (ValueError, KeyError, TypeError):
        raise UsageError("is damaged", where=str(head), remedy=_ANOTHER) from None


def _compared(folder: Path, was: Mapping[str, Any], told: Told) -> list[str]:
    if was["inputs"] != told.inputs:
        shown = ", ".join(map(str, was["inputs"]))
        raise UsageError(f"holds a run over {shown}", where=f"--resume {folder}", remedy=_ANOTHER)
    names = dict.fromkeys([*was["parts"], *told.parts])
    changed = [name for name in names if was["parts"].get(name) != told.parts.get(name)]
    if not changed:
        return []
    return [f"resume: changed since: {', '.join(changed)}; every listing is judged again"]


def _remember(folder: Path) -> None:
    """Let `cache info` and `cache clear` know of the folder."""
    place = _places()
    place.mkdir(parents=True, exist_ok=True)
    full = str(folder.resolve())
    name = hashlib.sha256(full.encode("utf-8", "surrogateescape")).hexdigest()[:24]
    with replacing(place / f"{name}.json") as out:
        out.write(json.dumps({"folder": full}).encode())


def _places() -> Path:
    return base() / "resume"


def known() -> list[Path]:
    """The folders of runs that are still there."""
    out = []
    for file in sorted(_places().glob("*.json")) if _places().is_dir() else ():
        try:
            folder = Path(json.loads(file.read_bytes())["folder"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if (folder / HEAD).is_file():
            out.append(folder)
    return out


def size(folder: Path) -> int:
    """Bytes that the chunks of a folder take."""
    return sum(f.stat().st_size for f in kept.files(folder))


def clear() -> None:
    """Empty the folders of all runs; what else lies in them stays."""
    for folder in known():
        kept.clear(folder)
        (folder / HEAD).unlink(missing_ok=True)
    for file in _places().glob("*.json") if _places().is_dir() else ():
        file.unlink(missing_ok=True)
