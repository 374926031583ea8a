"""A report to decide on: its findings grouped by cause, each with where its line stands in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

import orjson

from listing_preflight.decisions.suppressions import subjects
from listing_preflight.errors import UnreadableError, UsageError
from listing_preflight.model.finding import RANK, Finding, Severity
from listing_preflight.model.mark import Mark, Work
from listing_preflight.model.rules import RULES
from listing_preflight.reports.records import SCHEMA

Record = dict[str, Any]
_REMEDY = "Name a report that `preflight scan -o jsonl:FILE` wrote"
BASELINE = "baseline"


class Item(NamedTuple):
    """One finding: its listing, and the line and number under which its record is found again."""

    listing: str
    site: str | None
    severity: Severity
    offset: int
    number: int
    file: str | None
    row: int | None


@dataclass(slots=True, kw_only=True)
class Group:
    """All findings of one cause: what one decision can answer."""

    cause: str
    rule: str
    kind: str
    target: str | None
    """LIST:ID of the mark or work; None for wording alone."""
    name: str
    owner: str | None
    use: str
    is_work: bool
    subjects: frozenset[str]
    items: list[Item] = field(default_factory=list)

    @property
    def severity(self) -> Severity:
        """The worst of its findings."""
        return max((i.severity for i in self.items), key=RANK.__getitem__)

    @property
    def listings(self) -> list[str]:
        """Ids of its listings, each once, in the order of the report."""
        return list(dict.fromkeys(i.listing for i in self.items))


class Lack(NamedTuple):
    """What a report lacks, as the phrase of the page that says so, and what varies in it."""

    phrase: str
    params: dict[str, Any]


class Report:
    """One report of schema preflight.report/1, JSON Lines. Raises UsageError where the file is another thing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.groups: dict[str, Group] = {}
        self.run: Record = {}
        self.findings = self.baselined = self.listings = 0
        self._summary: Record | None = None
        self.faults: list[str] = []
        for offset, record in _records(path, self.faults):
            try:
                self._take(offset, record)
            except (KeyError, TypeError, AttributeError) as e:
                self.faults.append(
                    f"{path}: a listing of {str(record.get('source'))[:80]} is not as reports have it ({e}); left out"
                )
        if not self.run:
            raise UsageError("is empty", where=str(path), remedy=_REMEDY)

    def _take(self, offset: int, record: Record) -> None:
        kind = record.get("type")
        if not self.run:
            self.run = _run(record, self.path)
        elif kind == "summary":
            self._summary = record
        elif kind == "listing":
            self.listings += 1
            for number, found in enumerate(record["findings"]):
                self._finding(offset, number, record, found)

    @property
    def lacking(self) -> Lack | None:
        """Why the report does not hold all that was to be scanned; None where it does."""
        told = self._summary
        if told is None:
            return Lack("cut-off", {"listings": self.listings})
        if told.get("listings") != self.listings:
            return Lack("lines-differ", {"told": str(told.get("listings"))[:20], "listings": self.listings})
        return Lack("run-interrupted", {"listings": self.listings}) if told.get("interrupted") else None

    def _finding(self, offset: int, number: int, record: Record, found: Record) -> None:
        if found.get("suppressed") == BASELINE:
            self.baselined += 1
            return
        self.findings += 1
        group = self.groups.get(found["cause"])
        if group is None:
            group = self.groups[found["cause"]] = _group(found)
        source = record.get("source") or {}
        group.items.append(
            Item(
                record["id"],
                record["marketplace"],
                found["severity"],
                offset,
                number,
                source.get("file"),
                source.get("row"),
            )
        )

    def record(self, item: Item) -> tuple[Record, Record]:
        """The record of a finding's listing, and its own."""
        with self.path.open("rb") as file:
            file.seek(item.offset)
            listing: Record = orjson.loads(file.readline())
        return listing, listing["findings"][item.number]


def _records(path: Path, faults: list[str]) -> Iterator[tuple[int, Record]]:
    try:
        with path.open("rb") as file:
            offset = 0
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield from _record(path, number, offset, line, faults)
                offset += len(line)
    except OSError as e:
        raise UsageError(f"cannot be read ({e.strerror})", where=str(path), remedy=_REMEDY) from None


def _record(path: Path, number: int, offset: int, line: bytes, faults: list[str]) -> Iterator[tuple[int, Record]]:
    try:
        value = orjson.loads(line)
        if not isinstance(value, dict):
            raise TypeError
        yield offset, value
    except (ValueError, TypeError, KeyError, AttributeError):
        if number == 1:
            raise UsageError("is no report in JSON Lines", where=f"{path}:1", remedy=_REMEDY) from None
        faults.append(f"{path}:{number}: is no line of a report; left out")


def _run(record: Record, path: Path) -> Record:
    if record.get("schema") != SCHEMA or record.get("type") != "run":
        said = str(record.get("schema") or "none")[:60]
        raise UsageError(f"is of schema {said!r}, not {SCHEMA}", where=f"{path}:1", remedy=_REMEDY)
    return record


def _group(found: Record) -> Group:
    held, stub = found.get("mark") or found.get("work"), _stub(found)
    return Group(
        cause=found["cause"], rule=found["rule"], kind=found["kind"], target=f"{held['list']}:{held['id']}" if held else None,
        name=_name(found), owner=held["owner"] if held else None, use=found["use"], is_work=stub.work is not None,
        subjects=frozenset(subjects(stub)),
    )  # fmt: skip


def _name(found: Record) -> str:
    """What a finding is about, as people call it."""
    held = found.get("mark") or found.get("work")
    if held:
        return str(held.get("name") or held["id"])
    return next((str(e["text"]) for e in found["evidence"] if e.get("text")), RULES[found["rule"]])


def _stub(found: Record) -> Finding:
    """As much of a finding as decisions ask for."""
    mark, work = found.get("mark"), found.get("work")
    if found["rule"] not in RULES:
        raise UnreadableError(
            f"rule {str(found['rule'])[:20]!r} is unknown to this version", remedy="Use the version that wrote it"
        )
    return Finding(
        rule=found["rule"], kind=found["kind"], severity=found["severity"], confidence=found["confidence"],
        legal_risk=found["legal_risk"], platform_risk=found["platform_risk"], use=found["use"], site="",
        mark=Mark(id=mark["id"], list=mark["list"], name=mark["name"]) if mark else None,
        work=Work(id=work["id"], list=work["list"], kind=cast("Any", work["kind"])) if work else None,
        key=mark["name"] if mark else work["id"] if work else found["rule"],
    )  # fmt: skip
