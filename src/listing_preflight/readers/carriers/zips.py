"""Packed files: what they hold, within bounds, before anything of them is unpacked."""

import contextlib
import zipfile
import zlib
from collections.abc import Iterator

from listing_preflight.errors import UnreadableError
from listing_preflight.readers.source import OverLimitError, Source

MAX_ENTRIES = 20_000
MAX_TOTAL = 4 << 30
MAX_PART = 1 << 30
"""Bytes of one part of a workbook when unpacked: a million rows of fifty columns."""
RATIO_FROM = 32 << 20
MAX_RATIO = 60
"""Sheets of real templates and exports shrink 5- to 30-fold; parts of more than RATIO_FROM bytes that shrink more are made to harm."""


@contextlib.contextmanager
def open_zip(source: Source) -> Iterator[zipfile.ZipFile]:
    """The archive behind a source; UnreadableError where it is damaged, OverLimitError where it would not fit."""
    with source.binary() as handle:
        try:
            packed = zipfile.ZipFile(handle)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as e:
            raise UnreadableError(f"is a damaged archive or workbook ({e})") from None
        _check(packed)
        try:
            with packed:
                yield packed
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as e:
            raise UnreadableError(f"is a damaged archive or workbook ({e})", remedy="Save it again") from None


def _check(packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    if len(entries) > MAX_ENTRIES:
        raise OverLimitError(f"an archive of {len(entries):,} entries", remedy="Unpack it")
    if sum(e.file_size for e in entries) > MAX_TOTAL:
        raise OverLimitError(f"unpacks to more than {MAX_TOTAL >> 30} GB", remedy="Unpack it")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            ratio = entry.file_size // max(1, entry.compress_size)
            raise OverLimitError(
                f"a part that unpacks {ratio}-fold to {entry.file_size >> 20} MB", remedy="Save it as CSV"
            )


def names(source: Source) -> frozenset[str]:
    """The names of what a packed source holds."""
    with open_zip(source) as packed:
        return frozenset(packed.namelist())
