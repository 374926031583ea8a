"""explain and rules: the pages of docs/rules, which travel inside the package."""

from listing_preflight.cli.places import rule_pages
from listing_preflight.errors import UsageError

RULES = {
    "TM001": "mark-in-text", "TM002": "mark-in-picture", "TM003": "platform-badge",
    "IM001": "known-picture", "DS001": "known-design",
}  # fmt: skip


def print_rules() -> int:
    """One line a rule."""
    for rule, name in RULES.items():
        print(f"{rule}  {name}")
    return 0


def explain_rule(rule: str) -> int:
    """The page of a rule, by its id or name."""
    found = {name: r for r, name in RULES.items()} | {r: r for r in RULES}
    key = found.get(rule.upper()) or found.get(rule.lower())
    if key is None:
        raise UsageError(f"unknown rule {rule!r}", remedy=f"Rules are {', '.join(RULES)}")
    print((rule_pages() / f"{key}.md").read_text("utf-8").rstrip())
    return 0
