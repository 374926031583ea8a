"""Which of the matches of a text stand where several want one place."""

from collections.abc import Iterator, Sequence

from listing_preflight.text.gates import RANK, Match

_BLOCK = 32
"""Characters of a stretch of text in which matches are compared: a name or two."""


def resolve(found: Sequence[Match]) -> tuple[list[Match], list[tuple[Match, Match]]]:
    """Keep the best match at each place; the others come back beside the one that stands there.

    A match yields to one that covers it and is longer, and a less literal one to any that it overlaps.
    """
    kept: list[Match] = []
    lost: list[tuple[Match, Match]] = []
    if _is_settled(found):
        return list(found), lost
    for group in _touching(sorted(found, key=_start)):
        if len(group) == 1 or _agree(group):
            kept += group
        else:
            stay, go = _settled(group)
            kept += stay
            lost += go
    kept.sort(key=_reading_order)
    lost.sort(key=lambda pair: (pair[0].kind in _LOOSE, *_importance(pair[0])))
    return kept, lost


_LOOSE = frozenset({"glued", "edit"})


def _is_settled(found: Sequence[Match]) -> bool:
    """Whether matches, in reading order, lie apart, or at one place and are of one literal kind: as nearly all do."""
    end, last, before = -1, (0, 0, ""), -1
    for form, kind, start, stop, _, _ in found:
        here = (start, stop, kind)
        if start < end and (here != last or kind in _LOOSE or form.id < before):
            return False
        end, last, before = stop, here, form.id
    return True


def _start(match: Match) -> int:
    return match.start


def _reading_order(match: Match) -> tuple[int, int, int]:
    return match.start, match.end, match.form.id


def _touching(found: Sequence[Match]) -> Iterator[list[Match]]:
    """Matches in groups between which nothing overlaps, and which so have nothing to settle."""
    group: list[Match] = []
    end = -1
    for match in found:
        if match.start >= end and group:
            yield group
            group = []
        group.append(match)
        end = match.end if len(group) == 1 else max(end, match.end)
    if group:
        yield group


def _agree(group: Sequence[Match]) -> bool:
    """Whether all are of one literal kind and at one place: several names or owners of the same words."""
    one = group[0]
    if one.kind in _LOOSE:
        return False
    return all(m.start == one.start and m.end == one.end and m.kind == one.kind for m in group)


def _importance(match: Match) -> tuple[int, tuple[int, int], int, str, int]:
    return match.start - match.end, _order(match), match.start, match.form.key, match.form.id


def _settled(group: Sequence[Match]) -> tuple[list[Match], list[tuple[Match, Match]]]:
    """The matches of a group that stand, and those that yield with what they yield to."""
    kept: list[Match] = []
    lost: list[tuple[Match, Match]] = []
    standing = _Standing()
    for match in sorted(sorted(group, key=_importance), key=lambda m: m.kind in _LOOSE):
        over = standing.over(match)
        if over is None:
            kept.append(match)
            standing.add(match)
        else:
            lost.append((match, over))
    return kept, lost


class _Standing:
    """The matches that stand, by the stretch of text that they touch: a text of thousands of names takes time in proportion."""

    def __init__(self) -> None:
        self._at: dict[int, dict[tuple[object, ...], tuple[int, Match]]] = {}
        self._count = 0

    def add(self, match: Match) -> None:
        """Let a match stand; of those that are alike in all that `_yields` asks the first stands for all."""
        alike = (match.start, match.end, match.kind, match.score, len(match.form.key))
        self._count += 1
        for block in _blocks(match):
            self._at.setdefault(block, {}).setdefault(alike, (self._count, match))

    def over(self, match: Match) -> Match | None:
        """The first match that stands and that this one yields to."""
        near = (one for block in _blocks(match) for one in self._at.get(block, {}).values())
        found = (one for one in near if _yields(match, one[1]))
        return min(found, key=lambda one: one[0], default=(0, None))[1]


def _blocks(match: Match) -> range:
    return range(match.start // _BLOCK, (match.end - 1) // _BLOCK + 1)


def _order(match: Match) -> tuple[int, int]:
    """More literal first; among names glued or misspelt the longer one first."""
    loose = match.kind in _LOOSE
    return (RANK["glued"], -len(match.form.key)) if loose else (RANK[match.kind], 0)


def _yields(match: Match, other: Match) -> bool:
    if match.start >= other.end or other.start >= match.end:
        return False
    same_place = (match.start, match.end) == (other.start, other.end)
    if same_place:
        if {match.kind, other.kind} == {"glued", "edit"}:
            return len(match.form.key) < len(other.form.key)
        if RANK[match.kind] == RANK[other.kind]:
            return match.kind == "edit" and match.score < other.score
        return RANK[match.kind] > RANK[other.kind]
    inside = other.start <= match.start and match.end <= other.end
    covers = match.start <= other.start and other.end <= match.end
    return inside or (match.kind == "edit" and not covers)
