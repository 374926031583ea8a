"""What decisions say of the rules, as a table and as CSV; Wilson's interval; and what `review` refuses."""

import csv
import json
import math
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.review import stats

ROW = {
    "listing": "SHOE-*",
    "mark": "marks:nike",
    "rule": "TM001",
    "use": "identity",
    "reason": "r",
    "author": "Ada",
    "date": "2026-11-01",
}


@pytest.fixture
def decided(tmp_path):
    folder = tmp_path / "decisions"
    folder.mkdir()
    told = [
        *(("marks:nike", "TM001", s) for s in ("false match", "false match", "must be changed", "ask a lawyer")),
        ("=cmd|'x'", "TM002", "descriptive"),
    ]
    for n, (mark, rule, status) in enumerate(told):
        (folder / f"{n}.yaml").write_text(
            yaml.safe_dump({**ROW, "mark": mark, "rule": rule, "status": status}), "utf-8"
        )
    return folder


def test_wilson_is_that_of_the_books():
    low, high = stats.wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert stats.wilson(0, 0) is None


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share(hits, more):
    of = hits + more
    low, high = stats.wilson(hits, of)
    assert 0 <= low <= hits / of <= high <= 1
    narrow = stats.wilson(4 * hits, 4 * of)
    assert narrow[1] - narrow[0] < high - low or math.isclose(low, high)


def test_rules_and_marks_are_counted(preflight, decided, tmp_path):
    run = preflight("review", "--stats", "--decisions", decided, "--csv", tmp_path / "out.csv")
    assert run.code == 0
    rows = _rows(tmp_path / "out.csv")
    assert [(r["kind"], r["name"], r["decisions"], r["right"], r["wrong"], r["open"]) for r in rows] == [
        ("rule", "TM001", "4", "1", "2", "1"), ("rule", "TM002", "1", "0", "1", "0"),
        ("mark", "marks:nike", "4", "1", "2", "1"), ("mark", "'=cmd|'x'", "1", "0", "1", "0"),
    ]  # fmt: skip
    assert (rows[0]["precision"], rows[0]["low"], rows[0]["high"]) == ("0.333", "0.061", "0.792")
    assert "TM001" in run.out


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_findings_of_the_report_weigh(preflight, decided, marks, write, tmp_path):
    shoes = [
        {"id": f"SHOE-{n}", "category": "Shoes", "marketplace": "amazon.com", "title": "Nike shoes"} for n in range(3)
    ]
    report = tmp_path / "report.jsonl"
    preflight("scan", write("shop.jsonl", *shoes), "-w", marks, "-q", "-o", f"jsonl:{report}")
    preflight("review", report, "--stats", "--decisions", decided, "--csv", tmp_path / "out.csv")
    assert {r["name"]: r["findings"] for r in _rows(tmp_path / "out.csv")}["TM001"] == "12"


def test_without_decisions_it_is_refused(preflight, tmp_path):
    assert preflight("review", "--stats").code == 2
    run = preflight("review", "--stats", "--decisions", tmp_path / "none")
    assert run.code == 2
    assert "no such folder" in run.err


RUN = {"type": "run", "schema": "preflight.report/1", "lists": []}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"), ("not json\n", "report.jsonl:1: is no report"), ("[]\n", "report.jsonl:1: is no report"),
        (json.dumps({**RUN, "schema": "preflight.report/2"}) + "\n", "'preflight.report/2', not preflight.report/1"),
        (json.dumps({"schema": "preflight.baseline/1"}) + "\n", "preflight.baseline/1"),
        (json.dumps({"run": RUN, "listings": []}) + "\n", "schema 'none'"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(preflight, tmp_path, marks, text, said):
    report = tmp_path / "report.jsonl"
    report.write_text(text, "utf-8")
    run = preflight("review", report, "--decisions", tmp_path / "d", "-w", marks, "--no-browser")
    assert run.code == 2
    assert said in run.err


def test_what_cannot_be_started_is_said(preflight, tmp_path, marks, monkeypatch):
    report = tmp_path / "report.jsonl"
    report.write_text(json.dumps(RUN) + "\n", "utf-8")
    assert "names no report" in preflight("review").err
    assert "--decisions" in preflight("review", report, "-w", marks).err
    assert "needs --stats" in preflight("review", report, "--csv", "x.csv").err
    (tmp_path / "file").write_text("x")
    run = preflight("review", report, "--decisions", tmp_path / "file", "-w", marks)
    assert run.code == 2
    assert "cannot be written to" in run.err
    assert preflight("review", tmp_path / "none.jsonl", "--decisions", tmp_path / "d", "-w", marks).code == 2
    monkeypatch.setitem(sys.modules, "fastapi", None)
    run = preflight("review", report, "--decisions", tmp_path / "d", "-w", marks)
    assert 'pip install "listing-preflight[serve]"' in run.err


def test_broken_lines_and_a_report_cut_off_are_told(tmp_path):
    from listing_preflight.review.report import Report

    report = tmp_path / "report.jsonl"
    report.write_text(json.dumps(RUN) + "\n{broken\n[1]\n", "utf-8")
    found = Report(report)
    assert [f.rpartition(": ")[0].rpartition(":")[2] for f in found.faults] == ["2", "3"]
    assert found.lacking.phrase == "cut-off"


SUMMARY = {"type": "summary", "complete": True, "interrupted": False, "listings": 1}
CLEAN = {"type": "listing", "id": "A", "marketplace": None, "source": None, "decision": "pass", "findings": []}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([RUN, CLEAN], "it does not end with its summary"), ([RUN, SUMMARY], "its summary counts 1 listings. Listings in it: 0"),
        ([RUN, CLEAN, CLEAN, SUMMARY], "Listings in it: 2"), ([RUN, CLEAN, {**SUMMARY, "interrupted": True}], "was interrupted"),
        ([RUN, CLEAN, SUMMARY], ""),
    ],
)  # fmt: skip
def test_a_report_that_is_not_whole_is_said_on_standard_error_too(preflight, tmp_path, monkeypatch, marks, lines, said):
    from listing_preflight.review import run

    monkeypatch.setattr(run, "run", lambda _, sock: sock.close())
    report = tmp_path / "report.jsonl"
    report.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    page = preflight("review", report, "--decisions", tmp_path / "d", "-w", marks, "--no-browser")
    stats = preflight("review", report, "--stats", "--decisions", tmp_path / "d")
    for one in (page, stats):
        assert ("This report is not whole" in one.err, said in one.err) == (bool(said), True)
    assert ("0 findings of 0 causes of a report that is not whole" in page.err) == bool(said)
