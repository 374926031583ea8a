"""What a marketplace's published rules say of a listing's wording, whatever mark stands there or none."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from listing_preflight.judging.conclude import citation
from listing_preflight.judging.goods import of_listing
from listing_preflight.judging.grammar import words
from listing_preflight.model.finding import Finding, Mention, Reason
from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Listing, Text
from listing_preflight.policy.marketplaces import Marketplace
from listing_preflight.policy.pack_reader import Rule, on_wording
from listing_preflight.text import markup
from listing_preflight.text.around import words_of
from listing_preflight.text.fold import fold, folded_key

RULE = "PW001"
_AROUND = 160
_SIGN = re.compile(r"([^\W_][\w'’&.-]*)\s?(?:[™®]|\((?:TM|tm|R)\))")
"""A word with a sign of registration behind it."""
_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?![\w@])"
_CALLS = "tel|phone|call|text|sms|whats ?app|viber|telegram|wechat|mobil|handy|anruf|ruf|appel|llam|chiam|zadzwo|ligue|contact|kontakt|тел|звон|电话|電話|전화"
_PHONE = rf"(?i:{_CALLS})[^\n+]{{0,24}}(?<![\w.,/-])" r"\+\d{1,3}[ .()/-]{0,2}\d(?:[ .()/-]{0,2}\d){6,12}(?![\w-])"
_CONTACT = re.compile(f"{_MAIL}|{_PHONE}")
"""An e-mail address, or a number with its country that a word says to call: what reaches a seller past the marketplace."""


def wording(rules: Sequence[Rule], listing: Listing, site: Marketplace, found: Sequence[Finding]) -> list[Finding]:
    """One finding for each rule on wording that a text breaks; `found` are those on marks, whose signs they explain."""
    chosen = on_wording(tuple(rules), site.platform)
    triggers = _triggers(chosen)
    folded = [t.value.casefold() for t in listing.texts]
    together = "\0".join(folded)
    met = [(hint, there) for hint, there in triggers if hint in together]
    texts = [
        (i, t) for i, (t, text) in enumerate(zip(listing.texts, folded, strict=True))
        if any(hint in text and there.search(text) for hint, there in met)
    ]  # fmt: skip
    if not texts:
        return []
    out = []
    likely = of_listing(listing).likely
    for rule in chosen:
        if rule.holds(site.home, likely):
            mentions = tuple(
                m for i, t in texts if t.field in rule.fields for m in _mentions(rule, i, t, listing, found)
            )
            if mentions:
                out.append(_finding(rule, mentions, site))
    return out


@functools.lru_cache(maxsize=64)
def _triggers(rules: tuple[Rule, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The phrases as they mostly stand in a text, by a piece that each holds: a text without any of them need not be folded."""
    found: dict[str, set[str]] = {}
    spelled = (w for r in rules for w in r.wording)
    for phrase in (p for w in spelled for p in {words(w), tuple(re.findall(r"\w+", w.casefold()))}):
        if phrase:
            found.setdefault(max(phrase, key=lambda w: (not w.isascii(), len(w))), set()).add(
                r"[\W_]{0,3}".join(map(re.escape, phrase))
            )
    for char in (c.casefold() for r in rules for c in r.characters):
        found.setdefault(char, set()).add(re.escape(char))
    if any(r.signs for r in rules):
        found |= {sign: {re.escape(sign)} for sign in ("™", "®", "(tm)", "(r)")}
    if any(r.contact for r in rules):
        found |= {"@": {_MAIL}, "+": {_PHONE}}
    return tuple((hint, re.compile("|".join(sorted(there)))) for hint, there in sorted(found.items()))


def _mentions(rule: Rule, number: int, text: Text, listing: Listing, found: Sequence[Finding]) -> Iterator[Mention]:
    page = markup.visible(text.value)
    spans: Iterable[tuple[int, int]] = _phrases(rule, page.text)
    if rule.characters:
        spans = (m.span() for m in re.finditer("|".join(map(re.escape, rule.characters)), page.text))
    elif rule.contact:
        spans = (m.span() for m in _CONTACT.finditer(page.text))
    elif rule.signs:
        spans = _signs(page, number, listing, found)
    for first, last in spans:
        yield _mention(rule, number, text, page, first, last)


def _phrases(rule: Rule, text: str) -> Iterator[tuple[int, int]]:
    tokens = fold(text).plain.tokens if rule.wording else ()
    plain = tuple([t.text for t in tokens])
    held = frozenset(plain)
    for phrase in map(words, rule.wording):
        if not held.issuperset(phrase):
            continue
        for i in range(len(plain) - len(phrase) + 1):
            if plain[i : i + len(phrase)] == phrase:
                yield tokens[i].start, tokens[i + len(phrase) - 1].end


def _signs(page: markup.Seen, number: int, listing: Listing, found: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """Words with a sign of registration that are neither the seller's own name nor part of a mark already found."""
    own = {
        folded_key(n) for n in (listing.first("brand"), listing.first("manufacturer"), *listing.seller.own_brands) if n
    }
    ends = {(m.hit.place.text, m.hit.place.end) for f in found for m in f.mentions}
    for match in _SIGN.finditer(page.text):
        start, end = match.span(1)
        if (number, page.span(start, end)[1]) in ends:
            continue
        before = folded_key(page.text[max(0, end - 80) : end])
        if not any(before.endswith(name) for name in own):
            yield start, match.end()


def _mention(rule: Rule, number: int, text: Text, page: markup.Seen, first: int, last: int) -> Mention:
    start, end = page.span(first, last)
    place = Place(
        field=text.field, index=text.index, text=number, start=start, end=end, name=text.name,
    )  # fmt: skip
    hit = Hit(
        key=rule.id, form=rule.id, common=False, kind="wording", place=place, seen=text.value[start:end],
        steps=frozenset(), score=1.0, before=page.text[max(0, first - _AROUND) : first],
        after=page.text[last : last + _AROUND], around=words_of(page.text).around(first, last),
    )  # fmt: skip
    return Mention(hit=hit, use="unknown", reason=Reason(code="wording"))


def _finding(rule: Rule, mentions: tuple[Mention, ...], site: Marketplace) -> Finding:
    return Finding(
        rule=RULE, kind="wording", severity=rule.effect, confidence="high", legal_risk="none", platform_risk=rule.effect,
        use="unknown", mentions=mentions, reasons=(citation(rule),), advice=(Reason(code="advice-reword"),),
        key=rule.id, site=site.name,
    )  # fmt: skip
