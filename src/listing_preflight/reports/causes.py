"""What one decision answers: findings of one cause are told together."""

import hashlib

from listing_preflight.model.finding import Finding


def cause_of(finding: Finding) -> str:
    """The cause as judging tells it; by rule, mark or work, and use where it tells none."""
    told: str | None = getattr(finding, "cause", None)
    return told or _made(finding)


def _made(finding: Finding) -> str:
    parts = "\0".join((finding.rule, subject_key(finding), finding.use))
    return "1:" + hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def subject_key(finding: Finding) -> str:
    """LIST:ID of the mark or work, or the key of a finding about wording alone."""
    held = finding.mark or finding.work
    return f"{held.list}:{held.id}" if held else finding.key
