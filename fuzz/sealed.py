"""Damage compiled files, and make their checksums fit again, so that what reads them meets the damage itself."""

import hashlib
import json
import struct
import zlib

from listing_preflight.storage.mapped import PIECE

_HEAD = struct.Struct("<8sIIQQ32s")


def sections(data: bytes) -> dict[str, tuple[int, int]]:
    """First byte and length of each section of a sound file."""
    start = _HEAD.unpack_from(data)[3]
    table = json.loads(data[start:])["sections"]
    return {name: (at, count * int(kind[2])) for name, (at, count, kind, _) in table.items()}


def sealed(data: bytes) -> bytes:
    """A file whose sections were changed in place, with checksums that fit them."""
    magic, version, _, start, _, _ = _HEAD.unpack_from(data)
    header = json.loads(data[start:])
    data = _checked(data)
    for row in header["sections"].values():
        at, count, kind, _ = row
        row[3] = hashlib.sha256(data[at : at + count * int(kind[2])]).hexdigest()
    return reheaded(data, magic, version, start, header)


def _checked(data: bytes) -> bytes:
    """The file with checksums of pieces that fit them."""
    found = sections(data)
    at, size = found.pop("checks", (0, 0))
    pieces = (data[a + done : a + min(done + PIECE, n)] for a, n in found.values() for done in range(0, n, PIECE))
    sums = b"".join(struct.pack("<I", zlib.crc32(piece)) for piece in pieces)
    return data[:at] + sums[:size] + data[at + size :] if size else data


def with_meta(data: bytes, **changed: object) -> bytes:
    """A file whose header says something else, sealed."""
    magic, version, _, start, _, _ = _HEAD.unpack_from(data)
    return reheaded(data, magic, version, start, json.loads(data[start:]) | changed)


def reheaded(data: bytes, magic: bytes, version: int, start: int, header: dict[str, object]) -> bytes:
    """The file with another header."""
    raw = json.dumps(header, ensure_ascii=True).encode()
    head = _HEAD.pack(magic, version, len(raw), start, start + len(raw), hashlib.sha256(raw).digest())
    return head + data[_HEAD.size : start] + raw
