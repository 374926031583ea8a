"""Registers: exact and joined names in a layer of their own, masks before objects, one finding a name, drops counted."""

import datetime
import json

import pytest
from fuzz.sealed import sealed
from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight.detectors.marks_in_registers import Bound, Registers
from listing_preflight.errors import ListError
from listing_preflight.lookup import ReachedBook, lookup
from listing_preflight.model.mark import Registration
from listing_preflight.storage.mapped import Sections
from listing_preflight.text.fold import folded_key
from listing_preflight.text.naive import NaiveMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists import compile as compiling
from listing_preflight.watchlists.index import compile_lists, open_lists
from listing_preflight.watchlists.read import read_lists
from tests.conftest import MARKS, listing

pytest.importorskip("pyarrow")

DAY = datetime.date(2026, 6, 1)


def registered(office, classes, status="registered", **more):
    return Registration(office=office, number="1", classes=frozenset(classes), status=status, **more)


RECORDS = [
    ("1", "Zorvane", [registered("US", [25], "US:700")]),
    ("2", "ZORVANE", [registered("US", [25])]),
    ("3", "Zorvane", [registered("JP", [25])]),
    ("4", "Quellar Nova", [registered("US", [25], "US:710")]),
    ("5", "Brindlewok", [registered("EM", [7], registered=datetime.date(2010, 1, 1)), registered("US", [25, 28])]),
    ("6", "Apple", [registered("US", [25])]),
    ("7", "Slim Fit", [registered("US", [25])]),
    ("8", "Jardovex", [registered("WO", [25], designated=frozenset({"US"}))]),
    ("9", "Mirquop", [registered("WO", [25], designated=frozenset({"JP"}))]),
    ("10", "Tolbryn Kesk", [registered("US", [9])]),
    ("11", "Vexolar", [registered("US", [25], expires=datetime.date(2020, 1, 1))]),
    ("12", "佐瓦尼", [registered("US", [25])]),
    ("13", "H&M", [registered("US", [25])]),
    ("14", "Pelquist", []),
    ("15", "Wumbrak\nOxley", [registered(None, [25])]),
    ("16", "!!!", [registered("US", [25])]),
    ("17", "Зорвейн", [registered("US", [25])]),
    ("18", "A" * 70 + " Kolvar", [registered("US", [25])]),
]
ALIASES = {"2": ("Zorvana Ltd", "Zorv")}
TEXTS = {
    "Zorvane shoes": {"Zorvane"}, "zorvanes shoes": set(), "ZORVANE": {"Zorvane"}, "quellarnova shoes": set(), "Tolbryn-Kesk": set(),
    "brindlewok": {"Brindlewok"}, "shoes Jardovex and Mirquop": {"Jardovex"}, "Vexolar": set(), "男佐瓦尼鞋": {"佐瓦尼"},
    "shoe by h&m": set(), "H&M shoes": {"H&M"}, "Pelquist shoe": {"Pelquist"}, "wumbrak oxley shoe": {"Wumbrak\nOxley"},
    "Apple shoes": {"Apple"}, "shoes like an apple": set(), "shoes Apple™": {"Apple"}, "Slim Fit shoe": {"Slim Fit"}, "a slim fit": set(),
    "Зорвейн": {"Зорвейн"}, "zorvana ltd shoe": {"Zorvane"}, "zorvanaltd": {"Zorvane"}, "A" * 70 + " kolvar": {"A" * 70 + " Kolvar"},
    "zor vane": set(), "zorvone": set(),
}  # fmt: skip


@pytest.fixture
def large(monkeypatch):
    """Every list of more than two marks is a register."""
    monkeypatch.setattr(compiling, "LARGE", 2)


@pytest.fixture
def parquet(tmp_path):
    from listing_preflight.watchlists.registers.record import Record
    from listing_preflight.watchlists.registers.schema import SCHEMA
    from listing_preflight.watchlists.registers.write import Part

    def make(records=RECORDS, name="us.parquet", date=None):
        path = tmp_path / name
        with Part(path) as part:
            for number, called, rows in records:
                part.add(
                    Record(
                        number,
                        "",
                        called,
                        owner=f"Owner {number}",
                        registrations=tuple(rows),
                        aliases=ALIASES.get(number, ()),
                    )
                )
            part.note(
                {"schema": SCHEMA, "format": "test", "source": "own", "licence": "own", "mapping": None, "date": date, "offices": [],
                 "files": [], "skipped": {}, "tool": "test", "taken": len(records), "replaced": 0}
            )  # fmt: skip
        return path

    return make


@pytest.fixture
def scan_all(preflight, write):
    def run(lists, *rows, extra=()):
        path = write("x.jsonl", *rows)
        named = [a for one in lists for a in ("-w", one)]
        return preflight(
            "scan", path, *named, "-f", "jsonl", "--no-progress", "--no-images", "--date", DAY.isoformat(), *extra
        )

    return run


