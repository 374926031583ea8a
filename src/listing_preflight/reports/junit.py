"""JUnit XML: a test case is a listing; a finding to act on fails it, what was not checked is an error, accepted is skipped."""

import tempfile
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap, Origin
from listing_preflight.reports.cards import Card, Cards
from listing_preflight.reports.catalog import Catalog
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.translate import translated

_IN_MEMORY = 8_000_000
"""Characters of test cases kept before they go to a temporary file: the counts stand before them."""


class JUnit:
    """Writes the test cases aside, since their counts come first."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._out, self._words, self._cards = out, telling.words, Cards(telling.words)
        self._body = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n")  # noqa: SIM115
        self._tool = ""
        self._tests = self._failures = self._errors = self._skipped = 0

    def begin(self, run: RunInfo) -> None:
        """Remember the tool's name."""
        self._tool = run.tool

    def add(self, result: Result) -> None:
        """One test case."""
        if isinstance(result, Gap):
            name = _attribute(_where(result.origin) or self._words.say("not-checked"))
            self._case(f"name={name} classname={_attribute(result.kind)}", [_error(result, self._words)], [])
        elif isinstance(result, Verdict):
            self._listing(result)

    def _listing(self, verdict: Verdict) -> None:
        cards = self._cards.of(verdict)
        parts = [_error(gap, self._words) for gap in verdict.gaps]
        open_ones = [c for c in cards if not c["suppressed"]]
        parts += [_failure(c) for c in open_ones if c["severity"] != "low"]
        accepted = [c for c in cards if c["suppressed"]]
        if accepted and not parts:
            parts.append(
                f"<skipped message={_attribute(self._words.say('suppressed', why=accepted[0]['suppressed']))}/>"
            )
        if verdict.decision == "not-rechecked":
            parts.append(f"<skipped message={_attribute(self._words.word('values', verdict.decision))}/>")
        notes = [f"{c['severity']} {c['rule']}: {c['message']}" for c in open_ones if c["severity"] == "low"]
        origin = verdict.listing.origin
        line = f" line={_attribute(str(origin.row))}" if origin.row else ""
        self._case(
            f"name={_attribute(verdict.listing.id)} classname={_attribute(verdict.marketplace or self._words.say('no-marketplace'))}"
            f" file={_attribute(origin.file)}{line}", parts, notes,
        )  # fmt: skip

    def _case(self, attributes: str, parts: list[str], notes: list[str]) -> None:
        self._tests += 1
        self._failures += any(p.startswith("<failure") for p in parts)
        self._errors += any(p.startswith("<error") for p in parts)
        self._skipped += any(p.startswith("<skipped") for p in parts)
        said = f"<system-out>{_text(chr(10).join(map(visible, notes)))}</system-out>" if notes else ""
        self._body.write(f"<testcase {attributes}>{''.join(parts)}{said}</testcase>\n")

    def end(self, summary: Summary) -> None:
        """The counts, then the cases."""
        counts = f'tests="{self._tests}" failures="{self._failures}" errors="{self._errors}"'
        self._out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>\n')
        self._out.write(f'<testsuite name={_attribute(self._tool)} {counts} skipped="{self._skipped}">\n')
        complete = "true" if summary.complete else "false"
        self._out.write(f'<properties><property name="complete" value="{complete}"/></properties>\n')
        self._body.seek(0)
        while chunk := self._body.read(1 << 20):
            self._out.write(chunk)
        self._body.close()
        self._out.write("</testsuite>\n</testsuites>\n")


def _failure(card: Card) -> str:
    body = "\n".join(visible(one) for one in [card["message"], *card["advice"], f"fingerprint {card['fingerprint']}"])
    head = f"{card['severity']} {card['rule']}: {card['message']}"
    return f"<failure type={_attribute(card['severity'])} message={_attribute(head)}>{_text(body)}</failure>"


def _error(gap: Gap, words: Catalog) -> str:
    return f"<error type={_attribute(gap.kind)} message={_attribute(translated(gap.detail, words))}/>"


def _where(origin: Origin | None) -> str:
    return "" if origin is None else origin.file + (f":{origin.row}" if origin.row else "")


def _attribute(text: str) -> str:
    return quoteattr(_valid(visible(text)))


def _text(text: str) -> str:
    return escape(_valid(text))


def _valid(text: str) -> str:
    """Without the two characters that no escape makes valid in XML."""
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
