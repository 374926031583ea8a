"""What a case must never do: clear what nothing covers, contradict what nobody looked up, leak, overwrite, stay silent."""

import io
import json
import zipfile

import pytest

from listing_preflight.complaint.bundle import redacted
from listing_preflight.complaint.owners import is_firm
from tests.complaint.conftest import LIST, NOTICES, SELLER
from tests.conftest import ROOT


def rows(case, name):
    return {r["listing"]: r for r in map(json.loads, (case / name).read_text("utf-8").splitlines())}


def results(case):
    return {c["ground"]: c["result"] for c in json.loads((case / "assess.json").read_text("utf-8"))["checks"]}


@pytest.fixture
def assess(preflight, files):
    """Assess the case again, with other files where they are named."""

    def run(folder=None, *told, marks="marks.yaml", seller="seller.yaml"):
        asked = ["-w", files / marks, "--catalog", files / "listings.jsonl", "--no-images", *told]
        return preflight("complaint", "assess", folder or files / "case", *asked, "--seller", files / seller)

    return run


@pytest.fixture
def similar(preflight, files):
    return lambda *told: preflight(
        "complaint", "similar", files / "case", "--catalog", files / "listings.jsonl", "--no-images", *told
    )


def pack(preflight, case, *told):
    result = preflight("complaint", "pack", case, *told)
    name = "pack-share.zip" if "--share" in told else "pack.zip"
    with zipfile.ZipFile(io.BytesIO((case / name).read_bytes())) as file:
        return result, {n: file.read(n) for n in file.namelist()}


OWN = """seller: {name: Pine Cove Ltd}
own_marks: [{name: MOONFERN, registrations: [{office: US, number: "9999999", classes: [11], status: registered, filed: %s}]}]
"""


@pytest.mark.parametrize(("filed", "tier"), [("2026-01-01", "must"), ("2020-01-01", "clear")])
def test_an_own_mark_clears_only_what_is_not_older(files, case, assess, similar, filed, tier):
    (files / "own.yaml").write_text(OWN % filed, "utf-8")
    assess(seller="own.yaml")
    similar()
    assert {r["tier"] for i, r in rows(case, "similar.jsonl").items() if i in ("PC-2", "PC-6")} == {tier}


def test_a_number_of_no_stated_office_contradicts_nothing(preflight, files, assess):
    other = LIST.replace("MOONFERN", "OTHERMARK").replace("moonfern", "other").replace("registered,", "dead,")
    (files / "dead.yaml").write_text(other, "utf-8")
    folder = files / "open-office"
    preflight("complaint", "open", NOTICES / "amazon-block.eml", "--case", folder)
    assert assess(folder, marks="dead.yaml").code == 3
    assert "contradicts" not in results(folder).values()
    (files / "dead.yaml").write_text(other.replace('version: "2026.11"', 'version: "2026.11", offices: [US]'), "utf-8")
    assert assess(marks="dead.yaml").code == 1  # in this case the notice says that it is a number of the US
    assert results(files / "case")["mark_matches"] == results(files / "case")["in_force"] == "contradicts"


def test_a_number_is_absent_only_where_its_office_is_held_whole(files, case, assess):
    (files / "whole.yaml").write_text(
        "list: {name: whole, offices: [US]}\nmarks: [{id: a, name: Quorvex, territories: [US]}]\n", "utf-8"
    )
    assert assess(marks="whole.yaml").code == 4
    assert results(case)["number_found"] == "contradicts"


COPYRIGHT = b"From: notice@amazon.com\nTo: a@b.example\nSubject: Images removed\nMIME-Version: 1.0\n\nA rights owner reported that an image on your detail page infringes their copyright.\n\nASIN: B0TESTQ1XZ\nInfringement type: Copyright\nComplaint ID: 18812345999\nRights owner name: Moonfern Lighting, Inc.\nRights owner email: ip@moonfern.example\n"


