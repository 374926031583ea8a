"""Mapped tables find what made ones find."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight.storage.mapped import Sections, Writer
from listing_preflight.storage.replacing import replacing
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import vocabulary
from tests.text.test_matching import FORMS, PIECES, SLOW


def write(path, forms=FORMS):
    with replacing(path) as out:
        writer = Writer(out)
        writer.add_all("names", Tables(forms, vocabulary()).packed())
        writer.finish({"kind": "test"})
    return path


@pytest.fixture(scope="module")
def mapped(tmp_path_factory):
    path = write(tmp_path_factory.mktemp("mapped") / "a.lcx")
    return IndexMatcher.over(Tables.over(Sections(path).at("names")), vocabulary())


@settings(max_examples=200)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=8), joiner=st.sampled_from([" ", "", "-"]))
def test_mapped_equals_naive_on_pieces(mapped, pieces, joiner):
    text = joiner.join(pieces)
    assert mapped.find(text) == SLOW.find(text)


@settings(max_examples=100)
@given(text=st.text(alphabet="zorvaneqlcks3@0 .-\nоа佐瓦尼m", max_size=30))
def test_mapped_equals_naive_on_letters(mapped, text):
    assert mapped.find(text) == SLOW.find(text)


def test_forms_come_back_as_they_were(tmp_path):
    tables = Tables.over(Sections(write(tmp_path / "a.lcx")).at("names"))
    assert list(tables.forms) == FORMS
    assert [tables.of_key[tables.number[f.key]][0].key for f in FORMS] == [f.key for f in FORMS]


def test_everything_that_the_matcher_asks_for_is_in_the_file(tmp_path):
    made, mapped = Tables(FORMS, vocabulary()), Tables.over(Sections(write(tmp_path / "a.lcx")).at("names"))
    assert all(hasattr(mapped, name) for name in vars(made))
    assert (mapped.glue, mapped.any, [*mapped.keys]) == (made.glue, made.any, [*made.keys])


def test_no_names_at_all(tmp_path):
    tables = Tables.over(Sections(write(tmp_path / "a.lcx", [])).at("names"))
    assert IndexMatcher.over(tables, vocabulary()).find("Zorvane shoes") == []


def test_equal_input_gives_equal_bytes(tmp_path):
    assert write(tmp_path / "a.lcx").read_bytes() == write(tmp_path / "b.lcx").read_bytes()
