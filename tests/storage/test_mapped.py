"""A file of arrays opens when it is whole and says what is wrong when it is not."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.errors import ListError
from listing_preflight.storage.mapped import MAGIC, Sections, Writer, is_compiled, replacing
from listing_preflight.storage.strings import Strings


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
