"""A file of arrays opens when it is whole and says what is wrong when it is not."""

import contextlib
import json
import struct

import pytest
from fuzz.sealed import sealed, sections
from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight.errors import ListError
from listing_preflight.storage.mapped import MAGIC, Sections, Writer, guarded, is_compiled
from listing_preflight.storage.replacing import replacing
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


def test_a_large_file_is_verified_when_it_is_opened(tmp_path, whole, monkeypatch):
    monkeypatch.setattr("listing_preflight.storage.mapped.SMALL", 0)
    path = tmp_path / "a.lcx"
    path.write_bytes(whole)
    found = Sections(path)
    at, size = sections(whole)["texts/data"]
    path.write_bytes(whole[: at + size - 1] + b"?" + whole[at + size :])
    with pytest.raises(ListError, match=r"a\.lcx.*damaged \(section texts/data\).*Compile the lists again"):
        Sections(path)
    with pytest.raises(ListError):
        Sections(path, found.identity)


def test_what_another_process_has_verified_is_not_compared_again(tmp_path, whole, monkeypatch):
    path = tmp_path / "a.lcx"
    path.write_bytes(whole)
    found = Sections(path)
    monkeypatch.setattr(Sections, "verify", None)
    assert list(Strings.over(Sections(path, found.identity).at("texts"))) == ["Zorvane", "Quellar", "Brindlewok"]


@pytest.mark.parametrize("fault", [IndexError("x"), UnicodeDecodeError("utf-8", b"", 0, 1, "x"), OverflowError()])
def test_a_number_that_points_nowhere_is_a_fault_of_the_file(tmp_path, whole, fault):
    path = tmp_path / "a.lcx"
    path.write_bytes(whole)
    with pytest.raises(ListError, match=r"a\.lcx.*damaged.*Compile"), guarded(Sections(path)):
        raise fault


def test_a_fault_of_the_program_is_not_put_on_the_file(tmp_path, whole):
    path = tmp_path / "a.lcx"
    path.write_bytes(whole)
    with pytest.raises(AttributeError), guarded(Sections(path)):
        raise AttributeError


@settings(max_examples=300)
@given(at=st.integers(min_value=0), new=st.binary(min_size=1, max_size=8))
def test_strings_of_a_file_that_lies_are_strings_or_a_fault(tmp_path_factory, whole, at, new):
    path = tmp_path_factory.getbasetemp() / "sealed.lcx"
    first, size = sections(whole)["texts/starts"]
    at = first + at % (size - len(new))
    path.write_bytes(sealed(whole[:at] + new + whole[at + len(new) :]))
    part = Sections(path).at("texts")
    with contextlib.suppress(ListError), guarded(part):
        assert len(list(Strings.over(part))) == 3
