"""What a run tells its readers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from listing_preflight.readers.scratch import Scratch


class Seen(NamedTuple):
    """A line that was looked at as it is: what a report tells of its listing, and what others need of it."""

    id: str
    marketplace: str | None
    title: str
    paragraphs: tuple[int, ...]


Looking = Callable[[], Sequence[Seen | None]]
"""Gives what was seen in each line, None for one that has to be read in earnest; nothing where all have to be."""
Looks = Callable[[bytes], Looking]
"""Looks at whole lines of native listings in UTF-8 that need not end with the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Reading options of the command line; `mapping` maps a column header to a field of the listing.

    `sheet` is the name or 1-based number of the only sheet to read. `scratch` holds what archives are unpacked into
    and lives as long as these options. `marketplace_told`: the user names marketplaces, so that a format's own is not assumed.
    `looks` spares the reading of lines in which nothing can be found.
    """

    encoding: str | None = None
    delimiter: str | None = None
    input_format: str | None = None
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    image_roots: tuple[str, ...] = ()
    marketplace_told: bool = False
    looks: Looks | None = None
    scratch: Scratch = field(default_factory=Scratch)
