"""An engine that hangs, dies, fails or talks costs its picture at most, and never soils the report."""

import os
import subprocess
import sys
from concurrent.futures import BrokenExecutor, CancelledError

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
    fine = [crew.look(Task(path="ok.png", roots=(str(tmp_path),), ocr="off", known=True)) for _ in range(3)]
    kinds = [[f.kind for f in looked(future).faults] for future in broken]
    assert kinds == [["timed-out"], ["crashed"], ["crashed"], ["crashed"]]
    assert all(looked(future).frames for future in fine)


def test_whoever_waits_for_a_crew_that_is_ended_is_told():
    crew = Crew(1)
    waiting = [crew.submit(hostile.hang), crew.submit(hostile.hang)]
    crew.close()
    for one in waiting:
        with pytest.raises((CancelledError, BrokenExecutor)):  # taken back, or its pool was found broken first
            one.result(timeout=5)
    with pytest.raises(RuntimeError):
        crew.submit(hostile.hang)


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
    found = worker.look(Task(path="ok.png", roots=(str(tmp_path),), ocr="rapidocr", known=True))
    assert [(f.kind, "out of luck" in f.detail) for f in found.faults] == [("crashed", True)]
    assert found.frames[0].hash


def test_a_link_out_of_the_folder_is_a_gap(tmp_path):
    (tmp_path / "secret.png").write_bytes(encoded(scene()))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.png").symlink_to(tmp_path / "secret.png")
    found = worker.look(Task(path="a.png", roots=(str(tmp_path / "in"),), ocr="off", known=True))
    assert [f.kind for f in found.faults] == ["outside-root"]


def test_a_linked_folder_that_leads_out_is_a_gap(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.png").write_bytes(encoded(scene()))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/sub").symlink_to(tmp_path / "outside", target_is_directory=True)
    for path in ("sub/a.png", "../outside/a.png", str(tmp_path / "outside/a.png")):
        found = worker.look(Task(path=path, roots=(str(tmp_path / "in"),), ocr="off", known=True))
        assert [f.kind for f in found.faults] == ["outside-root"], path


def test_a_model_with_a_changed_byte_is_found_out_before_it_reads_nothing(monkeypatch, tmp_path):
    from listing_preflight.images.ocr import models

    real = models.folder()
    for name in (models.DETECTOR, models.RECOGNISER):
        data = bytearray((real / name).read_bytes())
        data[len(data) // 2] ^= 255
        (tmp_path / name).write_bytes(data)
    (tmp_path / "ok.png").write_bytes(encoded(scene()))
    task = Task(path="ok.png", roots=(str(tmp_path),), ocr="rapidocr", known=True)
    models._session.cache_clear()
    assert worker.look(task).faults == ()
    models._session.cache_clear()
    monkeypatch.setattr(models, "folder", lambda: tmp_path)
    found = worker.look(task)
    models._session.cache_clear()
    assert [(f.kind, "install rapidocr anew" in f.detail) for f in found.faults] == [("engine-absent", True)]
    assert found.frames[0].hash


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_a_scan_goes_on_past_engines_that_break(tmp_path):
    """The command as a user runs it: engines broken from outside, its report whole and alone on standard output."""
    import json

    names = ["hang.png", "ok-1.png", "die.png", "ok-2.png", "fail.png", "shout.png", "fifo.jpg", "ok-3.png"]
    for n, name in enumerate(names):  # of different sizes: a file that is shown twice is looked at once
        (tmp_path / name).write_bytes(encoded(scene((320 + n, 240)))) if name != "fifo.jpg" else os.mkfifo(
            tmp_path / name
        )
    (tmp_path / "l.jsonl").write_text("".join(json.dumps({"id": n, "images": [{"path": n}]}) + "\n" for n in names))
    (tmp_path / "marks.yaml").write_text("marks:\n  - {name: Quorvane}\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(hostile.POISON)
    run = subprocess.run(
        [sys.executable, "-m", "listing_preflight.cli.main", "scan", "l.jsonl", "-w", "marks.yaml", "-f", "jsonl",
         "--no-cache"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path / "site")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    gaps = {r["id"]: [g["kind"] for g in r["gaps"]] for r in rows if r["type"] == "listing"}
    assert gaps == {
        "hang.png": ["timed-out"], "die.png": ["crashed"], "fail.png": ["crashed"], "fifo.jpg": ["unreadable"],
        "ok-1.png": [], "ok-2.png": [], "ok-3.png": [], "shout.png": [],
    }  # fmt: skip
    assert (run.returncode, list(gaps)) == (3, names)
