"""What would change a finding: one sentence's worth of reason, so that a seller sees what the severity hangs on."""

from listing_preflight.model.finding import Finding, Reason

_BY_REASON = {
    "device-named-first": ("low", "own-product-first"), "compound-adjective": ("low", "own-product-first"),
    "substitute-called-compatible": ("low", "own-product-first"), "no-model": ("low", "model-named"),
    "too-many-names": ("low", "fewer-names"), "mark-in-search-terms": ("none", "out-of-search-terms"),
    "brand-field-without-proof": ("none", "proof-on-file"), "cap-goods-unrelated": ("high", "goods-in-class"),
    "cap-goods-related": ("high", "goods-in-class"), "cap-goods-unknown": ("high", "goods-in-class"),
    "cap-pending": ("high", "registered"), "cap-territory-unknown": ("high", "marketplace-known"),
    "open-sense": ("none", "word-not-first"), "permitted-compatible-form": ("high", "without-connector"),
}  # fmt: skip


def of(finding: Finding) -> Reason | None:
    """The nearest change that would alter the severity."""
    for reason in finding.reasons:
        if reason.code in _BY_REASON:
            severity, change = _BY_REASON[reason.code]
            if severity != finding.severity:
                return Reason(code=f"if-{change}", params={"severity": severity})
    if finding.mark is not None and finding.severity in ("medium", "high"):
        return Reason(code="if-without-name", params={"severity": "none", "name": finding.mark.name})
    return None
