"""Encodings: found from the content, named by the user, damaged, cut, or none at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.errors import UsageError
from listing_preflight.readers.encodings import _decodes, broken_bytes, detect, is_table
from listing_preflight.readers.source import SAMPLE_BYTES, bytes_source
from tests.readers.reading import listings


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Größe"), ("utf-8-sig", "Größe"), ("utf-16", "Größe"), ("utf-16-le", "Mug of the day"), ("utf-32", "Größe"),
        ("utf-32-le", "Mug of the day"), ("utf-32-be", "Mug of the day"),
        ("cp1252", "Übergröße für Straße"), ("cp1252", "Crème brûlée très élégante"), ("cp932", "腕時計 メンズ アクセサリ 対応"),
        ("euc_jp", "腕時計 メンズ アクセサリ 対応"), ("euc_jp", "かわいいカップとスニーカー、ケース付き"),
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


WORDS = (
    "Größe", "Möwe", "café", "crème", "niño", "São", "źródło", "płaszcz", "žluťoučký", "rankinė", "Набор", "кружек", "Δερμάτινη", "τσάντα",
    "תיק", "עור", "حقيبة", "جلدية", "กระเป๋า", "หนัง", "运动鞋", "轻便", "手機殼", "腕時計", "アクセサリ", "운동화", "남성용", "đèn", "trời", "नीला", "€", "™", "–",
)  # fmt: skip
FOREIGN = (0x80, 0x85, 0x92, 0x99, 0xA0, 0xAE, 0xC9, 0xDC, 0xE4, 0xE9, 0xF1, 0xF6, 0xFC, 0xFF)


@given(st.data(), st.lists(st.sampled_from(WORDS), min_size=3, max_size=12), st.integers(1, 3))
def test_utf_8_with_a_few_foreign_bytes_is_never_read_in_another_table_without_a_gap(data, words, count):
    letters = [f"{n},Mug {word} blue" for n, word in enumerate(words)]
    plain = [f"{n},Plain mug {n}" for n in range(len(words), len(words) + count)]
    lines = data.draw(st.permutations([*letters, *plain]))
    broken = data.draw(st.lists(st.sampled_from(plain), min_size=count, max_size=count, unique=True))
    raw = [line.encode() for line in lines]
    for line in broken:
        at, byte = lines.index(line), data.draw(st.sampled_from(FOREIGN))
        place = data.draw(st.integers(raw[at].find(b",") + 2, len(raw[at])))
        raw[at] = raw[at][:place] + bytes([byte]) + raw[at][place:]
    rows = listings(b"id,title\n" + b"\n".join(raw) + b"\n")
    assert {r.id for r in rows if r.gaps} == {line.partition(",")[0] for line in broken}
    assert {r.first("title") for r in rows if not r.gaps} == {x.partition(",")[2] for x in lines if x not in broken}


TABLES = {
    "cp1252": ("Größe Weiß” für Straße", "« café » élégant", "Crème ÉTÉ®", "Niño pequeño", "SÃO PAULO"),
    "cp1250": ("Łódka żółta PÓŁKA", "RŮŽE MŮŽE ŘÍDIT", "Příliš žluťoučký", "święta książka"),
    "cp1251": ("Набор кружек", "Её ёлка", "Чехол для телефона"), "koi8-r": ("Набор кружек подарочный", "Чехол для телефона чёрный"),
    "cp1257": ("Moteriška rankinė", "žieminė striukė juoda", "Ūkio prekės šiltos"), "cp1253": ("Δερμάτινη τσάντα", "γυναικεία μαύρη"),
    "cp1256": ("حقيبة جلدية للنساء", "ساعة يد رجالية"), "cp1255": ("תיק עור לנשים", "שעון יד לגברים"), "cp874": ("กระเป๋าหนัง เกม เสื้อ", "รองเท้าผู้ชาย เก็บเงิน"),
    "gb18030": ("运动鞋 男士 透气", "轻便 新款 手机壳", "不锈钢 保温杯"), "cp932": ("腕時計 メンズ", "アクセサリ 対応 ケース"), "euc_jp": ("腕時計 メンズ", "アクセサリ 対応 ケース"),
    "big5": ("手機殼 透明 防摔", "新款 商品 運動鞋"), "cp949": ("운동화 남성용", "새로운 상품 가방"),
}  # fmt: skip


@given(st.data(), st.sampled_from(sorted(TABLES)))
def test_a_text_of_an_older_table_is_read_as_it_was(data, encoding):
    titles = data.draw(st.lists(st.sampled_from(TABLES[encoding]), min_size=1, max_size=8))
    raw = ("id,title\n" + "".join(f"{n},Mug {title}\n" for n, title in enumerate(titles))).encode(encoding)
    assert detect(raw) != "utf-8" or _decodes(raw, "utf-8")


def test_a_small_utf_8_file_with_one_foreign_byte_tells_its_line_and_byte():
    raw = "id,title\n1,Größe für Straße\n2,CAF\n".encode().replace(b"CAF", b"Caf\xe9 blanc")
    one, two = listings(raw)
    assert (one.first("title"), one.gaps) == ("Größe für Straße", ())
    (gap,) = two.gaps
    assert gap.origin.row == 3
    assert gap.detail.startswith("bytes not of the file's encoding in line 3: 0xE9; correct them")


def test_json_lines_with_one_foreign_byte_stay_utf_8():
    raw = '{"id": "1", "title": "Größe für Straße"}\n{"id": "2", "title": "Caf# blanc"}\n'.encode().replace(
        b"#", b"\x99"
    )
    one, two = listings(raw)
    assert one.first("title") == "Größe für Straße"
    assert [g.detail[:50] for g in two.gaps] == ["bytes not of the file's encoding in line 2: 0x99; "]


def test_what_comes_after_the_first_bytes_tells_the_encoding_too():
    head = "".join(f"{n},Plain mug {n}\n" for n in range(8000))
    assert len(head) > SAMPLE_BYTES
    later = "".join(f"9{n},Größe für Straße\n" for n in range(20))
    first = b"id,title\n0,caf\xe9\n"
    assert [r.id for r in listings(first + (head + later).encode()) if r.gaps] == ["0"]
    assert not [r for r in listings(b"id,title\n" + (head + later).encode("cp1252")) if r.gaps]


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


@given(st.data(), st.sampled_from(sorted(t for t in TABLES if is_table(t))))
def test_a_line_of_utf_8_in_a_file_of_an_older_table_is_a_gap(data, encoding):
    titles = data.draw(st.lists(st.sampled_from(TABLES[encoding]), min_size=6, max_size=9))
    lines = [f"{n},Mug {title}".encode(encoding) for n, title in enumerate(titles)]
    at = data.draw(st.integers(0, len(lines)))
    lines.insert(at, "99,Zörväne".encode())
    rows = listings(b"id,title\n" + b"\n".join(lines) + b"\n")
    (gap,) = next(r.gaps for r in rows if r.id == "99")
    assert f"line {at + 2} " in gap.detail


def test_letters_of_an_older_table_that_are_utf_8_by_chance_make_no_gap():
    rows = listings("id,title\n1,Größe Weiß” für\n2,« café\xa0»\n3,ÉTÉ® été\n", "cp1252")
    assert not [r for r in rows if r.gaps]


@pytest.mark.parametrize("half", [b"\xed\xa0\xbd\xed\xb8\x80", b"\xed\xa0\x80"])
def test_halves_of_characters_do_not_make_utf_8_another_table(half):
    raw = "id,title\n1,Größe\n".encode() + b"".join(b"%d,Mug %s\n" % (n, half) for n in range(2, 9))
    rows = listings(raw)
    assert rows[0].first("title") == "Größe"
    assert [r.id for r in rows if r.gaps] == [str(n) for n in range(2, 9)]


def test_json_lines_in_two_encodings_are_a_gap_of_the_odd_line():
    lines = [f'{{"id": "{n}", "title": "Größe Straße"}}'.encode("cp1252") for n in range(9)]
    rows = listings(b"\n".join([*lines, '{"id": "99", "title": "Zörväne"}'.encode()]))
    assert [r.id for r in rows if r.gaps] == ["99"]
