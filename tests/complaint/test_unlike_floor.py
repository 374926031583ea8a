"""Notices of other writers' kinds in many languages: what is read of them may not fall below its floor; rules that they taught, each alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.complaint.folded import fold
from listing_preflight.complaint.letter import read_letter, unread
from listing_preflight.complaint.reading.notice import read
from tests.complaint.conftest import NOTICES
from tests.complaint.test_acting_floor import FIELDS, wanted

FOLDER = NOTICES / "unlike"
ROWS = [json.loads(line) for line in (FOLDER / "labels.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def pairs():
    return [(row, read(read_letter(row["file"], (FOLDER / row["file"]).read_bytes()))) for row in ROWS]


def told(text, name="n.txt"):
    return read(read_letter(name, text.encode()))


@pytest.mark.parametrize("name", FIELDS)
def test_fields_of_unlike_notices(pairs, name):
    rows = [(row, n) for row, n in pairs if row["family"] != "not a notice" and name not in row.get("masked", ())]
    found = [(wanted(row.get(name)), {v.casefold() for v in FIELDS[name][1](n)}) for row, n in rows]
    hits = sum(len(a & b) for a, b in found)
    floor = 0.8 if name == "agent" else 0.95  # labels of persons bear titles
    assert 2 * hits / sum(len(a) + len(b) for a, b in found) >= floor


def test_families_of_unlike_notices(pairs):
    assert not [row["file"] for row, n in pairs if n.family != row["family"]]


def test_no_office_is_concluded_from_a_form(pairs):
    unstated = {(row["file"], n["value"]) for row, _ in pairs for n in row["numbers"] if n["office"] is None}
    assert not [x for row, n in pairs for x in n.numbers if (row["file"], x.value) in unstated and x.office]


def test_a_form_that_one_office_writes_is_a_candidate():
    number = told("Menurut pemilik merek, produk 20118834471 melanggar merek KOPIKU, nomor IDM000912044.").numbers[0]
    assert (number.office, number.candidates) == (None, ("ID",))


def test_what_is_paid_or_kept_back_is_told_and_no_answer():
    text = (
        "Walmart removed item 8834120977: Ardent Lamp LLC claims that it infringes the trademark ARDENT.\n"
        "Reply within 5 days. Payments for it are held for 30 days.\nClaim 77120448-1\n"
    )
    assert [(d.words.value, d.purpose) for d in told(text).deadlines] == [
        ("within 5 days", "answer"),
        ("for 30 days", "unknown"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "Lichtbildern aus dem Onlineshop unserer Mandantin (https://www.moewenruf.example/lookbook)",
        "Her originals are on https://www.moewenruf.example/lookbook",
        "Our client's own range: https://www.moewenruf.example/lookbook",
    ],
)
def test_a_page_of_the_owner_is_never_listed(page):
    text = f"Unsere Mandantin, die Möwenruf GmbH, ist Inhaberin der Marke MÖWENRUF. Sie verkaufen https://knopf.example/p/12 ohne Erlaubnis.\n{page}\n"
    assert [s.value for s in told(text).listings] == ["https://knopf.example/p/12"]


def test_rows_with_merged_cells_keep_their_ids():
    text = (
        "Mercado Libre\n\nPausamos publicaciones denunciadas por Molinos Ceiba S.A. (marca CEIBA).\n"
        "Publicación\tDenuncia\tTitular\tDerecho invocado\n"
        "MLM2184069337\t83410275\tMolinos Ceiba S.A.\tMarca CEIBA\nMLM2190554812\t83410276\tMarca CEIBA\n"
    )
    notice = told(text)
    assert [s.value for s in notice.complaint_ids] == ["83410275", "83410276"]
    assert [s.value for s in notice.listings] == ["MLM2184069337", "MLM2190554812"]


def test_an_attachment_may_be_called_anything():
    assert not unread(["attachment only the first cannot be read.pdf (application/pdf, 3 bytes) is named, not read"])
    assert unread(["the PDF cannot be read (ValueError)", "a.eml: only the first 200000 characters were read"])


@given(st.text("ابتقلدم\u064b\u0651\u0640 אבג\u05b7", max_size=40))
def test_points_of_arabic_and_hebrew_are_left_out_and_places_stay(raw):
    folded = fold(raw)
    assert not set(folded.text) & set("\u064b\u0651\u0640\u05b7")
    assert all(raw[folded.at[n]] == char for n, char in enumerate(folded.text))
