"""Direction controls in a text: they change what a page shows, whatever name stands under them."""

import re
import unicodedata
from collections.abc import Iterable

from listing_preflight.model.finding import Finding, Mention, Reason, Severity
from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Listing, Text
from listing_preflight.policy.marketplaces import Marketplace

RULE = "HT001"
_CONTROLS = re.compile("[\u202a\u202b\u202d\u202e\u2066-\u2068]")
"""Embeddings, overrides and isolates; the mere marks (LRM, RLM, ALM) stand in honest texts of many a language."""
_OVERRIDES = "\u202d\u202e"
_SHOWN = 40


def judge(listing: Listing, site: Marketplace) -> list[Finding]:
    """One finding for all direction controls of a listing that no text of its own direction asks for.

    An override is medium: no listing needs one. Other controls are low, and only where no letter runs right to left.
    """
    found = [m for number, text in enumerate(listing.texts) for m in _mentions(number, text)]
    if not found:
        return []
    turned = any(m.reason.code == "text-turned" for m in found)
    level: Severity = "medium" if turned else "low"
    return [
        Finding(
            rule=RULE, kind="wording", severity=level, confidence="high", legal_risk="none", platform_risk=level,
            use="unknown", mentions=tuple(found), reasons=tuple({m.reason.code: m.reason for m in found}.values()),
            advice=(Reason(code="advice-retype"),), key=RULE, site=site.name,
        )
    ]  # fmt: skip


def _mentions(number: int, text: Text) -> Iterable[Mention]:
    found = list(_CONTROLS.finditer(text.value))
    if not found:
        return
    right_to_left = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text.value)
    for m in found:
        turned = m.group() in _OVERRIDES
        if turned or not right_to_left:
            yield _mention(number, text, m.start(), "text-turned" if turned else "text-direction")


def _mention(number: int, text: Text, at: int, code: str) -> Mention:
    place = Place(
        field=text.field, index=text.index, text=number, start=at, end=at + 1, name=text.name,
    )  # fmt: skip
    hit = Hit(
        key=RULE, form=RULE, common=False, kind="wording", place=place, seen=text.value[at : at + 1],
        steps=frozenset({"bidi"}), score=1.0, before=text.value[max(0, at - _SHOWN) : at],
        after=text.value[at + 1 : at + 1 + _SHOWN],
    )  # fmt: skip
    return Mention(hit=hit, use="unknown", reason=Reason(code=code))
