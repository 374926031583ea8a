"""The gate says which fields of its listing it did not read."""

import json

from tests.conftest import listing


def test_fields_that_were_not_read_are_named_on_standard_error(preflight, marks):
    told = {**listing("Plain shoes"), "foo": "Nike same style", "note\x1b[1m": "more words"}
    result = preflight("gate", "-w", marks, stdin=json.dumps(told).encode())
    assert result.code == 0
    assert "fields with text that were not read: foo, note" in result.err
    assert "\x1b" not in result.err


def test_a_listing_that_was_read_whole_is_passed_without_a_note(preflight, marks):
    assert "not read" not in preflight("gate", "-w", marks, stdin=json.dumps(listing("Plain shoes")).encode()).err


def test_a_picture_that_nobody_asked_for_is_said_on_standard_error(preflight, marks):
    told = {**listing("Plain shoes"), "images": ["https://shop.example/1.jpg"]}
    result = preflight("gate", "-w", marks, stdin=json.dumps(told).encode())
    assert (result.code, "1 picture not looked at" in result.err) == (0, True)


def test_bytes_that_are_no_text_and_text_that_is_no_value_are_told_apart(preflight, marks):
    assert "is not UTF-8" in preflight("gate", "-w", marks, stdin=b"\xff{}").err
    assert "is not one JSON value" in preflight("gate", "-w", marks, stdin=b"{} {}").err


def test_a_marketplace_that_nobody_knows_is_named_with_the_nearest_known(preflight, marks):
    told = listing("Plain shoes") | {"marketplace": "amazn.com"}
    result = preflight("gate", "-w", marks, stdin=json.dumps(told).encode())
    said = "'amazn.com' is not known: no rule of that place was applied"
    assert (result.code, said in result.err, "Nearest known names: amazon.com" in result.err) == (0, True, True)
    assert [n[:60] for n in json.loads(result.out)["notes"]] == [
        "marketplace 'amazn.com' is not known: no rule of that place "
    ]


def test_the_option_is_named_where_its_marketplace_is_unknown(preflight, marks):
    told = {k: v for k, v in listing("Plain shoes").items() if k != "marketplace"}
    result = preflight("gate", "-w", marks, "--marketplace", "etsi.com", stdin=json.dumps(told).encode())
    assert "--marketplace 'etsi.com' is not known" in result.err
    assert "Nearest known names: etsy.com" in json.loads(result.out)["notes"][0]


def test_a_scan_notes_each_unknown_marketplace_once_in_its_report(preflight, marks, tmp_path):
    lines = [listing("Plain shoes") | {"id": str(n), "marketplace": "amazn.com"} for n in range(3)]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    result = preflight("scan", path, "-w", marks, "--marketplace", "ebey.de", "-f", "jsonl")
    notes = json.loads(result.out.splitlines()[-1])["notes"]
    assert [(n["source"]["row"], n["detail"].partition(" is")[0]) for n in notes] == [
        (None, "--marketplace 'ebey.de'"), (1, "the listing's marketplace 'amazn.com'"),
    ]  # fmt: skip
    assert result.code == 0
    shown = preflight("scan", path, "-w", marks, "-f", "text").out
    assert "no rule of that place was applied" in shown


def test_a_known_marketplace_has_no_note(preflight, marks):
    told = listing("Plain shoes") | {"marketplace": "amazon.de"}
    assert "notes" not in json.loads(preflight("gate", "-w", marks, stdin=json.dumps(told).encode()).out)
