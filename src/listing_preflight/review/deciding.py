"""From what a reviewer chose to the file of a decision: the scope, what it was decided on, what ends it."""

import datetime
import fnmatch
import glob
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from listing_preflight.errors import UsageError
from listing_preflight.model.finding import RANK
from listing_preflight.review.report import Group, Item

Scope = Literal["cause", "listing", "pattern", "mark"]
SCOPES: tuple[Scope, ...] = ("cause", "listing", "pattern", "mark")
CHOICES = ("accepted risk", "compatible use", "descriptive", "false match", "must be changed", "ask a lawyer")
"""Statuses in the order of the keys 1 to 6."""
MOST_TEXT = 2_000
_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reviewer chose about a group."""

    status: str
    scope: Scope
    author: str
    reason: str = ""
    listing: str = ""
    """The listing, or the pattern, of these scopes."""
    expires: str = ""
    until_mark: bool = True
    until_listing: bool = False


def chosen(told: Mapping[str, Any]) -> Choice:
    """The choice of a request; UsageError names the field that is wrong."""
    status, author, listing = (_text(told, k) for k in ("status", "author", "listing"))
    scope = next((s for s in SCOPES if s == told.get("scope")), None)
    if status not in CHOICES:
        raise UsageError(f"is none of {', '.join(CHOICES)}", where="status")
    if scope is None:
        raise UsageError(f"is none of {', '.join(SCOPES)}", where="scope")
    if not author:
        raise UsageError("is missing", where="author", remedy="Say who decides")
    if scope in ("listing", "pattern") and not listing:
        raise UsageError("is missing", where="listing", remedy="Name the listing, or a pattern like SHOE-*")
    return Choice(
        status=status, scope=scope, author=author, listing=listing, reason=_text(told, "reason"), expires=_text(told, "expires"),
        until_mark=told.get("until_mark") is not False, until_listing=told.get("until_listing") is True,
    )  # fmt: skip


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key) or ""
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise UsageError("must be a short text", where=key)
    return value.strip()


def covered(group: Group, choice: Choice) -> list[Item]:
    """The findings of the group that the choice answers."""
    match choice.scope:
        case "listing":
            return [i for i in group.items if i.listing == choice.listing]
        case "pattern":
            return [i for i in group.items if fnmatch.fnmatchcase(i.listing, choice.listing)]
    return group.items


def row(
    group: Group,
    choice: Choice,
    today: datetime.date,
    states: Mapping[str, str],
    listings: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """The row of a decision's file. `states`: marks as registered now; `listings`: listings as written now, by id."""
    items = covered(group, choice)
    if not items:
        raise UsageError("no finding of this cause lies in the scope", where="listing")
    out: dict[str, Any] = {"listing": _listing(choice, items)}
    out |= {"work" if group.is_work else "mark": group.target} if group.target else {}
    out |= {"rule": group.rule, "use": group.use, "status": choice.status}
    out |= {
        "reason": choice.reason or f"looked at in review: {choice.status}",
        "author": choice.author,
        "date": today.isoformat(),
    }
    expires = choice.expires or ((today + _YEAR).isoformat() if choice.status == "accepted risk" else "")
    out |= {"expires": expires} if expires else {}
    out["severity"] = max((i.severity for i in items), key=RANK.__getitem__)
    return out | _until(group, choice, items, states, listings)


def _listing(choice: Choice, items: list[Item]) -> str | list[str]:
    match choice.scope:
        case "mark":
            return "*"
        case "pattern":
            return choice.listing
    ids = [glob.escape(one) for one in dict.fromkeys(i.listing for i in items)]
    return ids[0] if len(ids) == 1 else ids


def _until(
    group: Group,
    choice: Choice,
    items: list[Item],
    states: Mapping[str, str],
    listings: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    until: list[str] = []
    state: dict[str, Any] = {}
    if choice.until_mark and group.target and group.target in states:
        until.append("mark changes")
        state["marks"] = {group.target: states[group.target]}
    if choice.until_listing:
        ids = list(dict.fromkeys(i.listing for i in items))
        if missing := [one for one in ids if one not in listings]:
            told = f"the text of {missing[0]!r} is not at hand, so that a change of it could not be told"
            raise UsageError(told, where="until_listing", remedy="Start review with --catalog, or leave it out")
        until.append("listing changes")
        state["listings"] = {one: dict(listings[one]) for one in ids}
    return {"until": until, "state": state} if until else {}
