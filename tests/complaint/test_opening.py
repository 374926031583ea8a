"""What notices say, and that nothing is said that does not stand in them."""

import io
import json
import unicodedata
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.complaint.folded import fold
from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read
from tests.complaint.conftest import NOTICES
from tests.conftest import SHARED


def opened(preflight, tmp_path, *names):
    result = preflight("complaint", "open", *names, "--case", tmp_path / "case")
    assert result.code == 0, result.err
    return json.loads((tmp_path / "case/case.json").read_text("utf-8"))


def test_a_closing_block(preflight, tmp_path):
    head = opened(preflight, tmp_path, NOTICES / "amazon-block.eml")
    assert (head["platform"], head["marketplace"], head["family"], head["kinds"], head["level"]) == (
        "amazon", "amazon.com", "owner complaint", ["trademark"], "product or packaging",
    )  # fmt: skip
    assert (head["complainant"], head["contact"], head["marks"]) == (
        "Moonfern Lighting, Inc.",
        "brand@moonfern.example",
        ["MOONFERN"],
    )
    assert [(n["value"], n["office"]) for n in head["numbers"]] == [("9345671", None)]
    assert "US" in head["numbers"][0]["candidates"]
    assert [(d["words"], d["for"]) for d in head["deadlines"]] == [
        ("within 21 days", "answer"),
        ("within 30 days", "stock"),
    ]
    assert head["missing"] == []


def test_a_lawyers_letter(preflight, tmp_path):
    head = opened(preflight, tmp_path, NOTICES / "abmahnung.txt")
    assert (head["platform"], head["language"], head["complainant"]) == ("letter", "de", "Wollkranz Textil AG")
    assert head["family"] == "owner complaint"
    assert head["agent"] == "Kanzlei Brandt Ulme Partnerschaft mbB"
    assert head["contact"] == "kanzlei@brandt-ulme.example"
    assert [(n["value"], n["office"]) for n in head["numbers"]] == [("019812377", "EM")]
    assert head["deadlines"] == [{"words": "bis spätestens 20.11.2026", "date": "2026-11-20", "for": "answer"}]
    assert head["listing_ids"] == ["https://www.steppdecke.example/decken/winter"]


def test_an_owners_page_is_no_listing(preflight, tmp_path):
    head = opened(preflight, tmp_path, NOTICES / "etsy.html")
    assert head["listing_ids"] == ["https://www.etsy.com/listing/1999000111/owl-print"]
    assert head["numbers"][0]["value"] == "VA0002111222"
    assert head["kinds"] == ["copyright"]


def test_a_lure_is_no_notice_and_its_signals_are_said(preflight, tmp_path):
    head = opened(preflight, tmp_path, NOTICES / "lure.eml")
    assert head["family"] == "not a notice"
    assert {s["code"] for s in head["signals"]} == {
        "look-alike-domain",
        "link-shows-another-address",
        "payment-demanded",
    }
    assert head["contact"] is None


@pytest.mark.parametrize("name", ["amazon-block.eml", "abmahnung.txt", "lure.eml", "etsy.html"])
def test_every_fact_is_a_span_of_the_text(preflight, tmp_path, name):
    opened(preflight, tmp_path, NOTICES / name)
    facts = [json.loads(x) for x in (tmp_path / "case/facts.jsonl").read_text("utf-8").splitlines()]
    assert facts
    for row in facts:
        raw = (tmp_path / "case" / row["source"]["file"]).read_text("utf-8")[
            row["source"]["start"] : row["source"]["end"]
        ]
        if row["field"] != "number":
            assert "".join(unicodedata.normalize("NFKC", raw).split()) == "".join(
                unicodedata.normalize("NFKC", row["value"]).split()
            )
        else:
            assert raw


