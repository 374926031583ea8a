"""What a stamp of others in a picture means: an address, handle or copyright notice that is not the seller's."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence

from listing_preflight.judging import risk
from listing_preflight.judging.conclude import citation
from listing_preflight.judging.goods import of_listing
from listing_preflight.judging.seller import Seller
from listing_preflight.model.finding import Dropped, Finding, Mention, Reason, Severity
from listing_preflight.model.hit import Hit
from listing_preflight.model.listing import Listing
from listing_preflight.policy.marketplaces import Marketplace
from listing_preflight.policy.pack_reader import Rule, on_marks
from listing_preflight.text.fold import fold, folded_key
from listing_preflight.text.vocabulary import vocabulary

RULE = "PW002"
_LEAST_INSIDE = 4
"""Letters from which a name inside another (a brand in its shop's address) tells that they are one."""
Stamped = tuple[str, Hit, bool]
"""Whose a stamp is, the hit, and whether larger letters in the picture say the same name."""


def judge(
    stamps: Sequence[Stamped], listing: Listing, site: Marketplace, rules: Sequence[Rule], *, named: Iterable[str],
    seller: Seller | None, trust: bool,
) -> list[Finding | Dropped]:  # fmt: skip
    """One finding for each owner of stamps; silence for the seller's own and for marks that are judged by themselves."""
    if not stamps:
        return []
    own = {k for k in map(_joined, _own(listing, seller, trust=trust)) if k}
    marks = {_joined(name) for name in named}
    grouped: defaultdict[str, list[Stamped]] = defaultdict(list)
    for stamp in stamps:
        grouped[stamp[0]].append(stamp)
    likely = of_listing(listing).likely
    held = [r for r in on_marks(tuple(rules), site.platform) if r.holds(site.home, likely)]
    out: list[Finding | Dropped] = []
    for owner in sorted(grouped):
        reason = _silence(owner, own, marks, _joined(site.platform or ""))
        found = grouped[owner]
        out.append(_dropped(found[0][1], reason) if reason else _finding(owner, found, site, held))
    return out


def _own(listing: Listing, seller: Seller | None, *, trust: bool) -> Iterable[str]:
    yield from (t.value for t in listing.texts if t.field in ("brand", "manufacturer"))
    yield from _coined(listing.first("title"))
    if trust:
        yield from (*listing.seller.own_brands, *listing.seller.authorised)
    if seller is not None:
        yield seller.name
        yield from (mark.name for mark in seller.own)
        yield from (one.mark for one in seller.authorisations if one.mark)


def _coined(title: str) -> Iterable[str]:
    """Words of a title that are no ordinary ones: the goods' own names."""
    return (t.text for t in fold(title).plain.tokens if not vocabulary().is_word(t.text))


def _joined(name: str) -> str:
    return folded_key(name).replace(" ", "")


def _silence(owner: str, own: Iterable[str], marks: Iterable[str], platform: str) -> Reason | None:
    if any(_same(owner, key) for key in own):
        return Reason(code="stamp-own")
    if any(_same(owner, key) for key in marks):
        return Reason(code="stamp-of-mark")
    return Reason(code="stamp-of-marketplace") if platform and owner == platform else None


def _same(owner: str, key: str) -> bool:
    return (
        owner == key or (len(key) >= _LEAST_INSIDE and key in owner) or (len(owner) >= _LEAST_INSIDE and owner in key)
    )


def _dropped(hit: Hit, reason: Reason) -> Dropped:
    return Dropped(mark=hit.key, list="", field="image", text=hit.seen, reason=reason)


def _finding(owner: str, found: Sequence[Stamped], site: Marketplace, rules: Sequence[Rule]) -> Finding:
    hits = [hit for _, hit, _ in found]
    in_main = any(hit.place.index == 0 for hit in hits)
    severity: Severity = "low"
    if all(goods for _, _, goods in found):
        reasons = [Reason(code="stamp-on-goods")]
    elif not in_main and all(hit.place.print in ("small", "table") for hit in hits):
        reasons = [Reason(code="stamp-in-small-print")]
    else:
        severity, reasons = "medium", [Reason(code="stamp-in-main-picture")] if in_main else []
    stamped = Reason(code="stamp-of-others", params={"what": hits[0].key})
    made = Finding(
        rule=RULE, kind="wording", severity=severity, confidence="high" if severity == "medium" else "medium",
        legal_risk=severity, platform_risk="low", use="unknown",
        mentions=tuple(Mention(hit=h, use="unknown", reason=stamped) for h in hits), reasons=(stamped, *reasons),
        advice=(Reason(code="advice-own-picture"),),
        key=owner, site=site.name,
    )  # fmt: skip
    if not in_main or severity == "low":
        return made
    broken = tuple(r for r in rules if "image" in r.fields and "stamp-in-main-picture" in r.reasons)
    weighed = risk.weigh("stamp-in-main-picture", risk.Caps(), broken)
    return dataclasses.replace(
        made, reasons=(*made.reasons, *map(citation, broken)), severity=weighed.severity, platform_risk=weighed.platform
    )
