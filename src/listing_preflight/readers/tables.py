"""Formats whose listings are rows: one engine, to which a format tells its layout."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from listing_preflight.errors import UnreadableError
from listing_preflight.model.listing import Gap, Listing, Note, Origin
from listing_preflight.readers import look as looks
from listing_preflight.readers.columns import Column, Layout, mapped, shown
from listing_preflight.readers.draft import IGNORE, UNREAD, Draft, clean, nothing_in, row_gaps
from listing_preflight.readers.look import Look
from listing_preflight.readers.notes import Unread, nameless
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.rows import Head, Row, Sheet, holds_words
from listing_preflight.readers.source import Source

Item = Listing | Gap | Note
WAITING = 2_000
"""Products that wait for variations further down in the file; what comes later is a listing of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How one column is read, for people: its header, its reading, a sample of what was not read."""

    header: str
    reading: str
    sample: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """A format by its layout: what the first rows of a sheet say, or None where they are not of this format.

    `short_rows`: cells that are missing at the end are blank, as the format writes them. `other_sheets`: sheets beside those
    with listings are part of the format and hold none.
    """

    name: str
    title: str
    layout: Callable[[Head], Layout | None]
    short_rows: bool = False
    other_sheets: bool = False

    def recognises(self, seen: Look) -> str | None:
        """Why the content is of this format, or None."""
        found = (self.layout(head) for head in seen.sheets)
        return next((layout.reason for layout in found if layout), None)

    def columns(self, seen: Look, options: ReadOptions) -> list[Shown]:
        """Every column with the field that it fills and, where it is not read, what it holds."""
        out = []
        for head in seen.sheets:
            layout = self.layout(head)
            if layout:
                where = f"{head.name}: " if head.name and len(seen.sheets) > 1 else ""
                columns = mapped(layout.columns, options, "this file")
                out += [_shown(column, at, head, layout, where) for at, column in enumerate(columns)]
        return out

    def headers(self, seen: Look) -> dict[str | None, list[str]]:
        """The header of every sheet with listings."""
        found = ((head.name, self.layout(head)) for head in seen.sheets)
        return {name: [c.header for c in layout.columns] for name, layout in found if layout}

    def read(self, source: Source, seen: Look, options: ReadOptions) -> Iterator[Item]:
        """Listings and gaps in the order of the file, and notes on what was not read."""
        heads = {head.name: head for head in seen.sheets}
        for sheet in looks.sheets(source, seen.carrier, options):
            head = heads.get(sheet.name)
            layout = self.layout(head) if head else None
            if layout:
                yield from _Reading(self, layout, source, sheet, options).items()
            elif head and head.rows and not self.other_sheets and _words(head):
                detail = "a sheet with text in which no listings were found; it was not read"
                yield Note(origin=Origin(file=source.shown, sheet=sheet.name), detail=detail)


def _words(head: Head) -> bool:
    return any(holds_words(cell) for row in head.rows for cell in row.cells)


def _shown(column: Column, at: int, head: Head, layout: Layout, where: str) -> Shown:
    sample = ""
    if column.target == UNREAD:
        cells = (row.cells[at] for row in head.rows if row.number >= layout.first and at < len(row.cells))
        sample = next((c.strip()[:60] for c in cells if c.strip()), "")
    return Shown(header=where + column.header, reading=shown(column.target), sample=sample)


class _Reading:
    """One sheet on its way from rows to listings."""

    def __init__(self, form: TableFormat, layout: Layout, source: Source, sheet: Sheet, options: ReadOptions) -> None:
        columns = mapped(layout.columns, options, source.shown)
        self._form, self._layout, self._source, self._sheet = form, layout, source, sheet
        self._roots = (source.folder, *options.image_roots)
        self._assumed = layout.marketplace or (None if options.marketplace_told else layout.assumed)
        self._width = len(columns)
        self._header = [c.header for c in columns]
        self._first = columns[0].header if columns else ""
        self._read = [(at, c) for at, c in enumerate(columns) if c.target not in (IGNORE, UNREAD)]
        simple = all(c.parts is None and c.named_by is None for _, c in self._read)
        self._plain = [(at, c.target, c.header, c.label) for at, c in self._read] if simple else []
        retitled = layout.inner_title != "title"
        self._inner = [(at, _retitled(c, layout.inner_title) if retitled else c) for at, c in self._read]
        self._last = max((at for at, c in self._read if c.target in _NEEDED), default=-1)
        unread = {at: c.header or nameless(at) for at, c in enumerate(columns) if c.target == UNREAD}
        self._unread = Unread(unread)
        self._waiting: OrderedDict[str, Draft] = OrderedDict()
        self._numbers: dict[str, str] = {}
        self._key: str | None = None
        self._labels: dict[int, str] = {}

    def items(self) -> Iterator[Item]:
        """Everything that the sheet holds."""
        draft: Draft | None = None
        for row in self._sheet.rows:
            if row.number < self._layout.first or self._is_blank(row):
                continue
            self._unread.see(row.cells)
            if self._sheet.name is not None and len(row.cells) > self._width:
                self._unread.beyond(row.cells, self._width)  # a workbook's row may go on; a CSV's is ragged, and a gap
            into = self._product(row, draft)
            inner = into is not None
            if into is None:
                if draft is not None:
                    yield from self._done(draft)
                draft = into = self._new(row)
            self._add(into, row, inner=inner)
        if draft is not None:
            yield from self._done(draft)
        for waiting in self._waiting.values():
            yield self._finished(waiting)
        yield from self._unread_words()

    def _unread_words(self) -> Iterator[Item]:
        """The note on columns that were not read, and a gap where no column that was holds what a listing is about."""
        for note in self._unread.notes(self._source.shown, self._sheet.name):
            yield note
            if not any(column.target in _MAIN for _, column in self._read):
                yield Gap(kind="unsupported", detail=_NO_TEXT, origin=note.origin)

    def _is_blank(self, row: Row) -> bool:
        """Whether a row is empty, a note, or the header again."""
        cells = row.cells
        if not any(cells) or "".join(cells).isspace():
            return True
        if cells[0] == self._first and [c.strip() for c in cells[: self._width]] == self._header:
            return True
        return self._layout.skip is not None and self._layout.skip(cells)

    def _product(self, row: Row, draft: Draft | None) -> Draft | None:
        """The product that a row belongs to, where that has begun."""
        layout, cells = self._layout, row.cells
        if layout.parent is not None:
            parent = layout.parent(cells)
            if parent is not None:
                known = draft if draft is not None and parent in (draft.id, draft.number) else None
                return known or self._waiting.get(parent) or self._waiting.get(self._numbers.get(parent, ""))
        if layout.joins is not None and draft is not None and layout.joins(cells):
            return draft
        if layout.key is not None:
            key = cells[layout.key].strip() if layout.key < len(cells) else ""
            same = draft is not None and key != "" and key == self._key
            self._key = key
            return draft if same else None
        return None

    def _new(self, row: Row) -> Draft:
        self._labels.clear()
        return Draft(Origin(file=self._source.shown, row=row.number, sheet=self._sheet.name), self._roots)

    def _add(self, draft: Draft, row: Row, *, inner: bool) -> None:
        faults = self._faults(row)
        if faults:
            origin = Origin(file=self._source.shown, row=row.number, sheet=self._sheet.name)
            draft.gaps += row_gaps(origin, faults)
        cells, width = row.cells, len(row.cells)
        nul = "nul" in row.faults
        if nul:
            cells = [clean(c) for c in cells]
        number, plain = row.number, self._plain
        if plain and not inner:
            draft.fill([
                (target, cells[at], header, number, label) for at, target, header, label in plain if at < width
            ])  # fmt: skip
            return
        for at, column in self._inner if inner else self._read:
            if at < width and (value := cells[at]):
                if column.parts is None and column.named_by is None:
                    draft.fill(((column.target, value, column.header, number, column.label),))
                else:
                    self._special(draft, column, value, row)

    def _special(self, draft: Draft, column: Column, value: str, row: Row) -> None:
        """A cell that is taken apart, or that another cell names."""
        if column.parts is not None:
            for part in column.parts(value):
                draft.fill(((part.target, part.value, column.header, row.number, part.name),))
            return
        label = self._label(column.named_by, row) if column.named_by is not None else ""
        draft.fill(((column.target, value, column.header, row.number, label or column.label),))

    def _label(self, at: int, row: Row) -> str:
        """The name that a cell of the row gives an attribute, or the one that an earlier row of the product gave it."""
        named = row.cells[at].strip() if at < len(row.cells) else ""
        if named:
            self._labels[at] = named
        return self._labels.get(at, "")

    def _faults(self, row: Row) -> Sequence[str]:
        cells = row.cells
        if len(cells) == self._width:
            return row.faults
        if len(cells) > self._width:
            extra = any(c and not c.isspace() for c in cells[self._width :])
            return (*row.faults, "more") if extra and self._sheet.name is None else row.faults
        short = len(cells) <= self._last and not self._form.short_rows and self._sheet.name is None
        return (*row.faults, "fewer") if short else row.faults

    def _done(self, draft: Draft) -> Iterator[Item]:
        """A product that is whole, or one that waits for its variations."""
        if self._layout.parent is None:
            yield self._finished(draft)
            return
        key = draft.id or draft.number or f"#{draft.origin.row}"
        if key in self._waiting:
            yield self._finished(self._waiting.pop(key))
        self._waiting[key] = draft
        self._numbers[draft.number] = key
        if len(self._waiting) > WAITING:
            oldest = self._waiting.popitem(last=False)[1]
            self._numbers.pop(oldest.number, None)
            yield self._finished(oldest)

    def _finished(self, draft: Draft) -> Item:
        listing = draft.finish(self._assumed)
        return listing if listing is not None else nothing_in("no text and no picture in this row", draft)


def _retitled(column: Column, target: str) -> Column:
    return column._replace(target=target, label=column.header) if column.target == "title" else column


_MAIN = frozenset({"title", "bullets", "description", "brand", "manufacturer", "search_terms", "image"})
_NEEDED = _MAIN - {"image"} | {"id"}
_NO_TEXT = (
    "no column with a title, a description or pictures can be told, and columns with text were not read. "
    "Say which is what with --mapping"
)


def unreadable(seen: Look) -> UnreadableError:
    """What is said of a table whose columns nobody can tell."""
    header = next((head.rows[0].cells for head in seen.sheets if head.rows), [])
    named = ", ".join(repr(h.strip()[:40]) for h in header[:12] if h.strip())
    return UnreadableError(f"no column of this table can be told ({named})", remedy="Say which is what with --mapping")
