"""The list of formats, most particular first, and the choice among them by content."""

import importlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from listing_preflight.errors import UnreadableError
from listing_preflight.model.listing import Gap, Listing, Note
from listing_preflight.readers.formats import native, table
from listing_preflight.readers.look import Look, look
from listing_preflight.readers.names import MODULES
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import Source
from listing_preflight.readers.tables import Shown


class Format(Protocol):
    """What a format offers."""

    @property
    def name(self) -> str:
        """The word for --input-format."""
        ...

    @property
    def title(self) -> str:
        """What people call it."""
        ...

    def recognises(self, seen: Look) -> str | None:
        """Why the content is of this format, or None."""
        ...

    def columns(self, seen: Look, options: ReadOptions) -> list[Shown]:
        """Every column or key with the field that it fills."""
        ...

    def read(self, source: Source, seen: Look, options: ReadOptions) -> Iterator[Listing | Gap | Note]:
        """Listings and gaps in the order of the file."""
        ...


def _format(module: str) -> Format:
    found: Format = importlib.import_module(f"listing_preflight.readers.formats.{module}").FORMAT
    return found


BY_NAME: Mapping[str, Format] = {name: _format(module) for name, module in MODULES.items()}
FORMATS: tuple[Format, ...] = tuple(BY_NAME.values())


class Choice(NamedTuple):
    """How a source will be read: its format, why, and the first look at it."""

    format: Format
    reason: str
    seen: Look


def choose(source: Source, options: ReadOptions) -> Choice:
    """The format of a source; UnreadableError when none fits."""
    seen = look(source, options)
    if options.input_format:
        return _forced(source, options, seen)
    for form in FORMATS:
        reason = form.recognises(seen)
        if reason:
            return Choice(form, reason, seen)
    if options.mapping and seen.sheets:
        return Choice(table.MAPPED, "the mapping tells its columns", seen)
    if seen.values:
        return Choice(native.FORMAT, "it is JSON", seen)
    titles = ", ".join(f.title for f in FORMATS)
    remedy = f"Readable are {titles}; say how the columns of another table are read with --mapping"
    raise UnreadableError("is of no format that can be read", where=source.shown, remedy=remedy)


def _forced(source: Source, options: ReadOptions, seen: Look) -> Choice:
    """The format that the user names, where the content can be read as that."""
    form, why = BY_NAME[options.input_format or ""], "--input-format says so"
    if form.recognises(seen) or (form is native.FORMAT and seen.carrier in ("json", "text", "parquet")):
        return Choice(form, why, seen)
    if form is table.FORMAT and options.mapping and seen.sheets:
        return Choice(table.MAPPED, why, seen)
    remedy = "Leave --input-format out, or tell its columns with --mapping and --input-format table"
    raise UnreadableError(f"cannot be read as {form.title}", where=source.shown, remedy=remedy)


def read(source: Source, options: ReadOptions) -> Iterator[Listing | Gap | Note]:
    """All that a source holds, by the format that it is of."""
    choice = choose(source, options)
    return choice.format.read(source, choice.seen, options)
