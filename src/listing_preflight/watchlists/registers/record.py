"""What an importer yields: a record of the register, or the reason why one was not taken."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from listing_preflight.model.mark import Registration


class Record(NamedTuple):
    """One right as its office holds it.

    `id` is the office and its number and the key by which records are one; of two, the later `stamp` (ISO date) wins.
    `name` is "" for a mark without words; `numbers` are all numbers it is known by, as the office writes them.
    """

    id: str
    stamp: str
    name: str
    kind: str = "word"
    owner: str | None = None
    aliases: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    registrations: tuple[Registration, ...] = ()
    work: bool = False
    images: tuple[str, ...] = ()
    locarno: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """A record that was not taken: a reason from a short list, and which record it was."""

    reason: str
    what: str


class DataDate(NamedTuple):
    """The day that a file says its data are of, ISO."""

    day: str


class Origin(NamedTuple):
    """Where the data of a file come from and under what terms, where its format alone does not say."""

    source: str
    licence: str


Item = Record | Skipped | DataDate | Origin


class Told(NamedTuple):
    """What the user said of an import: the mapping of a table, and where the views of designs lie."""

    mapping: str | None = None
    views: str | None = None


class Importer(Protocol):
    """What a module of this room offers: its names, and a stream of records out of one file."""

    FORMAT: str
    SOURCE: str
    LICENCE: str

    def read(self, file: Path, told: Told) -> Iterator[Item]:
        """Items in the order of the file; ListError where the file is not what it should be."""
        ...
