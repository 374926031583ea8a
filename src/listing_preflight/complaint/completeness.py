"""Which elements a complaint itself needs and has: 17 U.S.C. 512(c)(3)(A), Art. 16(2) of Regulation (EU) 2022/2065, the platform's own list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from listing_preflight.complaint.forms import data, form
from listing_preflight.complaint.letter import unread
from listing_preflight.complaint.matter import Matter
from listing_preflight.policy.marketplaces import marketplace

SUMMED_UP = "not shown"
"""The state of what a platform's own mail does not repeat: the complaint behind it may hold it all the same."""


class Needed(NamedTuple):
    """One element of a complaint: who requires it, whether it is present, missing or not shown, and where it stands."""

    regime: str
    element: str
    state: str
    facts: tuple[str, ...]


def completeness(matter: Matter) -> list[Needed]:
    """Every element of every list that applies to the complaint; nothing for findings, orders and letters of sellers."""
    if matter.head["family"] != "owner complaint":
        return []
    return [
        _needed(str(regime["regime"]), name, how, matter)
        for regime in data("completeness.yaml") if _applies(regime["when"], matter)
        for name, how in _elements(regime, matter)
    ]  # fmt: skip


def _applies(when: Mapping[str, Any], matter: Matter) -> bool:
    if kinds := when.get("kinds"):
        return bool(set(kinds) & set(matter.head["kinds"]))
    if offices := when.get("offices"):
        return bool(set(offices) & marketplace(matter.head["marketplace"]).offices)
    known = form(matter.head["platform"])
    return bool(known and known.required.get("notice"))


def _elements(regime: Mapping[str, Any], matter: Matter) -> Iterator[tuple[str, Any]]:
    if "elements" in regime:
        yield from regime["elements"].items()
        return
    known = form(matter.head["platform"])
    for name in known.required["notice"] if known else ():
        yield name, regime["known"][name]


def _needed(regime: str, name: str, how: Mapping[str, Any], matter: Matter) -> Needed:
    """An element is there as facts of the notice's fields, or in words of its text; `all` needs each of several."""
    held = [matter.of(*fields.split("|")) for fields in how.get("facts", ())]
    if "words" in how:
        held.append(_said(str(how["words"]), name, matter))
    facts = tuple(dict.fromkeys(f for some in held for f in some))
    whole = all(held) if how.get("all") else any(held)
    if whole:
        return Needed(regime, name, "present", facts)
    return Needed(regime, name, "missing" if _is_whole(matter) else SUMMED_UP, facts)


def _said(pattern: str, name: str, matter: Matter) -> tuple[str, ...]:
    for file, text in matter.texts.items():
        if found := re.search(pattern, text, re.IGNORECASE | re.MULTILINE):
            source = {"file": file, "start": found.start(), "end": found.end()}
            return (matter.facts.add(f"complaint:{name}", found.group(), source, prefix="A"),)
    return ()


def _is_whole(matter: Matter) -> bool:
    """Whether the complaint itself is at hand: a letter, or a copy with its statements; a platform's mail sums it up."""
    if any(unread(one["notes"]) for one in matter.head.get("notices", ())):
        return False  # what was not read may hold it
    return matter.head["platform"] == "letter" or any(
        re.search(str(data("completeness.yaml")[0]["copy"]), text, re.IGNORECASE) for text in matter.texts.values()
    )


def lacking(found: Sequence[Needed]) -> dict[str, list[str]]:
    """Regime → elements that the complaint lacks although it is at hand as a whole."""
    out: dict[str, list[str]] = {}
    for one in found:
        if one.state == "missing":
            out.setdefault(one.regime, []).append(one.element)
    return out
