"""Many strings as two arrays: their bytes in UTF-8 one after the other, and where each begins."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from listing_preflight.storage.mapped import Array, Far, Packed, Part

NONE = "\0"
"""Stands for a string that is not there: no field of a list holds it."""


class Strings(Sequence[str]):
    """Strings that are decoded when they are asked for; lone surrogates survive."""

    def __init__(self, starts: Array | Far, data: Array | Far) -> None:
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
        yield "starts", self.starts[:]
        yield "data", self.data[:]

    @classmethod
    def sparse(cls, count: int, texts: dict[int, str]) -> "Strings":
        """Pack strings of which few are there."""
        there = sorted(texts)
        raw = [texts[n].encode("utf-8", "surrogatepass") for n in there]
        lengths = np.ones(count, np.uint64)
        lengths[there] = [len(r) for r in raw]
        starts = np.zeros(count + 1, np.uint64)
        np.cumsum(lengths, out=starts[1:])
        data = np.zeros(int(starts[-1]), np.uint8)  # a string that is not there is NONE, a zero byte
        for n, text in zip(there, raw, strict=True):
            data[int(starts[n]) : int(starts[n + 1])] = np.frombuffer(text, np.uint8)
        return cls(starts, data)

    @classmethod
    def over(cls, part: Part, *, far: bool = False) -> "Strings":
        """Strings of an open file; `far` where few of them are ever asked for."""
        found = cls(part.far("starts"), part.far("data")) if far else cls(part["starts"], part["data"])
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
