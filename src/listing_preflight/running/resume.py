"""--resume: a folder that says which run it holds, with the chunks that are finished; a run that ended early goes on from it."""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.errors import UsageError
from listing_preflight.images.cache import base
from listing_preflight.model.listing import Listing
from listing_preflight.running import chunks as kept
from listing_preflight.running.chunks import Answer, Chunks
from listing_preflight.running.digests import digest
from listing_preflight.storage.replacing import drafted, replacing

SCHEMA = "preflight.resume/1"
HEAD = "run.json"
LIST = "list "
"""What the name of a part begins with that is a list."""
_KEPT = ".lcx"
_MOST = 1 << 30
"""Bytes of lists that are kept beside the chunks at most, where they cannot be linked."""
_ANOTHER = "Name another folder, or take this one away"
Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a run was told, by name: `inputs` as the user named them, `parts` each with a digest of what it says."""

    inputs: tuple[str, ...]
    parts: Parts


class Earlier(NamedTuple):
    """A run by other lists: what tells whether a mark that changed since can touch any of some listings; `close` ends it."""

    parts: Parts
    touches: Callable[[Sequence[Listing]], bool]
    close: Callable[[], None]


class Resume:
    """Chunks of one run. `before` are the parts of the run before, where they are others and it is not known to be over with."""

    def __init__(self, folder: Path, told: Told) -> None:
        self.folder, self._parts = folder, told.parts
        self.before = _opened(folder, told)
        self._told = digest(sorted(told.parts.items()))
        self._chunks = Chunks(folder)
        self._earlier: Earlier | None = None
        self.taken = self.made = 0

    def take_over(self, earlier: Earlier) -> None:
        """Take what the run before said of listings that nothing touches that has changed since."""
        self._earlier = earlier

    @property
    def said(self) -> list[str]:
        """What the user should know of how the run goes on."""
        if self.before is None:
            return []
        changed = ", ".join(differences(self.before, self._parts))
        what = (
            "listings that no changed mark can touch are taken over"
            if self._earlier
            else "every listing is judged again"
        )
        return [f"resume: changed since: {changed}; {what}"]

    def key(self, contents: Sequence[bytes]) -> str:
        """What a chunk of listings of these contents is kept by."""
        return digest(self._told, *contents)

    def get(self, key: str, contents: Sequence[bytes], listings: Sequence[Listing]) -> list[Answer] | None:
        """The answers of a finished chunk of these listings."""
        found = self._chunks.get(key)
        if found is None and self._earlier is not None:
            found = self._chunks.get(digest(digest(sorted(self._earlier.parts.items())), *contents))
            if found is not None and self._earlier.touches(listings):
                found = None
            if found is not None:
                self._chunks.put(key, found)
        self.taken += len(found or ())
        return found

    def put(self, key: str, answers: Sequence[Answer]) -> None:
        """Keep a chunk that is finished now."""
        self.made += len(answers)
        self._chunks.put(key, answers)

    def keep_lists(self, files: Sequence[Path]) -> None:
        """Keep the compiled lists of this run, so that the next one knows what has changed; where it cannot, it judges all again."""
        for number, file in enumerate(files):
            place = self.folder / f"{_lists_of(self._parts)}-{number}{_KEPT}"
            if not place.exists():
                with contextlib.suppress(OSError):
                    _bring(file, place)

    def lists_of(self, parts: Parts) -> list[Path]:
        """The compiled lists that were kept of a run."""
        return sorted(self.folder.glob(f"{_lists_of(parts)}-*{_KEPT}"))

    def ended(self, *, whole: bool) -> list[str]:
        """The run is over; what to say of it. A whole run lets go of the chunks and lists that it had no use for."""
        if self._earlier is not None:
            self._earlier.close()
        if whole:
            self._chunks.let_go()
            mine = self.lists_of(self._parts)
            for file in self.folder.glob(f"lists-*{_KEPT}"):
                file.unlink() if file not in mine else None
            _write(self.folder, _read(self.folder / HEAD) | {"before": None})
        out = [f"resume: {self.taken:,} listings were judged before, {self.made:,} now"]
        if self._chunks.damaged:
            out.append(f"resume: {self._chunks.damaged:,} chunks were damaged and are done again")
        if self._chunks.failure:
            out.append(f"warning: finished chunks could not be kept ({self._chunks.failure}): {self._chunks.folder}")
        return out


def differences(was: Parts, now: Parts) -> list[str]:
    """The names of parts that are not the same."""
    return [name for name in dict.fromkeys([*was, *now]) if was.get(name) != now.get(name)]


def _lists_of(parts: Parts) -> str:
    return "lists-" + digest(sorted((k, v) for k, v in parts.items() if k.startswith(LIST)))[:16]


def _bring(file: Path, place: Path) -> None:
    """Have a file at another place: linked, or copied where it is not too large. OSError where it cannot."""
    try:
        os.link(file, place)
    except OSError:
        if file.stat().st_size > _MOST:
            raise
        with drafted(place) as draft:
            shutil.copyfile(file, draft)


def _opened(folder: Path, told: Told) -> Parts | None:
    """Take a folder for a run; the parts of the run before where they differ. UsageError where it is another run's or holds what is not ours."""
    head = folder / HEAD
    before: Parts | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if head.exists():
            was = _read(head)
            if was["inputs"] != told.inputs:
                shown = ", ".join(map(str, was["inputs"]))
                raise UsageError(f"holds a run over {shown}", where=f"--resume {folder}", remedy=_ANOTHER)
            before = was["parts"] if differences(was["parts"], told.parts) else was["before"]
        elif any(folder.iterdir()):
            raise UsageError(
                "holds other files and no run", where=f"--resume {folder}", remedy="Name an empty or a new folder"
            )
        _write(folder, {"inputs": told.inputs, "parts": dict(told.parts), "before": before})
        _remember(folder)
    except OSError as e:
        raise UsageError(
            f"cannot be used ({e.strerror or e})", where=f"--resume {folder}", remedy="Name another folder"
        ) from None
    return before if before is not None and differences(before, told.parts) else None


def _write(folder: Path, head: Mapping[str, Any]) -> None:
    with replacing(folder / HEAD) as out:
        out.write(json.dumps({"schema": SCHEMA, **head}).encode() + b"\n")


def _read(head: Path) -> dict[str, Any]:
    try:
        found = json.loads(head.read_bytes())
        if found["schema"] != SCHEMA:
            raise UsageError(f"is of another version ({found['schema']})", where=str(head), remedy=_ANOTHER)
        before = found.get("before")
        return {
            "inputs": tuple(found["inputs"]),
            "parts": dict(found["parts"]),
            "before": None if before is None else dict(before),
        }
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError("is damaged", where=str(head), remedy=_ANOTHER) from None


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
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
        if (folder / HEAD).is_file():
            out.append(folder)
    return out


def size(folder: Path) -> int:
    """Bytes that the chunks and lists of a folder take."""
    return sum(f.stat().st_size for f in (*kept.files(folder), *folder.glob(f"lists-*{_KEPT}")))


def clear() -> None:
    """Empty the folders of all runs; what else lies in them stays."""
    for folder in known():
        kept.clear(folder)
        for file in folder.glob(f"lists-*{_KEPT}"):
            file.unlink(missing_ok=True)
        (folder / HEAD).unlink(missing_ok=True)
    for file in _places().glob("*.json") if _places().is_dir() else ():
        file.unlink(missing_ok=True)
