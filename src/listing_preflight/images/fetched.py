"""Pictures that were fetched, kept by the digest of their address, each with its checksum and what tells its age."""

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

FRESH_SECONDS = 86_400.0
"""Age up to which a picture is not asked for again."""
LARGEST = 1 << 30
"""Bytes of the store from which the pictures longest not used are let go."""
_SHARE_LET_GO = 4
_CHECKED_EVERY = 100
_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


class Kept(NamedTuple):
    """A picture in the store: is it young enough, and the headers that ask whether it has changed."""

    fresh: bool
    headers: Mapping[str, str]


class Store:
    """A folder of fetched pictures; several processes may use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0

    def name(self, url: str) -> str:
        """The file of an address, under the folder."""
        digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{digest[:2]}/{digest}"

    def kept(self, url: str) -> Kept | None:
        """What is known of an address; None where nothing is, or where it does not bear its checksum."""
        file = self.folder / self.name(url)
        try:
            told: dict[str, Any] = json.loads(_beside(file).read_text("utf-8"))
            if hashlib.sha256(file.read_bytes()).hexdigest() != told["sha256"]:
                return None
            age = time.time() - float(told["at"])
            headers = {ask: str(told[tag]) for tag, ask in _VALIDATORS.items() if told.get(tag)}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        with contextlib.suppress(OSError):
            os.utime(file)
        return Kept(0 <= age < FRESH_SECONDS, headers)

    def keep(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Keep a picture; OSError where the folder cannot be written to."""
        file = self.folder / self.name(url)
        file.parent.mkdir(parents=True, exist_ok=True)
        _put(file, body)
        told = {"sha256": hashlib.sha256(body).hexdigest(), "at": time.time()}
        told |= {tag: headers[tag] for tag in _VALIDATORS if tag in headers}
        _put(_beside(file), json.dumps(told).encode())
        self._count += 1
        if self._count % _CHECKED_EVERY == 0:
            self._let_go()

    def confirm(self, url: str) -> None:
        """The server says that the picture is as it was."""
        file = _beside(self.folder / self.name(url))
        with contextlib.suppress(OSError, ValueError):
            _put(file, json.dumps(json.loads(file.read_text("utf-8")) | {"at": time.time()}).encode())

    def size(self) -> int:
        """Bytes that the store takes."""
        return sum(size for _, size, _ in self._files())

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self.folder.glob("??/*") if self.folder.is_dir() else ():
            with contextlib.suppress(OSError):
                state = path.stat()
                found.append((state.st_mtime, state.st_size, path))
        return found

    def _let_go(self) -> None:
        """Drop the longest unused, until a quarter of the limit is free."""
        files = sorted(self._files())
        over = sum(size for _, size, _ in files) - LARGEST
        if over <= 0:
            return
        over += LARGEST // _SHARE_LET_GO
        for _, size, path in files:
            if over <= 0:
                return
            path.unlink(missing_ok=True)
            over -= size


def _beside(file: Path) -> Path:
    return file.with_name(file.name + ".json")


def _put(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.part")
    unfinished.write_bytes(data)
    unfinished.replace(file)
