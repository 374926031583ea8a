"""Compiled files, as they are damaged and with checksums that fit the damage, through the matcher to the finding."""

import functools
import tempfile
from pathlib import Path

from fuzz import made
from fuzz.made import findings
from fuzz.sealed import sealed, sections
from fuzz.target import Target, written


@functools.cache
def sound():
    with tempfile.TemporaryDirectory() as name:
        path = made.compiled(Path(name))
        data = path.read_bytes()
        return data, tuple(sections(data).items()), frozenset(findings(path))


def changed(data):
    """Orders of 8 bytes: which section, where in it, and four bytes to put there."""
    whole = bytearray(sound()[0])
    for at in range(0, min(len(data) - 7, 64), 8):
        _, (start, size) = sound()[1][data[at] % len(sound()[1])]
        if size:
            place = start + int.from_bytes(data[at + 1 : at + 4], "big") % size
            end = min(start + size, place + 4)
            whole[place:end] = data[at + 4 : at + 4 + end - place]
    return bytes(whole)


def damaged(data, folder):
    more = findings(written(folder, "in.lcx", changed(data))) - sound()[2]
    if more:
        raise AssertionError(f"found in a damaged file alone: {more}")


def resealed(data, folder):
    findings(written(folder, "in.lcx", sealed(changed(data))))


def garbage(data, folder):
    findings(written(folder, "in.lcx", sound()[0][:64] + data))


def orders():
    return [bytes([n, 0, 0, place, 255, 255, 255, 127]) for n in range(0, 250, 5) for place in (0, 8)]


TARGETS = (
    Target("compiled-damaged", orders, damaged, 6 << 30),
    Target("compiled-sealed", orders, resealed, 6 << 30),
    Target("compiled-header", lambda: [b"{}", sound()[0][64:512]], garbage),
)
