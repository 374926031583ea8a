"""Before hours are spent: every worker has the program, its libraries and the lists, each in the version of the driver."""

import importlib.metadata
import platform
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from listing_preflight import __version__
from listing_preflight.errors import PreflightError, UsageError
from listing_preflight.spark import task
from listing_preflight.spark.asked import Asked
from listing_preflight.text.stamp import stamp
from listing_preflight.watchlists.compiled import Compiled

_SCHEMA = pa.schema([("host", pa.string()), ("fault", pa.string())])


def check_workers(spark: Any, asked: Asked) -> None:
    """A task on each core opens the lists; UsageError names the first worker that cannot go on, and why."""
    from pyspark.errors import PySparkException
    from pyspark.sql.pandas.types import from_arrow_schema

    mine = _own()

    def look(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        list(batches)
        yield pa.RecordBatch.from_pylist([{"host": platform.node(), "fault": fault(asked, mine)}], schema=_SCHEMA)

    tasks = max(2, spark.sparkContext.defaultParallelism)
    try:
        told = spark.range(tasks).repartition(tasks).mapInArrow(look, from_arrow_schema(_SCHEMA)).collect()
    except PySparkException as e:
        raise UsageError(
            f"workers cannot run the program: {_last_line(e)}", where="Spark", remedy="Install it on every worker"
        ) from None
    for row in told:
        if row["fault"]:
            raise UsageError(row["fault"], where=f"worker {row['host']}")


def fault(asked: Asked, driver: tuple[str, ...]) -> str:
    """What is wrong on this worker; empty where nothing is."""
    names = ("Python", "PySpark", "listing-preflight", "way of folding names")
    for name, here, there in zip(names, _own(), driver, strict=True):
        if here != there:
            return f"has another {name} ({here[:20]}) than the driver ({there[:20]})"
    try:
        found = Compiled(task.place(asked)).digest
    except PreflightError as e:
        return str(e)
    return "" if found == asked.digest else f"has other lists than the driver at {task.place(asked)}"


def _own() -> tuple[str, ...]:
    return ".".join(platform.python_version_tuple()[:2]), importlib.metadata.version("pyspark"), __version__, stamp()


def _last_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and not line.lstrip().startswith("at ")]
    named = [line for line in lines if "Error" in line]
    return (named or lines or ["no reason told"])[-1][:300]
