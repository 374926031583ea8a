"""Drafts that somebody else wrote, and reports of rights owners."""

import json

import pytest

from listing_preflight.complaint.checking import check
from listing_preflight.complaint.owners import same_owner
from listing_preflight.complaint.reporting import platforms
from listing_preflight.model.tri import Tri
from tests.conftest import SHARED

FULL = """Counter notice. Removed: https://www.etsy.com/listing/1999000111
I swear, under penalty of perjury, that I have a good faith belief that the material was removed as a result of a mistake.
Name: Ines Pell, 4 Mill Street, Dover. Telephone: +44 1234 567890
I consent to the jurisdiction of the Federal District Court, and I will accept service of process from the person who gave the notice.
Signature: Ines Pell
"""
LOST = {
    "signature": "Signature: Ines Pell", "material_and_location": "https://www.etsy.com/listing/1999000111",
    "perjury_good_faith_mistake": "under penalty of perjury, that I have a good faith belief that", "consent_to_jurisdiction": "consent to the jurisdiction",
    "accept_service": "accept service of process",
}  # fmt: skip


def test_a_complete_counter_notice():
    assert {e.state for e in check(FULL, "counter", None)} == {"present"}


@pytest.mark.parametrize("element", sorted(LOST))
def test_each_element_is_missed(element):
    states = {e.element: e.state for e in check(FULL.replace(LOST[element], ""), "counter", None)}
    assert states[element] in ("missing", "unclear")
    assert [e for e, s in states.items() if s != "present"] == [element]


def test_the_command_says_so_in_json(preflight, tmp_path):
    (tmp_path / "d.txt").write_text(FULL.replace("Signature: Ines Pell", ""), "utf-8")
    result = preflight("complaint", "check", tmp_path / "d.txt", "--route", "counter", "-f", "json")
    assert result.code == 1
    assert {"element": "signature", "state": "missing"} in json.loads(result.out)["elements"]


def test_a_draft_about_other_listings_is_contradicted(preflight, case, tmp_path):
    (tmp_path / "d.txt").write_text(FULL, "utf-8")
    result = preflight("complaint", "check", tmp_path / "d.txt", "--route", "counter", "--case", case, "-f", "json")
    assert {"element": "material_and_location", "state": "contradicted"} in json.loads(result.out)["elements"]


@pytest.mark.shared
def test_real_counter_notices_are_judged_right():
    folder = SHARED / "data/notices"
    if not folder.is_dir():
        pytest.skip("data beside the project")
    states = {"present": "present", "redacted": "present", "absent": "missing", "unclear": "unclear"}
    rows = [json.loads(x) for x in (folder / "answers.jsonl").read_text("utf-8").splitlines()]
    judged = [
        (states[want], next(e.state for e in check((folder / r["file"]).read_text("utf-8"), "counter", None) if e.element == name))
        for r in rows for name, want in r["elements"].items()
    ]  # fmt: skip
    assert sum(a == b for a, b in judged) >= 70


def test_owners():
    assert same_owner("Moonfern Lighting, Inc.", "MOONFERN LIGHTING INC") is Tri.YES
    assert same_owner("Moonfern Lighting, Inc.", "Moonfern IP Holdings GmbH") is Tri.UNKNOWN
    assert same_owner("Moonfern Lighting, Inc.", "Quorvex LLC") is Tri.NO


@pytest.mark.parametrize("platform", platforms())
def test_a_report_fills_the_form_and_leaves_own_listings_out(preflight, files, platform):
    (files / "own.yaml").write_text(
        "seller: {name: Moonfern Ltd, email: ip@moonfern.example}\nown_marks: [{name: MOONFERN, registrations: [{office: US, number: '9345671', classes: [11], status: registered}]}]\n"
        "authorisations: [{mark: MOONFERN, kind: licence, skus: ['PC-9'], document: docs/invoice.pdf}]\n", "utf-8",
    )  # fmt: skip
    out = files / "report"
    told = ["--against", files / "listings.jsonl", "--platform", platform, "--seller", files / "own.yaml", "-o", out]
    assert preflight("complaint", "report", "--own", "Moonfern", "--level", "product", *told).code in (0, 1)
    done = json.loads((out / "report.json").read_text("utf-8"))
    assert done["left_out"] == ["PC-9"]
    assert "MOONFERN" in (out / "report-1.md").read_text("utf-8")
    assert preflight("complaint", "report", "--own", "Nobody", "--level", "product", *told).code == 2
