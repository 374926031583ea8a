"""explain and rules: the pages of docs/rules, which travel inside the package."""

from listing_preflight.cli.places import rule_pages
from listing_preflight.errors import UsageError
from listing_preflight.model.rules import RULES


def print_pack(name: str) -> int:
    """The published rules that hold on a marketplace, with their sources."""
    from listing_preflight.policy.marketplaces import marketplace
    from listing_preflight.policy.pack_reader import bundled, of_platform

    site = marketplace(name)
    if site.platform is None:
        raise UsageError(
            f"unknown marketplace {name!r}", remedy="Names are a domain or name.country: amazon.de, tiktokshop.us"
        )
    for rule in of_platform(bundled(), site.platform):
        print(f"{rule.id}  {', '.join(sorted(rule.fields))}  {rule.effect}\n    {rule.text}")
        print(f"    source: {rule.source}; seen {rule.seen}; confidence {rule.confidence}")
    return 0


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
