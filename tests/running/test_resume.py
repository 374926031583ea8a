"""A run that ended early goes on where it was; its report is byte for byte that of a run that nothing disturbed."""

import hashlib
import pickle
import zlib

import pytest

from listing_preflight.running import chunks
from listing_preflight.running.digests import canonical
from listing_preflight.scan import Scanner
from listing_preflight.watchlists.index import compile_lists
from tests.conftest import listing
from tests.running import poison

ROWS = [
    listing(f"NIKE dupe shoes {n}", id=f"S{n}", description=f"<p>Soft foam {n}.</p><p>We ship from our own store within three days.</p>")
    for n in range(400)
]  # fmt: skip
FORMATS = ("jsonl", "json", "sarif", "csv", "html", "markdown", "gitlab", "junit")


@pytest.fixture
def run(preflight, marks, write, tmp_path):
    def scan(*extra, rows=ROWS, fresh=False):
        path = write("listings.jsonl", *rows)
        outputs = [f"-o{kind}:{tmp_path / f'out.{kind}'}" for kind in FORMATS]
        resume = () if fresh else ("--resume", tmp_path / "run")
        found = preflight("scan", path, "-w", marks, "-f", "text", "--no-progress", *resume, *outputs, *extra)
        files = [(tmp_path / f"out.{kind}").read_bytes() for kind in FORMATS if (tmp_path / f"out.{kind}").exists()]
        found.bytes = found.out.encode() + b"".join(files)
        return found

    return scan


@pytest.fixture
def ended_early(run, monkeypatch):
    """A run that is interrupted when so many batches are told."""

    def start(batches):
        told = []
        real = Scanner._merge

        def merge(self, checked):
            yield from real(self, checked)
            told.append(checked)
            if len(told) == batches:
                raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(Scanner, "_merge", merge)
            assert run().code == 130
        return sum(len(c.jobs) for c in told)

    return start


def taken(result):
    words = next(line for line in result.err.splitlines() if line.startswith("resume: ") and " now" in line).split()
    return int(words[1].replace(",", "")), int(words[-2].replace(",", ""))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_report_is_that_of_an_undisturbed_run(run, ended_early, workers):
    done = ended_early(3)
    resumed = run("--workers", workers)
    assert taken(resumed) == (done, len(ROWS) - done)
    assert 0 < done < len(ROWS)
    assert resumed.bytes == run(fresh=True).bytes


def test_explain_and_a_second_resumed_run_are_the_same_too(run):
    first, second = run("--explain"), run("--explain")
    assert taken(second) == (len(ROWS), 0)
    assert first.bytes == second.bytes == run("--explain", fresh=True).bytes


def test_a_changed_row_redoes_its_own_chunk_alone(run):
    run()
    rows = list(ROWS)
    rows.insert(200, listing("Lego bricks", id="new"))
    del rows[30]
    found = run(rows=rows)
    before, now = taken(found)
    assert before + now == len(rows)
    assert 0 < now <= 300
    assert found.bytes == run(rows=rows, fresh=True).bytes


def test_rows_that_move_are_told_where_they_stand_now(run):
    run()
    rows = [listing("Lego bricks", id="new"), *ROWS]
    found = run(rows=rows)
    assert taken(found)[0] > 200
    assert found.bytes == run(rows=rows, fresh=True).bytes


FOAMY = [
    *ROWS[:90],
    listing("Foamydell slipper", id="F1"),
    *ROWS[90:300],
    listing("Soft foamy dell", id="F2"),
    *ROWS[300:],
]
TAKEN_OVER = "resume: changed since: list marks; listings that no changed mark can touch are taken over"


def add(marks, text="  - {id: foamy, name: Foamydell}\n"):
    marks.write_text(marks.read_text("utf-8") + text, "utf-8")


def test_of_changed_lists_only_what_a_changed_mark_can_touch_is_judged_again(run, marks):
    run(rows=FOAMY)
    add(marks)
    found = run(rows=FOAMY)
    assert TAKEN_OVER in found.err
    before, now = taken(found)
    assert before + now == len(FOAMY)
    assert 0 < now <= 300
    assert found.bytes == run(rows=FOAMY, fresh=True).bytes
    assert taken(run(rows=FOAMY)) == (len(FOAMY), 0)


def test_a_fact_that_only_findings_show_counts_as_changed(run, marks):
    run(rows=FOAMY)
    add(marks)
    run(rows=FOAMY)
    marks.write_text(
        marks.read_text("utf-8").replace("name: Foamydell}", "name: Foamydell, source: a letter}"), "utf-8"
    )
    found = run(rows=FOAMY)
    assert 0 < taken(found)[1] <= 300
    assert found.bytes == run(rows=FOAMY, fresh=True).bytes


def test_a_run_by_changed_lists_that_ended_early_still_takes_over(run, marks, ended_early):
    run()
    add(marks)
    ended_early(2)
    found = run()
    assert TAKEN_OVER in found.err
    assert taken(found) == (len(ROWS), 0)
    assert "changed since" not in run().err


@pytest.mark.parametrize("how", ["gone", "cut", "others"])
def test_where_the_lists_of_before_are_not_there_all_is_judged_again(run, marks, tmp_path, how):
    run()
    files = list((tmp_path / "run").glob("lists-*"))
    assert len(files) == 1
    data = files[0].read_bytes()
    files[0].unlink()
    add(marks)
    if how == "cut":
        files[0].write_bytes(data[:100])
    if how == "others":
        compile_lists([marks], files[0])
    found = run()
    assert "resume: changed since: list marks; every listing is judged again" in found.err
    assert taken(found) == (0, len(ROWS))


