"""The visible text of a page or HTML mail: tables keep their rows, links show where they lead; nothing in it runs or is fetched."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

_BLOCKS = frozenset(
    "title p div br tr li ul ol table dl dt dd h1 h2 h3 h4 h5 h6 section article header footer blockquote hr".split()
)
_HIDDEN = frozenset("style script template noscript".split())
_VOID = frozenset({"br", "hr"})
_BREAK = "\n\x00"
"""A line break inside a cell, until its row ends."""
_ID = re.compile(r"(?=[^0-9]*[0-9])[\w./:-]+")
_COLUMNS = 3
"""Cells of a row that is of a table of several columns."""


class Link(NamedTuple):
    """Where a link leads and what it shows."""

    target: str
    shown: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.links: list[Link] = []
        self._hidden = 0
        self._target: str | None = None
        self._from = 0
        self._row, self._cells = 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in ("td", "th"):
            self.out.append("\t")
            self._cells += 1
        elif tag in _BLOCKS:
            self.out.append(_BREAK if tag == "br" and self._cells else "\n")
            if tag in ("tr", "table"):
                self._row, self._cells = len(self.out), 0
        elif tag == "a":
            self._target, self._from = told.get("href"), len(self.out)
        elif tag == "img" and told.get("alt") and not self._hidden:
            self.out.append(f" {told['alt']} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "a" and self._target:
            self._close_link(self._target)
        elif tag in _BLOCKS and tag not in _VOID:
            if tag == "tr":
                self._close_row()
            self.out.append("\n")

    def _close_row(self) -> None:
        """A break behind an id parts no lines in a row of several cells: what follows is of the same cell, a title or a further id."""
        at, all_ids = self._row, True
        for n in range(self._row, len(self.out)):
            if self.out[n] == "\t":
                at, all_ids = n + 1, True
            elif self.out[n] == _BREAK and self._cells >= _COLUMNS and all_ids:
                all_ids = _are_ids("".join(self.out[at:n]))
                at, self.out[n] = n + 1, ", " if all_ids else _BREAK
        self._row, self._cells = len(self.out), 0

    def _close_link(self, target: str) -> None:
        shown = "".join(self.out[self._from :]).strip()
        self.links.append(Link(target, shown))
        plain = target.removeprefix("mailto:").partition("?")[0] if target.startswith("mailto:") else target
        if plain and plain not in shown:
            self.out.append(f" <{plain}>")
        self._target = None

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.out.append(re.sub(r"[ \t\r\n\x00]+", " ", data))


def _are_ids(some: str) -> bool:
    """Whether some words are ids and nothing else."""
    tokens = [t for t in re.split(r", |\s", some) if t]
    return bool(tokens) and all(_ID.fullmatch(t) for t in tokens)


def read_html(markup: str) -> tuple[str, tuple[Link, ...]]:
    """Text and links of a page; a row of a table is one line, its cells are parted by tabs."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    text = re.sub(r"\n[ \n]*\t", "\n\t", "".join(reader.out).replace("\x00", ""))
    lines = ("\t".join(cell.strip() for cell in line.strip("\t ").split("\t")) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n", tuple(reader.links)
