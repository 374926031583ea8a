"""Tables: folding, ragged rows, headers, mappings, sheets, what is not read."""

import json

import pytest

from listing_preflight.errors import UnreadableError, UsageError
from listing_preflight.model.listing import Gap, Listing, Note
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import choose
from listing_preflight.readers.source import bytes_source
from tests.readers.reading import listings, read


def test_rows_that_are_ragged_say_so():
    more, fewer = listings("sku,title,description\nA,Mug,one,two\nB,Cup\n")
    assert "more cells" in more.gaps[0].detail
    assert "fewer cells" in fewer.gaps[0].detail
    assert (more.first("title"), fewer.first("title")) == ("Mug", "Cup")


def test_nul_bytes_are_said_and_the_row_is_read():
    (row,) = listings("sku,title,brand\nA,M\0ug,x\n")
    assert row.first("title") == "Mug"
    assert "NUL" in row.gaps[0].detail


def test_a_quote_that_is_never_closed_is_said():
    (row,) = listings('sku,title\nA,"Mug\nB,Cup\n')
    assert "never closed" in row.gaps[0].detail


def test_a_mapping_wins_and_a_wrong_one_is_refused():
    (row,) = listings("nr,was,wer\n1,Becher,Acme\n", mapping={"was": "title", "nr": "id", "wer": "brand"})
    assert (row.id, row.first("title"), row.first("brand")) == ("1", "Becher", "Acme")
    for mapping in ({"fehlt": "title"}, {"was": "titel"}):
        with pytest.raises(UsageError):
            read("nr,was\n1,Becher\n", mapping=mapping)


def test_a_mapping_changes_a_known_format():
    data = "Handle,Title,Vendor,Variant Price,Warehouse remark\na,Mug,Acme,1,Soft shell\n"
    (row,) = listings(data, mapping={"Warehouse remark": "bullets"})
    assert [t.value for t in row.texts if t.field == "bullets"] == ["Soft shell"]


def test_the_header_is_never_a_listing():
    items = read("Preface of the export,,\nsku,title,brand\nA,Mug,x\nsku,title,brand\nB,Cup,y\n")
    assert [i.id for i in items if isinstance(i, Listing)] == ["A", "B"]


def test_columns_with_words_that_are_not_read_are_told_once():
    items = read("sku,title,remark,price,when\nA,Mug,keep dry,1.00 EUR,2026-01-02\nB,Cup,keep cool,2,2026-01-02\n")
    assert [i.columns for i in items if isinstance(i, Note)] == [("remark",)]


def test_a_column_of_picture_addresses_is_read_whatever_it_is_called():
    (row,) = listings("sku,title,foto voor\nA,Mug,https://x.example/a.jpg?v=1\n")
    assert [p.url for p in row.pictures] == ["https://x.example/a.jpg?v=1"]


def test_a_table_that_nobody_can_tell_is_refused():
    with pytest.raises(UnreadableError, match="mapping"):
        read("foo,bar\n1,2\n")


def test_a_product_with_too_many_texts_is_a_gap(monkeypatch):
    monkeypatch.setattr("listing_preflight.readers.draft.MOST_TEXTS", 10)
    rows = "".join(f"a,,,C{n}\n" for n in range(30))
    (row,) = listings("Handle,Title,Vendor,Option1 Value\na,Mug,x,\n" + rows)
    assert [g.kind for g in row.gaps] == ["over-limit"]
    assert len(row.texts) == 10


def test_shopify_handles_that_return_later_are_told_apart_by_row():
    rows = listings("Handle,Title,Vendor\na,Mug,x\nb,Cup,x\na,Mug again,x\n")
    assert [(r.id, r.origin.row) for r in rows] == [("a", 2), ("b", 3), ("a", 4)]


def test_a_woocommerce_variation_without_its_parent_is_a_listing():
    header = "ID,Type,SKU,Name,Is featured?,Regular price,Parent\n"
    rows = listings(header + "1,simple,A,Mug,0,3,\n2,variation,B-1,Cup - Red,0,3,GONE\n")
    assert sorted(r.id for r in rows) == ["A", "B-1"]


def test_products_that_wait_for_variations_are_bounded(monkeypatch):
    monkeypatch.setattr("listing_preflight.readers.tables.WAITING", 5)
    header = "ID,Type,SKU,Name,Is featured?,Regular price,Parent\n"
    rows = listings(header + "".join(f"{n},variable,S{n},Mug {n},0,3,\n" for n in range(50)))
    assert [r.id for r in rows] == [f"S{n}" for n in range(50)]


