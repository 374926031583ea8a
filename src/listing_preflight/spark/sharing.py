"""Paragraphs that listings of a table share, counted once over all of it: the same as a scan of the same rows counts them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from listing_preflight.model.listing import Listing
from listing_preflight.passages import BLOCKS, HEAD, SHARED, Item, Passages, paragraphs

COUNTED = pa.schema([("block", pa.int64()), ("digest", pa.string()), ("title", pa.string())])
Known = Mapping[str, Sequence[int]]
"""Digest of a paragraph → the blocks of rows in which enough listings have it."""
Placed = Iterable[tuple[int, Item]]
"""Items, each with the number of its row from 0 in all of the input; 0 for all where rows have no order."""


def told(rows: Placed, total: int | None) -> Iterator[dict[str, object]]:
    """What has to be known of each block to count it; of blocks that these rows hold whole only what is shared there.

    `total` are the rows of the input; None where rows have no order and all of them are one block.
    """
    titles: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    seen: defaultdict[int, int] = defaultdict(int)
    for number, item in rows:
        block = number // HEAD
        seen[block] += 1
        title = item.first("title") if isinstance(item, Listing) else ""
        for _, _, _, digest in paragraphs(item) if isinstance(item, Listing) else ():
            if len(titles[block][digest]) < SHARED:
                titles[block][digest].add(title)
        if total is not None and seen[block] == min(HEAD, total - block * HEAD):
            yield from _rows(block, {d: t for d, t in titles.pop(block, {}).items() if len(t) >= SHARED})
    for block, left in titles.items():
        yield from _rows(block, left)


def _rows(block: int, titles: Mapping[str, set[str]]) -> Iterator[dict[str, object]]:
    return ({"block": block, "digest": d, "title": t} for d, found in titles.items() for t in sorted(found))


def known(frame: Any) -> Known:
    """What a table of COUNTED comes to."""
    from pyspark.sql import functions as f

    enough = frame.groupBy("block", "digest").agg(f.countDistinct("title").alias("n")).where(f.col("n") >= SHARED)
    out: defaultdict[str, list[int]] = defaultdict(list)
    for row in enough.select("digest", "block").collect():
        out[row["digest"]].append(row["block"])
    return dict(out)


def shared(rows: Placed, what: Known) -> Iterator[tuple[Item, Passages]]:
    """Items with those of their paragraphs that are shared where they stand."""
    for number, item in rows:
        found = paragraphs(item) if isinstance(item, Listing) else ()
        block = number // HEAD
        yield item, tuple(p for p in found if any(0 <= block - at < BLOCKS for at in what.get(p[3], ())))