def test_two_mails_of_one_complaint_are_one_case(preflight, tmp_path):
    first = (NOTICES / "amazon-block.eml").read_text("utf-8")
    (tmp_path / "b.eml").write_text(first.replace("B0TESTQ1XZ", "B0TESTQ2XZ"), "utf-8")
    head = opened(preflight, tmp_path, NOTICES / "amazon-block.eml", tmp_path / "b.eml")
    assert head["listing_ids"] == ["B0TESTQ1XZ", "B0TESTQ2XZ"]
    assert head["complaint_ids"] == ["18812345670"]
    again = opened(preflight, tmp_path, tmp_path / "b.eml")
    assert again["listing_ids"] == head["listing_ids"]


def test_mails_that_contradict_each_other_are_named(preflight, tmp_path):
    first = (NOTICES / "amazon-block.eml").read_text("utf-8")
    (tmp_path / "b.eml").write_text(
        first.replace("18812345670", "18899999999").replace("Moonfern Lighting, Inc.", "Other Lamps, Inc."), "utf-8"
    )
    head = opened(preflight, tmp_path, NOTICES / "amazon-block.eml", tmp_path / "b.eml")
    assert any(a.startswith("complaint_ids") for a in head["ambiguous"])
    assert any(a.startswith("complainant") for a in head["ambiguous"])


def test_masked_values_are_not_read(preflight, tmp_path):
    text = "Hello,\na rights owner reported your product.\nASIN: B0C*******\nComplaint ID: 187XXXXXXXX\nRights owner name: [removed]\nInfringement type: Trademark\n"
    (tmp_path / "n.txt").write_text("Amazon Account Health\n" + text, "utf-8")
    head = opened(preflight, tmp_path, tmp_path / "n.txt")
    assert (head["listing_ids"], head["complaint_ids"], head["complainant"]) == ([], [], None)
    assert any("masked" in a for a in head["ambiguous"])


def test_an_attachment_is_named_and_a_wrong_charset_is_said():
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "notice@amazon.de", "laden@steppdecke.example", "Meldung"
    mail.set_content(
        "Ein Rechteinhaber hat eine Verletzung gemeldet.\nASIN: B0TESTQ1XZ\nMarke: LÜFTCHEN\nRechteinhaber: Lüftchen GmbH\n",
        charset="iso-8859-1",
    )
    mail.add_attachment(b"\0" * 100_000, maintype="application", subtype="octet-stream", filename="big.bin")
    data = mail.as_bytes().replace(b"iso-8859-1", b"utf-8")
    letter = read_letter("m.eml", data)
    assert letter.attachments[0].size == 100_000
    assert any("big.bin" in n for n in letter.notes)
    assert any("charset" in n for n in letter.notes)
    assert read(letter).marks[0].value == "LÜFTCHEN"


def test_nested_forwards_are_followed():
    inner = EmailMessage()
    inner["From"], inner["To"] = "Amazon <notice@amazon.com>", "shop@pinecove.example"
    inner.set_content((NOTICES / "amazon-block.eml").read_text("utf-8").partition("\n\n")[2])
    for _ in range(3):
        outer = EmailMessage()
        outer["From"], outer["To"] = "a@pinecove.example", "b@pinecove.example"
        outer.set_content("see below")
        outer.add_attachment(inner)
        inner = outer
    found = read(read_letter("m.eml", inner.as_bytes()))
    assert [s.value for s in found.listings] == ["B0TESTQ1XZ"]
    assert found.people.contact.value == "brand@moonfern.example"


def test_a_quoted_notice_reads_the_same():
    text = (NOTICES / "abmahnung.txt").read_text("utf-8")
    plain = read(read_letter("a.txt", text.encode()))
    quoted = read(read_letter("a.txt", "".join(f"> {line}\n" for line in text.splitlines()).encode()))
    assert [n.value for n in quoted.numbers] == [n.value for n in plain.numbers]
    assert quoted.people.complainant.value == plain.people.complainant.value


