"""What makes serialised text harmless, and the quick look that finds nothing to do."""

import json

import orjson
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.reports.jsonl import line
from listing_preflight.reports.plain import in_json, is_harmless, visible

TEXT = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\x7f\x85\u061c\u200e\u2028\u202e\u2066\u2069“”é×°"), max_size=30
)


@given(TEXT)
def test_the_quick_look_never_passes_what_the_full_one_changes(text):
    if in_json(text) != text:
        assert not is_harmless(text.encode("utf-8"))


@given(
    st.dictionaries(
        TEXT,
        TEXT
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.integers(-(2**53), 2**53)
        | st.none()
        | st.lists(TEXT),
    )
)
def test_a_line_is_what_the_standard_library_writes(record):
    assert json.loads(line(record)) == json.loads(json.dumps(record))
    assert line(record).isascii() or line(record) == in_json(line(record))


@given(st.text(st.characters(codec=None), max_size=20))
def test_a_strict_reader_reads_every_line(text):
    assert orjson.loads(line({"a": [text], text: 1}))


def test_lone_surrogates_are_shown():
    assert orjson.loads(line({"a": "x\ud800y"})) == {"a": "x\\ud800y"}


def test_a_flood_of_one_invisible_character_is_counted():
    assert visible("N" + "\u200b" * 500_000 + "ike") == "N\\u200b(×500,000)ike"
