"""Values on their way between a worker and its parent: frames of pickled values that share what they have in common."""

import io
import pickle
import struct
from collections.abc import Iterator
from typing import Any

from listing_preflight.model.hit import Around

_HEAD = struct.Struct("<IB")
"""Length of the value, and whether it begins a task: until then values refer to what was sent before."""


def _bare(_: Around) -> tuple[Any, ...]:
    """The words around a hit are for judging alone: they stay where it was judged."""
    return Around, ()


class Sender:
    """Packs values; within a task what was sent once is referred to from then on."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._pickler = pickle.Pickler(self._buffer, pickle.HIGHEST_PROTOCOL)
        self._pickler.dispatch_table = {Around: _bare}

    def pack(self, value: object, *, begins: bool = False) -> bytes:
        """One value as a frame."""
        if begins:
            self._pickler.clear_memo()
        self._buffer.seek(0)
        self._buffer.truncate()
        self._pickler.dump(value)
        return _HEAD.pack(self._buffer.tell(), begins) + self._buffer.getvalue()


class Receiver:
    """Takes bytes as they come and gives the values that are whole. Only for what a process of our own has sent."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._file = io.BytesIO()
        self._unpickler = pickle.Unpickler(self._file)  # noqa: S301 - our own process sent it

    def feed(self, data: bytes) -> Iterator[Any]:
        """The values that these bytes complete."""
        self._waiting += data
        at = 0
        while len(self._waiting) - at >= _HEAD.size:
            size, begins = _HEAD.unpack_from(self._waiting, at)
            if len(self._waiting) - at - _HEAD.size < size:
                break
            at += _HEAD.size
            yield self._load(bytes(self._waiting[at : at + size]), begins=bool(begins))
            at += size
        del self._waiting[:at]

    def _load(self, data: bytes, *, begins: bool) -> Any:
        if begins:
            self._unpickler = pickle.Unpickler(self._file)  # noqa: S301
        self._file.seek(0)
        self._file.truncate()
        self._file.write(data)
        self._file.seek(0)
        return self._unpickler.load()