def pdf(text, password=None):
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(400, 400)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.splitlines())
    stream.set_data(f"BT /F1 10 Tf 20 380 Td {lines} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_text_pdf_is_read_and_an_encrypted_or_empty_one_named(preflight, tmp_path):
    said = "A rights owner reported your listing on Amazon\nASIN: B0TESTQ1XZ\nComplaint ID: 18812345670\nInfringement type: Trademark"
    assert [s.value for s in read(read_letter("n.pdf", pdf(said))).listings] == ["B0TESTQ1XZ"]
    assert "encrypted" in read_letter("n.pdf", pdf(said, "secret")).notes[0]
    (tmp_path / "scan.pdf").write_bytes(pdf(""))
    result = preflight("complaint", "open", tmp_path / "scan.pdf", "--case", tmp_path / "c")
    assert result.code == 3
    assert "no text" in result.err


def test_stdin_and_bad_paths(preflight, tmp_path):
    result = preflight(
        "complaint", "open", "-", "--case", tmp_path / "c", stdin=(NOTICES / "abmahnung.txt").read_bytes()
    )
    assert result.code == 0
    assert preflight("complaint", "open", tmp_path / "none.txt", "--case", tmp_path / "c").code == 2
    assert preflight("complaint", "assess", tmp_path / "nothing", "-w", "x", "--catalog", tmp_path).code == 2


def test_terminal_output_of_hostile_text_is_harmless(preflight, tmp_path):
    (tmp_path / "n.txt").write_text(
        "Amazon\na rights owner reported this\nASIN: B0TESTQ1XZ\nRights owner name: Evil\x1b[31m Ltd\n", "utf-8"
    )
    result = preflight("complaint", "open", tmp_path / "n.txt", "--case", tmp_path / "c")
    assert "\x1b" not in result.out


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault_and_spans_point_home(text):
    letter = read_letter("n.txt", text.encode("utf-8", "replace"))
    found = read(letter)
    for span in (*found.marks, *found.listings, *found.complaint_ids):
        assert (
            fold(letter.folded.raw[span.start : span.end]).text.split() == span.value.split()
            or span.value in fold(letter.folded.raw).text
        )


@pytest.mark.shared
def test_the_invented_set_comes_out_as_labelled():
    folder = SHARED / "data/notices/made"
    if not folder.is_dir():
        pytest.skip("data beside the project")
    rows = [json.loads(line) for line in (folder / "labels.jsonl").read_text("utf-8").splitlines()]
    found = {r["file"]: read(read_letter(r["file"], (folder / r["file"]).read_bytes())) for r in rows}
    assert [r["file"] for r in rows if found[r["file"]].family != r["family"]] == []
    real = [r for r in rows if r["family"] != "not a notice"]
    assert [
        r["file"] for r in real if {n.value for n in found[r["file"]].numbers} != {n["value"] for n in r["numbers"]}
    ] == []


@pytest.mark.images
def test_a_picture_of_a_notice_is_read_by_ocr_and_said():
    image = pytest.importorskip("PIL.Image")
    from PIL import ImageDraw, ImageFont

    page = image.new("RGB", (1200, 420), "white")
    font = ImageFont.load_default(36)
    said = [
        "A rights owner reported your listing on Amazon",
        "ASIN: B0TESTQ1XZ",
        "Infringement type: Trademark",
        "Rights owner: Moonfern Lighting Ltd",
    ]
    for n, line in enumerate(said):
        ImageDraw.Draw(page).text((40, 40 + 80 * n), line, fill="black", font=font)
    out = io.BytesIO()
    page.save(out, "PNG")
    letter = read_letter("n.png", out.getvalue())
    assert any("OCR" in n for n in letter.notes), letter.notes
    assert read(letter).kinds.keys() == {"trademark"}
    scan = io.BytesIO()
    page.save(scan, "PDF")
    assert any("OCR" in n for n in read_letter("n.pdf", scan.getvalue()).notes)
