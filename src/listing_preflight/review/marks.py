"""What the lists hold today of the marks that a report names: what a decision is made on, and the pictures to set beside."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from listing_preflight.decisions.state import held_state
from listing_preflight.model.mark import Mark, WatchList, Work
from listing_preflight.review.report import Report


class Known(NamedTuple):
    """Marks and works by LIST:ID in words, the folder of each list, and lists that are others than those of the report."""

    states: Mapping[str, str]
    folders: Mapping[str, str]
    changed: tuple[str, ...]
    missing: tuple[str, ...]


def known(report: Report, lists: Iterable[WatchList]) -> Known:
    """What the lists say of the marks and works that findings of the report are about."""
    wanted = {g.target for g in report.groups.values() if g.target}
    names = {one.partition(":")[0] for one in wanted}
    judged = {str(one["name"]): one["digest"] for one in report.run.get("lists", ())}
    states: dict[str, str] = {}
    folders, changed = {}, []
    here = [one for one in lists if one.name in names]
    for one in here:
        folders[one.name] = one.folder
        changed += [one.name] if judged.get(one.name) != one.digest else []
        states |= {f"{one.name}:{held.id}": held_state(held) for held in _held(one, wanted)}
    return Known(states, folders, tuple(changed), tuple(sorted(names - {one.name for one in here})))


def _held(one: WatchList, wanted: set[str]) -> Iterable[Mark | Work]:
    held: list[Mark | Work] = [*one.marks, *one.works]
    return [each for each in held if f"{one.name}:{each.id}" in wanted]
