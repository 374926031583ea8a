"""What the tenth blind look got wrong, in words of our own; and that many ids are read as few are."""

import pytest

from listing_preflight.complaint.case import Facts
from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read

HEAD = "Hello,\nwe removed your listing after a report of a rights owner.\nItem number: 256012345678\n"


def said(text):
    return read(read_letter("n.txt", text.encode()))


def listed(text):
    return said(f"{HEAD}{text}\nThe eBay team\n")


def test_a_fact_is_kept_once_and_each_step_counts_its_own():
    facts = Facts([{"id": "F001", "field": "mark", "value": "CORVANE", "source": {"file": "a"}}])
    assert facts.add("mark", "CORVANE", {"file": "a"}) == "F001"
    assert facts.add("mark", "CORVANE", {"file": "b"}) == "F002"
    assert facts.add("record", {"n": [1, 2]}, {"list": "x"}, prefix="A") == "A001"
    assert facts.add("record", {"n": [1, 2]}, {"list": "x"}, prefix="A") == "A001"
    assert [row["id"] for row in facts.without("A").rows] == ["F001", "F002"]


def test_a_mark_is_found_at_the_mention_of_its_number_that_has_one():
    text = "Registration No. 4183302. Number 4183302-7 is another. The mark PELLOWICK (No. 4183302) is ours."
    assert [m.value for m in listed(text).marks] == ["PELLOWICK"]


@pytest.mark.parametrize("ids", [["256012345001", "2560123450012"], ["256012345001", "256012345002"]])
def test_stock_numbers_stand_with_their_own_ids(ids):
    rows = "".join(f"Item: {one} | SKU: LAMP-{n}\n" for n, one in enumerate(ids))
    told = said(f"Hello,\nwe removed your listings after a report of a rights owner.\n{rows}The eBay team\n")
    assert [(one, number.value) for one, number in told.stock_numbers] == [
        (one, f"LAMP-{n}") for n, one in enumerate(ids) if one in [s.value for s in told.listings]
    ]
