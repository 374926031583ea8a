"""The page of every id that a finding prints: those of docs/rules, and one made of each published rule of a marketplace."""

import functools
import re
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from listing_preflight.model.rules import RULES
from listing_preflight.policy.pack_reader import Rule
from listing_preflight.reports.catalog import Catalog


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


def made(rule: Rule, words: Catalog) -> str:
    """The page of a published rule: what it says, where that stands, and what it does to a listing."""
    return words.say(
        "rule-page", rule=rule.id, text=words.find("policy", rule.id) or rule.text, source=rule.source, seen=rule.seen,
        fields=", ".join(words.word("fields", f) for f in sorted(rule.fields)), sites=", ".join(sorted(rule.platforms)),
        effect=words.word("values", rule.effect), confidence=words.word("values", rule.confidence),
    )  # fmt: skip
