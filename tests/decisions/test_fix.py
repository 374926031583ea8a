"""The corrected copy: accepted cells change, all else stays; nothing is written that was not judged again."""

import csv
import io
import json
import os
import re
import stat
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.cli import fixing
from listing_preflight.decisions.fixing import changes
from listing_preflight.errors import UsageError

LIST = "marks:\n  - {id: quellar, name: Quellar, common_word: false, classes: [9], territories: [US], status: registered}\n"
BAD = "Quellar 12 Pro Case Shockproof"
GOOD = "Glintcase Case Shockproof, compatible with Quellar 12 Pro"
SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Variant Price\r\n"
    f'a,{BAD},"<p>Größe ""L"", clear</p>",Glintcase,Phone Cases,clear,1.00\r\n'
    "a,,,,,,2.00\r\n\r\n"
    'b,"Möwe, clear case",,Glintcase,Phone Cases,"slim, quellar",3'
)


@pytest.fixture
def fix(preflight, tmp_path):
    (tmp_path / "marks.yaml").write_text(LIST)

    def run(name, content, *extra, accept=("safe",)):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = tmp_path / f"out-{name}"
        args = [x for a in accept for x in ("--accept", a)]
        result = preflight(
            "fix", file, "-o", out, *args, "-w", tmp_path / "marks.yaml", "--marketplace", "ebay.com", *extra
        )
        return result, (out.read_bytes() if out.exists() else None)

    return run


def lines_that_differ(before, after):
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    assert len(old) == len(new)
    return [n for n, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_changes_the_accepted_cells_and_no_other_byte(fix, encoding):
    data = SHOPIFY.encode(encoding)
    result, out = fix("shop.csv", data)
    assert result.code == 0, result.err
    text = out.decode(encoding)
    assert text.replace(f'"{GOOD}"', BAD).replace('"slim"', '"slim, quellar"') == SHOPIFY
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[1][1] == GOOD
    if encoding != "utf-16":
        assert lines_that_differ(data, out) == [2, 5]


def test_the_change_list_names_each_cell(fix, tmp_path):
    fix("shop.csv", SHOPIFY)
    changes = json.loads((tmp_path / "out-shop.csv.changes.json").read_text())["changes"]
    assert [(c["row"], c["column"], c["field"], c["mark"]) for c in changes] == [
        (2, "Title", "title", "Quellar"),
        (5, "Tags", "search_terms", "Quellar"),
    ]
    rows = list(csv.DictReader((tmp_path / "out-shop.csv.changes.csv").read_text("utf-8").splitlines()))
    assert [r["after"] for r in rows] == [c["after"] for c in changes]


def test_ids_take_single_rewrites(fix, tmp_path):
    fix("shop.csv", SHOPIFY)
    changes = json.loads((tmp_path / "out-shop.csv.changes.json").read_text())["changes"]
    title = next(c["rewrite"] for c in changes if c["field"] == "title")
    _, out = fix("shop.csv", SHOPIFY, accept=(title,))
    assert out.decode() == SHOPIFY.replace(BAD, f'"{GOOD}"')


def test_an_unknown_id_is_a_usage_error_and_nothing_is_written(fix):
    result, out = fix("shop.csv", SHOPIFY, accept=("rw-0",))
    assert (result.code, out) == (2, None)
    assert "Rewrites offered now: rw-" in result.err


def test_a_report_of_amazon_stays_unquoted(fix):
    text = f'item-name\tseller-sku\titem-note\n{BAD}\tA\t9" wide\nCase "XL"\tB\t\n'
    _, out = fix("report.txt", text, "--marketplace", "amazon.com")
    assert out.decode() == text.replace(BAD, "Case Shockproof, compatible with Quellar 12 Pro")


def test_json_lines_keep_their_spaces_escapes_and_order(fix):
    text = '{"id": "1",  "x": 1.50, "brand":"Glintcase", "category": "Phone Cases", "title" : "BAD"}\n{"id":"2","title":"M\\u00f6we clear case"}\n'.replace(
        "BAD", BAD
    )
    _, out = fix("x.jsonl", text)
    assert out.decode() == text.replace(BAD, GOOD)


def test_json_documents_change_inside_their_lists(fix):
    feed = {"header": {"sellerId": "A"}, "messages": [{"sku": "A", "productType": "PHONE_CASE", "attributes": {
        "item_name": [{"value": BAD, "marketplace_id": "ATVPDKIKX0DER"}], "brand": [{"value": "Glintcase"}], "item_type_keyword": [{"value": "Phone Cases"}]}}]}  # fmt: skip
    text = json.dumps(feed, indent=3)
    _, out = fix("feed.json", text)
    assert out.decode() == text.replace(BAD, GOOD)
    _, out = fix("feed.json", json.dumps(feed))
    assert out.decode() == json.dumps(feed).replace(BAD, GOOD)


def test_xml_changes_text_and_cdata_and_keeps_raw_ampersands(fix):
    head = '<rss xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
    item = f"<item><g:id>1</g:id>\n<title>{BAD}</title>\n<g:brand>Glintcase</g:brand><g:product_type>Phone Cases</g:product_type><link>http://x?a=1&b=2</link></item>\n"
    other = f"<item><g:id>2</g:id>\n<g:title><![CDATA[{BAD}]]></g:title>\n<g:brand>Glintcase</g:brand><g:product_type>Phone Cases</g:product_type></item>\n"
    text = head + item + other + "</channel></rss>\n"
    result, out = fix("feed.xml", text)
    assert result.code == 0, result.err
    assert out.decode() == text.replace(BAD, GOOD)


def book(rows):
    out = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.title = "Template"
    for row in rows:
        made.active.append(row)
    made.create_sheet("Other").append(["Words that stay"])
    made.save(out)
    return out.getvalue()


def test_a_workbook_changes_in_its_cells_and_its_other_parts_stay(fix):
    data = book(
        [
            ["SKU", "Title", "Brand", "Category"],
            ["A", BAD, "Glintcase", "Phone Cases"],
            ["B", "Clear case", "Glintcase", "Phone Cases"],
        ]
    )
    result, out = fix("book.xlsx", data)
    assert result.code == 0, result.err
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(out)) as new:
        assert old.namelist() == new.namelist()
        assert [n for n in old.namelist() if old.read(n) != new.read(n)] == ["xl/worksheets/sheet1.xml"]
    cells = [[c.value for c in row] for row in openpyxl.load_workbook(io.BytesIO(out))["Template"]]
    assert cells[1] == ["A", GOOD, "Glintcase", "Phone Cases"]
    assert cells[2] == ["B", "Clear case", "Glintcase", "Phone Cases"]


