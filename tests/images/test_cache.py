"""A picture is read once: what was seen is kept by its pixels, and what is damaged is read anew."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

pytest.importorskip("onnxruntime", reason="needs the images extra")
from PIL import Image

from listing_preflight.images import cache, worker
from listing_preflight.images.looked import Line, Task
from listing_preflight.images.ocr import rapid
from tests.images import hostile
from tests.images.drawn import encoded, words

pytestmark = pytest.mark.images
MANY = 40
"""Pictures that take far longer to read, a tenth of a second each, than to see that the first of them is kept."""
LINE = Line(
    text="Quorvane", score=0.98, box=(1, 2, 30, 40), height=12, seen=0.9, quad=((1, 2), (31, 2), (31, 42), (1, 42))
)


@pytest.fixture
def calls(monkeypatch):
    made = []
    monkeypatch.setattr(rapid, "read", lambda picture, _: made.append(picture.size) or [LINE])
    return made


def look(tmp_path, name, **more):
    task = Task(
        path=name, roots=(str(tmp_path),), ocr=more.pop("ocr", "rapidocr"), known=False, **{"cache": True, **more}
    )
    return worker.look(task).frames[0].lines


def test_unchanged_pictures_are_not_read_again(tmp_path, calls):
    for i in range(5):
        (tmp_path / f"{i}.png").write_bytes(encoded(words(f"Name {i}")))
    first = [look(tmp_path, f"{i}.png") for i in range(5)]
    assert len(calls) == 5
    assert [look(tmp_path, f"{i}.png") for i in range(5)] == first == [(LINE,)] * 5
    assert len(calls) == 5


def test_the_key_is_pixels_not_names_or_bytes(tmp_path, calls):
    (tmp_path / "a.png").write_bytes(encoded(words("Name")))
    (tmp_path / "b.bmp").write_bytes(encoded(words("Name"), "BMP"))
    assert look(tmp_path, "a.png") == look(tmp_path, "b.bmp")
    assert len(calls) == 1
    (tmp_path / "a.png").write_bytes(encoded(words("Other")))
    look(tmp_path, "a.png")
    assert len(calls) == 2


def test_another_engine_version_or_no_cache_reads_anew(tmp_path, calls, monkeypatch):
    (tmp_path / "a.png").write_bytes(encoded(words("Name")))
    look(tmp_path, "a.png")
    look(tmp_path, "a.png", cache=False)
    monkeypatch.setattr(rapid, "PIPELINE", 10_000)
    look(tmp_path, "a.png")
    assert len(calls) == 3


def stored():
    return cache.folder() / "lines.sqlite"


def change(sql, *values):
    with sqlite3.connect(stored()) as store:
        store.execute(sql, values)
    store.close()


@pytest.mark.parametrize("column", ["value", "sum"])
def test_a_changed_value_is_a_miss(column):
    cache.put(b"k" * 32, [LINE])
    assert cache.get(b"k" * 32) == (LINE,)
    change(f"UPDATE lines SET {column} = ?", b"\x00damaged")
    assert cache.get(b"k" * 32) is None
    cache.put(b"k" * 32, [LINE])
    assert cache.get(b"k" * 32) == (LINE,)


@pytest.mark.parametrize("damage", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_damaged_store_is_set_aside_and_begun_anew(damage):
    cache.folder().mkdir(parents=True)
    stored().write_bytes(damage)
    assert cache.get(b"k" * 32) is None
    cache.put(b"k" * 32, [LINE])
    assert cache.get(b"k" * 32) == (LINE,)


def test_a_folder_that_cannot_be_made_keeps_nothing(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PREFLIGHT_CACHE_DIR", str(tmp_path / "file"))
    cache.put(b"k" * 32, [LINE])
    assert cache.get(b"k" * 32) is None


def test_the_oldest_are_let_go_when_the_store_is_full(monkeypatch):
    for i in range(40):
        cache.put(bytes([200, i]) * 16, [LINE])
    change("UPDATE lines SET used = used - 100 WHERE key < ?", bytes([200, 5]) * 16)
    monkeypatch.setattr(cache, "LARGEST", 1)
    cache.put(b"\x00" * 32, [LINE])
    assert cache.get(bytes([200, 0]) * 16) is None
    assert cache.get(bytes([200, 39]) * 16) == (LINE,)
    assert cache.size() > 0
    cache.clear()
    assert cache.size() == 0


def test_several_processes_share_it():
    code = (
        "import sys; from listing_preflight.images import cache; from listing_preflight.images.looked import Line\n"
        "line = Line(text='x', score=1.0, box=(0, 0, 1, 1))\n"
        "for i in range(200): cache.put(bytes([i, int(sys.argv[1])]) * 16, [line])"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(n)]) for n in range(3)]
    assert [p.wait() for p in running] == [0, 0, 0]
    assert all(cache.get(bytes([i, n]) * 16) for i in range(200) for n in range(3))


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_an_interrupted_run_leaves_a_valid_report_and_the_next_takes_up(tmp_path):
    rows = []
    for i in range(MANY):
        (tmp_path / f"slow-{i}.png").write_bytes(encoded(Image.new("RGB", (40, 40), (i, 0, 0))))
        rows.append({"id": str(i), "images": [{"path": f"slow-{i}.png"}]})
    (tmp_path / "l.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    (tmp_path / "marks.yaml").write_text("marks:\n  - {name: Quorvane}\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(hostile.POISON)
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    command = [sys.executable, "-m", "listing_preflight.cli.main", "scan", "l.jsonl", "-w", "marks.yaml", "-f", "jsonl"]
    run = subprocess.Popen(
        command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - what runs in the background is deaf to it
    )  # fmt: skip
    while run.poll() is None and not kept():
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate()
    last = json.loads(out.splitlines()[-1])
    assert (run.returncode, last["type"], last["complete"], last["interrupted"]) == (130, "summary", False, True), err
    before = kept()
    assert 0 < before < MANY
    again = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert json.loads(again.stdout.splitlines()[-1])["listings"] == MANY
    assert kept() == MANY


def kept():
    if not stored().exists():
        return 0
    with sqlite3.connect(stored(), timeout=5) as store:
        try:
            count = store.execute("SELECT count(*) FROM lines").fetchone()[0]
        except sqlite3.OperationalError:
            count = 0
    store.close()
    return count
