"""The case folder: what the notice says, facts with their sources, a log; readable without the program (schema preflight.case/1)."""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from listing_preflight.errors import ListError, UsageError
from listing_preflight.reports.plain import in_json
from listing_preflight.storage.replacing import replacing

SCHEMA = "preflight.case/1"
FIELDS = ("complainant", "contact", "marks", "numbers", "listing_ids", "complaint_id", "deadline")
"""The fields whose absence `missing` names."""


@dataclass(slots=True)
class Facts:
    """Facts in their order, each with an id, a field, a value and its source."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, value: Any, source: Mapping[str, Any], *, prefix: str = "F") -> str:
        """Keep a fact once; its id."""
        for row in self.rows:
            if row["field"] == name and row["value"] == value and row["source"] == dict(source):
                return str(row["id"])
        number = sum(str(row["id"]).startswith(prefix) for row in self.rows) + 1
        self.rows.append({"id": f"{prefix}{number:03d}", "field": name, "value": value, "source": dict(source)})
        return f"{prefix}{number:03d}"

    def of(self, name: str) -> list[dict[str, Any]]:
        """The facts of one field."""
        return [row for row in self.rows if row["field"] == name]

    def without(self, prefix: str) -> "Facts":
        """The facts whose ids do not begin so: a step that is run again makes its own anew."""
        return Facts([row for row in self.rows if not str(row["id"]).startswith(prefix)])


class Case:
    """A case folder on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether a notice was opened here."""
        return (self.folder / "case.json").is_file()

    def head(self) -> dict[str, Any]:
        """case.json; ListError where it is missing or broken."""
        found = self.read("case.json")
        if found.get("schema") != SCHEMA:
            raise ListError(f"is not of schema {SCHEMA}", where=str(self.folder / "case.json"))
        return found

    def read(self, name: str) -> dict[str, Any]:
        """One JSON document of the case."""
        path = self.folder / name
        try:
            found = json.loads(path.read_text("utf-8"))
        except OSError as e:
            remedy = "Open a notice first: preflight complaint open NOTICE --case DIR" if name == "case.json" else ""
            raise ListError(f"cannot be read ({e.strerror})", where=str(path), remedy=remedy) from None
        except ValueError as e:
            raise ListError(f"is not JSON ({e})", where=str(path)) from None
        if not isinstance(found, dict):
            raise ListError("is not a JSON object", where=str(path))
        return found

    def maybe(self, name: str) -> dict[str, Any]:
        """The same, empty where the step that writes it was not run."""
        return self.read(name) if (self.folder / name).is_file() else {}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """One JSON Lines document of the case; empty where there is none."""
        path = self.folder / name
        if not path.is_file():
            return []
        try:
            return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        except (OSError, ValueError) as e:
            raise ListError(f"is not JSON Lines ({e})", where=str(path)) from None

    def facts(self) -> Facts:
        """The facts kept so far."""
        return Facts(self.rows("facts.jsonl"))

    def write(self, name: str, document: Mapping[str, Any]) -> None:
        """Write a JSON document: indented, keys as given."""
        self.put(name, in_json(json.dumps(document, ensure_ascii=False, indent=1)) + "\n")

    def write_rows(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write JSON Lines."""
        self.put(name, "".join(in_json(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows))

    def put(self, name: str, content: str | bytes) -> None:
        """Write a file of the case."""
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as out:
                out.write(content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
        except OSError as e:
            raise UsageError(f"cannot be written ({e.strerror})", where=str(path)) from None

    def write_rows_as_list(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write a JSON array."""
        self.put(name, in_json(json.dumps(list(rows), ensure_ascii=False, indent=1)) + "\n")

    def log(self, step: str, told: Mapping[str, Any], day: datetime.date) -> None:
        """Append one line: which step was run, with what, on which day."""
        path = self.folder / "log.jsonl"
        line = in_json(json.dumps({"step": step, "day": day.isoformat(), **told}, ensure_ascii=False)) + "\n"
        try:
            with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                stream.write(line)
        except OSError as e:
            raise UsageError(f"cannot be written ({e.strerror})", where=str(path)) from None


def days_of(listing_date: str | None) -> datetime.date | None:
    """A day written in a record, or None where it is none."""
    try:
        return datetime.date.fromisoformat((listing_date or "")[:10])
    except ValueError:
        return None
