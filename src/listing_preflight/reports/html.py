"""HTML: one file that loads nothing and is readable without JavaScript; filters, groups and keys where there is some."""

import base64
import hashlib
import importlib.resources
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from jinja2 import Environment, StrictUndefined

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap, Origin
from listing_preflight.model.rules import RULES
from listing_preflight.reports import pages
from listing_preflight.reports.cards import Card, Cards, field_name
from listing_preflight.reports.catalog import Catalog
from listing_preflight.reports.plain import visible
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.store import Store
from listing_preflight.reports.text import boxed, summary_lines, why_line
from listing_preflight.reports.translate import translated

MOST = 20_000
"""Findings on the page; a browser stays usable with them."""
_MOST_GAPS = 2_000
_MOST_PICTURES = 2_000
"""Pictures on the page: at about 12 KB each the file stays near 24 MB."""
_CHUNK = 200


@dataclass(slots=True)
class _Seen:
    """What the page counts while its findings go by."""

    listings: dict[tuple[str, str], list[tuple[int, Card]]] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)
    sites: Counter[str] = field(default_factory=Counter)
    pictures: int = 0


class Page:
    """Gathers findings and writes the page at the end."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._out, self._telling, self._words = out, telling, telling.words
        self._cards, self._store = Cards(telling.words), Store()
        self._gaps: list[tuple[str, str, str]] = []
        self._gap_count = 0
        self._seen = _Seen()
        self._run: RunInfo | None = None

    def begin(self, run: RunInfo) -> None:
        """Remember the lists."""
        self._run = run

    def add(self, result: Result) -> None:
        """Keep findings and gaps."""
        if isinstance(result, Gap):
            self._gap(result, result.origin, "")
        elif isinstance(result, Verdict):
            self._store.add(self._cards.of(result))
            for gap in result.gaps:
                self._gap(gap, result.listing.origin, result.listing.id)

    def _gap(self, gap: Gap, origin: Origin | None, who: str) -> None:
        self._gap_count += 1
        if len(self._gaps) < _MOST_GAPS:
            at = f"{origin.file}:{origin.row}" if origin and origin.row else origin.file if origin else ""
            self._gaps.append(
                (who, at, f"{translated(gap.detail, self._words)} [{self._words.word('gaps', gap.kind)}]")
            )

    def end(self, summary: Summary) -> None:
        """Write the page in pieces."""
        style, script = asset("page.css"), asset("page.js")
        count = self._store.count()
        stream = template(self._words).stream(
            words=self._words, say=self._words.say, lang=self._words.tag, style=style, script=script,
            style_digest=digest(style), script_digest=digest(script), run=self._run, summary=summary, verdict=self._verdict(summary),
            lines=summary_lines(summary, self._telling), coverage=coverage(summary), groups=self._groups, seen=self._seen, gaps=self._gaps,
            more_gaps=self._gap_count - len(self._gaps), rules=RULES, page=self._page, left=max(0, count - MOST), most=MOST, total=min(count, MOST),
        )  # fmt: skip
        stream.enable_buffering(_CHUNK)
        self._out.writelines(stream)
        self._store.close()

    def _page(self, rule: str) -> str:
        return pages.page(rule, self._words.tag)

    def _verdict(self, summary: Summary) -> str:
        done = summary.by_decision
        looked = "pass" if summary.listings > summary.not_rechecked else "nowhere"
        key = "block" if done["block"] else "review" if done["review"] else looked
        return self._words.say(f"verdict-{key}", block=done["block"], review=done["review"])

    def _groups(self) -> Iterator[tuple[str, str, Iterator[tuple[int, Card]]]]:
        """Subjects with their findings, each finding with its number; they come in one pass."""
        import itertools

        numbered = enumerate(self._store.by_subject(MOST), 1)
        for (key, name), cards in itertools.groupby(numbered, lambda one: (one[1]["subject_key"], one[1]["subject"])):
            yield key, name, map(self._noted, cards)

    def _noted(self, numbered: tuple[int, Card]) -> tuple[int, Card]:
        n, card = numbered
        self._seen.listings.setdefault((card["listing"], card["site"] or ""), []).append((n, card))
        self._seen.rules[card["rule"]] += 1
        self._seen.sites[card["site"] or self._words.say("no-marketplace")] += 1
        for place in card["places"]:
            place["shown"], place["beside"] = self._picture(place["crop"]), self._picture(place.get("known_crop"))
        return n, card

    def _picture(self, name: str | None) -> str | None:
        """A picture of the folder of crops as a data address; None where there is none, or no room for more."""
        folder = self._telling.crops
        if name is None or folder is None or self._seen.pictures >= _MOST_PICTURES:
            return None
        try:
            data = (folder / name).read_bytes()
        except OSError:
            return None
        self._seen.pictures += 1
        return f"data:image/webp;base64,{base64.b64encode(data).decode()}"


def coverage(summary: Summary) -> list[tuple[str, int, float, float]]:
    """Parts of the coverage bar: word, count, start and width in percent."""
    left = summary.not_rechecked
    checked = max(0, summary.listings - summary.by_decision["incomplete"] - left)
    parts = [("checked", checked), *([("left", left)] if left else []), ("not-checked", summary.gaps)]
    total = sum(n for _, n in parts) or 1
    out, at = [], 0.0
    for word, n in parts:
        width = 100 * n / total
        out.append((word, n, round(at, 2), round(width, 2)))
        at += width
    return out


def asset(name: str) -> str:
    """A file of data/, as it goes into the page."""
    return importlib.resources.files(__package__).joinpath("data", name).read_text("utf-8")


def digest(text: str) -> str:
    """The digest by which the page's policy admits a style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def template(words: Catalog) -> Any:
    """The page; everything in it is escaped, and seller text loses its controls."""
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["v"] = lambda text: visible(str(text))
    made.filters["field"] = lambda place: field_name(place, words)
    made.filters["boxed"] = lambda place: boxed({**place, "crop": None}, words)
    made.filters["why"] = why_line
    made.filters["rule"] = lambda rule: words.find("rules", rule) or RULES[rule]
    return made.from_string(asset("page.html.j2"))
