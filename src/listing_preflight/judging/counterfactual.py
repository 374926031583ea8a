"""What would change a finding: one sentence's worth of reason, so that a seller sees what the severity hangs on."""

from collections.abc import Callable, Mapping, Sequence

from listing_preflight.model.finding import Reason, Severity
from listing_preflight.model.mark import Mark

_OTHER_ROW: Mapping[str, tuple[str | None, str]] = {
    "device-named-first": ("permitted-compatible-form", "own-product-first"),
    "compound-adjective": ("permitted-compatible-form", "own-product-first"),
    "substitute-called-compatible": ("permitted-compatible-form", "own-product-first"),
    "no-model": ("permitted-compatible-form", "model-named"),
    "too-many-names": ("permitted-compatible-form", "fewer-names"),
    "mark-in-search-terms": (None, "out-of-search-terms"), "brand-field-without-proof": (None, "proof-on-file"),
    "sense-leads-title": (None, "word-not-first"),
    "permitted-compatible-form": ("used-as-the-name-of-the-goods", "without-connector"),
}  # fmt: skip
"""Reason → the construct that the mention would be after the change, None where it would be none, and the change."""
_WITHOUT_LIMIT: Mapping[str, str] = {
    "cap-goods-unrelated": "goods-in-class", "cap-goods-related": "goods-in-class", "cap-goods-unknown": "goods-in-class",
    "cap-pending": "registered", "cap-territory-unknown": "marketplace-known",
}  # fmt: skip
"""Limit that the rights set → the change that would take it away."""
Weigh = Callable[[str | None, str | None], Severity]


def of(reasons: Sequence[Reason], severity: Severity, mark: Mark, weigh: Weigh) -> tuple[Reason, ...]:
    """The nearest change that would alter the severity, if there is one.

    `weigh` tells the severity for another construct, and for the same one without a limit.
    """
    for reason in reasons:
        if reason.code in _OTHER_ROW:
            row, change = _OTHER_ROW[reason.code]
            other: Severity = weigh(row, None) if row else "none"
        elif reason.code in _WITHOUT_LIMIT:
            other, change = weigh(None, reason.code), _WITHOUT_LIMIT[reason.code]
        else:
            continue
        if other != severity:
            return (Reason(f"if-{change}", {"severity": other}),)
    if severity in ("medium", "high"):
        return (Reason("if-without-name", {"severity": "none", "name": mark.name}),)
    return ()