def test_amazon_reports_quote_nothing_and_rows_may_be_short():
    text = 'item-name\titem-description\tlisting-id\tseller-sku\tprice\nMug "XL" 9\tBig\t1\tA\t2\nCup\t\t2\tB\n'
    first, second = listings(text)
    assert first.first("title") == 'Mug "XL" 9'
    assert not second.gaps
    assert dict(first.facts) == {"item_id": "1"}


def test_a_site_that_the_format_assumes_gives_way_to_the_users():
    data = "TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,IMAGE1,IMAGE2,IMAGE3,VARIATION 1 TYPE\nMug,Big,1,EUR,,,,\n"
    assert listings(data)[0].marketplace == "etsy.com"
    assert listings(data, marketplace_told=True)[0].marketplace is None


def test_the_reason_for_a_format_is_told():
    source = bytes_source(b"Handle,Title,Vendor\na,Mug,x\n", "x.csv")
    choice = choose(source, ReadOptions())
    assert choice.format.name == "shopify"
    assert "Handle" in choice.reason


def test_endless_lines_and_cells_are_over_the_limit(monkeypatch, tmp_path):
    from listing_preflight.readers.catalog import read_path

    monkeypatch.setattr("listing_preflight.readers.source.MAX_LINE", 300_000)
    path = tmp_path / "long.csv"
    path.write_bytes(b"sku,title\nA,Mug\nB," + b"x" * 1_000_000 + b"\nC,Cup\n")
    items = list(read_path(path, "long.csv", ReadOptions()))
    assert [i.kind for i in items if isinstance(i, Gap)] == ["over-limit"]


def test_a_cell_of_ten_megabytes_is_read():
    (row,) = listings("sku,title,description\nA,Mug," + "word " * 2_000_000 + "\n")
    assert len(row.first("description")) == 10_000_000


def test_a_file_that_grows_while_it_is_read_is_told(tmp_path):
    from listing_preflight.readers.catalog import read_path

    path = tmp_path / "grows.csv"
    path.write_text("sku,title\n" + "".join(f"{n},Mug {n}\n" for n in range(100)), "utf-8")
    seen = []
    for item in read_path(path, "grows.csv", ReadOptions()):
        seen.append(item)
        if len(seen) == 1:
            with path.open("a", encoding="utf-8") as out:
                out.write("later,Cup\n")
    assert [i.kind for i in seen if isinstance(i, Gap)] == ["changed"]
    assert sum(isinstance(i, Listing) for i in seen) == 100


@pytest.mark.parametrize(
    "text",
    [
        "Our Nike shoes are new,\nplease mind the photo, description\n",
        "Nike shoes for you, cheap\nThanks, description\nWe sell Lego, all new\n",
        "Some words about our Nike shoes, brand\n",
        "Dear team, our Nike shoes:\ntitle, description, brand\n",
    ],
)
def test_a_letter_with_a_word_that_columns_have_is_no_table(preflight, tmp_path, marks, text):
    path = tmp_path / "letter.txt"
    path.write_text(text)
    ran = preflight("scan", path, "-w", marks, "-f", "jsonl")
    gap = json.loads(ran.out.splitlines()[1])
    assert (ran.code, gap["type"], gap["kind"]) == (3, "gap", "unsupported")
    assert "of no format that can be read" in gap["detail"]


def test_a_table_of_which_no_text_is_read_is_not_checked(preflight, tmp_path, marks):
    path = tmp_path / "goods.csv"
    path.write_text("remark,colour\nNike shoes,red\nwooden jug,blue\n")
    ran = preflight("scan", path, "-w", marks, "-f", "jsonl")
    kinds = [json.loads(line).get("kind") for line in ran.out.splitlines()]
    assert (ran.code, kinds.count("unsupported")) == (3, 1)
    assert "remark" in ran.err
    mapping = tmp_path / "columns.yaml"
    mapping.write_text("remark: title\n")
    assert (
        preflight("scan", path, "-w", marks, "-f", "jsonl", "--mapping", mapping, "--marketplace", "amazon.com").code
        == 1
    )


@pytest.mark.parametrize("text", ["title\nNike shoes\n", "sku,title,remark\n1,Nike shoes,for all who run\n"])
def test_one_column_that_is_known_is_enough(preflight, tmp_path, marks, text):
    path = tmp_path / "goods.csv"
    path.write_text(text)
    assert preflight("scan", path, "-w", marks, "--marketplace", "amazon.com").code == 1


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\x00\x00", b"\xef\xbb\xbf \r\n"])
def test_a_file_with_the_mark_of_an_encoding_alone_is_empty(preflight, tmp_path, marks, data):
    (tmp_path / "in.csv").write_bytes(data)
    assert preflight("scan", tmp_path / "in.csv", "-w", marks).code == 5
