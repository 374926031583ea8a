"""explain and rules: the pages of docs/rules, which travel inside the package."""

from collections.abc import Sequence
from pathlib import Path

from listing_preflight.cli.language import of_command
from listing_preflight.errors import UsageError
from listing_preflight.model.rules import RULES
from listing_preflight.reports import pages
from listing_preflight.reports.catalog import catalog


def print_pack(name: str) -> int:
    """The published rules that hold on a marketplace, with their sources."""
    from listing_preflight.policy.marketplaces import marketplace
    from listing_preflight.policy.pack_reader import bundled, of_platform

    site = marketplace(name)
    if site.platform is None:
        raise UsageError(
            f"unknown marketplace {name!r}", remedy="Names are a domain or name.country: amazon.de, tiktokshop.us"
        )
    words = of_command()
    for rule in of_platform(bundled(), site.platform):
        said = words.find("policy", rule.id) or rule.text
        print(f"{rule.id}  {', '.join(sorted(rule.fields))}  {rule.effect}\n    {said}")
        print(f"    source: {rule.source}; seen {rule.seen}; confidence {rule.confidence}")
    return 0


def print_rules() -> int:
    """One line a rule."""
    words = of_command()
    for rule, name in RULES.items():
        print(f"{rule}  {words.find('rules', rule) or name}")
    return 0


def explain_rule(rule: str, packs: Sequence[str], lang: str) -> int:
    """The page of a rule by its id or name, or of a published rule of a marketplace by its id."""
    if key := pages.known(rule):
        print(pages.page(key, lang))
        return 0
    from listing_preflight.policy.pack_reader import read_packs

    found = pages.published(rule, read_packs([Path(p) for p in packs]))
    if found is None:
        remedy = f"Rules are {', '.join(RULES)}, and those that `preflight rules --marketplace NAME` lists"
        raise UsageError(f"unknown rule {rule!r}", remedy=remedy)
    print(pages.made(found, catalog(lang)))
    return 0
