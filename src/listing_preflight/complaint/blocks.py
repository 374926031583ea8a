"""Labels and their values: lines "label: value", rows and columns of tables, a label with its value on the next line."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from listing_preflight.complaint.folded import Folded
from listing_preflight.complaint.label_words import fields_by_words
from listing_preflight.complaint.labels import fields_of, known_fields, label_key, labels

LONGEST_LABEL = 60
COMPANY_END = r"(?:(?<!\w)(?:Inc|LLC|Ltd|Ltda|Limited|GmbH|AG|KG|S\.?A|S\.?L|S\.?r\.?l|S\.?p\.?A|SARL|SAS|B\.?V|N\.?V|AB|A/S|ApS|Oy|z o\.?o|s\.r\.o|a\.s|A\.Ş|Şti|C\.V|Lda|Corp|Co)|公司|会社)\.?$"
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"[ \t>]*(?:[-*•·・–—■●◆▪□○]{1,3}[ \t]*|\(?(?:[0-9一二三四五六七八九十]{1,2}|[a-z])[.)、][ \t]*)?")
_COLON = re.compile(r"[:：](?!//)|\.{2,}(?=[ ])")
"""What parts a label from its value: a colon, or a row of dots."""


class Pair(NamedTuple):
    """A label's fields and the place of its value in the folded text."""

    fields: frozenset[str]
    label: str
    start: int
    end: int


def pairs(folded: Folded) -> list[Pair]:
    """All labelled values of a text, in its order."""
    lines = [m.span() for m in _LINE.finditer(folded.text) if m.group().strip()]
    out: list[Pair] = []
    columns: list[frozenset[str]] = []
    table: list[frozenset[str]] = []
    skip = False
    for n, (start, end) in enumerate(lines):
        line = folded.text[start:end]
        cells = _cells(line, start)
        if skip:
            skip = False
            if not _label_of(line):
                continue
        parts = cells if len(cells) > 1 else _columns(line, start)
        if line.count(" | ") > 1 or (len(parts) < _FEWEST_HEADS and " | " in line):
            parts = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^|\s](?:[^|]*[^|\s])?", line)]
        told = [folded.text[a:b] for a, b in parts]
        heads = [] if _goes_on(out, lines, n, parts) else _heads(told)
        if heads := heads or (n + 1 < len(lines) and _id_heads(told, folded.text[slice(*lines[n + 1])])) or []:
            columns = table = heads
            continue
        if columns and len(parts) == len(columns):
            out += [Pair(f, "", a, b) for f, (a, b) in zip(columns, parts, strict=True)]
            continue
        if ids := _ids_of_row(folded.text, table, parts):
            out += ids
            continue
        if columns and _RULE.fullmatch(line):
            continue
        columns = []
        found = list(_of_line(folded.text, start, end, cells))
        if not found and n + 1 < len(lines) and (first := _first_listed(folded.text, line, *lines[n + 1])):
            found = [first]
        if (
            not found
            and n + 1 < len(lines)
            and (bare := _label_of(line) or _asked(line, folded.text[slice(*lines[n + 1])]))
        ):
            after = lines[n + 1]
            if not _label_of(folded.text[slice(*after)]) and not list(
                _of_line(folded.text, *after, _cells(folded.text[slice(*after)], after[0]))
            ):
                found = [Pair(bare, line.strip(), *after)]
                skip = True
        out += found
    return out


def _goes_on(out: list[Pair], lines: list[tuple[int, int]], n: int, parts: list[tuple[int, int]]) -> bool:
    """Whether a line of two cells goes on with a list of labels and values: the value of the line above it begins at the same place."""
    if len(parts) != _FEWEST_HEADS or not n or not out or not out[-1].label:
        return False
    above, last = lines[n - 1], out[-1]
    return above[0] <= last.start < above[1] and last.start - above[0] == parts[1][0] - lines[n][0]


_FIRST_OF_LIST = re.compile(r"[ \t>]*(?:\(?[1a][.)][ \t]*|[-–•·*][ \t]+)(?=\S)")
_NAME_END = re.compile(rf"\s?[(（;]|,\s(?!{COMPANY_END})")


def _first_listed(text: str, line: str, start: int, end: int) -> Pair | None:
    """The first name of a list below a heading that says whose names they are: "Rights owners:", "1) X Ltd, trade mark …"."""
    if not line.rstrip().endswith((":", "：")) or not (lead := _FIRST_OF_LIST.match(text, start, end)):
        return None
    fields = fields_by_words(line.strip().rstrip(":："))
    stop = _NAME_END.search(text, lead.end(), end)
    return Pair(fields, line.strip(), lead.end(), stop.start() if stop else end) if fields & {"complainant"} else None


_ID_CELL = re.compile(r"\W*(?=[^\s]*[0-9])[\w./:-]{5,40}\W*")
_OF_IDS = frozenset({"listing", "complaint_id"})


