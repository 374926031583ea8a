"""Documentation and program agree."""

import re

import pytest

from listing_preflight.cli.main import cli
from listing_preflight.cli.rules import RULES
from listing_preflight.judging import counterfactual
from listing_preflight.policy.pack_reader import bundled
from listing_preflight.reports import proof
from listing_preflight.reports.catalog import catalog
from listing_preflight.reports.messages import CODES
from listing_preflight.text.tongues import tongues
from tests.conftest import ROOT

SOURCES = [p.read_text("utf-8") for p in (ROOT / "src").rglob("*.py")]


def test_every_rule_has_a_page():
    assert {p.stem for p in (ROOT / "docs/rules").glob("*.md")} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_pages_have_all_parts(preflight, rule):
    page = preflight("explain", rule).out
    assert [h for h in ("What it means", "Why it matters", "What to do", "Examples") if f"## {h}" not in page] == []
    assert preflight("explain", RULES[rule]).out == page


@pytest.mark.parametrize("rule", RULES)
def test_pages_in_chinese_have_all_parts(preflight, rule):
    page = preflight("explain", rule, "--lang", "zh-Hans").out
    assert [h for h in ("含义", "为什么重要", "怎么办", "示例") if f"## {h}" not in page] == []


@pytest.mark.parametrize("rule", [r.id for r in bundled()])
def test_published_rules_are_explained(preflight, rule):
    page = preflight("explain", rule.lower()).out
    assert page.startswith(f"# {rule}\n")
    assert "## Source" in page


def test_a_rule_of_a_pack_of_ones_own_is_explained(preflight, tmp_path):
    pack = tmp_path / "own.yaml"
    pack.write_text(
        "pack: {platform: amazon, version: '1'}\nrules:\n  - {id: OWN-1, fields: [title], construct: {use: imitation}, effect: review,"
        " text: Ours., source: a memo, seen: 2026-11-01, confidence: high}\n", "utf-8",
    )  # fmt: skip
    assert "a memo" in preflight("explain", "OWN-1", "--policy", pack).out


def test_an_unknown_rule_is_refused(preflight):
    assert preflight("explain", "TM999").code == 2


def test_every_reason_code_has_prose():
    used = {c for text in SOURCES for c in re.findall(r'(?:Reason|_row)\(\s*(?:code=)?"([a-z-]+)"', text)}
    used |= {f"if-{change}" for _, change in counterfactual._OTHER_ROW.values()} | set(counterfactual._WITHOUT_LIMIT)
    used |= {f"if-{change}" for change in counterfactual._WITHOUT_LIMIT.values()}
    assert len(used) > 60
    lines_of_proof = {c for c in used if c.partition("-")[0] in ("proof", "force", "goods", "territory")}
    assert used - lines_of_proof <= CODES


def test_every_sentence_is_told_in_chinese():
    words = catalog("zh-Hans")
    assert sorted(CODES - set(words.tables["sentences"])) == []
    for name, table in proof.TABLES.items():
        assert sorted(set(table) - set(words.tables[name])) == []
    for name, table in catalog("en").tables.items():
        assert sorted(set(table) - set(words.tables[name])) == []
    assert sorted(set(RULES) - set(words.tables["rules"])) == []


def test_translations_hold_the_parameters_of_the_english():
    words = catalog("zh-Hans")
    for name in ("ui", "lines", "messages"):
        for key, english in catalog("en").tables[name].items():
            assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", words.tables[name][key])), key


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


def test_the_page_on_matching_counts_the_languages():
    page = (ROOT / "docs/matching.md").read_text("utf-8")
    assert f"`text/data/tongues.bin` holds the words of {len(tongues().codes)} languages" in page
