"""The seller file: what it silences, and which limit fails where it does not."""

import hashlib

import pytest

from tests.conftest import listing

TOLD_TWICE = """own_marks:
  - {name: X, registrations: [{office: US, number: T1, classes: [9]}]}
  - {name: X, registrations: [{office: US, number: T1, classes: [25]}]}
"""
NIKE = listing("NIKE running shoes", id="SHOE-1")


def seller(tmp_path, lines):
    path = tmp_path / "seller.yaml"
    path.write_text("authorisations:\n  - {mark: NIKE, kind: licence, " + lines + "}\n", "utf-8")
    return path


def outcome(scan, path, *extra):
    (row,) = scan(NIKE, extra=("--seller", path, "--date", "2026-11-24", "--explain", *extra)).listings
    finding = next((f for f in row["findings"] if f["mark"]["id"] == "nike"), None)
    return finding, row["dropped"]


def test_a_covering_licence_silences_with_its_reason(scan, tmp_path):
    (tmp_path / "loa.txt").write_text("letter")
    digest = hashlib.sha256(b"letter").hexdigest()
    lines = f"classes: [25], territories: [US], marketplaces: [amazon.com], skus: ['SHOE-*'], from: 2026-01-01, until: 2027-11-24, document: loa.txt, sha256: {digest}"
    finding, dropped = outcome(scan, seller(tmp_path, lines))
    assert finding is None
    assert [d["reason"] for d in dropped] == ["authority-covered"]


@pytest.mark.parametrize(
    ("lines", "limit"),
    [
        ("classes: [9]", "classes"), ("territories: [EM]", "territories"), ("marketplaces: [etsy.com]", "marketplaces"),
        ("skus: ['MUG-*']", "skus"), ("skus: MUG-*", "skus"), ("from: 2027-01-01", "from"), ("until: 2026-11-23", "until"),
        ("document: gone.pdf", "document-missing"), ("document: seller.yaml, sha256: abc", "document-changed"),
    ],
)  # fmt: skip
def test_a_limit_that_fails_is_named(scan, tmp_path, lines, limit):
    finding, _ = outcome(scan, seller(tmp_path, lines))
    assert finding["severity"] == "high"
    assert {"code": "authority-not-covered", "limit": limit, "kind": "licence"} in finding["reasons"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("authorisations:\n  - {kind: licence}\n", "mark"), ("authorisations:\n  - {mark: X, kind: gift}\n", "kind"),
        ("authorisations:\n  - {mark: X, from: 2026-02-01, until: 2026-01-01}\n", "until"),
        ("authorisations:\n  - {mark: X, territories: [EU]}\n", "territories"), ("autorisations: []\n", "did you mean"),
        ("authorisations:\n  - {mark: X, sha256: abc}\n", "document"),
        ("authorisations:\n  - {mark: X, document: a.pdf, sha256: aa}\n  - {mark: Y, document: a.pdf, sha256: bb}\n", ":3"),
        ("authorisations:\n  - {mark: X, invoice: {lines: [{quantity: 3}]}}\n", "lines"),
        (TOLD_TWICE, "two ways"), ("seller: RunFly\n", "mapping"),
        ("authorisations:\n  - {mark: X, classes: [46]}\n", "46"), ("authorisations:\n  - {mark: X, classes: [a]}\n", "classes"),
        ("authorisations:\n  - {mark: X, skus: {a: b}}\n", ":2"),
        ("own_marks:\n  - {nme: X}\n", "nme"), ("- 1\n", "mapping"), ("a: [\n", "YAML"),
    ],
)  # fmt: skip
def test_a_wrong_seller_file_is_refused(scan, tmp_path, text, said):
    path = tmp_path / "seller.yaml"
    path.write_text(text)
    result = scan(NIKE, extra=("--seller", path))
    assert result.code == 2
    assert said in result.err


