"""The same lines as a scan of the same listings, whatever the partitions; nothing is lost, and what cannot go on is told first."""

import datetime
import json

import pytest

from listing_preflight.errors import PreflightError
from tests.conftest import MARKS, listing

pa = pytest.importorskip("pyarrow", reason="needs the spark extra")
DAY = "2026-11-29"
SHOP = "We ship every order of our shop, NIKE and LEGO too, from our own store."
ROWS = [
    {
        **listing(f"NIKE dupe shoes {n}" if n % 3 else f"Lego bricks {n}", id=f"S{n}" if n % 7 else None),
        "bullets": ["soft", f"made for runners {n}"], "description": f"<p>Apple pie dish number {n}.</p><p>{SHOP}</p>" if n % 2 else "Plain.",
        "attributes": {"color": "red", "look": "Veltora" if n == 5 else None}, "images": [{"text": "NIKE"}] if n == 4 else [],
        "seller": {"own_brands": ["Lego"] if n == 9 else [], "authorised": ["Zorvexa"] if n == 9 else []},
    }
    for n in range(60)
]  # fmt: skip
ROWS[11] = {"id": "empty"}


@pytest.fixture
def shop(tmp_path):
    """A folder of Parquet files in folders, as a lake has them, and the lists."""
    from pyarrow import parquet

    everything = pa.table({k: [r.get(k) for r in ROWS] for k in ROWS[0]})
    for number, (folder, first) in enumerate([("day=1", 0), ("day=1", 20), ("day=2", 40)]):
        place = tmp_path / "shop" / folder / f"part-{number}.parquet"
        place.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(everything.slice(first, 20), place, row_group_size=7)
    (tmp_path / "marks.yaml").write_text(MARKS, "utf-8")
    return tmp_path


def local(preflight, place, *extra):
    found = preflight(
        "scan", place / "shop", "-w", place / "marks.yaml", "-f", "jsonl", "--no-progress", "--date", DAY, *extra
    )
    return found.out.splitlines()


def options(place):
    return {"lists": [place / "marks.yaml"], "day": datetime.date.fromisoformat(DAY), "root": str(place / "shop")}


@pytest.fixture
def cut(spark):
    """Sets the most bytes of a file that one partition reads; as it was afterwards."""
    name = "spark.sql.files.maxPartitionBytes"
    was = spark.conf.get(name)
    yield lambda size: spark.conf.set(name, str(size))
    spark.conf.set(name, was)


@pytest.mark.parametrize("size", [128 << 20, 1024], ids=["whole files", "row groups apart"])
def test_the_lines_are_those_of_a_scan(spark, shop, preflight, cut, size):
    from listing_preflight.spark import read, scan, summary

    cut(size)
    frame = read(spark, str(shop / "shop"))
    told = scan(frame, **options(shop), keep=["day"])
    mine = sorted(row["line"] for row in told.select("line").collect())
    run, *theirs, end = local(preflight, shop)
    assert json.loads(run)["type"] == "run"
    assert mine == sorted(theirs)
    assert any('"shop"' in one for one in mine)
    counts = summary(told, frame)
    expected = json.loads(end)
    assert (counts.pop("rows_in"), counts.pop("rows_out")) == (60, 60)
    assert counts == {k: v for k, v in expected.items() if k in counts}
    assert counts["gaps"] == 1
    assert counts["complete"] is False


def test_options_and_columns_say_what_the_line_says(spark, shop):
    from listing_preflight.spark import read, scan

    (shop / "seller.yaml").write_text("own_marks:\n  - {name: Lego}\n")
    sites = ["amazon.de", "amazon.com"]
    told = scan(
        read(spark, str(shop / "shop")).drop("marketplace"), **options(shop), marketplaces=sites, seller=shop / "seller.yaml", explain=True,
    ).collect()  # fmt: skip
    for row in told:
        line = json.loads(row["line"])
        assert row["type"] == line["type"]
        assert [f["fingerprint"] for f in row["findings"]] == [f["fingerprint"] for f in line.get("findings", [])]
        assert (row["source_file"], row["source_row"]) == (line["source"]["file"], line["source"]["row"])
    listings = [row for row in told if row["type"] == "listing"]
    assert {row["marketplace"] for row in listings} == set(sites)
    assert sum(row["first"] for row in told) == len(ROWS)
    assert any("dropped" in json.loads(row["line"]) for row in listings)


def test_a_flat_table_without_places(spark, shop):
    from listing_preflight.spark import scan

    rows = [
        ("A", "NIKE dupe shoes", "red", "x.jpg"),
        (None, "Lego", None, None),
        ("B", None, None, None),
        ("C", "Bag", "Veltora", ""),
    ]
    frame = spark.createDataFrame(rows, "sku string, name string, colour string, picture string")
    told = scan(
        frame, lists=[shop / "marks.yaml"], mapping={"sku": "id", "name": "title", "colour": "attributes.color", "picture": "images"},
        images=False, name="goods", keep=["colour"],
    ).collect()  # fmt: skip
    by_type = [(row["type"], row["id"], row["colour"], row["source_file"]) for row in told]
    assert sorted(by_type, key=str) == sorted(
        [
            ("listing", "A", "red", "goods"),
            ("gap", None, None, "goods"),
            ("gap", None, None, "goods"),
            ("listing", "C", "Veltora", "goods"),
        ],
        key=str,
    )
    assert {g["detail"] for row in told if row["type"] == "gap" for g in row["gaps"]} == {
        "id: is null, and the row has no place to be named by", "a listing needs at least one text or image",
    }  # fmt: skip


