"""Decisions on disk: a folder with one YAML file a decision, so that branches never touch the same file."""

import datetime
import difflib
import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast, get_args

from listing_preflight import documents
from listing_preflight.decisions.suppressions import STATUSES, UNTIL, State, Suppression
from listing_preflight.errors import ListError, UsageError, read_named
from listing_preflight.model.finding import Severity, Use
from listing_preflight.model.rules import RULES
from listing_preflight.policy.marketplaces import spelled
from listing_preflight.watchlists.entries import slug

SUFFIXES = (".yaml", ".yml", ".json")
KEYS = {
    "listing": "the listing's id, a shell pattern (`SHOE-*`), or a list of them; required",
    "marketplace": "the only marketplace that it holds for",
    "mark": "a mark's name or LIST:ID; one of mark, work and rule is required",
    "work": "a protected picture or design, LIST:ID",
    "rule": "a rule's id or name; alone for findings about wording",
    "use": "the use, or a list of uses; without it every use",
    "status": f"what was decided: {', '.join(STATUSES)}; required",
    "reason": "why, for whoever reads it next year; required",
    "author": "who decided; required",
    "date": "the day of the decision; required",
    "expires": "its last day; required for an accepted risk",
    "until": f"what ends it: {', '.join(UNTIL)}, or both as a list",
    "severity": "the highest severity that it answers; a higher one opens the finding again",
    "state": "what `until` compares with, as `preflight suppress` wrote it",
}
"""Keys of a decision with what they mean; the reference is made of them."""
_EXAMPLES = {
    "listing": '["SHOE-*", SKU-1]', "marketplace": "amazon.com", "mark": "NIKE", "work": "shoes:poppy", "rule": "TM001", "use": "compatible",
    "status": "false match", "reason": '"our own shop name"', "author": "jane", "date": "2026-01-31", "expires": "2027-01-31",
    "until": "mark changes", "severity": "medium",
}  # fmt: skip
"""An example of the right form for each key that people write."""
_AUTHORITY = ("authorised", "authorized", "licensed", "licence", "license", "own mark", "own brand", "permission")


def read_suppressions(folder: Path) -> tuple[Suppression, ...]:
    """Every decision of a folder; ListError names file and line of the first fault."""
    return tuple(read_suppression(path, folder) for path in decision_files(folder))


def decision_files(folder: Path) -> list[Path]:
    """The files of a folder that hold a decision, in the order of their names."""
    if not folder.is_dir():
        raise UsageError("no such folder of decisions", where=str(folder), remedy="One YAML file a decision lies in it")
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    if odd := [p for p in files if p.suffix not in SUFFIXES and p.suffix != ".md"]:
        raise UsageError("is no decision", where=str(odd[0]), remedy=f"Decisions end in {', '.join(SUFFIXES)}")
    return [p for p in files if p.suffix in SUFFIXES]


class _FaultError(ValueError):
    def __init__(self, key: str, problem: str, remedy: str = "") -> None:
        self.key, self.problem = key, problem
        shown = _EXAMPLES.get(key)
        self.remedy = ". ".join(filter(None, (remedy, f"For example `{key}: {shown}`" if shown else "")))


def read_suppression(path: Path, folder: Path) -> Suppression:
    """The decision of one file; ListError names its line."""
    text = read_named(path)
    row = documents.load(path, text)
    if not isinstance(row, Mapping):
        raise ListError("a decision is a mapping", where=f"{path}:1", remedy="See docs/how-to/decisions.md")
    try:
        return _decision(row, path, folder, text)
    except _FaultError as e:
        raise ListError(f"{e.key}: {e.problem}", where=f"{path}:{_line(text, e.key)}", remedy=e.remedy) from None


def decision(row: Mapping[str, Any], folder: Path) -> Suppression:
    """The decision that a row makes, before it is a file; UsageError where it makes none."""
    try:
        return _decision(row, folder / "new.yaml", folder, "")
    except _FaultError as e:
        raise UsageError(e.problem, where=f"--{e.key}", remedy=e.remedy) from None


