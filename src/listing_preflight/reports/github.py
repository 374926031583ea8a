"""Annotations for GitHub Actions: one workflow command a finding; nothing that a seller wrote can forge one."""

from typing import IO

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap
from listing_preflight.reports.cards import Card, Cards
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.store import Store
from listing_preflight.reports.text import summary_lines
from listing_preflight.reports.translate import translated

MOST = 50
"""GitHub shows 10 errors and 10 warnings a step; some more are of use in the log."""
_LEVEL = {"high": "error", "medium": "warning", "low": "notice"}


class Annotations:
    """Worst findings first, since GitHub shows the first ones."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._out, self._telling, self._words = out, telling, telling.words
        self._cards, self._store = Cards(telling.words), Store()
        self._gaps: list[str] = []

    def begin(self, run: RunInfo) -> None:
        """Nothing stands before them."""

    def add(self, result: Result) -> None:
        """Keep findings and gaps."""
        if isinstance(result, Verdict):
            self._store.add([c for c in self._cards.of(result) if not c["suppressed"]])
            for gap in result.gaps:
                self._gap(gap, result.listing.origin.file, result.listing.origin.row, f"{result.listing.id}: ")
        elif isinstance(result, Gap):
            origin = result.origin
            self._gap(result, origin.file if origin else "", origin.row if origin else None, "")

    def _gap(self, gap: Gap, file: str, row: int | None, who: str) -> None:
        if len(self._gaps) < MOST:
            title = f"{self._words.say('not-checked')}: {self._words.word('gaps', gap.kind)}"
            self._gaps.append(command("error", title, file, row, who + translated(gap.detail, self._words)))

    def end(self, summary: Summary) -> None:
        """The commands, and the counts as a notice."""
        for card in self._store.ranked(MOST):
            self._out.write(_annotation(card))
        self._out.writelines(self._gaps)
        lines = [told for told, _ in summary_lines(summary, self._telling)]
        if (left := self._store.count() - MOST) > 0:
            lines.append(self._words.say("left-out", shown=MOST, left=left))
        self._store.close()
        self._out.write(command("notice", "listing-preflight", "", None, "\n".join(lines)))


def _annotation(card: Card) -> str:
    title = f"{card['rule']} {card['severity']}: {card['subject']}"
    text = "\n".join([f"{card['listing']}: {card['message']}", *card["advice"]])
    return command(_LEVEL[card["severity"]], title, card["file"], card["row"], text)


def command(level: str, title: str, file: str, row: int | None, text: str) -> str:
    """One workflow command on one line; text that people read has its own line breaks and no others."""
    where = [f"file={_property(file)}"] if file else []
    where += [f"line={row}"] if file and row else []
    told = "\n".join(map(visible, text.split("\n"))) if text else ""
    return f"::{level} {','.join([*where, f'title={_property(title)}'])}::{_data(told)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
