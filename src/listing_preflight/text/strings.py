"""Many strings as two arrays: their bytes in UTF-8 one after the other, and where each begins."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from listing_preflight.text.mapped import Array, Packed, Part

NONE = "\0"
"""Stands for a string that is not there: no field of a list holds it."""


class Strings(Sequence[str]):
    """Strings that are decoded when they are asked for; lone surrogates survive."""

    def __init__(self, starts: Array, data: Array) -> None:
        self.starts, self.data = starts, data

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> "Strings":
        """Pack strings."""
        raw = [(NONE if t is None else t).encode("utf-8", "surrogatepass") for t in texts]
        starts = np.zeros(len(raw) + 1, np.uint64)
        np.cumsum(np.fromiter(map(len, raw), np.uint64, len(raw)), out=starts[1:])
        return cls(starts, np.frombuffer(b"".join(raw), np.uint8))

    def packed(self) -> Packed:
        """The arrays to write."""
        yield "starts", self.starts
        yield "data", self.data

    @classmethod
    def over(cls, part: Part) -> "Strings":
        """Strings of an open file."""
        found = cls(part["starts"], part["data"])
        if not len(found.starts):
            raise part.fault("is damaged (strings)")
        return found

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[str]:
        """All of them; one that lies outside of the file is an error, not the end."""
        return (self[at] for at in range(len(self)))

    def __getitem__(self, at: int) -> str:  # type: ignore[override]
        start, end = int(self.starts[at]), int(self.starts[at + 1])
        if not 0 <= start <= end <= len(self.data):
            raise IndexError(f"string {at} lies outside of its file")
        return self.data[start:end].tobytes().decode("utf-8", "surrogatepass")

    def get(self, at: int) -> str | None:
        """A string that may not be there."""
        found = self[at]
        return None if found == NONE else found
