"""Limits of fields: dated, by site and field, with their source; rewrites obey them."""

import datetime

import pytest

from listing_preflight.policy.limits import _rows, limit
from tests.conftest import listing

TODAY = datetime.date(2026, 11, 29)


@pytest.mark.parametrize(
    ("site", "field", "column", "category", "day", "most"),
    [
        ("amazon.com", "title", None, "Shoes", TODAY, 75), ("amazon.de", "title", None, "Books", TODAY, 200),
        ("amazon.com", "title", None, "Shoes", datetime.date(2026, 7, 26), 200), ("amazon.ae", "title", None, "Shoes", TODAY, 200),
        ("amazon.com", "bullets", "title_differentiation[0].value", None, TODAY, 125), ("amazon.com", "bullets", "item_highlights", None, TODAY, 125),
        ("amazon.com", "bullets", "bullet_point1", None, TODAY, None), ("ebay.de", "title", None, None, TODAY, 80), ("ebay.com", "bullets", "Subtitle", None, TODAY, 55),
        ("etsy.com", "title", None, None, TODAY, None), (None, "title", None, None, TODAY, None),
    ],
)  # fmt: skip
def test_limits(site, field, column, category, day, most):
    found = limit(site, field, column, category, day)
    assert (found.most if found else None) == most


def test_every_limit_names_its_source_and_day():
    assert all(row["source"] and row["seen"] and row["since"] for row in _rows())


LIST = "marks:\n  - {id: quellar, name: Quellar, common_word: false, classes: [9], territories: [US], status: registered}\n"


def _after(preflight, write, tmp_path, row, day="2026-11-29"):
    (tmp_path / "l.yaml").write_text(LIST)
    row = {**listing(), "category": "Phone Cases", "brand": "Glintcase", **row}
    result = preflight("scan", write("x.jsonl", row), "-w", tmp_path / "l.yaml", "-f", "jsonl", "--date", day)
    return [w["after"] for f in result.listings[0]["findings"] for w in f["rewrites"]]


def test_a_rewrite_of_a_title_fits_and_keeps_the_permitted_form(preflight, write, tmp_path):
    title = "Quellar 12 Pro Case Shockproof Drop Tested Clear Back Cover Slim Fit Anti Yellow Grip"
    (after,) = _after(preflight, write, tmp_path, {"title": title})
    assert len(after) <= 75
    assert after.startswith("Glintcase Case")
    assert after.endswith(", compatible with Quellar 12 Pro")
    (before_the_rule,) = _after(preflight, write, tmp_path, {"title": title}, day="2026-07-01")
    assert len(before_the_rule) > 75


def test_the_short_field_beside_the_title_is_scanned_and_rewritten_within_its_limit(preflight, write, tmp_path):
    row = {"title": "Clear Case", "item_highlights": "Quellar 12 Pro Case, Shockproof, " + "Slim and Light, " * 8}
    for after in _after(preflight, write, tmp_path, row):
        assert len(after) <= 125
        assert "compatible with Quellar" in after
