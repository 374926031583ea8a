"""The scan inside Spark: listings in, verdict rows out, the same lines as `preflight scan` of the same listings.

`read` reads Parquet with the place of every row, `scan` checks a DataFrame, `summary` proves that nothing was lost. Needs the extra
`[spark]` on the driver, and the program with pyarrow on every worker.
"""

from listing_preflight.spark.job import scan
from listing_preflight.spark.rows import SCHEMA
from listing_preflight.spark.summing import summary
from listing_preflight.spark.tables import SOURCE_FILE, SOURCE_ROW, partition_columns, read

__all__ = ["SCHEMA", "SOURCE_FILE", "SOURCE_ROW", "partition_columns", "read", "scan", "summary"]
