"""Bad input of a case: each is named, nothing is guessed, the case stays usable."""

import base64
import json
import random
from email.message import EmailMessage

import pytest

from listing_preflight.complaint.pdf_text import read_pdf

BLOCK = """A rights owner reported that the offer below infringes a trademark. We removed it from Amazon.com.

ASIN: B0TESTQ1XZ
Infringement type: Trademark
IP asserted: MOONFERN 9,345,671
Complaint ID: 18812345670
Rights owner name: Moonfern Lighting, Inc.
Rights owner email: brand@moonfern.example
"""


def opened(preflight, folder, data, name="-"):
    result = preflight("complaint", "open", name, "--case", folder, stdin=data)
    head = json.loads((folder / "case.json").read_text("utf-8")) if (folder / "case.json").exists() else {}
    return result, head


def mail(body, subtype="plain"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "notice@amazon.com", "shop@pinecove.example", "Listing removed"
    message.set_content(body, subtype=subtype)
    return message


def test_a_mail_with_fifty_megabytes_is_read_and_its_attachment_named(preflight, tmp_path):
    message = mail(BLOCK)
    message.add_attachment(b"scan", maintype="image", subtype="bmp", filename="scan.bmp")
    big = message.as_bytes().replace(
        base64.b64encode(b"scan"), base64.b64encode(bytes(1 << 20)).replace(b"=", b"A") * 51
    )
    result, head = opened(preflight, tmp_path / "case", big)
    assert result.code == 0
    assert head["listing_ids"] == ["B0TESTQ1XZ"]
    assert "attachment scan.bmp" in result.out
    assert head["notices"][0]["attachments"][0]["size"] > 50 << 20


def test_a_mail_of_html_alone_reads_as_its_plain_twin(preflight, tmp_path):
    page = "<html><body><p>" + BLOCK.replace("\n", "<br>") + "</p><script>alert(1)</script></body></html>"
    _, plain = opened(preflight, tmp_path / "plain", mail(BLOCK).as_bytes())
    _, rich = opened(preflight, tmp_path / "rich", mail(page, "html").as_bytes())
    fields = ("family", "kinds", "complainant", "contact", "marks", "listing_ids", "complaint_ids")
    assert [rich[f] for f in fields] == [plain[f] for f in fields]
    assert "alert" not in next((tmp_path / "rich/notice").glob("*.text.txt")).read_text("utf-8")


@pytest.mark.parametrize("charset", ["utf-16", "gb18030", "shift_jis", "iso-8859-1"])
def test_a_wrong_charset_loses_no_id(preflight, tmp_path, charset):
    data = mail(BLOCK).as_bytes().replace(b'charset="utf-8"', b'charset="' + charset.encode() + b'"')
    _, head = opened(preflight, tmp_path / "case", data)
    assert head["listing_ids"] == ["B0TESTQ1XZ"]
    assert head["complainant"] == "Moonfern Lighting, Inc."


@pytest.mark.parametrize("data", [b"", b"   \n", b"\x00" * 64])
def test_nothing_to_read_is_said_and_no_case_is_made(preflight, tmp_path, data):
    result, head = opened(preflight, tmp_path / "case", data)
    assert result.code in (0, 3)
    assert head.get("family", "not a notice") in ("not a notice", "unknown")


@pytest.mark.parametrize("size", [200, 5_000, 100_000])
def test_bytes_that_are_no_notice_are_refused_and_make_no_case(preflight, tmp_path, size):
    data = random.Random(size).randbytes(size)
    result, head = opened(preflight, tmp_path / "case", data)
    assert (result.code, head) == (3, {})
    assert "holds no notice that can be read" in result.err
    assert ".eml" in result.err
    assert not (tmp_path / "case").exists()


def test_a_second_notice_that_is_none_leaves_the_case_as_it_was(preflight, case):
    before = {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}
    result, _ = opened(preflight, case, random.Random(7).randbytes(5_000))
    assert result.code == 3
    assert before == {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}


def test_status_without_a_folder_tells_of_the_cases_here_or_that_there_is_none(preflight, case, tmp_path, monkeypatch):
    for here in (case, case.parent):
        monkeypatch.chdir(here)
        result = preflight("complaint", "status")
        assert (result.code, "owner complaint, compared" in result.out) == (0, True)
    (tmp_path / "none").mkdir()
    monkeypatch.chdir(tmp_path / "none")
    result = preflight("complaint", "status")
    assert (result.code, result.out) == (2, "")
    assert "is no case, and holds none" in result.err


def test_status_of_a_folder_that_is_no_case_says_what_is_missing_and_what_to_do(preflight, case, tmp_path):
    (tmp_path / "bare").mkdir()
    bare = preflight("complaint", "status", str(tmp_path / "bare"))
    assert (bare.code, "it holds no case.json. Open a notice first" in bare.err) == (2, True)
    above = preflight("complaint", "status", str(case.parent))
    assert (above.code, f"Name one of them: {case.name}" in above.err) == (2, True)
    gone = preflight("complaint", "status", str(tmp_path / "gone"))
    assert (gone.code, "gone: is no folder" in gone.err) == (2, True)


def test_masked_values_are_missing_and_said(preflight, tmp_path):
    _, head = opened(
        preflight,
        tmp_path / "case",
        BLOCK.replace("B0TESTQ1XZ", "B0********").replace("18812345670", "1881*******").encode(),
    )
    assert head["listing_ids"] == head["complaint_ids"] == []
    assert any("masked" in one for one in head["ambiguous"])


def test_contradicting_mails_are_one_case_that_says_so(preflight, tmp_path):
    (tmp_path / "a.txt").write_text(BLOCK, "utf-8")
    (tmp_path / "b.txt").write_text(BLOCK.replace("Moonfern Lighting, Inc.", "Other Lamps GmbH"), "utf-8")
    preflight("complaint", "open", tmp_path / "a.txt", tmp_path / "b.txt", "--case", tmp_path / "case")
    head = json.loads((tmp_path / "case/case.json").read_text("utf-8"))
    assert head["complainant"] == "Moonfern Lighting, Inc."
    assert any("Other Lamps GmbH" in one for one in head["ambiguous"])


def test_evidence_that_changes_is_said(preflight, case):
    (case / "evidence").mkdir(exist_ok=True)
    (case / "evidence/receipt.txt").write_text("one", "utf-8")
    preflight("complaint", "pack", case)
    (case / "evidence/receipt.txt").write_text("two", "utf-8")
    result = preflight("complaint", "pack", case)
    assert "receipt.txt: unchanged: its bytes are others" in result.out
    assert result.code in (1, 4)


def test_a_document_that_changed_since_its_digest_is_a_gap(preflight, files, case):
    told = (
        (files / "seller.yaml")
        .read_text("utf-8")
        .replace("document: docs/invoice.pdf", f"document: docs/invoice.pdf, sha256: '{'0' * 64}'")
    )
    (files / "seller.yaml").write_text(told, "utf-8")
    result = preflight("complaint", "pack", case)
    assert "docs/invoice.pdf: changed since the seller file noted its digest" in result.out
    assert result.code in (3, 4)


def test_a_seller_file_that_is_gone_is_a_gap(preflight, files, case):
    (files / "seller.yaml").unlink()
    assert preflight("complaint", "pack", case).code == 3
    assert preflight("complaint", "similar", case, "--catalog", files / "listings.jsonl", "--no-images").code == 3


def test_hostile_words_of_a_notice_are_harmless_wherever_they_are_shown(preflight, tmp_path):
    owner = "Evil\u202e <script>alert(1)</script> [click](http://evil.example) Inc."
    folder = tmp_path / "case"
    result, _ = opened(preflight, folder, BLOCK.replace("Moonfern Lighting, Inc.", owner).encode())
    assert "\u202e" not in result.out
    preflight("complaint", "answer", folder, "--route", "retraction")
    draft = next((folder / "answers").glob("*.md")).read_text("utf-8")
    assert "<script>" not in draft
    assert "](http" not in draft
    assert "\u202e" not in draft


def test_status_says_what_was_done_and_what_is_left(preflight, case, tmp_path):
    result = preflight("complaint", "status", case)
    assert "done: open, assess, similar" in result.out
    assert "left: 2 other listings carry the element" in result.out
    preflight("complaint", "answer", case, "--route", "dispute")
    assert "left: 1-dispute.md: signature" in preflight("complaint", "status", case).out
    preflight("complaint", "answer", case, "--route", "dispute", "--fact", "answered=2026-11-20")
    assert "answered; next" in preflight("complaint", "status", case).out
    both = preflight("complaint", "status", case, tmp_path)
    assert (both.code, "cannot be told" in both.out) == (3, True)
    assert preflight("complaint", "status", tmp_path).code == 2


def test_a_text_that_is_no_notice_is_tested_for_nothing(preflight, files, tmp_path):
    _, head = opened(preflight, tmp_path / "case", b"Your invoice 2026-1 over 20 EUR is due on 2026-12-01.\n")
    assert head["family"] == "not a notice"
    told = ["-w", files / "marks.yaml", "--catalog", files / "listings.jsonl", "--no-images"]
    assert preflight("complaint", "assess", tmp_path / "case", *told).code == 0
    assert {c["result"] for c in json.loads((tmp_path / "case/assess.json").read_text("utf-8"))["checks"]} == {
        "unknown"
    }


def test_a_case_of_a_copy_with_its_statements_lacks_what_it_lacks(preflight, files, tmp_path):
    letter = (
        "To whom it may concern,\n\nI have a good faith belief that the picture at https://pinecove.example/products/lantern infringes our copyright.\n\n"
        "Our client is Moonfern Lighting, Inc. Reach us at ip@moonfern.example.\n\nSincerely,\nA. Person\n"
    )  # fmt: skip
    opened(preflight, tmp_path / "case", letter.encode())
    told = ["-w", files / "marks.yaml", "--catalog", files / "listings.jsonl", "--no-images"]
    preflight("complaint", "assess", tmp_path / "case", *told)
    needed = {
        e["element"]: e["state"]
        for e in json.loads((tmp_path / "case/assess.json").read_text("utf-8"))["completeness"]
        if "512" in e["regime"]
    }
    assert needed == {
        "signature": "present", "work_identified": "missing", "material_and_location": "present", "contact": "present", "good_faith": "present",
        "accuracy_and_authority": "missing",
    }  # fmt: skip


def test_a_platforms_mail_does_not_show_what_it_leaves_out(case):
    needed = {
        (e["regime"], e["element"]): e["state"]
        for e in json.loads((case / "assess.json").read_text("utf-8"))["completeness"]
    }
    assert needed["platform", "contact"] == "present"
    assert needed["platform", "declaration"] == "not shown"


def test_a_broken_pdf_is_named_once_and_by_us_alone(capfd):
    parts = read_pdf(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    assert len(parts.notes) == 1
    assert parts.notes[0].startswith("the PDF cannot be read")
    assert capfd.readouterr() == ("", "")


def test_a_body_in_base64_that_is_cut_is_a_gap_and_no_proof_that_nobody_complains(preflight, tmp_path):
    whole = base64.encodebytes(b"Dear seller, the notice goes on behind what is left of this mail.\n").decode()
    head = "From: a@amazon.com\nTo: s@x.example\nSubject: Notice\nMIME-Version: 1.0\nContent-Type: text/plain\n"
    data = f"{head}Content-Transfer-Encoding: base64\n\n{whole[:41]}".encode()
    result, case = opened(preflight, tmp_path / "case", data)
    assert (result.code, case["family"]) == (3, "unknown")
    assert "base64 is damaged or cut" in result.err
