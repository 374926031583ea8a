"""An engine that hangs, dies, fails or talks costs its picture at most, and never soils the report."""

import os
import subprocess
import sys

import pytest

pytest.importorskip("PIL", reason="needs the images extra")
from listing_preflight.images import worker
from listing_preflight.images.crew import Crew, looked
from listing_preflight.images.looked import Task
from listing_preflight.images.ocr import rapid
from tests.images import hostile
from tests.images.drawn import encoded, scene

pytestmark = pytest.mark.images


@pytest.fixture
def crew():
    crew = Crew(1)
    yield crew
    crew.close()


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_each_way_of_breaking_is_one_gap_and_the_rest_is_done(crew, tmp_path):
    (tmp_path / "ok.png").write_bytes(encoded(scene()))
    ways = [hostile.hang, hostile.leave, hostile.fault, hostile.fail]
    broken = [crew.submit(way, seconds=2.5) for way in ways]
    fine = [crew.look(Task(path="ok.png", roots=(str(tmp_path),), ocr="off", hashes=True)) for _ in range(3)]
    kinds = [[f.kind for f in looked(future).faults] for future in broken]
    assert kinds == [["timed-out"], ["crashed"], ["crashed"], ["crashed"]]
    assert all(looked(future).frames for future in fine)


def test_an_engine_that_prints_does_not_reach_standard_output():
    code = (
        "from listing_preflight.images.crew import Crew, looked\nfrom tests.images import hostile\n"
        "if __name__ == '__main__':\n"
        "    crew = Crew(1)\n    assert looked(crew.submit(hostile.shout)).frames\n"
        "    crew.close()\n    print('report')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "report\n"


def test_an_engine_that_raises_is_a_gap_of_its_picture(monkeypatch, tmp_path):
    def fail(*_):
        raise RuntimeError("out of luck")

    monkeypatch.setattr(rapid, "read", fail)
    (tmp_path / "ok.png").write_bytes(encoded(scene()))
    found = worker.look(Task(path="ok.png", roots=(str(tmp_path),), ocr="rapidocr", hashes=True))
    assert [(f.kind, "out of luck" in f.detail) for f in found.faults] == [("crashed", True)]
    assert found.frames[0].hashes


def test_a_link_out_of_the_folder_is_a_gap(tmp_path):
    (tmp_path / "secret.png").write_bytes(encoded(scene()))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.png").symlink_to(tmp_path / "secret.png")
    found = worker.look(Task(path="a.png", roots=(str(tmp_path / "in"),), ocr="off", hashes=True))
    assert [f.kind for f in found.faults] == ["outside-root"]
