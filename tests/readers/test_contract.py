"""One suite that every reader passes: a small file in its native form, read as listings with their cells."""

import pytest

from listing_preflight.model.listing import Gap, Listing
from listing_preflight.readers import registry
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.source import bytes_source

SAMPLES = {
    "jsonl": '{"id": "A", "title": "Mug", "bullets": ["big"]}\n{"id": "B", "title": "Cup"}\n',
    "shopify": (
        "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Image Src\n"
        "a,Mug,<p>Big</p>,Acme,Kitchen,cup,Color,Green,https://x/1.jpg\na,,,,,,,Red,https://x/2.jpg\nb,Cup,,Acme,,,,,\n"
    ),
    "amazon-report": 'item-name\titem-description\tlisting-id\tseller-sku\tprice\nMug "XL" 9\tBig\t1\tA\t2\nCup\t\t2\tB\n',
    "table": "SKU;Titel;Beschreibung;Marke;Preis\nA;Becher;Groß;Acme;2\nB;Tasse;;Acme;3\n",
}


def read(name, text, encoding="utf-8", **options):
    source = bytes_source(text.encode(encoding) if isinstance(text, str) else text, "x.csv", None)
    told = ReadOptions(**options)
    reader = registry.choose(source, told)
    assert name is None or name == reader.NAME
    return list(reader.read(source, told))


def test_every_reader_has_a_sample():
    assert set(SAMPLES) == set(registry.FORMATS)


@pytest.mark.parametrize("name", registry.FORMATS)
class TestReader:
    def test_listings_in_order(self, name):
        items = read(name, SAMPLES[name])
        assert [i.id for i in items] == (["a", "b"] if name == "shopify" else ["A", "B"])

    def test_every_text_has_its_row(self, name):
        for item in read(name, SAMPLES[name]):
            assert item.texts
            assert all(t.row and t.row >= item.origin.row for t in item.texts)

    def test_same_without_last_line_break_and_with_windows_ones(self, name):
        text = SAMPLES[name]
        plain = [(i.id, [t.value for t in i.texts]) for i in read(name, text)]
        for other in (text.rstrip("\n"), text.replace("\n", "\r\n")):
            assert [(i.id, [t.value.rstrip("\r") for t in i.texts]) for i in read(name, other)] == plain

    @pytest.mark.parametrize("junk", ["\0", "\ud800", "\x1b[31m"])
    def test_junk_never_raises(self, name, junk):
        data = SAMPLES[name].encode().replace(b"Mug", junk.encode("utf-8", "surrogatepass"))
        assert all(isinstance(i, Listing | Gap) for i in read(None, data))

    def test_cut_anywhere_never_raises(self, name):
        data = SAMPLES[name].encode()
        for n in range(len(data.splitlines()[0]) + 2, len(data)):
            assert all(isinstance(i, Listing | Gap) for i in read(name, data[:n], input_format=name))

    def test_columns_are_shown(self, name):
        source = bytes_source(SAMPLES[name].encode(), "x.csv", None)
        shown = registry.choose(source, ReadOptions()).columns(source, ReadOptions())
        assert name == "jsonl" or "title" in {target for _, target in shown}


def test_shopify_rows_of_a_handle_are_one_product():
    first = read("shopify", SAMPLES["shopify"])[0]
    assert [p.url for p in first.pictures] == ["https://x/1.jpg", "https://x/2.jpg"]
    assert [(t.name, t.value) for t in first.texts if t.field == "attributes"] == [("Color", "Green"), ("Color", "Red")]
    assert first.category == "Kitchen"


def test_amazon_item_names_hold_quotes_and_rows_may_be_short():
    first, second = read("amazon-report", SAMPLES["amazon-report"])
    assert first.first("title") == 'Mug "XL" 9'
    assert not second.gaps


def test_table_rows_that_are_ragged_say_so():
    more, fewer = read("table", "sku,title,description\nA,Mug,one,two\nB,Cup\n")
    assert "more cells" in more.gaps[0].detail
    assert "fewer cells" in fewer.gaps[0].detail
    assert (more.first("title"), fewer.first("title")) == ("Mug", "Cup")


def test_nul_bytes_are_said_and_the_row_is_read():
    (row,) = read("table", "sku,title,brand\nA,M\0ug,x\n")
    assert row.first("title") == "Mug"
    assert "NUL" in row.gaps[0].detail


def test_a_quote_that_is_never_closed_is_said():
    (row,) = read("table", 'sku,title\nA,"Mug\nB,Cup\n')
    assert "never closed" in row.gaps[0].detail


def test_a_mapping_wins_and_a_wrong_one_is_refused():
    from listing_preflight.errors import UsageError

    (row,) = read("table", "nr,was,wer\n1,Becher,Acme\n", mapping={"was": "title", "nr": "id", "wer": "brand"})
    assert (row.id, row.first("title"), row.first("brand")) == ("1", "Becher", "Acme")
    for mapping in ({"fehlt": "title"}, {"was": "titel"}):
        with pytest.raises(UsageError):
            read("table", "nr,was\n1,Becher\n", mapping=mapping)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Größe"), ("utf-8-sig", "Größe"), ("utf-16", "Größe"), ("utf-16-le", "Mug of the day"),
        ("cp1252", "Übergröße für Straße"), ("cp1252", "Crème brûlée très élégante"), ("cp932", "腕時計 メンズ アクセサリ 対応"),
        ("gb18030", "运动鞋 男士 透气 轻便 新款"), ("big5", "手機殼 透明 防摔 新款 商品"), ("cp949", "운동화 남성용 새로운 상품"),
        ("cp1250", "Łódka żółta święta książka"), ("cp1250", "Příliš žluťoučký kůň úpěl"), ("cp1251", "Набор кружек подарочный"),
    ],
)  # fmt: skip
def test_encodings(encoding, text):
    (row,) = read("table", f"id,title\n1,{text}\n", encoding)
    assert row.first("title") == text


def test_a_named_encoding_wins():
    source = bytes_source(b"id,title\n1,\xc4\xd6\n", "x.csv", "cp1251")
    (row,) = registry.choose(source, ReadOptions()).read(source, ReadOptions())
    assert row.first("title") == "ДЦ"


def test_pretty_printed_json_is_refused_once():
    from listing_preflight.errors import UnreadableError

    with pytest.raises(UnreadableError):
        read(None, '{\n  "id": 1\n}\n')
