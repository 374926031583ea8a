"""What changed between two states of a register: new, changed and dead marks."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from listing_preflight.model.mark import Mark, Registration

Force = Callable[[Registration], str]
"""What a registration's status says: registered, pending, contested, weak, dead, generic or unknown."""
DEAD = frozenset({"dead", "generic"})


class Change(NamedTuple):
    """One mark that is not as it was; `kind` is new, changed, dead or gone (not in the newer list at all)."""

    kind: str
    id: str
    name: str
    was: str
    now: str


class State(NamedTuple):
    """What is compared of a mark: a digest of its facts, and its best force."""

    facts: bytes
    force: str
    name: str


def state(mark: Mark, force: Force) -> State:
    """The facts of a mark that a change of changes a judgement."""
    rows = sorted(
        (
            r.office or "",
            r.number or "",
            sorted(r.classes or ()),
            r.status,
            str(r.expires),
            r.goods or "",
            r.excluded_goods or "",
            r.disclaimed,
            r.supplemental,
            sorted(r.designated),
        )
        for r in mark.registrations
    )
    facts = repr((mark.name, mark.owner, sorted(a.name for a in mark.aliases), rows)).encode()
    forces = [force(r) for r in mark.registrations if not (r.office == "WO" and r.status == "unknown")]
    return State(hashlib.blake2b(facts, digest_size=8).digest(), _best(forces), mark.name)


def _best(forces: list[str]) -> str:
    order = ("registered", "contested", "weak", "pending", "unknown", "generic", "dead")
    return min(forces, key=order.index) if forces else "unknown"


def changes(old: Iterable[tuple[str, Mark]], new: Iterable[tuple[str, Mark]], force: Force) -> Iterator[Change]:
    """Changes by id, in the order of the newer list, then those that are gone; of marks only their states are kept."""
    before = {key: state(mark, force) for key, mark in old}
    for key, mark in new:
        now, was = state(mark, force), before.pop(key, None)
        if was is None:
            yield Change("new", key, mark.name, "", now.force)
        elif was.facts != now.facts:
            kind = "dead" if now.force in DEAD and was.force not in DEAD else "changed"
            yield Change(kind, key, mark.name, was.force, now.force)
    for key, was in before.items():
        yield Change("gone", key, was.name, was.force, "")