def _line(text: str, key: str) -> int:
    """The line that gives a key, or the first."""
    pattern = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*:""")
    return next((n for n, line in enumerate(text.split("\n"), 1) if pattern.match(line)), 1)


def _decision(row: Mapping[str, Any], path: Path, folder: Path, text: str) -> Suppression:
    _check_keys(row)
    subject = _text(row, "mark") or _text(row, "work")
    rule = _rule(row)
    if not (subject or rule):
        raise _FaultError("mark", "is missing", "Name a mark, a work or a rule")
    date, expires = _day(row, "date"), _day(row, "expires")
    if date is None:
        raise _FaultError("date", "is missing")
    if expires is not None and expires < date:
        raise _FaultError("expires", f"{expires} is before the decision of {date}")
    status = _one_of(row, "status", STATUSES)
    if status == "accepted risk" and expires is None:
        raise _FaultError(
            "status", "an accepted risk needs an end", "Give expires: a day on which somebody looks again"
        )
    until = frozenset(_several(row, "until", UNTIL))
    state = _state(row.get("state") or {})
    if until and "state" not in row:
        raise _FaultError("until", "needs the state that was decided on", "Write the file with preflight suppress")
    site = _text(row, "marketplace")
    return Suppression(
        id=path.relative_to(folder).with_suffix("").as_posix(), file=path, line=_line(text, "expires" if expires else "status"),
        listings=_patterns(row), subject=subject or rule or "", status=status, reason=_needed(row, "reason"),
        author=_needed(row, "author"), date=date, marketplace=spelled(site) if site else None,
        uses=frozenset(_several(row, "use", get_args(Use))), rule=rule,
        severity=cast("Severity", _one_of(row, "severity", ("low", "medium", "high")) if "severity" in row else "high"),
        expires=expires, until=until, state=state,
    )  # fmt: skip


def _check_keys(row: Mapping[Any, Any]) -> None:
    for key in row:
        if key == documents.LINE or (isinstance(key, str) and (key in KEYS or key.startswith("x-"))):
            continue
        near = difflib.get_close_matches(str(key), sorted(KEYS), n=1)
        raise _FaultError(
            str(key), "unknown key", f"Did you mean {near[0]!r}?" if near else f"Keys are {', '.join(KEYS)}"
        )


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)) or not str(value).strip():
        raise _FaultError(key, f"{value!r} is no text", "Put it in quotation marks" if isinstance(value, bool) else "")
    return str(value)


def _needed(row: Mapping[str, Any], key: str) -> str:
    value = _text(row, key)
    if value is None:
        raise _FaultError(key, "is missing", "A decision without it cannot be followed later")
    return value


def _rule(row: Mapping[str, Any]) -> str | None:
    value = _text(row, "rule")
    if value is None:
        return None
    found = next((rule for rule, name in RULES.items() if value.casefold() in (rule.casefold(), name)), None)
    if found is None:
        raise _FaultError("rule", f"{value!r} is no rule", f"Rules are {', '.join(RULES)}")
    return found


def _patterns(row: Mapping[str, Any]) -> tuple[str, ...]:
    value = row.get("listing")
    rows = value if isinstance(value, list) else [value]
    if value is None or not rows:
        raise _FaultError("listing", "is missing", "Give the listing's id, or a pattern like SHOE-*")
    return tuple(_needed({"listing": one}, "listing") for one in rows)


def _one_of(row: Mapping[str, Any], key: str, known: tuple[str, ...]) -> str:
    value = row.get(key)
    if value in known:
        return str(value)
    if value is None:
        raise _FaultError(key, "is missing", f"One of {', '.join(known)}")
    if key == "status" and str(value).casefold() in _AUTHORITY:
        raise _FaultError(
            key,
            f"{value!r} is authority, no decision",
            "What a seller may do stands with its proof in the seller file (--seller)",
        )
    raise _FaultError(key, f"{value!r} is not one of {', '.join(known)}")


def _several(row: Mapping[str, Any], key: str, known: tuple[str, ...]) -> list[str]:
    value = row.get(key)
    rows = value if isinstance(value, list) else [] if value is None else [value]
    return [_one_of({key: one}, key, known) for one in rows]


def _day(row: Mapping[str, Any], key: str) -> datetime.date | None:
    value = row.get(key)
    if value is None or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise _FaultError(key, f"{value!r} is not a date like 2027-01-31") from None


def _state(value: Any) -> State:
    if not isinstance(value, Mapping):
        raise _FaultError("state", "is not what preflight suppress writes")
    marks, listings = value.get("marks") or {}, value.get("listings") or {}
    if not isinstance(marks, Mapping) or not isinstance(listings, Mapping):
        raise _FaultError("state", "holds mappings of marks and listings")
    if any(not isinstance(fields, Mapping) for key, fields in listings.items() if key != documents.LINE):
        raise _FaultError("state", "a listing's state is a mapping of its fields")
    return State(
        marks={str(k): str(v) for k, v in _plain(marks).items()},
        listings={str(k): {str(f): str(d) for f, d in _plain(v).items()} for k, v in _plain(listings).items()},
    )


def _plain(row: Mapping[Any, Any]) -> dict[Any, Any]:
    return {k: v for k, v in row.items() if k != documents.LINE}


def write_suppression(folder: Path, row: Mapping[str, Any]) -> Path:
    """Write a decision into a file of its own, named after its scope; the file. One that is there already is never replaced."""
    scope = repr([row.get(k) for k in ("listing", "marketplace", "mark", "work", "rule", "use")])
    listing = row["listing"] if isinstance(row["listing"], str) else row["listing"][0]
    name = slug(f"{row.get('mark') or row.get('work') or row.get('rule')} {listing}")[:60]
    path = folder / f"{name}-{hashlib.sha256(scope.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}.yaml"
    import yaml

    text = yaml.safe_dump(dict(row), sort_keys=False, allow_unicode=True, width=110)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _put(path, text.encode("utf-8", "backslashreplace"))
    except FileExistsError:
        raise UsageError("a decision of this scope is there", where=str(path), remedy="Edit or delete it") from None
    except OSError as e:
        raise UsageError(f"cannot be written ({e.strerror})", where=str(path)) from None
    return path


def _put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and only where none is; FileExistsError where one is there."""
    handle, name = tempfile.mkstemp(
        dir=path.parent, prefix=".", suffix=".part"
    )  # hidden: nobody reads it as a decision
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        try:
            os.link(name, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            with path.open("xb") as out:
                out.write(data)
    finally:
        Path(name).unlink(missing_ok=True)
