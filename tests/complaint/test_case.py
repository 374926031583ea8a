"""One case from notice to pack: checks, tiers, answers whose sentences rest on facts."""

import csv
import json
import re

import pytest

from listing_preflight.complaint.answering import context, routes
from listing_preflight.complaint.case import Case
from listing_preflight.complaint.forms import forms
from listing_preflight.complaint.grounds import GROUNDS
from tests.complaint.conftest import NOTICES

LANGUAGES = ("en", "zh", "zh-Hant", "de", "fr", "es", "it", "ja")


def checks(case):
    return {c["ground"]: c for c in json.loads((case / "assess.json").read_text("utf-8"))["checks"]}


def test_each_ground_has_one_check_with_its_facts(case):
    found = checks(case)
    assert tuple(found) == GROUNDS
    assert {g: c["result"] for g, c in found.items()} == {
        "number_found": "supports", "in_force": "supports", "owner_matches": "supports", "mark_matches": "supports",
        "class_covers": "supports", "territory_covers": "supports", "in_listing": "supports", "authorised": "supports",
        "registered_before_listing": "contradicts", "notice_complete": "supports",
    }  # fmt: skip
    assert "US 9345671: in force on 2026-11-03" in str(found["in_force"])
    ids = {json.loads(x)["id"] for x in (case / "facts.jsonl").read_text("utf-8").splitlines()}
    assert all(set(c["facts"]) <= ids for c in found.values())
    assert "verdict" not in json.loads((case / "assess.json").read_text("utf-8"))


def test_the_three_steps_by_command(preflight, files):
    folder = files / "again"
    assert preflight("complaint", "open", NOTICES / "amazon-block.eml", "--case", folder).code == 0
    told = [
        "-w",
        files / "marks.yaml",
        "--catalog",
        files / "listings.jsonl",
        "--seller",
        files / "seller.yaml",
        "--no-images",
    ]
    assert preflight("complaint", "assess", folder, *told).code == 3  # the notice does not say the number's office
    assert preflight("complaint", "similar", folder, "--catalog", files / "listings.jsonl", "--no-images").code == 0


def test_a_number_that_no_list_covers_is_unknown_and_exit_3(preflight, files, case):
    (files / "other.yaml").write_text(
        "list: {name: other, offices: [CN]}\nmarks: [{id: a, name: Quorvex, registrations: [{office: CN, number: '1', status: registered}]}]\n",
        "utf-8",
    )
    result = preflight(
        "complaint", "assess", case, "-w", files / "other.yaml", "--catalog", files / "listings.jsonl", "--no-images"
    )
    assert result.code == 3
    assert checks(case)["number_found"]["result"] == "unknown"
    assert checks(case)["territory_covers"]["result"] == "unknown"


def test_tiers(case):
    rows = {r["listing"]: r for r in map(json.loads, (case / "similar.jsonl").read_text("utf-8").splitlines())}
    assert {i: r["tier"] for i, r in rows.items()} == {
        "PC-2": "must", "PC-3": "look", "PC-4": "look", "PC-5": "clear", "PC-6": "must", "PC-9": "clear",
    }  # fmt: skip
    assert "invoice.pdf" in rows["PC-9"]["reason"]
    table = list(csv.DictReader((case / "takedown.csv").read_text("utf-8").splitlines()))
    assert [r["listing"] for r in table] == ["PC-2", "PC-6", "PC-3", "PC-4"]
    archived = json.loads((case / "cited.jsonl").read_text("utf-8"))
    assert archived["id"] == "PC-1"


def test_no_cell_of_the_takedown_list_is_a_formula(preflight, files, case):
    rows = (files / "listings.jsonl").read_text("utf-8") + json.dumps({"id": "=cmd|x", "title": "Moonfern lamp"}) + "\n"
    (files / "listings.jsonl").write_text(rows, "utf-8")
    preflight("complaint", "similar", case, "--catalog", files / "listings.jsonl", "--no-images")
    assert "\n'=cmd" in (case / "takedown.csv").read_text("utf-8").replace("must,", "\n")


