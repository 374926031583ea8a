"""What judging says of a listing: findings with their reasons, drops with theirs, and one decision."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from listing_preflight.model.hit import Hit, PictureMatch
from listing_preflight.model.listing import Field, Gap, Listing
from listing_preflight.model.mark import Mark, Rights, Work
from listing_preflight.model.tri import Tri

Severity = Literal["none", "low", "medium", "high"]
Use = Literal["identity", "compatible", "comparison", "imitation", "denial", "keyword", "own", "descriptive", "unknown"]
Decision = Literal["pass", "review", "block", "incomplete", "not-rechecked"]
"""`not-rechecked`: nobody looked, as no mark that changed can touch the listing (--only-changed-since)."""
Role = Literal["goods", "description", "composition", "fit", "comparison", "shop", "keywords"]
"""What the statement that holds a name speaks of."""
FINGERPRINT = 1
"""Version of the fingerprint. A change of its parts raises it; baselines hold the parts, so that they can follow."""
RANK: Mapping[str, int] = {"none": 0, "low": 1, "medium": 2, "high": 3}


def at_most(severity: Severity, cap: Severity) -> Severity:
    """The lesser of two severities."""
    return min(severity, cap, key=RANK.__getitem__)


_NOTHING: Mapping[str, str | int | tuple[str, ...]] = {}


class Reason(NamedTuple):
    """A reason code with its parameters; prose is made of it in reports alone."""

    code: str
    params: Mapping[str, str | int | tuple[str, ...]] = _NOTHING


class Mention(NamedTuple):
    """One hit with how the name is used there, and what the statement that holds it speaks of."""

    hit: Hit
    use: Use
    reason: Reason
    role: Role | None = None


class RightAnswer(NamedTuple):
    """The four questions answered for one registration."""

    office: str | None
    number: str | None
    classes: tuple[int, ...]
    in_force: Tri
    covers_goods: Tri
    covers_territory: Tri
    authorised: Tri
    basis: Rights
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A corrected value of one field that was itself checked and came out at most low."""

    id: str
    field: Field
    index: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Finding:
    """One risk of one listing: severity says what to do, confidence how sure the match is.

    It holds nothing of where the listing stands in its file, nor its id: listings of the same content share their findings.
    `key` is the folded name of the mark, or the id of the work or rule, that it is about; `site` the marketplace judged for.
    `passage` is the digest of the paragraph that the worst mention stands in, where listings of the input share it.
    """

    rule: str
    kind: Literal["trademark", "copyright", "design", "wording"]
    severity: Severity
    confidence: Severity
    legal_risk: Severity
    platform_risk: Severity
    use: Use
    mark: Mark | None = None
    work: Work | None = None
    others: int = 0
    mentions: tuple[Mention, ...] = ()
    pictures: tuple[PictureMatch, ...] = ()
    rights: tuple[RightAnswer, ...] = ()
    reasons: tuple[Reason, ...] = ()
    advice: tuple[Reason, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    key: str
    site: str
    role: Role | None = None
    passage: str = ""
    suppressed: str | None = None
    """Why somebody accepts it: `baseline`, or the id and status of a decision; such a finding decides nothing."""

    @property
    def cause(self) -> str:
        """Digest of what one decision answers: rule, mark or work, use, role and the shared paragraph that it stands in."""
        held = (
            f"{self.mark.list}:{self.mark.id}"
            if self.mark
            else f"{self.work.list}:{self.work.id}"
            if self.work
            else self.key
        )
        parts = "\0".join((self.rule, held, self.use, self.role or "", self.passage))
        return "1:" + hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    def fingerprint(self, listing: str) -> str:
        """Versioned digest of what makes it the same finding of that listing id on the next run."""
        return fingerprint(self.rule, self.site, listing, self.key, self.use)


def fingerprint(rule: str, site: str, listing: str, key: str, use: str) -> str:
    """The fingerprint of a finding from its parts: its version, a colon, 32 hexadecimal digits."""
    parts = "\0".join((rule, site, listing, key, use))
    return f"{FINGERPRINT}:" + hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Dropped(NamedTuple):
    """A candidate that was not raised, and why."""

    mark: str
    list: str
    field: Field
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Text seen in a picture and not readable, or a picture that cannot be told from others: never matched, never called clean."""

    index: int
    box: tuple[int, int, int, int]
    detail: str


SharedWay = Literal["file", "near"]


class Shared(NamedTuple):
    """A picture, by its index, that was shown before: what it is called in the first listing that shows it, and how it is the same.

    `way`: the same file, or nearly the same pixels.
    """

    index: int  # type: ignore[assignment]  # hides the method of tuples
    picture: str
    listing: str
    way: SharedWay


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All that is said of one listing on one marketplace.

    `passed_over` counts names of registers that no mask let through, where nobody asked which.
    """

    listing: Listing
    marketplace: str | None
    decision: Decision
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unread: tuple[Unread, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    not_requested: int = 0
    passed_over: int = 0
    shared: tuple[Shared, ...] = ()


def decide(findings: tuple[Finding, ...], gaps: tuple[Gap, ...]) -> Decision:
    """Of the findings that nobody has accepted: block if any is high, review if any is medium, incomplete if there are gaps and neither, else pass."""
    worst = max((RANK[f.severity] for f in findings if f.suppressed is None), default=0)
    if worst >= RANK["medium"]:
        return "block" if worst == RANK["high"] else "review"
    return "incomplete" if gaps else "pass"
