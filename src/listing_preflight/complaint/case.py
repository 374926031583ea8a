"""The case folder: what the notice says, facts with their sources, a log; readable without the program (schema preflight.case/1)."""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from listing_preflight.errors import ListError, UsageError
from listing_preflight.reports.plain import in_json
from listing_preflight.storage.replacing import replacing

SCHEMA = "preflight.case/1"
DERIVED = ("similar.jsonl", "similar.json", "takedown.csv")
"""What `similar` makes: gone when the steps before it are run again, since it speaks of what they found before."""
STEPS = "FASCEH"
"""First letters of facts: of the notice, assess, similar, the corrected export, evidence, and what a person states."""
_TEXT, _MAYBE, _LIST = (str,), (str, type(None)), (list,)
_HEAD: Mapping[str, tuple[type, ...]] = {
    "platform": _TEXT, "marketplace": _MAYBE, "language": _MAYBE, "family": _TEXT, "kinds": _LIST, "level": _MAYBE,
    "complainant": _MAYBE, "agent": _MAYBE, "contact": _MAYBE, "marks": _LIST, "numbers": _LIST, "listing_ids": _LIST,
    "complaint_ids": _LIST, "deadlines": _LIST, "missing": _LIST, "ambiguous": _LIST, "state": _TEXT, "received": _MAYBE,
}  # fmt: skip
_ITEMS: Mapping[str, frozenset[str]] = {
    "numbers": frozenset({"type", "office", "value", "as_written", "candidates"}), "deadlines": frozenset({"words", "date", "for"}),
}  # fmt: skip
_OPEN = "Open a notice first: preflight complaint open NOTICE --case DIR; or name a folder that `open` made"
_TOLD = 5
"""Cases in a folder that a message names."""
_FACT = frozenset({"id", "field", "value", "source"})


def _said(row: Mapping[str, Any]) -> str:
    """What a fact says, without its id."""
    return json.dumps([row["field"], row["value"], row["source"]], sort_keys=True, default=str)


