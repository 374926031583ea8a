"""What a finding is about, as one key: findings of one cause are told together."""

from listing_preflight.model.finding import Finding


def subject_key(finding: Finding) -> str:
    """LIST:ID of the mark or work, or the key of a finding about wording alone."""
    held = finding.mark or finding.work
    return f"{held.list}:{held.id}" if held else finding.key