def test_maps_are_attributes(spark, shop):
    from listing_preflight.spark import scan

    frame = spark.createDataFrame(
        [("A", "Bag", {"look": "Veltora"})], "id string, title string, attributes map<string,string>"
    )
    (row,) = scan(frame, lists=[shop / "marks.yaml"]).collect()
    assert [f["mark"]["id"] for f in row["findings"]] == ["veltora"]


def test_an_empty_table_and_partitions_of_one_row(spark, shop):
    from listing_preflight.spark import scan, summary

    frame = spark.createDataFrame([(f"S{n}", "NIKE dupe") for n in range(3)], "id string, title string").repartition(3)
    assert scan(frame, lists=[shop / "marks.yaml"]).count() == 3
    nothing = frame.where("id = 'none'")
    told = summary(scan(nothing, lists=[shop / "marks.yaml"]), nothing)
    assert (told["rows_in"], told["rows_out"], told["listings"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("columns", "row", "extra", "said"),
    [
        ("id string, title array<string>", ("A", ["x"]), {}, "column title: is of type array"),
        (
            "id string, title string, images string",
            ("A", "x", "y"),
            {},
            "column images: is of type string. Cast it to array",
        ),
        ("id binary, title string", (b"A", "x"), {}, "column id: is of type binary"),
        ("sku string, price double", ("A", 1.0), {}, "no column of a listing among sku, price"),
        (
            "id string, title string",
            ("A", "x"),
            {"mapping": {"name": "title"}},
            "mapping name: the table has no such column; it has id, title",
        ),
        ("id string, title string", ("A", "x"), {"keep": ["day"]}, "keep day: the table has no such column"),
        ("id string, title string", ("A", "x"), {"keep": ["id"]}, "keep id: verdicts have a column of that name"),
        ("id string, title string", ("A", "x"), {"shared_lists": True}, "must be one compiled file"),
    ],
)
def test_what_cannot_be_read_is_told_before_the_job(spark, shop, columns, row, extra, said):
    from listing_preflight.spark import scan

    with pytest.raises(PreflightError) as told:
        scan(spark.createDataFrame([row], columns), lists=[shop / "marks.yaml"], **extra)
    assert said in str(told.value)


def test_a_worker_with_other_versions_or_lists_is_named_before_the_job(spark, shop, monkeypatch):
    from listing_preflight.spark import job, scan, trial

    frame = spark.createDataFrame([("A", "x")], "id string, title string")
    for at, name in enumerate(["Python", "PySpark", "listing-preflight", "way of folding names"]):
        own = list(trial._own())
        own[at] = "9.9"
        with monkeypatch.context() as patched:
            patched.setattr(trial, "_own", lambda own=own: tuple(own))
            with pytest.raises(PreflightError, match=f"worker .*: has another {name}"):
                scan(frame, lists=[shop / "marks.yaml"])
    with monkeypatch.context() as patched:
        patched.setattr(job, "_lists", lambda *_, **__: (made(shop), False))
        patched.setattr(job, "Compiled", lambda _: type("C", (), {"digest": "other"}))
        with pytest.raises(PreflightError, match="has other lists than the driver"):
            scan(frame, lists=[shop / "marks.yaml"])


def made(shop):
    from listing_preflight.watchlists.index import compile_lists

    return compile_lists([shop / "marks.yaml"], shop / "marks.lcx").path


def test_a_compiled_list_of_another_version_or_not_there_is_told(spark, shop):
    from listing_preflight.spark import scan

    frame = spark.createDataFrame([("A", "NIKE dupe")], "id string, title string")
    file = made(shop)
    assert scan(frame, lists=[file], shared_lists=True).collect()[0]["decision"] == "review"
    data = file.read_bytes()
    file.write_bytes(data[:8] + b"\x63" + data[9:])
    with pytest.raises(PreflightError, match=r"marks\.lcx"):
        scan(frame, lists=[file], shared_lists=True)
    file.write_bytes(data[: len(data) // 2])
    with pytest.raises(PreflightError, match=r"marks\.lcx"):
        scan(frame, lists=[file], shared_lists=True)


def test_files_are_named_and_ordered_as_a_scan_walks_them(tmp_path):
    from listing_preflight.spark.tables import places

    counts = {
        f"file:{tmp_path}/shop/{name}": 10 for name in ("b/x.parquet", "z.parquet", "a%20b/y.parquet", "b/c/w.parquet")
    }
    found = places(counts, str(tmp_path / "shop"))
    assert [(p.shown, p.before) for p in found.values()] == [
        ("shop/z.parquet", 0), ("shop/a b/y.parquet", 10), ("shop/b/x.parquet", 20), ("shop/b/c/w.parquet", 30),
    ]  # fmt: skip