def slots(case, name):
    return json.loads((case / "answers" / f"{name}.slots.json").read_text("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("route", sorted(routes()))
def test_every_element_is_filled_asked_or_missing_in_every_language(preflight, case, route, language):
    assert preflight("complaint", "answer", case, "--route", route, "--lang", language).code in (0, 1)
    name = next((case / "answers").glob("*.slots.json")).name.removesuffix(".slots.json")
    found = slots(case, name)
    assert [s["element"] for s in found] == [r["element"] for r in routes()[route]]
    assert all((s["state"] == "missing") == (bool(s["lacking"]) and s["state"] != "asked") for s in found)
    text = (case / "answers" / f"{name}.md").read_text("utf-8")
    assert "{" not in text


def digits_of(case):
    rows = [json.loads(x) for x in (case / "facts.jsonl").read_text("utf-8").splitlines()]
    return set(re.findall(r"[0-9]+", json.dumps([r["value"] for r in rows])))


@pytest.mark.parametrize("route", sorted(routes()))
def test_no_number_in_a_draft_is_without_a_fact(preflight, case, route):
    preflight("complaint", "answer", case, "--route", route)
    template = set(re.findall(r"[0-9]+", "17 U.S.C. 512(f) 512(g)(3)(A) 10 to 14 business days"))
    text = next((case / "answers").glob("*.md")).read_text("utf-8")
    assert set(re.findall(r"[0-9]+", text)) <= digits_of(case) | template


@pytest.mark.parametrize("route", ["dispute", "retraction", "plan", "counter"])
def test_without_a_fact_its_sentence_goes_and_the_gap_is_named(preflight, case, route):
    preflight("complaint", "answer", case, "--route", route)
    name = next((case / "answers").glob("*.md")).name.removesuffix(".md")
    before = {s["element"]: s for s in slots(case, name)}
    every = [json.loads(x) for x in (case / "facts.jsonl").read_text("utf-8").splitlines()]
    used = {f for s in before.values() for f in s["facts"]}
    fields = {r["field"] for r in every if r["id"] in used}
    assert fields
    for field in sorted(fields):
        kept = [r for r in every if r["field"] != field]
        Case(case).write_rows("facts.jsonl", kept)
        preflight("complaint", "answer", case, "--route", route)
        after = {s["element"]: s for s in slots(case, name)}
        changed = [e for e, s in after.items() if s != before[e]]
        assert changed, field
        for element in changed:
            gone = set(before[element]["sentences"]) - set(after[element]["sentences"])
            assert gone, (field, element)
    Case(case).write_rows("facts.jsonl", every)


def test_what_a_person_states_is_a_fact_of_that_person(preflight, case):
    preflight(
        "complaint", "answer", case, "--route", "plan", "--fact", "prevention=every export is scanned before upload"
    )
    rows = [json.loads(x) for x in (case / "facts.jsonl").read_text("utf-8").splitlines()]
    assert [r["source"]["human"] for r in rows if r["field"] == "prevention"] == ["stated on the command line"]
    for wrong in ("nonsense", "sent=tomorrow", "answered=2026-13-01"):
        assert preflight("complaint", "answer", case, "--route", "plan", "--fact", wrong).code == 2


def test_a_counter_notice_is_unsworn_unsigned_and_warns(preflight, case):
    preflight("complaint", "answer", case, "--route", "counter")
    found = {s["element"]: s["state"] for s in slots(case, "1-counter")}
    assert found["perjury_good_faith_mistake"] == found["signature"] == found["consent_to_jurisdiction"] == "asked"
    text = (case / "answers/1-counter.md").read_text("utf-8")
    assert "passed on to the person who complained" in text
    assert "any judicial district in which the service provider may be found" in text
    assert re.search(r"\b(?:sorry|apologi[sz]e|fake|malicious|infring)", text, re.IGNORECASE) is None


def test_pack_and_answers_are_the_same_bytes_on_a_second_run(preflight, files, case):
    (files / "sales.csv").write_text("listing,quantity\nPC-1,9\nPC-9,3\n", "utf-8")
    held = []
    for _ in range(2):
        preflight("complaint", "answer", case, "--route", "dispute", "--lang", "ja")
        preflight("complaint", "pack", case, "--sales", files / "sales.csv")
        held.append([p.read_bytes() for p in sorted([*case.glob("answers/*"), case / "pack.zip"])])
    assert held[0] == held[1]


def test_pack_names_missing_and_changed_documents(preflight, files, case):
    (files / "docs/invoice.pdf").unlink()
    result = preflight("complaint", "pack", case)
    assert "gap: docs/invoice.pdf: missing" in result.out


def test_a_shared_pack_holds_no_personal_data(preflight, case):
    import io
    import zipfile

    preflight("complaint", "pack", case, "--share")
    with zipfile.ZipFile(io.BytesIO((case / "pack-share.zip").read_bytes())) as file:
        held = b"".join(file.read(n) for n in file.namelist())
    assert b"brand@moonfern.example" not in held
    assert b"1 Pine Road" not in held
    assert b"1234 567890" not in held


def test_status_and_its_days(preflight, case):
    out = preflight("complaint", "status", case).out
    assert "owner complaint" in out
    assert "within 30 days" in out


def test_similar_needs_an_assessed_case(preflight, files):
    preflight(
        "complaint",
        "open",
        "-",
        "--case",
        files / "new",
        stdin=b"Amazon\na rights owner reported it\nASIN: B0TESTQ1XZ\n",
    )
    assert preflight("complaint", "similar", files / "new", "--catalog", files / "listings.jsonl").code == 2


def test_context_drops_what_rests_on_facts_that_are_gone(case):
    facts = Case(case).facts()
    whole = context(facts)
    assert "detail:g_registered_before_listing" in whole
    facts.rows = [r for r in facts.rows if r["field"] != "record"]
    assert "detail:g_registered_before_listing" not in context(facts)


def test_forms_say_where_they_come_from():
    assert len(forms()) >= 16
    assert all(f.source and f.seen and f.confidence in ("high", "medium", "low") for f in forms())


def test_assess_uses_the_bundled_lists_where_none_are_named(preflight, files, case):
    told = ["--catalog", files / "listings.jsonl", "--no-images"]
    alone = preflight("complaint", "assess", case, *told)
    assert "bundled lists of" in alone.out
    assert "complete for no office" in alone.out
    assert alone.code == 3
    both = preflight("complaint", "assess", case, "-w", files / "marks.yaml", "--with-bundled", *told)
    assert "found: US 9345671" in both.out
    assert "bundled lists of" in both.out


def test_a_listing_is_found_by_the_stock_number_beside_its_id(preflight, files):
    notice = files / "other.txt"
    notice.write_text(
        "We removed your listing for trademark infringement on Amazon.com.\nASIN: B0UNKNOWN1\nSKU: PC-1\nComplaint ID: 20081234567\nTrademark: MOONFERN\n",
        "utf-8",
    )
    folder = files / "by-stock"
    assert preflight("complaint", "open", notice, "--case", folder).code == 0
    preflight(
        "complaint", "assess", folder, "-w", files / "marks.yaml", "--catalog", files / "listings.jsonl", "--no-images"
    )
    assert json.loads((folder / "assess.json").read_text("utf-8"))["cited"] == {"B0UNKNOWN1": ["PC-1"]}


def test_a_text_without_any_sign_is_said_to_have_none(preflight, files):
    (files / "hello.txt").write_text("hello world\n", "utf-8")
    told = preflight("complaint", "open", files / "hello.txt", "--case", files / "none")
    assert (told.code, "holds no sign of a notice" in told.err) == (0, True)
    again = preflight("complaint", "open", NOTICES / "amazon-block.eml", "--case", files / "some")
    assert "holds no sign" not in again.err


def test_a_period_that_cannot_be_counted_is_said(preflight, files):
    (files / "n.txt").write_text(
        "We removed your listing for trademark infringement.\nItem number: 256012345678\nRights owner: Moonfern, Inc.\nPlease answer within 10 days.\nPlease answer within 5 days of receipt of this notice.\n",
        "utf-8",
    )
    preflight("complaint", "open", files / "n.txt", "--case", files / "undated")
    told = json.loads((files / "undated/case.json").read_text("utf-8"))["ambiguous"]
    assert any("within 10 days" in one and "from which day" in one for one in told)
    assert any("within 5 days" in one and "--received" in one for one in told)
