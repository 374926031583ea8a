"""Whether a registration is in force on a day: its status, its term, the grace for renewing it."""

import calendar
import datetime
import functools
from typing import NamedTuple

from listing_preflight.model.finding import Reason
from listing_preflight.model.mark import Registration
from listing_preflight.model.tri import Tri
from listing_preflight.policy.store import load

_LIVE = {
    "registered": Tri.YES, "contested": Tri.YES, "weak": Tri.YES, "unknown": Tri.UNKNOWN, "pending": Tri.UNKNOWN,
    "unstated": Tri.UNKNOWN,
}  # fmt: skip


class Force(NamedTuple):
    """What a registration is on a day: registered, contested, weak, pending, unknown, dead or generic, and why."""

    kind: str
    live: Tri
    reason: Reason


@functools.cache
def _codes() -> dict[str, dict[str, str]]:
    return {o: {str(c): force for force, cs in t.items() for c in cs} for o, t in load("statuses.yaml").items()}


def of(row: Registration, day: datetime.date) -> Force:
    """What a registration's status and dates say on a day."""
    kind, code, params = _status(row.status), "", {"status": row.status}
    if kind in ("registered", "contested", "unstated"):
        kind, code, more = _dated(row, kind, day)
        params |= more
    elif kind == "pending" and row.filed is not None and row.filed > day:
        kind, code, params = "dead", "not-yet-filed", {**params, "day": str(row.filed)}
    if kind == "registered" and row.supplemental:
        kind, code = "weak", "supplemental"
    return Force(kind, _LIVE.get(kind, Tri.NO), Reason(code=f"force-{code or kind}", params=params))


def _status(status: str) -> str:
    office, colon, code = status.partition(":")
    if not colon:
        return status
    word = code.strip().casefold()
    own = _codes().get(office)
    return own.get(word, "unknown") if own else _codes()["any"].get(word, "unknown")


def _dated(row: Registration, kind: str, day: datetime.date) -> tuple[str, str, dict[str, str]]:
    """The same on a day before the registration, or after the end of its term."""
    if row.registered is not None and day < row.registered:
        if row.filed is not None and day < row.filed:
            return "dead", "not-yet-filed", {"day": str(row.filed)}
        return "pending", "not-yet-registered", {"day": str(row.registered)}
    if row.expires is None or day <= row.expires:
        return kind, "", {}
    last = months_after(row.expires, grace(row.office))
    said = {"expired": str(row.expires), "until": str(last)}
    return ("unknown", "grace", said) if day <= last else ("dead", "expired", said)


def grace(office: str | None) -> int:
    """Months for which an office still renews a registration whose term has ended."""
    table = load("terms.yaml")
    months: int = table["grace_months"].get(office, table["grace_elsewhere"])
    return months


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