def test_rows_of_one_product_that_repeat_a_title_all_change(fix):
    header = (
        "category,brand,product_name,package_weight(g),property_name_1,property_value_1,price,seller_sku,main_image\n"
    )
    rows = "".join(f"Phone Cases,Glintcase,{BAD},9,Color,{c},5,S-{c},https://x/{c}.jpg\n" for c in ("Red", "Blue"))
    result, out = fix("tiktok.csv", header + rows)
    assert result.code == 0, result.err
    assert out.decode() == header + rows.replace(BAD, f'"{GOOD}"')


def test_what_cannot_be_written_back_is_refused_before_anything_is_written(fix):
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = io.BytesIO()
    pq.write_table(pa.table({"id": ["1"], "title": [BAD]}), data)
    result, out = fix("x.parquet", data.getvalue())
    assert (result.code, out) == (2, None)


def test_a_text_that_the_encoding_cannot_write_is_refused(fix, monkeypatch):
    from listing_preflight.judging import rewrite

    monkeypatch.setattr(rewrite, "_fitted", lambda *_: "Glintcase 手机壳 case, compatible with Quellar 12 Pro")
    text = SHOPIFY.encode("cp1252")
    result, out = fix("shop.csv", text)
    assert (result.code, out) == (3, None)
    assert "cannot be written" in result.err


def test_a_copy_that_is_worse_is_refused(fix, monkeypatch):
    from listing_preflight.decisions.fixing import copies

    def worse(*given):
        given[-1].write(SHOPIFY.replace("Möwe, clear case", "Quellar phone").encode())

    monkeypatch.setattr(copies, "write", worse)
    result, out = fix("shop.csv", SHOPIFY)
    assert (result.code, out) == (2, None)
    assert "Nothing was written" in result.err


