"""The list of readers, most particular first, and the choice among them by content."""

from collections.abc import Iterator
from typing import Protocol

from listing_preflight.errors import UnreadableError
from listing_preflight.model.listing import Gap, Listing
from listing_preflight.readers import amazon_report, jsonl, shopify, table
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Source


class Reader(Protocol):
    """What a module of this room offers."""

    NAME: str
    TITLE: str

    def recognises(self, source: Source) -> bool:
        """Whether the content is of this format."""
        ...

    def columns(self, source: Source, options: ReadOptions) -> list[tuple[str, str]]:
        """Headers with the field that each fills."""
        ...

    def read(self, source: Source, options: ReadOptions) -> Iterator[Listing | Gap]:
        """Listings and gaps in the order of the file."""
        ...


READERS: tuple[Reader, ...] = (jsonl, shopify, amazon_report, table)
FORMATS = tuple(r.NAME for r in READERS)
_TITLES = ", ".join(r.TITLE for r in READERS)


def choose(source: Source, options: ReadOptions) -> Reader:
    """The reader for a source; UnreadableError when no format fits."""
    if options.input_format:
        return next(r for r in READERS if options.input_format == r.NAME)
    if "\0" in source.sample.replace("\0", "", 40)[:4096]:
        raise UnreadableError("looks like a binary file", where=source.shown, remedy=f"Readable are {_TITLES}")
    for reader in READERS:
        if reader.recognises(source):
            return reader
    if options.mapping and source.sample.strip():
        return table
    if source.shown.lower().endswith((".jsonl", ".ndjson")):
        return jsonl
    remedy = f"Readable are {_TITLES}; say how the columns of another table are read with --mapping"
    raise UnreadableError("is of no format that can be read", where=source.shown, remedy=remedy)
