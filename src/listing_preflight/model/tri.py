"""Three-valued answers: yes, no and unknown, where unknown is never no."""

import enum
from collections.abc import Iterable
from typing import Self


class Tri(enum.Enum):
    """An answer to one question about a right."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a Tri is not a bool: compare it with Tri.YES, Tri.NO or Tri.UNKNOWN")

    @classmethod
    def best(cls, answers: Iterable[Self]) -> "Tri":
        """YES if any is yes, else UNKNOWN if any is unknown, else NO."""
        found = set(answers)
        return cls.YES if cls.YES in found else cls.UNKNOWN if cls.UNKNOWN in found else cls.NO
