"""What every importer holds to: nothing half loaded, every record counted, the latest of an id, the old file intact."""

import errno
import resource
import signal

import pytest

pytest.importorskip("pyarrow", reason="needs the registers extra")
pytest.importorskip("lxml", reason="needs the registers extra")

import pyarrow.parquet as pq

from listing_preflight.errors import ListError, UsageError
from listing_preflight.watchlists.read import read_list
from listing_preflight.watchlists.registers import load
from listing_preflight.watchlists.registers.query import Register
from listing_preflight.watchlists.registers.record import Told
from listing_preflight.watchlists.registers.registry import IMPORTERS, importer
from listing_preflight.watchlists.registers.run import run
from listing_preflight.watchlists.registers.schema import COLUMNS, SCHEMA
from listing_preflight.watchlists.registers.write import Part
from tests.watchlists.registers import make


def _tdxf(rows):
    return make.TDXF.format("".join(make.tdxf_case(serial=n, mark=m) for n, m in rows))


def _euipo(rows):
    return make.EUIPO.format("".join(make.euipo_mark(number=n, mark=m) for n, m in rows))


def _table(rows):
    return "no,mark,state,nice,date\n" + "".join(f"{n},{m},registered,25,2020-01-31\n" for n, m in rows)


CASES = {"uspto-tdxf": (".xml", _tdxf), "euipo-xml": (".xml", _euipo), "csv": (".csv", _table)}
ROWS = [("90000001", "ZORVELLA"), ("90000002", "QUIMBRAX NOVA")]


@pytest.fixture(params=sorted(IMPORTERS))
def case(request, tmp_path):
    suffix, text = CASES[request.param]
    mapping = tmp_path / "m.yaml"
    mapping.write_text(make.MAPPING, encoding="utf-8")

    def go(rows=ROWS, *, raw=None, name="in" + suffix, out="out.parquet"):
        file = make.write(tmp_path / name, text(rows)) if raw is None else tmp_path / name
        if raw is not None:
            file.write_bytes(raw)
        return run(request.param, [file], tmp_path / out, Told(mapping=str(mapping)))

    go.folder, go.kind, go.text, go.suffix = tmp_path, request.param, text, suffix
    return go


def test_every_importer_has_a_case():
    assert set(CASES) == set(IMPORTERS)


def test_a_format_that_is_not_built_is_refused():
    with pytest.raises(UsageError, match="not a format"):
        importer("tmview")


def test_import_and_read_back(case):
    done = case()
    one = read_list(done.path)
    assert [m.name for m in one.marks] == ["ZORVELLA", "QUIMBRAX NOVA"]
    assert one.rights == "official"
    assert one.offices == frozenset()
    assert all(r.office and r.number and r.status for m in one.marks for r in m.registrations)


def test_metadata_says_what_was_taken_from_what(case):
    noted = load.metadata(case([*ROWS, ("90000003", "")]).path)
    assert noted["schema"] == SCHEMA
    assert noted["format"] == case.kind
    assert noted["taken"] == 2
    assert noted["skipped"] == {"no-mark": 1}
    assert len(noted["files"][0]["sha256"]) == 64
    assert noted["files"][0]["examples"]["no-mark"][0].endswith("90000003")


def test_of_two_records_with_one_number_the_later_stands(case):
    done = case([*ROWS, ("90000001", "ZORVELLA NEW")])
    assert done.metadata["replaced"] == 1
    assert sorted(m.name for m in read_list(done.path).marks) == ["QUIMBRAX NOVA", "ZORVELLA NEW"]


def test_the_columns_are_those_of_the_schema(case):
    assert pq.read_schema(case().path).equals(COLUMNS)


def test_same_input_same_bytes(case):
    assert case(out="a.parquet").path.read_bytes() == case(out="b.parquet").path.read_bytes()


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("page.zip", b"<!DOCTYPE html><html><body>Not found</body></html>", "HTML page"),
        ("noise.zip", b"\x00\x01 not a zip at all", "is not|no column"),
        ("broken.zip", b"PK\x03\x04 and then nothing", "damaged|workbook"),
        ("empty.zip", b"", "empty|no column"),
    ],
)
def test_what_is_no_register_is_named_and_the_old_file_stays(case, name, raw, said):
    before = case().path.read_bytes()
    with pytest.raises(ListError, match=said) as caught:
        case(raw=raw, name=name)
    assert name in str(caught.value)
    assert (case.folder / "out.parquet").read_bytes() == before


