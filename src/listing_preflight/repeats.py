"""Listings of one content are judged once: catalogs offer the same goods under many ids."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from listing_preflight.images.looked import Fault
from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Field, Listing, SellerClaim
from listing_preflight.passages import Passages
from listing_preflight.running.judges import Answers, Judges, Known

MOST = 8192
"""Contents that are remembered before the memo starts anew."""
MENTION, FINDING, LETTER, CONTENT = 1_500, 6_000, 2, 1_000
"""Bytes of a mention, a finding, a letter and the rest of an answer, with what reports keep of them: 68 KB for a listing of 3 KB with 7.6
findings, where 67 were measured."""
Verdicts = tuple[Verdict, ...]


class Content(NamedTuple):
    """All that the verdicts of a listing without pictures hang on."""

    marketplace: str | None
    category: str | None
    seller: SellerClaim
    texts: tuple[tuple[Field, int, str | None, str], ...]
    passages: Passages


def told_by(listing: Listing, passages: Passages) -> Content | None:
    """The content that tells all of a listing; None where its verdicts hang on more: its pictures, damage in its file."""
    if listing.pictures or listing.gaps:
        return None
    texts = tuple([(t.field, t.index, t.name, t.value) for t in listing.texts])
    return Content(listing.marketplace, listing.category, listing.seller, texts, passages)


class Memo:
    """Verdicts by content, bounded: when there is no room, in bytes as estimated, it starts anew."""

    def __init__(self, room: int) -> None:
        self._known: dict[Content, Verdicts] = {}
        self._size, self._room = 0, room

    def get(self, key: Content) -> Verdicts | None:
        """The verdicts of a content that was judged before."""
        return self._known.get(key)

    def keep(self, key: Content, verdicts: Verdicts) -> None:
        """Remember them."""
        size = _size(key, verdicts)
        if len(self._known) >= MOST or self._size + size > self._room:
            self._known.clear()
            self._size = 0
        if size <= self._room:
            self._known[key] = verdicts
            self._size += size


def _size(key: Content, verdicts: Verdicts) -> int:
    found = [f for v in verdicts for f in v.findings]
    letters = sum([len(value) for _, _, _, value in key.texts])
    return CONTENT + LETTER * letters + FINDING * len(found) + MENTION * sum([len(f.mentions) for f in found])


_NOWHERE = Known([])


@dataclass(slots=True, eq=False)
class _Asked:
    """A job that somebody judges: its answer is number `at` of `answers`."""

    key: Content | None
    at: int
    answers: Answers = _NOWHERE


class Repeats:
    """Judges that are asked for new contents alone; the rest is answered before it leaves this process.

    What failed answers for nothing else: every listing of that content is tried by itself, and is a gap of its own. `of` gives the
    listing of a job with the paragraphs that it shares; `by_id`: what a seller may do hangs on ids, so that none stands for another.
    """

    def __init__(
        self, judges: Judges, of: Callable[[Any], tuple[Listing, Passages]], *, by_id: bool, room: int
    ) -> None:
        self._judges, self._of, self._by_id = judges, of, by_id
        self._memo = Memo(room)
        self._open: dict[Content, _Asked] = {}

    def submit(self, jobs: Sequence[Any]) -> Answers:
        """Hand over those that are new."""
        told: list[Verdicts | _Asked] = []
        own: dict[int, _Asked] = {}
        for n, job in enumerate(jobs):
            key = None if self._by_id else told_by(*self._of(job))
            known = None if key is None else self._memo.get(key) or self._open.get(key)
            if known is None:
                known = own[n] = _Asked(key, len(own))
                if key is not None:
                    self._open[key] = known
            told.append(known)
        answers = self._judges.submit([jobs[n] for n in own]) if own else _NOWHERE
        for one in own.values():
            one.answers = answers
        return _Told(self, jobs, told, frozenset(own))

    def answer(self, one: _Asked, *, own: bool) -> Verdicts | Fault:
        """The answer to a job, which is remembered where it was its own."""
        answer: Verdicts | Fault = one.answers.result()[one.at]
        if own and one.key is not None:
            self._open.pop(one.key, None)
            if not isinstance(answer, Fault):
                self._memo.keep(one.key, answer)
        return answer

    def again(self, jobs: Sequence[Any]) -> list[Any]:
        """The answers to jobs that are judged whatever is known."""
        return self._judges.submit(jobs).result() if jobs else []

    def close(self) -> None:
        """End what runs beside this process."""
        self._judges.close()


class _Told(NamedTuple):
    """The answers to jobs, some of which were there and some of which others asked for."""

    repeats: Repeats
    jobs: Sequence[Any]
    told: Sequence[Verdicts | _Asked]
    own: frozenset[int]
    """Which of them were asked for with these jobs: their failure is their own."""

    def result(self) -> list[Any]:
        """The answer, or Fault, of each job."""
        out = [
            self.repeats.answer(one, own=n in self.own) if isinstance(one, _Asked) else one
            for n, one in enumerate(self.told)
        ]
        failed = [n for n, answer in enumerate(out) if isinstance(answer, Fault) and n not in self.own]
        for n, answer in zip(failed, self.repeats.again([self.jobs[n] for n in failed]), strict=True):
            out[n] = answer
        return out
