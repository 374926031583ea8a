"""Markdown for a pull request: the verdict, the causes worst first, and what was not checked, under 65,000 characters."""

import re
from typing import IO

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap, Origin
from listing_preflight.reports.cards import Card, Cards, field_name
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.store import Group, Store
from listing_preflight.reports.text import summary_lines, why_line
from listing_preflight.reports.translate import translated

MOST = 64_000
"""Characters; GitHub refuses a comment of more than 65,536."""
_LONGEST_CELL = 300
_BLANKS = re.compile(r"\s+")
_MOST_GAPS = 20
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&]|:(?=//)|(?<=www)\.)", re.IGNORECASE)


class Markdown:
    """Gathers by cause and writes as many as fit."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._out, self._telling, self._words = out, telling, telling.words
        self._cards, self._store = Cards(telling.words), Store()
        self._gaps: list[str] = []
        self._gap_count = 0

    def begin(self, run: RunInfo) -> None:
        """Nothing stands before the verdict."""

    def add(self, result: Result) -> None:
        """Keep findings and gaps."""
        if isinstance(result, Gap):
            self._gap(result, result.origin, "")
        elif isinstance(result, Verdict):
            self._store.add([c for c in self._cards.of(result) if not c["suppressed"]])
            for gap in result.gaps:
                self._gap(gap, result.listing.origin, f"{result.listing.id}, ")

    def _gap(self, gap: Gap, origin: Origin | None, who: str) -> None:
        self._gap_count += 1
        if len(self._gaps) < _MOST_GAPS:
            at = f"{origin.file}:{origin.row}" if origin and origin.row else origin.file if origin else ""
            told = f"{who}{at}: {translated(gap.detail, self._words)} [{self._words.word('gaps', gap.kind)}]"
            self._gaps.append(f"* {plain(told)}\n")

    def end(self, summary: Summary) -> None:
        """The page, cut at a whole row."""
        tail = self._not_checked()
        parts = [f"## {plain(self._words.say('title'))}\n\n"]
        parts += [
            f"**{plain(told)}**\n\n" if style == "bold" else f"{plain(told)}\n\n"
            for told, style in summary_lines(summary, self._telling)
        ]
        room = MOST - sum(map(len, parts)) - len(tail) - 400
        rows, left = self._rows(room)
        if rows:
            columns = [self._words.say(f"column-{c}") for c in ("severity", "finding", "where", "why", "do")]
            parts.append(f"| {' | '.join(map(plain, columns))} |\n|---|---|---|---|---|\n")
            parts += rows
        if left:
            parts.append(f"\n{plain(self._words.say('left-out', shown=len(rows), left=left))}\n")
        self._store.close()
        self._out.write("".join([*parts, tail]))

    def _rows(self, room: int) -> tuple[list[str], int]:
        """As many rows as there is room for, and how many causes are left."""
        rows: list[str] = []
        left = 0
        for group in self._store.groups():
            row = self._row(group)
            if left or (room := room - len(row)) < 0:
                left += 1
            else:
                rows.append(row)
        return rows, left

    def _row(self, group: Group) -> str:
        card = group.first
        more = f" {self._words.say('listings-more', n=group.findings - 1)}" if group.findings > 1 else ""
        cells = [
            plain(self._words.word("values", card["severity"])), f"{plain(card['subject'])}: {plain(card['what'])} {plain(card['rule'])}",
            self._place(card) + plain(more), plain(why_line(card)), plain(" ".join(card["advice"])),
        ]  # fmt: skip
        return f"| {' | '.join(cells)} |\n"

    def _place(self, card: Card) -> str:
        head = f"**{plain(card['listing'])}** "
        if not card["places"]:
            return head
        place = card["places"][0]
        seen = f"**{plain(place['text'])}**" if place["text"] else plain(place["path"] or "")
        return f"{head}{plain(field_name(place, self._words))}: {plain(place['before'])}{seen}{plain(place['after'])}"

    def _not_checked(self) -> str:
        if not self._gaps:
            return ""
        more = self._gap_count - len(self._gaps)
        last = f"* {plain(self._words.say('gaps-more', n=more))}\n" if more else ""
        return f"\n### {plain(self._words.say('not-checked'))}\n\n{''.join(self._gaps)}{last}"


def plain(text: str) -> str:
    """Text that Markdown takes as text: no link, no mention, no HTML, no new row."""
    shown = visible(_BLANKS.sub(" ", text))
    cut = shown if len(shown) <= _LONGEST_CELL else shown[: _LONGEST_CELL - 1] + "…"
    return _SPECIAL.sub(r"\\\1", cut).replace("@", "@<!-- -->")
