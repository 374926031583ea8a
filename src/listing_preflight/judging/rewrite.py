"""Propose a title in the permitted form, or search terms without the name; a proposal is text, checked before it is offered."""

import dataclasses
import datetime
import hashlib
import re
from collections.abc import Mapping

from listing_preflight.judging import headnoun, speech
from listing_preflight.judging.grammar import grammar, is_filler, openers, words
from listing_preflight.model.finding import Finding, Rewrite
from listing_preflight.model.hit import Hit
from listing_preflight.model.listing import Listing, Text
from listing_preflight.policy.limits import limit
from listing_preflight.policy.marketplaces import marketplace
from listing_preflight.policy.store import load
from listing_preflight.text.fold import fold, folded_key

LEAST_WORDS = 2
"""Words of the product that a shortened title keeps at least: one word seldom tells what is sold."""
_FORMS = frozenset({"device-named-first", "compound-adjective", "substitute-called-compatible"})


def propose(finding: Finding, listing: Listing, day: datetime.date) -> Rewrite | None:
    """A rewrite of the field that the finding is about, within the field's limit; None where nobody can tell what to write."""
    codes = {r.code for r in finding.reasons}
    for mention in finding.mentions:
        place = mention.hit.place
        if place.field == "title" or (place.field == "bullets" and _is_short(finding, listing, place.text, day)):
            if codes & _FORMS:
                return _title(mention.hit, listing, finding.site, _most(finding, listing, place.text, day))
            continue
        if place.field == "search_terms" and mention.use == "keyword":
            return _search_terms(finding, listing, listing.texts[place.text])
    return None


def _most(finding: Finding, listing: Listing, text: int, day: datetime.date) -> int | None:
    """The most characters that the field of a text may have where the finding was judged for, where somebody tells."""
    found = listing.texts[text]
    told = limit(finding.site, found.field, found.column, listing.category, day)
    return told.most if told else None


def _is_short(finding: Finding, listing: Listing, text: int, day: datetime.date) -> bool:
    """Whether a bullet is a short field beside the title, with a limit and a form like a title's."""
    return _most(finding, listing, text, day) is not None


def _title(hit: Hit, listing: Listing, site: str, most: int | None) -> Rewrite | None:
    """Own brand, product, “compatible with” in the title's language, brand and model: Amazon's form, which the others accept as well."""
    text = listing.texts[hit.place.text]
    value = text.value
    brand = listing.first("brand").strip()
    end = _device_end(value, hit.place.end)
    device = value[hit.place.start : end].strip(" ,-–")
    product = _without_connectors(value[: hit.place.start] + " " + value[end:])
    if not product or (brand and folded_key(brand) == hit.key):
        return None
    own = brand if brand and folded_key(brand) not in folded_key(product) else ""
    form = load("permitted_forms.yaml")["forms"].get(_tongue(value, listing, site))
    after = _fitted(form, own, product, device, most) if form else None
    return _rewrite(text, after) if after and after != value else None


def _tongue(title: str, listing: Listing, site: str) -> str | None:
    """The language of a title: what its own words tell, else the listing's other texts, else the marketplace's home or what its nouns are in."""
    own = speech.of_text(title).languages
    for found in (own, speech.told(listing)):
        sure = frozenset(found) - (_ENGLISH if len(found) > 1 else frozenset())
        if len(sure) == 1:
            return next(iter(sure))
    likely = headnoun.spoken(title)
    offices: Mapping[str, str] = load("permitted_forms.yaml")["offices"]
    at_home = next((offices[o] for o in sorted(marketplace(site).home) if o in offices), None)
    if likely[0] == "en" or at_home in likely[:-1]:
        return at_home
    return None if title.isascii() else likely[0]  # without a letter of its own a guess may be the neighbour's language


_ENGLISH = frozenset({"en"})


def _fitted(form: str, own: str, product: str, device: str, most: int | None) -> str | None:
    """The permitted form within a limit: words go from the end of the product; None where two of them do not fit."""
    kept = product.split()
    if most is not None:
        kept = kept[: most + 1]  # a word takes a place at least: of more, none could stay
    while True:
        after = " ".join(form.format(product=f"{own} {' '.join(kept).rstrip(' ,;-–|')}", device=device).split())
        if most is None or len(after) <= most:
            return after
        if len(kept) <= LEAST_WORDS:
            return None
        left = kept.pop()
        if _denies(left) or _denies(kept[-1]):
            return None  # "not suitable for …", cut, would say the contrary
        while len(kept) > LEAST_WORDS and _ties(kept[-1]):
            kept.pop()


def _denies(word: str) -> bool:
    return words(word) in grammar()["denial_before"].phrases


def _ties(word: str) -> bool:
    """Whether a word ties another one to it and may not end the goods: "for", "pour"."""
    return not openers(("compatible",)).before.isdisjoint(words(word))


def _device_end(value: str, start: int) -> int:
    """Where the model behind a name ends: numbers and the words that models are made of."""
    end = start
    for token in fold(value[start:]).plain.tokens:
        gap = value[end : start + token.start]
        if gap.strip() or not is_filler(token.text):
            break
        end = start + token.end
    return end


def _without_connectors(text: str) -> str:
    """What is left of a title without the words that tied the name to it."""
    drop = {w for p in grammar()["compatible_after"].phrases for w in p if len(p) == 1}
    kept = [w for w in text.replace("-", " - ").split() if words(w)[:1] and words(w)[0] not in drop]
    return " ".join(kept)


def _search_terms(finding: Finding, listing: Listing, text: Text) -> Rewrite | None:
    spans = sorted(
        (m.hit.place.start, m.hit.place.end)
        for m in finding.mentions
        if m.hit.place.field == "search_terms" and listing.texts[m.hit.place.text] is text
    )
    out, at = "", 0
    for start, end in spans:
        out += text.value[at:start]
        at = end
    after = _without_holes(" ".join((out + text.value[at:]).split()), text.value).strip(" ,;_")
    return _rewrite(text, after) if after else None


def _without_holes(text: str, before: str) -> str:
    """Search terms without the blank terms, doubled underscores and lone connecting words that a name leaves behind."""
    text = re.sub(r"_{2,}", "_", text)
    text = re.sub(r"(?:(?<=[,;\s])_|_(?=[,;\s]))", "", text)
    own = {" ".join(t.split()) for t in re.split("[,;]", before)}
    left = ("" if p.strip() not in own and _only_ties(p) else p for p in re.split(r"([,;])", text))
    text = "".join(left)
    return re.sub(r"\s*([,;])(?:\s*[,;])+", r"\1", text)


def _only_ties(term: str) -> bool:
    """Whether nothing is left of a term but the word that tied the name to it: "for", "like"."""
    found = words(term)
    ties = openers(("imitation", "comparison", "compatible"))
    return bool(found) and all(w in ties.before or w in ties.after for w in found) and len(found) < TIES


TIES = 3
"""Words from which a term says something of its own."""


def _rewrite(text: Text, after: str) -> Rewrite:
    digest = hashlib.sha256(f"{text.field}\0{text.value}\0{after}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return Rewrite(id=f"rw-{digest}", field=text.field, index=text.index, before=text.value, after=after)


def applied(listing: Listing, rewrite: Rewrite) -> Listing:
    """The listing as it would be with the rewrite."""
    texts = tuple(
        t._replace(value=rewrite.after)
        if (t.field, t.index, t.value) == (rewrite.field, rewrite.index, rewrite.before)
        else t
        for t in listing.texts
    )
    return dataclasses.replace(listing, texts=texts)