def test_a_copyright_case_without_its_picture_is_not_clean(preflight, files, assess):
    folder = files / "copyright"
    preflight("complaint", "open", "-", "--case", folder, stdin=COPYRIGHT)
    result = assess(folder)
    assert result.code == 4  # incomplete, and the notice does not name the work
    assert "no picture of the work" in result.out
    result = preflight("complaint", "similar", folder, "--catalog", files / "listings.jsonl", "--no-images")
    assert result.code == 3
    assert all(
        "no element is known" in r["reason"] for r in rows(folder, "similar.jsonl").values() if r["tier"] == "clear"
    )


def test_steps_that_are_run_again_leave_nothing_stale(preflight, case, assess):
    assert '"S001"' in (case / "facts.jsonl").read_text("utf-8")
    assess()
    assert '"S001"' not in (case / "facts.jsonl").read_text("utf-8")
    assert not (case / "similar.jsonl").exists()
    preflight("complaint", "open", NOTICES / "amazon-block.eml", "--case", case)
    assert json.loads((case / "case.json").read_text("utf-8"))["state"] == "open"
    assert not (case / "assess.json").exists()
    assert (case / "cited.jsonl").exists()  # the archive of what was on sale stays


def test_the_archive_keeps_the_cited_listing_as_it_was(files, case, assess):
    before = (files / "listings.jsonl").read_text("utf-8")
    (files / "listings.jsonl").write_text(before.replace('"Moonfern"', '"Pine Cove"'), "utf-8")
    assess()
    brands = [
        t["value"]
        for x in (case / "cited.jsonl").read_text("utf-8").splitlines()
        for t in json.loads(x)["texts"]
        if t["field"] == "brand"
    ]
    assert brands == ["Moonfern", "Pine Cove"]


def test_a_draft_that_a_person_edited_stays(preflight, case):
    preflight("complaint", "answer", case, "--route", "dispute")
    (case / "answers/1-dispute.md").write_text("my own words", "utf-8")
    result = preflight("complaint", "answer", case, "--route", "dispute")
    assert (case / "answers/1-dispute.md").read_text("utf-8") == "my own words"
    assert "kept as you edited it: answers/1-dispute.md" in result.out
    assert (case / "answers/2-dispute.md").is_file()
    preflight("complaint", "answer", case, "--route", "dispute")
    assert sorted(p.name for p in (case / "answers").glob("*.md")) == ["1-dispute.md", "2-dispute.md"]


def test_eleven_notices_opened_again_are_eleven(preflight, files, tmp_path):
    folder = files / "many"
    for n in range(11):
        (tmp_path / f"mail-{n}.txt").write_bytes(COPYRIGHT.replace(b"18812345999", b"188123459%02d" % n))
    names = [tmp_path / f"mail-{n}.txt" for n in range(11)]
    preflight("complaint", "open", *names, "--case", folder)
    held = sorted(p.name for p in (folder / "notice").iterdir())
    preflight("complaint", "open", names[3], "--case", folder)
    assert sorted(p.name for p in (folder / "notice").iterdir()) == held
    assert len(json.loads((folder / "case.json").read_text("utf-8"))["notices"]) == 11


@pytest.mark.parametrize("key", ["platform", "numbers", "listing_ids", "received", "state"])
@pytest.mark.parametrize("command", ["status", "pack", "answer", "assess", "similar"])
def test_a_case_file_without_a_key_is_named(preflight, files, case, command, key):
    head = json.loads((case / "case.json").read_text("utf-8"))
    del head[key]
    (case / "case.json").write_text(json.dumps(head), "utf-8")
    told = {
        "answer": ["--route", "plan"],
        "assess": ["-w", files / "marks.yaml", "--catalog", files / "listings.jsonl"],
        "similar": ["--catalog", files / "listings.jsonl"],
    }
    result = preflight("complaint", command, case, *told.get(command, []))
    assert result.code == 2
    assert f"case.json: {key} is missing" in result.err


def test_facts_of_another_shape_are_named(preflight, case):
    (case / "facts.jsonl").write_text('{"id": "F001"}\n', "utf-8")
    result = preflight("complaint", "answer", case, "--route", "plan")
    assert (result.code, "facts.jsonl:1" in result.err) == (2, True)


