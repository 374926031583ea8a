"""Every error in a file that people write shows the right form: seller files, lists, decisions."""

import json

import pytest

from tests.conftest import listing

SELLERS = {
    "unknown-key": "seler: {name: x}", "no-mapping": "- a", "no-list": "own_marks: RunFly", "no-entry": "own_marks: [RunFly]",
    "unknown-field": "own_marks:\n  - {nam: RunFly}", "classes": "own_marks:\n  - {name: RunFly, classes: shoes}",
    "no-office": 'own_marks:\n  - {name: RunFly, registrations: [{number: "1"}]}', "office": "own_marks:\n  - {name: A, territories: [USA]}",
    "no-grants": "authorisations: NIKE", "no-grant": "authorisations:\n  - NIKE", "no-mark": "authorisations:\n  - {kind: letter}",
    "kind": "authorisations:\n  - {mark: NIKE, kind: paper}", "no-class": "authorisations:\n  - {mark: NIKE, classes: [99]}",
    "ends-first": "authorisations:\n  - {mark: NIKE, from: 2026-05-01, until: 2025-01-01}", "word-class": "authorisations:\n  - {mark: A, classes: [shoes]}",
    "territory": "authorisations:\n  - {mark: NIKE, territories: [Germany]}", "digest": "authorisations:\n  - {mark: NIKE, sha256: abc}",
    "invoice": "authorisations:\n  - {mark: NIKE, invoice: 5}", "lines": "authorisations:\n  - {mark: NIKE, invoice: {lines: [5]}}",
    "skus": "authorisations:\n  - {mark: NIKE, skus: [{a: b}]}", "head": "seller: RunFly", "no-yaml": "seller: {name: [}",
    "digests": "authorisations:\n  - {mark: A, document: a.pdf, sha256: aa}\n  - {mark: A, document: a.pdf, sha256: bb}",
    "two-ways": 'own_marks:\n  - {name: A, registrations: [{office: US, number: "1"}]}\n  - {name: B, registrations: [{office: US, number: "1"}]}',
    "meant": "authorisations:\n  - {mark: NIKE, docment: a.pdf}", "day": "authorisations:\n  - {mark: NIKE, from: tomorrow}",
}  # fmt: skip


@pytest.mark.parametrize("name", SELLERS)
def test_an_error_in_a_seller_file_shows_the_right_form(preflight, marks, tmp_path, name):
    path = tmp_path / "seller.yaml"
    path.write_text(SELLERS[name] + "\n", "utf-8")
    result = preflight("gate", "-w", marks, "--seller", path, stdin=json.dumps(listing("Plain mug")).encode())
    assert result.code == 2
    assert "or example `" in result.err or "is not a date like 2026-01-31" in result.err


@pytest.mark.parametrize(
    "text",
    [
        "- a", "marks: 5", "marks: [5]", "list: 5\nmarks: [{name: A}]", "marks: [{name: A, classes: [99]}]", "marks: [{name: A, famus: true}]",
        "marks: [{name: A, famous: 3}]", "marks: [{name: A, kind: wrd}]", "marks: [{nme: A}]", "marks: [{name: A, status: odd}]", "marks: {",
    ],
)  # fmt: skip
def test_an_error_in_a_list_shows_the_right_form(preflight, tmp_path, text):
    path = tmp_path / "list.yaml"
    path.write_text(text + "\n", "utf-8")
    result = preflight("gate", "-w", path, stdin=json.dumps(listing("Plain mug")).encode())
    assert (result.code, "or example `" in result.err) == (2, True), result.err


@pytest.mark.parametrize(
    "change", [{"mark": None}, {"listing": None}, {"status": "fine"}, {"date": "now"}, {"author": True}, {"severity": "huge"}, {"reason": None}]
)  # fmt: skip
def test_an_error_in_a_decision_shows_the_right_form(preflight, marks, tmp_path, change):
    row = {
        "listing": "1",
        "mark": "Nike",
        "status": "descriptive",
        "reason": "r",
        "author": "a",
        "date": "2026-01-31",
    } | change
    (tmp_path / "d.json").write_text(json.dumps({k: v for k, v in row.items() if v is not None}), "utf-8")
    result = preflight("gate", "-w", marks, "--suppressions", tmp_path, stdin=json.dumps(listing("Plain mug")).encode())
    assert (result.code, "For example `" in result.err) == (2, True), result.err


def test_an_example_stays_as_it_is_in_another_language(preflight, marks, tmp_path):
    path = tmp_path / "seller.yaml"
    path.write_text(SELLERS["territory"], "utf-8")
    told = preflight(
        "gate", "-w", marks, "--seller", path, "--lang", "zh-Hans", stdin=json.dumps(listing("Mug")).encode()
    ).err
    assert "例如 `territories: [US, EM]`" in told
