"""Periods that run from the notice get their last day, with how it was counted; others get none."""

import json

import pytest

from listing_preflight.complaint.reading.computed import computed
from tests.complaint.conftest import NOTICES

BLOCK = "Amazon\nA rights owner reported your offer. We removed it.\nASIN: {asin}\nTrademark: {mark}\nComplaint ID: {number}\nRights owner name: {owner}\n"


@pytest.mark.parametrize(
    ("words", "day", "basis"),
    [
        ("within 7 working days of receipt", "2026-12-08", "received"),
        ("innerhalb von drei Wochen nach Zugang", "2026-12-18", "received"),
        ("within fourteen (14) days of this letter", "2026-12-08", "sent"),
        ("no more than ten days from today", "2026-12-04", "sent"),
        ("收函后五日内", "2026-12-02", "received"),
        ("本書到達後2週間以内に", "2026-12-11", "received"),
        ("within 2 months of receipt", "2027-01-27", "received"),
        ("within 72 hours of receipt", "2026-11-30", "received"),
    ],
)
def test_a_period_from_receipt_or_date_ends_on_a_day(words, day, basis):
    found = computed(words, received="2026-11-27", sent="2026-11-24")
    assert found is not None
    assert (found.date, found.basis) == (day, basis)


@pytest.mark.parametrize(
    ("words", "date", "start"),
    [
        ("entro 7 giorni dal 25 novembre 2026", "2026-12-02", "2026-11-25"),
        ("5 días desde hoy (27/11/2026)", "2026-12-02", "2026-11-27"),
        ("binnen 2 Wochen ab dem 1. Dezember 2026", "2026-12-15", "2026-12-01"),
    ],
)
def test_a_period_runs_from_the_day_that_it_names(words, date, start):
    found = computed(words, received="2026-01-01", sent="2026-01-01")
    assert found is not None
    assert (found.date, found.counted_from, found.basis) == (date, start, "named")


@pytest.mark.parametrize(
    "words", ["within 7 days", "after 10 to 14 business days of receipt", "within 9999 days of receipt"]
)
def test_a_period_of_no_stated_start_gets_no_day(words):
    assert computed(words, received="2026-11-27", sent="2026-11-24") is None


def test_without_a_known_day_nothing_is_counted():
    assert computed("within 7 days of receipt", received=None, sent=None) is None


def test_the_day_of_sending_stands_in_for_that_of_receipt_and_is_said():
    found = computed("within 7 days of receipt", received=None, sent="2026-11-24")
    assert found is not None
    assert (found.date, found.basis) == ("2026-12-01", "sent")


def test_a_counted_day_is_said_as_counted(preflight, tmp_path):
    text = BLOCK.format(asin="B0TESTQ1XZ", mark="VELMORA", number="18812345670", owner="Velmora Ltd")
    (tmp_path / "n.txt").write_text(text + "Please answer within 5 working days of receipt of this notice.\n", "utf-8")
    result = preflight("complaint", "open", tmp_path / "n.txt", "--case", tmp_path / "case", "--received", "2026-11-27")
    assert "2026-12-04, counted from 2026-11-27, received" in result.out
    row = json.loads((tmp_path / "case/case.json").read_text("utf-8"))["deadlines"][0]
    assert (row["date"], row["x_computed"]["basis"]) == ("2026-12-04", "received")
    assert "counted by the program" in preflight("complaint", "status", tmp_path / "case").out


def test_a_notice_of_another_complaint_is_refused_with_a_sentence(preflight, tmp_path):
    one = BLOCK.format(asin="B0TESTQ1XZ", mark="VELMORA", number="18812345670", owner="Velmora Ltd")
    other = BLOCK.format(asin="B0TESTQ2YY", mark="QUORN", number="18899999999", owner="Brindle GmbH")
    (tmp_path / "a.txt").write_text(one, "utf-8")
    (tmp_path / "b.txt").write_text(other, "utf-8")
    assert preflight("complaint", "open", tmp_path / "a.txt", "--case", tmp_path / "case").code == 0
    before = (tmp_path / "case/case.json").read_bytes()
    result = preflight("complaint", "open", tmp_path / "b.txt", "--case", tmp_path / "case")
    assert result.code == 2
    assert "is of another complaint (18899999999, by Brindle GmbH)" in result.err
    assert (tmp_path / "case/case.json").read_bytes() == before
    assert not list((tmp_path / "case/notice").glob("*b.txt"))


EBAY = "eBay\nWe removed your listing, item number 256012345678, after a VeRO report of {owner}.\nReport ID: {number}\nRights owner: {owner}\nTrademark: QUORN\n"


@pytest.mark.parametrize("number", ["18899999999", ""])
def test_a_notice_of_another_platform_by_another_owner_is_refused(preflight, tmp_path, number):
    one = BLOCK.format(asin="B0TESTQ1XZ", mark="VELMORA", number="18812345670", owner="Velmora Ltd")
    (tmp_path / "a.txt").write_text(one, "utf-8")
    (tmp_path / "b.txt").write_text(EBAY.format(owner="Brindle GmbH", number=number), "utf-8")
    assert preflight("complaint", "open", tmp_path / "a.txt", "--case", tmp_path / "case").code == 0
    result = preflight("complaint", "open", tmp_path / "b.txt", "--case", tmp_path / "case")
    assert result.code == 2
    assert "is of another complaint (on ebay, " in result.err
    assert "by Brindle GmbH" in result.err


def test_a_notice_of_another_platform_by_the_same_owner_is_named(preflight, tmp_path):
    one = BLOCK.format(asin="B0TESTQ1XZ", mark="VELMORA", number="18812345670", owner="Velmora Ltd")
    (tmp_path / "a.txt").write_text(one, "utf-8")
    (tmp_path / "b.txt").write_text(EBAY.format(owner="Velmora Ltd", number="18899999999"), "utf-8")
    assert preflight("complaint", "open", tmp_path / "a.txt", tmp_path / "b.txt", "--case", tmp_path / "case").code == 0
    told = json.loads((tmp_path / "case/case.json").read_text("utf-8"))["ambiguous"]
    assert "platform: the notices are of amazon and ebay; they may be several cases" in told


def test_a_copyright_case_is_not_told_to_lack_marks(preflight, tmp_path):
    (tmp_path / "n.txt").write_text((NOTICES / "forms/112-tw-shopee.txt").read_text("utf-8"), "utf-8")
    out = preflight("complaint", "open", tmp_path / "n.txt", "--case", tmp_path / "case").out
    missing = next(line for line in out.splitlines() if line.strip().startswith("missing:"))
    assert "marks" not in missing
    assert "numbers" in missing


@pytest.mark.parametrize("flood", ["A", "1", "Reg No 12345, ", "Abc ", "Abc Ltd ", "7 days ", "no. ", "一", "가 "])
def test_floods_are_read_to_their_end(flood):
    from listing_preflight.complaint.letter import read_letter
    from listing_preflight.complaint.reading.notice import read

    assert (
        read(
            read_letter("n.txt", (flood * (20_000 // len(flood) if len(flood) == 1 else 2_000 // len(flood))).encode())
        ).family
        == "not a notice"
    )
