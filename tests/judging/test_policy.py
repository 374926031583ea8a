"""Policy packs: every rule's own tests, the lint, and what a finding cites."""

import pytest

from listing_preflight.errors import ListError
from listing_preflight.policy.pack_reader import bundled, checked, read_pack
from tests.conftest import ROOT, listing

SITES = {"amazon": "amazon.com", "ebay": "ebay.com", "etsy": "etsy.com", "walmart": "walmart.com", "tiktok-shop": "tiktokshop.us",
         "shopee": "shopee.tw", "aliexpress": "aliexpress.com", "google-merchant": "google.us", "newegg": "newegg.com", "tradera": "tradera.com", "shopify": "shopify.com", "any": "amazon.com"}  # fmt: skip
TESTS = [(r, t) for r in bundled() for t in r.tests]
GOOD = """pack: {platform: ebay, version: "1"}
rules:
  - {id: X-1, fields: [title], construct: {wording: [foo]}, effect: block, text: t, source: s, seen: 2026-01-01, confidence: high}
"""


@pytest.mark.parametrize(("rule", "test"), TESTS, ids=lambda v: getattr(v, "id", None))
def test_every_rule_holds_its_own_tests(preflight, write, tmp_path, rule, test):
    site = SITES[next(iter(sorted(rule.platforms - {"amazon-merch"})))]
    shown = {k: test[k] for k in ("title", "category", "search_terms", "brand", "bullets", "description") if k in test}
    shown |= {"images": [{"text": test["image"]}]} if "image" in test else {}
    named = test.get("mark", "Unrelatedo")
    limits = f"kind: {test.get('kind', 'word')}, common_word: false, classes: [9, 14, 18, 25], territories: [US, TW, SE], status: registered"
    names = named if isinstance(named, list) else [named]
    (tmp_path / "l.yaml").write_text("marks:\n" + "".join(f"  - {{name: {n}, {limits}}}\n" for n in names))
    row = {"id": "1", "marketplace": site, **shown, "images": [{"text": test["image"]}] if "image" in test else []}
    result = preflight("scan", write("x.jsonl", row), "-w", tmp_path / "l.yaml", "-f", "jsonl")
    cited = {r["rule"] for f in result.listings[0]["findings"] for r in f["reasons"] if r["code"] == "policy-rule"}
    assert (rule.id in cited) == test["hit"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("effect: block", "effect: forbid"), "effect"), (("seen: 2026-01-01", "seen: soon"), "seen"),
        (("fields: [title]", "fields: [headline]"), "fields"), (("source: s,", ""), "source"),
        (("wording: [foo]", "words: [foo]"), "construct"), (("id: X-1,", "id: X-1, txt: 1,"), "txt"),
        (("wording: [foo]", "wording: foo"), "wording"), (("wording: [foo]", "use: imitaton"), "imitaton"),
        (("wording: [foo]", "steps: [leat]"), "leat"), (("wording: [foo]", "reasons: imitation"), "reasons"),
        (("effect: block", "effect: [block]"), "effect"), (("fields: [title]", "fields: title"), "fields"),
        (("confidence: high", "confidence: high, categories: [shoes]"), "shoes"), (("confidence: high", "confidence: high, locale: US"), "locale"),
        (("platform: ebay, ", ""), "platform"), (("rules:", "rules: ["), "YAML"),
        (("wording: [foo]", "reasons: [{a: 1}]"), "no word"), (("wording: [foo]", "wording: [foo], steps: null"), "steps"),
    ],
)  # fmt: skip
def test_a_wrong_pack_is_refused_with_file_and_field(change, said):
    with pytest.raises(ListError) as caught:
        read_pack("my.yaml", GOOD.replace(*change))
    assert "my.yaml" in str(caught.value)
    assert said in str(caught.value)


def test_contradicting_rules_are_named_with_both_ids():
    other = GOOD.replace("X-1", "X-2").replace("block", "info")
    with pytest.raises(ListError, match=r"X-1 and X-2"):
        checked(read_pack("a", GOOD) + read_pack("b", other))


def test_a_pack_of_ones_own(preflight, marks, write, tmp_path):
    (tmp_path / "my.yaml").write_text(GOOD)
    row = listing("foo shoes", marketplace="ebay.com")
    assert preflight("scan", write("x.jsonl", row), "-w", marks, "--policy", tmp_path / "my.yaml").code == 1
    assert preflight("scan", write("x.jsonl", row), "-w", marks).code == 0
    (tmp_path / "my.yaml").write_text(GOOD.replace("block", "forbid"))
    assert preflight("scan", write("x.jsonl", row), "-w", marks, "--policy", tmp_path / "my.yaml").code == 2


def test_every_rule_has_a_test_that_it_meets():
    assert [r.id for r in bundled() if not any(t["hit"] for t in r.tests)] == []


def test_packs_are_printed_with_their_sources(preflight):
    shown = preflight("rules", "--marketplace", "amazon.de").out
    assert "AMZ-KW-01" in shown
    assert "source: help page 23501" in shown
    assert preflight("rules", "--marketplace", "nowhere.example").code == 2


def test_packs_travel_in_the_package():
    assert {p.stem for p in (ROOT / "src/listing_preflight/policy/packs").glob("*.yaml")} >= {
        "amazon",
        "ebay",
        "generic",
    }


def test_a_rule_is_named_by_its_own_line():
    text = GOOD.replace("X-1", "X-10") + GOOD.splitlines()[2] + "\n"
    with pytest.raises(ListError, match=r"my\.yaml:4"):
        read_pack("my.yaml", text.replace("{id: X-1, fields: [title]", "{id: X-1, fields: [headline]"))
