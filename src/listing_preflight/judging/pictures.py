"""What a copied known picture or a look-alike of a design means for a listing."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from listing_preflight.judging import force, territory
from listing_preflight.model.finding import Dropped, Finding, Reason, Severity, at_most
from listing_preflight.model.hit import PictureMatch
from listing_preflight.model.mark import Work
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import Marketplace


def judge(
    works: Sequence[Work], matches: Sequence[PictureMatch], site: Marketplace, day: datetime.date
) -> list[Finding | Dropped]:
    """One finding a work: a copied picture is high, a shape that looks like a protected design a person's question."""
    known = {(w.list, w.id): w for w in works}
    grouped: defaultdict[tuple[str, str], list[PictureMatch]] = defaultdict(list)
    for match in matches:
        grouped[(match.list, match.work)].append(match)
    return [_work(known[key], grouped[key], site, day) for key in sorted(grouped)]


def _work(work: Work, matches: list[PictureMatch], site: Marketplace, day: datetime.date) -> Finding | Dropped:
    severity: Severity = "high" if work.kind == "image" else "medium"
    reasons = [Reason(code="known-picture" if work.kind == "image" else "known-design")]
    binds = (
        Tri.best([territory.of(r, site, work.registrations).binds for r in work.registrations])
        if work.registrations
        else Tri.UNKNOWN
    )
    if binds is Tri.NO and work.rights != "assumed":
        first = matches[0]
        return Dropped(
            mark=work.id, list=work.list, field="image", text=first.known, reason=Reason(code="no-right-in-territory", params={"offices": ()})
        )  # fmt: skip
    if work.kind == "design":
        live = Tri.best([force.of(r, day).live for r in work.registrations]) if work.registrations else Tri.UNKNOWN
        if live is Tri.NO:
            return Dropped(
                mark=work.id, list=work.list, field="image", text=matches[0].known, reason=Reason(code="right-dead")
            )
    if binds is Tri.UNKNOWN:
        severity = at_most(severity, "medium")
        reasons.append(Reason(code="cap-territory-unknown"))
    rule = "IM001" if work.kind == "image" else "DS001"
    return Finding(
        rule=rule, kind="copyright" if work.kind == "image" else "design", severity=severity, confidence="high",
        legal_risk=severity, platform_risk=severity, use="identity", work=work, pictures=tuple(matches),
        reasons=tuple(reasons), advice=(Reason(code="advice-replace-picture", params={"name": work.title or work.id}),),
        key=work.id, site=site.name,
    )  # fmt: skip
