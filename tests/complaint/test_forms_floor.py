"""Fifty-nine notices in twenty languages, each in a wording of its own: what is read of them may not fall below its floor."""

import json

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read
from tests.complaint.conftest import NOTICES

FOLDER = NOTICES / "forms"
ROWS = [json.loads(line) for line in (FOLDER / "labels.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def pairs():
    return [(row, read(read_letter(row["file"], (FOLDER / row["file"]).read_bytes()))) for row in ROWS]


def of_person(notice, name):
    span = getattr(notice.people, name)
    return {span.value} if span else set()


FIELDS = {
    "listing_ids": (0.97, lambda n: {s.value for s in n.listings}),
    "numbers": (0.94, lambda n: {x.value for x in n.numbers}),
    "complaint_ids": (0.96, lambda n: {s.value for s in n.complaint_ids}),
    "kinds": (0.95, lambda n: set(n.kinds)),
    "complainant": (0.95, lambda n: of_person(n, "complainant")),
    "agent": (0.95, lambda n: of_person(n, "agent")),
    "contact": (1.0, lambda n: of_person(n, "contact")),
}


def wanted(row, name):
    value = row.get(name)
    if name == "numbers":
        return {x["value"] for x in value or ()}
    return {value} if isinstance(value, str) else set(value or ())


@pytest.mark.parametrize("name", FIELDS)
def test_fields_are_read_in_any_wording(pairs, name):
    floor, of = FIELDS[name]
    told = [
        (wanted(r, name), of(n)) for r, n in pairs if name not in r.get("masked", ()) and r["family"] != "not a notice"
    ]
    hits = sum(len(a & b) for a, b in told)
    assert 2 * hits / sum(len(a) + len(b) for a, b in told) >= floor


def test_families_and_levels_are_told_by_meaning(pairs):
    wrong = [r["file"] for r, n in pairs if n.family != r["family"]]
    assert len(wrong) <= 1, wrong
    levels = [r["file"] for r, n in pairs if r.get("level") and (n.level and n.level[0]) != r["level"]]
    assert len(levels) <= 6, levels


def test_no_office_is_made_up_and_each_value_stands_in_its_text(pairs):
    for row, notice in pairs:
        offices = {x["value"]: x["office"] for x in row.get("numbers") or ()}
        assert {x.office for x in notice.numbers if x.value in offices and offices[x.value] is None} <= {None}, row[
            "file"
        ]
        raw = notice.letter.folded.raw
        for span in (*notice.marks, *notice.listings, *notice.complaint_ids, *(d.words for d in notice.deadlines)):
            assert 0 <= span.start < span.end <= len(raw)


def test_periods_and_their_purposes(pairs):
    hits = many = few = 0
    for row, notice in pairs:
        if row["family"] == "not a notice" or "deadlines" in row.get("masked", ()):
            continue
        want = [(" ".join(d["words"].split()).casefold(), d["for"]) for d in row.get("deadlines") or ()]
        got = [(d.words.value.casefold(), d.purpose) for d in notice.deadlines]
        right = [w for w in want if any(w[1] == g[1] and (w[0] in g[0] or g[0] in w[0]) for g in got)]
        hits, many, few = hits + len(right), many + len(got), few + len(want)
    assert 2 * hits / (many + few) >= 0.93
