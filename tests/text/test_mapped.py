"""A file of arrays opens when it is whole and says what is wrong when it is not; mapped tables find what made ones find."""

import json
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight.errors import ListError
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.mapped import MAGIC, Sections, Writer, is_compiled, replacing
from listing_preflight.text.strings import Strings
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
    assert vars(made).keys() <= vars(mapped).keys() | {"number"}


def test_no_names_at_all(tmp_path):
    tables = Tables.over(Sections(write(tmp_path / "a.lcx", [])).at("names"))
    assert IndexMatcher.over(tables, vocabulary()).find("Zorvane shoes") == []


def test_equal_input_gives_equal_bytes(tmp_path):
    assert write(tmp_path / "a.lcx").read_bytes() == write(tmp_path / "b.lcx").read_bytes()


@given(st.lists(st.one_of(st.none(), st.text(), st.just("\ud800x")), max_size=6))
def test_strings_come_back(texts):
    packed = Strings.of(texts)
    assert [packed.get(n) for n in range(len(texts))] == [None if t == "\0" else t for t in texts]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "a.lcx"
    with replacing(path) as out:
        writer = Writer(out)
        writer.add_all("texts", Strings.of(["Zorvane", "Quellar", "Brindlewok"]).packed())
        writer.finish({"kind": "test"})
    return path.read_bytes()


def test_cut_short_anywhere(tmp_path, whole):
    path = tmp_path / "a.lcx"
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        assert is_compiled(path)
        with pytest.raises(ListError, match=r"a\.lcx.*Compile the lists again"):
            Sections(path)


@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_bit_that_flipped_is_found(tmp_path_factory, whole, at, bit):
    path = tmp_path_factory.getbasetemp() / "flipped.lcx"
    damaged = bytearray(whole)
    damaged[at % len(whole)] ^= 1 << bit
    path.write_bytes(damaged)
    if at % len(whole) in padding(whole):
        return
    with pytest.raises(ListError):
        Sections(path)


def padding(whole):
    """Bytes between sections, which nothing reads."""
    start = struct.unpack_from("<8sIIQQ32s", whole)[3]
    used = {*range(64), *range(start, len(whole))}
    for at, count, kind, _ in json.loads(whole[start:])["sections"].values():
        used |= set(range(at, at + count * int(kind[2])))
    return set(range(len(whole))) - used


@pytest.mark.parametrize("data", [b"", b"{}", MAGIC, b"\0" * 200, MAGIC + b"\xff" * 200])
def test_garbage(tmp_path, data):
    path = tmp_path / "a.lcx"
    path.write_bytes(data)
    with pytest.raises(ListError):
        Sections(path)


def test_another_format_says_so(tmp_path, whole):
    path = tmp_path / "a.lcx"
    path.write_bytes(whole[:8] + b"\x63\0\0\0" + whole[12:])
    with pytest.raises(ListError, match="format 99"):
        Sections(path)
