"""From the mentions of one mark to its finding: both risks, what they rest on, what to do, what would change it."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

from listing_preflight.judging import counterfactual, risk, severity
from listing_preflight.judging.rights import Standing
from listing_preflight.judging.use import Reading
from listing_preflight.model.finding import RANK, Finding, Mention, Reason, RightAnswer, Severity
from listing_preflight.model.hit import Hit
from listing_preflight.model.mark import Mark
from listing_preflight.policy.pack_reader import Rule


class Read(NamedTuple):
    """One hit with how the name is used there."""

    hit: Hit
    reading: Reading


def finding(
    mark: Mark, key: str, read: Sequence[Read], scene: severity.Scene, sense: str, reasons: list[Reason],
    standings: Sequence[Standing], answers: tuple[RightAnswer, ...], authority: tuple[Reason, ...],
) -> Finding:  # fmt: skip
    """The finding of one mark; the worst mention decides it. `reasons` are those that came before."""
    hits = [r.hit for r in read]
    judged = [severity.mention(mark, r.hit, r.reading, scene, sense) for r in read]
    standing = standings[0] if standings else None
    limits = risk.caps(mark, standing)
    risks = [
        risk.weigh(one.row, limits, risk.rules_on(scene.rules, one.row, r.hit, r.reading.use, scene.brand))
        for one, r in zip(judged, read, strict=True)
    ]
    at = _worst(risks)
    worst, how = judged[at], read[at].reading.use
    legal, platform = risk.greatest([r.legal for r in risks]), risk.greatest([r.platform for r in risks])
    final = risk.SEVERITY[legal][platform]
    told = [*reasons, worst.reason, *risk.told(limits, worst.row), *authority]
    told += _pictured(read)

    def weigh(row: str | None, limit: str | None) -> Severity:
        less = limits.without(limit) if limit else limits
        if row is not None:
            return risk.weigh(row, less, ()).severity
        return risk.greatest([risk.weigh(j.row, less, r.rules).severity for j, r in zip(judged, risks, strict=True)])

    otherwise = counterfactual.of(told, final, mark, weigh)
    rules = risks[0].rules if len(risks) == 1 else tuple(dict.fromkeys([r for one in risks for r in one.rules]))
    told += otherwise
    if scene.unread:
        told.append(Reason("language-without-grammar", {"scripts": ", ".join(scene.unread)}))
    told.append(risk.legal_reason(legal, worst.row, standing, authority, mark, hits))
    told.append(risk.platform_reason(platform, worst.row, rules))
    told += map(citation, rules)
    rule = rule_of(mark, hits)
    return Finding(
        rule=rule, kind="trademark", severity=final, confidence=severity.confidence(hits, sense), legal_risk=legal,
        platform_risk=platform, use=how, mark=mark,
        mentions=tuple([Mention(r.hit, r.reading.use, r.reading.reason) for r in read]),
        rights=answers, reasons=tuple(told), advice=_advice(how, final, mark),
        key=key, site=scene.site.name,
    )  # fmt: skip


def _pictured(read: Sequence[Read]) -> tuple[Reason, ...]:
    """Where the pictures use the name otherwise than the texts do, or name what no text names: both uses, as a reason."""
    shown = sorted({r.reading.use for r in read if r.hit.place.field == "image"})
    written = sorted({r.reading.use for r in read if r.hit.place.field != "image"})
    if not shown or not set(shown) - set(written):
        return ()
    if not written:
        return (Reason("picture-alone"),)
    return (Reason("picture-against-text", {"picture": ", ".join(shown), "text": ", ".join(written)}),)


def _worst(risks: Sequence[risk.Risk]) -> int:
    """The first of the mentions that weigh most."""
    if len(risks) == 1:
        return 0
    return max(range(len(risks)), key=lambda i: (RANK[risks[i].severity], -i))


@functools.lru_cache(maxsize=1024)
def citation(rule: Rule) -> Reason:
    """A rule as a reason: its id, text, source and the day it was seen."""
    return Reason(
        code="policy-rule", params={"rule": rule.id, "text": rule.text, "source": rule.source, "seen": rule.seen}
    )


def rule_of(mark: Mark, hits: Sequence[Hit]) -> str:
    """The rule that a finding is made under."""
    if mark.kind == "badge":
        return "TM003"
    return "TM002" if all(h.place.field == "image" for h in hits) else "TM001"


_ADVICE = {
    "keyword": "remove-from-search-terms", "imitation": "describe-without-name", "comparison": "describe-without-name",
}  # fmt: skip


def _advice(how: str, final: str, mark: Mark) -> tuple[Reason, ...]:
    if how == "compatible":
        code = "keep-form" if final == "low" else "use-permitted-form"
    else:
        code = _ADVICE.get(how, "remove-or-prove")
    return (Reason(f"advice-{code}", {"name": mark.name}),)