def found(row):
    return {f["mark"]["name"] for f in row["findings"] if f["mark"]}


def rows():
    return [{**listing(text), "id": str(n), "brand": "Striderly"} for n, text in enumerate(TEXTS)]


@pytest.mark.usefixtures("large")
def test_what_passes_the_masks_is_found_and_nothing_else(scan_all, parquet):
    result = scan_all([parquet()], *rows(), extra=["--explain"])
    assert result.code in (0, 1), result.err
    for text, row in zip(TEXTS, result.listings, strict=True):
        names = {n.replace("ZORVANE", "Zorvane") for n in found(row)}
        assert names == TEXTS[text], (text, row)


@pytest.mark.usefixtures("large")
def test_a_compiled_register_reports_the_same(scan_all, parquet, preflight, tmp_path, marks):
    plain = scan_all([marks, parquet()], *rows(), extra=["--explain"]).out
    assert plain == scan_all([marks, parquet()], *rows(), extra=["--explain", "--no-cache"]).out
    preflight("watchlist", "compile", marks, tmp_path / "us.parquet", "-o", tmp_path / "c.lcx")
    assert scan_all([tmp_path / "c.lcx"], *rows(), extra=["--explain"]).out == plain
    assert scan_all([tmp_path / "c.lcx"], *rows(), extra=["--explain", "--workers", "2"]).out == plain
    preflight("watchlist", "compile", tmp_path / "c.lcx", "-o", tmp_path / "d.lcx")
    assert scan_all([tmp_path / "d.lcx"], *rows(), extra=["--explain"]).out == plain


@pytest.mark.usefixtures("large")
def test_marks_of_a_register_come_back(parquet, tmp_path):
    for date in (None, "2025-01-01"):
        path = parquet(name=f"r{date}.parquet", date=date)
        (one,) = read_lists([path])
        (other,) = compile_lists([path], tmp_path / "c.lcx").lists
        assert tuple(other.marks) == one.marks
        assert (other.name, other.digest, other.rights) == (one.name, one.digest, "official")


@pytest.mark.usefixtures("large")
def test_one_finding_a_name_and_the_others_counted(scan_all, parquet):
    row = scan_all([parquet()], listing("Zorvane shoes")).listings[0]
    (finding,) = row["findings"]
    assert (finding["others"], finding["mark"]["id"]) == (2, "1")


@pytest.mark.usefixtures("large")
def test_a_name_held_by_a_list_and_a_register_is_one_finding(scan_all, parquet, tmp_path):
    (tmp_path / "own.yaml").write_text("marks: [{name: Zorvane, classes: [25], territories: [US], status: registered}]")
    row = scan_all([tmp_path / "own.yaml", parquet()], listing("Zorvane shoes")).listings[0]
    (finding,) = row["findings"]
    assert (finding["mark"]["list"], finding["others"]) == ("own", 3)


@pytest.mark.usefixtures("large")
def test_what_is_dropped_is_counted_and_told(scan_all, parquet):
    told = scan_all([parquet()], *rows(), extra=["--explain"])
    counted = scan_all([parquet()], *rows())
    assert counted.rows[-1]["dropped"] == told.rows[-1]["dropped"] > 0
    by_text = {t: {(d["mark"], d["reason"]) for d in r["dropped"]} for t, r in zip(TEXTS, told.listings, strict=True)}
    assert {m for m, _ in by_text["quellarnova shoes"]} == {"4"}
    assert {m for m, _ in by_text["shoes Jardovex and Mirquop"]} == {"9"}
    assert {m for m, _ in by_text["Tolbryn-Kesk"]} == {"10"}
    assert {m for m, _ in by_text["Vexolar"]} == {"11"}
    assert {m for m, _ in by_text["shoes like an apple"]} == {"6"}
    assert len({reason for said in by_text.values() for _, reason in said}) == 4


@pytest.mark.usefixtures("large")
def test_each_marketplace_has_its_own_reach(scan_all, parquet):
    row = {k: v for k, v in listing("Zorvane shoes Mirquop").items() if k != "marketplace"}
    result = scan_all([parquet()], row, extra=["--marketplace", "amazon.co.jp", "--marketplace", "amazon.com"])
    assert [found(r) for r in result.listings] == [{"Zorvane", "Mirquop"}, {"Zorvane"}]
    assert {f["mark"]["id"] for f in result.listings[0]["findings"]} == {"3", "9"}


