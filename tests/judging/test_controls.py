"""Direction controls: names under an override are read as shown, and the control itself is told."""

import pytest

from tests.conftest import listing


def findings(scan, title):
    (row,) = scan({**listing(title), "marketplace": "amazon.com"}).listings
    return {f["rule"]: f for f in row["findings"]}


def test_a_name_turned_round_is_found_where_it_is_written(scan):
    title = "Shoes \u202eEKIN\u202c blue"
    found = findings(scan, title)
    (evidence,) = found["TM001"]["evidence"]
    assert title[evidence["start"] : evidence["end"]] == evidence["text"] == "EKIN"
    assert evidence["steps"] == ["bidi"]
    assert found["TM001"]["severity"] == "high"


def test_markup_inside_an_override_is_no_border(scan):
    (evidence,) = findings(scan, "Shoes \u202eE<b>KI</b>N\u202c")["TM001"]["evidence"]
    assert evidence["text"] == "E<b>KI</b>N"
    assert evidence["steps"] == ["bidi", "html"]


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("a \u202eb\u202c", "medium"), ("a \u202db", "medium"), ("a \u2066b\u2069", "low"), ("שלום \u2066b\u2069", None),
        ("a\u200eb", None),
    ],
)  # fmt: skip
def test_the_control_is_a_finding_of_its_own(scan, title, severity):
    found = findings(scan, title).get("HT001")
    assert (found["severity"] if found else None) == severity