def test_a_folder_that_is_no_case_checks_nothing(preflight, tmp_path):
    (tmp_path / "draft.txt").write_text("Invoice enclosed", "utf-8")
    assert preflight("complaint", "check", tmp_path / "draft.txt", "--route", "proof", "--case", tmp_path).code == 2


def test_documents_of_one_name_stay_two(preflight, files, case, assess):
    (files / "more").mkdir()
    (files / "more/invoice.pdf").write_bytes(b"%PDF-1.4 another")
    (files / "seller.yaml").write_text(
        SELLER + "  - {mark: moonfern, kind: letter, document: more/invoice.pdf}\n", "utf-8"
    )
    assess()
    _, held = pack(preflight, case)
    assert {held["evidence/invoice.pdf"], held["evidence/invoice-2.pdf"]} == {b"%PDF-1.4 invented", b"%PDF-1.4 another"}
    assert pack(preflight, case)[1] == held


def test_a_file_that_a_person_laid_beside_is_kept(preflight, case):
    (case / "evidence").mkdir(exist_ok=True)
    (case / "evidence/invoice.pdf").write_bytes(b"photo of the receipt")
    _, held = pack(preflight, case)
    assert held["evidence/invoice.pdf"] == b"photo of the receipt"
    assert held["evidence/invoice-2.pdf"] == b"%PDF-1.4 invented"


@pytest.mark.parametrize(
    ("entry", "packed"),
    [("owner: Somebody Else", False), ('owner: "Moonfern Lighting, Inc."', True), ("mark: 'invented:moonfern'", True), ("mark: 'invented:other'", False)],
)  # fmt: skip
def test_only_documents_about_the_right_are_packed(preflight, files, case, assess, entry, packed):
    (files / "docs/letter.pdf").write_bytes(b"%PDF-1.4 letter")
    (files / "seller.yaml").write_text(SELLER + f"  - {{{entry}, kind: letter, document: docs/letter.pdf}}\n", "utf-8")
    assess()
    assert ("evidence/letter.pdf" in pack(preflight, case)[1]) is packed


def test_gaps_and_failed_checks_show_in_the_exit_code(preflight, files, case):
    (files / "sales.csv").write_text("listing,quantity\nPC-1,9\n", "utf-8")
    assert pack(preflight, case)[0].code == 4  # the invoice does not cover PC-1, and tells no supplier
    (files / "docs/invoice.pdf").unlink()
    result, _ = pack(preflight, case)
    assert result.code in (3, 4)
    assert "docs/invoice.pdf: missing" in result.out


INVOICE = """seller: {name: Pine Cove Ltd}
authorisations:
  - mark: MOONFERN
    kind: invoice
    document: docs/invoice.pdf
    invoice: {date: %s, supplier: Lamp Works, supplier_telephone: "1", supplier_address: a, supplier_website: w, buyer: Pine Cove Ltd, lines: [{sku: PC-1, quantity: 4, name: Lantern}]}
  - mark: MOONFERN
    kind: invoice
    document: docs/second.pdf
    invoice: {date: 2026-04-01, supplier: Lamp Works, supplier_telephone: "1", supplier_address: a, supplier_website: w, buyer: Pine Cove Ltd, lines: [{sku: PC-1, quantity: 5, model: L-1}]}
"""


@pytest.mark.parametrize(("date", "sold", "code"), [("2026-03-01", 9, 0), ("2026-03-01", 10, 1), ("2024-03-01", 9, 1)])
def test_invoices_are_added_up_within_the_year(preflight, files, case, assess, date, sold, code):
    (files / "docs/second.pdf").write_bytes(b"%PDF-1.4 second")
    (files / "seller.yaml").write_text(INVOICE % date, "utf-8")
    (files / "sales.csv").write_text(f"listing,quantity\nPC-1,{sold}\n", "utf-8")
    assess(None, "--sales", files / "sales.csv")
    assert pack(preflight, case)[0].code == code


