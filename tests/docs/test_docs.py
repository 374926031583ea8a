"""Documentation and program agree."""

import re

import pytest

from listing_preflight.cli.main import cli
from listing_preflight.cli.rules import RULES
from listing_preflight.judging import counterfactual
from listing_preflight.reports.messages import CODES
from tests.conftest import ROOT

SOURCES = [p.read_text("utf-8") for p in (ROOT / "src").rglob("*.py")]


def test_every_rule_has_a_page():
    assert {p.stem for p in (ROOT / "docs/rules").glob("*.md")} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_pages_have_all_parts(preflight, rule):
    page = preflight("explain", rule).out
    assert [h for h in ("What it means", "Why it matters", "What to do", "Examples") if f"## {h}" not in page] == []
    assert preflight("explain", RULES[rule]).out == page


def test_an_unknown_rule_is_refused(preflight):
    assert preflight("explain", "TM999").code == 2


def test_every_reason_code_has_prose():
    used = {c for text in SOURCES for c in re.findall(r'(?:Reason|_row)\(\s*(?:code=)?"([a-z-]+)"', text)}
    used |= {f"if-{change}" for _, change in counterfactual._OTHER_ROW.values()} | set(counterfactual._WITHOUT_LIMIT)
    used |= {f"if-{change}" for change in counterfactual._WITHOUT_LIMIT.values()}
    assert len(used) > 60
    lines_of_proof = {c for c in used if c.partition("-")[0] in ("proof", "force", "goods", "territory")}
    assert used - lines_of_proof <= CODES


def test_every_command_has_help(preflight):
    for name in cli.commands:
        shown = preflight(name, "--help").out
        assert len(shown.splitlines()) > 3


def test_links_in_the_documentation_resolve():
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("brand_lists/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_commands_are_the_first_two_blocks():
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert "[images]" in blocks[0]
    assert "preflight scan" in blocks[0]
    assert "pytest" in blocks[1]
