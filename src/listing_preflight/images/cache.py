"""What was read in pictures, kept between runs by the digest of their pixels, the engine and its settings."""

import contextlib
import functools
import hashlib
import json
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from listing_preflight.images.looked import Line, Quad

LARGEST = 256 << 20
"""Bytes of the store from which the pictures longest not seen are let go."""
_SHARE_LET_GO = 4
_CHECKED_EVERY = 200
_DAY = 86_400
_WAIT_SECONDS = 5.0
_TROUBLE = (sqlite3.Error, OSError, ValueError, TypeError, zlib.error)
_TABLE = "CREATE TABLE IF NOT EXISTS lines (key BLOB PRIMARY KEY, value BLOB, sum BLOB, used INTEGER) WITHOUT ROWID"


def base() -> Path:
    """Where all that is kept between runs lies: PREFLIGHT_CACHE_DIR, or the user's cache folder."""
    named = os.environ.get("PREFLIGHT_CACHE_DIR")
    return Path(named) if named else _users()


def folder() -> Path:
    """Where picture results are kept."""
    return base() / "pictures"


def _users() -> Path:
    if sys.platform == "darwin":
        base = Path.home() / "Library/Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "listing-preflight"


def size() -> int:
    """Bytes that the store takes."""
    return sum(f.stat().st_size for f in folder().glob("lines.sqlite*")) if folder().is_dir() else 0


def clear() -> None:
    """Empty the store."""
    _store.cache_clear()
    for file in folder().glob("lines.sqlite*") if folder().is_dir() else ():
        file.unlink(missing_ok=True)


def key(pixels: bytes, shape: tuple[int, int], settings: str) -> bytes:
    """The digest of a picture's pixels (RGB, width and height given) with what it is read by."""
    return hashlib.sha256(repr((shape, settings)).encode() + hashlib.sha256(pixels).digest()).digest()


def get(wanted: bytes) -> tuple[Line, ...] | None:
    """The lines of a picture seen before; a value that does not bear its checksum is as good as none."""
    try:
        return _kept(wanted)
    except _TROUBLE as e:
        _recover(e)
        return None


def put(wanted: bytes, lines: Sequence[Line]) -> None:
    """Keep the lines of a picture; a store that cannot be written to keeps nothing and says nothing."""
    rows = [(one.text, one.score, one.box, one.height, one.seen, one.quad) for one in lines]
    value = zlib.compress(json.dumps(rows, ensure_ascii=False).encode())
    try:
        _keep(wanted, value)
    except _TROUBLE as e:
        _recover(e)


def _kept(wanted: bytes) -> tuple[Line, ...] | None:
    store = _store(folder())
    row = store.execute("SELECT value, sum, used FROM lines WHERE key = ?", (wanted,)).fetchone()
    if row is None:
        return None
    if _sum(wanted, row[0]) != row[1]:
        store.execute("DELETE FROM lines WHERE key = ?", (wanted,))
        return None
    if time.time() - row[2] > _DAY:
        store.execute("UPDATE lines SET used = ? WHERE key = ?", (int(time.time()), wanted))
    return tuple(_line(one) for one in json.loads(zlib.decompress(row[0])))


def _keep(wanted: bytes, value: bytes) -> None:
    store = _store(folder())
    store.execute("REPLACE INTO lines VALUES (?, ?, ?, ?)", (wanted, value, _sum(wanted, value), int(time.time())))
    if wanted[0] < 256 // _CHECKED_EVERY + 1:  # about once in so many pictures, whichever process they fall to
        _let_go(store)


def _line(row: list[Any]) -> Line:
    text, score, (x, y, w, h), height, seen, quad = row
    corners = cast("Quad", tuple(map(tuple, quad))) if quad else None
    return Line(text=str(text), score=float(score), box=(x, y, w, h), height=height, seen=float(seen), quad=corners)


def _sum(wanted: bytes, value: bytes) -> bytes:
    return hashlib.sha256(wanted + value).digest()[:16]


def _recover(trouble: Exception) -> None:
    """A store that is busy or cannot be reached is left alone, a damaged one put out of the way."""
    if isinstance(trouble, sqlite3.DatabaseError) and not isinstance(trouble, sqlite3.OperationalError):
        _set_aside()


def _set_aside() -> None:
    """A damaged store is put out of the way, and the next call starts a new one."""
    _store.cache_clear()
    with contextlib.suppress(OSError):
        (folder() / "lines.sqlite").replace(folder() / "damaged.sqlite")
        for rest in ("lines.sqlite-wal", "lines.sqlite-shm"):
            (folder() / rest).unlink(missing_ok=True)


@functools.cache
def _store(where: Path) -> sqlite3.Connection:
    where.mkdir(parents=True, exist_ok=True)
    store = sqlite3.connect(where / "lines.sqlite", timeout=_WAIT_SECONDS, isolation_level=None)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("PRAGMA synchronous = NORMAL")
    store.execute(_TABLE)
    return store


def _let_go(store: sqlite3.Connection) -> None:
    """Drop a quarter of the values, the longest unused first, where the store has outgrown its limit."""
    if size() <= LARGEST:
        return
    count = store.execute("SELECT count(*) FROM lines").fetchone()[0]
    oldest = "SELECT key FROM lines ORDER BY used LIMIT ?"
    store.execute(f"DELETE FROM lines WHERE key IN ({oldest})", (count // _SHARE_LET_GO + 1,))  # noqa: S608
    store.execute("VACUUM")
