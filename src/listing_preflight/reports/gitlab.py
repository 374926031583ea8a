"""GitLab code quality: an array of findings with their place and fingerprint."""

import hashlib
from collections import Counter
from typing import IO

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap, Origin
from listing_preflight.reports.cards import Card, Cards
from listing_preflight.reports.jsonl import line
from listing_preflight.reports.plain import visible
from listing_preflight.reports.records import Record
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.translate import translated

_SEVERITY = {"high": "critical", "medium": "major", "low": "info"}


class CodeQuality:
    """Writes findings as they come; what was not checked is a blocker."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._out, self._words, self._cards = out, telling.words, Cards(telling.words)
        self._first = True
        self._met: Counter[str] = Counter()

    def begin(self, run: RunInfo) -> None:
        """Open the array."""
        self._out.write("[")

    def add(self, result: Result) -> None:
        """One entry a finding or gap."""
        if isinstance(result, Gap):
            self._gap(result, result.origin, "")
        elif isinstance(result, Verdict):
            for card in self._cards.of(result):
                if not card["suppressed"]:
                    self._entry(self._finding(card), card["file"], card["row"], card["fingerprint"])
            for gap in result.gaps:
                self._gap(gap, result.listing.origin, result.listing.id)

    def _finding(self, card: Card) -> Record:
        text = " ".join([f"{card['listing']}:", card["message"], *card["advice"]])
        return {"check_name": card["rule"], "description": visible(text), "severity": _SEVERITY[card["severity"]]}

    def _gap(self, gap: Gap, origin: Origin | None, listing: str) -> None:
        text = f"{self._words.say('not-checked')}: {listing + ': ' if listing else ''}{translated(gap.detail, self._words)} [{gap.kind}]"
        parts = "\0".join((gap.kind, listing, gap.field or "", str(gap.index), gap.detail))
        digest = hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        entry = {"check_name": f"not-checked-{gap.kind}", "description": visible(text), "severity": "blocker"}
        self._entry(entry, origin.file if origin else ".", origin.row if origin else None, digest)

    def _entry(self, entry: Record, file: str, row: int | None, fingerprint: str) -> None:
        """Fingerprints of one report differ: that of a repeated id is counted on."""
        self._met[fingerprint] += 1
        count = self._met[fingerprint]
        told = fingerprint if count == 1 else f"{fingerprint}-{count}"
        place = {"path": visible(file), "lines": {"begin": row or 1}}
        self._out.write(("\n" if self._first else ",\n") + line(entry | {"fingerprint": told, "location": place}))
        self._first = False

    def end(self, summary: Summary) -> None:
        """Close the array."""
        self._out.write("]\n")