@pytest.mark.usefixtures("large")
def test_a_large_list_of_another_format_and_what_a_person_said_of_its_marks(scan_all, tmp_path):
    entries = [
        {"name": n, "classes": [25], "territories": ["US"], "status": "registered"}
        for n in ("Zorvane", "Quellar", "Wixolen")
    ]
    entries.append(
        {"name": "Brindlewok", "famous": True, "classes": [25], "territories": ["US"], "status": "registered"}
    )
    (tmp_path / "big.jsonl").write_text("\n".join(map(json.dumps, entries)), "utf-8")
    result = scan_all([tmp_path / "big.jsonl"], listing("Zorvane Wixolem Brindlewak shoes"))
    assert found(result.listings[0]) == {"Zorvane", "Brindlewok"}
    again = scan_all([tmp_path / "big.jsonl"], listing("Zorvane Wixolem Brindlewak shoes"), extra=["--no-cache"])
    assert again.out == result.out
    assert result.rows[0]["lists"][0]["marks"] == 4


@pytest.mark.usefixtures("large")
def test_words_said_to_be_in_a_picture_are_looked_up(scan_all, parquet):
    row = {**listing("shoes"), "images": [{"text": "ZORVANE sport"}]}
    (finding,) = scan_all([parquet()], row).listings[0]["findings"]
    assert (finding["rule"], finding["mark"]["id"]) == ("TM002", "1")


@pytest.mark.usefixtures("large")
def test_a_damaged_register_is_a_list_error_and_never_a_crash(parquet, tmp_path, monkeypatch):
    compile_lists([parquet()], tmp_path / "c.lcx")
    whole = (tmp_path / "c.lcx").read_bytes()
    places = [
        at + size for name, (at, count, kind, _) in Sections(tmp_path / "c.lcx").table.items()
        if name.startswith("register") for size in (0, count * int(kind[2]) // 2 // 4 * 4) if count * int(kind[2]) > size
    ]  # fmt: skip
    monkeypatch.setattr("listing_preflight.storage.mapped.SMALL", 0)
    faults = 0
    for at in places:
        for wrong in (b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"\x07\0\0\0"):
            data = whole[:at] + wrong + whole[at + 4 :]
            (tmp_path / "c.lcx").write_bytes(data)
            assert data == whole or "c.lcx" in fault(tmp_path / "c.lcx")
            (tmp_path / "c.lcx").write_bytes(sealed(data))
            said = fault(tmp_path / "c.lcx")
            assert said is None or "c.lcx" in said
            faults += said is not None
    assert faults > len(places) // 3


def fault(path):
    """What is wrong with a file, None where nothing that was looked at is."""
    try:
        look(path)
    except ListError as e:
        return str(e)
    return None


def look(path):
    opened = open_lists([path], keep=False, say=print)
    found = lookup(opened.lists, opened.index, DAY)
    text = " ".join(called for _, called, _ in RECORDS)
    matches = found.registers.find([text], ["brand"], [0], [Bound(None, None)]).matches[0]
    book = ReachedBook(found.book, found.registers, Bound(None, None))
    return [book.marks(folded_key(m.form.spelling.name)) for m in matches]


NAMES = [called for _, called, _ in RECORDS if called != "!!!"]
PIECES = [
    *NAMES,
    "zorvane",
    "quellarnova",
    "SLIMFIT",
    "shoes",
    "apple",
    "佐瓦",
    "kesk",
    "-",
    ".",
    "\n",
    "\u200b",
    "™",
    "a" * 70,
]


@settings(max_examples=150)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=7), joiner=st.sampled_from([" ", "", "-"]))
def test_the_layer_finds_what_the_reference_finds_exactly_and_joined(everything, pieces, joiner):
    text = joiner.join(pieces)
    forms = make_forms([Spelling(n, n) for n in NAMES], vocabulary())
    slow = {
        (m.form.key, m.kind, m.start, m.end)
        for m in NaiveMatcher(forms, vocabulary()).find(text)
        if m.kind in ("exact", "joined")
    }
    assert {(m.form.key, m.kind, m.start, m.end) for m in everything(text)} == slow


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """What a layer finds in a brand field of a listing that anything binds."""
    path = tmp_path_factory.mktemp("all") / "all.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(n), "name": name}) for n, name in enumerate(NAMES)), "utf-8")
    large, compiling.LARGE = compiling.LARGE, 2
    index = open_lists([path], keep=False, say=print).index
    compiling.LARGE = large
    (layer,) = index.layers
    registers = Registers([layer], [layer.alive(DAY, 0, lambda _: "registered")], 0)
    return lambda text: registers.find([text], ["brand"], [0], [Bound(None, None)]).matches[0]


@pytest.mark.usefixtures("large")
def test_the_longer_name_of_a_list_stands_over_that_of_a_register(scan_all, parquet, tmp_path):
    (tmp_path / "own.yaml").write_text(MARKS.replace("Veltora", "Zorvane Max"), "utf-8")
    row = scan_all([tmp_path / "own.yaml", parquet()], listing("Zorvane Max shoes")).listings[0]
    assert found(row) == {"Zorvane Max"}
