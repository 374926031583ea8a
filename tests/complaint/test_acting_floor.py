"""Notices that one sends for another, in many languages: what is read of people, periods and the rest may not fall below its floor."""

import json

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read
from tests.complaint.conftest import NOTICES

FOLDER = NOTICES / "acting"
ROWS = [json.loads(line) for line in (FOLDER / "labels.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def pairs():
    return [(row, read(read_letter(row["file"], (FOLDER / row["file"]).read_bytes()))) for row in ROWS]


def one(span):
    return {span.value} if span else set()


FIELDS = {
    "listing_ids": (0.97, lambda n: {s.value for s in n.listings}),
    "complaint_ids": (0.97, lambda n: {s.value for s in n.complaint_ids}),
    "kinds": (0.96, lambda n: set(n.kinds)),
    "marks": (0.96, lambda n: {s.value for s in n.marks}),
    "complainant": (0.97, lambda n: one(n.people.complainant)),
    "agent": (0.96, lambda n: one(n.people.agent)),
    "contact": (0.99, lambda n: one(n.people.contact)),
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_are_read_in_any_wording(pairs, name):
    floor, of = FIELDS[name]
    told = [(wanted(row[name]), {v.casefold() for v in of(n)}) for row, n in pairs if row["family"] != "not a notice"]
    hits = sum(len(a & b) for a, b in told)
    assert 2 * hits / sum(len(a) + len(b) for a, b in told) >= floor


def wanted(value):
    return {v.casefold() for v in ([value] if isinstance(value, str) else value or ())}


def test_families(pairs):
    wrong = [row["file"] for row, n in pairs if n.family != row["family"]]
    assert len(wrong) <= 2, wrong


def test_periods_are_for_what_the_notice_says(pairs):
    said = sum(len(row["deadlines"]) for row, _ in pairs)
    right = 0
    for row, n in pairs:
        left = [(d.words.value.casefold(), d.purpose) for d in n.deadlines]
        for one_ in row["deadlines"]:
            words = one_["words"].casefold()
            found = next((x for x in left if x[1] == one_["for"] and (x[0] in words or words in x[0])), None)
            if found:
                left.remove(found)
                right += 1
    assert right / said >= 0.95


def test_offices_are_the_stated_ones_and_none_is_made_up(pairs):
    stated = {(row["file"], n["value"]): n["office"] for row, _ in pairs for n in row["numbers"]}
    told = {(row["file"], x.value): x.office for row, n in pairs for x in n.numbers}
    assert not [key for key, office in stated.items() if told.get(key, office) != office]
