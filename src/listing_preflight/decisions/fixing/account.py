"""What became of each finding of an export: mended, or why its cell stands as it was."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from listing_preflight.decisions.fixing.changes import Change
from listing_preflight.judging.rewording import SAID as WHY
from listing_preflight.judging.rewording import Why
from listing_preflight.model.finding import RANK, Finding

Fate = Literal["mended", "none offered", "not accepted", "several", "no cell", "answered", "low"]
SAID: dict[Fate, str] = {
    "mended": "mended",
    "none offered": "without a rewrite:",
    "not accepted": "with a rewrite that was not accepted: name its id, or safe",
    "several": "in a cell that has several rewrites: accept one by id",
    "no cell": "with a rewrite of a text that stands in no cell of its own",
    "answered": "answered by a decision",
    "low": "of low risk: acceptable as it is",
}
"""What is said of each, in this order."""


def account(
    findings: Iterable[Finding], offered: Iterable[Change], taken: Iterable[Change], left: Iterable[Change]
) -> Counter[Fate]:
    """How many findings met which fate."""
    ids = [{one for change in some for one in change.rewrites} for some in (taken, left, offered)]
    return Counter(_fate(found, *ids) for found in findings)


def _fate(found: Finding, taken: Collection[str], left: Collection[str], offered: Collection[str]) -> Fate:
    own = {rewrite.id for rewrite in found.rewrites}
    if found.suppressed is not None:
        return "answered"
    if RANK[found.severity] <= RANK["low"]:
        return "low"
    if not own:
        return "none offered"
    if own & set(taken):
        return "mended"
    if own & set(left):
        return "several"
    return "not accepted" if own & set(offered) else "no cell"


def told(fates: Counter[Fate], why: Counter[Why]) -> Iterator[str]:
    """A line for each fate that a finding met, and under those without a rewrite one for each reason."""
    for fate in (f for f in SAID if fates[f]):
        yield f"{fates[fate]:>6,}  {SAID[fate]}"
        if fate == "none offered":
            yield from (f"        {why[one]:>6,}  {said}" for one, said in WHY.items() if why[one])
