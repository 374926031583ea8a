"""A name whose parts stand in two fields: found, looked at, and as the plain name with other signs."""

import pytest

MARKS = """marks:
  - {id: corvane, name: Corvane Halt, common_word: false, classes: [18], territories: [US], status: registered}
  - {id: blenvor, name: Blenvoria, common_word: false, classes: [18], territories: [US], status: registered}
  - {id: sea, name: Sea Salt, common_word: true, classes: [18], territories: [US], status: registered}
"""


@pytest.fixture
def look(preflight, write, tmp_path):
    (tmp_path / "l.yaml").write_text(MARKS)

    def run(**row):
        row = {"id": "1", "marketplace": "amazon.com", "category": "Bags", "title": "Bag", **row}
        found = preflight("scan", write("x.jsonl", row), "-w", tmp_path / "l.yaml", "-f", "jsonl").listings[0]
        return {f["mark"]["id"]: f for f in found["findings"]}

    return run


@pytest.mark.parametrize(
    ("row", "places"),
    [
        ({"title": "Bag by Corvane", "bullets": ["Halt zipper"]}, [("bullets", "Halt"), ("title", "Corvane")]),
        ({"bullets": ["made by CORVANE", "Halt, strong"]}, [("bullets", "CORVANE"), ("bullets", "Halt")]),
        ({"brand": "Corvane", "title": "Halt bag"}, [("brand", "Corvane"), ("title", "Halt")]),
        ({"title": "Bag Corvane", "description": "Halt bag"}, [("description", "Halt"), ("title", "Corvane")]),
    ],
)
def test_evidence_in_both_fields_and_medium_alone(look, row, places):
    finding = look(**row)["corvane"]
    assert finding["severity"] == "medium"
    assert sorted((e["field"], e["text"]) for e in finding["evidence"]) == places
    assert all(e["steps"] == ["split"] for e in finding["evidence"])
    assert finding["reasons"][0]["code"] == "split-over-fields"


def test_one_word_torn_over_the_seam(look):
    assert look(title="Bag Blenv", bullets=["oria leather"])["blenvor"]["severity"] == "medium"


def test_with_the_plain_name_beside_it_is_the_plain_name(look):
    assert look(title="Bag Corvane", bullets=["Halt", "Corvane Halt bag"])["corvane"]["severity"] == "high"


def test_ordinary_words_that_meet_are_no_name(look):
    assert "sea" not in look(title="Bag sea", bullets=["salt proof"])


def test_words_further_inside_are_no_seam(look):
    assert "corvane" not in look(title="Corvane bag", bullets=["strong Halt"])


def test_spans_are_those_of_long_texts(look):
    title = "Bag " + "soft " * 30 + "Corvane"
    evidence = {e["field"]: e for e in look(title=title, bullets=["Halt"])["corvane"]["evidence"]}
    assert title[evidence["title"]["start"] : evidence["title"]["end"]] == "Corvane"
