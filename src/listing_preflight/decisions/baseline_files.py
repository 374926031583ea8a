"""A baseline on disk: a folder of shards by the first digits of the fingerprint, sorted JSON Lines, so that branches merge.

No line holds a time, a position or a version of anything, and only shards that differ are written.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from listing_preflight.decisions.baseline import SEVERITIES, Baseline, Entry, Parts
from listing_preflight.errors import ListError, UsageError
from listing_preflight.model.finding import FINGERPRINT
from listing_preflight.storage.replacing import replacing

SCHEMA = "preflight.baseline/1"
MANIFEST = "baseline.json"
DIGITS = 4
"""Digits of a shard's name. Of 20 branches with 10 changes each, on 2,000 entries, 3 digits gave conflicts in up to 4 merges, 4 in at
most one (benchmarks/baseline_merge.py)."""
_FINGERPRINT = re.compile(r"(\d+):([0-9a-f]{32})")
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_KEYS = {"fingerprint", "accepted", "rule", "marketplace", "listing", "name", "use"}


def read_baseline(folder: Path) -> Baseline:
    """The baseline in a folder; ListError names file and line of whatever is not as it was written."""
    _check_manifest(folder)
    entries: dict[str, Entry] = {}
    for file in _shards(folder):
        for number, line in enumerate(_lines(file), 1):
            where = f"{file}:{number}"
            written, entry = _entry(line, where)
            if file.stem != written.partition(":")[2][:DIGITS]:
                raise ListError("the entry stands in the wrong file", where=where, remedy=_REPAIR)
            key = entry.parts.fingerprint
            if key in entries:
                raise ListError("the entry stands twice", where=where, remedy="Keep one of the two lines")
            entries[key] = entry
    return Baseline(entries)


_REPAIR = "Take the file from one side of the merge, then run baseline diff"


def _check_manifest(folder: Path) -> None:
    manifest = folder / MANIFEST
    create = "Make one with preflight baseline create"
    if not folder.exists():
        raise UsageError("no such baseline", where=str(folder), remedy=create)
    if not manifest.is_file():
        raise UsageError(f"is no baseline: it holds no {MANIFEST}", where=str(folder), remedy=create)
    try:
        found = json.loads(manifest.read_text("utf-8"))
        schema = found["schema"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise ListError("is not the head of a baseline", where=f"{manifest}:1", remedy=_REPAIR) from None
    if schema != SCHEMA:
        remedy = "Use the version of the program that wrote it, or make the baseline anew"
        raise ListError(f"is of version {schema!r}; this program reads {SCHEMA}", where=f"{manifest}:1", remedy=remedy)


def _shards(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_dir() or path == folder / MANIFEST or hidden:
            continue
        if path.suffix != ".jsonl" or len(path.stem) != DIGITS or path.parent != folder / path.stem[:2]:
            remedy = "Move it away; a merge tool may have left it"
            raise ListError("is no part of a baseline", where=str(path), remedy=remedy)
        yield path


def _lines(file: Path) -> Iterator[str]:
    try:
        text = file.read_text("utf-8")
    except OSError as e:
        raise ListError(f"cannot be read ({e.strerror})", where=str(file)) from None
    except UnicodeDecodeError:
        raise ListError("is not UTF-8", where=str(file), remedy=_REPAIR) from None
    yield from text.removesuffix("\n").split("\n")


def _entry(line: str, where: str) -> tuple[str, Entry]:
    """An entry with the fingerprint that it was written under."""
    if line.startswith(_MARKERS):
        raise ListError("a merge conflict was left in the file", where=where, remedy="Keep the lines of both sides")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise ListError("is not JSON", where=where, remedy=_REPAIR) from None
    if not isinstance(row, dict) or set(row) != _KEYS:
        raise ListError(f"an entry has {', '.join(sorted(_KEYS))}, and nothing else", where=where, remedy=_REPAIR)
    parts = Parts(*(str(row[k]) for k in Parts._fields))
    _check_fingerprint(str(row["fingerprint"]), parts, where)
    return str(row["fingerprint"]), Entry(parts=parts, accepted=_accepted(row["accepted"], where))


def _check_fingerprint(written: str, parts: Parts, where: str) -> None:
    """An older version is followed by its parts; a newer one, or one that is not of its parts, is refused."""
    found = _FINGERPRINT.fullmatch(written)
    if found is None:
        raise ListError(f"{written!r} is no fingerprint", where=where, remedy=_REPAIR)
    if int(found[1]) > FINGERPRINT:
        raise ListError(
            f"a fingerprint of version {found[1]}; this program knows {FINGERPRINT}", where=where,
            remedy="Use the version of the program that wrote it",
        )  # fmt: skip
    if int(found[1]) == FINGERPRINT and written != parts.fingerprint:
        raise ListError("the fingerprint is not that of the entry; a line was edited", where=where, remedy=_REPAIR)


def _accepted(value: Any, where: str) -> Mapping[str, int]:
    right = isinstance(value, dict) and value and set(value) <= set(SEVERITIES)
    if not right or any(not isinstance(n, int) or isinstance(n, bool) or n < 1 for n in value.values()):
        raise ListError(f"accepted: counts of {', '.join(SEVERITIES)} are wanted", where=where, remedy=_REPAIR)
    return dict(value)


def write_baseline(folder: Path, baseline: Baseline) -> int:
    """Make the folder hold the baseline; the number of files that were written or removed."""
    if folder.exists() and not (folder / MANIFEST).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("exists and is no baseline", where=str(folder), remedy="Name a new folder")
    shards: defaultdict[Path, list[str]] = defaultdict(list)
    for key, entry in sorted(baseline.entries.items()):
        digits = key.partition(":")[2][:DIGITS]
        shards[folder / digits[:2] / f"{digits}.jsonl"].append(_line(key, entry))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        gone = [file for file in _shards(folder) if file not in shards]
        changed = sum(_write(file, "".join(lines)) for file, lines in shards.items())
        for file in gone:
            file.unlink()
            if not any(file.parent.iterdir()):
                file.parent.rmdir()
        _write(folder / MANIFEST, json.dumps({"schema": SCHEMA}) + "\n")
    except OSError as e:
        raise UsageError(f"cannot be written ({e.strerror})", where=str(e.filename or folder)) from None
    return changed + len(gone)


def _line(key: str, entry: Entry) -> str:
    accepted = {s: entry.accepted[s] for s in SEVERITIES if entry.accepted.get(s)}
    return json.dumps({"fingerprint": key, "accepted": accepted} | entry.parts._asdict()) + "\n"


def _write(file: Path, text: str) -> bool:
    """Write a file whole or not at all, and only if it differs."""
    if file.is_file() and file.read_bytes() == text.encode():
        return False
    file.parent.mkdir(exist_ok=True)
    with replacing(file) as out:
        out.write(text.encode("utf-8", "backslashreplace"))
    return True