def _ids_of_row(text: str, table: list[frozenset[str]], parts: list[tuple[int, int]]) -> list[Pair]:
    """The ids that a row with fewer cells than a table above it has heads begins with, where its first column is of ids."""
    if not table or not table[0] & _OF_IDS or not 1 < len(parts) <= len(table):
        return []
    row = [Pair(f, "", a, b) for f, (a, b) in zip(table, parts, strict=False)]
    led = [*itertools.takewhile(lambda p: p.fields & _OF_IDS and _ID_CELL.fullmatch(text[p.start : p.end]), row)]
    return led if len(led) == sum(bool(f & _OF_IDS) for f in table[: len(parts)]) else []


def _id_heads(cells: list[str], after: str) -> list[frozenset[str]]:
    """The fields of a row of heads of which only one is known, a number of listings, where the row below has an id there."""
    known = [labels().get(label_key(c)) or frozenset() for c in cells]
    found = [n for n, k in enumerate(known) if "listing" in k]
    short = all(map(_is_head, cells))
    if len(cells) < _FEWEST_HEADS or len(found) != 1 or not short or re.search(r"[.!?]\s*$", cells[-1]):
        return []
    rest = re.split(r"\t|\s*\|\s*" if "|" in after or "\t" in after else r"[ ]{2,}", after.strip(" |"))
    if len(rest) != len(cells) or not _ID_CELL.fullmatch(rest[found[0]]):
        return []
    return [k if n == found[0] else frozenset() for n, k in enumerate(known)]


_BARE_NUMBER = r"numero|number|nummer|numéro|número|numer|numara|номер|číslo|szám|număr|broj|številka|numeris|numurs|番号|编号|編號|번호|หมายเลข|mã số|nomor|ids?"
_NUMBERED_HEAD = rf"{_BARE_NUMBER}|sku|barkod|barcode|code|kod|código|codice|cod|réf\w*|asin|fsn|url|link|lien|コード|コ-ド|编码|코드"
"""What says of a head that names goods that their number stands below it."""
_FEWEST_HEADS, _LONGEST_HEAD = 2, 30


def _is_head(cell: str) -> bool:
    return len(cell.strip()) <= _LONGEST_HEAD and not re.search(r"[0-9@:]", cell)


def _heads(cells: list[str]) -> list[frozenset[str]]:
    """The fields of a row of column heads: all known labels, or of three and more at least two beside short words without figures."""
    known = [labels().get(label_key(c)) or frozenset() for c in cells]
    if len(cells) >= _FEWEST_HEADS and any(known) and all(_is_head(c) for c in cells):
        known = [k or fields_by_words(c) for k, c in zip(known, cells, strict=True)]
    items = [
        bool(k & {"listing", "title"}) and not re.search(_NUMBERED_HEAD, c, re.IGNORECASE)
        for k, c in zip(known, cells, strict=True)
    ]
    if any(items) and not any("listing" in k for k, item in zip(known, items, strict=True) if not item):
        known = [  # a bare "number" beside the goods is theirs
            frozenset({"listing"}) if re.fullmatch(rf"\W*(?:{_BARE_NUMBER})\W*", c, re.IGNORECASE)
            else k for k, c in zip(known, cells, strict=True)
        ]  # fmt: skip
        if any("listing" in k for k, item in zip(known, items, strict=True) if not item):
            known = [frozenset({"title"}) if item else k for k, item in zip(known, items, strict=True)]
    first = next((n for n, k in enumerate(known) if "listing" in k), len(known))
    known = [k if n <= first or "listing" not in k else frozenset({"variant"}) for n, k in enumerate(known)]
    told = sum(bool(k) for k in known)
    if len(cells) < _FEWEST_HEADS or told < _FEWEST_HEADS:
        return []
    short = all(map(_is_head, cells))
    return known if told == len(cells) or (short and len(cells) > _FEWEST_HEADS) else []


def _cells(line: str, start: int) -> list[tuple[int, int]]:
    """The cells of a line that tabs part, or of a table's row between bars: "| Owner | X Ltd |"."""
    out, at = [], start
    for cell in re.split(r"[\t|]" if _BARRED.fullmatch(line) else r"\t", line):
        if cell.strip():
            out.append((at, at + len(cell)))
        at += len(cell) + 1
    return out


_BARRED = re.compile(r"[ \t]*\|[^\n|]*\|[^\n]*\|[ \t]*")
"""A row that begins and ends with a bar."""
_RULE = re.compile(r"[\s=_+|–—-]+")
"""A line of strokes under the heads of a table."""


def _columns(line: str, start: int) -> list[tuple[int, int]]:
    """The cells of a printed table, which two blanks and more part."""
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+(?:[ ]\S+)*", line)]


def _label_of(line: str) -> frozenset[str] | None:
    """The fields of a line that is a label and nothing else."""
    words = line.strip().rstrip(":： \t#")
    if re.match(r"[a-zà-ÿа-яё].*[.!?]$", words):
        return None  # the end of a sentence that was broken
    if not words or len(words) > LONGEST_LABEL:
        return None
    return known_fields(_BULLET.sub("", words, count=1))


