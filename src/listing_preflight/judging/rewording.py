"""Which rewrites may be offered for a finding, and why none is: proposals are text, offered only where a fresh judgement is content."""

import datetime
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from listing_preflight.judging import rewrite
from listing_preflight.judging.grammar import anywhere, grammar, openers, signs, words
from listing_preflight.model.finding import Finding, Mention, Reason, Rewrite
from listing_preflight.model.hit import Place
from listing_preflight.model.listing import Listing, Text
from listing_preflight.model.mark import Mark
from listing_preflight.policy.store import load
from listing_preflight.text.fold import fold

Why = Literal[
    "picture",
    "wording",
    "brand",
    "prose",
    "several-fields",
    "identity",
    "comparison",
    "copy",
    "denial",
    "model",
    "form",
    "still-found",
]
"""Why a finding has no rewrite, as a code."""
REWRITTEN = frozenset({"title", "bullets", "search_terms"})
"""Fields that rewrites are offered for."""
_BRAND = frozenset({"brand", "manufacturer"})
_TIED = re.compile(r"[\s\-‐-―'’]*")
"""What may stand between a name and the words that tie it to the goods."""
_SPARE = " ,;:|/-–—&+"
_TYING = ("imitation", "compatible", "comparison")


def proposals(
    finding: Finding, listing: Listing, day: datetime.date, beside: Sequence[Finding] = ()
) -> Iterator[Rewrite]:
    """Rewrites that may be offered, the best first; each is a text that nobody has judged yet. `beside`: all findings of the listing."""
    named = [m for m in finding.mentions if m.hit.place.field in ("title", "bullets")]
    if any(len(listing.texts[m.hit.place.text].value) > LONGEST for m in named):
        return
    if finding.use == "imitation" and named and all(m.use == "imitation" for m in named):
        made = _without(named, listing)
        if made:
            yield made
    given = rewrite.propose(_whole(finding, listing, beside), listing, day)
    given = _tidied(given, listing) if given and given.field != "search_terms" else given
    if given:
        yield given


_PLACED = "device-before-accessory"
"""The form of a device's name between the goods and what is said of them: the permitted one puts it last, as for a name that leads."""
_LED = Reason(code="device-named-first")


def _whole(finding: Finding, listing: Listing, beside: Sequence[Finding]) -> Finding:
    """A finding whose mentions are as long as the names that stand together: "Apple iPhone" goes as a whole, or one name stays with the goods."""
    kin = [f for f in beside if f.mark and finding.mark and _are_kin(f.mark, finding.mark)]
    spans = sorted({m.hit.place[2:5] for f in kin for m in f.mentions if m.hit.place.field in ("title", "bullets")})
    mentions = tuple(_wide(m, listing, spans) for m in finding.mentions)
    led = any(r.code == _PLACED for r in finding.reasons)
    return replace(finding, mentions=mentions, reasons=(*finding.reasons, _LED) if led else finding.reasons)


def _are_kin(one: Mark, other: Mark) -> bool:
    """Whether two marks are a house and its line, or of one owner; a club before a device's name is what the goods show."""
    owned = one.owner is not None and one.owner == other.owner
    houses = [{m.id, m.parent} if m.parent else {m.id} for m in (one, other)]
    return owned or not houses[0].isdisjoint(houses[1])


