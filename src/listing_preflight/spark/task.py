"""What runs on a worker: lists opened once a process, listings judged under supervision, rows out."""

import gc
import importlib
import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from listing_preflight.errors import ListError
from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap
from listing_preflight.running.process import seldom_collected
from listing_preflight.scan import Scanner, Settings
from listing_preflight.spark import rows, sharing
from listing_preflight.spark.asked import Asked
from listing_preflight.spark.reading import Read, read
from listing_preflight.spark.sharing import Known
from listing_preflight.watchlists.index import open_lists

ROWS = 512
"""Rows of a batch that goes back to Spark: about 5 MB of lines."""
REMEMBERED = 32 << 20
"""Bytes of verdicts that a task keeps for listings of the same content: a worker's memory is counted by the core there."""
_scanners: dict[str, Scanner] = {}
"""The scanner of this process for the job that it works on."""


def scan(batches: Iterable[pa.RecordBatch], asked: Asked, known: Known, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Verdict rows of a partition."""
    told = _told(batches, asked, known)
    with seldom_collected():  # walking over what is received of a worker, which holds no cycles, takes 4 % of a job
        while some := list(itertools.islice(told, ROWS)):
            yield rows.batch(some, schema)


def count(batches: Iterable[pa.RecordBatch], asked: Asked, total: int | None) -> Iterator[pa.RecordBatch]:
    """What a partition knows of the paragraphs that listings share."""
    found = sharing.told(((one.number, one.item) for one in read(batches, asked)), total)
    with seldom_collected():
        while some := list(itertools.islice(found, 8 * ROWS)):
            yield pa.RecordBatch.from_pylist(some, schema=sharing.COUNTED)


def _told(
    batches: Iterable[pa.RecordBatch], asked: Asked, known: Known
) -> Iterator[tuple[rows.Row, Mapping[str, Any]]]:
    waiting: deque[Read] = deque()

    def placed() -> Iterator[tuple[int, Any]]:
        for one in read(batches, asked):
            waiting.append(one)
            yield one.number, one.item

    last: object = None
    kept: Mapping[str, Any] = {}
    for result in scanner(asked).run((), lambda _: sharing.shared(placed(), known)):
        if not isinstance(result, Verdict | Gap):
            continue
        about = result.listing if isinstance(result, Verdict) else result
        first = about is not last
        if first:
            last, kept = about, waiting.popleft().kept
        yield rows.row(result, first=first, explain=asked.explain), kept


def scanner(asked: Asked) -> Scanner:
    """The scanner of this process; one job after another, so that lists are opened once."""
    key = f"{asked.lists} {asked.digest} {hash(repr((asked.day, asked.marketplaces, asked.seller, asked.overlay, asked.rules, asked.images, asked.ocr, asked.explain)))}"
    if key not in _scanners:
        for old in _scanners.values():
            old.__exit__()
        _scanners.clear()
        found = open_lists([place(asked)], keep=False, say=lambda _: None)
        _scanners[key] = Scanner(Settings(
            lists=found.lists, index=found.index, day=asked.day, marketplaces=asked.marketplaces, seller=asked.seller,
            trust_claims=asked.seller is None, images=asked.images, ocr=asked.ocr, cache=False, explain=asked.explain, rules=asked.rules,
            overlay=asked.overlay, supervised=True, remembered=REMEMBERED,
        ))  # fmt: skip
        gc.collect()
        gc.freeze()  # the lists live as long as the process: walking over them takes 4 % of a job
    return _scanners[key]


def place(asked: Asked) -> Path:
    """Where this worker finds the compiled lists; ListError where it does not."""
    path = Path(importlib.import_module("pyspark").SparkFiles.get(asked.lists)) if asked.spread else Path(asked.lists)
    if not path.is_file():
        raise ListError(
            "is not there on this worker", where=str(path), remedy="Put it on a path that all workers share"
        )
    return path
