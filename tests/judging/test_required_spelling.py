"""Marks that count only as written, or only where the brand field is their name."""

import pytest

MARKS = """marks:
  - {id: mixxora, name: Mixxora, common_word: false, requires: [spelling], classes: [9], territories: [US], status: registered}
  - {id: crown, name: Crown, common_word: true, requires: [spelling, brand-field], classes: [27], territories: [US], status: registered}
"""


@pytest.fixture
def judged(judge):
    line = judge(MARKS)

    def run(title, **row):
        told = line(title, **row)
        return {f["mark"]["id"]: f["severity"] for f in told["findings"]}, {d["reason"] for d in told["dropped"]}

    return run


@pytest.mark.parametrize("title", ["Mixxora camera M50", "MIXXORA camera", "The Mixxoras camera", "M1xxora camera M50"])
def test_the_name_as_written_or_disguised_is_the_mark(judged, title):
    assert judged(title, category="Electronics > Cameras")[0]["mixxora"] == "high"


@pytest.mark.parametrize("title", ["Mixxore camera M50", "Mixora camera M50"])
def test_letters_apart_are_another_word_and_the_silence_is_explained(judged, title):
    found, dropped = judged(title, category="Electronics > Cameras")
    assert found == {}
    assert dropped == {"requires-spelling"}


@pytest.mark.parametrize(
    ("title", "brand", "severity"),
    [
        ("Crown entrance mat 60 x 90 cm", "Crown", "medium"),
        ("Entrance mat 60 x 90 cm", "crown", "medium"),
        ("Crown entrance mat 60 x 90 cm", "Plugly", None),
        ("Crown entrance mat 60 x 90 cm", "", None),
    ],
)
def test_an_everyday_word_counts_where_the_brand_field_is_it(judged, title, brand, severity):
    assert judged(title, category="Home > Rugs > Mats", brand=brand)[0].get("crown") == severity


def test_a_word_in_the_brand_field_of_goods_that_are_not_known_to_be_its_own_is_told_as_information(judged):
    assert judged("Courageous people, stock picture", category="Images", brand="Crown")[0].get("crown") == "low"
    assert judged("Drawing of a flag", category="Home > Rugs > Mats", brand="Crown")[0].get("crown") == "medium"


@pytest.mark.parametrize("description", ["", "A mat with a crown in the middle."])
def test_a_silence_outside_the_brand_field_says_so(judged, description):
    found, dropped = judged("Soft entrance mat with crown", category="Home > Mats", description=description)
    assert (found, dropped) == ({}, {"requires-brand-field"})


def test_a_list_that_asks_for_the_brand_field_needs_no_context_words(preflight, tmp_path):
    (tmp_path / "l.yaml").write_text(MARKS)
    assert "0 hints" in preflight("watchlist", "check", tmp_path / "l.yaml").out
