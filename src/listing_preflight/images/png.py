"""PNG files as browsers take them: a side chunk whose checksum is wrong is left out, and the picture is shown."""

import struct
import zlib
from collections.abc import Iterator

_HEAD = b"\x89PNG\r\n\x1a\n"
_SIDE = frozenset(
    (
        b"iCCP",
        b"cICP",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"sPLT",
        b"hIST",
        b"bKGD",
        b"pHYs",
        b"tIME",
        b"tEXt",
        b"zTXt",
        b"iTXt",
    )
)
"""Chunks that change no pixel's place or transparency."""


def mended(data: bytes) -> bytes:
    """The file without side chunks that do not bear their checksum; any other file as it is."""
    if not data.startswith(_HEAD):
        return data
    bad = [(start, end) for start, end, kind in _chunks(data) if kind in _SIDE and not _is_whole(data, start, end)]
    if not bad:
        return data
    starts, ends = [0, *(end for _, end in bad)], [*(start for start, _ in bad), len(data)]
    return b"".join(data[start:end] for start, end in zip(starts, ends, strict=True))


def _chunks(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each chunk starts and ends, and its kind, up to the pixels; side chunks behind them are not read."""
    at = len(_HEAD)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        if kind == b"IDAT" or at + 12 + length > len(data):
            return
        yield at, at + 12 + length, kind
        at += 12 + length


def _is_whole(data: bytes, start: int, end: int) -> bool:
    return zlib.crc32(data[start + 4 : end - 4]) == int.from_bytes(data[end - 4 : end], "big")