def test_other_changes_are_named_and_all_is_judged_again(run, marks):
    run()
    found = run("--date", "2031-01-01")
    assert "resume: changed since: date; every listing is judged again" in found.err
    assert taken(found) == (0, len(ROWS))
    add(marks)
    assert "changed since: list marks, date; every listing is judged again" in run("--date", "2032-01-01").err


def test_what_killed_its_worker_is_tried_again_by_the_next_run(run, monkeypatch):
    rows = [*ROWS[:100], listing("POISON exit", id="P"), *ROWS[100:]]
    with monkeypatch.context() as patched:
        poison.install(patched.setattr)
        assert run(rows=rows).code == 4
    found = run(rows=rows)
    assert found.bytes == run(rows=rows, fresh=True).bytes
    assert 0 < taken(found)[1] <= 150
    assert found.code == 1


def test_a_damaged_chunk_is_done_again_and_said(run, tmp_path):
    whole = run().bytes
    first, second, third = list(chunks.files(tmp_path / "run"))[:3]
    first.write_bytes(first.read_bytes()[:-5])
    second.write_bytes(b"")
    data = bytearray(third.read_bytes())
    data[60] ^= 1
    third.write_bytes(data)
    found = run()
    assert "resume: 3 chunks were damaged and are done again" in found.err
    assert found.bytes == whole


def test_a_chunk_that_asks_for_code_is_not_read(tmp_path):
    body = zlib.compress(pickle.dumps([print]))
    place = tmp_path / "ab" / "abcd.chunk"
    place.parent.mkdir()
    place.write_bytes(chunks.MAGIC + hashlib.sha256(body).digest() + body)
    store = chunks.Chunks(tmp_path)
    assert store.get("abcd") is None
    assert store.damaged == 1


def test_what_nobody_needs_any_more_is_let_go(run, tmp_path):
    run()
    (tmp_path / "run" / "ab").mkdir(exist_ok=True)
    (tmp_path / "run" / "ab" / ".cut.chunk.x.part").write_bytes(b"half")
    before = set(chunks.files(tmp_path / "run"))
    run(rows=ROWS[:200])
    after = set(chunks.files(tmp_path / "run"))
    assert len(after) < len(before)
    assert not [f for f in after if f.suffix == ".part"]


def test_a_full_disk_costs_the_chunks_and_not_the_run(run, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(chunks, "replacing", full)
    found = run()
    assert "warning: finished chunks could not be kept (No space left on device)" in found.err
    assert found.code == 1


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda d: (d / "notes.txt").write_text("mine"), "holds other files and no run"),
        (lambda d: (d / "run.json").write_text('{"schema": "preflight.resume/1", "inp'), "run.json: is damaged"),
        (lambda d: (d / "run.json").write_text('{"schema": "preflight.resume/9"}'), "is of another version"),
        (
            lambda d: (d / "run.json").write_text(
                '{"schema": "preflight.resume/1", "inputs": ["autumn.csv"], "parts": {}}'
            ),
            "holds a run over autumn.csv",
        ),
    ],
    ids=["other files", "cut", "newer", "another run"],
)
def test_a_folder_that_is_not_this_runs_is_refused_before_anything_is_scanned(run, tmp_path, make, said):
    (tmp_path / "run").mkdir()
    make(tmp_path / "run")
    found = run()
    assert found.code == 2
    assert said in found.err
    assert found.out == ""


def test_a_file_in_the_place_of_the_folder_is_refused(run, tmp_path):
    (tmp_path / "run").write_text("x")
    found = run()
    assert found.code == 2
    assert "--resume" in found.err


def test_the_cache_commands_know_of_it(run, preflight, tmp_path):
    run()
    (tmp_path / "run/mine.txt").write_text("stays")
    assert f"resumable run   {tmp_path / 'run'}" in preflight("cache", "info").out
    assert preflight("cache", "clear").code == 0
    assert [f.name for f in (tmp_path / "run").rglob("*")] == ["mine.txt"]
    assert "resumable run" not in preflight("cache", "info").out


def test_pictures_are_looked_at_again_when_their_bytes_change(preflight, marks, write, tmp_path):
    from tests.images.drawn import encoded, scene

    pytest.importorskip("onnxruntime", reason="needs the images extra")
    (tmp_path / "a.png").write_bytes(encoded(scene()))
    path = write("l.jsonl", {"id": "A", "images": [{"path": "a.png"}]}, {"id": "B", "title": "NIKE shoes"})
    args = ("scan", path, "-w", marks, "-f", "jsonl", "--resume", tmp_path / "run", "--no-progress")
    first, again = preflight(*args), preflight(*args)
    assert first.out == again.out
    (tmp_path / "a.png").write_bytes(b"no picture")
    changed = preflight(*args)
    assert changed.listings[0]["gaps"][0]["kind"] == "unsupported"


def test_canonical_forms_hang_on_values_alone():
    assert canonical({"b": {1, 2}, "a": frozenset("xyz")}) == canonical({"a": frozenset("zyx"), "b": {2, 1}})
    assert canonical(("a", "b")) != canonical(("a,b",))
    assert canonical("1") != canonical(1)
    with pytest.raises(TypeError, match="object has no canonical form"):
        canonical(object())