@pytest.mark.usefixtures("fix")
def test_the_original_is_never_replaced(tmp_path, preflight):
    file = tmp_path / "shop.csv"
    file.write_bytes(SHOPIFY.encode())
    assert preflight("fix", file, "-o", file, "--accept", "safe", "-w", tmp_path / "marks.yaml").code == 2
    assert file.read_bytes() == SHOPIFY.encode()


def test_hostile_cells_are_no_formulas_in_the_change_list(fix, tmp_path):
    text = SHOPIFY.replace("a,Quellar", "=cmd|x,Quellar").replace("\na,,", "\n=cmd|x,,")
    fix("shop.csv", text)
    rows = list(csv.reader((tmp_path / "out-shop.csv.changes.csv").read_text("utf-8").splitlines()))
    assert all(not c.startswith("=") for row in rows for c in row)


def refused(fix, tmp_path, said):
    result, _ = fix("shop.csv", SHOPIFY)
    assert result.code == 2
    assert said in result.err
    assert not list(tmp_path.glob(".*"))


def test_a_copy_onto_a_link_goes_where_the_link_leads(fix, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there/old.csv").write_text("old")
    (tmp_path / "out-shop.csv").symlink_to("there/old.csv")
    result, out = fix("shop.csv", SHOPIFY)
    assert result.code == 0, result.err
    assert (tmp_path / "out-shop.csv").is_symlink()
    assert (tmp_path / "there/old.csv").read_bytes() == out != b"old"


def test_a_copy_onto_a_link_to_the_original_is_refused(fix, tmp_path):
    (tmp_path / "out-shop.csv").symlink_to("shop.csv")
    refused(fix, tmp_path, "replace its original")
    assert (tmp_path / "shop.csv").read_bytes() == SHOPIFY.encode()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_copy_into_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "out.csv")
    (tmp_path / "shop.csv").write_text(SHOPIFY)
    with pytest.raises(UsageError, match="pipe or device"):
        fixing._check(tmp_path / "shop.csv", tmp_path / "out.csv")


def test_the_mode_of_a_copy_is_kept_and_a_new_one_has_the_usual(fix, tmp_path):
    fix("new.csv", SHOPIFY)
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((tmp_path / "out-new.csv").stat().st_mode) == 0o666 & ~umask
    (tmp_path / "out-shop.csv").write_text("old")
    (tmp_path / "out-shop.csv").chmod(0o600)
    fix("shop.csv", SHOPIFY)
    assert stat.S_IMODE((tmp_path / "out-shop.csv").stat().st_mode) == 0o600


def test_what_is_written_is_synced_before_it_takes_its_place(fix, tmp_path, monkeypatch):
    done = []
    sync, move = os.fsync, type(tmp_path).replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), sync(handle))[1])
    monkeypatch.setattr(type(tmp_path), "replace", lambda a, b: (done.append(b.name), move(a, b))[1])
    fix("shop.csv", SHOPIFY)
    assert [n for n in done if n.startswith("out-")] == [
        "out-shop.csv.changes.csv",
        "out-shop.csv.changes.json",
        "out-shop.csv",
    ]
    assert done[0] == "sync"
    assert done[done.index("out-shop.csv") - 1] == "sync"


def test_a_full_disk_leaves_the_old_copy(fix, tmp_path, monkeypatch):
    (tmp_path / "out-shop.csv").write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(fix, tmp_path, "No space left")
    assert (tmp_path / "out-shop.csv").read_text() == "old"
    assert not (tmp_path / "out-shop.csv.changes.csv").exists()


FOUR = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags\n"
    f"a,{BAD},,Glintcase,Phone Cases,clear\nb,Quellar phone case gift,Quellar is best,Glintcase,Phone Cases,clear\n"
)


def test_what_became_of_the_findings_is_told(fix):
    result, _ = fix("shop.csv", FOUR)
    assert "1 cell changed; written" in result.err
    assert "     1  mended" in result.err
    assert "     1  without a rewrite" in result.err
    result, out = fix("shop.csv", FOUR.replace(BAD, "Clear case"))
    assert "0 cells changed" in result.err
    assert "1 finding:\n     1  without a rewrite" in result.err
    assert out.decode() == FOUR.replace(BAD, "Clear case")
    result, _ = fix("shop.csv", "Handle,Title,Vendor\na,Clear case,Glintcase\n")
    assert "0 findings to mend" in result.err


