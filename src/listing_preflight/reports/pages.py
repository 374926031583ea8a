"""The page of every id that a finding prints: those of docs/rules, and one made of each published rule of a marketplace."""

import functools
import re
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from listing_preflight.model.rules import RULES
from listing_preflight.policy.pack_reader import Rule


def folder() -> Path:
    """The folder with one page a rule: inside the wheel, or in the checkout that it runs from."""
    found = Path(str(resources.files("listing_preflight").joinpath("rules_pages")))
    return found if found.is_dir() else Path(__file__).parents[3] / "docs/rules"


@functools.cache
def page(rule: str, tag: str = "en") -> str:
    """The page of a rule of RULES in a language; in English where it is not translated."""
    own = folder() / tag / f"{rule}.md"
    return (own if own.is_file() else folder() / f"{rule}.md").read_text("utf-8").rstrip()


def summary(page: str) -> str:
    """The first paragraph of a page."""
    parts = re.split(r"\n\n|\n##[^\n]*\n", page)
    return next((p.strip() for p in parts[1:] if p.strip() and not p.startswith("#")), "")


def known(name: str) -> str | None:
    """The id of a rule by its id or name, whatever its case."""
    found = {name: rule for rule, name in RULES.items()} | {rule.casefold(): rule for rule in RULES}
    return found.get(name.casefold())


def published(name: str, rules: Sequence[Rule]) -> Rule | None:
    """The published rule of an id."""
    return next((r for r in rules if r.id.casefold() == name.casefold()), None)


def made(rule: Rule) -> str:
    """The page of a published rule: what it says, where that stands, and what it does to a listing."""
    where, sites = ", ".join(sorted(rule.fields)), ", ".join(sorted(rule.platforms))
    return "\n".join((
        f"# {rule.id}", "", "## What it means", rule.text, "", f"It is looked at in: {where}. It holds on: {sites}.", "",
        "## Why it matters", f"A listing that meets it is raised to {rule.effect}. Confidence in the rule: {rule.confidence}.", "",
        "## What to do", "Follow the advice of the finding that names it; `preflight rules --marketplace NAME` lists its neighbours.", "",
        "## Source", f"{rule.source}; seen {rule.seen}.",
    ))  # fmt: skip