@dataclass(slots=True)
class Facts:
    """Facts in their order, each with an id, a field, a value and its source."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    _ids: dict[str, str] = field(init=False, default_factory=dict, repr=False, compare=False)
    _counts: Counter[str] = field(init=False, default_factory=Counter, repr=False, compare=False)

    def __post_init__(self) -> None:
        for row in self.rows:
            self._note(row)

    def add(self, name: str, value: Any, source: Mapping[str, Any], *, prefix: str = "F") -> str:
        """Keep a fact once; its id."""
        row = {"id": "", "field": name, "value": value, "source": dict(source)}
        if (known := self._ids.get(_said(row))) is not None:
            return known
        row["id"] = f"{prefix}{self._counts[prefix] + 1:03d}"
        self.rows.append(row)
        self._note(row)
        return str(row["id"])

    def _note(self, row: Mapping[str, Any]) -> None:
        """Keep what a row says and how many its step has, so that adding one more does not read them all again."""
        self._ids.setdefault(_said(row), str(row["id"]))
        self._counts[str(row["id"])[:1]] += 1

    def of(self, name: str) -> list[dict[str, Any]]:
        """The facts of one field."""
        return [row for row in self.rows if row["field"] == name]

    def without(self, *prefixes: str) -> "Facts":
        """The facts whose ids do not begin so: a step that is run again makes its own anew."""
        return Facts([row for row in self.rows if not str(row["id"]).startswith(prefixes)])


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
        found, where = self.read("case.json"), str(self.folder / "case.json")
        if found.get("schema") != SCHEMA:
            raise ListError(f"is not of schema {SCHEMA}", where=where)
        if wrong := _wrong(found):
            remedy = "Correct it there, or open the notice again: preflight complaint open NOTICE --case DIR"
            raise ListError(wrong, where=where, remedy=remedy)
        return found

    def texts(self, head: Mapping[str, Any]) -> dict[str, str]:
        """The notices' texts that spans count in, by file; those that are gone are left out."""
        names = [str(n["text"]) for n in head.get("notices", ()) if isinstance(n, dict) and "text" in n]
        return {n: (self.folder / n).read_text("utf-8", "replace") for n in names if (self.folder / n).is_file()}

    def read(self, name: str) -> dict[str, Any]:
        """One JSON document of the case."""
        path = self.folder / name
        try:
            found = json.loads(path.read_text("utf-8"))
        except OSError as e:
            if name == "case.json":
                raise self._no_case(e) from None
            raise ListError(f"cannot be read ({e.strerror})", where=str(path)) from None
        except (ValueError, RecursionError) as e:
            raise ListError(f"is not JSON ({e})", where=str(path)) from None
        if not isinstance(found, dict):
            raise ListError("is not a JSON object", where=str(path))
        return found

    def _no_case(self, error: OSError) -> ListError:
        """What is missing of a folder that is no case, and what to do: there may be cases in it."""
        where = str(self.folder.absolute())
        if not self.folder.is_dir():
            return ListError("is no folder", where=where, remedy=_OPEN)
        if not isinstance(error, FileNotFoundError):
            return ListError(f"cannot be read ({error.strerror})", where=str(self.folder / "case.json"))
        inside = sorted(p.parent.name for p in self.folder.glob("*/case.json"))
        if not inside:
            return ListError("is no case: it holds no case.json", where=where, remedy=_OPEN)
        told = ", ".join(inside[:_TOLD]) + (", …" if len(inside) > _TOLD else "")
        return ListError(
            "is no case: it holds no case.json, but folders that do", where=where, remedy=f"Name one of them: {told}"
        )

    def maybe(self, name: str) -> dict[str, Any]:
        """The same, empty where the step that writes it was not run."""
        return self.read(name) if (self.folder / name).is_file() else {}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """One JSON Lines document of the case; empty where there is none."""
        path = self.folder / name
        if not path.is_file():
            return []
        try:
            rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
        except (OSError, ValueError, RecursionError) as e:
            raise ListError(f"is not JSON Lines ({e})", where=str(path)) from None
        if not all(isinstance(row, dict) for row in rows):
            raise ListError("holds a line that is no JSON object", where=str(path))
        return rows

    def list_of(self, name: str) -> list[dict[str, Any]]:
        """One JSON array of objects of the case; empty where there is none."""
        path = self.folder / name
        if not path.is_file():
            return []
        try:
            rows = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError) as e:
            raise ListError(f"is not JSON ({e})", where=str(path)) from None
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def facts(self) -> Facts:
        """The facts kept so far."""
        rows = self.rows("facts.jsonl")
        for number, row in enumerate(rows, 1):
            if not row.keys() >= _FACT or not isinstance(row["source"], dict):
                where = f"{self.folder / 'facts.jsonl'}:{number}"
                raise ListError(
                    "a fact needs id, field, value and source", where=where, remedy="Take the line out or complete it"
                )
        return Facts(rows)

    def keep(self, facts: Facts) -> None:
        """Write the facts, step by step in one order, whichever step was run last."""
        self.write_rows("facts.jsonl", sorted(facts.rows, key=lambda row: STEPS.find(str(row["id"])[:1])))

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

    def drop(self, *names: str) -> None:
        """Take away files that an earlier run made and that nobody has edited since."""
        for name in names:
            if self.is_ours(name):
                (self.folder / name).unlink()

    def is_ours(self, name: str) -> bool:
        """Whether a file is there as the program wrote it: the log knows its digest."""
        path = self.folder / name
        if not path.is_file():
            return False
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return any(row.get("files", {}).get(name) == digest for row in self.rows("log.jsonl"))

    def digest(self, name: str) -> dict[str, str]:
        """A file with its digest, for the log."""
        return {name: hashlib.sha256((self.folder / name).read_bytes()).hexdigest()}

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


def _wrong(head: Mapping[str, Any]) -> str | None:
    """What of case.json is missing or of another shape; None where it is whole."""
    for name, kinds in _HEAD.items():
        if name not in head:
            return f"{name} is missing"
        if not isinstance(head[name], kinds):
            return f"{name} is not a {' or '.join('null' if k is type(None) else k.__name__ for k in kinds)}"
    for name, keys in _ITEMS.items():
        for row in head[name]:
            if not isinstance(row, dict) or not row.keys() >= keys:
                return f"{name}: an entry needs {', '.join(sorted(keys))}"
    for name in ("kinds", "marks", "listing_ids", "complaint_ids", "missing", "ambiguous"):
        if not all(isinstance(one, str) for one in head[name]):
            return f"{name} holds something that is no text"
    if head["received"] and days_of(head["received"]) is None:
        return f"received: {head['received']!r} is not a date like 2026-01-31"
    return None
