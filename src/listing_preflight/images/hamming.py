"""Hashes as columns of words in one array, and which of them are near to another one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
BITS = 256
WORDS = BITS // 64
_BLOCK = 32_768
"""Hashes that are compared at once: few enough that what comes between stays in a processor's cache."""


def table_of(hashes: Sequence[int]) -> npt.NDArray[np.uint64]:
    """Hashes as columns of four words, the lowest first: a search reads whole rows of words, and seldom more than two."""
    raw = b"".join(h.to_bytes(BITS // 8, "little") for h in hashes)
    return np.ascontiguousarray(np.frombuffer(raw, np.uint64).reshape(-1, WORDS).T)


def within(table: Array, bits: int, most: int) -> list[tuple[int, int]]:
    """Columns of a table of hashes at most so many bits from one, with their distance.

    Two of four words are compared everywhere, the others only where those leave a chance.
    """
    seen = table_of([bits])[:, 0]
    found: list[tuple[int, int]] = []
    for start in range(0, table.shape[1], _BLOCK):
        block = table[:, start : start + _BLOCK]
        far = np.bitwise_count(block[0] ^ seen[0])
        far += np.bitwise_count(block[1] ^ seen[1])
        rows = np.flatnonzero(far <= most)
        whole = far[rows].astype(np.int64)
        for n in (2, 3):
            whole += np.bitwise_count(block[n, rows] ^ seen[n])
        near = whole <= most
        found += zip((rows[near] + start).tolist(), whole[near].tolist(), strict=True)
    return found


def within_naive(hashes: Sequence[int], bits: int, most: int) -> list[tuple[int, int]]:
    """The same one hash after another: what `within` is held to."""
    return [(n, d) for n, one in enumerate(hashes) if (d := (one ^ bits).bit_count()) <= most]
