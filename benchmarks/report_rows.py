"""Verdicts for the benchmarks of reports: findings of real judging on invented listings, under many names and ids."""

import dataclasses
import datetime
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Origin
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions
from listing_preflight.scan import Scanner, Settings
from listing_preflight.watchlists.read import read_lists

MARKS = "marks:\n  - {id: zorvane, name: ZORVANE, owner: Zorvane Ltd, famous: true, classes: [25], territories: [US, EM], status: registered}\n"
TITLES = (
    "Zorvane running shoes", "Striderly Z0RVANE trail sneakers with a long tail of words that sellers write", "Zorvane style shoes for men",
    "Shoes better than Zorvane", "Striderly laces compatible with Zorvane 7",
)  # fmt: skip
NAMES = 500


def seeds() -> list[Verdict]:
    """One verdict a title."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "marks.yaml").write_text(MARKS, "utf-8")
        rows = [
            {"id": f"S{i}", "marketplace": "amazon.com", "category": "Shoes", "title": t, "brand": "Striderly"}
            for i, t in enumerate(TITLES)
        ]
        Path(folder, "x.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
        lists = read_lists([Path(folder, "marks.yaml")])
        items = read_path(Path(folder, "x.jsonl"), "x.jsonl", ReadOptions())
        told = Settings(lists=lists, index=None, day=datetime.date(2026, 11, 24), images=False)
        with Scanner(told) as scanner:
            return [v for v in scanner.run(items) if isinstance(v, Verdict)]


def verdicts(count: int) -> Iterator[Verdict]:
    """So many listings of one finding each; no two share a finding, so that nothing is told from a cache."""
    base = [v for v in seeds() if len(v.findings) == 1]
    for n in range(count):
        seed = base[n % len(base)]
        found = seed.findings[0]
        assert found.mark is not None
        name = f"ZORVANE{n % NAMES}"
        mark = dataclasses.replace(found.mark, id=name.lower(), name=name)
        listing = dataclasses.replace(seed.listing, id=f"SKU-{n}", origin=Origin(file="export.csv", row=n + 2))
        yield dataclasses.replace(seed, listing=listing, findings=(dataclasses.replace(found, mark=mark),))