def test_a_shared_pack_holds_no_file_that_it_cannot_redact(preflight, files, case):
    (case / "private.docx").write_bytes(b"secret")
    (case / "answers").mkdir(exist_ok=True)
    (case / "answers/photo.jpg").write_bytes(b"secret")
    (case / "outside").symlink_to(files)
    (case / "linked.json").symlink_to(files / "seller.yaml")
    _, held = pack(preflight, case, "--share")
    assert not any(n.endswith((".docx", ".jpg", ".yaml", ".eml")) for n in held)
    assert "linked.json" not in held
    assert not any(n.startswith("outside") for n in pack(preflight, case)[1])


def test_an_address_that_markup_escaped_is_redacted(preflight, files, case, assess):
    (files / "seller.yaml").write_text(SELLER.replace("1 Pine Road, Dover", "1 Pine Road, Suite #4, Dover"), "utf-8")
    assess()
    preflight("complaint", "answer", case, "--route", "counter")
    assert r"Suite \#4" in (case / "answers/1-counter.md").read_text("utf-8")
    _, held = pack(preflight, case, "--share")
    assert [n for n, c in held.items() if b"Suite" in c or b"Pine Cove Ltd" in c] == []


@pytest.mark.parametrize(
    "text", ["call Pine  Cove\nLtd", "PINE COVE LTD", '"Pine\\nCove Ltd"', "Tel.: 0304 123456", "+49 (0)30 1234567"]
)
def test_names_and_numbers_are_redacted_however_they_are_written(text):
    assert "[redacted]" in redacted(text, ["Pine Cove Ltd"])


def test_numbers_of_rights_are_not_taken_for_telephones():
    assert redacted("EM 019 300 441, VA 9-877-123, 16509328131", []) == "EM 019 300 441, VA 9-877-123, 16509328131"


def test_firms_and_people():
    assert is_firm("Moonfern Lighting, Inc.")
    assert is_firm("Example S.r.l.")
    assert is_firm("青嶼文具股份有限公司")
    assert not is_firm("Dorothea Finch")


def test_an_authorisation_of_another_mark_leaves_no_listing_out(preflight, files):
    (files / "own.yaml").write_text(
        "seller: {name: Moonfern Ltd, email: ip@moonfern.example}\nown_marks: [{name: MOONFERN, registrations: [{office: US, number: '9345671', classes: [11], status: registered}]}]\n"
        "authorisations: [{mark: OTHER, kind: licence, skus: ['PC-9'], document: docs/invoice.pdf}]\n", "utf-8",
    )  # fmt: skip
    told = [
        "--against",
        files / "listings.jsonl",
        "--platform",
        "amazon",
        "--seller",
        files / "own.yaml",
        "-o",
        files / "r",
    ]
    preflight("complaint", "report", "--own", "Moonfern", "--level", "product", *told)
    assert json.loads((files / "r/report.json").read_text("utf-8"))["left_out"] == []


def test_a_report_over_a_broken_file_is_incomplete(preflight, files):
    (files / "own.yaml").write_text("seller: {name: Moonfern Ltd}\nown_marks: [{name: MOONFERN}]\n", "utf-8")
    (files / "listings.jsonl").write_text((files / "listings.jsonl").read_text("utf-8") + "{broken\n", "utf-8")
    told = [
        "--against",
        files / "listings.jsonl",
        "--platform",
        "amazon",
        "--seller",
        files / "own.yaml",
        "-o",
        files / "r",
    ]
    assert preflight("complaint", "report", "--own", "Moonfern", "--level", "product", *told).code == 4


