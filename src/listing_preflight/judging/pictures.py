"""What a copied known picture or a look-alike of a design means for a listing."""

from collections import defaultdict
from collections.abc import Sequence

from listing_preflight.judging import authority, force, locarno, territory
from listing_preflight.judging.seller import Seller
from listing_preflight.model.finding import Dropped, Finding, Reason, Severity, at_most
from listing_preflight.model.hit import PictureMatch
from listing_preflight.model.mark import Work
from listing_preflight.model.tri import Tri

_SAME_PLACE = 0.5
"""Share of a match that a harmless picture has to cover."""


def judge(
    works: Sequence[Work], matches: Sequence[PictureMatch], sale: authority.Sale, *, seller: Seller | None, trust: bool
) -> list[Finding | Dropped]:
    """One finding a work: a copied picture is high, a shape that looks like a protected design a person's question."""
    known = {(w.list, w.id): w for w in works}
    grouped: defaultdict[tuple[str, str], list[PictureMatch]] = defaultdict(list)
    for match in matches:
        grouped[(match.list, match.work)].append(match)
    harmless = [m for key in sorted(grouped) if known[key].kind == "harmless" for m in grouped[key]]
    out: list[Finding | Dropped] = []
    for key in sorted(grouped):
        reason = _harmless(known[key], grouped[key], harmless)
        dropped = _dropped(known[key], grouped[key], reason) if reason else None
        out.append(dropped or _work(known[key], grouped[key], sale, seller, trust=trust))
    return out


def _harmless(work: Work, matches: Sequence[PictureMatch], harmless: Sequence[PictureMatch]) -> Reason | None:
    """Why a match says nothing: it is a picture known to be harmless, or lies where one was recognised."""
    if work.kind == "harmless":
        return Reason("known-harmless", {"name": work.title or work.id})
    if not all(any(_same_place(m, h) for h in harmless) for m in matches):
        return None
    return Reason("known-harmless", {"name": harmless[0].work})


def _same_place(a: PictureMatch, b: PictureMatch) -> bool:
    if (a.place.index, a.place.frame) != (b.place.index, b.place.frame) or not a.place.box or not b.place.box:
        return False
    (ax, ay, aw, ah), (bx, by, bw, bh) = a.place.box, b.place.box
    w, h = min(ax + aw, bx + bw) - max(ax, bx), min(ay + ah, by + bh) - max(ay, by)
    return max(0, w) * max(0, h) > _SAME_PLACE * aw * ah


def _work(
    work: Work, matches: list[PictureMatch], sale: authority.Sale, seller: Seller | None, *, trust: bool
) -> Finding | Dropped:
    bonds = [territory.of(r, sale.site, work.registrations) for r in work.registrations]
    binds = Tri.best([b.binds for b in bonds]) if bonds else Tri.UNKNOWN
    if binds is Tri.NO and work.rights != "assumed":
        offices = tuple(sorted({r.office or "" for r in work.registrations}))
        return _dropped(work, matches, Reason("no-right-in-territory", {"offices": offices}))
    states = [force.of(r, sale.day) for r in work.registrations] if work.kind == "design" else []
    if states and all(s.live is Tri.NO for s in states):
        return _dropped(work, matches, Reason("right-dead", states[0].reason.params))
    through = frozenset().union(*(b.through for b in bonds))
    needed = through & sale.site.offices or sale.site.offices
    allowed = authority.of_work(work, sale, needed, seller=seller, trust=trust)
    if allowed.covered and allowed.reason:
        return _dropped(work, matches, allowed.reason)
    severity: Severity = "high" if work.kind == "image" else "medium"
    reasons = [Reason("known-picture" if work.kind == "image" else "known-design")]
    if states and all(s.kind in ("pending", "dead", "generic") for s in states):
        severity = "low"
        reasons.append(Reason("cap-pending"))
    if work.kind == "design":
        reasons.append(locarno.reason(work, sale.goods))
        if locarno.is_outside(work, sale.goods):
            severity = "low"
            reasons.append(Reason("cap-article"))
    if not bonds:
        reasons.append(Reason("no-rights-data"))
    elif binds is Tri.UNKNOWN:
        severity = at_most(severity, "medium")
        reasons.append(Reason("cap-territory-unknown"))
    if allowed.reason:
        reasons.append(allowed.reason)
    return Finding(
        rule="IM001" if work.kind == "image" else "DS001", kind="copyright" if work.kind == "image" else "design",
        severity=severity, confidence=_confidence(matches), legal_risk=severity, platform_risk=severity, use="identity", work=work,
        pictures=tuple(matches), reasons=tuple(reasons), advice=(Reason("advice-replace-picture", {"name": work.title or work.id}),),
        key=work.id, site=sale.site.name,
    )  # fmt: skip


_SURE, _LIKELY = 0.9, 0.6
"""Likeness from which a match is sure, and from which it is more likely right than wrong by a margin: shares of right matches, as they were measured."""


def _confidence(matches: Sequence[PictureMatch]) -> Severity:
    best = max(m.score for m in matches)
    return "high" if best >= _SURE else "medium" if best >= _LIKELY else "low"


def _dropped(work: Work, matches: Sequence[PictureMatch], reason: Reason) -> Dropped:
    return Dropped(mark=work.id, list=work.list, field="image", text=matches[0].known, reason=reason)
