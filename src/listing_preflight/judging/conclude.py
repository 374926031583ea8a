"""From the mentions of one mark to its finding: both risks, what they rest on, what to do, what would change it."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

from listing_preflight.judging import counterfactual, risk
from listing_preflight.judging.mention import Mentioned
from listing_preflight.judging.rights import Standing
from listing_preflight.judging.scene import Scene
from listing_preflight.judging.table import Row
from listing_preflight.model.finding import RANK, Finding, Mention, Reason, RightAnswer, Severity
from listing_preflight.model.hit import Hit
from listing_preflight.model.mark import Mark
from listing_preflight.policy.pack_reader import Rule


class Judged(NamedTuple):
    """One mention, the row of the table that it is, and the reason that names it."""

    mention: Mentioned
    row: Row
    reason: Reason


class Answered(NamedTuple):
    """What was found of the rights behind a mark: the strongest first, what reports list of them, who may use it."""

    standings: Sequence[Standing]
    answers: tuple[RightAnswer, ...]
    authority: tuple[Reason, ...]


Construct = tuple[str, tuple[Rule, ...]]
"""A row of the table and the marketplace's rules that a mention in it falls under."""


def constructs(judged: Sequence[Judged], scene: Scene) -> tuple[Construct, ...]:
    """What the mentions of a mark weigh by, each once."""
    return tuple(dict.fromkeys([(j.row.id, _rules(j, scene)) for j in judged]))


def severity(found: Sequence[Construct], limits: risk.Caps) -> Severity:
    """The severity that the finding of a mark has whose mentions are these constructs."""
    risks = [risk.weigh(row, limits, rules) for row, rules in found]
    return risk.SEVERITY[risk.greatest([r.legal for r in risks])][risk.greatest([r.platform for r in risks])]


def limits_of(mark: Mark, rights: Answered, *, own: bool) -> risk.Caps:
    """What the rights leave of both risks; `own`: a mention shows that the goods are the maker's own."""
    limits = risk.caps(mark, rights.standings[0] if rights.standings else None)
    shown = mark.kind == "character"  # on other goods it is a copy of a work, whatever classes somebody assumed
    return limits.without("cap-goods-assumed") if own or shown else limits


def finding(judged: Sequence[Judged], reasons: Sequence[Reason], rights: Answered, scene: Scene) -> Finding:
    """The finding of one mark; the worst of its mentions decides it. `reasons` are those that came before."""
    mark, key = judged[0].mention.mark, judged[0].mention.named.key
    hits = [j.mention.hit for j in judged]
    standing = rights.standings[0] if rights.standings else None
    limits = limits_of(mark, rights, own=shows_own(judged))
    risks = [
        risk.weigh(j.row.id, limits, _rules(j, scene))
        for j in judged
    ]  # fmt: skip
    at = _worst(risks)
    worst, mention = judged[at], judged[at].mention
    legal, platform = risk.greatest([r.legal for r in risks]), risk.greatest([r.platform for r in risks])
    final = risk.SEVERITY[legal][platform]
    told = [
        *reasons,
        *_sense(worst),
        worst.reason,
        *risk.told(limits, worst.row.id),
        *rights.authority,
        *_pictured(judged),
    ]
    rules = tuple(dict.fromkeys([r for one in risks for r in one.rules]))
    told += counterfactual.of(told, final, mark, _weigher(judged, risks, limits))
    if scene.speech.unread:
        told.append(Reason("language-without-grammar", {"scripts": ", ".join(scene.speech.unread)}))
    told.append(risk.legal_reason(legal, worst.row.id, standing, rights.authority, mark, hits))
    told.append(risk.platform_reason(platform, worst.row.id, rules))
    told += map(citation, rules)
    use = mention.reading.use if not (worst.row.doubt and worst.row.legal == "none") else "descriptive"
    return Finding(
        rule=rule_of(mark, hits), kind="trademark", severity=final, confidence=_confidence(judged, worst),
        legal_risk=legal, platform_risk=platform, use=use, mark=mark,
        mentions=tuple([Mention(j.mention.hit, j.mention.reading.use, j.reason, j.mention.statement.role) for j in judged]),
        rights=rights.answers, reasons=tuple(told), advice=_advice(worst, final, mark), key=key, site=scene.site.name,
        role=mention.statement.role, passage=mention.statement.passage,
    )  # fmt: skip


def shows_own(judged: Sequence[Judged]) -> bool:
    """Whether the goods are its own whatever a noun of the title says: a model or line of the maker stands beside its name, or data."""
    return any(_shows_own(j.mention) for j in judged)


