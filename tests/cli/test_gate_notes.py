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
