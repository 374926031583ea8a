"""Where reports go: every fault of a place is told, the others are still written, and the exit code does not lie."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from listing_preflight.reports.formats import FORMATS
from tests.conftest import MARKS, listing

RUN = [sys.executable, "-m", "listing_preflight.cli.main"]
FULL = pathlib.Path("/dev/full")
BAD, FINE = listing("NIKE running shoes"), listing("running shoes")


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "marks.yaml").write_text(MARKS, "utf-8")
    (tmp_path / "x.jsonl").write_text(json.dumps(BAD) + "\n", "utf-8")
    (tmp_path / "fine.jsonl").write_text(json.dumps(FINE) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_formats_in_one_run(preflight, here):
    outs = [a for f in FORMATS for a in ("-o", f"{f}:r.{f}")]
    for source, code in (("x.jsonl", 1), ("fine.jsonl", 0)):
        assert preflight("scan", source, "-w", "marks.yaml", "-q", *outs).code == code
        assert all((here / f"r.{f}").stat().st_size for f in FORMATS)
    assert not list(here.glob("*.part"))


@pytest.mark.parametrize("form", [f for f, one in FORMATS.items() if not one.file_only and f != "text"])
def test_standard_output_is_the_report_alone(preflight, here, form):
    shown = preflight("scan", "x.jsonl", "-w", "marks.yaml", "-f", form)
    assert preflight("scan", "x.jsonl", "-w", "marks.yaml", "-q", "-o", f"{form}:r").code == shown.code == 1
    assert shown.out == (here / "r").read_text("utf-8")


@pytest.mark.parametrize("outs", [
    ("-o", "json:folder"), ("-o", "json:no/such/place.json"), ("-o", "json:a", "-o", "jsonl:./a"), ("-o", "jsonl:x.jsonl"), ("-o", "pdf:a"), ("-f", "xlsx"),
])  # fmt: skip
def test_a_place_that_cannot_be_is_refused_before_anything_is_scanned(preflight, here, outs):
    (here / "folder").mkdir()
    result = preflight("scan", "x.jsonl", "-w", "marks.yaml", "-q", "-o", "jsonl:kept.jsonl", *outs)
    assert result.code == 2
    assert result.err
    assert sorted(p.name for p in here.iterdir()) == ["fine.jsonl", "folder", "marks.yaml", "x.jsonl"]


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_costs_one_report_and_is_no_clean_exit(preflight, here, form):
    result = preflight("scan", "fine.jsonl", "-w", "marks.yaml", "-q", "-o", f"{form}:{FULL}", "-o", "jsonl:kept.jsonl")
    assert result.code == 70
    assert "No space left" in result.err
    assert json.loads((here / "kept.jsonl").read_text("utf-8").splitlines()[-1])["type"] == "summary"


def test_a_report_that_fails_leaves_the_old_file(preflight, here, monkeypatch):
    from listing_preflight.reports.jsonl import JsonLines

    (here / "old.jsonl").write_text("old", "utf-8")

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(JsonLines, "end", broken)
    result = preflight("scan", "x.jsonl", "-w", "marks.yaml", "-q", "-o", "jsonl:old.jsonl", "-o", "json:new.json")
    assert result.code == 70
    assert (here / "old.jsonl").read_text("utf-8") == "old"
    assert json.loads((here / "new.json").read_text("utf-8"))["summary"]["listings"] == 1


def _shell(command, here):
    env = os.environ | {"PREFLIGHT_CACHE_DIR": str(here / "cache")}
    return subprocess.run(
        ["bash", "-c", command], cwd=here, capture_output=True, text=True, timeout=60, env=env, check=False
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirections")
def test_a_closed_standard_output(here):
    run = " ".join(RUN)
    alone = _shell(f"{run} scan x.jsonl -w marks.yaml >&-", here)
    assert alone.returncode == 2
    assert "standard output: is closed" in alone.stderr
    beside = _shell(f"{run} scan x.jsonl -w marks.yaml -o jsonl:kept.jsonl >&-", here)
    assert beside.returncode == 1
    assert "summary" in (here / "kept.jsonl").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipes")
@pytest.mark.parametrize("form", ["text", "jsonl", "github"])
def test_a_broken_pipe_ends_quietly(here, form):
    rows = "".join(json.dumps(listing(f"NIKE shoes {i}" * 20, id=f"S{i}")) + "\n" for i in range(300))
    (here / "many.jsonl").write_text(rows, "utf-8")
    done = _shell(
        f"{' '.join(RUN)} scan many.jsonl -w marks.yaml -v -f {form} -o json:kept.json | head -c 10; echo ${{PIPESTATUS[0]}}",
        here,
    )
    assert done.stderr == ""
    assert done.stdout.endswith("1\n")
    assert len(json.loads((here / "kept.json").read_text("utf-8"))["listings"]) == 300


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_a_console_of_another_code_page(here, lang):
    (here / "odd.jsonl").write_text(json.dumps(listing("NIKE Ñandú 耐克 \U0001f600 ✓ shoes")) + "\n", "utf-8")
    env = os.environ | {"PYTHONIOENCODING": "cp936", "PREFLIGHT_CACHE_DIR": str(here / "cache")}
    for args in (
        ["scan", "odd.jsonl", "-w", "marks.yaml", "-v", "--lang", lang],
        ["explain", "TM001", "--lang", lang],
        ["rules"],
    ):
        done = subprocess.run([*RUN, *args], cwd=here, capture_output=True, timeout=60, env=env, check=False)
        assert done.returncode in (0, 1), done.stderr
        assert done.stdout.decode("cp936")


@pytest.mark.parametrize(
    ("locale", "told"), [("zh_CN.UTF-8", "个商品"), ("zh_TW.UTF-8", "1 listing:"), ("C", "1 listing:")]
)
@pytest.mark.usefixtures("here")
def test_the_language_comes_from_the_locale(preflight, monkeypatch, locale, told):
    monkeypatch.setenv("LC_ALL", locale)
    assert told in preflight("scan", "x.jsonl", "-w", "marks.yaml").out


@pytest.mark.usefixtures("here")
def test_machine_formats_do_not_depend_on_the_locale(preflight, monkeypatch):
    english = preflight("scan", "x.jsonl", "-w", "marks.yaml", "-f", "jsonl").out
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert preflight("scan", "x.jsonl", "-w", "marks.yaml", "-f", "jsonl").out == english
    assert "商标" in preflight("scan", "x.jsonl", "-w", "marks.yaml", "-f", "jsonl", "--lang", "zh-Hans").out


def test_a_file_name_that_is_no_utf8(here):
    import orjson

    name = os.fsdecode(b"caf\xe9.jsonl")
    try:
        (here / name).write_text(json.dumps(BAD) + "\n", "utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 alone")
    done = subprocess.run(
        [*RUN, "scan", name, "-w", "marks.yaml", "-f", "jsonl", "-o", "sarif:r.sarif"],
        cwd=here,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert orjson.loads(done.stdout.splitlines()[1])["source"]["file"] == "caf\\udce9.jsonl"
    assert "caf%E9.jsonl" in (here / "r.sarif").read_text("utf-8")


def test_a_report_that_cannot_be_opened_takes_its_draft_away_itself(tmp_path, monkeypatch):
    """At once, and not when what holds the draft happens to be collected."""
    from listing_preflight.cli import outputs

    def fails(*_):
        raise MemoryError

    monkeypatch.setattr(outputs, "open_report", fails)
    place = outputs.replacing(tmp_path / "a.csv")
    with pytest.raises(MemoryError):
        outputs.Output("csv", place, None, "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_whose_sheets_have_no_room_is_told_as_any_other_report(here):
    """The sheets are written beside the workbook first: that the temporary folder is full is no fault of the program's."""
    (here / "many.jsonl").write_text(
        "".join(json.dumps(listing("running shoes " * 40, id=str(n))) + "\n" for n in range(60))
    )
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); from listing_preflight.cli.main import main; "
        "sys.argv[1:] = 'scan many.jsonl -w marks.yaml -q --workers 1 -o xlsx:r.xlsx'.split(); main()"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 70
    assert "r.xlsx: cannot be written (File too large)" in told.stderr
    assert "Traceback" not in told.stderr
    assert "internal error" not in told.stderr
    assert not (here / "r.xlsx").exists()
