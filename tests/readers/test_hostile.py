"""Bombs, locks, wrong endings, archives in archives: bounded, told with their place, the rest is read."""

import datetime
import gzip
import io
import zipfile

import openpyxl
import pytest

from listing_preflight.model.listing import Gap, Listing, Note
from listing_preflight.readers.options import ReadOptions
from tests.readers.reading import read_file


def book(rows, after=None):
    made = openpyxl.Workbook()
    made.active.title = "Products"
    for row in rows:
        made.active.append(row)
    if after:
        after(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


ROWS = [["SKU", "Title", "Brand"], ["A", "Mug", "Acme"], ["B", "Cup", "Acme"]]


@pytest.fixture
def put(tmp_path):
    def write(name, data):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write


def kinds(items):
    return [i.kind for i in items if isinstance(i, Gap)]


def ids(items):
    return [i.id for i in items if isinstance(i, Listing)]


def test_what_a_file_is_called_does_not_matter(put):
    for name in ("a.csv", "b.txt", "c.json", "d"):
        assert ids(read_file(put(name, book(ROWS)))) == ["A", "B"]


def test_a_workbook_with_a_password_says_so(put):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    (gap,) = read_file(put("x.xlsx", data))
    assert (gap.kind, "password" in gap.detail) == ("unsupported", True)


def test_formulas_without_a_value_dates_and_merged_cells(put):
    def change(made):
        sheet = made.active
        sheet["B2"] = '=CONCATENATE("M","ug")'
        sheet["B3"] = datetime.datetime(2026, 5, 1)  # noqa: DTZ001 - as a spreadsheet holds it
        sheet.append(["C", "Jug", None])
        sheet.merge_cells("C3:C4")

    items = [i for i in read_file(put("x.xlsx", book(ROWS, change))) if isinstance(i, Listing)]
    assert "formula" in items[0].gaps[0].detail
    assert "date" in items[1].gaps[0].detail
    assert items[1].first("title").startswith("2026-05-01")
    assert [i.first("brand") for i in items] == ["Acme", "Acme", "Acme"]


def test_sheets_of_one_workbook_and_the_one_that_is_asked_for(put):
    def change(made):
        for name, row in (("More", ["D", "Pot", "Acme"]), ("Notes", None)):
            sheet = made.create_sheet(name)
            for cells in [["SKU", "Title", "Brand"], row] if row else [["Words about the shop"]]:
                sheet.append(cells)

    path = put("x.xlsx", book(ROWS, change))
    items = read_file(path)
    assert ids(items) == ["A", "B", "D"]
    assert [i.origin.sheet for i in items if isinstance(i, Note)] == ["Notes"]
    assert ids(read_file(path, sheet="More")) == ["D"]
    assert ids(read_file(path, sheet="1")) == ["A", "B"]


def test_a_sheet_that_is_not_there_is_a_usage_error(put, preflight, marks):
    path = put("x.xlsx", book(ROWS))
    result = preflight("scan", path, "-w", marks, "--sheet", "Gone")
    assert result.code == 2
    assert "Products" in result.err


def test_a_sheet_that_unpacks_to_far_more_is_over_the_limit(put, monkeypatch):
    monkeypatch.setattr("listing_preflight.readers.carriers.zips.RATIO_FROM", 1 << 16)
    rows = b"".join(b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>' % (n, n) for n in range(1, 60))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(ROWS))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", b" " * 30_000_000 + rows + b"</sheetData>")
            new.writestr(name, data)
    assert kinds(read_file(put("bomb.xlsx", out.getvalue()))) == ["over-limit"]


def test_a_million_columns_or_rows_that_are_said_to_be_there_cost_nothing(put):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(ROWS))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:XFD1048576"')
            new.writestr(name, data)
    assert ids(read_file(put("x.xlsx", out.getvalue()))) == ["A", "B"]


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


CSV = b"sku,title,image\nA,Mug,1.jpg\n"


def test_an_archive_is_read_like_a_folder(put):
    items = read_file(put("x.zip", packed(**{"shop__a.csv": CSV, "shop__1.jpg": b"x", "b.xlsx": book(ROWS[:2])})))
    assert sorted(ids(items)) == ["A", "A"]
    (with_picture,) = [i for i in items if isinstance(i, Listing) and i.pictures]
    assert with_picture.pictures[0].path == "1.jpg"
    assert {i.origin.file for i in items if isinstance(i, Listing)} == {"x.zip/shop/a.csv", "x.zip/b.xlsx"}


def test_entries_that_lead_out_links_and_encrypted_ones_are_gaps(put):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ok.csv", CSV)
        archive.writestr("../evil.csv", CSV)
        archive.writestr("/abs.csv", CSV)
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    items = read_file(put("x.zip", out.getvalue()))
    assert ids(items) == ["A"]
    assert len(kinds(items)) == 3


def test_archives_in_archives_end(put):
    data = packed(**{"a.csv": CSV})
    for _ in range(5):
        data = packed(**{"in.zip": data})
    assert kinds(read_file(put("x.zip", data))) == ["over-limit"]


def test_too_many_entries_and_too_much_are_over_the_limit(put, monkeypatch):
    monkeypatch.setattr("listing_preflight.readers.carriers.zips.MAX_ENTRIES", 3)
    assert kinds(read_file(put("x.zip", packed(**{f"{n}.csv": CSV for n in range(9)})))) == ["over-limit"]
    monkeypatch.setattr("listing_preflight.readers.archives.MAX_TOTAL", 1 << 16)
    assert kinds(read_file(put("x.csv.gz", gzip.compress(b"0" * (1 << 22))))) == ["over-limit"]


def test_gzip_of_an_export(put):
    assert ids(read_file(put("x.csv.gz", gzip.compress(CSV)))) == ["A"]
    assert kinds(read_file(put("y.csv.gz", gzip.compress(CSV * 1000)[:-20]))) == ["unreadable"]


def test_without_its_library_a_format_is_a_gap_that_names_the_extra(put, monkeypatch):
    import sys

    for name in ("openpyxl", "lxml", "pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    (gap,) = read_file(put("x.xlsx", book_bytes()))
    assert gap.kind == "engine-absent"
    assert "listing-preflight[formats]" in gap.detail


def book_bytes():
    return packed(**{"[Content_Types].xml": b"<x/>", "xl__workbook.xml": b"<x/>"})


def test_options_of_one_run_share_what_was_unpacked(put):
    from listing_preflight.readers.catalog import read_path

    path, options = put("x.zip", packed(**{"a.csv": CSV})), ReadOptions()
    first, second = (list(read_path(path, "x.zip", options)) for _ in range(2))
    assert first == second


def test_several_marketplaces_judge_each_listing_for_each(put, preflight, marks):
    path = put("x.csv", b"sku,title,marketplace\nA,NIKE shoes,\nB,NIKE shoes,etsy.com\n")
    result = preflight(
        "scan", path, "-w", marks, "-f", "jsonl", "--marketplace", "amazon.com", "--marketplace", "amazon.de"
    )
    assert [(row["id"], row["marketplace"]) for row in result.listings] == [
        ("A", "amazon.com"),
        ("A", "amazon.de"),
        ("B", "etsy.com"),
    ]
    assert len({f["fingerprint"] for row in result.listings for f in row["findings"]}) == 3


def test_notes_stand_in_the_report_and_on_standard_error(put, preflight, marks):
    path = put("x.csv", b"sku,title,remark\nA,Mug,keep it dry\n")
    result = preflight("scan", path, "-w", marks, "-f", "jsonl")
    assert result.code == 0
    assert result.rows[-1]["notes"] == [
        {
            "source": {"file": "x.csv", "row": None, "sheet": None},
            "detail": result.rows[-1]["notes"][0]["detail"],
            "columns": ["remark"],
        }
    ]
    assert "remark" in result.err
    assert "remark" in preflight("scan", path, "-w", marks).out
    assert "keep it dry" in preflight("doctor", path).out


def test_doctor_names_an_encoding_where_it_is_one(put, preflight):
    told = preflight("doctor", put("x.csv", b"sku,title\nA,Mug\n")).out
    assert told.startswith("x.csv: delimited table or sheet with a header, utf-8; ")
    told = preflight("doctor", put("x.xlsx", book(ROWS))).out
    assert told.startswith("x.xlsx: delimited table or sheet with a header; ")


def test_a_key_that_stands_twice_is_told(preflight, tmp_path, marks):
    """All but the last value would go unseen, in a file and at the gate."""
    text = '{"id": "x", "title": "Nike running shoes", "title": "ceramic cup"}'
    (tmp_path / "l.jsonl").write_text(text + "\n", "utf-8")
    found = preflight("scan", tmp_path / "l.jsonl", "-w", marks, "-f", "jsonl")
    assert [(r["kind"], "title: stands twice" in r["detail"]) for r in found.rows if r["type"] == "gap"] == [
        ("bad-row", True)
    ]
    assert (found.code, preflight("gate", "-w", marks, stdin=text.encode()).code) == (3, 2)


def test_escapes_of_the_workbook_format_are_read_as_what_they_stand_for(put):
    def change(made):
        made.active["B2"] = "_x005A_orvane_x000D_ mug, size_x_y"

    (first, *_) = [i for i in read_file(put("x.xlsx", book(ROWS, change))) if isinstance(i, Listing)]
    assert first.first("title") == "Zorvane\r mug, size_x_y"


def test_a_row_without_text_says_what_else_is_wrong_in_it(put):
    def change(made):
        made.active["B2"] = '=HYPERLINK("http://x.example","Mug")'
        made.active["C2"] = None

    (gap, *_) = [i for i in read_file(put("x.xlsx", book(ROWS, change))) if isinstance(i, Gap)]
    assert gap.detail.startswith("no text and no picture in this row; a formula without a stored value")
