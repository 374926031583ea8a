"""Marks that share a name: read once where judging reads the same of them, and ranked before a finding is made of one."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from listing_preflight.judging import conclude
from listing_preflight.judging.conclude import Answered, Construct, Judged
from listing_preflight.judging.grammar import words
from listing_preflight.judging.scene import Named, Scene, Told
from listing_preflight.model.finding import RANK, Reason, Use
from listing_preflight.model.hit import Hit
from listing_preflight.model.mark import Mark


class Read(NamedTuple):
    """The mentions of a mark as the table reads them: all, those that raise something, where these stand and how it is used there."""

    judged: Sequence[Judged]
    raised: Sequence[Judged]
    hits: Sequence[Hit]
    uses: frozenset[Use]


class Held(NamedTuple):
    """A mark that something is raised of, before its finding is made."""

    named: Named
    read: Read
    reasons: Sequence[Reason]
    rights: Answered


def read(judged: Sequence[Judged]) -> Read:
    """Mentions as they were judged."""
    raised = [j for j in judged if not j.row.drop]
    return Read(judged, raised, [j.mention.hit for j in raised], frozenset([j.mention.reading.use for j in raised]))


class Alike:
    """What was read of a name's mentions, by what signals read of a mark: thousands of registrations may hold one name."""

    def __init__(self, told: Sequence[Told]) -> None:
        texts = {id(t.hit.around.words): t.hit.around.words for t in told}
        self._words = frozenset[str]().union(*texts.values())
        self._known: dict[tuple[object, ...], Read] = {}

    def of(self, named: Named, make: Callable[[Named], Read]) -> Read:
        """What is read of a mark, made once for all that are alike."""
        key = self._facts(named.mark)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = make(named)
        return found

    def _facts(self, mark: Mark) -> tuple[object, ...]:
        """All that signals read of a mark; of its owner the words that stand in the texts."""
        classes = frozenset(c for r in mark.registrations for c in r.classes or ())
        owner = self._words.intersection(words(mark.owner or "")) and mark.owner
        return (
            mark.name, mark.kind, owner, mark.parent, mark.aliases, mark.famous, mark.common_word, mark.requires, mark.near,
            mark.never_near, mark.compounds, mark.part_of, mark.permitted_use, classes,
        )  # fmt: skip


def best(found: Sequence[Held], scene: Scene) -> Held:
    """The first of those that weigh most, the one with more rights among equals."""
    if len(found) == 1:
        return found[0]
    known: dict[int, tuple[tuple[Construct, ...], bool]] = {}

    def weight(held: Held) -> tuple[int, int]:
        key = id(held.read)
        if key not in known:
            known[key] = conclude.constructs(held.read.raised, scene), conclude.shows_own(held.read.raised)
        found, own = known[key]
        severity = conclude.severity(found, conclude.limits_of(held.named.mark, held.rights, own=own))
        return RANK[severity], len(held.rights.answers)

    return max(found, key=weight)
