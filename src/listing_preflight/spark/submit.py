"""A job for spark-submit: a folder of Parquet or a table in, a folder of verdicts out, and a summary that proves completeness.

usage: spark-submit submit.py LISTINGS OUT [-w LIST]... [options]; exit codes are those of `preflight scan`.
"""

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from typing import Any

from listing_preflight.errors import PreflightError, UsageError
from listing_preflight.model.finding import RANK
from listing_preflight.reports.plain import visible
from listing_preflight.spark import partition_columns, read, scan, summary

SUMMARY = "_summary"
"""The folder of the summary inside the output: Spark does not read what begins so as data."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the job; the exit code."""
    a = _parser().parse_args(args)
    try:
        spark = _session()
        return _run(spark, a)
    except PreflightError as e:
        print(f"preflight: {visible(str(e))}", file=sys.stderr)
        return e.exit_code


def _session() -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("is not installed", where="pyspark", remedy='pip install "listing-preflight[spark]"') from None
    try:
        return SparkSession.builder.appName("listing-preflight").getOrCreate()
    except (PySparkException, OSError) as e:
        remedy = "Install a Java that this Spark runs on (17 or later for Spark 4) and set JAVA_HOME"
        raise UsageError(f"does not start ({str(e).splitlines()[0][:120]})", where="Spark", remedy=remedy) from None


def _run(spark: Any, a: argparse.Namespace) -> int:
    from pyspark.errors import PySparkException

    try:
        frame = spark.table(a.listings) if a.table else read(spark, a.listings)
    except PySparkException as e:
        raise UsageError(str(e).splitlines()[0][:200], where=a.listings) from None
    parts = () if a.table else partition_columns(frame)
    verdicts = scan(
        frame, lists=a.watchlist, with_bundled=a.with_bundled, shared_lists=a.shared_lists, marketplaces=a.marketplace, seller=a.seller,
        day=datetime.date.fromisoformat(a.date) if a.date else None, policy=a.policy, overlay=a.overlay, images=a.images, ocr=a.ocr,
        explain=a.explain, mapping=json.loads(a.mapping) if a.mapping else None, image_roots=a.image_root,
        keep=[f"{name}" for name in parts], root="" if a.table else a.listings, name=a.listings,
    )  # fmt: skip
    writer = verdicts.write.mode("overwrite" if a.overwrite else "errorifexists")
    try:
        (writer.partitionBy(*parts) if parts else writer).parquet(a.out)
    except PySparkException as e:
        raise UsageError(_reason(e), where=a.out) from None
    told = summary(spark.read.parquet(a.out), frame)
    line = json.dumps(told)
    spark.createDataFrame([(line,)], "value string").coalesce(1).write.mode("overwrite").text(
        f"{a.out.rstrip('/')}/{SUMMARY}"
    )
    print(line)
    return _code(told, a)


def _reason(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if "listing_preflight" in line and "Error" in line]
    return (named or lines)[-1 if named else 0][:300]


def _code(told: dict[str, Any], a: argparse.Namespace) -> int:
    if not told["rows_in"]:
        return 0 if a.allow_empty else 5
    found = a.fail_on != "never" and any(n and RANK[s] >= RANK[a.fail_on] for s, n in told["findings"].items())
    if told["complete"] or (a.allow_incomplete and told["rows_in"] == told["rows_out"]):
        return int(found)
    return 4 if found else 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("listings", help="folder or file of Parquet; with --table the name of a table")
    add("out", help="folder for the verdicts, Parquet, partitioned as the input")
    add("--table", action="store_true", help="LISTINGS is the name of a table")
    add(
        "-w",
        "--watchlist",
        action="append",
        default=[],
        help="list file or folder, compiled list, imported register (repeatable)",
    )
    add("--with-bundled", action="store_true", help="the bundled lists beside those of -w")
    add("--shared-lists", action="store_true", help="-w is one compiled file on a path that all workers share")
    for name in ("--marketplace", "--policy", "--image-root"):
        add(name, action="append", default=[], help="as in preflight scan (repeatable)")
    for name in ("--seller", "--overlay", "--date"):
        add(name, help="as in preflight scan")
    add(
        "--mapping", help='fields of the columns of a flat table, JSON: {"name": "title", "colour": "attributes.color"}'
    )
    add("--no-images", dest="images", action="store_false", help="do not look at pictures")
    add("--ocr", default="auto", choices=["auto", "tesseract", "rapidocr", "off"])
    add("--explain", action="store_true", help="add what was dropped to the lines")
    add("--fail-on", default="high", choices=["high", "medium", "low", "never"])
    for name in ("--allow-incomplete", "--allow-empty", "--overwrite"):
        add(name, action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