_JOINED = re.compile(r"(?<!\w)\w+(?:[-‐‑]\w+)+")
LONGEST = 2_000
"""Characters of a text up to which it is reworded: no marketplace takes a longer title or bullet."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _tidied(made: Rewrite, listing: Listing) -> Rewrite | None:
    """A title in the permitted form with its hyphens, and no word for none as the own brand; None where it breaks a number or bracket apart."""
    after, brand = made.after, listing.first("brand").strip()
    if brand and words(brand) in _no_brand() and after.startswith(f"{brand} ") and not made.before.startswith(brand):
        after = after.removeprefix(brand).lstrip()
    for found in _JOINED.finditer(made.before):
        parts = re.split("[-‐‑]", found[0])
        spaced = rf"(?<!\w){' '.join(map(re.escape, parts))}(?!\w)"
        after = re.sub(
            spaced, found[0], after, count=1
        )  # letters, digits and hyphens alone: nothing in it is a reference
    if any(_is_split(found[0], after) for found in _JOINED.finditer(made.before)):
        return None
    numbers = Counter(_NUMBER.findall(after)) - Counter(_NUMBER.findall(made.before))
    if numbers or after.count("(") != after.count(")") or (after.count('"') % 2 and not made.before.count('"') % 2):
        return None
    text = next(t for t in listing.texts if (t.field, t.index, t.value) == (made.field, made.index, made.before))
    return _made(text, after)


def _is_split(joined: str, after: str) -> bool:
    """Whether parts of a joined word ("7-14mm", "E-Mount") went different ways; a word that says that goods fit may leave its name."""
    parts, ties = re.split("[-‐‑]", joined), openers(("compatible",))
    if joined in after or any(w in ties.before or w in ties.after for part in parts for w in words(part)):
        return False
    return sum(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", after) is not None for part in parts) > 1


@functools.cache
def _no_brand() -> frozenset[tuple[str, ...]]:
    return frozenset(words(str(n)) for n in load("ordinary.yaml")["no_brand"])


def _wide(mention: Mention, listing: Listing, spans: Sequence[tuple[int, int, int]]) -> Mention:
    place = mention.hit.place
    if place.field not in ("title", "bullets"):
        return mention
    value, start, end = listing.texts[place.text].value, place.start, place.end
    mine = [(a, b) for text, a, b in spans if text == place.text]
    for a, b in mine:
        end = b if a >= end and value[end:a].isspace() else end
    for a, b in reversed(mine):
        start = a if b <= start and value[b:start].isspace() else start
    if (start, end) == (place.start, place.end):
        return mention
    return mention._replace(
        hit=mention.hit._replace(place=Place(place.field, place.index, place.text, start, end, place.name))
    )


def _without(mentions: Sequence[Mention], listing: Listing) -> Rewrite | None:
    """The text without a name and the words that liken the goods to it; None unless it stands in one text and goods are left."""
    places = {m.hit.place.text for m in mentions}
    if len(places) > 1:
        return None
    text = listing.texts[places.pop()]
    if anywhere(text.value, "imitation_anywhere"):
        return None  # goods that are called a copy stay one, whatever name goes
    cuts = [_likened(text.value, m.hit.place.start, m.hit.place.end) for m in mentions]
    if any(c and _leaves_line(text.value, c, m.hit.place.end) for c, m in zip(cuts, mentions, strict=True)):
        return None
    after = text.value
    for cut in sorted((c for c in cuts if c), reverse=True):
        after = _joined(after[: cut.start], after[cut.end :])
    kept = words(after)
    if any(c and _leaves_little(text.value, c) for c in cuts):
        return None
    if (
        None in cuts
        or any(_denied(text.value, c.start) for c in cuts if c)
        or len(kept) < rewrite.LEAST_WORDS
        or _hangs(kept)
    ):
        return None
    return _made(text, after)


class _Cut(NamedTuple):
    start: int
    end: int


def _leaves_line(value: str, cut: _Cut, end: int) -> bool:
    """Whether the word right behind a name that is cut may be a line or model of its house: "like NAME Rambler"."""
    behind = _NEXT.match(value, end) if cut.end == end else None
    return behind is not None and not behind[1].islower()


_NEXT = re.compile(r"[ \t]+(\w)")


def _leaves_little(value: str, cut: _Cut) -> bool:
    """Whether a little word that belonged to what is cut is left at its seam: "scarf in | ", "| from NAME"."""
    before, behind = words(value[: cut.start]), words(value[cut.end :])
    ends = cut.end >= len(value.rstrip()) or value[cut.end :].lstrip()[:1] in _SPARE
    return (ends and before[-1:] != () and before[-1] in signs()) or (
        cut.start == 0 and behind[0:1] != () and behind[0] in signs()
    )


def _likened(value: str, start: int, end: int) -> _Cut | None:
    """A name with the words directly before or behind it that say that the goods are like it; None where there are none."""
    tokens = fold(value).plain.tokens
    ties = openers(("imitation",))
    before = [t for t in tokens if t.end <= start]
    behind = [t for t in tokens if t.start >= end]
    first, last = start, end
    if before and _TIED.fullmatch(value[before[-1].end : start]):
        size = _longest(ties.before_phrases.get(before[-1].text, ()), [t.text for t in before[-8:]], last=True)
        first = before[-size].start if size else first
    if behind and _TIED.fullmatch(value[end : behind[0].start]):
        size = _longest(ties.after_phrases.get(behind[0].text, ()), [t.text for t in behind[:8]], last=False)
        last = behind[size - 1].end if size else last
    return _Cut(first, last) if (first, last) != (start, end) else None


def _longest(phrases: Iterable[Sequence[str]], near: Sequence[str], *, last: bool) -> int:
    """How many words the longest phrase has that these words end with (`last`), or begin with."""
    fitting = (len(p) for p in phrases if tuple(near[-len(p) :] if last else near[: len(p)]) == tuple(p))
    return max(fitting, default=0)


def _joined(before: str, behind: str) -> str:
    """What is left when words go: no doubled spaces, no lone signs at the seam or the ends."""
    left, right = before.rstrip(_SPARE), behind.lstrip(_SPARE)
    if not left or not right:
        return (left or right).strip(_SPARE)
    sign = next((c for c in before[len(left) :] + behind[: len(behind) - len(right)] if c in ",;|/"), "")
    return f"{left} {sign} {right}" if sign in ("|", "/") else f"{left}{sign} {right}"


_CLAUSE = re.compile(r"[.,;:!?|()/]")


def _denied(value: str, at: int) -> bool:
    """Whether the part of a sentence before a place denies something, which would then deny the next thing."""
    near = words(_CLAUSE.split(value[:at])[-1])[-4:]
    denials = grammar()["denial_before"].phrases
    return any(tuple(near[a:b]) in denials for a in range(len(near)) for b in range(a + 1, len(near) + 1))


def _hangs(kept: Sequence[str]) -> bool:
    """Whether a text ends with, or consists of, words that tie or deny something that is gone."""
    ties = openers(_TYING)
    return kept[-1] in ties.before or (kept[-1],) in grammar()["denial_before"].phrases


def _made(text: Text, after: str) -> Rewrite:
    digest = hashlib.sha256(f"{text.field}\0{text.value}\0{after}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return Rewrite(id=f"rw-{digest}", field=text.field, index=text.index, before=text.value, after=after)


SAID: Mapping[Why, str] = {
    "picture": "it stands in a picture; change the picture",
    "wording": "it is about wording or characters; take them out by hand",
    "brand": "the name stands in the brand or manufacturer field; what belongs there only the seller knows",
    "prose": "the name stands in running text or an attribute, which is not rewritten; change it by hand",
    "several-fields": "the name stands in several fields and a rewrite mends one; take it out of the others first",
    "identity": "the listing calls the goods themselves by the name; without proof of the right no other words help",
    "comparison": "the goods are compared with the name; say by hand what they are by themselves",
    "copy": "the goods are called a copy of the name's; no other words make them any others",
    "denial": "the name stands there only to be denied; take the sentence out by hand",
    "model": "no model is named that the goods fit; add it by hand",
    "form": "no known form fits these words; write by hand what the goods are and what they fit",
    "still-found": "the known form was tried and the finding stayed; change it by hand",
}
"""A short sentence for each."""


def why_none(finding: Finding, listing: Listing, day: datetime.date, beside: Sequence[Finding] = ()) -> Why:
    """Why a finding of medium or high severity has no rewrite."""
    if finding.pictures or not finding.mentions:
        return "picture" if finding.pictures else "wording"
    fields = frozenset(m.hit.place.field for m in finding.mentions)
    if fields <= {"image"}:
        return "picture"
    if finding.use == "imitation" and any(
        t.field in REWRITTEN and anywhere(t.value, "imitation_anywhere") for t in listing.texts
    ):
        return "copy"
    tried = next(proposals(finding, listing, day, beside), None) is not None
    worst = [m for m in finding.mentions if m.use == finding.use] or list(finding.mentions)
    return _by_place(frozenset(m.hit.place.field for m in worst), fields, finding, tried=tried)


def _by_place(worst: frozenset[str], fields: frozenset[str], finding: Finding, *, tried: bool) -> Why:
    if worst <= _BRAND:
        return "brand"
    if not worst & REWRITTEN:
        return "picture" if worst <= {"image"} else "prose"
    if len(fields) > 1:
        return "several-fields"
    codes = {r.code for r in finding.reasons}
    if "no-model" in codes:
        return "model"
    if tried or codes & {_PLACED, _LED.code}:
        return "still-found" if tried else "form"
    known: dict[str, Why] = {"identity": "identity", "comparison": "comparison", "denial": "denial"}
    return known.get(finding.use, "form")