def _shows_own(m: Mentioned) -> bool:
    if m.has("technical-data") or (m.has("title-alone") and m.has("leads-title") and not m.has("flagged")):
        return True
    makers = m.has("makers-goods") or m.has("title-alone")
    return makers and any(map(m.has, ("beside-model", "led-by-near", "beside-line")))


def _rules(judged: Judged, scene: Scene) -> tuple[Rule, ...]:
    return risk.rules_on(scene.rules, judged.row.id, judged.mention.hit, judged.mention.reading.use, scene.brand)


def _weigher(judged: Sequence[Judged], risks: Sequence[risk.Risk], limits: risk.Caps) -> counterfactual.Weigh:
    """What the severity were with another row, or without one of the limits."""

    def weigh(row: str | None, limit: str | None) -> Severity:
        less = limits.without(limit) if limit else limits
        if row is not None:
            return risk.weigh(row, less, ()).severity
        return risk.greatest([risk.weigh(j.row.id, less, r.rules).severity for j, r in zip(judged, risks, strict=True)])

    return weigh


_SENSES = (
    "overlaid", "disguised", "signed", "brand-is-own", "kin", "house-present", "near-word", "famous-duped", "imitated",
    "flagged-imitated", "famous-imitated", "fits-own-goods", "fits-its-device", "denied-in-goods", "logo-of-a-name", "keyword-among-marks", "beside-mark-in-goods", "rare-beside-mark",
    "leads-at-goods", "leads-device", "words-lead", "named-at-goods", "tongues-name", "short-as-listed", "short-keyword", "named-line", "coined-leads-device", "led-by-its-noun", "famous-beside-goods", "keyword-names-goods", "words-compared", "hyphened-line", "work-beside-its-name", "keyword-with-context", "script-lead", "words-fitted", "logo-of-words", "leads-own-goods",
    "famous-names-goods", "words-in-goods", "led-to-its-line", "beside-its-line", "led-with-context", "coined-line", "foreign-in-goods", "data-with-context",
)  # fmt: skip
"""Why an ordinary word is taken for the mark, in the order in which a reader is told."""


def _sense(judged: Judged) -> tuple[Reason, ...]:
    """What says that an ordinary word is meant as the mark."""
    mention = judged.mention
    if not mention.has("ordinary"):
        return ()
    sign = next((s for s in _SENSES if mention.has(s)), None)
    return (mention.evidence(sign) or Reason(f"sense-{sign}"),) if sign else ()


def _pictured(judged: Sequence[Judged]) -> tuple[Reason, ...]:
    """Where the pictures use the name otherwise than the texts do, or name what no text names: both uses, as a reason."""
    shown = sorted({j.mention.reading.use for j in judged if j.mention.hit.place.field == "image"})
    if not shown:
        return ()
    written = sorted({j.mention.reading.use for j in judged if j.mention.hit.place.field != "image"})
    if not set(shown) - set(written):
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


def _confidence(judged: Sequence[Judged], worst: Judged) -> Severity:
    """How sure the match is: literal and distinct names most, guesses and ordinary words least."""
    if worst.row.doubt:
        return "low"
    levels: tuple[Severity, ...] = ("high", "medium", "low")
    return levels[min(_guess(j.mention.hit) for j in judged)]


def _guess(hit: Hit) -> int:
    if "features" in hit.steps or "hash" in hit.steps:
        return 0 if hit.score >= SEEN_SURE else 1
    if hit.kind == "edit":
        return 1 if hit.score >= SURE else 2
    return 1 if hit.kind == "glued" else 0


SURE = 0.85
"""Likeness of a misspelling from which the match is sure in part: one letter of seven."""
SEEN_SURE = 0.9
"""Likeness of a logo from which it is as sure as a word that is read."""
_ADVICE = {
    "keyword": "remove-from-search-terms", "imitation": "describe-without-name", "comparison": "describe-without-name",
}  # fmt: skip


def _advice(worst: Judged, final: str, mark: Mark) -> tuple[Reason, ...]:
    use = worst.mention.reading.use
    if worst.row.id == "composition":
        code = "keep-suppliers-proof"
    elif (worst.row.doubt and worst.row.legal == "none") or (worst.row.doubt and final == "low"):
        code = "write-otherwise"
    elif use == "compatible":
        code = "keep-form" if final == "low" else "use-permitted-form"
    else:
        code = _ADVICE.get(use, "remove-or-prove")
    return (Reason(f"advice-{code}", {"name": mark.name}),)
