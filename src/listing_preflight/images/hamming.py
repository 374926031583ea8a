"""Hashes as columns of words in one array, and which of them are near to another one."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
BITS = 256
WORDS = BITS // 64
_ENOUGH = ((8, 1), (44, 2), (86, 3))
"""Bits asked for, and the words that have to be compared everywhere for it: of unrelated hashes next to none is left then."""
_BLOCK = 32_768
"""Hashes that are compared at once: few enough that what comes between stays in a processor's cache."""


def table_of(hashes: Sequence[int]) -> npt.NDArray[np.uint64]:
    """Hashes as columns of four words, the lowest first: a search reads whole rows of words, and seldom more than two."""
    raw = b"".join(h.to_bytes(BITS // 8, "little") for h in hashes)
    return np.ascontiguousarray(np.frombuffer(raw, np.uint64).reshape(-1, WORDS).T)


def within(table: Array, bits: int, most: int) -> list[tuple[int, int]]:
    """Columns of a table of hashes at most so many bits from one, with their distance.

    As many words as leave few chances are compared everywhere, the others only where those do.
    """
    seen = table_of([bits])[:, 0]
    first = next((words for limit, words in _ENOUGH if most <= limit), WORDS)
    scratch = _Scratch(np.empty(_BLOCK, np.uint64), np.empty(_BLOCK, np.uint16), np.empty(_BLOCK, np.uint8))
    found: list[tuple[int, int]] = []
    for start in range(0, table.shape[1], _BLOCK):
        block = table[:, start : start + _BLOCK]
        far = _counted(block, seen, first, scratch)
        rows = np.flatnonzero(far <= most)
        whole = far[rows].astype(np.int64)
        for n in range(first, WORDS):
            whole += np.bitwise_count(block[n, rows] ^ seen[n])
        near = whole <= most
        found += zip((rows[near] + start).tolist(), whole[near].tolist(), strict=True)
    return found


class _Scratch(NamedTuple):
    """Room for what comes between, made once a search."""

    differ: Array
    far: Array
    one: Array


def _counted(block: Array, seen: Array, first: int, scratch: _Scratch) -> Array:
    """Bits in which the first words of each column differ."""
    differ, far, one = (room[: block.shape[1]] for room in scratch)
    for n in range(first):
        np.bitwise_xor(block[n], seen[n], out=differ)
        np.bitwise_count(differ, out=one if n else far)
        if n:
            np.add(far, one, out=far)
    return far


def within_naive(hashes: Sequence[int], bits: int, most: int) -> list[tuple[int, int]]:
    """The same one hash after another: what `within` is held to."""
    return [(n, d) for n, one in enumerate(hashes) if (d := (one ^ bits).bit_count()) <= most]
