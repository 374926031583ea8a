"""Marks and designs of EUIPO's open data."""

import pytest

pytest.importorskip("pyarrow", reason="needs the registers extra")
pytest.importorskip("lxml", reason="needs the registers extra")

from listing_preflight.policy.store import load as policy
from listing_preflight.watchlists.registers import euipo_xml, load
from listing_preflight.watchlists.registers.record import Record, Told
from listing_preflight.watchlists.registers.run import run
from tests.watchlists.registers import make


def _records(file, told=Told()):  # noqa: B008 - a constant
    return [i for i in euipo_xml.read(file, told) if isinstance(i, Record)]


def test_a_design_is_a_work_with_its_locarno_class_and_term(tmp_path):
    file = make.write(tmp_path / "d.xml", make.EUIPO.format(make.euipo_design()))
    (record,) = _records(file)
    assert (record.work, record.locarno, record.name, record.images) == (True, ("03-01",), "Bags", ())
    assert record.registrations[0].status == "EM:design lapsed"


def test_views_that_lie_in_the_folder_become_hashes(tmp_path):
    pillow = pytest.importorskip("PIL.Image", reason="needs the images extra")
    (tmp_path / "009").mkdir()
    pillow.radial_gradient("L").save(tmp_path / "009" / "a_1.JPG")
    file = make.write(tmp_path / "d.xml", make.EUIPO.format(make.euipo_design()))
    done = run("euipo-xml", [file], tmp_path / "o.parquet", Told(views=str(tmp_path)))
    (work,) = load.watch_list(done.path).works
    assert work.images[0].startswith("phash256:")


def test_a_view_may_not_lead_out_of_its_folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"x")
    file = make.write(tmp_path / "d.xml", make.EUIPO.format(make.euipo_design(uri="file://../secret.jpg")))
    assert _records(file, Told(views=str(tmp_path / "in")))[0].images == ()


def test_a_record_that_was_taken_back_is_dead(tmp_path):
    file = make.write(tmp_path / "m.xml", make.EUIPO.format(make.euipo_mark(operation="Delete")))
    status = _records(file)[0].registrations[0].status
    assert status.partition(":")[2] in policy("statuses.yaml")["EM"]["dead"]
