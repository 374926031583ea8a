"""The word lists that the shipped vocabulary is written from."""

import functools
import gzip
from pathlib import Path

from listing_preflight.text.vocabulary import Listed

_LISTS = Path(__file__).parents[2] / "scripts/words"


def _lines(name: str) -> list[str]:
    return gzip.decompress((_LISTS / name).read_bytes()).decode().split("\n")


@functools.cache
def listed() -> Listed:
    """All words with their traits."""
    rows = (line.split("\t") for line in _lines("wordfreq.tsv.gz"))
    return Listed.of(
        {w: (int(best), int(foreign)) for w, best, foreign in rows},
        frozenset(_lines("scowl.en.txt.gz")),
        frozenset(_lines("products.txt.gz")),
    )
