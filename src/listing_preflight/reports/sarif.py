"""SARIF 2.1.0 for code scanning: ranked, capped where GitHub stops reading, and saying how much was left out."""

from collections.abc import Iterator
from typing import IO

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap
from listing_preflight.model.rules import RULES
from listing_preflight.reports import pages
from listing_preflight.reports.cards import Card, Cards, address, field_name
from listing_preflight.reports.jsonl import line
from listing_preflight.reports.plain import visible
from listing_preflight.reports.records import Record
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.store import Store
from listing_preflight.reports.translate import translated

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 5_000
"""GitHub refuses a run of more than 25,000 results and shows the 5,000 of highest severity."""
MOST_NOTES = 1_000
_LEVEL = {"high": "error", "medium": "warning", "low": "note"}
_SCORE = {"high": "8.0", "medium": "5.0", "low": "2.0"}
_RULES = tuple(sorted(RULES))


class Sarif:
    """Gathers findings and writes the worst of them at the end."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._out, self._words = out, telling.words
        self._cards, self._store = Cards(telling.words), Store()
        self._notes: list[Record] = []
        self._gaps = 0

    def begin(self, run: RunInfo) -> None:
        """The tool and its rules, each with its page."""
        driver = {
            "name": run.tool, "version": run.version, "semanticVersion": run.version,
            "rules": [self._rule(rule) for rule in _RULES],
        }  # fmt: skip
        head = f'{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"tool":{{"driver":'
        self._out.write(head + line(driver) + '},"columnKind":"unicodeCodePoints","results":[')

    def _rule(self, rule: str) -> Record:
        page = pages.page(rule, self._words.tag)
        name = "".join(part.title() for part in RULES[rule].split("-"))
        return {
            "id": rule, "name": name, "shortDescription": {"text": RULES[rule].replace("-", " ")},
            "fullDescription": {"text": pages.summary(page)}, "help": {"text": page, "markdown": page},
            "properties": {"tags": ["listing"]},
        }  # fmt: skip

    def add(self, result: Result) -> None:
        """Keep findings; gaps become notifications."""
        if isinstance(result, Gap):
            self._note(
                result, result.origin.file if result.origin else None, result.origin.row if result.origin else None
            )
        elif isinstance(result, Verdict):
            self._store.add(self._cards.of(result))
            for gap in result.gaps:
                self._note(gap, result.listing.origin.file, result.listing.origin.row)

    def _note(self, gap: Gap, file: str | None, row: int | None) -> None:
        self._gaps += 1
        if len(self._notes) < MOST_NOTES:
            text = f"{self._words.say('not-checked')}: {visible(translated(gap.detail, self._words))} [{gap.kind}]"
            out: Record = {"level": "error", "message": {"text": text}, "descriptor": {"id": gap.kind}}
            self._notes.append(
                out | ({"locations": [{"physicalLocation": _physical(address(file), row)}]} if file else {})
            )

    def end(self, summary: Summary) -> None:
        """The results, and what was not checked or left out."""
        for n, result in enumerate(self._results()):
            self._out.write(("\n" if n == 0 else ",\n") + line(result))
        left = max(0, self._store.count() - MOST_RESULTS)
        self._store.close()
        if left:
            text = self._words.say("left-out", shown=MOST_RESULTS, left=left)
            self._notes.append({"level": "warning", "message": {"text": text}})
        if (more := self._gaps - MOST_NOTES) > 0:
            self._notes.append({"level": "error", "message": {"text": self._words.say("gaps-more", n=more)}})
        invocation: Record = {"executionSuccessful": summary.complete}
        if self._notes:
            invocation["toolExecutionNotifications"] = self._notes
        counts = {"leftOut": left, "gaps": summary.gaps, "listings": summary.listings}
        counts |= {"notRechecked": summary.not_rechecked} if summary.not_rechecked else {}
        self._out.write('],"invocations":[' + line(invocation) + '],"properties":' + line(counts) + "}]}\n")

    def _results(self) -> Iterator[Record]:
        return (
            _result(card, self._words.word("values", card["severity"]), self._logical(card))
            for card in self._store.ranked(MOST_RESULTS)
        )

    def _logical(self, card: Card) -> list[Record]:
        field = field_name(card["places"][0], self._words) if card["places"] else ""
        name = visible(card["listing"])
        return [{"name": name, "fullyQualifiedName": f"{name}/{visible(field)}", "kind": "resource"}]


def _result(card: Card, severity: str, logical: list[Record]) -> Record:
    text = visible(" ".join([f"{card['listing']}:", card["message"], *card["advice"]]))
    out: Record = {
        "ruleId": card["rule"], "ruleIndex": _RULES.index(card["rule"]), "level": _LEVEL[card["severity"]],
        "message": {"text": text},
        "locations": [{"physicalLocation": _physical(card["uri"], card["row"]), "logicalLocations": logical}],
        "partialFingerprints": {"listingPreflight/v1": card["fingerprint"]},
        "properties": {
            "severity": card["severity"], "severityName": severity, "confidence": card["confidence"], "cause": card["cause"], "use": card["use"],
            "marketplace": visible(card["site"] or ""), "security-severity": _SCORE[card["severity"]],
        },
    }  # fmt: skip
    if card["suppressed"]:
        out["suppressions"] = [{"kind": "external", "status": "accepted", "justification": visible(card["suppressed"])}]
        out["baselineState"] = "unchanged"
    return out


def _physical(uri: str, row: int | None) -> Record:
    out: Record = {"artifactLocation": {"uri": uri}}
    return out | ({"region": {"startLine": row}} if row else {})
