"""What a marketplace's published rules say of a listing: findings on wording alone, and rules that a finding cites."""

import functools
import re
from collections.abc import Iterable, Sequence

from listing_preflight.judging.goods import Goods
from listing_preflight.judging.grammar import words
from listing_preflight.judging.judge import fingerprint
from listing_preflight.model.finding import Finding, Mention, Reason
from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Listing, Text
from listing_preflight.policy.marketplaces import Marketplace
from listing_preflight.policy.pack_reader import Rule, of_platform
from listing_preflight.text import markup
from listing_preflight.text.around import words_of
from listing_preflight.text.fold import fold

RULE = "PW001"
_AROUND = 160


def wording(rules: Sequence[Rule], listing: Listing, goods: Goods, site: Marketplace) -> list[Finding]:
    """One finding for each rule on wording that a text breaks."""
    chosen = of_platform(tuple(rules), site.platform)
    trigger = _trigger(chosen)
    texts = [(i, t) for i, t in enumerate(listing.texts) if trigger.search(t.value.casefold())]
    if not texts:
        return []
    out = []
    for rule in chosen:
        if rule.wording and (not rule.categories or rule.categories & goods.likely):
            mentions = tuple(m for i, t in texts if t.field in rule.fields for m in _mentions(rule, i, t))
            if mentions:
                out.append(_finding(rule, mentions, listing, site))
    return out


@functools.lru_cache(maxsize=64)
def _trigger(rules: tuple[Rule, ...]) -> re.Pattern[str]:
    """The phrases as they mostly stand in a text: one without any of them need not be folded."""
    phrases = {r"[\W_]{0,3}".join(map(re.escape, words(w))) for r in rules for w in r.wording if words(w)}
    return re.compile("|".join(sorted(phrases)) or "(?!)")


def _mentions(rule: Rule, number: int, text: Text) -> Iterable[Mention]:
    page = markup.visible(text.value)
    tokens = fold(page.text).plain.tokens
    plain = tuple(t.text for t in tokens)
    for phrase in map(words, rule.wording):
        for i in range(len(plain) - len(phrase) + 1):
            if plain[i : i + len(phrase)] == phrase:
                yield _mention(rule, number, text, page, tokens[i].start, tokens[i + len(phrase) - 1].end)


def _mention(rule: Rule, number: int, text: Text, page: markup.Seen, first: int, last: int) -> Mention:
    start, end = page.span(first, last)
    place = Place(
        field=text.field, index=text.index, text=number, start=start, end=end, name=text.name, row=text.row,
        column=text.column,
    )  # fmt: skip
    hit = Hit(
        key=rule.id, form=rule.id, common=False, kind="wording", place=place, seen=text.value[start:end],
        steps=frozenset(), score=1.0, before=page.text[max(0, first - _AROUND) : first],
        after=page.text[last : last + _AROUND], around=words_of(page.text).around(first, last),
    )  # fmt: skip
    return Mention(hit=hit, use="unknown", reason=Reason(code="wording"))


def _finding(rule: Rule, mentions: tuple[Mention, ...], listing: Listing, site: Marketplace) -> Finding:
    return Finding(
        rule=RULE, kind="wording", severity=rule.effect, confidence="high", legal_risk="none", platform_risk=rule.effect,
        use="unknown", mentions=mentions, reasons=(citation(rule),), advice=(Reason(code="advice-reword"),),
        fingerprint=fingerprint(RULE, site.name, listing.id, rule.id, "unknown"),
    )  # fmt: skip


def citation(rule: Rule) -> Reason:
    """A rule as a reason: its id, text, source and the day it was seen."""
    return Reason(
        code="policy-rule", params={"rule": rule.id, "text": rule.text, "source": rule.source, "seen": rule.seen}
    )


def cited(rules: Sequence[Rule], finding: Finding, site: Marketplace) -> tuple[Reason, ...]:
    """The rules of the marketplace that a finding on a mark falls under."""
    codes = {r.code for r in finding.reasons}
    steps = {s for m in finding.mentions for s in m.hit.steps}
    places = {m.hit.place.field for m in finding.mentions}
    return tuple(
        citation(r)
        for r in of_platform(tuple(rules), site.platform)
        if not r.wording and r.fields & places and (r.use == finding.use or r.reasons & codes or r.steps & steps)
    )
