"""Findings that wait for their group: a private database that SQLite keeps in memory and moves to disk when it grows."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import orjson

from listing_preflight.model.finding import RANK
from listing_preflight.reports.cards import Card
from listing_preflight.reports.plain import without_surrogates

_PAGES = -16_384
"""KiB of pages held in memory: about 10,000 findings; the rest goes to a temporary file that nobody else sees."""
_BATCH = 512


class Group(NamedTuple):
    """Findings of one cause: their worst severity, how many there are and in how many listings."""

    cause: str
    rank: int
    findings: int
    listings: int
    first: Card


class Store:
    """Cards in the order they came, to be read back by cause or by rank."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size={_PAGES}; PRAGMA temp_store=FILE;"
            "CREATE TABLE card (seq INTEGER PRIMARY KEY, cause TEXT, subject TEXT, rank INTEGER, listing INTEGER, body BLOB);"
        )
        self._waiting: list[tuple[str, str, int, int, bytes]] = []
        self._listings = 0

    def add(self, cards: list[Card]) -> None:
        """Keep the findings of one listing."""
        self._listings += 1
        for card in cards:
            key = str(card["subject_key"]).encode("utf-8", "backslashreplace").decode()
            self._waiting.append((card["cause"], key, RANK[card["severity"]], self._listings, packed(card)))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany("INSERT INTO card (cause, subject, rank, listing, body) VALUES (?,?,?,?,?)", self._waiting)
        self._waiting.clear()

    def count(self) -> int:
        """How many findings are kept."""
        self._flush()
        return int(self._db.execute("SELECT count(*) FROM card").fetchone()[0])

    def groups(self) -> Iterator[Group]:
        """Every cause, worst first, then the one met in most listings, then in the order of the input."""
        self._flush()
        rows = self._db.execute(
            "SELECT cause, max(rank), count(*), count(DISTINCT listing), min(seq) FROM card"
            " GROUP BY cause ORDER BY max(rank) DESC, count(DISTINCT listing) DESC, min(seq)"
        ).fetchall()
        for cause, rank, findings, listings, _ in rows:
            yield Group(cause, rank, findings, listings, next(self.of_cause(cause)))

    def of_cause(self, cause: str) -> Iterator[Card]:
        """The findings of a cause, worst first."""
        self._db.execute("CREATE INDEX IF NOT EXISTS by_cause ON card (cause, rank DESC, seq)")
        rows = self._db.execute("SELECT body FROM card WHERE cause = ? ORDER BY rank DESC, seq", (cause,))
        return (orjson.loads(body) for (body,) in rows)

    def ranked(self, most: int | None = None) -> Iterator[Card]:
        """Findings, worst first, in the order of the input among equals."""
        self._flush()
        rows = self._db.execute(
            "SELECT body FROM card ORDER BY rank DESC, seq LIMIT ?", (-1 if most is None else most,)
        )
        return (orjson.loads(body) for (body,) in rows)

    def by_subject(self, most: int) -> Iterator[Card]:
        """The worst findings, those of one mark together: the mark with the worst first, then the one with most."""
        self._flush()
        rows = self._db.execute(
            "WITH kept AS (SELECT * FROM card ORDER BY rank DESC, seq LIMIT ?),"
            " led AS (SELECT subject, max(rank) AS worst, count(*) AS n, min(seq) AS met FROM kept GROUP BY subject)"
            " SELECT body FROM kept JOIN led USING (subject) ORDER BY worst DESC, n DESC, met, rank DESC, seq",
            (most,),
        )
        return (orjson.loads(body) for (body,) in rows)

    def close(self) -> None:
        """Give the room back."""
        self._db.close()


def packed(card: Card) -> bytes:
    """A card as bytes; lone surrogates, which UTF-8 cannot hold, become visible escapes."""
    try:
        return orjson.dumps(card)
    except TypeError:
        return orjson.dumps(without_surrogates(card))
