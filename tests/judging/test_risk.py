"""The two answers: rows, caps, rules of marketplaces, and the severity that follows from both."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.judging import risk
from listing_preflight.model.finding import RANK
from listing_preflight.policy.pack_reader import bundled, read_pack
from tests.conftest import ROOT, listing

LEVELS = tuple(RANK)
PACK = """pack: {{platform: {site}, version: "1"}}
rules:
  - {{id: X-1, fields: [title], construct: {{reasons: [{row}]}}, effect: {effect}, text: t, source: s, seen: 2026-01-01, confidence: high}}
"""


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_severity_is_the_greater_answer(legal, platform):
    assert risk.SEVERITY[legal][platform] == max(legal, platform, key=RANK.__getitem__)


@given(st.sampled_from(sorted(risk.rows())), st.lists(st.sampled_from(bundled())))
def test_rules_only_add_and_limits_only_take(row, rules):
    free = risk.weigh(row, risk.Caps(), ())
    assert RANK[risk.weigh(row, risk.Caps(), tuple(rules)).platform] >= RANK[free.platform]
    assert risk.weigh(row, risk.Caps(), tuple(rules)).legal == free.legal
    limited = risk.weigh(row, risk.Caps((), (("low", "cap-pending"),)), tuple(rules))
    assert RANK[limited.severity] <= RANK["low"]


def test_a_limit_of_goods_spares_what_marketplaces_forbid_whatever_the_goods():
    limits = risk.Caps((), (), (("low", "cap-goods-unrelated"),))
    assert risk.weigh("used-as-the-name-of-the-goods", limits, ()).severity == "low"
    badge = risk.weigh("platform-badge", limits, ())
    assert (badge.legal, badge.platform) == ("low", "high")


def test_the_documented_table_is_the_one_that_runs():
    command = [sys.executable, str(ROOT / "scripts/print_table.py"), "--check"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("row", "legal", "platform", "severity"),
    [
        ({"title": "Veltora hoodie"}, "high", "high", "high"),
        ({"title": "Hoodie better than Veltora"}, "medium", "high", "high"),
        ({"title": "Hoodie, no Veltora"}, "low", "medium", "medium"),
        ({"title": "Hoodie", "search_terms": "veltora"}, "medium", "high", "high"),
        ({"title": "Hoodie", "search_terms": "veltora", "marketplace": "walmart.com"}, "medium", "medium", "medium"),
        ({"title": "Ceiling lamp", "category": "Lamps", "search_terms": "veltora"}, "low", "high", "high"),
        ({"title": "Veltora ceiling lamp", "category": "Lamps"}, "low", "low", "low"),
    ],
)
def test_both_answers_and_what_they_rest_on(scan, row, legal, platform, severity):
    (finding,) = scan({**listing(), "category": "Clothing", "brand": "Loomfair", **row}).listings[0]["findings"]
    assert (finding["legal_risk"], finding["platform_risk"], finding["severity"]) == (legal, platform, severity)
    told = {r["code"]: r for r in finding["reasons"]}
    assert told["legal-risk"]["risk"] == legal
    assert {"likeness", "goods", "territory", "force", "use", "authority", "strength"} <= set(told["legal-risk"])
    assert told["platform-risk"]["risk"] == platform
    cited = {r["rule"] for r in finding["reasons"] if r["code"] == "policy-rule"}
    assert set(told["platform-risk"]["rules"]) == cited


def test_a_pack_of_ones_own_raises_what_a_marketplace_does(preflight, marks, write, tmp_path):
    (tmp_path / "my.yaml").write_text(PACK.format(site="etsy", row="permitted-compatible-form", effect="block"))
    row = {**listing("Loomfair hanger for Veltora 7"), "category": "Hangers", "marketplace": "etsy.us"}
    source = write("x.jsonl", row)
    plain = preflight("scan", source, "-w", marks, "-f", "jsonl").listings[0]["findings"][0]
    mine = preflight("scan", source, "-w", marks, "-f", "jsonl", "--policy", tmp_path / "my.yaml").listings[0]
    assert plain["severity"] == "low"
    assert plain["platform_risk"] == "low"
    assert mine["findings"][0]["legal_risk"] == "low"
    assert {r["rule"] for r in mine["findings"][0]["reasons"] if r["code"] == "policy-rule"} >= {"X-1"}


def test_all_that_a_rule_names_must_hold():
    (rule,) = read_pack(
        "x",
        PACK.format(site="ebay", row="imitation", effect="block").replace(
            "{reasons", "{use: imitation, brand: [Generic], steps: [leet], reasons"
        ),
    )
    held = {"construct": "imitation", "use": "imitation", "steps": frozenset({"leet"}), "brand": "generic"}
    assert rule.fits(**held)
    for key, other in (("construct", "denial"), ("use", "identity"), ("steps", frozenset()), ("brand", "loomfair")):
        assert not rule.fits(**{**held, key: other})


def test_a_rule_on_a_construct_that_is_none_is_refused(preflight, marks, write, tmp_path):
    (tmp_path / "my.yaml").write_text(PACK.format(site="etsy", row="permitted-form", effect="block"))
    result = preflight("scan", write("x.jsonl", listing()), "-w", marks, "--policy", tmp_path / "my.yaml")
    assert result.code == 2
    assert "permitted-form" in result.err
    assert "my.yaml:3" in result.err