def _asked(line: str, after: str) -> frozenset[str] | None:
    """The field of a heading in plain words with a company alone below it: "Quem denunciou", "Who reported this?"."""
    told = line.strip().rstrip("?？")
    if re.search(r"[.!,:：;]", told) or len(told.split()) > 5 or not re.search(COMPANY_END, after.strip()):
        return None
    fields = fields_by_words(told)
    return fields if fields & {"complainant", "agent"} else None


def _of_line(text: str, start: int, end: int, cells: list[tuple[int, int]]) -> Iterator[Pair]:
    if len(cells) == 2 and (fields := fields_of(text[slice(*cells[0])])):
        yield Pair(fields, text[slice(*cells[0])].strip(), *cells[1])
        return
    if "|" in text[start:end] and text[start:end].count("|") >= 2:
        yield from _piped(text, start, end)
        return
    if aligned := _aligned(text, start, end):
        yield aligned
        return
    at = start
    for colon in _COLON.finditer(text, start, end):
        if colon.start() < at:
            continue
        label = _before(text, at, colon.start())
        if label is None:
            continue
        stop = _end(text, colon.end(), end)
        stop = _bracket_end(text, start, colon.start(), stop)
        if text[colon.end() : stop].strip():
            yield Pair(fields_of(label) or frozenset(), label, colon.end(), stop)
            at = stop


_ALIGNED = re.compile(r"(?P<label>[^\s:：|][^\n:：|]{0,58}?)(?:[ ]{2,}+|\t)[ \t]*+(?:[:：][ \t]*+)?(?=\S)")


_EASTERN = re.compile(
    r"(?P<label>[\u3040-\u30ff\u3400-\u9fff]{2,10}(?:ID)?)[ ](?=[^ \n\u3040-\u30ff]*[0-9A-Za-z@\u3400-\u9fff])"
)
"""A label of a script without blanks that one blank parts from its value."""


def _aligned(text: str, start: int, end: int) -> Pair | None:
    """A label that blanks alone part from its value, as in a table that was printed: "Complaint no.     77120"."""
    lead = _BULLET.match(text, start, end)
    at = lead.end() if lead else start
    found = _ALIGNED.match(text, at, end) or _EASTERN.match(text, at, end)
    fields = fields_of(found["label"]) if found else None
    if found and found.re is _EASTERN and "。" in text[found.end() : end]:
        end = found.end() + len(re.split(r"[\s。]", text[found.end() : end])[0])  # a sentence goes on behind it
    return Pair(fields, found["label"], found.end(), end) if found and fields else None


def _before(text: str, start: int, end: int) -> str | None:
    """The longest known label that ends here: the whole line's beginning, or what stands after the last stop."""
    whole = text[start:end]
    parts = [whole, _BULLET.sub("", whole, count=1), *re.split(r"[.;,。；，\t(（]\s*", whole)[-1:]]
    return next((p.strip() for p in parts if len(p.strip()) <= LONGEST_LABEL and fields_of(p)), None)


def _end(text: str, start: int, end: int) -> int:
    """Where a value ends: before the next label of the same line, after a stop."""
    for more in re.finditer(r"[;；.。,，]\s+(?=([^:：;.,。，；\n]{2,40})[:：])", text[start:end]):
        if fields_of(more.group(1)):
            return start + more.start()
    return end


_BRACKETS = str.maketrans({"（": "(", "）": ")", "【": "(", "】": ")"})


def _bracket_end(text: str, start: int, colon: int, stop: int) -> int:
    """Where a value ends whose label stands in a bracket that nothing closed before it: at the end of the bracket."""
    before = text[start:colon].translate(_BRACKETS)
    if before.rfind("(") <= before.rfind(")"):
        return stop
    depth = 1
    for n, letter in enumerate(text[colon:stop].translate(_BRACKETS)):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return colon + n
    return stop


def _piped(text: str, start: int, end: int) -> Iterator[Pair]:
    """Cells between bars, each "label value" or "label: value"; a bare kind, and the name behind it."""
    at, kind = start, False
    for cell in text[start:end].split("|"):
        words = cell.strip()
        split = next((n for n in range(len(words), 0, -1) if fields_of(words[:n])), 0)
        if fields_of(words):
            kind = True
            yield Pair(frozenset({"kind"}), "", at, at + len(cell))
        elif split and re.match(r"[\s:：#]", words[split:]):
            lead = cell.index(words) + split
            yield Pair(fields_of(words[:split]) or frozenset(), words[:split], at + lead + 1, at + len(cell))
        elif re.fullmatch(
            r"(?i)(?:trademark|copyright|patent|design|counterfeit|marke|urheberrecht|marque|marca|marchio)\W*", words
        ):
            kind = True
            yield Pair(frozenset({"kind"}), "", at, at + len(cell))
        elif kind:
            yield Pair(frozenset({"after kind"}), "", at, at + len(cell))
        at += len(cell) + 1
