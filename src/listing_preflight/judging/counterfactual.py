"""What would change a finding: one sentence's worth of reason, so that a seller sees what the severity hangs on."""

from collections.abc import Sequence

from listing_preflight.model.finding import Reason, Severity
from listing_preflight.model.mark import Mark

_BY_REASON = {
    "device-named-first": ("low", "own-product-first"), "compound-adjective": ("low", "own-product-first"),
    "substitute-called-compatible": ("low", "own-product-first"), "no-model": ("low", "model-named"),
    "too-many-names": ("low", "fewer-names"), "mark-in-search-terms": ("none", "out-of-search-terms"),
    "brand-field-without-proof": ("none", "proof-on-file"), "cap-goods-unrelated": ("high", "goods-in-class"),
    "cap-goods-related": ("high", "goods-in-class"), "cap-goods-unknown": ("high", "goods-in-class"),
    "cap-pending": ("high", "registered"), "cap-territory-unknown": ("high", "marketplace-known"),
    "open-sense": ("none", "word-not-first"), "permitted-compatible-form": ("high", "without-connector"),
}  # fmt: skip


def of(reasons: Sequence[Reason], severity: Severity, mark: Mark) -> tuple[Reason, ...]:
    """The nearest change that would alter the severity, if there is one."""
    for reason in reasons:
        if reason.code in _BY_REASON:
            other, change = _BY_REASON[reason.code]
            if other != severity:
                return (Reason(f"if-{change}", {"severity": other}),)
    if severity in ("medium", "high"):
        return (Reason("if-without-name", {"severity": "none", "name": mark.name}),)
    return ()
