"""Encodings: found from the content, named by the user, damaged, cut, or none at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.errors import UsageError
from listing_preflight.readers.encodings import broken_bytes
from listing_preflight.readers.source import bytes_source
from tests.readers.reading import listings


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Größe"), ("utf-8-sig", "Größe"), ("utf-16", "Größe"), ("utf-16-le", "Mug of the day"), ("utf-32", "Größe"),
        ("utf-32-le", "Mug of the day"), ("utf-32-be", "Mug of the day"),
        ("cp1252", "Übergröße für Straße"), ("cp1252", "Crème brûlée très élégante"), ("cp932", "腕時計 メンズ アクセサリ 対応"),
        ("gb18030", "运动鞋 男士 透气 轻便 新款"), ("big5", "手機殼 透明 防摔 新款 商品"), ("cp949", "운동화 남성용 새로운 상품"),
        ("cp1250", "Łódka żółta święta książka"), ("cp1250", "Příliš žluťoučký kůň úpěl"), ("cp1251", "Набор кружек подарочный"),
        ("koi8-r", "Чехол для телефона чёрный силикон"), ("cp1253", "Δερμάτινη τσάντα γυναικεία μαύρη"), ("cp1255", "תיק עור לנשים שחור"),
        ("cp1256", "حقيبة جلدية للنساء"),
        ("cp874", "กระเป๋าหนังผู้หญิง สีดำ"),
        ("cp1257", "Moteriška rankinė odinė juoda žieminė"),
        ("cp1252", "Íslensk ullarpeysa úr mjúkri ull fóðruð stærð M"),
    ],
)  # fmt: skip
def test_found_from_the_content(encoding, text):
    (row,) = listings(f"id,title\n1,{text}\n", encoding)
    assert row.first("title") == text
    assert not row.gaps


def test_a_named_encoding_wins():
    (row,) = listings(b"id,title\n1,\xc4\xd6\n", given_encoding="cp1251")
    assert row.first("title") == "ДЦ"


@pytest.mark.parametrize(
    "name", ["rot13", "hex", "base64", "zlib", "undefined", "idna", "punycode", "unicode_escape", "no-such", "", "a\0b"]
)
def test_what_decodes_no_texts_is_refused_with_those_that_do(name):
    if not name:
        return
    with pytest.raises(UsageError, match="Give one of utf-8"):
        bytes_source(b"id,title\n", "x.csv", name)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("named", [True, False])
def test_a_damaged_place_is_a_gap_of_its_row_and_the_rest_is_read(encoding, named):
    text = "id,title\n" + "".join(f"{n},Mug number {n}\n" for n in range(50))
    width = 4 if "32" in encoding else 2
    raw = bytearray(text.encode(encoding))
    bad = {"le": b"\x00\xd8", "be": b"\xd8\x00"}["be" if encoding.endswith("be") else "le"]
    at = raw.find("number 7".encode(encoding)[-width * 8 :])
    raw[at : at + width] = bad.ljust(width, b"\0") if not encoding.endswith("be") else bad.rjust(width, b"\0")
    rows = listings(bytes(raw), given_encoding=encoding if named else None)
    assert len(rows) == 50
    assert [r.id for r in rows if r.gaps] == ["7"]
    assert rows[7].gaps[0].origin.row == 9


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_text_cut_in_the_middle_of_a_character_is_a_gap(encoding):
    raw = "id,title\n1,Mug\n2,Cup of tea and more".encode(encoding)
    rows = listings(raw[:-1])
    assert [r.id for r in rows] == ["1", "2"]
    assert [bool(r.gaps) for r in rows] == [False, True]


def test_an_encoding_that_is_none_stops_before_anything_is_written(preflight, tmp_path, marks):
    path = tmp_path / "x.csv"
    path.write_text("id,title\n1,Mug\n", "utf-8")
    result = preflight("scan", path, "-w", marks, "--encoding", "hex")
    assert (result.code, result.out) == (2, "")


def test_utf_16_without_a_mark_may_be_named():
    (row,) = listings("id,title\n1,Größe\n".encode("utf-16-be"), given_encoding="utf-16")
    assert row.first("title") == "Größe"


def test_one_bad_byte_does_not_make_utf_8_another_encoding():
    text = "id,title\n" + "".join(f"{n},Größe {n} für Möwen\n" for n in range(20))
    raw = text.encode().replace("Größe 5".encode(), b"Gr\xf6\xdfe 5")
    rows = listings(raw)
    assert rows[4].first("title") == "Größe 4 für Möwen"
    assert [r.id for r in rows if r.gaps] == ["5"]


@given(
    st.binary(max_size=300),
    st.sampled_from(
        ["utf-8", "utf-16", "utf-16-be", "utf-32", "cp932", "gb18030", "shift_jisx0213", "iso2022_jp", "hz", "utf-7"]
    ),
)
def test_no_bytes_raise_in_any_encoding(data, name):
    try:
        source = bytes_source(data, "x.csv", name)
    except UsageError:
        assert name == "utf-7"
        return
    with source.open() as text:
        text.read()


def test_marks_of_damage_are_seen():
    assert broken_bytes("a\udc80b")
    assert not broken_bytes("aüb")
