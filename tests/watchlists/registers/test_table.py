"""Tables of registers, read with a mapping."""

import zipfile

import pytest

pytest.importorskip("pyarrow", reason="needs the registers extra")
pytest.importorskip("openpyxl", reason="needs the registers extra")

import openpyxl

from listing_preflight.errors import ListError
from listing_preflight.watchlists.registers.mapping import mapping, shipped
from listing_preflight.watchlists.registers.record import Record, Told
from listing_preflight.watchlists.registers.table import read
from tests.watchlists.registers import make


@pytest.fixture
def told(tmp_path):
    (tmp_path / "m.yaml").write_text(make.MAPPING, encoding="utf-8")
    return Told(mapping=str(tmp_path / "m.yaml"))


def test_a_mapping_that_names_a_missing_column_says_which_and_what_there_is(tmp_path, told):
    (tmp_path / "t.csv").write_text("no,name\n1,x\n", encoding="utf-8")
    with pytest.raises(ListError, match=r"no column 'mark'.*no, name"):
        list(read(tmp_path / "t.csv", told))


def test_a_workbook_reads_as_the_table_does(tmp_path, told):
    book = openpyxl.Workbook()
    book.active.append(["no", "mark", "state", "nice", "date"])
    book.active.append(["019000001", "ZORVELLA", "Registered", "9, 25", "2020-01-31"])
    book.save(tmp_path / "t.xlsx")
    (record,) = [i for i in read(tmp_path / "t.xlsx", told) if isinstance(i, Record)]
    assert (record.name, record.registrations[0].classes) == ("ZORVELLA", frozenset({9, 25}))
    assert record.registrations[0].registered.isoformat() == "2020-01-31"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns: {number: a, name: b}", "neither an office"),
        ("office: EM\ncolumns: {number: a}", "no column for 'name'"),
        ("office: EM\ncolumns: {number: a, name: b, colour: c}", "'colour' is not one of"),
        ("office: EU\ncolumns: {number: a, name: b}", "not an office code"),
        ("[]", "must be a mapping"),
        ("office: EM\ncolumns: {number: no, name: b}", "put it in quotes"),
    ],
)
def test_a_mapping_that_is_wrong_is_named(tmp_path, text, said):
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ListError, match=said):
        mapping(str(tmp_path / "m.yaml"))


@pytest.mark.parametrize("name", shipped())
def test_shipped_mappings_load(name):
    assert mapping(name).columns["name"]


def test_an_archive_that_is_no_workbook_is_named(tmp_path, told):
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("t.csv", "number,name\n1,Loomfair\n")
    with pytest.raises(ListError, match="an archive and no workbook"):
        list(read(tmp_path / "t.zip", told))