def test_a_decision_by_the_fingerprint_of_a_scan_holds_for_fix(preflight, tmp_path, monkeypatch):
    """Listings without an id are known by file and row, in both as the file was named."""
    (tmp_path / "marks.yaml").write_text(LIST, "utf-8")
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/in.jsonl").write_text(
        json.dumps({"title": BAD, "brand": "Glintcase", "category": "Phone Cases"}), "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    told = ("-w", "marks.yaml", "--marketplace", "ebay.com")
    (row,) = preflight("scan", "shop/in.jsonl", *told, "-f", "jsonl", "--no-progress").listings
    (found,) = row["findings"]
    copied = preflight("fix", "shop/in.jsonl", "-o", "out.jsonl", "--accept", "safe", *told)
    (change,) = json.loads((tmp_path / "out.jsonl.changes.json").read_text("utf-8"))["changes"]
    assert (change["listing"], change["rewrite"], copied.code) == (row["id"], found["rewrites"][0]["id"], 0)
    why = ("--status", "false match", "--reason", "r", "--author", "a")
    written = preflight(
        "suppress", "shop/in.jsonl", "--suppressions", "d", "--finding", found["fingerprint"], *why, *told
    )
    assert (written.code, "1 decision written" in written.err) == (0, True)
    kept = preflight("fix", "shop/in.jsonl", "-o", "kept.jsonl", "--accept", "safe", "--suppressions", "d", *told)
    assert (kept.code, "0 cells changed" in kept.err, "1  answered by a decision" in kept.err) == (0, True, True)
    assert (tmp_path / "kept.jsonl").read_bytes() == (tmp_path / "shop/in.jsonl").read_bytes()


def of_one_cell(fix, tmp_path, cell):
    """The ids of the rewrites of a cell with tags that names two marks, and what fixes it with both accepted."""
    data = f'Handle,Title,Vendor,Type,Tags,Variant Price\r\nb,Clear case,Glintcase,Phone Cases,"{cell}",3\r\n'
    more = "  - {id: zorvane, name: Zorvane, common_word: false, classes: [9], territories: [US], status: registered}\n"
    (tmp_path / "marks.yaml").write_text(LIST + more)
    refused, _ = fix("shop.csv", data, accept=("none",))
    ids = re.findall(r"rw-\w+", refused.err)
    return ids, fix("shop.csv", data, accept=ids)


def test_two_rewrites_of_one_cell_are_both_made(fix, tmp_path):
    ids, (result, out) = of_one_cell(fix, tmp_path, "slim, quellar, blue, zorvane, red")
    assert result.code == 0, result.err
    assert b'"slim, blue, red"' in out
    assert "     2  mended" in result.err
    (row,) = json.loads((tmp_path / "out-shop.csv.changes.json").read_text())["changes"]
    assert (sorted(row["rewrite"].split()), row["mark"]) == (sorted(ids), "Quellar, Zorvane")


def test_two_rewrites_of_the_same_words_say_so(fix, tmp_path, monkeypatch):
    monkeypatch.setattr(changes, "_changed", lambda before, after: changes._Span(0, len(before), after))
    ids, (result, out) = of_one_cell(fix, tmp_path, "slim, quellar, blue, zorvane, red")
    assert b"quellar, blue, zorvane" in out
    assert all(f"rewrites of the same words were accepted; accept one by id ({one})" in result.err for one in ids)


def test_changes_that_may_stand_at_one_place_are_not_put_together():
    assert changes._joined("reda redb", ["redb", "bluea redb"]) is None


@given(st.text("ab, ", max_size=12), st.data())
def test_changes_that_meet_no_other_are_those_of_each(before, data):
    cut = data.draw(st.integers(0, len(before)))
    left, right = before[:cut], before[cut:]
    first, second = data.draw(st.text("cd", min_size=1)) + left[2:], right[:-2] + data.draw(st.text("ef", min_size=1))
    joined = changes._joined(before, {first + right, left + second})
    assert joined in (None, first + second)
    assert joined is not None or min(len(left), len(right)) < 3