def test_a_missing_file_is_named(case):
    with pytest.raises(ListError, match=r"nowhere\.xml"):
        run(
            case.kind,
            [case.folder / "nowhere.xml"],
            case.folder / "o.parquet",
            Told(mapping=str(case.folder / "m.yaml")),
        )
    assert not (case.folder / "o.parquet").exists()


def test_xml_cut_short_is_named_and_nothing_is_written(case):
    if case.suffix != ".xml":
        pytest.skip("a table has no end that could be missing")
    with pytest.raises(ListError, match=r"cut short|not well-formed"):
        case(raw=case.text(ROWS).encode()[:-60])
    assert not (case.folder / "out.parquet").exists()


@pytest.mark.parametrize("use", ["&lol2;", ""])
def test_an_entity_bomb_is_refused(case, use):
    if case.suffix != ".xml":
        pytest.skip("a table has no entities")
    text = case.text([("90000001", f"ZOR{use}")])
    root = "trademark-applications-daily" if case.kind == "uspto-tdxf" else "Transaction"
    bomb = f'<!DOCTYPE {root} [<!ENTITY lol "lol"><!ENTITY lol2 "{"&lol;" * 1000}">]>'
    body = text[text.index(f"<{root}") :] if case.kind == "euipo-xml" else text[text.index("]>") + 2 :]
    with pytest.raises(ListError, match="entit"):
        case(raw=(bomb + body).encode())


def test_a_full_disk_leaves_the_old_file(case, monkeypatch):
    before = case().path.read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Part, "group", full)
    with pytest.raises(ListError, match="No space left"):
        case([("90000009", "OTHER")])
    assert (case.folder / "out.parquet").read_bytes() == before
    assert not list(case.folder.glob("*.part")) + list(case.folder.glob(".*.part"))


def test_a_file_that_may_not_grow_leaves_the_old_file(case):
    before = case().path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
    try:
        with pytest.raises(ListError, match="cannot be written"):
            case([("90000009", "OTHER")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)
    assert (case.folder / "out.parquet").read_bytes() == before


def test_a_run_that_failed_goes_on_with_the_parts_it_has(case, monkeypatch):
    good = make.write(case.folder / f"a{case.suffix}", case.text(ROWS))
    bad = case.folder / f"b{case.suffix}"
    bad.write_bytes(b"")
    told = Told(mapping=str(case.folder / "m.yaml"))
    with pytest.raises(ListError):
        run(case.kind, [good, bad], case.folder / "out.parquet", told)
    make.write(bad, case.text([("90000005", "LATER")]))
    module, opened = importer(case.kind), []
    read = module.read
    monkeypatch.setattr(module, "read", lambda file, how: opened.append(file.name) or read(file, how))
    assert run(case.kind, [good, bad], case.folder / "out.parquet", told).metadata["taken"] == 3
    assert opened == [bad.name]


def test_search_finds_by_name_number_and_nearness(case):
    register = Register(case().path)
    assert [f.how for f in register.find("ZORVELLA")] == ["exact"]
    assert [f.how for f in register.find("Zor-vella")] == ["folded"]
    assert [(f.how, f.edits) for f in register.find("zorvela")] == [("fuzzy", 1)]
    assert [f.record.name for f in register.find("90/000,002")] == ["QUIMBRAX NOVA"]
    assert register.find("nothing like it") == []


def test_a_day_that_no_calendar_holds_is_damage(case, monkeypatch):
    path = case().path

    def overflows(_):
        raise OverflowError("days=1560299351; must have magnitude <= 999999999")

    monkeypatch.setattr(load, "records", overflows)
    with pytest.raises(ListError, match="is damaged"):
        list(load.iterate(path))
