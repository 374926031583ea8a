"""Finished chunks of a run on disk: each a file that is whole or not there, named by what its verdicts hang on."""

import contextlib
import hashlib
import io
import pickle
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from listing_preflight.model.finding import Verdict
from listing_preflight.model.hit import Around
from listing_preflight.model.tri import Tri
from listing_preflight.storage.replacing import replacing

MAGIC = b"PFCHUNK1"
SUFFIX = ".chunk"
PASSING = frozenset({"crashed", "timed-out"})
"""Gaps that the next run may close: a chunk with one of them is done again."""
_LEVEL = 1
_MODEL = "listing_preflight.model."
_KNOWN = frozenset({("builtins", "frozenset"), ("builtins", "set"), ("datetime", "date")})
Answer = tuple[Verdict, ...]


class Chunks:
    """The finished chunks under a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.damaged = 0
        self.failure = ""
        self._used: set[str] = set()

    def get(self, key: str) -> list[Answer] | None:
        """The answers of a chunk, or None where they are not there or not whole."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        try:
            found = _read(data)
        except (ValueError, zlib.error, pickle.UnpicklingError, EOFError, AttributeError, TypeError, IndexError):
            self.damaged += 1
            return None
        self._used.add(key)
        return found

    def put(self, key: str, answers: Sequence[Answer]) -> None:
        """Keep the answers of a chunk; from the first time that this fails nothing more is kept, and `failure` says why."""
        if self.failure or any(g.kind in PASSING for a in answers for v in a for g in v.gaps):
            return
        buffer = io.BytesIO()
        pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
        # some versions of Python write an enumeration's member as a call of getattr, which no reader here takes
        pickler.dispatch_table = {Around: lambda _: (Around, ()), Tri: lambda t: (Tri, (t.value,))}
        pickler.dump(list(answers))
        body = zlib.compress(buffer.getvalue(), _LEVEL)
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as out:
                out.write(MAGIC + hashlib.sha256(body).digest() + body)
            self._used.add(key)
        except OSError as e:
            self.failure = f"{e.strerror or e}"

    def let_go(self) -> None:
        """Take away what this run had no use for: chunks of an older input, of other lists, and pieces of what was cut short."""
        for file in files(self.folder):
            if file.stem not in self._used or file.suffix != SUFFIX:
                file.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / (key + SUFFIX)


def _read(data: bytes) -> list[Answer]:
    """What a chunk holds; ValueError where its sum does not fit."""
    start = len(MAGIC) + hashlib.sha256().digest_size
    body = data[start:]
    if data[:start] != MAGIC + hashlib.sha256(body).digest():
        raise ValueError("not a whole chunk")
    found: list[Answer] = _Reader(io.BytesIO(zlib.decompress(body))).load()
    return found


class _Reader(pickle.Unpickler):
    """Reads back plain values of the model and nothing else: a file that asks for more is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module.startswith(_MODEL) and "." not in name) or (module, name) in _KNOWN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not what a chunk holds")


def files(folder: Path) -> Iterator[Path]:
    """All chunks under a folder, and pieces of chunks that were cut short."""
    for inner in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        yield from sorted(f for f in inner.iterdir() if f.name.endswith((SUFFIX, ".part")))


def clear(folder: Path) -> None:
    """Take all chunks away, and the folders that they leave empty."""
    for file in files(folder):
        file.unlink(missing_ok=True)
    for inner in folder.glob("[0-9a-f][0-9a-f]"):
        with contextlib.suppress(OSError):
            inner.rmdir()