def test_a_corrected_export_changes_the_element_alone_and_keeps_what_was(files, case, similar):
    out = files / "corrected.jsonl"
    told = (files / "listings.jsonl").read_text("utf-8").replace("moon fern lantern", "moonfern lantern outdoor")
    (files / "listings.jsonl").write_text(told, "utf-8")
    result = similar("--corrected", out)
    before = [json.loads(x) for x in (files / "listings.jsonl").read_text("utf-8").splitlines()]
    after = [json.loads(x) for x in out.read_text("utf-8").splitlines()]
    changed = {b["id"]: (b, a) for b, a in zip(before, after, strict=True) if b != a}
    assert list(changed) == ["PC-2"]
    assert changed["PC-2"][1]["search_terms"] == "lantern outdoor"
    assert "to be changed by hand: PC-1" in result.out  # brand and title: nobody can tell what to write there
    archived = [json.loads(x)["id"] for x in (case / "cited.jsonl").read_text("utf-8").splitlines()]
    assert archived == ["PC-1", "PC-2", "PC-6"]
    assert json.loads((case / "corrected.json").read_text("utf-8"))["changed"][0]["listing"] == "PC-2"
    assert (files / "corrected.jsonl.changes.csv").is_file()


def test_an_unknown_check_shows_in_the_exit_code(preflight, files, assess):
    catalog = files / "listings.jsonl"
    rows_ = [json.loads(line) for line in catalog.read_text("utf-8").splitlines()]
    del rows_[0]["attributes"]["first_listed"]
    catalog.write_text("".join(json.dumps(r) + "\n" for r in rows_), "utf-8")
    notice = (NOTICES / "amazon-block.eml").read_bytes().replace(b"9,345,671", b"US Reg. No. 9,345,671")
    preflight("complaint", "open", "-", "--case", files / "open", stdin=notice)
    result = assess(files / "open")
    told = json.loads((files / "open/assess.json").read_text("utf-8"))
    assert told["gaps"] == []
    assert "registered_before_listing" in {c["ground"] for c in told["checks"] if c["result"] == "unknown"}
    assert result.code in (3, 4)


def test_an_answer_encloses_each_document_once(preflight, case):
    pack(preflight, case)
    (case / "evidence/the same again.pdf").write_bytes((case / "evidence/invoice.pdf").read_bytes())
    preflight("complaint", "pack", case)
    preflight("complaint", "answer", case, "--route", "proof")
    (draft,) = (case / "answers").glob("*-proof.md")
    text = draft.read_text("utf-8")
    assert text.count("invoice.pdf") == 1
    assert "the same again" not in text


@pytest.mark.parametrize(("notice", "tier"), [(COPYRIGHT, "must"), (None, "look")])
def test_a_cropped_picture_of_a_cited_listing(preflight, files, assess, notice, tier):
    pytest.importorskip("cv2")
    from PIL import Image

    picture = Image.open(ROOT / "fixtures/lists/known/lighthouse-at-night.png").convert("RGB")
    picture.save(files / "whole.png")
    picture.crop((160, 120, 800, 600)).save(files / "part.png")
    catalog = files / "listings.jsonl"
    rows_ = [json.loads(line) for line in catalog.read_text("utf-8").splitlines()]
    rows_[0]["images"], rows_[4]["images"] = [{"path": "whole.png"}], [{"path": "part.png"}]
    catalog.write_text("".join(json.dumps(r) + "\n" for r in rows_), "utf-8")
    folder = files / "case"
    if notice:
        folder = files / "copyright"
        preflight("complaint", "open", "-", "--case", folder, stdin=notice)
        assess(folder)
    preflight("complaint", "similar", folder, "--catalog", catalog)
    found = rows(folder, "similar.jsonl")["PC-5"]
    assert (found["tier"], found["field"]) == (tier, "image")
    assert found["method"].startswith("features:cropped")
    assert "a picture of a cited listing" in found["reason"]


def test_a_notice_of_which_a_part_was_not_read_is_unknown_and_incomplete(preflight, tmp_path):
    path = tmp_path / "n.txt"
    path.write_text("Hello,\n" + "x" * 500 + "\nplease see above.\n")
    run = preflight("complaint", "open", path, "--case", tmp_path / "case")
    assert run.code == 3
    assert "not read whole" in run.err
    assert json.loads((tmp_path / "case" / "case.json").read_text())["family"] == "unknown"
