"""Rewrites, counterfactuals and the overlay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.judging.rewrite import LEAST_WORDS, _fitted
from tests.conftest import listing

PHONE = """marks:
  - {id: quellar, name: Quellar, common_word: false, classes: [9], territories: [US], status: registered}
  - {id: delta, name: DELTA, common_word: true, famous: true, classes: [9], territories: [US], status: registered}
"""


def run(preflight, write, tmp_path, row, *extra):
    (tmp_path / "l.yaml").write_text(PHONE)
    row = {**listing(), "category": "Phone Cases", "brand": "Glintcase", **row}
    result = preflight("scan", write("x.jsonl", row), "-w", tmp_path / "l.yaml", "-f", "jsonl", "--explain", *extra)
    return result.listings[0]


def test_a_rewrite_is_offered_only_when_it_comes_out_at_most_low(preflight, write, tmp_path):
    row = run(preflight, write, tmp_path, {"title": "Quellar 12 Pro Case Shockproof"})
    (made,) = row["findings"][0]["rewrites"]
    assert made["after"] == "Glintcase Case Shockproof, compatible with Quellar 12 Pro"
    again = run(preflight, write, tmp_path, {"title": made["after"]})
    assert [f["severity"] for f in again["findings"]] == ["low"]
    bare = run(preflight, write, tmp_path, {"title": "Quellar-compatible case"})
    assert bare["findings"][0]["severity"] == "medium"
    assert bare["findings"][0]["rewrites"] == []


def test_search_terms_lose_the_name_alone(preflight, write, tmp_path):
    row = run(preflight, write, tmp_path, {"title": "Case", "search_terms": "clear quellar case"})
    assert row["findings"][0]["rewrites"][0]["after"] == "clear case"


@pytest.mark.parametrize(
    ("terms", "after"),
    [
        ("clear, quellar, case", "clear, case"), ("clear_case,quellar_cover,slim", "clear_case,cover,slim"), ("slim_quellar_cover", "slim_cover"),
        ("quellar, case", "case"), ("case; quellar", "case"),
        ("for quellar, like new, quellar cover", "like new, cover"), ("style, for quellar, case", "style, case"),
    ],
)  # fmt: skip
def test_search_terms_are_left_without_holes(preflight, write, tmp_path, terms, after):
    row = run(preflight, write, tmp_path, {"title": "Case", "search_terms": terms})
    assert [w["after"] for f in row["findings"] for w in f["rewrites"]] == [after]


def test_a_finding_says_what_would_change_it(preflight, write, tmp_path):
    row = run(preflight, write, tmp_path, {"title": "Quellar 12 Case"})
    assert {"code": "if-own-product-first", "severity": "low"} in row["findings"][0]["reasons"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("ordinary: [delta]", None), ("ordinary: [{name: Delta, classes: [9]}]", None), ("ordinary: [{name: Delta, classes: [25]}]", "high"),
        ("ordinary: [{name: Delta, marketplaces: [etsy.com]}]", "high"),
        ("ordinary: [{name: Delta, marketplaces: 'https://www.Amazon.com/'}]", None), ("ordinary: [{name: Delta, classes: 9}]", None),
    ],
)  # fmt: skip
def test_the_overlay_makes_a_name_ordinary_within_its_limits(preflight, write, tmp_path, text, severity):
    (tmp_path / "o.yaml").write_text(text + "\n")
    row = run(
        preflight,
        write,
        tmp_path,
        {"title": "Delta headphones", "category": "Headphones"},
        "--overlay",
        tmp_path / "o.yaml",
    )
    assert next((f["severity"] for f in row["findings"]), None) == severity


def test_the_overlay_raises_a_word(preflight, write, tmp_path):
    row = {"title": "River delta map phone case"}
    assert run(preflight, write, tmp_path, row)["findings"] == []
    (tmp_path / "o.yaml").write_text("raise: [delta]\n")
    assert run(preflight, write, tmp_path, row, "--overlay", tmp_path / "o.yaml")["findings"]


@pytest.mark.parametrize(
    "text",
    [
        "ordinary: [{nme: x}]",
        "raised: [x]",
        "ordinary: [x]\nraise: [X]",
        "- 1",
        "ordinary: [{name: x, clases: [1]}]",
        "ordinary: [{name: x, classes: [a]}]",
    ],
)
def test_a_wrong_overlay_is_refused(preflight, marks, write, tmp_path, text):
    (tmp_path / "o.yaml").write_text(text + "\n")
    assert preflight("scan", write("x.jsonl", listing("x")), "-w", marks, "--overlay", tmp_path / "o.yaml").code == 2


@pytest.mark.parametrize(("site", "title", "after"), [
    ("amazon.de", "Quellar 12 Pro Hülle stoßfest mit Ständer", "Glintcase Hülle stoßfest mit Ständer, kompatibel mit Quellar 12 Pro"),
    ("amazon.de", "Quellar 12 Pro Silikonhülle transparent", "Glintcase Silikonhülle transparent, kompatibel mit Quellar 12 Pro"),
    ("amazon.fr", "Quellar 12 Pro coque antichoc", "Glintcase coque antichoc, compatible avec Quellar 12 Pro"),
    ("amazon.co.jp", "Quellar 12 Pro ケース 耐衝撃 クリア", "Glintcase ケース 耐衝撃 クリア Quellar 12 Pro 対応"),
    ("amazon.pl", "Quellar 12 Pro etui odporne na wstrząsy", "Glintcase etui odporne na wstrząsy, pasuje do Quellar 12 Pro"),
    ("amazon.com", "Quellar 12 Pro case shockproof", "Glintcase case shockproof, compatible with Quellar 12 Pro"),
])  # fmt: skip
def test_the_permitted_form_is_in_the_language_of_the_title(preflight, write, tmp_path, site, title, after):
    wide = PHONE.replace("[US]", "[US, EM, JP, PL]")
    (tmp_path / "l.yaml").write_text(wide)
    row = {**listing(title), "marketplace": site, "category": "Phone Cases", "brand": "Glintcase"}
    found = preflight("scan", write("x.jsonl", row), "-w", tmp_path / "l.yaml", "-f", "jsonl").listings[0]["findings"]
    assert [r["after"] for f in found for r in f["rewrites"]] == [after]


def test_a_language_without_a_form_that_leaves_the_name_as_it_is_has_no_rewrite(preflight, write, tmp_path):
    row = run(
        preflight,
        write,
        tmp_path,
        {"title": "Quellar 12 Pro suojakuori, joka on ohut ja kestävä", "marketplace": "amazon.com"},
    )
    assert row["findings"]
    assert not any(f["rewrites"] for f in row["findings"])


@pytest.mark.parametrize(("product", "after"), [
    ("coque antichoc pour voyage", "coque antichoc, compatible with Quellar 12"),
    ("Hülle in Rosa, nicht geeignet für Regen", None),
    ("filtre lavable, non original", None),
])  # fmt: skip
def test_a_cut_title_ends_with_no_for_and_loses_no_denial(product, after):
    assert _fitted(FORM, "", product, "Quellar 12", 50 if after is None else 45) == after


def fitted_naively(own, product, device, most):
    kept = product.split()
    while True:
        after = " ".join(f"{own} {' '.join(kept).rstrip(' ,;-–|')}, compatible with {device}".split())
        if len(after) <= most:
            return after
        if len(kept) <= LEAST_WORDS:
            return None
        kept.pop()


FORM = "{product}, compatible with {device}"


@given(
    st.lists(st.sampled_from(["case", "-", ",;", "| |", "–", "a", "shockproof,", "x-"]), max_size=80),
    st.sampled_from(["", "Own"]), st.sampled_from(["Quellar 12", "q"]), st.integers(1, 60),
)  # fmt: skip
def test_a_title_of_many_words_is_fitted_as_one_word_after_another_would_be(words, own, device, most):
    product = " ".join(words)
    assert _fitted(FORM, own, product, device, most) == fitted_naively(own, product, device, most)
