"""Findings as rows of a table: the seller's own columns first, then ours; what CSV and XLSX share."""

import sqlite3
from collections.abc import Iterator

import orjson

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap
from listing_preflight.reports.cards import Card, Cards, field_name
from listing_preflight.reports.catalog import Catalog
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Result
from listing_preflight.reports.store import packed
from listing_preflight.reports.translate import translated

Row = dict[str, str]
OURS = (
    "marketplace", "decision", "severity", "rule", "name", "owner", "finding", "where", "text", "why", "do", "rewrite",
    "confidence", "law", "platform", "use", "steps", "source", "cause", "fingerprint", "suppressed", "detail",
)  # fmt: skip
MOST_COLUMNS = 200
"""Columns of the seller's that are kept; attributes may be of any number."""
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


class Table:
    """Rows that wait until all columns are known."""

    def __init__(self, words: Catalog) -> None:
        self._words, self._cards = words, Cards(words)
        self._columns: dict[str, None] = {"id": None}
        self._db = sqlite3.connect("")
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; CREATE TABLE held (body BLOB)"
        )

    def add(self, result: Result) -> None:
        """A row a finding and a row each thing not checked; a listing with neither has one row of its own."""
        if isinstance(result, Gap):
            where = "" if result.origin is None else _at(result.origin.file, result.origin.row)
            self._keep({}, self._gap(result) | {"source": where})
        elif isinstance(result, Verdict):
            self._listing(result)

    def _listing(self, verdict: Verdict) -> None:
        theirs = self._theirs(verdict)
        head = {
            "marketplace": verdict.marketplace or "", "decision": self._words.word("values", verdict.decision),
            "source": _at(verdict.listing.origin.file, verdict.listing.origin.row),
        }  # fmt: skip
        ours = [self._finding(card) for card in self._cards.of(verdict)] + [self._gap(gap) for gap in verdict.gaps]
        for one in ours or [{}]:
            self._keep(theirs, head | one)

    def _theirs(self, verdict: Verdict) -> Row:
        """The seller's cells under the headers that they came from, or the fields' names."""
        out: Row = {"id": verdict.listing.id}
        for text in verdict.listing.texts:
            column = (
                text.column
                or text.name
                or (f"{text.field} {text.index + 1}" if text.field == "bullets" else text.field)
            )
            if column in self._columns or len(self._columns) < MOST_COLUMNS:
                self._columns[column] = None
                out.setdefault(column, text.value)
        return out

    def _gap(self, gap: Gap) -> Row:
        kind = f"{self._words.say('not-checked')}: {self._words.word('gaps', gap.kind)}"
        where = self._words.word("fields", gap.field) if gap.field else ""
        return {"finding": kind, "detail": translated(gap.detail, self._words), "where": where}

    def _finding(self, card: Card) -> Row:
        place = card["places"][0] if card["places"] else None
        words = self._words
        return {
            "severity": words.word("values", card["severity"]), "rule": card["rule"], "name": card["subject"],
            "owner": card["owner"] or "", "finding": card["message"],
            "where": "; ".join(dict.fromkeys(field_name(p, words) for p in card["places"])),
            "text": place["text"] if place else "", "why": "; ".join([*card["why"], *(p["text"] for p in card["policy"])]),
            "do": " ".join(card["advice"]), "rewrite": "; ".join(w["after"] for w in card["rewrites"]),
            "confidence": words.word("values", card["confidence"]), "law": words.word("values", card["legal"]),
            "platform": words.word("values", card["platform"]), "use": words.word("values", card["use"]),
            "steps": ", ".join(words.word("steps", s) for s in place["steps"]) if place else "",
            "cause": card["cause"], "fingerprint": card["fingerprint"], "suppressed": card["suppressed"] or "",
        }  # fmt: skip

    def _keep(self, theirs: Row, ours: Row) -> None:
        self._db.execute("INSERT INTO held VALUES (?)", (packed({"theirs": theirs, "ours": ours}),))

    def header(self) -> list[str]:
        """The seller's columns, then ours by the name of the language; ours are marked where the seller has the same."""
        named = [self._words.say(f"column-{key}") for key in OURS]
        return [*map(visible, self._columns), *(f"preflight {n}" if n in self._columns else n for n in named)]

    def rows(self) -> Iterator[list[str]]:
        """Every row under the header."""
        columns = [packed_name(c) for c in self._columns]
        for (body,) in self._db.execute("SELECT body FROM held ORDER BY rowid"):
            held = orjson.loads(body)
            yield [*(held["theirs"].get(c, "") for c in columns), *(held["ours"].get(c, "") for c in OURS)]
        self._db.close()


def packed_name(name: str) -> str:
    """A key as it reads back from disk."""
    return name.encode("utf-8", "backslashreplace").decode()


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, whatever it begins with behind blanks and quotes."""
    shown = "\n".join(map(visible, text.replace("\r\n", "\n").split("\n")))
    start = shown.lstrip(" \"'\u00a0\u3000")[:1]
    return f"'{shown}" if (start and start in _FORMULA) or (text and text[0] in _FORMULA) else shown


def _at(file: str, row: int | None) -> str:
    return f"{file}:{row}" if row else file
