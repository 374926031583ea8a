"""Rewrites that are offered, and the reason where none is: what is accepted clears the finding in a fresh scan."""

import csv
import json

import pytest

from listing_preflight.judging.rewording import SAID

LIST = """list: {defaults: {territories: [US], status: registered}}
marks:
  - {id: quellar, name: Quellar, classes: [9]}
  - {id: quellar-zed, name: Zedfone, parent: quellar, kind: product-line, classes: [9]}
  - {id: marlow, name: Varmelle, classes: [25, 18, 3]}
"""


@pytest.fixture
def fix(preflight, tmp_path):
    (tmp_path / "marks.yaml").write_text(LIST)

    def run(title, category="Clothing", site="ebay.com", **cells):
        row = {"id": "1", "title": title, "category": category, "brand": "Glint", "marketplace": site} | cells
        path, out = tmp_path / "x.csv", tmp_path / "o.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, row)
            rows.writeheader()
            rows.writerow(row)
        told = preflight("fix", path, "-o", out, "--accept", "safe", "-w", tmp_path / "marks.yaml")
        with out.open(encoding="utf-8", newline="") as file:
            (now,) = csv.DictReader(file)
        left = json.loads((tmp_path / "o.csv.changes.json").read_text("utf-8"))["without_rewrite"]
        return told, now["title"], [(one["mark"], one["why"]) for one in left]

    return run


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Varmelle style running dress for women", "running dress for women"),
        ("Running dress Varmelle style", "Running dress"), ("Red dress, Varmelle inspired, long", "Red dress, long"),
        ("Handbag inspired by Varmelle brown leather", "Handbag brown leather"), ("Summer dress like Varmelle | blue", "Summer dress | blue"),
        ("Varmelle-Style Sommerkleid für Damen", "Sommerkleid für Damen"), ("Robe style Varmelle pour femme", "Robe pour femme"),
    ],
)  # fmt: skip
def test_a_likeness_goes_with_its_name(fix, before, after):
    told, title, left = fix(before)
    assert (told.code, title, left) == (0, after, []), told.err


@pytest.mark.parametrize(
    "title", ["Dress not Varmelle style red", "Varmelle style", "Varmelle style Varmelle dress red"]
)
def test_what_would_say_something_else_is_not_offered(fix, title):
    _, after, left = fix(title)
    assert after == title
    assert left


def test_names_that_stand_together_go_together(fix):
    told, title, left = fix("Quellar Zedfone 12 case shockproof", "Phone cases")
    assert (title, left) == ("Glint case shockproof, compatible with Quellar Zedfone 12", []), told.err
    assert told.code == 0


@pytest.mark.parametrize(
    ("title", "cells", "why"),
    [
        ("Varmelle dress red", {}, "identity"), ("Red dress", {"brand": "Varmelle"}, "brand"),
        ("Better than Varmelle dress red", {}, "comparison"),
        ("Varmelle dress red", {"search_terms": "varmelle dress"}, "several-fields"),
        ("Summer dress", {"description": "The Varmelle dress of the season. Dupe of Varmelle."}, "prose"),
        ("Case for Quellar", {"category": "Phone cases"}, "model"),
    ],
)  # fmt: skip
def test_each_finding_without_a_rewrite_has_its_reason(fix, title, cells, why):
    told, _, left = fix(title, **cells)
    assert {w for _, w in left} == {why}, left
    assert SAID[why] in told.err


def test_the_reason_is_one_short_sentence():
    assert all(len(said) < 120 and not said.endswith(".") for said in SAID.values())


def test_the_help_says_what_is_rewritten(preflight):
    told = preflight("fix", "--help").out
    assert "compatible with" in " ".join(told.split())
    assert "search terms" in " ".join(told.split())


def test_numbers_hyphens_and_an_absent_brand_stay_as_they_are(fix):
    _, title, _ = fix("Zedfone 12 PA-10 case PX-1900-02D", "Phone cases", brand="No Brand")
    assert title == "PA-10 case PX-1900-02D, compatible with Zedfone 12"
    _, title, _ = fix("Zedfone 10.5-Inch case blue", "Phone cases")
    assert title == "Zedfone 10.5-Inch case blue"
    for same in ("Zedfone 12 case (blue", "Zedfone 7-14mm case blue"):
        _, title, _ = fix(same, "Phone cases")
        assert title == same
    _, title, _ = fix("Zedfone-compatible case 12 blue", "Phone cases")
    assert "compatible with Zedfone" in title


def test_a_name_of_another_house_stays_with_the_goods(fix):
    _, title, _ = fix("Varmelle Zedfone 12 case silicone", "Phone cases")
    assert "compatible with Varmelle" not in title


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Varmelle dupe hoodie for women", "copy"),
        ("Replica Varmelle jacket for men", "copy"),
        ("Hoodie similar to Varmelle Rambler with zip", "form"),
        ("Halsduk i Varmelle-stil, beige och blå", "form"),
        ("Similar to Varmelle from the house of wool", "form"),
    ],
)
def test_goods_that_are_called_a_copy_or_would_hang_are_not_reworded(fix, title, why):
    _, now, left = fix(title)
    assert now == title
    assert [w for _, w in left] == [why]
