"""Parquet files, batch by batch; each row as a mapping of column to value."""

import contextlib
from collections.abc import Iterator
from typing import Any

from listing_preflight.errors import UnreadableError
from listing_preflight.readers.carriers.json_values import Value
from listing_preflight.readers.missing import missing
from listing_preflight.readers.source import Source

BATCH = 1024


@contextlib.contextmanager
def _open(source: Source) -> Iterator[Any]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise missing("pyarrow", "Parquet files") from None
    import pyarrow

    with source.binary() as handle:
        try:
            file = parquet.ParquetFile(handle)
        except (pyarrow.ArrowException, OSError, ValueError) as e:
            raise UnreadableError(f"the Parquet file is damaged ({str(e)[:120]})") from None
        with file:
            yield file


def columns(source: Source) -> list[str]:
    """The names of the columns."""
    with _open(source) as file:
        return list(file.schema_arrow.names)


def values(source: Source) -> Iterator[Value]:
    """Every row with its 1-based number."""
    row = 0
    try:
        with _open(source) as file:
            for batch in file.iter_batches(batch_size=BATCH):
                for value in batch.to_pylist(maps_as_pydicts="lossy"):
                    row += 1
                    yield Value(row, None, value)
    except (OSError, ValueError) as e:  # the library's own errors are children of these
        raise UnreadableError(f"the Parquet file is damaged after row {row} ({str(e)[:120]})") from None
