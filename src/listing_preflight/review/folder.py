"""The folder of decisions while several people write into it: read anew when it changes, a broken file told and left alone."""

import datetime
import fnmatch
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.decisions.suppression_files import SUFFIXES, decision, read_suppression, write_suppression
from listing_preflight.decisions.suppressions import Suppression
from listing_preflight.errors import PreflightError, UsageError
from listing_preflight.model.finding import RANK
from listing_preflight.policy.marketplaces import spelled
from listing_preflight.review.report import Group, Item

Stamp = tuple[int, int]


class Decision:
    """A decision with its listings made ready: ids that are no pattern are looked up."""

    def __init__(self, told: Suppression, stamp: Stamp) -> None:
        self.told, self.stamp = told, stamp
        self._ids = frozenset(p for p in told.listings if not set(p) & set("*?["))
        self._patterns = [p for p in told.listings if p not in self._ids]

    def covers(self, group: Group, item: Item) -> bool:
        """Whether a finding lies in its scope; as `Suppression.covers`, for what a report tells."""
        told = self.told
        return (
            (not told.uses or group.use in told.uses)
            and (told.rule is None or told.rule == group.rule)
            and (told.marketplace is None or told.marketplace == spelled(item.site or ""))
            and (item.listing in self._ids or any(fnmatch.fnmatchcase(item.listing, p) for p in self._patterns))
        )

    def ended(self, group: Group, item: Item, today: datetime.date, states: Mapping[str, str]) -> str | None:
        """Why it no longer answers a finding: `expired`, `severity` or `mark`; None while it does."""
        told = self.told
        if told.expires is not None and today > told.expires:
            return "expired"
        if RANK[item.severity] > RANK[told.severity]:
            return "severity"
        held = group.target or ""
        if "mark changes" in told.until and held in states and states[held] != told.state.marks.get(held):
            return "mark"
        return None


class Fault(NamedTuple):
    """A file that is no decision: what is wrong, with file and line."""

    file: str
    text: str


class Folder:
    """Decisions of one folder; `version` rises with every change that is seen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._known: dict[str, Decision | tuple[Stamp, Fault]] = {}
        self.version = 0
        self.decisions: tuple[Decision, ...] = ()
        self.faults: tuple[Fault, ...] = ()
        self.refresh()

    def refresh(self) -> int:
        """Look at the folder; its version."""
        with self._lock:
            seen = dict(self._files())
            known = {name: one for name, one in self._known.items() if name in seen and _stamp(one) == seen[name]}
            new = {name: self._read(name, stamp) for name, stamp in seen.items() if name not in known}
            if new or len(known) != len(self._known):
                self._known = known | new
                held = sorted(self._known.items())
                self.decisions = tuple(one for _, one in held if isinstance(one, Decision))
                self.faults = tuple(one[1] for _, one in held if not isinstance(one, Decision))
                self.version += 1
            return self.version

    def _files(self) -> list[tuple[str, Stamp]]:
        out = []
        for folder, _, names in os.walk(self.path):
            for name in names:
                if name.startswith(".") or Path(name).suffix == ".md":
                    continue
                path = os.path.join(folder, name)  # noqa: PTH118
                try:
                    told = os.stat(path)  # noqa: PTH116
                except OSError:  # taken away meanwhile
                    continue
                out.append((os.path.relpath(path, self.path), (told.st_mtime_ns, told.st_size)))
        return out

    def _read(self, name: str, stamp: Stamp) -> Decision | tuple[Stamp, Fault]:
        path = self.path / name
        try:
            if path.suffix not in SUFFIXES:
                raise UsageError("is no decision", where=name, remedy=f"Decisions end in {', '.join(SUFFIXES)}")
            return Decision(read_suppression(path, self.path), stamp)
        except PreflightError as e:
            return stamp, Fault(name, str(e).replace(str(self.path) + os.sep, ""))

    def check(self, row: Mapping[str, Any]) -> Suppression:
        """The decision that a row makes; UsageError where it makes none."""
        return decision(row, self.path)

    def write(self, row: Mapping[str, Any]) -> str:
        """Write a decision into a file of its own; its id. UsageError where one of its scope is there, or nothing can be written."""
        with self._lock:
            made = write_suppression(self.path, row).relative_to(self.path).with_suffix("").as_posix()
            self.refresh()
            return made

    def take_back(self, wanted: str) -> bool:
        """Delete a decision's file; False where it is gone or is not what was read: somebody has edited it."""
        with self._lock:
            self.refresh()
            found = next((d for d in self.decisions if d.told.id == wanted), None)
            if found is None:
                return False
            try:
                found.told.file.unlink(missing_ok=True)
            except OSError as e:
                raise UsageError(f"cannot be deleted ({e.strerror})", where=str(found.told.file)) from None
            self.refresh()
            return True

    def by_id(self, wanted: str) -> Decision | None:
        """The decision of an id."""
        return next((d for d in self.decisions if d.told.id == wanted), None)


def _stamp(one: "Decision | tuple[Stamp, Fault]") -> Stamp:
    return one.stamp if isinstance(one, Decision) else one[0]