def test_claims_in_listings_are_ignored_as_soon_as_there_is_a_seller_file(scan, tmp_path):
    row = {**NIKE, "seller": {"authorised": ["NIKE"]}}
    assert scan(row).code == 0
    (tmp_path / "seller.yaml").write_text("seller: {name: X}\n")
    assert scan(row, extra=("--seller", tmp_path / "seller.yaml")).code == 1
    assert scan(row, extra=("--seller-claims", "ignore")).code == 1


def test_own_marks_cover_their_classes_and_territories_and_never_an_earlier_mark(scan, tmp_path):
    path = tmp_path / "seller.yaml"
    own = "own_marks:\n  - {name: NIKE, registrations: [{office: %s, classes: [%s], status: registered}]}\n"
    for office, classes, code in (("US", "25", 0), ("US", "9", 1), ("CN", "25", 1)):
        path.write_text(own % (office, classes))
        assert scan(NIKE, extra=("--seller", path)).code == code


def test_a_document_that_ends_soon_is_announced(scan, tmp_path):
    (tmp_path / "loa.txt").write_text("letter")
    path = seller(tmp_path, "until: 2026-12-10, document: loa.txt")
    result = scan(NIKE, extra=("--seller", path, "--date", "2026-11-24", "--explain"))
    assert "the licence for NIKE ends on 2026-12-10, in 16 days" in result.err
    assert [d["reason"] for d in result.listings[0]["dropped"]] == ["authority-ends-soon"]
    later = scan(NIKE, extra=("--seller", path, "--date", "2026-10-24"))
    assert "ends on" not in later.err


def test_own_marks_told_in_several_entries_count_together(scan, tmp_path):
    path = tmp_path / "seller.yaml"
    path.write_text(
        "own_marks:\n  - {name: NIKE, registrations: [{office: CN, classes: [25], status: registered}]}\n"
        "  - {name: NIKE, registrations: [{office: US, classes: [25], status: registered}]}\n"
    )
    assert scan(NIKE, extra=("--seller", path)).code == 0


@pytest.mark.parametrize(("theirs", "severity"), [("2018-01-01", "high"), ("2021-01-01", "none")])
def test_who_came_first_is_asked_at_each_office_by_itself(preflight, write, tmp_path, theirs, severity):
    (tmp_path / "l.yaml").write_text(
        "marks:\n  - {name: Quindara, common_word: false, registrations: [{office: EM, classes: [25], status: registered, "
        f"filed: {theirs}}}]}}\n"
    )
    (tmp_path / "seller.yaml").write_text(
        "own_marks:\n  - {name: Quindara, registrations: [{office: US, classes: [25], status: registered, filed: 2010-01-01},"
        " {office: EM, classes: [25], status: registered, filed: 2020-01-01}]}\n"
    )
    row = {"id": "1", "marketplace": "etsy.com", "category": "Clothing", "title": "Quindara shirt"}
    result = preflight(
        "scan", write("x.jsonl", row), "-w", tmp_path / "l.yaml", "--seller", tmp_path / "seller.yaml", "-f", "jsonl"
    )
    found = result.listings[0]["findings"]
    assert (found[0]["severity"] if found else "none") == severity
    if found:
        assert {"code": "own-mark-later", "theirs": "2018-01-01", "ours": "2020-01-01"} in found[0]["reasons"]


def test_an_unknown_marketplace_in_the_seller_file_is_announced(scan, tmp_path):
    told = scan(NIKE, extra=("--seller", seller(tmp_path, "marketplaces: [amazn.com, etsy.com]"))).err
    assert "marketplace 'amazn.com' is not known" in told
    assert "etsy.com" not in told


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("document: gone.pdf", "the licence for NIKE covers nothing: the document is missing"),
        ("document: seller.yaml, sha256: abc", "covers nothing: the document is not the one whose digest was noted"),
        ("classes: [25]", "covers nothing: no document is named"),
    ],
)
def test_an_entry_that_covers_nothing_is_announced(scan, tmp_path, lines, said):
    assert said in scan(NIKE, extra=("--seller", seller(tmp_path, lines))).err
    (tmp_path / "loa.txt").write_text("letter")
    assert "covers nothing" not in scan(NIKE, extra=("--seller", seller(tmp_path, "document: loa.txt"))).err
